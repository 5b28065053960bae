//! What has to be kept of each row, and where it will stand.

use indexmap::IndexMap;

use crate::diagnostic::{Diagnostic, Severity};
use crate::survey::expression::{self, Expression, Literal, Operator};
use crate::survey::{
    Best, Columns, Contradiction, DateColumn, Measure, Metadata, Profile, Question, Role, Scale, Survey, fold,
};
use crate::tally::{Coding, Plan, Variable, Wanted};

use super::super::exclusions::{PARTIAL, condition_variable};
use super::super::plan::question_coding;
use super::super::scope::Scope;

/// Headers under which files of no known tool hold the seconds of an interview.
const DURATION_NAMES: &[&str] =
    &["duration", "duration (in seconds)", "duration_seconds", "duration_sec", "duration_s", "interviewtime"];

/// The names of extra variables, which no id of a survey has.
const DURATION: &str = "quality duration";
const DISPOSITION: &str = "quality disposition";

/// What was asked of the rows.
#[derive(Clone, Debug)]
pub struct QualityAsk {
    /// What the pass has to keep.
    pub wanted: Wanted,
    /// The columns of answers in the order asked.
    pub(super) items: Vec<Item>,
    pub(super) duration: Option<usize>,
    /// What the column of durations is called in the files.
    pub(super) duration_column: Option<String>,
    pub(super) disposition: Option<usize>,
    /// Places among the dates that are kept.
    pub(super) date: Option<usize>,
    pub(super) started: Option<usize>,
    /// Places among the hashes that are kept.
    pub(super) id: Option<usize>,
    pub(super) customer: Option<usize>,
    pub(super) answers: Option<usize>,
    /// The place of the ids among the texts, where they are wanted.
    pub(super) id_text: Option<usize>,
    pub(super) conditions: Vec<Condition>,
    /// The exclusions of the plan by which unfinished responses go.
    pub(super) unfinished: Vec<usize>,
    is_order_declared: bool,
}

/// One column of answers.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    /// The index of the question.
    pub(super) question: usize,
    /// Its part, of a question with two columns.
    pub(super) part: Option<&'static str>,
    /// The column of the kept rows.
    pub(super) column: usize,
    /// The scale of its answers.
    pub(super) scale: Option<Scale>,
    /// Whether a blank cell means that the respondent had gone: open texts and lists are left blank by many.
    pub(super) shows_progress: bool,
}

/// A condition that no respondent should meet.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Condition {
    pub(super) text: String,
    pub(super) expression: Expression,
    pub(super) is_default: bool,
}

/// Where a column will stand once all are known.
#[derive(Clone, Copy)]
enum Slot {
    Counted(usize),
    Extra(usize),
    Presence(usize),
}

/// Says what has to be kept of the rows of a plan, besides what is kept already; with `ids` the texts of the response
/// ids too.
///
/// # Errors
/// Names in the contradictions of the definition that are neither questions, segments nor columns of the files.
pub fn ask(
    survey: &Survey,
    scope: &Scope,
    plan: &Plan,
    profiles: &[Profile],
    ids: bool,
    kept: Wanted,
) -> Result<QualityAsk, Vec<Diagnostic>> {
    let mut wanted = Wanted { cases: survey.quality.disposition.is_some(), ..kept };
    let conditions = conditions(survey, scope)?;
    let mut slots = Vec::new();
    for (index, question) in survey.questions.iter().enumerate() {
        question_slots(index, question, plan, &mut wanted, &mut slots);
    }
    for name in conditions.iter().flat_map(|condition| condition.expression.names()) {
        want_name(name, survey, scope, plan, &mut wanted);
    }
    let definition = &survey.quality;
    let duration = definition.duration.clone().or_else(|| known_duration(profiles));
    let duration_column = duration.clone();
    let duration = duration.map(|column| want_column(DURATION, column, Coding::Number, &mut wanted));
    let disposition = definition.disposition.clone().map(|column| {
        let coding = Coding::Category { labels: IndexMap::new(), closed: false };
        want_column(DISPOSITION, column, coding, &mut wanted)
    });
    let date = survey.data.date.clone().map(|date| want(&mut wanted.dates, date));
    let started = start_column(survey, profiles).map(|started| want(&mut wanted.dates, started));
    let id = survey.data.id.clone().or_else(|| facts_column(profiles, Metadata::Response));
    let id_text = id.clone().filter(|_| ids).map(|column| want(&mut wanted.texts, vec![column]));
    let id = id.map(|column| want(&mut wanted.hashes, vec![vec![column]]));
    let customer = survey.data.customer.clone().map(|column| want(&mut wanted.hashes, vec![vec![column]]));
    let columns: Vec<Vec<String>> =
        survey.questions.iter().flat_map(columns).map(<[String]>::to_vec).collect();
    let answers = (!columns.is_empty()).then(|| want(&mut wanted.hashes, columns));

    let (counted, extra) = (wanted.variables.len(), wanted.extra.len());
    let place = |slot| match slot {
        Slot::Counted(place) => place,
        Slot::Extra(place) => counted + place,
        Slot::Presence(place) => counted + extra + place,
    };
    let mut items: Vec<Item> =
        slots.into_iter().map(|(item, slot)| Item { column: place(slot), ..item }).collect();
    in_asked_order(&mut items, survey, &scope.columns);
    Ok(QualityAsk {
        items,
        duration: duration.map(|place| counted + place),
        duration_column,
        disposition: disposition.map(|place| counted + place),
        date,
        started,
        id,
        customer,
        answers,
        id_text,
        conditions,
        unfinished: plan
            .exclusions
            .iter()
            .enumerate()
            .filter(|(_, exclusion)| exclusion.reason == PARTIAL)
            .map(|(place, _)| place)
            .collect(),
        is_order_declared: !definition.order.is_empty(),
        wanted,
    })
}

