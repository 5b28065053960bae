//! Charts as plain data: positions as numbers, every text ready made.
//!
//! A chart knows nothing of a report. It is drawn as SVG; whoever makes it has formatted its numbers in the language
//! of the report and gives its title, description and data table besides.

mod axis;
mod bars;
mod beginning;
mod boxes;
mod canvas;
mod csv;
pub(crate) mod font;
mod frame;
mod gaps;
mod intervals;
mod legend;
mod lines;
mod paint;
mod png;
mod quadrants;
mod rows;
#[cfg(test)]
mod sample;
mod svg;
#[cfg(test)]
mod tests;
mod text;
mod trend;
mod widths;

pub(crate) use csv::csv;
pub(crate) use frame::{Frame, Theme};
#[cfg(feature = "pdf")]
pub(crate) use paint::tinted;
pub(crate) use png::png;
pub(crate) use svg::{svg, tinted_svg};

/// One chart.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Chart {
    /// Figures with intervals, one a row.
    Intervals(IntervalChart),
    /// Distributions, one bar a row.
    Bars(BarChart),
    /// Figures by wave with an interval band and control limits.
    Trend(TrendChart),
    /// Expectation and perception, one pair a row.
    Gaps(GapChart),
    /// Importance against performance.
    Quadrants(QuadrantChart),
    /// Lines and marks over a plane.
    Lines(LineChart),
}

/// An axis with its marks.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Axis {
    /// The value at the start.
    pub(crate) least: f64,
    /// The value at the end; more than `least`.
    pub(crate) most: f64,
    /// Marks with their texts.
    pub(crate) ticks: Vec<(f64, String)>,
    /// What it shows.
    pub(crate) title: String,
}

/// Figures with intervals, one a row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct IntervalChart {
    /// The axis.
    pub(crate) axis: Axis,
    /// The rows from top to bottom.
    pub(crate) rows: Vec<IntervalRow>,
    /// A line for all, with its text.
    pub(crate) reference: Option<(f64, String)>,
    /// The target, with its text.
    pub(crate) target: Option<(f64, String)>,
}

/// One figure with its interval.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct IntervalRow {
    /// What it is.
    pub(crate) label: String,
    /// What stands behind the label in small, such as the base.
    pub(crate) note: String,
    /// The figure; none where there is none, `text` then says why.
    pub(crate) value: Option<f64>,
    /// Its limits.
    pub(crate) limits: Option<(f64, f64)>,
    /// The figure in words.
    pub(crate) text: String,
    /// How it is to be drawn.
    pub(crate) emphasis: Emphasis,
}

/// How a row is to be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Emphasis {
    /// As all others.
    Usual,
    /// In full colour: it is the subject, or differs from the rest.
    Strong,
    /// Pale: a small base.
    Weak,
}

/// Distributions, one bar a row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BarChart {
    /// The parts from worst to best (or the options), for the legend.
    pub(crate) parts: Vec<BarPart>,
    /// The rows from top to bottom.
    pub(crate) rows: Vec<BarRow>,
    /// Whether bars are set about the middle: bad to the left, good to the right, neutral split by the centre line.
    pub(crate) diverging: bool,
    /// What stands beside the scale (don't know): its heading; none where no row has any.
    pub(crate) beside: Option<String>,
}

/// One part of a bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BarPart {
    /// Its label.
    pub(crate) label: String,
    /// Where it stands.
    pub(crate) side: Side,
}

/// Where a part of a bar stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// The bad end; the first part is the worst.
    Bad,
    /// Neither.
    Neutral,
    /// The good end; the last part is the best.
    Good,
}

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BarRow {
    /// What it is.
    pub(crate) label: String,
    /// What stands behind the label in small, such as the base.
    pub(crate) note: String,
    /// The shares in percent, one a part, with their texts.
    pub(crate) shares: Vec<(f64, String)>,
    /// The share beside the scale in percent, with its text.
    pub(crate) beside: Option<(f64, String)>,
}

/// Figures by wave.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TrendChart {
    /// The vertical axis.
    pub(crate) axis: Axis,
    /// The waves from left to right.
    pub(crate) points: Vec<TrendMark>,
    /// The centre line of the control chart, with its text.
    pub(crate) center: Option<(f64, String)>,
    /// The target, with its text.
    pub(crate) target: Option<(f64, String)>,
    /// The upper control limit of the newest wave that has one, with its text.
    pub(crate) upper: Option<(f64, String)>,
    /// The lower control limit of that wave, with its text.
    pub(crate) lower: Option<(f64, String)>,
}

