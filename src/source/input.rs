//! The one door through which files and standard input come in.
//!
//! [`open`] looks at the first bytes and says plainly when they are not text separated by a character: a
//! spreadsheet, an archive, UTF-16. Decoders for further encodings and formats belong behind it, so that
//! everything after sees one stream of bytes.

use std::fmt;
use std::fs::File;
use std::io::{self, Cursor, ErrorKind, Read};
use std::path::PathBuf;

/// How many bytes are read to look at; also what a delimiter is read from.
const HEAD_SIZE: u64 = 256 * 1024;

/// Within how many bytes a NUL says that a file is not text.
const BINARY_WINDOW: usize = 1024;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

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
    /// It is text of two or four bytes a character.
    #[error("`{name}` is {encoding}; save it as UTF-8 (\"CSV UTF-8\" in a spreadsheet)")]
    WideEncoding {
        /// What was asked for.
        name: InputName,
        /// The encoding that was recognised.
        encoding: &'static str,
    },
    /// It is a known format that is not delimited text.
    #[error("`{name}` is {format}, whatever its name ends in; {remedy}")]
    OtherFormat {
        /// What was asked for.
        name: InputName,
        /// What it is, with its article.
        format: &'static str,
        /// What to do.
        remedy: &'static str,
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

/// An input whose first bytes were looked at and found to be text.
pub struct OpenedInput {
    name: InputName,
    head: Vec<u8>,
    rest: Box<dyn Read + Send>,
}

impl OpenedInput {
    /// Looks at the first bytes of a stream.
    ///
    /// # Errors
    /// See [`InputError`].
    pub fn from_reader(name: InputName, mut stream: Box<dyn Read + Send>) -> Result<Self, InputError> {
        let mut head = Vec::new();
        if let Err(source) = stream.by_ref().take(HEAD_SIZE).read_to_end(&mut head) {
            return Err(cannot_read(name, source));
        }
        match refusal(&name, &head) {
            Some(error) => Err(error),
            None => Ok(Self { name, head, rest: stream }),
        }
    }

    /// Its name.
    pub fn name(&self) -> &InputName {
        &self.name
    }

    /// The first bytes, a byte order mark dropped: enough to read a delimiter and a header from. They come
    /// again from [`Self::into_reader`].
    pub fn sample(&self) -> &[u8] {
        self.head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&self.head)
    }

    /// Every byte from the first, a byte order mark included: `BlockReader` hashes it with the rest, then drops it.
    pub fn into_reader(self) -> Box<dyn Read + Send> {
        Box::new(Cursor::new(self.head).chain(self.rest))
    }
}

/// Opens an input and looks at its first bytes.
///
/// # Errors
/// See [`InputError`].
pub fn open(name: &InputName) -> Result<OpenedInput, InputError> {
    let stream: Box<dyn Read + Send> = match name {
        InputName::Stdin => Box::new(io::stdin()),
        InputName::Path(path) => {
            if path.is_dir() {
                return Err(InputError::Directory { name: name.clone() });
            }
            Box::new(File::open(path).map_err(|source| cannot_read(name.clone(), source))?)
        }
    };
    OpenedInput::from_reader(name.clone(), stream)
}

fn cannot_read(name: InputName, source: io::Error) -> InputError {
    match source.kind() {
        ErrorKind::NotFound => InputError::NotFound { name },
        ErrorKind::IsADirectory => InputError::Directory { name },
        _ => InputError::Unreadable { name, source },
    }
}

const SAVE_AS_CSV: &str = "open it and save the sheet as CSV UTF-8";
const UNPACK: &str = "unpack it first";
const EXPORT: &str = "export it as CSV";

/// The first bytes of formats that are met under the name of a CSV file.
const FORMATS: [(&[u8], &str, &str); 12] = [
    (b"\x1F\x8B", "a gzip archive", "unpack it, or pipe it in: `gzip -dc FILE | csat … -`"),
    (b"\x28\xB5\x2F\xFD", "a zstd archive", "unpack it, or pipe it in: `zstd -dc FILE | csat … -`"),
    (b"BZh", "a bzip2 archive", UNPACK),
    (b"\xFD7zXZ\0", "an xz archive", UNPACK),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive", UNPACK),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Excel workbook (.xls)", SAVE_AS_CSV),
    (b"$FL2", "an SPSS file (.sav)", EXPORT),
    (b"$FL3", "an SPSS file (.zsav)", EXPORT),
    (b"<stata_dta>", "a Stata file (.dta)", EXPORT),
    (b"PAR1", "a Parquet file", EXPORT),
    (b"SQLite format 3\0", "an SQLite database", EXPORT),
    (b"%PDF-", "a PDF document", "ask for the data behind it as CSV"),
];

