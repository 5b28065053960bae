//! What an outcome comes to among some respondents, by the formulas that every mean and every share has.

use crate::tally::Count;

use super::answers::Answers;
use super::context::Context;
use super::csat::mean_limits;
use super::interval::printed;
use super::mean::mean;
use super::part::Part;
use super::proportion::proportion;
use super::rounding::rounded;

/// The mean of numbers, or a share in percent, with its limits as the report has them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OutcomeMean {
    /// The mean, or the share in percent.
    pub value: f64,
    /// The limits; `None` for a census and for answers that do not vary.
    pub limits: Option<(f64, f64)>,
}

/// The mean of answers, by their number; a share in percent where `is_share`, of the answers above 0. `None` without
/// answers.
pub fn outcome_mean(answers: &[(f64, Count)], is_share: bool, context: &Context<'_>) -> Option<OutcomeMean> {
    let (figure, range) = if is_share {
        let part = |above: bool| {
            let mut part = Part::default();
            let own = answers.iter().filter(|(x, _)| (*x > 0.0) == above);
            own.for_each(|(_, count)| part.add(&Part::from(*count)));
            part
        };
        let figure = proportion(&part(true), &part(false), context)?;
        (figure.scaled(100.0, 0.0), Some((0.0, 100.0)))
    } else {
        (mean(&Answers::new(answers.iter().copied()), mean_limits(context), context)?, None)
    };
    let limits = figure.interval.and_then(|limits| {
        let printed = printed(limits, figure.value, range);
        Some((rounded(printed.low)?, rounded(printed.high)?))
    });
    Some(OutcomeMean { value: rounded(figure.value)?, limits: limits.filter(|(low, high)| low < high) })
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;
    use crate::measures::sample::{context, rows};

    #[test]
    fn shares_have_wilsons_limits_and_means_students() {
        let context = context();
        // METHODS of the house, 80 of 100: R binom.confint, 71.117 to 86.663.
        let share = outcome_mean(&[(0.0, rows(20)), (100.0, rows(80))], true, &context).unwrap();
        let (low, high) = share.limits.unwrap();
        assert_relative_eq!(share.value, 80.0);
        assert_relative_eq!(low, 71.117, epsilon = 1e-3);
        assert_relative_eq!(high, 86.663, epsilon = 1e-3);
        // R t.test of 4, 5, 7, 7, 9: 3.97955 to 8.82045.
        let counts = [(4.0, rows(1)), (5.0, rows(1)), (7.0, rows(2)), (9.0, rows(1))];
        let mean = outcome_mean(&counts, false, &context).unwrap();
        let (low, high) = mean.limits.unwrap();
        assert_relative_eq!(mean.value, 6.4);
        assert_relative_eq!(low, 3.979_55, epsilon = 1e-5);
        assert_relative_eq!(high, 8.820_45, epsilon = 1e-5);
    }

    #[test]
    fn nobody_everybody_and_answers_alike_have_no_limits() {
        let mut context = context();
        assert_eq!(outcome_mean(&[(0.0, rows(0))], false, &context), None);
        assert_eq!(outcome_mean(&[(3.0, rows(9))], false, &context).unwrap().limits, None);
        context.population = Some(9);
        let all = outcome_mean(&[(0.0, rows(4)), (100.0, rows(5))], true, &context).unwrap();
        assert_eq!(all.limits, None);
        assert_relative_eq!(all.value, 500.0 / 9.0, max_relative = 1e-11);
    }
}
