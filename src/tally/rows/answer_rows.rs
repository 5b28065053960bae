//! The rows that were counted, and cases that were left out where they are wanted, column by column.

use chrono::NaiveDate;

use super::Wanted;
use super::chunk::{NARROW, Texts, unpacked_day};
use super::places::RowPlaces;
use super::selection::RowSelection;
use crate::source::{DateOrder, OrderOpen, Position, UNIT_WEIGHT};
use crate::survey::{Code, Missing, REASONS, answer};
use crate::tally::exact::quotient;
use crate::tally::plan::{Coding, Plan, Variable};

/// What was kept of each row, in file order; where cases are wanted, rows that are left out stand among them
/// ([`left_out`](Self::left_out)).
///
/// Columns are numbered as they were wanted: first the variables, then the extra ones, then those of which only presence
/// was asked.
#[derive(Clone, Debug)]
pub struct AnswerRows {
    pub(super) variables: Vec<Variable>,
    pub(super) places: RowPlaces,
    pub(super) waves: Vec<Code>,
    pub(super) left_out: Vec<Option<usize>>,
    pub(super) weights: Vec<u64>,
    pub(super) columns: Vec<Column>,
    names: Vec<Vec<String>>,
    pub(super) orders: Vec<Result<DateOrder, OrderOpen>>,
    pub(super) dates: Vec<Vec<i32>>,
    pub(super) texts: Vec<Texts>,
    pub(super) hashes: Vec<Vec<u128>>,
}

/// One column of codes.
#[derive(Clone, Debug)]
pub(super) enum Column {
    /// Codes that fit a byte.
    Narrow(Vec<u8>),
    /// Codes of many categories.
    Wide(Vec<Code>),
    /// Reasons, and above them sets of options.
    Sets { codes: Vec<u32>, sets: Vec<Vec<Code>> },
    /// Free numbers; the code is a reason where there is none.
    Numbers(Vec<u8>, Vec<f64>),
}

/// The dates of a column whose order of day and month is known.
#[derive(Clone, Copy, Debug)]
pub struct Days<'a>(&'a [i32]);

impl AnswerRows {
    /// A store of no rows, with room for so many.
    pub(super) fn empty(plan: &Plan, wanted: &Wanted, rows: usize) -> Self {
        let counted = wanted.variables.iter().map(|&variable| &plan.variables[variable]);
        let variables: Vec<Variable> = counted.chain(&wanted.extra).cloned().collect();
        let column = |variable: &Variable| match &variable.coding {
            Coding::Multiple { .. } => Column::Sets { codes: Vec::with_capacity(rows), sets: Vec::new() },
            Coding::Number => Column::Numbers(Vec::with_capacity(rows), Vec::with_capacity(rows)),
            Coding::Scale(scale) if scale.points() + REASONS > NARROW => {
                Column::Wide(Vec::with_capacity(rows))
            }
            Coding::Bands(bands) if bands.len() + REASONS > NARROW => Column::Wide(Vec::with_capacity(rows)),
            _ => Column::Narrow(Vec::with_capacity(rows)),
        };
        let presence = wanted.presence.iter().map(|_| Column::Narrow(Vec::with_capacity(rows)));
        Self {
            places: RowPlaces::default(),
            waves: Vec::with_capacity(if plan.wave.is_some() { rows } else { 0 }),
            left_out: Vec::with_capacity(if wanted.cases { rows } else { 0 }),
            weights: Vec::with_capacity(if plan.weight.is_some() { rows } else { 0 }),
            columns: variables.iter().map(column).chain(presence).collect(),
            names: vec![Vec::new(); variables.len()],
            variables,
            orders: vec![Ok(DateOrder::DayFirst); wanted.dates.len()],
            dates: vec![Vec::with_capacity(rows); wanted.dates.len()],
            texts: vec![Texts::default(); wanted.texts.len()],
            hashes: vec![Vec::with_capacity(rows); wanted.hashes.len()],
        }
    }

    /// Names the categories of a column that is still empty; many need more than a byte a code.
    pub(super) fn set_names(&mut self, column: usize, names: Vec<String>) {
        if let Column::Narrow(codes) = &self.columns[column]
            && names.len() + REASONS > NARROW
        {
            self.columns[column] = Column::Wide(Vec::with_capacity(codes.capacity()));
        }
        self.names[column] = names;
    }

    /// The column of the variable with this id.
    pub fn column(&self, id: &str) -> Option<usize> {
        self.variables.iter().position(|variable| variable.id == id)
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.places.rows()
    }

    /// Where a row stands; its column is 0.
    pub fn position(&self, row: usize) -> Option<Position> {
        self.places.get(row)
    }

    /// The index of the row's wave among those of the counts; `None` without waves.
    pub fn wave(&self, row: usize) -> Option<usize> {
        self.waves.get(row).map(|&wave| usize::from(wave))
    }

