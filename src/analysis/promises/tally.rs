//! What is counted of every promise in every group, in one pass over the events.

use crate::analysis::records::{Grouping, Part};

use super::book::{Book, NOT_JUDGED};
use super::register::Register;

/// The counts of one promise in one group.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub(super) events: u64,
    /// Kept of those judged.
    pub(super) kept: Part,
    /// By how much breaches go beyond the target.
    pub(super) overshoots: Vec<f64>,
    /// What they are in.
    pub(super) unit: UnitSeen,
    /// Given in full of those due.
    pub(super) honoured: Part,
    pub(super) partly: u64,
    /// The amounts due, and those given where something was due.
    pub(super) amounts: Vec<(f64, f64)>,
    /// Complaints, each once after [`Self::settle`].
    pub(super) complaints: Vec<u64>,
}

/// The unit of some values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum UnitSeen {
    /// There are no values.
    #[default]
    None,
    /// All values are in this unit, where it is declared.
    One(Option<String>),
    /// There are values in several.
    Mixed,
}

impl UnitSeen {
    fn add(&mut self, unit: Option<&str>) {
        let is_same = |known: &Option<String>| known.as_deref() == unit;
        match self {
            Self::None => *self = Self::One(unit.map(str::to_owned)),
            Self::One(known) if is_same(known) => {}
            Self::One(_) | Self::Mixed => *self = Self::Mixed,
        }
    }

    fn merge(&mut self, other: &Self) {
        match other {
            Self::None => {}
            Self::One(unit) => self.add(unit.as_deref()),
            Self::Mixed => *self = Self::Mixed,
        }
    }
}

impl Tally {
    fn add(&mut self, book: &Book, register: &Register, event: usize) {
        self.events += 1;
        let kept = book.kept.get(event).copied().filter(|kept| *kept != NOT_JUDGED);
        self.kept.add(kept.map(|kept| kept == 1));
        let overshoot = book.overshoot.get(event).copied().filter(|overshoot| !overshoot.is_nan());
        if let Some(overshoot) = overshoot {
            let version = book.version.get(event).and_then(|version| register.versions.get(*version));
            self.overshoots.push(overshoot);
            self.unit.add(version.and_then(|version| version.unit.as_deref()));
        }
        let due = book.due.get(event).copied().filter(|due| *due > 0.0);
        if let Some(due) = due {
            // Where nothing is noted nothing was given.
            let paid = book.paid.get(event).copied().filter(|paid| !paid.is_nan()).unwrap_or(0.0);
            self.honoured.add(Some(paid >= due));
            self.partly += u64::from(paid > 0.0 && paid < due);
            self.amounts.push((due, paid));
        }
        if let Some(complaint) = book.complaint.get(event).copied().filter(|complaint| *complaint != 0) {
            self.complaints.push(complaint);
        }
    }

    /// Brings what was gathered into an order that does not depend on that of the rows.
    fn settle(&mut self) {
        self.overshoots.sort_unstable_by(f64::total_cmp);
        self.amounts.sort_unstable_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
        self.complaints.sort_unstable();
        self.complaints.dedup();
    }

    /// Several promises together; a complaint about two of them counts once.
    pub(super) fn together(tallies: &[Self]) -> Self {
        let mut all = Self::default();
        for tally in tallies {
            all.events += tally.events;
            all.kept.count += tally.kept.count;
            all.kept.base += tally.kept.base;
            all.overshoots.extend(&tally.overshoots);
            all.unit.merge(&tally.unit);
            all.honoured.count += tally.honoured.count;
            all.honoured.base += tally.honoured.base;
            all.partly += tally.partly;
            all.amounts.extend(&tally.amounts);
            all.complaints.extend(&tally.complaints);
        }
        all.settle();
        all
    }
}

/// By group of a grouping the counts of each promise.
pub(super) fn tallies(book: &Book, register: &Register, grouping: &Grouping) -> Vec<Vec<Tally>> {
    let mut tallies = vec![vec![Tally::default(); register.promises.len()]; grouping.groups.len()];
    for event in 0..book.len() {
        let promise = book.promise.get(event).copied().unwrap_or(usize::MAX);
        let tally = grouping.group(event).and_then(|group| tallies.get_mut(group)?.get_mut(promise));
        if let Some(tally) = tally {
            tally.add(book, register, event);
        }
    }
    tallies.iter_mut().flatten().for_each(Tally::settle);
    tallies
}

/// The counts of each version.
pub(super) fn by_version(book: &Book, register: &Register) -> Vec<Tally> {
    let mut tallies = vec![Tally::default(); register.versions.len()];
    for event in 0..book.len() {
        let version = book.version.get(event).copied().unwrap_or(usize::MAX);
        if let Some(tally) = tallies.get_mut(version) {
            tally.add(book, register, event);
        }
    }
    tallies.iter_mut().for_each(Tally::settle);
    tallies
}
