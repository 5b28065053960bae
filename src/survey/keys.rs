//! Every key of a definition: one table that drives the check for unknown keys, the JSON Schema and the documentation.
//!
//! A path names the tables down to the key; `*` stands for an id or a value of the analyst's own.

use super::key_table::KEYS;

/// One key of a definition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Key {
    /// Where it stands, such as `question.*.target`.
    pub path: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether a table may stand there instead; its keys are listed below it.
    pub or_table: bool,
    /// What holds when it is not written, in words.
    pub default: &'static str,
    /// What it means, in a line.
    pub doc: &'static str,
}

/// What a key holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// Free text, not blank.
    Text,
    /// The name of a scale or the like: not blank, without control characters.
    Name,
    /// What stands between other texts: not empty; a blank, a tab or a line break as well.
    Separator,
    /// The name of a column: not blank; a header can hold line breaks and tabs.
    Column,
    /// The name of a column, or a list of alternative ones.
    Columns,
    /// A name, or a list of alternative names.
    Names,
    /// A list of texts, none of them blank.
    Texts,
    /// A list of numbers or texts.
    Codes,
    /// A whole number.
    Whole {
        /// The smallest.
        min: i64,
        /// The largest.
        max: i64,
    },
    /// A number.
    Number {
        /// The smallest.
        min: f64,
        /// The largest.
        max: f64,
    },
    /// One of these words, or a number above 0.
    WordOrNumber(&'static [&'static str]),
    /// Targets by category: a table of numbers, whose tables are further variables; or the name of a file.
    Targets,
    /// `true` or `false`.
    Flag,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of these words.
    Words(&'static [&'static str]),
    /// A range of numbers, such as `30..49`, `..29` or `50..`.
    NumberRange,
    /// A colour, such as `#0b6e4f`.
    Colour,
    /// The year of an edition, such as `2018`, as text.
    Edition,
    /// Only a table.
    Table,
    /// Tables in double brackets, one after the other.
    Rows,
    /// A condition on rows, or a list of them; where a table may stand, also one of such tables.
    Conditions,
    /// A day as text, `2026-09-30`.
    Date,
    /// A list of days, or the name of a file with them.
    Dates,
    /// Within which time, such as `30 days` or `2 business days`.
    Deadline,
    /// Weekdays and a span of hours, such as `Mon-Fri 09:00-17:00`.
    BusinessHours,
    /// A time zone, by its place or its offset.
    TimeZone,
}

impl Key {
    /// The parts of the path.
    pub fn parts(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.path.split('.')
    }

    /// The last part of the path.
    pub fn name(&self) -> &'static str {
        self.path.rsplit('.').next().unwrap_or(self.path)
    }
}

/// Every key, in the order of the documentation.
pub fn keys() -> &'static [Key] {
    KEYS
}

/// The key at this path.
pub(super) fn key_at(path: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.path == path)
}

/// The names that may stand right below this path (`""`: at the top), `*` among them, each once, in order.
pub(super) fn names_below(path: &str) -> Vec<&'static str> {
    let depth = if path.is_empty() { 0 } else { path.split('.').count() };
    let mut names: Vec<&'static str> = Vec::new();
    for key in KEYS {
        let inside = path.is_empty() || key.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'));
        if let Some(name) = key.parts().nth(depth).filter(|name| inside && !names.contains(name)) {
            names.push(name);
        }
    }
    names
}

/// The names of tables that later versions will read, with what they will be for.
pub(super) const RESERVED: &[(&str, &str)] = &[
    ("engine", "outside database engines"),
    ("actions", "improvement actions"),
    ("sample", "drawing samples"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::measure::Measure;

    #[test]
    fn every_path_is_there_once_and_says_something() {
        for (index, key) in KEYS.iter().enumerate() {
            assert!(KEYS[..index].iter().all(|other| other.path != key.path), "{} twice", key.path);
            assert!(!key.doc.is_empty() && !key.default.is_empty(), "{}", key.path);
        }
    }

    #[test]
    fn names_below_a_table_are_its_keys() {
        assert_eq!(names_below("data.wave"), ["every", "column", "order"]);
        assert_eq!(names_below("dimension"), ["*"]);
        assert_eq!(
            names_below(""),
            [
                "survey",
                "defaults",
                "data",
                "scale",
                "question",
                "block",
                "segment",
                "dimension",
                "construct",
                "path_model",
                "gaps",
                "lookup",
                "report",
                "gate",
                "priorities",
                "quality",
                "exclude",
                "weighting",
                "complaints",
                "promises",
                "disputes",
                "indicators",
                "checklist"
            ]
        );
        assert!(names_below("survey.title").is_empty());
        assert!(key_at("question.*.target").is_some() && key_at("question.target").is_none());
    }

    #[test]
    fn the_words_are_those_of_the_types() {
        let names: Vec<&str> = Measure::ALL.iter().map(|(_, name)| *name).collect();
        assert_eq!(super::super::key_table::MEASURES, names);
    }
}
