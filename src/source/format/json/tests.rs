//! Files as programs write them, read whole.

use std::io::Cursor;

use proptest::prelude::*;

use super::*;
use crate::survey::Role;

fn table(text: &str) -> Result<(String, Decoded), String> {
    let mut table = read(Cursor::new(text.as_bytes().to_vec())).map_err(|error| error.to_string())?;
    let mut csv = String::new();
    table.reader.read_to_string(&mut csv).map_err(|error| error.to_string())?;
    Ok((csv, table))
}

fn refusal(text: &str) -> String {
    table(text).map(|(csv, _)| csv).unwrap_err()
}

#[test]
fn delighted_responses_become_a_table() {
    let text = r#"[
      {"id": "5435", "person": "1", "score": 9, "comment": "Great, \"really\"", "created_at": 1772600767,
       "person_properties": {"region": "North"}, "tags": ["vip", "app"], "notes": [],
       "additional_answers": [{"question": {"id": "q1", "type": "scale", "text": "How easy?"}, "value": {"scale": 4}}]},
      {"id": "5436", "person": "2", "score": 3, "comment": null, "created_at": 1772600800, "extra": true}
    ]"#;
    let (csv, table) = table(text).unwrap();
    assert_eq!(
        csv,
        "id,person,score,comment,created_at,person_properties.region,tags,notes,additional_answers.q1,extra\n\
         5435,1,9,\"Great, \"\"really\"\"\",1772600767,North,vip;app,,4,\n\
         5436,2,3,,1772600800,,,,,true\n"
    );
    let columns = &table.columns;
    assert_eq!(columns.len(), 10);
    assert_eq!(columns[8].text.as_deref(), Some("How easy?"));
    assert_eq!(columns[6].role, Role::Multiple { options: Vec::new(), separator: ";".to_owned() });
    assert_eq!(table.reasons, ["JSON, a list of records"]);
}

#[test]
fn keys_that_come_too_late_are_counted() {
    let mut text = "{\"a\":1,\"t\":[\"x\"]}\n".repeat(LOOKED_AT);
    text.push_str("{\"a\":2,\"b\":3,\"c\":null,\"t\":[\"y;z\",\"x\"]}\n");
    let (csv, table) = table(&text).unwrap();
    assert!(csv.ends_with("1,x\n2,\"[\"\"y;z\"\",\"\"x\"\"]\"\n"), "{}", &csv[csv.len() - 60..]);
    assert_eq!(table.losses.late_values.load(Ordering::Relaxed), 1);
    assert_eq!(table.losses.unjoined_lists.load(Ordering::Relaxed), 1);
    assert_eq!(table.reasons[1], "the columns are the keys of the first 20000 records");
}

#[test]
fn what_has_no_rows_or_breaks_further_down_is_said() {
    assert!(refusal("[]").contains("no record"));
    assert!(refusal("[{},{}]").contains("no record has a key"));
    assert!(refusal("{\"a.b\":1,\"a\":{\"b\":2}}").contains("`a.b` stands twice"));
    let mut text = "{\"a\":1}\n".repeat(LOOKED_AT + 5);
    text.push_str("{\"a\":1\n");
    assert!(refusal(&text).contains("begins on line 20006"));
    let many: Vec<String> = (0..=MAX_COLUMNS).map(|key| format!("\"k{key}\":1")).collect();
    assert!(refusal(&format!("{{{}}}", many.join(","))).contains("more than 16384 different keys"));
}

#[test]
fn json_is_told_from_text_by_its_first_bytes() {
    assert!(may_be_json(b" \n{ \"a\":1}") && may_be_json(b"[\n{}]") && may_be_json(b"\xEF\xBB\xBF[]"));
    assert!(
        !may_be_json(b"[id],[score]")
            && !may_be_json(b"{id}")
            && !may_be_json(b"id,score")
            && !may_be_json(b"")
    );
}

/// A record of scalars, nested one or two deep, as JSON and as the cells that are expected.
fn scalars() -> impl Strategy<Value = Vec<(u8, String)>> {
    prop::collection::vec((0..3_u8, "[^\u{0}]{0,8}"), 1..6)
}

proptest! {
    /// Records written as JSON, flattened and written as CSV give back the same scalars.
    #[test]
    fn scalars_come_back(records in prop::collection::vec(scalars(), 1..8), is_list in any::<bool>()) {
        let mut lines = Vec::new();
        for record in &records {
            // Without it, records with objects only would be several, each under a key of its own.
            let mut object = serde_json::Map::from_iter([("own".to_owned(), serde_json::json!(true))]);
            for (position, (depth, text)) in record.iter().enumerate() {
                let mut value = serde_json::Value::String(text.clone());
                for level in 0..*depth {
                    value = serde_json::json!({ format!("n{level}"): value });
                }
                object.insert(format!("k{position}d{depth}"), value);
            }
            lines.push(serde_json::Value::Object(object).to_string());
        }
        let text = if is_list { format!("[{}]", lines.join(",\n")) } else { lines.join("\n") };
        let (csv, _) = table(&text).unwrap();
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let header = reader.headers().unwrap().clone();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        prop_assert_eq!(rows.len(), records.len());
        for (row, record) in rows.iter().zip(&records) {
            let mut filled = 1;
            for (position, (depth, text)) in record.iter().enumerate() {
                let name = format!("k{position}d{depth}{}", [ "", ".n0", ".n1.n0" ][usize::from(*depth)]);
                let column = header.iter().position(|found| *found == name).unwrap();
                prop_assert_eq!(&row[column], text);
                filled += usize::from(!text.is_empty());
            }
            prop_assert_eq!(row.iter().filter(|cell| !cell.is_empty()).count(), filled);
        }
    }

    /// No bytes make it panic.
    #[test]
    fn any_text_is_read_or_refused(text in "[\\[\\]{}\",:a1\\\\ \n]{0,60}") {
        let _ = table(&text);
    }
}
