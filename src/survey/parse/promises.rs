//! `[promises]`: what is promised, and the columns of a file of events.

use indexmap::IndexMap;
use toml::Spanned;
use toml::de::DeTable;

use super::complaints::Complaints;
use super::data;
use super::record_columns::{check_columns, named_file, record_place, targets};
use super::value;
use crate::survey::case_field::{CaseColumn, CaseKind};
use crate::survey::complaints::{CaseSegment, is_group};
use crate::survey::definition::{Period, Survey};
use crate::survey::label::normalize;
use crate::survey::measure::{Better, Measure};
use crate::survey::promises::{
    Operator, PROMISE_STATISTICS, Promise, PromiseStatistic, PromisesDefinition, promise_event_field,
    register_faults,
};
use crate::survey::suggestion::did_you_mean;
use crate::survey::written_date::written_date;

/// The tables of `[promises]` that are no promises.
const OWN_TABLES: [&str; 1] = ["targets"];

/// The `[promises]` table, if there is one.
pub(super) fn promises(
    root: &DeTable<'_>,
    survey: &mut Survey,
    complaints: &mut Complaints<'_>,
) -> Option<PromisesDefinition> {
    let table = root.get("promises")?.get_ref().as_table()?;
    let mut definition = PromisesDefinition {
        file: named_file(table, "file", complaints),
        events: named_file(table, "events", complaints),
        ..PromisesDefinition::default()
    };
    columns(table, &mut definition, survey, complaints);
    segments(table, &mut definition, complaints);
    definition.promises = written(table, complaints);
    if let (Some(file), Some(first)) = (&definition.file, definition.promises.first()) {
        let span = table.get("file").map_or(0..0, Spanned::span);
        complaints.error(
            span,
            "conflict",
            format!(
                "[promises]: the promises are in `{}`, and `{}` is written here too",
                file.file, first.id
            ),
            "a promise that stands in two places can say two things",
            "keep the file, or write all promises here and leave `file` out",
        );
    }
    let list = |key: &str| table.get(key).map(|list| value::texts(list.get_ref())).unwrap_or_default();
    definition.misunderstood = list("misunderstood");
    definition.aware = list("aware");
    definition.awareness = question(table, "awareness", survey, complaints);
    definition.satisfaction = question(table, "satisfaction", survey, complaints);
    if let (Some(aware), None) = (table.get("aware"), &definition.awareness)
        && !table.contains_key("awareness")
    {
        complaints.error(
            aware.span(),
            "missing_key",
            "[promises]: `aware` without `awareness`",
            "it says which answers to a question mean knowing, and no question is named",
            "name the question: `awareness = \"…\"`",
        );
    }
    definition.as_of = value::text(table, "as_of").and_then(|text| written_date(&text));
    let period = value::text(table, "period").and_then(|name| Period::parse(&name));
    definition.period = period
        .filter(|period| matches!(period, Period::Month | Period::Quarter | Period::Year))
        .unwrap_or(definition.period);
    definition.targets = own_targets(table, &definition, complaints);
    Some(definition)
}

fn columns(
    table: &DeTable<'_>,
    definition: &mut PromisesDefinition,
    survey: &mut Survey,
    complaints: &mut Complaints<'_>,
) {
    let format = value::text(table, "format");
    if let (Some(text), Some(at)) = (&format, table.get("format")) {
        data::check_format(text, at, complaints);
    }
    for column in &mut definition.columns {
        if column.kind == CaseKind::Moment {
            column.format.clone_from(&format);
        }
        if let Some(name) = value::text(table, &column.field) {
            column.column = normalize(&name);
            column.guessed = false;
            record_place(table, "promises", &column.field, survey);
        }
    }
    definition.format = format;
    let named: Vec<CaseColumn> =
        definition.columns.iter().filter(|column| !column.guessed).cloned().collect();
    check_columns(table, "promises", &named, complaints);
}

fn segments(table: &DeTable<'_>, definition: &mut PromisesDefinition, complaints: &mut Complaints<'_>) {
    let list = table.get("segments").and_then(|value| value.get_ref().as_array());
    for item in list.into_iter().flatten() {
        let Some(id) = item.get_ref().as_str().map(normalize).filter(|id| !id.is_empty()) else { continue };
        if definition.segments.iter().any(|segment| segment.id == id) {
            complaints.error(
                item.span(),
                "duplicate_value",
                format!("[promises], key `segments`: `{id}` stands twice"),
                "figures are broken by a column once",
                "keep one of them",
            );
            continue;
        }
        let shared = definition.columns.iter().find(|column| column.column == id);
        let field = match shared {
            Some(column) if is_group(column.kind) => column.field.clone(),
            Some(column) => {
                complaints.error(
                    item.span(),
                    "conflict",
                    format!("[promises], key `segments`: `{id}` is the column of `{}`", column.field),
                    "moments, numbers and what tells events apart make no groups",
                    "name a column of few texts, such as a region or a product",
                );
                continue;
            }
            None => {
                let taken = promise_event_field(&id).is_some();
                let field = if taken { format!("segment.{id}") } else { id.clone() };
                definition.columns.push(CaseColumn {
                    field: field.clone(),
                    kind: CaseKind::Category,
                    column: id.clone(),
                    format: None,
                    guessed: false,
                });
                field
            }
        };
        definition.segments.push(CaseSegment { id, field });
    }
}

