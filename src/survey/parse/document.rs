//! The text of a definition: bytes to text, and offsets to lines and columns.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Place};

/// A definition's text with its lines.
pub(super) struct Document<'a> {
    file: &'a str,
    pub(super) text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Document<'a> {
    /// Reads UTF-8, with or without a byte order mark; other encodings are refused by name.
    pub(super) fn read(bytes: &'a [u8], file: &'a str) -> Result<Self, Box<Diagnostic>> {
        if is_utf16(bytes) {
            let complaint = Diagnostic::error("not_utf8", format!("`{file}` is UTF-16, not UTF-8"));
            return Err(Box::new(
                complaint.why(WHY_UTF8).help("in Notepad choose Save as, then Encoding: UTF-8"),
            ));
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(text, file)),
            Err(error) => Err(Box::new(not_utf8(bytes, error.valid_up_to(), file))),
        }
    }

    pub(super) fn new(text: &'a str, file: &'a str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file, text, starts }
    }

    /// The name of the file in complaints.
    pub(super) fn file(&self) -> &'a str {
        self.file
    }

    /// The line of an offset, counted from 0.
    pub(super) fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// The text of a line, counted from 0, without its line end.
    pub(super) fn line(&self, index: usize) -> &'a str {
        let start = self.start(index);
        let end = self.starts.get(index + 1).map_or(self.text.len(), |next| next - 1);
        let line = self.text.get(start..end).unwrap_or("");
        line.strip_suffix('\r').unwrap_or(line)
    }

    /// Where a line begins.
    pub(super) fn start(&self, index: usize) -> usize {
        self.starts.get(index).copied().unwrap_or(self.text.len())
    }

    /// How many lines there are.
    pub(super) fn lines(&self) -> usize {
        self.starts.len()
    }

    /// The place of a span; a span over several lines is marked on the first.
    pub(super) fn place(&self, span: Range<usize>) -> Place {
        let start = self.floor(span.start);
        let index = self.line_of(start);
        let line = self.line(index);
        let from = (start - self.start(index)).min(line.len());
        let to = (self.floor(span.end).max(start) - self.start(index)).min(line.len()).max(from);
        Place {
            file: self.file.to_owned(),
            line: index + 1,
            column: line[..from].chars().count() + 1,
            source: line.to_owned(),
            length: line[from..to].chars().count().max(1),
        }
    }

    /// The nearest character boundary at or before an offset.
    fn floor(&self, offset: usize) -> usize {
        let mut at = offset.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

const WHY_UTF8: &str = "definitions are UTF-8, so that they read alike on every machine";

/// A mark says so; without one, ASCII text in UTF-16 has a zero in every second byte.
fn is_utf16(bytes: &[u8]) -> bool {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => true,
        [0, second, 0, fourth, ..] => *second != 0 && *fourth != 0,
        [first, 0, third, 0, ..] => *first != 0 && *third != 0,
        _ => false,
    }
}

fn not_utf8(bytes: &[u8], at: usize, file: &str) -> Diagnostic {
    let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    let end = bytes[at..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |length| at + length);
    let before = String::from_utf8_lossy(&bytes[start..at]);
    let line = memchr::memchr_iter(b'\n', &bytes[..at]).count() + 1;
    Diagnostic::error("not_utf8", format!("byte 0x{:02x} is not UTF-8", bytes[at]))
        .at(Place {
            file: file.to_owned(),
            line,
            column: before.chars().count() + 1,
            source: String::from_utf8_lossy(&bytes[start..end]).trim_end_matches('\r').to_owned(),
            length: 1,
        })
        .why(WHY_UTF8)
        .help("save the file as UTF-8; it was probably saved as Windows-1252 (ANSI)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_characters_and_lines_may_end_in_crlf() {
        let document =
            Document::read("\u{feff}a = 1\r\nü = “x”\r\n".as_bytes(), "f").unwrap_or_else(|_| panic!());
        let at = document.text.find('“').unwrap();
        let place = document.place(at..at + 3);
        assert_eq!((place.line, place.column, place.length, place.source.as_str()), (2, 5, 1, "ü = “x”"));
        assert_eq!(document.place(900..901).line, 3);
        let inside = document.place(at + 1..at + 2);
        assert_eq!(inside.column, 5);
    }

    #[test]
    fn other_encodings_are_named() {
        for bytes in [b"\xff\xfe[\0".as_slice(), b"[\0s\0", b"\0[\0s"] {
            let complaint = Document::read(bytes, "f").err().unwrap();
            assert!(complaint.message.contains("UTF-16"), "{}", complaint.message);
        }
        let complaint = Document::read(b"a = 1\nb\xe9 = 2\n", "f").err().unwrap();
        assert_eq!(complaint.place.map(|place| (place.line, place.column)), Some((2, 2)));
    }

    #[test]
    fn an_empty_text_has_one_empty_line() {
        let document = Document::read(b"", "f").unwrap_or_else(|_| panic!());
        assert_eq!((document.lines(), document.line(0)), (1, ""));
        assert_eq!(document.place(0..0).length, 1);
    }
}
