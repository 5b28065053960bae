//! Records of Excel 5 to 2003 ([MS-XLS]): two bytes of kind, two of length, and fields that may be missing.

use encoding_rs::Encoding;

/// A record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) data: &'a [u8],
}

impl<'a> Record<'a> {
    /// Two bytes as a number.
    pub(super) fn short(&self, at: usize) -> Option<u16> {
        let pair = self.data.get(at..at + 2)?;
        Some(u16::from_le_bytes([pair[0], pair[1]]))
    }

    /// Four bytes as a number.
    pub(super) fn long(&self, at: usize) -> Option<u32> {
        let word = self.data.get(at..at + 4)?;
        Some(u32::from_le_bytes([word[0], word[1], word[2], word[3]]))
    }

    /// Eight bytes as a float.
    pub(super) fn double(&self, at: usize) -> Option<f64> {
        let bytes: [u8; 8] = self.data.get(at..at + 8)?.try_into().ok()?;
        Some(f64::from_le_bytes(bytes))
    }

    /// The bytes from a place on.
    pub(super) fn from(&self, at: usize) -> &'a [u8] {
        self.data.get(at..).unwrap_or_default()
    }
}

/// The records of a stream from a place on; a cut one ends them.
pub(super) struct RecordReader<'a> {
    rest: &'a [u8],
}

impl<'a> RecordReader<'a> {
    /// The records from here on.
    pub(super) fn new(stream: &'a [u8], start: usize) -> Self {
        Self { rest: stream.get(start..).unwrap_or_default() }
    }

    /// The parts of the record that was just read, and of those that continue it.
    pub(super) fn with_continued(&mut self, first: &'a [u8]) -> Segments<'a> {
        const CONTINUE: u16 = 0x003C;
        let mut parts = vec![first];
        loop {
            let before = self.rest;
            let Some(Record { kind: CONTINUE, data }) = self.next() else {
                self.rest = before;
                return Segments { parts, part: 0, at: 0 };
            };
            parts.push(data);
        }
    }
}

impl<'a> Iterator for RecordReader<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let head = Record { kind: 0, data: self.rest };
        let (kind, length) = (head.short(0)?, usize::from(head.short(2)?));
        let data = self.rest.get(4..4 + length)?;
        self.rest = &self.rest[4 + length..];
        Some(Record { kind, data })
    }
}

/// The bytes of a record that goes on in others.
pub(super) struct Segments<'a> {
    parts: Vec<&'a [u8]>,
    part: usize,
    at: usize,
}

impl Segments<'_> {
    /// A text of the table of texts, with the marks of its parts passed over; none at the end.
    pub(super) fn shared_string(&mut self) -> Option<String> {
        let count = usize::from(self.short()?);
        let flags = self.byte()?;
        let runs = if flags & 8 == 0 { 0 } else { usize::from(self.short()?) };
        let extra = if flags & 4 == 0 {
            0
        } else {
            let (low, high) = (u32::from(self.short()?), u32::from(self.short()?));
            usize::try_from(low | high << 16).unwrap_or(usize::MAX)
        };
        let text = self.characters(count, flags & 1 != 0);
        self.skip(runs * 4);
        self.skip(extra);
        Some(text)
    }

    /// Passes over bytes.
    pub(super) fn skip(&mut self, mut count: usize) {
        while count > 0 {
            let Some(part) = self.parts.get(self.part) else {
                return;
            };
            let step = count.min(part.len() - self.at);
            self.at += step;
            count -= step;
            if self.at == part.len() {
                self.part += 1;
                self.at = 0;
            }
        }
    }

    fn byte(&mut self) -> Option<u8> {
        loop {
            let part = self.parts.get(self.part)?;
            if let Some(byte) = part.get(self.at) {
                self.at += 1;
                return Some(*byte);
            }
            self.part += 1;
            self.at = 0;
        }
    }

    fn short(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    /// Characters of one or two bytes; where they go on in the next part, it says anew of how many.
    fn characters(&mut self, mut count: usize, mut is_wide: bool) -> String {
        let mut units: Vec<u16> = Vec::new();
        while count > 0 {
            let Some(part) = self.parts.get(self.part) else {
                break;
            };
            let rest = &part[self.at..];
            let width = if is_wide { 2 } else { 1 };
            let here = count.min(rest.len() / width);
            push_units(&rest[..here * width], is_wide, &mut units);
            self.at += here * width;
            count -= here;
            if count > 0 {
                self.part += 1;
                self.at = 1;
                match self.parts.get(self.part).and_then(|part| part.first()) {
                    Some(flags) => is_wide = flags & 1 != 0,
                    None => break,
                }
            }
        }
        text_of(&units)
    }
}

