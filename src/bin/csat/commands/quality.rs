//! `csat quality`: how well the answers came in, as flags.

use csat::analysis::RowChecks;
use csat::render::{self, Format, Look, QualityFormat};
use csat::report::{Report, Section};

use crate::cli::{Asking, Quality};
use crate::output::Output;
use crate::pipeline::{Answered, Way};
use crate::saved;
use crate::settings::{self, Environment};
use crate::status::{ExitStatus, Failure};
use crate::typed;

pub(crate) fn run(args: &Quality, environment: &Environment, output: &Output) -> anyhow::Result<ExitStatus> {
    let format = format(args)?;
    saved::refuse(args.asking.files.iter(), "and has no rows to look at", "name the file of answers")?;
    refuse_idle(&args.asking)?;
    let target = args.writing.output.as_deref();
    let way = Way::new(environment, output, &args.writing);
    let Answered { report, flagged, .. } = made(&way, &args.asking, args.with_personal)?;
    if args.flags {
        output.data(render::quality_flags(&flagged, args.with_personal).as_bytes(), target)?;
        return Ok(ExitStatus::Done);
    }
    let text = match format {
        Format::Json => {
            let report = saved::sealed_as(format, report);
            let bytes = render::render(&report, format, &Look::default())
                .map_err(|error| Failure::usage(error.to_string()))?;
            output.data(&bytes, target)?;
            return Ok(ExitStatus::Done);
        }
        Format::Markdown => render::quality(&report, QualityFormat::Markdown),
        Format::Csv => render::quality(&report, QualityFormat::Csv),
        _ => {
            let width = Output::width();
            render::quality(&report, QualityFormat::Table { width, explain: args.writing.explain })
        }
    };
    output.data(text.as_bytes(), target)?;
    Ok(ExitStatus::Done)
}

/// The report with its section, not sealed yet.
pub(crate) fn made(way: &Way<'_>, asking: &Asking, with_ids: bool) -> Result<Answered, Failure> {
    let mut answered = way.answer(asking, |_, scope| {
        scope.row_checks = if with_ids { RowChecks::FlagsWithIds } else { RowChecks::Flags };
        Ok(())
    })?;
    only_quality(&mut answered.report);
    typed::keep_quality(&mut answered.report, asking);
    Ok(answered)
}

/// Options of the other commands that would change nothing here.
fn refuse_idle(asking: &Asking) -> Result<(), Failure> {
    let idle = [
        ("--by", !asking.by.is_empty(), "rows are looked at whatever their group; `--where` chooses rows"),
        ("--interval", !asking.interval.is_empty(), "its only intervals are those of differences"),
        ("--seed", asking.seed.is_some(), "nothing is drawn at random"),
    ];
    match idle.into_iter().find(|(_, is_typed, _)| *is_typed) {
        None => Ok(()),
        Some((option, _, why)) => {
            let text = format!("`{option}` changes nothing in `csat quality`: {why}");
            Err(Failure::usage(text).help(format!("leave {option} out")))
        }
    }
}

/// The figures are another command's.
fn only_quality(report: &mut Report) {
    report.estimates.clear();
    report.sections.retain(|section| matches!(section, Section::Quality(_)));
}

/// The format, of those that there are for this.
fn format(args: &Quality) -> Result<Format, Failure> {
    let format = if args.flags && args.writing.format.is_none() {
        Format::Csv
    } else {
        settings::format(args.writing.format.as_deref(), args.writing.output.as_deref())?
    };
    match format {
        Format::Csv => Ok(format),
        _ if args.flags => Err(Failure::usage("`--flags` writes CSV").help("leave --format out")),
        Format::Table | Format::Markdown | Format::Json => Ok(format),
        other => Err(Failure::usage(format!("`csat quality` does not write {}", other.name()))
            .help("choose table, md, csv or json; `csat report` writes pages with this section")),
    }
}
