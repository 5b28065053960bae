//! Text of two or four bytes a character, and byte order marks.

use super::label::Encoding;

/// How much of a file without a mark is looked at.
const WINDOW: usize = 4096;

/// The encoding that a byte order mark names.
pub(super) fn by_mark(head: &[u8]) -> Option<Encoding> {
    // UTF-32's mark begins with UTF-16's.
    [
        (&b"\xEF\xBB\xBF"[..], Encoding::Utf8),
        (b"\xFF\xFE\0\0", Encoding::Utf32Le),
        (b"\0\0\xFE\xFF", Encoding::Utf32Be),
        (b"\xFF\xFE", Encoding::Utf16Le),
        (b"\xFE\xFF", Encoding::Utf16Be),
        (b"\x84\x31\x95\x33", Encoding::CodePage(encoding_rs::GB18030)),
    ]
    .into_iter()
    .find_map(|(mark, encoding)| head.starts_with(mark).then_some(encoding))
}

/// The encoding that zero bytes tell: separators and line ends have them in any script, text of single bytes never.
pub(super) fn by_zeros(head: &[u8]) -> Option<Encoding> {
    let window = &head[..head.len().min(WINDOW)];
    memchr::memchr(0, window)?;
    [Encoding::Utf32Le, Encoding::Utf32Be]
        .into_iter()
        .find(|encoding| is_four_bytes_a_character(window, *encoding))
        .or_else(|| two_bytes_a_character(window))
}

fn is_four_bytes_a_character(window: &[u8], encoding: Encoding) -> bool {
    let (units, _) = window.as_chunks::<4>();
    let number = if encoding == Encoding::Utf32Le { u32::from_le_bytes } else { u32::from_be_bytes };
    let is_text = |unit: &[u8; 4]| char::from_u32(number(*unit)).is_some_and(|character| character != '\0');
    units.len() >= 2 && units.iter().all(is_text)
}

fn two_bytes_a_character(window: &[u8]) -> Option<Encoding> {
    let (pairs, _) = window.as_chunks::<2>();
    let is_text = |byte: u8| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~');
    let little = pairs.iter().filter(|[low, high]| *high == 0 && is_text(*low)).count();
    let big = pairs.iter().filter(|[high, low]| *high == 0 && is_text(*low)).count();
    // Some characters of other scripts have a zero on the other side: U+4E00, U+0100.
    let (encoding, ascii, number): (_, _, fn([u8; 2]) -> u16) = if little > 4 * big {
        (Encoding::Utf16Le, little, u16::from_le_bytes)
    } else if big > 4 * little {
        (Encoding::Utf16Be, big, u16::from_be_bytes)
    } else {
        return None;
    };
    let is_frequent = ascii >= 2 && ascii * 50 >= pairs.len();
    // The window may end in the middle of a pair of surrogates.
    let whole = &pairs[..pairs.len().saturating_sub(1).max(1)];
    let is_decoded = char::decode_utf16(whole.iter().map(|pair| number(*pair)))
        .all(|decoded| decoded.is_ok_and(|character| !is_stray(character)))
        || whole.len() < pairs.len() && ends_in_surrogate(whole, number);
    (is_frequent && is_decoded).then_some(encoding)
}

/// Whether the text is right but for a surrogate at its very end.
fn ends_in_surrogate(pairs: &[[u8; 2]], number: fn([u8; 2]) -> u16) -> bool {
    let Some((last, before)) = pairs.split_last() else { return false };
    (0xD800..0xDC00).contains(&number(*last))
        && char::decode_utf16(before.iter().map(|pair| number(*pair)))
            .all(|decoded| decoded.is_ok_and(|character| !is_stray(character)))
}

/// Characters that no text has.
fn is_stray(character: char) -> bool {
    matches!(character, '\0'..='\x08' | '\x0E'..='\x1A' | '\u{FFFE}' | '\u{FFFF}' | '\u{E000}'..='\u{F8FF}')
}
