//! The chart as SVG, with its title and description for those who do not see it.

use super::canvas::{Canvas, escaped, number};
use super::frame::{Frame, Theme, is_wide};
use super::paint::{Ink, LEADING, Type};
use super::{Chart, bars, font, gaps, intervals, lines, quadrants, trend};

/// The space around a picture that stands alone.
const MARGIN: f64 = 24.0;

/// The chart as one `svg` element.
///
/// It needs no style and no font from elsewhere, refers to nothing outside and has no script. Its ids begin with that
/// of the frame.
pub(crate) fn svg(chart: &Chart, frame: &Frame<'_>) -> String {
    drawn(chart, frame, None)
}

/// The chart of a file in the author's accent and its pale form, both `#rrggbb`.
pub(crate) fn tinted_svg(chart: &Chart, frame: &Frame<'_>, tint: Option<(String, String)>) -> String {
    drawn(chart, frame, tint)
}

fn drawn(chart: &Chart, frame: &Frame<'_>, tint: Option<(String, String)>) -> String {
    let margin = if frame.standalone { MARGIN } else { 0.0 };
    let width = frame.room() - margin * 2.0;
    let mut canvas = Canvas::new(frame.theme, width, tint);
    let mut bottom = 0.0;
    if frame.standalone {
        let kind = Type { size: if is_wide(width) { 18.0 } else { 16.0 }, ..Type::BOLD };
        let title = canvas.broken(frame.title, kind, width, 4);
        canvas.lines(0.0, kind.size, &title, kind.size * 1.3, kind);
        bottom += kind.size * 1.3 * title.lines.len() as f64 + 14.0;
    }
    bottom = match chart {
        Chart::Intervals(chart) => intervals::draw(&mut canvas, chart, bottom),
        Chart::Bars(chart) => bars::draw(&mut canvas, chart, bottom, frame.id),
        Chart::Trend(chart) => trend::draw(&mut canvas, chart, bottom),
        Chart::Gaps(chart) => gaps::draw(&mut canvas, chart, bottom),
        Chart::Quadrants(chart) => quadrants::draw(&mut canvas, chart, bottom),
        Chart::Lines(chart) => lines::draw(&mut canvas, chart, bottom),
    };
    if let (true, Some(note)) = (frame.standalone, frame.note) {
        let note = canvas.broken(note, Type::NOTE, width, 8);
        canvas.lines(0.0, bottom + 26.0, &note, LEADING, Type::NOTE);
        bottom += 14.0 + LEADING * note.lines.len() as f64;
    }
    let head = head(frame, &canvas, margin, bottom + 4.0);
    let tail = if frame.standalone { "</g></svg>" } else { "</svg>" };
    format!("{head}{}{tail}", canvas.into_body())
}

/// What stands before the drawing.
fn head(frame: &Frame<'_>, canvas: &Canvas, margin: f64, height: f64) -> String {
    let (id, width, height) = (frame.id, canvas.width + margin * 2.0, height + margin * 2.0);
    let (width, height) = (number(width.ceil()), number(height.ceil()));
    let file = match frame.theme {
        Theme::Fixed => {
            format!(r#" xmlns="http://www.w3.org/2000/svg" font-family="{}, sans-serif""#, font::FAMILY)
        }
        Theme::Page => String::new(),
    };
    let ground = if frame.standalone {
        let paper = canvas.colour(Ink::Paper);
        format!(
            r#"<path d="M0 0H{width}V{height}H0Z" fill="{paper}"/><g transform="translate({margin} {margin})">"#
        )
    } else {
        String::new()
    };
    let (ink, title, description) =
        (canvas.colour(Ink::Text), escaped(frame.title), escaped(frame.description));
    format!(
        "<svg{file} role=\"img\" aria-labelledby=\"{id}-t {id}-d\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" font-size=\"13\" fill=\"{ink}\">\
         <title id=\"{id}-t\">{title}</title><desc id=\"{id}-d\">{description}</desc>{ground}"
    )
}
