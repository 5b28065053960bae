//! Importance against performance: where to concentrate, what to keep up.
//!
//! Texts stand beside their marks where nothing is in their way; those that find no room, and all on a phone, have a
//! number and stand in a key below.

use super::axis::{self, Scale};
use super::beginning::{shared, without};
use super::boxes::{Area, Taken, around};
use super::canvas::Canvas;
use super::frame::is_wide;
use super::legend;
use super::paint::{Anchor, Ink, LEADING, Paint, SMALL, Type};
use super::text::Lines;
use super::{QuadrantChart, QuadrantMark};
use crate::report::words::fill;

/// The half of a mark with the room about it.
const MARK: f64 = 7.0;

/// The words in the corners.
const CORNER: Type = Type { bold: true, ..Type::NOTE };

/// The label of a mark, which has so much room beside it and so many lines.
const LABEL: Type = Type { size: 12.0, ..Type::PLAIN };
const LABEL_WIDTH: f64 = 150.0;
const LABEL_LINES: usize = 2;

/// Draws the chart from that height on; returns where it ends.
pub(super) fn draw(canvas: &mut Canvas, chart: &QuadrantChart, top: f64) -> f64 {
    let wide = is_wide(canvas.width);
    let labels: Vec<&str> = chart.marks.iter().map(|mark| mark.label.as_str()).collect();
    let beginning = shared(&labels).filter(|_| labels.iter().any(|label| is_cut(canvas, label)));
    let labels: Vec<String> = labels
        .iter()
        .map(|label| beginning.map_or_else(|| (*label).to_owned(), |known| without(label, known)))
        .collect();
    let top = top + marks_explained(canvas, chart, beginning, top);
    let title = canvas.broken(&chart.importance.title, Type::NOTE, canvas.width, 2);
    canvas.lines(0.0, top + SMALL, &title, LEADING, Type::NOTE);
    let top = top + LEADING * title.lines.len() as f64 + 6.0;
    let ticks = chart
        .importance
        .ticks
        .iter()
        .map(|(_, text)| canvas.text_width(text, Type::NOTE))
        .fold(0.0, f64::max);
    let left = ticks.min(canvas.width * 0.25) + 10.0;
    let height = if wide { (canvas.width * 0.56).min(460.0) } else { canvas.width * 0.95 };
    let plot = Area { left, top, right: canvas.width - 10.0, bottom: top + height };
    let across = Scale::new(&chart.performance, plot.left, plot.right);
    // The words in the corners have bands of their own, so that no mark falls on them.
    let band = corner_band(canvas, chart, plot);
    let up = Scale::new(&chart.importance, plot.bottom - band, plot.top + band);
    let mut taken = Taken::new(plot);
    ground(canvas, chart, (across, up), plot, &mut taken);
    let end = frame(canvas, chart, (across, up), plot);
    let marks: Vec<(usize, (f64, f64))> = chart
        .marks
        .iter()
        .enumerate()
        .filter_map(|(place, mark)| {
            Some((place, (across.at(mark.performance.0)?, up.at(mark.importance.0)?)))
        })
        .collect();
    for (place, at) in &marks {
        whiskers(canvas, &chart.marks[*place], (across, up), *at, &mut taken);
    }
    for (place, at) in &marks {
        dot(canvas, *at, chart.marks[*place].settled);
        taken.take(Area::about(*at, MARK));
    }
    let mut numbered: Vec<(usize, (f64, f64))> = Vec::new();
    let all: Vec<(f64, f64)> = marks.iter().map(|(_, at)| *at).collect();
    for (place, at) in marks {
        if !wide || !labelled(canvas, &labels[place], at, &all, &mut taken) {
            numbered.push((place, at));
        }
    }
    for (number, (_, at)) in numbered.iter().enumerate() {
        number_beside(canvas, number + 1, *at, &mut taken);
    }
    let labels: Vec<&str> = numbered.iter().map(|(place, _)| labels[*place].as_str()).collect();
    end + key(canvas, &labels, end)
}

/// Filled where the quadrant is settled, else hollow.
fn dot(canvas: &mut Canvas, at: (f64, f64), settled: bool) {
    let paint = if settled {
        Paint::fill(Ink::Accent).outlined(Ink::Paper, 1.5)
    } else {
        Paint::fill(Ink::Paper).outlined(Ink::Accent, 2.0)
    };
    canvas.circle(at, 5.5, paint);
}

/// The legend of the marks that there are, and of what labels leave out; returns the height taken.
fn marks_explained(canvas: &mut Canvas, chart: &QuadrantChart, beginning: Option<&str>, top: f64) -> f64 {
    let legend = &chart.legend;
    let kinds = [(true, legend.settled.as_str()), (false, legend.unsettled.as_str())];
    let shown: Vec<(bool, &str)> = kinds
        .into_iter()
        .filter(|(settled, _)| chart.marks.iter().any(|mark| mark.settled == *settled))
        .collect();
    let texts: Vec<&str> = shown.iter().map(|(_, text)| *text).collect();
    let height = legend::draw(canvas, &texts, top, |canvas, place, at| {
        if let Some((settled, _)) = shown.get(place) {
            dot(canvas, at, *settled);
        }
    });
    let Some(beginning) = beginning else { return height };
    let said = fill(&legend.beginning, &[("text", &beginning)]);
    let lines = canvas.broken(&said, Type::NOTE, canvas.width, 3);
    canvas.lines(0.0, top + height + SMALL, &lines, LEADING, Type::NOTE);
    height + LEADING * lines.lines.len() as f64 + 4.0
}

