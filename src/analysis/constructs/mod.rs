//! What several questions measure together: how consistently they are answered, their index, and what goes with what.

mod indices;
mod path_model;
mod reliability;
mod retests;

use crate::report::{Flag, Section};
use crate::stats::corrected_variance;
use crate::survey::{Measure, Question, Survey};
use crate::tally::{Plan, Stratum};

use super::priorities::importance_question;
use super::ratings::{Ratings, RatingsAsk};
use super::row_order::{in_order, row_order};
use super::scope::Scope;
use super::sections::{Subject, is_hidden};

/// A construct or a dimension with its questions.
struct Together<'a> {
    id: &'a str,
    label: &'a str,
    items: Vec<&'a str>,
}

/// Adds the answers that are read; whether any are.
pub(super) fn want(survey: &Survey, scope: &Scope, plan: &Plan, into: &mut RatingsAsk) -> bool {
    if !is_asked(survey) || scope.crosstab.is_some() || scope.drivers.is_some() {
        return false;
    }
    for together in all(survey) {
        for item in together.items {
            into.question(plan, item);
        }
    }
    for question in survey.questions.iter().filter(|question| question.retest_of.is_some()) {
        into.question(plan, &question.id);
        if let Some(first) = &question.retest_of {
            into.question(plan, first);
        }
    }
    for stated in indices::importances(survey) {
        into.question(plan, stated);
    }
    true
}

/// Rows cost memory: they are kept only where the definition says that questions belong together.
fn is_asked(survey: &Survey) -> bool {
    !survey.constructs.is_empty() || survey.questions.iter().any(|question| question.retest_of.is_some())
}

/// The sections, where the rows were kept.
pub(super) fn sections(subject: &Subject<'_>, total: &Stratum) -> Vec<Section> {
    let Some((ratings, _)) = subject.ratings.filter(|_| is_asked(subject.survey)) else { return Vec::new() };
    let work = Work { subject, total, ratings };
    // A path model may have constructs of one question, which has nothing to agree with.
    let in_path = |id: &str| subject.survey.paths.iter().any(|path| path.from == id || path.to == id);
    let of_each: Vec<Together<'_>> =
        all(subject.survey).into_iter().filter(|of| of.items.len() > 1 || !in_path(of.id)).collect();
    let mut sections: Vec<Section> =
        of_each.iter().map(|together| Section::Reliability(reliability::section(&work, together))).collect();
    sections.extend(retests::section(&work).map(Section::Retests));
    sections.extend(indices::section(&work).map(Section::Indices));
    sections.extend(path_model::section(&work).map(|section| Section::PathModel(Box::new(section))));
    sections
}

/// The constructs, then the dimensions of at least two ratings on one scale that are none themselves.
fn all(survey: &Survey) -> Vec<Together<'_>> {
    let constructs = survey.constructs.iter().map(|(id, construct)| Together {
        id,
        label: construct.label.as_deref().unwrap_or(id),
        items: construct.items.iter().map(String::as_str).collect(),
    });
    let dimensions = survey.dimensions.iter().filter(|(id, _)| !survey.constructs.contains_key(*id));
    let dimensions = dimensions.filter_map(|(id, dimension)| {
        let of = |question: &&Question| {
            question.dimension.as_ref() == Some(id)
                && matches!(question.measure, Measure::Csat | Measure::Rating | Measure::Ces)
        };
        let items: Vec<&Question> = survey.questions.iter().filter(of).collect();
        let range = |question: &Question| question.scale.as_ref().map(|scale| (scale.min, scale.max));
        let (first, others) = items.split_first()?;
        let alike = !others.is_empty() && others.iter().all(|item| range(item) == range(first));
        alike.then(|| Together {
            id,
            label: dimension.label.as_deref().unwrap_or(id),
            items: items.iter().map(|item| item.id.as_str()).collect(),
        })
    });
    constructs.chain(dimensions).collect()
}

/// What the sections are made from.
struct Work<'w, 'a> {
    subject: &'w Subject<'a>,
    total: &'w Stratum,
    ratings: &'a Ratings<'a>,
}

