//! How the answers are to be weighted (`[weighting]`): what is known of the population, and by which method.

use crate::diagnostic::Place;

/// The key that gives those without an answer a target of their own.
pub const NO_ANSWER: &str = "(no answer)";

/// What `[weighting]` declares; every default is filled in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WeightingDefinition {
    /// The tables of targets in written order, those of everyone before those within a segment's values; none where
    /// only the variances of a design are declared.
    pub margins: Vec<MarginDefinition>,
    /// How the weights are found.
    pub method: WeightingMethod,
    /// What becomes of rows without an answer to a weighting variable.
    pub missing: WeightingMissing,
    /// What the weights add up to.
    pub scale: WeightingScale,
    /// Whether every wave is weighted by itself.
    pub scope: WeightingScope,
    /// Bounds of the final weights, if any.
    pub bounds: Option<WeightBounds>,
    /// Where the weight goes that the bounds take off.
    pub redistribute: Redistribute,
    /// What is done with a stratum of a single cluster or row.
    pub single_psu: SinglePsu,
    /// How standard errors are found.
    pub variance: DesignVariance,
}

impl WeightingDefinition {
    /// The variables that weights are made from, segment ids or column names: each once, in the order in which the
    /// definition names them, those of `within` included.
    pub fn raking_variables(&self) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        for margin in &self.margins {
            let within = margin.within.iter().map(|(segment, _)| segment.as_str());
            for variable in within.chain(margin.variables.iter().map(String::as_str)) {
                if !found.contains(&variable) {
                    found.push(variable);
                }
            }
        }
        found
    }
}

/// What is known of one variable, or of several crossed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MarginDefinition {
    /// Segment ids or column names.
    pub variables: Vec<String>,
    /// The targets in written order; empty until the file is read, where there is one.
    pub targets: Vec<TargetDefinition>,
    /// What the values count.
    pub unit: TargetUnit,
    /// A segment and one of its values: the part of the respondents that the targets hold for; none is everyone.
    pub within: Option<(String, String)>,
    /// The file with the targets as it is written, beside the definition; none where they are in the definition.
    pub file: Option<String>,
    /// Where the definition names the variables, or the file.
    pub place: Option<Place>,
}

impl MarginDefinition {
    /// What it is called in messages: `region × age`, `age (country: DE)`.
    pub fn name(&self) -> String {
        let variables = self.variables.join(" × ");
        match &self.within {
            Some((segment, value)) => format!("{variables} ({segment}: {value})"),
            None => variables,
        }
    }
}

/// The target of one category, or of one combination of categories.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetDefinition {
    /// One for each variable: the name that reports show, or [`NO_ANSWER`].
    pub categories: Vec<String>,
    /// In the unit of its table; finite, 0 or more.
    pub value: f64,
    /// Where it stands, in the definition or in the file of targets.
    pub place: Option<Place>,
}

/// What the values of targets count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TargetUnit {
    /// Found by their sum: 1 is shares, 100 percentages, others numbers of people.
    #[default]
    BySum,
    /// Shares of 1.
    Share,
    /// Percentages.
    Percent,
    /// Numbers of people.
    Count,
}

impl TargetUnit {
    /// The unit of that name in a definition, or of that header in a file of targets.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "share" => Some(Self::Share),
            "percent" => Some(Self::Percent),
            "count" => Some(Self::Count),
            _ => None,
        }
    }
}

/// How weights are found (`method`).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum WeightingMethod {
    /// Raking.
    #[default]
    Raking,
    /// Post-stratification: one table of targets.
    PostStratification,
    /// Linear calibration (generalised regression).
    Linear,
    /// Logit calibration: factors between limits, relative to their mean.
    Logit {
        /// No factor is below; at least 0 and below 1.
        lower: f64,
        /// No factor is above; above 1.
        upper: f64,
    },
}

impl WeightingMethod {
    /// The name in the definition.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Raking => "raking",
            Self::PostStratification => "post_stratification",
            Self::Linear => "linear",
            Self::Logit { .. } => "logit",
        }
    }
}

/// What becomes of rows without an answer to a weighting variable (`missing`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WeightingMissing {
    /// They are a category of their own, which keeps its share.
    #[default]
    OwnCategory,
    /// They are taken to be spread as the targets say.
    Impute,
    /// They are left out and counted.
    Exclude,
}

/// What the weights add up to (`scale`).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum WeightingScale {
    /// The number of weighted rows: the mean weight is 1.
    #[default]
    Base,
    /// The population: `population` under `[survey]`, else the sum of targets that are numbers of people.
    Population,
    /// The sum of the design weights.
    DesignWeights,
    /// This number, above 0.
    Total(f64),
}

/// Which rows are weighted together (`scope`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WeightingScope {
    /// Those of one wave.
    #[default]
    Wave,
    /// All.
    All,
}

/// The smallest and the largest weight that is allowed (`bounds`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightBounds {
    /// No weight is below; at least 0.
    pub lower: f64,
    /// No weight is above.
    pub upper: f64,
    /// What the two are measured in.
    pub of: BoundsOf,
}

/// What bounds are measured in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BoundsOf {
    /// Multiples of the mean weight.
    #[default]
    Mean,
    /// Weights.
    Weight,
    /// Quantiles of the weights before trimming, 0 to 1.
    Quantile,
}

/// Where the weight goes that bounds take off (`redistribute`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Redistribute {
    /// Weights are found again within the bounds, so that all targets hold.
    #[default]
    Rerake,
    /// To the rows inside the bounds in equal parts, once.
    Once,
    /// The same until all weights are inside the bounds.
    Repeat,
}

/// What is done with a stratum in which a single cluster, or a single row, was drawn (`single_psu`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SinglePsu {
    /// There are no standard errors, and the stratum is named.
    #[default]
    Fail,
    /// It adds nothing to the variance, as if it had been certain to be drawn.
    Certainty,
    /// It is compared with the mean of the whole sample.
    Adjust,
    /// It adds what the other strata add on average.
    Average,
}

/// How standard errors of weighted figures are found (`variance`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DesignVariance {
    /// By linearisation.
    #[default]
    Linearised,
    /// By bootstrap replicates that are weighted anew each.
    Bootstrap {
        /// How many.
        replicates: u32,
    },
}

/// Where the definition names a variable, for [`Places`](super::Places).
pub(super) fn variable_path(variable: &str) -> String {
    format!("weighting.{variable}")
}
