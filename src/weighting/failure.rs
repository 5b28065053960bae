//! Why there are no weights, with what is needed to say so and what would help.

use std::fmt;

use super::sentence;

/// A category of a margin, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The margin, in the order of the scheme.
    pub margin: usize,
    /// The category, in the order of the margin's targets; categories of missing answers follow after them.
    pub category: usize,
}

/// A total that cannot be met.
#[derive(Clone, Debug, PartialEq)]
pub struct Unmet {
    /// The variables of the margin.
    pub variables: Vec<usize>,
    /// The margin and category.
    pub place: Place,
    /// Its categories by code.
    pub categories: Vec<Option<u32>>,
    /// Its share, as wanted.
    pub target: f64,
    /// Its share, as far as it was reached.
    pub reached: f64,
}

/// Categories of one margin.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// The margin.
    pub margin: usize,
    /// Its variables.
    pub variables: Vec<usize>,
    /// Places of the categories.
    pub places: Vec<usize>,
    /// The categories by code.
    pub categories: Vec<Vec<Option<u32>>>,
    /// Their targets, as a share of all.
    pub share: f64,
}

/// Why a scheme gives no weights for a sample.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// The scheme has no margin.
    NoMargins,
    /// Post-stratification takes one margin.
    OneMarginNeeded {
        /// Margins given.
        margins: usize,
    },
    /// A margin names no variable, an unknown one or one twice, or a target has another number of categories.
    MarginShape {
        /// The margin.
        margin: usize,
    },
    /// A target is negative or no number.
    TargetNotPositive {
        /// The variables of the margin.
        variables: Vec<usize>,
        /// Where.
        place: Place,
        /// The categories by code.
        categories: Vec<Option<u32>>,
        /// What was given.
        value: f64,
    },
    /// All targets of a margin are 0, or it has none.
    TargetsAllZero {
        /// The margin.
        margin: usize,
        /// Its variables.
        variables: Vec<usize>,
    },
    /// A category has two targets.
    TargetTwice {
        /// The variables of the margin.
        variables: Vec<usize>,
        /// The second of them.
        place: Place,
        /// The categories by code.
        categories: Vec<Option<u32>>,
    },
    /// Shares that do not make 1, percentages that do not make 100.
    TargetsDoNotSum {
        /// The margin.
        margin: usize,
        /// Its variables.
        variables: Vec<usize>,
        /// What they make.
        sum: f64,
        /// What they should make.
        expected: f64,
    },
    /// Two margins count different numbers of people.
    TotalsDiffer {
        /// The first margin in numbers.
        first: usize,
        /// Its variables.
        first_variables: Vec<usize>,
        /// Its total.
        first_total: f64,
        /// The other margin.
        other: usize,
        /// Its variables.
        other_variables: Vec<usize>,
        /// Its total.
        other_total: f64,
    },
    /// Weights are to make the population, and no margin says how large it is; or the total is not above 0.
    NoTotal,
    /// A target above 0 for a category in which nobody has weight.
    EmptyCategory {
        /// The variables of the margin.
        variables: Vec<usize>,
        /// Where.
        place: Place,
        /// The categories by code.
        categories: Vec<Option<u32>>,
        /// Its share, as wanted.
        target: f64,
        /// Rows there, all of weight 0.
        rows: u64,
        /// The category beside it, with rows, that it could be merged with.
        neighbour: Option<Vec<Option<u32>>>,
    },
    /// The sample has a category that the margin gives no target.
    UnknownCategory {
        /// The margin.
        margin: usize,
        /// Its variables.
        variables: Vec<usize>,
        /// The categories by code.
        categories: Vec<Option<u32>>,
        /// Rows there.
        rows: u64,
    },
    /// A cell's sums contradict each other or are negative, or it lacks a variable.
    CellUnsound {
        /// The cell.
        cell: usize,
    },
    /// No row has a weight above 0 to start from.
    NoWeight {
        /// Rows in all.
        rows: u64,
        /// Rows left out for a missing answer.
        excluded: u64,
    },
    /// Two margins contradict each other in this sample: whoever is in `needs` is in `within` too, and that is
    /// to be smaller.
    Conflict {
        /// Categories that need the larger share.
        needs: Box<Side>,
        /// Categories of another margin that all their rows are in.
        within: Box<Side>,
    },
    /// The margins can be met only by giving people the weight 0 (in the limit).
    Vanishing {
        /// Their categories.
        sides: Vec<Side>,
        /// Rows that would vanish.
        rows: u64,
    },
    /// The margins cannot be met together, though any two of them can; or bounds leave no room for them.
    Unreachable {
        /// The totals that stayed unmet, the worst first.
        unmet: Vec<Unmet>,
        /// Whether bounds of weights or limits of factors were set.
        bounded: bool,
        /// Whether those are limits of factors.
        limited: bool,
        /// Steps or rounds spent.
        iterations: u32,
    },
    /// Bounds leave a category too little or too much room whatever the other margins want.
    BoundsTooTight {
        /// The variables of the margin.
        variables: Vec<usize>,
        /// Where.
        place: Place,
        /// The categories by code.
        categories: Vec<Option<u32>>,
        /// Its rows' weight as a multiple of the mean, needed on average.
        needed: f64,
        /// The least or most the bounds allow on average.
        allowed: f64,
    },
    /// The rows of one cell differ more in design weight than the bounds allow.
    WideCell {
        /// The cell.
        cell: usize,
        /// Its smallest design weight.
        least: f64,
        /// Its greatest.
        greatest: f64,
    },
    /// Bounds that are not in order, or that do not enclose the mean.
    BoundsUnsound {
        /// Lower.
        lower: f64,
        /// Upper.
        upper: f64,
    },
    /// Every weight is outside the bounds, so that what they take off has nowhere to go.
    NothingInside {
        /// Lower, in multiples of the mean.
        lower: f64,
        /// Upper.
        upper: f64,
    },
    /// Limits of logit calibration that do not enclose 1.
    LimitsUnsound {
        /// Lower.
        lower: f64,
        /// Upper.
        upper: f64,
    },
    /// A stratum of a single unit, whose variance nothing tells.
    SinglePsu {
        /// Its name.
        stratum: String,
        /// Whether the unit is a cluster, else a row.
        clustered: bool,
    },
    /// A stratum with more units drawn than it is said to have.
    PopulationExceeded {
        /// Its name.
        stratum: String,
        /// How many units it is said to have.
        population: f64,
        /// Units drawn.
        units: u64,
        /// Whether units are clusters, else rows.
        clustered: bool,
    },
    /// Linear calibration would need negative weights.
    NegativeWeights {
        /// Cells with a negative factor.
        cells: Vec<usize>,
        /// Rows in them.
        rows: u64,
    },
}

/// The names that sentences use.
pub trait Names {
    /// Of a raking variable.
    fn variable(&self, variable: usize) -> String;
    /// Of a category of it; `None` is a missing answer.
    fn category(&self, variable: usize, code: Option<u32>) -> String;
    /// Of a margin, in the order of the scheme: its variables, unless more is to be said, such as the part of
    /// the sample that it is for.
    fn margin(&self, _margin: usize, variables: &[usize]) -> String {
        let names: Vec<String> = variables.iter().map(|variable| self.variable(*variable)).collect();
        names.join(" × ")
    }
}

impl Failure {
    /// The failure as a plain sentence with what would help, to be displayed.
    pub fn sentence<'a>(&'a self, names: &'a dyn Names) -> Sentence<'a> {
        Sentence { failure: self, names }
    }
}

/// A failure with the names it speaks of.
pub struct Sentence<'a> {
    pub(super) failure: &'a Failure,
    pub(super) names: &'a dyn Names,
}

impl fmt::Display for Sentence<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        sentence::write(f, self.failure, self.names)
    }
}
