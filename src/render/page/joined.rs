//! Limits in one column: tables that are read are narrower for it, and figure and interval stay in sight together.
//!
//! A workbook keeps a column for each limit, since it reckons with them.

use super::{Block, Cell, Column, Page, Part, Table};
use crate::report::words::{NO_FIGURE, fill};

/// How two columns of limits are written in one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct JoinedLimits {
    /// The heading: `95 % interval`.
    pub(crate) header: String,
    /// The text with `{low}` and `{high}`.
    pub(crate) text: &'static str,
    /// Whether they are in one.
    pub(crate) done: bool,
}

impl Page {
    /// The same page for reading, with limits in one column.
    pub(crate) fn for_reading(mut self) -> Self {
        self.parts.iter_mut().for_each(Part::join_limits);
        self
    }
}

impl Part {
    /// Writes the limits of its tables in one column.
    pub(super) fn join_limits(&mut self) {
        for block in &mut self.blocks {
            match block {
                Block::Table(table) => table.join_limits(),
                Block::Figure(figure) => figure.table.join_limits(),
                _ => {}
            }
        }
    }
}

impl Table {
    /// Writes lower limits and the upper limits behind them in one column.
    fn join_limits(&mut self) {
        for low in (0..self.columns.len().saturating_sub(1)).rev() {
            let Some(joined) = self.columns[low].joined.clone().filter(|joined| !joined.done) else {
                continue;
            };
            let (header, text) = (joined.header.clone(), joined.text);
            let joined = Some(JoinedLimits { done: true, ..joined });
            self.columns[low] = Column { header, numeric: true, joined };
            self.columns.remove(low + 1);
            for row in self.rows.iter_mut().filter(|row| low + 1 < row.len()) {
                let high = row.remove(low + 1);
                row[low] = between(text, &row[low], &high);
            }
        }
    }
}

/// Both limits in one cell; a reason why there are none stays.
fn between(text: &str, low: &Cell, high: &Cell) -> Cell {
    match (low, high) {
        (Cell::Number { text: low, .. }, Cell::Number { text: high, .. }) => {
            Cell::Text(fill(text, &[("low", low), ("high", high)]))
        }
        // A time that too few have reached has no upper limit yet.
        (Cell::Number { text: low, .. }, Cell::Nothing(None)) => {
            Cell::Text(fill(text, &[("low", low), ("high", &NO_FIGURE)]))
        }
        (Cell::Nothing(None), other) | (other, _) => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Column, JoinedLimits, Table};

    fn number(text: &str) -> Cell {
        Cell::Number { value: 0.0, decimals: 1, percent: false, signed: false, text: text.to_owned() }
    }

    #[test]
    fn two_columns_of_limits_become_one_and_others_stay() {
        let column = |header: &str| Column { header: header.to_owned(), numeric: true, joined: None };
        let joined =
            JoinedLimits { header: "95 % interval".to_owned(), text: "{low} to {high}", done: false };
        let low = Column { joined: Some(joined), ..column("low") };
        let mut table = Table {
            caption: String::new(),
            columns: vec![column("name"), column("gap"), low.clone(), column("high"), column("base")],
            rows: vec![
                vec![number("a"), number("1"), number("0"), number("2"), number("30")],
                vec![number("b"), Cell::Nothing(None), Cell::Nothing(None), Cell::Nothing(None), number("1")],
                vec![number("c")],
            ],
        };
        table.join_limits();
        let heads: Vec<&str> = table.columns.iter().map(|column| column.header.as_str()).collect();
        assert_eq!(heads, ["name", "gap", "95 % interval", "base"]);
        assert_eq!(table.rows[0][2], Cell::Text("0 to 2".to_owned()));
        assert_eq!(table.rows[0][3], number("30"));
        assert_eq!((&table.rows[1][2], &table.rows[1][3]), (&Cell::Nothing(None), &number("1")));
        assert_eq!(table.rows[2].len(), 1);
        // Upper limits that no row has stay beside the lower ones: nothing else is read as one.
        let low = Column { joined: Some(JoinedLimits { done: false, ..low.joined.clone().unwrap() }), ..low };
        let mut open = Table {
            caption: String::new(),
            columns: vec![column("name"), low.clone(), column("high"), column("longest")],
            rows: vec![vec![number("a"), number("24.8"), Cell::Nothing(None), number("120")]],
        };
        open.drop_empty_columns();
        open.join_limits();
        assert_eq!(open.rows[0], [number("a"), Cell::Text("24.8 to –".to_owned()), number("120")]);
        // Lower limits behind which nothing stands are left as they are.
        let mut alone = Table { caption: String::new(), columns: vec![column("a"), low], rows: Vec::new() };
        alone.join_limits();
        assert_eq!(alone.columns[1].header, "low");
    }
}
