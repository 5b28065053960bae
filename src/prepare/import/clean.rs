//! The pass that writes the plain table.

use std::borrow::Cow;
use std::io::{self, Write};

use super::account::ImportAccount;
use super::edit_log::EditLog;
use super::names::{FROM_LIST, NamedColumn};
use super::without_formula;
use crate::prepare::redact::Redaction;
use crate::source::layout::AsStood;
use crate::source::{BlockError, BlockReader, RepeatedHeader, Source};
use crate::survey::{Profile, Role, RowRule};

/// The bytes that are written at a time. The writer looks through all that is left of a cell each time: with few, a cell
/// of some megabytes takes seconds.
const BUFFER: usize = 1 << 20;

/// How the plain table is written.
#[derive(Debug)]
pub struct Cleaning {
    /// The names of its columns.
    pub names: Vec<NamedColumn>,
    /// Whether cells that spreadsheets take for formulas get an apostrophe.
    pub is_safe: bool,
    /// Whether rows that the file calls tests are written too.
    pub keeps_tests: bool,
    /// What is done to personal data.
    pub redaction: Option<Redaction>,
    tests: Option<RowTest>,
    partial: Option<RowTest>,
    /// Whether a column holds answers, by position.
    answers: Vec<bool>,
    /// Columns of the file that are in no column of the plain table.
    unread: Vec<String>,
}

/// Why the plain table could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CleanError {
    /// The input could not be read to its end.
    #[error("{input}: {reason}")]
    Input {
        /// The input.
        input: String,
        /// What went wrong.
        reason: BlockError,
    },
    /// The table or the log could not be written.
    #[error("the table could not be written: {0}")]
    Output(io::Error),
}

/// Rows told by the cells of one column.
#[derive(Debug)]
struct RowTest {
    column: usize,
    values: Vec<String>,
}

impl RowTest {
    fn of(rule: Option<&RowRule>, profile: &Profile) -> Option<Self> {
        let rule = rule?;
        let column = profile.columns.iter().position(|column| column.name == rule.column)?;
        Some(Self { column, values: rule.values.iter().map(|value| value.to_lowercase()).collect() })
    }

    fn tells(&self, record: &csv::ByteRecord) -> bool {
        let cell = String::from_utf8_lossy(record.get(self.column).unwrap_or_default());
        self.values.contains(&cell.trim().to_lowercase())
    }
}

impl Cleaning {
    /// The plain writing of a file with this profile, whose columns may have been renamed since, under these names.
    pub fn new(profile: &Profile, names: Vec<NamedColumn>, stood: Option<&AsStood>) -> Self {
        let answers = profile.columns.iter().map(|column| !matches!(column.facts.role, Role::Metadata(_)));
        let unread = stood.map(AsStood::dropped).unwrap_or_default();
        Self {
            tests: RowTest::of(profile.file.test_rows.as_ref(), profile),
            partial: RowTest::of(profile.file.partial_rows.as_ref(), profile),
            answers: answers.collect(),
            unread: unread.into_iter().map(|column| column.name).filter(|name| !name.is_empty()).collect(),
            names,
            is_safe: false,
            keeps_tests: false,
            redaction: None,
        }
    }

    fn is_blank(&self, record: &csv::ByteRecord) -> bool {
        self.answers
            .iter()
            .zip(record)
            .all(|(is_answer, cell)| !is_answer || cell.iter().all(u8::is_ascii_whitespace))
    }
}

/// Writes the rows of a source as a plain table.
///
/// # Errors
/// See [`CleanError`].
pub fn clean(
    source: Source,
    cleaning: &mut Cleaning,
    log: &EditLog,
    out: impl Write,
) -> Result<ImportAccount, CleanError> {
    let Source { name, delimiter, reader, repeated, losses, .. } = source;
    let mut pass = Pass {
        repeated: &repeated,
        cleaning,
        log,
        out: csv::WriterBuilder::new().flexible(true).buffer_capacity(BUFFER).from_writer(out),
        account: ImportAccount::default(),
        written: Vec::new(),
    };
    let mut blocks = BlockReader::new(reader, delimiter).noting(&losses);
    let pool = blocks.pool();
    let mut record = csv::ByteRecord::new();
    let mut is_header_done = false;
    let failed = |reason| CleanError::Input { input: name.clone(), reason };
    while let Some(block) = blocks.next_block().map_err(failed)? {
        let mut records = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(block.bytes.as_slice());
        // Reading from memory does not fail.
        while records.read_byte_record(&mut record).unwrap_or(false) {
            let done = if is_header_done { pass.row(&record) } else { pass.header(&record) };
            done.map_err(CleanError::Output)?;
            is_header_done = true;
        }
        pool.give_back(block.bytes);
    }
    pass.out.flush().map_err(CleanError::Output)?;
    let mut account = pass.account;
    account.edits = log.finish().map_err(CleanError::Output)?;
    Ok(account)
}

