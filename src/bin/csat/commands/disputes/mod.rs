//! `csat disputes`: what went to outside providers, how it ended, how fair that was found (ISO 10003).

mod before;
mod columns;

use std::path::{Path, PathBuf};

use csat::analysis::{self, ComplaintsBeside, DisputesAsk, DisputesError, RecordsError, disputes_report};
use csat::render::{Look, Subject};
use csat::report::{DefinitionUsed, PageSection, Provenance, Report, Section};
use csat::source::cases::{CaseAsk, read_cases};
use csat::source::head::{self, Depth, HeadOptions};
use csat::source::input::InputName;
use csat::stats::Confidence;
use csat::survey::{DisputesDefinition, Survey};

use super::complaints;
use crate::cli;
use crate::definition::{self, Definition};
use crate::output::Output;
use crate::pipeline;
use crate::presentation;
use crate::settings;
use crate::status::{ExitStatus, Failure};
use crate::typed;

pub(crate) fn run(args: &cli::Disputes, output: &Output) -> anyhow::Result<ExitStatus> {
    let writing = &args.writing;
    let format = settings::format(writing.format.as_deref(), writing.output.as_deref())?;
    let report = made(args, output)?;
    let look = Look { subject: Subject::Disputes, ..output.look(writing) };
    output.report(report, &look, format, writing.output.as_deref())?;
    Ok(ExitStatus::Done)
}

/// The report, not sealed yet.
pub(crate) fn made(args: &cli::Disputes, output: &Output) -> Result<Report, Failure> {
    let as_of = args.as_of.as_deref().map(complaints::day).transpose()?;
    let every = args.every.as_deref().map(|typed| complaints::period(typed, "disputes")).transpose()?;
    if args.files.len() > 1 {
        return Err(Failure::usage("`csat disputes` reads one file")
            .help("put the records of all files into one; each dispute counts once"));
    }
    let found = definition::choose(args.survey.as_deref(), &named(&args.files), output)?;
    let (survey, used, path) = match found {
        Some(Definition { survey, used, path }) => (survey, Some(used), path),
        None => (Survey::default(), None, None),
    };
    let declared = survey.disputes.clone().unwrap_or_default();
    let file = file(args, &declared, path.as_deref())?;
    let mut inputs = vec![file.clone()];
    inputs.extend(args.complaints.clone());
    pipeline::protect(args.writing.output.as_deref(), &inputs, path.as_deref())?;

    let options = HeadOptions { depth: Depth::Full, input: settings::input_options(&args.shape)? };
    let name = InputName::from_argument(file.clone());
    let opened = head::open(&name, &options).map_err(|error| crate::inputs::missing_file(&file, &error))?;
    let names = opened.header.names().to_vec();
    let crossings = settings::crossings(&args.by)?;
    let (disputes, by) = columns::settle(declared, &opened.profile, &names, &crossings)?;
    let ask = CaseAsk {
        columns: disputes.columns.clone(),
        missing: survey.data.missing.clone(),
        decimal: survey.data.decimal,
        unique: disputes.column("id").map(|column| column.field.clone()),
        ..CaseAsk::default()
    };
    let cases = read_cases(opened, &ask).map_err(|error| complaints::refused(&error))?;
    columns::say(&cases, &disputes, output);
    let before = before::read(args.complaints.as_deref(), &survey, path.as_deref())?;
    let internal = survey.complaints.clone().unwrap_or_default();
    let level = args.confidence.unwrap_or(survey.confidence);
    let input = settings::file_name(&file);
    let ask = DisputesAsk {
        definition: &disputes,
        input: &input,
        holidays: complaints::holidays(disputes.holidays.as_ref(), path.as_deref())?.0,
        complaints: before.as_ref().map(|before| ComplaintsBeside {
            cases: &before.cases,
            definition: &before.definition,
            holidays: before.holidays.clone(),
            input: &before.input,
        }),
        internal: &internal,
        as_of,
        every: every.unwrap_or(disputes.period),
        by,
        confidence: Confidence::new(level)
            .ok_or_else(|| Failure::usage("the confidence level is out of range"))?,
        flag_below: survey.flag_below,
        suppress_below: survey.suppress_below,
    };
    let found = analysis::disputes(&cases, &ask).map_err(|error| unanswered(&error))?;
    let inferred = DefinitionUsed { name: "inferred".to_owned(), hash: None };
    let provenance = Provenance {
        csat: env!("CARGO_PKG_VERSION").to_owned(),
        definition: Some(used.unwrap_or(inferred)),
        seed: 1,
        ..Provenance::default()
    };
    let title = survey.title.clone().unwrap_or_else(|| input.clone());
    let mut report = disputes_report(&title, &cases, &ask, found, provenance);
    let document = presentation::closer_view(PageSection::Disputes, &survey, path.as_deref())?;
    report.sections.push(Section::Document(document));
    typed::keep_disputes(&mut report, args);
    Ok(report)
}

/// The files by which a definition is looked for: without any, the folder in which csat runs.
fn named(files: &[PathBuf]) -> Vec<PathBuf> {
    if files.is_empty() { vec![PathBuf::from("disputes.csv")] } else { files.to_vec() }
}

fn file(
    args: &cli::Disputes,
    declared: &DisputesDefinition,
    path: Option<&Path>,
) -> Result<PathBuf, Failure> {
    if let Some(file) = args.files.first() {
        return Ok(file.clone());
    }
    declared.file.as_ref().map(|file| complaints::path(path, file)).ok_or_else(|| {
        Failure::usage("no file of disputes is named").help(
            "name it, `csat disputes disputes.csv`, or write `file = \"disputes.csv\"` in [disputes] of survey.toml",
        )
    })
}

fn unanswered(error: &DisputesError) -> Failure {
    let message = error.to_string();
    match error {
        DisputesError::NoReferred => Failure::data(message)
            .help("name the column in the definition: `referred = \"Date referred\"` in [disputes]"),
        DisputesError::Records(RecordsError::NamedZone { .. }) => {
            let help = "the rules of places are not built in: write the offset, `time_zone = \"+01:00\"`; where clocks \
                        change with the season it holds for one half of the year";
            Failure::Message { status: ExitStatus::Definition, message, help: Some(help.to_owned()) }
        }
        DisputesError::Records(RecordsError::TooManyGroups { .. }) => {
            Failure::usage(message).help("break figures by something with fewer values")
        }
        DisputesError::Complaints(error) => complaints::unanswered(error),
        _ => Failure::usage(message).help("choose a column of texts, or of yes and no"),
    }
}
