//! SVG as text: shapes and texts, each written the same way everywhere.
//!
//! Everything is an attribute, no style is, so that PNG and PDF read the same picture; on a page the classes `note` and
//! `rim` stand for the attributes of small texts and of rims (the page's style says them).

use super::super::escape::in_entities;
use super::frame::Theme;
use super::paint::{Anchor, Ink, Paint, SIZE, SMALL, Type};
use super::text::{Lines, Measure, clean, has_right_to_left};
use std::fmt::Write as _;

/// What the embedded font lacks and is drawn instead.
const TRIANGLES: [char; 2] = ['▲', '▼'];

/// A picture while it is drawn.
#[derive(Debug)]
pub(super) struct Canvas {
    /// Where the colours come from.
    theme: Theme,
    /// The author's accent and its pale form, in a file.
    tint: Option<(String, String)>,
    /// The width of the picture.
    pub(super) width: f64,
    /// How wide texts are.
    pub(super) measure: Measure,
    body: String,
}

impl Canvas {
    /// An empty picture.
    pub(super) fn new(theme: Theme, width: f64, tint: Option<(String, String)>) -> Self {
        Self { theme, tint, width, measure: Measure::new(theme), body: String::new() }
    }

    /// The colour as the theme writes it.
    pub(super) fn colour(&self, ink: Ink) -> &str {
        match (ink, &self.tint) {
            (Ink::Accent, Some((accent, _))) if self.theme == Theme::Fixed => accent,
            (Ink::Band, Some((_, soft))) if self.theme == Theme::Fixed => soft,
            _ => ink.written(self.theme),
        }
    }

    /// What was drawn.
    pub(super) fn into_body(self) -> String {
        self.body
    }

    /// Opens a group that carries the whole text of what is cut in it; returns whether it is to be closed.
    fn open_whole(&mut self, whole: Option<&str>) {
        if let Some(whole) = whole {
            self.push(format_args!("<g><title>{}</title>", escaped(whole)));
        }
    }

