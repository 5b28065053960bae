//! `[construct.*]`, `[path_model]` and `retest_of`: what several questions measure together.

use std::ops::Range;

use indexmap::IndexMap;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::complaints::Complaints;
use super::value;
use crate::survey::construct::{Construct, IndexKind, ModelPath};
use crate::survey::definition::Survey;
use crate::survey::measure::Measure;
use crate::survey::question::Question;
use crate::survey::suggestion::did_you_mean;

/// The constructs in written order.
pub(super) fn constructs(
    root: &DeTable<'_>,
    survey: &Survey,
    complaints: &mut Complaints<'_>,
) -> IndexMap<String, Construct> {
    let mut found = IndexMap::new();
    for (id, table) in tables(root) {
        let construct = Construct {
            label: value::text(table, "label"),
            items: items(id.get_ref(), id.span(), table, survey, complaints),
            index: value::text(table, "index").and_then(|kind| IndexKind::parse(&kind)),
        };
        if construct.index == Some(IndexKind::ImportanceWeighted) {
            let span = table.get("index").map_or(id.span(), Spanned::span);
            check_importance(id.get_ref(), span, &construct, survey, complaints);
        }
        found.insert(id.get_ref().to_string(), construct);
    }
    found
}

fn tables<'a>(
    root: &'a DeTable<'a>,
) -> impl Iterator<Item = (&'a Spanned<std::borrow::Cow<'a, str>>, &'a DeTable<'a>)> {
    let table = root.get("construct").and_then(|value| value.get_ref().as_table());
    table.into_iter().flatten().filter_map(|(id, value)| Some((id, value.get_ref().as_table()?)))
}

/// The texts of a list, each with where it stands.
fn listed<'a>(table: &'a DeTable<'a>, key: &str) -> Vec<(&'a str, Range<usize>)> {
    let list = table.get(key).and_then(|value| value.get_ref().as_array());
    list.into_iter().flatten().filter_map(|item| Some((item.get_ref().as_str()?, item.span()))).collect()
}

const RATED: &str = "csat, rating, ces, nps or importance";

fn is_rated(question: &Question) -> bool {
    matches!(
        question.measure,
        Measure::Csat | Measure::Rating | Measure::Ces | Measure::Nps | Measure::Importance
    )
}

fn items(
    id: &str,
    at: Range<usize>,
    table: &DeTable<'_>,
    survey: &Survey,
    complaints: &mut Complaints<'_>,
) -> Vec<String> {
    let written = table.get("items");
    if written.is_none() {
        complaints.error(
            at,
            "missing_items",
            format!("construct `{id}`: it names no questions"),
            "a construct is what several questions measure together",
            "write `items = [\"…\", \"…\"]` with ids of questions",
        );
    }
    let mut found: Vec<&Question> = Vec::new();
    for (item, span) in listed(table, "items") {
        let Some(question) = survey.questions.iter().find(|question| question.id == item) else {
            let ids = survey.questions.iter().filter(|question| is_rated(question));
            let near = did_you_mean(item, ids.map(|question| question.id.as_str()));
            complaints.error(
                span,
                "unknown_question",
                format!("construct `{id}`: there is no question `{item}`"),
                "its answers cannot be looked at together with the others",
                near.map_or_else(
                    || "name the id of a question".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                ),
            );
            continue;
        };
        if !is_rated(question) {
            complaints.error(
                span,
                "not_rated",
                format!("construct `{id}`: `{item}` is a {} question", question.measure.name()),
                "only answers on a scale can be added up",
                format!("name questions of the measures {RATED}"),
            );
            continue;
        }
        if found.iter().any(|known| known.id == item) {
            complaints.error(
                span,
                "duplicate_value",
                format!("construct `{id}`: `{item}` stands twice"),
                "an item that counts twice would agree with itself",
                "name it once",
            );
            continue;
        }
        if let Some(first) = found.first()
            && let (Some(one), Some(other)) = (&first.scale, &question.scale)
            && (one.min, one.max) != (other.min, other.max)
        {
            complaints.error(
                span,
                "different_scales",
                format!(
                    "construct `{id}`: `{}` is asked on {} to {}, `{item}` on {} to {}",
                    first.id, one.min, one.max, other.min, other.max
                ),
                "answers on different scales cannot be added up",
                "make a construct for each scale, or leave one of them out",
            );
            continue;
        }
        found.push(question);
    }
    found.into_iter().map(|question| question.id.clone()).collect()
}

fn check_importance(
    id: &str,
    span: Range<usize>,
    construct: &Construct,
    survey: &Survey,
    complaints: &mut Complaints<'_>,
) {
    let asked = |item: &String| {
        survey.questions.iter().any(|question| {
            question.measure == Measure::Importance && question.importance_of.as_ref() == Some(item)
        })
    };
    let lacking: Vec<String> =
        construct.items.iter().filter(|item| !asked(item)).map(|item| format!("`{item}`")).collect();
    if !lacking.is_empty() {
        complaints.error(
            span,
            "no_importance",
            format!("construct `{id}`: no question asks how important {} is", lacking.join(", ")),
            "weights have to come from the customers who are asked",
            "ask it and say so with `importance_of`, or write `index = \"mean\"`",
        );
    }
}

