//! Sets of options as codes: what a cell with several answers is as a whole, whatever the order of its options.

use std::collections::BTreeSet;

use hashbrown::HashMap;

use super::dictionary;
use crate::survey::{Code, Missing, answer};

/// What stands between the options in the name of a set.
const BETWEEN: char = '\u{1f}';

/// The most sets that are told apart.
const MOST: usize = 60_000;

/// The most orders of options that are remembered; others are sorted each time.
const REMEMBERED: usize = 100_000;

/// The sets of options of one variable met so far, as a worker's codes.
#[derive(Clone, Debug, Default)]
pub(super) struct SetCodes {
    /// By place, the options in rising order of their codes.
    sets: Vec<Vec<Code>>,
    /// The codes of sets, by their options in rising order and in the orders met.
    codes: HashMap<Vec<Code>, Code>,
    overflow: bool,
}

impl SetCodes {
    /// The code of the set of these options, in any order.
    pub(super) fn code(&mut self, chosen: &[Code]) -> Code {
        match self.codes.get(chosen) {
            Some(&code) => code,
            None => self.add(chosen),
        }
    }

    /// The sets by place.
    pub(super) fn sets(&self) -> &[Vec<Code>] {
        &self.sets
    }

    /// The options that a code stands for; none of a reason.
    pub(super) fn options(&self, code: Code) -> &[Code] {
        answer(code).and_then(|place| self.sets.get(place)).map_or(&[], Vec::as_slice)
    }

    /// Whether there were more sets than are told apart.
    pub(super) fn overflow(&self) -> bool {
        self.overflow
    }

    #[cold]
    fn add(&mut self, chosen: &[Code]) -> Code {
        let mut set = chosen.to_vec();
        set.sort_unstable();
        let known = self.codes.get(&set).copied();
        let code = known.or_else(|| dictionary::code(self.sets.len()).filter(|_| self.sets.len() < MOST));
        let Some(code) = code else {
            self.overflow = true;
            return Missing::Invalid.code();
        };
        if known.is_none() {
            self.codes.insert(set.clone(), code);
            self.sets.push(set);
        }
        if self.codes.len() < REMEMBERED {
            self.codes.insert(chosen.to_vec(), code);
        }
        code
    }
}

/// The sets of one variable over all workers: by how many options they have, then by these.
#[derive(Clone, Debug, Default)]
pub(super) struct FoundSets {
    /// By final code, the names of the options in their order with U+001F between; empty where none was chosen.
    pub(super) names: Vec<String>,
    /// By worker, the final code of each of the worker's codes.
    recode: Vec<Vec<Code>>,
}

impl FoundSets {
    /// Settles the sets that used rows have: by worker all sets, the codes of those that are used, and the final code of
    /// an option; `options` are the names of all options.
    pub(super) fn settle<'s>(
        workers: impl Iterator<Item = (&'s SetCodes, &'s BTreeSet<Code>)> + Clone,
        recode: impl Fn(usize, Code) -> Code,
        options: &[String],
    ) -> Self {
        let settled = |worker: usize, set: &[Code]| {
            let mut set: Vec<Code> = set.iter().map(|&option| recode(worker, option)).collect();
            set.sort_unstable();
            (set.len(), set)
        };
        let mut found = BTreeSet::new();
        for (worker, (sets, used)) in workers.clone().enumerate() {
            let of_answers = used.iter().filter(|code| answer(**code).is_some());
            found.extend(of_answers.map(|&code| settled(worker, sets.options(code))));
        }
        let found: Vec<(usize, Vec<Code>)> = found.into_iter().collect();
        let place = |set: &(usize, Vec<Code>)| {
            let place = found.binary_search(set).ok();
            place.and_then(dictionary::code).unwrap_or(Missing::NotAsked.code())
        };
        let codes = |(worker, sets): (usize, &SetCodes)| {
            let reasons = Missing::ALL.iter().map(|reason| reason.code());
            reasons.chain(sets.sets().iter().map(|set| place(&settled(worker, set)))).collect()
        };
        let recode = workers.map(|(sets, _)| sets).enumerate().map(codes).collect();
        let name = |set: &Vec<Code>| {
            let names = set.iter().filter_map(|&option| options.get(answer(option)?).map(String::as_str));
            names.collect::<Vec<_>>().join(&BETWEEN.to_string())
        };
        Self { names: found.iter().map(|(_, set)| name(set)).collect(), recode }
    }

    /// The final code of a worker's code.
    pub(super) fn of(&self, worker: usize, code: Code) -> Code {
        let recode = self.recode.get(worker);
        recode.and_then(|recode| recode.get(usize::from(code))).copied().unwrap_or(Missing::NotAsked.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_one_code_in_any_order() {
        let mut sets = SetCodes::default();
        assert_eq!([&[7, 5][..], &[], &[5, 7], &[5], &[7, 5]].map(|set| sets.code(set)), [5, 6, 5, 7, 5]);
        assert_eq!(sets.sets(), [vec![5, 7], vec![], vec![5]]);
        assert_eq!((sets.options(7), sets.options(0), sets.options(60)), (&[5][..], &[][..], &[][..]));
    }

    #[test]
    fn beyond_the_most_sets_cells_are_invalid_and_that_is_known() {
        let mut sets = SetCodes::default();
        for first in 5..405 {
            for second in first..405 {
                sets.code(&[second, first]);
            }
        }
        assert!(sets.overflow());
        assert_eq!((sets.sets().len(), sets.code(&[404, 404])), (MOST, Missing::Invalid.code()));
        assert_eq!(sets.code(&[5, 6]), sets.code(&[6, 5]));
    }

    #[test]
    fn workers_with_other_codes_find_the_same_sets() {
        let (mut left, mut right) = (SetCodes::default(), SetCodes::default());
        // The left knows b, a; the right a, c, b.
        for set in [&[5, 6][..], &[5], &[]] {
            left.code(set);
        }
        for set in [&[7][..], &[6, 5], &[5]] {
            right.code(set);
        }
        let recode = |worker: usize, code: Code| [[6, 5, 0], [5, 7, 6]][worker][usize::from(code) - 5];
        let names = ["a", "b", "c"].map(str::to_owned);
        let (all, without_the_last) = ([5, 6, 7].into(), [1, 5, 6].into());
        let found =
            FoundSets::settle([(&left, &all), (&right, &without_the_last)].into_iter(), recode, &names);
        assert_eq!(found.names, ["", "b", "a\u{1f}b", "a\u{1f}c"]);
        assert_eq!([5, 6, 7, 1].map(|code| found.of(0, code)), [7, 6, 5, 1]);
        assert_eq!([5, 6, 7].map(|code| found.of(1, code)), [6, 8, Missing::NotAsked.code()]);
    }
}
