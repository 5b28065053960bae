//! The trend: figures by wave with their intervals, the limits of the control chart and the target.
//!
//! Centre, target and control limits are named at the right of their lines; where there is little room, in a legend.
//! The line is interrupted where a figure is missing or the question changed. Signals are diamonds with their figure;
//! weak waves are hollow.

use super::axis::{self, Scale};
use super::boxes::{Area, Taken};
use super::canvas::Canvas;
use super::frame::is_wide;
use super::paint::{Anchor, Ink, LEADING, Paint, SMALL, Type};
use super::{TrendChart, TrendMark, legend};

/// Draws the chart from that height on; returns where it ends.
pub(super) fn draw(canvas: &mut Canvas, chart: &TrendChart, top: f64) -> f64 {
    let wide = is_wide(canvas.width);
    let lines = named_lines(chart);
    let mut top = top;
    let title = canvas.broken(&chart.axis.title, Type::NOTE, canvas.width, 2);
    canvas.lines(0.0, top + SMALL, &title, LEADING, Type::NOTE);
    top += LEADING * title.lines.len() as f64;
    let mut right = canvas.width - 12.0;
    if wide {
        let widest = lines.iter().map(|line| canvas.text_width(line.text, line.kind)).fold(0.0, f64::max);
        right -= if widest > 0.0 { widest.min(canvas.width * 0.2) } else { 0.0 };
    } else if !lines.is_empty() {
        let texts: Vec<&str> = lines.iter().map(|line| line.text).collect();
        top += legend::draw(canvas, &texts, top, |canvas, place, (x, y)| {
            canvas.line((x - 6.0, y), (x + 8.0, y), lines[place].paint);
        });
    }
    let kind = Type::NOTE;
    let ticks = chart.axis.ticks.iter().map(|(_, text)| canvas.text_width(text, kind)).fold(0.0, f64::max);
    let left = ticks.min(canvas.width * 0.25) + 10.0;
    let top = top + 8.0;
    let bottom = top + if wide { 236.0 } else { 190.0 };
    let plot = Area { left, top, right, bottom };
    let scale = Scale::new(&chart.axis, bottom, top);
    grid(canvas, chart, scale, plot);
    let xs = positions(chart.points.len(), plot);
    control(canvas, chart, scale, &xs, plot);
    references(canvas, &lines, scale, plot, wide);
    figures(canvas, chart, scale, &xs, plot);
    values(canvas, chart, scale, &xs, plot);
    waves(canvas, chart, &xs, bottom + SMALL + 7.0);
    bottom + LEADING + 8.0
}

fn grid(canvas: &mut Canvas, chart: &TrendChart, scale: Scale, plot: Area) {
    let kind = Type::NOTE;
    for (value, text) in &chart.axis.ticks {
        let Some(y) = scale.inside(*value) else { continue };
        canvas.line((plot.left, y), (plot.right, y), Paint::stroke(Ink::Line, 1.0));
        let text = canvas.broken(text, kind, plot.left - 8.0, 1);
        canvas.lines(plot.left - 8.0, y + SMALL * 0.36, &text, LEADING, kind.at(Anchor::End));
    }
}

/// Where waves stand.
fn positions(count: usize, plot: Area) -> Vec<f64> {
    let (start, end) = (plot.left + 20.0, plot.right - 24.0);
    if count <= 1 {
        return vec![f64::midpoint(start, end); count];
    }
    (0..count).map(|place| start + (end - start) * place as f64 / (count - 1) as f64).collect()
}

/// The control limits as steps, broken where they are missing or beyond the axis.
fn control(canvas: &mut Canvas, chart: &TrendChart, scale: Scale, xs: &[f64], plot: Area) {
    let half = xs.windows(2).next().map_or(20.0, |pair| (pair[1] - pair[0]) / 2.0);
    for limit in [|(low, _): (f64, f64)| low, |(_, high): (f64, f64)| high] {
        let mut steps: Vec<(f64, f64)> = Vec::new();
        for (point, x) in chart.points.iter().zip(xs) {
            if let Some(y) = point.control.and_then(|limits| scale.inside(limit(limits))) {
                steps.extend([((x - half).max(plot.left), y), ((x + half).min(plot.right), y)]);
            } else {
                canvas.shape(&std::mem::take(&mut steps), false, limit_paint());
            }
        }
        canvas.shape(&steps, false, limit_paint());
    }
}

