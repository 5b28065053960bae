//! The shape of a definition: unknown keys, wrong types and values out of range, by the table of keys.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::complaints::Complaints;
use super::kinds::{allows, example, fault, meaning, wanted};
use super::value;
use crate::survey::keys::{Key, Kind, RESERVED, key_at, keys, names_below};
use crate::survey::suggestion::did_you_mean;

/// Checks every key and value of a definition against the table of keys.
pub(super) fn check(root: &DeTable<'_>, complaints: &mut Complaints<'_>) {
    for (name, value) in root {
        let known = names_below("").contains(&name.get_ref().as_ref());
        if known {
            node(name.get_ref(), &label_of(name.get_ref()), value, name.span(), complaints);
        } else {
            top_level(name, value, complaints);
        }
    }
}

/// A table at the top that is not one of ours: reserved, or a slip.
fn top_level(
    name: &Spanned<std::borrow::Cow<'_, str>>,
    value: &Spanned<DeValue<'_>>,
    complaints: &mut Complaints<'_>,
) {
    let given = name.get_ref().as_ref();
    if let Some((_, purpose)) = RESERVED.iter().find(|(reserved, _)| *reserved == given) {
        return complaints.error(
            name.span(),
            "reserved",
            format!("`{given}` is reserved for a later version ({purpose})"),
            "a table that was read but not used would promise what is not done",
            "remove it",
        );
    }
    let tables = names_below("");
    let help = if value.get_ref().is_table() {
        did_you_mean(given, tables.iter().copied()).map_or_else(
            || format!("the tables are {}", ticked(&tables)),
            |name| format!("did you mean `[{name}]`?"),
        )
    } else {
        home_of(given)
            .unwrap_or_else(|| "keys stand in a table, such as `[survey]` or `[question.overall]`".to_owned())
    };
    complaints.error(name.span(), "unknown_key", format!("unknown key `{given}`"), UNKNOWN, help);
}

const UNKNOWN: &str = "a key that is not known would be ignored, and nobody would notice";

/// Checks one value that may stand at `path`; `label` names it for the reader.
fn node(
    path: &str,
    label: &str,
    value: &Spanned<DeValue<'_>>,
    name: Range<usize>,
    complaints: &mut Complaints<'_>,
) {
    let below = names_below(path);
    let key = key_at(path);
    match value.get_ref() {
        DeValue::Array(rows) if key.is_some_and(|key| key.kind == Kind::Rows) => {
            for row in rows {
                match row.get_ref() {
                    DeValue::Table(table) => children(path, label, table, &below, complaints),
                    _ => not_a_table(path, label, key, row, row.span(), complaints),
                }
            }
        }
        DeValue::Array(items)
            if key.is_some_and(|key| key.kind == Kind::Conditions && key.or_table)
                && items.iter().any(|item| item.get_ref().is_table()) =>
        {
            for item in items {
                // Nothing but a text or a table is one condition.
                match item.get_ref() {
                    DeValue::Array(_) => not_a_table(path, label, key, item, item.span(), complaints),
                    _ => node(path, label, item, item.span(), complaints),
                }
            }
        }
        DeValue::Table(_) if key.is_some_and(|key| key.kind == Kind::Rows && !key.or_table) => complaints
            .error(
                name,
                "wrong_type",
                format!("{label}: expected `[[{path}]]`, found one pair of brackets"),
                "there may be several, so each stands under a header of its own in double brackets",
                format!("write `[[{path}]]`"),
            ),
        DeValue::Table(table) if !below.is_empty() => children(path, label, table, &below, complaints),
        _ => match key {
            Some(key) if !matches!(key.kind, Kind::Table | Kind::Rows) => {
                match fault(key.kind, value.get_ref()) {
                    None => {}
                    Some((code, found, help)) => {
                        let wanted = wanted(key);
                        let help = help.unwrap_or_else(|| example(key));
                        let message = format!("{label}: expected {wanted}, found {found}");
                        complaints.error(value.span(), code, message, &meaning(key), help);
                    }
                }
            }
            _ => not_a_table(path, label, key, value, name, complaints),
        },
    }
}

