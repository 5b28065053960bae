//! The one door through which files and standard input come in.
//!
//! [`open`] looks at the first bytes. UTF-8 text with one header is passed on as it stands. Everything else goes by
//! [`format`](super::format), which makes text of it, and [`layout`](super::layout), which knows what survey tools
//! write around the answers, so that everything after sees one stream of UTF-8 with one header.

use std::fmt;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::PathBuf;

use super::Original;
use super::delimiter::{Delimiter, sniff};
use super::format::archive::{ArchiveFormat, Stream};
use super::format::encoding::{self, Encoding};
use super::format::{CsvStream, FormatError, Losses, decode, json, workbook};
use super::judged::Judged;
use super::layout::{AsStood, Edits, FirstRecords, LayoutError, Recognised, Rewritten, Seen, recognise};
use crate::survey::{ColumnFacts, FileFacts};

/// How many bytes are read to look at; also what a delimiter is read from.
const HEAD_SIZE: usize = 256 * 1024;

/// How many bytes a delimiter is found from.
const SNIFFED_BYTES: usize = 64 * 1024;

/// Within how many bytes a NUL says that a file is not text.
const BINARY_WINDOW: usize = 1024;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The most columns of a table, four times those of a sheet of Excel.
pub(super) const MOST_COLUMNS: usize = 65_536;

/// Where answers come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InputName {
    /// A file.
    Path(PathBuf),
    /// Standard input, typed as `-`.
    Stdin,
}

impl InputName {
    /// What was typed: `-` is standard input.
    pub fn from_argument(argument: impl Into<PathBuf>) -> Self {
        let path = argument.into();
        if path.as_os_str() == "-" { Self::Stdin } else { Self::Path(path) }
    }
}

impl fmt::Display for InputName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => path.display().fmt(formatter),
            Self::Stdin => formatter.write_str("standard input"),
        }
    }
}

/// Why an input cannot be read as a table of text.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// There is no such file.
    #[error("`{name}`: no such file; check the name and the directory")]
    NotFound {
        /// What was asked for.
        name: InputName,
    },
    /// It is a directory.
    #[error("`{name}` is a directory; name the files in it")]
    Directory {
        /// What was asked for.
        name: InputName,
    },
    /// The system refuses to open or read it.
    #[error("`{name}` cannot be read: {source}")]
    Unreadable {
        /// What was asked for.
        name: InputName,
        /// What the system said.
        source: io::Error,
    },
    /// It has no byte but white space.
    #[error("`{name}` is empty; expected a header and rows of answers")]
    Empty {
        /// What was asked for.
        name: InputName,
    },
    /// It is a known format that is not read.
    #[error("`{name}` is {format}, whatever its name ends in; {remedy}")]
    OtherFormat {
        /// What was asked for.
        name: InputName,
        /// What it is, with its article.
        format: &'static str,
        /// What to do.
        remedy: &'static str,
    },
    /// It cannot be made text.
    #[error("`{name}`: {source}")]
    Format {
        /// What was asked for.
        name: InputName,
        /// Why.
        source: FormatError,
    },
    /// Its layout cannot be settled.
    #[error("`{name}`: {source}")]
    Layout {
        /// What was asked for.
        name: InputName,
        /// Why.
        source: LayoutError,
    },
    /// Its first record has more columns than any survey: it is no header.
    #[error(
        "`{name}`: its first line has more than {MOST_COLUMNS} columns, as no table of answers has; see whether the rows \
         stand on lines of their own, and what divides them (--delimiter)"
    )]
    TooManyColumns {
        /// What was asked for.
        name: InputName,
    },
    /// It holds a NUL near its start and is none of the known formats.
    #[error("`{name}` is not text: byte {offset} is NUL; export the answers as CSV")]
    Binary {
        /// What was asked for.
        name: InputName,
        /// Where the NUL stands, from 0.
        offset: usize,
    },
}

/// What was said of an input; everything else is found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InputOptions {
    /// What separates its fields.
    pub delimiter: Option<Delimiter>,
    /// The encoding of its text.
    pub encoding: Option<Encoding>,
    /// The name of its layout, or `plain`.
    pub layout: Option<String>,
    /// The sheet of a workbook: its name, or `#2`.
    pub sheet: Option<String>,
}

/// An input whose first bytes were looked at.
pub struct OpenedInput {
    name: InputName,
    head: Vec<u8>,
    reader: Box<dyn Read + Send>,
    about: About,
}

