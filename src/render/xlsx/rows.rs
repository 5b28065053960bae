//! The rows of a long sheet as SpreadsheetML, from top to bottom.
//!
//! A worksheet in memory holds each cell in a tree until the workbook is saved; at a million cells that takes seconds
//! and hundreds of megabytes. Rows that come in order and are never looked at again need neither.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::sheet::told;
use crate::render::csv::harmless;
use crate::render::escape::{in_entities, in_xml};

/// Writes rows after that of the heads.
pub(super) struct Rows<W> {
    into: W,
    /// The number of the row as readers count, from 1.
    row: u32,
    columns: Vec<ColumnWriter>,
    /// The style of texts that look like formulas, by its number in the workbook.
    guarded: String,
    line: String,
}

/// A column, and the last text in it: tidy rows repeat themselves.
#[derive(Clone, Debug, Default)]
struct ColumnWriter {
    letters: String,
    text: String,
    cell: String,
}

impl<W: Write> Rows<W> {
    /// Writes so many columns, below a row of heads.
    pub(super) fn new(into: W, columns: usize, guarded: String) -> Self {
        let columns =
            (0..columns).map(|place| ColumnWriter { letters: letters(place), ..ColumnWriter::default() });
        Self { into, row: 1, columns: columns.collect(), guarded, line: String::new() }
    }

    /// Begins the next row.
    pub(super) fn begin(&mut self) -> io::Result<()> {
        self.row += 1;
        self.line.clear();
        write!(self.line, "<row r=\"{}\">", self.row).map_err(io::Error::other)
    }

    /// A finite number.
    pub(super) fn number(&mut self, place: usize, number: f64) -> io::Result<()> {
        let Some(column) = self.columns.get(place) else { return Ok(()) };
        write!(self.line, "<c r=\"{}{}\"><v>{number}</v></c>", column.letters, self.row)
            .map_err(io::Error::other)
    }

    /// A text as it is: never a formula.
    pub(super) fn text(&mut self, place: usize, text: &str) -> io::Result<()> {
        let Some(column) = self.columns.get_mut(place) else { return Ok(()) };
        if column.cell.is_empty() || column.text != text {
            text.clone_into(&mut column.text);
            column.cell = text_cell(text, &self.guarded);
        }
        write!(self.line, "<c r=\"{}{}\"{}", column.letters, self.row, column.cell).map_err(io::Error::other)
    }

    /// Ends the row.
    pub(super) fn end(&mut self) -> io::Result<()> {
        self.line.push_str("</row>");
        self.into.write_all(self.line.as_bytes())
    }
}

/// What follows the reference of a cell that holds a text.
fn text_cell(text: &str, guarded: &str) -> String {
    let shown = told(text);
    let style = if harmless(&shown) == shown { String::new() } else { format!(" s=\"{guarded}\"") };
    let space = if shown.trim() == shown { "" } else { " xml:space=\"preserve\"" };
    let written = in_entities(&literal(&in_xml(&shown)));
    format!("{style} t=\"inlineStr\"><is><t{space}>{written}</t></is></c>")
}

/// A text in which no piece reads as the escape of a character, `_x0041_`.
fn literal(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        let is_escape = || {
            let code = text.get(at + 1..at + 7).unwrap_or_default();
            code.starts_with('x')
                && code.ends_with('_')
                && code.get(1..5).is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
        };
        written.push_str(if character == '_' && is_escape() { "_x005F" } else { "" });
        written.push(character);
    }
    written
}

/// The letters of a column: A to Z, AA and so on.
fn letters(place: usize) -> String {
    let letter = |place: usize| char::from(b'A' + u8::try_from(place % 26).unwrap_or(0));
    let mut letters = vec![letter(place)];
    let mut rest = place / 26;
    while rest > 0 {
        letters.push(letter(rest - 1));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::{Rows, letters, literal};

    #[test]
    fn columns_are_lettered_as_spreadsheets_do() {
        let named: Vec<String> = [0, 25, 26, 51, 52, 701, 702, 16_383].map(letters).to_vec();
        assert_eq!(named, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn a_text_stays_what_it_is() {
        assert_eq!(literal("a_x0041_b_x00_"), "a_x005F_x0041_b_x00_");
        assert_eq!(literal("__x0041_ü_"), "__x005F_x0041_ü_");
        let mut written = Vec::new();
        let mut rows = Rows::new(&mut written, 2, "7".to_owned());
        for text in ["=1+1", "=1+1", " <b> & \u{ffff}"] {
            rows.begin().unwrap();
            rows.number(0, 0.1).unwrap();
            rows.text(1, text).unwrap();
            rows.end().unwrap();
        }
        let written = String::from_utf8(written).unwrap();
        let second = "<row r=\"3\"><c r=\"A3\"><v>0.1</v></c>\
                      <c r=\"B3\" s=\"7\" t=\"inlineStr\"><is><t>=1+1</t></is></c></row>";
        assert!(written.contains(second), "{written}");
        let third = "<c r=\"B4\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> &lt;b&gt; &amp; \u{fffd}</t></is></c></row>";
        assert!(written.ends_with(third), "{written}");
    }
}
