//! The design behind the figures of one stratum: rows by cell, and who knows the variances of their means.

use std::fmt;

use crate::tally::Counts;

/// Rows of one cell of the design with one answer, in design weights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CellAnswers {
    /// The cell, by its place in `Counted::cells`.
    pub cell: usize,
    /// The value of the answer.
    pub x: f64,
    /// Rows.
    pub n: u64,
    /// The sum of their design weights.
    pub sum: f64,
    /// The sum of the squares of their design weights.
    pub sum_of_squares: f64,
}

/// A mean under final weights, with the variance that the design gives it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DesignMean {
    /// The mean.
    pub mean: f64,
    /// Its variance.
    pub variance: f64,
    /// Kish's effective number of answers.
    pub kish_n: f64,
    /// Degrees of freedom of that variance: rows less one, clusters less strata.
    pub degrees_of_freedom: f64,
    /// The clusters with an answer, where clusters were drawn.
    pub clusters: Option<u64>,
}

/// Knows the final weights and the variances that follow from how they were made.
pub trait DesignVariance: fmt::Debug {
    /// The mean of these answers; rows that are not listed are in the design, not in the mean. `None` where nothing can
    /// be said.
    fn mean(&self, answers: &[CellAnswers]) -> Option<DesignMean>;

    /// Whether strata or clusters were drawn, so that figures of the same rows move together.
    fn is_drawn(&self) -> bool;

    /// How the means of so many domains move together, of each with itself and of those pairs (the lower place first)
    /// that are wanted; the others stay 0. `None` where nothing can be said.
    fn covariances(
        &self,
        groups: &[DomainAnswers],
        domains: usize,
        wanted: &dyn Fn(usize, usize) -> bool,
    ) -> Option<DesignCovariances>;

    /// The same for the shares of the whole weight of all groups, that whole taken as fixed: what the test of a table is
    /// made of.
    fn covariances_of_weights(&self, groups: &[DomainAnswers], domains: usize) -> Option<DesignCovariances>;
}

/// Rows that stand in the same domains (columns of a table, everybody else); no row is in two groups.
#[derive(Clone, Debug, PartialEq)]
pub struct DomainAnswers {
    /// The domains, by their places among all.
    pub domains: Vec<usize>,
    /// The rows by cell and answer.
    pub answers: Vec<CellAnswers>,
}

/// How the means of domains move together.
#[derive(Clone, Debug, PartialEq)]
pub struct DesignCovariances {
    /// The means.
    pub means: Vec<f64>,
    /// By domain and domain.
    pub covariances: Vec<Vec<f64>>,
    /// By domain and domain: units with answers in either, less strata with answers in either.
    pub degrees_of_freedom: Vec<Vec<f64>>,
    /// The same of all domains together.
    pub of_all: u64,
    /// By domain and domain, whether a cluster has answers in both.
    pub shares_units: Vec<Vec<bool>>,
}

/// The counts of one question in one stratum by cell of the design.
#[derive(Clone, Copy, Debug)]
pub struct StratumDesign<'a> {
    /// Who knows the variances.
    pub variance: &'a dyn DesignVariance,
    /// By cell, in design weights.
    pub cells: &'a [(usize, &'a Counts)],
}
