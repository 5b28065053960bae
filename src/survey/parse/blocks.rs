//! `[block.*]`: lists of question ids, with ranges spelt out.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::complaints::Complaints;

/// The most questions that one range may stand for.
const MOST: u32 = 2000;

/// The ids of a block in column order, each with the span of the item it comes from.
pub(super) fn ids(
    block: &str,
    table: &DeTable<'_>,
    header: Range<usize>,
    complaints: &mut Complaints<'_>,
) -> Vec<(String, Range<usize>)> {
    let Some(list) = table.get("questions") else {
        complaints.error(
            header,
            "missing_key",
            format!("block `{block}`: no `questions`"),
            "a block is a list of questions that are alike",
            "write `questions = [\"speed\", \"price\", \"q12..q20\"]`",
        );
        return Vec::new();
    };
    let items: Vec<(String, Range<usize>)> = match list.get_ref() {
        DeValue::String(text) => vec![(text.to_string(), list.span())],
        DeValue::Array(items) => {
            items.iter().filter_map(|item| Some((item.get_ref().as_str()?.to_owned(), item.span()))).collect()
        }
        _ => Vec::new(),
    };
    let mut ids = Vec::new();
    for (item, span) in items {
        let item = item.trim();
        if !item.contains("..") {
            ids.push((item.to_owned(), span));
            continue;
        }
        match spell_out(item) {
            Ok(range) => ids.extend(range.into_iter().map(|id| (id, span.clone()))),
            Err(fault) => complaints.error(
                span,
                "bad_range",
                format!("block `{block}`: range `{item}` {fault}"),
                "a range stands for the ids between two numbers",
                "write it like `q12..q20` or `q01..q10`, or list the ids",
            ),
        }
    }
    ids
}

/// `q9..q11` as q9, q10, q11; `q08..q10` keeps its zeros.
fn spell_out(range: &str) -> Result<Vec<String>, &'static str> {
    let (first, last) = range.split_once("..").ok_or("has no two ends")?;
    let (prefix, low, suffix) = split(first.trim()).ok_or("begins with an id without a number")?;
    let (last_prefix, high, last_suffix) = split(last.trim()).ok_or("ends with an id without a number")?;
    if (prefix, suffix) != (last_prefix, last_suffix) {
        return Err("joins ids that differ in more than their number");
    }
    let width = if low.starts_with('0') || high.starts_with('0') { low.len() } else { 0 };
    if width > 0 && low.len() != high.len() {
        return Err("joins numbers that differ in their zeros");
    }
    let parse = |digits: &str| digits.parse::<u32>().map_err(|_| "has too large a number");
    let (low, high) = (parse(low)?, parse(high)?);
    if low > high {
        return Err("runs backwards");
    }
    if high - low >= MOST {
        return Err("stands for more than 2000 questions");
    }
    Ok((low..=high).map(|number| format!("{prefix}{number:0width$}{suffix}")).collect())
}

/// What stands before, in and after the last number of an id.
fn split(id: &str) -> Option<(&str, &str, &str)> {
    let end = id.rfind(|found: char| found.is_ascii_digit())? + 1;
    let start = id[..end]
        .rfind(|found: char| !found.is_ascii_digit())
        .map_or(0, |at| at + id[at..].chars().next().map_or(1, char::len_utf8));
    Some((&id[..start], &id[start..end], &id[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_keep_their_zeros_and_suffixes() {
        assert_eq!(spell_out("q9..q11").unwrap(), ["q9", "q10", "q11"]);
        assert_eq!(spell_out("q08..q10").unwrap(), ["q08", "q09", "q10"]);
        assert_eq!(spell_out("Q1..Q3").unwrap(), ["Q1", "Q2", "Q3"]);
        assert_eq!(spell_out("é2_x..é3_x").unwrap(), ["é2_x", "é3_x"]);
        assert_eq!(spell_out("5..5").unwrap(), ["5"]);
        for bad in
            ["q1..p2", "q3..q1", "a..b", "q1..", "q01..q9", "q1..q99999999999", "q1..q5000", "q1_1..q2_2"]
        {
            assert!(spell_out(bad).is_err(), "{bad}");
        }
    }
}
