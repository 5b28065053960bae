//! A name for each column of the plain table, each once.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::layout::AsStood;

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

/// Names for the columns of this header, of which the first `brought` are those of lists: a blank one is named by its
/// place, of twins the later get a number.
///
/// The first of twins keeps its name: a definition that names it so binds to the plain table as it does to the file,
/// where [`numbered_names`](crate::survey::numbered_names) lets it be called `Quality (1)` besides.
pub fn clean_names(header: &[String], brought: usize, stood: Option<&AsStood>) -> Vec<NamedColumn> {
    let stands: BTreeSet<&str> = header.iter().map(String::as_str).collect();
    let mut given: BTreeSet<String> = BTreeSet::new();
    // The last number behind each name: a header may be one name thousands of times.
    let mut last: BTreeMap<String, usize> = BTreeMap::new();
    let mut names: Vec<NamedColumn> = Vec::with_capacity(header.len());
    for (at, name) in header.iter().enumerate() {
        let wanted = if name.is_empty() {
            format!("column {}", (at + 1).saturating_sub(brought))
        } else {
            name.clone()
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
            Some("column_without_name")
        } else if unique != wanted {
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
        let names = clean_names(&header, 0, None);
        let shown: Vec<(&str, Option<&str>)> =
            names.iter().map(|named| (named.name.as_str(), named.rule)).collect();
        assert_eq!(
            shown,
            [
                ("a", None),
                ("column 2", Some("column_without_name")),
                ("a (3)", Some("name_stands_twice")),
                ("a (2)", None),
                ("a (4)", Some("name_stands_twice")),
            ]
        );
    }

    #[test]
    fn thousands_of_twins_take_no_time() {
        let header = vec!["a".to_owned(); 30_000];
        assert_eq!(clean_names(&header, 0, None)[29_999].name, "a (30000)");
    }
}
