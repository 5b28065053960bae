//! `csat weight`: what weighting does to the sample, the scores with and without, and the weights themselves.

use std::path::Path;

use csat::analysis::{self, Scope, WeightChoice};
use csat::render::{self, Look, Subject};
use csat::report::{PageSection, Report, RowWeights, Section};
use csat::survey::Survey;

use crate::cli::{self, Asking};
use crate::output::Output;
use crate::pipeline::{self, Answered, Way};
use crate::presentation;
use crate::saved;
use crate::settings::{self, Environment};
use crate::status::{ExitStatus, Failure};
use crate::typed;

pub(crate) fn run(
    args: &cli::Weight,
    environment: &Environment,
    output: &Output,
) -> anyhow::Result<ExitStatus> {
    let writing = &args.writing;
    let format = settings::format(writing.format.as_deref(), writing.output.as_deref())?;
    refuse_saved(args)?;
    if let Some(weights) = &args.weights {
        can_write_weights(weights, args)?;
    }
    let way = Way::new(environment, output, writing);
    let (report, weights) = made(&way, &args.asking, args.weights.is_some())?;
    let look = Look { subject: Subject::Weights, ..output.look(writing) };
    output.report(report, &look, format, writing.output.as_deref())?;
    if let (Some(file), Some(weights)) = (&args.weights, weights) {
        write_weights(file, &weights, output)?;
    }
    Ok(ExitStatus::Done)
}

/// The report, not sealed yet, and the weight of every row where it is asked for.
pub(crate) fn made(
    way: &Way<'_>,
    asking: &Asking,
    wants_rows: bool,
) -> Result<(Report, Option<RowWeights>), Failure> {
    let Answered { mut report, weights, survey, definition, .. } = way.answer(asking, |survey, scope| {
        shape(survey, scope)?;
        scope.row_weights = wants_rows;
        Ok(())
    })?;
    report.sections.retain(|section| matches!(section, Section::Weighting(_)));
    report.estimates.clear();
    let document = presentation::closer_view(PageSection::Weighting, &survey, definition.as_deref())?;
    report.sections.push(Section::Document(document));
    typed::keep_weight(&mut report, asking);
    Ok((report, weights))
}

fn refuse_saved(args: &cli::Weight) -> Result<(), Failure> {
    saved::refuse(args.asking.files.iter(), "and has no rows to weight", "name the file of answers")
}

/// Weights have to come from somewhere.
fn shape(survey: &Survey, scope: &mut Scope) -> Result<(), Failure> {
    scope.with_unweighted = true;
    if analysis::is_weighted(survey, scope) {
        return Ok(());
    }
    if scope.weight == Some(WeightChoice::Unweighted) {
        return Err(Failure::usage("`--weight none` leaves the weights out, and this command is about them")
            .help("leave the flag out"));
    }
    Err(Failure::usage("this survey declares no weights").help(
        "give the shares of the population, such as [weighting.targets.region] with North = 0.25 and South = 0.75 in \
         the definition, or name a column of weights with --weight",
    ))
}

/// Weights are written as CSV, to a file of their own.
fn can_write_weights(weights: &Path, args: &cli::Weight) -> Result<(), Failure> {
    let is_csv = weights.extension().is_none_or(|ending| ending.eq_ignore_ascii_case("csv"));
    let name = weights.display();
    if !is_csv {
        return Err(Failure::usage(format!("`--weights {name}`: weights are written as CSV"))
            .help("give a name that ends in .csv"));
    }
    if args.writing.output.as_deref() == Some(weights) {
        return Err(
            Failure::usage("`--weights` and `--output` name the same file").help("choose another name")
        );
    }
    if pipeline::protect(Some(weights), &args.asking.files, None).is_err() {
        return Err(Failure::usage(format!("`--weights {name}` would overwrite what is read"))
            .help("choose another name"));
    }
    Ok(())
}

fn write_weights(file: &Path, weights: &RowWeights, output: &Output) -> Result<(), Failure> {
    let bytes = render::row_weights_csv(weights).into_bytes();
    output.rendered(&bytes, render::Format::Csv, Some(file))?;
    let rows = weights.rows.len();
    output.say(&format!("the weights of {rows} rows are in {}", file.display()));
    Ok(())
}