/// What is known of an input besides its bytes; nothing of one that is passed on as it stands.
#[derive(Debug, Default)]
pub struct About {
    /// What separates the fields of the stream, where that is known.
    pub delimiter: Option<Delimiter>,
    /// What the file says of itself.
    pub file: FileFacts,
    /// What it says of its columns, by position in the stream.
    pub columns: Vec<ColumnFacts>,
    /// The bytes that the stream was made of; none where it is those bytes.
    pub original: Option<Original>,
    /// How many of the columns a list has brought; they stand before those of the file.
    pub brought: usize,
    /// What could not be passed on, counted while the stream is read.
    pub losses: Losses,
    /// What stood where the stream has something else; none where no layout was seen.
    pub as_stood: Option<AsStood>,
}

impl OpenedInput {
    /// Looks at the first bytes of a stream.
    ///
    /// # Errors
    /// See [`InputError`].
    pub fn from_reader(name: InputName, stream: Box<dyn Read + Send>) -> Result<Self, InputError> {
        look(name, Stream::Piped(stream), &InputOptions::default(), None)
    }

    /// Its name.
    pub fn name(&self) -> &InputName {
        &self.name
    }

    /// The first bytes, a byte order mark dropped: enough to read a delimiter and a header from. They come
    /// again from [`Self::into_parts`].
    pub fn sample(&self) -> &[u8] {
        self.head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&self.head)
    }

    /// Whether there may be more bytes than those of the sample.
    pub(super) fn is_sample_full(&self) -> bool {
        self.head.len() >= HEAD_SIZE
    }

    /// What separates the fields, where that is known.
    pub fn delimiter(&self) -> Option<Delimiter> {
        self.about.delimiter
    }

    /// The same with columns before its own, which `add` puts into the stream.
    ///
    /// The account of the input is still that of its own bytes.
    pub(super) fn with_columns(
        self,
        columns: usize,
        delimiter: Delimiter,
        add: impl FnOnce(Box<dyn Read + Send>) -> Box<dyn Read + Send>,
    ) -> Result<Self, InputError> {
        let Self { name, mut reader, mut about, .. } = self;
        let unreadable = |source| cannot_read(name.clone(), source);
        if about.original.is_none() {
            about.original = Some(match &name {
                InputName::Path(path) if path.is_file() => {
                    Original::of(&mut File::open(path).map_err(unreadable)?).map_err(unreadable)?
                }
                _ => {
                    let (file, original) = Original::spooled(&mut reader).map_err(unreadable)?;
                    reader = Box::new(file);
                    original
                }
            });
        }
        let mut stream = Stream::Piped(add(reader));
        let head = stream.head(HEAD_SIZE).map_err(unreadable)?;
        about.delimiter = Some(delimiter);
        about.brought = columns;
        if let Some(stood) = &mut about.as_stood {
            stood.from.splice(0..0, std::iter::repeat_n(Vec::new(), columns));
        }
        about.columns.splice(0..0, (0..columns).map(|_| ColumnFacts::default()));
        Ok(Self { name, head, reader: stream.into_reader(), about })
    }

    /// Every byte from the first, a byte order mark included: `BlockReader` hashes it with the rest, then drops it;
    /// and what is known besides.
    pub fn into_parts(self) -> (Box<dyn Read + Send>, About) {
        (self.reader, self.about)
    }
}

/// Opens an input and looks at its first bytes; `edits` is told of every cell that is passed on otherwise than it
/// stands in the file.
///
/// # Errors
/// See [`InputError`].
pub fn open(
    name: &InputName,
    options: &InputOptions,
    edits: Option<Box<dyn Edits>>,
) -> Result<OpenedInput, InputError> {
    let stream = match name {
        InputName::Stdin => Stream::Piped(Box::new(io::stdin())),
        InputName::Path(path) => {
            if path.is_dir() {
                return Err(InputError::Directory { name: name.clone() });
            }
            Stream::from_file(File::open(path).map_err(|source| cannot_read(name.clone(), source))?)
        }
    };
    look(name.clone(), stream, options, edits)
}