/// One wave.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TrendMark {
    /// The wave.
    pub(crate) wave: String,
    /// The figure; none interrupts the line.
    pub(crate) value: Option<f64>,
    /// Its limits.
    pub(crate) limits: Option<(f64, f64)>,
    /// The control limits.
    pub(crate) control: Option<(f64, f64)>,
    /// The figure in words.
    pub(crate) text: String,
    /// Whether the control chart marks it.
    pub(crate) signal: bool,
    /// Whether the wave is still running or rests on a small base.
    pub(crate) weak: bool,
    /// Whether the line is interrupted before it, because the question changed.
    pub(crate) broken: bool,
}

/// Expectation and perception, one pair a row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct GapChart {
    /// The axis: the scale of the questions.
    pub(crate) axis: Axis,
    /// The words for the two ends.
    pub(crate) expectation: String,
    /// The words for perception.
    pub(crate) perception: String,
    /// The rows from top to bottom.
    pub(crate) rows: Vec<GapMark>,
}

/// One pair.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct GapMark {
    /// What it is.
    pub(crate) label: String,
    /// What stands behind the label in small, such as the base.
    pub(crate) note: String,
    /// The mean expectation.
    pub(crate) expectation: Option<f64>,
    /// The mean perception.
    pub(crate) perception: Option<f64>,
    /// The gap in words with its interval.
    pub(crate) text: String,
    /// Whether the gap is clearly not zero.
    pub(crate) clear: bool,
}

/// Importance against performance.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct QuadrantChart {
    /// The horizontal axis: performance.
    pub(crate) performance: Axis,
    /// The vertical axis: importance.
    pub(crate) importance: Axis,
    /// Where the quadrants meet: performance, importance.
    pub(crate) crosshair: (f64, f64),
    /// The words in the corners: concentrate here (left top), keep up (right top), low priority (left bottom),
    /// possible overkill (right bottom).
    pub(crate) corners: [String; 4],
    /// Whether a line is drawn on which both axes have the same value.
    pub(crate) has_diagonal: bool,
    /// Whether the first corner is shaded: the one to look at.
    pub(crate) is_first_shaded: bool,
    /// The attributes.
    pub(crate) marks: Vec<QuadrantMark>,
    /// What the marks say.
    pub(crate) legend: QuadrantLegend,
}

/// What the marks of a plane say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct QuadrantLegend {
    /// A filled mark.
    pub(crate) settled: String,
    /// A hollow one.
    pub(crate) unsettled: String,
    /// That labels leave out what they share at their start, with `{text}` for it.
    pub(crate) beginning: String,
}

/// One attribute.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct QuadrantMark {
    /// What it is.
    pub(crate) label: String,
    /// Performance with its limits.
    pub(crate) performance: (f64, Option<(f64, f64)>),
    /// Importance with its limits.
    pub(crate) importance: (f64, Option<(f64, f64)>),
    /// Whether the quadrant is settled.
    pub(crate) settled: bool,
}

/// Lines and marks over a plane.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LineChart {
    /// The horizontal axis.
    pub(crate) across: Axis,
    /// The vertical axis.
    pub(crate) up: Axis,
    /// The lines.
    pub(crate) lines: Vec<ChartLine>,
    /// Bands about lines: across, lower end, upper end.
    pub(crate) bands: Vec<Vec<(f64, f64, f64)>>,
    /// The marks.
    pub(crate) marks: Vec<LineMark>,
}

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ChartLine {
    /// What it is; empty for one that goes with the line before.
    pub(crate) name: String,
    /// Its points from left to right: across, up.
    pub(crate) points: Vec<(f64, f64)>,
    /// How it is drawn.
    pub(crate) kind: LineKind,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineKind {
    /// The first figure.
    First,
    /// The second.
    Second,
    /// The third.
    Third,
    /// What others are compared with.
    Overall,
    /// Inner limits.
    Inner,
    /// Outer limits.
    Outer,
}

/// One mark.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LineMark {
    /// What it is.
    pub(crate) label: String,
    /// Where it stands: across, up.
    pub(crate) at: (f64, f64),
    /// The figure in words.
    pub(crate) text: String,
    /// Whether it lies outside the limits.
    pub(crate) outside: bool,
    /// Whether it rests on a small base.
    pub(crate) weak: bool,
}
