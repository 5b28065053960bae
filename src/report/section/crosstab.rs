//! One question or segment (the stub) by the columns of one banner, tested.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::trend::{ChangeVerdict, Family};
use crate::report::{Better, Flag, Unit};

/// One stub by one banner.
///
/// Cells and contrasts name their row and column by the keys that stand in `rows` and `columns`. Figures of a column
/// that is hidden are null.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CrosstabSection {
    /// The question or segment of the rows.
    pub stub: String,
    /// What the stub is called.
    pub stub_label: String,
    /// The segments or questions of the columns joined by `*`; `wave` for waves.
    pub banner: String,
    /// What they are called, in the same order.
    pub banner_labels: Vec<String>,
    /// The wave shown; null without waves, for all together, and where waves are the banner.
    pub wave: Option<String>,
    /// Whether a row of the data may stand in several columns (a question with several answers).
    pub overlapping: bool,
    /// How columns are set against each other.
    pub testing: CrosstabTesting,
    /// The columns, the total first.
    pub columns: Vec<CrosstabColumn>,
    /// The rows from top to bottom.
    pub rows: Vec<CrosstabRow>,
    /// The figures, by row and then by column.
    pub cells: Vec<CrosstabCell>,
    /// The comparisons behind the letters.
    pub contrasts: Vec<CrosstabContrast>,
    /// The test of the whole table that the rules chose; null where there is nothing to test.
    pub test: Option<TableTest>,
    /// Tests of the rows that are means and balances, and others that were asked for.
    pub further_tests: Vec<TableTest>,
    /// The family over which the p-values of the contrasts were adjusted: the comparisons of columns of one row.
    pub family: Option<Family>,
}

/// How columns are set against each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CrosstabTesting {
    /// What a column is set against.
    pub against: CrosstabAgainst,
    /// `benjamini-hochberg`, `holm`, `bonferroni` or `none`.
    pub adjustment: String,
    /// An adjusted p below this gives a capital letter.
    pub alpha: f64,
    /// An adjusted p below this gives a small letter; null where there is one level only.
    pub second_alpha: Option<f64>,
    /// Columns whose effective base is below this are not tested.
    pub minimum_base: f64,
    /// Smaller differences of shares, net scores and indexes, in points, give no letter; 0 where every difference may.
    pub minimum_difference: f64,
    /// Smaller differences of means, in the unit of their scale, give no letter; 0 where every difference may.
    #[serde(default)]
    pub minimum_mean_difference: f64,
}

/// What a column is set against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CrosstabAgainst {
    /// Every other column.
    EachOther,
    /// The total, of which it is a part.
    Total,
    /// Everybody outside it.
    Rest,
    /// The column before it, for waves.
    Previous,
    /// Nothing.
    Nothing,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CrosstabColumn {
    /// `total`, or the values joined by ` × `.
    pub key: String,
    /// One value for each variable of the banner; empty for the total.
    pub values: Vec<String>,
    /// What it is called.
    pub label: String,
    /// `A`, `B`, …, `Z`, `AA`, …; null for the total.
    pub letter: Option<String>,
    /// Respondents with an answer to the stub.
    pub base: Option<u64>,
    /// The sum of their weights.
    pub base_weighted: Option<f64>,
    /// Kish's effective base of these weights.
    pub base_effective: Option<f64>,
    /// Why figures are missing, or not to be relied on.
    pub flag: Option<Flag>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CrosstabRow {
    /// The code of the category, or the name of the statistic or net.
    pub key: String,
    /// What it is called.
    pub label: String,
    /// What kind of figure it holds.
    pub kind: CrosstabRowKind,
    /// Its unit; percentages for categories and nets.
    pub unit: Unit,
    /// Which way is good.
    pub better: Option<Better>,
}

/// What kind of figure a row holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CrosstabRowKind {
    /// The share of one answer.
    Category,
    /// The share of several answers together.
    Net,
    /// A mean, an index or a gap.
    Mean,
    /// A share less another: NPS, net satisfaction.
    Balance,
}

