//! Which cells are hidden, so that small groups cannot be known nor worked out.
//!
//! A subgroup below the limit is hidden; the total, of a wave too, never is. Cells of a wave add up: a segment's values
//! and the rows without a value make the total, a crossing makes each of its margins. Wherever exactly one part of such
//! a sum is hidden, or fewer respondents than the limit are hidden in all, the next smallest is hidden too, until no
//! sum has exactly one hidden part. Then all sums are solved together: as long as they determine a hidden cell, another
//! one beside it is hidden. Rows without a value of the segment are a part that is never shown; where they are
//! few they are protected like a cell. Raw bases decide, not weighted ones.
//!
//! A cell of all waves together is the sum of its waves, so it is hidden where it is hidden in any wave. That is enough:
//! what all waves say is the sum of what each says. A wave is therefore hidden alike whichever other waves there are,
//! and every run over the same rows hides the same, whatever it shows. Runs with other filters cannot be protected
//! against.

use std::collections::{BTreeMap, BTreeSet};

use super::solvable::{SumOfUnknowns, determined};
use crate::report::{Estimate, Flag};

/// The most hidden cells that are solved together.
const MOST_UNKNOWNS: usize = 400;

/// The sums among the strata of a run; every question has the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Families {
    sums: Vec<Sum>,
    /// By cell: whether it is a total, which is no subgroup.
    totals: Vec<bool>,
    /// By cell: the sums that it belongs to.
    member_of: Vec<Vec<usize>>,
    /// The cells of all waves together, each with the same cell of every wave and the total of that wave.
    pooled: Vec<(usize, Vec<(usize, usize)>)>,
}

#[derive(Clone, Debug, PartialEq)]
struct Sum {
    whole: usize,
    parts: Vec<usize>,
}

/// A stratum's segments with their values.
pub(super) type Place = BTreeMap<String, String>;

impl Families {
    /// The sums among strata of these waves and places; all waves together are no wave.
    pub(super) fn new(strata: &[(Option<usize>, Place)]) -> Self {
        let mut waves: BTreeMap<Option<usize>, BTreeMap<&Place, usize>> = BTreeMap::new();
        for (cell, (wave, place)) in strata.iter().enumerate() {
            waves.entry(*wave).or_default().insert(place, cell);
        }
        // Beside its waves, what all together make up needs no sums of its own.
        let together = if waves.len() > 1 { waves.remove(&None) } else { None };
        let sums: Vec<Sum> = waves.values().flat_map(sums).collect();
        let mut member_of = vec![Vec::new(); strata.len()];
        for (index, sum) in sums.iter().enumerate() {
            for cell in sum.parts.iter().chain([&sum.whole]) {
                member_of[*cell].push(index);
            }
        }
        let total = Place::new();
        let pooled = together.into_iter().flatten().map(|(place, cell)| {
            let in_waves = waves.values().filter_map(|cells| Some((*cells.get(place)?, *cells.get(&total)?)));
            (cell, in_waves.collect())
        });
        let pooled = pooled.collect();
        Self { sums, totals: strata.iter().map(|(_, place)| place.is_empty()).collect(), member_of, pooled }
    }

    /// Why each cell is hidden, if it is, for the raw bases of one question.
    pub(super) fn hidden(&self, bases: &[u64], limit: u64) -> Vec<Option<Flag>> {
        let mut hidden: Vec<Option<Flag>> = bases
            .iter()
            .zip(&self.totals)
            .map(|(base, is_total)| (*base < limit && !is_total).then_some(Flag::Suppressed))
            .collect();
        if limit == 0 {
            return hidden;
        }
        let mut unsettled: BTreeSet<usize> = (0..self.sums.len()).collect();
        // Each round settles a sum or hides at least one more cell, so this ends.
        loop {
            while let Some(index) = unsettled.pop_first() {
                if let Some(next) = self.next(&self.sums[index], bases, limit, &hidden) {
                    hidden[next] = Some(Flag::Complementary);
                    unsettled.extend(&self.member_of[next]);
                }
            }
            let given_away = self.given_away(bases, &hidden);
            if given_away.is_empty() {
                break;
            }
            for cell in given_away {
                hidden[cell] = Some(Flag::Complementary);
                unsettled.extend(&self.member_of[cell]);
            }
        }
        for (cell, in_waves) in &self.pooled {
            // Where nobody answered in a wave there is nothing to work out.
            let in_some = in_waves.iter().any(|(part, total)| hidden[*part].is_some() && bases[*total] > 0);
            if hidden[*cell].is_none() && in_some && !self.totals[*cell] {
                hidden[*cell] = Some(Flag::Complementary);
            }
        }
        hidden
    }