fn look(
    name: InputName,
    mut stream: Stream,
    options: &InputOptions,
    edits: Option<Box<dyn Edits>>,
) -> Result<OpenedInput, InputError> {
    let head = stream.head(HEAD_SIZE).map_err(|source| cannot_read(name.clone(), source))?;
    if let Some(error) = refusal(&name, &head) {
        return Err(error);
    }
    if is_text(&head, options) {
        let delimiter = options.delimiter.unwrap_or_else(|| sniffed(&head));
        let first = first_records(&head, delimiter);
        if first.records.first().is_some_and(|record| record.len() > MOST_COLUMNS) {
            return Err(InputError::TooManyColumns { name });
        }
        if seen(&name, &first, options)?.is_none() {
            let about = About::default();
            return Ok(OpenedInput { name, head, reader: stream.into_reader(), about });
        }
    }
    made(name, stream, options, edits)
}

/// Whether the bytes may be UTF-8 text as they stand.
fn is_text(head: &[u8], options: &InputOptions) -> bool {
    let is_wrapped = ArchiveFormat::of(head).is_some()
        || workbook::may_be_workbook(head)
        || is_spss(head)
        || json::may_be_json(head);
    !is_wrapped
        && options.sheet.is_none()
        && encoding::sniff(head, options.encoding.as_ref()).encoding == Encoding::Utf8
}

fn is_spss(head: &[u8]) -> bool {
    [&b"$FL2"[..], b"$FL3"].iter().any(|magic| is_format(head, magic))
}

fn sniffed(head: &[u8]) -> Delimiter {
    let text = head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(head);
    sniff(&text[..text.len().min(SNIFFED_BYTES)])
}

fn first_records(head: &[u8], delimiter: Delimiter) -> FirstRecords {
    FirstRecords::read(head, delimiter.byte(), head.len() < HEAD_SIZE)
}

fn seen(
    name: &InputName,
    first: &FirstRecords,
    options: &InputOptions,
) -> Result<Option<Box<Seen>>, InputError> {
    match recognise(first, options.layout.as_deref()) {
        Ok(Recognised::Plain) => Ok(None),
        Ok(Recognised::Seen(seen)) => Ok(Some(seen)),
        Err(source) => Err(InputError::Layout { name: name.clone(), source }),
    }
}

/// An input that is not passed on as it stands.
fn made(
    name: InputName,
    mut stream: Stream,
    options: &InputOptions,
    edits: Option<Box<dyn Edits>>,
) -> Result<OpenedInput, InputError> {
    let unreadable = |source| cannot_read(name.clone(), source);
    let (file, original) = match (&name, &mut stream) {
        (InputName::Path(path), Stream::Seekable(_)) => {
            let mut file = File::open(path).map_err(unreadable)?;
            let original = Original::of(&mut file).map_err(unreadable)?;
            (file, original)
        }
        // What comes once is kept in a file, since a workbook is not read from front to back and the hash of an
        // archive is that of all its bytes.
        _ => Original::spooled(&mut stream.into_reader()).map_err(unreadable)?,
    };
    let decoded = decode(
        Stream::from_file(file),
        &name.to_string(),
        options.encoding.as_ref(),
        options.sheet.as_deref(),
    )
    .map_err(|source| InputError::Format { name: name.clone(), source })?;
    let mut text = Stream::Piped(decoded.reader);
    let head = text.head(HEAD_SIZE).map_err(|source| cannot_read(name.clone(), source))?;
    if head.len() < HEAD_SIZE && head.iter().all(u8::is_ascii_whitespace) {
        return Err(InputError::Empty { name });
    }
    let delimiter = decoded.delimiter.or(options.delimiter).unwrap_or_else(|| sniffed(&head));
    let first = first_records(&head, delimiter);
    let mut about = About {
        delimiter: Some(delimiter),
        file: FileFacts {
            reasons: decoded.reasons,
            header_rows: 1,
            // What is no text has been written as text by csat itself.
            typed_numbers: decoded.delimiter.is_some(),
            ..FileFacts::default()
        },
        columns: decoded.columns,
        original: Some(original),
        brought: 0,
        losses: decoded.losses,
        as_stood: None,
    };
    let Some(seen) = seen(&name, &first, options)? else {
        return Ok(OpenedInput { name, head, reader: text.into_reader(), about });
    };
    about.as_stood = Some(AsStood::new(&seen, &first.records, delimiter.byte()));
    about.columns = seen.columns.iter().map(|column| column.facts_with(&about.columns)).collect();
    let reasons = std::mem::take(&mut about.file.reasons);
    about.file = FileFacts { typed_numbers: about.file.typed_numbers, ..seen.file.clone() };
    about.file.reasons.splice(0..0, reasons);
    about.delimiter = Some(Delimiter::Comma);
    let stream = Box::new(Judged::new(text.into_reader(), delimiter.byte(), &about.losses));
    let rows = Rewritten::new(stream, delimiter.byte(), *seen, first.width(), edits);
    let mut plain = Stream::Piped(Box::new(CsvStream::new(rows)));
    let head = plain.head(HEAD_SIZE).map_err(|source| cannot_read(name.clone(), source))?;
    Ok(OpenedInput { name, head, reader: plain.into_reader(), about })
}

