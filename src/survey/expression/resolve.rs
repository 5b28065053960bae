//! What a name in an expression stands for.

use crate::survey::{Columns, Survey};

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variable {
    /// The question at this index, which has one column.
    Question(usize),
    /// The expectation (or functional) column of the pair question at this index.
    First(usize),
    /// The perception (or dysfunctional) column of the pair question at this index.
    Second(usize),
    /// A pair question as a whole: it has no single answer to compare.
    Pair(usize),
    /// The segment at this index.
    Segment(usize),
    /// A column of the file that the survey does not mention: taken as it is.
    Column(usize),
}

/// What `name` stands for: a question id, a segment id, a column of a question or segment, or any column of the
/// file, in that order; `None` when it is nothing of that.
pub fn resolve(name: &str, survey: &Survey, columns: &[String]) -> Option<Variable> {
    let named = |list: &[String]| list.iter().any(|column| column == name);
    if let Some(index) = survey.questions.iter().position(|question| question.id == name) {
        return Some(match survey.questions[index].columns {
            Columns::One(_) => Variable::Question(index),
            Columns::Pair { .. } => Variable::Pair(index),
        });
    }
    if let Some(index) = survey.segments.iter().position(|segment| segment.id == name) {
        return Some(Variable::Segment(index));
    }
    for (index, question) in survey.questions.iter().enumerate() {
        match &question.columns {
            Columns::One(list) if named(list) => return Some(Variable::Question(index)),
            Columns::Pair { first, .. } if named(first) => return Some(Variable::First(index)),
            Columns::Pair { second, .. } if named(second) => return Some(Variable::Second(index)),
            _ => {}
        }
    }
    // A column behind a segment with bands or ages is asked for as it is, not as its bands.
    let plain = |index: &usize| survey.segments[*index].bands.is_empty();
    survey
        .segments
        .iter()
        .position(|segment| named(&segment.columns))
        .filter(plain)
        .map(Variable::Segment)
        .or_else(|| columns.iter().position(|column| column == name).map(Variable::Column))
}
