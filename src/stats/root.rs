//! Newton's method kept inside a bracket: it halves the bracket whenever a step would leave it or
//! closes in too slowly, so that it always ends (after Press et al., Numerical Recipes, 9.4).

/// Enough halvings to exhaust the digits of any bracket used here.
const MOST_STEPS: u32 = 200;

/// The zero of an increasing function between `low` and `high`.
///
/// `at` gives value and slope. A value may be infinite (a logarithm of an underflown tail): its
/// sign still tells the side. Accuracy is a few units in the last place of max(1, |x|).
pub(super) fn increasing(mut low: f64, mut high: f64, start: f64, at: impl Fn(f64) -> (f64, f64)) -> f64 {
    let mut x = start.clamp(low, high);
    let mut step = high - low;
    let mut step_before = step;
    for _ in 0..MOST_STEPS {
        let (value, slope) = at(x);
        if value > 0.0 {
            high = x;
        } else if value < 0.0 {
            low = x;
        } else {
            return x;
        }
        let newton = value / slope;
        let next = x - newton;
        let useful =
            newton.is_finite() && next > low && next < high && 2.0 * newton.abs() <= step_before.abs();
        step_before = step;
        let next = if useful {
            step = newton;
            next
        } else {
            step = (high - low) / 2.0;
            low + step
        };
        if (next - x).abs() <= 2.0 * f64::EPSILON * x.abs().max(1.0) {
            return next;
        }
        x = next;
    }
    x
}

#[cfg(test)]
mod tests {
    use super::increasing;

    #[test]
    fn finds_a_root_newton_alone_would_miss() {
        let root = increasing(-100.0, 100.0, 99.0, |x: f64| (x.atan(), 1.0 / (1.0 + x * x)));
        assert!(root.abs() < 1e-14);
    }

    #[test]
    fn survives_infinite_values() {
        let root = increasing(-800.0, 800.0, -800.0, |x: f64| {
            (if x < 0.0 { f64::NEG_INFINITY } else { x - 1.0 }, 1.0)
        });
        assert!((root - 1.0).abs() < 1e-14);
    }
}
