//! `csat promises`: what was promised, what was kept, and what followed where it was not (ISO 10001).

mod beside;
mod columns;

use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate};
use csat::analysis::{
    self, PromiseComplaintCases, PromisesAsk, PromisesError, RecordsError, promises_report,
};
use csat::render::{Look, Subject};
use csat::report::{DefinitionUsed, PageSection, Provenance, Report, Section};
use csat::source::cases::{CaseAsk, Cases, read_cases};
use csat::source::head::{self, Depth, HeadOptions};
use csat::source::input::InputName;
use csat::stats::Confidence;
use csat::survey::{Period, PromisesDefinition, Survey};

use super::complaints;
use crate::cli;
use crate::definition::{self, Definition};
use crate::output::Output;
use crate::pipeline;
use crate::presentation;
use crate::settings::{self, Environment};
use crate::status::{ExitStatus, Failure};
use crate::typed;

pub(crate) fn run(
    args: &cli::Promises,
    environment: &Environment,
    output: &Output,
) -> anyhow::Result<ExitStatus> {
    let writing = &args.writing;
    let format = settings::format(writing.format.as_deref(), writing.output.as_deref())?;
    let report = made(args, environment, output)?;
    let look = Look { subject: Subject::Promises, ..output.look(writing) };
    output.report(report, &look, format, writing.output.as_deref())?;
    Ok(ExitStatus::Done)
}

/// The report, not sealed yet.
pub(crate) fn made(
    args: &cli::Promises,
    environment: &Environment,
    output: &Output,
) -> Result<Report, Failure> {
    let as_of = args.as_of.as_deref().map(day).transpose()?;
    let every = args.every.as_deref().map(period).transpose()?;
    if args.files.len() > 1 {
        return Err(Failure::usage("`csat promises` reads one file of events")
            .help("put the events of all files into one; each event counts once"));
    }
    let found = definition::choose(args.survey.as_deref(), &named(args), output)?;
    let (survey, used, path) = match &found {
        Some(Definition { survey, used, path }) => (survey.clone(), Some(used.clone()), path.clone()),
        None => (Survey::default(), None, None),
    };
    let declared = survey.promises.clone().unwrap_or_default();
    let file = events(args, &declared, path.as_deref())?;
    let mut read = vec![file.clone()];
    read.extend([&args.promises, &args.scores, &args.complaints].into_iter().flatten().cloned());
    pipeline::protect(args.writing.output.as_deref(), &read, path.as_deref())?;
    let (register, mut inputs) = beside::register(args, &declared, path.as_deref())?;

    let (cases, by) = cases(args, &declared, &survey, &file)?;
    let complaints = args.complaints.as_deref().map(|file| beside::complaints(file, &survey)).transpose()?;
    let seen = as_of.or(declared.as_of).or_else(|| latest(&cases));
    let answers = match &args.scores {
        Some(scores) => {
            let (answers, of_scores) = beside::answers(scores, found.as_ref(), seen, environment, output)?;
            inputs.extend(of_scores);
            answers
        }
        None => Vec::new(),
    };
    let input = settings::file_name(&file);
    let level = args.confidence.unwrap_or(survey.confidence);
    let ask = PromisesAsk {
        definition: &declared,
        register: &register,
        input: &input,
        complaints: complaints.as_ref().map(|found| PromiseComplaintCases {
            cases: &found.cases,
            definition: &found.definition,
            input: &found.input,
        }),
        answers,
        inputs,
        as_of,
        every: every.unwrap_or(declared.period),
        by,
        confidence: Confidence::new(level)
            .ok_or_else(|| Failure::usage("the confidence level is out of range"))?,
        flag_below: survey.flag_below,
        suppress_below: survey.suppress_below,
    };
    let found = analysis::promises(&cases, &ask).map_err(|error| unanswered(&error))?;
    let inferred = DefinitionUsed { name: "inferred".to_owned(), hash: None };
    let provenance = Provenance {
        csat: env!("CARGO_PKG_VERSION").to_owned(),
        definition: Some(used.unwrap_or(inferred)),
        seed: 1,
        ..Provenance::default()
    };
    let title = survey.title.clone().unwrap_or_else(|| input.clone());
    let mut report = promises_report(&title, &cases, &ask, found, provenance);
    let document = presentation::closer_view(PageSection::Promises, &survey, path.as_deref())?;
    report.sections.push(Section::Document(document));
    typed::keep_promises(&mut report, args);
    Ok(report)
}

