//! The `[report]` table: how reports are to look, as it is written.
//!
//! Whether the logo is there and is an image, and what an audience gets, is for whoever makes a report.

/// How reports are to look; what is not written is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportDefinition {
    /// The title of the report; else that of the survey.
    pub title: Option<String>,
    /// The file with the logo, as it is written.
    pub logo: Option<String>,
    /// What the logo shows.
    pub logo_text: Option<String>,
    /// The accent colour, `#rrggbb` in small letters.
    pub accent: Option<String>,
    /// The language of the fixed texts: `en`, `de`, `fr` or `es`.
    pub language: Option<String>,
    /// How numbers are written; else as the language does.
    pub number_format: Option<NumberMarks>,
    /// Whom it is for (`for`): `team`, `board` or `customers`.
    pub audience: Option<String>,
    /// The parts of the page in their order; empty: those of the audience.
    pub sections: Vec<String>,
    /// Who prepared it.
    pub prepared_by: Option<String>,
    /// Who approved it.
    pub approved_by: Option<String>,
    /// The number of the document.
    pub document_no: Option<String>,
    /// Its revision.
    pub revision: Option<String>,
    /// Who gets it.
    pub distribution: Option<String>,
    /// How long it is kept.
    pub retention: Option<String>,
    /// The edition of ISO 10004 that the appendix maps, such as `2018`.
    pub iso_10004: Option<String>,
    /// The edition of ISO 9001 that the appendix maps, such as `2015`.
    pub iso_9001: Option<String>,
}

/// The marks in numbers; two different ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberMarks {
    /// The decimal mark: a point or a comma.
    pub decimal: String,
    /// What parts thousands; empty for nothing.
    pub thousands: String,
}
