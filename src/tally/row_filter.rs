//! The filter of a worker: what codes stand for, and a rebinding when a column has too many values to remember.

use hashbrown::HashMap;

use super::answer_names::{Found, Names};
use super::batch::Batch;
use super::coders::CellCoder;
use super::layout::Layout;
use super::plan::Plan;
use crate::prepare::BoundFilter;
use crate::source::Fixed;
use crate::survey::{Code, answer};

/// How many categories, or sets of options, are remembered of a variable that only the filter looks at.
const REMEMBERED: usize = 10_000;

/// Whether a row is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    Yes,
    No,
    /// Yes under one order of day and month, no under the other.
    OrderDecides,
}

/// A filter bound to the variables of a plan.
pub(super) struct RowFilter<'a> {
    plan: &'a Plan,
    /// As it was bound, with nothing worked out yet.
    fresh: &'a BoundFilter,
    bound: BoundFilter,
    variables: &'a [usize],
    codes: Vec<Code>,
    numbers: Vec<Option<f64>>,
    sets: Sets,
}

impl<'a> RowFilter<'a> {
    /// The plan's filter, which looks at these variables; `None` when it has none.
    pub(super) fn new(plan: &'a Plan, layout: &'a Layout) -> Option<Self> {
        let fresh = layout.filter.as_ref()?;
        Some(Self {
            plan,
            fresh,
            bound: fresh.clone(),
            variables: &layout.filtered,
            codes: vec![0; plan.variables.len()],
            numbers: vec![None; plan.variables.len()],
            sets: Sets { variables: vec![SetCodes::default(); plan.variables.len()] },
        })
    }

    /// Whether a row of the batch is kept.
    pub(super) fn keeps(&mut self, batch: &Batch, row: usize, coders: &[CellCoder]) -> Kept {
        let mut open = false;
        for &variable in self.variables {
            let code = batch.codes[variable][row];
            self.numbers[variable] = batch.numbers[variable].get(row).copied().flatten().map(Fixed::to_f64);
            self.codes[variable] = match &coders[variable] {
                CellCoder::Age(coder) => {
                    let (day_first, month_first) = coder.pair(code);
                    open |= day_first != month_first;
                    day_first
                }
                CellCoder::Multiple(_) if answer(code).is_some() => {
                    if self.sets.variables[variable].sets.len() >= REMEMBERED {
                        self.sets.variables[variable] = SetCodes::default();
                        self.bound = self.fresh.clone();
                    }
                    self.sets.variables[variable].code(&batch.chosen[variable][row])
                }
                _ => code,
            };
        }
        let found = InBlock { coders, sets: &self.sets };
        let names = Names { variables: &self.plan.variables, found: &found };
        let kept = self.bound.keeps(&self.codes, &self.numbers, &names);
        if open {
            for &variable in self.variables {
                if let CellCoder::Age(coder) = &coders[variable] {
                    self.codes[variable] = coder.pair(batch.codes[variable][row]).1;
                }
            }
            if self.bound.keeps(&self.codes, &self.numbers, &names) != kept {
                return Kept::OrderDecides;
            }
        }
        if kept { Kept::Yes } else { Kept::No }
    }

    /// Forgets the categories of variables that only the filter looks at, once there are many.
    pub(super) fn forget(&mut self, coders: &mut [CellCoder], filter_only: &[bool]) {
        for (variable, coder) in coders.iter_mut().enumerate() {
            if filter_only[variable] && coder.names().len() > REMEMBERED {
                *coder = CellCoder::new(self.plan, variable);
                self.sets.variables[variable] = SetCodes::default();
                self.bound = self.fresh.clone();
            }
        }
    }
}

/// The sets of options met so far, as codes.
struct Sets {
    variables: Vec<SetCodes>,
}

#[derive(Clone, Debug, Default)]
struct SetCodes {
    sets: Vec<Vec<Code>>,
    codes: HashMap<Vec<Code>, Code>,
}

impl SetCodes {
    fn code(&mut self, chosen: &[Code]) -> Code {
        if let Some(&code) = self.codes.get(chosen) {
            return code;
        }
        let code = super::dictionary::code(self.sets.len()).unwrap_or(Code::MAX);
        self.sets.push(chosen.to_vec());
        self.codes.insert(chosen.to_vec(), code);
        code
    }
}

/// What codes stand for in the current block.
struct InBlock<'a> {
    coders: &'a [CellCoder],
    sets: &'a Sets,
}

impl Found for InBlock<'_> {
    fn names(&self, variable: usize) -> &[String] {
        self.coders[variable].names()
    }

    fn set(&self, variable: usize, place: usize) -> &[Code] {
        self.sets.variables[variable].sets.get(place).map_or(&[], Vec::as_slice)
    }
}
