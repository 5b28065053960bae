//! Complaints about promises: those that events led to, or those of a file that name a promise.

use std::collections::BTreeMap;

use crate::analysis::records::{Calendar, DAY, Part, Wall, code, zone};
use crate::report::PromiseComplaints;
use crate::source::cases::{Cases, Categories};
use crate::survey::{CaseState, PromisesDefinition};

use super::PromisesError;
use super::ask::PromiseComplaintCases;
use super::book::Book;
use super::register::Register;

/// The complaints about one promise.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct About {
    pub(super) complaints: u64,
    /// Those about a misunderstanding, of those with a category.
    pub(super) misunderstood: Part,
}

impl About {
    /// Several together.
    pub(super) fn sum<'a>(of: impl Iterator<Item = &'a Self>) -> Self {
        of.fold(Self::default(), |sum, one| Self {
            complaints: sum.complaints + one.complaints,
            misunderstood: Part {
                count: sum.misunderstood.count + one.misunderstood.count,
                base: sum.misunderstood.base + one.misunderstood.base,
            },
        })
    }
}

/// The complaints of a file.
#[derive(Debug)]
pub(super) struct ComplaintBook {
    /// By promise all of them.
    pub(super) all: Vec<About>,
    /// By period, then by promise; empty where nothing says when complaints came in.
    pub(super) periods: Vec<Vec<About>>,
    /// Whether categories tell of misunderstandings.
    pub(super) knows_misunderstandings: bool,
    /// The account.
    pub(super) account: PromiseComplaints,
}

impl ComplaintBook {
    /// The complaints of a file about the promises of the register. A complaint names its promise, or is tied to the first
    /// event that led to it.
    pub(super) fn new(
        ask: &PromiseComplaintCases<'_>,
        definition: &PromisesDefinition,
        book: &Book,
        register: &Register,
        calendar: &Calendar,
    ) -> Result<Self, PromisesError> {
        let cases = ask.cases;
        let count = register.promises.len();
        let received =
            Wall::new(cases, "received", zone(cases, &["received"], ask.definition.time_zone.as_ref())?);
        let named = cases.categories("promise");
        let promise_of = named.map(|named| register.of_codes(named)).unwrap_or_default();
        let tied = ties(book);
        let ids = cases.identities("id").filter(|_| !tied.is_empty());
        let categories = cases.categories("category").filter(|_| !definition.misunderstood.is_empty());
        let misunderstandings: Vec<bool> = categories.map_or_else(Vec::new, |found| {
            found.names().iter().map(|name| definition.is_misunderstanding(name)).collect()
        });
        let mut found = Self {
            all: vec![About::default(); count],
            periods: received
                .map_or_else(Vec::new, |_| vec![vec![About::default(); count]; calendar.labels.len()]),
            knows_misunderstandings: categories.is_some(),
            account: PromiseComplaints {
                by: if named.is_some() { "complaints" } else { "both" }.to_owned(),
                input: Some(ask.input.to_owned()),
                records: Some(0),
                about: 0,
                about_none: Some(0),
                unknown_promise: Some(0),
                outside: Some(0),
                misunderstood: definition.misunderstood.clone(),
            },
        };
        for case in (0..cases.rows()).filter(|case| counts(ask, *case)) {
            let account = &mut found.account;
            add_one(&mut account.records);
            let text = named.map_or(Categories::NONE, |named| code(named, case));
            let promise = if text == Categories::NONE {
                let id = ids.and_then(|ids| ids.hashes().get(case));
                id.and_then(|id| tied.get(id).copied())
            } else {
                let known = promise_of.get(usize::from(text)).copied().flatten();
                if known.is_none() {
                    add_one(&mut account.unknown_promise);
                    continue;
                }
                known
            };
            let Some(promise) = promise else {
                add_one(&mut account.about_none);
                continue;
            };
            let at = received.map(|wall| wall.get(case));
            let is_inside = |at: i64| (calendar.begins..=book.as_of).contains(&at);
            if at.is_some_and(|at| at.is_none_or(|at| !is_inside(at))) {
                add_one(&mut account.outside);
                continue;
            }
            account.about += 1;
            let category = categories.map_or(Categories::NONE, |categories| code(categories, case));
            let misunderstood = misunderstandings.get(usize::from(category)).copied();
            let period = at.flatten().map(|at| calendar.place(at));
            let of_period = period.and_then(|period| found.periods.get_mut(period)?.get_mut(promise));
            for about in found.all.get_mut(promise).into_iter().chain(of_period) {
                about.complaints += 1;
                about.misunderstood.add(misunderstood);
            }
        }
        Ok(found)
    }
}

fn add_one(count: &mut Option<u64>) {
    *count = Some(count.unwrap_or(0) + 1);
}

/// Whether a record is a complaint that counts.
fn counts(ask: &PromiseComplaintCases<'_>, case: usize) -> bool {
    let text = |cases: &Cases, field: &str| {
        cases.categories(field).map(|found| found.get(case).unwrap_or_default().to_owned())
    };
    let is_left_out = text(ask.cases, "status")
        .is_some_and(|status| ask.definition.state_of(&status) == Some(CaseState::LeftOut));
    !is_left_out && text(ask.cases, "kind").is_none_or(|kind| ask.definition.counts(&kind))
}

/// By hash of a complaint the promise of the first event that led to it; of events on one day the first promise.
fn ties(book: &Book) -> BTreeMap<u64, usize> {
    let mut found: BTreeMap<u64, (i64, usize)> = BTreeMap::new();
    for (event, complaint) in book.complaint.iter().enumerate().filter(|(_, complaint)| **complaint != 0) {
        let (Some(at), Some(promise)) = (book.at.get(event), book.promise.get(event)) else { continue };
        let own = (i64::from(*at) / DAY, *promise);
        found.entry(*complaint).and_modify(|known| *known = own.min(*known)).or_insert(own);
    }
    found.into_iter().map(|(complaint, (_, promise))| (complaint, promise)).collect()
}
