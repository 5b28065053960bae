//! Which character separates the fields: read from the first records, never asked.
//!
//! Each of `,` `;` tab and `|` is tried on the same sample. The right one gives the header and the rows the same
//! number of fields; a wrong one finds its character in text and decimal commas, where it comes and goes, or
//! leaves quotes and spaces at the edges of what it cut. A file of one column is read with commas.

use std::fmt;

/// A character that separates fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Delimiter {
    /// `,`
    Comma,
    /// `;`, where the comma is the decimal mark.
    Semicolon,
    /// A tab.
    Tab,
    /// `|`
    Pipe,
}

impl Delimiter {
    /// All of them, in the order in which a tie is decided.
    pub const ALL: [Self; 4] = [Self::Comma, Self::Semicolon, Self::Tab, Self::Pipe];

    /// The byte in the file.
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Pipe => b'|',
        }
    }
}

impl fmt::Display for Delimiter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
            Self::Tab => "tab",
            Self::Pipe => "pipe",
        })
    }
}

/// The delimiter of a file that starts with `sample`; the sample may end within a record.
pub fn sniff(sample: &[u8]) -> Delimiter {
    let mut best = (Delimiter::Comma, 0.0, 0);
    for delimiter in Delimiter::ALL {
        let (score, columns) = score(sample, delimiter.byte());
        let is_tie = (score - best.1).abs() < 1e-9;
        if (is_tie && score > 0.0 && columns > best.2) || (!is_tie && score > best.1) {
            best = (delimiter, score, columns);
        }
    }
    best.0
}

const RECORDS_LOOKED_AT: usize = 200;

/// How well the sample reads with a delimiter, from 0 (one column) to 2, and the number of columns it gives.
fn score(sample: &[u8], delimiter: u8) -> (f64, usize) {
    let mut records: Vec<csv::ByteRecord> = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(sample)
        .into_byte_records()
        .map_while(Result::ok)
        .take(RECORDS_LOOKED_AT + 1)
        .collect();
    // The last record may be cut off by the end of the sample.
    if records.len() > 2 {
        records.pop();
    }
    let (usual, times) = usual_len(&records);
    if usual < 2 {
        return (0.0, usual);
    }
    let header_fits = records.first().is_some_and(|header| header.len() == usual);
    let consistency = times as f64 / records.len() as f64;
    (consistency + f64::from(u8::from(header_fits)) - torn(&records, usual), usual)
}

/// The most frequent number of fields, the larger of equals, and how many records have it.
fn usual_len(records: &[csv::ByteRecord]) -> (usize, usize) {
    let mut times = std::collections::BTreeMap::new();
    for record in records {
        *times.entry(record.len()).or_insert(0) += 1;
    }
    times.into_iter().max_by_key(|&(len, times)| (times, len)).unwrap_or((0, 0))
}

/// The share of fields that look torn out of a text: after the first, they start with a space or hold a quote
/// that nothing closes.
fn torn(records: &[csv::ByteRecord], usual: usize) -> f64 {
    let fields =
        records.iter().filter(|record| record.len() == usual).flat_map(|record| record.iter().skip(1));
    let (mut torn, mut all) = (0_usize, 0_usize);
    for field in fields {
        all += 1;
        let quotes = memchr::memchr_iter(b'"', field).count();
        torn += usize::from(field.first() == Some(&b' ') || quotes % 2 == 1);
    }
    if all == 0 { 0.0 } else { torn as f64 / all as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_of_them() {
        assert_eq!(sniff(b"a,b,c\n1,2,3\n4,5,6\n"), Delimiter::Comma);
        assert_eq!(sniff(b"a;b;c\n1;2;3\n4;5;6\n"), Delimiter::Semicolon);
        assert_eq!(sniff(b"a\tb\tc\n1\t2\t3\n4\t5\t6\n"), Delimiter::Tab);
        assert_eq!(sniff(b"a|b|c\n1|2|3\n4|5|6\n"), Delimiter::Pipe);
    }

    #[test]
    fn one_column_or_nothing_is_comma() {
        for sample in
            [&b""[..], b"\n", b"score\n5\n4\n", b"comment\n\"a; b\"\n\"c\"\n", b"x", b"\"", b"\xEF\xBB\xBF"]
        {
            assert_eq!(sniff(sample), Delimiter::Comma, "{sample:?}");
        }
    }

    #[test]
    fn a_semicolon_beats_decimal_commas() {
        assert_eq!(sniff(b"id;gewicht;note\n1;0,75;1,5\n2;1,25;2,0\n3;1,10;3,5\n"), Delimiter::Semicolon);
        assert_eq!(sniff(b"gewicht;note\n0,75;1,5\n1,25;2,0\n"), Delimiter::Semicolon);
    }

    #[test]
    fn a_tab_beats_commas_in_text() {
        assert_eq!(sniff(b"name\tscore\nDoe, Jane\t5\nRoe, Rick\t4\n"), Delimiter::Tab);
        assert_eq!(sniff(b"last, first\tscore\nDoe, Jane\t5\nRoe, Rick\t4\n"), Delimiter::Tab);
        assert_eq!(sniff(b"When\tWhat do you use?\n1/2/2026\tExcel, R\n1/2/2026\tR\n"), Delimiter::Tab);
    }

    #[test]
    fn a_comma_beats_semicolons_inside_answers() {
        assert_eq!(sniff(b"when,tools\n1,a;b;\n2,c;d;\n3,a;c;\n"), Delimiter::Comma);
        assert_eq!(sniff(b"when,tools,x\n1,\"a;b\",2\n2,\"c;d\",\n3,\"a;c\",5\n"), Delimiter::Comma);
    }

    #[test]
    fn quoted_line_ends_and_delimiters_are_not_counted() {
        let sample = b"id;comment;score\n1;\"well,\nyes, no, maybe\";5\n2;\"a,b\";4\n3;\"c|d\te\";3\n";
        assert_eq!(sniff(sample), Delimiter::Semicolon);
    }

    #[test]
    fn every_field_quoted() {
        assert_eq!(sniff(b"\"id\";\"a, b\"\n\"1\";\"x, y\"\n\"2\";\"z, z\"\n"), Delimiter::Semicolon);
    }

    #[test]
    fn a_title_above_the_header_and_a_cut_record_below() {
        assert_eq!(sniff(b"Survey of 2026\na;b;c\n1,1;2;3\n4;5;6\n7;8"), Delimiter::Semicolon);
    }

    #[test]
    fn ragged_rows_and_spaces_after_commas() {
        assert_eq!(sniff(b"a, b, c\n1, 2, 3\n4, 5\n6, 7, 8\n"), Delimiter::Comma);
    }
}