    /// A rectangle.
    pub(super) fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, radius: f64, paint: Paint) {
        if width <= 0.0 || height <= 0.0 {
            return;
        }
        let corner = if radius > 0.0 { format!(r#" rx="{}""#, number(radius)) } else { String::new() };
        let paint = self.paint(paint);
        self.push(format_args!(
            r#"<rect x="{}" y="{}" width="{}" height="{}"{corner}{paint}/>"#,
            number(x),
            number(y),
            number(width),
            number(height)
        ));
    }

    /// Defines oblique lines in the colour of the ground, to be laid over surfaces.
    pub(super) fn define_hatch(&mut self, id: &str) {
        let paper = self.colour(Ink::Paper).to_owned();
        self.push(format_args!(
            "<defs><pattern id=\"{id}\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" \
             patternTransform=\"rotate(45)\"><path d=\"M0 0V5\" stroke=\"{paper}\" stroke-width=\"1.5\" \
             stroke-opacity=\".3\"/></pattern></defs>"
        ));
    }

    /// Lays the hatch of that name over a rectangle.
    pub(super) fn hatch(&mut self, id: &str, x: f64, y: f64, width: f64, height: f64) {
        if width <= 0.0 || height <= 0.0 {
            return;
        }
        self.push(format_args!(
            r#"<rect x="{}" y="{}" width="{}" height="{}" fill="url(#{id})"/>"#,
            number(x),
            number(y),
            number(width),
            number(height)
        ));
    }

    /// A straight line.
    pub(super) fn line(&mut self, from: (f64, f64), to: (f64, f64), paint: Paint) {
        let paint = self.paint(Paint { fill: None, ..paint });
        let paint = paint.trim_start_matches(r#" fill="none""#);
        self.push(format_args!("<path d=\"{}\"{paint}/>", path(&[from, to])));
    }

    /// Vertical lines at these places through these stretches, as one shape.
    pub(super) fn verticals(&mut self, xs: &[f64], stretches: &[(f64, f64)], paint: Paint) {
        let paint = self.paint(Paint { fill: None, ..paint });
        let mut path = String::new();
        for x in xs {
            for (top, bottom) in stretches {
                append(&mut path, format_args!("M{} {}V{}", number(*x), number(*top), number(*bottom)));
            }
        }
        if !path.is_empty() {
            let paint = paint.trim_start_matches(r#" fill="none""#);
            self.push(format_args!("<path d=\"{path}\"{paint}/>"));
        }
    }

    /// A circle.
    pub(super) fn circle(&mut self, at: (f64, f64), radius: f64, paint: Paint) {
        let paint = self.paint(paint);
        self.push(format_args!(
            r#"<circle cx="{}" cy="{}" r="{}"{paint}/>"#,
            number(at.0),
            number(at.1),
            number(radius)
        ));
    }

    /// A diamond.
    pub(super) fn diamond(&mut self, at: (f64, f64), radius: f64, paint: Paint) {
        let (x, y) = at;
        self.shape(&[(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)], true, paint);
    }

    /// A line through points, closed to a surface or not.
    pub(super) fn shape(&mut self, points: &[(f64, f64)], closed: bool, paint: Paint) {
        if points.len() < 2 {
            return;
        }
        let paint = self.paint(paint);
        let end = if closed { "Z" } else { "" };
        self.push(format_args!("<path d=\"{}{end}\"{paint}/>", path(points)));
    }

    /// One line of text on its baseline; hostile characters are dropped.
    ///
    /// In a file the two triangles are drawn: the embedded font has no such letters.
    pub(super) fn text(&mut self, x: f64, y: f64, text: &str, kind: Type) {
        let text = clean(text);
        if self.theme != Theme::Fixed || !text.contains(TRIANGLES) {
            self.plain_text(x, y, &text, kind);
            return;
        }
        let mut x = match kind.anchor {
            Anchor::Start => x,
            Anchor::Middle => x - self.text_width(&text, kind) / 2.0,
            Anchor::End => x - self.text_width(&text, kind),
        };
        let kind = kind.at(Anchor::Start);
        let space = self.measure.width(" ", kind.size, kind.bold);
        let mut rest = text.as_str();
        while let Some(at) = rest.find(TRIANGLES) {
            let (before, triangle) = rest.split_at(at);
            self.plain_text(x, y, before.trim_end(), kind);
            x += self.measure.width(before, kind.size, kind.bold);
            let wide = kind.size * 0.62;
            let (base, tip) = (y - kind.size * 0.04, y - kind.size * 0.62);
            let (base, tip) = if triangle.starts_with('▲') { (base, tip) } else { (tip, base) };
            self.shape(&[(x, base), (x + wide, base), (x + wide / 2.0, tip)], true, Paint::fill(kind.ink));
            x += self.measure.width("▲", kind.size, kind.bold);
            let after = triangle.trim_start_matches(TRIANGLES);
            rest = after.trim_start();
            if rest.len() < after.len() {
                x += space;
            }
        }
        self.plain_text(x, y, rest, kind);
    }

    fn plain_text(&mut self, x: f64, y: f64, text: &str, kind: Type) {
        if text.is_empty() {
            return;
        }
        let mut attributes = String::new();
        // On a page the two kinds of text that come hundreds of times are classes of its style: it stays small.
        let is_note = self.theme == Theme::Page && (kind.size - SMALL).abs() <= 0.0 && kind.ink == Ink::Soft;
        let is_rimmed = self.theme == Theme::Page && kind.rim;
        match (is_note, is_rimmed) {
            (true, true) => attributes.push_str(r#" class="note rim""#),
            (true, false) => attributes.push_str(r#" class="note""#),
            (false, true) => attributes.push_str(r#" class="rim""#),
            (false, false) => {}
        }
        if (kind.size - SIZE).abs() > 0.0 && !is_note {
            append(&mut attributes, format_args!(r#" font-size="{}""#, number(kind.size)));
        }
        if kind.bold {
            attributes.push_str(r#" font-weight="600""#);
        }
        if kind.ink != Ink::Text && !is_note {
            append(&mut attributes, format_args!(r#" fill="{}""#, self.colour(kind.ink)));
        }
        match kind.anchor {
            Anchor::Start => {}
            Anchor::Middle => attributes.push_str(r#" text-anchor="middle""#),
            Anchor::End => attributes.push_str(r#" text-anchor="end""#),
        }
        if kind.rim && !is_rimmed {
            let paper = self.colour(Ink::Paper);
            attributes.push_str(" stroke=\"");
            attributes.push_str(paper);
            attributes.push_str("\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\"");
        }
        let text = escaped(text);
        // An isolate whose direction is that of its first strong letter.
        let text = if has_right_to_left(&text) { format!("\u{2068}{text}\u{2069}") } else { text };
        self.push(format_args!(r#"<text x="{}" y="{}"{attributes}>{text}</text>"#, number(x), number(y)));
    }

    /// Lines of text, the first on that baseline; the whole text appears on hovering where it was cut.
    pub(super) fn lines(&mut self, x: f64, y: f64, lines: &Lines, leading: f64, kind: Type) {
        self.open_whole(lines.whole.as_deref());
        let mut baseline = y;
        for line in &lines.lines {
            self.text(x, baseline, line, kind);
            baseline += leading;
        }
        if lines.whole.is_some() {
            self.push(format_args!("</g>"));
        }
    }

    /// The estimated width of a text.
    pub(super) fn text_width(&self, text: &str, kind: Type) -> f64 {
        self.measure.width(&clean(text), kind.size, kind.bold)
    }

    /// A text in lines that fit.
    pub(super) fn broken(&self, text: &str, kind: Type, width: f64, most: usize) -> Lines {
        self.measure.lines(text, kind.size, kind.bold, width, most)
    }

    fn paint(&self, paint: Paint) -> String {
        let mut attributes = match paint.fill {
            Some(Ink::Text) => String::new(),
            Some(ink) => format!(r#" fill="{}""#, self.colour(ink)),
            None => r#" fill="none""#.to_owned(),
        };
        if let Some((ink, width)) = paint.stroke {
            append(&mut attributes, format_args!(r#" stroke="{}""#, self.colour(ink)));
            if (width - 1.0).abs() > 0.0 {
                append(&mut attributes, format_args!(r#" stroke-width="{}""#, number(width)));
            }
        }
        if let Some(dash) = paint.dash {
            append(&mut attributes, format_args!(r#" stroke-dasharray="{dash}""#));
        }
        if let Some(opacity) = paint.opacity {
            append(&mut attributes, format_args!(r#" opacity="{}""#, number(opacity)));
        }
        attributes
    }

    fn push(&mut self, markup: std::fmt::Arguments<'_>) {
        append(&mut self.body, markup);
    }
}

/// The text as XML takes it.
pub(super) fn escaped(text: &str) -> String {
    in_entities(&clean(text))
}

/// A coordinate with at most two decimals; what is no number is 0.
pub(super) fn number(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn append(text: &mut String, more: std::fmt::Arguments<'_>) {
    text.write_fmt(more).expect("memory takes every text");
}

fn path(points: &[(f64, f64)]) -> String {
    let mut path = String::with_capacity(points.len() * 12);
    for (place, (x, y)) in points.iter().enumerate() {
        path.push(if place == 0 { 'M' } else { 'L' });
        append(&mut path, format_args!("{} {}", number(*x), number(*y)));
    }
    path
}

#[cfg(test)]
mod tests {
    use super::{escaped, number};

    #[test]
    fn coordinates_are_short_and_always_numbers() {
        assert_eq!(number(1.0), "1");
        assert_eq!(number(-0.001), "0");
        assert_eq!(number(12.345_6), "12.35");
        assert_eq!(number(f64::NAN), "0");
        assert_eq!(number(f64::INFINITY), "0");
    }

    #[test]
    fn markup_is_text() {
        assert_eq!(
            escaped("</script><b>\"x\" & 'y'\u{1b}"),
            "&lt;/script&gt;&lt;b&gt;&quot;x&quot; &amp; &#39;y&#39;"
        );
    }
}
