//! Cells as codes: one coder a variable, a column of the batch at a time.

use super::batch::Batch;
use super::plan::{Coding, Plan};
use super::scale_cells::ScaleCells;
use crate::source::{
    AgeBandCoder, BandCoder, CategoryCoder, DateReadings, Fixed, MultipleCoder, NumberCoder, Record, Records,
    ScaleCoder,
};
use crate::survey::{Code, Missing, NumberStyle, REASONS};

/// The code that stands in a row for an answer that is no code: a number, several options.
pub(super) const ANSWERED: Code = 5;

/// Codes the cells of one variable.
#[derive(Clone, Debug)]
pub(super) enum CellCoder {
    Scale(Box<ScaleCells>),
    Category(CategoryCoder),
    Bands(BandCoder),
    Age(AgeCoder),
    Multiple(MultipleCoder),
    Number(NumberCoder),
}

impl CellCoder {
    /// The coder of a variable.
    pub(super) fn new(plan: &Plan, variable: usize) -> Self {
        Self::of(&plan.variables[variable].coding, &plan.missing)
    }

    /// The coder of cells that become codes in this way.
    pub(super) fn of(coding: &Coding, missing: &[String]) -> Self {
        match coding {
            Coding::Scale(scale) => Self::Scale(Box::new(ScaleCells::new(ScaleCoder::new(scale, missing)))),
            Coding::Category { labels, closed } => {
                Self::Category(CategoryCoder::new(labels, *closed, missing))
            }
            Coding::Multiple { labels, separator, missing: own } => {
                let missing: Vec<String> = missing.iter().chain(own).cloned().collect();
                Self::Multiple(MultipleCoder::new(labels, separator, &missing))
            }
            Coding::Bands(bands) => Self::Bands(BandCoder::new(bands, missing)),
            Coding::AgeBands { bands, .. } => {
                Self::Age(AgeCoder { coder: AgeBandCoder::new(bands, missing), pairs: Vec::new() })
            }
            Coding::Number => Self::Number(NumberCoder::new(missing)),
        }
    }

    /// Makes ready for an input with this delimiter, and for a column whose numbers are written so.
    pub(super) fn begin(&mut self, delimiter: u8, style: NumberStyle) {
        match self {
            Self::Scale(cells) => cells.begin(delimiter),
            Self::Bands(coder) => coder.begin(style),
            Self::Number(coder) => coder.begin(style),
            Self::Category(_) | Self::Age(_) | Self::Multiple(_) => {}
        }
    }

    /// Whether a cell was a number, though not as the numbers of its column are written, and so invalid.
    pub(super) fn was_contrary(&self) -> bool {
        match self {
            Self::Bands(coder) => coder.was_contrary(),
            Self::Number(coder) => coder.was_contrary(),
            Self::Scale(_) | Self::Category(_) | Self::Age(_) | Self::Multiple(_) => false,
        }
    }

    /// Codes the fields at a position of all rows of the batch, as the variable's codes; `date` gives the date of the
    /// answer where an age is asked for, and `copy` is room for a value.
    pub(super) fn code_column(
        &mut self,
        variable: usize,
        position: usize,
        records: &Records<'_>,
        batch: &mut Batch,
        copy: &mut Vec<u8>,
        mut date: impl FnMut(usize, Record) -> Option<DateReadings>,
    ) {
        let rows = batch.records.iter().copied();
        let cells = rows.zip(&mut batch.codes[variable]);
        match self {
            Self::Scale(coder) => {
                let rows = (&batch.records[..], batch.stride);
                coder.code_column(position, records, rows, &mut batch.codes[variable], copy);
            }
            Self::Category(coder) => {
                for (record, code) in cells {
                    *code = coder.code_field(records, record, position, copy);
                }
            }
            Self::Bands(coder) => {
                for (record, code) in cells {
                    *code = coder.code(records.field(record, position, copy));
                }
            }
            Self::Age(coder) => {
                for (row, (record, code)) in cells.enumerate() {
                    *code = coder.code(records.field(record, position, copy), date(row, record));
                }
            }
            Self::Multiple(coder) => {
                let chosen = &mut batch.chosen[variable];
                chosen.resize_with(batch.records.len().max(chosen.len()), Vec::new);
                for ((record, code), chosen) in cells.zip(chosen) {
                    let found = coder.codes(records.field(record, position, copy), chosen);
                    *code = found.map_or(ANSWERED, Missing::code);
                }
            }
            Self::Number(coder) => {
                let numbers = &mut batch.numbers[variable];
                numbers.clear();
                for (record, code) in cells {
                    let number = coder.number(records.field(record, position, copy));
                    numbers.push(number.ok());
                    *code = number.map_or_else(Missing::code, |_| ANSWERED);
                }
            }
        }
    }

    /// The code of one cell, its number where it is one, and its options in `chosen`. An age has none: its date stands
    /// in another cell.
    pub(super) fn code_cell(&mut self, cell: &[u8], chosen: &mut Vec<Code>) -> (Code, Option<Fixed>) {
        chosen.clear();
        match self {
            Self::Scale(coder) => (coder.code(cell), None),
            Self::Category(coder) => (coder.code(cell), None),
            Self::Bands(coder) => (coder.code(cell), None),
            Self::Age(_) => (Missing::NotAsked.code(), None),
            Self::Multiple(coder) => (coder.codes(cell, chosen).map_or(ANSWERED, Missing::code), None),
            Self::Number(coder) => match coder.number(cell) {
                Ok(number) => (ANSWERED, Some(number)),
                Err(reason) => (reason.code(), None),
            },
        }
    }

    /// Takes a cell into account whose categories are to be known.
    pub(super) fn learn(&mut self, cell: &[u8]) {
        match self {
            Self::Category(coder) => {
                coder.code(cell);
            }
            Self::Multiple(coder) => {
                coder.codes(cell, &mut Vec::new());
            }
            Self::Scale(_) | Self::Bands(_) | Self::Age(_) | Self::Number(_) => {}
        }
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
