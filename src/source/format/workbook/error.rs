//! Why a workbook cannot be read, with the sheet and the cell where there is one.

use std::io;

/// What is wrong with a workbook.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorkbookError {
    /// It needs a password.
    #[error("the workbook is protected by a password; save a copy without")]
    Protected,
    /// It is a web page whose name ends like that of a workbook.
    #[error(
        "the file is an HTML table that is named as a workbook; open it in a spreadsheet and save it as .xlsx"
    )]
    HtmlTable,
    /// It is the XML of Excel 2003, or OpenDocument as one XML file.
    #[error("the file is {format}, one XML file; open it in a spreadsheet and save it as .xlsx")]
    XmlSpreadsheet {
        /// Which of them.
        format: &'static str,
    },
    /// It is text.
    #[error("the file is text, not a workbook; rename it to .csv and read it without --sheet")]
    PlainText,
    /// It is something else.
    #[error("the file is no workbook: {found}; expected .xlsx, .xlsb, .xls or .ods")]
    NotAWorkbook {
        /// What was found.
        found: String,
    },
    /// It unpacks to more than is read.
    #[error(
        "the workbook is refused: {what}, and at most {limit} is read; save only the sheet with the answers"
    )]
    TooLarge {
        /// What is too large, with its size.
        what: String,
        /// The limit, with its unit.
        limit: String,
    },
    /// No sheet holds cells.
    #[error("no visible sheet of the workbook holds a table: {found}; --sheet names another")]
    NoTable {
        /// The sheets and what they are.
        found: String,
    },
    /// The sheet that was asked for is not there.
    #[error("there is no sheet `{asked}`{suggestion}; the workbook has {sheets}")]
    NoSheet {
        /// What was asked for.
        asked: String,
        /// `; did you mean …?`, or nothing.
        suggestion: String,
        /// The sheets that there are.
        sheets: String,
    },
    /// The sheet that was asked for is a chart or holds macros.
    #[error("sheet `{name}` is {kind}, not a table; --sheet chooses another")]
    NotATable {
        /// Its name.
        name: String,
        /// What it is, with its article.
        kind: &'static str,
    },
    /// The sheet that was asked for is empty.
    #[error("sheet `{name}` is empty; --sheet chooses another")]
    EmptySheet {
        /// Its name.
        name: String,
    },
    /// A part of the workbook is cut or damaged.
    #[error("the workbook is damaged: {part}: {problem}; open it in a spreadsheet and save it again")]
    Damaged {
        /// Which part.
        part: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A cell makes no sense.
    #[error("`{sheet}!{cell}`: {problem}; open the workbook in a spreadsheet and save it again")]
    Cell {
        /// The sheet.
        sheet: String,
        /// The cell, such as `B7`.
        cell: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The file cannot be read.
    #[error("the workbook cannot be read: {0}")]
    Unreadable(#[from] io::Error),
}

impl WorkbookError {
    /// A damaged part.
    pub(super) fn damaged(part: impl Into<String>, problem: impl Into<String>) -> Self {
        Self::Damaged { part: part.into(), problem: problem.into() }
    }

    /// A bad cell, by row and column from 0.
    pub(super) fn cell(sheet: &str, row: u32, column: u32, problem: impl Into<String>) -> Self {
        Self::Cell { sheet: sheet.to_owned(), cell: cell_name(row, column), problem: problem.into() }
    }

    /// What a stream of rows says when it cannot go on.
    pub(super) fn into_io(self) -> io::Error {
        match self {
            Self::Unreadable(error) => error,
            error => io::Error::new(io::ErrorKind::InvalidData, error),
        }
    }
}

/// The name of a cell, `A1` for the first.
pub(super) fn cell_name(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect::<String>() + &(u64::from(row) + 1).to_string()
}

/// A number of bytes for a reader: `3.2 GiB`.
pub(super) fn bytes_text(bytes: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    for (size, unit) in UNITS {
        if bytes >= size {
            let tenths = bytes / (size / 10).max(1);
            return if tenths.is_multiple_of(10) || tenths >= 1000 {
                format!("{} {unit}", tenths / 10)
            } else {
                format!("{}.{} {unit}", tenths / 10, tenths % 10)
            };
        }
    }
    format!("{bytes} bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_in_a_spreadsheet() {
        let names: Vec<String> = [(0, 0), (6, 1), (0, 25), (0, 26), (0, 701), (0, 702), (1_048_575, 16_383)]
            .map(|(row, column)| cell_name(row, column))
            .to_vec();
        assert_eq!(names, ["A1", "B7", "Z1", "AA1", "ZZ1", "AAA1", "XFD1048576"]);
    }

    #[test]
    fn sizes_are_said_in_the_unit_that_fits() {
        let texts = [12, 1 << 10, 3 << 19, 8 << 30].map(bytes_text);
        assert_eq!(texts, ["12 bytes", "1 KiB", "1.5 MiB", "8 GiB"]);
    }
}
