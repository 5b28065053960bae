//! Where fields and records end, 64 bytes at a time.
//!
//! What `field_index` is built on. The rules are those of the `csv` crate: a quote opens only where a field starts,
//! a doubled quote is a literal one, text after the closing quote belongs to the field as it stands, and CR, LF
//! or CRLF end a record.
//!
//! The fast way compares 64 bytes against the four characters that matter and takes the parity of quotes as
//! "inside". Parity is right exactly when every quote that parity calls opening stands where a field starts or
//! doubles the quote before it; a chunk that fails this proof is read again byte by byte.

use fearless_simd::Simd;

use super::lanes::{CHUNK, Found};

/// The bytes of one chunk that separate something; bit `i` is byte `i`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    /// Delimiters and line ends outside quotes: each ends a field.
    pub(crate) separators: u64,
    /// CR and LF outside quotes: the end of a record, or of a blank line.
    pub(crate) record_ends: u64,
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
}

impl Carry {
    /// The state at the start of a record.
    pub(crate) fn at_record_start() -> Self {
        Self { inside: 0, field_start: 1, closed: 0 }
    }
}

/// The marks of a chunk, and in `carry` the state after it.
#[expect(clippy::inline_always, reason = "a call would spill the carried state every 64 bytes")]
#[inline(always)]
pub(crate) fn classify<S: Simd>(simd: S, chunk: &[u8; CHUNK], delimiter: u8, carry: &mut Carry) -> Marks {
    let Found { delimiters, ends, quotes } = Found::of(simd, chunk, delimiter);
    let separators = delimiters | ends;
    let inside = if quotes == 0 {
        carry.inside
    } else {
        let inside = prefix_parity(quotes) ^ carry.inside;
        let field_start = ((separators & !inside) << 1) | carry.field_start;
        let closing = quotes & !inside;
        let doubling = (closing << 1) | carry.closed;
        if quotes & inside & !(field_start | doubling) != 0 {
            return classify_by_byte(chunk, delimiter, carry);
        }
        inside
    };
    let marks = Marks { separators: separators & !inside, record_ends: ends & !inside };
    *carry = Carry {
        inside: 0_u64.wrapping_sub(inside >> 63),
        field_start: marks.separators >> 63,
        closed: (quotes & !inside) >> 63,
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
        let mut next = Carry { inside: state.inside, field_start: 0, closed: 0 };
        if byte == b'"' {
            if state.inside != 0 {
                // It closes, or it is the first of a doubled pair: the byte after decides.
                next.inside = 0;
                next.closed = 1;
            } else if state.closed == 1 || state.field_start == 1 {
                next.inside = u64::MAX;
            }
        } else if state.inside == 0 {
            let is_end = byte == b'\n' || byte == b'\r';
            if is_end || byte == delimiter {
                marks.separators |= bit;
                next.field_start = 1;
            }
            if is_end {
                marks.record_ends |= bit;
            }
        }
        state = next;
    }
    *carry = state;
    marks
}

/// Bit `i` is the parity of bits `0..=i`.
#[expect(clippy::inline_always, reason = "it is part of the loop over chunks")]
#[inline(always)]
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
    use crate::source::lanes::padded;
    use fearless_simd::{Level, dispatch};
    use proptest::prelude::*;

    fn all_marks(data: &[u8], classify: fn(&[u8; CHUNK], u8, &mut Carry) -> Marks) -> Vec<(Marks, Carry)> {
        let mut carry = Carry::at_record_start();
        data.chunks(CHUNK).map(|chunk| (classify(&padded(chunk), b',', &mut carry), carry)).collect()
    }

    fn fast(chunk: &[u8; CHUNK], delimiter: u8, carry: &mut Carry) -> Marks {
        dispatch!(Level::new(), simd => classify(simd, chunk, delimiter, carry))
    }

    #[test]
    fn a_doubled_quote_may_straddle_two_chunks() {
        let mut data = b"\"".to_vec();
        data.resize(63, b'x');
        data.extend_from_slice(b"\"\",y\",z\n");
        let marks = all_marks(&data, fast);
        assert_eq!(marks[0].0.separators, 0);
        assert_eq!(marks[1].0.separators, 1 << 4 | 1 << 6, "the comma after the real closing quote only");
    }

    #[test]
    fn a_literal_quote_at_the_end_of_a_chunk_closes_nothing() {
        let mut data = vec![b'x'; 63];
        data.extend_from_slice(b"\"\",y\n");
        let marks = all_marks(&data, fast);
        assert_eq!(marks[1].0.separators, 1 << 1 | 1 << 3);
        assert_eq!(marks[1].0.record_ends, 1 << 3);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]
        #[test]
        fn the_fast_way_agrees_with_the_scalar_twin(data in "[,\"\n\ra]{0,300}") {
            prop_assert_eq!(all_marks(data.as_bytes(), fast), all_marks(data.as_bytes(), classify_by_byte));
        }

        #[test]
        fn they_agree_on_tidy_quotes_too(data in "((\"(a|,|\n|\"\"){0,40}\"|[a ]{0,9})[,\n\r]){0,30}") {
            prop_assert_eq!(all_marks(data.as_bytes(), fast), all_marks(data.as_bytes(), classify_by_byte));
        }
    }
}
