//! `csat completions`: a completion script for a shell.

use clap::CommandFactory;

use crate::cli::{Cli, Completions};
use crate::output::Output;
use crate::status::ExitStatus;

pub(crate) fn run(args: &Completions, output: &Output) -> anyhow::Result<ExitStatus> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "csat", &mut script);
    output.data(&script, None)?;
    Ok(ExitStatus::Done)
}
