//! Who complains again: customers with several complaints, and the same complaint of the same customer once more.

use crate::analysis::records::{DAY, Grouping, Part, code};
use crate::source::cases::{Cases, Categories, Identities};

use super::book::Book;

/// The days within which a complaint of the same customer about the same is the same once more; a choice of ours.
const RECURRING_DAYS: i64 = 90;
/// Neither yes nor no.
const NONE: u8 = u8::MAX;

/// Complaints in order of customer, category and receipt; those without a customer are left out.
pub(super) struct Customers<'a> {
    identities: &'a Identities,
    categories: Option<&'a Categories>,
    cases: &'a [u32],
    /// Half of the customer's hash, and the complaint: small, as there are as many as complaints.
    sorted: Vec<(u32, u32)>,
}

impl<'a> Customers<'a> {
    /// `None` without a column of customers.
    pub(super) fn new(cases: &'a Cases, book: &'a Book) -> Option<Self> {
        let customers = cases.identities("customer")?;
        let mut sorted: Vec<(u32, u32)> = Vec::with_capacity(book.len());
        sorted.extend((0_u32..).zip(&book.cases).filter_map(|(complaint, case)| {
            let half = u32::try_from(customers.get(*case as usize)? >> 32).unwrap_or(0);
            Some((half, complaint))
        }));
        sorted.sort_unstable();
        let categories = cases.categories("category");
        let mut found = Self { identities: customers, categories, cases: &book.cases, sorted: Vec::new() };
        for alike in sorted.chunk_by_mut(|one, other| one.0 == other.0).filter(|alike| alike.len() > 1) {
            alike.sort_unstable_by_key(|(_, complaint)| {
                let received = book.received.get(*complaint as usize).copied();
                (found.customer(*complaint), found.category(*complaint), received, *complaint)
            });
        }
        found.sorted = sorted;
        Some(found)
    }

    fn case(&self, complaint: u32) -> usize {
        self.cases.get(complaint as usize).map_or(usize::MAX, |case| *case as usize)
    }

    fn customer(&self, complaint: u32) -> Option<u64> {
        self.identities.get(self.case(complaint))
    }

    fn category(&self, complaint: u32) -> u16 {
        self.categories.map_or(Categories::NONE, |found| code(found, self.case(complaint)))
    }

    /// The complaints of each customer.
    fn of_each(&self) -> impl Iterator<Item = &[(u32, u32)]> {
        self.sorted.chunk_by(|one, other| one.0 == other.0 && self.customer(one.1) == self.customer(other.1))
    }

    /// By group the customers with at least two complaints in it, of those with any.
    pub(super) fn repeated(&self, grouping: &Grouping) -> Vec<Part> {
        let mut parts = vec![Part::default(); grouping.groups.len()];
        let mut groups: Vec<usize> = Vec::new();
        for customer in self.of_each() {
            groups.clear();
            groups.extend(customer.iter().filter_map(|(_, complaint)| grouping.group(*complaint as usize)));
            groups.sort_unstable();
            for run in groups.chunk_by(|one, other| one == other) {
                if let Some(part) = run.first().and_then(|group| parts.get_mut(*group)) {
                    part.add(Some(run.len() >= 2));
                }
            }
        }
        parts
    }

    /// By complaint whether the same customer had complained about the same within the 90 days before: 1 or 0, something
    /// else without a customer or a category.
    pub(super) fn recurrent(&self, book: &Book) -> Vec<u8> {
        let mut answers = vec![NONE; book.len()];
        let received = |complaint: u32| book.received.get(complaint as usize).copied().map_or(0, i64::from);
        let same = |one: u32, other: u32| self.category(one) == self.category(other);
        for same in self.of_each().flat_map(|of| of.chunk_by(move |one, other| same(one.1, other.1))) {
            let mut before: Option<i64> = None;
            for (_, complaint) in same {
                let at = received(*complaint);
                let again = before.is_some_and(|before| at - before <= RECURRING_DAYS * DAY);
                before = Some(at);
                if let Some(answer) = answers.get_mut(*complaint as usize)
                    && self.category(*complaint) != Categories::NONE
                {
                    *answer = u8::from(again);
                }
            }
        }
        answers
    }
}
