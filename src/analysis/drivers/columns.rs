//! The columns of a model as codes: which answer of a row is which number.

use std::collections::BTreeMap;

use crate::measures::{NpsPoints, PatternColumn, Patterns, RowCodes};
use crate::report::Box3;

use super::super::ratings::Ratings;
use super::ask::OutcomeOf;
use super::error::DriversError;
use super::model::{Answers, Model, NUMBER, Outcome, Predictor, YES_NO};

/// The outcome, then the predictors.
pub(super) struct ModelColumns<'a> {
    ratings: &'a Ratings<'a>,
    columns: Vec<ModelColumn>,
}

/// One column.
struct ModelColumn {
    values: Vec<f64>,
    source: Source,
}

/// Where its codes come from.
enum Source {
    /// By the place of an answer to a question, its code.
    Points(usize, Vec<usize>),
    /// Perception less expectation.
    Gap { expectation: usize, perception: usize },
    /// A free number of a question.
    Number(usize),
    /// Yes or no in a column of its own.
    YesNo(usize),
    /// A free number in a column of its own.
    Free(usize),
}

impl<'a> ModelColumns<'a> {
    /// # Errors
    /// An outcome without numbers.
    pub(super) fn new(model: &Model<'_>, ratings: &'a Ratings<'a>) -> Result<Self, DriversError> {
        let mut columns = vec![outcome(model, ratings)?];
        for predictor in &model.predictors {
            columns.push(of_predictor(predictor, ratings)?);
        }
        Ok(Self { ratings, columns })
    }

    /// The numbers of a column in rising order; 0 is the outcome.
    pub(super) fn values(&self, column: usize) -> &[f64] {
        self.columns.get(column).map_or(&[], |column| &column.values)
    }

    /// Whether the outcome is yes or no in a column of its own.
    pub(super) fn is_yes_no(&self) -> bool {
        matches!(self.columns.first().map(|column| &column.source), Some(Source::YesNo(_)))
    }

    /// How many answers to an outcome in a column of its own are neither yes nor no, or no numbers; `None` for a question.
    pub(super) fn unread(&self) -> Option<u64> {
        let (Source::YesNo(column) | Source::Free(column)) = self.columns.first()?.source else {
            return None;
        };
        Some((0..self.ratings.rows()).filter(|row| self.ratings.is_unread(column, *row)).count() as u64)
    }

    /// The code of a row's answer, 0 for none.
    pub(super) fn code(&self, column: usize, row: usize) -> usize {
        let Some(column) = self.columns.get(column) else { return 0 };
        let place = |value: Option<f64>| {
            let found =
                value.and_then(|value| column.values.binary_search_by(|known| known.total_cmp(&value)).ok());
            found.map_or(0, |place| place + 1)
        };
        match &column.source {
            Source::Points(question, codes) => {
                let answer = self.ratings.answer(*question, row);
                answer.and_then(|answer| codes.get(answer).copied()).unwrap_or(0)
            }
            Source::Gap { expectation, perception } => {
                place(difference(self.ratings, (*expectation, *perception), row))
            }
            Source::Number(question) => place(self.ratings.point(*question, row).map(settled)),
            Source::YesNo(extra) => self.ratings.extra_answer(*extra, row).map_or(0, |answer| answer + 1),
            Source::Free(extra) => place(self.ratings.extra_number(*extra, row).map(settled)),
        }
    }

    /// The patterns of the rows for which `is_in` holds.
    pub(super) fn patterns(&self, is_in: impl Fn(usize) -> bool, threads: usize) -> Patterns {
        let columns = self.columns.iter().map(|column| PatternColumn { values: column.values.clone() });
        let rows: Vec<u32> = (0..self.ratings.rows())
            .filter(|row| is_in(*row))
            .filter_map(|row| u32::try_from(row).ok())
            .collect();
        Patterns::new(columns.collect(), &rows, self, threads)
    }
}

impl RowCodes for ModelColumns<'_> {
    fn write(&self, column: usize, rows: &[u32], into: &mut [u32]) {
        let small = |code: usize| u32::try_from(code).unwrap_or(0);
        if let Some(ModelColumn { source: Source::Points(question, codes), .. }) = self.columns.get(column) {
            let codes: Vec<u32> = codes.iter().map(|code| small(*code)).collect();
            self.ratings.write_answers(*question, &codes, rows, into);
            return;
        }
        for (row, code) in rows.iter().zip(into) {
            *code = usize::try_from(*row).map_or(0, |row| small(self.code(column, row)));
        }
    }

    fn weight(&self, row: u32) -> Option<f64> {
        let weights = self.ratings.weights()?;
        usize::try_from(row).ok().and_then(|row| weights.get(row).copied())
    }
}

/// Negative zero is zero, so that equal numbers have equal bits.
fn settled(value: f64) -> f64 {
    value + 0.0
}

fn difference(ratings: &Ratings<'_>, (expectation, perception): (usize, usize), row: usize) -> Option<f64> {
    Some(settled(ratings.point(perception, row)? - ratings.point(expectation, row)?))
}