/// Whether a label does not fit beside its mark.
fn is_cut(canvas: &Canvas, label: &str) -> bool {
    canvas.broken(label, LABEL, LABEL_WIDTH, LABEL_LINES).whole.is_some()
}

/// The words of a corner in lines.
fn corner_lines(canvas: &Canvas, words: &str, plot: Area) -> Lines {
    canvas.broken(words, CORNER, (plot.right - plot.left) / 2.0 - 16.0, 2)
}

/// How high the words in the corners are, with room about them.
fn corner_band(canvas: &Canvas, chart: &QuadrantChart, plot: Area) -> f64 {
    let lines = chart.corners.iter().map(|words| corner_lines(canvas, words, plot).lines.len());
    LEADING * lines.max().unwrap_or(0) as f64 + 6.0 + MARK
}

/// The corner to concentrate on, the crosshair and the words in the corners.
fn ground(
    canvas: &mut Canvas,
    chart: &QuadrantChart,
    (across, up): (Scale, Scale),
    plot: Area,
    taken: &mut Taken,
) {
    let x = across.at(chart.crosshair.0);
    let y = up.at(chart.crosshair.1);
    if let (true, Some(x), Some(y)) = (chart.is_first_shaded, x, y) {
        canvas.rect(
            plot.left,
            plot.top,
            x - plot.left,
            y - plot.top,
            0.0,
            Paint::fill(Ink::Warn).opacity(0.09),
        );
    }
    if chart.has_diagonal {
        diagonal(canvas, chart, (across, up));
    }
    for (value, _) in &chart.performance.ticks {
        if let Some(x) = across.inside(*value) {
            canvas.line((x, plot.bottom), (x, plot.bottom + 4.0), Paint::stroke(Ink::Neutral, 1.0));
        }
    }
    for (value, text) in &chart.importance.ticks {
        let Some(y) = up.inside(*value) else { continue };
        canvas.line((plot.left - 4.0, y), (plot.left, y), Paint::stroke(Ink::Neutral, 1.0));
        let text = canvas.broken(text, Type::NOTE, plot.left - 8.0, 1);
        canvas.lines(plot.left - 8.0, y + SMALL * 0.36, &text, LEADING, Type::NOTE.at(Anchor::End));
    }
    let kind = CORNER;
    for (place, words) in chart.corners.iter().enumerate() {
        let (is_right, is_bottom) = (place % 2 == 1, place >= 2);
        let lines = corner_lines(canvas, words, plot);
        let width = widest(canvas, &lines, kind);
        let height = LEADING * lines.lines.len() as f64;
        let top = if is_bottom { plot.bottom - height - 6.0 } else { plot.top + 6.0 };
        let start = if is_right { plot.right - 8.0 - width } else { plot.left + 8.0 };
        taken.take(Area::at((start, top), (width, height)));
        let (x, anchor) = if is_right { (plot.right - 8.0, Anchor::End) } else { (start, Anchor::Start) };
        canvas.lines(x, top + SMALL + 1.0, &lines, LEADING, kind.at(anchor));
    }
    if let Some(x) = x {
        taken.avoid(Area { left: x - 1.0, top: plot.top, right: x + 1.0, bottom: plot.bottom });
        canvas.line((x, plot.top), (x, plot.bottom), Paint::stroke(Ink::Neutral, 1.0).dashed("5 3"));
    }
    if let Some(y) = y {
        taken.avoid(Area { left: plot.left, top: y - 1.0, right: plot.right, bottom: y + 1.0 });
        canvas.line((plot.left, y), (plot.right, y), Paint::stroke(Ink::Neutral, 1.0).dashed("5 3"));
    }
}

/// Where both axes have the same value, as far as both show it.
fn diagonal(canvas: &mut Canvas, chart: &QuadrantChart, (across, up): (Scale, Scale)) {
    let (low, high) = (
        chart.performance.least.max(chart.importance.least),
        chart.performance.most.min(chart.importance.most),
    );
    let at = |value: f64| across.inside(value).zip(up.inside(value));
    if let (true, Some(from), Some(to)) = (low < high, at(low), at(high)) {
        canvas.line(from, to, Paint::stroke(Ink::Neutral, 1.0).opacity(0.7).dashed("1 3"));
    }
}