struct Pass<'a, W: Write> {
    cleaning: &'a mut Cleaning,
    repeated: &'a RepeatedHeader,
    log: &'a EditLog,
    out: csv::Writer<W>,
    account: ImportAccount,
    /// The cells of the row as they are written, dropped ones empty.
    written: Vec<String>,
}

impl<W: Write> Pass<'_, W> {
    fn header(&mut self, record: &csv::ByteRecord) -> io::Result<()> {
        for (at, named) in self.cleaning.names.iter().enumerate() {
            let raw = String::from_utf8_lossy(record.get(at).unwrap_or_default());
            let stood = if matches!(named.rule, Some("name_from_layout" | FROM_LIST)) {
                named.stood.as_str()
            } else {
                raw.as_ref()
            };
            let rule =
                named.rule.or((raw.trim_start_matches('\u{feff}') != named.name).then_some("name_tidied"));
            if let Some(rule) = rule {
                self.log.note(0, &named.name, stood, &named.name, rule);
            }
        }
        for name in &self.cleaning.unread {
            self.log.note(0, name, name, "", "column_dropped");
        }
        let mut header = csv::StringRecord::new();
        for (at, named) in self.cleaning.names.iter().enumerate() {
            if self.drops(at) {
                self.log.note(0, &named.name, &named.stood, "", "column_dropped");
            } else {
                header.push_field(&self.safe(&named.name));
            }
        }
        self.out.write_record(&header).map_err(io::Error::other)
    }

    fn row(&mut self, record: &csv::ByteRecord) -> io::Result<()> {
        self.account.rows += 1;
        let row = self.account.rows;
        self.log.reach(row);
        let has = |at, name: &[u8]| RepeatedHeader::is_cell(record.get(at).unwrap_or_default(), name);
        if self.repeated.is(record.len(), has) {
            self.account.repeated_headers += 1;
            self.log.note(row, "", "", "", "repeated_header");
            return Ok(());
        }
        if let Some(test) = self.cleaning.tests.as_ref().filter(|test| test.tells(record)) {
            self.account.tests += 1;
            if !self.cleaning.keeps_tests {
                let column = self.cleaning.names.get(test.column).map_or("", |named| &named.name);
                self.log.note(row, column, "", "", "test_row");
                return Ok(());
            }
        } else {
            let is_partial = self.cleaning.partial.as_ref().is_some_and(|test| test.tells(record));
            self.account.partial += u64::from(is_partial);
            self.account.blank += u64::from(self.cleaning.is_blank(record));
        }
        self.cells(row, record)
    }

    fn cells(&mut self, row: u64, record: &csv::ByteRecord) -> io::Result<()> {
        let width = self.cleaning.names.len();
        self.account.short += u64::from(record.len() < width);
        self.written.clear();
        for (at, cell) in record.iter().take(width).enumerate() {
            let text = self.cell(row, at, cell);
            self.written.push(text);
        }
        let beyond = record.iter().enumerate().skip(width);
        let mut is_long = false;
        for (at, cell) in beyond.filter(|(_, cell)| !cell.trim_ascii().is_empty()) {
            is_long = true;
            let old = String::from_utf8_lossy(cell);
            self.log.note(row, &format!("column {}", at + 1), &old, "", "cell_beyond_header");
        }
        self.account.long += u64::from(is_long);
        self.account.written += 1;
        if let Some(redaction) = &mut self.cleaning.redaction {
            let written = &self.written;
            redaction.count(|at| written.get(at).map_or("", String::as_str));
        }
        for at in 0..self.written.len() {
            if !self.drops(at) {
                self.out.write_field(&self.written[at]).map_err(io::Error::other)?;
            }
        }
        self.out.write_record(None::<&[u8]>).map_err(io::Error::other)
    }

    /// A cell as it is written.
    fn cell(&mut self, row: u64, at: usize, cell: &[u8]) -> String {
        let names = &self.cleaning.names;
        let column = names.get(at).map_or("", |named| &named.name);
        let mut text = String::from_utf8_lossy(cell);
        if matches!(text, Cow::Owned(_)) {
            self.account.undecodable_cells += 1;
            self.log.note(row, column, &cell.escape_ascii().to_string(), &text, "undecodable_bytes");
        }
        if let Some(redaction) = &mut self.cleaning.redaction {
            let treated = redaction.treat(at, text);
            for rule in treated.rules {
                self.log.note(row, column, "", "", rule);
            }
            text = treated.text;
        }
        match self.safe(&text) {
            Cow::Owned(safe) => {
                self.log.note(row, column, &text, &safe, "formula_masked");
                safe
            }
            Cow::Borrowed(_) => text.into_owned(),
        }
    }

    fn drops(&self, at: usize) -> bool {
        self.cleaning.redaction.as_ref().is_some_and(|redaction| redaction.drops(at))
    }

    fn safe<'b>(&self, text: &'b str) -> Cow<'b, str> {
        if self.cleaning.is_safe { without_formula(text) } else { Cow::Borrowed(text) }
    }
}
