//! `csat indicators`: what the organisation records anyway, what moved, and whether the scores agree (ISO 10004, 7.3.2).

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use csat::analysis::{self, IndicatorsAsk, WaveFigures, indicators_report};
use csat::render::{Look, Subject};
use csat::report::{DefinitionUsed, Input, PageSection, Provenance, Report, Section, SegmentSummary};
use csat::source::cases::{CaseAsk, CasesError, read_cases};
use csat::source::head::{self, Depth, HeadOptions};
use csat::source::input::InputName;
use csat::stats::Confidence;
use csat::survey::{IndicatorsDefinition, Survey};

use crate::cli::{self, Asking, FileShape, Reading};
use crate::definition::{self, Definition};
use crate::output::Output;
use crate::pipeline::{self, Way};
use crate::presentation;
use crate::series::Sources;
use crate::settings::{self, Environment};
use crate::status::{ExitStatus, Failure};
use crate::typed;

pub(crate) fn run(
    args: &cli::Indicators,
    environment: &Environment,
    output: &Output,
) -> anyhow::Result<ExitStatus> {
    let writing = &args.writing;
    let format = settings::format(writing.format.as_deref(), writing.output.as_deref())?;
    let way = Way::new(environment, output, writing);
    let report = made(&way, args)?;
    let look = Look { subject: Subject::Indicators, ..output.look(writing) };
    output.report(report, &look, format, writing.output.as_deref())?;
    Ok(ExitStatus::Done)
}

/// What stands beside the indicators.
struct Scores {
    waves: Vec<WaveFigures>,
    segments: Vec<SegmentSummary>,
    inputs: Vec<Input>,
}

/// The report, not sealed yet.
pub(crate) fn made(way: &Way<'_>, args: &cli::Indicators) -> Result<Report, Failure> {
    let output = way.output;
    let as_of = args.as_of.as_deref().map(day).transpose()?;
    let every = args.every.as_deref().map(settings::period).transpose()?;
    if args.files.len() > 1 {
        return Err(Failure::usage("`csat indicators` reads one file")
            .help("put the rows of all files into one; answers and saved reports go after --scores"));
    }
    let found = definition::choose(args.survey.as_deref(), &named(&args.files), output)?;
    let (survey, used, path) = match found {
        Some(Definition { survey, used, path }) => (survey, Some(used), path),
        None => (Survey::default(), None, None),
    };
    let declared = survey.indicators.clone().unwrap_or_default();
    let file = file(args, &declared, path.as_deref())?;
    let writes = args.writing.output.as_deref();
    pipeline::protect(writes, std::slice::from_ref(&file), path.as_deref())?;
    pipeline::protect(writes, &args.scores, None)?;

    let options = HeadOptions { depth: Depth::Full, input: settings::input_options(&args.shape)? };
    let name = InputName::from_argument(file.clone());
    let opened = head::open(&name, &options).map_err(|error| crate::inputs::missing_file(&file, &error))?;
    let case_ask = CaseAsk {
        columns: declared.columns_in(opened.header.names()),
        missing: survey.data.missing.clone(),
        decimal: survey.data.decimal,
        ..CaseAsk::default()
    };
    let cases = read_cases(opened, &case_ask).map_err(|error| refused(&error))?;
    let input = settings::file_name(&file);
    let level = args.confidence.unwrap_or(survey.confidence);
    let mut ask = IndicatorsAsk {
        definition: &declared,
        input: &input,
        as_of: as_of.map_or_else(|| way.environment.date(None), Ok)?,
        as_of_asked: as_of.is_some(),
        every,
        fiscal_year: (survey.data.fiscal_year_start, survey.data.fiscal_year_named_end),
        segments: declared_segments(&survey),
        scores: Vec::new(),
        confidence: Confidence::new(level)
            .ok_or_else(|| Failure::usage("the confidence level is out of range"))?,
        flag_below: survey.flag_below,
        suppress_below: survey.suppress_below,
    };
    let length = analysis::indicator_periods(&cases, &ask).map(|every| every.name().to_owned());
    let scores = scores(way, args, length)?;
    ask.segments = joined(scores.segments, ask.segments);
    ask.scores = scores.waves;
    let found = analysis::indicators(&cases, &ask);
    let inferred = DefinitionUsed { name: "none".to_owned(), hash: None };
    let provenance = Provenance {
        csat: env!("CARGO_PKG_VERSION").to_owned(),
        definition: Some(used.unwrap_or(inferred)),
        inputs: scores.inputs,
        seed: 1,
        ..Provenance::default()
    };
    let title = survey.title.clone().unwrap_or_else(|| input.clone());
    let mut report = indicators_report(&title, &cases, &ask, found, provenance);
    let document = presentation::closer_view(PageSection::Indicators, &survey, path.as_deref())?;
    report.sections.push(Section::Document(document));
    typed::keep_indicators(&mut report, args);
    Ok(report)
}

