//! How sure quadrants and figures are, by resampling, lines included.

use crate::report::Quadrant;
use crate::stats::quantile_type7;
use crate::survey::Crosshair;

use super::lines::{Axis, Point, lines};
use super::resamples::Drawn;

/// By attribute, in how many of the replicates it fell into its own quadrant, 0 to 1.
pub(super) fn quadrants_kept(
    (crosshair, axis): (Crosshair, Axis),
    points: &[Option<Point>],
    drawn: &Drawn,
) -> Vec<Option<f64>> {
    let of = |points: &[Option<Point>]| {
        let lines = lines(crosshair, axis, points);
        let quadrant = |point: &Option<Point>| point.zip(lines).map(|(point, lines)| point.quadrant(lines));
        points.iter().map(quadrant).collect::<Vec<Option<Quadrant>>>()
    };
    let own = of(points);
    let mut hits = vec![0_u32; points.len()];
    for points in drawn {
        for ((hits, found), own) in hits.iter_mut().zip(of(points)).zip(&own) {
            *hits += u32::from(found.is_some() && found == *own);
        }
    }
    let share = |(hits, own): (&u32, &Option<Quadrant>)| {
        own.filter(|_| !drawn.is_empty()).map(|_| f64::from(*hits) / drawn.len() as f64)
    };
    hits.iter().zip(&own).map(share).collect()
}

/// The limits of a figure of one attribute: percentiles of its replicates.
pub(super) fn limits(
    drawn: &Drawn,
    attribute: usize,
    figure: fn(Point) -> f64,
    tail: f64,
) -> (Option<f64>, Option<f64>) {
    let points = drawn.iter().filter_map(|points| points.get(attribute).copied().flatten());
    let mut figures: Vec<(f64, u64)> = points.map(|point| (figure(point), 1)).collect();
    figures.sort_by(|left, right| left.0.total_cmp(&right.0));
    (quantile_type7(&figures, tail), quantile_type7(&figures, 1.0 - tail))
}
