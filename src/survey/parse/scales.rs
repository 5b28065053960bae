//! `[scale.*]`: points, words and the codes that mean no answer.

use std::collections::BTreeMap;
use std::ops::Range;

use indexmap::IndexMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::complaints::Complaints;
use super::value;
use crate::survey::builtin::built_in_scale;
use crate::survey::label::fold;
use crate::survey::measure::Best;
use crate::survey::scale::Scale;

/// A scale, and which of its keys were written.
pub(super) struct WrittenScale {
    pub(super) scale: Scale,
    pub(super) top: bool,
    pub(super) best: bool,
}

/// The scales that the definition writes, by name.
pub(super) fn scales(root: &DeTable<'_>, complaints: &mut Complaints<'_>) -> IndexMap<String, WrittenScale> {
    let mut found = IndexMap::new();
    let Some(table) = root.get("scale").and_then(|value| value.get_ref().as_table()) else { return found };
    for (name, value) in table {
        if let Some(table) = value.get_ref().as_table() {
            found.insert(name.get_ref().to_string(), scale(name, table, complaints));
        }
    }
    found
}

/// A scale that nobody wrote.
pub(super) fn unwritten(name: &str) -> Option<WrittenScale> {
    Some(WrittenScale { scale: built_in_scale(name)?, top: name == "recommend", best: name == "effort5" })
}

fn scale(
    name: &Spanned<std::borrow::Cow<'_, str>>,
    table: &DeTable<'_>,
    complaints: &mut Complaints<'_>,
) -> WrittenScale {
    let id = name.get_ref().as_ref();
    let base = built_in_scale(id);
    let point = |key: &str| value::integer(table, key).and_then(|number| i32::try_from(number).ok());
    let labels = table.get("labels").map(|labels| value::texts(labels.get_ref()));
    let min = point("min").unwrap_or_else(|| base.as_ref().map_or(1, |base| base.min));
    let by_labels =
        labels.as_ref().and_then(|labels| i32::try_from(labels.len()).ok()).map(|count| min + count - 1);
    let max = point("max")
        .or_else(|| base.as_ref().map(|base| base.max))
        .or(by_labels)
        .unwrap_or_else(|| min.saturating_add(4));
    let span_of = |key: &str| table.get(key).map_or(name.span(), Spanned::span);
    let usable = check_ends(id, min, max, span_of("max"), complaints);

    let mut scale = match &base {
        _ if table.contains_key("points") => {
            let best = base.as_ref().map_or(Best::High, |base| base.best);
            let listed = numbered(id, table, name.span(), complaints);
            Scale { best, ..listed.unwrap_or_else(|| Scale::new(id, min, max)) }
        }
        // A table of the same name overrides what it writes; words go with the points they were made for.
        Some(base) if (base.min, base.max) == (min, max) => base.clone(),
        Some(base) => Scale { best: base.best, ..Scale::new(id, min, max) },
        None => Scale::new(id, min, max),
    };
    if let Some(best) = value::text(table, "best") {
        scale.best = if best == "low" { Best::Low } else { Best::High };
    }
    if let Some(top) = value::integer(table, "top").and_then(|top| u32::try_from(top).ok()) {
        if usable && usize::try_from(top).is_ok_and(|top| top >= scale.points()) {
            complaints.error(
                span_of("top"),
                "out_of_range",
                format!("scale `{id}`: a top box of {top} takes in all of its {} points", scale.points()),
                "then every answer is a good one and the share is always 100 %",
                format!("write a `top` from 1 to {}", scale.points() - 1),
            );
        }
        scale.top = top;
    }
    if let Some(labels) = labels {
        if usable {
            check_count(id, "labels", &labels, &scale, span_of("labels"), complaints);
        }
        scale.labels = labels;
    }
    let translations = table.get("translations").and_then(|value| value.get_ref().as_table());
    for (language, value) in translations.into_iter().flatten() {
        let words = value::texts(value.get_ref());
        if usable && value.get_ref().is_array() {
            let key = format!("translations.{}", language.get_ref());
            check_count(id, &key, &words, &scale, value.span(), complaints);
        }
        scale.translations.insert(language.get_ref().to_string(), words);
    }
    scale.not_applicable = value::codes(table, "not_applicable");
    scale.dont_know = value::codes(table, "dont_know");
    scale.missing = value::codes(table, "missing");
    if usable {
        check_words(&scale, table, name.span(), complaints);
    }
    let top =
        table.contains_key("top") || (id == "recommend" && base.is_some_and(|base| base.top == scale.top));
    WrittenScale { top, best: table.contains_key("best") || id == "effort5", scale }
}

