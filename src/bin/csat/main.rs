//! The program: parse, dispatch, exit. Everything it knows is in the library.

mod cli;
mod commands;
mod definition;
mod each;
mod explained;
mod findings;
mod help;
mod imported;
mod inputs;
mod late_encoding;
mod lists;
mod numbers;
mod output;
mod pipeline;
mod presentation;
mod progress;
mod records;
mod refusal;
mod row_remarks;
mod saved;
mod series;
mod settings;
mod short_years;
mod staging;
mod status;
mod typed;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use crate::cli::{Cli, Command};
use crate::output::Output;
use crate::settings::Environment;
use crate::status::{ExitStatus, Failure};

fn main() -> ExitCode {
    let environment = Environment::read();
    let command = help::grouped(Cli::command());
    // clap prints help and usage errors itself: exit 0 for help, 2 for what was typed.
    let matches = match command.try_get_matches() {
        Ok(matches) => matches,
        Err(error) => {
            let code = if error.use_stderr() { ExitStatus::Usage } else { ExitStatus::Done };
            // A closed pipe while help is printed is no error.
            let _ = error.print();
            return ExitCode::from(code.code());
        }
    };
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(ExitStatus::Usage.code());
        }
    };
    let output = Output::new(cli.quiet, cli.color, environment.no_color);
    match run(&cli.command, &environment, &output) {
        Ok(status) => ExitCode::from(status.code()),
        Err(error) => ExitCode::from(report_failure(&error, &output).code()),
    }
}

fn run(command: &Command, environment: &Environment, output: &Output) -> anyhow::Result<ExitStatus> {
    match command {
        Command::Analyze(args) => commands::analyze::run(args, environment, output),
        Command::Crosstab(args) => commands::crosstab::run(args, environment, output),
        Command::Compare(args) => commands::compare::run(args, environment, output),
        Command::Gate(args) => commands::gate::run(args, environment, output),
        Command::Import(args) => commands::import::run(args, output),
        Command::Init(args) => commands::init::run(args, output),
        Command::Gap(args) => commands::gap::run(args, environment, output),
        Command::Drivers(args) => commands::drivers::run(args, environment, output),
        Command::Complaints(args) => commands::complaints::run(args, environment, output),
        Command::Indicators(args) => commands::indicators::run(args, environment, output),
        Command::Promises(args) => commands::promises::run(args, environment, output),
        Command::Disputes(args) => commands::disputes::run(args, output),
        Command::Kano(args) => commands::kano::run(args, environment, output),
        Command::Lint(args) => commands::lint::run(args, output),
        Command::Quality(args) => commands::quality::run(args, environment, output),
        Command::Report(args) => commands::report::run(args, environment, output),
        Command::Weight(args) => commands::weight::run(args, environment, output),
        Command::Trend(args) => commands::trend::run(args, environment, output),
        Command::Verify(args) => commands::verify::run(args, environment, output),
        Command::Schema(args) => commands::schema::run(args, output),
        Command::Completions(args) => commands::completions::run(args, output),
        Command::Man => commands::man::run(output),
    }
}

fn report_failure(error: &anyhow::Error, output: &Output) -> ExitStatus {
    if let Some(failure) = error.downcast_ref::<Failure>() {
        output.fail(failure);
        failure.status()
    } else {
        output.fail(&Failure::data(format!("{error:#}")));
        ExitStatus::Data
    }
}
