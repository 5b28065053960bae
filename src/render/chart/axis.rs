//! Axes: where values stand, and their marks.

use super::canvas::Canvas;
use super::paint::{Anchor, Ink, LEADING, Paint, SMALL, Type};
use super::{Axis, legend};

/// The room between two texts on one line.
const APART: f64 = 8.0;

/// From values to pixels; values beyond the axis stand at its end, those that are no numbers nowhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    least: f64,
    most: f64,
    start: f64,
    end: f64,
}

impl Scale {
    /// The axis from one pixel to another, which may be the smaller one.
    pub(super) fn new(axis: &Axis, start: f64, end: f64) -> Self {
        Self { least: axis.least, most: axis.most, start, end }
    }

    /// Where a value stands.
    pub(super) fn at(self, value: f64) -> Option<f64> {
        if !value.is_finite() {
            return None;
        }
        let range = self.most - self.least;
        if !range.is_finite() || range <= 0.0 {
            return Some(f64::midpoint(self.start, self.end));
        }
        let share = ((value - self.least) / range).clamp(0.0, 1.0);
        Some(self.start + share * (self.end - self.start))
    }

    /// Where a value stands that is drawn only if it is on the axis.
    pub(super) fn inside(self, value: f64) -> Option<f64> {
        let margin = (self.most - self.least) * 1e-9;
        let is_inside = value >= self.least - margin && value <= self.most + margin;
        if is_inside { self.at(value) } else { None }
    }

    /// Where both ends of an interval stand.
    pub(super) fn span(self, limits: Option<(f64, f64)>) -> Option<(f64, f64)> {
        let (low, high) = limits?;
        Some((self.at(low)?, self.at(high)?))
    }
}

/// A figure that a line is drawn for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reference<'a> {
    /// Where it is.
    pub(super) value: f64,
    /// Its text.
    pub(super) text: &'a str,
    /// Whether it is the target; else what rows are compared with.
    pub(super) target: bool,
}

/// The lines of a chart: what it compares with first.
pub(super) fn references<'a>(
    reference: Option<&'a (f64, String)>,
    target: Option<&'a (f64, String)>,
) -> Vec<Reference<'a>> {
    let reference = reference.map(|(value, text)| Reference { value: *value, text, target: false });
    let target = target.map(|(value, text)| Reference { value: *value, text, target: true });
    reference.into_iter().chain(target).filter(|line| line.value.is_finite()).collect()
}

impl Reference<'_> {
    /// How its line is drawn: never the same twice, in black and white too.
    pub(super) fn paint(self) -> Paint {
        if self.target {
            Paint::stroke(Ink::Text, 1.5)
        } else {
            Paint::stroke(Ink::Neutral, 1.25).dashed("5 3")
        }
    }

    /// How its text is set.
    pub(super) fn kind(self) -> Type {
        let kind = Type { size: SMALL, ..Type::PLAIN };
        if self.target { Type { bold: true, ..kind } } else { kind.ink(Ink::Soft) }
    }
}

