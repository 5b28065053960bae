//! What one object with no list of responses at hand is: a record, a wrapper of records, or something else that would
//! be read as one record without a meaning.
//!
//! Refused, with the way out: records under keys of their own, columns, rows without names, several lists, and a list
//! beside values that may be those of one record.

use super::error::JsonError;
use super::flatten::is_answer;
use super::value::Value;

/// What an object is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// One record.
    Record,
    /// The wrapper of the list of records that these keys lead to.
    Under(Vec<String>),
}

/// How deep a list of records is looked for.
const DEEPEST: usize = 3;
/// A list of fewer objects may be part of a record.
const FEW: usize = 3;
/// A list of as many is hardly part of one, whatever stands beside it.
const MANY: usize = 10;

/// Keys of what programs say of their answer, without `_` and `-`.
const BOOKKEEPING: [&str; 44] = [
    "meta",
    "metadata",
    "info",
    "page",
    "pages",
    "pagecount",
    "pagesize",
    "perpage",
    "pagination",
    "paging",
    "total",
    "totals",
    "totalitems",
    "totalcount",
    "totalpages",
    "totalresults",
    "count",
    "size",
    "limit",
    "offset",
    "cursor",
    "next",
    "nextpage",
    "previous",
    "prev",
    "first",
    "last",
    "hasmore",
    "links",
    "self",
    "href",
    "status",
    "success",
    "ok",
    "code",
    "error",
    "errors",
    "message",
    "version",
    "schema",
    "exportedat",
    "generatedat",
    "extensions",
    "requestid",
];

/// What an object is.
///
/// # Errors
/// It is no record and does not say where its records are.
pub(super) fn shape(object: &Value) -> Result<Shape, JsonError> {
    let (core, path) = core(object);
    if let Some((first, second)) = keyed(core) {
        let way = jq(&path);
        let is_columns = columns_of_rows(core);
        return Err(if is_columns {
            JsonError::Columns { first, second, way }
        } else {
            JsonError::Keyed { first, second, way }
        });
    }
    if let Some((rows, names)) = rows(core) {
        let under = |key: &str| [&path[..], &[key.to_owned()]].concat();
        let way = jq(&under(&rows));
        // Without names beside them the first row may have them.
        return Err(match names {
            Some(names) => JsonError::Rows { rows, names: jq(&under(&names)), way },
            None => JsonError::Rows { rows, names: format!("{way}[0]"), way: format!("{way}[1:]") },
        });
    }
    if let Some((first, second)) = columns(core) {
        return Err(JsonError::Columns { first, second, way: jq(&path) });
    }
    let mut substance = Substance::default();
    substance.see(object, &mut Vec::new(), true);
    if substance.lists.is_empty() && substance.values == 0 {
        substance = Substance::default();
        substance.see(object, &mut Vec::new(), false);
    }
    let Substance { mut lists, empty, values, other } = substance;
    match (lists.len(), values) {
        (0, 0) if empty.len() == 1 => Ok(Shape::Under(empty.concat())),
        (0, _) => Ok(Shape::Record),
        (1, 0) => Ok(Shape::Under(lists.swap_remove(0).0)),
        (_, 0) => {
            let names: Vec<String> = lists.iter().map(|(path, _)| format!("`{}`", path.join("."))).collect();
            Err(JsonError::SeveralLists { lists: names.join(", "), way: jq(&lists[0].0) })
        }
        _ => {
            lists.sort_by_key(|(_, items)| *items);
            match lists.pop() {
                Some((path, items)) if items >= MANY || (items >= FEW && items > values) => {
                    Err(JsonError::ListBeside { list: path.join("."), items, other, way: jq(&path) })
                }
                _ => Ok(Shape::Record),
            }
        }
    }
}

/// What jq calls the value that these keys lead to.
pub(super) fn jq(path: &[String]) -> String {
    let is_plain = |key: &str| {
        !key.is_empty()
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            && !key.as_bytes()[0].is_ascii_digit()
    };
    if path.is_empty() {
        return ".".to_owned();
    }
    let quoted = |key: &str| {
        let mut text = String::new();
        Value::Text(key.to_owned()).push_json(&mut text);
        text
    };
    path.iter()
        .map(|key| if is_plain(key) { format!(".{key}") } else { format!(".{}", quoted(key)) })
        .collect()
}

