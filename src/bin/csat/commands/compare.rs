//! `csat compare`: two files, waves or groups against each other.

mod condition;
mod sides;

use csat::analysis::{self, CompareOptions, Comparison};
use csat::render::{self, Look, Subject};
use csat::report::{DocumentSection, PageSection, Report, Section, Waves};
use csat::stats::Confidence;

use self::sides::Sides;
use crate::cli;
use crate::output::Output;
use crate::pipeline::{self, Way};
use crate::saved;
use crate::settings::{self, Environment};
use crate::status::{ExitStatus, Failure};
use crate::typed;

pub(crate) fn run(
    args: &cli::Compare,
    environment: &Environment,
    output: &Output,
) -> anyhow::Result<ExitStatus> {
    let writing = &args.writing;
    let format = settings::format(writing.format.as_deref(), writing.output.as_deref())?;
    refuse(args)?;
    pipeline::protect(writing.output.as_deref(), &args.asking.files, None)?;
    let way = Way::new(environment, output, writing);
    let report = made(&way, args)?;
    let look = Look { subject: Subject::Comparison, ..output.look(writing) };
    let bytes = render::render(&saved::sealed_as(format, report), format, &look)
        .map_err(|error| Failure::usage(error.to_string()))?;
    output.rendered(&bytes, format, writing.output.as_deref())?;
    Ok(ExitStatus::Done)
}

/// Refuses what has no meaning here.
fn refuse(args: &cli::Compare) -> Result<(), Failure> {
    if args.margin.is_some_and(|margin| !margin.is_finite() || margin <= 0.0) {
        return Err(Failure::usage("`--margin` is a positive number in the unit of the score"));
    }
    if !args.asking.by.is_empty() {
        return Err(Failure::usage("`--by` breaks scores by groups, and a comparison has two sides")
            .help("choose the groups by --a and --b, or --a and --rest"));
    }
    Ok(())
}

/// The report, not sealed yet.
fn made(way: &Way<'_>, args: &cli::Compare) -> Result<Report, Failure> {
    let sides = Sides::read(way, args)?;
    let level = sides.confidence();
    let confidence = Confidence::new(level)
        .ok_or_else(|| Failure::data(format!("the report's confidence level {level} is none")))?;
    let options = CompareOptions {
        margin: args.margin,
        all_statistics: args.statistics == cli::Statistics::All,
        hide_below: sides.hide_below(),
        ..CompareOptions::new(confidence)
    };
    let Comparison { section, notes } = analysis::comparison(&sides.a, &sides.b, &options);
    if section.rows.is_empty() {
        return Err(nothing_in_common(&sides));
    }
    let mut report = sides.report();
    report.estimates = sides.a.estimates().chain(sides.b.estimates()).collect();
    report.waves = Waves::default();
    report.by = Vec::new();
    report.survey.confidence = level;
    report.sections = vec![Section::Comparison(Box::new(section))];
    let sections = vec![PageSection::Method];
    report.sections.push(Section::Document(DocumentSection { sections, ..DocumentSection::default() }));
    let new: Vec<_> = notes.into_iter().filter(|note| !report.notes.contains(note)).collect();
    report.notes.extend(new);
    typed::keep_compare(&mut report, args);
    Ok(report)
}

fn nothing_in_common(sides: &Sides) -> Failure {
    let (a, b) = (&sides.a.side.label, &sides.b.side.label);
    Failure::data(format!("`{a}` and `{b}` have no question in common that was asked alike"))
        .help("name one definition for both with --survey; `column` of a question takes a list of names")
}
