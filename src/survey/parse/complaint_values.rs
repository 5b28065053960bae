//! `[complaints]`: what the texts and points of its columns mean, and which targets can be.

use toml::Spanned;
use toml::de::DeTable;

use super::complaint_file::needs_column;
use super::complaints::Complaints;
use super::value;
use crate::survey::complaints::{
    COMPLAINT_STATISTICS, ComplaintStatistic, ComplaintsDefinition, Outcome, text_key,
};
use crate::survey::measure::Better;
use crate::survey::suggestion::did_you_mean;

/// The lists of texts by the field whose cells they are about; a text stands in one list of a group.
const GROUPS: [(&str, &[&str]); 6] = [
    ("status", &["closed_statuses", "open_statuses", "left_out_statuses"]),
    // An escalated complaint may be open or closed, but is not left out.
    ("status", &["left_out_statuses", "escalated_statuses"]),
    ("outcome", &["upheld", "partly_upheld", "rejected", "withdrawn"]),
    ("kind", &["kinds"]),
    ("category", &["other_categories"]),
    ("severity", &["severity_order"]),
];

/// Fills what texts and points mean.
pub(super) fn read(
    table: &DeTable<'_>,
    definition: &mut ComplaintsDefinition,
    complaints: &mut Complaints<'_>,
) {
    for (_, lists) in GROUPS {
        check_once(table, lists, complaints);
    }
    for (field, lists) in GROUPS {
        for list in lists.iter().filter(|list| **list != "left_out_statuses" || lists.len() == 3) {
            needs_column(table, list, &[field], definition, complaints);
        }
    }
    for key in ["scale_satisfaction", "satisfied_from"] {
        let columns = ["process_satisfaction", "outcome_satisfaction"];
        needs_column(table, key, &columns, definition, complaints);
    }
    needs_column(table, "severity_max", &["severity"], definition, complaints);
    let list = |key: &str| table.get(key).map(|list| value::texts(list.get_ref())).unwrap_or_default();
    definition.kinds = list("kinds");
    definition.closed_statuses = list("closed_statuses");
    definition.open_statuses = list("open_statuses");
    definition.left_out_statuses = list("left_out_statuses");
    definition.escalated_statuses = list("escalated_statuses");
    definition.other_categories = list("other_categories");
    let written = Outcome::ALL.into_iter().filter(|(_, key)| table.contains_key(*key));
    definition.outcomes = written.map(|(outcome, key)| (outcome, list(key))).collect();
    definition.severity_order = list("severity_order");
    points(table, definition, complaints);
}

fn points(table: &DeTable<'_>, definition: &mut ComplaintsDefinition, complaints: &mut Complaints<'_>) {
    let whole = |key: &str| value::count(table, key).and_then(|number| u32::try_from(number).ok());
    definition.scale_satisfaction = whole("scale_satisfaction");
    let from = whole("satisfied_from");
    if let Some(from) = from.filter(|from| *from > definition.points()) {
        let span = table.get("satisfied_from").map_or(0..0, Spanned::span);
        complaints.error(
            span,
            "out_of_range",
            format!("[complaints]: `satisfied_from = {from}` on a scale of {} points", definition.points()),
            "nobody could be satisfied",
            format!("write a point from 1 to {}, or set `scale_satisfaction`", definition.points()),
        );
    }
    definition.satisfied_from = from;
    let words = u32::try_from(definition.severity_order.len()).unwrap_or(u32::MAX);
    let most = whole("severity_max");
    if let Some(most) = most.filter(|most| *most < words) {
        let span = table.get("severity_max").map_or(0..0, Spanned::span);
        complaints.error(
            span,
            "conflict",
            format!("[complaints]: `severity_max = {most}`, but `severity_order` has {words} words"),
            "the gravest words would have more points than there are",
            format!("write `severity_max = {words}`, or leave it out"),
        );
    }
    definition.severity_max = most.unwrap_or(if words == 0 { definition.severity_max } else { words });
}

/// A text says one thing.
fn check_once(table: &DeTable<'_>, lists: &[&str], complaints: &mut Complaints<'_>) {
    let mut seen: Vec<(String, &str)> = Vec::new();
    for list in lists {
        let items = table.get(*list).and_then(|value| value.get_ref().as_array());
        for item in items.into_iter().flatten() {
            let Some(text) = item.get_ref().as_str() else { continue };
            let key = text_key(text);
            let before = seen.iter().find(|(other, _)| *other == key).map(|(_, list)| *list);
            if let Some(other) = before {
                let both = if other == *list {
                    format!("`{text}` stands twice in `{list}`")
                } else {
                    format!("`{text}` stands in `{other}` and in `{list}`")
                };
                complaints.error(
                    item.span(),
                    "duplicate_value",
                    format!("[complaints]: {both}"),
                    "a text means one thing, whatever its case and blanks",
                    "keep it where it belongs",
                );
            }
            seen.push((key, list));
        }
    }
}

/// What is wrong with a target: code, message, why it matters, help.
pub(super) fn target_fault(
    id: &str,
    target: f64,
    definition: &ComplaintsDefinition,
) -> Option<(&'static str, String, &'static str, String)> {
    let Some(statistic) = ComplaintStatistic::find(id) else {
        let known = || COMPLAINT_STATISTICS.iter().filter(|known| known.better != Better::None);
        let names: Vec<String> = known().map(|known| format!("`{}`", known.id)).collect();
        let help = did_you_mean(id, known().map(|known| known.id)).map_or_else(
            || format!("the figures with a good side are {}", names.join(", ")),
            |near| format!("did you mean `{near}`?"),
        );
        let message = format!("[complaints], key `targets`: there is no figure `{id}`");
        return Some(("unknown_target", message, "it would never be compared with anything", help));
    };
    let (least, most) = statistic.unit.range();
    if statistic.better == Better::None {
        let why = "it is not good or bad by itself: few complaints may mean that complaining is hard";
        let help =
            "set a target for how complaints are handled, such as `closed_in_time`, or `rate_per_1000`";
        let message = format!("[complaints], key `targets`: `{id}` has no good side");
        return Some(("target_without_direction", message, why, help.to_owned()));
    }
    // That it is not below 0 is the key's own rule.
    if target > most {
        let message =
            format!("[complaints], key `targets`: `{id}` is from {least} to {most}, found {target}");
        let help = "shares are percentages: write `90` for 90 %".to_owned();
        return Some(("out_of_range", message, "it could never be met or missed", help));
    }
    let missing = match id {
        "rate_per_1000" if definition.transactions.is_none() => "transactions = …",
        "acknowledged_in_time" if definition.acknowledge_within.is_none() => "acknowledge_within = \"…\"",
        "responded_in_time" if definition.respond_within.is_none() => "respond_within = \"…\"",
        "closed_in_time"
            if definition.close_within.is_none()
                && definition.column("due").is_none()
                && definition.names_fields() =>
        {
            "close_within = \"…\"` or `due = \"…\""
        }
        _ => return None,
    };
    let message = format!("[complaints], key `targets`: there can be no `{id}` in this definition");
    Some(("missing_key", message, "there is nothing to work it out from", format!("write `{missing}`")))
}
