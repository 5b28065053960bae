//! A list of answers as CSV or as a workbook, for those who call back.
//!
//! In CSV a text that a spreadsheet would take for a formula gets an apostrophe in front; in a workbook texts are texts.
//! Line breaks of comments stay, other control characters are shown as escapes.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::format::RenderError;
use crate::report::{FollowUp, FollowUpCell};

/// The list as CSV: a row of names, then one row an answer.
pub fn follow_up_csv(list: &FollowUp) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write = |record: Vec<String>| {
        writer.write_record(record).expect("rows are equally long and are written to memory");
    };
    write(list.columns.iter().map(|name| harmless(name)).collect());
    for row in &list.rows {
        write(row.iter().map(cell).collect());
    }
    let bytes = writer.into_inner().expect("memory is always flushed");
    String::from_utf8(bytes).expect("only text was written")
}

/// The list as a workbook of one sheet.
///
/// # Errors
/// More answers than a sheet has rows.
pub fn follow_up_xlsx(list: &FollowUp) -> Result<Vec<u8>, RenderError> {
    workbook(list).map_err(|error| RenderError::Workbook(error.to_string()))
}

fn workbook(list: &FollowUp) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Follow-up")?;
    let bold = Format::new().set_bold();
    for (column, name) in (0_u16..).zip(&list.columns) {
        sheet.write_string_with_format(0, column, shown(name), &bold)?;
    }
    for (row, cells) in (1_u32..).zip(&list.rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            match cell {
                FollowUpCell::Text(text) => sheet.write_string(row, column, cut(shown(text)))?,
                FollowUpCell::Number(number) if number.is_finite() => {
                    sheet.write_number(row, column, *number)?
                }
                FollowUpCell::Number(_) | FollowUpCell::Blank => continue,
            };
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_autofit_max_width(400).autofit();
    book.save_to_buffer()
}

fn cell(cell: &FollowUpCell) -> String {
    match cell {
        FollowUpCell::Text(text) => harmless(text),
        FollowUpCell::Number(number) if number.is_finite() => number.to_string(),
        FollowUpCell::Number(_) | FollowUpCell::Blank => String::new(),
    }
}

/// A text that no spreadsheet computes; what is a number stays one.
pub(super) fn harmless(text: &str) -> String {
    let is_number = || text.parse::<f64>().is_ok_and(f64::is_finite);
    let starts = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let is_formula = text.trim_start_matches(' ').starts_with(starts) && !is_number();
    let text = shown(text);
    if is_formula { format!("'{text}") } else { text }
}

/// A text without control characters but line breaks and tabs.
fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\r' => shown.push('\n'),
            '\n' | '\t' => shown.push(character),
            hidden if hidden.is_control() => shown.extend(hidden.escape_default()),
            plain => shown.push(plain),
        }
    }
    shown
}

/// What a cell of a workbook can hold.
fn cut(text: String) -> String {
    const MOST: usize = 32_767;
    if text.chars().count() <= MOST {
        return text;
    }
    let mut cut: String = text.chars().take(MOST - 1).collect();
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(cells: &[&str]) -> FollowUp {
        FollowUp {
            columns: vec!["id".to_owned(), "comment".to_owned()],
            rows: cells
                .iter()
                .map(|text| vec![FollowUpCell::Number(-2.5), FollowUpCell::Text((*text).to_owned())])
                .collect(),
            ..FollowUp::default()
        }
    }

    #[test]
    fn texts_are_no_formulas_and_numbers_stay_numbers() {
        let text =
            follow_up_csv(&list(&["=1+1", "@x", "\tx", "-12", "+49 30", "  =a", "so\r\nso", "a\u{7}b"]));
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let cells: Vec<String> = reader.records().map(|record| record.unwrap()[1].to_owned()).collect();
        assert_eq!(cells, ["'=1+1", "'@x", "'\tx", "-12", "'+49 30", "'  =a", "so\nso", "a\\u{7}b"]);
        assert!(text.starts_with("id,comment\n-2.5,"));
    }

    #[test]
    fn a_list_of_nobody_is_a_row_of_names() {
        assert_eq!(follow_up_csv(&list(&[])), "id,comment\n");
        assert!(follow_up_xlsx(&list(&["=1+1", &"x".repeat(40_000)])).unwrap().starts_with(b"PK"));
    }
}
