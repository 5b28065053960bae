//! What surrounds a chart: its name, its words and where it is to stand.

/// From this width on, labels stand beside the rows; below, above them.
const WIDE: f64 = 560.0;

/// What surrounds a chart.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame<'a> {
    /// A name of `a-z0-9-` only that nothing else on the page has, other layouts of the same chart included.
    pub(crate) id: &'a str,
    /// The title.
    pub(crate) title: &'a str,
    /// What is to be seen, in a sentence, for those who do not see it.
    pub(crate) description: &'a str,
    /// Base and interval; drawn only where the picture stands alone.
    pub(crate) note: Option<&'a str>,
    /// The width in pixels; the height follows from the content.
    pub(crate) width: f64,
    /// Where the colours come from.
    pub(crate) theme: Theme,
    /// Whether the picture stands alone: with title, note and a white ground.
    pub(crate) standalone: bool,
}

/// Where the colours and the font come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    /// From the CSS variables and the font of the page that the picture is a part of.
    Page,
    /// Light colours and the embedded font, written out: for files, PNG and PDF.
    Fixed,
}

impl Frame<'_> {
    /// The width to lay out for: a number, neither tiny nor endless.
    pub(super) fn room(&self) -> f64 {
        if self.width.is_finite() { self.width.clamp(240.0, 4000.0) } else { WIDE }
    }
}

/// Whether there is room for labels beside the rows.
pub(super) fn is_wide(width: f64) -> bool {
    width >= WIDE
}
