//! A file that a definition names.

use crate::diagnostic::Place;

/// The name of a file, which counts from the folder of the definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedFile {
    /// As it is written.
    pub file: String,
    /// Where the definition names it.
    pub place: Option<Place>,
}
