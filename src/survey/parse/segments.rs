//! `[segment.*]` and `[dimension.*]`.

use std::ops::Range;

use indexmap::IndexMap;
use toml::Spanned;
use toml::de::DeTable;

use super::complaints::Complaints;
use super::languages;
use super::value;
use crate::survey::definition::Dimension;
use crate::survey::label::{fold, normalize};
use crate::survey::segment::{Band, Segment};
use crate::survey::suggestion::did_you_mean;

/// The segments in written order.
pub(super) fn segments(root: &DeTable<'_>, complaints: &mut Complaints<'_>) -> Vec<Segment> {
    let table = root.get("segment").and_then(|value| value.get_ref().as_table());
    let dated = root
        .get("data")
        .and_then(|value| value.get_ref().as_table())
        .is_some_and(|data| data.contains_key("date"));
    let mut found = Vec::new();
    for (id, value) in table.into_iter().flatten() {
        if let Some(table) = value.get_ref().as_table() {
            found.push(segment(id, table, dated, complaints));
        }
    }
    found
}

fn segment(
    name: &Spanned<std::borrow::Cow<'_, str>>,
    table: &DeTable<'_>,
    dated: bool,
    complaints: &mut Complaints<'_>,
) -> Segment {
    let id = name.get_ref().to_string();
    if id.contains([',', '*']) {
        complaints.error(
            name.span(),
            "bad_name",
            format!("segment `{id}`: an id with a comma or an asterisk"),
            "`--by region*age,channel` could not name it",
            format!("give it another id and name the column: `column = \"{id}\"`"),
        );
    }
    let age = table.contains_key("age_from");
    conflicts(&id, table, complaints);
    if let (Some(from), false) = (table.get("age_from"), dated) {
        complaints.error(
            from.span(),
            "age_without_date",
            format!("segment `{id}`: `age_from` without a date"),
            "the age is that at the date of the answer",
            "name the column with the date of the answer by `date = \"…\"` under [data]",
        );
    }
    let columns = table
        .get("age_from")
        .or_else(|| table.get("column"))
        .map(|columns| value::texts(columns.get_ref()))
        .filter(|columns| !columns.is_empty())
        .unwrap_or_else(|| vec![id.clone()]);
    let mut labels = IndexMap::new();
    for (code, label) in
        table.get("labels").and_then(|value| value.get_ref().as_table()).into_iter().flatten()
    {
        if let Some(label) = label.get_ref().as_str() {
            let code_text = normalize(code.get_ref());
            if labels.insert(code_text.clone(), label.trim().to_owned()).is_some() {
                let message = format!("segment `{id}`: value `{code_text}` has two labels");
                complaints.error(
                    code.span(),
                    "duplicate_value",
                    message,
                    "it cannot be told which is meant",
                    "keep one of them",
                );
            }
        }
    }
    let label_translations = languages::of_segment(&id, table, &mut labels, complaints);
    let bands = bands(&id, table, complaints);
    let mut segment = Segment {
        label: value::text(table, "label"),
        id,
        columns,
        labels,
        label_translations,
        bands,
        age,
        population: IndexMap::new(),
    };
    if let Some(table) = table.get("population").and_then(|value| value.get_ref().as_table()) {
        segment.population = counts_by_value(&segment, table, "population", complaints);
    }
    segment
}

fn conflicts(id: &str, table: &DeTable<'_>, complaints: &mut Complaints<'_>) {
    let pairs = [
        (
            "column",
            "age_from",
            "the age is worked out from one column",
            "keep `age_from`, or `column` for bands of a plain number",
        ),
        ("labels", "bands", "bands carry their own labels", "keep one of them"),
        ("labels", "age_from", "ages have bands, not labels", "write the groups under `bands`"),
    ];
    for (first, second, why, help) in pairs {
        if let (Some(_), Some(at)) = (table.get(first), table.get_key_value(second)) {
            complaints.error(
                at.0.span(),
                "conflict",
                format!("segment `{id}`: both `{first}` and `{second}`"),
                why,
                help,
            );
        }
    }
}

