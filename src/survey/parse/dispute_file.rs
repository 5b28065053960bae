//! `[disputes]`: the columns of a file of disputes, what its outcomes mean, and what is promised about them.

use chrono::NaiveDate;
use indexmap::IndexMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::complaints::Complaints;
use super::data;
use super::record_columns::{check_columns, named_file, record_place, targets};
use super::value;
use crate::survey::case_field::{CaseColumn, CaseKind};
use crate::survey::complaints::{
    BusinessHours, CaseSegment, Deadline, Holidays, TimeZone, is_group, text_key,
};
use crate::survey::definition::{Period, Survey};
use crate::survey::disputes::{
    DISPUTE_FIELDS, DISPUTE_STATISTICS, DisputeOutcome, DisputeStatistic, DisputesDefinition, Unresolved,
    UnresolvedWhen, dispute_segment_field,
};
use crate::survey::label::normalize;
use crate::survey::measure::Better;
use crate::survey::suggestion::did_you_mean;
use crate::survey::written_date::written_date;

/// The `[disputes]` table, if there is one.
pub(super) fn dispute_file(
    root: &DeTable<'_>,
    survey: &mut Survey,
    complaints: &mut Complaints<'_>,
) -> Option<DisputesDefinition> {
    let table = root.get("disputes")?.get_ref().as_table()?;
    let mut definition =
        DisputesDefinition { file: named_file(table, "file", complaints), ..Default::default() };
    columns(table, &mut definition, survey, complaints);
    segments(table, &mut definition, complaints);
    outcomes(table, &mut definition, complaints);
    times(table, &mut definition, complaints);
    points(table, &mut definition, complaints);
    definition.unresolved = unresolved(table, &definition, survey, complaints);
    definition.unresolved_when = unresolved_when(table);
    definition.targets = own_targets(table, complaints);
    Some(definition)
}

fn columns(
    table: &DeTable<'_>,
    definition: &mut DisputesDefinition,
    survey: &mut Survey,
    complaints: &mut Complaints<'_>,
) {
    let format = value::text(table, "format");
    if let (Some(text), Some(at)) = (&format, table.get("format")) {
        data::check_format(text, at, complaints);
    }
    for field in DISPUTE_FIELDS {
        let Some(name) = value::text(table, field.id) else { continue };
        record_place(table, "disputes", field.id, survey);
        definition.columns.push(CaseColumn {
            field: field.id.to_owned(),
            kind: field.kind,
            column: normalize(&name),
            format: format.clone().filter(|_| field.kind == CaseKind::Moment),
            guessed: false,
        });
    }
    definition.format = format;
    check_columns(table, "disputes", &definition.columns, complaints);
}

