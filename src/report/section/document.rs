//! How the report is to be presented; a report loaded from JSON renders to the same bytes.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the report is to be presented.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentSection {
    /// Whom it is for.
    pub audience: Audience,
    /// The sections in order; empty: those of the audience.
    pub sections: Vec<PageSection>,
    /// The language of the fixed texts.
    pub language: Language,
    /// How numbers are written; null: as the language does.
    pub number_format: Option<NumberFormat>,
    /// The logo as a data URI.
    pub logo: Option<String>,
    /// What the logo shows, for those who do not see it.
    pub logo_text: Option<String>,
    /// The accent colour, `#rrggbb`.
    pub accent: Option<String>,
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
    /// The editions of the standards that the appendix maps.
    pub clauses: ClauseEdition,
    /// The segment value that the report is about, of several reports of one survey.
    pub each: Option<ChosenValue>,
}

/// Whom a report is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Those who work with it: everything.
    #[default]
    Team,
    /// Management: the first page and what it rests on.
    Board,
    /// Customers: headline scores and how they were found.
    Customers,
}

/// A part of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PageSection {
    /// Headline scores as cards.
    Glance,
    /// Findings in sentences.
    Findings,
    /// What moved.
    Trend,
    /// One panel a segment.
    Groups,
    /// Each question's answers.
    Distributions,
    /// Expectation and perception.
    Gaps,
    /// What kind of need each feature is.
    Kano,
    /// What several questions measure together.
    Constructs,
    /// What drives the overall score.
    Drivers,
    /// Importance and performance.
    Priorities,
    /// Complaints and their handling.
    Complaints,
    /// Promises to customers and whether they were kept.
    Promises,
    /// Disputes before outside providers.
    Disputes,
    /// What the organisation records anyway, beside the scores.
    Indicators,
    /// A self-assessment by checklist.
    Checklist,
    /// What was read and left out, formulas, versions.
    Method,
    /// How well the answers came in.
    Quality,
    /// What weighting did to the sample.
    Weighting,
    /// All figures.
    Tables,
    /// Which clause is addressed where.
    Clauses,
}

/// The language of the fixed texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// German.
    #[serde(rename = "de")]
    German,
    /// French.
    #[serde(rename = "fr")]
    French,
    /// Spanish.
    #[serde(rename = "es")]
    Spanish,
}

/// How numbers are written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NumberFormat {
    /// The decimal mark.
    pub decimal: String,
    /// What parts thousands; empty for nothing.
    pub thousands: String,
}

/// The editions of the standards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ClauseEdition {
    /// The edition of ISO 10004.
    pub iso_10004: String,
    /// The edition of ISO 9001.
    pub iso_9001: String,
}

impl Default for ClauseEdition {
    /// ISO 10004:2018 and ISO 9001:2015.
    fn default() -> Self {
        Self { iso_10004: "2018".to_owned(), iso_9001: "2015".to_owned() }
    }
}

/// The segment value that a report is about, and what it is set against.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChosenValue {
    /// The segment and its value.
    pub segment: IndexMap<String, String>,
}

impl Language {
    /// All languages with their code and their own name.
    pub const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::English, "en", "English"),
        (Self::German, "de", "Deutsch"),
        (Self::French, "fr", "français"),
        (Self::Spanish, "es", "español"),
    ];

    /// The code, as in HTML's `lang`.
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(language, ..)| *language == self).map_or("en", |(_, code, _)| code)
    }
}

impl PageSection {
    /// All parts of the page in order, with the names that `--sections` takes.
    pub const ALL: [(Self, &'static str); 20] = [
        (Self::Glance, "glance"),
        (Self::Findings, "findings"),
        (Self::Trend, "trend"),
        (Self::Groups, "groups"),
        (Self::Distributions, "distributions"),
        (Self::Gaps, "gaps"),
        (Self::Kano, "kano"),
        (Self::Constructs, "constructs"),
        (Self::Drivers, "drivers"),
        (Self::Priorities, "priorities"),
        (Self::Complaints, "complaints"),
        (Self::Promises, "promises"),
        (Self::Disputes, "disputes"),
        (Self::Indicators, "indicators"),
        (Self::Checklist, "checklist"),
        (Self::Method, "method"),
        (Self::Quality, "quality"),
        (Self::Weighting, "weighting"),
        (Self::Tables, "tables"),
        (Self::Clauses, "clauses"),
    ];

    /// The name that `--sections` takes.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(section, _)| *section == self).map_or("", |(_, name)| name)
    }
}

impl Audience {
    /// The name that `--for` takes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Team => "team",
            Self::Board => "board",
            Self::Customers => "customers",
        }
    }

    /// The parts of the page that this audience gets.
    pub fn sections(self) -> Vec<PageSection> {
        use PageSection::{
            Checklist, Clauses, Complaints, Constructs, Disputes, Distributions, Drivers, Findings, Gaps,
            Glance, Groups, Indicators, Kano, Method, Priorities, Promises, Quality, Tables, Trend,
            Weighting,
        };
        match self {
            Self::Team => {
                vec![
                    Glance,
                    Findings,
                    Trend,
                    Groups,
                    Distributions,
                    Gaps,
                    Kano,
                    Constructs,
                    Drivers,
                    Priorities,
                    Complaints,
                    Promises,
                    Disputes,
                    Indicators,
                    Checklist,
                    Method,
                    Quality,
                    Weighting,
                    Tables,
                    Clauses,
                ]
            }
            Self::Board => {
                vec![
                    Glance, Findings, Trend, Groups, Gaps, Kano, Constructs, Drivers, Priorities, Complaints,
                    Promises, Disputes, Indicators, Checklist, Method, Weighting, Clauses,
                ]
            }
            Self::Customers => vec![Glance, Findings, Trend, Distributions, Method],
        }
    }

    /// A subgroup below this is hidden unless the definition says otherwise.
    pub fn suppress_below(self) -> u64 {
        match self {
            Self::Team => 0,
            Self::Board => 5,
            Self::Customers => 10,
        }
    }
}
