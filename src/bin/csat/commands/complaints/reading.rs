//! The files of complaints, each by its own header, as one.

use std::path::{Path, PathBuf};

use csat::analysis::{AbsentColumns, SegmentField};
use csat::source::cases::{CaseAsk, Cases, CasesError, EarlierCases, read_cases_after};
use csat::source::head::{self, Depth, HeadOptions};
use csat::source::input::InputName;
use csat::survey::{CaseKind, ComplaintsDefinition, Survey, counts_as_yes};

use super::columns;
use crate::cli;
use crate::settings;
use crate::status::{ExitStatus, Failure};

/// What was read.
pub(super) struct Read {
    pub(super) cases: Cases,
    /// The definition with the columns of the first file.
    pub(super) complaints: ComplaintsDefinition,
    pub(super) by: Vec<Vec<SegmentField>>,
    /// By file the fields that others have a column for and it has not.
    pub(super) absent: Vec<AbsentColumns>,
}

/// Reads the files: where columns are guessed, each tells its own.
pub(super) fn read(
    files: &[PathBuf],
    args: &cli::Complaints,
    survey: &Survey,
    declared: &ComplaintsDefinition,
) -> Result<Read, Failure> {
    let options = HeadOptions { depth: Depth::Full, input: settings::input_options(&args.shape)? };
    let crossings = settings::crossings(&args.by)?;
    let mut earlier = EarlierCases::default();
    let mut read: Option<Read> = None;
    let mut fields: Vec<Vec<(String, CaseKind)>> = Vec::new();
    for file in files {
        let name = InputName::from_argument(file.clone());
        let opened =
            head::open(&name, &options).map_err(|error| crate::inputs::missing_file(file, &error))?;
        let names = opened.header.names().to_vec();
        let settled = columns::settle(declared.clone(), &opened.profile, &names, &crossings);
        let (complaints, by) = settled.map_err(|failure| columns::of_file(failure, file, files.len()))?;
        let ask = CaseAsk {
            columns: complaints.columns.clone(),
            missing: survey.data.missing.clone(),
            decimal: survey.data.decimal,
            yes: counts_as_yes(),
            no: Vec::new(),
            unique: complaints.column("id").map(|column| column.field.clone()),
        };
        let cases = read_cases_after(opened, &ask, &earlier).map_err(|error| refused(&error))?;
        earlier.add(&cases, ask.unique.as_deref());
        fields.push(complaints.columns.iter().map(|column| (column.field.clone(), column.kind)).collect());
        match &mut read {
            None => read = Some(Read { cases, complaints, by, absent: Vec::new() }),
            Some(all) if all.by == by => {
                all.cases.append(cases).map_err(|error| refused(&error))?;
                let is_new = |field: &&String| !all.complaints.also_possible.contains_key(*field);
                let also: Vec<String> = complaints.also_possible.keys().filter(is_new).cloned().collect();
                for field in also {
                    if let Some(names) = complaints.also_possible.get(&field) {
                        all.complaints.also_possible.insert(field, names.clone());
                    }
                }
            }
            Some(_) => return Err(other_segments(file)),
        }
    }
    let mut read = read.ok_or_else(|| Failure::usage("no file of complaints is named"))?;
    read.absent = absent(files, &fields)?;
    Ok(read)
}

/// The fields that some files have no column for. What has not happened and what was not written down cannot be told
/// apart where a whole column is missing: such files are refused.
fn absent(files: &[PathBuf], fields: &[Vec<(String, CaseKind)>]) -> Result<Vec<AbsentColumns>, Failure> {
    let mut all: Vec<&(String, CaseKind)> = Vec::new();
    for field in fields.iter().flatten() {
        if !all.contains(&field) {
            all.push(field);
        }
    }
    let mut absent = Vec::new();
    for (file, own) in files.iter().zip(fields) {
        let missing: Vec<&(String, CaseKind)> =
            all.iter().filter(|field| !own.contains(field)).copied().collect();
        let needed = missing.iter().find(|(field, kind)| {
            *kind == CaseKind::Moment || matches!(field.as_str(), "id" | "status" | "kind")
        });
        if let Some((field, _)) = needed {
            return Err(Failure::data(format!(
                "`{}` has no column for `{field}`, and another of the files has one",
                file.display()
            ))
            .help(format!(
                "name the columns that all files have in [complaints] of a definition, leave `{field}` out there, or \
                 look at the files one by one"
            )));
        }
        if !missing.is_empty() {
            let fields = missing.into_iter().map(|(field, _)| field.clone()).collect();
            absent.push(AbsentColumns { input: settings::file_name(file), fields });
        }
    }
    Ok(absent)
}

fn other_segments(file: &Path) -> Failure {
    Failure::usage(format!("what `--by` names is another field in `{}`", file.display()))
        .help("name the columns in [complaints] of a definition")
}

pub(in super::super) fn refused(error: &CasesError) -> Failure {
    let message = error.to_string();
    match error {
        CasesError::InvalidDateFormat { .. } => {
            Failure::Message { status: ExitStatus::Definition, message, help: None }
        }
        _ => Failure::data(message),
    }
}
