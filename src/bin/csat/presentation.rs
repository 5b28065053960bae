//! How a report is presented: the definition's `[report]`, overruled by what was typed; the logo read and embedded.

mod picture;

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use csat::report::{
    Audience, ClauseEdition, DocumentSection, Language, NumberFormat, PageSection, Report, Section,
};
use csat::survey::Survey;

use crate::cli::Presenting;
use crate::status::{ExitStatus, Failure};
use crate::typed;

/// A logo larger than this does not belong into a page.
const MOST_LOGO_BYTES: u64 = 1 << 20;

/// The audience: as typed, else the definition's, else those who work with it.
pub(crate) fn audience(presenting: &Presenting, survey: &Survey) -> Result<Audience, Failure> {
    let name = presenting.audience.as_deref().or(survey.report.audience.as_deref());
    name.map_or(Ok(Audience::default()), named_audience)
}

fn named_audience(name: &str) -> Result<Audience, Failure> {
    let found =
        [Audience::Team, Audience::Board, Audience::Customers].into_iter().find(|known| known.name() == name);
    found.ok_or_else(|| {
        Failure::usage(format!("`--for {name}`: there is no such audience"))
            .help("choose team, board or customers")
    })
}

/// As the definition presents reports, for those who work with it: one part, and what it rests on.
pub(crate) fn closer_view(
    part: PageSection,
    survey: &Survey,
    definition: Option<&Path>,
) -> Result<DocumentSection, Failure> {
    let typed = Presenting { audience: None, sections: Vec::new(), language: None };
    let declared = document(&typed, survey, definition)?;
    Ok(DocumentSection { audience: Audience::Team, sections: vec![part, PageSection::Method], ..declared })
}

/// How the report is presented.
pub(crate) fn document(
    presenting: &Presenting,
    survey: &Survey,
    definition: Option<&Path>,
) -> Result<DocumentSection, Failure> {
    let declared = &survey.report;
    let typed = names(&presenting.sections);
    let sections = if typed.is_empty() { &declared.sections } else { &typed };
    let language = presenting.language.as_deref().or(declared.language.as_deref());
    let clauses = ClauseEdition::default();
    Ok(DocumentSection {
        audience: audience(presenting, survey)?,
        sections: sections.iter().map(|name| section(name)).collect::<Result<_, _>>()?,
        language: language.map_or(Ok(Language::default()), self::language)?,
        number_format: declared.number_format.as_ref().map(|format| NumberFormat {
            decimal: format.decimal.clone(),
            thousands: format.thousands.clone(),
        }),
        logo: declared.logo.as_deref().map(|logo| embedded(logo, definition)).transpose()?,
        logo_text: declared.logo_text.clone(),
        accent: declared.accent.clone(),
        prepared_by: declared.prepared_by.clone(),
        approved_by: declared.approved_by.clone(),
        document_no: declared.document_no.clone(),
        revision: declared.revision.clone(),
        distribution: declared.distribution.clone(),
        retention: declared.retention.clone(),
        clauses: ClauseEdition {
            iso_10004: declared.iso_10004.clone().unwrap_or(clauses.iso_10004),
            iso_9001: declared.iso_9001.clone().unwrap_or(clauses.iso_9001),
        },
        each: None,
    })
}

/// A saved report with what was typed in the place of what was saved.
///
/// # Errors
/// An audience from which smaller groups have to be hidden than the report hides: it has no counts to hide them by.
pub(crate) fn overruled(presenting: &Presenting, mut report: Report) -> Result<Report, Failure> {
    let typed = names(&presenting.sections);
    if presenting.audience.is_none() && typed.is_empty() && presenting.language.is_none() {
        return Ok(report);
    }
    let audience = presenting.audience.as_deref().map(named_audience).transpose()?;
    if let Some(audience) = audience {
        hides_enough(audience, &report)?;
    }
    if audience.is_some_and(|audience| audience != Audience::Team) {
        report.sections.retain(|section| !matches!(section, Section::Quality(_)));
    }
    if !report.sections.iter().any(|section| matches!(section, Section::Document(_))) {
        report.sections.push(Section::Document(DocumentSection::default()));
    }
    for section in &mut report.sections {
        let Section::Document(document) = section else { continue };
        if let Some(audience) = audience {
            document.audience = audience;
        }
        if !typed.is_empty() {
            document.sections = typed.iter().map(|name| self::section(name)).collect::<Result<_, _>>()?;
        }
        if let Some(code) = &presenting.language {
            document.language = language(code)?;
        }
    }
    typed::keep_presenting(&mut report, presenting);
    Ok(report)
}

fn hides_enough(audience: Audience, report: &Report) -> Result<(), Failure> {
    let (hidden, wanted) = (report.survey.suppress_below, audience.suppress_below());
    if report.survey.suppress_below_declared || hidden >= wanted {
        return Ok(());
    }
    let name = audience.name();
    Err(Failure::usage(format!(
        "`--for {name}` hides groups with fewer than {wanted} answers, and the saved report {}: it has no answers to \
         hide them by",
        match hidden {
            0 => "hides none".to_owned(),
            hidden => format!("only those with fewer than {hidden}"),
        }
    ))
    .help(format!("render from the answers, or save a report for them: csat report ANSWERS --for {name} -o NAME.json")))
}

/// Names from comma lists.
fn names(typed: &[String]) -> Vec<String> {
    let names = typed.iter().flat_map(|list| list.split(',')).map(str::trim);
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn section(name: &str) -> Result<PageSection, Failure> {
    let found = PageSection::ALL.iter().find(|(_, known)| *known == name);
    found.map(|(section, _)| *section).ok_or_else(|| {
        let names: Vec<&str> = PageSection::ALL.iter().map(|(_, name)| *name).collect();
        let failure = Failure::usage(format!("`--sections {name}`: there is no such part"));
        match csat::survey::did_you_mean(name, names.iter().copied()) {
            Some(nearest) => {
                failure.help(format!("did you mean `{nearest}`? There are {}", names.join(", ")))
            }
            None => failure.help(format!("there are {}", names.join(", "))),
        }
    })
}

fn language(code: &str) -> Result<Language, Failure> {
    let found = Language::ALL.iter().find(|(_, known, _)| *known == code);
    found.map(|(language, ..)| *language).ok_or_else(|| {
        let codes: Vec<String> =
            Language::ALL.iter().map(|(_, code, name)| format!("{code} ({name})")).collect();
        Failure::usage(format!("`--language {code}`: there are no texts in that language"))
            .help(format!("there are {}", codes.join(", ")))
    })
}

/// The logo as a data URI; its path is taken from the folder of the definition.
fn embedded(logo: &str, definition: Option<&Path>) -> Result<String, Failure> {
    let folder = definition.and_then(Path::parent).map(Path::to_owned).unwrap_or_default();
    let path: PathBuf = folder.join(logo);
    let fail = |text: String| {
        Failure::Message {
        status: ExitStatus::Definition,
        message: format!("the logo `{}` {text}", path.display()),
        help: Some("`logo` in [report] names a PNG, JPEG or SVG file of at most 1 MB, from the folder of the definition".to_owned()),
    }
    };
    let size = fs::metadata(&path).map_err(|error| fail(format!("cannot be read: {error}")))?.len();
    if size > MOST_LOGO_BYTES {
        return Err(fail(format!("has {size} bytes")));
    }
    let bytes = fs::read(&path).map_err(|error| fail(format!("cannot be read: {error}")))?;
    let kind = picture::media_type(&bytes).map_err(fail)?;
    Ok(format!("data:{kind};base64,{}", STANDARD.encode(&bytes)))
}