/// A line with its name.
struct NamedLine<'a> {
    value: f64,
    text: &'a str,
    paint: Paint,
    kind: Type,
    /// Whether it runs through all waves at one height; control limits are drawn wave by wave.
    straight: bool,
}

/// Centre and target, then the control limits of the newest wave that has such.
fn named_lines(chart: &TrendChart) -> Vec<NamedLine<'_>> {
    let references = axis::references(chart.center.as_ref(), chart.target.as_ref());
    let straight = references.into_iter().map(|line| NamedLine {
        value: line.value,
        text: line.text,
        paint: line.paint(),
        kind: line.kind(),
        straight: true,
    });
    let limits = [&chart.upper, &chart.lower].into_iter().flatten().filter(|(value, _)| value.is_finite());
    let limits = limits.map(|(value, text)| NamedLine {
        value: *value,
        text,
        paint: limit_paint(),
        kind: Type { size: SMALL, ..Type::PLAIN }.ink(Ink::Soft),
        straight: false,
    });
    straight.chain(limits).collect()
}

fn limit_paint() -> Paint {
    Paint::stroke(Ink::Neutral, 1.0).dashed("2 3")
}

/// The centre line and the target, and the names of all lines at the right, apart from each other.
fn references(canvas: &mut Canvas, lines: &[NamedLine<'_>], scale: Scale, plot: Area, wide: bool) {
    let mut placed: Vec<(f64, &NamedLine<'_>)> =
        lines.iter().filter_map(|line| Some((scale.inside(line.value)?, line))).collect();
    placed.sort_by(|one, other| one.0.total_cmp(&other.0));
    for (y, line) in placed.iter().filter(|(_, line)| line.straight) {
        canvas.line((plot.left, *y), (plot.right, *y), line.paint);
    }
    if !wide {
        return;
    }
    let texts: Vec<_> = placed
        .iter()
        .map(|(_, line)| canvas.broken(line.text, line.kind, canvas.width - plot.right - 8.0, 2))
        .collect();
    let wanted: Vec<(f64, f64)> = placed
        .iter()
        .zip(&texts)
        .map(|((y, _), text)| {
            let height = LEADING * text.lines.len() as f64;
            (y - height / 2.0, height)
        })
        .collect();
    let starts = stacked(&wanted, plot.top, plot.bottom);
    for (((_, line), text), start) in placed.iter().zip(&texts).zip(starts) {
        canvas.lines(plot.right + 8.0, start + SMALL + 1.0, text, LEADING, line.kind);
    }
}

/// Where texts begin that are wanted at these heights, from the top down: none on another, and within the plot as far
/// as there is room.
fn stacked(wanted: &[(f64, f64)], top: f64, bottom: f64) -> Vec<f64> {
    let mut starts = Vec::with_capacity(wanted.len());
    let mut free = top;
    for (start, height) in wanted {
        let start = start.max(free);
        starts.push(start);
        free = start + height;
    }
    let mut room = bottom;
    for (start, (_, height)) in starts.iter_mut().zip(wanted).rev() {
        *start = start.min(room - height);
        room = *start;
    }
    starts
}

/// Stretches of waves without an interruption.
fn runs(points: &[TrendMark], has: impl Fn(&TrendMark) -> bool) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    let mut open = false;
    for (place, point) in points.iter().enumerate() {
        if !has(point) {
            open = false;
            continue;
        }
        match runs.last_mut() {
            Some(run) if open && !point.broken => run.push(place),
            _ => runs.push(vec![place]),
        }
        open = true;
    }
    runs
}

fn figures(canvas: &mut Canvas, chart: &TrendChart, scale: Scale, xs: &[f64], plot: Area) {
    let points = &chart.points;
    let value = |place: usize| points[place].value.and_then(|value| scale.at(value));
    let limits = |place: usize| scale.span(points[place].limits);
    for run in runs(points, |point| point.value.is_some() && scale.span(point.limits).is_some()) {
        let low: Vec<(f64, f64)> =
            run.iter().filter_map(|place| Some((xs[*place], limits(*place)?.0))).collect();
        let high: Vec<(f64, f64)> =
            run.iter().filter_map(|place| Some((xs[*place], limits(*place)?.1))).collect();
        let around: Vec<(f64, f64)> = low.iter().copied().chain(high.iter().rev().copied()).collect();
        if run.len() > 1 {
            canvas.shape(&around, true, Paint::fill(Ink::Band).opacity(0.6));
            for edge in [&low, &high] {
                canvas.shape(edge, false, Paint::stroke(Ink::Accent, 1.0).opacity(0.6));
            }
        } else if let Some((low, high)) = limits(run[0]) {
            let x = xs[run[0]];
            canvas.line((x, low), (x, high), Paint::stroke(Ink::Accent, 1.25));
            for end in [low, high] {
                canvas.line((x - 4.0, end), (x + 4.0, end), Paint::stroke(Ink::Accent, 1.25));
            }
        }
    }
    for run in runs(points, |point| point.value.is_some_and(f64::is_finite)) {
        let line: Vec<(f64, f64)> =
            run.iter().filter_map(|place| Some((xs[*place], value(*place)?))).collect();
        canvas.shape(&line, false, Paint::stroke(Ink::Accent, 2.25));
    }
    // Marks shrink where waves are close.
    let radius = xs.windows(2).next().map_or(5.0, |pair| ((pair[1] - pair[0]) * 0.3).clamp(1.5, 5.0));
    let rim = if radius < 4.0 { 0.5 } else { 1.5 };
    for (place, point) in points.iter().enumerate() {
        if point.broken && place > 0 {
            let x = f64::midpoint(xs[place - 1], xs[place]);
            canvas.line((x, plot.top), (x, plot.bottom), Paint::stroke(Ink::Text, 1.0).dashed("1 4"));
        }
        let Some(y) = value(place) else { continue };
        let at = (xs[place], y);
        let ink = if point.signal { Ink::Warn } else { Ink::Accent };
        let paint = if point.weak {
            Paint::fill(Ink::Paper).outlined(ink, rim + 0.5)
        } else {
            Paint::fill(ink).outlined(Ink::Paper, rim)
        };
        if point.signal { canvas.diamond(at, radius * 1.6, paint) } else { canvas.circle(at, radius, paint) }
    }
}

/// The figures in words: the last, the signals, and as many others as there is room for.
fn values(canvas: &mut Canvas, chart: &TrendChart, scale: Scale, xs: &[f64], plot: Area) {
    let points = &chart.points;
    let ys: Vec<Option<f64>> =
        points.iter().map(|point| point.value.and_then(|value| scale.at(value))).collect();
    let frame = Area { left: 0.0, top: plot.top - 14.0, right: plot.right + 6.0, bottom: plot.bottom };
    let mut taken = Taken::new(frame);
    for (x, y) in xs.iter().zip(&ys) {
        if let Some(y) = y {
            taken.take(Area::about((*x, *y), 5.0));
        }
    }
    for value in [&chart.center, &chart.target].into_iter().flatten() {
        if let Some(y) = scale.inside(value.0) {
            taken.avoid(Area { left: plot.left, top: y - 1.0, right: plot.right, bottom: y + 1.0 });
        }
    }
    for run in runs(points, |point| point.value.is_some() && scale.span(point.limits).is_some()) {
        if let ([place], Some((low, high))) = (run.as_slice(), scale.span(points[run[0]].limits)) {
            taken.avoid(Area { left: xs[*place] - 1.0, top: high, right: xs[*place] + 1.0, bottom: low });
        }
    }
    let last = ys.iter().rposition(Option::is_some);
    let must = |place: usize| Some(place) == last || points[place].signal;
    let crowded = points.len() > if is_wide(canvas.width) { 14 } else { 6 };
    let mut order: Vec<usize> =
        (0..points.len()).filter(|place| must(*place) || !crowded || *place == 0).collect();
    order.sort_by_key(|place| (!must(*place), *place));
    for place in order {
        let (x, Some(y)) = (xs[place], ys[place]) else { continue };
        let kind = if must(place) { Type::BOLD } else { Type::PLAIN };
        let kind = Type { size: if must(place) { 12.5 } else { SMALL }, ..kind };
        let text = canvas.broken(&points[place].text, kind, canvas.width * 0.4, 1);
        let Some(line) = text.lines.first() else { continue };
        let width = canvas.text_width(line, kind);
        let start = (x - width / 2.0).clamp(0.0, (canvas.width - width).max(0.0));
        let above = Area::at((start, y - 24.0), (width, 15.0));
        let below = Area::at((start, y + 9.0), (width, 15.0));
        let right = Area::at((x + 11.0, y - 7.5), (width, 15.0));
        let left = Area::at((x - 11.0 - width, y - 7.5), (width, 15.0));
        let neighbours: Vec<f64> = [place.checked_sub(1), Some(place + 1)]
            .iter()
            .filter_map(|near| near.and_then(|near| ys.get(near).copied().flatten()))
            .collect();
        let mean = neighbours.iter().sum::<f64>() / neighbours.len().max(1) as f64;
        // A figure higher than its neighbours has its text above, so that the line does not cross it.
        let order = if neighbours.is_empty() {
            [right, left, above, below]
        } else if y <= mean {
            [above, below, right, left]
        } else {
            [below, above, right, left]
        };
        let area = match taken.first_free(&order) {
            Some(area) => area,
            None if must(place) => above,
            None => continue,
        };
        canvas.lines(area.left, area.top + 11.5, &text, LEADING, kind.rimmed());
    }
}

/// The names of the waves, thinned from the last one back where they would touch.
fn waves(canvas: &mut Canvas, chart: &TrendChart, xs: &[f64], baseline: f64) {
    let kind = Type::NOTE;
    let most = (canvas.width * 0.3).min(120.0);
    let places: Vec<_> = chart
        .points
        .iter()
        .zip(xs)
        .rev()
        .map(|(point, x)| {
            let text = canvas.broken(&point.wave, kind, most, 1);
            let width = text.lines.iter().map(|line| canvas.text_width(line, kind)).fold(0.0, f64::max);
            let left = (x - width / 2.0).clamp(0.0, (canvas.width - width).max(0.0));
            (left, left + width, text)
        })
        .collect();
    let spans: Vec<(f64, f64)> = places.iter().map(|(left, right, _)| (-right, -left)).collect();
    let step = axis::thinning(&spans);
    for (left, _, text) in places.into_iter().step_by(step) {
        canvas.lines(left, baseline, &text, LEADING, kind);
    }
}

#[cfg(test)]
mod tests {
    use super::{TrendMark, runs, stacked};

    fn mark(value: Option<f64>, broken: bool) -> TrendMark {
        TrendMark {
            wave: String::new(),
            value,
            limits: None,
            control: None,
            text: String::new(),
            signal: false,
            weak: false,
            broken,
        }
    }

    #[test]
    fn names_of_lines_that_are_close_stand_below_each_other_and_within_the_plot() {
        let apart = [(10.0, 15.0), (60.0, 30.0)];
        assert_eq!(stacked(&apart, 0.0, 100.0), [10.0, 60.0]);
        let close = [(60.0, 15.0), (62.0, 15.0), (90.0, 30.0)];
        assert_eq!(stacked(&close, 0.0, 100.0), [40.0, 55.0, 70.0]);
        assert_eq!(stacked(&[(-7.0, 15.0), (-5.0, 15.0)], 0.0, 100.0), [0.0, 15.0]);
        assert!(stacked(&[], 0.0, 100.0).is_empty());
    }

    #[test]
    fn the_line_is_interrupted_where_a_figure_is_missing_or_the_question_changed() {
        let points = [
            mark(Some(1.0), false),
            mark(Some(2.0), false),
            mark(None, false),
            mark(Some(3.0), false),
            mark(Some(4.0), true),
        ];
        assert_eq!(runs(&points, |point| point.value.is_some()), [vec![0, 1], vec![3], vec![4]]);
        assert!(runs(&[], |_| true).is_empty());
    }
}
