//! A name for each column of the plain table, each once.

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

/// Names for the columns of this header, of which the first `brought` are those of lists: a blank one is named by its place, of twins the later get a number.
pub fn clean_names(header: &[String], brought: usize, stood: Option<&AsStood>) -> Vec<NamedColumn> {
    let mut names: Vec<NamedColumn> = Vec::with_capacity(header.len());
    for (at, name) in header.iter().enumerate() {
        let wanted = if name.is_empty() {
            format!("column {}", (at + 1).saturating_sub(brought))
        } else {
            name.clone()
        };
        let is_taken = |wanted: &str| {
            names.iter().any(|named| named.name == wanted)
                || (wanted != name && header.iter().any(|other| other == wanted))
        };
        let mut unique = wanted.clone();
        let mut number = 1;
        while is_taken(&unique) {
            number += 1;
            unique = format!("{wanted} ({number})");
        }
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
}
