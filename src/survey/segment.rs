//! A segment: a variable that every score is broken by.

use indexmap::IndexMap;

/// One segment variable.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// The id, unique in the survey.
    pub id: String,
    /// Alternative column names; the first found is used.
    pub columns: Vec<String>,
    /// What the id is called in reports (`label`), or its id.
    pub label: Option<String>,
    /// Labels by value in the file, in the order they are shown; values outside keep their text.
    pub labels: IndexMap<String, String>,
    /// By language, by label: what the label is called in it; these words are among the values that `labels` has.
    pub label_translations: IndexMap<String, IndexMap<String, String>>,
    /// Bands of a number, in written order; empty when values are taken as they are.
    pub bands: Vec<Band>,
    /// Whether the column holds a year or date of birth and the bands are ages at the date of the answer.
    pub age: bool,
    /// Finite populations by value (label), when known.
    pub population: IndexMap<String, u64>,
}

impl Segment {
    /// The values of a column as they are, under its name.
    pub fn of_column(name: &str) -> Self {
        Self {
            id: name.to_owned(),
            columns: vec![name.to_owned()],
            label: None,
            labels: IndexMap::new(),
            label_translations: IndexMap::new(),
            bands: Vec::new(),
            age: false,
            population: IndexMap::new(),
        }
    }
}

/// A band of numbers, such as `"30 to 49" = "30..49"`; both ends belong to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// Its label.
    pub label: String,
    /// The lowest number, if bounded.
    pub low: Option<f64>,
    /// The highest number, if bounded.
    pub high: Option<f64>,
}
