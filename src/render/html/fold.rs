//! Long tables, folded by question where each has several rows: the page stays short, and paper says where the
//! figures are.

use indexmap::IndexMap;

use super::super::page::{Cell, Table};
use super::table;

/// Longer tables are folded.
const OPEN_ROWS: usize = 24;

/// Names with fewer rows each, on the whole, are folded together: a heading a name would outweigh what it heads.
const LEAST_ROWS: usize = 20;

/// A folded table.
pub(super) struct Fold {
    /// What opens it.
    pub(super) name: String,
    /// How many rows are in it.
    pub(super) rows: usize,
    /// The table.
    pub(super) table: Table,
}

impl Fold {
    /// The folds of a table, one for each name in its first column; none where it is short.
    pub(super) fn of(whole: &Table) -> Vec<Self> {
        if whole.rows.len() <= OPEN_ROWS {
            return Vec::new();
        }
        let mut rows: IndexMap<&str, Vec<&Vec<Cell>>> = IndexMap::new();
        for row in &whole.rows {
            rows.entry(row.first().map_or("", table::words)).or_default().push(row);
        }
        if rows.len() * LEAST_ROWS > whole.rows.len() || whole.columns.len() < 2 {
            return vec![Self { name: whole.caption.clone(), rows: whole.rows.len(), table: whole.clone() }];
        }
        let fold = |(name, rows): (&str, Vec<&Vec<Cell>>)| {
            let mut table = Table {
                caption: name.to_owned(),
                columns: whole.columns[1..].to_vec(),
                rows: rows.iter().map(|row| row.iter().skip(1).cloned().collect()).collect(),
            };
            table.drop_empty_columns();
            Self { name: name.to_owned(), rows: rows.len(), table }
        };
        rows.into_iter().map(fold).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Fold, LEAST_ROWS, OPEN_ROWS};
    use crate::render::page::{Cell, Column, Table};

    fn table(names: &[&str]) -> Table {
        let column = |header: &str| Column { header: header.to_owned(), numeric: false, joined: None };
        let row = |name: &&str| {
            let target = if *name == "a" { Cell::Text("80".to_owned()) } else { Cell::Nothing(None) };
            vec![Cell::Text((*name).to_owned()), Cell::Text("mean".to_owned()), target]
        };
        Table {
            caption: "All".to_owned(),
            columns: vec![column("Question"), column("Statistic"), column("Target")],
            rows: names.iter().map(row).collect(),
        }
    }

    #[test]
    fn a_long_table_is_folded_by_name_without_what_is_empty_there() {
        let names: Vec<&str> = ["a", "b"].into_iter().cycle().take(2 * LEAST_ROWS).collect();
        let folds = Fold::of(&table(&names));
        let told: Vec<(&str, usize, usize)> =
            folds.iter().map(|fold| (fold.name.as_str(), fold.rows, fold.table.columns.len())).collect();
        assert_eq!(told, [("a", 20, 2), ("b", 20, 1)]);
    }

    #[test]
    fn a_short_table_is_open_and_one_of_many_names_is_one_fold() {
        assert!(Fold::of(&table(&["a"; OPEN_ROWS])).is_empty());
        let names: Vec<String> = (0..40).map(|number| number.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let folds = Fold::of(&table(&names));
        assert_eq!((folds.len(), folds[0].name.as_str(), folds[0].rows), (1, "All", 40));
    }
}
