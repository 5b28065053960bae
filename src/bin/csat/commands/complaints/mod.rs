//! `csat complaints`: how many, how fast, what about, how satisfied (ISO 10002).

mod beside;
mod columns;
mod reading;
mod scores;

use std::path::PathBuf;

use chrono::NaiveDate;
use csat::analysis::{self, ComplaintsAsk, ComplaintsError, RecordsError, complaints_report};
use csat::render::{Look, Subject};
use csat::report::{DefinitionUsed, PageSection, Provenance, Report, Section};
use csat::stats::Confidence;
use csat::survey::{ComplaintsDefinition, Period, Survey, TimeZone};

use crate::cli;
use crate::definition::{self, Definition};
use crate::output::Output;
use crate::pipeline;
use crate::presentation;
use crate::settings::{self, Environment};
use crate::status::{ExitStatus, Failure};
use crate::typed;

pub(super) use beside::holidays;
pub(crate) use beside::path;
pub(super) use reading::refused;

pub(crate) fn run(
    args: &cli::Complaints,
    environment: &Environment,
    output: &Output,
) -> anyhow::Result<ExitStatus> {
    let writing = &args.writing;
    let format = settings::format(writing.format.as_deref(), writing.output.as_deref())?;
    let report = made(args, environment, output)?;
    let look = Look { subject: Subject::Complaints, ..output.look(writing) };
    output.report(report, &look, format, writing.output.as_deref())?;
    Ok(ExitStatus::Done)
}

/// The report, not sealed yet.
pub(crate) fn made(
    args: &cli::Complaints,
    environment: &Environment,
    output: &Output,
) -> Result<Report, Failure> {
    let as_of = args.as_of.as_deref().map(day).transpose()?;
    let every = args.every.as_deref().map(|typed| period(typed, "complaints")).transpose()?;
    let found = definition::choose(args.survey.as_deref(), &named(&args.files), output)?;
    let (survey, used, path) = match found {
        Some(Definition { survey, used, path }) => (survey, Some(used), path),
        None => (Survey::default(), None, None),
    };
    let declared = survey.complaints.clone().unwrap_or_default();
    let files = files(args, &declared, path.as_deref())?;
    pipeline::protect(args.writing.output.as_deref(), &files, path.as_deref())?;
    scores::refuse(args, &declared)?;
    let is_guessed = !declared.names_fields();
    let read = reading::read(&files, args, &survey, &declared)?;
    let reading::Read { cases, complaints, by, absent } = read;
    if is_guessed {
        columns::say(&cases, &complaints, output);
    }
    let every = every.unwrap_or(complaints.period);
    let level = args.confidence.unwrap_or(survey.confidence);
    let input = files.first().map(|file| settings::file_name(file)).unwrap_or_default();
    let (holidays, holiday_file) = holidays(complaints.holidays.as_ref(), path.as_deref())?;
    let (transactions, transaction_file) = beside::transactions(&complaints, path.as_deref(), every)?;
    let ask = ComplaintsAsk {
        definition: &complaints,
        input: &input,
        holidays,
        transactions,
        as_of,
        every,
        by,
        by_period: !args.by.is_empty(),
        confidence: Confidence::new(level)
            .ok_or_else(|| Failure::usage("the confidence level is out of range"))?,
        flag_below: survey.flag_below,
        suppress_below: survey.suppress_below,
    };
    let mut found = analysis::complaints(&cases, &ask).map_err(|error| unanswered(&error))?;
    found.notes.extend(absent.iter().map(analysis::column_in_some_files));
    let beside = scores::add(args, &survey, &ask, &mut found, environment, output)?;
    let inferred = DefinitionUsed { name: "inferred".to_owned(), hash: None };
    let provenance = Provenance {
        csat: env!("CARGO_PKG_VERSION").to_owned(),
        definition: Some(used.unwrap_or(inferred)),
        seed: 1,
        inputs: holiday_file.into_iter().chain(transaction_file).collect(),
        ..Provenance::default()
    };
    let title = survey.title.clone().unwrap_or_else(|| input.clone());
    let mut report = complaints_report(&title, &cases, &ask, found, provenance);
    let used = report.provenance.definition.clone();
    report.provenance.inputs.extend(beside.into_iter().map(|mut input| {
        input.definition = input.definition.filter(|own| Some(own) != used.as_ref());
        input
    }));
    let document = presentation::closer_view(PageSection::Complaints, &survey, path.as_deref())?;
    report.sections.push(Section::Document(document));
    typed::keep_complaints(&mut report, args);
    Ok(report)
}

/// The files by which a definition is looked for: without any, the folder in which csat runs.
fn named(files: &[PathBuf]) -> Vec<PathBuf> {
    if files.is_empty() { vec![PathBuf::from("complaints.csv")] } else { files.to_vec() }
}

fn files(
    args: &cli::Complaints,
    declared: &ComplaintsDefinition,
    path: Option<&std::path::Path>,
) -> Result<Vec<PathBuf>, Failure> {
    if !args.files.is_empty() {
        return Ok(args.files.clone());
    }
    declared.file.as_ref().map(|file| vec![beside::path(path, file)]).ok_or_else(|| {
        Failure::usage("no file of complaints is named").help(
            "name it, `csat complaints complaints.csv`, or write `file = \"complaints.csv\"` in [complaints] of \
             survey.toml",
        )
    })
}

pub(super) fn day(typed: &str) -> Result<NaiveDate, Failure> {
    NaiveDate::parse_from_str(typed, "%Y-%m-%d").map_err(|_| {
        Failure::usage(format!("`--as-of {typed}` is not a date")).help("write it as 2026-09-30")
    })
}

pub(super) fn period(typed: &str, records: &str) -> Result<Period, Failure> {
    match typed {
        "month" => Ok(Period::Month),
        "quarter" => Ok(Period::Quarter),
        "year" => Ok(Period::Year),
        _ => Err(Failure::usage(format!("`--every {typed}` is not a period of {records}"))
            .help("choose month, quarter or year")),
    }
}

pub(super) fn unanswered(error: &ComplaintsError) -> Failure {
    let message = error.to_string();
    match error {
        ComplaintsError::NoReceived => Failure::data(message)
            .help("name the column in the definition: `received = \"Date received\"` in [complaints]"),
        ComplaintsError::Records(RecordsError::NamedZone { .. }) => {
            let help = format!("`time_zone`: {}", TimeZone::FORMS);
            Failure::Message { status: ExitStatus::Definition, message, help: Some(help) }
        }
        ComplaintsError::Records(RecordsError::TooManyGroups { .. }) => {
            Failure::usage(message).help("break figures by something with fewer values")
        }
        _ => Failure::usage(message).help("choose a column of texts, or of yes and no"),
    }
}
