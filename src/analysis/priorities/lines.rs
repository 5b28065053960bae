//! Where attributes stand, and where the lines that part the quadrants.

use crate::report::{PriorityRow, Quadrant};
use crate::survey::Crosshair;

/// How near to a line a figure lies on it; figures carry 12 digits.
const ON_THE_LINE: f64 = 1e-9;

/// The middle of the index.
const MIDPOINT: f64 = 50.0;

/// Where importance comes from, and so what its axis is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::analysis) enum Axis {
    /// Stated: the index from 0 to 100.
    Stated,
    /// Derived: percent of R².
    Derived,
}

/// Where an attribute stands, or where the lines cross: performance on the index from 0 to 100, importance on its [`Axis`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::analysis) struct Point {
    pub(in crate::analysis) performance: f64,
    pub(in crate::analysis) importance: f64,
}

impl Axis {
    /// The name in the report.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Derived => "derived",
        }
    }
}

impl Point {
    pub(super) fn of(row: &PriorityRow) -> Option<Self> {
        Some(Self { performance: row.performance?, importance: row.importance? })
    }

    /// How far importance lies above performance.
    pub(super) fn deficit(self) -> f64 {
        self.importance - self.performance
    }

    /// The quadrant; who lies on a line is above it.
    pub(in crate::analysis) fn quadrant(self, lines: Self) -> Quadrant {
        let above = |figure: f64, line: f64| figure > line - ON_THE_LINE;
        match (above(self.importance, lines.importance), above(self.performance, lines.performance)) {
            (true, false) => Quadrant::ConcentrateHere,
            (true, true) => Quadrant::KeepUpTheGoodWork,
            (false, false) => Quadrant::LowPriority,
            (false, true) => Quadrant::PossibleOverkill,
        }
    }
}

/// Where the lines cross; `None` without an attribute.
///
/// Shares of R² have no middle of a scale: there the line of importance stands at the mean share, which is an equal part
/// for each.
pub(in crate::analysis) fn lines(
    crosshair: Crosshair,
    axis: Axis,
    points: &[Option<Point>],
) -> Option<Point> {
    let figures =
        |of: fn(Point) -> f64| points.iter().flatten().map(|point| of(*point)).collect::<Vec<f64>>();
    let (performances, importances) = (figures(|point| point.performance), figures(|point| point.importance));
    let means = Point { performance: mean(&performances)?, importance: mean(&importances)? };
    Some(match crosshair {
        Crosshair::Means => means,
        Crosshair::Medians => Point { performance: median(performances)?, importance: median(importances)? },
        Crosshair::Midpoint => Point {
            performance: MIDPOINT,
            importance: if axis == Axis::Stated { MIDPOINT } else { means.importance },
        },
        Crosshair::Target { performance, importance } => Point {
            performance: performance.unwrap_or(means.performance),
            importance: importance.unwrap_or(means.importance),
        },
    })
}

/// Whether all attributes lie on a line that goes through their middle: what is the same for all parts nothing.
pub(super) fn alike(crosshair: Crosshair, axis: Axis, points: &[Option<Point>]) -> bool {
    let same = |of: fn(Point) -> f64| {
        let mut figures = points.iter().flatten().map(|point| of(*point));
        figures.next().is_none_or(|first| figures.all(|other| (other - first).abs() <= ON_THE_LINE))
    };
    let (performance, importance) = match crosshair {
        Crosshair::Means | Crosshair::Medians => (true, true),
        Crosshair::Midpoint => (false, axis == Axis::Derived),
        Crosshair::Target { performance, importance } => (performance.is_none(), importance.is_none()),
    };
    performance && same(|point| point.performance) || importance && same(|point| point.importance)
}

fn mean(figures: &[f64]) -> Option<f64> {
    (!figures.is_empty()).then(|| figures.iter().sum::<f64>() / figures.len() as f64)
}

/// The middle one, or the mean of both in the middle.
fn median(mut figures: Vec<f64>) -> Option<f64> {
    figures.sort_by(f64::total_cmp);
    let upper = *figures.get(figures.len() / 2)?;
    if figures.len() % 2 == 1 {
        return Some(upper);
    }
    figures.get(figures.len() / 2 - 1).map(|lower| f64::midpoint(*lower, upper))
}

#[cfg(test)]
mod tests {
    use super::{Axis, Point, lines};
    use crate::report::Quadrant;
    use crate::survey::Crosshair;

    const fn point(performance: f64, importance: f64) -> Point {
        Point { performance, importance }
    }

    #[test]
    fn lines_stand_where_they_are_declared() {
        let points = [
            Some(point(10.0, 90.0)),
            Some(point(50.0, 60.0)),
            Some(point(90.0, 30.0)),
            Some(point(90.0, 80.0)),
            None,
        ];
        let cross = |crosshair| lines(crosshair, Axis::Stated, &points);
        assert_eq!(cross(Crosshair::Means), Some(point(60.0, 65.0)));
        assert_eq!(cross(Crosshair::Medians), Some(point(70.0, 70.0)));
        assert_eq!(cross(Crosshair::Midpoint), Some(point(50.0, 50.0)));
        let target = |performance, importance| cross(Crosshair::Target { performance, importance });
        assert_eq!(target(Some(75.0), None), Some(point(75.0, 65.0)));
        assert_eq!(target(None, Some(40.0)), Some(point(60.0, 40.0)));
        assert_eq!(
            lines(Crosshair::Medians, Axis::Stated, &points[..3]),
            Some(point(50.0, 60.0)),
            "an odd number has one in the middle"
        );
        assert_eq!(lines(Crosshair::Midpoint, Axis::Stated, &[None]), None);
        let derived = lines(Crosshair::Midpoint, Axis::Derived, &points);
        assert_eq!(derived, Some(point(50.0, 65.0)), "shares have no middle of a scale");
    }

    #[test]
    fn who_lies_on_a_line_is_above_it() {
        let lines = Point { performance: 50.0, importance: 50.0 };
        assert_eq!(lines.quadrant(lines), Quadrant::KeepUpTheGoodWork);
        assert_eq!(Point { performance: 49.9, importance: 50.0 }.quadrant(lines), Quadrant::ConcentrateHere);
        let deficit = Point { performance: 20.0, importance: 80.0 }.deficit();
        assert!((deficit - 60.0).abs() < 1e-12, "{deficit}");
    }
}
