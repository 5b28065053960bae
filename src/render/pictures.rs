//! Each chart of a report as files for slides: a drawing, a picture and its data.

use super::chart::{self, Frame, Theme};
use super::page::{Block, Figure, Page};
use super::{RenderError, html};
use crate::report::Report;

/// The width of a drawing; a slide scales it.
const WIDTH: f64 = 760.0;

/// The pixels of a picture for each unit of the drawing.
const SCALE: f32 = 2.0;

/// A file of one chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartFile {
    /// Its name, such as `trend-recommend.svg`.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Every chart of the report as SVG, PNG and CSV, in the accent of the report; title, base and interval stand in the
/// picture.
///
/// # Errors
/// When a picture cannot be drawn.
pub fn charts(report: &Report) -> Result<Vec<ChartFile>, RenderError> {
    let page = Page::of(report);
    let blocks = page.parts.iter().flat_map(|part| &part.blocks);
    let figures = blocks.filter_map(|block| match block {
        Block::Figure(figure) => Some(figure.as_ref()),
        _ => None,
    });
    let mut files = Vec::new();
    for figure in figures {
        let svg = drawing(figure, page.accent.as_deref());
        let png = chart::png(&svg, SCALE)
            .map_err(|error| RenderError::Picture { name: figure.id.clone(), reason: error.to_string() })?;
        let csv = chart::csv(&figure.chart);
        let file =
            |ending: &str, bytes: Vec<u8>| ChartFile { name: format!("{}.{ending}", figure.id), bytes };
        files.extend([file("svg", svg.into_bytes()), file("png", png), file("csv", csv.into_bytes())]);
    }
    Ok(files)
}

/// A chart that stands by itself.
fn drawing(figure: &Figure, accent: Option<&str>) -> String {
    let frame = Frame {
        id: &figure.id,
        title: &figure.title,
        description: &figure.description,
        note: Some(&figure.note),
        width: WIDTH,
        theme: Theme::Fixed,
        standalone: true,
    };
    chart::tinted_svg(&figure.chart, &frame, accent.and_then(html::accent_on_paper))
}
