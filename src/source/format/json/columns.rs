//! The columns of records: the union of their keys in order of first appearance, and how lists are joined.

use indexmap::IndexMap;

use super::flatten::{Cell, Content};
use crate::survey::{ColumnFacts, Role};

/// What may stand between the options of a list, in order of preference.
const SEPARATORS: [&str; 4] = [";", "|", " / ", " ¦ "];

/// A column as it was seen.
#[derive(Debug, Default)]
pub(super) struct Column {
    text: Option<String>,
    is_list: bool,
    /// Which separators stand within values.
    taken: [bool; SEPARATORS.len()],
}

impl Column {
    /// What stands between the options of a list; none where every separator stands within an option.
    pub(super) fn separator(&self) -> Option<&'static str> {
        SEPARATORS.iter().zip(self.taken).find(|(_, is_taken)| !is_taken).map(|(separator, _)| *separator)
    }

    fn see(&mut self, cell: &Cell) {
        if self.text.is_none() {
            self.text.clone_from(&cell.text);
        }
        let texts = match &cell.content {
            Content::One(text) => std::slice::from_ref(text),
            Content::Many(texts) => {
                self.is_list = true;
                texts.as_slice()
            }
        };
        for (is_taken, separator) in self.taken.iter_mut().zip(SEPARATORS) {
            *is_taken = *is_taken || texts.iter().any(|text| text.contains(separator.trim()));
        }
    }
}

/// The columns of the records that were looked at.
#[derive(Debug, Default)]
pub(super) struct Columns {
    columns: IndexMap<String, Column>,
}

impl Columns {
    /// Takes the keys of a record; false if there are more than `limit` now.
    pub(super) fn see(&mut self, cells: &[Cell], limit: usize) -> bool {
        for cell in cells {
            if let Some(column) = self.columns.get_mut(&cell.name) {
                column.see(cell);
            } else {
                let mut column = Column::default();
                column.see(cell);
                self.columns.insert(cell.name.clone(), column);
            }
        }
        self.columns.len() <= limit
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.columns.len()
    }

    /// Their names, in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.keys().map(String::as_str)
    }

    /// Puts a cell into its place of a row. False if that would lose something: there is no such column, the place is
    /// taken, or a list cannot be told apart as the column is joined; such a list is written as JSON.
    pub(super) fn place(&self, cell: Cell, row: &mut [String]) -> Placed {
        let Some((position, _, column)) = self.columns.get_full(&cell.name) else {
            let is_empty = match &cell.content {
                Content::One(text) => text.is_empty(),
                Content::Many(texts) => texts.is_empty(),
            };
            return if is_empty { Placed::Well } else { Placed::Nowhere };
        };
        let Some(place) = row.get_mut(position) else {
            return Placed::Nowhere;
        };
        if !place.is_empty() {
            return Placed::Twice(cell.name);
        }
        let (texts, one) = match cell.content {
            Content::One(text) if !column.is_list => {
                *place = text;
                return Placed::Well;
            }
            Content::One(text) => (vec![text], true),
            Content::Many(texts) => (texts, false),
        };
        let separator = column.separator().filter(|_| column.is_list || one || texts.len() < 2);
        match separator {
            Some(separator) if !texts.iter().any(|text| text.contains(separator.trim())) => {
                *place = texts.join(separator);
                Placed::Well
            }
            _ => {
                let items = texts.into_iter().map(super::value::Value::Text).collect();
                super::value::Value::List(items).push_json(place);
                Placed::AsJson
            }
        }
    }

    /// What the records say of each column.
    pub(super) fn facts(&self) -> Vec<ColumnFacts> {
        let role = |column: &Column| match column.separator() {
            Some(separator) if column.is_list => {
                Role::Multiple { options: Vec::new(), separator: separator.to_owned() }
            }
            _ => Role::Unknown,
        };
        self.columns
            .values()
            .map(|column| ColumnFacts {
                text: column.text.clone(),
                role: role(column),
                ..ColumnFacts::default()
            })
            .collect()
    }

    /// A sentence for each column whose options are joined in another way than with `;`.
    pub(super) fn reasons(&self) -> Vec<String> {
        let lists = self.columns.iter().filter(|(_, column)| column.is_list);
        lists
            .filter_map(|(name, column)| match column.separator() {
                Some(";") => None,
                Some(separator) => Some(format!(
                    "the lists of `{name}` are joined with `{}`, since a value has `;`",
                    separator.trim()
                )),
                None => {
                    Some(format!("the lists of `{name}` are left as JSON, since values have every separator"))
                }
            })
            .collect()
    }
}

/// How a cell was placed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Placed {
    /// As it is.
    Well,
    /// As JSON, since the separator of the column stands in a value.
    AsJson,
    /// Not at all: the column came too late.
    Nowhere,
    /// Not at all: two cells of the record have this name.
    Twice(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(name: &str, text: &str) -> Cell {
        Cell { name: name.to_owned(), text: None, content: Content::One(text.to_owned()) }
    }

    fn many(name: &str, texts: &[&str]) -> Cell {
        let texts = texts.iter().map(|text| (*text).to_owned()).collect();
        Cell { name: name.to_owned(), text: None, content: Content::Many(texts) }
    }

    #[test]
    fn a_separator_stands_in_no_value() {
        let mut columns = Columns::default();
        assert!(columns.see(&[one("id", "1"), many("tags", &["a;b", "c"])], 2));
        assert!(columns.see(&[many("tags", &["d|e"]), one("id", "x;y")], 2));
        let mut row = vec![String::new(); 2];
        assert_eq!(columns.place(many("tags", &["a;b", "d|e"]), &mut row), Placed::Well);
        assert_eq!(columns.place(one("id", "x;y"), &mut row), Placed::Well);
        assert_eq!(row, ["x;y", "a;b / d|e"]);
        assert_eq!(columns.place(one("id", "2"), &mut row), Placed::Twice("id".to_owned()));
        let mut row = vec![String::new(); 2];
        assert_eq!(columns.place(many("tags", &["a/b", "c"]), &mut row), Placed::AsJson);
        assert_eq!(row[1], "[\"a/b\",\"c\"]");
        assert_eq!(columns.place(one("late", "1"), &mut row), Placed::Nowhere);
        assert_eq!(columns.place(one("late", ""), &mut row), Placed::Well);
        assert!(matches!(&columns.facts()[1].role, Role::Multiple { separator, .. } if separator == " / "));
        assert!(columns.reasons()[0].contains("`tags` are joined with `/`"));
        assert!(!columns.see(&[one("third", "")], 2));
    }

    #[test]
    fn a_list_in_a_column_of_texts_that_comes_late_is_left_as_json() {
        let mut columns = Columns::default();
        columns.see(&[one("a", "x")], 9);
        let mut row = vec![String::new()];
        assert_eq!(columns.place(many("a", &["x", "y"]), &mut row), Placed::AsJson);
        assert_eq!(row[0], "[\"x\",\"y\"]");
        row[0].clear();
        assert_eq!(columns.place(many("a", &["x"]), &mut row), Placed::Well);
        assert_eq!(row[0], "x");
    }
}