fn segments(table: &DeTable<'_>, definition: &mut DisputesDefinition, complaints: &mut Complaints<'_>) {
    let list = table.get("segments").and_then(|value| value.get_ref().as_array());
    for item in list.into_iter().flatten() {
        let Some(id) = item.get_ref().as_str().map(normalize).filter(|id| !id.is_empty()) else { continue };
        if definition.segments.iter().any(|segment| segment.id == id) {
            complaints.error(
                item.span(),
                "duplicate_value",
                format!("[disputes], key `segments`: `{id}` stands twice"),
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
                    format!("[disputes], key `segments`: `{id}` is the column of `{}`", column.field),
                    "moments, numbers and what tells disputes or complaints apart make no groups",
                    "name a column of few texts, such as a region or a product",
                );
                continue;
            }
            None => {
                let field = dispute_segment_field(&id);
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

fn outcomes(table: &DeTable<'_>, definition: &mut DisputesDefinition, complaints: &mut Complaints<'_>) {
    let keys = || DisputeOutcome::ALL.into_iter().map(|(_, key)| key).chain(["undecided"]);
    let mut seen: Vec<(String, &str)> = Vec::new();
    for key in keys() {
        let items = table.get(key).and_then(|value| value.get_ref().as_array());
        for item in items.into_iter().flatten() {
            let Some(text) = item.get_ref().as_str() else { continue };
            let same = text_key(text);
            if let Some((_, other)) = seen.iter().find(|(known, _)| *known == same) {
                let both = if *other == key {
                    format!("`{text}` stands twice in `{key}`")
                } else {
                    format!("`{text}` stands in `{other}` and in `{key}`")
                };
                complaints.error(
                    item.span(),
                    "duplicate_value",
                    format!("[disputes]: {both}"),
                    "a text means one thing, whatever its case and blanks",
                    "keep it where it belongs",
                );
            }
            seen.push((same, key));
        }
    }
    let list = |key: &str| table.get(key).map(|list| value::texts(list.get_ref())).unwrap_or_default();
    let written = DisputeOutcome::ALL.into_iter().filter(|(_, key)| table.contains_key(*key));
    definition.outcomes = written.map(|(outcome, key)| (outcome, list(key))).collect();
    definition.undecided = list("undecided");
}

fn times(table: &DeTable<'_>, definition: &mut DisputesDefinition, complaints: &mut Complaints<'_>) {
    let deadline = |key: &str| value::text(table, key).and_then(|text| Deadline::parse(&text));
    definition.respond_within = deadline("respond_within");
    definition.decide_within = deadline("decide_within");
    let hours = value::text(table, "business_hours").and_then(|text| BusinessHours::parse(&text));
    definition.business_hours = hours.unwrap_or_default();
    definition.time_zone = value::text(table, "time_zone").and_then(|text| TimeZone::parse(&text));
    definition.as_of = value::text(table, "as_of").and_then(|text| written_date(&text));
    let period = value::text(table, "period").and_then(|name| Period::parse(&name));
    definition.period = period
        .filter(|period| matches!(period, Period::Month | Period::Quarter | Period::Year))
        .unwrap_or(definition.period);
    definition.holidays = table.get("holidays").and_then(|written| match written.get_ref() {
        DeValue::Array(list) => {
            let day = |item: &Spanned<DeValue<'_>>| item.get_ref().as_str().and_then(written_date);
            let mut days: Vec<NaiveDate> = list.iter().filter_map(day).collect();
            days.sort_unstable();
            days.dedup();
            Some(Holidays::Dates(days))
        }
        _ => named_file(table, "holidays", complaints).map(Holidays::File),
    });
}

fn points(table: &DeTable<'_>, definition: &mut DisputesDefinition, complaints: &mut Complaints<'_>) {
    let whole = |key: &str| value::count(table, key).and_then(|number| u32::try_from(number).ok());
    definition.scale_satisfaction = whole("scale_satisfaction");
    let from = whole("satisfied_from");
    if let Some(from) = from.filter(|from| *from > definition.points()) {
        complaints.error(
            table.get("satisfied_from").map_or(0..0, Spanned::span),
            "out_of_range",
            format!("[disputes]: `satisfied_from = {from}` on a scale of {} points", definition.points()),
            "nobody could be satisfied",
            format!("write a point from 1 to {}, or set `scale_satisfaction`", definition.points()),
        );
    }
    definition.satisfied_from = from;
}

fn unresolved(
    table: &DeTable<'_>,
    definition: &DisputesDefinition,
    survey: &Survey,
    complaints: &mut Complaints<'_>,
) -> Option<Unresolved> {
    let written = table.get("unresolved")?;
    let DeValue::Table(inner) = written.get_ref() else {
        return value::count(table, "unresolved").map(Unresolved::InAll);
    };
    let (period, start) = (definition.period, survey.data.fiscal_year_start);
    let mut counts = IndexMap::new();
    for (label, count) in inner {
        let named = label.get_ref().trim();
        if !data::is_label(named, period, start) {
            complaints.error(
                label.span(),
                "unknown_period",
                format!("[disputes], key `unresolved`: `{named}` is not the name of a {}", period.name()),
                "its number would never be used",
                format!(
                    "a {} is written like `{}`; other periods are set by `period`",
                    period.name(),
                    data::example(period, start)
                ),
            );
        }
        let count = count.get_ref().as_integer().and_then(value::whole);
        if let Some(count) = count.and_then(|count| u64::try_from(count).ok()) {
            counts.insert(named.to_owned(), count);
        }
    }
    if counts.is_empty() {
        complaints.error(
            written.span(),
            "conflict",
            "[disputes], key `unresolved`: an empty table",
            "there would be no referral rate",
            "write a number, or a number by period: `{ \"2026-Q1\" = 40 }`",
        );
        return None;
    }
    Some(Unresolved::ByPeriod(counts))
}

/// Which complaints of a file count as unresolved.
fn unresolved_when(table: &DeTable<'_>) -> Vec<UnresolvedWhen> {
    let words = table.get("unresolved_when").map(|list| value::texts(list.get_ref())).unwrap_or_default();
    let known = UnresolvedWhen::ALL.into_iter();
    known.filter(|(_, name)| words.iter().any(|word| word == name)).map(|(when, _)| when).collect()
}

/// The targets; each is of a known figure that has a good side.
fn own_targets(table: &DeTable<'_>, complaints: &mut Complaints<'_>) -> IndexMap<String, f64> {
    let mut found = IndexMap::new();
    for (id, target, span) in targets(table) {
        match target_fault(&id, target, table) {
            None => _ = found.insert(id, target),
            Some((code, message, why, help)) => complaints.error(span, code, message, why, help),
        }
    }
    found
}

/// What is wrong with a target: code, message, why it matters, help.
fn target_fault(
    id: &str,
    target: f64,
    table: &DeTable<'_>,
) -> Option<(&'static str, String, &'static str, String)> {
    let Some(statistic) = DisputeStatistic::find(id) else {
        let known = || DISPUTE_STATISTICS.iter().filter(|known| known.better != Better::None);
        let names: Vec<String> = known().map(|known| format!("`{}`", known.id)).collect();
        let help = did_you_mean(id, known().map(|known| known.id)).map_or_else(
            || format!("the figures with a good side are {}", names.join(", ")),
            |near| format!("did you mean `{near}`?"),
        );
        let message = format!("[disputes], key `targets`: there is no figure `{id}`");
        return Some(("unknown_target", message, "it would never be compared with anything", help));
    };
    if statistic.better == Better::None {
        let why = "it is not good or bad by itself: few disputes may mean that nobody knows where to turn";
        let help = "set a target for how disputes are handled, such as `responded_in_time` or `overturned`";
        let message = format!("[disputes], key `targets`: `{id}` has no good side");
        return Some(("target_without_direction", message, why, help.to_owned()));
    }
    let (least, most) = statistic.unit.range();
    // That it is not below 0 is the key's own rule.
    if target > most {
        let message = format!("[disputes], key `targets`: `{id}` is from {least} to {most}, found {target}");
        let help = "shares are percentages: write `90` for 90 %".to_owned();
        return Some(("out_of_range", message, "it could never be met or missed", help));
    }
    let needed = match id {
        "responded_in_time" => "respond_within",
        "decided_in_time" => "decide_within",
        _ => return None,
    };
    if table.contains_key(needed) {
        return None;
    }
    let message = format!("[disputes], key `targets`: there can be no `{id}` in this definition");
    let help = format!("write `{needed} = \"…\"`");
    Some(("missing_key", message, "there is nothing to work it out from", help))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::parse;

    fn codes(text: &str) -> Vec<(&'static str, usize)> {
        match parse(text.as_bytes(), "survey.toml") {
            Ok(_) => Vec::new(),
            Err(found) => found
                .iter()
                .map(|fault| (fault.code, fault.place.as_ref().map_or(0, |place| place.line)))
                .collect(),
        }
    }

    #[test]
    fn a_table_is_read_whole() {
        let text = "[disputes]\nfile = \"disputes.csv\"\nreferred = \"opened\"\nprovider = \"scheme\"\n\
            segments = [\"scheme\", \"region\"]\nsettled = [\"Agreed\"]\nundecided = [\"Running\"]\n\
            respond_within = \"10 business days\"\ndecide_within = \"90 days\"\nunresolved = { 2026-Q1 = 40 }\n\
            unresolved_when = [\"overdue\", \"rejected\"]\ntargets = { overturned = 20, responded_in_time = 95 }\n";
        let survey = parse(text.as_bytes(), "survey.toml").unwrap().survey;
        let found = survey.disputes.unwrap();
        let columns: Vec<&str> = found.columns.iter().map(|column| column.field.as_str()).collect();
        assert_eq!(columns, ["provider", "referred", "region"]);
        let fields: Vec<&str> = found.segments.iter().map(|segment| segment.field.as_str()).collect();
        assert_eq!(fields, ["provider", "region"]);
        assert_eq!(
            found.unresolved,
            Some(Unresolved::ByPeriod([("2026-Q1".to_owned(), 40)].into_iter().collect()))
        );
        assert_eq!(found.unresolved_when, [UnresolvedWhen::Rejected, UnresolvedWhen::Overdue]);
        assert_eq!(found.targets.len(), 2);
    }

    #[test]
    fn what_cannot_hold_is_said_with_its_line() {
        for (text, code, line) in [
            ("[disputes]\nreferred = \"a\"\nnotice = \"a\"\n", "same_column", 3),
            ("[disputes]\nsegments = [\"a\", \"a\"]\n", "duplicate_value", 2),
            ("[disputes]\nreferred = \"a\"\nsegments = [\"a\"]\n", "conflict", 3),
            ("[disputes]\nsettled = [\"x\"]\nsplit = [\"X \"]\n", "duplicate_value", 3),
            ("[disputes]\nsatisfied_from = 6\n", "out_of_range", 2),
            ("[disputes]\nunresolved = { 2026-01 = 4 }\n", "unknown_period", 2),
            ("[disputes]\nunresolved = { }\n", "conflict", 2),
            ("[disputes]\nunresolved = 0\n", "out_of_range", 2),
            ("[disputes]\nunresolved_when = [\"lost\"]\n", "unknown_value", 2),
            ("[disputes]\ntargets = { overturnd = 4 }\n", "unknown_target", 2),
            ("[disputes]\ntargets = { settled = 4 }\n", "target_without_direction", 2),
            ("[disputes]\ntargets = { fair = 101 }\n", "out_of_range", 2),
            ("[disputes]\ntargets = { decided_in_time = 90 }\n", "missing_key", 2),
            ("[disputes]\nrespond_within = \"soon\"\n", "bad_deadline", 2),
            ("[disputes]\nfrom = \"x\"\n", "unknown_key", 2),
        ] {
            assert_eq!(codes(text), [(code, line)], "{text}");
        }
    }
}
