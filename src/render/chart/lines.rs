//! Lines and marks over a plane: curves of times, and the limits of a funnel with what lies within and outside.
//!
//! Texts stand beside their marks where nothing is in their way; those that find no room, and all on a phone, have a
//! number and stand in a key below.

use super::axis::{self, Scale};
use super::boxes::{Area, Taken};
use super::canvas::Canvas;
use super::frame::is_wide;
use super::legend;
use super::paint::{Anchor, Ink, LEADING, Paint, SMALL, Type};
use super::quadrants::{key, labelled, number_beside};
use super::{ChartLine, LineChart, LineKind};

/// Half of a mark with the room about it.
const MARK: f64 = 7.0;

/// Draws the chart from that height on; returns where it ends.
pub(super) fn draw(canvas: &mut Canvas, chart: &LineChart, top: f64) -> f64 {
    let wide = is_wide(canvas.width);
    let named: Vec<&ChartLine> = chart.lines.iter().filter(|line| !line.name.is_empty()).collect();
    let names: Vec<&str> = named.iter().map(|line| line.name.as_str()).collect();
    let top = top
        + legend::draw(canvas, &names, top, |canvas, place, (x, y)| {
            canvas.line((x - 6.0, y), (x + 8.0, y), paint(named[place].kind));
        });
    let title = canvas.broken(&chart.up.title, Type::NOTE, canvas.width, 2);
    canvas.lines(0.0, top + SMALL, &title, LEADING, Type::NOTE);
    let top = top + LEADING * title.lines.len() as f64 + 6.0;
    let ticks = chart.up.ticks.iter();
    let ticks = ticks.map(|(_, text)| canvas.text_width(text, Type::NOTE)).fold(0.0, f64::max);
    let left = ticks.min(canvas.width * 0.25) + 10.0;
    let bottom = top + if wide { 260.0 } else { 200.0 };
    let plot = Area { left, top, right: canvas.width - 14.0, bottom };
    let (across, up) =
        (Scale::new(&chart.across, plot.left, plot.right), Scale::new(&chart.up, plot.bottom, plot.top));
    grid(canvas, chart, up, plot);
    for band in &chart.bands {
        let at = |(x, low, high): &(f64, f64, f64)| Some((across.at(*x)?, up.at(*low)?, up.at(*high)?));
        let places: Vec<(f64, f64, f64)> = band.iter().filter_map(at).collect();
        let low = places.iter().map(|(x, low, _)| (*x, *low));
        let high = places.iter().rev().map(|(x, _, high)| (*x, *high));
        let around: Vec<(f64, f64)> = low.chain(high).collect();
        if around.len() > 2 {
            canvas.shape(&around, true, Paint::fill(Ink::Band).opacity(0.6));
        }
    }
    for line in &chart.lines {
        let at = |(x, y): &(f64, f64)| Some((across.at(*x)?, up.at(*y)?));
        let places: Vec<(f64, f64)> = line.points.iter().filter_map(at).collect();
        if places.len() > 1 {
            canvas.shape(&places, false, paint(line.kind));
        }
    }
    axis::tick_texts(canvas, &chart.across, across, plot.bottom + SMALL + 7.0);
    let below = plot.bottom + LEADING + 8.0;
    let title = canvas.broken(&chart.across.title, Type::NOTE, plot.right - plot.left, 2);
    canvas.lines(plot.right, below + SMALL, &title, LEADING, Type::NOTE.at(Anchor::End));
    let end = below + LEADING * title.lines.len() as f64 + 2.0;
    end + marks(canvas, chart, (across, up), plot, end)
}

/// How a line is drawn: no two alike, in black and white too.
fn paint(kind: LineKind) -> Paint {
    match kind {
        LineKind::First => Paint::stroke(Ink::Accent, 2.25),
        LineKind::Second => Paint::stroke(Ink::Text, 1.75).dashed("7 3"),
        LineKind::Third => Paint::stroke(Ink::Soft, 1.75).dashed("2 3"),
        LineKind::Overall => Paint::stroke(Ink::Text, 1.25),
        LineKind::Inner => Paint::stroke(Ink::Neutral, 1.25).dashed("5 3"),
        LineKind::Outer => Paint::stroke(Ink::Neutral, 1.25).dashed("1 3"),
    }
}

fn grid(canvas: &mut Canvas, chart: &LineChart, up: Scale, plot: Area) {
    let kind = Type::NOTE;
    for (value, text) in &chart.up.ticks {
        let Some(y) = up.inside(*value) else { continue };
        canvas.line((plot.left, y), (plot.right, y), Paint::stroke(Ink::Line, 1.0));
        let text = canvas.broken(text, kind, plot.left - 8.0, 1);
        canvas.lines(plot.left - 8.0, y + SMALL * 0.36, &text, LEADING, kind.at(Anchor::End));
    }
    canvas.line((plot.left, plot.bottom), (plot.right, plot.bottom), Paint::stroke(Ink::Neutral, 1.0));
}

/// The marks with their texts; returns the height that the key below takes.
fn marks(canvas: &mut Canvas, chart: &LineChart, (across, up): (Scale, Scale), plot: Area, end: f64) -> f64 {
    let places = chart.marks.iter().enumerate();
    let placed: Vec<(usize, (f64, f64))> = places
        .filter_map(|(place, mark)| Some((place, (across.at(mark.at.0)?, up.at(mark.at.1)?))))
        .collect();
    let mut taken = Taken::new(plot);
    // Texts keep off the lines where there is room elsewhere.
    for line in &chart.lines {
        let at = |(x, y): &(f64, f64)| Some((across.at(*x)?, up.at(*y)?));
        let places: Vec<(f64, f64)> = line.points.iter().filter_map(at).collect();
        for pair in places.windows(2) {
            let ((left, one), (right, other)) = (pair[0], pair[1]);
            taken.avoid(Area { left, top: one.min(other) - 1.0, right, bottom: one.max(other) + 1.0 });
        }
    }
    for (place, at) in &placed {
        let mark = &chart.marks[*place];
        let ink = if mark.outside { Ink::Warn } else { Ink::Accent };
        let paint = if mark.weak {
            Paint::fill(Ink::Paper).outlined(ink, 2.0)
        } else {
            Paint::fill(ink).outlined(Ink::Paper, 1.5)
        };
        if mark.outside {
            canvas.diamond(*at, 8.0, paint);
        } else {
            canvas.circle(*at, 5.0, paint);
        }
        taken.take(Area::about(*at, MARK));
    }
    let all: Vec<(f64, f64)> = placed.iter().map(|(_, at)| *at).collect();
    // What lies outside is named first.
    let mut order = placed.clone();
    order.sort_by_key(|(place, _)| !chart.marks[*place].outside);
    let mut numbered: Vec<(usize, (f64, f64))> = Vec::new();
    for (place, at) in order {
        let label = &chart.marks[place].label;
        if !is_wide(canvas.width) || !labelled(canvas, label, at, &all, &mut taken) {
            numbered.push((place, at));
        }
    }
    for (number, (_, at)) in numbered.iter().enumerate() {
        number_beside(canvas, number + 1, *at, &mut taken);
    }
    let labels: Vec<&str> = numbered.iter().map(|(place, _)| chart.marks[*place].label.as_str()).collect();
    key(canvas, &labels, end)
}
