//! Why a JSON file cannot be read, with its line and column.

use std::io;

/// What is wrong with a JSON file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JsonError {
    /// It does not follow the grammar.
    #[error("line {line}, column {column}: found {found}, expected {expected}")]
    Syntax {
        /// The line, from 1.
        line: u64,
        /// The byte in the line, from 1.
        column: u64,
        /// What stands there.
        found: String,
        /// What could stand there.
        expected: &'static str,
    },
    /// It ends within a record.
    #[error("the file is cut: it ends within the record that begins on line {line}")]
    Cut {
        /// The line on which it begins.
        line: u64,
    },
    /// It holds no record.
    #[error("the file holds no record; expected objects, one a response, one a line or in a list")]
    Empty,
    /// No record has a key.
    #[error("no record has a key; expected objects such as {{\"id\": 1, \"score\": 9}}")]
    NoKeys,
    /// Each record stands under a key of its own.
    #[error(
        "the records stand under keys of their own (`{first}`, `{second}` …) and not in a list; write them as a list, such as \
         `jq '[{way}[]]'` does; if all of it is one record, as `jq '[.]'` does"
    )]
    Keyed {
        /// The first key.
        first: String,
        /// The second.
        second: String,
        /// What jq calls the object that holds them.
        way: String,
    },
    /// Each column is a list, or an object of rows.
    #[error(
        "the object holds columns (`{first}`, `{second}` …) and no records; write a record a row, such as \
         `jq '{way} | . as $c | [.[]][0] | keys_unsorted | map(. as $i | $c | map_values(.[$i]))'` does; if all of it is one \
         record, as `jq '[.]'` does"
    )]
    Columns {
        /// The first column.
        first: String,
        /// The second.
        second: String,
        /// What jq calls the object that holds them.
        way: String,
    },
    /// Rows of values, their names beside them or in the first.
    #[error(
        "the rows under `{rows}` are lists of values and no records; write them as objects, such as \
         `jq '{names} as $c | [{way}[] | [$c, .] | transpose | map({{(.[0] | tostring): .[1]}}) | add]'` does"
    )]
    Rows {
        /// Their key.
        rows: String,
        /// What jq calls the names.
        names: String,
        /// What jq calls the rows.
        way: String,
    },
    /// A list of objects beside other values: many records or one.
    #[error(
        "the object holds a list of {items} objects under `{list}` and other values besides (`{other}`): many records or one? \
         Save the list alone, such as `jq '{way}'` does; if all of it is one record, write it as `jq '[.]'` does"
    )]
    ListBeside {
        /// The key of the list.
        list: String,
        /// How many there are.
        items: usize,
        /// The key of another value.
        other: String,
        /// What jq calls the list.
        way: String,
    },
    /// Records hold each other too deeply.
    #[error("line {line}: lists and objects are nested deeper than {limit}")]
    TooDeep {
        /// The line of the record.
        line: u64,
        /// The limit.
        limit: usize,
    },
    /// A record is too large.
    #[error("the record that begins on line {line} has more than {limit}; one record is one response")]
    TooLarge {
        /// The line on which it begins.
        line: u64,
        /// The limit, with its unit.
        limit: String,
    },
    /// Too many different keys.
    #[error(
        "line {line}: the records have more than {limit} different keys; keys that are ids belong into a value"
    )]
    TooManyKeys {
        /// The line of the record with one too many.
        line: u64,
        /// The limit.
        limit: usize,
    },
    /// A record says two things under one name.
    #[error("line {line}: `{key}` stands twice in one record; which of them counts is not known")]
    DuplicateKey {
        /// The line on which the record begins.
        line: u64,
        /// The key, with those above it.
        key: String,
    },
    /// An object holds several lists that may be the responses.
    #[error(
        "the object holds several lists of objects ({lists}); save the one with the responses alone, such as `jq '{way}'` does"
    )]
    SeveralLists {
        /// Their keys.
        lists: String,
        /// What jq calls the first.
        way: String,
    },
    /// The file cannot be read.
    #[error("the file cannot be read: {0}")]
    Unreadable(#[from] io::Error),
}

impl JsonError {
    /// What a stream of rows says when it cannot go on.
    pub(super) fn into_io(self) -> io::Error {
        match self {
            Self::Unreadable(error) => error,
            error => io::Error::new(io::ErrorKind::InvalidData, error),
        }
    }
}
