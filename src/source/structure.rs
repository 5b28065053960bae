//! Where fields and records end, 64 bytes at a time.
//!
//! What `records` is built on. The rules are those of the `csv` crate: a quote opens only where a field starts,
//! a doubled quote is a literal one, text after the closing quote belongs to the field as it stands, and CR, LF
//! or CRLF end a record.
//!
//! The fast way compares 64 bytes against the four characters that matter and takes the parity of quotes as
//! "inside". Parity is right exactly when every quote that parity calls opening stands where a field starts or
//! doubles the quote before it; a chunk that fails this proof is read again byte by byte.

use wide::u8x16;

/// How many bytes are looked at together.
pub(crate) const CHUNK: usize = 64;

/// The bytes of one chunk that separate something; bit `i` is byte `i`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    /// Delimiters outside quotes.
    pub(crate) delimiters: u64,
    /// CR and LF outside quotes: the end of a record, or of a blank line.
    pub(crate) record_ends: u64,
    /// The end of each physical line, inside quotes too; CRLF counts once, at its CR.
    pub(crate) line_ends: u64,
    /// Quotes that open a field.
    pub(crate) opening: u64,
}

/// What a chunk has to know about the bytes before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Carry {
    /// All ones while inside quotes, else zero.
    inside: u64,
    /// 1 when the next byte starts a field.
    field_start: u64,
    /// 1 when the byte before was a quote that closed its field.
    closed: u64,
    /// 1 when the byte before was a CR, quoted or not.
    after_cr: u64,
}

impl Carry {
    /// The state at the start of a record.
    pub(crate) fn at_record_start() -> Self {
        Self { inside: 0, field_start: 1, closed: 0, after_cr: 0 }
    }
}

/// The marks of a chunk, and in `carry` the state after it.
#[expect(clippy::inline_always, reason = "a call would spill the carried state every 64 bytes")]
#[inline(always)]
pub(crate) fn classify(chunk: &[u8; CHUNK], delimiter: u8, carry: &mut Carry) -> Marks {
    let raw = Raw::of(chunk, delimiter);
    let ends = raw.lf | raw.cr;
    let inside = if raw.quotes == 0 {
        carry.inside
    } else {
        let inside = prefix_parity(raw.quotes) ^ carry.inside;
        let outside_separators = (raw.delimiters | ends) & !inside;
        let field_start = (outside_separators << 1) | carry.field_start;
        let closing = raw.quotes & !inside;
        let doubling = (closing << 1) | carry.closed;
        if raw.quotes & inside & !(field_start | doubling) != 0 {
            return classify_by_byte(chunk, delimiter, carry);
        }
        inside
    };
    let field_start = (((raw.delimiters | ends) & !inside) << 1) | carry.field_start;
    let marks = Marks {
        delimiters: raw.delimiters & !inside,
        record_ends: ends & !inside,
        line_ends: raw.cr | (raw.lf & !((raw.cr << 1) | carry.after_cr)),
        opening: raw.quotes & inside & field_start,
    };
    *carry = Carry {
        inside: 0_u64.wrapping_sub(inside >> 63),
        field_start: (marks.delimiters | marks.record_ends) >> 63,
        closed: (raw.quotes & !inside) >> 63,
        after_cr: raw.cr >> 63,
    };
    marks
}

/// The scalar twin of [`classify`]: the rules as written, for the chunks where parity proves nothing.
#[cold]
#[inline(never)]
pub(crate) fn classify_by_byte(chunk: &[u8; CHUNK], delimiter: u8, carry: &mut Carry) -> Marks {
    let mut marks = Marks::default();
    let mut state = *carry;
    for (position, &byte) in chunk.iter().enumerate() {
        let bit = 1_u64 << position;
        let is_end = byte == b'\n' || byte == b'\r';
        if byte == b'\r' || (byte == b'\n' && state.after_cr == 0) {
            marks.line_ends |= bit;
        }
        let mut next = Carry { inside: state.inside, field_start: 0, closed: 0, after_cr: 0 };
        next.after_cr = u64::from(byte == b'\r');
        if byte == b'"' {
            if state.inside != 0 {
                // It closes, or it is the first of a doubled pair: the byte after decides.
                next.inside = 0;
                next.closed = 1;
            } else if state.closed == 1 {
                next.inside = u64::MAX;
            } else if state.field_start == 1 {
                next.inside = u64::MAX;
                marks.opening |= bit;
            }
        } else if !state.inside != 0 {
            if is_end {
                marks.record_ends |= bit;
                next.field_start = 1;
            } else if byte == delimiter {
                marks.delimiters |= bit;
                next.field_start = 1;
            }
        }
        state = next;
    }
    *carry = state;
    marks
}