/// The rows that answer all of some questions.
struct Complete {
    /// By question, the points by row.
    columns: Vec<Vec<f64>>,
    weights: Option<Vec<f64>>,
    /// Rows that answer some but not all.
    incomplete: u64,
}

impl Work<'_, '_> {
    /// Why the answers to any of these questions are hidden, if they are.
    fn hidden(&self, ids: &[&str]) -> Option<Flag> {
        let place = |id: &&str| self.subject.survey.questions.iter().position(|question| question.id == **id);
        let flags = ids.iter().filter_map(place).filter_map(|place| (self.subject.hidden)(place, self.total));
        flags.into_iter().find(|flag| is_hidden(*flag))
    }

    /// The columns of questions among the rows; `None` where one was not kept.
    fn columns(&self, ids: &[&str]) -> Option<Vec<usize>> {
        ids.iter().map(|id| self.ratings.question(id)).collect()
    }

    /// The rows that answer all of these questions, in an order of their own, whatever the file's.
    fn complete(&self, ids: &[&str]) -> Complete {
        let columns = self.columns(ids).unwrap_or_default();
        let mut found = Complete {
            columns: vec![Vec::new(); columns.len()],
            weights: self.ratings.weights().map(|_| Vec::new()),
            incomplete: 0,
        };
        let mut values = vec![0.0; columns.len()];
        for row in 0..self.ratings.rows() {
            let mut answered = 0;
            for (value, column) in values.iter_mut().zip(&columns) {
                if let Some(point) = self.ratings.point(*column, row) {
                    *value = point;
                    answered += 1;
                }
            }
            if answered < columns.len() {
                found.incomplete += u64::from(answered > 0);
                continue;
            }
            for (column, value) in found.columns.iter_mut().zip(&values) {
                column.push(*value);
            }
            if let (Some(weights), Some(all)) = (&mut found.weights, self.ratings.weights()) {
                weights.extend(all.get(row).copied());
            }
        }
        let columns: Vec<&[f64]> = found.columns.iter().chain(&found.weights).map(Vec::as_slice).collect();
        let order = row_order(&columns);
        found
            .columns
            .iter_mut()
            .chain(&mut found.weights)
            .for_each(|values| *values = in_order(values, &order));
        found
    }

    /// What is left of a sampling variance where the population is known and so many of it answered; 0 for a census, 1
    /// where no population is known.
    fn left(&self, answered: u64) -> f64 {
        let Some(population) = self.subject.context_of(self.total, &[]).population else { return 1.0 };
        if answered >= population {
            return 0.0;
        }
        corrected_variance(1.0, answered as f64, population as f64).unwrap_or(1.0)
    }

    /// Whether a population is known of which not everybody answered.
    fn is_part(&self, answered: u64) -> bool {
        self.subject.context_of(self.total, &[]).population.is_some_and(|population| answered < population)
    }

    /// A small base, which a reader should know.
    fn small(&self, base: u64) -> Option<Flag> {
        (base < self.subject.survey.flag_below).then_some(Flag::SmallBase)
    }
}

impl Complete {
    fn rows(&self) -> u64 {
        self.columns.first().map_or(0, |column| column.len() as u64)
    }
}

/// Which of the loadings on one construct have the sign that fewer of them have; of two halves the one without the first.
/// None where all have one sign.
fn rarer_sign(loadings: &[f64]) -> Vec<usize> {
    let of = |sign: f64| -> Vec<usize> {
        loadings
            .iter()
            .enumerate()
            .filter(|(_, loading)| *loading * sign > 0.0)
            .map(|(place, _)| place)
            .collect()
    };
    let (above, below) = (of(1.0), of(-1.0));
    let fewer_above = above.len() < below.len() || above.len() == below.len() && below.first() == Some(&0);
    if fewer_above { above } else { below }
}

/// The question that asks how important another is.
fn stated<'a>(survey: &'a Survey, item: &str) -> Option<&'a str> {
    let question = survey.questions.iter().find(|question| question.id == item)?;
    importance_question(survey, question).map(|stated| stated.id.as_str())
}
