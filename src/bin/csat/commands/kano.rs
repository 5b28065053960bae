//! `csat kano`: what kind of need each feature is.

use csat::render::{Look, Subject};
use csat::report::{PageSection, Report, Section};
use csat::survey::{Measure, Survey};

use crate::cli::{self, Asking};
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
    saved::refuse(
        args.asking.files.iter(),
        "and has no answers: `csat report` shows its Kano questions",
        "name the file of answers",
    )?;
    let way = Way::new(environment, output, writing);
    let report = made(&way, &args.asking)?;
    let look = Look { subject: Subject::Kano, ..output.look(writing) };
    output.report(report, &look, format, writing.output.as_deref())?;
    Ok(ExitStatus::Done)
}

/// The report, not sealed yet.
pub(crate) fn made(way: &Way<'_>, asking: &Asking) -> Result<Report, Failure> {
    let Answered { mut report, survey, definition, .. } = way.answer(asking, |survey, _| has_kano(survey))?;
    report.sections.retain(|section| matches!(section, Section::Kano(_)));
    report.estimates.clear();
    let document = presentation::closer_view(PageSection::Kano, &survey, definition.as_deref())?;
    report.sections.push(Section::Document(document));
    typed::keep_kano(&mut report, asking);
    Ok(report)
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