/// The arrows of the path model in written order.
pub(super) fn paths(
    root: &DeTable<'_>,
    constructs: &IndexMap<String, Construct>,
    complaints: &mut Complaints<'_>,
) -> Vec<ModelPath> {
    let Some(table) = root.get("path_model").and_then(|value| value.get_ref().as_table()) else {
        return Vec::new();
    };
    let mut found: Vec<ModelPath> = Vec::new();
    for (text, span) in listed(table, "paths") {
        let Some((from, to)) = arrow(text) else {
            complaints.error(
                span,
                "bad_path",
                format!("[path_model]: `{text}` is no path"),
                "a path says which construct leads to which",
                "write the ids of two constructs with an arrow: `\"image -> satisfaction\"`",
            );
            continue;
        };
        if let Some(unknown) = [from, to].into_iter().find(|id| !constructs.contains_key(*id)) {
            let near = did_you_mean(unknown, constructs.keys().map(String::as_str));
            complaints.error(
                span,
                "unknown_construct",
                format!("[path_model]: there is no construct `{unknown}`"),
                "a path leads from one construct to another",
                near.map_or_else(
                    || format!("declare it: `[construct.{unknown}]`"),
                    |near| format!("did you mean `{near}`?"),
                ),
            );
            continue;
        }
        let path = ModelPath { from: from.to_owned(), to: to.to_owned() };
        if found.contains(&path) {
            complaints.error(
                span,
                "duplicate_value",
                format!("[path_model]: `{text}` stands twice"),
                "a path has one coefficient",
                "name it once",
            );
            continue;
        }
        if let Some(circle) = circle(&found, &path) {
            complaints.error(
                span,
                "path_circle",
                format!("[path_model]: the paths run in a circle: {circle}"),
                "what follows from itself has no coefficient that could be estimated",
                "remove one of these paths",
            );
            continue;
        }
        found.push(path);
    }
    found
}

/// The two sides of an arrow, `->` or `→`.
fn arrow(text: &str) -> Option<(&str, &str)> {
    let (from, to) = text.split_once("->").or_else(|| text.split_once('→'))?;
    let (from, to) = (from.trim(), to.trim());
    (!from.is_empty() && !to.is_empty()).then_some((from, to))
}

/// The circle that a path would close.
fn circle(paths: &[ModelPath], closing: &ModelPath) -> Option<String> {
    let mut way = vec![closing.from.as_str()];
    way.extend(follow(paths, &closing.to, &closing.from)?);
    Some(way.join(" -> "))
}

/// The way along paths from one construct to another, both included.
fn follow<'a>(paths: &'a [ModelPath], from: &'a str, to: &str) -> Option<Vec<&'a str>> {
    if from == to {
        return Some(vec![from]);
    }
    // Paths without a circle so far: no way comes back.
    paths.iter().filter(|path| path.from == from).find_map(|path| {
        let mut way = vec![from];
        way.extend(follow(paths, &path.to, to)?);
        Some(way)
    })
}

/// Checks the questions that name another by `retest_of`, each with where it does; a bad name is dropped.
pub(super) fn check_retests(
    questions: &mut [Question],
    named: &[(usize, Range<usize>)],
    complaints: &mut Complaints<'_>,
) {
    for (index, span) in named {
        let Some(question) = questions.get(*index) else { continue };
        let Some(of) = question.retest_of.clone() else { continue };
        let id = question.id.clone();
        let first = questions.iter().find(|other| other.id == of);
        let complaint = match first {
            _ if !is_rated(question) => None,
            None => {
                let rated = questions.iter().filter(|other| is_rated(other) && other.id != id);
                let near = did_you_mean(&of, rated.map(|other| other.id.as_str()));
                let help = near.map_or_else(
                    || "name the id of the question that was asked first".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                Some(("unknown_question", format!("there is no question `{of}`"), help))
            }
            Some(first) if first.id == id || first.retest_of.is_some() => Some((
                "bad_retest",
                format!("`{of}` is no first asking"),
                "name the question that was asked first".to_owned(),
            )),
            Some(first) => {
                let range = |question: &Question| {
                    question.scale.as_ref().map(|scale| (scale.min, scale.max, scale.best))
                };
                let differs = !is_rated(first) || range(first) != range(question);
                differs.then(|| {
                    let help = "give both the same measure and scale".to_owned();
                    ("different_scales", format!("`{of}` is not answered on the same scale"), help)
                })
            }
        };
        let fits = complaint.is_none() && is_rated(question);
        if let Some((code, message, help)) = complaint {
            let why = "agreement is told between the same question asked twice";
            complaints.error(span.clone(), code, format!("question `{id}`: {message}"), why, help);
        }
        if !fits {
            questions[*index].retest_of = None;
        }
    }
}

/// A path model has paths.
pub(super) fn check_model(root: &DeTable<'_>, complaints: &mut Complaints<'_>) {
    let Some(value) = root.get("path_model") else { return };
    let empty = value.get_ref().as_table().is_some_and(|table| {
        table
            .get("paths")
            .is_none_or(|paths| matches!(paths.get_ref(), DeValue::Array(list) if list.is_empty()))
    });
    if empty {
        complaints.error(
            value.span(),
            "missing_paths",
            "[path_model]: it names no paths",
            "without a path there is no model",
            "write `paths = [\"image -> satisfaction\"]`",
        );
    }
}
