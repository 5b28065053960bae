//! Any file that is read, written anew as a plain table of UTF-8, with an account of what was changed.
//!
//! Texts are kept exactly, so that the plain table gives the figures of the file. What differs is what had to: one
//! header, a name for each column, marks of the survey tool taken off; rows of tests and repeated headers left out.

mod account;
mod clean;
mod edit_log;
mod explanation;
mod names;

use std::borrow::Cow;

pub use account::ImportAccount;
pub use clean::{CleanError, Cleaning, clean};
pub use edit_log::{EditLog, LoggedTexts};
pub use explanation::{ColumnSeen, DroppedSeen, EncodingSeen, Explanation};
pub use names::{NamedColumn, clean_names};

/// Whether a spreadsheet program takes a cell for a formula: it begins with `=`, `+`, `-`, `@`, a tab or a carriage
/// return, and is no number.
fn is_formula(cell: &str) -> bool {
    let begins = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let number = cell.trim().trim_end_matches('%').replace([' ', '\u{a0}'], "").replace(',', ".");
    begins && number.parse::<f64>().is_err()
}

/// The cell with an apostrophe before it where a spreadsheet program would run it.
fn without_formula(cell: &str) -> Cow<'_, str> {
    if is_formula(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::is_formula;

    #[test]
    fn formulas_are_told_from_numbers() {
        for formula in ["=1+1", "+cmd|x", "-2+3", "@SUM(A1)", "\t=1", "+49 (30) 1", "-", "=", "\r"] {
            assert!(is_formula(formula), "{formula:?}");
        }
        for plain in ["-1", "+1.5", "-1,5", "-1 000,5", "+5 %", "a=b", "", "5 - Great", "'=1"] {
            assert!(!is_formula(plain), "{plain:?}");
        }
    }
}
