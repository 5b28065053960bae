//! The formats that a report can be rendered to, and what can go wrong.

/// A format that a report can be rendered to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For reading in a terminal.
    Table,
    /// GitHub Markdown.
    Markdown,
    /// The estimates, one row each.
    Csv,
    /// The report itself.
    Json,
    /// One self-contained page.
    Html,
    /// A workbook.
    Xlsx,
    /// Pages to print and to file.
    Pdf,
}

/// Why a report could not be rendered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RenderError {
    /// The program has no typesetter in it.
    #[error(
        "this csat was built without the feature `pdf`, so it cannot write PDF; build one that can with `cargo install --path . --features pdf`, or write .html and print it from a browser"
    )]
    NoPdf,
    /// The pages could not be set.
    #[error("the PDF could not be set: {0}")]
    Pdf(String),
    /// The workbook could not be made.
    #[error("the workbook could not be made: {0}")]
    Workbook(String),
    /// The JUnit file could not be written.
    #[error("the JUnit file could not be written: {0}")]
    Junit(String),
    /// The picture could not be drawn.
    #[error("the picture `{name}` could not be drawn: {reason}")]
    Picture {
        /// The chart.
        name: String,
        /// Why.
        reason: String,
    },
}

impl Format {
    /// All formats with the names that `--format` takes.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::Table, "table"),
        (Self::Markdown, "md"),
        (Self::Csv, "csv"),
        (Self::Json, "json"),
        (Self::Html, "html"),
        (Self::Xlsx, "xlsx"),
        (Self::Pdf, "pdf"),
    ];

    /// The name that `--format` takes.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(format, _)| *format == self).map_or("", |(_, name)| name)
    }

    /// Whether it is no text.
    pub fn is_binary(self) -> bool {
        matches!(self, Self::Xlsx | Self::Pdf)
    }
}
