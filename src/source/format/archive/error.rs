//! Why an archive is not unpacked.

use std::fmt;
use std::io;

/// An archive that is unpacked here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArchiveFormat {
    /// One file, `.gz`.
    Gzip,
    /// One file, `.zst`.
    Zstd,
    /// A folder, `.zip`; also what an office file is made of.
    Zip,
}

impl ArchiveFormat {
    /// What these first bytes begin; none where they begin no archive.
    pub fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0x1F, 0x8B, ..] => Some(Self::Gzip),
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] | [b'P', b'K', b'0', b'0', b'P', b'K', ..] => {
                Some(Self::Zip)
            }
            // A frame to be skipped comes first in files of some tools.
            [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Some(Self::Zstd),
            _ => None,
        }
    }
}

impl fmt::Display for ArchiveFormat {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Gzip => "a gzip archive",
            Self::Zstd => "a zstd archive",
            Self::Zip => "a zip archive",
        })
    }
}

/// Why an archive is not unpacked; the messages leave the name of the input to the caller.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArchiveError {
    /// It holds more than one file of data.
    #[error("is a zip archive with {count} files ({}); unpack it and name one", listed(names, *count))]
    Several {
        /// The first names.
        names: Vec<String>,
        /// How many files there are; a bound where there are very many.
        count: usize,
    },
    /// It holds no file.
    #[error("is a zip archive without a file of answers; export them again")]
    NoFile,
    /// The file inside needs a password.
    #[error(
        "is a zip archive, and `{name}` in it is encrypted; unpack it with its password and name the file"
    )]
    Encrypted {
        /// The file inside.
        name: String,
    },
    /// It is packed by a method that is not known here.
    #[error("is a zip archive, and `{name}` in it is packed by method {method}; unpack it and name the file")]
    Method {
        /// The file inside.
        name: String,
        /// The method, by its name where it has one.
        method: String,
    },
    /// It is an archive of another kind.
    #[error("is {format}, which is not read here; unpack it and name the file with the answers")]
    OtherFormat {
        /// What it is, with its article.
        format: &'static str,
    },
    /// It is a document of an office program that holds no table of answers that could be read.
    #[error("is {format}; export the answers as CSV")]
    Document {
        /// What it is, with its article.
        format: &'static str,
    },
    /// There are archives inside archives inside archives.
    #[error("is an archive in an archive in {format}; unpack it and name the file with the answers")]
    TooDeep {
        /// The innermost that was met.
        format: ArchiveFormat,
    },
    /// So little inflates to so much that it is meant to fill the disk.
    #[error(
        "inflates to more than {ratio} times its size, as no file of answers does; if you trust it, unpack it and \
         name the file"
    )]
    Bomb {
        /// The limit that was passed.
        ratio: u64,
    },
    /// What comes out is not as long as was said.
    #[error("is damaged or forged: `{name}` in it should have {declared} bytes and has {}; get it again", found(*.length, *.declared))]
    Length {
        /// The file inside.
        name: String,
        /// What the archive says.
        declared: u64,
        /// What came out until the difference showed.
        length: u64,
    },
    /// It ends too early.
    #[error("is {format} that ends too early, as after a broken download; get it again")]
    Cut {
        /// What it is.
        format: ArchiveFormat,
    },
    /// It cannot be unpacked further.
    #[error("is {format} that is damaged: {reason}; get it again")]
    Damaged {
        /// What it is.
        format: ArchiveFormat,
        /// What is wrong.
        reason: String,
    },
    /// Unpacking it needs more memory than it is given.
    #[error(
        "is a zstd archive that needs {needed} MiB to be unpacked, and at most {most} are given; unpack it with `zstd -d --long=31`"
    )]
    Window {
        /// What it asks for, in MiB.
        needed: u64,
        /// What it would get, in MiB.
        most: u64,
    },
    /// The system cannot read it, or not write what is inside to a temporary file.
    #[error("cannot be read: {0}")]
    Io(io::Error),
}

impl From<io::Error> for ArchiveError {
    fn from(error: io::Error) -> Self {
        match error.downcast::<Self>() {
            Ok(inner) => inner,
            Err(error) => Self::Io(error),
        }
    }
}

impl From<ArchiveError> for io::Error {
    fn from(error: ArchiveError) -> Self {
        match error {
            ArchiveError::Io(error) => error,
            other => Self::new(io::ErrorKind::InvalidData, other),
        }
    }
}

fn listed(names: &[String], count: usize) -> String {
    let mut list: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    if count > names.len() {
        list.push("…".to_owned());
    }
    list.join(", ")
}

fn found(length: u64, declared: u64) -> String {
    if length > declared { "more".to_owned() } else { length.to_string() }
}
