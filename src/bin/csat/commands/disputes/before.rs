//! The complaints that went before, as `[complaints]` says how to read them.

use std::path::Path;

use chrono::NaiveDate;
use csat::source::cases::{CaseAsk, Cases, read_cases};
use csat::source::head::{self, Depth, HeadOptions};
use csat::source::input::{InputName, InputOptions};
use csat::survey::{ComplaintsDefinition, Survey, counts_as_yes, inference};

use super::super::complaints;
use crate::settings;
use crate::status::Failure;

/// A file of complaints.
pub(super) struct Before {
    pub(super) cases: Cases,
    pub(super) definition: ComplaintsDefinition,
    pub(super) holidays: Vec<NaiveDate>,
    pub(super) input: String,
}

/// The complaints of a file that was typed; without any there is none, whatever the definition names.
pub(super) fn read(
    typed: Option<&Path>,
    survey: &Survey,
    beside: Option<&Path>,
) -> Result<Option<Before>, Failure> {
    let Some(file) = typed else { return Ok(None) };
    let options = HeadOptions { depth: Depth::Full, input: InputOptions::default() };
    let name = InputName::from_argument(file.to_path_buf());
    let opened = head::open(&name, &options).map_err(|error| crate::inputs::missing_file(file, &error))?;
    let declared = survey.complaints.clone().unwrap_or_default();
    let definition = if declared.names_fields() {
        declared
    } else {
        declared.with_guessed(inference::infer_complaints(&opened.profile.columns))
    };
    if definition.column("received").is_none() {
        let message = format!("`{}`: no column was found that says when complaints came in", file.display());
        return Err(
            Failure::data(message).help("name it in the definition, `received = \"...\"` in [complaints]")
        );
    }
    let ask = CaseAsk {
        columns: definition.columns.clone(),
        missing: survey.data.missing.clone(),
        decimal: survey.data.decimal,
        yes: counts_as_yes(),
        no: Vec::new(),
        unique: definition.column("id").map(|column| column.field.clone()),
    };
    let cases = read_cases(opened, &ask).map_err(|error| complaints::refused(&error))?;
    let holidays = complaints::holidays(definition.holidays.as_ref(), beside)?.0;
    Ok(Some(Before { cases, definition, holidays, input: settings::file_name(file) }))
}