/// A scale whose points are listed.
fn numbered(
    id: &str,
    table: &DeTable<'_>,
    name: Range<usize>,
    complaints: &mut Complaints<'_>,
) -> Option<Scale> {
    let span = table.get("points").map_or(name, Spanned::span);
    let written = value::codes(table, "points");
    let points: Option<Vec<i32>> = written.iter().map(|point| point.parse().ok()).collect();
    let far = |points: &Vec<i32>| {
        points.first().zip(points.last()).is_some_and(|(low, high)| i64::from(*high) - i64::from(*low) > 1000)
    };
    let scale = points.filter(|points| !far(points)).and_then(|points| Scale::with_values(id, &points));
    let ends = ["min", "max"].into_iter().find(|end| {
        let written = value::integer(table, end);
        let own = scale.as_ref().map(|scale| i64::from(if *end == "min" { scale.min } else { scale.max }));
        written.is_some() && own.is_some() && written != own
    });
    if scale.is_none() {
        complaints.error(
            span,
            "out_of_range",
            format!("scale `{id}`: `points` are [{}]", written.join(", ")),
            "a scale needs two different whole numbers at least, at most 1000 apart",
            "list the numbers of the points from the smallest to the largest, such as `points = [1, 2, 3, 4, 6]`",
        );
    } else if let Some(end) = ends {
        complaints.error(
            table.get(end).map_or(span, Spanned::span),
            "out_of_range",
            format!("scale `{id}`: `{end}` is not that of its `points`"),
            "the first and the last of the points are its ends",
            format!("take `{end}` out"),
        );
    }
    scale
}

fn check_ends(id: &str, min: i32, max: i32, span: Range<usize>, complaints: &mut Complaints<'_>) -> bool {
    if min >= max {
        complaints.error(
            span,
            "out_of_range",
            format!("scale `{id}`: min {min} is not below max {max}"),
            "a scale needs two points at least",
            "write the smallest number of the scale as `min`; where a low number is good, write `best = \"low\"`",
        );
        return false;
    }
    if i64::from(max) - i64::from(min) > 1000 {
        complaints.error(
            span,
            "out_of_range",
            format!("scale `{id}`: {min} to {max} has more than 1001 points"),
            "every point is counted by itself",
            "use `measure = \"number\"` for a free number",
        );
        return false;
    }
    true
}

fn check_count(
    id: &str,
    key: &str,
    labels: &[String],
    scale: &Scale,
    span: Range<usize>,
    complaints: &mut Complaints<'_>,
) {
    if labels.len() != scale.points() {
        complaints.error(
            span,
            "label_count",
            format!(
                "scale `{id}`: {} `{key}` for {} points ({} to {})",
                labels.len(),
                scale.points(),
                scale.min,
                scale.max
            ),
            "each point from min to max takes one label, in this order",
            "write one label a point; a point without a word gets its number as the label, such as `\"2\"`",
        );
    }
}

/// A word or code must have one meaning only.
fn check_words(scale: &Scale, table: &DeTable<'_>, name: Range<usize>, complaints: &mut Complaints<'_>) {
    let mut meanings: BTreeMap<String, String> = BTreeMap::new();
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    let key_of = |text: &str| number(text).map_or_else(|| fold(text), |number| number.to_string());
    for index in 0..scale.points() {
        let value = scale.value(index).to_string();
        meanings.insert(value.clone(), format!("point {value}"));
    }
    let lists = std::iter::once(("labels".to_owned(), &scale.labels)).chain(
        scale.translations.iter().map(|(language, labels)| (format!("translations.{language}"), labels)),
    );
    for (list, labels) in lists {
        for (index, label) in labels.iter().take(scale.points()).enumerate() {
            let meaning = format!("point {}", scale.value(index));
            let span = span_of(table, &list, index).unwrap_or(name.clone());
            clash(scale, &mut meanings, key_of(label), label, meaning, span, complaints);
        }
    }
    let codes = [
        ("not_applicable", &scale.not_applicable),
        ("dont_know", &scale.dont_know),
        ("missing", &scale.missing),
    ];
    for (list, texts) in codes {
        for (index, text) in texts.iter().enumerate() {
            let span = span_of(table, list, index).unwrap_or(name.clone());
            clash(scale, &mut meanings, key_of(text), text, format!("`{list}`"), span, complaints);
        }
    }
}

fn clash(
    scale: &Scale,
    meanings: &mut BTreeMap<String, String>,
    key: String,
    text: &str,
    meaning: String,
    span: Range<usize>,
    complaints: &mut Complaints<'_>,
) {
    let Some(other) = meanings.get(&key) else {
        meanings.insert(key, meaning);
        return;
    };
    if *other == meaning {
        return;
    }
    let outside = meaning.starts_with('`') && other.starts_with("point");
    let help = if outside && text.trim().parse::<f64>().is_ok() {
        format!(
            "the scale runs from {} to {}; narrow it by `min` and `max`, or take the code out",
            scale.min, scale.max
        )
    } else {
        "give each its own word (case and surrounding spaces do not tell words apart)".to_owned()
    };
    complaints.error(
        span,
        "ambiguous_code",
        format!("scale `{}`: `{text}` means both {other} and {meaning}", scale.name),
        "a cell with it could be read either way",
        help,
    );
}

/// Where an item of a list stands; `translations.de` reaches into its table.
fn span_of(table: &DeTable<'_>, list: &str, index: usize) -> Option<Range<usize>> {
    let value = match list.split_once('.') {
        Some((outer, inner)) => table.get(outer)?.get_ref().as_table()?.get(inner)?,
        None => table.get(list)?,
    };
    match value.get_ref() {
        DeValue::Array(list) => list.get(index).map(Spanned::span),
        _ => Some(value.span()),
    }
}
