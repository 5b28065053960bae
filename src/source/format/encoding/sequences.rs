//! How much of a text is UTF-8.

/// Sequences beyond ASCII, counted over pieces of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sequences {
    /// Characters of two bytes and more.
    pub(super) valid: u64,
    /// Sequences that are none.
    pub(super) invalid: u64,
    /// The beginning of a character that the last piece cut.
    cut: Vec<u8>,
}

impl Sequences {
    /// Of one text, which may be cut within a character.
    pub(super) fn of(text: &[u8]) -> Self {
        let mut sequences = Self::default();
        sequences.feed(text);
        sequences
    }

    pub(super) fn feed(&mut self, piece: &[u8]) {
        let joined;
        let mut rest = if self.cut.is_empty() {
            piece
        } else {
            // At most three bytes wait: joining costs a copy of one piece now and then.
            joined = [std::mem::take(&mut self.cut).as_slice(), piece].concat();
            &joined
        };
        while !rest.is_empty() {
            match std::str::from_utf8(rest) {
                Ok(text) => {
                    self.count(text);
                    return;
                }
                Err(error) => {
                    let (valid, after) = rest.split_at(error.valid_up_to());
                    self.count(std::str::from_utf8(valid).unwrap_or_default());
                    let Some(length) = error.error_len() else {
                        self.cut = after.to_vec();
                        return;
                    };
                    self.invalid += 1;
                    rest = &after[length..];
                }
            }
        }
    }

    /// Nothing follows: what was cut is no character.
    pub(super) fn end(&mut self) {
        if !std::mem::take(&mut self.cut).is_empty() {
            self.invalid += 1;
        }
    }

    fn count(&mut self, text: &str) {
        let leads = text.bytes().filter(|byte| *byte >= 0xC0).count();
        self.valid += u64::try_from(leads).unwrap_or(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_count_as_the_whole() {
        let text = [&b"a\xFFb"[..], "é한😀".as_bytes(), b"\xE2\x82", b"x\xF0\x9F\x98"].concat();
        let mut whole = Sequences::of(&text);
        whole.end();
        assert_eq!((whole.valid, whole.invalid), (3, 3));
        for size in 1..text.len() {
            let mut pieces = Sequences::default();
            for piece in text.chunks(size) {
                pieces.feed(piece);
            }
            pieces.end();
            assert_eq!(pieces, whole, "pieces of {size}");
        }
    }

    #[test]
    fn a_cut_character_is_no_fault() {
        assert_eq!((Sequences::of("aé".as_bytes()).valid, Sequences::of(b"a\xC3").invalid), (1, 0));
    }
}
