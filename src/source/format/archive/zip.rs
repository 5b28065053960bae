//! One file out of a zip.

use std::io::{self, BufReader, Read, SeekFrom};

use flate2::Crc;
use flate2::bufread::DeflateDecoder;

use super::directory::{Entry, Fields};
use super::error::{ArchiveError, ArchiveFormat};
use super::stream::ReadSeek;
use super::watch::Watched;

/// Opens a file in a zip; `meter` is put around the packed bytes.
pub(super) fn open(
    mut archive: Box<dyn ReadSeek>,
    entry: Entry,
    meter: impl FnOnce(Box<dyn Read + Send>) -> Box<dyn Read + Send>,
) -> Result<EntryReader, ArchiveError> {
    let name = entry.shown_name();
    if entry.is_encrypted || entry.method == 99 {
        return Err(ArchiveError::Encrypted { name });
    }
    let method = match entry.method {
        0 | 8 => entry.method,
        other => return Err(ArchiveError::Method { name, method: method_name(other) }),
    };
    if method == 0 && entry.packed_size != entry.size {
        return Err(ArchiveError::Length { name, declared: entry.size, length: entry.packed_size });
    }
    let mut header = [0; 30];
    archive.seek(SeekFrom::Start(entry.header))?;
    let is_header = archive.read_exact(&mut header).is_ok() && header.starts_with(b"PK\x03\x04");
    if !is_header {
        let reason = format!("`{name}` is not where its list says");
        return Err(ArchiveError::Damaged { format: ArchiveFormat::Zip, reason });
    }
    let fields = Fields(&header);
    let aside = i64::from(fields.u16(26)) + i64::from(fields.u16(28));
    archive.seek(SeekFrom::Current(aside))?;
    let packed =
        BufReader::with_capacity(64 * 1024, Watched::new(meter(Box::new(archive.take(entry.packed_size)))));
    let content =
        if method == 0 { Content::Stored(packed) } else { Content::Deflated(DeflateDecoder::new(packed)) };
    Ok(EntryReader { content, entry, sum: Crc::new(), given: 0 })
}

fn method_name(method: u16) -> String {
    match method {
        1 => "1 (shrink)".to_owned(),
        6 => "6 (implode)".to_owned(),
        9 => "9 (deflate64)".to_owned(),
        12 => "12 (bzip2)".to_owned(),
        14 => "14 (LZMA)".to_owned(),
        93 => "93 (zstd)".to_owned(),
        95 => "95 (xz)".to_owned(),
        98 => "98 (PPMd)".to_owned(),
        other => other.to_string(),
    }
}

type Packed = BufReader<Watched<Box<dyn Read + Send>>>;

enum Content {
    Stored(Packed),
    Deflated(DeflateDecoder<Packed>),
}

/// The content of a file in a zip; its length and checksum are verified at its end.
pub(super) struct EntryReader {
    content: Content,
    entry: Entry,
    sum: Crc,
    given: u64,
}

impl EntryReader {
    fn verify_end(&self) -> Result<(), ArchiveError> {
        let name = self.entry.shown_name();
        if self.given != self.entry.size {
            return Err(ArchiveError::Length { name, declared: self.entry.size, length: self.given });
        }
        if self.sum.sum() != self.entry.checksum {
            let reason = format!("the checksum of `{name}` is wrong");
            return Err(ArchiveError::Damaged { format: ArchiveFormat::Zip, reason });
        }
        Ok(())
    }
}

impl Read for EntryReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let read = match &mut self.content {
            Content::Stored(packed) => packed.read(buffer),
            Content::Deflated(decoder) => decoder.read(buffer),
        };
        let length = match (read, &mut self.content) {
            (Err(error), Content::Deflated(decoder)) if error.kind() != io::ErrorKind::Interrupted => {
                return Err(decoder.get_mut().get_mut().fault(ArchiveFormat::Zip, &error));
            }
            (read, _) => read?,
        };
        self.given += u64::try_from(length).unwrap_or(0);
        if length == 0 || self.given > self.entry.size {
            self.verify_end()?;
        }
        self.sum.update(&buffer[..length]);
        Ok(length)
    }
}
