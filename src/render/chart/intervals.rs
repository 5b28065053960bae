//! The interval dot plot: rows of figures, each with its interval, against a line for all and a target.

use super::axis::{self, Scale};
use super::canvas::Canvas;
use super::frame::is_wide;
use super::paint::{Ink, Paint};
use super::rows::{RowTexts, Rows};
use super::{Emphasis, IntervalChart, IntervalRow};

/// How high the drawing of a row is.
const DRAWING: f64 = 16.0;

/// Above this height the marks of the axis stand at the top as well.
const TALL: f64 = 640.0;

/// Draws the chart from that height on; returns where it ends.
pub(super) fn draw(canvas: &mut Canvas, chart: &IntervalChart, top: f64) -> f64 {
    let texts: Vec<RowTexts<'_>> = chart
        .rows
        .iter()
        .map(|row| RowTexts {
            label: &row.label,
            note: &row.note,
            text: &row.text,
            bold: row.emphasis == Emphasis::Strong,
            faint: row.emphasis == Emphasis::Weak || row.value.is_none(),
        })
        .collect();
    let rows = Rows::lay(canvas, &texts, DRAWING);
    let scale = Scale::new(&chart.axis, rows.plot.0, rows.plot.1);
    let lines = axis::references(chart.reference.as_ref(), chart.target.as_ref());
    let mut top = top;
    if rows.height() > TALL {
        axis::tick_texts(canvas, &chart.axis, scale, top + 12.0);
        top += 18.0;
    }
    let wide = is_wide(canvas.width);
    if wide {
        top += axis::reference_heads(canvas, &lines, scale, top);
    } else {
        top += axis::reference_legend(canvas, &lines, top);
    }
    let bottom = top + rows.height() + 4.0;
    let middles = rows.draw(canvas, top);
    let stretches = rows.stretches(&middles, (top, bottom), DRAWING);
    let end = axis::horizontal(canvas, &chart.axis, rows.plot, &stretches, bottom);
    for line in &lines {
        if let Some(x) = scale.inside(line.value) {
            canvas.verticals(&[x], &stretches, line.paint());
            if line.target && wide {
                canvas.shape(&[(x - 5.0, top), (x + 5.0, top), (x, top + 7.0)], true, Paint::fill(Ink::Text));
            }
        }
    }
    for (row, y) in chart.rows.iter().zip(middles) {
        figure(canvas, row, scale, y);
    }
    end
}

fn figure(canvas: &mut Canvas, row: &IntervalRow, scale: Scale, y: f64) {
    let Some(x) = row.value.and_then(|value| scale.at(value)) else { return };
    let weak = row.emphasis == Emphasis::Weak;
    let strong = row.emphasis == Emphasis::Strong;
    if let Some((low, high)) = scale.span(row.limits) {
        let half = if strong { 6.0 } else { 4.0 };
        if !weak {
            canvas.rect(low, y - half, high - low, half * 2.0, half, Paint::fill(Ink::Band));
        }
        let line = Paint::stroke(Ink::Accent, if strong { 2.0 } else { 1.25 });
        canvas.line((low, y), (high, y), if weak { line.dashed("3 3") } else { line });
        if weak {
            for end in [low, high] {
                canvas.line((end, y - 4.0), (end, y + 4.0), Paint::stroke(Ink::Accent, 1.25));
            }
        }
    }
    let dot = if weak {
        Paint::fill(Ink::Paper).outlined(Ink::Accent, 1.75)
    } else {
        Paint::fill(Ink::Accent).outlined(Ink::Paper, 1.5)
    };
    canvas.circle((x, y), if strong { 6.5 } else { 5.0 }, dot);
}
