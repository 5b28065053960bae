//! The dumbbells: what was expected against what was perceived, one pair a row.

use super::GapChart;
use super::axis::{self, Scale};
use super::canvas::Canvas;
use super::legend;
use super::paint::{Ink, Paint};
use super::rows::{RowTexts, Rows};

/// How high the drawing of a row is.
const DRAWING: f64 = 16.0;

/// Draws the chart from that height on; returns where it ends.
pub(super) fn draw(canvas: &mut Canvas, chart: &GapChart, top: f64) -> f64 {
    let labels = [chart.expectation.as_str(), chart.perception.as_str()];
    let top = top
        + legend::draw(canvas, &labels, top, |canvas, place, at| {
            if place == 0 { expectation(canvas, at, 5.5) } else { perception(canvas, at) }
        });
    let texts: Vec<RowTexts<'_>> = chart
        .rows
        .iter()
        .map(|row| RowTexts {
            label: &row.label,
            note: &row.note,
            text: &row.text,
            bold: row.clear,
            faint: row.expectation.is_none() || row.perception.is_none(),
        })
        .collect();
    let rows = Rows::lay(canvas, &texts, DRAWING);
    let scale = Scale::new(&chart.axis, rows.plot.0, rows.plot.1);
    let bottom = top + rows.height() + 4.0;
    let middles = rows.draw(canvas, top);
    let stretches = rows.stretches(&middles, (top, bottom), DRAWING);
    let end = axis::horizontal(canvas, &chart.axis, rows.plot, &stretches, bottom);
    for (row, y) in chart.rows.iter().zip(middles) {
        let expected = row.expectation.and_then(|value| scale.at(value));
        let perceived = row.perception.and_then(|value| scale.at(value));
        if let (Some(from), Some(to)) = (expected, perceived) {
            let ink = match (row.clear, row.perception < row.expectation) {
                (false, _) => Ink::Neutral,
                (true, true) => Ink::Bad,
                (true, false) => Ink::Good,
            };
            let line =
                if row.clear { Paint::stroke(ink, 4.0) } else { Paint::stroke(ink, 2.0).dashed("3 3") };
            canvas.line((from, y), (to, y), line);
        }
        if let Some(x) = expected {
            expectation(canvas, (x, y), 8.0);
        }
        if let Some(x) = perceived {
            perception(canvas, (x, y));
        }
    }
    end
}

/// A hollow diamond: what is not there yet.
fn expectation(canvas: &mut Canvas, at: (f64, f64), radius: f64) {
    canvas.diamond(at, radius, Paint::fill(Ink::Paper).outlined(Ink::Text, 1.75));
}

/// A full circle: what is there.
fn perception(canvas: &mut Canvas, at: (f64, f64)) {
    canvas.circle(at, 5.0, Paint::fill(Ink::Accent).outlined(Ink::Paper, 1.0));
}
