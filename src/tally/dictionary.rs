//! The categories of a variable over all workers: their order, and each worker's codes in it.
//!
//! Declared labels come first in the order in which they were written. What was found beside them follows: by
//! value when all of it is numeric, bands by the number they begin with, else by code point.

use std::collections::{BTreeMap, BTreeSet};

use super::bands;
use crate::survey::{Code, Missing, REASONS};

/// The categories of one variable in their final order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Dictionary {
    names: Vec<String>,
    codes: BTreeMap<String, Code>,
}

impl Dictionary {
    /// A dictionary of declared labels and of names found beside them. Names beyond the last code are left out,
    /// which callers prevent by refusing too many.
    pub(super) fn new(declared: &[String], found: &BTreeSet<&str>) -> Self {
        let mut names: Vec<String> = Vec::with_capacity(declared.len() + found.len());
        let mut known = BTreeSet::new();
        for label in declared {
            if known.insert(label.as_str()) {
                names.push(label.clone());
            }
        }
        let others: Vec<&str> = found.iter().copied().filter(|name| !known.contains(name)).collect();
        names.extend(in_order(others).into_iter().map(str::to_owned));
        let numbered =
            names.iter().enumerate().filter_map(|(index, name)| Some((name.clone(), code(index)?)));
        let codes = numbered.collect();
        Self { names, codes }
    }

    /// The names in order.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// What each of a worker's codes is here, by that code; names that nobody counted become not asked.
    pub(super) fn recode(&self, local: &[String]) -> Vec<Code> {
        let found =
            local.iter().map(|name| self.codes.get(name).copied().unwrap_or(Missing::NotAsked.code()));
        Missing::ALL.iter().map(|reason| reason.code()).chain(found).collect()
    }
}

/// The code of the category at an index.
pub(super) fn code(index: usize) -> Option<Code> {
    Code::try_from(index + REASONS).ok()
}

/// Names by value when all are numbers, by the number they begin with when nearly all begin with one, else by code
/// point.
fn in_order(mut names: Vec<&str>) -> Vec<&str> {
    names.sort_unstable();
    let values: Option<Vec<f64>> =
        names.iter().map(|name| name.parse().ok().filter(|value: &f64| value.is_finite())).collect();
    let Some(values) = values else { return bands::in_order(names) };
    let mut numbered: Vec<(f64, &str)> = values.into_iter().zip(names).collect();
    numbered.sort_by(|left, right| left.0.total_cmp(&right.0));
    numbered.into_iter().map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(declared: &[&str], found: &[&str]) -> Vec<String> {
        let declared: Vec<String> = declared.iter().map(|&label| label.to_owned()).collect();
        Dictionary::new(&declared, &found.iter().copied().collect()).names().to_vec()
    }

    #[test]
    fn declared_labels_come_first_in_written_order() {
        assert_eq!(
            names(&["South", "North"], &["West", "North", "East"]),
            ["South", "North", "East", "West"]
        );
        assert_eq!(names(&["a", "a"], &[]), ["a"]);
    }

    #[test]
    fn numbers_are_ordered_by_value_only_when_all_are() {
        assert_eq!(names(&[], &["10", "9", "-1", "2.5"]), ["-1", "2.5", "9", "10"]);
        assert_eq!(names(&[], &["10", "9", "none"]), ["9", "10", "none"], "as bands are");
        assert_eq!(names(&[], &["10", "9", "a", "b", "c"]), ["10", "9", "a", "b", "c"]);
    }

    #[test]
    fn a_worker_s_codes_are_recoded_by_name() {
        let dictionary = Dictionary::new(&[], &["b", "a"].into());
        let local = ["b".to_owned(), "unused".to_owned(), "a".to_owned()];
        assert_eq!(dictionary.recode(&local), [0, 1, 2, 3, 4, 6, 0, 5]);
    }
}