    /// The exclusion of the plan by which a case that is kept is left out; `None` for a row that is counted.
    pub fn left_out(&self, row: usize) -> Option<usize> {
        self.left_out.get(row).copied().flatten()
    }

    /// The weight of a row; 1 without weights.
    pub fn weight(&self, row: usize) -> f64 {
        self.weights.get(row).map_or(1.0, |&nano| quotient(u128::from(nano), UNIT_WEIGHT))
    }

    /// The code of a column in a row: a reason, the place of a point or category, the number of a set of options; 5 for
    /// a free number and for a cell of which only presence is known. A set beyond the last code has the last.
    #[inline]
    pub fn code(&self, column: usize, row: usize) -> Code {
        let code = match self.columns.get(column) {
            Some(Column::Narrow(codes) | Column::Numbers(codes, _)) => {
                codes.get(row).copied().map(Code::from)
            }
            Some(Column::Wide(codes)) => codes.get(row).copied(),
            Some(Column::Sets { codes, .. }) => {
                codes.get(row).map(|&code| Code::try_from(code).unwrap_or(Code::MAX))
            }
            None => None,
        };
        code.unwrap_or(Missing::NotAsked.code())
    }

    /// The answer that a column's code stands for, counted from 0; `None` without an answer.
    #[inline]
    pub fn answer(&self, column: usize, row: usize) -> Option<usize> {
        answer(self.code(column, row))
    }

    /// Writes of some rows, in their order, what `by_answer` has at the place of their answer to a column, 0 without one.
    pub fn write_answers(&self, column: usize, rows: &RowSelection<'_>, by_answer: &[u32], into: &mut [u32]) {
        let Some(Column::Narrow(codes)) = self.columns.get(column) else {
            for (into, row) in into.iter_mut().zip(rows.rows()) {
                let made = self.answer(column, row).and_then(|answer| by_answer.get(answer));
                *into = made.copied().unwrap_or(0);
            }
            return;
        };
        // Looked up by code: a question of thousands of rows at a time has few different ones.
        let mut by_code = [0; NARROW];
        by_code.iter_mut().skip(REASONS).zip(by_answer).for_each(|(made, of)| *made = *of);
        match rows {
            RowSelection::Run(run) => {
                let Some(codes) = codes.get(run.clone()) else { return into.fill(0) };
                for (into, code) in into.iter_mut().zip(codes) {
                    *into = by_code[usize::from(*code)];
                }
            }
            RowSelection::Listed(_) => {
                for (into, row) in into.iter_mut().zip(rows.rows()) {
                    *into = codes.get(row).map_or(0, |code| by_code[usize::from(*code)]);
                }
            }
        }
    }

    /// Whether cases that are left out may stand among the rows.
    pub fn has_cases(&self) -> bool {
        !self.left_out.is_empty()
    }

    /// The free number of a column in a row.
    pub fn number(&self, column: usize, row: usize) -> Option<f64> {
        let Some(Column::Numbers(codes, values)) = self.columns.get(column) else { return None };
        answer(Code::from(*codes.get(row)?)).and_then(|_| values.get(row).copied())
    }

    /// The options chosen in a row, as codes in rising order; none where the column holds one answer a cell.
    pub fn chosen(&self, column: usize, row: usize) -> &[Code] {
        let Some(Column::Sets { codes, sets }) = self.columns.get(column) else { return &[] };
        let place = codes.get(row).and_then(|&code| usize::try_from(code).ok()?.checked_sub(REASONS));
        place.and_then(|place| sets.get(place)).map_or(&[], Vec::as_slice)
    }

    /// What the answers of a column are called, in the order of the codes.
    pub fn names(&self, column: usize) -> &[String] {
        self.names.get(column).map_or(&[], Vec::as_slice)
    }

    /// The days of a date column.
    ///
    /// # Errors
    /// Whether the day or the month comes first stays open.
    pub fn days(&self, date: usize) -> Result<Days<'_>, OrderOpen> {
        let order = self.orders.get(date).copied().unwrap_or(Ok(DateOrder::DayFirst));
        order.map(|_| Days(self.dates.get(date).map_or(&[], Vec::as_slice)))
    }

    /// The text of a wanted text column in a row, without the blanks around it; empty where it means blank.
    pub fn text(&self, text: usize, row: usize) -> &str {
        self.texts.get(text).map_or("", |texts| texts.get(row))
    }

    /// The hash of a wanted group of columns in a row; `None` where all of its cells are blank.
    pub fn hash(&self, hash: usize, row: usize) -> Option<u128> {
        self.hashes.get(hash)?.get(row).copied().filter(|hash| *hash != 0)
    }
}

impl Days<'_> {
    /// The day of a row.
    ///
    /// # Errors
    /// The reason why there is none.
    pub fn get(&self, row: usize) -> Result<NaiveDate, Missing> {
        let day = self.0.get(row).map_or(Err(Missing::NotAsked), |&packed| unpacked_day(packed))?;
        NaiveDate::from_num_days_from_ce_opt(day).ok_or(Missing::Invalid)
    }
}
