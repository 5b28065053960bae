//! What is counted of a checklist beside the answers: evidence, owners, assessors, and whose answer a row has.

use std::ops::Range;

use indexmap::IndexMap;

use crate::prepare::Filter;
use crate::survey::expression::{Expression, Literal, Operator};
use crate::survey::{ChecklistDefinition, Measure, Question, Survey};
use crate::tally::{Base, Coding, Tally, Variable};

use super::super::plan::question_coding;

/// The variable that tells the items of rows apart.
pub(super) const ITEM: &str = "checklist.item";
/// The variable with who judged.
const ASSESSOR: &str = "checklist.assessor";

/// Where the counts of a checklist stand, beside those of its questions.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::analysis) struct ChecklistMap {
    /// By question, the tally of the answers that something shows.
    pub(super) shown: Vec<Option<usize>>,
    /// By question, the tally of owners.
    pub(super) owners: Vec<Option<usize>>,
    /// The tally of items, where rows name them.
    pub(super) items: Option<usize>,
    /// The tally of assessors, where the definition names them.
    pub(super) assessors: Option<usize>,
}

/// What a checklist needs beside its questions.
#[derive(Debug, Default)]
pub(in crate::analysis) struct ChecklistPlan {
    /// Where it stands; `None` without a checklist.
    pub(in crate::analysis) map: Option<ChecklistMap>,
    /// Who was asked what: of rows with one item, that item alone; of answers that something shows, those.
    pub(in crate::analysis) bases: Vec<Base>,
}

/// Adds what is to be counted; `of_question` gives the variables of each question.
pub(in crate::analysis) fn plan(
    survey: &Survey,
    variables: &mut Vec<Variable>,
    tallies: &mut Vec<Tally>,
    of_question: &[Range<usize>],
) -> ChecklistPlan {
    let is_item = |question: &Question| question.measure == Measure::Checklist;
    if !survey.questions.iter().any(is_item) {
        return ChecklistPlan::default();
    }
    let mut found = ChecklistPlan::default();
    let mut map = ChecklistMap::default();
    let definition = survey.checklist.as_ref();
    if let Some(column) = definition.and_then(|definition| definition.item.as_ref()) {
        map.items =
            Some(counted(category(ITEM, vec![column.clone()], names(survey), true), variables, tallies));
    }
    if let Some(column) = definition.and_then(|definition| definition.assessor.as_ref()) {
        let assessor = category(ASSESSOR, vec![column.clone()], IndexMap::new(), false);
        map.assessors = Some(counted(assessor, variables, tallies));
    }
    let mut evidence: IndexMap<Vec<String>, String> = IndexMap::new();
    for (question, of_question) in survey.questions.iter().zip(of_question) {
        let (mut shown, mut owners) = (None, None);
        let mut own: Vec<usize> = of_question.clone().collect();
        if is_item(question) && !question.item.evidence.is_empty() {
            let id = format!("{}.shown", question.id);
            let columns =
                variables.get(of_question.start).map_or_else(Vec::new, |known| known.columns.clone());
            let variable = variables.len();
            shown = Some(counted(
                Variable { id, columns, coding: question_coding(question) },
                variables,
                tallies,
            ));
            own.push(variable);
        }
        if is_item(question) && !question.item.owner.is_empty() {
            let id = format!("{}.owner", question.id);
            own.push(variables.len());
            let owner = category(&id, question.item.owner.clone(), IndexMap::new(), false);
            owners = Some(counted(owner, variables, tallies));
        }
        let with_evidence = shown.and_then(|_| own.get(1).copied());
        found.bases.extend(base(survey.checklist.as_ref(), question, own));
        if let Some(variable) = with_evidence {
            let names = &question.item.evidence;
            let name = evidence.entry(names.clone()).or_insert_with(|| {
                let name = format!("{}.evidence", question.id);
                variables.push(category(&name, names.clone(), IndexMap::new(), false));
                name
            });
            let expression = Expression::Not(Box::new(Expression::IsMissing(name.clone())));
            found.bases.push(Base {
                condition: Filter { expression },
                variables: vec![variable],
                is_strict: true,
            });
        }
        map.shown.push(shown);
        map.owners.push(owners);
    }
    found.map = Some(map);
    found
}

/// Rows that name another item do not ask this one.
fn base(
    definition: Option<&ChecklistDefinition>,
    question: &Question,
    variables: Vec<usize>,
) -> Option<Base> {
    definition.filter(|_| question.item.in_rows)?.item.as_ref()?;
    let expression = Expression::Compare {
        name: ITEM.to_owned(),
        operator: Operator::Equal,
        literal: Literal::Text(question.id.clone()),
    };
    Some(Base { condition: Filter { expression }, variables, is_strict: true })
}

/// Every text by which rows may name an item, with its id.
fn names(survey: &Survey) -> IndexMap<String, String> {
    let items = || survey.questions.iter().filter(|question| question.item.in_rows);
    let ids = items().map(|question| (question.id.clone(), question.id.clone()));
    let mut names: IndexMap<String, String> = ids.collect();
    for question in items() {
        let own = question.own_words.as_ref().map(|own| &own.text);
        let texts =
            question.label.iter().chain(&question.text).chain(question.translations.values()).chain(own);
        for text in texts {
            names.entry(text.clone()).or_insert_with(|| question.id.clone());
        }
    }
    names
}

fn category(id: &str, columns: Vec<String>, labels: IndexMap<String, String>, closed: bool) -> Variable {
    Variable { id: id.to_owned(), columns, coding: Coding::Category { labels, closed } }
}

/// Adds a variable that is counted by itself.
fn counted(variable: Variable, variables: &mut Vec<Variable>, tallies: &mut Vec<Tally>) -> usize {
    variables.push(variable);
    tallies.push(Tally::Single(variables.len() - 1));
    tallies.len() - 1
}
