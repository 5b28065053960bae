//! How wide the columns of a table want to be and can be.

use super::bar::draw;
use super::text::{longest_word, width};
use crate::render::document::{Align, Bar, Cell, Group, Table, Tone};
use crate::render::escape::visible;

/// Words that are wrapped get at least this, where that is possible.
const COMFORTABLE: usize = 20;

/// Words get at least this.
const LEAST: usize = 10;

/// Between the two limits where there is no bar.
const TO: &str = " to ";

/// A cell with its control characters made visible.
pub(super) enum Shown {
    /// A text.
    Text(String),
    /// A target and the verdict.
    Verdict(String, Option<(&'static str, Tone)>),
    /// Limits and the bar.
    Interval(String, String, Option<Bar>),
}

impl Shown {
    fn new(cell: &Cell) -> Self {
        match cell {
            Cell::Text(text) => Self::Text(visible(text)),
            Cell::Verdict { target, verdict } => Self::Verdict(visible(target), *verdict),
            Cell::Interval(interval) => {
                Self::Interval(visible(&interval.low), visible(&interval.high), interval.bar)
            }
        }
    }
}

/// A column with its widths.
pub(super) struct Measured {
    pub(super) header: String,
    pub(super) group: Option<Group>,
    pub(super) align: Align,
    pub(super) cells: Vec<Shown>,
    /// Whether a cell has a bar to draw.
    pub(super) has_bar: bool,
    low: usize,
    high: usize,
    target: usize,
    text: usize,
    has_interval: bool,
}

impl Measured {
    /// All columns of a table.
    pub(super) fn columns(table: &Table) -> Vec<Self> {
        (0..table.columns.len()).map(|at| Self::new(table, at)).collect()
    }

    fn new(table: &Table, at: usize) -> Self {
        let column = &table.columns[at];
        let cells: Vec<Shown> = table.rows.iter().filter_map(|row| row.get(at)).map(Shown::new).collect();
        let (mut low, mut high, mut target, mut text) = (0, 0, 0, 0);
        let (mut has_bar, mut has_interval) = (false, false);
        for cell in &cells {
            match cell {
                Shown::Text(words) => text = text.max(width(words)),
                Shown::Verdict(words, _) => target = target.max(width(words)),
                Shown::Interval(from, to, bar) => {
                    has_interval = true;
                    has_bar |= bar.is_some();
                    low = low.max(width(from));
                    high = high.max(width(to));
                }
            }
        }
        for cell in &cells {
            if let Shown::Verdict(_, verdict) = cell {
                text = text.max(target + verdict.map_or(0, |(words, _)| 2 + width(words)));
            }
        }
        Self {
            header: visible(&column.header),
            group: column.group.as_ref().map(|group| Group { title: visible(&group.title), ..*group }),
            align: column.align,
            cells,
            has_bar,
            low,
            high,
            target,
            text,
            has_interval,
        }
    }

    /// The width at which nothing wraps.
    pub(super) fn natural(&self, bar: Option<usize>) -> usize {
        let header =
            if self.align == Align::Right { longest_word(&self.header) } else { width(&self.header) };
        self.limits(bar).max(self.text).max(header)
    }

    /// The width down to which labels wrap without becoming hard to read.
    pub(super) fn comfortable(&self, bar: Option<usize>) -> usize {
        self.shrunk(bar, COMFORTABLE)
    }

    /// The width below which the column is of no use.
    pub(super) fn least(&self, bar: Option<usize>) -> usize {
        self.shrunk(bar, LEAST)
    }

    fn shrunk(&self, bar: Option<usize>, words: usize) -> usize {
        match self.align {
            Align::Right => self.natural(bar),
            Align::Left => {
                self.limits(bar).max(self.text.min(words)).max(longest_word(&self.header).min(words))
            }
        }
    }

    /// The columns that the widest interval takes.
    fn limits(&self, bar: Option<usize>) -> usize {
        if !self.has_interval {
            return 0;
        }
        let between = match bar {
            Some(columns) if self.has_bar => columns + 2,
            _ => TO.len(),
        };
        self.low + between + self.high
    }

    /// A cell in one line.
    pub(super) fn line(&self, cell: &Shown, bar: Option<usize>) -> String {
        match cell {
            Shown::Text(text) => text.clone(),
            Shown::Verdict(target, None) => target.clone(),
            Shown::Verdict(target, Some((words, _))) => {
                format!("{}{target}  {words}", " ".repeat(self.target - width(target)))
            }
            Shown::Interval(low, high, drawn) => {
                let before = " ".repeat(self.low - width(low));
                let after = " ".repeat(self.high - width(high));
                match (bar.filter(|_| self.has_bar), drawn) {
                    (Some(columns), Some(drawn)) => {
                        format!("{before}{low} {} {after}{high}", draw(*drawn, columns))
                    }
                    (Some(columns), None) => {
                        format!("{before}{low} {} {after}{high}", " ".repeat(columns))
                    }
                    (None, _) => format!("{before}{low}{TO}{after}{high}"),
                }
            }
        }
    }
}
