//! What a reader could not pass on, counted while the text is read.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts of what could not be passed on as it stands; they are whole when the text was read to its end.
#[derive(Clone, Debug, Default)]
pub struct Losses {
    /// Sequences of bytes that stand for no character, each written as U+FFFD.
    pub wrong_bytes: Arc<AtomicU64>,
    /// Values of JSON whose key came after the records that were looked at, and which are therefore in no column.
    pub late_values: Arc<AtomicU64>,
    /// Lists of JSON that are left as JSON in their cell, since a value has the separator of the column.
    pub unjoined_lists: Arc<AtomicU64>,
    /// Formulas of a workbook that whatever wrote it has not computed, with the row of the first.
    pub unset_formulas: Places,
    /// Cells with text behind their closing quote.
    pub quotes_followed: Places,
    /// Quoted cells whose lines look like rows.
    pub quotes_with_rows: Places,
}

/// How many there are, and the line of the first.
#[derive(Clone, Debug, Default)]
pub struct Places(Arc<(AtomicU64, AtomicU64)>);

impl Places {
    /// Counts one more; one reader counts, from the first line to the last.
    pub fn note(&self, line: impl FnOnce() -> u64) {
        if self.0.0.fetch_add(1, Ordering::Relaxed) == 0 {
            self.0.1.store(line(), Ordering::Relaxed);
        }
    }

    /// How many there are and the line of the first, if there are any.
    pub fn get(&self) -> Option<(u64, u64)> {
        let count = self.0.0.load(Ordering::Relaxed);
        (count > 0).then(|| (count, self.0.1.load(Ordering::Relaxed)))
    }
}

impl Losses {
    /// Losses of bytes alone, counted there.
    pub fn of_bytes(wrong_bytes: Arc<AtomicU64>) -> Self {
        Self { wrong_bytes, ..Self::default() }
    }

    /// The sequences of bytes so far that stand for no character.
    pub fn undecodable(&self) -> u64 {
        self.wrong_bytes.load(Ordering::Relaxed)
    }

    /// What was lost so far, a sentence each.
    pub fn sentences(&self) -> Vec<String> {
        let mut sentences = Vec::new();
        let mut say = |count: u64, one: &str, many: &str, what: &str| {
            if count > 0 {
                sentences.push(format!("{count} {} {what}", if count == 1 { one } else { many }));
            }
        };
        say(
            self.undecodable(),
            "place holds",
            "places hold",
            "bytes that stand for no character in its encoding, and were read as \u{fffd}; --encoding names another",
        );
        say(
            self.late_values.load(Ordering::Relaxed),
            "value has",
            "values have",
            "a key that the first 20,000 records lack, and stand in no column",
        );
        say(
            self.unjoined_lists.load(Ordering::Relaxed),
            "list is",
            "lists are",
            "left as JSON in the cell, since a value holds the separator of its column",
        );
        if let Some((count, row)) = self.unset_formulas.get() {
            let (formulas, have) = if count == 1 { ("formula", "has") } else { ("formulas", "have") };
            sentences.push(format!(
                "{count} {formulas} {have} no stored value and {} no answer, first in row {row}: open the workbook in a \
                 spreadsheet program and save it",
                if count == 1 { "is" } else { "are" }
            ));
        }
        if let Some((count, line)) = self.quotes_followed.get() {
            let (cells, have) = if count == 1 { ("cell", "has") } else { ("cells", "have") };
            sentences.push(format!(
                "{count} {cells} {have} text behind a closing quote, first in line {line}: a quote inside quotes is to \
                 be doubled"
            ));
        }
        if let Some((count, line)) = self.quotes_with_rows.get() {
            let (cells, are) = if count == 1 { ("quoted cell", "is") } else { ("quoted cells", "are") };
            sentences.push(format!(
                "{count} {cells} of several lines, each like a row, {are} read as one answer, first in line {line}: is \
                 that quote left open?"
            ));
        }
        sentences
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_lost_is_not_said_and_counts_are() {
        let losses = Losses::default();
        assert!(losses.sentences().is_empty());
        losses.wrong_bytes.store(1, Ordering::Relaxed);
        losses.late_values.store(2, Ordering::Relaxed);
        let said = losses.sentences();
        assert_eq!(said.len(), 2);
        assert!(said[0].starts_with("1 place holds bytes") && said[1].starts_with("2 values have a key"));
    }
}