fn is_bookkeeping(key: &str) -> bool {
    let key: String = key.chars().filter(|letter| !matches!(letter, '_' | '-')).collect();
    BOOKKEEPING.contains(&key.to_lowercase().as_str())
}

/// The members that are no bookkeeping.
fn substantial(object: &Value) -> Vec<(&String, &Value)> {
    let Value::Object(members) = object else { return Vec::new() };
    members.iter().filter(|(key, _)| !is_bookkeeping(key)).map(|(key, value)| (key, value)).collect()
}

/// The object in objects that hold nothing else, and the keys that lead to it.
fn core(object: &Value) -> (&Value, Vec<String>) {
    let (mut core, mut path) = (object, Vec::new());
    while path.len() < DEEPEST
        && let [(key, inner @ Value::Object(_))] = substantial(core)[..]
    {
        path.push(key.clone());
        core = inner;
    }
    (core, path)
}

/// The first two keys of an object that holds nothing but objects, all with a key in common: records, each under its
/// own. Two whose keys are words are parts of one record: before and after.
fn keyed(object: &Value) -> Option<(String, String)> {
    let Value::Object(members) = object else { return None };
    let [(first, record), (second, _), ..] = members.as_slice() else { return None };
    let Value::Object(cells) = record else { return None };
    let is_shared = |key: &str| members.iter().all(|(_, value)| value.get(key).is_some());
    let is_word = |key: &str| key.chars().count() > 2 && !key.chars().any(char::is_numeric);
    let are_parts = members.len() == 2 && is_word(first) && is_word(second) && !is_shared("id");
    let shares = cells.iter().any(|(key, _)| is_shared(key));
    (shares && !are_parts).then(|| (first.clone(), second.clone()))
}

/// Whether the objects of an object have numbers of rows for keys.
fn columns_of_rows(object: &Value) -> bool {
    let Value::Object(columns) = object else { return false };
    columns.iter().all(|(_, column)| match column {
        Value::Object(rows) => rows.iter().all(|(row, _)| row.bytes().all(|byte| byte.is_ascii_digit())),
        _ => false,
    })
}

/// The key of rows without names and that of the names, in an object that holds lists and nothing else.
fn rows(object: &Value) -> Option<(String, Option<String>)> {
    let members = substantial(object);
    let is_list = |value: &Value| matches!(value, Value::List(_));
    if members.iter().any(|(_, value)| !is_list(value)) {
        return None;
    }
    let (rows, width) = members.iter().find_map(|(key, value)| match value {
        Value::List(rows) if rows.iter().all(is_list) => match rows.first() {
            Some(Value::List(row)) => Some((*key, row.len())),
            _ => None,
        },
        _ => None,
    })?;
    let are_names = |value: &Value| match value {
        Value::List(names) => names.len() == width && names.iter().all(|name| matches!(name, Value::Text(_))),
        _ => false,
    };
    let names = members.iter().find(|(_, value)| are_names(value)).map(|(key, _)| (*key).clone());
    Some((rows.clone(), names))
}

/// The first two keys of an object that holds nothing but lists of as many scalars, two or more.
fn columns(object: &Value) -> Option<(String, String)> {
    let Value::Object(members) = object else { return None };
    let [(first, column), (second, _), ..] = members.as_slice() else { return None };
    let length = |value: &Value| match value {
        Value::List(cells) if cells.iter().all(|cell| cell.scalar().is_some()) => Some(cells.len()),
        _ => None,
    };
    let rows = length(column).filter(|rows| *rows > 1)?;
    members.iter().all(|(_, value)| length(value) == Some(rows)).then(|| (first.clone(), second.clone()))
}

/// The lists of objects in an object, and what else it holds.
#[derive(Default)]
struct Substance {
    /// The keys that lead to each, and how many objects it has.
    lists: Vec<(Vec<String>, usize)>,
    /// The keys that lead to lists with nothing in them.
    empty: Vec<Vec<String>>,
    /// How many other values there are.
    values: usize,
    /// The key of the first.
    other: String,
}

