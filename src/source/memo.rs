//! Texts looked at before: the same bytes mean the same, so most cells cost one comparison.
//!
//! A few slots hold texts of up to 32 bytes as words, found by a cheap hash and compared without a loop; a bounded
//! map behind them holds the rest. What is in neither is worked out again, so bounds cost time and never a result.

use hashbrown::HashMap;

use super::records::{Record, Records};

/// Slots, as many as the bits that [`place`] takes.
const SLOTS: usize = 256;
/// The longest text that is remembered.
const LONGEST: usize = 64;

/// What distinct texts of a column mean.
#[derive(Clone, Debug)]
pub(super) struct Memo<V> {
    slots: Box<[Option<Slot<V>>; SLOTS]>,
    known: HashMap<Box<[u8]>, V>,
    capacity: usize,
}

#[derive(Clone, Copy, Debug)]
struct Slot<V> {
    words: [u64; 4],
    length: usize,
    meaning: V,
}

impl<V: Copy> Memo<V> {
    /// A memo of at most so many distinct texts.
    pub(super) fn new(capacity: usize) -> Self {
        Self { slots: Box::new([None; SLOTS]), known: HashMap::new(), capacity }
    }

    /// The meaning of a cell: remembered, or worked out now.
    #[inline]
    pub(super) fn get_or(&mut self, cell: &[u8], work_out: impl FnOnce(&[u8]) -> V) -> V {
        let Some(words) = words(cell) else {
            return self.look_up(cell, work_out);
        };
        if let Some(meaning) = self.in_slot(words, cell.len()) {
            return meaning;
        }
        let meaning = self.look_up(cell, work_out);
        self.slots[place(words, cell.len())] = Some(Slot { words, length: cell.len(), meaning });
        meaning
    }

    /// The meaning of the text of this length, at most 16, at the start of a window, if it stands in a slot. Cells of
    /// any length take the same steps, so that none is mispredicted.
    #[inline]
    fn known(&self, window: &[u8; 16], length: usize) -> Option<V> {
        let [low, high] = halves(u128::from_le_bytes(*window) & MASKS.get(length)?);
        let slot = self.slots[place([low, high, 0, 0], length)].as_ref()?;
        // The other words of a text of this length are zero.
        let differs = (slot.words[0] ^ low) | (slot.words[1] ^ high) | (slot.length ^ length) as u64;
        if differs == 0 { Some(slot.meaning) } else { None }
    }

    /// The meaning of a field as it stands in the file, if it stands in a slot.
    #[inline]
    pub(super) fn known_field(&self, records: &Records<'_>, record: Record, position: usize) -> Option<V> {
        let (window, length) = records.window(record, position)?;
        if window[0] == b'"' { None } else { self.known(window, length) }
    }

    #[inline]
    fn in_slot(&self, words: [u64; 4], length: usize) -> Option<V> {
        let slot = self.slots[place(words, length)].as_ref()?;
        (slot.length == length && differences(slot.words, words) == 0).then_some(slot.meaning)
    }

    #[inline(never)]
    fn look_up(&mut self, cell: &[u8], work_out: impl FnOnce(&[u8]) -> V) -> V {
        if let Some(meaning) = self.known.get(cell) {
            return *meaning;
        }
        let meaning = work_out(cell);
        if cell.len() <= LONGEST && self.known.len() < self.capacity {
            self.known.insert(cell.into(), meaning);
        }
        meaning
    }
}

/// The bits that belong to a text, by its length.
const MASKS: [u128; 17] = {
    let mut masks = [u128::MAX; 17];
    let mut length = 0;
    while length < 16 {
        masks[length] = (1 << (8 * length)) - 1;
        length += 1;
    }
    masks
};

/// A text of up to 32 bytes as words, filled up with NUL; with its length they are the text.
#[inline]
fn words(cell: &[u8]) -> Option<[u64; 4]> {
    let (start, rest) = cell.split_at(cell.len().min(16));
    if rest.len() > 16 {
        return None;
    }
    let half = |bytes: &[u8]| {
        let mut window = [0; 16];
        window[..bytes.len()].copy_from_slice(bytes);
        halves(u128::from_le_bytes(window))
    };
    let ([first, second], [third, fourth]) = (half(start), half(rest));
    Some([first, second, third, fourth])
}

#[inline]
fn halves(text: u128) -> [u64; 2] {
    let (low, high) = (text & u128::from(u64::MAX), text >> 64);
    [low, high].map(|half| u64::try_from(half).unwrap_or(0))
}

/// The bits that differ; word by word, as a comparison of whole arrays would go through memory.
#[inline]
fn differences(left: [u64; 4], right: [u64; 4]) -> u64 {
    (left[0] ^ right[0]) | (left[1] ^ right[1]) | (left[2] ^ right[2]) | (left[3] ^ right[3])
}

/// The slot of a text: the high bits of a product, where every bit of the words has a say.
#[inline]
fn place(words: [u64; 4], length: usize) -> usize {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mixed = words[0] ^ words[1].rotate_left(23) ^ words[2].rotate_left(41) ^ words[3].rotate_left(11);
    let product = (mixed ^ length as u64).wrapping_mul(ODD);
    usize::from(u8::try_from(product >> 56).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_full_memo_still_answers() {
        let mut memo = Memo::new(2);
        for round in 0..3 {
            for text in ["", "a", "bb", "ccc", "dddd", "a text of thirty-three characters"] {
                assert_eq!(memo.get_or(text.as_bytes(), <[u8]>::len), text.len(), "round {round}");
            }
        }
        assert_eq!(memo.known.len(), 2);
    }

    #[test]
    fn a_window_knows_what_was_looked_up_and_nothing_else() {
        let mut memo = Memo::new(10);
        let windows: [(&[u8; 16], usize); 4] = [
            (b"\"any, and more!!", 0),
            (b"x,more text here", 1),
            (b"north,more text!", 5),
            (b"sixteen bytes ok", 16),
        ];
        for (window, length) in windows {
            assert_eq!(memo.known(window, length), None);
            memo.get_or(&window[..length], <[u8]>::len);
            assert_eq!(memo.known(window, length), Some(length));
        }
        assert_eq!(memo.known(b"north\0more text!", 6), None, "a NUL is a byte like any other");
        assert_eq!(memo.known(b"south,more text!", 5), None);
        assert_eq!(memo.known(b"sixteen bytes ok", 17), None);
    }

    #[test]
    fn what_is_known_is_not_worked_out_again() {
        let mut memo = Memo::new(10);
        assert_eq!(memo.get_or(b"north", |_| 7), 7);
        assert_eq!(memo.get_or(b"north", |_| unreachable!("known")), 7);
    }

    proptest! {
        #[test]
        fn distinct_texts_keep_distinct_meanings(
            cells in proptest::collection::vec(proptest::collection::vec(b'a'..=b'c', 0..70), 1..200),
        ) {
            let mut numbers = BTreeMap::new();
            let mut memo = Memo::new(8);
            for cell in &cells {
                let next = numbers.len();
                let number = *numbers.entry(cell.clone()).or_insert(next);
                prop_assert_eq!(memo.get_or(cell, |_| number), number);
            }
        }
    }
}
