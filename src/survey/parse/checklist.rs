//! Checklists: the clause, evidence and owner of an item, and `[checklist]`, the columns of a file with one row an item.

use toml::Spanned;
use toml::de::DeTable;

use super::complaints::Complaints;
use super::questions::Written;
use super::record_columns::record_place;
use super::value;
use crate::survey::checklist::{ALL_ITEMS, ChecklistDefinition, ChecklistItem, Clause};
use crate::survey::definition::Survey;
use crate::survey::label::normalize;
use crate::survey::measure::Measure;
use crate::survey::question::{Columns, Question};

/// What is known of an item beside its answer.
pub(super) fn item(
    written: &Written<'_>,
    measure: Measure,
    complaints: &mut Complaints<'_>,
) -> ChecklistItem {
    if measure != Measure::Checklist {
        return ChecklistItem::default();
    }
    let names = |key: &str| {
        let names = written.get(key).map(|value| value::texts(value.get_ref())).unwrap_or_default();
        names.iter().map(|name| normalize(name)).filter(|name| !name.is_empty()).collect()
    };
    let clause = written.text("clause").and_then(|text| {
        let clause = Clause::parse(&text);
        if clause.is_none() {
            complaints.error(
                written.span_of("clause"),
                "bad_clause",
                format!("question `{}`: `{text}` names no clause with its edition", written.id),
                "clauses move between editions, so that a number alone says nothing",
                "write standard, year and number: `clause = \"ISO 10004:2018, 7.3.2\"`",
            );
        }
        clause
    });
    ChecklistItem { clause, evidence: names("evidence"), owner: names("owner"), in_rows: false }
}

/// The `[checklist]` table, if there is one; gives the items without a column of their own those that it names.
pub(super) fn checklist(
    root: &DeTable<'_>,
    survey: &mut Survey,
    complaints: &mut Complaints<'_>,
) -> Option<ChecklistDefinition> {
    let has_items = survey.questions.iter().any(|question| question.measure == Measure::Checklist);
    if has_items && survey.questions.iter().any(|question| question.id == ALL_ITEMS) {
        complaints.error(
            root.get("question").map_or(0..0, Spanned::span),
            "reserved_id",
            "question `checklist`: the id stands for all items of the checklist together",
            "its figures could not be told from those of all items",
            "give the question another id",
        );
    }
    let entry = root.get("checklist")?;
    let table = entry.get_ref().as_table()?;
    if !has_items {
        complaints.error(
            entry.span(),
            "checklist_without_items",
            "[checklist]: no question has `measure = \"checklist\"`",
            "the table says how the answers to such questions are read",
            "add the items, or remove the table",
        );
    }
    let column = |key: &str| value::text(table, key).map(|name| normalize(&name));
    let definition = ChecklistDefinition {
        item: column("item"),
        answer: column("answer").unwrap_or_else(|| "answer".to_owned()),
        evidence: column("evidence"),
        owner: column("owner"),
        assessor: column("assessor"),
    };
    for key in ["item", "answer", "evidence", "owner", "assessor"] {
        record_place(table, ALL_ITEMS, key, survey);
    }
    check(table, &definition, complaints);
    if definition.item.is_some() {
        for question in survey.questions.iter_mut().filter(|question| is_in_rows(question)) {
            question.columns = Columns::One(vec![definition.answer.clone()]);
            question.item.in_rows = true;
            let own = |names: &mut Vec<String>, common: &Option<String>| {
                if names.is_empty() {
                    names.extend(common.clone());
                }
            };
            own(&mut question.item.evidence, &definition.evidence);
            own(&mut question.item.owner, &definition.owner);
        }
    }
    Some(definition)
}

/// An item that names no column of its own.
fn is_in_rows(question: &Question) -> bool {
    question.measure == Measure::Checklist && question.columns == Columns::One(vec![question.id.clone()])
}

