//! Archives around a file of answers: gzip, Zstandard and zip.
//!
//! [`unpack`] goes by the bytes, never by the name of the file: an archive is unpacked while it is read, anything else
//! is handed on untouched. One archive may be inside another, no more. A zip must hold one file of data; several are
//! refused, because nobody said which. Nothing is written under a name that an archive gives, so that a path that
//! climbs out of its folder does no harm; it is mentioned. A zip that is a workbook is left to the workbook's reader.
//!
//! What an archive claims is never believed: sizes and checksums are compared with what comes out, and what inflates
//! past all reason is refused while it does. An archive that was cut fails at its end, so that half a file is never
//! taken for the whole.

mod directory;
mod error;
mod gzip;
mod stream;
mod watch;
mod zip;
mod zstd;

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

pub use directory::{Entry, is_workbook};
pub use error::{ArchiveError, ArchiveFormat};
pub use stream::{ReadSeek, Stream};

use directory::Directory;
use watch::{Expansion, Metered};

/// How many archives may be one inside the other.
const DEEPEST: usize = 2;

/// How many bytes tell what a stream is: a tar says it at byte 257.
const HEAD_SIZE: usize = 512;

/// What was inside.
pub struct Unpacked {
    /// The bytes of the file inside; the input itself where it is no archive.
    pub stream: Stream,
    /// The name of the file inside, where the archive gives one, made fit to be shown.
    pub name: Option<String>,
    /// How it was unpacked, a sentence each: ``unpacked from answers.csv.zip: `answers.csv` ``.
    pub reasons: Vec<String>,
    /// The stream is a zip that is a workbook, and can be sought.
    pub is_workbook: bool,
}

/// Takes a file out of the archives around it, if there are any; `name` is what the input is called.
///
/// Faults that show only while the content is read come as `std::io::Error`s with an [`ArchiveError`] inside.
///
/// # Errors
/// See [`ArchiveError`].
pub fn unpack(mut stream: Stream, name: &str) -> Result<Unpacked, ArchiveError> {
    let taken = Arc::new(AtomicU64::new(0));
    let (mut reasons, mut inner_name, mut around) = (Vec::new(), None, name.to_owned());
    let mut depth = 0;
    loop {
        let head = stream.head(HEAD_SIZE)?;
        let Some(format) = ArchiveFormat::of(&head) else {
            return match other_format(&head) {
                Some(error) => Err(error),
                None => Ok(Unpacked { stream, name: inner_name, reasons, is_workbook: false }),
            };
        };
        // What comes out is held against what was taken of the outermost archive, whatever is in between.
        let meter = (depth == 0).then(|| Arc::clone(&taken));
        let inner: Box<dyn Read + Send> = if format == ArchiveFormat::Zip {
            let mut file = stream.into_seekable()?;
            let directory = Directory::read(&mut file)?;
            if is_workbook(&directory.entries) {
                file.rewind()?;
                let stream = Stream::Seekable(file);
                return Ok(Unpacked { stream, name: inner_name, reasons, is_workbook: true });
            }
            refuse_deeper(depth, format)?;
            let entry = directory.only_file()?;
            let shown = entry.shown_name();
            reasons.push(told(&around, &entry));
            inner_name = Some(shown.clone());
            around = shown;
            Box::new(zip::open(file, entry, |packed| metered(packed, meter))?)
        } else {
            refuse_deeper(depth, format)?;
            reasons.push(format!("unpacked from {around}, {format}"));
            "the file inside".clone_into(&mut around);
            let packed = metered(stream.into_reader(), meter);
            if format == ArchiveFormat::Zstd {
                Box::new(zstd::ZstdReader::new(packed))
            } else {
                Box::new(gzip::GzipReader::new(packed))
            }
        };
        stream = Stream::Piped(Box::new(Expansion::new(inner, Arc::clone(&taken))));
        depth += 1;
    }
}

fn refuse_deeper(depth: usize, format: ArchiveFormat) -> Result<(), ArchiveError> {
    if depth < DEEPEST { Ok(()) } else { Err(ArchiveError::TooDeep { format }) }
}

/// Which file was taken, and from where.
fn told(around: &str, entry: &Entry) -> String {
    let name = entry.shown_name();
    let warning = if entry.is_suspicious() {
        "; its path leads out of the archive, which is suspicious, and is not followed"
    } else {
        ""
    };
    format!("unpacked from {around}: `{name}`{warning}")
}

fn metered(packed: Box<dyn Read + Send>, meter: Option<Arc<AtomicU64>>) -> Box<dyn Read + Send> {
    match meter {
        Some(taken) => Box::new(Metered::new(packed, taken)),
        None => packed,
    }
}

/// Archives that are not unpacked here.
fn other_format(head: &[u8]) -> Option<ArchiveError> {
    const SIGNS: [(usize, &[u8], &str); 8] = [
        (0, b"BZh", "a bzip2 archive"),
        (0, b"\xFD7zXZ\0", "an xz archive"),
        (0, b"7z\xBC\xAF\x27\x1C", "a 7z archive"),
        (0, b"Rar!\x1A\x07", "a RAR archive"),
        (0, b"\x04\x22\x4D\x18", "an lz4 archive"),
        (0, b"\x1F\x9D", "a compress archive (.Z)"),
        (257, b"ustar\0", "a tar archive"),
        (257, b"ustar  \0", "a tar archive"),
    ];
    let (_, _, format) =
        SIGNS.iter().find(|(at, sign, _)| head.get(*at..).is_some_and(|rest| rest.starts_with(sign)))?;
    // `BZh` alone could be the name of a column; a level and the sign of a block follow in an archive.
    let is_text = head.starts_with(b"BZh") && head.get(4..10) != Some(b"\x31\x41\x59\x26\x53\x59");
    (!is_text).then_some(ArchiveError::OtherFormat { format })
}

#[cfg(test)]
mod tests;
