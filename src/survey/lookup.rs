//! A list whose columns are brought to the answers: customers with their region, orders with their outcome.

use indexmap::IndexMap;

use crate::diagnostic::Place;

/// One list (`[lookup]`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookup {
    /// The file as it is written, beside the definition.
    pub file: String,
    /// The column of the answers by which a row of the list is found.
    pub key: String,
    /// The column of the list that holds the same (`match`).
    pub matched: String,
    /// The columns to bring: the name that each has beside the answers, and its name in the list; none for all.
    pub columns: Option<IndexMap<String, String>>,
    /// Whether `007` is `7`.
    pub ignores_leading_zeros: bool,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// Where the definition names the file.
    pub place: Option<Place>,
}
