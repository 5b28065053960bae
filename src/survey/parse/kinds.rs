//! What a value must be by the kind of its key, and how to say so.

use toml::Spanned;
use toml::de::DeValue;

use super::value;
use crate::survey::complaints::{BusinessHours, Deadline, TimeZone};
use crate::survey::keys::{Key, Kind};
use crate::survey::suggestion::did_you_mean;
use crate::survey::written_date::written_date;

/// What is wrong with a value: a code, what was found, and help where there is some of its own.
pub(super) type Fault = (&'static str, String, Option<String>);

/// What is wrong with a value of this kind.
pub(super) fn fault(kind: Kind, value: &DeValue<'_>) -> Option<Fault> {
    let wrong = || Some(("wrong_type", value::describe(value), quote_help(kind, value)));
    let range = |help: Option<String>| Some(("out_of_range", value::describe(value), help));
    match (kind, value) {
        (Kind::Text | Kind::Column | Kind::Columns | Kind::Conditions, DeValue::String(text)) => {
            text_fault(text, true)
        }
        (Kind::Separator, DeValue::String(text)) if !text.is_empty() => None,
        (Kind::Name | Kind::Names | Kind::Separator | Kind::Targets, DeValue::String(text)) => {
            text_fault(text, false)
        }
        (Kind::NumberRange, DeValue::String(text)) => match value::number_range(text) {
            Some(_) => None,
            None => Some(("bad_range", format!("`{text}`"), range_help(text))),
        },
        (Kind::Names, DeValue::Array(list)) => items_fault(list.iter(), Kind::Name, true),
        (Kind::Columns | Kind::Conditions, DeValue::Array(list)) => {
            items_fault(list.iter(), Kind::Column, true)
        }
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
        (Kind::Date | Kind::Deadline | Kind::BusinessHours | Kind::TimeZone, DeValue::String(text)) => {
            form_fault(kind, text)
        }
        (Kind::Dates, DeValue::String(text)) => text_fault(text, false),
        (Kind::Dates, DeValue::Array(list)) => items_fault(list.iter(), Kind::Date, true),
        (Kind::WordOrNumber(_), DeValue::Integer(_) | DeValue::Float(_)) => match value::number(value) {
            Some(number) if number > 0.0 => None,
            _ => range(None),
        },
        // What is in the table is looked at where it is read.
        (Kind::Flag, DeValue::Boolean(_)) | (Kind::Targets, DeValue::Table(_)) => None,
        (Kind::Word(words) | Kind::WordOrNumber(words), DeValue::String(text)) => {
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

/// What is wrong with a text that has a form of its own.
fn form_fault(kind: Kind, text: &str) -> Option<Fault> {
    let (code, is_right) = match kind {
        Kind::Date => ("bad_date", written_date(text).is_some()),
        Kind::Deadline => ("bad_deadline", Deadline::parse(text).is_some()),
        Kind::BusinessHours => ("bad_business_hours", BusinessHours::parse(text).is_some()),
        Kind::TimeZone => ("bad_time_zone", TimeZone::parse(text).is_some()),
        _ => return None,
    };
    let near = || TimeZone::near(text).filter(|_| kind == Kind::TimeZone);
    let help = || near().map(|near| format!("did you mean `{near}`? {}", TimeZone::FORMS));
    (!is_right).then(|| (code, format!("`\"{text}\"`"), help()))
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
            | Kind::Separator
            | Kind::Column
            | Kind::Columns
            | Kind::Word(_)
            | Kind::Edition
            | Kind::TimeZone,
            DeValue::Integer(integer),
        ) => Some(format!("write it in quotes: `\"{}\"`", integer.as_str())),
        (Kind::Date, DeValue::Datetime(date)) => Some(format!("write it in quotes: `\"{date}\"`")),
        (Kind::Deadline, DeValue::Integer(integer)) => {
            Some(format!("say what it is counted in: `\"{} days\"`", integer.as_str()))
        }
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

/// Whether a word is one of the key's.
pub(super) fn allows(key: &Key, text: &str) -> bool {
    matches!(key.kind, Kind::Word(words) if words.contains(&text))
}

/// What a key means, in a sentence.
pub(super) fn meaning(key: &Key) -> String {
    if key.name() == "*" { key.doc.to_owned() } else { format!("`{}` is {}", key.name(), key.doc) }
}

/// What a key takes, in words.
pub(super) fn wanted(key: &Key) -> String {
    let words = match key.kind {
        Kind::Text | Kind::Name | Kind::Separator | Kind::Column => "a text".to_owned(),
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
        Kind::WordOrNumber(words) => format!("one of {}, or a number above 0", listed(words)),
        Kind::Targets => "a table of targets or the name of a file".to_owned(),
        Kind::Words(words) => format!("a list of {}", words.join(", ")),
        Kind::Colour => "a colour".to_owned(),
        Kind::Edition => "the year of an edition".to_owned(),
        Kind::NumberRange => "a range of numbers".to_owned(),
        Kind::Table => "a table".to_owned(),
        Kind::Rows => "tables in double brackets".to_owned(),
        Kind::Conditions => "a condition or a list of conditions".to_owned(),
        Kind::Date => "a day such as `\"2026-09-30\"`".to_owned(),
        Kind::Dates => "a list of days or the name of a file".to_owned(),
        Kind::Deadline => "a number of days or the like".to_owned(),
        Kind::BusinessHours => "weekdays and a span of hours".to_owned(),
        Kind::TimeZone => "a time zone".to_owned(),
    };
    if key.or_table { format!("{words} or a table") } else { words }
}

/// How a key is written.
pub(super) fn example(key: &Key) -> String {
    let name = if key.name() == "*" { "…" } else { key.name() };
    match key.kind {
        Kind::Text | Kind::Name | Kind::Names | Kind::Separator | Kind::Column | Kind::Columns => {
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
        Kind::Word(words) | Kind::WordOrNumber(words) => {
            format!("write `{name} = \"{}\"`", words.first().copied().unwrap_or(""))
        }
        Kind::Targets => {
            "write `region = { North = 0.25, South = 0.75 }`, or a file: `region = \"regions.csv\"`"
                .to_owned()
        }
        Kind::NumberRange => "write `\"30..49\"`, `\"..29\"` or `\"50..\"`".to_owned(),
        Kind::Words(words) => format!("write `{name} = [\"{}\"]`", words.first().copied().unwrap_or("")),
        Kind::Colour => format!("write `{name} = \"#0b6e4f\"`"),
        Kind::Edition => format!("write `{name} = \"{}\"`", key.default),
        Kind::Table => "write a table".to_owned(),
        Kind::Rows => format!("write `[[{name}]]`"),
        Kind::Conditions => format!("write `{name} = \"duration < 30\"`"),
        Kind::Date => format!("write `{name} = \"2026-09-30\"`, the year first"),
        Kind::Dates => format!("write `{name} = [\"2026-12-25\"]`, or a file: `{name} = \"{name}.csv\"`"),
        Kind::Deadline => Deadline::FORMS.to_owned(),
        Kind::BusinessHours => BusinessHours::FORMS.to_owned(),
        Kind::TimeZone => TimeZone::FORMS.to_owned(),
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
