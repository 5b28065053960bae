//! Texts looked at before: the same bytes mean the same, so most cells cost one comparison.
//!
//! A few slots hold texts of up to 32 bytes as words, found by a cheap hash and compared without a loop; a bounded
//! map behind them holds the rest. What is in neither is worked out again, so bounds cost time and never a result.

use hashbrown::HashMap;

/// Slots, as many as the bits that [`place`] takes.
const SLOTS: usize = 256;
/// The longest text that is remembered.
const LONGEST: usize = 64;

/// What distinct texts of a column mean.
#[derive(Clone, Debug)]
pub(super) struct Memo<V> {
    slots: Vec<Option<Slot<V>>>,
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
        Self { slots: vec![None; SLOTS], known: HashMap::new(), capacity }
    }

    /// The meaning of a cell: remembered, or worked out now.
    #[inline]
    pub(super) fn get_or(&mut self, cell: &[u8], work_out: impl FnOnce(&[u8]) -> V) -> V {
        let Some(words) = words(cell) else {
            return self.look_up(cell, work_out);
        };
        let place = place(words, cell.len());
        if let Some(slot) = &self.slots[place]
            && slot.length == cell.len()
            && differences(slot.words, words) == 0
        {
            return slot.meaning;
        }
        let meaning = self.look_up(cell, work_out);
        self.slots[place] = Some(Slot { words, length: cell.len(), meaning });
        meaning
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

/// A text of up to 32 bytes as words; with its length they are the text.
#[inline]
fn words(cell: &[u8]) -> Option<[u64; 4]> {
    let eight = |chunk: Option<&[u8; 8]>| chunk.map_or(0, |bytes| u64::from_le_bytes(*bytes));
    let four = |chunk: Option<&[u8; 4]>| chunk.map_or(0, |bytes| u64::from(u32::from_le_bytes(*bytes)));
    match cell.len() {
        0 => Some([0; 4]),
        length @ 1..=3 => {
            let bytes = [cell[0], cell[length / 2], cell[length - 1], 0];
            Some([u64::from(u32::from_le_bytes(bytes)), 0, 0, 0])
        }
        4..=7 => Some([four(cell.first_chunk()), four(cell.last_chunk()), 0, 0]),
        8..=16 => Some([eight(cell.first_chunk()), eight(cell.last_chunk()), 0, 0]),
        length @ 17..=32 => Some([
            eight(cell.first_chunk()),
            eight(cell.last_chunk()),
            eight(cell[8..].first_chunk()),
            eight(cell[..length - 8].last_chunk()),
        ]),
        _ => None,
    }
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
    usize::try_from(product >> 56).unwrap_or(0)
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
