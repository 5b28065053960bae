//! Which finite population a stratum is a sample of.
//!
//! A correction is made only where the population of exactly these rows is known: the survey's for the total, a
//! segment's own for its values. Not for open links (whoever answers is no sample of a list), not for rows kept by a
//! condition, not for several waves together (the same population asked again), not for crossings.

use crate::survey::{Sampling, Survey};

/// From this share of the population on, a survey said to be a census is taken as one.
pub(super) const NEARLY_ALL: f64 = 0.95;

/// The population of a stratum; `None` where no correction applies.
pub(super) fn of_stratum(
    survey: &Survey,
    filtered: bool,
    waves_together: usize,
    segment: &[(String, String)],
) -> Option<u64> {
    if survey.sampling == Sampling::OpenLink || filtered || waves_together > 1 {
        return None;
    }
    match segment {
        [] => survey.population,
        [(id, value)] => {
            let segment = survey.segments.iter().find(|segment| segment.id == *id)?;
            segment.population.get(value).copied()
        }
        _ => None,
    }
}

/// How respondents came in, as the report takes it: a census needs a population of which nearly all answered.
///
/// Several waves together are none: whoever answers each of them is counted each time.
pub(super) fn sampling(survey: &Survey, rows_used: u64, waves_together: usize) -> Sampling {
    let nearly_all =
        |population: u64| waves_together <= 1 && rows_used as f64 >= NEARLY_ALL * population as f64;
    match survey.sampling {
        Sampling::EveryoneAnswered if !survey.population.is_some_and(nearly_all) => Sampling::EveryoneInvited,
        sampling => sampling,
    }
}

#[cfg(test)]
mod tests {
    use super::sampling;
    use crate::analysis::sample::survey;
    use crate::survey::Sampling;

    #[test]
    fn three_waves_of_a_third_each_are_no_census() {
        let mut survey = survey();
        (survey.sampling, survey.population) = (Sampling::EveryoneAnswered, Some(100));
        assert_eq!(sampling(&survey, 100, 1), Sampling::EveryoneAnswered);
        assert_eq!(sampling(&survey, 100, 3), Sampling::EveryoneInvited);
        assert_eq!(sampling(&survey, 94, 1), Sampling::EveryoneInvited);
    }
}
