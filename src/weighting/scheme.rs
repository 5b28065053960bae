//! How the weights are to be made: what is known of the population, the method and its limits.

/// What is known about one variable, or about a cross of several.
#[derive(Clone, Debug, PartialEq)]
pub struct Margin {
    /// The raking variables, by their place in [`Cell::categories`](super::Cell::categories).
    pub variables: Vec<usize>,
    /// The combinations of their categories, in the order of the definition: neighbours are offered for merging.
    pub targets: Vec<Target>,
    /// What the values count; numbers of people are only compared between margins of the whole sample.
    pub unit: Unit,
    /// The part of the sample that it speaks of, for nested schemes; everyone where it is not set.
    pub within: Option<Within>,
}

/// A part of the sample: the rows with one category of a variable.
///
/// A margin within a part holds among its rows; how large the part is, another margin may say. So every segment
/// can have targets of its own, and the segments theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Within {
    /// The variable.
    pub variable: usize,
    /// Its category.
    pub category: Option<u32>,
}

/// The share or the number of one category in the population.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// One category for each variable of the margin; `None` gives a target to the missing.
    pub categories: Vec<Option<u32>>,
    /// In the unit of the margin.
    pub value: f64,
}

/// What the values of targets count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Found by the sum: about 1 is shares, about 100 percentages, any other above 1.5 (and not from 90 to
    /// 110) numbers of people.
    #[default]
    BySum,
    /// Shares of 1.
    Share,
    /// Percentages.
    Percent,
    /// Numbers of people.
    Count,
}

/// How factors are found.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Method {
    /// Raking, by proportional fitting where nothing limits it and by Newton's steps where something does.
    #[default]
    Raking,
    /// The same factors by Newton's steps, with the standard errors of generalised regression.
    RakingRatio,
    /// One margin, which may cross several variables.
    PostStratification,
    /// Generalised regression; refused where a factor would be negative.
    Linear,
    /// Factors between limits, relative to their mean over the design weights.
    Logit {
        /// No factor is below; at least 0 and below 1.
        lower: f64,
        /// No factor is above; above 1.
        upper: f64,
    },
}

/// What becomes of rows without an answer to a raking variable, unless the margin has a target for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Missing {
    /// They are a category that keeps its share of the design weights; the targets hold among the others.
    #[default]
    OwnCategory,
    /// They are taken to be spread as the targets say: this margin neither weighs them nor is met by them.
    Impute,
    /// They get the weight 0 and are counted.
    Exclude,
}

/// What the final weights add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Scale {
    /// The number of weighted rows, so that the mean weight is 1.
    #[default]
    Base,
    /// The sum of the design weights.
    DesignWeights,
    /// The total of the targets, which have to be numbers of people in at least one margin.
    Targets,
    /// A number, such as a population's size.
    Total(f64),
}

/// Limits of the final weight of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bounds {
    /// In multiples of the mean final weight.
    OfMean {
        /// No weight is below.
        lower: f64,
        /// No weight is above.
        upper: f64,
    },
    /// In final weights.
    Absolute {
        /// No weight is below.
        lower: f64,
        /// No weight is above.
        upper: f64,
    },
    /// Quantiles of the weights before trimming, over rows; a cell with several design weights counts with its
    /// mean.
    Quantile {
        /// Share of rows that may be raised, such as 0.01.
        lower: f64,
        /// Share of rows that are not lowered, such as 0.99.
        upper: f64,
    },
}

/// Where the weight goes that trimming takes off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Redistribution {
    /// Weights within the bounds are found again so that all margins hold; refused where they cannot.
    #[default]
    Reraked,
    /// In equal parts to the rows inside the bounds, once: those can leave the bounds, and margins are met no
    /// more. Needs cells of one design weight.
    EqualOnce,
    /// The same, repeated until all weights are inside the bounds.
    EqualRepeated,
}

/// Bounds of final weights and what follows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trimming {
    /// The bounds.
    pub bounds: Bounds,
    /// What becomes of the weight taken off.
    pub redistribution: Redistribution,
}

/// All that is declared about weighting.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scheme {
    /// The margins, in the order of the definition.
    pub margins: Vec<Margin>,
    /// How factors are found.
    pub method: Method,
    /// The policy for missing answers.
    pub missing: Missing,
    /// What the weights add up to.
    pub scale: Scale,
    /// Bounds of the weights, if any.
    pub trimming: Option<Trimming>,
}
