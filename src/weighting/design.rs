//! How the rows were drawn, and which of them are weighted together.

use std::collections::BTreeMap;

use super::Failure;

/// Which rows share one set of weights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SolvingScope {
    /// Those of a wave: every wave meets the targets by itself, and waves are independent samples.
    #[default]
    Wave,
    /// All, as one sample whatever the wave.
    All,
}

/// What is known of strata and clusters beside the codes of the cells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Design {
    /// By name of the stratum, how many units it has: clusters where clusters were drawn, else people. A stratum
    /// that is not named is taken to be large.
    pub populations: BTreeMap<String, f64>,
    /// What is done with a stratum of a single unit.
    pub single: SinglePsu,
}

/// What a stratum adds to a variance in which a single cluster, or a single row, was drawn: the policies of R survey.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SinglePsu {
    /// There is no variance: the stratum is named and nothing is weighted.
    #[default]
    Fail,
    /// Nothing, as if it had been certain to be drawn.
    Certainty,
    /// The square of its distance from the mean of all units.
    Adjust,
    /// What the other strata add on average.
    Average,
}

/// Why the rows of one scope have no weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// The index into [`Counted::waves`](crate::tally::Counted::waves); `None` without waves, and where all rows are
    /// weighted together.
    pub wave: Option<usize>,
    /// Everything that is wrong; cells are places in [`Counted::cells`](crate::tally::Counted::cells).
    pub failures: Vec<Failure>,
}
