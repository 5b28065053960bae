//! The JSON Schema of a definition, for editors that complete and check while one types.

use serde_json::{Map, Value, json};

use super::keys::{Key, Kind, key_at, names_below};

/// The JSON Schema (draft 2020-12) of a definition; strict, so that an editor marks an unknown key.
pub fn schema() -> Value {
    let mut root = table("");
    if let Some(object) = root.as_object_mut() {
        object.shift_insert(0, "$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        object.shift_insert(1, "title".to_owned(), json!("csat survey definition"));
    }
    root
}

fn table(path: &str) -> Value {
    let mut properties = Map::new();
    let mut others = json!(false);
    for name in names_below(path) {
        let below = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        let schema = node(&below);
        if name == "*" {
            others = schema;
        } else {
            properties.insert(name.to_owned(), schema);
        }
    }
    let mut object = json!({ "type": "object" });
    if !properties.is_empty() {
        object["properties"] = Value::Object(properties);
    }
    object["additionalProperties"] = others;
    if path.ends_with("data.date") {
        object["required"] = json!(["column"]);
    }
    if path == "exclude.where" {
        object["required"] = json!(["rule"]);
    }
    object
}

fn node(path: &str) -> Value {
    let Some(key) = key_at(path) else { return table(path) };
    let mut schema = match (key.kind, key.or_table) {
        (Kind::Table, _) => table(path),
        (_, true) => {
            let mut shapes = match value(key)["anyOf"].take() {
                Value::Array(shapes) => shapes,
                _ => vec![value(key)],
            };
            shapes.push(table(path));
            json!({ "anyOf": shapes })
        }
        (_, false) => value(key),
    };
    schema["description"] = json!(format!("{} (default: {})", key.doc, key.default));
    schema
}

fn value(key: &Key) -> Value {
    let name = || json!({ "type": "string", "minLength": 1 });
    match key.kind {
        Kind::Text | Kind::Name | Kind::Separator | Kind::Column => name(),
        Kind::Names | Kind::Columns | Kind::Conditions => {
            let item = if key.kind == Kind::Conditions && key.or_table {
                json!({ "anyOf": [name(), table(key.path)] })
            } else {
                name()
            };
            json!({ "anyOf": [name(), { "type": "array", "items": item, "minItems": 1 }] })
        }
        Kind::Texts => json!({ "type": "array", "items": name(), "minItems": 1 }),
        Kind::Codes => json!({ "type": "array", "items": { "type": ["string", "number"] } }),
        Kind::Whole { min, max } => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Kind::Number { min, max } => json!({ "type": "number", "minimum": min, "maximum": max }),
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Word(words) => json!({ "enum": words }),
        Kind::WordOrNumber(words) => {
            json!({ "anyOf": [{ "enum": words }, { "type": "number", "exclusiveMinimum": 0 }] })
        }
        Kind::Targets => json!({ "anyOf": [name(), targets(MOST_CROSSED)] }),
        Kind::Words(words) => {
            json!({ "type": "array", "items": { "enum": words }, "minItems": 1, "uniqueItems": true })
        }
        Kind::Colour => json!({ "type": "string", "pattern": "^#[0-9a-fA-F]{6}$" }),
        Kind::Edition => json!({ "type": "string", "pattern": "^[0-9]{4}$" }),
        Kind::NumberRange => json!({
            "type": "string",
            "pattern": r"^\s*(-?[0-9]+(\.[0-9]+)?\s*\.\.\s*(-?[0-9]+(\.[0-9]+)?)?|\.\.\s*-?[0-9]+(\.[0-9]+)?|-?[0-9]+(\.[0-9]+)?)\s*$"
        }),
        Kind::Date => json!({ "type": "string", "pattern": DAY }),
        Kind::Dates => {
            let day = json!({ "type": "string", "pattern": DAY });
            json!({ "anyOf": [name(), { "type": "array", "items": day, "minItems": 1 }] })
        }
        Kind::Deadline => json!({
            "type": "string",
            "pattern": r"^\s*[0-9]+\s*(([Cc]alendar )?[Dd]ays?|[Hh]ours?|[Ww]eeks?|[dhw]|([Bb]usiness|[Ww]orking) ([Dd]ays?|[Hh]ours?))\s*$"
        }),
        Kind::BusinessHours => json!({
            "type": "string",
            "pattern": r"^\s*[A-Za-z][A-Za-z.,&; \-–]*([0-9]{1,2}:[0-9]{2}\s*[\-–]\s*[0-9]{1,2}:[0-9]{2}\s*)?$"
        }),
        Kind::TimeZone => json!({
            "type": "string",
            "pattern": r"^\s*([A-Z][A-Za-z0-9_+\-]*(/[A-Z][A-Za-z0-9_+\-]*){1,2}|[+\-−][0-9]{1,2}(:?[0-9]{2})?|UTC|GMT|Z)\s*$"
        }),
        Kind::Table => table(key.path),
        Kind::Rows => json!({ "type": "array", "items": table(key.path) }),
    }
}

const DAY: &str = r"^\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\s*$";

/// The most variables of one table of targets that the schema knows as tables within tables.
const MOST_CROSSED: u32 = 6;

/// A table of targets by category, with tables for further variables.
fn targets(depth: u32) -> Value {
    let number = json!({ "type": "number", "minimum": 0 });
    let below = if depth > 1 { json!({ "anyOf": [number, targets(depth - 1)] }) } else { number };
    json!({ "type": "object", "minProperties": 1, "additionalProperties": below })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_closed() {
        fn walk(value: &Value, path: &str) {
            if value["type"] == "object" {
                assert!(
                    value.get("additionalProperties").is_some_and(|other| other != &json!(true)),
                    "{path}"
                );
            }
            match value {
                Value::Object(map) => {
                    map.iter().for_each(|(name, below)| walk(below, &format!("{path}/{name}")));
                }
                Value::Array(list) => list.iter().for_each(|below| walk(below, path)),
                _ => {}
            }
        }
        walk(&schema(), "");
    }

    #[test]
    fn unions_offer_both_shapes() {
        let schema = schema();
        let date = &schema["properties"]["data"]["properties"]["date"]["anyOf"];
        assert_eq!(date[0]["type"], "string");
        assert_eq!(date[1]["type"], "array");
        assert_eq!(date[2]["required"], json!(["column"]));
        assert_eq!(
            schema["properties"]["question"]["additionalProperties"]["properties"]["version"]["maximum"],
            2
        );
    }
}
