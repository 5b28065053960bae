//! The list of files at the end of a zip.
//!
//! Read by hand: a file must be streamed out of it without borrowing the list, and a list must not take memory for
//! entries that it merely claims to have. What is not here: archives over several disks, a list that is encrypted.
//! Source: PKWARE's APPNOTE 6.3.10, sections 4.3.12 to 4.3.16 and 4.5.3.

use std::io::{self, BufReader, Read, Seek, SeekFrom};

use super::error::{ArchiveError, ArchiveFormat};

/// How many entries are looked at; a workbook has some dozens.
const MOST_ENTRIES: usize = 20_000;

/// How many names a message lists.
const SHOWN_NAMES: usize = 5;

/// How long a name is shown.
const SHOWN_LENGTH: usize = 80;

/// What the end of the list takes without its comment, and the longest comment.
const END_SIZE: u64 = 22;
const LONGEST_COMMENT: u64 = 0xFFFF;

/// A file or folder in a zip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its path as the archive has it.
    pub name: String,
    pub(super) method: u16,
    pub(super) is_encrypted: bool,
    pub(super) checksum: u32,
    pub(super) packed_size: u64,
    pub(super) size: u64,
    /// Where its own header begins.
    pub(super) header: u64,
}

impl Entry {
    /// The name, fit for a message: one line, not endless.
    pub fn shown_name(&self) -> String {
        let mut characters = self.name.chars();
        let mut shown: String = characters
            .by_ref()
            .take(SHOWN_LENGTH)
            .map(|character| if character.is_control() { '\u{FFFD}' } else { character })
            .collect();
        if characters.next().is_some() {
            shown.push('…');
        }
        shown
    }

    /// Whether its path would lead out of the folder that it is unpacked in.
    pub fn is_suspicious(&self) -> bool {
        let path = self.name.replace('\\', "/");
        let has_drive = path.as_bytes().get(1) == Some(&b':');
        has_drive || path.starts_with('/') || path.split('/').any(|part| part == "..")
    }

    /// Folders, and what file managers put beside the files.
    fn is_aside(&self) -> bool {
        let path = self.name.replace('\\', "/");
        let last = path.rsplit('/').next().unwrap_or_default();
        path.ends_with('/')
            || path.split('/').any(|part| part == "__MACOSX")
            || matches!(last, ".DS_Store" | "Thumbs.db" | "desktop.ini")
            || last.starts_with("._")
    }
}

/// Whether a zip with these entries is a workbook: Excel's (`.xlsx`, `.xlsm`, `.xlsb`) or OpenDocument's (`.ods`).
pub fn is_workbook(entries: &[Entry]) -> bool {
    let has = |name: &str| entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name));
    let is_excel = has("[Content_Types].xml")
        && (entries.iter().any(|entry| {
            let name = entry.name.to_ascii_lowercase();
            name.starts_with("xl/workbook")
        }));
    is_excel || (has("mimetype") && has("content.xml"))
}

/// What a zip holds.
pub(super) struct Directory {
    pub(super) entries: Vec<Entry>,
    /// There are more entries than were looked at.
    is_longer: bool,
}

impl Directory {
    /// Reads the list of a zip.
    pub(super) fn read(file: &mut (impl Read + Seek)) -> Result<Self, ArchiveError> {
        let place = Place::find(file)?;
        file.seek(SeekFrom::Start(place.start))?;
        let mut list = BufReader::new(file.take(place.size));
        let mut directory = Self { entries: Vec::new(), is_longer: false };
        for number in 0..place.count {
            if directory.entries.len() == MOST_ENTRIES {
                directory.is_longer = true;
                break;
            }
            let entry = read_entry(&mut list, place.shift).map_err(|error| match error.kind() {
                io::ErrorKind::UnexpectedEof => damaged(format!("its list ends after {number} files")),
                _ => error.into(),
            })?;
            directory.entries.push(entry);
        }
        Ok(directory)
    }

