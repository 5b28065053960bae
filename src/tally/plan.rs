//! The plan: what is to be counted, before a byte is read.

use indexmap::IndexMap;

use super::base::Base;
use super::exclusion::Exclusion;
use crate::survey::{Band, DateColumn, DecimalMark, Scale, WaveRule};

/// What one pass counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Every coded variable that a tally, a stratum or an exclusion needs.
    pub variables: Vec<Variable>,
    /// What is counted in every stratum.
    pub tallies: Vec<Tally>,
    /// The groupings: each a list of segment variables (indexes into `variables`); `[]`, the total, is always first.
    pub groupings: Vec<Vec<usize>>,
    /// How rows are split into waves; every grouping is then crossed with the wave, and pooled over waves too.
    pub wave: Option<WavePlan>,
    /// The weight column.
    pub weight: Option<String>,
    /// What of the design joins the key of every stratum.
    pub design: DesignPlan,
    /// Which rows are left out, in the order in which reasons are looked for.
    pub exclusions: Vec<Exclusion>,
    /// Who was asked which questions, in the order of the questions.
    pub bases: Vec<Base>,
    /// Texts that mean blank everywhere.
    pub missing: Vec<String>,
    /// The decimal mark, where the definition names it; else it is found by column.
    pub decimal: Option<DecimalMark>,
}

/// What of the design joins the key of every stratum, so that weights and variances are made from counts.
///
/// Rows with the same codes of all these variables are one cell of the design; nothing is crossed where it is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DesignPlan {
    /// The raking variables (indexes into [`Plan::variables`]).
    pub raking: Vec<usize>,
    /// Whether rows without an answer to one of them are left out (`no_raking_answer`); else it is a category of its own.
    pub leaves_out_unanswered: bool,
    /// The variable that names the stratum in which a row was drawn; rows without are left out (`no_stratum`).
    pub stratum: Option<usize>,
    /// The variable that names the cluster which was drawn; rows without are left out (`no_cluster`).
    pub cluster: Option<usize>,
    /// Whether rows of different design weights are in cells of their own, for bounds that every row's weight is to keep.
    pub by_weight: bool,
}

impl DesignPlan {
    /// Whether cells are split by design weight: where there is a design and rows have weights.
    pub(super) fn splits_weights(&self, plan: &Plan) -> bool {
        self.by_weight && plan.weight.is_some() && !self.is_empty()
    }

    /// Whether nothing joins the key.
    pub fn is_empty(&self) -> bool {
        self.raking.is_empty() && self.stratum.is_none() && self.cluster.is_none()
    }
}

/// How rows are split into waves.
#[derive(Clone, Debug, PartialEq)]
pub struct WavePlan {
    /// The rule.
    pub rule: WaveRule,
    /// The date column, for calendar waves and ages.
    pub date: Option<DateColumn>,
    /// The month in which the fiscal year starts.
    pub fiscal_year_start: u32,
    /// Whether a fiscal year is named after the year in which it ends.
    pub fiscal_year_named_end: bool,
}

/// One coded variable: a column and how its cells become codes.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// What the ledger and messages call it: a question id or segment id.
    pub id: String,
    /// Alternative column names; the first found is read. None found: not asked.
    pub columns: Vec<String>,
    /// How cells become codes.
    pub coding: Coding,
}

/// How cells become codes.
#[derive(Clone, Debug, PartialEq)]
pub enum Coding {
    /// Points of a scale.
    Scale(Scale),
    /// Categories by their text, found as they come; known ones first, with labels (a segment or a choice).
    Category {
        /// Labels by text in the file.
        labels: IndexMap<String, String>,
        /// Whether a text outside the labels is invalid (else it is a category of its own).
        closed: bool,
    },
    /// Several categories in one cell.
    Multiple {
        /// Labels by text in the file.
        labels: IndexMap<String, String>,
        /// What separates them.
        separator: String,
        /// Parts that are no answer, beside what is blank in every column.
        missing: Vec<String>,
    },
    /// Bands of a number.
    Bands(Vec<Band>),
    /// Bands of the age at the date of the answer, from a year or date of birth.
    AgeBands {
        /// The bands.
        bands: Vec<Band>,
        /// The date column of the answer.
        date: DateColumn,
    },
    /// A free number.
    Number,
}

/// What is counted in every stratum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tally {
    /// One coded variable.
    Single(usize),
    /// A pair: expectation and perception.
    Pair(usize, usize),
    /// Several categories a row.
    Multiple(usize),
    /// A free number.
    Number(usize),
}
