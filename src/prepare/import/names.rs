//! A name for each column of the plain table, each once.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::layout::AsStood;
use crate::survey::numbered_names;

/// The name of a column, and what stood in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedColumn {
    /// The name in the plain table.
    pub name: String,
    /// What stood above the column in the file.
    pub stood: String,
    /// Why that differs; none where it is the name.
    pub rule: Option<&'static str>,
}

/// Why a column stands nowhere in the file.
pub(super) const FROM_LIST: &str = "column_of_list";

/// Why a blank column has a name.
pub(super) const WITHOUT_NAME: &str = "column_without_name";

impl NamedColumn {
    /// Whether the column has no name in the file.
    pub fn is_nameless(&self) -> bool {
        self.rule == Some(WITHOUT_NAME)
    }
}

/// Names for the columns of this header, of which the first `brought` are those of lists: a blank one is named by its
/// place, twins by [`numbered_names`], as drafts and analyses call them.
///
/// The first of twins keeps its name where a definition calls it so: `is_named` says which it does.
pub fn clean_names(
    header: &[String],
    brought: usize,
    stood: Option<&AsStood>,
    is_named: impl Fn(&str) -> bool,
) -> Vec<NamedColumn> {
    let numbered = numbered_names(header);
    let stands: BTreeSet<&str> = header.iter().map(String::as_str).collect();
    let mut given: BTreeSet<String> = BTreeSet::new();
    // The last number behind each name: a header may be one name thousands of times.
    let mut last: BTreeMap<String, usize> = BTreeMap::new();
    let mut names: Vec<NamedColumn> = Vec::with_capacity(header.len());
    for (at, name) in header.iter().enumerate() {
        let wanted = if name.is_empty() {
            format!("column {}", (at + 1).saturating_sub(brought))
        } else if is_named(name) && !given.contains(name) {
            name.clone()
        } else {
            numbered[at].clone()
        };
        let is_taken = |unique: &str| given.contains(unique) || (unique != name && stands.contains(unique));
        let mut unique = wanted.clone();
        if is_taken(&unique) {
            let number = last.entry(wanted.clone()).or_insert(1);
            while is_taken(&unique) {
                *number += 1;
                unique = format!("{wanted} ({number})");
            }
        }
        given.insert(unique.clone());
        let above = stood.map_or_else(|| name.clone(), |stood| stood.above(at));
        let rule = if at < brought {
            Some(FROM_LIST)
        } else if name.is_empty() {
            Some(WITHOUT_NAME)
        } else if unique != *name {
            Some("name_stands_twice")
        } else {
            stood.filter(|stood| !stood.has(at, name)).map(|_| "name_from_layout")
        };
        names.push(NamedColumn { name: unique, stood: above, rule });
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_a_name_of_its_own() {
        let header = ["a", "", "a", "a (2)", "a"].map(str::to_owned);
        let names = clean_names(&header, 0, None, |_| false);
        let shown: Vec<(&str, Option<&str>)> =
            names.iter().map(|named| (named.name.as_str(), named.rule)).collect();
        let twice = Some("name_stands_twice");
        assert_eq!(
            shown,
            [
                ("a (1)", twice),
                ("column 2", Some(WITHOUT_NAME)),
                ("a", None),
                ("a (2)", None),
                ("a (3)", twice)
            ]
        );
    }

    #[test]
    fn twins_are_called_as_an_analysis_calls_them_unless_a_definition_does_otherwise() {
        let header = ["id", "Quality", "Quality"].map(str::to_owned);
        let names = |is_named: fn(&str) -> bool| {
            let names = clean_names(&header, 0, None, is_named);
            names.into_iter().map(|named| named.name).collect::<Vec<_>>()
        };
        assert_eq!(names(|_| false), ["id", "Quality (1)", "Quality (2)"]);
        assert_eq!(names(|name| name == "Quality"), ["id", "Quality", "Quality (2)"]);
        assert_eq!(names(|name| name == "Quality (1)"), ["id", "Quality (1)", "Quality (2)"]);
    }

    #[test]
    fn thousands_of_twins_take_no_time() {
        let header = vec!["a".to_owned(); 30_000];
        assert_eq!(clean_names(&header, 0, None, |_| false)[29_999].name, "a (30000)");
    }
}
