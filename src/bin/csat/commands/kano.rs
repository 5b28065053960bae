//! `csat kano`: what kind of need each feature is.

use std::path::Path;

use csat::render::{self, Look, Subject};
use csat::report::{Audience, DocumentSection, PageSection, Report, Section};
use csat::survey::{Measure, Survey};

use crate::cli::{self, Asking, Presenting};
use crate::output::Output;
use crate::pipeline::{Answered, Way};
use crate::presentation;
use crate::saved;
use crate::settings::{self, Environment};
use crate::status::{ExitStatus, Failure};
use crate::typed;

pub(crate) fn run(
    args: &cli::Kano,
    environment: &Environment,
    output: &Output,
) -> anyhow::Result<ExitStatus> {
    let writing = &args.writing;
    let format = settings::format(writing.format.as_deref(), writing.output.as_deref())?;
    if let Some(file) = args.asking.files.iter().find(|file| saved::is_saved(file)) {
        return Err(Failure::usage(format!(
            "`{}` is a saved report: `csat report` shows its Kano questions",
            file.display()
        ))
        .help("name the file of answers")
        .into());
    }
    let way = Way::new(environment, output, writing);
    let report = made(&way, &args.asking)?;
    let look = Look { subject: Subject::Kano, ..output.look(writing) };
    let bytes = render::render(&saved::sealed_as(format, report), format, &look)
        .map_err(|error| Failure::usage(error.to_string()))?;
    output.rendered(&bytes, format, writing.output.as_deref())?;
    Ok(ExitStatus::Done)
}

/// The report, not sealed yet.
pub(crate) fn made(way: &Way<'_>, asking: &Asking) -> Result<Report, Failure> {
    let Answered { mut report, survey, definition, .. } = way.answer(asking, |survey, _| has_kano(survey))?;
    report.sections.retain(|section| matches!(section, Section::Kano(_)));
    report.estimates.clear();
    report.sections.push(Section::Document(document(&survey, definition.as_deref())?));
    typed::keep_kano(&mut report, asking);
    Ok(report)
}

/// As the definition presents reports, for those who work with it: the features, and what they rest on.
fn document(survey: &Survey, definition: Option<&Path>) -> Result<DocumentSection, Failure> {
    let typed = Presenting { audience: None, sections: Vec::new(), language: None };
    let sections = vec![PageSection::Kano, PageSection::Method];
    let declared = presentation::document(&typed, survey, definition)?;
    Ok(DocumentSection { audience: Audience::Team, sections, ..declared })
}

fn has_kano(survey: &Survey) -> Result<(), Failure> {
    if survey.questions.iter().any(|question| question.measure == Measure::Kano) {
        return Ok(());
    }
    Err(Failure::usage("this survey asks no Kano questions").help(
        "a feature is asked twice: how one feels with it, and how without it; name both columns in the definition: \
         [question.app] with measure = \"kano\", functional = \"app_f\" and dysfunctional = \"app_d\"",
    ))
}