/// The last bytes of a block as a whole chunk, filled up with NUL, which separates nothing.
pub(crate) fn padded(rest: &[u8]) -> [u8; CHUNK] {
    let mut chunk = [0; CHUNK];
    for (to, from) in chunk.iter_mut().zip(rest) {
        *to = *from;
    }
    chunk
}

/// Where each of the four characters stands, quotes not yet considered.
struct Raw {
    delimiters: u64,
    quotes: u64,
    lf: u64,
    cr: u64,
}

impl Raw {
    #[inline]
    fn of(chunk: &[u8; CHUNK], delimiter: u8) -> Self {
        let (lanes, _) = chunk.as_chunks::<16>();
        let lane = |number: usize| u8x16::new(lanes[number]);
        let lanes = [lane(0), lane(1), lane(2), lane(3)];
        Self {
            delimiters: positions(lanes, delimiter),
            quotes: positions(lanes, b'"'),
            lf: positions(lanes, b'\n'),
            cr: positions(lanes, b'\r'),
        }
    }
}

#[inline]
fn positions(lanes: [u8x16; 4], byte: u8) -> u64 {
    let wanted = u8x16::splat(byte);
    let bits = |lane: u8x16| u64::from(lane.simd_eq(wanted).to_bitmask());
    // Written out: an array mapped is a loop and a copy where the compiler does not inline enough.
    bits(lanes[0]) | (bits(lanes[1]) << 16) | (bits(lanes[2]) << 32) | (bits(lanes[3]) << 48)
}

/// Bit `i` is the parity of bits `0..=i`.
#[inline]
fn prefix_parity(bits: u64) -> u64 {
    let mut parity = bits;
    parity ^= parity << 1;
    parity ^= parity << 2;
    parity ^= parity << 4;
    parity ^= parity << 8;
    parity ^= parity << 16;
    parity ^= parity << 32;
    parity
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all_marks(data: &[u8], classify: fn(&[u8; CHUNK], u8, &mut Carry) -> Marks) -> Vec<(Marks, Carry)> {
        let mut carry = Carry::at_record_start();
        data.chunks(CHUNK).map(|chunk| (classify(&padded(chunk), b',', &mut carry), carry)).collect()
    }

    #[test]
    fn a_doubled_quote_may_straddle_two_chunks() {
        let mut data = b"\"".to_vec();
        data.resize(63, b'x');
        data.extend_from_slice(b"\"\",y\",z\n");
        let marks = all_marks(&data, classify);
        assert_eq!(marks[0].0.delimiters, 0);
        assert_eq!(marks[1].0.delimiters, 1 << 4, "the comma after the real closing quote only");
    }

    #[test]
    fn a_literal_quote_at_the_end_of_a_chunk_closes_nothing() {
        let mut data = vec![b'x'; 63];
        data.extend_from_slice(b"\"\",y\n");
        let marks = all_marks(&data, classify);
        assert_eq!(marks[1].0.delimiters, 1 << 1);
        assert_eq!(marks[1].0.record_ends, 1 << 3);
    }

    #[test]
    fn crlf_over_two_chunks_is_one_line() {
        let mut data = vec![b'x'; 63];
        data.extend_from_slice(b"\r\ny\r\rz\n");
        let lines: u32 =
            all_marks(&data, classify).iter().map(|(marks, _)| marks.line_ends.count_ones()).sum();
        assert_eq!(lines, 4);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]
        #[test]
        fn the_fast_way_agrees_with_the_scalar_twin(data in "[,\"\n\ra]{0,300}") {
            prop_assert_eq!(all_marks(data.as_bytes(), classify), all_marks(data.as_bytes(), classify_by_byte));
        }

        #[test]
        fn they_agree_on_tidy_quotes_too(data in "((\"(a|,|\n|\"\"){0,40}\"|[a ]{0,9})[,\n\r]){0,30}") {
            prop_assert_eq!(all_marks(data.as_bytes(), classify), all_marks(data.as_bytes(), classify_by_byte));
        }
    }
}
