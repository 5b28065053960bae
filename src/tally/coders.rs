//! The cells of a row as codes: one coder a variable, with the answers of the current row.

use super::plan::{Coding, Plan};
use crate::source::{
    AgeBandCoder, BandCoder, CategoryCoder, DateReadings, Fixed, MultipleCoder, NumberCoder, ScaleCoder,
};
use crate::survey::{Code, Missing, REASONS};

/// The code that stands in a row for an answer that is no code: a number, several options.
pub(super) const ANSWERED: Code = 5;

/// The codes of a row, by variable.
#[derive(Clone, Debug)]
pub(super) struct Answers {
    /// Reasons and points or categories; [`ANSWERED`] where there is a number or are several options.
    pub(super) codes: Vec<Code>,
    /// Free numbers.
    pub(super) numbers: Vec<Option<Fixed>>,
    /// Options chosen.
    pub(super) chosen: Vec<Vec<Code>>,
}

impl Answers {
    /// No answers yet.
    pub(super) fn new(variables: usize) -> Self {
        Self {
            codes: vec![0; variables],
            numbers: vec![None; variables],
            chosen: vec![Vec::new(); variables],
        }
    }
}

/// Codes the cells of one variable.
#[derive(Clone, Debug)]
pub(super) enum CellCoder {
    Scale(Box<ScaleCoder>),
    Category(CategoryCoder),
    Bands(BandCoder),
    Age(AgeCoder),
    Multiple(MultipleCoder),
    Number(NumberCoder),
}

impl CellCoder {
    /// The coder of a variable.
    pub(super) fn new(plan: &Plan, variable: usize) -> Self {
        let missing = &plan.missing;
        match &plan.variables[variable].coding {
            Coding::Scale(scale) => Self::Scale(Box::new(ScaleCoder::new(scale, missing))),
            Coding::Category { labels, closed } => {
                Self::Category(CategoryCoder::new(labels, *closed, missing))
            }
            Coding::Multiple { labels, separator } => {
                Self::Multiple(MultipleCoder::new(labels, separator, missing))
            }
            Coding::Bands(bands) => Self::Bands(BandCoder::new(bands, missing)),
            Coding::AgeBands { bands, .. } => {
                Self::Age(AgeCoder { coder: AgeBandCoder::new(bands, missing), pairs: Vec::new() })
            }
            Coding::Number => Self::Number(NumberCoder::new(missing)),
        }
    }

    /// Codes a cell into the answers of the row; `dates` gives the date of the answer where an age is asked for.
    #[inline]
    pub(super) fn code(
        &mut self,
        variable: usize,
        cell: Option<&[u8]>,
        answers: &mut Answers,
        dates: impl FnOnce() -> Option<DateReadings>,
    ) {
        let Some(cell) = cell else {
            answers.codes[variable] = Missing::NotAsked.code();
            answers.numbers[variable] = None;
            answers.chosen[variable].clear();
            return;
        };
        answers.codes[variable] = match self {
            Self::Scale(coder) => coder.code(cell),
            Self::Category(coder) => coder.code(cell),
            Self::Bands(coder) => coder.code(cell),
            Self::Age(coder) => coder.code(cell, dates()),
            Self::Multiple(coder) => {
                coder.codes(cell, &mut answers.chosen[variable]).map_or(ANSWERED, Missing::code)
            }
            Self::Number(coder) => {
                let number = coder.number(cell);
                answers.numbers[variable] = number.ok();
                number.map_or_else(Missing::code, |_| ANSWERED)
            }
        };
    }

    /// The categories found so far.
    pub(super) fn names(&self) -> &[String] {
        match self {
            Self::Category(coder) => coder.names(),
            Self::Multiple(coder) => coder.names(),
            Self::Scale(_) | Self::Bands(_) | Self::Age(_) | Self::Number(_) => &[],
        }
    }

    /// Whether there were more categories than codes.
    pub(super) fn overflow(&self) -> bool {
        match self {
            Self::Category(coder) => coder.overflow(),
            Self::Multiple(coder) => coder.overflow(),
            Self::Scale(_) | Self::Bands(_) | Self::Age(_) | Self::Number(_) => false,
        }
    }
}

/// Codes ages to pairs of bands: under a day-first and under a month-first date of the answer.
#[derive(Clone, Debug)]
pub(super) struct AgeCoder {
    coder: AgeBandCoder,
    pairs: Vec<(Code, Code)>,
}

impl AgeCoder {
    /// The worker's code: a reason when both orders give it, else the place of the pair.
    fn code(&mut self, birth: &[u8], answered: Option<DateReadings>) -> Code {
        let day_first = self.coder.code(birth, answered.map(|readings| one_way(readings, true)));
        let month_first = if answered.is_none_or(|readings| readings.day_first == readings.month_first) {
            day_first
        } else {
            self.coder.code(birth, answered.map(|readings| one_way(readings, false)))
        };
        let pair = (day_first, month_first);
        if day_first == month_first && usize::from(day_first) < REASONS {
            return day_first;
        }
        let place = self.pairs.iter().position(|known| *known == pair).unwrap_or_else(|| {
            self.pairs.push(pair);
            self.pairs.len() - 1
        });
        super::dictionary::code(place).unwrap_or(Missing::Invalid.code())
    }

    /// The bands of a code under either order.
    pub(super) fn pair(&self, code: Code) -> (Code, Code) {
        let place = usize::from(code).checked_sub(REASONS);
        place.and_then(|place| self.pairs.get(place).copied()).unwrap_or((code, code))
    }

    /// The pairs, by code.
    pub(super) fn pairs(&self) -> &[(Code, Code)] {
        &self.pairs
    }
}

/// The readings with one order taken for both.
fn one_way(readings: DateReadings, day_first: bool) -> DateReadings {
    let date = if day_first { readings.day_first } else { readings.month_first };
    DateReadings { day_first: date, month_first: date, ..readings }
}
