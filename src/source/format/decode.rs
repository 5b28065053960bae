//! Any input as UTF-8 text: which reader its bytes call for.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::archive::{self, ArchiveError, ArchiveFormat, Stream};
use super::encoding::{self, Encoding, Utf8Reader};
use super::json::{self, JsonError};
use super::spss::{self, SpssError};
use super::workbook::{self, WorkbookError};
use super::{Decoded, Losses};

/// How many bytes say what a file is and which encoding it has.
const HEAD_SIZE: usize = 256 * 1024;

/// Why an input cannot be made text.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FormatError {
    /// It is an archive that cannot be unpacked.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// It is a workbook that cannot be read.
    #[error(transparent)]
    Workbook(#[from] WorkbookError),
    /// It is an SPSS file that cannot be read.
    #[error(transparent)]
    Spss(#[from] SpssError),
    /// It is JSON that is no table.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// The system refuses to read it.
    #[error(transparent)]
    Unreadable(#[from] io::Error),
    /// A sheet was asked for and there are none.
    #[error("it is no workbook: --sheet is for those")]
    NoSheets,
}

/// The text of a stream, whatever it is wrapped in; `name` is what the input is called.
///
/// # Errors
/// See [`FormatError`]. What is wrong further down is said by the reader, when it is reached.
pub fn decode(
    stream: Stream,
    name: &str,
    encoding: Option<&Encoding>,
    sheet: Option<&str>,
) -> Result<Decoded, FormatError> {
    let unpacked = archive::unpack(stream, name)?;
    let mut reasons = unpacked.reasons;
    let mut stream = unpacked.stream;
    let head = stream.head(HEAD_SIZE)?;
    let mut decoded = if unpacked.is_workbook || workbook::may_be_workbook(&head) {
        workbook::read(stream.into_seekable()?, sheet)?
    } else if sheet.is_some() {
        return Err(FormatError::NoSheets);
    } else if head.starts_with(b"$FL2") || head.starts_with(b"$FL3") {
        spss::read(stream.into_reader())?
    } else if json::may_be_json(&head) {
        json::read(stream.into_reader())?
    } else {
        text(stream, &head, encoding)
    };
    reasons.append(&mut decoded.reasons);
    Ok(Decoded { reasons, ..decoded })
}

/// The first bytes of a file, as many as say what it is.
pub fn head_of_file(file: impl Read) -> Vec<u8> {
    let mut head = Vec::new();
    let limit = u64::try_from(HEAD_SIZE).unwrap_or(u64::MAX);
    // A file that cannot be read says so when it is opened for good.
    let _ = file.take(limit).read_to_end(&mut head);
    head
}

/// What the first bytes of a file say it is: an archive, a workbook, SPSS, JSON or text.
pub fn kind_of_head(head: &[u8]) -> &'static str {
    match ArchiveFormat::of(head) {
        Some(ArchiveFormat::Zip) => "a workbook or a zip archive",
        Some(ArchiveFormat::Gzip) => "a gzip archive",
        Some(ArchiveFormat::Zstd) => "a zstd archive",
        None if workbook::may_be_workbook(head) => "a workbook",
        None if head.starts_with(b"$FL2") || head.starts_with(b"$FL3") => "SPSS",
        None if json::may_be_json(head) => "JSON",
        None => "text",
    }
}

/// Text in any encoding.
fn text(stream: Stream, head: &[u8], typed: Option<&Encoding>) -> Decoded {
    let guess = encoding::sniff(head, typed);
    let wrong_bytes = Arc::new(AtomicU64::new(0));
    // UTF-8, too: whoever rewrites the text reads it as that, and what is wrong further down is counted here.
    let reader = Box::new(Utf8Reader::new(stream.into_reader(), guess.encoding, Arc::clone(&wrong_bytes)));
    let reasons = guess.sentence().into_iter().collect();
    Decoded { reader, delimiter: None, columns: Vec::new(), reasons, losses: Losses::of_bytes(wrong_bytes) }
}
