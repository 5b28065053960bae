//! Charts as drawings that fit on a page: in the author's colour, and in pieces where they are longer than a page.

use super::super::chart::{self, Chart, Frame, Theme, font};
use super::super::page::Figure;

/// The width that charts are drawn for, in pixels; on paper it is the width of the text.
const WIDTH: f64 = 840.0;

/// No drawing is higher, in pixels.
const HIGHEST: f64 = 1040.0;

/// A drawing.
pub(super) struct Picture {
    /// As SVG.
    pub(super) svg: String,
    /// Its height by its width.
    pub(super) ratio: f64,
}

/// The drawings of a figure from top to bottom; more than one where its rows do not fit on a page.
pub(super) fn pictures(figure: &Figure, accent: &str, soft: &str) -> Vec<Picture> {
    let draw = |chart: &Chart, place: usize| {
        let id = format!("{}-{place}", figure.id);
        let frame = Frame {
            id: &id,
            title: &figure.title,
            description: &figure.description,
            note: None,
            width: WIDTH,
            theme: Theme::Fixed,
            standalone: false,
        };
        let svg = chart::svg(chart, &frame);
        let (width, height) = (attribute(&svg, "width"), attribute(&svg, "height"));
        let svg = font::without_triangles(&chart::tinted(&svg, chart, accent, soft));
        Picture { svg, ratio: height / width.max(1.0) }
    };
    let whole = draw(&figure.chart, 0);
    let height = whole.ratio * WIDTH;
    let mut pieces = 2;
    let mut drawn = vec![whole];
    // Rows differ in height, so the first guess may be too few.
    while drawn.iter().any(|picture| picture.ratio * WIDTH > HIGHEST) {
        let Some(charts) = split(&figure.chart, pieces.max(needed(height))) else { break };
        drawn = charts.iter().enumerate().map(|(place, chart)| draw(chart, place)).collect();
        pieces = charts.len() + 1;
    }
    drawn
}

/// How many pieces of a drawing of that height fit on pages.
fn needed(height: f64) -> usize {
    // A drawing of more pieces than rows is not asked for, so a small number is enough.
    (2..1000_u16).find(|pieces| height / f64::from(*pieces) <= HIGHEST).map_or(1000, usize::from)
}

/// The chart in that many charts of nearly as many rows; none where it has no rows or fewer of them.
fn split(chart: &Chart, pieces: usize) -> Option<Vec<Chart>> {
    fn chunks<Row: Clone>(rows: &[Row], pieces: usize) -> Option<impl Iterator<Item = Vec<Row>>> {
        let size = rows.len().div_ceil(pieces);
        (pieces <= rows.len() && size > 0).then(|| rows.chunks(size).map(<[Row]>::to_vec))
    }
    match chart {
        Chart::Intervals(chart) => chunks(&chart.rows, pieces).map(|parts| {
            parts.map(|rows| Chart::Intervals(chart::IntervalChart { rows, ..chart.clone() })).collect()
        }),
        Chart::Bars(chart) => chunks(&chart.rows, pieces)
            .map(|parts| parts.map(|rows| Chart::Bars(chart::BarChart { rows, ..chart.clone() })).collect()),
        Chart::Gaps(chart) => chunks(&chart.rows, pieces)
            .map(|parts| parts.map(|rows| Chart::Gaps(chart::GapChart { rows, ..chart.clone() })).collect()),
        Chart::Trend(_) | Chart::Quadrants(_) => None,
    }
}

/// A number among the attributes that a drawing begins with.
fn attribute(svg: &str, name: &str) -> f64 {
    let start = format!(" {name}=\"");
    let value = svg.split_once(&start).and_then(|(_, rest)| rest.split_once('"'));
    value.and_then(|(value, _)| value.parse().ok()).unwrap_or(WIDTH)
}
