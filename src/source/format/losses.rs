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