/// How the texts of a workbook are stored.
#[derive(Clone, Copy)]
pub(super) enum Texts {
    /// Excel 97 and later: Unicode, of one or two bytes a character.
    Unicode,
    /// Before: bytes of a code page.
    CodePage(&'static Encoding),
}

impl Texts {
    /// The texts of this code page.
    pub(super) fn code_page(number: u16) -> Self {
        let label = match number {
            874 | 1250..=1258 => format!("windows-{number}"),
            932 => "shift_jis".to_owned(),
            936 => "gbk".to_owned(),
            949 => "euc-kr".to_owned(),
            950 => "big5".to_owned(),
            10_000 | 32_768 => "macintosh".to_owned(),
            _ => "windows-1252".to_owned(),
        };
        Self::CodePage(Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::WINDOWS_1252))
    }

    /// A text with its length before it, in two bytes or, where `is_short`, in one.
    pub(super) fn decode(self, bytes: &[u8], is_short: bool) -> Option<String> {
        let (count, rest) = if is_short {
            (usize::from(*bytes.first()?), bytes.get(1..)?)
        } else {
            (usize::from(u16::from_le_bytes([*bytes.first()?, *bytes.get(1)?])), bytes.get(2..)?)
        };
        match self {
            Self::CodePage(encoding) => {
                let bytes = rest.get(..count).unwrap_or(rest);
                Some(encoding.decode_without_bom_handling(bytes).0.into_owned())
            }
            Self::Unicode => {
                let Some((flags, rest)) = rest.split_first() else {
                    return (count == 0).then(String::new);
                };
                let is_wide = flags & 1 != 0;
                let length = if is_wide { count * 2 } else { count };
                let mut units = Vec::new();
                push_units(rest.get(..length).unwrap_or(rest), is_wide, &mut units);
                Some(text_of(&units))
            }
        }
    }
}

fn push_units(bytes: &[u8], is_wide: bool, units: &mut Vec<u16>) {
    if is_wide {
        units.extend(bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])));
    } else {
        units.extend(bytes.iter().map(|byte| u16::from(*byte)));
    }
}

fn text_of(units: &[u16]) -> String {
    char::decode_utf16(units.iter().copied())
        .map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER))
        .filter(|character| *character != '\0')
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_goes_on_in_the_next_record_with_a_mark_of_its_own() {
        // "Straße" begins in bytes and goes on in words; then a rich one with a run, and a short one.
        let stream: Vec<u8> = [
            &[0xFC, 0, 6, 0, 6, 0, 0, b'S', b't', b'r'][..],
            &[0x3C, 0, 7, 0, 1, b'a', 0, 0xDF, 0, b'e', 0],
            &[0x3C, 0, 10, 0, 1, 0, 8, 1, 0, b'x', 9, 9, 9, 9],
            &[0x3C, 0, 4, 0, 1, 0, 0, b'y'],
            &[0x0A, 0, 0, 0],
        ]
        .concat();
        let mut records = RecordReader::new(&stream, 0);
        let first = records.next().unwrap();
        let mut segments = records.with_continued(first.data);
        let texts: Vec<String> = std::iter::from_fn(|| segments.shared_string()).collect();
        assert_eq!(texts, ["Straße", "x", "y"]);
        assert_eq!(records.next().unwrap().kind, 0x0A);
        assert!(records.next().is_none());
    }

    #[test]
    fn texts_are_decoded_by_their_age() {
        assert_eq!(Texts::Unicode.decode(&[2, 0, 1, 0x42, 0x30, b'b', 0], false).unwrap(), "あb");
        assert_eq!(Texts::Unicode.decode(&[3, 0, b'a', 0xE9], true).unwrap(), "aé");
        assert_eq!(Texts::code_page(932).decode(&[2, 0x82, 0xA0], true).unwrap(), "あ");
        assert_eq!(Texts::code_page(1252).decode(&[9, 0, 0x80], false).unwrap(), "€");
        assert_eq!(Texts::Unicode.decode(&[0, 0], false).unwrap(), "");
        assert!(Texts::Unicode.decode(&[1], false).is_none());
    }
}
