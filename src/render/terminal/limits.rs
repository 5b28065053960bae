//! A column of intervals: `57.1 to 73.6`, `57.1–73.6` where there is little room, `57.1   ├─●─┤   73.6` with bars.

use super::layout::Form;
use super::text::width;
use crate::render::document::{Bar, Cell};
use crate::render::escape::visible;

/// Between the limits.
const TO: &str = " to ";

/// Between limits without signs, where there is little room.
const DASH: &str = "–";

/// The intervals of a column.
pub(super) struct Limits {
    cells: Vec<Limit>,
    low: usize,
    high: usize,
    /// The widest of the reasons why there is none.
    reason: usize,
    /// Whether a limit has a sign, which a dash would be taken for.
    signed: bool,
    /// Whether a cell has a bar to draw.
    pub(super) has_bar: bool,
}

enum Limit {
    Between(String, String, Option<Bar>),
    Reason(String),
}

impl Limits {
    pub(super) fn new(cells: &[&Cell]) -> Self {
        let mut limits =
            Self { cells: Vec::new(), low: 0, high: 0, reason: 0, signed: false, has_bar: false };
        for cell in cells {
            limits.push(cell);
        }
        limits
    }

    fn push(&mut self, cell: &Cell) {
        let limit = match cell {
            Cell::Interval(interval) => {
                let (low, high) = (visible(&interval.low), visible(&interval.high));
                self.low = self.low.max(width(&low));
                self.high = self.high.max(width(&high));
                self.signed |= [&low, &high].iter().any(|limit| limit.starts_with(['−', '+']));
                self.has_bar |= interval.bar.is_some();
                Limit::Between(low, high, interval.bar)
            }
            Cell::Text(text) => {
                let text = visible(text);
                self.reason = self.reason.max(width(&text));
                Limit::Reason(text)
            }
            Cell::Name(_) | Cell::Verdict { .. } => Limit::Reason(String::new()),
        };
        self.cells.push(limit);
    }

    /// The width of the widest cell.
    pub(super) fn width(&self, form: &Form) -> usize {
        let between = match self.bar(form) {
            Some(columns) => columns + 2,
            None => width(self.between(form)),
        };
        (self.low + between + self.high).max(self.reason)
    }

    /// A cell, its bar drawn by `draw`.
    pub(super) fn cell(&self, row: usize, form: &Form, draw: impl Fn(Bar, usize) -> String) -> String {
        match self.cells.get(row) {
            None => String::new(),
            Some(Limit::Reason(text)) => text.clone(),
            Some(Limit::Between(low, high, bar)) => {
                let before = " ".repeat(self.low - width(low));
                let after = " ".repeat(self.high - width(high));
                match self.bar(form) {
                    Some(columns) => {
                        let drawn = bar.map_or_else(|| " ".repeat(columns), |bar| draw(bar, columns));
                        format!("{before}{low} {drawn} {after}{high}")
                    }
                    // A dash stands close to both limits.
                    None if self.between(form) == DASH => format!("{before}{low}{DASH}{high}"),
                    None => format!("{before}{low}{TO}{after}{high}"),
                }
            }
        }
    }

    fn bar(&self, form: &Form) -> Option<usize> {
        form.bar.filter(|_| self.has_bar)
    }

    fn between(&self, form: &Form) -> &'static str {
        if form.compact && !self.signed { DASH } else { TO }
    }
}
