//! Items by clause: each clause with all that is below it, and what is missing in the order of the clauses.

use std::cmp::Ordering;

use indexmap::IndexSet;

use crate::measures::Fulfilment;
use crate::report::{ChecklistClause, ChecklistMissing};
use crate::survey::Clause;

use super::figures;
use super::items::{Item, all};

/// The standards in the order in which they are first named, each followed by its clauses by number.
pub(super) fn clauses(items: &[Item<'_>]) -> Vec<ChecklistClause> {
    let rows = grouped(items).into_iter();
    rows.map(|(standard, clause, below)| ChecklistClause {
        standard: standard.to_owned(),
        clause: clause.map(str::to_owned),
        depth: clause.map_or(0, |clause| clause.split('.').count() as u64),
        items: below.len() as u64,
        figures: figures(&all(below)),
    })
    .collect()
}

/// A standard, one of its clauses or `None` for the whole, and the items below it.
type Group<'i> = (&'i str, Option<&'i str>, Vec<&'i Item<'i>>);

fn grouped<'i>(items: &'i [Item<'i>]) -> Vec<Group<'i>> {
    let mut rows = Vec::new();
    for standard in standards(items) {
        let of_standard = || {
            let named = items.iter().filter_map(|item| Some((item.clause()?, item)));
            named.filter(|(clause, _)| clause.standard == standard)
        };
        rows.push((standard, None, of_standard().map(|(_, item)| item).collect()));
        let numbers: IndexSet<&str> = of_standard().flat_map(|(clause, _)| clause.levels()).collect();
        let mut numbers: Vec<&str> = numbers.into_iter().collect();
        numbers.sort_by(|one, other| by_number(one, other));
        for number in numbers {
            let below = of_standard().filter(|(clause, _)| clause.levels().any(|level| level == number));
            rows.push((standard, Some(number), below.map(|(_, item)| item).collect()));
        }
    }
    rows
}

/// The judgements of each standard and clause by its name, in the order of [`clauses`].
pub(super) fn by_clause(items: &[Item<'_>]) -> Vec<(String, Fulfilment)> {
    let rows = grouped(items).into_iter();
    rows.map(|(standard, number, below)| {
        let name = number.map_or_else(|| standard.to_owned(), |number| format!("{standard}, {number}"));
        (name, all(below))
    })
    .collect()
}

/// What is not met or not known to be, by standard and clause; items without a clause come last.
pub(super) fn missing(items: &[Item<'_>]) -> Vec<ChecklistMissing> {
    let standards = standards(items);
    let place = |clause: &Clause| standards.get_index_of(clause.standard.as_str());
    let mut listed: Vec<(&Item<'_>, Vec<String>)> =
        items.iter().map(|item| (item, reasons(item))).filter(|(_, reasons)| !reasons.is_empty()).collect();
    listed.sort_by(|(one, _), (other, _)| match (one.clause(), other.clause()) {
        (Some(one), Some(other)) => {
            place(one).cmp(&place(other)).then_with(|| by_number(&one.number, &other.number))
        }
        (one, other) => other.is_some().cmp(&one.is_some()),
    });
    let row = |(item, reasons): (&Item<'_>, Vec<String>)| {
        let (owners, more_owners) = item.named_owners();
        let clause = item.clause().map(ToString::to_string);
        ChecklistMissing { question: item.question.id.clone(), clause, reasons, owners, more_owners }
    };
    listed.into_iter().map(row).collect()
}

fn reasons(item: &Item<'_>) -> Vec<String> {
    let found = [
        ("no", item.found.no.n),
        ("partly", item.found.partly.n),
        ("unanswered", item.found.unanswered),
        ("without_evidence", item.yes_without_evidence.unwrap_or(0)),
    ];
    found.into_iter().filter(|(_, count)| *count > 0).map(|(reason, _)| reason.to_owned()).collect()
}

fn standards<'i>(items: &'i [Item<'_>]) -> IndexSet<&'i str> {
    items.iter().filter_map(|item| Some(item.clause()?.standard.as_str())).collect()
}

/// Clauses by their numbers: 7.3 before 7.10, clauses before annexes.
fn by_number(one: &str, other: &str) -> Ordering {
    let key =
        |part: &str| part.parse::<u32>().map_or((1, 0, part.to_owned()), |number| (0, number, String::new()));
    one.split('.').map(key).cmp(other.split('.').map(key))
}

#[cfg(test)]
mod tests {
    use super::by_number;

    #[test]
    fn clauses_are_in_the_order_of_their_numbers() {
        let mut numbers = ["D.3", "7.10", "7", "7.3.2", "10", "7.3", "D", "8.1", "7.3.10"];
        numbers.sort_by(|one, other| by_number(one, other));
        assert_eq!(numbers, ["7", "7.3", "7.3.2", "7.3.10", "7.10", "8.1", "10", "D", "D.3"]);
    }
}
