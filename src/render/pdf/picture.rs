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
    let mut drawn = vec![draw(&figure.chart, 0)];
    let mut size = rows(&figure.chart);
    // Rows differ in height, so pieces are made smaller until all fit.
    while size > 1 && drawn.iter().any(|picture| picture.ratio * WIDTH > HIGHEST) {
        size -= size.div_ceil(5);
        drawn =
            split(&figure.chart, size).iter().enumerate().map(|(place, chart)| draw(chart, place)).collect();
    }
    drawn
}

/// How many rows a chart has that can stand on different pages.
fn rows(chart: &Chart) -> usize {
    match chart {
        Chart::Intervals(chart) => chart.rows.len(),
        Chart::Bars(chart) => chart.rows.len(),
        Chart::Gaps(chart) => chart.rows.len(),
        Chart::Trend(_) | Chart::Quadrants(_) | Chart::Lines(_) => 1,
    }
}

/// The chart in charts of at most `size` rows, which is not 0.
fn split(chart: &Chart, size: usize) -> Vec<Chart> {
    fn each<Row: Clone>(rows: &[Row], size: usize, chart: impl Fn(Vec<Row>) -> Chart) -> Vec<Chart> {
        rows.chunks(size).map(|rows| chart(rows.to_vec())).collect()
    }
    match chart {
        Chart::Intervals(chart) => {
            each(&chart.rows, size, |rows| Chart::Intervals(chart::IntervalChart { rows, ..chart.clone() }))
        }
        Chart::Bars(chart) => {
            each(&chart.rows, size, |rows| Chart::Bars(chart::BarChart { rows, ..chart.clone() }))
        }
        Chart::Gaps(chart) => {
            each(&chart.rows, size, |rows| Chart::Gaps(chart::GapChart { rows, ..chart.clone() }))
        }
        Chart::Trend(_) | Chart::Quadrants(_) | Chart::Lines(_) => vec![chart.clone()],
    }
}

/// A number among the attributes that a drawing begins with.
fn attribute(svg: &str, name: &str) -> f64 {
    let start = format!(" {name}=\"");
    let value = svg.split_once(&start).and_then(|(_, rest)| rest.split_once('"'));
    value.and_then(|(value, _)| value.parse().ok()).unwrap_or(WIDTH)
}

#[cfg(test)]
mod tests {
    use super::{HIGHEST, WIDTH, pictures};
    use crate::render::chart::{Axis, Chart, Emphasis, IntervalChart, IntervalRow};
    use crate::render::page::{Figure, Table};

    fn figure(rows: usize) -> Figure {
        let row = |place: usize| IntervalRow {
            label: format!("Branch number {place} in the middle of the old town of a large city by the sea"),
            note: String::new(),
            value: Some(50.0),
            limits: Some((40.0, 60.0)),
            text: format!("{place} %"),
            emphasis: Emphasis::Usual,
        };
        Figure {
            id: "groups".to_owned(),
            title: "Groups".to_owned(),
            description: String::new(),
            note: String::new(),
            chart: Chart::Intervals(IntervalChart {
                axis: Axis { least: 0.0, most: 100.0, ticks: Vec::new(), title: String::new() },
                rows: (0..rows).map(row).collect(),
                reference: None,
                target: None,
            }),
            table: Table { caption: String::new(), columns: Vec::new(), rows: Vec::new() },
        }
    }

    #[test]
    fn a_chart_longer_than_a_page_comes_in_pieces_with_every_row() {
        for (rows, whole) in [(0, true), (1, true), (5, true), (60, false), (301, false)] {
            let drawn = pictures(&figure(rows), "#112233", "#aabbcc");
            assert_eq!(drawn.len() == 1, whole, "{rows}");
            assert!(drawn.iter().all(|picture| picture.ratio * WIDTH <= HIGHEST), "{rows}");
            let texts: usize = drawn.iter().map(|picture| picture.svg.matches(" %</text>").count()).sum();
            assert_eq!(texts, rows);
        }
    }

    #[test]
    fn a_chart_has_the_colour_of_the_author() {
        let drawn = pictures(&figure(1), "#112233", "#aabbcc");
        assert!(drawn[0].svg.contains("\"#112233\"") && drawn[0].svg.contains("\"#aabbcc\""));
    }
}
