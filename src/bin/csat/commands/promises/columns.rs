//! Which columns of the events hold what, and what figures are to be broken by.

use csat::analysis::SegmentField;
use csat::survey::{CaseColumn, CaseKind, Profile, PromisesDefinition, did_you_mean};

use crate::settings;
use crate::status::Failure;

/// The columns to read, and the segments that are crossed.
pub(super) fn settle(
    declared: &PromisesDefinition,
    profile: &Profile,
    names: &[String],
    crossings: &[Vec<String>],
) -> Result<(Vec<CaseColumn>, Vec<Vec<SegmentField>>), Failure> {
    let mut columns = declared.columns_in(names);
    for column in &mut columns {
        // What has the name of its field is no guess.
        column.guessed = false;
        let is_remedy = matches!(column.field.as_str(), "remedy_due" | "remedy_paid");
        if is_remedy && says_yes_or_no(profile, &column.column) {
            column.kind = CaseKind::YesNo;
        }
    }
    let mut by = Vec::new();
    for crossing in crossings {
        let fields = crossing.iter().map(|typed| segment(declared, &mut columns, names, typed));
        by.push(fields.collect::<Result<Vec<_>, _>>()?);
    }
    if crossings.is_empty() {
        let own = declared.segments.iter();
        by.extend(own.map(|segment| vec![(segment.id.clone(), segment.field.clone())]));
        if by.is_empty() && columns.iter().any(|column| column.field == "segment") {
            by.push(vec![("segment".to_owned(), "segment".to_owned())]);
        }
    }
    Ok((columns, by))
}

/// Whether no cell of a column, as far as it was looked at, is an amount.
fn says_yes_or_no(profile: &Profile, name: &str) -> bool {
    let Some(column) = profile.columns.iter().find(|column| column.name == name) else { return false };
    let mut texts =
        column.values.iter().map(|(text, _)| text.trim()).filter(|text| !text.is_empty()).peekable();
    texts.peek().is_some() && texts.all(|text| !text.contains(|character: char| character.is_ascii_digit()))
}

/// The segment that was typed: one of the definition, else a field, else a column of the file.
fn segment(
    declared: &PromisesDefinition,
    columns: &mut Vec<CaseColumn>,
    names: &[String],
    typed: &str,
) -> Result<SegmentField, Failure> {
    if let Some(segment) = declared.segments.iter().find(|segment| segment.id == typed) {
        return Ok((segment.id.clone(), segment.field.clone()));
    }
    let is_group = |kind| matches!(kind, CaseKind::Category | CaseKind::YesNo);
    let known = columns.iter().find(|column| column.field == typed || column.column == typed);
    if let Some(column) = known {
        return match column.field.as_str() {
            "promise_id" => {
                Err(Failure::usage(format!("`--by {typed}`: figures are of each promise already"))
                    .help("leave it out, or choose another column of texts"))
            }
            _ if is_group(column.kind) => Ok((typed.to_owned(), column.field.clone())),
            _ => Err(Failure::usage(format!("`--by {typed}`: the column holds no groups"))
                .help("choose a column of texts, or of yes and no")),
        };
    }
    if names.iter().any(|name| name == typed) {
        columns.push(CaseColumn {
            field: typed.to_owned(),
            kind: CaseKind::Category,
            column: typed.to_owned(),
            format: None,
            guessed: false,
        });
        return Ok((typed.to_owned(), typed.to_owned()));
    }
    let there: Vec<&str> = names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    let failure = Failure::usage(format!("`--by {typed}`: there is no such segment, field or column"));
    Err(match did_you_mean(typed, there.iter().copied()) {
        Some(near) => failure.help(format!("did you mean `{near}`?")),
        None => failure.help(format!("there are {}", settings::short_list(&there))),
    })
}
