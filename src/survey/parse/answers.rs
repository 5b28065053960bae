//! What a question's answers look like: which keys fit its measure, its scale, its options.

use indexmap::IndexMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::complaints::Complaints;
use super::questions::{Surroundings, Written};
use super::scales::{WrittenScale, unwritten};
use super::value;
use crate::survey::builtin::{BUILT_IN, better_half, default_scale};
use crate::survey::label::{fold, normalize};
use crate::survey::measure::{Best, Measure};
use crate::survey::scale::Scale;
use crate::survey::suggestion::did_you_mean;

use Measure::{Ces, Checklist, Choice, Csat, Gap, Importance, Kano, Multi, Nps, Number, Rating, Text};

/// The measures that each key makes sense for; keys that are not listed fit all.
const FITTING: &[(&str, &[Measure])] = &[
    ("column", &[Csat, Nps, Ces, Rating, Importance, Choice, Multi, Text, Number, Checklist]),
    ("scale", &[Csat, Nps, Ces, Rating, Gap, Kano, Importance, Choice, Multi, Checklist]),
    ("overall", &[Csat, Nps, Ces, Rating, Number]),
    ("headline", &[Csat, Nps, Ces, Rating, Gap, Importance, Number]),
    ("target", &[Csat, Nps, Ces, Rating, Gap, Importance, Number, Checklist]),
    ("better", &[Csat, Nps, Ces, Rating, Gap, Importance, Number]),
    ("driver", &[Csat, Nps, Ces, Rating, Gap, Importance, Number]),
    ("version", &[Ces]),
    ("bridge", &[Csat, Nps, Ces, Rating, Gap, Importance, Choice, Multi, Number, Checklist]),
    ("importance_of", &[Importance]),
    ("retest_of", &[Csat, Nps, Ces, Rating, Importance]),
    ("expectation", &[Gap]),
    ("perception", &[Gap]),
    ("adequate", &[Gap]),
    ("planned", &[Gap]),
    ("delivered", &[Gap]),
    ("disconfirmation", &[Csat, Rating]),
    ("functional", &[Kano]),
    ("dysfunctional", &[Kano]),
    ("evaluation", &[Kano]),
    ("labels", &[Choice, Multi]),
    ("clause", &[Checklist]),
    ("evidence", &[Checklist]),
    ("owner", &[Checklist]),
    ("separator", &[Multi]),
    ("missing", &[Multi]),
];

/// Complains about keys in the question's own table that its measure has no use for.
pub(super) fn check_keys(written: &Written<'_>, measure: Measure, complaints: &mut Complaints<'_>) {
    if let Some(table) = written.own {
        check_table(&format!("question `{}`", written.id), table, measure, complaints);
    }
}

/// Complains about keys in a block that the block's measure has no use for.
pub(super) fn check_block(
    name: &Spanned<std::borrow::Cow<'_, str>>,
    table: &DeTable<'_>,
    complaints: &mut Complaints<'_>,
) {
    let measure = match table.get("measure") {
        Some(value) => value.get_ref().as_str().and_then(Measure::parse),
        None => Some(Rating),
    };
    if let Some(measure) = measure {
        check_table(&format!("block `{}`", name.get_ref()), table, measure, complaints);
    }
}

fn check_table(owner: &str, table: &DeTable<'_>, measure: Measure, complaints: &mut Complaints<'_>) {
    for (name, _) in table {
        let Some((key, fitting)) = FITTING.iter().find(|(key, _)| *key == name.get_ref().as_ref()) else {
            continue;
        };
        if !fitting.contains(&measure) {
            let names: Vec<String> = fitting.iter().map(|measure| format!("`{}`", measure.name())).collect();
            let help = if table.contains_key("measure") {
                format!("remove it; it is for {}", names.join(", "))
            } else {
                format!("say what the question measures; `{key}` is for {}", names.join(", "))
            };
            complaints.error(
                name.span(),
                "key_not_for_measure",
                format!("{owner}: `{key}` has no meaning for {}", measure.name()),
                "a key that changes nothing would mislead whoever reads the definition",
                help,
            );
        }
    }
}

/// The scale of a scored question, turned and cut as its measure asks.
pub(super) fn scale(
    written: &Written<'_>,
    measure: Measure,
    version: Option<u8>,
    surroundings: &Surroundings<'_>,
    complaints: &mut Complaints<'_>,
) -> Option<Scale> {
    let default = default_scale(measure, version)?;
    let rated = matches!(measure, Csat | Rating);
    let compares =
        rated && written.get("disconfirmation").is_some_and(|key| key.get_ref().as_bool() == Some(true));
    let default = if compares { "disconfirmation" } else { default };
    let by_default = surroundings.default_scale.as_deref().filter(|_| rated && !compares);
    let name = written.text("scale").unwrap_or_else(|| by_default.unwrap_or(default).to_owned());
    let Some(WrittenScale { mut scale, top, best }) = named(&name, surroundings) else {
        if written.get("scale").is_some() {
            unknown(&format!("question `{}`", written.id), &name, written, surroundings, complaints);
        }
        return None;
    };
    if measure == Ces {
        if version == Some(1) && !best {
            // Version 1 asks how much effort it took.
            scale.best = Best::Low;
        }
        if !top {
            scale.top = better_half(&scale);
        }
    }
    if measure == Kano && !best {
        // The answers are printed from liking to disliking.
        scale.best = Best::Low;
    }
    if measure == Nps && !top {
        scale.top = 2;
    }
    check_fit(written, measure, &scale, complaints);
    Some(scale)
}

