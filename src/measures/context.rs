//! What the figures of one stratum have in common.

use crate::stats::{Bootstrap, Confidence, corrected_variance};
use crate::tally::Counts;

use super::design::StratumDesign;
use super::intervals::Intervals;

/// What the figures of one stratum have in common.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The confidence level of intervals.
    pub confidence: Confidence,
    /// The interval methods.
    pub intervals: &'a Intervals,
    /// Whether rows are weighted.
    pub weighted: bool,
    /// The rows of the wave after filters, with or without an answer: the n of the design.
    pub design_rows: u64,
    /// The finite population of the stratum; `None` where no correction applies (not known, open link,
    /// pooled waves, filtered rows).
    pub population: Option<u64>,
    /// A base below this is flagged.
    pub flag_below: u64,
    /// How intervals by resampling are made.
    pub bootstrap: Bootstrap,
    /// The counts of the question by cell of the design; `None` where weights are taken as fixed.
    pub design: Option<StratumDesign<'a>>,
}

/// More answers than the population has members: the definition is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("question `{question}` has {answers} answers but the population is {population}")]
pub struct PopulationExceeded {
    /// The question.
    pub question: String,
    /// Its answers.
    pub answers: u64,
    /// The population.
    pub population: u64,
}

/// How much of the sampling variance is left after the finite population correction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sampled {
    /// The factor on the variance: 1 - n/N, or 1 without a population.
    Share(f64),
    /// Everyone answered.
    Census,
}

impl Context<'_> {
    pub(super) fn sampled(&self, n: u64) -> Sampled {
        let Some(population) = self.population else { return Sampled::Share(1.0) };
        if n >= population {
            return Sampled::Census;
        }
        corrected_variance(1.0, n as f64, population as f64).map_or(Sampled::Share(1.0), Sampled::Share)
    }

    /// The divisor of a plain variance: n, or n - 1 where a finite population is corrected for (Cochran).
    pub(super) fn plain_divisor(&self, n: u64) -> f64 {
        if self.population.is_some() { n.saturating_sub(1).max(1) as f64 } else { n as f64 }
    }

    /// The counts of the question by cell of the design.
    pub(super) fn cells(&self) -> &[(usize, &Counts)] {
        self.design.map_or(&[], |design| design.cells)
    }
}

/// Answering rows less one, at least one: a single weighted answer gets the widest limits rather than those of a large
/// sample.
pub(super) fn degrees_of_freedom(n: u64) -> f64 {
    n.saturating_sub(1).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::Sampled;
    use crate::measures::sample;

    #[test]
    fn the_correction_follows_the_share_of_the_population_that_answered() {
        let mut context = sample::context();
        assert_eq!(context.sampled(50), Sampled::Share(1.0));
        context.population = Some(200);
        assert_eq!(context.sampled(50), Sampled::Share(0.75));
        assert_eq!(context.sampled(200), Sampled::Census);
    }
}
