//! The rules of a worker by which rows are left out: what codes stand for, and a rebinding of conditions when a column
//! has too many values to remember.

use std::collections::BTreeMap;

use super::account::provisional_row;
use super::answer_names::{Found, Names};
use super::batch::Batch;
use super::coders::CellCoder;
use super::exclusion::{ExcludedRows, Exclusion};
use super::inputs::BoundInput;
use super::layout::Layout;
use super::places::Places;
use super::plan::Plan;
use super::repeated::{Repeated, RowPlace, id_of};
use super::sets::SetCodes;
use crate::prepare::BoundFilter;
use crate::source::{Fixed, Record};
use crate::survey::{Code, QualityDefinition, answer, normalize};

/// How many categories, or sets of options, are remembered of a variable that only conditions look at.
const REMEMBERED: usize = 10_000;

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ruling {
    Stays,
    /// It goes by the exclusion of the plan at this place.
    Goes(usize),
    /// It goes by that under one order of day and month, and stays under the other.
    OrderDecides(usize),
}

/// Some of a plan's exclusions, bound to its variables.
pub(super) struct RowRules<'a> {
    plan: &'a Plan,
    layout: &'a Layout,
    rules: Vec<Rule<'a>>,
    /// The conditions as they were bound, with nothing worked out yet.
    fresh: &'a [Option<BoundFilter>],
    /// The codes of a row, with dates read day first.
    codes: Vec<Code>,
    /// The same month first, where that makes a difference.
    month_first: Vec<Code>,
    numbers: Vec<Option<f64>>,
    sets: Sets,
    copy: Vec<u8>,
}

/// One exclusion, by its place in the plan.
struct Rule<'a> {
    place: usize,
    test: Test<'a>,
}

