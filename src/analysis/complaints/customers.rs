//! Who complains again: customers with several complaints, and the same complaint of the same customer once more.

use crate::source::cases::{Cases, Categories};

use super::book::{Book, code};
use super::groupings::Grouping;
use super::tally::Part;
use super::wall::DAY;

/// The days within which a complaint of the same customer about the same is the same once more; a choice of ours.
const RECURRING_DAYS: i64 = 90;
/// Neither yes nor no.
const NONE: u8 = u8::MAX;

/// Complaints in order of customer, category and receipt; those without a customer are left out.
pub(super) struct Customers {
    /// The hash of the customer, the category, the complaint.
    sorted: Vec<(u64, u16, u32)>,
}

impl Customers {
    /// `None` without a column of customers.
    pub(super) fn new(cases: &Cases, book: &Book) -> Option<Self> {
        let customers = cases.identities("customer")?;
        let categories = cases.categories("category");
        let mut sorted: Vec<(u64, u16, u32)> = (0_u32..)
            .zip(&book.cases)
            .filter_map(|(complaint, case)| {
                let case = *case as usize;
                let category = categories.map_or(Categories::NONE, |found| code(found, case));
                Some((customers.get(case)?, category, complaint))
            })
            .collect();
        sorted.sort_unstable_by_key(|(customer, category, complaint)| {
            (*customer, *category, book.received.get(*complaint as usize).copied())
        });
        Some(Self { sorted })
    }

    /// By group the customers with at least two complaints in it, of those with any.
    pub(super) fn repeated(&self, grouping: &Grouping) -> Vec<Part> {
        let mut parts = vec![Part::default(); grouping.groups.len()];
        let mut groups: Vec<usize> = Vec::new();
        for customer in self.sorted.chunk_by(|one, other| one.0 == other.0) {
            groups.clear();
            groups
                .extend(customer.iter().filter_map(|(_, _, complaint)| grouping.group(*complaint as usize)));
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
        for same in self.sorted.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
            let mut before: Option<i64> = None;
            for (_, category, complaint) in same {
                let at = received(*complaint);
                let again = before.is_some_and(|before| at - before <= RECURRING_DAYS * DAY);
                before = Some(at);
                if let Some(answer) = answers.get_mut(*complaint as usize)
                    && *category != Categories::NONE
                {
                    *answer = u8::from(again);
                }
            }
        }
        answers
    }
}
