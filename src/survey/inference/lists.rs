//! Cells with several answers: `App; Counter`, `App|Counter` or `App, Counter`.

use std::collections::{BTreeMap, BTreeSet};

use super::values::Values;

/// The most different parts of a list of answers.
const MOST_PARTS: usize = 30;
/// The longest part, in characters.
const LONGEST_PART: usize = 40;

/// What divides the answers of a cell, as a definition writes it: a semicolon unless the cells show another.
pub(super) fn separator(values: &Values) -> &'static str {
    let share = |mark: char| values.texts_percent(|text| text.contains(mark));
    if share(';') > 0 {
        ";"
    } else if share('|') > 0 {
        "|"
    } else if share(',') > 0 {
        ","
    } else {
        ";"
    }
}

/// Whether the cells are lists of a few answers with commas between them: the same parts come back in other cells,
/// not always as many of them (`Austin, TX` always has two), and never twice in a cell.
pub(super) fn are_comma_lists(values: &Values) -> bool {
    if values.overflow || values.texts_percent(|text| text.contains(", ")) < 20 {
        return false;
    }
    let mut cells_of: BTreeMap<&str, usize> = BTreeMap::new();
    let mut lengths = BTreeSet::new();
    for (text, _) in &values.texts {
        let parts: Vec<&str> = text.split(',').map(str::trim).collect();
        let distinct: BTreeSet<&str> = parts.iter().copied().collect();
        let odd = |part: &&str| part.is_empty() || part.chars().count() > LONGEST_PART;
        if distinct.len() != parts.len() || parts.iter().any(odd) {
            return false;
        }
        lengths.insert(parts.len());
        for part in distinct {
            *cells_of.entry(part).or_insert(0) += 1;
        }
    }
    let repeated = cells_of.values().filter(|cells| **cells > 1).count();
    lengths.len() > 1 && cells_of.len() <= MOST_PARTS && repeated * 3 >= cells_of.len() * 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::ColumnProfile;

    fn values(texts: &[&str]) -> Values {
        Values::of(&ColumnProfile {
            values: texts.iter().map(|text| ((*text).to_owned(), 5)).collect(),
            filled: texts.len() as u64 * 5,
            ..ColumnProfile::default()
        })
    }

    #[test]
    fn lists_have_parts_that_come_back() {
        assert!(are_comma_lists(&values(&["App", "Berater", "App, Berater"])));
        assert!(are_comma_lists(&values(&["App, Web", "Web, Phone, App", "Phone"])));
        for texts in [
            &["Austin, TX", "Dallas, TX", "Houston, TX"][..],
            &["male, 18", "female, 18", "male, 20", "female, 20"],
            &["slow, but friendly", "good", "fine, thanks, really"],
            &["App, App", "App"],
            &["App", "Web"],
            &["App,, Web", "App", "Web"],
            &[],
        ] {
            assert!(!are_comma_lists(&values(texts)), "{texts:?}");
        }
    }

    #[test]
    fn separators() {
        assert_eq!(separator(&values(&["a;b, c", "a"])), ";");
        assert_eq!(separator(&values(&["a|b", "a"])), "|");
        assert_eq!(separator(&values(&["a, b", "a"])), ",");
        assert_eq!(separator(&values(&["a"])), ";");
    }
}
