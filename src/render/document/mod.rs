//! What a reader is shown, before it is laid out: blocks of tables and sentences in reading order.
//!
//! The terminal and Markdown write the same document. It picks figures by their `headline` flag and puts them in the
//! survey's order; the texts come from `report::words`.

mod account;
mod breakdown;
mod detail;
mod lookup;
mod scores;

use crate::report::{Report, words};
use lookup::Lookup;

/// The blocks in reading order.
pub(super) struct Document {
    /// The blocks.
    pub(super) blocks: Vec<Block>,
}

/// One block.
pub(super) enum Block {
    /// What, which wave, how many: the first line.
    Title(Vec<String>),
    /// The heading of what follows.
    Heading(String),
    /// A table.
    Table(Table),
    /// Sentences about the block before.
    Legend(Vec<String>),
    /// Sentences that stand by themselves.
    Sentences(Vec<String>),
}

/// A table whose first `keys` columns name the row.
pub(super) struct Table {
    /// How many columns name the row; repeated where the others do not fit side by side.
    pub(super) keys: usize,
    /// The columns.
    pub(super) columns: Vec<Column>,
    /// The rows, each with one cell a column.
    pub(super) rows: Vec<Vec<Cell>>,
}

/// A column.
pub(super) struct Column {
    /// What several neighbouring columns have in common.
    pub(super) group: Option<Group>,
    /// The heading.
    pub(super) header: String,
    /// Where cells stand.
    pub(super) align: Align,
}

impl Column {
    /// A column of texts.
    fn text(header: &str) -> Self {
        Self { group: None, header: header.to_owned(), align: Align::Left }
    }

    /// A column of numbers.
    fn number(header: &str) -> Self {
        Self { group: None, header: header.to_owned(), align: Align::Right }
    }

    /// The same column in a group.
    fn of(mut self, group: &Group) -> Self {
        self.group = Some(group.clone());
        self
    }
}

/// What neighbouring columns have in common; two groups may have the same title, as questions may the same wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// Which of the groups it is.
    pub(super) number: usize,
    /// The title over its columns.
    pub(super) title: String,
}

/// Where cells stand in their column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// A text or a number.
    Text(String),
    /// A target and its verdict.
    Verdict {
        /// The target.
        target: String,
        /// The verdict in words, if there is one.
        verdict: Option<(&'static str, Tone)>,
    },
    /// An interval.
    Interval(Interval),
}

impl Cell {
    /// Whether there is nothing to see.
    fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text) if text.is_empty())
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// Whether a word is good news; never said by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// On the good side.
    Good,
    /// On the bad side.
    Bad,
    /// Neither.
    Plain,
}

/// An interval as text and as positions on the fixed range of its unit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Interval {
    /// The lower limit.
    pub(super) low: String,
    /// The upper limit.
    pub(super) high: String,
    /// Where to draw it; none where the unit has no fixed range.
    pub(super) bar: Option<Bar>,
}

/// Positions of an interval between 0 (the left end of the range) and 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bar {
    /// The lower limit.
    pub(super) low: f64,
    /// The figure.
    pub(super) value: f64,
    /// The upper limit.
    pub(super) high: f64,
}

/// What the document is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Extent {
    /// Everything that is known, not only the first screen.
    pub(super) explain: bool,
    /// Whether the reader can ask for more (a terminal) or should have the ledger at once (a file).
    pub(super) interactive: bool,
}

/// The document of a report.
pub(super) fn document(report: &Report, extent: Extent) -> Document {
    let lookup = Lookup::new(report);
    let mut blocks = vec![account::title(report)];
    if report.estimates.is_empty() && !report.notes.iter().any(|note| note.code == "nothing_to_score") {
        blocks.push(Block::Sentences(vec![words::NOTHING_TO_SCORE.to_owned()]));
    }
    blocks.extend(scores::blocks(&lookup));
    blocks.extend(breakdown::blocks(&lookup, extent.explain));
    if extent.explain {
        blocks.extend(detail::blocks(&lookup));
    }
    blocks.extend(account::sentences(report, extent));
    if extent.explain || !extent.interactive {
        blocks.extend(account::ledger(report));
    }
    if extent.explain {
        blocks.extend(account::provenance(report));
    }
    Document { blocks }
}
