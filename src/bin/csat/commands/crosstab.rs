//! `csat crosstab`: questions by groups, tested.

use csat::analysis::{CrosstabAsk, MINIMUM_BASE, MeanPairs, NetAsked, TestChoice};
use csat::report::{CrosstabAgainst, Report};

use crate::cli::{Adjust, Against, Crosstab, DifferenceInterval, Pairs, Test};
use crate::output::Output;
use crate::pipeline::Way;
use crate::saved;
use crate::settings::{self, Environment};
use crate::status::{ExitStatus, Failure};
use crate::typed;

pub(crate) fn run(args: &Crosstab, environment: &Environment, output: &Output) -> anyhow::Result<ExitStatus> {
    let writing = &args.writing;
    let format = settings::format(writing.format.as_deref(), writing.output.as_deref())?;
    saved::refuse(
        args.asking.files.iter(),
        "and has no answers any more",
        "tabulate the file of answers that it was made from",
    )?;
    let way = Way::new(environment, output, writing);
    output.report(made(&way, args)?, &output.look(writing), format, writing.output.as_deref())?;
    Ok(ExitStatus::Done)
}

/// The report, not sealed yet.
pub(crate) fn made(way: &Way<'_>, args: &Crosstab) -> Result<Report, Failure> {
    let ask = ask(args)?;
    let answered = way.answer(&args.asking, |_, scope| {
        scope.crosstab = Some(ask);
        Ok(())
    });
    let mut report = answered?.report;
    typed::keep_crosstab(&mut report, args);
    Ok(report)
}

fn ask(args: &Crosstab) -> Result<CrosstabAsk, Failure> {
    let (level, second_level) = levels(args.level.as_deref())?;
    let nets = args.net.iter().map(|net| NetAsked::parse(net).map_err(Failure::usage));
    Ok(CrosstabAsk {
        rows: settings::ids("rows", &args.rows)?,
        nets: nets.collect::<Result<_, _>>()?,
        against: args.against.map(|against| match against {
            Against::EachOther => CrosstabAgainst::EachOther,
            Against::Total => CrosstabAgainst::Total,
            Against::Rest => CrosstabAgainst::Rest,
            Against::Previous => CrosstabAgainst::Previous,
            Against::None => CrosstabAgainst::Nothing,
        }),
        adjustment: args.adjust.map(Adjust::adjustment).unwrap_or_default(),
        level,
        second_level,
        minimum_base: at_least_zero("minimum-base", args.minimum_base, MINIMUM_BASE)?,
        minimum_difference: at_least_zero("minimum-difference", args.minimum_difference, 0.0)?,
        minimum_mean_difference: at_least_zero("minimum-mean-difference", args.minimum_mean_difference, 0.0)?,
        test: args.test.map(|test| match test {
            Test::ChiSquare => TestChoice::ChiSquare,
            Test::Fisher => TestChoice::Fisher,
            Test::RaoScott => TestChoice::RaoScott,
            Test::KruskalWallis => TestChoice::KruskalWallis,
            Test::Welch => TestChoice::Welch,
            Test::None => TestChoice::None,
        }),
        pairs: match args.pairs {
            None | Some(Pairs::Welch) => MeanPairs::Welch,
            Some(Pairs::GamesHowell) => MeanPairs::GamesHowell,
        },
        share_limits: args.difference_interval.map(DifferenceInterval::limits).unwrap_or_default(),
    })
}

fn levels(typed: Option<&str>) -> Result<(Option<f64>, Option<f64>), Failure> {
    let Some(typed) = typed else { return Ok((None, None)) };
    let levels: Option<Vec<f64>> = typed.split(',').map(|level| level.trim().parse().ok()).collect();
    match levels.as_deref() {
        Some([one]) => Ok((Some(*one), None)),
        Some([one, other]) => Ok((Some(*one), Some(*other))),
        _ => Err(Failure::usage(format!("`--level {typed}` is no level"))
            .help("write --level 0.95 or --level 0.95,0.90")),
    }
}

fn at_least_zero(name: &str, typed: Option<f64>, default: f64) -> Result<f64, Failure> {
    let number = typed.unwrap_or(default);
    if number.is_finite() && number >= 0.0 {
        Ok(number)
    } else {
        Err(Failure::usage(format!("`--{name} {number}` is below 0; give 0 or more")))
    }
}
