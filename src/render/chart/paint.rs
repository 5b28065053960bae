//! Colours, lines and letters by what they are for.
//!
//! On a page a colour is a CSS variable, so light, dark and print follow the page. The page defines:
//! `--ink`, `--ink-soft`, `--line`, `--paper`, `--accent`, `--accent-soft` (bands of intervals), `--good`, `--bad`,
//! `--warn`, `--neutral`, `--scale-bad-2` (the worst), `--scale-bad-1`, `--scale-mid`, `--scale-good-1`,
//! `--scale-good-2` (the best), `--beside`. Texts in `--paper` stand on the two ends of the scale, texts in `--ink` on
//! the three between, so those pairs need the contrast of text in every scheme.

#[cfg(feature = "pdf")]
use super::Chart;
use super::frame::Theme;

/// The size of letters unless said otherwise.
pub(super) const SIZE: f64 = 13.0;

/// The size of axes, notes and legends.
pub(super) const SMALL: f64 = 11.5;

/// The distance of lines of text.
pub(super) const LEADING: f64 = 16.0;

/// A colour by what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    Text,
    Soft,
    Line,
    Paper,
    Accent,
    Band,
    Good,
    Bad,
    Warn,
    Neutral,
    ScaleBad2,
    ScaleBad1,
    ScaleMid,
    ScaleGood1,
    ScaleGood2,
    Beside,
}

impl Ink {
    /// As the theme writes it.
    pub(super) fn written(self, theme: Theme) -> &'static str {
        let (variable, literal) = self.names();
        if theme == Theme::Page { variable } else { literal }
    }

    /// The variable on a page and the literal colour of files.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Text => ("var(--ink)", "#15191e"),
            Self::Soft => ("var(--ink-soft)", "#57606a"),
            Self::Line => ("var(--line)", "#d8dee4"),
            Self::Paper => ("var(--paper)", "#ffffff"),
            Self::Accent => ("var(--accent)", "#0a5cab"),
            Self::Band => ("var(--accent-soft)", "#b9d4ef"),
            Self::Good => ("var(--good)", "#0b7a4b"),
            Self::Bad => ("var(--bad)", "#b3261e"),
            Self::Warn => ("var(--warn)", "#9a5b00"),
            Self::Neutral => ("var(--neutral)", "#6b7580"),
            Self::ScaleBad2 => ("var(--scale-bad-2)", "#a8330f"),
            Self::ScaleBad1 => ("var(--scale-bad-1)", "#dd8a63"),
            Self::ScaleMid => ("var(--scale-mid)", "#d3d8de"),
            Self::ScaleGood1 => ("var(--scale-good-1)", "#6fa6da"),
            Self::ScaleGood2 => ("var(--scale-good-2)", "#0a5cab"),
            Self::Beside => ("var(--beside)", "#8a939d"),
        }
    }
}

/// A picture of the fixed theme with an author's accent and its pale sister; scales of answers keep their colours.
#[cfg(feature = "pdf")]
pub(crate) fn tinted(svg: &str, chart: &Chart, accent: &str, band: &str) -> String {
    if matches!(chart, Chart::Bars(_)) {
        return svg.to_owned();
    }
    // Texts have no quotation marks of their own, so these are attributes.
    [(Ink::Accent, accent), (Ink::Band, band)].iter().fold(svg.to_owned(), |svg, (ink, colour)| {
        svg.replace(&format!("=\"{}\"", ink.written(Theme::Fixed)), &format!("=\"{colour}\""))
    })
}

/// How a shape is filled and outlined.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Paint {
    pub(super) fill: Option<Ink>,
    pub(super) stroke: Option<(Ink, f64)>,
    pub(super) dash: Option<&'static str>,
    pub(super) opacity: Option<f64>,
}

impl Paint {
    /// Filled.
    pub(super) fn fill(ink: Ink) -> Self {
        Self { fill: Some(ink), ..Self::default() }
    }

    /// Outlined.
    pub(super) fn stroke(ink: Ink, width: f64) -> Self {
        Self { stroke: Some((ink, width)), ..Self::default() }
    }

    /// Outlined as well.
    pub(super) fn outlined(self, ink: Ink, width: f64) -> Self {
        Self { stroke: Some((ink, width)), ..self }
    }

    /// With a dashed line.
    pub(super) fn dashed(self, dash: &'static str) -> Self {
        Self { dash: Some(dash), ..self }
    }

    /// Translucent.
    pub(super) fn opacity(self, opacity: f64) -> Self {
        Self { opacity: Some(opacity), ..self }
    }
}

/// Where a text stands to its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type {
    /// The size in pixels.
    pub(super) size: f64,
    /// Whether it is bold.
    pub(super) bold: bool,
    /// Its colour.
    pub(super) ink: Ink,
    /// Where it stands to its position.
    pub(super) anchor: Anchor,
    /// Whether a rim of the ground keeps lines away from it.
    pub(super) rim: bool,
}

impl Type {
    /// As most texts.
    pub(super) const PLAIN: Self =
        Self { size: SIZE, bold: false, ink: Ink::Text, anchor: Anchor::Start, rim: false };
    /// As most texts, bold.
    pub(super) const BOLD: Self = Self { bold: true, ..Self::PLAIN };
    /// Small and soft, as axes and notes.
    pub(super) const NOTE: Self = Self { size: SMALL, ink: Ink::Soft, ..Self::PLAIN };

    /// At another anchor.
    pub(super) fn at(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    /// With a rim.
    pub(super) fn rimmed(self) -> Self {
        Self { rim: true, ..self }
    }

    /// In another colour.
    pub(super) fn ink(self, ink: Ink) -> Self {
        Self { ink, ..self }
    }
}
