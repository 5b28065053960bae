//! How large a difference or an association is, whatever its p-value.
//!
//! Two shares: Cohen's h. Two means or balances: Cohen's d with the pooled standard deviation of one answer, which
//! comes back from the standard error and the effective base, so that weights need nothing special. The marks of small,
//! medium and large are Cohen's (1988): 0.2, 0.5, 0.8 of h and d; 0.1, 0.3, 0.5 of w, which is V times the root of the
//! smaller side less one; and for shares of variance those of f, 0.1, 0.25, 0.4, on the scale of f²/(1 + f²).

use crate::report::EffectSize;
use crate::stats::{cohens_h, nps_variance_per_answer};

use super::rounding::rounded;
use super::side::{Sample, Side};

/// How large something is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// The measure: `cohens-h`, `cohens-d`, `cramers-v`, `epsilon-squared` or `omega-squared`.
    pub name: &'static str,
    /// Its value, with the sign of the difference for h and d.
    pub value: f64,
    /// What that is called.
    pub size: EffectSize,
}

/// `after` less `before` on a scale that does not depend on the number of answers; `None` where the two are not the
/// same kind of figure or do not vary.
pub fn effect(before: &Side, after: &Side) -> Option<Effect> {
    let (name, value) = match (&before.sample, &after.sample) {
        (Sample::Share(first), Sample::Share(second)) => ("cohens-h", cohens_h(second.p, first.p)?),
        (Sample::Balance(first), Sample::Balance(second)) => {
            let spread = |shares| Some(1e4 * nps_variance_per_answer(shares)?);
            let (one, other) = (spread(&first.shares)?, spread(&second.shares)?);
            ("cohens-d", standardised(after.value - before.value, (one, first.n), (other, second.n))?)
        }
        (Sample::Mean(Some(first)), Sample::Mean(Some(second))) => {
            let spread = |answers: &crate::stats::SampledMean| (answers.variance, answers.n);
            let (one, other) = (spread(&first.answers), spread(&second.answers));
            ("cohens-d", standardised(after.value - before.value, one, other)?)
        }
        _ => return None,
    };
    Some(Effect { name, value: rounded(value)?, size: effect_size(name, value, 2) })
}

/// What the size of an effect is called; `smaller` is the smaller side of the table, for Cramér's V.
pub fn effect_size(name: &str, value: f64, smaller: usize) -> EffectSize {
    let (size, marks) = match name {
        "cramers-v" => (value * (smaller.max(2) as f64 - 1.0).sqrt(), [0.1, 0.3, 0.5]),
        "epsilon-squared" | "omega-squared" => (value, [0.1_f64, 0.25, 0.4].map(|f| f * f / (1.0 + f * f))),
        _ => (value.abs(), [0.2, 0.5, 0.8]),
    };
    match marks {
        [small, ..] if size < small => EffectSize::Negligible,
        [_, medium, _] if size < medium => EffectSize::Small,
        [.., large] if size < large => EffectSize::Medium,
        _ => EffectSize::Large,
    }
}

/// A difference in pooled standard deviations of one answer, by degrees of freedom.
fn standardised(difference: f64, (first, n): (f64, f64), (second, m): (f64, f64)) -> Option<f64> {
    let (a, b) = (n - 1.0, m - 1.0);
    let pooled = (a * first + b * second) / (a + b);
    (a > 0.0 && b > 0.0 && pooled > 0.0).then(|| difference / pooled.sqrt()).filter(|d| d.is_finite())
}

#[cfg(test)]
mod tests {
    use super::{effect, effect_size};
    use crate::measures::sample::{context, question, single};
    use crate::measures::{Side, figures};
    use crate::report::EffectSize;
    use crate::stats::{moments, standardised_difference};
    use crate::survey::Measure;
    use approx::assert_relative_eq;

    fn side(points: &[u64], statistic: &str) -> Side {
        let found = figures(&question("q", Measure::Csat), &single(points), &[], &context()).unwrap();
        Side::of(&found.iter().collect::<Vec<_>>(), statistic).unwrap()
    }

    #[test]
    fn shares_by_the_arcsine_and_means_by_the_pooled_deviation() {
        let (before, after) = ([10, 20, 30, 20, 20], [5, 10, 25, 30, 30]);
        let of_shares = effect(&side(&before, "top_box"), &side(&after, "top_box")).unwrap();
        // 2 arcsin √0.6 - 2 arcsin √0.4.
        assert_relative_eq!(of_shares.value, 0.402_715_841_580_662, max_relative = 1e-10);
        assert_eq!((of_shares.name, of_shares.size), ("cohens-h", EffectSize::Small));
        let of_means = effect(&side(&before, "mean"), &side(&after, "mean")).unwrap();
        let answers = |points: [u64; 5]| {
            moments(&[1.0, 2.0, 3.0, 4.0, 5.0].into_iter().zip(points).collect::<Vec<_>>()).unwrap()
        };
        let expected = standardised_difference(&answers(after), &answers(before)).unwrap().cohens_d;
        assert_relative_eq!(of_means.value, expected, max_relative = 1e-9);
        let turned = effect(&side(&after, "mean"), &side(&before, "mean")).unwrap();
        assert_relative_eq!(turned.value, -expected, max_relative = 1e-9);
        assert_eq!(turned.size, of_means.size);
    }

    #[test]
    fn answers_all_alike_and_unlike_figures_have_no_size() {
        let alike = side(&[0, 0, 0, 0, 20], "mean");
        assert_eq!(effect(&alike, &side(&[0, 0, 0, 20, 0], "mean")), None);
        assert_eq!(effect(&alike, &side(&[1, 2, 3, 4, 5], "top_box")), None);
    }

    #[test]
    fn marks_are_cohens_and_v_is_read_by_the_smaller_side() {
        assert_eq!(effect_size("cohens-h", -0.5, 2), EffectSize::Medium);
        assert_eq!(effect_size("cohens-d", 0.19, 2), EffectSize::Negligible);
        assert_eq!(effect_size("cramers-v", 0.29, 2), EffectSize::Small);
        assert_eq!(effect_size("cramers-v", 0.29, 4), EffectSize::Large);
        assert_eq!(effect_size("omega-squared", 0.06, 2), EffectSize::Medium);
        assert_eq!(effect_size("epsilon-squared", -0.01, 2), EffectSize::Negligible);
    }
}