impl QualityAsk {
    /// Where the order of the questions is from.
    pub(super) fn order_from(&self) -> &'static str {
        if self.is_order_declared { "definition" } else { "columns" }
    }
}

/// Adds to a list and says where it stands.
fn want<T>(list: &mut Vec<T>, item: T) -> usize {
    list.push(item);
    list.len() - 1
}

fn want_extra(variable: Variable, wanted: &mut Wanted) -> usize {
    want(&mut wanted.extra, variable)
}

/// Keeps a column that is no question.
fn want_column(id: &str, column: String, coding: Coding, wanted: &mut Wanted) -> usize {
    want_extra(Variable { id: id.to_owned(), columns: vec![column], coding }, wanted)
}

fn want_counted(variable: usize, wanted: &mut Wanted) -> usize {
    let known = wanted.variables.iter().position(|other| *other == variable);
    known.unwrap_or_else(|| want(&mut wanted.variables, variable))
}

fn question_slots(
    index: usize,
    question: &Question,
    plan: &Plan,
    wanted: &mut Wanted,
    slots: &mut Vec<(Item, Slot)>,
) {
    let item = |part| Item {
        question: index,
        part,
        column: 0,
        scale: question.scale.clone(),
        shows_progress: !matches!(question.measure, Measure::Text | Measure::Multi),
    };
    let parts: &[Option<&'static str>] = match (&question.columns, question.measure) {
        (Columns::One(_), _) => &[None],
        (Columns::Pair { .. }, Measure::Kano) => &[Some("functional"), Some("dysfunctional")],
        (Columns::Pair { .. }, _) => &[Some("expectation"), Some("perception")],
    };
    for (part, columns) in parts.iter().zip(columns(question)) {
        let id = part.map_or_else(|| question.id.clone(), |part| format!("{}.{part}", question.id));
        let counted = plan.variables.iter().position(|variable| variable.id == id);
        let slot = if question.measure == Measure::Text {
            Slot::Presence(want(&mut wanted.presence, columns.to_vec()))
        } else if let Some(variable) = counted {
            Slot::Counted(want_counted(variable, wanted))
        } else {
            let coding = question_coding(question);
            Slot::Extra(want_extra(Variable { id, columns: columns.to_vec(), coding }, wanted))
        };
        slots.push((item(*part), slot));
    }
}

/// The columns of a question, each with its alternative names.
fn columns(question: &Question) -> Vec<&[String]> {
    match &question.columns {
        Columns::One(names) => vec![names],
        Columns::Pair { first, second } => vec![first, second],
    }
}

