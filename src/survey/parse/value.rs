//! Values of a definition as plain numbers, texts and codes; `None` where the shape is not right.

use toml::de::{DeInteger, DeTable, DeValue};

/// A whole number.
pub(super) fn whole(integer: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}

/// A finite number.
pub(super) fn number(value: &DeValue<'_>) -> Option<f64> {
    let number = match value {
        // Whole numbers of a definition are far below 2^53, where a float still holds each one.
        DeValue::Integer(integer) => whole(integer).map(|number| number as f64),
        DeValue::Float(float) => float.as_str().parse().ok(),
        _ => None,
    };
    number.filter(|number: &f64| number.is_finite())
}

/// A code as the text that stands in a file: a number is written as short as it can be.
pub(super) fn code(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(integer) => whole(integer).map(|number| number.to_string()),
        DeValue::Float(_) => number(value).map(|number| number.to_string()),
        _ => None,
    }
}

/// The two ends of a range such as `30..49`, `..29`, `50..` or `7`.
pub(super) fn number_range(text: &str) -> Option<(Option<f64>, Option<f64>)> {
    let end = |part: &str| -> Option<Option<f64>> {
        let part = part.trim();
        if part.is_empty() {
            return Some(None);
        }
        let digits = part.strip_prefix('-').unwrap_or(part);
        let plain =
            digits.split('.').all(|run| !run.is_empty() && run.bytes().all(|byte| byte.is_ascii_digit()));
        let number: f64 = if plain { part.parse().ok()? } else { return None };
        number.is_finite().then_some(Some(number))
    };
    match text.split_once("..") {
        Some((low, high)) => match (end(low)?, end(high)?) {
            (None, None) => None,
            ends => Some(ends),
        },
        None => end(text)?.map(|number| (Some(number), Some(number))),
    }
}

/// What a value is, in words, for a complaint.
pub(super) fn describe(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) if text.chars().count() > 40 => {
            format!("the text `\"{}…\"`", text.chars().take(40).collect::<String>())
        }
        DeValue::String(text) => format!("the text `\"{text}\"`"),
        DeValue::Integer(integer) => format!("the number {integer}"),
        DeValue::Float(float) => format!("the number {float}"),
        DeValue::Boolean(flag) => format!("{flag}"),
        DeValue::Datetime(date) => format!("the date {date}"),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

/// A text of the right shape; keys that are absent or of another type give `None`, complained about elsewhere.
pub(super) fn text(table: &DeTable<'_>, key: &str) -> Option<String> {
    table
        .get(key)
        .and_then(|value| value.get_ref().as_str())
        .filter(|text| !text.trim().is_empty())
        .map(str::to_owned)
}

/// A whole number of the right shape.
pub(super) fn integer(table: &DeTable<'_>, key: &str) -> Option<i64> {
    table.get(key).and_then(|value| value.get_ref().as_integer()).and_then(whole)
}

/// A count.
pub(super) fn count(table: &DeTable<'_>, key: &str) -> Option<u64> {
    integer(table, key).and_then(|number| u64::try_from(number).ok())
}

/// One text, or a list of them.
pub(super) fn texts(value: &DeValue<'_>) -> Vec<String> {
    match value {
        DeValue::String(text) => vec![text.to_string()],
        DeValue::Array(list) => {
            list.iter().filter_map(|item| item.get_ref().as_str().map(str::to_owned)).collect()
        }
        _ => Vec::new(),
    }
}

/// A list of codes; empty when absent.
pub(super) fn codes(table: &DeTable<'_>, key: &str) -> Vec<String> {
    table.get(key).map(|value| code_list(value.get_ref())).unwrap_or_default()
}

/// The codes of a list; empty when it is none.
pub(super) fn code_list(value: &DeValue<'_>) -> Vec<String> {
    let list = value.as_array();
    list.map(|list| list.iter().filter_map(|item| code(item.get_ref())).collect()).unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_open_at_either_end() {
        assert_eq!(number_range("30..49"), Some((Some(30.0), Some(49.0))));
        assert_eq!(number_range(" .. 29"), Some((None, Some(29.0))));
        assert_eq!(number_range("50.."), Some((Some(50.0), None)));
        assert_eq!(number_range("-5..-1.5"), Some((Some(-5.0), Some(-1.5))));
        assert_eq!(number_range("7"), Some((Some(7.0), Some(7.0))));
        for bad in ["", "..", "a..b", "30-49", "1...3", "1e999..", "inf.."] {
            assert_eq!(number_range(bad), None, "{bad}");
        }
    }
}