impl Substance {
    fn see(&mut self, object: &Value, path: &mut Vec<String>, leaves_bookkeeping: bool) {
        let Value::Object(members) = object else { return };
        for (key, value) in members {
            if leaves_bookkeeping && is_bookkeeping(key) {
                continue;
            }
            path.push(key.clone());
            match value {
                Value::Object(_) => self.see(value, path, leaves_bookkeeping),
                Value::List(items) if items.is_empty() => self.empty.push(path.clone()),
                // Answers, each with its question, are the columns of one record.
                Value::List(items)
                    if path.len() <= DEEPEST
                        && items.iter().all(|item| matches!(item, Value::Object(_)))
                        && !items.iter().all(is_answer) =>
                {
                    self.lists.push((path.clone(), items.len()));
                }
                Value::Null => {}
                _ => {
                    if self.values == 0 {
                        self.other = path.join(".");
                    }
                    self.values += 1;
                }
            }
            path.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::parser::Parser;
    use super::*;

    fn of(text: &str) -> Result<Shape, String> {
        shape(&Parser::new(text.as_bytes()).parse().unwrap()).map_err(|error| error.to_string())
    }

    #[test]
    fn the_only_list_of_objects_is_that_of_the_records() {
        for (text, path) in [
            (r#"{"data": {"surveys": [{"a": 1}, {"a": 2}]}}"#, "data.surveys"),
            (r#"{"a": {"b": {"c": [{"a": 1}]}}, "page": {"x": [{}]}, "total": 1}"#, "a.b.c"),
            (r#"{"values": [{"a": 1}, {"a": 2}], "meta": 1}"#, "values"),
            (r#"{"page": {"results": [{"a": 1}]}}"#, "page.results"),
            (r#"{"data": {"surveys": []}}"#, "data.surveys"),
        ] {
            assert_eq!(of(text), Ok(Shape::Under(path.split('.').map(str::to_owned).collect())), "{text}");
        }
    }

    #[test]
    fn one_record_is_one() {
        for text in [
            r#"{"id": 1, "score": 9}"#,
            r#"{"before": {"price": 3, "staff": 4}, "after": {"price": 5, "staff": 5}}"#,
            r#"{"id": 1, "answers": {"overall": 5}, "meta": {"id": 4, "overall": 3}}"#,
            r#"{"answers": {"overall": 5}, "meta": {"overall": 3}}"#,
            r#"{"id": 1, "score": 9, "visits": [{"shop": 1}, {"shop": 2}]}"#,
            r#"{"likes": ["price", "staff"], "dislikes": ["queue"]}"#,
            r#"{"id": 1, "likes": ["price", "staff"], "grid": [[1, 2], [3, 4]]}"#,
            r#"{"id": 1, "notes": []}"#,
            "{}",
        ] {
            assert_eq!(of(text), Ok(Shape::Record), "{text}");
        }
    }

    #[test]
    fn what_is_no_record_is_refused_with_the_way_out() {
        for (text, found) in [
            (r#"{"R_0": {"overall": 5}, "R_1": {"overall": 3}}"#, "(`R_0`, `R_1` …) and not in a list"),
            (r#"{"a": {"overall": 5}, "b": {"overall": 3}}"#, "jq '[.[]]'"),
            (r#"{"data": {"r1": {"x": 5}, "r2": {"x": 3}}}"#, "jq '[.data[]]'"),
            (r#"{"id": [1, 2, 3], "overall": [5, 4, 3]}"#, "the object holds columns (`id`, `overall` …)"),
            (r#"{"id": {"0": 1, "1": 2}, "overall": {"0": 5, "1": 4}}"#, "jq '. | . as $c"),
            (
                r#"{"columns": ["id", "overall"], "index": [0, 1], "data": [[1, 5], [2, 4]]}"#,
                "jq '.columns as $c | [.data[] |",
            ),
            (r#"{"ok": true, "data": [["a", "b"], [1, 2]]}"#, "jq '.data[0] as $c | [.data[1:][] |"),
            (r#"{"a": {"x y": [{"z": 1}], "w": [{"z": 1}]}}"#, "(`a.x y`, `a.w`)"),
            (r#"{"a": {"x y": [{"z": 1}], "w": [{"z": 1}]}}"#, "jq '.a.\"x y\"'"),
            (r#"{"shop": "North", "votes": [{"z": 1}, {"z": 2}, {"z": 3}]}"#, "3 objects under `votes`"),
        ] {
            let message = of(text).unwrap_err();
            assert!(message.contains(found), "{text}: {message}");
        }
    }
}