fn check(table: &DeTable<'_>, definition: &ChecklistDefinition, complaints: &mut Complaints<'_>) {
    let span = |key: &str| table.get(key).map_or(0..0, Spanned::span);
    for key in ["answer", "evidence", "owner"] {
        if definition.item.is_none() && table.contains_key(key) {
            complaints.error(
                span(key),
                "needs_item",
                format!("[checklist]: `{key}` without `item`"),
                "it is a column of files in which every row is about one item",
                "name the column with the item: `item = \"item\"`; else write the key at the questions",
            );
        }
    }
    let named = [
        ("item", definition.item.as_ref()),
        ("answer", definition.item.as_ref().map(|_| &definition.answer)),
        ("evidence", definition.evidence.as_ref()),
        ("owner", definition.owner.as_ref()),
        ("assessor", definition.assessor.as_ref()),
    ];
    for (place, (key, column)) in named.iter().enumerate() {
        let Some(column) = column else { continue };
        let other = named.iter().take(place).find(|(_, other)| *other == Some(*column));
        if let Some((other, _)) = other {
            complaints.error(
                span(if table.contains_key(*key) { key } else { other }),
                "same_column",
                format!("[checklist]: `{key}` and `{other}` are both the column `{column}`"),
                "what one holds would be taken for the other",
                "name the column of each, or leave one of them out",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::survey::{Columns, Headline, Scale, Survey, parse};

    fn survey(text: &str) -> Survey {
        parse(text.as_bytes(), "s.toml").unwrap().survey
    }

    fn codes(text: &str) -> Vec<String> {
        let faults = parse(text.as_bytes(), "s.toml").unwrap_err();
        faults.iter().map(|fault| fault.code.to_owned()).collect()
    }

    #[test]
    fn an_item_has_its_clause_columns_scale_and_headline() {
        let read = survey(
            "[question.purpose]\nmeasure = \"checklist\"\nclause = \"ISO 10004:2018, 6.1\"\n\
             evidence = [\"purpose_shown\", \"shown\"]\nowner = \"purpose_owner\"\ntarget = 80\n",
        );
        let item = &read.questions[0];
        assert_eq!(
            item.item.clause.as_ref().map(ToString::to_string).as_deref(),
            Some("ISO 10004:2018, 6.1")
        );
        assert_eq!((item.item.evidence.len(), item.item.owner.len(), item.item.in_rows), (2, 1, false));
        assert_eq!(item.scale.as_ref().map(Scale::points), Some(3));
        assert_eq!((item.headline, item.target), (Some(Headline::Fulfilled), Some(80.0)));
        assert_eq!(read.checklist, None);
    }

    #[test]
    fn items_without_a_column_are_read_from_rows() {
        let read = survey(
            "[question.a]\nmeasure = \"checklist\"\n[question.b]\nmeasure = \"checklist\"\ncolumn = \"own\"\n\
             [question.c]\nmeasure = \"csat\"\n[checklist]\nitem = \"Item\"\nevidence = \"Proof\"\n",
        );
        let [a, b, c] = read.questions.as_slice() else { panic!("three questions") };
        assert_eq!((&a.columns, a.item.in_rows), (&Columns::One(vec!["answer".to_owned()]), true));
        assert_eq!((a.item.evidence.as_slice(), a.item.owner.len()), (&["Proof".to_owned()][..], 0));
        assert_eq!((&b.columns, b.item.in_rows), (&Columns::One(vec!["own".to_owned()]), false));
        assert_eq!(c.columns, Columns::One(vec!["c".to_owned()]));
    }

    #[test]
    fn what_is_wrong_is_said() {
        let item = "[question.a]\nmeasure = \"checklist\"\n";
        for (text, code) in [
            ("clause = \"7.3\"\n", "bad_clause"),
            ("scale = \"satisfaction\"\n", "scale_not_for_measure"),
            ("driver = true\n", "key_not_for_measure"),
            ("target = 120\n", "out_of_range"),
            ("[checklist]\nanswer = \"x\"\n", "needs_item"),
            ("[checklist]\nitem = \"answer\"\n", "same_column"),
            ("[checklist]\nitem = \"i\"\nowner = \"i\"\n", "same_column"),
            ("[question.checklist]\nmeasure = \"csat\"\n", "reserved_id"),
        ] {
            assert_eq!(codes(&format!("{item}{text}")), [code], "{text}");
        }
        assert_eq!(codes("[checklist]\nitem = \"i\"\n"), ["checklist_without_items"]);
        assert_eq!(
            codes("[question.a]\nmeasure = \"csat\"\nclause = \"ISO 1:2018, 2\"\n"),
            ["key_not_for_measure"]
        );
    }
}
