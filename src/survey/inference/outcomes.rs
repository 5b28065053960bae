//! Columns that say how a contact ended: `Refused` and `No answer` are what happened there, not answers that miss.

use super::column::Column;
use super::values::folded;
use crate::survey::phrasebook::NoAnswer as Reason;

/// Words of a header that names an outcome.
const HEADERS: [&str; 13] = [
    "status",
    "disposition",
    "outcome",
    "result",
    "ergebnis",
    "ausgang",
    "statut",
    "resultat",
    "résultat",
    "estado",
    "resultado",
    "stato",
    "esito",
];

/// What programs write into empty cells, whatever the column.
const MARKS: [&str; 8] = ["na", "nan", "null", "#n/a", "#null!", "missing", "blank", "n/a"];

/// Whether a header names how a contact ended.
pub(super) fn is_outcome(tokens: &[String]) -> bool {
    tokens.len() <= 4 && tokens.iter().any(|token| HEADERS.contains(&token.as_str()))
}

/// Whether a text says what happened, where the column holds outcomes.
pub(super) fn is_value(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && !MARKS.contains(&folded(text).as_str())
}

/// A text that is an outcome in one column is blank in no column: what is blank is blank for every column.
pub(super) fn keep(columns: &mut [Column<'_>]) {
    let outcomes: Vec<String> = columns
        .iter()
        .filter(|column| is_outcome(&column.tokens))
        .flat_map(|column| column.values.texts.iter().map(|(text, _)| folded(text)))
        .collect();
    if outcomes.is_empty() {
        return;
    }
    for (text, reason) in columns.iter_mut().flat_map(|column| &mut column.values.reasons) {
        if *reason == Reason::Blank && outcomes.contains(&folded(text)) {
            *reason = Reason::NotApplicable;
        }
    }
}
