//! Banner tables before any format: what stands in the rows and columns of one stub, as texts beside their numbers.
//!
//! Sections of one stub follow each other in a report. Where they have the same rows and the same total they become one
//! table with the total once: wide formats write it side by side, narrow ones split it by [`BannerTable::banners`].
//! Texts are as the survey wrote them: each format escapes for itself.

mod heads;
mod legend;
mod lines;
mod markdown;
mod stub;
mod tidy;

use std::ops::Range;

pub(crate) use heads::{BannerHead, heads};
pub(crate) use markdown::markdown;
pub(crate) use stub::stubs;
pub(crate) use tidy::{Field, Record, heads as tidy_heads, records, sections, tidy};

/// What of a stub goes into its table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct BannerExtent {
    /// Whether limits, counts, shares of rows and the like follow each figure.
    pub(crate) details: bool,
    /// Columns of a banner beyond these are only counted.
    pub(crate) most_columns: Option<usize>,
}

/// One stub by its banners.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BannerTable {
    /// A name for anchors, of `a-z0-9-` only; empty where nothing links to it.
    pub(crate) anchor: String,
    /// A short name.
    pub(crate) name: String,
    /// The wording of the stub, with the wave where it is not the report's.
    pub(crate) title: String,
    /// What the rows are, from top to bottom.
    pub(crate) rows: Vec<BannerRow>,
    /// The column of everybody; none where a report has none.
    pub(crate) total: Option<BannerColumn>,
    /// The banners from left to right, each with its columns.
    pub(crate) banners: Vec<Banner>,
    /// What letters mean and what the tests say, over all banners.
    pub(crate) legend: Vec<String>,
}

impl BannerTable {
    /// The table in parts of one banner each, for formats that are narrow.
    pub(crate) fn by_banner(&self) -> impl Iterator<Item = (&Banner, Vec<&BannerColumn>)> {
        self.banners.iter().map(|banner| (banner, self.total.iter().chain(&banner.columns).collect()))
    }
}

/// One banner.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Banner {
    /// What it is called: `Region × Age`.
    pub(crate) label: String,
    /// Its columns.
    pub(crate) columns: Vec<BannerColumn>,
    /// What its tests say, and which columns to be careful with.
    pub(crate) legend: Vec<String>,
    /// What letters and marks mean.
    pub(crate) common: Vec<String>,
}

impl Banner {
    /// Neighbouring columns that have the first `level + 1` values in common, in order.
    pub(crate) fn spans(&self, level: usize) -> Vec<Range<usize>> {
        let mut spans: Vec<Range<usize>> = Vec::new();
        for (at, column) in self.columns.iter().enumerate() {
            let outer = |column: &BannerColumn| column.values.get(..=level).map(<[String]>::to_vec);
            let joins = at > 0 && self.columns.get(at - 1).map(outer) == Some(outer(column));
            match spans.last_mut() {
                Some(span) if joins => span.end = at + 1,
                _ => spans.push(at..at + 1),
            }
        }
        spans
    }

    /// How many values name a column: 1, or more where the banner is nested.
    pub(crate) fn levels(&self) -> usize {
        self.columns.iter().map(|column| column.values.len()).max().unwrap_or(0)
    }
}

/// What a row holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BannerRow {
    /// What it is called.
    pub(crate) label: String,
    /// Its part in the table.
    pub(crate) role: BannerRole,
}

/// The part of a row in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BannerRole {
    /// A base.
    Base,
    /// The share of one answer.
    Figure,
    /// A share of several answers, a mean or a balance.
    Summary,
    /// More about the row above it.
    Detail,
}

/// One column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BannerColumn {
    /// What it is called, outer values first; the word for everybody in the column of the total.
    pub(crate) values: Vec<String>,
    /// Its letter; empty for the total and where nothing was compared.
    pub(crate) letter: String,
    /// One cell a row.
    pub(crate) cells: Vec<BannerCell>,
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct BannerCell {
    /// The figure as it is written; a dash where there is none.
    pub(crate) text: String,
    /// The letters behind it.
    pub(crate) letters: String,
    /// The number behind the text, for workbooks.
    pub(crate) number: Option<BannerNumber>,
    /// How far above (1, 2) or below (−1, −2) what independence would give, for shading; 0 for neither.
    pub(crate) shade: i8,
}

/// A number with its format.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct BannerNumber {
    /// The number; a percentage is of a hundred.
    pub(crate) value: f64,
    /// The decimals.
    pub(crate) decimals: usize,
    /// Whether it is a percentage.
    pub(crate) percent: bool,
    /// Whether a plus is written.
    pub(crate) signed: bool,
}
