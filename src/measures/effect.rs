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
