//! The compound file of older Office programs: streams in chains of sectors, as a file system in a file
//! ([MS-CFB]). Chains are bounded by the length of the file, so that one that bites its tail ends.

use std::io::{Read, Seek, SeekFrom};

use super::error::{WorkbookError, bytes_text};

/// Numbers from here on are no sectors.
const SPECIAL: u32 = 0xFFFF_FFFA;
const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
/// Streams below this size stand in the stream of small sectors.
const SMALL: u64 = 4096;
const SMALL_SECTOR: usize = 64;
/// The largest table of sectors, directory or stream of small sectors that is read.
const MAX_INNER: usize = 32 << 20;

/// A compound file.
pub(super) struct Compound<'a, S> {
    source: &'a mut S,
    sector_size: usize,
    /// How many sectors the file has.
    sectors: u32,
    /// The sector after each.
    table: Vec<u32>,
    small_table: Vec<u32>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    size: u64,
}

impl<'a, S: Read + Seek> Compound<'a, S> {
    /// Reads the tables and the directory.
    pub(super) fn open(source: &'a mut S) -> Result<Self, WorkbookError> {
        let length = source.seek(SeekFrom::End(0))?;
        source.seek(SeekFrom::Start(0))?;
        let mut header = [0; 512];
        source.read_exact(&mut header).map_err(|_| damaged("it is cut within its header"))?;
        let sector_size: usize = match short(&header, 30) {
            9 => 512,
            12 => 4096,
            _ => return Err(damaged("its sectors have a size that is not known")),
        };
        let sectors = u32::try_from(length / sector_size as u64).unwrap_or(SPECIAL).min(SPECIAL);
        let mut file = Self {
            source,
            sector_size,
            sectors,
            table: Vec::new(),
            small_table: Vec::new(),
            entries: Vec::new(),
        };
        let mut places: Vec<u32> = words(&header[76..512]).collect();
        let mut next = long(&header, 68);
        let mut read = 0;
        while next < SPECIAL {
            read += 1;
            if read > sectors {
                return Err(damaged("the list of its tables has no end"));
            }
            let sector = file.sector(next)?;
            places.extend(words(&sector));
            next = places.pop().unwrap_or(END_OF_CHAIN);
        }
        for place in places.into_iter().filter(|place| *place < SPECIAL) {
            if file.table.len() > usize::try_from(sectors).unwrap_or(usize::MAX) {
                break;
            }
            let sector = file.sector(place)?;
            file.table.extend(words(&sector));
        }
        let directory = file.chain(long(&header, 48), MAX_INNER)?;
        let is_large = sector_size == 4096;
        file.entries = directory
            .chunks_exact(128)
            .map(|entry| Entry {
                name: name_of(entry),
                start: long(entry, 116),
                size: u64::from(long(entry, 120))
                    | if is_large { u64::from(long(entry, 124)) << 32 } else { 0 },
            })
            .collect();
        let small = file.chain(long(&header, 60), MAX_INNER)?;
        file.small_table = words(&small).collect();
        Ok(file)
    }

    /// Whether there is a stream or folder of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The bytes of a stream, if it is there.
    pub(super) fn stream(&mut self, name: &str, limit: usize) -> Result<Option<Vec<u8>>, WorkbookError> {
        let Some((start, size)) = self.find(name).map(|entry| (entry.start, entry.size)) else {
            return Ok(None);
        };
        let Some(length) = usize::try_from(size).ok().filter(|length| *length <= limit) else {
            return Err(WorkbookError::TooLarge {
                what: format!("its stream `{name}` has {}", bytes_text(size)),
                limit: format!("{} of .xls; .xlsx has no such limit", bytes_text(limit as u64)),
            });
        };
        let mut bytes =
            if size < SMALL { self.small_chain(start, length)? } else { self.chain(start, length)? };
        if bytes.len() < length {
            return Err(damaged("it is cut: sectors of the workbook are missing"));
        }
        bytes.truncate(length);
        Ok(Some(bytes))
    }

    fn find(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    fn sector(&mut self, number: u32) -> Result<Vec<u8>, WorkbookError> {
        if number >= self.sectors {
            return Err(damaged("it is cut: it points behind its end"));
        }
        let size = self.sector_size as u64;
        self.source.seek(SeekFrom::Start((u64::from(number) + 1) * size))?;
        let mut bytes = Vec::with_capacity(self.sector_size);
        self.source.by_ref().take(size).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// The sectors from `start` on, up to `limit` bytes.
    fn chain(&mut self, start: u32, limit: usize) -> Result<Vec<u8>, WorkbookError> {
        let mut bytes = Vec::new();
        let (mut next, mut read) = (start, 0);
        while next < SPECIAL && bytes.len() < limit {
            read += 1;
            if read > self.sectors {
                return Err(damaged("a chain of its sectors has no end"));
            }
            bytes.extend(self.sector(next)?);
            next = usize::try_from(next)
                .ok()
                .and_then(|at| self.table.get(at).copied())
                .ok_or_else(|| damaged("its table of sectors is cut"))?;
        }
        Ok(bytes)
    }

    fn small_chain(&mut self, start: u32, length: usize) -> Result<Vec<u8>, WorkbookError> {
        let Some(root) = self.entries.first().map(|root| root.start) else {
            return Err(damaged("it has no directory"));
        };
        let sectors = self.chain(root, MAX_INNER)?;
        let mut bytes = Vec::new();
        let mut next = start;
        while next < SPECIAL && bytes.len() < length {
            let at = usize::try_from(next).unwrap_or(usize::MAX);
            let sector = at.checked_mul(SMALL_SECTOR).and_then(|from| sectors.get(from..from + SMALL_SECTOR));
            bytes.extend_from_slice(sector.ok_or_else(|| damaged("a small sector is missing"))?);
            next = self.small_table.get(at).copied().ok_or_else(|| damaged("a small sector is missing"))?;
        }
        Ok(bytes)
    }
}

fn name_of(entry: &[u8]) -> String {
    let units = entry[..64].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    char::decode_utf16(units.take_while(|unit| *unit != 0))
        .map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]]))
}

fn long(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).map_or(END_OF_CHAIN, |word| words(word).next().unwrap_or(END_OF_CHAIN))
}

fn short(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |pair| u16::from_le_bytes([pair[0], pair[1]]))
}

fn damaged(problem: &str) -> WorkbookError {
    WorkbookError::damaged("the compound file", problem)
}