    /// The one file of data in it.
    pub(super) fn only_file(&self) -> Result<Entry, ArchiveError> {
        if let Some(format) = self.document() {
            return Err(ArchiveError::Document { format });
        }
        let files: Vec<&Entry> = self.entries.iter().filter(|entry| !entry.is_aside()).collect();
        match files.as_slice() {
            [] => Err(ArchiveError::NoFile),
            [file] if !self.is_longer => Ok((*file).clone()),
            _ => Err(ArchiveError::Several {
                names: files.iter().take(SHOWN_NAMES).map(|entry| entry.shown_name()).collect(),
                count: files.len(),
            }),
        }
    }

    /// Documents that are zips too.
    fn document(&self) -> Option<&'static str> {
        let begins = |start: &str| self.entries.iter().any(|entry| entry.name.starts_with(start));
        if begins("[Content_Types].xml") && begins("word/") {
            Some("a Word document (.docx)")
        } else if begins("[Content_Types].xml") && begins("ppt/") {
            Some("a PowerPoint presentation (.pptx)")
        } else if begins("Index/Document.iwa") || begins("Index.zip") {
            Some("an Apple Numbers document")
        } else {
            None
        }
    }
}

/// Where the list is.
struct Place {
    start: u64,
    size: u64,
    count: u64,
    /// What every offset has to be moved by: something was put in front of the archive.
    shift: u64,
}

impl Place {
    fn find(file: &mut (impl Read + Seek)) -> Result<Self, ArchiveError> {
        let length = file.seek(SeekFrom::End(0))?;
        let tail_start = length.saturating_sub(END_SIZE + LONGEST_COMMENT);
        file.seek(SeekFrom::Start(tail_start))?;
        let mut tail = Vec::new();
        file.by_ref().take(END_SIZE + LONGEST_COMMENT).read_to_end(&mut tail)?;
        let cut = ArchiveError::Cut { format: ArchiveFormat::Zip };
        let Some((at, end)) = find_end(&tail) else { return Err(cut) };
        let end_start = tail_start + u64::try_from(at).unwrap_or(0);
        if end.u16(4) != end.u16(6) || end.u16(4) != 0 && end.u16(4) != 0xFFFF {
            return Err(damaged("it is one part of several".to_owned()));
        }
        let (mut count, mut size, mut offset) =
            (u64::from(end.u16(10)), u64::from(end.u32(12)), u64::from(end.u32(16)));
        let mut list_end = end_start;
        // Written whenever the sizes were not known beforehand, not only where they are large.
        if let Some((start, large)) = read_large_end(file, end_start)? {
            (count, size, offset) = (large.u64(32), large.u64(40), large.u64(48));
            list_end = start;
        }
        let Some(start) = list_end.checked_sub(size) else { return Err(cut) };
        let behind = start.checked_sub(offset).map(|shift| (start, shift));
        // It stands right before its end, moved with the archive; else it is where it says.
        for (start, shift) in behind.into_iter().chain([(offset, 0)]) {
            let is_list = count == 0 || start < list_end && &read_fields::<4>(file, start)? == b"PK\x01\x02";
            if is_list {
                return Ok(Self { start, size, count, shift });
            }
        }
        Err(damaged("its list is not where it says".to_owned()))
    }
}

/// The last end of a list in the tail of a file, with what follows it no longer than its comment.
fn find_end(tail: &[u8]) -> Option<(usize, Fields<'_>)> {
    memchr::memmem::rfind_iter(tail, b"PK\x05\x06").find_map(|at| {
        let fields = Fields(tail.get(at..)?);
        let needed = 22 + usize::from(fields.u16(20));
        // A cut comment is no reason to refuse.
        (fields.0.len() >= 22 && needed >= fields.0.len()).then_some((at, fields))
    })
}

