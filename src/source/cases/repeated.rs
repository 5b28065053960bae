//! Records of a case that was there before.

use hashbrown::HashTable;
use xxhash_rust::xxh3::xxh3_64;

/// Whether a case was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sight {
    /// It is new, or nothing tells.
    First,
    /// It was, and its record is the same.
    SameRecord,
    /// It was, and its record says something else.
    OtherRecord,
}

/// The cases that were met, by the hash of what tells them apart.
#[derive(Debug, Default)]
pub(super) struct SeenCases {
    /// The cases with an identity.
    by_id: HashTable<u32>,
    /// By case, half of a hash of its record: two of one identity are hardly ever alike by chance.
    records: Vec<u32>,
}

impl SeenCases {
    /// Looks whether a case was there before, and keeps it if not. `ids` are those of the cases kept so far, 0 for none.
    pub(super) fn meet(&mut self, id: u64, record: &[u8], ids: &[u64]) -> Sight {
        let record = u32::try_from(xxh3_64(record) >> 32).unwrap_or(0);
        let id_of = |case: u32| ids.get(case as usize).copied().unwrap_or(0);
        if id != 0 {
            if let Some(&first) = self.by_id.find(id, |&case| id_of(case) == id) {
                let is_same = self.records.get(first as usize) == Some(&record);
                return if is_same { Sight::SameRecord } else { Sight::OtherRecord };
            }
            let case = u32::try_from(ids.len()).unwrap_or(u32::MAX);
            self.by_id.insert_unique(
                id,
                case,
                |&case| if case as usize == ids.len() { id } else { id_of(case) },
            );
        }
        self.records.push(record);
        Sight::First
    }
}

#[cfg(test)]
mod tests {
    use super::Sight::{First, OtherRecord, SameRecord};
    use super::*;

    #[test]
    fn the_first_of_an_identity_stays() {
        let (mut seen, mut ids) = (SeenCases::default(), Vec::new());
        let met: Vec<Sight> =
            [(7, "a"), (8, "a"), (7, "a"), (0, "a"), (0, "a"), (7, "b"), (9, "c"), (9, "c")]
                .into_iter()
                .map(|(id, record)| {
                    let sight = seen.meet(id, record.as_bytes(), &ids);
                    if sight == First {
                        ids.push(id);
                    }
                    sight
                })
                .collect();
        assert_eq!(met, [First, First, SameRecord, First, First, OtherRecord, First, SameRecord]);
        assert_eq!(ids, [7, 8, 0, 0, 9]);
    }

    #[test]
    fn many_are_told_apart() {
        let (mut seen, mut ids) = (SeenCases::default(), Vec::new());
        for round in 0..2 {
            for id in 1..20_000_u64 {
                let hash = xxh3_64(&id.to_le_bytes());
                let sight = seen.meet(hash, &id.to_le_bytes(), &ids);
                assert_eq!(sight, if round == 0 { First } else { SameRecord });
                if round == 0 {
                    ids.push(hash);
                }
            }
        }
    }
}
