//! Fields of records that are no answers: complaints, disputes, events of promises.

/// What a field of a case holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CaseKind {
    /// What tells cases or customers apart; nothing but a hash of it is kept.
    Identity,
    /// A day, with or without a time of day.
    Moment,
    /// One of some texts.
    Category,
    /// Yes or no.
    YesNo,
    /// A number.
    Number,
}

/// A field of a kind of case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CaseField {
    /// Its id, which is its key in a definition too: `received`.
    pub id: &'static str,
    /// What it holds.
    pub kind: CaseKind,
}

/// The column of a file that holds a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseColumn {
    /// The id of the field; of a segment the segment's.
    pub field: String,
    /// What it holds.
    pub kind: CaseKind,
    /// The name of the column.
    pub column: String,
    /// How its dates are written, where the definition says so.
    pub format: Option<String>,
    /// Whether the column was guessed from its name and values.
    pub guessed: bool,
}
