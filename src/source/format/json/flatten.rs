//! A record as cells: nested objects by the path of their keys, lists of scalars as one cell, answers to questions
//! (`additional_answers` of Delighted) as a cell a question.

use super::value::Value;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// One text; empty for null.
    One(String),
    /// A list of scalars, nulls left out.
    Many(Vec<String>),
}

/// A cell of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// The keys on the way, joined by `.`.
    pub(super) name: String,
    /// The wording of the question, where the record tells it.
    pub(super) text: Option<String>,
    pub(super) content: Content,
}

/// The cells of a record, in its order.
pub(super) fn flatten(record: Value) -> Vec<Cell> {
    let mut cells = Vec::new();
    if let Value::Object(members) = record {
        for (key, value) in members {
            push(key, value, &mut cells);
        }
    }
    cells
}

fn push(name: String, value: Value, cells: &mut Vec<Cell>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                push(format!("{name}.{key}"), value, cells);
            }
        }
        Value::List(items) if !items.is_empty() && items.iter().all(is_answer) => {
            for item in items {
                push_answer(&name, &item, cells);
            }
        }
        Value::List(items) => {
            let content = match scalars(&items) {
                Some(scalars) => Content::Many(scalars),
                None => Content::One(json(&Value::List(items))),
            };
            cells.push(Cell { name, text: None, content });
        }
        Value::Number(text) | Value::Text(text) => {
            cells.push(Cell { name, text: None, content: Content::One(text) });
        }
        scalar => {
            let text = scalar.scalar().unwrap_or_default().to_owned();
            cells.push(Cell { name, text: None, content: Content::One(text) });
        }
    }
}

/// `{"question": {"id": …, "text": …}, "value": …}`
pub(super) fn is_answer(item: &Value) -> bool {
    let question = item.get("question");
    question.is_some_and(|question| question.get("id").is_some() || question.get("text").is_some())
        && item.get("value").is_some()
}

fn push_answer(name: &str, answer: &Value, cells: &mut Vec<Cell>) {
    let of_question = |key: &str| answer.get("question")?.get(key)?.scalar().filter(|text| !text.is_empty());
    let text = of_question("text");
    let id = of_question("id").or(text).unwrap_or_default();
    let content = answer.get("value").map_or(Content::One(String::new()), answer_content);
    cells.push(Cell { name: format!("{name}.{id}"), text: text.map(str::to_owned), content });
}

/// What was answered: a scalar, an option `{"id": …, "text": …}`, several of them, or one of these under the name of
/// the type of question, as in `{"select_one": {…}}`.
fn answer_content(value: &Value) -> Content {
    if let Some(one) = option_text(value) {
        return Content::One(one.to_owned());
    }
    match value {
        Value::List(items) => match items.iter().map(option_text).collect::<Option<Vec<_>>>() {
            Some(options) => Content::Many(
                options.into_iter().filter(|text| !text.is_empty()).map(str::to_owned).collect(),
            ),
            None => Content::One(json(value)),
        },
        Value::Object(members) => match members.as_slice() {
            [(_, inner)] => answer_content(inner),
            _ => Content::One(json(value)),
        },
        _ => Content::One(String::new()),
    }
}

fn option_text(value: &Value) -> Option<&str> {
    value.scalar().or_else(|| value.get("text")?.scalar())
}

fn scalars(items: &[Value]) -> Option<Vec<String>> {
    let texts: Option<Vec<&str>> = items.iter().map(Value::scalar).collect();
    Some(texts?.into_iter().filter(|text| !text.is_empty()).map(str::to_owned).collect())
}

fn json(value: &Value) -> String {
    let mut text = String::new();
    value.push_json(&mut text);
    text
}

#[cfg(test)]
mod tests {
    use super::super::parser::Parser;
    use super::*;

    fn cells(text: &str) -> Vec<(String, String)> {
        flatten(Parser::new(text.as_bytes()).parse().unwrap())
            .into_iter()
            .map(|cell| {
                let content = match cell.content {
                    Content::One(text) => text,
                    Content::Many(texts) => format!("<{}>", texts.join("><")),
                };
                (cell.name, content)
            })
            .collect()
    }

    fn expected(cells: &[(&str, &str)]) -> Vec<(String, String)> {
        cells.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn objects_become_paths_and_lists_cells() {
        let found = cells(
            r#"{"id": 9007199254740993, "person": {"email": "a@b", "x": {"y": null}}, "ok": true, "tags": ["a", 1, null],
                "none": [], "empty": {}, "mixed": [1, [2]], "rows": [{"a": 1}]}"#,
        );
        let wanted = [
            ("id", "9007199254740993"),
            ("person.email", "a@b"),
            ("person.x.y", ""),
            ("ok", "true"),
            ("tags", "<a><1>"),
            ("none", "<>"),
            ("mixed", "[1,[2]]"),
            ("rows", "[{\"a\":1}]"),
        ];
        assert_eq!(found, expected(&wanted));
    }

    #[test]
    fn answers_to_questions_are_a_cell_each() {
        let text = r#"{"additional_answers": [
            {"id": "1", "question": {"id": "q1", "type": "free_response", "text": "Why?"}, "value": {"free_response": "slow"}},
            {"id": "2", "question": {"id": "q2", "type": "scale", "text": "Ease"}, "value": {"scale": 4}},
            {"id": "3", "question": {"id": "q3", "type": "select_one", "text": "Shop"}, "value": {"select_one": {"id": "s", "text": "North"}}},
            {"id": "4", "question": {"id": "q4", "type": "select_many", "text": "Used"}, "value": {"select_many": [{"id": "a", "text": "App"}, {"id": "b", "text": "Web"}]}},
            {"question": {"text": "Plain"}, "value": "yes"},
            {"question": {"id": "q6"}, "value": null}]}"#;
        let wanted = [
            ("additional_answers.q1", "slow"),
            ("additional_answers.q2", "4"),
            ("additional_answers.q3", "North"),
            ("additional_answers.q4", "<App><Web>"),
            ("additional_answers.Plain", "yes"),
            ("additional_answers.q6", ""),
        ];
        assert_eq!(cells(text), expected(&wanted));
        let record = Parser::new(text.as_bytes()).parse().unwrap();
        assert_eq!(flatten(record)[0].text.as_deref(), Some("Why?"));
    }
}
