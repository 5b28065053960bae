//! Constructs: what several questions measure together, and which construct is thought to lead to which.

/// Something that several questions measure together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Construct {
    /// What it is called; its id when not given.
    pub label: Option<String>,
    /// The ids of its questions in written order, all on one scale.
    pub items: Vec<String>,
    /// How its index is made, if one is asked for.
    pub index: Option<IndexKind>,
}

/// How the questions of a construct are joined to an index from 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndexKind {
    /// All count alike.
    Mean,
    /// By the mean of the importance that respondents state for each.
    ImportanceWeighted,
    /// By the loadings of the first principal component.
    FirstComponent,
}

impl IndexKind {
    /// The name in the definition and in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mean => "mean",
            Self::ImportanceWeighted => "importance_weighted",
            Self::FirstComponent => "first_component",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Mean, Self::ImportanceWeighted, Self::FirstComponent]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}

/// One arrow of a path model, by ids of constructs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelPath {
    /// The construct that leads.
    pub from: String,
    /// The construct that follows.
    pub to: String,
}
