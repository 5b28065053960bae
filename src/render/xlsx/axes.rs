//! Axes of charts.

use rust_xlsxwriter::{ChartAxis, ChartAxisLabelPosition, ChartFont};

use crate::render::chart::Axis;

/// The letters of axes and labels.
pub(super) fn small() -> ChartFont {
    ChartFont::new().set_size(9).unset_bold().clone()
}

/// Names stand at the edge, also where bars go to both sides.
pub(super) fn category(drawn: &mut ChartAxis) {
    drawn.set_font(&small()).set_label_position(ChartAxisLabelPosition::Low);
}

/// The window and the marks of an axis, where they are numbers.
pub(super) fn scale<'a>(drawn: &'a mut ChartAxis, axis: &Axis) -> &'a mut ChartAxis {
    drawn.set_font(&small());
    if axis.least.is_finite() && axis.most.is_finite() && axis.least < axis.most {
        drawn.set_min(axis.least).set_max(axis.most);
    }
    if let [(first, _), (second, _), ..] = axis.ticks.as_slice()
        && (second - first).is_finite()
        && second > first
    {
        drawn.set_major_unit(second - first);
    }
    drawn.set_label_position(ChartAxisLabelPosition::Low)
}
