//! Which columns hold what: as declared, else guessed, with what figures are to be broken by.

use std::path::Path;

use csat::analysis::SegmentField;
use csat::source::cases::Cases;
use csat::survey::{
    COMPLAINT_FIELDS, CaseColumn, CaseKind, ComplaintsDefinition, Profile, did_you_mean, inference,
};

use crate::output::Output;
use crate::settings;
use crate::status::{ExitStatus, Failure};

/// The definition with all columns, and the segments that are crossed.
pub(super) fn settle(
    declared: ComplaintsDefinition,
    profile: &Profile,
    names: &[String],
    crossings: &[Vec<String>],
) -> Result<(ComplaintsDefinition, Vec<Vec<SegmentField>>), Failure> {
    let guessed = !declared.names_fields();
    let mut complaints =
        if guessed { declared.with_guessed(inference::infer_complaints(&profile.columns)) } else { declared };
    if complaints.column("received").is_none() {
        return Err(no_received(names, guessed));
    }
    if crossings.is_empty() {
        let own = complaints.segments.iter().map(|segment| vec![(segment.id.clone(), segment.field.clone())]);
        let own = own.collect();
        return Ok((complaints, own));
    }
    let mut by = Vec::new();
    for crossing in crossings {
        let fields = crossing.iter().map(|name| segment(&mut complaints, names, name));
        by.push(fields.collect::<Result<Vec<_>, _>>()?);
    }
    Ok((complaints, by))
}

/// The segment that was typed: one of the definition, else a field, else a column of the file.
fn segment(
    complaints: &mut ComplaintsDefinition,
    names: &[String],
    typed: &str,
) -> Result<SegmentField, Failure> {
    if let Some(segment) = complaints.segments.iter().find(|segment| segment.id == typed) {
        return Ok((segment.id.clone(), segment.field.clone()));
    }
    let is_group = |kind| matches!(kind, CaseKind::Category | CaseKind::YesNo);
    let known = complaints.columns.iter().find(|column| column.field == typed || column.column == typed);
    if let Some(column) = known {
        if is_group(column.kind) {
            return Ok((typed.to_owned(), column.field.clone()));
        }
        return Err(Failure::usage(format!("`--by {typed}`: the column holds no groups"))
            .help("choose a column of texts, or of yes and no"));
    }
    if names.iter().any(|name| name == typed) {
        complaints.columns.push(CaseColumn {
            field: typed.to_owned(),
            kind: CaseKind::Category,
            column: typed.to_owned(),
            format: None,
            guessed: false,
        });
        return Ok((typed.to_owned(), typed.to_owned()));
    }
    let segments = complaints.segments.iter().map(|segment| segment.id.as_str());
    let fields =
        complaints.columns.iter().filter(|column| is_group(column.kind)).map(|column| column.field.as_str());
    let there: Vec<&str> = segments.chain(fields).chain(names.iter().map(String::as_str)).collect();
    let failure = Failure::usage(format!("`--by {typed}`: there is no such segment, field or column"));
    Err(match did_you_mean(typed, there.iter().copied()) {
        Some(near) => failure.help(format!("did you mean `{near}`?")),
        None => failure.help(format!("there are {}", settings::short_list(&there))),
    })
}

/// A failure of one of several files, with its name.
pub(super) fn of_file(failure: Failure, file: &Path, files: usize) -> Failure {
    match failure {
        Failure::Message { status, message, help } if files > 1 => {
            Failure::Message { status, message: format!("`{}`: {message}", file.display()), help }
        }
        failure => failure,
    }
}

fn no_received(names: &[String], guessed: bool) -> Failure {
    let names: Vec<&str> = names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    let help = format!(
        "name it in the definition, `received = \"...\"` in [complaints]; the columns are {}",
        settings::short_list(&names)
    );
    if guessed {
        return Failure::data("no column was found that says when complaints came in").help(help);
    }
    Failure::Message {
        status: ExitStatus::Definition,
        message: "[complaints] names columns and not the one that says when complaints came in".to_owned(),
        help: Some(help),
    }
}

/// Says which column was taken for what.
pub(super) fn say(cases: &Cases, complaints: &ComplaintsDefinition, output: &Output) {
    let mut lines = Vec::new();
    for field in COMPLAINT_FIELDS {
        let Some(column) = complaints.column(field.id).filter(|column| column.guessed) else { continue };
        let cells = cases.ledger().field(field.id).map_or(0, |field| field.read);
        let also = complaints.also_possible.get(field.id).filter(|names| !names.is_empty());
        let also = also.map_or_else(String::new, |names| format!("; also possible: {}", names.join(", ")));
        lines.push(format!("  {:<21} {} ({cells} filled{also})", field.id, column.column));
    }
    output.say(&format!(
        "columns taken by name and values; write them into [complaints] of a definition to correct them:\n{}",
        lines.join("\n")
    ));
}
