//! `csat schema`: the JSON Schema of definitions or of reports.

use crate::cli::{Schema, SchemaOf};
use crate::output::Output;
use crate::status::ExitStatus;

pub(crate) fn run(args: &Schema, output: &Output) -> anyhow::Result<ExitStatus> {
    let schema = match args.of {
        SchemaOf::Survey => csat::survey::schema(),
        SchemaOf::Report => csat::report::schema(),
    };
    let mut text = serde_json::to_string_pretty(&schema)?;
    text.push('\n');
    output.data(text.as_bytes(), None)?;
    Ok(ExitStatus::Done)
}