/// The events with the columns that the definition or their names tell, and what figures are broken by.
fn cases(
    args: &cli::Promises,
    declared: &PromisesDefinition,
    survey: &Survey,
    file: &Path,
) -> Result<(Cases, Vec<Vec<analysis::SegmentField>>), Failure> {
    let options = HeadOptions { depth: Depth::Full, input: settings::input_options(&args.shape)? };
    let name = InputName::from_argument(file.to_owned());
    let opened = head::open(&name, &options).map_err(|error| crate::inputs::missing_file(file, &error))?;
    let crossings = settings::crossings(&args.by)?;
    let (columns, by) = columns::settle(declared, &opened.profile, opened.header.names(), &crossings)?;
    let ask = CaseAsk {
        unique: columns.iter().any(|column| column.field == "event_id").then(|| "event_id".to_owned()),
        columns,
        missing: survey.data.missing.clone(),
        decimal: survey.data.decimal,
        yes: Vec::new(),
        no: Vec::new(),
    };
    let cases = read_cases(opened, &ask).map_err(|error| beside::refused(&error))?;
    Ok((cases, by))
}

/// The files by which a definition is looked for: without any, the folder in which csat runs.
fn named(args: &cli::Promises) -> Vec<PathBuf> {
    if args.files.is_empty() { vec![PathBuf::from("promise_events.csv")] } else { args.files.clone() }
}

fn events(
    args: &cli::Promises,
    declared: &PromisesDefinition,
    path: Option<&Path>,
) -> Result<PathBuf, Failure> {
    if let Some(file) = args.files.first() {
        return Ok(file.clone());
    }
    declared.events.as_ref().map(|file| complaints::path(path, file)).ok_or_else(|| {
        Failure::usage("no file of events is named").help(
            "name it, `csat promises promise_events.csv`, or write `events = \"promise_events.csv\"` in [promises] of \
             survey.toml",
        )
    })
}

/// The latest day of an event.
fn latest(cases: &Cases) -> Option<NaiveDate> {
    let seconds = cases.moments("date")?.seconds().iter().filter(|second| **second != u32::MAX).max()?;
    Some(DateTime::from_timestamp(i64::from(*seconds), 0)?.date_naive())
}

fn day(typed: &str) -> Result<NaiveDate, Failure> {
    csat::survey::written_day(typed).ok_or_else(|| {
        Failure::usage(format!("`--as-of {typed}` is not a date")).help("write it as 2026-09-30")
    })
}

fn period(typed: &str) -> Result<Period, Failure> {
    match typed {
        "month" => Ok(Period::Month),
        "quarter" => Ok(Period::Quarter),
        "year" => Ok(Period::Year),
        _ => Err(Failure::usage(format!("`--every {typed}` is not a period of promises"))
            .help("choose month, quarter or year")),
    }
}

fn unanswered(error: &PromisesError) -> Failure {
    let message = error.to_string();
    match error {
        PromisesError::Records(RecordsError::TooManyGroups { .. }) => {
            Failure::usage(message).help("break figures by something with fewer values")
        }
        PromisesError::Records(RecordsError::NoGroups(_)) => {
            Failure::usage(message).help("choose a column of texts, or of yes and no")
        }
        PromisesError::NothingToJudgeBy => Failure::data(message).help(
            "give the events a column `met` with yes or no, or `value` with what was measured; in [promises] both can be \
             named otherwise",
        ),
        _ => Failure::data(message).help("name the column in [promises] of a definition"),
    }
}