/// The scores of the files that were named, by periods as long as those of the indicators where the answers have dates.
fn scores(way: &Way<'_>, args: &cli::Indicators, length: Option<String>) -> Result<Scores, Failure> {
    if args.scores.is_empty() {
        return Ok(of_waves(Vec::new()));
    }
    let asking = |every: Option<String>| Asking {
        files: args.scores.clone(),
        reading: Reading {
            survey: args.survey.clone().filter(|named| named != "none"),
            as_: Vec::new(),
            shape: FileShape::default(),
        },
        by: Vec::new(),
        wave: None,
        every,
        where_: None,
        weight: None,
        confidence: args.confidence,
        interval: Vec::new(),
        seed: None,
        threads: None,
        date: args.as_of.clone(),
        hash: None,
    };
    let asked = asking(length);
    let sources = Sources::named(&asked)?;
    // Answers without dates have the waves of their definition, or none.
    let series = sources.series(way, &asked).or_else(|failure| {
        let plain = asking(None);
        Sources::named(&plain)?.series(way, &plain).map_err(|_| failure)
    })?;
    Ok(Scores {
        segments: series.report.survey.segments,
        inputs: series.report.provenance.inputs,
        waves: series.waves,
    })
}

fn of_waves(waves: Vec<WaveFigures>) -> Scores {
    let segments = waves.last().map(|wave| wave.segments.clone()).unwrap_or_default();
    Scores { waves, segments, inputs: Vec::new() }
}

/// The segments that the definition lists, each with the values that it names.
fn declared_segments(survey: &Survey) -> Vec<SegmentSummary> {
    let segments = survey.segments.iter().map(|segment| SegmentSummary {
        id: segment.id.clone(),
        label: segment.label.clone().unwrap_or_else(|| segment.id.clone()),
        values: segment
            .labels
            .values()
            .cloned()
            .chain(segment.bands.iter().map(|band| band.label.clone()))
            .collect(),
    });
    segments.collect()
}

/// The first ones, and the others that are not among them.
fn joined(first: Vec<SegmentSummary>, others: Vec<SegmentSummary>) -> Vec<SegmentSummary> {
    let mut all = first;
    for other in others {
        match all.iter_mut().find(|known| known.id == other.id) {
            None => all.push(other),
            Some(known) => {
                let more: Vec<String> =
                    other.values.into_iter().filter(|value| !known.values.contains(value)).collect();
                known.values.extend(more);
            }
        }
    }
    all
}

/// The files by which a definition is looked for: without any, the folder in which csat runs.
fn named(files: &[PathBuf]) -> Vec<PathBuf> {
    if files.is_empty() { vec![PathBuf::from("indicators.csv")] } else { files.to_vec() }
}

fn file(
    args: &cli::Indicators,
    declared: &IndicatorsDefinition,
    definition: Option<&Path>,
) -> Result<PathBuf, Failure> {
    if let Some(file) = args.files.first() {
        return Ok(file.clone());
    }
    let folder = definition.and_then(Path::parent).unwrap_or_else(|| Path::new(""));
    declared.file.as_ref().map(|file| folder.join(&file.file)).ok_or_else(|| {
        Failure::usage("no file of indicators is named").help(
            "name it, `csat indicators indicators.csv`, or write `file = \"indicators.csv\"` in [indicators] of \
             survey.toml",
        )
    })
}

fn day(typed: &str) -> Result<NaiveDate, Failure> {
    NaiveDate::parse_from_str(typed, "%Y-%m-%d").map_err(|_| {
        Failure::usage(format!("`--as-of {typed}` is not a date")).help("write it as 2026-09-30")
    })
}

fn refused(error: &CasesError) -> Failure {
    Failure::data(error.to_string()).help(
        "a file of indicators has the columns period, indicator and value, and may have denominator, unit, direction, \
         segment and source; name other columns in [indicators]",
    )
}
