//! The judgements of each item in one group of rows.

use crate::analysis::plan::PlanMap;
use crate::measures::Fulfilment;
use crate::report::ChecklistItemRow;
use crate::survey::{Clause, Measure, Missing, Question, Survey, mask};
use crate::tally::{Counted, Counts, Stratum};

use super::figures;

/// The most owners that are named.
const OWNERS_NAMED: usize = 3;

/// One item.
#[derive(Debug)]
pub(super) struct Item<'a> {
    /// Its place among the questions.
    pub(super) index: usize,
    pub(super) question: &'a Question,
    pub(super) found: Fulfilment,
    /// How many of the unanswered say something that nobody knows.
    pub(super) unknown: u64,
    /// How many yes have nothing that shows them; `None` without a column of evidence.
    pub(super) yes_without_evidence: Option<u64>,
    /// Who is responsible, most named first; `None` without a column of owners.
    pub(super) owners: Option<Vec<String>>,
}

/// The items of a survey in a stratum, in written order.
pub(super) fn items<'a>(
    survey: &'a Survey,
    map: &PlanMap,
    counted: &Counted,
    stratum: &Stratum,
) -> Vec<Item<'a>> {
    let Some(extra) = &map.checklist else { return Vec::new() };
    let items = survey.questions.iter().enumerate().filter(|(_, asked)| asked.measure == Measure::Checklist);
    let of = |tallies: &[Option<usize>], index: usize| {
        let tally = tallies.get(index).copied().flatten()?;
        Some((tally, stratum.counts.get(tally)?))
    };
    let item = |(index, question): (usize, &'a Question)| {
        let scale = question.scale.as_ref()?;
        let (_, counts) = of(&map.tallies, index)?;
        let mut found = Fulfilment::of(scale, counts)?;
        let is_silent = found.base() + found.not_applicable + found.unanswered == 0;
        if is_silent && question.base.is_none() {
            // The file has nothing of it: that is no answer either.
            found.unanswered = 1;
        }
        let shown = of(&extra.shown, index).and_then(|(_, counts)| Fulfilment::of(scale, counts));
        let owners = of(&extra.owners, index)
            .map(|(tally, counts)| owners(counts, counted.categories.get(tally).map_or(&[], Vec::as_slice)));
        let yes_without_evidence = shown.map(|shown| found.yes.n.saturating_sub(shown.yes.n));
        let unknown = counts.missing(Missing::Invalid).n;
        Some(Item { index, question, found, unknown, yes_without_evidence, owners })
    };
    items.filter_map(item).collect()
}

/// All items together.
pub(super) fn all<'i>(items: impl IntoIterator<Item = &'i Item<'i>>) -> Fulfilment {
    let mut together = Fulfilment::default();
    for item in items {
        together.add(&item.found);
    }
    together
}

/// The names in a column of owners, the most frequent first, those as frequent by name; addresses and numbers of persons
/// are masked.
fn owners(counts: &Counts, names: &[String]) -> Vec<String> {
    let Counts::Single(counts) = counts else { return Vec::new() };
    let mut found: Vec<(u64, &String)> =
        counts.points.iter().map(|count| count.n).zip(names).filter(|(n, _)| *n > 0).collect();
    found.sort_by(|(one, first), (other, second)| other.cmp(one).then(first.cmp(second)));
    found.into_iter().map(|(_, name)| mask(name).map_or_else(|| name.clone(), |masked| masked.text)).collect()
}

impl Item<'_> {
    /// Its clause.
    pub(super) fn clause(&self) -> Option<&Clause> {
        self.question.item.clause.as_ref()
    }

    /// How many have said something of it, be it that it does not apply.
    pub(super) fn judgements(&self) -> u64 {
        self.found.base() + self.found.not_applicable
    }

    /// The owners that are named, and how many more there are.
    pub(super) fn named_owners(&self) -> (Option<Vec<String>>, u64) {
        let named = self.owners.as_ref().map(|names| names.iter().take(OWNERS_NAMED).cloned().collect());
        let count = self.owners.as_ref().map_or(0, Vec::len);
        (named, count.saturating_sub(OWNERS_NAMED) as u64)
    }

    /// The item as a section has it.
    pub(super) fn row(&self) -> ChecklistItemRow {
        let (owners, more_owners) = self.named_owners();
        ChecklistItemRow {
            question: self.question.id.clone(),
            clause: self.clause().map(ToString::to_string),
            figures: figures(&self.found),
            yes_without_evidence: self.yes_without_evidence,
            owners,
            more_owners,
        }
    }
}