fn not_a_table(
    path: &str,
    label: &str,
    key: Option<&Key>,
    value: &Spanned<DeValue<'_>>,
    name: Range<usize>,
    complaints: &mut Complaints<'_>,
) {
    let found = value::describe(value.get_ref());
    let why = key.map_or_else(|| "what belongs together stands in one table".to_owned(), meaning);
    let help = match (path, value.get_ref()) {
        ("data.wave", DeValue::String(text))
            if key_at("data.wave.every").is_some_and(|every| allows(every, text)) =>
        {
            format!("write `wave = {{ every = \"{text}\" }}`")
        }
        ("data.wave", _) => {
            "write `wave = { every = \"quarter\" }` or `wave = { column = \"round\" }`".to_owned()
        }
        (_, DeValue::Array(list)) if list.iter().any(|item| item.get_ref().is_table()) => {
            format!("write one pair of brackets and an id: `[{}.id]`", path.split('.').next().unwrap_or(path))
        }
        ("gate", _) => "write `[[gate]]` and the keys below it".to_owned(),
        ("scale" | "question" | "block" | "segment" | "dimension" | "construct", _) => {
            format!("write `[{path}.id]` with an id of your own, and the keys below it")
        }
        _ => {
            let names: Vec<_> = names_below(path).into_iter().filter(|name| *name != "*").collect();
            if names.is_empty() {
                "write a table: `{ … = … }`".to_owned()
            } else {
                format!("write a table with {}", ticked(&names))
            }
        }
    };
    // The brackets of `[[question]]` are what is wrong, not all that follows them.
    let span = if value.get_ref().is_array() { name } else { value.span() };
    complaints.error(span, "wrong_type", format!("{label}: expected a table, found {found}"), &why, help);
}

fn children(path: &str, label: &str, table: &DeTable<'_>, below: &[&str], complaints: &mut Complaints<'_>) {
    for (name, value) in table {
        let given = name.get_ref().as_ref();
        if below.contains(&given) && given != "*" {
            let child =
                if below.contains(&"*") { label.to_owned() } else { format!("{label}, key `{given}`") };
            node(&format!("{path}.{given}"), &child, value, name.span(), complaints);
        } else if below.contains(&"*") {
            if given.trim().is_empty() || given.chars().any(char::is_control) {
                complaints.error(
                    name.span(),
                    "bad_name",
                    format!("{label}: a name is blank or holds a control character"),
                    "names are typed in commands and printed in tables",
                    "give it a name of letters and digits",
                );
                continue;
            }
            // A table is wanted and something else stands here: most likely one of the keys beside the tables.
            let is_table = key_at(&format!("{path}.*")).is_none();
            if is_table
                && !value.get_ref().is_table()
                && did_you_mean(given, below.iter().copied().filter(|name| *name != "*")).is_some()
            {
                unknown(path, label, given, value, name.span(), below, complaints);
                continue;
            }
            let child = match path {
                "scale" | "question" | "block" | "segment" | "dimension" | "construct" => {
                    format!("{path} `{given}`")
                }
                _ => format!("{label}, `{given}`"),
            };
            node(&format!("{path}.*"), &child, value, name.span(), complaints);
        } else {
            unknown(path, label, given, value, name.span(), below, complaints);
        }
    }
}

fn unknown(
    path: &str,
    label: &str,
    given: &str,
    value: &Spanned<DeValue<'_>>,
    span: Range<usize>,
    below: &[&str],
    complaints: &mut Complaints<'_>,
) {
    let dotted = value.get_ref().as_table().is_some_and(|table| {
        path.ends_with(".*") && table.iter().any(|(name, _)| below.contains(&name.get_ref().as_ref()))
    });
    let help = if dotted {
        let (kind, id) = label.split_once(" `").unwrap_or((label, ""));
        format!("an id with a dot needs quotes: `[{kind}.\"{}.{given}\"]`", id.trim_end_matches('`'))
    } else if let Some(name) = did_you_mean(given, below.iter().copied()) {
        format!("did you mean `{name}`?")
    } else if let Some(home) = inner_home(path, given, below).or_else(|| home_of(given)) {
        home
    } else {
        format!("the keys here are {}", ticked(below))
    };
    complaints.error(span, "unknown_key", format!("{label}: unknown key `{given}`"), UNKNOWN, help);
}

/// A key of a question written in its scale, or the like.
fn inner_home(path: &str, given: &str, below: &[&str]) -> Option<String> {
    let scale_key = key_at(&format!("scale.*.{given}")).is_some() && !below.contains(&given);
    match path {
        "question.*" | "block.*" if scale_key => Some(format!(
            "`{given}` belongs to a scale: write it under `[scale.NAME]` and name that with `scale = \"NAME\"`"
        )),
        _ => None,
    }
}

/// Where a key that stands in the wrong table belongs.
fn home_of(given: &str) -> Option<String> {
    let single = ["survey", "data", "defaults"]
        .into_iter()
        .find(|table| key_at(&format!("{table}.{given}")).is_some())
        .map(str::to_owned);
    let home = single.or_else(|| {
        keys()
            .iter()
            .find(|key| key.name() == given && key.parts().nth(1) == Some("*") && key.parts().count() == 3)
            .map(|key| format!("{}.…", key.parts().next().unwrap_or("")))
    })?;
    Some(format!("`{given}` belongs to `[{home}]`: a key belongs to the last table opened above it"))
}

fn label_of(table: &str) -> String {
    let rows = key_at(table).is_some_and(|key| key.kind == Kind::Rows && !key.or_table);
    if rows { format!("[[{table}]]") } else { format!("[{table}]") }
}

fn ticked(names: &[&str]) -> String {
    let names: Vec<String> =
        names.iter().filter(|name| **name != "*").map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
