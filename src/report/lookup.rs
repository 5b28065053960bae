//! What became of the answers' keys in a list whose columns were brought to them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A list whose columns were brought to the answers.
///
/// `matched` + `unmatched` + `blank` are the records read with it, before any was left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LookupLedger {
    /// The file of the list.
    pub list: String,
    /// The column of the answers that holds the key.
    pub key: String,
    /// The columns that it brought.
    pub columns: Vec<String>,
    /// Records with a row in the list.
    pub matched: u64,
    /// Records with a key that is not in the list; their cells are blank.
    pub unmatched: u64,
    /// Records without a key; their cells are blank.
    pub blank: u64,
    /// Of those unmatched, records that would have a row if zeros at the start of numbers were nothing.
    pub without_zeros: u64,
    /// Records of the list.
    pub rows: u64,
    /// Its keys, each once.
    pub keys: u64,
    /// Its records without a key.
    pub blank_keys: u64,
    /// Its records whose key was there before with the same cells.
    pub repeated: u64,
    /// Its keys that are there again with other cells: the first counts.
    pub conflicting: u64,
}