/// The border and the texts of the horizontal axis; returns where they end.
fn frame(canvas: &mut Canvas, chart: &QuadrantChart, (across, _): (Scale, Scale), plot: Area) -> f64 {
    let border = Paint::stroke(Ink::Neutral, 1.0);
    canvas.shape(
        &[(plot.left, plot.top), (plot.left, plot.bottom), (plot.right, plot.bottom)],
        false,
        border,
    );
    axis::tick_texts(canvas, &chart.performance, across, plot.bottom + SMALL + 7.0);
    let top = plot.bottom + LEADING + 8.0;
    let title = canvas.broken(&chart.performance.title, Type::NOTE, plot.right - plot.left, 2);
    canvas.lines(plot.right, top + SMALL, &title, LEADING, Type::NOTE.at(Anchor::End));
    top + LEADING * title.lines.len() as f64 + 2.0
}

fn whiskers(
    canvas: &mut Canvas,
    mark: &QuadrantMark,
    (across, up): (Scale, Scale),
    (x, y): (f64, f64),
    taken: &mut Taken,
) {
    let paint = Paint::stroke(Ink::Accent, 1.0).opacity(0.55);
    if let Some((low, high)) = across.span(mark.performance.1) {
        canvas.line((low, y), (high, y), paint);
        taken.avoid(Area { left: low, top: y - 1.0, right: high, bottom: y + 1.0 });
    }
    if let Some((low, high)) = up.span(mark.importance.1) {
        canvas.line((x, low), (x, high), paint);
        taken.avoid(Area { left: x - 1.0, top: high, right: x + 1.0, bottom: low });
    }
}

/// Sets a text beside its mark if there is room; a line leads to texts further off.
pub(super) fn labelled(
    canvas: &mut Canvas,
    label: &str,
    at: (f64, f64),
    marks: &[(f64, f64)],
    taken: &mut Taken,
) -> bool {
    let kind = LABEL;
    let lines = canvas.broken(label, kind, LABEL_WIDTH, LABEL_LINES);
    let size = (widest(canvas, &lines, kind) + 2.0, LEADING * lines.lines.len() as f64);
    if lines.lines.is_empty() {
        return false;
    }
    let mut near = around(at, size, MARK + 1.0).to_vec();
    // A text nearer to another mark than to its own would be read as the other's.
    near.retain(|area| {
        marks.iter().all(|mark| *mark == at || area.distance(*mark) > area.distance(at) + 3.0)
    });
    let mut far = around(at, size, MARK + 18.0).to_vec();
    far.retain(|area| marks.iter().all(|mark| *mark == at || area.distance(*mark) > 14.0));
    let Some(area) = taken.first_free(&near).or_else(|| taken.first_free(&far)) else { return false };
    if far.contains(&area) {
        let nearest = (at.0.clamp(area.left, area.right), at.1.clamp(area.top, area.bottom));
        canvas.line(at, nearest, Paint::stroke(Ink::Neutral, 0.75));
    }
    canvas.lines(area.left + 1.0, area.top + 12.0, &lines, LEADING, kind.rimmed());
    true
}

/// Sets a number beside its mark, where there is room or else at its right.
pub(super) fn number_beside(canvas: &mut Canvas, number: usize, at: (f64, f64), taken: &mut Taken) {
    let kind = Type { size: SMALL, ..Type::BOLD };
    let text = number.to_string();
    let size = (canvas.text_width(&text, kind), 12.0);
    let places = around(at, size, MARK + 1.0);
    let area = taken.first_free(&places).unwrap_or(places[0]);
    let left = area.left.clamp(0.0, (canvas.width - size.0).max(0.0));
    canvas.text(left, area.top.max(0.0) + 10.0, &text, kind.rimmed());
}

/// The numbers with their texts, in columns; returns the height taken.
pub(super) fn key(canvas: &mut Canvas, labels: &[&str], top: f64) -> f64 {
    if labels.is_empty() {
        return 0.0;
    }
    let kind = Type { size: 12.0, ..Type::PLAIN };
    let columns = if is_wide(canvas.width) { 3 } else { 1 };
    let rows = labels.len().div_ceil(columns);
    let width = canvas.width / columns as f64;
    let numbers = canvas.text_width(&labels.len().to_string(), Type { bold: true, ..kind });
    let mut lowest = top;
    for (column, labels_of_column) in labels.chunks(rows).enumerate() {
        let start = width * column as f64;
        let mut baseline = top + 22.0;
        for (place, label) in labels_of_column.iter().enumerate() {
            let number = (column * rows + place + 1).to_string();
            canvas.text(start + numbers, baseline, &number, Type { bold: true, ..kind }.at(Anchor::End));
            let lines = canvas.broken(label, kind, width - numbers - 8.0 - 8.0, 2);
            canvas.lines(start + numbers + 8.0, baseline, &lines, LEADING, kind);
            baseline += LEADING * lines.lines.len().max(1) as f64 + 2.0;
        }
        lowest = lowest.max(baseline - 14.0);
    }
    lowest - top
}

fn widest(canvas: &Canvas, lines: &Lines, kind: Type) -> f64 {
    lines.lines.iter().map(|line| canvas.text_width(line, kind)).fold(0.0, f64::max)
}