    /// The cells that have to be hidden as well because several sums taken together give hidden ones away.
    fn given_away(&self, bases: &[u64], hidden: &[Option<Flag>]) -> BTreeSet<usize> {
        let mut more = BTreeSet::new();
        for sums in self.entangled(bases, hidden) {
            let members = || sums.iter().flat_map(|sum| sum.parts.iter().chain([&sum.whole])).copied();
            let shown = |cell: &usize| hidden[*cell].is_none() && !self.totals[*cell];
            let unknown = members().filter(|cell| hidden[*cell].is_some()).collect::<BTreeSet<usize>>();
            if unknown.len() > MOST_UNKNOWNS {
                // Too many to solve: of these sums no part is shown, so that none tells more than another.
                more.extend(sums.iter().flat_map(|sum| &sum.parts).filter(|cell| shown(cell)));
                continue;
            }
            let is_unknown = |cell: &usize| hidden[*cell].is_some();
            let unknowns = sums.iter().map(|sum| SumOfUnknowns {
                parts: sum.parts.iter().copied().filter(is_unknown).collect(),
                whole: Some(sum.whole).filter(is_unknown),
            });
            let Some(&told) = determined(&unknowns.collect::<Vec<_>>()).first() else { continue };
            // A neighbour in a sum of the cell, else of a cell that is entangled with it.
            let own = sums.iter().filter(|sum| sum.whole == told || sum.parts.contains(&told));
            let beside = own.flat_map(|sum| &sum.parts).copied().filter(shown);
            let next = beside.min_by_key(|cell| (bases[*cell], *cell));
            more.extend(next.or_else(|| members().filter(shown).min_by_key(|cell| (bases[*cell], *cell))));
        }
        more
    }

    /// The sums that add up and have hidden members, in groups that share none of those.
    fn entangled(&self, bases: &[u64], hidden: &[Option<Flag>]) -> Vec<Vec<&Sum>> {
        let adds_up = |sum: &Sum| bases[sum.whole] == sum.parts.iter().map(|part| bases[*part]).sum::<u64>();
        let unknowns = |sum: &Sum| {
            let members = sum.parts.iter().chain([&sum.whole]).copied();
            members.filter(|cell| hidden[*cell].is_some()).collect::<Vec<usize>>()
        };
        let mut left: BTreeSet<usize> = (0..self.sums.len())
            .filter(|sum| adds_up(&self.sums[*sum]) && !unknowns(&self.sums[*sum]).is_empty())
            .collect();
        let mut groups = Vec::new();
        while let Some(first) = left.pop_first() {
            let (mut group, mut waiting) = (Vec::new(), vec![first]);
            while let Some(index) = waiting.pop() {
                let sum = &self.sums[index];
                group.push(sum);
                for other in unknowns(sum).iter().flat_map(|cell| &self.member_of[*cell]) {
                    if left.remove(other) {
                        waiting.push(*other);
                    }
                }
            }
            // A sum alone was looked at by itself.
            if group.len() > 1 {
                groups.push(group);
            }
        }
        groups
    }

    /// The cell that a sum needs hidden as well.
    fn next(&self, sum: &Sum, bases: &[u64], limit: u64, hidden: &[Option<Flag>]) -> Option<usize> {
        let shown = sum.parts.iter().copied().filter(|part| hidden[*part].is_none());
        let smallest = shown.min_by_key(|part| (bases[*part], *part));
        let parts_hidden = sum.parts.iter().filter(|part| hidden[**part].is_some()).count();
        let whole_hidden = hidden[sum.whole].is_some();
        let answers = |parts: &mut dyn Iterator<Item = &usize>| parts.map(|part| bases[*part]).sum::<u64>();
        let rest = bases[sum.whole].saturating_sub(answers(&mut sum.parts.iter()));
        let few_rest = rest > 0 && rest < limit;
        let hidden_answers = answers(&mut sum.parts.iter().filter(|part| hidden[**part].is_some()))
            + if few_rest { rest } else { 0 };
        let lonely = parts_hidden + usize::from(whole_hidden) + usize::from(few_rest) == 1;
        let few = !whole_hidden && (parts_hidden > 0 || few_rest) && hidden_answers < limit;
        if !(lonely || few) {
            return None;
        }
        // Where no part is left to hide, the whole would still give the only one away.
        let whole = (!whole_hidden && lonely && rest == 0 && !self.totals[sum.whole]).then_some(sum.whole);
        smallest.or(whole)
    }
}

/// The sums among the places of one wave: each coarser grouping is made up by each finer one.
fn sums(cells: &BTreeMap<&Place, usize>) -> Vec<Sum> {
    let dimensions = |place: &Place| place.keys().cloned().collect::<BTreeSet<String>>();
    let groupings: BTreeSet<BTreeSet<String>> = cells.keys().map(|place| dimensions(place)).collect();
    let mut sums: BTreeMap<(usize, &BTreeSet<String>), Vec<usize>> = BTreeMap::new();
    for (place, part) in cells {
        let own = dimensions(place);
        let Some(fine) = groupings.get(&own) else { continue };
        for coarse in groupings.iter().filter(|coarse| **coarse != own && coarse.is_subset(&own)) {
            let margin: Place = place
                .iter()
                .filter(|(dimension, _)| coarse.contains(*dimension))
                .map(|(d, v)| (d.clone(), v.clone()))
                .collect();
            if let Some(whole) = cells.get(&margin) {
                sums.entry((*whole, fine)).or_default().push(*part);
            }
        }
    }
    sums.into_iter().map(|((whole, _), parts)| Sum { whole, parts }).collect()
}

/// Takes every figure and base out of an estimate.
pub(super) fn hide(estimate: &mut Estimate, flag: Flag) {
    estimate.value = None;
    estimate.se = None;
    estimate.low = None;
    estimate.high = None;
    estimate.method = None;
    estimate.base = None;
    estimate.base_weighted = None;
    estimate.base_effective = None;
    estimate.degrees_of_freedom = None;
    estimate.base_kish = None;
    estimate.design_effect_kish = None;
    estimate.target_verdict = None;
    estimate.flag = Some(flag);
}

#[cfg(test)]
#[path = "suppression_tests.rs"]
mod tests;