/// The end of the list of a large archive, with where it begins.
fn read_large_end(
    file: &mut (impl Read + Seek),
    end_start: u64,
) -> Result<Option<(u64, FieldsOwned)>, ArchiveError> {
    let Some(locator_start) = end_start.checked_sub(20) else { return Ok(None) };
    let locator = read_fields::<20>(file, locator_start)?;
    if !locator.starts_with(b"PK\x06\x07") {
        return Ok(None);
    }
    // It stands right before its locator, or where the locator says when there is more in it.
    let told = Fields(&locator).u64(8);
    for start in [locator_start.saturating_sub(56), told] {
        if start.checked_add(56).is_none_or(|end| end > locator_start) {
            continue;
        }
        let large = read_fields::<56>(file, start)?;
        if large.starts_with(b"PK\x06\x06") {
            return Ok(Some((start, FieldsOwned(large))));
        }
    }
    Err(damaged("its list has no end".to_owned()))
}

fn read_fields<const N: usize>(file: &mut (impl Read + Seek), start: u64) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    file.seek(SeekFrom::Start(start))?;
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn read_entry(list: &mut impl Read, shift: u64) -> io::Result<Entry> {
    let mut head = [0; 46];
    list.read_exact(&mut head)?;
    let fields = Fields(&head);
    if !head.starts_with(b"PK\x01\x02") {
        return Err(damaged("its list is broken".to_owned()).into());
    }
    let flags = fields.u16(8);
    let mut name = vec![0; usize::from(fields.u16(28))];
    list.read_exact(&mut name)?;
    let mut extra = vec![0; usize::from(fields.u16(30))];
    list.read_exact(&mut extra)?;
    let comment = u64::from(fields.u16(32));
    if io::copy(&mut list.take(comment), &mut io::sink())? != comment {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let sizes = [fields.u32(24), fields.u32(20), fields.u32(42)];
    let [size, packed_size, header] = large_sizes(sizes, &extra);
    Ok(Entry {
        // Names in an unknown code page are shown as well as can be; nothing hangs on them.
        name: String::from_utf8_lossy(&name).into_owned(),
        method: fields.u16(10),
        is_encrypted: flags & 0x2041 != 0,
        checksum: fields.u32(16),
        packed_size,
        size,
        header: header.saturating_add(shift),
    })
}

/// Sizes that do not fit their field stand in an extra field, in this order.
fn large_sizes(sizes: [u32; 3], extra: &[u8]) -> [u64; 3] {
    let mut rest = extra;
    let mut large: &[u8] = &[];
    while rest.len() >= 4 {
        let length = usize::from(Fields(rest).u16(2));
        let Some(body) = rest.get(4..4 + length) else { break };
        if Fields(rest).u16(0) == 1 {
            large = body;
            break;
        }
        rest = &rest[4 + length..];
    }
    sizes.map(|size| {
        if size == u32::MAX && large.len() >= 8 {
            let value = Fields(large).u64(0);
            large = &large[8..];
            value
        } else {
            u64::from(size)
        }
    })
}

fn damaged(reason: String) -> ArchiveError {
    ArchiveError::Damaged { format: ArchiveFormat::Zip, reason }
}

/// Little-endian numbers at places; what is not there is zero.
pub(super) struct Fields<'a>(pub(super) &'a [u8]);

impl Fields<'_> {
    pub(super) fn u16(&self, at: usize) -> u16 {
        u16::from_le_bytes(self.bytes(at))
    }

    pub(super) fn u32(&self, at: usize) -> u32 {
        u32::from_le_bytes(self.bytes(at))
    }

    pub(super) fn u64(&self, at: usize) -> u64 {
        u64::from_le_bytes(self.bytes(at))
    }

    fn bytes<const N: usize>(&self, at: usize) -> [u8; N] {
        self.0.get(at..).and_then(|rest| rest.first_chunk::<N>()).copied().unwrap_or([0; N])
    }
}

/// The same of bytes that were read for it.
struct FieldsOwned([u8; 56]);

impl FieldsOwned {
    fn u64(&self, at: usize) -> u64 {
        Fields(&self.0).u64(at)
    }
}
