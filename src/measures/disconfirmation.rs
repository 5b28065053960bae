//! Direct disconfirmation: whether it was worse than, as, or better than expected (Oliver 1980), asked in one question.
//!
//! Shares of the three have the interval that is asked for shares; better less worse that of a balance of two shares.
//! Whether one outweighs the other is the asymmetry: among those who found it otherwise than expected the share who found
//! it better, which is one half where neither does.

use crate::report::Estimated;
use crate::stats::PairedShares;
use crate::survey::{Best, Scale};
use crate::tally::Counts;

use super::balance::Balance;
use super::context::Context;
use super::part::{Part, sum};
use super::proportion::proportion;
use super::question::points;
use super::rounding::rounded;
use super::row_scores::estimated;

/// What the answers to one question of direct disconfirmation say; shares are fractions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Disconfirmation {
    /// Respondents.
    pub base: u64,
    /// The n that intervals rest on.
    pub effective: f64,
    /// Worse than expected.
    pub negative: Estimated,
    /// As expected.
    pub confirmed: Estimated,
    /// Better than expected.
    pub positive: Estimated,
    /// How the limits of shares were found.
    pub method: String,
    /// Positive less negative, -1 to 1.
    pub balance: Estimated,
    /// Positive among positive and negative.
    pub asymmetry: Estimated,
    /// The two-sided p-value that positive and negative are as frequent: binomial up to 50 of them, normal above; with
    /// weights `None`.
    pub p: Option<f64>,
}

/// The figures of one question; the middle point of its scale is as expected.
pub fn disconfirmation(scale: &Scale, counts: &Counts, context: &Context) -> Disconfirmation {
    let parts = points(counts, context);
    let middle = scale.points() / 2;
    let of = |from: usize, to: usize| sum(parts.get(from..to.min(parts.len())).unwrap_or_default());
    let (low, between, high) = (of(0, middle), of(middle, middle + 1), of(middle + 1, parts.len()));
    let (below, above) = if scale.best == Best::Low { (high, low) } else { (low, high) };
    let share = |hits: &Part, rest: [&Part; 2]| proportion(hits, &sum(rest), context);
    let positive = share(&above, [&below, &between]);
    let unit = (0.0, 1.0);
    let balance =
        Balance { above: above.clone(), between: between.clone(), below: below.clone() }.figure(context);
    let tested = !context.weighted && above.count.n + below.count.n > 0;
    let table =
        PairedShares { first_only: below.count.n, second_only: above.count.n, ..PairedShares::default() };
    Disconfirmation {
        base: below.count.n + between.count.n + above.count.n,
        effective: positive.as_ref().map_or(0.0, |figure| figure.effective),
        method: positive.as_ref().map_or_else(String::new, |figure| figure.method.to_owned()),
        negative: estimated(share(&below, [&between, &above]), unit),
        confirmed: estimated(share(&between, [&below, &above]), unit),
        positive: estimated(positive, unit),
        balance: estimated(balance, (-1.0, 1.0)),
        asymmetry: estimated(proportion(&above, &below, context), unit),
        p: table.mcnemar().filter(|_| tested).and_then(|test| rounded(test.p)),
    }
}

#[cfg(test)]
mod tests {
    use super::disconfirmation;
    use crate::measures::sample::{context, single};
    use crate::survey::{Best, Scale};
    use approx::assert_relative_eq;

    #[test]
    fn shares_of_worse_as_and_better_than_expected() {
        let scale = Scale::new("disconfirmation", 1, 5);
        let found = disconfirmation(&scale, &single(&[2, 8, 60, 20, 10]), &context());
        assert_eq!(found.base, 100);
        assert_eq!(
            [found.negative.value, found.confirmed.value, found.positive.value, found.balance.value],
            [Some(0.1), Some(0.6), Some(0.3), Some(0.2)]
        );
        assert_eq!(found.asymmetry.value, Some(0.75));
        // scipy 1.17: binomtest(10, 40).p
        assert_relative_eq!(found.p.unwrap(), 0.002_221_433_773_23, epsilon = 1e-9);
        // statsmodels proportion_confint(30, 100, method="wilson"): 0.2189489..0.3958485.
        assert_relative_eq!(found.positive.low.unwrap(), 0.218_948_9, epsilon = 1e-6);
        assert_relative_eq!(found.positive.high.unwrap(), 0.395_848_5, epsilon = 1e-6);
    }

    #[test]
    fn a_scale_whose_low_end_is_the_best_is_read_from_the_other_end() {
        let mut scale = Scale::new("turned", 1, 5);
        scale.best = Best::Low;
        let found = disconfirmation(&scale, &single(&[10, 20, 60, 8, 2]), &context());
        assert_eq!((found.negative.value, found.positive.value), (Some(0.1), Some(0.3)));
    }

    #[test]
    fn nobody_and_everybody_alike() {
        let scale = Scale::new("disconfirmation", 1, 3);
        let nobody = disconfirmation(&scale, &single(&[0, 0, 0]), &context());
        assert_eq!((nobody.base, nobody.positive.value, nobody.p), (0, None, None));
        let all = disconfirmation(&scale, &single(&[0, 12, 0]), &context());
        assert_eq!((all.confirmed.value, all.asymmetry.value, all.p), (Some(1.0), None, None));
        assert!(all.confirmed.low.is_some_and(|low| low < 1.0), "Wilson's interval has a width at 100 %");
    }
}