fn cannot_read(name: InputName, source: io::Error) -> InputError {
    match source.kind() {
        ErrorKind::NotFound => InputError::NotFound { name },
        ErrorKind::IsADirectory => InputError::Directory { name },
        _ => InputError::Unreadable { name, source },
    }
}

const EXPORT: &str = "export it as CSV, xlsx or SPSS";

/// The first bytes of formats that are met under the name of a CSV file and are not read.
const FORMATS: [(&[u8], &str, &str); 4] = [
    (b"<stata_dta>", "a Stata file (.dta)", EXPORT),
    (b"PAR1", "a Parquet file", "export it as CSV, or let DuckDB write one"),
    (b"SQLite format 3\0", "an SQLite database", EXPORT),
    (b"%PDF-", "a PDF document", "ask for the data behind it as CSV"),
];

/// How a web page begins, in capitals or not.
const PAGES: [&[u8]; 2] = [b"<!doctype html", b"<html"];

/// Why bytes that start like this are not answers; `None` when they may be.
fn refusal(name: &InputName, head: &[u8]) -> Option<InputError> {
    let name = name.clone();
    if let Some(&(_, format, remedy)) = FORMATS.iter().find(|(magic, ..)| is_format(head, magic)) {
        return Some(InputError::OtherFormat { name, format, remedy });
    }
    let start = head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(head).trim_ascii_start();
    if PAGES.iter().any(|page| start.get(..page.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(page)))
    {
        let remedy = "give the file of answers; a report of csat is rendered from its .json";
        return Some(InputError::OtherFormat { name, format: "a web page", remedy });
    }
    let is_known = ArchiveFormat::of(head).is_some() || workbook::may_be_workbook(head) || is_spss(head);
    let nul = memchr::memchr(0, &head[..head.len().min(BINARY_WINDOW)]);
    if let Some(offset) = nul.filter(|_| !is_known && !is_wide(head)) {
        return Some(InputError::Binary { name, offset });
    }
    let text = head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(head);
    (head.len() < HEAD_SIZE && text.iter().all(u8::is_ascii_whitespace)).then_some(InputError::Empty { name })
}

/// Whether it is text of two or four bytes a character.
fn is_wide(head: &[u8]) -> bool {
    matches!(
        encoding::sniff(head, None).encoding,
        Encoding::Utf16Le | Encoding::Utf16Be | Encoding::Utf32Le | Encoding::Utf32Be
    )
}