/// The bands in written order; each number belongs to one band at most.
fn bands(id: &str, table: &DeTable<'_>, complaints: &mut Complaints<'_>) -> Vec<Band> {
    let written = table.get("bands").and_then(|value| value.get_ref().as_table());
    let mut found: Vec<(Band, Range<usize>)> = Vec::new();
    for (label, value) in written.into_iter().flatten() {
        let Some((low, high)) = value.get_ref().as_str().and_then(value::number_range) else { continue };
        let band = Band { label: label.get_ref().to_string(), low, high };
        if let (Some(low), Some(high)) = (low, high)
            && low > high
        {
            complaints.error(
                value.span(),
                "empty_band",
                format!("segment `{id}`: band `{}` from {low} to {high} is empty", band.label),
                "no number is in it",
                format!("write `\"{high}..{low}\"`"),
            );
            continue;
        }
        if let Some((other, _)) = found.iter().find(|(other, _)| overlap(other, &band)) {
            complaints.error(
                value.span(),
                "overlapping_bands",
                format!("segment `{id}`: bands `{}` and `{}` overlap", other.label, band.label),
                "a number in both would be counted in either; both ends belong to a band",
                "end one where the other has not begun yet: `\"..29\"`, `\"30..49\"`, `\"50..\"`",
            );
        }
        found.push((band, value.span()));
    }
    found.into_iter().map(|(band, _)| band).collect()
}

fn overlap(a: &Band, b: &Band) -> bool {
    let low = a.low.unwrap_or(f64::NEG_INFINITY).max(b.low.unwrap_or(f64::NEG_INFINITY));
    let high = a.high.unwrap_or(f64::INFINITY).min(b.high.unwrap_or(f64::INFINITY));
    low <= high
}

/// Counts by value of a segment; a code is turned into its label.
pub(super) fn counts_by_value(
    segment: &Segment,
    table: &DeTable<'_>,
    key: &str,
    complaints: &mut Complaints<'_>,
) -> IndexMap<String, u64> {
    let mut counts = IndexMap::new();
    let bands: Vec<&str> = segment.bands.iter().map(|band| band.label.as_str()).collect();
    let labels: Vec<&str> = segment.labels.values().map(String::as_str).collect();
    for (name, value) in table {
        let given = normalize(name.get_ref());
        let label = segment
            .labels
            .get(&given)
            .cloned()
            .or_else(|| {
                labels.iter().find(|label| fold(label) == fold(&given)).map(|label| (*label).to_owned())
            })
            .unwrap_or_else(|| given.clone());
        let known = if bands.is_empty() { &labels } else { &bands };
        if !known.is_empty() && !known.contains(&label.as_str()) {
            let near = did_you_mean(&given, known.iter().copied());
            let help = near.map_or_else(
                || format!("its values are {}", known.join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            let message = format!("segment `{}`, `{key}`: there is no value `{given}`", segment.id);
            complaints.error(
                name.span(),
                "unknown_segment_value",
                message,
                "its number would never be used",
                help,
            );
        }
        let count =
            value.get_ref().as_integer().and_then(value::whole).and_then(|count| u64::try_from(count).ok());
        if let Some(count) = count
            && counts.insert(label.clone(), count).is_some()
        {
            let message = format!("segment `{}`, `{key}`: `{label}` stands twice", segment.id);
            complaints.error(
                name.span(),
                "duplicate_value",
                message,
                "it cannot be told which number is meant",
                "keep one of them",
            );
        }
    }
    counts
}

/// The dimensions in written order.
pub(super) fn dimensions(root: &DeTable<'_>) -> IndexMap<String, Dimension> {
    let table = root.get("dimension").and_then(|value| value.get_ref().as_table());
    table
        .into_iter()
        .flatten()
        .filter_map(|(id, value)| {
            let table = value.get_ref().as_table()?;
            let weight = table.get("weight").and_then(|weight| value::number(weight.get_ref()));
            let points = table.get("points").map(|points| value::texts(points.get_ref()));
            let points = points.unwrap_or_default().iter().map(|name| normalize(name)).collect();
            let label = value::text(table, "label");
            Some((id.get_ref().to_string(), Dimension { label, weight, points }))
        })
        .collect()
}
