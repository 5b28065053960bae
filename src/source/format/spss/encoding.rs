//! Which encoding the texts of the file are in, and their characters.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::dictionary::Dictionary;

/// Turns the bytes of the file into text.
#[derive(Clone, Debug)]
pub(super) struct Decoding {
    encoding: &'static Encoding,
    wrong_bytes: Arc<AtomicU64>,
}

impl Decoding {
    /// The encoding asked for, else the one that the file declares, else a guess; and which of these it was.
    pub(super) fn new(
        asked: Option<&'static Encoding>,
        dictionary: &Dictionary,
        is_big: bool,
    ) -> (Self, String) {
        let (encoding, reason) = choose(asked, dictionary, is_big);
        (Self { encoding, wrong_bytes: Arc::default() }, reason)
    }

    /// The count of wrong sequences, shared with whoever reads the rows.
    pub(super) fn wrong_bytes(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.wrong_bytes)
    }

    /// A text without the blanks (and zero bytes) that fill it up.
    pub(super) fn text(&self, bytes: &[u8]) -> String {
        let length = bytes.iter().rposition(|byte| !matches!(byte, b' ' | 0)).map_or(0, |last| last + 1);
        let bytes = &bytes[..length];
        if bytes.is_ascii()
            && self.encoding.is_ascii_compatible()
            && let Ok(text) = std::str::from_utf8(bytes)
        {
            return text.to_owned();
        }
        self.decode(bytes)
    }

    fn decode(&self, bytes: &[u8]) -> String {
        let mut decoder = self.encoding.new_decoder_without_bom_handling();
        let mut text = String::with_capacity(bytes.len() + 16);
        let mut read = 0;
        loop {
            let (result, taken) =
                decoder.decode_to_string_without_replacement(&bytes[read..], &mut text, true);
            read += taken;
            match result {
                DecoderResult::InputEmpty => return text,
                DecoderResult::OutputFull => text.reserve(bytes.len() - read + 16),
                DecoderResult::Malformed(..) => {
                    text.push(char::REPLACEMENT_CHARACTER);
                    self.wrong_bytes.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
    }
}

fn choose(
    asked: Option<&'static Encoding>,
    dictionary: &Dictionary,
    is_big: bool,
) -> (&'static Encoding, String) {
    if let Some(encoding) = asked {
        return (encoding, format!("text is read as {}, as asked", encoding.name()));
    }
    let mut unknown = None;
    if let Some(record) = dictionary.extensions(20).next() {
        let name = String::from_utf8_lossy(&record.bytes).trim_matches(['\0', ' ']).to_owned();
        if let Some(encoding) = by_name(&name) {
            return (encoding, format!("text is {}, as the file says", encoding.name()));
        }
        unknown = Some(format!("`{name}`"));
    }
    if let Some(page) = dictionary.extensions(3).find_map(|record| code_page(&record.bytes, is_big)) {
        if let Some(encoding) = by_code_page(page) {
            return (encoding, format!("text is {}, by code page {page} of the file", encoding.name()));
        }
        // 2 and 3 are "ASCII", which older versions wrote whatever the text was in.
        if !matches!(page, 2 | 3) && unknown.is_none() {
            unknown = Some(format!("code page {page}"));
        }
    }
    let why = unknown.map_or_else(
        || "the file does not say".to_owned(),
        |unknown| format!("the file says {unknown}, which is not known here"),
    );
    (WINDOWS_1252, format!("text is read as windows-1252, a guess: {why}; `--encoding` names another"))
}

/// The encoding of a name as SPSS, PSPP and their kin write it.
fn by_name(name: &str) -> Option<&'static Encoding> {
    let found = Encoding::for_label(name.as_bytes()).or_else(|| {
        let lower = name.to_ascii_lowercase();
        let digits = lower.trim_start_matches(|character: char| !character.is_ascii_digit());
        let prefix = lower[..lower.len() - digits.len()].trim_end_matches(['-', '_', ' ']);
        let is_page = matches!(prefix, "cp" | "ms" | "windows" | "ibm" | "ansi" | "");
        if is_page { digits.parse().ok().and_then(by_code_page) } else { None }
    })?;
    // The structure of the file is of single bytes, so these cannot be meant.
    (found != UTF_16LE && found != UTF_16BE).then_some(found)
}

/// The code page of the record of machine integers: its eighth number.
fn code_page(record: &[u8], is_big: bool) -> Option<i32> {
    let bytes = <[u8; 4]>::try_from(record.get(28..32)?).ok()?;
    Some(if is_big { i32::from_be_bytes(bytes) } else { i32::from_le_bytes(bytes) })
}

fn by_code_page(page: i32) -> Option<&'static Encoding> {
    Some(match page {
        874 => encoding_rs::WINDOWS_874,
        932 => encoding_rs::SHIFT_JIS,
        936 => encoding_rs::GBK,
        949 | 51949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        866 => encoding_rs::IBM866,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1252 | 28591 | 20127 => WINDOWS_1252,
        1253 => encoding_rs::WINDOWS_1253,
        1254 | 28599 => encoding_rs::WINDOWS_1254,
        1255 => encoding_rs::WINDOWS_1255,
        1256 => encoding_rs::WINDOWS_1256,
        1257 => encoding_rs::WINDOWS_1257,
        1258 => encoding_rs::WINDOWS_1258,
        10000 => encoding_rs::MACINTOSH,
        20866 => encoding_rs::KOI8_R,
        28592 => encoding_rs::ISO_8859_2,
        28595 => encoding_rs::ISO_8859_5,
        28597 => encoding_rs::ISO_8859_7,
        28605 => encoding_rs::ISO_8859_15,
        51932 => encoding_rs::EUC_JP,
        54936 => encoding_rs::GB18030,
        65001 => UTF_8,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_code_pages_of_every_writer_are_known() {
        for (name, expected) in [
            ("UTF-8", "UTF-8"),
            ("utf8", "UTF-8"),
            ("windows-1252", "windows-1252"),
            ("CP1252", "windows-1252"),
            ("CP949", "EUC-KR"),
            ("windows-949", "EUC-KR"),
            ("cp932", "Shift_JIS"),
            ("MS936", "GBK"),
            ("shift_jis", "Shift_JIS"),
            ("GB18030", "gb18030"),
            ("ISO-8859-2", "ISO-8859-2"),
        ] {
            assert_eq!(by_name(name).map(Encoding::name), Some(expected), "{name}");
        }
        for name in ["", "EBCDIC-US", "utf-16le", "klingon", "cp99999999999"] {
            assert_eq!(by_name(name).map(Encoding::name), None, "{name}");
        }
    }

    #[test]
    fn wrong_sequences_are_counted_and_shown() {
        let decoding = Decoding { encoding: UTF_8, wrong_bytes: Arc::default() };
        assert_eq!(decoding.text(b"caf\xc3\xa9   "), "café");
        assert_eq!(decoding.text(b"caf\xe9 au \xff lait\0\0"), "caf\u{fffd} au \u{fffd} lait");
        assert_eq!(decoding.wrong_bytes().load(Ordering::Relaxed), 2);
        assert_eq!(decoding.text(b"   \0"), "");
        assert_eq!(decoding.text(b"  indented"), "  indented");
    }
}
