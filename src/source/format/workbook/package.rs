//! The parts of a workbook that is a zip archive, each as a stream that owns the file.
//!
//! Nothing that the archive claims is believed: sizes are checked before anything is read and again while it is, and
//! the checksum at the end.

use std::io::{self, BufReader, Read, Seek, SeekFrom, Take};

use flate2::Crc;
use flate2::read::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use super::error::{WorkbookError, bytes_text};

/// What all parts may claim to unpack to; a sheet of a million rows and fifty columns stays below it.
const MAX_CLAIMED: u64 = 8 << 30;
/// How many parts there may be: sheets, pictures, comments.
const MAX_PARTS: usize = 20_000;
/// How often a large part may be larger than it is packed; deflate reaches 1,030 with one letter.
const MAX_RATIO: u64 = 250;
/// From which size on the ratio is looked at.
const LARGE: u64 = 64 << 20;

/// A place in the archive.
#[derive(Clone, Debug)]
struct Part {
    /// The name in lower case with forward slashes: programs do not agree on either.
    name: String,
    start: u64,
    packed: u64,
    size: u64,
    crc: u32,
    is_deflated: bool,
}

/// A workbook's archive.
#[derive(Clone, Debug)]
pub(super) struct Package {
    parts: Vec<Part>,
}

impl Package {
    /// The parts of an archive.
    ///
    /// # Errors
    /// It is damaged, encrypted or a bomb.
    pub(super) fn open<S: Read + Seek>(source: &mut S) -> Result<Self, WorkbookError> {
        let broken =
            |error: &dyn std::fmt::Display| WorkbookError::damaged("the zip archive", error.to_string());
        let mut archive = ZipArchive::new(BufReader::new(source)).map_err(|error| broken(&error))?;
        if archive.len() > MAX_PARTS {
            return Err(WorkbookError::TooLarge {
                what: format!("it has {} parts", archive.len()),
                limit: MAX_PARTS.to_string(),
            });
        }
        let mut parts = Vec::with_capacity(archive.len());
        let mut claimed = 0_u64;
        for index in 0..archive.len() {
            let file = archive.by_index_raw(index).map_err(|error| broken(&error))?;
            let name = file.name().map_err(|error| broken(&error))?.replace('\\', "/").to_lowercase();
            let (size, packed) = (file.size(), file.compressed_size());
            claimed = claimed.saturating_add(size);
            if claimed > MAX_CLAIMED {
                return Err(WorkbookError::TooLarge {
                    what: format!("it claims to unpack to {}", bytes_text(claimed)),
                    limit: bytes_text(MAX_CLAIMED),
                });
            }
            if size > LARGE && size / packed.max(1) > MAX_RATIO {
                return Err(WorkbookError::TooLarge {
                    what: format!("`{name}` claims to unpack to {} times its size", size / packed.max(1)),
                    limit: format!("{MAX_RATIO} times"),
                });
            }
            if file.encrypted() {
                return Err(WorkbookError::Protected);
            }
            let is_deflated = match file.compression() {
                CompressionMethod::Stored => false,
                CompressionMethod::Deflated => true,
                other => {
                    return Err(WorkbookError::damaged(
                        name,
                        format!("it is packed by {other}, which no workbook is"),
                    ));
                }
            };
            let start = file.data_start().unwrap_or(u64::MAX);
            parts.push(Part { name, start, packed, size, crc: file.crc32(), is_deflated });
        }
        Ok(Self { parts })
    }

    /// Whether there is such a part.
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The bytes of a part, if it is there; they come from `source`.
    ///
    /// # Errors
    /// The file cannot be positioned.
    pub(super) fn part<S: Read + Seek>(
        &self,
        mut source: S,
        name: &str,
    ) -> io::Result<Option<PartReader<S>>> {
        let Some(part) = self.find(name) else {
            return Ok(None);
        };
        source.seek(SeekFrom::Start(part.start))?;
        let packed = BufReader::with_capacity(64 * 1024, source.take(part.packed));
        let bytes = if part.is_deflated {
            Packed::Deflated(DeflateDecoder::new(packed))
        } else {
            Packed::Stored(packed)
        };
        Ok(Some(PartReader { bytes, crc: Crc::new(), expected: part.crc, left: part.size }))
    }