/// The texts of reference lines above a plot, the lower ones nearer to it; returns the height they take.
pub(super) fn reference_heads(canvas: &mut Canvas, lines: &[Reference<'_>], scale: Scale, top: f64) -> f64 {
    let mut ends: Vec<(f64, f64, usize)> = Vec::new();
    let mut placed = Vec::new();
    for line in lines {
        let Some(x) = scale.inside(line.value) else { continue };
        let kind = line.kind();
        let text = canvas.broken(line.text, kind, canvas.width - 4.0, 1);
        let Some(text) = text.lines.into_iter().next() else { continue };
        let width = canvas.text_width(&text, kind);
        let left = (x - width / 2.0).clamp(0.0, (canvas.width - width).max(0.0));
        let level = usize::from(
            ends.iter().any(|(start, end, _)| left < end + APART && *start < left + width + APART),
        );
        ends.push((left, left + width, level));
        placed.push((left, level, text, kind));
    }
    let levels = ends.iter().map(|(_, _, level)| level + 1).max().unwrap_or(0);
    for (left, level, text, kind) in placed {
        let baseline = top + LEADING * (levels - level) as f64 - 4.0;
        canvas.text(left, baseline, &text, kind);
    }
    LEADING * levels as f64
}

/// The texts of upright reference lines with samples of them; returns the height they take.
pub(super) fn reference_legend(canvas: &mut Canvas, lines: &[Reference<'_>], top: f64) -> f64 {
    let texts: Vec<&str> = lines.iter().map(|line| line.text).collect();
    legend::draw(canvas, &texts, top, |canvas, place, (x, y)| {
        canvas.line((x, y - 7.0), (x, y + 7.0), lines[place].paint());
    })
}

/// Vertical lines through these stretches at the marks of a horizontal axis, and their texts below; returns where the
/// texts end.
pub(super) fn horizontal(
    canvas: &mut Canvas,
    axis: &Axis,
    ends: (f64, f64),
    stretches: &[(f64, f64)],
    bottom: f64,
) -> f64 {
    let scale = Scale::new(axis, ends.0, ends.1);
    let xs: Vec<f64> = axis.ticks.iter().filter_map(|(value, _)| scale.inside(*value)).collect();
    canvas.verticals(&xs, stretches, Paint::stroke(Ink::Line, 1.0));
    tick_texts(canvas, axis, scale, bottom + SMALL + 4.0);
    let mut end = bottom + LEADING + 4.0;
    let kind = Type::NOTE;
    let title = canvas.broken(&axis.title, kind, canvas.width, 2);
    let middle = f64::midpoint(ends.0, ends.1);
    let widest = title.lines.iter().map(|line| canvas.text_width(line, kind)).fold(0.0, f64::max);
    let middle = middle.clamp(widest / 2.0, (canvas.width - widest / 2.0).max(widest / 2.0));
    canvas.lines(middle, end + SMALL, &title, LEADING, kind.at(Anchor::Middle));
    end += LEADING * title.lines.len() as f64;
    end
}

/// The texts of the marks of a horizontal axis, thinned where they would touch.
pub(super) fn tick_texts(canvas: &mut Canvas, axis: &Axis, scale: Scale, baseline: f64) {
    let kind = Type::NOTE;
    let places: Vec<(f64, f64, String)> = axis
        .ticks
        .iter()
        .filter_map(|(value, text)| {
            let text = canvas.broken(text, kind, canvas.width * 0.4, 1).lines.into_iter().next()?;
            let width = canvas.text_width(&text, kind);
            let left = (scale.inside(*value)? - width / 2.0).clamp(0.0, (canvas.width - width).max(0.0));
            Some((left, width, text))
        })
        .collect();
    let step = thinning(&places.iter().map(|(left, width, _)| (*left, left + width)).collect::<Vec<_>>());
    for (left, _, text) in places.iter().step_by(step) {
        canvas.text(*left, baseline, text, kind);
    }
}

/// Every how many of these texts, in order on one line, leave room between each other.
pub(super) fn thinning(spans: &[(f64, f64)]) -> usize {
    (1..spans.len())
        .find(|step| {
            let kept: Vec<&(f64, f64)> = spans.iter().step_by(*step).collect();
            kept.windows(2).all(|pair| pair[0].1 + APART <= pair[1].0)
        })
        .unwrap_or(spans.len().max(1))
}

#[cfg(test)]
mod tests {
    use super::{Axis, Scale, thinning};

    fn axis(least: f64, most: f64) -> Axis {
        Axis { least, most, ticks: Vec::new(), title: String::new() }
    }

    #[test]
    fn values_stand_within_the_axis() {
        let scale = Scale::new(&axis(0.0, 10.0), 100.0, 200.0);
        assert_eq!(scale.at(5.0), Some(150.0));
        assert_eq!(scale.at(-5.0), Some(100.0));
        assert_eq!(scale.at(f64::NAN), None);
        assert_eq!(Scale::new(&axis(3.0, 3.0), 100.0, 200.0).at(3.0), Some(150.0));
        assert_eq!(Scale::new(&axis(f64::NAN, 3.0), 100.0, 200.0).at(3.0), Some(150.0));
    }

    #[test]
    fn crowded_texts_are_thinned_evenly() {
        let spans: Vec<(f64, f64)> =
            (0..9).map(|place| (f64::from(place) * 20.0, f64::from(place) * 20.0 + 25.0)).collect();
        assert_eq!(thinning(&spans), 2);
        assert_eq!(thinning(&spans[..1]), 1);
        assert_eq!(thinning(&[]), 1);
    }
}
