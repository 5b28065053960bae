//! Cells as bytes, without the blanks around them; how texts are compared is `survey`'s business.
//!
//! Assumes UTF-8; a cell that is not has no text.

use crate::survey::is_blank;

/// The text of a cell without blanks around it, or `None` when the cell is not UTF-8.
pub(super) fn text(cell: &[u8]) -> Option<&str> {
    std::str::from_utf8(cell).ok().map(|text| text.trim_matches(is_blank))
}

/// The bytes of a cell without blanks around them; a cell that is not UTF-8 loses ASCII blanks only.
pub(super) fn trim(cell: &[u8]) -> &[u8] {
    let ascii = cell.trim_ascii();
    let plain = |end: Option<&u8>| end.is_none_or(u8::is_ascii_graphic);
    if plain(ascii.first()) && plain(ascii.last()) { ascii } else { text(ascii).map_or(ascii, str::as_bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_lose_blanks_of_every_kind() {
        assert_eq!(trim(b" 4 "), b"4");
        assert_eq!(trim("\u{a0}4\u{3000}".as_bytes()), b"4");
        assert_eq!(trim(b""), b"");
        assert_eq!(trim("\u{200b}".as_bytes()), b"");
        assert_eq!(trim(b" \xff "), b"\xff");
        assert_eq!(text(b"\xff"), None);
    }
}
