//! Which of 64 bytes are delimiters, quotes and line ends: the only step that depends on the processor.

use wide::u8x16;

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

/// A way to compare many bytes at once.
pub(crate) trait Lanes: Copy {
    /// Finds the characters that matter.
    fn find(self, chunk: &[u8; CHUNK], delimiter: u8) -> Found;
}

/// Sixteen bytes at a time, on any processor.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Portable;

impl Lanes for Portable {
    #[expect(clippy::inline_always, reason = "it is part of the loop over chunks")]
    #[inline(always)]
    fn find(self, chunk: &[u8; CHUNK], delimiter: u8) -> Found {
        let (lanes, _) = chunk.as_chunks::<16>();
        let lane = |number: usize| u8x16::new(lanes[number]);
        let lanes = [lane(0), lane(1), lane(2), lane(3)];
        // Written out: an array mapped is a loop and a copy where the compiler does not inline enough.
        let bits = |is: &dyn Fn(u8x16) -> u8x16| {
            let bits = |lane: u8x16| u64::from(is(lane).to_bitmask());
            bits(lanes[0]) | (bits(lanes[1]) << 16) | (bits(lanes[2]) << 32) | (bits(lanes[3]) << 48)
        };
        let wanted = [delimiter, b'"', b'\n', b'\r'].map(u8x16::splat);
        Found {
            delimiters: bits(&|lane| lane.simd_eq(wanted[0])),
            quotes: bits(&|lane| lane.simd_eq(wanted[1])),
            ends: bits(&|lane| lane.simd_eq(wanted[2]) | lane.simd_eq(wanted[3])),
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
