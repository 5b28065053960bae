//! The attributes of a known population, of which so many answered.

use super::attribute::Attribute;
use super::lines::Point;
use super::resamples::Drawn;
use crate::stats::corrected_variance;

/// What is left of a sampling variance: 1 - n/N, n the fewest answers to a question of an attribute, so that it is never
/// too small; 0 for a census, 1 where no population is known.
pub(super) fn left(population: Option<u64>, attributes: &[Attribute<'_>]) -> f64 {
    let bases =
        attributes.iter().flat_map(|attribute| [attribute.performance.base, attribute.importance.base]);
    // Whom nobody rated has no figure, and says nothing of the others.
    let fewest = bases.flatten().filter(|base| *base > 0).min();
    let Some((population, fewest)) = population.zip(fewest) else { return 1.0 };
    if fewest >= population {
        return 0.0;
    }
    corrected_variance(1.0, fewest as f64, population as f64).unwrap_or(1.0)
}

/// Replicates moved towards the points as far as a finite population asks for: by the root of the part of the variance that
/// is left (Rao and Wu 1988).
pub(super) fn drawn_in(mut drawn: Drawn, points: &[Option<Point>], left: f64) -> Drawn {
    if left >= 1.0 {
        return drawn;
    }
    let root = left.max(0.0).sqrt();
    for replicate in &mut drawn {
        for (one, own) in replicate.iter_mut().zip(points) {
            let Some((one, own)) = one.as_mut().zip(*own) else { continue };
            one.performance = own.performance + root * (one.performance - own.performance);
            one.importance = own.importance + root * (one.importance - own.importance);
        }
    }
    drawn
}

#[cfg(test)]
mod tests {
    use super::{Point, drawn_in};

    #[test]
    fn half_a_population_leaves_the_root_of_a_half() {
        let own = [Some(Point { performance: 50.0, importance: 40.0 }), None];
        let drawn = vec![vec![Some(Point { performance: 60.0, importance: 30.0 }), None]];
        assert_eq!(drawn_in(drawn.clone(), &own, 1.0), drawn);
        let moved = drawn_in(drawn, &own, 0.5)[0][0].unwrap();
        assert!((moved.performance - 50.0 - 50.0_f64.sqrt()).abs() < 1e-12, "10 times the root of 0.5");
        assert!((moved.importance - 40.0 + 50.0_f64.sqrt()).abs() < 1e-12);
    }
}