/// One figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CrosstabCell {
    /// The row's key.
    pub row: String,
    /// The column's key.
    pub column: String,
    /// Respondents in the cell; null for means and balances.
    pub count: Option<u64>,
    /// The sum of their weights.
    pub count_weighted: Option<f64>,
    /// The share of the column's base, in percent; for means and balances the figure in its own unit.
    pub percent: Option<f64>,
    /// The lower limit of that figure.
    pub low: Option<f64>,
    /// The upper limit of that figure.
    pub high: Option<f64>,
    /// The n that the interval used.
    pub base_effective: Option<f64>,
    /// The share of the row, in percent; null for means and balances.
    pub row_percent: Option<f64>,
    /// The share of all who answered, in percent; null for means and balances.
    pub total_percent: Option<f64>,
    /// 100 × the figure over that of the total; null for means and balances.
    pub relative_index: Option<f64>,
    /// How far the count is from independence, in standard errors (Haberman 1973); null for the total.
    pub adjusted_residual: Option<f64>,
    /// The letters of the columns that this figure is clearly above, small ones at the second level; letters of more
    /// than one character are kept apart by a space. Empty for the total.
    pub letters: String,
    /// The two-sided p-value that the column does not differ from the rest in this row.
    pub p: Option<f64>,
    /// What its contrast says where a column is set against the total, the rest or the column before; null otherwise.
    pub verdict: Option<ChangeVerdict>,
    /// What is to be known about the figure or its absence.
    pub flag: Option<Flag>,
}

/// One column set against another in one row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CrosstabContrast {
    /// The row's key.
    pub row: String,
    /// The column's key.
    pub column: String,
    /// The key of the column it is set against, `total` or `rest`.
    pub against: String,
    /// The figure of the column less the other, in points or in the unit of the scale.
    pub difference: Option<f64>,
    /// Its lower limit (unadjusted).
    pub low: Option<f64>,
    /// Its upper limit (unadjusted).
    pub high: Option<f64>,
    /// The two-sided p-value.
    pub p: Option<f64>,
    /// Adjusted over the family.
    pub p_adjusted: Option<f64>,
    /// The method of interval and test; null where nothing could be tested.
    pub method: Option<String>,
    /// How large the difference is, apart from whether it is clear: Cohen's h of two shares, d of two means.
    pub effect: Option<f64>,
    /// `cohens-h` or `cohens-d`.
    pub effect_name: Option<String>,
    /// What that is called.
    pub effect_size: Option<EffectSize>,
}

/// A test of the whole table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TableTest {
    /// The key of the row that is tested; null where it is the table of categories.
    pub row: Option<String>,
    /// Such as `chi-square`, `fisher-exact`, `rao-scott`, `kruskal-wallis`, `welch-anova`, `wald`.
    pub name: String,
    /// The test statistic; null for an exact test.
    pub statistic: Option<f64>,
    /// Degrees of freedom.
    pub df: Option<f64>,
    /// The second degrees of freedom, for an F.
    pub df2: Option<f64>,
    /// The p-value.
    pub p: Option<f64>,
    /// Adjusted over the tests of all tables of the command.
    pub p_adjusted: Option<f64>,
    /// How strong the association is.
    pub effect: Option<f64>,
    /// `cramers-v`, `epsilon-squared` or `omega-squared`.
    pub effect_name: Option<String>,
    /// What that is called.
    pub effect_size: Option<EffectSize>,
    /// Why this test: a code that `report::words` turns into a sentence.
    pub reason: String,
    /// Cells that were expected to hold fewer than five; null where it does not matter.
    pub thin_cells: Option<u64>,
}

/// How large an effect is by the usual marks (Cohen 1988), whatever its p-value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EffectSize {
    /// Hardly any.
    Negligible,
    /// Small.
    Small,
    /// Medium.
    Medium,
    /// Large.
    Large,
}
