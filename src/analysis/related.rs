//! How groups move together under a design: groups that share clusters or respondents are no independent samples, and
//! neither are a group and everybody else.

use std::collections::BTreeMap;

use crate::measures::{CellAnswers, DesignCovariances, DesignVariance, DomainAnswers, Related};
use crate::tally::{Count, Counts};

/// Groups (columns, values of a segment), and by group everybody else, as domains of one design.
pub(super) struct Relations {
    pub(super) known: DesignCovariances,
    /// By group, its domain; `None` where nobody answered.
    pub(super) groups: Vec<Option<usize>>,
    /// By group, that of everybody else; empty where nobody asked.
    rests: Vec<Option<usize>>,
}

/// Rows by the groups they stand in; no row is in two of them.
pub(super) type Part = (Vec<usize>, Vec<CellAnswers>);

/// More groups than these are known to move together with everybody else only: their pairs would be too many.
pub(super) const MOST_RELATED: usize = 60;

impl Relations {
    /// The relations of so many groups, and with a total of everybody else than each group; `None` where nothing
    /// can be said.
    pub(super) fn new(
        design: &dyn DesignVariance,
        mut parts: Vec<Part>,
        groups: usize,
        total: Option<Vec<CellAnswers>>,
    ) -> Option<Self> {
        let with_rests = total.is_some();
        if let Some(total) = total {
            let outside = others(total, &parts)?;
            parts.push((Vec::new(), outside));
        }
        let answers = |is_own: &dyn Fn(&[usize]) -> bool| {
            parts.iter().any(|(own, answers)| is_own(own) && !answers.is_empty())
        };
        let mut domains = 0;
        let mut next = |is_there: bool| {
            let place = is_there.then_some(domains);
            domains += usize::from(is_there);
            place
        };
        let own: Vec<Option<usize>> =
            (0..groups).map(|group| next(answers(&|own| own.contains(&group)))).collect();
        let rests = 0..if with_rests { groups } else { 0 };
        let rests: Vec<Option<usize>> =
            rests.map(|group| next(answers(&|own| !own.contains(&group)))).collect();
        let of_part = |(of, answers): Part| {
            let others = rests.iter().enumerate().filter(|(group, _)| !of.contains(group));
            let domains =
                of.iter().filter_map(|group| own[*group]).chain(others.filter_map(|(_, rest)| *rest));
            DomainAnswers { domains: domains.collect(), answers }
        };
        let members: Vec<DomainAnswers> = parts.into_iter().map(of_part).collect();
        // Everybody else than one group is compared with that group only.
        let mut rest_of: Vec<Option<usize>> = vec![None; domains];
        for (group, rest) in own.iter().zip(&rests) {
            if let Some(known) = group.and_then(|group| rest_of.get_mut(group)) {
                *known = *rest;
            }
        }
        let columns = own.iter().flatten().count();
        let each_other = groups <= MOST_RELATED;
        let wanted = |one: usize, other: usize| {
            (each_other && other < columns) || rest_of.get(one) == Some(&Some(other))
        };
        let known = design.covariances(&members, domains, &wanted)?;
        Some(Self { known, groups: own, rests })
    }

    /// What two groups have to do with each other.
    pub(super) fn of_groups(&self, one: usize, other: usize) -> Option<Related> {
        let domain = |group: usize| self.groups.get(group).copied().flatten();
        Some(Related::of(&self.known, domain(one)?, domain(other)?))
    }

    /// What a group has to do with everybody else.
    pub(super) fn of_rest(&self, group: usize) -> Option<Related> {
        let rest = self.rests.get(group).copied().flatten()?;
        Some(Related::of(&self.known, rest, self.groups.get(group).copied().flatten()?))
    }
}

/// The answers of counts by cell, by what they count; `None` where they cannot be told apart.
pub(super) fn by_cell<'c>(
    cells: impl IntoIterator<Item = (usize, &'c Counts)>,
    scored: impl Fn(&Counts) -> Option<Vec<(f64, Count)>>,
) -> Option<Vec<CellAnswers>> {
    let mut found = Vec::new();
    for (cell, counts) in cells {
        let answers = scored(counts)?.into_iter().filter(|(_, count)| count.n > 0);
        found.extend(answers.map(|(x, count)| CellAnswers {
            cell,
            x,
            n: count.n,
            sum: count.w,
            sum_of_squares: count.w2,
        }));
    }
    Some(found)
}

/// What is left of all without those in any part; `None` where a part is not among all.
fn others(mut all: Vec<CellAnswers>, parts: &[Part]) -> Option<Vec<CellAnswers>> {
    let key = |own: &CellAnswers| (own.cell, own.x.to_bits());
    let places: BTreeMap<(usize, u64), usize> =
        all.iter().enumerate().map(|(place, own)| (key(own), place)).collect();
    for own in parts.iter().flat_map(|(_, answers)| answers) {
        let left = all.get_mut(*places.get(&key(own))?)?;
        left.n = left.n.checked_sub(own.n)?;
        left.sum -= own.sum;
        left.sum_of_squares -= own.sum_of_squares;
    }
    all.retain(|own| own.n > 0);
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::{CellAnswers, others};

    #[test]
    fn the_others_are_all_less_the_groups() {
        let own = |cell, x, n: u64| CellAnswers { cell, x, n, sum: n as f64, sum_of_squares: n as f64 };
        let all = vec![own(0, 1.0, 5), own(0, 2.0, 4), own(3, 1.0, 2)];
        let parts = vec![(vec![0], vec![own(0, 1.0, 5), own(3, 1.0, 1)])];
        assert_eq!(others(all.clone(), &parts), Some(vec![own(0, 2.0, 4), own(3, 1.0, 1)]));
        assert_eq!(others(all.clone(), &[]), Some(all.clone()));
        // More than all have, or an answer that nobody gave, is no part.
        assert_eq!(others(all.clone(), &[(vec![0], vec![own(3, 1.0, 3)])]), None);
        assert_eq!(others(all, &[(vec![0], vec![own(1, 1.0, 1)])]), None);
    }
}
