//! The first record of the file.

use super::bytes::{DataBytes, FileBytes};
use super::error::SpssError;

/// How long the record is.
const LENGTH: usize = 176;

/// How the cases are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compression {
    /// As they are.
    None,
    /// Small numbers, blanks and system missing values as one byte each.
    Bytecode,
    /// The same in blocks of zlib.
    Zlib,
}

/// What the first record says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header {
    /// How the cases are written.
    pub(super) compression: Compression,
    /// The element of a case that weights it, from 1; 0 where there is none.
    pub(super) weight: i32,
    /// How many cases there are, where it is known.
    pub(super) cases: Option<u64>,
    /// What is taken off a command byte to get its number.
    pub(super) bias: f64,
}

impl Header {
    /// Reads the record, and with it the order of bytes.
    pub(super) fn read(bytes: &mut FileBytes) -> Result<Self, SpssError> {
        let mut record = [0; LENGTH];
        let length = bytes.fill(&mut record)?;
        recognise(&record[..length])?;
        if length < LENGTH {
            return Err(SpssError::Cut { offset: length as u64, expected: "the header" });
        }
        let little =
            |at: usize| i32::from_le_bytes([record[at], record[at + 1], record[at + 2], record[at + 3]]);
        bytes.is_big = match little(64) {
            2 | 3 => false,
            layout if matches!(layout.swap_bytes(), 2 | 3) => true,
            layout => return Err(unexpected(64, layout, "layout code 2 or 3")),
        };
        let number = |at: usize| if bytes.is_big { little(at).swap_bytes() } else { little(at) };
        let compression = match number(72) {
            0 => Compression::None,
            1 => Compression::Bytecode,
            2 => Compression::Zlib,
            other => return Err(unexpected(72, other, "compression 0, 1 or 2")),
        };
        let mut bias = [0; 8];
        bias.copy_from_slice(&record[84..92]);
        let bias = if bytes.is_big { f64::from_be_bytes(bias) } else { f64::from_le_bytes(bias) };
        if !bias.is_finite() {
            return Err(SpssError::Unexpected {
                offset: 84,
                found: bias.to_string(),
                expected: "a bias such as 100",
            });
        }
        Ok(Self { compression, weight: number(76), cases: u64::try_from(number(80)).ok(), bias })
    }
}

fn unexpected(offset: u64, found: i32, expected: &'static str) -> SpssError {
    SpssError::Unexpected { offset, found: found.to_string(), expected }
}

/// Refuses what is no system file, naming what it is.
fn recognise(record: &[u8]) -> Result<(), SpssError> {
    if record.starts_with(b"$FL2") || record.starts_with(b"$FL3") {
        return Ok(());
    }
    if record.get(8..20) == Some(b"ENCRYPTEDSAV") {
        return Err(SpssError::OtherKind { found: "an SPSS file with a password" });
    }
    if record.starts_with(b"ASCII SPSS PORT") {
        return Err(SpssError::OtherKind { found: "an SPSS portable file (.por)" });
    }
    if record.starts_with(&[0x5b, 0xc6, 0xd3, 0xf2]) {
        return Err(SpssError::OtherKind { found: "an SPSS file of a mainframe (EBCDIC)" });
    }
    let found = match record.get(..4) {
        Some(first) => format!("`{}`", first.escape_ascii()),
        None => format!("`{}` and ends", record.escape_ascii()),
    };
    Err(SpssError::NotASystemFile { found })
}