/// Why bytes that start like this are not delimited text; `None` when they may be.
fn refusal(name: &InputName, head: &[u8]) -> Option<InputError> {
    let name = name.clone();
    if let Some(encoding) = wide_encoding(head) {
        return Some(InputError::WideEncoding { name, encoding });
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        let (format, remedy) = zip_content(head);
        return Some(InputError::OtherFormat { name, format, remedy });
    }
    if let Some(&(_, format, remedy)) = FORMATS.iter().find(|(magic, ..)| is_format(head, magic)) {
        return Some(InputError::OtherFormat { name, format, remedy });
    }
    if let Some(offset) = memchr::memchr(0, &head[..head.len().min(BINARY_WINDOW)]) {
        return Some(InputError::Binary { name, offset });
    }
    let text = head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(head);
    let is_whole = (head.len() as u64) < HEAD_SIZE;
    (is_whole && text.iter().all(u8::is_ascii_whitespace)).then_some(InputError::Empty { name })
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

/// Entries of a zip name their files in plain bytes, so the kind of office file shows.
fn zip_content(head: &[u8]) -> (&'static str, &'static str) {
    let holds = |name: &[u8]| memchr::memmem::find(head, name).is_some();
    if holds(b"xl/") || holds(b"[Content_Types].xml") {
        ("an Excel workbook (.xlsx)", SAVE_AS_CSV)
    } else if holds(b"opendocument.spreadsheet") {
        ("an OpenDocument spreadsheet (.ods)", SAVE_AS_CSV)
    } else {
        ("a zip archive", UNPACK)
    }
}

/// UTF-16 and UTF-32 by their marks, or by a NUL in every other byte of mostly ASCII text.
fn wide_encoding(head: &[u8]) -> Option<&'static str> {
    for (mark, encoding) in [
        (&b"\xFF\xFE\0\0"[..], "UTF-32 (little-endian)"),
        (b"\0\0\xFE\xFF", "UTF-32 (big-endian)"),
        (b"\xFF\xFE", "UTF-16 (little-endian)"),
        (b"\xFE\xFF", "UTF-16 (big-endian)"),
    ] {
        if head.starts_with(mark) {
            return Some(encoding);
        }
    }
    let (pairs, _) = head[..head.len().min(BINARY_WINDOW)].as_chunks::<2>();
    let first_nul = pairs.iter().filter(|pair| pair[0] == 0 && pair[1] != 0).count();
    let second_nul = pairs.iter().filter(|pair| pair[1] == 0 && pair[0] != 0).count();
    let both_nul = pairs.iter().filter(|pair| **pair == [0, 0]).count();
    if both_nul > 0 || pairs.len() < 2 {
        None
    } else if second_nul * 2 > pairs.len() && first_nul == 0 {
        Some("UTF-16 (little-endian)")
    } else if first_nul * 2 > pairs.len() && second_nul == 0 {
        Some("UTF-16 (big-endian)")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(bytes: &[u8]) -> Result<OpenedInput, InputError> {
        OpenedInput::from_reader(InputName::from_argument("a.csv"), Box::new(Cursor::new(bytes.to_vec())))
    }

    fn complaint(bytes: &[u8]) -> String {
        look(bytes).err().map_or_else(|| "none".to_owned(), |error| error.to_string())
    }

    #[test]
    fn text_comes_whole_and_is_sampled_without_its_mark() {
        let bytes = [BYTE_ORDER_MARK, "a,b\n1,é\n".as_bytes()].concat();
        let input = look(&bytes).unwrap();
        assert_eq!(input.sample(), "a,b\n1,é\n".as_bytes());
        let mut read = Vec::new();
        input.into_reader().read_to_end(&mut read).unwrap();
        assert_eq!(read, bytes);
    }

    #[test]
    fn a_file_longer_than_the_head_comes_whole() {
        let bytes = b"12,34\n".repeat(100_000);
        let input = look(&bytes).unwrap();
        assert_eq!(input.sample().len() as u64, HEAD_SIZE);
        let mut read = Vec::new();
        input.into_reader().read_to_end(&mut read).unwrap();
        assert_eq!(read, bytes);
    }

    #[test]
    fn empty_files_are_named() {
        for bytes in [&b""[..], BYTE_ORDER_MARK, b"\r\n \n"] {
            assert_eq!(complaint(bytes), "`a.csv` is empty; expected a header and rows of answers");
        }
    }

    #[test]
    fn wide_text_is_named_with_and_without_a_mark() {
        let little: Vec<u8> = "id,score\n1,5\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "id,score\n1,5\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let advice = "save it as UTF-8 (\"CSV UTF-8\" in a spreadsheet)";
        for bytes in [little.clone(), [b"\xFF\xFE".to_vec(), little].concat()] {
            assert_eq!(complaint(&bytes), format!("`a.csv` is UTF-16 (little-endian); {advice}"));
        }
        for bytes in [big.clone(), [b"\xFE\xFF".to_vec(), big].concat()] {
            assert_eq!(complaint(&bytes), format!("`a.csv` is UTF-16 (big-endian); {advice}"));
        }
        assert_eq!(complaint(b"\xFF\xFE\0\0i\0\0\0"), format!("`a.csv` is UTF-32 (little-endian); {advice}"));
    }

    #[test]
    fn other_formats_are_named() {
        let told =
            |bytes: &[u8]| complaint(bytes).split_once(" is ").map(|(_, rest)| rest.to_owned()).unwrap();
        assert!(told(b"\x1F\x8B\x08\0").starts_with("a gzip archive, whatever its name ends in; unpack it"));
        assert!(told(b"\x28\xB5\x2F\xFD\0").starts_with("a zstd archive"));
        assert!(told(b"PK\x03\x04\x14\0\0\0xl/workbook.xml").starts_with("an Excel workbook (.xlsx)"));
        assert!(told(b"PK\x03\x04\x14\0\0\0answers.csv").starts_with("a zip archive"));
        assert!(told(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").starts_with("an old Excel workbook"));
        assert!(told(b"$FL2@(#) SPSS\0").starts_with("an SPSS file"));
        assert_eq!(complaint(b"PAR1,PAR2\n1,2\n"), "none", "a column may be called that");
        assert_eq!(complaint(b"$FL2,x\r\n\t1,2\n"), "none");
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
        assert!(matches!(open(&missing), Err(InputError::NotFound { name }) if name == missing));
        let place = InputName::Path(directory.path().to_owned());
        assert!(matches!(open(&place), Err(InputError::Directory { .. })));
        let file = directory.path().join("a.csv");
        std::fs::write(&file, "a,b\n1,2\n").unwrap();
        assert_eq!(open(&InputName::Path(file)).unwrap().sample(), b"a,b\n1,2\n");
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
