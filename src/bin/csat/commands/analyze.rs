//! `csat analyze`: every score with its interval, its base and what was left out.

use csat::render;

use crate::cli::Analyze;
use crate::output::Output;
use crate::pipeline::Way;
use crate::saved;
use crate::settings::{self, Environment};
use crate::status::{ExitStatus, Failure};

pub(crate) fn run(args: &Analyze, environment: &Environment, output: &Output) -> anyhow::Result<ExitStatus> {
    let writing = &args.writing;
    let format = settings::format(writing.format.as_deref(), writing.output.as_deref())?;
    let way = Way { environment, output, explain: writing.explain, writes: writing.output.as_deref() };
    let answered = way.answer(&args.asking, |_, _| Ok(()))?;
    let look = output.look(writing);
    let report = saved::sealed_as(format, answered.report);
    let bytes = render::render(&report, format, &look).map_err(|error| Failure::usage(error.to_string()))?;
    output.rendered(&bytes, format, writing.output.as_deref())?;
    Ok(ExitStatus::Done)
}
