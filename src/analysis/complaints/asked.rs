//! The groups of a survey by what became of a problem, as conditions on its rows.

use crate::report::{QuestionSummary, Report};
use crate::source::cases::says_yes;
use crate::survey::expression::{Expression, Literal, Operator};
use crate::survey::{Measure, ProblemQuestions, Survey};

/// Why the questions that `[complaints]` names tell nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AskedError {
    /// The answers' definition has no such question.
    #[error(
        "[complaints] names the question `{id}` as `{key}`, and the definition of the answers has none of that name"
    )]
    NoQuestion {
        /// The key.
        key: &'static str,
        /// The question.
        id: String,
        /// The questions that there are.
        known: Vec<String>,
    },
    /// Its answers do not say yes or no.
    #[error("`{id}`, which [complaints] names as `{key}`, is answered with neither yes nor no")]
    NotYesNo {
        /// The key.
        key: &'static str,
        /// The question.
        id: String,
    },
}

/// The conditions of the groups.
#[derive(Clone, Debug, PartialEq)]
pub struct AskedGroups {
    /// Who had a problem.
    pub problem: Expression,
    /// Who of these complained; `None` where nobody was asked.
    pub complained: Option<Expression>,
    /// Whose problem is asked about whether it was put right, which is who complained where that is known.
    pub tried: Expression,
    /// Who of these had it put right; `None` where nobody was asked.
    pub recovered: Option<Expression>,
    /// The groups by their names, in order.
    pub groups: Vec<(&'static str, Expression)>,
    /// The question and the statistic by which each share is told, where one tells it alone: of those with a problem, of
    /// those of them who complained, of those who had it put right.
    pub shares: [Option<(String, String)>; 3],
}

/// Who said yes, who said no, and the question with the statistic that is the share of yes.
type Said = (Expression, Expression, Option<(String, String)>);

/// The groups that can be told; `whole` is a report of all answers, in which every text that was answered stands.
///
/// # Errors
/// See [`AskedError`].
pub fn asked_groups(
    survey: &Survey,
    asked: &ProblemQuestions,
    whole: &Report,
) -> Result<Option<AskedGroups>, AskedError> {
    let of = |key: &'static str, id: &Option<String>| {
        id.as_ref().map(|id| answers(survey, key, id, whole)).transpose()
    };
    let Some((problem, without, of_all)) = of("problem", &asked.problem)? else { return Ok(None) };
    let parts =
        |said: Option<Said>| said.map_or((None, None, None), |(yes, no, share)| (Some(yes), Some(no), share));
    let (complained, silent, of_problem) = parts(of("complained", &asked.complained)?);
    let (recovered, not_recovered, of_tried) = parts(of("recovered", &asked.recovered)?);
    let tried = match &complained {
        Some(complained) => both(&problem, complained),
        None => problem.clone(),
    };
    let mut groups = vec![("no_problem", without)];
    groups.extend(recovered.as_ref().map(|yes| ("recovered", both(&tried, yes))));
    groups.extend(not_recovered.as_ref().map(|no| ("not_recovered", both(&tried, no))));
    if recovered.is_none() {
        let name = if complained.is_some() { "complained" } else { "problem" };
        groups.push((name, tried.clone()));
    }
    groups.extend(silent.as_ref().map(|no| ("did_not_complain", both(&problem, no))));
    let shares = [of_all, of_problem, of_tried];
    Ok(Some(AskedGroups { problem, complained, tried, recovered, groups, shares }))
}

/// Both conditions.
fn both(one: &Expression, other: &Expression) -> Expression {
    Expression::And(Box::new(one.clone()), Box::new(other.clone()))
}

/// Who said yes and who said no.
fn answers(survey: &Survey, key: &'static str, id: &str, whole: &Report) -> Result<Said, AskedError> {
    let question = survey.questions.iter().find(|question| question.id == id);
    let summary = whole.survey.questions.iter().find(|question| question.id == id);
    let (Some(question), Some(summary)) = (question, summary) else {
        let known = survey.questions.iter().map(|question| question.id.clone()).collect();
        return Err(AskedError::NoQuestion { key, id: id.to_owned(), known });
    };
    let not_yes_no = || AskedError::NotYesNo { key, id: id.to_owned() };
    match question.measure {
        Measure::Choice | Measure::Checklist => options(summary, whole).ok_or_else(not_yes_no),
        Measure::Csat | Measure::Rating => top_box(summary).ok_or_else(not_yes_no),
        _ => Err(not_yes_no()),
    }
}

/// By options whose texts say yes or no.
fn options(question: &QuestionSummary, whole: &Report) -> Option<Said> {
    let codes = whole
        .estimates
        .iter()
        .filter(|estimate| estimate.question == question.id && estimate.segment.is_empty())
        .filter_map(|estimate| estimate.statistic.strip_prefix("share:"));
    let mut said: [Vec<Literal>; 2] = [Vec::new(), Vec::new()];
    let mut statistics: Vec<String> = Vec::new();
    for code in codes {
        let text = question.labels.get(code).map_or(code, String::as_str);
        let Some(says) = says_yes(text).or_else(|| says_yes(code).filter(|_| text == code)) else { continue };
        let literal = Literal::Text(text.to_owned());
        if let Some(list) = said.get_mut(usize::from(says))
            && !list.contains(&literal)
        {
            list.push(literal);
            statistics.extend(says.then(|| format!("share:{code}")));
        }
    }
    let [no, yes] = said;
    let of = |literals: Vec<Literal>| Expression::In { name: question.id.clone(), literals };
    // Where all said the same, nobody of the other group is a group of nobody.
    let other = |own: &[Literal], text: &str| {
        if own.is_empty() { vec![Literal::Text(text.to_owned())] } else { own.to_vec() }
    };
    let share = statistics.pop().filter(|_| statistics.is_empty()).map(|name| (question.id.clone(), name));
    (!yes.is_empty() || !no.is_empty()).then(|| (of(other(&yes, "yes")), of(other(&no, "no")), share))
}

/// By the points that the top box counts.
fn top_box(question: &QuestionSummary) -> Option<Said> {
    let [from, to] = question.points.as_ref()?.good?;
    let compare = |operator, point: i64| Expression::Compare {
        name: question.id.clone(),
        operator,
        literal: Literal::Number(point as f64),
    };
    let yes = both(&compare(Operator::GreaterEqual, from), &compare(Operator::LessEqual, to));
    let no =
        Expression::Or(Box::new(compare(Operator::Less, from)), Box::new(compare(Operator::Greater, to)));
    Some((yes, no, Some((question.id.clone(), "top_box".to_owned()))))
}