enum Test<'a> {
    /// Rows go where the condition is kept, or where it is not.
    Condition { bound: BoundFilter, goes_if: bool },
    /// Rows go with one of these cells, in small letters.
    Cells(Vec<String>),
    /// Rows go whose cell stands for no interview; what was found out of a cell is kept.
    Cases(&'a QualityDefinition, BTreeMap<Vec<u8>, bool>),
    /// Rows go of which another with the same id stays.
    Repeated(Option<&'a Repeated>),
}

impl<'a> RowRules<'a> {
    /// Those exclusions of the plan that are `wanted`; `None` where that is none of them.
    pub(super) fn new(
        plan: &'a Plan,
        layout: &'a Layout,
        repeated: Option<&'a Repeated>,
        wanted: impl Fn(usize, &Exclusion) -> bool,
    ) -> Option<Self> {
        let looked_at = plan.exclusions.iter().enumerate().filter(|(place, rule)| wanted(*place, rule));
        let rules: Vec<Rule<'a>> = looked_at
            .filter_map(|(place, exclusion)| {
                let bound = || layout.filters.get(place)?.clone();
                let test = match &exclusion.rows {
                    ExcludedRows::Unless(_) => Test::Condition { bound: bound()?, goes_if: false },
                    ExcludedRows::Where(_) => Test::Condition { bound: bound()?, goes_if: true },
                    ExcludedRows::Cells { values, .. } => {
                        Test::Cells(values.iter().map(|value| value.to_lowercase()).collect())
                    }
                    ExcludedRows::Cases(rule) => Test::Cases(&rule.quality, BTreeMap::new()),
                    ExcludedRows::Repeated { .. } => Test::Repeated(repeated),
                };
                Some(Rule { place, test })
            })
            .collect();
        Self::of_rules(plan, layout, rules, &layout.filters)
    }

    /// The conditions of the plan's bases.
    pub(super) fn of_bases(plan: &'a Plan, layout: &'a Layout) -> Option<Self> {
        let rule = |(place, bound): (usize, &Option<BoundFilter>)| {
            let test = Test::Condition { bound: bound.clone()?, goes_if: false };
            Some(Rule { place, test })
        };
        let rules = layout.bases.iter().enumerate().filter_map(rule).collect();
        Self::of_rules(plan, layout, rules, &layout.bases)
    }

    fn of_rules(
        plan: &'a Plan,
        layout: &'a Layout,
        rules: Vec<Rule<'a>>,
        fresh: &'a [Option<BoundFilter>],
    ) -> Option<Self> {
        (!rules.is_empty()).then(|| Self {
            plan,
            layout,
            rules,
            fresh,
            codes: vec![0; plan.variables.len()],
            month_first: Vec::new(),
            numbers: vec![None; plan.variables.len()],
            sets: Sets { variables: vec![SetCodes::default(); plan.variables.len()] },
            copy: Vec::new(),
        })
    }

    /// What becomes of a row of the batch.
    pub(super) fn ruling(
        &mut self,
        row: usize,
        batch: &Batch,
        coders: &[CellCoder],
        bound: &BoundInput,
        places: &Places<'_>,
    ) -> Ruling {
        let open = self.read(row, batch, coders);
        self.first(&|_| true, open, row, batch, coders, bound, places)
    }

    /// Whether a row that goes by the rule at `left_out_by` is among those looked at otherwise: kept by `--where`, and no
    /// row with the same id stays in its place.
    pub(super) fn is_looked_at(
        &mut self,
        left_out_by: usize,
        row: usize,
        batch: &Batch,
        coders: &[CellCoder],
        bound: &BoundInput,
        places: &Places<'_>,
    ) -> bool {
        let plan = self.plan;
        let is_wanted = |place: usize| place > left_out_by && !plan.exclusions[place].leaves_cases();
        let open = self.read(row, batch, coders);
        self.first(&is_wanted, open, row, batch, coders, bound, places) == Ruling::Stays
    }

    /// What the first of the wanted rules says.
    #[expect(clippy::too_many_arguments, reason = "what a row is")]
    fn first(
        &mut self,
        is_wanted: &impl Fn(usize) -> bool,
        open: bool,
        row: usize,
        batch: &Batch,
        coders: &[CellCoder],
        bound: &BoundInput,
        places: &Places<'_>,
    ) -> Ruling {
        let record = batch.records[row];
        for rule in &mut self.rules {
            if !is_wanted(rule.place) {
                continue;
            }
            let at = bound.excluding.get(rule.place).copied().flatten();
            let copy = &mut self.copy;
            let cell = at.map(move |at| places.records.field(record, at, copy));
            let goes = match &mut rule.test {
                Test::Condition { bound, goes_if } => {
                    let names = Names {
                        variables: &self.plan.variables,
                        found: &InBlock { coders, sets: &self.sets },
                    };
                    let kept = bound.keeps(&self.codes, &self.numbers, &names);
                    if open && bound.keeps(&self.month_first, &self.numbers, &names) != kept {
                        return Ruling::OrderDecides(rule.place);
                    }
                    kept == *goes_if
                }
                Test::Cells(values) => cell.is_some_and(|cell| is_one_of(cell, values)),
                Test::Cases(quality, known) => cell.is_some_and(|cell| is_case(cell, quality, known)),
                Test::Repeated(repeated) => repeated
                    .zip(cell.and_then(|cell| id_of(cell, &self.plan.missing)))
                    .is_some_and(|(repeated, id)| repeated.leaves_out(id, row_place(record, places))),
            };
            if goes {
                return Ruling::Goes(rule.place);
            }
        }
        Ruling::Stays
    }

    /// Whether the condition at a place is true or false of a row, and whether that differs with the order of day and
    /// month.
    pub(super) fn holds(
        &mut self,
        place: usize,
        row: usize,
        batch: &Batch,
        coders: &[CellCoder],
    ) -> Option<(Option<bool>, bool)> {
        let open = self.read(row, batch, coders);
        let names = Names { variables: &self.plan.variables, found: &InBlock { coders, sets: &self.sets } };
        let rule = self.rules.iter_mut().find(|rule| rule.place == place)?;
        let Test::Condition { bound, .. } = &mut rule.test else { return None };
        let holds = bound.holds(&self.codes, &self.numbers, &names);
        let differs = open && bound.holds(&self.month_first, &self.numbers, &names) != holds;
        Some((holds, differs))
    }

    /// Reads what conditions look at; says whether it differs with the order of day and month.
    fn read(&mut self, row: usize, batch: &Batch, coders: &[CellCoder]) -> bool {
        let mut open = false;
        for &variable in &self.layout.filtered {
            let code = batch.codes[variable][row];
            self.numbers[variable] = batch.numbers[variable].get(row).copied().flatten().map(Fixed::to_f64);
            self.codes[variable] = match &coders[variable] {
                CellCoder::Age(coder) => {
                    let (day_first, month_first) = coder.pair(code);
                    open |= day_first != month_first;
                    day_first
                }
                CellCoder::Multiple(_) if answer(code).is_some() => {
                    if self.sets.variables[variable].sets().len() >= REMEMBERED {
                        self.sets.variables[variable] = SetCodes::default();
                        self.bind_afresh();
                    }
                    self.sets.variables[variable].code(&batch.chosen[variable][row])
                }
                _ => code,
            };
        }
        if open {
            self.month_first.clone_from(&self.codes);
            for &variable in &self.layout.filtered {
                if let CellCoder::Age(coder) = &coders[variable] {
                    self.month_first[variable] = coder.pair(batch.codes[variable][row]).1;
                }
            }
        }
        open
    }

    /// Forgets the categories of variables that only conditions look at, once there are many; says whether it did.
    pub(super) fn forget(&mut self, coders: &mut [CellCoder]) -> bool {
        let mut forgot = false;
        for (variable, coder) in coders.iter_mut().enumerate() {
            if self.layout.filter_only[variable] && coder.names().len() > REMEMBERED {
                *coder = CellCoder::new(self.plan, variable);
                self.sets.variables[variable] = SetCodes::default();
                self.bind_afresh();
                forgot = true;
            }
        }
        forgot
    }

    /// Forgets what the conditions have worked out.
    pub(super) fn bind_afresh(&mut self) {
        for rule in &mut self.rules {
            if let (Test::Condition { bound, .. }, Some(Some(fresh))) =
                (&mut rule.test, self.fresh.get(rule.place))
            {
                bound.clone_from(fresh);
            }
        }
    }
}

/// Where a record stands among all rows.
pub(super) fn row_place(record: Record, places: &Places<'_>) -> RowPlace {
    let input = u32::try_from(places.input).unwrap_or(u32::MAX);
    (input, provisional_row(places.block.index, record.number()))
}

/// Whether a cell is one of these texts, which are in small letters.
fn is_one_of(cell: &[u8], values: &[String]) -> bool {
    let cell = cell.trim_ascii();
    if cell.is_ascii() {
        return values.iter().any(|value| value.as_bytes().eq_ignore_ascii_case(cell));
    }
    let text = normalize(&String::from_utf8_lossy(cell)).to_lowercase();
    values.contains(&text)
}

/// Whether a cell stands for no interview.
fn is_case(cell: &[u8], quality: &QualityDefinition, known: &mut BTreeMap<Vec<u8>, bool>) -> bool {
    if let Some(&is_case) = known.get(cell) {
        return is_case;
    }
    let is_case = !quality.is_interview(&normalize(&String::from_utf8_lossy(cell)));
    if known.len() < REMEMBERED {
        known.insert(cell.to_vec(), is_case);
    }
    is_case
}

/// The sets of options met so far, as codes.
struct Sets {
    variables: Vec<SetCodes>,
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
        self.sets.variables[variable].sets().get(place).map_or(&[], Vec::as_slice)
    }
}