/// The promises that are written as tables.
fn written(table: &DeTable<'_>, complaints: &mut Complaints<'_>) -> Vec<Promise> {
    let mut tables: Vec<_> = table
        .iter()
        .filter(|(name, _)| !OWN_TABLES.contains(&name.get_ref().as_ref()))
        .filter_map(|(name, value)| Some((name, value.get_ref().as_table()?)))
        .filter(|(name, _)| promise_event_field(name.get_ref()).is_none())
        .collect();
    tables.sort_by_key(|(name, _)| name.span().start);
    let found: Vec<Promise> = tables
        .iter()
        .map(|(name, inner)| {
            let text = |key: &str| value::text(inner, key).map(|text| text.trim().to_owned());
            let day = |key: &str| value::text(inner, key).and_then(|text| written_date(&text));
            Promise {
                id: normalize(&text("promise").unwrap_or_else(|| name.get_ref().to_string())),
                version: text("version"),
                text: text("text"),
                topic: text("topic"),
                indicator: text("indicator"),
                operator: text("operator").and_then(|text| Operator::parse(&text)),
                target: inner.get("target").and_then(|value| value::number(value.get_ref())),
                unit: text("unit"),
                remedy: text("remedy"),
                from: day("valid_from"),
                to: day("valid_to"),
                owner: text("owner"),
                target_kept: inner.get("target_kept").and_then(|value| value::number(value.get_ref())),
                place: Some(complaints.document.place(name.span())),
            }
        })
        .collect();
    for fault in register_faults(&found) {
        let Some((name, inner)) = tables.get(fault.promise) else { continue };
        let key = match fault.field {
            "from" => "valid_from",
            "to" => "valid_to",
            other => other,
        };
        // What is written and has no meaning was complained about already.
        let other = if key == "operator" { "target" } else { "operator" };
        if fault.code == "half_a_rule" && inner.contains_key(other) {
            continue;
        }
        let span = inner.get(key).map_or_else(|| name.span(), Spanned::span);
        complaints.error(span, fault.code, format!("[promises]: {}", fault.message), fault.why, fault.help);
    }
    found
}

/// The question of the survey that a key names.
fn question(
    table: &DeTable<'_>,
    key: &str,
    survey: &Survey,
    complaints: &mut Complaints<'_>,
) -> Option<String> {
    let id = value::text(table, key)?.trim().to_owned();
    let span = table.get(key).map_or(0..0, Spanned::span);
    let fits = |measure: Measure| match key {
        "awareness" => {
            matches!(measure, Measure::Csat | Measure::Rating | Measure::Choice | Measure::Multi)
        }
        _ => matches!(measure, Measure::Csat | Measure::Rating | Measure::Nps | Measure::Ces),
    };
    let Some(found) = survey.questions.iter().find(|question| question.id == id) else {
        let near = did_you_mean(&id, survey.questions.iter().map(|question| question.id.as_str()));
        complaints.error(
            span,
            "unknown_question",
            format!("[promises], key `{key}`: there is no question `{id}`"),
            "its answers are to stand beside what was kept",
            near.map_or_else(
                || "name the id of a question of the definition".to_owned(),
                |near| format!("did you mean `{near}`?"),
            ),
        );
        return None;
    };
    if !fits(found.measure) {
        complaints.error(
            span,
            "wrong_measure",
            format!("[promises], key `{key}`: the question `{id}` cannot tell it"),
            "a share of those who know or are satisfied is needed",
            if key == "awareness" {
                "name a question of the measure choice, multi, csat or rating"
            } else {
                "name a question of the measure csat, rating, ces or nps"
            },
        );
        return None;
    }
    Some(id)
}

/// The targets; each is of a known figure that has a good side.
fn own_targets(
    table: &DeTable<'_>,
    definition: &PromisesDefinition,
    complaints: &mut Complaints<'_>,
) -> IndexMap<String, f64> {
    let mut found = IndexMap::new();
    for (id, target, span) in targets(table) {
        let Some(statistic) = PromiseStatistic::find(&id).filter(|known| known.better != Better::None) else {
            let known = || PROMISE_STATISTICS.iter().filter(|known| known.better != Better::None);
            let names: Vec<String> = known().map(|known| format!("`{}`", known.id)).collect();
            let help = did_you_mean(&id, known().map(|known| known.id)).map_or_else(
                || format!("the figures with a good side are {}", names.join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            complaints.error(
                span,
                "unknown_target",
                format!("[promises], key `targets`: there is no figure `{id}` that a target can be for"),
                "it would never be compared with anything",
                help,
            );
            continue;
        };
        let (least, most) = statistic.unit.range();
        if target > most {
            complaints.error(
                span,
                "out_of_range",
                format!("[promises], key `targets`: `{id}` is from {least} to {most}, found {target}"),
                "it could never be met or missed",
                "shares are percentages: write `95` for 95 %",
            );
            continue;
        }
        let missing = match id.as_str() {
            "awareness" if definition.awareness.is_none() => Some("awareness"),
            "satisfaction" if definition.satisfaction.is_none() => Some("satisfaction"),
            "misunderstood" if definition.misunderstood.is_empty() => Some("misunderstood"),
            _ => None,
        };
        if let Some(key) = missing.filter(|key| !table.contains_key(*key)) {
            complaints.error(
                span,
                "missing_key",
                format!("[promises], key `targets`: there can be no `{id}` in this definition"),
                "there is nothing to work it out from",
                format!("write `{key} = …`"),
            );
            continue;
        }
        found.insert(id, target);
    }
    found
}

#[cfg(test)]
mod tests;