fn outcome(model: &Model<'_>, ratings: &Ratings<'_>) -> Result<ModelColumn, DriversError> {
    let Outcome::Question(question) = &model.outcome else { return of_column(model, ratings) };
    let place = asked(ratings, &question.id)?;
    let points = ratings.points(place);
    let Some(scale) = question.scale.as_ref().filter(|_| !points.is_empty()) else {
        return Ok(numbers(Source::Number(place), ratings.rows(), |row| ratings.point(place, row)));
    };
    let codes = 1..=points.len();
    Ok(match model.of {
        OutcomeOf::Mean => {
            ModelColumn { values: points.to_vec(), source: Source::Points(place, codes.collect()) }
        }
        OutcomeOf::TopBox => {
            let others = points.len().saturating_sub(usize::try_from(scale.top).unwrap_or(usize::MAX));
            let codes = codes.map(|point| 1 + usize::from(point > others)).collect();
            ModelColumn { values: vec![0.0, 100.0], source: Source::Points(place, codes) }
        }
        OutcomeOf::Nps => {
            let groups = NpsPoints::of(scale);
            // Places count from the worst, and the scale's own from its smallest number.
            let mirrored = ratings.is_mirrored(place);
            let own = |place: usize| if mirrored { points.len() - 1 - place } else { place };
            let code = |point: usize| match groups.part(scale, own(point - 1)) {
                Box3::Bottom => 1,
                Box3::Middle => 2,
                Box3::Top => 3,
            };
            ModelColumn {
                values: vec![-100.0, 0.0, 100.0],
                source: Source::Points(place, codes.map(code).collect()),
            }
        }
    })
}

/// A column of its own: yes and no, or numbers, whichever of the two most of its answers are.
fn of_column(model: &Model<'_>, ratings: &Ratings<'_>) -> Result<ModelColumn, DriversError> {
    let none = || DriversError::NotANumber {
        question: model.outcome.id().to_owned(),
        role: "an outcome",
        reason: "its answers are neither numbers nor yes and no".to_owned(),
    };
    let column = |id: &str| ratings.extra(id).map(|(column, _)| column).ok_or_else(none);
    let (yes_no, number) = (column(YES_NO)?, column(NUMBER)?);
    let rows = 0..ratings.rows();
    let answered = rows.clone().filter(|row| ratings.extra_answer(yes_no, *row).is_some()).count();
    let numbered = rows.clone().filter(|row| ratings.extra_number(number, *row).is_some()).count();
    let (unread, best) = if answered >= numbered { (yes_no, answered) } else { (number, numbered) };
    // Of regions called N, S, E and W, one in four says no.
    if rows.filter(|row| ratings.is_unread(unread, *row)).count() > best {
        return Err(none());
    }
    match (answered, numbered) {
        (0, 0) => Err(none()),
        (answered, numbered) if answered >= numbered => {
            Ok(ModelColumn { values: vec![0.0, 100.0], source: Source::YesNo(yes_no) })
        }
        _ if matches!(model.outcome, Outcome::Column { groups: true, .. }) => {
            Err(DriversError::Codes { id: model.outcome.id().to_owned(), codes: Vec::new() })
        }
        _ => Ok(numbers(Source::Free(number), ratings.rows(), |row| ratings.extra_number(number, row))),
    }
}

fn of_predictor(predictor: &Predictor<'_>, ratings: &Ratings<'_>) -> Result<ModelColumn, DriversError> {
    Ok(match &predictor.answers {
        Answers::Of(id) => {
            let place = asked(ratings, id)?;
            let points = ratings.points(place);
            if points.is_empty() {
                numbers(Source::Number(place), ratings.rows(), |row| ratings.point(place, row))
            } else {
                ModelColumn {
                    values: points.to_vec(),
                    source: Source::Points(place, (1..=points.len()).collect()),
                }
            }
        }
        Answers::Gap { expectation, perception } => {
            let (expectation, perception) = (asked(ratings, expectation)?, asked(ratings, perception)?);
            numbers(Source::Gap { expectation, perception }, ratings.rows(), |row| {
                difference(ratings, (expectation, perception), row)
            })
        }
    })
}

/// A column of the numbers that are found.
fn numbers(source: Source, rows: usize, number: impl Fn(usize) -> Option<f64>) -> ModelColumn {
    let found: BTreeMap<u64, f64> =
        (0..rows).filter_map(number).map(settled).map(|value| (value.to_bits(), value)).collect();
    let mut values: Vec<f64> = found.into_values().collect();
    values.sort_by(f64::total_cmp);
    ModelColumn { values, source }
}

fn asked(ratings: &Ratings<'_>, id: &str) -> Result<usize, DriversError> {
    ratings.question(id).ok_or_else(|| DriversError::UnknownDriver {
        found: id.to_owned(),
        suggestion: None,
        known: Vec::new(),
    })
}
