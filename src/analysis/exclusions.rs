//! Which rows are left out, with a variable for every name in a condition: previews and tests, what the definition
//! excludes, and what `--where` does not keep.

use std::collections::BTreeMap;
use std::ops::Range;

use indexmap::IndexMap;

use super::plan::{PlanError, question_coding, segment_variable};
use super::scope::Scope;
use crate::diagnostic::{Diagnostic, Severity};
use crate::prepare::Filter;
use crate::survey::expression::{self, Expression, resolve};
use crate::survey::{Columns, FileFacts, RowRule, Survey};
use crate::tally::{Base, Coding, ExcludedRows, Exclusion, NoInterview, Variable};

/// The reason of previews and tests in the ledger.
pub const PREVIEW: &str = "preview";
/// The reason of unfinished responses.
pub(super) const PARTIAL: &str = "partial";
/// The reason of rows that a condition of the definition excludes.
pub(super) const EXCLUDED: &str = "excluded";
/// The reason of cases without an interview.
pub const NO_INTERVIEW: &str = "no_interview";
/// The reason of rows with the id of another.
pub(super) const DUPLICATE_ID: &str = "duplicate_id";

/// The exclusions in the order in which they are looked at, and what is odd about `--where` though it can be used.
///
/// What was never an answer comes first, then what the definition calls none; of the rest one of an id stays. Last comes
/// what is looked at this time: it does not change what the others leave out. Cases without an interview are no answers,
/// and nothing is compared with them: they go after all others, which look at them for the response rates.
pub(super) fn of(
    survey: &Survey,
    scope: &Scope,
    variables: &mut Vec<Variable>,
) -> Result<(Vec<Exclusion>, Vec<Diagnostic>), PlanError> {
    let defined = &survey.exclusions;
    let compared = |reason, rows| Exclusion { reason, rows, input: None, is_compared: true };
    let mut exclusions = Vec::new();
    if defined.test {
        let told = told(scope, PREVIEW, |file| file.test_rows.as_ref());
        exclusions.extend(told.map(|rule| Exclusion { is_compared: false, ..rule }));
    }
    if defined.partial {
        exclusions.extend(told(scope, PARTIAL, |file| file.partial_rows.as_ref()));
    }
    for rule in &defined.conditions {
        let (filter, _) = filter(&rule.condition, survey, scope, variables)?;
        exclusions.push(compared(EXCLUDED, ExcludedRows::Where(filter)));
    }
    if let Some((keep, column)) = defined.duplicate_ids.zip(survey.data.id.clone()) {
        exclusions.push(compared(DUPLICATE_ID, ExcludedRows::Repeated { column, keep }));
    }
    let mut cautions = Vec::new();
    if let Some(typed) = &scope.filter {
        let (filter, found) = filter(typed, survey, scope, variables)?;
        exclusions.push(Exclusion::filtered(filter));
        cautions = found;
    }
    exclusions.extend(cases(survey));
    Ok((exclusions, cautions))
}

/// By the place of an exclusion, the reason that the definition gives for it.
pub(super) fn reasons(survey: &Survey, exclusions: &[Exclusion]) -> BTreeMap<usize, String> {
    let by_condition = exclusions.iter().enumerate().filter(|(_, exclusion)| exclusion.reason == EXCLUDED);
    let rules = by_condition.zip(&survey.exclusions.conditions);
    rules.filter_map(|((place, _), rule)| Some((place, rule.reason.clone()?))).collect()
}

/// Those who refused, were not reached or are not eligible.
fn cases(survey: &Survey) -> Option<Exclusion> {
    let column = survey.quality.disposition.clone()?;
    let rule = NoInterview { column, quality: survey.quality.clone() };
    let rows = ExcludedRows::Cases(Box::new(rule));
    Some(Exclusion { reason: NO_INTERVIEW, rows, input: None, is_compared: false })
}

/// Who was asked which questions; `of_question` gives the variables of each.
pub(super) fn bases(
    survey: &Survey,
    scope: &Scope,
    variables: &mut Vec<Variable>,
    of_question: &[Range<usize>],
) -> Result<Vec<Base>, PlanError> {
    let mut bases: Vec<Base> = Vec::new();
    for (question, of_question) in survey.questions.iter().zip(of_question) {
        let Some(condition) = question.base.as_ref().filter(|_| !of_question.is_empty()) else { continue };
        let (condition, _) = filter(condition, survey, scope, variables)?;
        match bases.last_mut().filter(|last| last.condition == condition) {
            Some(last) => last.variables.extend(of_question.clone()),
            None => {
                bases.push(Base { condition, variables: of_question.clone().collect(), is_strict: false });
            }
        }
    }
    Ok(bases)
}

/// The rows that files tell by a cell.
fn told<'a>(
    scope: &'a Scope,
    reason: &'static str,
    rule: impl Fn(&'a FileFacts) -> Option<&'a RowRule>,
) -> impl Iterator<Item = Exclusion> {
    scope.files.iter().enumerate().filter_map(move |(input, file)| {
        let RowRule { column, values } = rule(file)?.clone();
        Some(Exclusion {
            reason,
            rows: ExcludedRows::Cells { column, values },
            input: Some(input),
            is_compared: true,
        })
    })
}

/// A condition with a variable for every name in it; a variable's id is the name that the condition uses.
pub(super) fn filter(
    condition: &Expression,
    survey: &Survey,
    scope: &Scope,
    variables: &mut Vec<Variable>,
) -> Result<(Filter, Vec<Diagnostic>), PlanError> {
    let complaints = expression::check(condition, survey, &scope.columns);
    let (errors, cautions): (Vec<Diagnostic>, Vec<Diagnostic>) =
        complaints.into_iter().partition(|complaint| complaint.severity == Severity::Error);
    if !errors.is_empty() {
        return Err(PlanError::Filter(errors));
    }
    for name in condition.names() {
        if variables.iter().all(|variable| variable.id != name) {
            variables.extend(condition_variable(survey, scope, name)?);
        }
    }
    Ok((Filter { expression: condition.clone() }, cautions))
}

/// The variable that a name in a condition stands for.
pub(super) fn condition_variable(
    survey: &Survey,
    scope: &Scope,
    name: &str,
) -> Result<Option<Variable>, PlanError> {
    let id = name.to_owned();
    let of = |question: usize, second: bool| {
        let question = &survey.questions[question];
        let columns = match &question.columns {
            Columns::Pair { second: columns, .. } if second => columns,
            Columns::One(columns) | Columns::Pair { first: columns, .. } => columns,
        };
        Variable { id: id.clone(), columns: columns.clone(), coding: question_coding(question) }
    };
    Ok(match resolve(name, survey, &scope.columns) {
        Some(expression::Variable::Question(question) | expression::Variable::First(question)) => {
            Some(of(question, false))
        }
        Some(expression::Variable::Second(question)) => Some(of(question, true)),
        Some(expression::Variable::Segment(segment)) => {
            Some(Variable { id, ..segment_variable(survey, &survey.segments[segment])? })
        }
        Some(expression::Variable::Column(_)) => {
            let coding = Coding::Category { labels: IndexMap::new(), closed: false };
            Some(Variable { columns: vec![id.clone()], id, coding })
        }
        // The check has complained about both.
        Some(expression::Variable::Pair(_)) | None => None,
    })
}
