//! Which columns hold what: as declared, else guessed, with what figures are to be broken by.

use csat::analysis::SegmentField;
use csat::source::cases::Cases;
use csat::survey::{
    CaseColumn, CaseKind, DISPUTE_FIELDS, DisputesDefinition, Profile, did_you_mean, inference,
};

use crate::output::Output;
use crate::settings;
use crate::status::Failure;

/// The definition with all columns, and the segments that are crossed.
pub(super) fn settle(
    declared: DisputesDefinition,
    profile: &Profile,
    names: &[String],
    crossings: &[Vec<String>],
) -> Result<(DisputesDefinition, Vec<Vec<SegmentField>>), Failure> {
    let mut disputes = declared.with_guessed(&inference::infer_disputes(&profile.columns));
    if disputes.column("referred").is_none() {
        let names: Vec<&str> = names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
        return Err(Failure::data("no column was found that says when disputes were referred to a provider")
            .help(format!(
                "name it in the definition, `referred = \"...\"` in [disputes]; the columns are {}",
                settings::short_list(&names)
            )));
    }
    if crossings.is_empty() {
        let own = disputes.segments.iter().map(|segment| vec![(segment.id.clone(), segment.field.clone())]);
        let own = own.collect();
        return Ok((disputes, own));
    }
    let mut by = Vec::new();
    for crossing in crossings {
        let fields = crossing.iter().map(|name| segment(&mut disputes, names, name));
        by.push(fields.collect::<Result<Vec<_>, _>>()?);
    }
    Ok((disputes, by))
}

/// The segment that was typed: one of the definition, else a field, else a column of the file.
fn segment(
    disputes: &mut DisputesDefinition,
    names: &[String],
    typed: &str,
) -> Result<SegmentField, Failure> {
    if let Some(segment) = disputes.segments.iter().find(|segment| segment.id == typed) {
        return Ok((segment.id.clone(), segment.field.clone()));
    }
    let is_group = |kind| matches!(kind, CaseKind::Category | CaseKind::YesNo);
    let known = disputes.columns.iter().find(|column| column.field == typed || column.column == typed);
    if let Some(column) = known {
        if is_group(column.kind) {
            return Ok((typed.to_owned(), column.field.clone()));
        }
        return Err(Failure::usage(format!("`--by {typed}`: the column holds no groups"))
            .help("choose a column of texts, or of yes and no"));
    }
    if names.iter().any(|name| name == typed) {
        disputes.columns.push(CaseColumn {
            field: typed.to_owned(),
            kind: CaseKind::Category,
            column: typed.to_owned(),
            format: None,
            guessed: false,
        });
        return Ok((typed.to_owned(), typed.to_owned()));
    }
    let segments = disputes.segments.iter().map(|segment| segment.id.as_str());
    let fields =
        disputes.columns.iter().filter(|column| is_group(column.kind)).map(|column| column.field.as_str());
    let there: Vec<&str> = segments.chain(fields).chain(names.iter().map(String::as_str)).collect();
    let failure = Failure::usage(format!("`--by {typed}`: there is no such segment, field or column"));
    Err(match did_you_mean(typed, there.iter().copied()) {
        Some(near) => failure.help(format!("did you mean `{near}`?")),
        None => failure.help(format!("there are {}", settings::short_list(&there))),
    })
}

/// Says which column was taken for what, where that was guessed.
pub(super) fn say(cases: &Cases, disputes: &DisputesDefinition, output: &Output) {
    let mut lines = Vec::new();
    for field in DISPUTE_FIELDS {
        let Some(column) = disputes.column(field.id).filter(|column| column.guessed) else { continue };
        let cells = cases.ledger().field(field.id).map_or(0, |field| field.read);
        let also = disputes.also_possible.get(field.id).filter(|names| !names.is_empty());
        let also = also.map_or_else(String::new, |names| format!("; also possible: {}", names.join(", ")));
        lines.push(format!("  {:<21} {} ({cells} filled{also})", field.id, column.column));
    }
    if !lines.is_empty() {
        output.say(&format!(
            "columns taken by name and values; write them into [disputes] of a definition to correct them:\n{}",
            lines.join("\n")
        ));
    }
}
