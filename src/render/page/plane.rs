//! The plane of two figures with its four quadrants: of drivers, needs and what is said to matter.

use super::super::chart::{Axis, Chart, QuadrantChart, QuadrantLegend, QuadrantMark};
use super::context::Context;

/// What the quadrants tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// Where to act; settled where resamples agree.
    Priority,
    /// The kind of need; settled where the most frequent one is told apart from the next.
    Need,
}

/// A plane before it is a chart.
pub(super) struct Plane {
    /// What the quadrants tell apart.
    pub(super) told: Told,
    /// The axes: across and up.
    pub(super) axes: (Axis, Axis),
    /// Where the quadrants meet.
    pub(super) crosshair: (f64, f64),
    /// The words in the corners: left top, right top, left bottom, right bottom.
    pub(super) corners: [String; 4],
    /// The marks.
    pub(super) marks: Vec<QuadrantMark>,
}

impl Plane {
    /// The chart, with the legend of its marks.
    pub(super) fn chart(self, context: &Context) -> Chart {
        Chart::Quadrants(QuadrantChart {
            performance: self.axes.0,
            importance: self.axes.1,
            crosshair: self.crosshair,
            corners: self.corners,
            has_diagonal: false,
            is_first_shaded: self.told == Told::Priority,
            marks: self.marks,
            legend: legend(context, self.told),
        })
    }
}

/// What filled and hollow marks say.
pub(super) fn legend(context: &Context, told: Told) -> QuadrantLegend {
    let views = &context.phrases().views;
    let (settled, unsettled) = match told {
        Told::Priority => (views.settled_quadrant, views.unsettled_quadrant),
        Told::Need => (views.settled_need, views.unsettled_need),
    };
    QuadrantLegend {
        settled: settled.to_owned(),
        unsettled: unsettled.to_owned(),
        beginning: views.beginning.to_owned(),
    }
}
