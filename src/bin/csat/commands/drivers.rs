//! `csat drivers`: what goes with an outcome, how much of it, how sure.

use csat::analysis::{self, ContrastPoints, DriversAsk, DriversError, DriversMissing, OutcomeOf, Scope};
use csat::render::{Format, Look, Subject};
use csat::report::{PageSection, Report, Section};
use csat::survey::Survey;

use crate::cli::{self, DriversOf};
use crate::output::Output;
use crate::pipeline::{Answered, Way};
use crate::presentation;
use crate::saved;
use crate::settings::{self, Environment};
use crate::status::{ExitStatus, Failure};
use crate::typed;

pub(crate) fn run(
    args: &cli::Drivers,
    environment: &Environment,
    output: &Output,
) -> anyhow::Result<ExitStatus> {
    let writing = &args.writing;
    let format = settings::format(writing.format.as_deref(), writing.output.as_deref())?;
    saved::refuse(
        args.asking.files.iter(),
        "and has no rows: `csat report` shows the drivers it holds",
        "name the file of answers",
    )?;
    let typed = [("--penalty", args.penalty), ("--reward", args.reward)];
    if let Some((flag, _)) = typed.iter().find(|(_, points)| points.is_some())
        && !writing.explain
        && matches!(format, Format::Table | Format::Markdown)
    {
        return Err(Failure::usage(format!("`{flag}` changes nothing that is shown here"))
            .help("add --explain, which shows penalties and rewards, or write csv or json")
            .into());
    }
    let way = Way::new(environment, output, writing);
    let report = made(&way, args)?;
    let look = Look { subject: Subject::Drivers, ..output.look(writing) };
    output.report(report, &look, format, writing.output.as_deref())?;
    Ok(ExitStatus::Done)
}

/// The report, not sealed yet.
pub(crate) fn made(way: &Way<'_>, args: &cli::Drivers) -> Result<Report, Failure> {
    let Answered { mut report, survey, definition, .. } =
        way.answer(&args.asking, |survey, scope| shape(args, survey, scope))?;
    report.sections.retain(|section| matches!(section, Section::Drivers(_)));
    report.estimates.clear();
    let document = presentation::closer_view(PageSection::Drivers, &survey, definition.as_deref())?;
    report.sections.push(Section::Document(document));
    typed::keep_drivers(&mut report, args);
    Ok(report)
}

fn shape(args: &cli::Drivers, survey: &Survey, scope: &mut Scope) -> Result<(), Failure> {
    let lists = args.predictors.iter().flat_map(|list| list.split(',')).map(str::trim);
    let drivers: Vec<String> = lists.map(str::to_owned).collect();
    if drivers.iter().any(String::is_empty) {
        return Err(Failure::usage("`--drivers` has a name that is empty")
            .help("name questions with commas between, or leave it out for every csat and rating question"));
    }
    if let Some((_, twice)) = drivers.iter().enumerate().find(|(at, name)| drivers[..*at].contains(name)) {
        return Err(
            Failure::usage(format!("`--drivers` names `{twice}` twice")).help("name each driver once")
        );
    }
    let ask = DriversAsk {
        outcome: args.outcome.clone(),
        drivers,
        of: args.of.map_or(OutcomeOf::default(), |of| match of {
            DriversOf::Mean => OutcomeOf::Mean,
            DriversOf::TopBox => OutcomeOf::TopBox,
            DriversOf::Nps => OutcomeOf::Nps,
        }),
        missing: args.missing.map_or(DriversMissing::default(), |missing| match missing {
            cli::Missing::Pairwise => DriversMissing::Pairwise,
            cli::Missing::Listwise => DriversMissing::Listwise,
            cli::Missing::Dummy => DriversMissing::Dummy,
        }),
        contrast: ContrastPoints { penalty: args.penalty, reward: args.reward },
        resamples: args.resamples,
    };
    analysis::check_drivers(survey, &scope.columns, &ask).map_err(|error| refused(&error))?;
    scope.drivers = Some(ask);
    Ok(())
}

fn refused(error: &DriversError) -> Failure {
    Failure::usage(error.to_string())
}
