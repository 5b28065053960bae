//! `csat complaints`: how many, how fast, what about, how satisfied (ISO 10002).

mod beside;
mod columns;

use std::path::PathBuf;

use chrono::NaiveDate;
use csat::analysis::{self, ComplaintsAsk, ComplaintsError, RecordsError, complaints_report};
use csat::render::{Look, Subject};
use csat::report::{DefinitionUsed, PageSection, Provenance, Report, Section};
use csat::source::cases::{CaseAsk, CasesError, read_cases};
use csat::source::head::{self, Depth, HeadOptions};
use csat::source::input::InputName;
use csat::stats::Confidence;
use csat::survey::{ComplaintsDefinition, Period, Survey, counts_as_yes};

use crate::cli;
use crate::definition::{self, Definition};
use crate::output::Output;
use crate::pipeline;
use crate::presentation;
use crate::settings;
use crate::status::{ExitStatus, Failure};
use crate::typed;

pub(super) use beside::{holidays, path};

pub(crate) fn run(args: &cli::Complaints, output: &Output) -> anyhow::Result<ExitStatus> {
    let writing = &args.writing;
    let format = settings::format(writing.format.as_deref(), writing.output.as_deref())?;
    let report = made(args, output)?;
    let look = Look { subject: Subject::Complaints, ..output.look(writing) };
    output.report(report, &look, format, writing.output.as_deref())?;
    Ok(ExitStatus::Done)
}

/// The report, not sealed yet.
pub(crate) fn made(args: &cli::Complaints, output: &Output) -> Result<Report, Failure> {
    let as_of = args.as_of.as_deref().map(day).transpose()?;
    let every = args.every.as_deref().map(|typed| period(typed, "complaints")).transpose()?;
    if args.files.len() > 1 {
        return Err(Failure::usage("`csat complaints` reads one file")
            .help("put the records of all files into one; each complaint counts once"));
    }
    let found = definition::choose(args.survey.as_deref(), &named(&args.files), output)?;
    let (survey, used, path) = match found {
        Some(Definition { survey, used, path }) => (survey, Some(used), path),
        None => (Survey::default(), None, None),
    };
    let declared = survey.complaints.clone().unwrap_or_default();
    let file = file(args, &declared, path.as_deref())?;
    pipeline::protect(args.writing.output.as_deref(), std::slice::from_ref(&file), path.as_deref())?;

    let options = HeadOptions { depth: Depth::Full, input: settings::input_options(&args.shape)? };
    let name = InputName::from_argument(file.clone());
    let opened = head::open(&name, &options).map_err(|error| crate::inputs::missing_file(&file, &error))?;
    let names = opened.header.names().to_vec();
    let crossings = settings::crossings(&args.by)?;
    let is_guessed = !declared.names_fields();
    let (complaints, by) = columns::settle(declared, &opened.profile, &names, &crossings)?;
    let ask = CaseAsk {
        columns: complaints.columns.clone(),
        missing: survey.data.missing.clone(),
        decimal: survey.data.decimal,
        yes: counts_as_yes(),
        no: Vec::new(),
        unique: complaints.column("id").map(|column| column.field.clone()),
    };
    let cases = read_cases(opened, &ask).map_err(|error| refused(&error))?;
    if is_guessed {
        columns::say(&cases, &complaints, output);
    }
    let every = every.unwrap_or(complaints.period);
    let level = args.confidence.unwrap_or(survey.confidence);
    let input = settings::file_name(&file);
    let ask = ComplaintsAsk {
        definition: &complaints,
        input: &input,
        holidays: holidays(complaints.holidays.as_ref(), path.as_deref())?,
        transactions: beside::transactions(&complaints, path.as_deref(), every)?,
        as_of,
        every,
        by,
        confidence: Confidence::new(level)
            .ok_or_else(|| Failure::usage("the confidence level is out of range"))?,
        flag_below: survey.flag_below,
        suppress_below: survey.suppress_below,
    };
    let found = analysis::complaints(&cases, &ask).map_err(|error| unanswered(&error))?;
    let inferred = DefinitionUsed { name: "inferred".to_owned(), hash: None };
    let provenance = Provenance {
        csat: env!("CARGO_PKG_VERSION").to_owned(),
        definition: Some(used.unwrap_or(inferred)),
        seed: 1,
        ..Provenance::default()
    };
    let title = survey.title.clone().unwrap_or_else(|| input.clone());
    let mut report = complaints_report(&title, &cases, &ask, found, provenance);
    let document = presentation::closer_view(PageSection::Complaints, &survey, path.as_deref())?;
    report.sections.push(Section::Document(document));
    typed::keep_complaints(&mut report, args);
    Ok(report)
}

/// The files by which a definition is looked for: without any, the folder in which csat runs.
fn named(files: &[PathBuf]) -> Vec<PathBuf> {
    if files.is_empty() { vec![PathBuf::from("complaints.csv")] } else { files.to_vec() }
}

fn file(
    args: &cli::Complaints,
    declared: &ComplaintsDefinition,
    path: Option<&std::path::Path>,
) -> Result<PathBuf, Failure> {
    if let Some(file) = args.files.first() {
        return Ok(file.clone());
    }
    declared.file.as_ref().map(|file| beside::path(path, file)).ok_or_else(|| {
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

pub(super) fn refused(error: &CasesError) -> Failure {
    let message = error.to_string();
    match error {
        CasesError::InvalidDateFormat { .. } => {
            Failure::Message { status: ExitStatus::Definition, message, help: None }
        }
        _ => Failure::data(message),
    }
}

pub(super) fn unanswered(error: &ComplaintsError) -> Failure {
    let message = error.to_string();
    match error {
        ComplaintsError::NoReceived => Failure::data(message)
            .help("name the column in the definition: `received = \"Date received\"` in [complaints]"),
        ComplaintsError::Records(RecordsError::NamedZone { .. }) => {
            let help = "the rules of places are not built in: write the offset, `time_zone = \"+01:00\"`; where clocks \
                        change with the season it holds for one half of the year";
            Failure::Message { status: ExitStatus::Definition, message, help: Some(help.to_owned()) }
        }
        ComplaintsError::Records(RecordsError::TooManyGroups { .. }) => {
            Failure::usage(message).help("break figures by something with fewer values")
        }
        _ => Failure::usage(message).help("choose a column of texts, or of yes and no"),
    }
}