/// A printable magic such as `PAR1` could be the name of a column: then what follows it is text.
fn is_format(head: &[u8], magic: &[u8]) -> bool {
    let is_printable = magic.iter().all(u8::is_ascii_graphic);
    let window = &head[..head.len().min(BINARY_WINDOW)];
    head.starts_with(magic)
        && (!is_printable
            || magic.len() > 4
            || window.iter().any(|&byte| byte < b' ' && !byte.is_ascii_whitespace()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn complaint(bytes: &[u8]) -> String {
        look(bytes).err().map_or_else(|| "none".to_owned(), |error| error.to_string())
    }

    #[test]
    fn text_comes_whole_and_is_sampled_without_its_mark() {
        let bytes = [BYTE_ORDER_MARK, "a,b\n1,é\n".as_bytes()].concat();
        let input = look(&bytes).unwrap();
        assert_eq!(input.sample(), "a,b\n1,é\n".as_bytes());
        let mut read = Vec::new();
        input.into_parts().0.read_to_end(&mut read).unwrap();
        assert_eq!(read, bytes);
    }

    #[test]
    fn a_file_longer_than_the_head_comes_whole() {
        let bytes = b"12,34\n".repeat(100_000);
        let input = look(&bytes).unwrap();
        assert_eq!(input.sample().len(), HEAD_SIZE);
        let mut read = Vec::new();
        input.into_parts().0.read_to_end(&mut read).unwrap();
        assert_eq!(read, bytes);
    }

    #[test]
    fn empty_files_are_named() {
        for bytes in [&b""[..], BYTE_ORDER_MARK, b"\r\n \n"] {
            assert_eq!(complaint(bytes), "`a.csv` is empty; expected a header and rows of answers");
        }
    }

    fn read(bytes: &[u8]) -> (String, About) {
        let (mut reader, about) = look(bytes).unwrap().into_parts();
        let mut text = String::new();
        reader.read_to_string(&mut text).unwrap();
        (text, about)
    }

    #[test]
    fn wide_text_is_read_with_and_without_a_mark() {
        let little: Vec<u8> = "id,score\n1,5\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "id,score\n1,5\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [
            little.clone(),
            [b"\xFF\xFE".to_vec(), little].concat(),
            big.clone(),
            [b"\xFE\xFF".to_vec(), big].concat(),
        ] {
            let (text, about) = read(&bytes);
            assert_eq!(text, "id,score\n1,5\n");
            assert_eq!(about.original.unwrap().bytes, bytes.len() as u64);
            assert_eq!(about.file.reasons.len(), 1);
        }
    }

    #[test]
    fn an_export_is_a_plain_table_afterwards() {
        let export = concat!(
            "V1,V2,V3,Q1,\n",
            "ResponseID,ResponseSet,Status,How satisfied are you?,\n",
            "R_1,Default,0,5,\nR_2,Default,1,4,\n",
        );
        let (text, about) = read(export.as_bytes());
        assert_eq!(text, "ResponseID,ResponseSet,Status,Q1\n\nR_1,Default,0,5\nR_2,Default,1,4\n");
        assert_eq!((about.file.layout, about.file.header_rows), ("qualtrics-legacy", 2));
        assert_eq!(about.columns[3].text.as_deref(), Some("How satisfied are you?"));
        assert_eq!(about.delimiter, Some(Delimiter::Comma));
    }

    #[test]
    fn plain_text_is_passed_on_untouched() {
        let bytes = "\u{feff}id;größe\n1;2\n".as_bytes();
        let (text, about) = read(bytes);
        assert_eq!(text.as_bytes(), bytes);
        assert!(about.original.is_none() && about.file.reasons.is_empty());
    }

    #[test]
    fn formats_that_are_not_read_are_named() {
        assert!(complaint(b"PAR1\x15\x04\x15").starts_with("`a.csv` is a Parquet file"));
        for page in
            [&b"<!DOCTYPE html><html>\n"[..], b"\n <html lang=\"de\"><table>", b"\xEF\xBB\xBF<!doctype HTML>"]
        {
            assert!(complaint(page).starts_with("`a.csv` is a web page"));
        }
        assert_eq!(complaint(b"PAR1,PAR2\n1,2\n"), "none", "a column may be called that");
        assert_eq!(complaint(b"$FL2,x\r\n\t1,2\n"), "none");
    }

    fn look(bytes: &[u8]) -> Result<OpenedInput, InputError> {
        OpenedInput::from_reader(InputName::from_argument("a.csv"), Box::new(Cursor::new(bytes.to_vec())))
    }

    #[test]
    fn a_nul_near_the_start_is_binary_and_later_is_data() {
        assert_eq!(
            complaint(b"a,b\n1,\0\n"),
            "`a.csv` is not text: byte 6 is NUL; export the answers as CSV"
        );
        let late = [b"1,2\n".repeat(500), b"3,\0\n".to_vec()].concat();
        assert_eq!(complaint(&late), "none");
    }

    #[test]
    fn names_and_files_that_are_not_there() {
        assert_eq!(InputName::from_argument("-"), InputName::Stdin);
        assert_eq!(InputName::Stdin.to_string(), "standard input");
        let directory = tempfile::tempdir().unwrap();
        let missing = InputName::Path(directory.path().join("none.csv"));
        assert!(
            matches!(open(&missing, &InputOptions::default(), None), Err(InputError::NotFound { name }) if name == missing)
        );
        let place = InputName::Path(directory.path().to_owned());
        assert!(matches!(open(&place, &InputOptions::default(), None), Err(InputError::Directory { .. })));
        let file = directory.path().join("a.csv");
        std::fs::write(&file, "a,b\n1,2\n").unwrap();
        assert_eq!(
            open(&InputName::Path(file), &InputOptions::default(), None).unwrap().sample(),
            b"a,b\n1,2\n"
        );
    }

    #[test]
    fn a_stream_that_fails_says_why() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("the disk is gone"))
            }
        }
        let error = OpenedInput::from_reader(InputName::Stdin, Box::new(Broken)).err().unwrap();
        assert_eq!(error.to_string(), "`standard input` cannot be read: the disk is gone");
    }
}
