//! The shape of a definition: unknown keys, wrong types and values out of range, by the table of keys.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::complaints::Complaints;
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

/// A table at the top that is not one of ours: reserved, not available yet, or a slip.
fn top_level(
    name: &Spanned<std::borrow::Cow<'_, str>>,
    value: &Spanned<DeValue<'_>>,
    complaints: &mut Complaints<'_>,
) {
    let given = name.get_ref().as_ref();
    if given == "weighting" {
        return complaints.error(
            name.span(),
            "not_yet",
            "`[weighting]` is not available yet",
            "targets that were read but not used would look as if the figures were weighted",
            "remove it, or name a column of ready-made weights with `weight = \"…\"` under [data]",
        );
    }
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
        DeValue::Table(_) if key.is_some_and(|key| key.kind == Kind::Rows) => complaints.error(
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
        ("scale" | "question" | "block" | "segment" | "dimension", _) => {
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
            let child = match path {
                "scale" | "question" | "block" | "segment" | "dimension" => format!("{path} `{given}`"),
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

/// What is wrong with a value: a code, what was found, and help where there is some of its own.
type Fault = (&'static str, String, Option<String>);

fn fault(kind: Kind, value: &DeValue<'_>) -> Option<Fault> {
    let wrong = || Some(("wrong_type", value::describe(value), quote_help(kind, value)));
    let range = |help: Option<String>| Some(("out_of_range", value::describe(value), help));
    match (kind, value) {
        (Kind::Text | Kind::Column | Kind::Columns, DeValue::String(text)) => text_fault(text, true),
        (Kind::Name | Kind::Names, DeValue::String(text)) => text_fault(text, false),
        (Kind::NumberRange, DeValue::String(text)) => match value::number_range(text) {
            Some(_) => None,
            None => Some(("bad_range", format!("`{text}`"), range_help(text))),
        },
        (Kind::Names, DeValue::Array(list)) => items_fault(list.iter(), Kind::Name, true),
        (Kind::Columns, DeValue::Array(list)) => items_fault(list.iter(), Kind::Column, true),
        (Kind::Texts, DeValue::Array(list)) => items_fault(list.iter(), Kind::Text, true),
        (Kind::Codes, DeValue::Array(list)) => list.iter().find_map(|item| match item.get_ref() {
            DeValue::Integer(_) | DeValue::Float(_) if value::code(item.get_ref()).is_some() => None,
            DeValue::String(_) => None,
            other => Some(("wrong_type", format!("{} in the list", value::describe(other)), None)),
        }),
        (Kind::Whole { min, max }, DeValue::Integer(integer)) => match value::whole(integer) {
            Some(number) if (min..=max).contains(&number) => None,
            _ => range(None),
        },
        (Kind::Number { min, max }, DeValue::Integer(_) | DeValue::Float(_)) => match value::number(value) {
            Some(number) if (min..=max).contains(&number) => None,
            Some(number) if max < 1.0 && (50.0..100.0).contains(&number) => {
                range(Some(format!("write {} for {number} %", number / 100.0)))
            }
            _ => range(None),
        },
        (Kind::Words(words), DeValue::Array(list)) => {
            items_fault(list.iter(), Kind::Word(words), true).or_else(|| repeated(list.iter()))
        }
        (Kind::Colour, DeValue::String(text)) => match text.strip_prefix('#') {
            Some(digits) if digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) => None,
            _ => Some(("bad_colour", format!("`\"{text}\"`"), colour_help(text))),
        },
        (Kind::Edition, DeValue::String(text)) => {
            let year = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
            (!year).then(|| ("bad_edition", format!("`\"{text}\"`"), None))
        }
        (Kind::Flag, DeValue::Boolean(_)) => None,
        (Kind::Word(words), DeValue::String(text)) => {
            if words.contains(&text.as_ref()) {
                return None;
            }
            let help =
                did_you_mean(text, words.iter().copied()).map(|word| format!("did you mean `\"{word}\"`?"));
            Some(("unknown_value", format!("`\"{text}\"`"), help))
        }
        _ => wrong(),
    }
}

fn items_fault<'v>(
    items: impl ExactSizeIterator<Item = &'v Spanned<DeValue<'v>>>,
    kind: Kind,
    some: bool,
) -> Option<Fault> {
    if some && items.len() == 0 {
        return Some(("out_of_range", "an empty list".to_owned(), None));
    }
    let mut position = 0;
    for item in items {
        position += 1;
        if let Some((code, found, help)) = fault(kind, item.get_ref()) {
            let help = help.or_else(|| {
                let blank =
                    kind == Kind::Text && item.get_ref().as_str().is_some_and(|text| text.trim().is_empty());
                blank.then(|| {
                    "a point without a word gets its number as the label, such as `\"2\"`".to_owned()
                })
            });
            return Some((code, format!("{found} as item {position}"), help));
        }
    }
    None
}

/// A word that stands twice in a list.
fn repeated<'v>(items: impl Iterator<Item = &'v Spanned<DeValue<'v>>>) -> Option<Fault> {
    let mut seen: Vec<&str> = Vec::new();
    for word in items.filter_map(|item| item.get_ref().as_str()) {
        if seen.contains(&word) {
            return Some(("duplicate_value", format!("`\"{word}\"` twice"), Some("keep it once".to_owned())));
        }
        seen.push(word);
    }
    None
}

/// A colour in another way of writing that has one meaning only.
fn colour_help(text: &str) -> Option<String> {
    let digits = text.trim().trim_start_matches('#');
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    match digits.len() {
        6 => Some(format!("write `\"#{digits}\"`")),
        3 => {
            Some(format!("write `\"#{}\"`", digits.chars().flat_map(|digit| [digit; 2]).collect::<String>()))
        }
        _ => None,
    }
}

fn text_fault(text: &str, lines: bool) -> Option<Fault> {
    if text.trim().is_empty() {
        return Some(("out_of_range", "a blank text".to_owned(), None));
    }
    let bad =
        text.chars().find(|found| found.is_control() && !(lines && matches!(found, '\n' | '\r' | '\t')))?;
    let help =
        "a backslash in double quotes starts an escape (`\\t` is a tab); write the text in single quotes";
    Some((
        "control_character",
        format!("the control character `{}`", bad.escape_default()),
        Some(help.to_owned()),
    ))
}

/// Help for a value of the wrong type that only lacks or has quotes too many.
fn quote_help(kind: Kind, value: &DeValue<'_>) -> Option<String> {
    match (kind, value) {
        (Kind::Whole { .. } | Kind::Number { .. }, DeValue::String(text)) => {
            let plain = text.trim().replace(',', ".");
            plain
                .parse::<f64>()
                .ok()
                .filter(|number| number.is_finite())
                .map(|_| format!("write {plain} without quotes"))
        }
        (Kind::Flag, DeValue::String(text)) => match text.to_lowercase().as_str() {
            "true" | "yes" => Some("write `true` without quotes".to_owned()),
            "false" | "no" => Some("write `false` without quotes".to_owned()),
            _ => None,
        },
        (Kind::Flag, DeValue::Integer(integer)) => match integer.as_str() {
            "1" => Some("write `true`".to_owned()),
            "0" => Some("write `false`".to_owned()),
            _ => None,
        },
        (
            Kind::Text
            | Kind::Name
            | Kind::Names
            | Kind::Column
            | Kind::Columns
            | Kind::Word(_)
            | Kind::Edition,
            DeValue::Integer(integer),
        ) => Some(format!("write it in quotes: `\"{}\"`", integer.as_str())),
        (Kind::Texts | Kind::Codes | Kind::Words(_), DeValue::String(text)) => {
            Some(format!("write it as a list: `[\"{text}\"]`"))
        }
        (Kind::Codes, DeValue::Integer(integer)) => {
            Some(format!("write it as a list: `[{}]`", integer.as_str()))
        }
        _ => None,
    }
}

fn range_help(text: &str) -> Option<String> {
    let plain = text.replace(" to ", "..").replace(['–', '—', '-', '…', '+'], "..");
    let plain: String = plain.split_whitespace().collect();
    let cut = plain.strip_prefix("under").map(|number| format!("..{number}")).unwrap_or(plain);
    value::number_range(&cut).map(|_| format!("write `\"{cut}\"`"))
}

fn allows(key: &Key, text: &str) -> bool {
    matches!(key.kind, Kind::Word(words) if words.contains(&text))
}

fn meaning(key: &Key) -> String {
    if key.name() == "*" { key.doc.to_owned() } else { format!("`{}` is {}", key.name(), key.doc) }
}

/// What a key takes, in words.
fn wanted(key: &Key) -> String {
    let words = match key.kind {
        Kind::Text | Kind::Name | Kind::Column => "a text".to_owned(),
        Kind::Names | Kind::Columns => "a name or a list of names".to_owned(),
        Kind::Texts => "a list of texts".to_owned(),
        Kind::Codes => "a list of numbers or texts".to_owned(),
        Kind::Whole { min, max } if max < 1_000_000 => format!("a whole number from {min} to {max}"),
        Kind::Whole { min, .. } if min >= 0 => format!("a whole number of at least {min}"),
        Kind::Whole { .. } => "a whole number".to_owned(),
        Kind::Number { min, max } if max < 1e6 => format!("a number from {min} to {max}"),
        Kind::Number { min, .. } if min >= 0.0 => format!("a number of at least {min}"),
        Kind::Number { .. } => "a number".to_owned(),
        Kind::Flag => "true or false".to_owned(),
        Kind::Word(words) => format!("one of {}", listed(words)),
        Kind::Words(words) => format!("a list of {}", words.join(", ")),
        Kind::Colour => "a colour".to_owned(),
        Kind::Edition => "the year of an edition".to_owned(),
        Kind::NumberRange => "a range of numbers".to_owned(),
        Kind::Table => "a table".to_owned(),
        Kind::Rows => "tables in double brackets".to_owned(),
    };
    if key.or_table { format!("{words} or a table") } else { words }
}

fn example(key: &Key) -> String {
    let name = if key.name() == "*" { "…" } else { key.name() };
    match key.kind {
        Kind::Text | Kind::Name | Kind::Names | Kind::Column | Kind::Columns => {
            format!("write `{name} = \"…\"`")
        }
        Kind::Texts => format!("write `{name} = [\"…\", \"…\"]`"),
        Kind::Codes => format!("write `{name} = [0, \"none\"]`"),
        Kind::Whole { min, max } => {
            let sample = key.default.parse::<i64>().ok().filter(|number| (min..=max).contains(number));
            format!("write `{name} = {}`", sample.unwrap_or(min.max(1)))
        }
        Kind::Number { min, max } => {
            let sample = key.default.parse::<f64>().ok().filter(|number| (min..=max).contains(number));
            format!("write `{name} = {}`", sample.unwrap_or(min.max(1.0)))
        }
        Kind::Flag => format!("write `{name} = true`"),
        Kind::Word(words) => format!("write `{name} = \"{}\"`", words.first().copied().unwrap_or("")),
        Kind::NumberRange => "write `\"30..49\"`, `\"..29\"` or `\"50..\"`".to_owned(),
        Kind::Words(words) => format!("write `{name} = [\"{}\"]`", words.first().copied().unwrap_or("")),
        Kind::Colour => format!("write `{name} = \"#0b6e4f\"`"),
        Kind::Edition => format!("write `{name} = \"{}\"`", key.default),
        Kind::Table => "write a table".to_owned(),
        Kind::Rows => format!("write `[[{name}]]`"),
    }
}

/// Words as they are; marks, which are no words, in quotes.
fn listed(words: &[&str]) -> String {
    if words
        .iter()
        .all(|word| word.chars().all(|letter| letter.is_alphanumeric() || letter == '_') && !word.is_empty())
    {
        return words.join(", ");
    }
    let quoted: Vec<String> = words.iter().map(|word| format!("`\"{word}\"`")).collect();
    quoted.join(", ")
}

fn label_of(table: &str) -> String {
    let rows = key_at(table).is_some_and(|key| key.kind == Kind::Rows);
    if rows { format!("[[{table}]]") } else { format!("[{table}]") }
}

fn ticked(names: &[&str]) -> String {
    let names: Vec<String> =
        names.iter().filter(|name| **name != "*").map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