/// A scale of the definition, else a built-in one.
pub(super) fn named(name: &str, surroundings: &Surroundings<'_>) -> Option<WrittenScale> {
    match surroundings.scales.get(name) {
        Some(written) => {
            Some(WrittenScale { scale: written.scale.clone(), top: written.top, best: written.best })
        }
        None => unwritten(name),
    }
}

fn unknown(
    owner: &str,
    name: &str,
    written: &Written<'_>,
    surroundings: &Surroundings<'_>,
    complaints: &mut Complaints<'_>,
) {
    complaints.error(
        written.span_of("scale"),
        "unknown_scale",
        format!("{owner}: there is no scale `{name}`"),
        "without its scale an answer cannot be told from an error",
        scale_help(name, surroundings.scales.keys().map(String::as_str)),
    );
}

/// What to do about a scale that does not exist.
pub(super) fn scale_help<'a>(name: &str, written: impl Iterator<Item = &'a str>) -> String {
    let known: Vec<&str> = written.chain(BUILT_IN).collect();
    did_you_mean(name, known.iter().copied()).map_or_else(
        || format!("declare it by `[scale.{name}]`, or use one of {}", known.join(", ")),
        |near| format!("did you mean `{near}`?"),
    )
}

fn check_fit(written: &Written<'_>, measure: Measure, scale: &Scale, complaints: &mut Complaints<'_>) {
    let (message, why, help) = match measure {
        Nps if scale.best == Best::Low => (
            "an NPS scale with `best = \"low\"`".to_owned(),
            "promoters are at the high end",
            "use `measure = \"rating\"`, or turn the numbers in the file",
        ),
        Nps if scale.max != 10 || !matches!(scale.min, 0 | 1) || !scale.values.is_empty() => (
            format!("an NPS scale of {} to {}", scale.min, scale.max),
            "promoters (9 and 10) and detractors are defined on 0 to 10 only (or 1 to 10)",
            "use `measure = \"rating\"` with `headline = \"net\"`",
        ),
        Checklist if !matches!(scale.points(), 2 | 3) => (
            format!("a checklist scale of {} points", scale.points()),
            "an item is met, met in part or not met",
            "use two or three points, or `measure = \"rating\"`",
        ),
        Kano if scale.points() != 5 => (
            format!("a Kano scale of {} points", scale.points()),
            "the evaluation table crosses five answers with five",
            "use the five answers, from \"I like it\" to \"I dislike it\"",
        ),
        _ => return,
    };
    let message = format!("question `{}`: {message}", written.id);
    complaints.error(written.span_of("scale"), "scale_not_for_measure", message, why, help);
}

/// Codes and labels of choice and multi questions.
pub(super) fn options(
    written: &Written<'_>,
    measure: Measure,
    surroundings: &Surroundings<'_>,
    complaints: &mut Complaints<'_>,
) -> IndexMap<String, String> {
    if !matches!(measure, Choice | Multi) {
        return IndexMap::new();
    }
    let options = match (written.get("labels"), written.get("scale")) {
        (Some(_), Some(_)) => {
            complaints.error(
                written.span_of("labels"),
                "conflict",
                format!("question `{}`: both `labels` and `scale`", written.id),
                "both would give the options",
                "keep one of them",
            );
            return IndexMap::new();
        }
        (Some(labels), None) => listed(labels.get_ref()),
        (None, Some(_)) => from_scale(written, measure, surroundings, complaints),
        (None, None) => return IndexMap::new(),
    };
    let mut seen: Vec<String> = Vec::new();
    for code in options.keys() {
        let folded = fold(code);
        if seen.contains(&folded) {
            complaints.error(
                written.span_of("labels"),
                "duplicate_value",
                format!("question `{}`: code `{code}` has two labels", written.id),
                "it cannot be told which is meant",
                "keep one of them",
            );
        }
        seen.push(folded);
    }
    options
}

/// A list gets the codes 1, 2, 3 …; a table brings its own.
pub(super) fn listed(labels: &DeValue<'_>) -> IndexMap<String, String> {
    match labels {
        DeValue::Table(table) => table
            .iter()
            .filter_map(|(code, label)| {
                Some((normalize(code.get_ref()), label.get_ref().as_str()?.trim().to_owned()))
            })
            .collect(),
        other => value::texts(other)
            .into_iter()
            .enumerate()
            .map(|(index, label)| ((index + 1).to_string(), label.trim().to_owned()))
            .collect(),
    }
}

fn from_scale(
    written: &Written<'_>,
    measure: Measure,
    surroundings: &Surroundings<'_>,
    complaints: &mut Complaints<'_>,
) -> IndexMap<String, String> {
    let Some(name) = written.text("scale") else { return IndexMap::new() };
    let owner = format!("question `{}`", written.id);
    let Some(WrittenScale { scale, .. }) = named(&name, surroundings) else {
        unknown(&owner, &name, written, surroundings, complaints);
        return IndexMap::new();
    };
    let coded = !(scale.not_applicable.is_empty() && scale.dont_know.is_empty() && scale.missing.is_empty());
    if scale.labels.is_empty() || coded {
        let what = if coded { "codes that mean no answer" } else { "no labels" };
        complaints.error(
            written.span_of("scale"),
            "scale_not_for_measure",
            format!("{owner}: scale `{name}` has {what}, which a {} question does not read", measure.name()),
            "of a scale, such a question takes the labels as its options and nothing else",
            "write the options by `labels = { 1 = \"…\", 2 = \"…\" }`",
        );
    }
    scale
        .labels
        .iter()
        .enumerate()
        .map(|(index, label)| (scale.value(index).to_string(), label.clone()))
        .collect()
}
