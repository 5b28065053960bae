//! What the engine hands over: strata with their counts, the ledger's raw material, what was read.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::count::{Count, Counts};
use crate::source::Ledger;
use crate::survey::NumberStyle;

/// The result of one pass.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// The waves found, in order; empty without waves.
    pub waves: Vec<Wave>,
    /// The strata in a fixed order: by grouping (in plan order), then by wave (none first), then by values.
    pub strata: Vec<Stratum>,
    /// The cells of the design in a fixed order: by wave, then by codes; empty where the plan has none. They hold the rows
    /// that a condition does not keep as well, since weights and variances are made of all rows.
    pub cells: Vec<DesignCell>,
    /// For each variable of the design, in the order raking, stratum, cluster: the names of its categories by code; last come
    /// those that only rows have which are left out to be compared.
    pub design_names: Vec<Vec<String>>,
    /// For each tally of the plan, the names of its points or categories, in the order of its counts.
    pub categories: Vec<Vec<String>>,
    /// For each segment variable id, its values in the order they are shown.
    pub segment_values: BTreeMap<String, Vec<String>>,
    /// Rows and cells that were left out or odd.
    pub ledger: Ledger,
    /// The inputs in the order given.
    pub inputs: Vec<InputRead>,
    /// Whether rows were weighted.
    pub weighted: bool,
    /// How the columns of numbers were read.
    pub numbers: Vec<NumbersRead>,
    /// By wave (`None`: all rows), how far the weights of used rows reach; empty without weights or rows.
    pub weights: BTreeMap<Option<usize>, WeightRange>,
    /// By wave (`None`: in all), the rows of which weights and variances are made, kept by a condition or not; empty until
    /// those of a design are made.
    pub design_rows: BTreeMap<Option<usize>, u64>,
    /// How many rows each exclusion of the plan leaves out, by its place; those beyond the last leave out none.
    pub left_out: Vec<u64>,
    /// The counts as they would be with the rows that compared exclusions leave out; none without such exclusions, and
    /// where these rows bring more values or counters than are allowed.
    pub unexcluded: Option<Box<Unexcluded>>,
}

/// The counts of a pass as they would be if some exclusions were not made.
#[derive(Clone, Debug, PartialEq)]
pub struct Unexcluded {
    /// The waves found.
    pub waves: Vec<Wave>,
    /// The strata, in the order of [`Counted::strata`].
    pub strata: Vec<Stratum>,
    /// The cells of the design.
    pub cells: Vec<DesignCell>,
    /// For each tally of the plan, the names of its points or categories.
    pub categories: Vec<Vec<String>>,
}

/// How a column of numbers was read in one input.
#[derive(Clone, Debug, PartialEq)]
pub struct NumbersRead {
    /// What reads it: a question, a segment or `weight`.
    pub id: String,
    /// The column.
    pub column: String,
    /// The index of the input.
    pub input: usize,
    /// How its numbers are written.
    pub style: NumberStyle,
    /// Whether some cells, of this input or of another, were numbers written otherwise, and so no answers.
    pub contrary: bool,
}

/// The smallest and the largest weight of a set of rows, each the float nearest to what was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightRange {
    /// The smallest.
    pub min: f64,
    /// The largest.
    pub max: f64,
}

/// One wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wave {
    /// Its label, such as `2026-Q3`.
    pub label: String,
    /// Its last day, for calendar waves; a wave from a column has none and is always complete.
    pub last_day: Option<NaiveDate>,
}

/// One stratum: a wave and segment values, with the counts of every tally of the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Stratum {
    /// The index into `Counted::waves`; `None` is all waves together.
    pub wave: Option<usize>,
    /// Segment ids and values, in the order of the grouping; empty is the total.
    pub segment: Vec<(String, String)>,
    /// The rows used (with or without an answer): the design's n of this stratum.
    pub rows: Count,
    /// One a tally of the plan.
    pub counts: Vec<Counts>,
    /// The same by cell of the design, those with a row, in the order of the cells; empty where the plan has no design.
    pub cells: Vec<StratumCell>,
}

/// All rows of one wave with the same raking categories, stratum and cluster; of the same weight too where bounds are
/// declared.
#[derive(Clone, Debug, PartialEq)]
pub struct DesignCell {
    /// The index into `Counted::waves`, beyond them for a wave of which a condition keeps no row; `None` without waves.
    pub wave: Option<usize>,
    /// By raking variable, the category; `None` where it is missing.
    pub raking: Vec<Option<u32>>,
    /// The stratum in which its rows were drawn.
    pub stratum: Option<u32>,
    /// The cluster that was drawn.
    pub cluster: Option<u32>,
    /// Its rows with the sums of their design weights, kept by a condition or not.
    pub rows: Count,
    /// The smallest and the greatest design weight among them, 1 without weights.
    pub weights: WeightRange,
    /// Those among them of which figures are made: all of them without a condition.
    pub kept: KeptRows,
}

/// The rows of a cell of the design of which figures are made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KeptRows {
    /// How many there are.
    pub n: u64,
    /// The smallest and the greatest design weight among them, 1 without weights or rows.
    pub weights: WeightRange,
}

/// The rows of a stratum in one cell of the design.
#[derive(Clone, Debug, PartialEq)]
pub struct StratumCell {
    /// The index into `Counted::cells`.
    pub cell: usize,
    /// Its rows, with or without an answer.
    pub rows: Count,
    /// One a tally of the plan.
    pub counts: Vec<Counts>,
}

/// One input after it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputRead {
    /// Its name as given.
    pub name: String,
    /// Bytes read.
    pub bytes: u64,
    /// Records after the header rows.
    pub rows: u64,
    /// `xxh3-128:…` in hex.
    pub hash: String,
    /// The delimiter used.
    pub delimiter: u8,
    /// The columns of the file that the plan does not mention, in file order.
    pub unused_columns: Vec<String>,
    /// The columns that the plan wanted and this input lacks.
    pub absent_columns: Vec<String>,
}
