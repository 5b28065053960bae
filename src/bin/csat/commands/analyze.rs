//! `csat analyze`: every score with its interval, its base and what was left out.

use csat::report::Report;

use super::follow_up;
use crate::cli::{Analyze, Asking};
use crate::output::Output;
use crate::pipeline::Way;
use crate::saved;
use crate::settings::{self, Environment};
use crate::status::{ExitStatus, Failure};
use crate::typed;

pub(crate) fn run(args: &Analyze, environment: &Environment, output: &Output) -> anyhow::Result<ExitStatus> {
    if let Some(condition) = &args.list {
        return follow_up::run(args, condition, environment, output);
    }
    let writing = &args.writing;
    let format = settings::format(writing.format.as_deref(), writing.output.as_deref())?;
    if let Some(file) = args.asking.files.iter().find(|file| saved::is_saved(file)) {
        let name = file.display();
        return Err(Failure::usage(format!(
            "`{name}` is a saved report, and its scores are counted already"
        ))
        .help(format!("`csat report {}` shows it", settings::quoted(&name.to_string())))
        .into());
    }
    let way = Way::new(environment, output, writing);
    output.report(made(&way, &args.asking)?, &output.look(writing), format, writing.output.as_deref())?;
    Ok(ExitStatus::Done)
}

/// The report, not sealed yet.
pub(crate) fn made(way: &Way<'_>, asking: &Asking) -> Result<Report, Failure> {
    let mut report = way.answer(asking, |_, _| Ok(()))?.report;
    typed::keep_analyze(&mut report, asking);
    Ok(report)
}
