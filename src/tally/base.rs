//! Who was asked: blanks of rows to which a question was not put are not asked, and answers of such rows are noted.
//!
//! Bases are looked at in their order, so that one may look at a question with a base of its own: where that was not
//! asked, what depends on it was not asked either. A condition that a missing answer leaves open changes nothing,
//! unless the base is strict.

use super::batch::Batch;
use super::coders::CellCoder;
use super::layout::Layout;
use super::plan::Plan;
use super::row_rules::RowRules;
use crate::prepare::Filter;
use crate::survey::{Code, Missing, answer};

/// Who was asked some questions.
#[derive(Clone, Debug, PartialEq)]
pub struct Base {
    /// True for those who were.
    pub condition: Filter,
    /// The variables of the questions, as indexes into those of the plan.
    pub variables: Vec<usize>,
    /// Whether cells of rows for which it is not true are another question's: they are not asked whatever they say.
    pub is_strict: bool,
}

/// What was found in a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RowFound {
    /// The first variable with an answer though it was not asked.
    pub(super) outside: Option<usize>,
    /// Whether the order of day and month decides who was asked.
    pub(super) needs_order: bool,
}

/// The bases of a plan in a worker.
pub(super) struct Bases<'a> {
    plan: &'a Plan,
    rules: RowRules<'a>,
    /// By base, the variables that it looks at.
    looked_at: Vec<Vec<usize>>,
}

impl<'a> Bases<'a> {
    /// The bases of a plan; `None` where it has none.
    pub(super) fn new(plan: &'a Plan, layout: &'a Layout) -> Option<Self> {
        let rules = RowRules::of_bases(plan, layout)?;
        let variables = |bound: &Option<crate::prepare::BoundFilter>| {
            bound.as_ref().map(crate::prepare::BoundFilter::variables).unwrap_or_default()
        };
        Some(Self { plan, rules, looked_at: layout.bases.iter().map(variables).collect() })
    }

    /// Makes blanks of a row of the batch not asked where they are; `is_there` says of which variables the input has
    /// the column.
    pub(super) fn apply(
        &mut self,
        row: usize,
        batch: &mut Batch,
        coders: &[CellCoder],
        is_there: impl Fn(usize) -> bool,
    ) -> RowFound {
        let mut found = RowFound::default();
        let not_asked: Code = Missing::NotAsked.code();
        for (place, base) in self.plan.bases.iter().enumerate() {
            let Some((holds, is_open)) = self.rules.holds(place, row, batch, coders) else { continue };
            found.needs_order |= is_open;
            let was_skipped =
                |&variable: &usize| is_there(variable) && batch.codes[variable][row] == not_asked;
            let skipped = match holds {
                Some(holds) => !holds,
                None => base.is_strict || self.looked_at[place].iter().any(was_skipped),
            };
            if !skipped {
                continue;
            }
            for &variable in base.variables.iter().filter(|variable| is_there(**variable)) {
                let code = batch.codes[variable][row];
                if base.is_strict || code == Missing::Blank.code() {
                    batch.codes[variable][row] = not_asked;
                } else if answer(code).is_some() {
                    found.outside = found.outside.or(Some(variable));
                }
            }
        }
        found
    }

    /// Forgets the categories of variables that only conditions look at, once there are many.
    pub(super) fn forget(&mut self, coders: &mut [CellCoder]) -> bool {
        self.rules.forget(coders)
    }

    /// Forgets what the conditions have worked out.
    pub(super) fn bind_afresh(&mut self) {
        self.rules.bind_afresh();
    }
}
