//! Skewness and excess kurtosis of counts by value, as scipy names them (Joanes and Gill 1998).
//! Reference cases: `tests/reference/means` (`describe.*`).

use super::moments::{central, mean_of, total};

/// Skewness and kurtosis; each `None` where there are too few answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shape {
    /// Population skewness g1 = m3 / m2^1.5.
    pub skewness_g1: f64,
    /// Sample skewness G1; needs three answers.
    pub skewness_sample: Option<f64>,
    /// Sample excess kurtosis G2; needs four answers.
    pub kurtosis_sample: Option<f64>,
}

/// Shape of `(value, count)` pairs; `None` without answers or where all are equal.
pub fn shape(points: &[(f64, u64)]) -> Option<Shape> {
    let n = total(points)? as f64;
    let mean = mean_of(points)?;
    let second = central(points, mean, 2) / n;
    if second <= 0.0 {
        return None;
    }
    let skewness = central(points, mean, 3) / n / second.powf(1.5);
    let excess = central(points, mean, 4) / n / (second * second) - 3.0;
    if !skewness.is_finite() || !excess.is_finite() {
        return None;
    }
    Some(Shape {
        skewness_g1: skewness,
        skewness_sample: (n > 2.5).then(|| skewness * (n * (n - 1.0)).sqrt() / (n - 2.0)),
        kurtosis_sample: (n > 3.5).then(|| (n - 1.0) / ((n - 2.0) * (n - 3.0)) * ((n + 1.0) * excess + 6.0)),
    })
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn mirrored_answers_have_mirrored_skewness() {
        let right = shape(&[(1.0, 5), (2.0, 3), (5.0, 1)]).unwrap();
        let left = shape(&[(5.0, 5), (4.0, 3), (1.0, 1)]).unwrap();
        assert!((right.skewness_g1 + left.skewness_g1).abs() < 1e-12);
        assert!(right.skewness_g1 > 0.0);
    }

    #[test]
    fn few_or_equal_answers_have_no_shape() {
        assert_eq!(shape(&[]), None);
        assert_eq!(shape(&[(3.0, 9)]), None);
        let two = shape(&[(1.0, 1), (2.0, 1)]).unwrap();
        assert_eq!((two.skewness_sample, two.kurtosis_sample), (None, None));
    }
}
