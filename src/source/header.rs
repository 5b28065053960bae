//! The header record as names of columns.
//!
//! Names are cleaned of what no analyst sees: a byte order mark, no-break spaces (made plain), spaces around,
//! and composed the one way Unicode calls NFC. Nothing else is changed, and nothing is made up for a blank
//! name; twins and undecodable names are reported, to be judged where columns are bound.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

/// The names of a file's columns, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Header {
    names: Vec<String>,
    duplicates: Vec<Duplicate>,
    invalid_utf8: Vec<usize>,
}

/// A name that more than one column has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// The name.
    pub name: String,
    /// The columns that have it, by position from 0; at least two.
    pub positions: Vec<usize>,
}

impl Header {
    /// The header in the first record of `bytes`, blank lines before it skipped; no names when there is none.
    pub fn parse(bytes: &[u8], delimiter: u8) -> Self {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(bytes);
        let mut record = csv::ByteRecord::new();
        match reader.read_byte_record(&mut record) {
            Ok(true) => Self::from_fields(record.iter()),
            // Reading bytes from memory does not fail.
            Ok(false) | Err(_) => Self::default(),
        }
    }

    /// The header with these fields, already without quotes.
    pub fn from_fields<'a>(fields: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut header = Self::default();
        for (position, field) in fields.into_iter().enumerate() {
            let text = String::from_utf8_lossy(field);
            if std::str::from_utf8(field).is_err() {
                header.invalid_utf8.push(position);
            }
            header.names.push(clean(&text));
        }
        header.duplicates = duplicates(&header.names);
        header
    }

    /// The names; a blank one is empty.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How many columns there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is no column at all.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Names that several columns have, in the order of their first columns. Blank names are not compared.
    pub fn duplicates(&self) -> &[Duplicate] {
        &self.duplicates
    }

    /// The columns whose name is not UTF-8; each wrong sequence stands as U+FFFD in the name.
    pub fn invalid_utf8(&self) -> &[usize] {
        &self.invalid_utf8
    }
}

fn clean(text: &str) -> String {
    let plain: String = text
        .trim_start_matches('\u{FEFF}')
        .chars()
        .map(|c| if matches!(c, '\u{A0}' | '\u{202F}') { ' ' } else { c })
        .collect();
    plain.trim().nfc().collect()
}

fn duplicates(names: &[String]) -> Vec<Duplicate> {
    let mut positions: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (position, name) in names.iter().enumerate() {
        if !name.is_empty() {
            positions.entry(name).or_default().push(position);
        }
    }
    let mut duplicates: Vec<Duplicate> = positions
        .into_iter()
        .filter(|(_, positions)| positions.len() > 1)
        .map(|(name, positions)| Duplicate { name: name.to_owned(), positions })
        .collect();
    duplicates.sort_by_key(|duplicate| duplicate.positions[0]);
    duplicates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_trimmed_composed_and_without_mark() {
        let header = Header::parse(
            "\u{FEFF}\"id\", Zufriedenheit\u{A0}(1\u{202F}bis 5) ,Cafe\u{301}\n1,2,3\n".as_bytes(),
            b',',
        );
        assert_eq!(header.names(), ["id", "Zufriedenheit (1 bis 5)", "Caf\u{e9}"]);
        assert!(header.duplicates().is_empty() && header.invalid_utf8().is_empty());
    }

    #[test]
    fn line_ends_inside_a_name_stay() {
        let header = Header::parse(b"\n\"How satisfied\nare you?\";b\r\n", b';');
        assert_eq!(header.names(), ["How satisfied\nare you?", "b"]);
    }

    #[test]
    fn twins_are_reported_blanks_are_not() {
        let header = Header::parse(b"b,a,,b , a,,b\n", b',');
        assert_eq!(
            header.duplicates(),
            [
                Duplicate { name: "b".into(), positions: vec![0, 3, 6] },
                Duplicate { name: "a".into(), positions: vec![1, 4] },
            ]
        );
        assert_eq!(header.names()[2], "");
    }

    #[test]
    fn wrong_bytes_are_replaced_and_counted() {
        let header = Header::parse(b"ok,caf\xE9,\xFF\xFE\n", b',');
        assert_eq!(header.names(), ["ok", "caf\u{FFFD}", "\u{FFFD}\u{FFFD}"]);
        assert_eq!(header.invalid_utf8(), [1, 2]);
    }

    #[test]
    fn none_one_and_twenty_thousand_columns() {
        assert!(Header::parse(b"", b',').is_empty());
        assert!(Header::parse(b"\r\n\n", b',').is_empty());
        assert_eq!(Header::parse(b"only", b',').names(), ["only"]);
        let wide: Vec<String> = (0..20_000).map(|n| format!("q{n}")).collect();
        let header = Header::parse(wide.join("\t").as_bytes(), b'\t');
        assert_eq!((header.len(), header.duplicates().len()), (20_000, 0));
        assert_eq!(header.names()[19_999], "q19999");
    }
}