/// Keeps the variable of a name in a condition.
fn want_name(name: &str, survey: &Survey, scope: &Scope, plan: &Plan, wanted: &mut Wanted) {
    if let Some(variable) = plan.variables.iter().position(|variable| variable.id == name) {
        want_counted(variable, wanted);
    } else if wanted.extra.iter().all(|variable| variable.id != name)
        && let Ok(Some(variable)) = condition_variable(survey, scope, name)
    {
        want_extra(variable, wanted);
    }
}

/// Items by the order that the definition gives, then by their columns.
fn in_asked_order(items: &mut [Item], survey: &Survey, header: &[String]) {
    let rank = |item: &Item| {
        let question = &survey.questions[item.question];
        let declared = survey.quality.order.iter().position(|id| *id == question.id);
        let lists = columns(question);
        let second = matches!(item.part, Some("perception" | "dysfunctional"));
        let names = lists.get(usize::from(second)).copied().unwrap_or_default();
        let column = names.iter().find_map(|name| header.iter().position(|column| column == name));
        (declared.unwrap_or(usize::MAX), column.unwrap_or(usize::MAX), item.question)
    };
    items.sort_by_key(rank);
}

fn facts_column(profiles: &[Profile], of: Metadata) -> Option<String> {
    let mut columns = profiles.first()?.columns.iter();
    columns.find(|column| column.facts.role == Role::Metadata(of)).map(|column| column.name.clone())
}

fn known_duration(profiles: &[Profile]) -> Option<String> {
    facts_column(profiles, Metadata::Duration).or_else(|| {
        let is_duration = |name: &str| DURATION_NAMES.contains(&fold(name).as_str());
        let columns = &profiles.first()?.columns;
        columns.iter().find(|column| is_duration(&column.name)).map(|column| column.name.clone())
    })
}

/// The column of when answering began, where it is another than that of the date.
fn start_column(survey: &Survey, profiles: &[Profile]) -> Option<DateColumn> {
    let date = survey.data.date.as_ref()?;
    let started = match &survey.quality.started {
        Some(column) => DateColumn { column: column.clone(), format: date.format.clone() },
        None => DateColumn { column: facts_column(profiles, Metadata::Started)?, format: None },
    };
    (started.column != date.column).then_some(started)
}

/// The contradictions of the definition, else ours.
fn conditions(survey: &Survey, scope: &Scope) -> Result<Vec<Condition>, Vec<Diagnostic>> {
    let written = &survey.quality.contradictions;
    if written.is_empty() {
        return Ok(default_conditions(survey));
    }
    let mut faults = Vec::new();
    for contradiction in written {
        let found = expression::check(&contradiction.expression, survey, &scope.columns);
        let errors = found.into_iter().filter(|fault| fault.severity == Severity::Error);
        faults.extend(errors.map(|fault| match &contradiction.place {
            Some(place) => fault.at(place.clone()),
            None => fault,
        }));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let condition = |contradiction: &Contradiction| Condition {
        text: contradiction.text.clone(),
        expression: contradiction.expression.clone(),
        is_default: false,
    };
    Ok(written.iter().map(condition).collect())
}

/// Overall at its best and would not recommend, or at its worst and would.
fn default_conditions(survey: &Survey) -> Vec<Condition> {
    let rated = |question: &&Question| {
        question.measure != Measure::Nps
            && question.scale.is_some()
            && matches!(question.columns, Columns::One(_))
    };
    let overall = survey.questions.iter().filter(rated).find(|question| question.overall);
    let recommend = survey.questions.iter().find(|question| {
        question.measure == Measure::Nps
            && question.scale.as_ref().is_some_and(|scale| (scale.min, scale.max) == (0, 10))
    });
    let (Some(overall), Some(recommend)) = (overall, recommend) else { return Vec::new() };
    let Some(scale) = &overall.scale else { return Vec::new() };
    let (best, worst) = match scale.best {
        Best::High => (scale.max, scale.min),
        Best::Low => (scale.min, scale.max),
    };
    let compare = |question: &Question, operator, number: i32| {
        let literal = Literal::Number(f64::from(number));
        Box::new(Expression::Compare { name: question.id.clone(), operator, literal })
    };
    let pair = |point, operator, number| {
        let first = compare(overall, Operator::Equal, point);
        let expression = Expression::And(first, compare(recommend, operator, number));
        Condition { text: expression.to_string(), expression, is_default: true }
    };
    vec![pair(best, Operator::LessEqual, 2), pair(worst, Operator::GreaterEqual, 9)]
}
