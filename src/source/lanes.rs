//! Steps over many bytes at once, compiled for several kinds of processor; the one that runs is chosen when it runs.
//!
//! Everything here is to be inlined into what [`fearless_simd::dispatch`] calls, so that it is compiled for the
//! processor in question.

#![expect(clippy::inline_always, reason = "what is not inlined is compiled for the oldest processor")]

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, u8x64};

/// How many bytes are looked at together.
pub(crate) const CHUNK: usize = 64;

/// Where the characters that matter stand in a chunk, quotes not yet considered; bit `i` is byte `i`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    /// Delimiters.
    pub(crate) delimiters: u64,
    /// CR and LF.
    pub(crate) ends: u64,
    /// Double quotes.
    pub(crate) quotes: u64,
}

impl Found {
    /// Finds the characters in a chunk.
    #[inline(always)]
    pub(crate) fn of<S: Simd>(simd: S, chunk: &[u8; CHUNK], delimiter: u8) -> Self {
        let bytes = u8x64::from_slice(simd, chunk);
        let ends = bytes.simd_eq(u8x64::splat(simd, b'\n')) | bytes.simd_eq(u8x64::splat(simd, b'\r'));
        Self {
            delimiters: bytes.simd_eq(u8x64::splat(simd, delimiter)).to_bitmask(),
            ends: ends.to_bitmask(),
            quotes: bytes.simd_eq(u8x64::splat(simd, b'"')).to_bitmask(),
        }
    }
}

/// The last bytes of a block as a whole chunk, filled up with NUL, which separates nothing.
pub(crate) fn padded(rest: &[u8]) -> [u8; CHUNK] {
    let mut chunk = [0; CHUNK];
    for (to, from) in chunk.iter_mut().zip(rest) {
        *to = *from;
    }
    chunk
}

/// How many line feeds there are, and whether there is a carriage return.
pub(crate) fn line_feeds(bytes: &[u8]) -> (u64, bool) {
    dispatch!(Level::new(), simd => line_feeds_with(simd, bytes))
}

#[inline(always)]
fn line_feeds_with<S: Simd>(simd: S, bytes: &[u8]) -> (u64, bool) {
    let (chunks, tail) = bytes.as_chunks::<CHUNK>();
    let (mut line_feeds, mut returns) = (0, 0);
    for chunk in chunks.iter().chain([&padded(tail)]) {
        let bytes = u8x64::from_slice(simd, chunk);
        line_feeds += u64::from(bytes.simd_eq(u8x64::splat(simd, b'\n')).to_bitmask().count_ones());
        returns |= bytes.simd_eq(u8x64::splat(simd, b'\r')).to_bitmask();
    }
    (line_feeds, returns != 0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_processor_finds_what_stands_there(data in "[,;\"\n\ra]{0,200}", level in levels()) {
            for chunk in data.as_bytes().chunks(CHUNK) {
                let found = dispatch!(level, simd => Found::of(simd, &padded(chunk), b','));
                let bits = |wanted: &[u8]| {
                    let at = |(place, byte): (usize, &u8)| u64::from(wanted.contains(byte)) << place;
                    chunk.iter().enumerate().map(at).sum::<u64>()
                };
                let expected = Found { delimiters: bits(b","), ends: bits(b"\r\n"), quotes: bits(b"\"") };
                prop_assert_eq!(found, expected);
            }
            let feeds = data.matches('\n').count() as u64;
            let counted = dispatch!(level, simd => line_feeds_with(simd, data.as_bytes()));
            prop_assert_eq!(counted, (feeds, data.contains('\r')));
        }
    }

    /// The oldest processor and this one.
    fn levels() -> impl Strategy<Value = Level> {
        prop_oneof![Just(Level::baseline()), Just(Level::new())]
    }
}