    /// A small part as a whole.
    ///
    /// # Errors
    /// The part is missing, damaged or larger than `limit`.
    pub(super) fn bytes<S: Read + Seek>(
        &self,
        source: S,
        name: &str,
        limit: u64,
    ) -> Result<Option<Vec<u8>>, WorkbookError> {
        let Some(reader) = self.part(source, name)? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        let read = reader.take(limit + 1).read_to_end(&mut bytes);
        read.map_err(|error| WorkbookError::damaged(name, error.to_string()))?;
        if u64::try_from(bytes.len()).is_ok_and(|length| length > limit) {
            let what = format!("its part `{name}` has more than {}", bytes_text(limit));
            return Err(WorkbookError::TooLarge { what, limit: bytes_text(limit) });
        }
        Ok(Some(bytes))
    }

    fn find(&self, name: &str) -> Option<&Part> {
        let name = name.trim_start_matches('/').to_lowercase();
        self.parts.iter().find(|part| part.name == name)
    }
}

/// The unpacked bytes of one part.
pub(super) struct PartReader<S> {
    bytes: Packed<S>,
    crc: Crc,
    expected: u32,
    /// How many bytes are still to come.
    left: u64,
}

enum Packed<S> {
    Stored(BufReader<Take<S>>),
    Deflated(DeflateDecoder<BufReader<Take<S>>>),
}

impl<S: Read> Read for PartReader<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = match &mut self.bytes {
            Packed::Stored(bytes) => bytes.read(buffer)?,
            Packed::Deflated(bytes) => bytes.read(buffer)?,
        };
        self.crc.update(&buffer[..read]);
        let Some(left) = self.left.checked_sub(u64::try_from(read).unwrap_or(u64::MAX)) else {
            return Err(wrong("it unpacks to more than it claims"));
        };
        self.left = left;
        if read == 0 && !buffer.is_empty() {
            if left > 0 {
                return Err(wrong("it is cut: bytes are missing at its end"));
            }
            if self.crc.sum() != self.expected {
                return Err(wrong("its checksum does not fit its bytes"));
            }
        }
        Ok(read)
    }
}

fn wrong(problem: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, problem)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn parts_are_found_whatever_the_case_and_read_whole() {
        let mut file = Cursor::new(archive(&[("XL\\Workbook.xml", b"hello"), ("empty", b"")]));
        let package = Package::open(&mut file).unwrap();
        assert_eq!(package.bytes(&mut file, "/xl/workbook.xml", 10).unwrap().unwrap(), b"hello");
        assert_eq!(package.bytes(&mut file, "empty", 10).unwrap().unwrap(), b"");
        assert!(package.bytes(&mut file, "none", 10).unwrap().is_none());
        let error = package.bytes(&mut file, "xl/workbook.xml", 4).unwrap_err();
        assert!(error.to_string().contains("more than 4 bytes"), "{error}");
        assert!(package.has("empty") && !package.has("full"));
    }

    #[test]
    fn a_bomb_a_wrong_size_and_a_wrong_checksum_are_refused() {
        let bomb = archive(&[("a", &vec![b'x'; 65 << 20])]);
        let error = Package::open(&mut Cursor::new(bomb)).unwrap_err();
        assert!(error.to_string().contains("times its size"), "{error}");

        let mut file = archive(&[("a", &[b'x'; 1000])]);
        let at = memchr::memmem::find(&file, b"PK\x01\x02").unwrap();
        file[at + 24] = 100;
        let mut short = Cursor::new(file.clone());
        let package = Package::open(&mut short).unwrap();
        let error = package.bytes(&mut short, "a", 1 << 20).unwrap_err();
        assert!(
            error.to_string().contains("more than it claims") || error.to_string().contains("cut"),
            "{error}"
        );

        file[at + 24] = 0xE8;
        file[at + 16] ^= 1;
        let mut damaged = Cursor::new(file);
        let package = Package::open(&mut damaged).unwrap();
        let error = package.bytes(&mut damaged, "a", 1 << 20).unwrap_err();
        assert!(error.to_string().contains("checksum"), "{error}");
    }
}
