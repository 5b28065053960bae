//! How many counters a plan needs: foreseen from the head of the inputs, and watched while they are read.

use super::cell::Cell;
use super::coders::CellCoder;
use super::error::CountError;
use super::layout::Layout;
use super::plan::{Coding, Plan};
use super::sets::SetCodes;
use super::strata::Strata;
use crate::prepare::wave_of;
use crate::source::{CategoryCoder, DateCoder, DateOrder};
use crate::survey::{Profile, WaveRule, answer};

/// The most counters of a plan.
pub const MAX_CELLS: u64 = 2_000_000;

/// The most counters of a plan with a design: of the strata by cell that are found, each with those of a stratum.
pub const MAX_DESIGN_CELLS: u64 = 8_000_000;

/// The most counters of a plan with a design that are shown: a cell stands in the strata of every grouping.
const MAX_SHOWN_CELLS: u64 = 3 * MAX_DESIGN_CELLS;

/// The most values of a segment.
pub const MAX_SEGMENT_VALUES: usize = 10_000;

/// The most different design weights of a plan that splits cells by them.
pub(super) const MAX_WEIGHTS: usize = 10_000;

/// The most waves.
pub(super) const MAX_WAVES: usize = 10_000;

/// The most distinct values of free numbers that are kept in all strata together.
const MAX_NUMBER_VALUES: u64 = 4_000_000;

/// The counters that a plan needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanSize {
    /// In all.
    pub cells: u64,
    /// By grouping, in plan order.
    pub groupings: Vec<GroupingSize>,
}

/// The counters of one grouping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupingSize {
    /// Its segment ids joined by `*`; `total` when it has none.
    pub name: String,
    /// Strata: the product of its segments' values and the waves.
    pub strata: u64,
    /// Counters: strata times those of one stratum.
    pub cells: u64,
}

/// The counters that a plan will need if the inputs have the values of their heads, every crossing of a grouping occurring.
/// How many cells of the design will be found no head can tell: they are watched while they are counted.
///
/// # Errors
/// [`CountError::TooManyCells`] above [`MAX_CELLS`], or [`MAX_DESIGN_CELLS`] with a design; a plan that cannot be counted at all.
pub fn predicted_size(plan: &Plan, profiles: &[Profile]) -> Result<PlanSize, CountError> {
    let layout = Layout::new(plan)?;
    let values: Vec<usize> =
        (0..plan.variables.len()).map(|variable| values(plan, variable, profiles)).collect();
    let segments: Vec<usize> =
        (0..plan.variables.len()).map(|variable| segment_values(plan, variable, profiles)).collect();
    let waves = waves(plan, profiles)?;
    let stratum = layout.cells(|variable| values[variable]);
    let to_u64 = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let size = |grouping: &Vec<usize>| {
        let crossed = grouping
            .iter()
            .fold(1_u64, |product, &variable| product.saturating_mul(to_u64(segments[variable])));
        let strata = crossed.saturating_mul(to_u64(waves));
        GroupingSize { name: grouping_name(plan, grouping), strata, cells: strata.saturating_mul(stratum) }
    };
    let groupings: Vec<GroupingSize> = plan.groupings.iter().map(size).collect();
    let cells = groupings.iter().fold(0_u64, |sum, grouping| sum.saturating_add(grouping.cells));
    let limit = limit(&layout);
    if cells > limit {
        let sizes = groupings.into_iter().map(|grouping| (grouping.name, grouping.cells)).collect();
        return Err(too_many_cells(limit, sizes));
    }
    Ok(PlanSize { cells, groupings })
}

/// The refusal of a plan whose groupings need this many counters.
fn too_many_cells(limit: u64, mut groupings: Vec<(String, u64)>) -> CountError {
    groupings.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
    CountError::TooManyCells { limit, groupings }
}

/// The most counters of the strata that are counted.
fn limit(layout: &Layout) -> u64 {
    if layout.design.is_empty() { MAX_CELLS } else { MAX_DESIGN_CELLS }
}

/// The counters of the strata that are shown, of one grouping after the other.
pub(super) struct ShownSize {
    per_stratum: u64,
    groupings: Vec<(String, u64)>,
}

impl ShownSize {
    /// No strata yet, each with so many counters.
    pub(super) fn new(per_stratum: u64) -> Self {
        Self { per_stratum, groupings: Vec::new() }
    }

    /// Adds the strata of a grouping, and those by cell of the design.
    ///
    /// # Errors
    /// [`CountError::TooManyCells`]
    pub(super) fn add(&mut self, plan: &Plan, grouping: &[usize], strata: usize) -> Result<(), CountError> {
        let cells = u64::try_from(strata).unwrap_or(u64::MAX).saturating_mul(self.per_stratum);
        let (limit, name) = if plan.design.is_empty() {
            (MAX_CELLS, grouping_name(plan, grouping))
        } else {
            (MAX_SHOWN_CELLS, name_with_design(plan, grouping))
        };
        self.groupings.push((name, cells));
        if self.groupings.iter().fold(0_u64, |sum, (_, cells)| sum.saturating_add(*cells)) > limit {
            return Err(too_many_cells(limit, std::mem::take(&mut self.groupings)));
        }
        Ok(())
    }
}

/// The ids of the design's variables and of a grouping's others joined by `*`: what is crossed to count it.
fn name_with_design(plan: &Plan, grouping: &[usize]) -> String {
    let design = &plan.design;
    let mut crossed: Vec<usize> = Vec::new();
    let variables = design.raking.iter().chain(&design.stratum).chain(&design.cluster).chain(grouping);
    for &variable in variables {
        if !crossed.contains(&variable) {
            crossed.push(variable);
        }
    }
    grouping_name(plan, &crossed)
}

/// Segment ids joined by `*`.
fn grouping_name(plan: &Plan, grouping: &[usize]) -> String {
    if grouping.is_empty() {
        return "total".to_owned();
    }
    let ids: Vec<&str> = grouping.iter().map(|&variable| plan.variables[variable].id.as_str()).collect();
    ids.join("*")
}

/// Refuses counters above the limit.
///
/// # Errors
/// [`CountError::TooManyCells`]
pub(super) fn check_strata<C: Cell>(
    plan: &Plan,
    layout: &Layout,
    strata: &[Strata<C>],
    categories: impl Fn(usize) -> usize,
) -> Result<(), CountError> {
    let per_stratum = layout.cells(categories);
    let count =
        |strata: &Strata<C>| u64::try_from(strata.len()).unwrap_or(u64::MAX).saturating_mul(per_stratum);
    let cells = strata.iter().fold(0_u64, |sum, strata| sum.saturating_add(count(strata)));
    let values = if layout.numbers > 0 { strata.iter().map(Strata::number_values).sum() } else { 0 };
    let limit = limit(layout);
    if cells <= limit && values <= MAX_NUMBER_VALUES {
        return Ok(());
    }
    let named = strata.iter().zip(&layout.counted);
    let name = |grouping: &[usize]| {
        if layout.design.is_empty() {
            grouping_name(plan, grouping)
        } else {
            name_with_design(plan, grouping)
        }
    };
    Err(too_many_cells(limit, named.map(|(strata, grouping)| (name(grouping), count(strata))).collect()))
}

/// How many values a variable has, as far as the heads show.
fn values(plan: &Plan, variable: usize, profiles: &[Profile]) -> usize {
    match &plan.variables[variable].coding {
        Coding::Scale(scale) => return scale.points(),
        Coding::Bands(bands) | Coding::AgeBands { bands, .. } => return bands.len(),
        Coding::Number => return 1,
        Coding::Category { .. } | Coding::Multiple { .. } => {}
    }
    let mut coder = CellCoder::new(plan, variable);
    for profile in profiles {
        for text in texts(profile, &plan.variables[variable].columns) {
            coder.learn(text.as_bytes());
        }
    }
    coder.names().len().max(1)
}

/// How many values a segment has, as far as the heads show: those of its variable, or the sets of its options.
fn segment_values(plan: &Plan, variable: usize, profiles: &[Profile]) -> usize {
    if !matches!(plan.variables[variable].coding, Coding::Multiple { .. }) {
        return values(plan, variable, profiles);
    }
    let (mut coder, mut sets, mut chosen) = (CellCoder::new(plan, variable), SetCodes::default(), Vec::new());
    for profile in profiles {
        for text in texts(profile, &plan.variables[variable].columns) {
            if answer(coder.code_cell(text.as_bytes(), &mut chosen).0).is_some() {
                sets.code(&chosen);
            }
        }
    }
    sets.sets().len().max(1)
}

/// How many waves the heads show, with the pooled one.
fn waves(plan: &Plan, profiles: &[Profile]) -> Result<usize, CountError> {
    let Some(wave) = &plan.wave else { return Ok(1) };
    let labels = match (&wave.rule, &wave.date) {
        (WaveRule::Column { column, .. }, _) => {
            let mut coder = CategoryCoder::new(&indexmap::IndexMap::new(), false, &plan.missing);
            for text in profiles.iter().flat_map(|profile| texts(profile, std::slice::from_ref(column))) {
                coder.code(text.as_bytes());
            }
            coder.names().len()
        }
        (WaveRule::Every(_), None) => 0,
        (WaveRule::Every(period), Some(date)) => {
            let mut coder = DateCoder::new(date.format.as_deref(), &plan.missing)
                .map_err(|reason| CountError::InvalidDateFormat { column: date.column.clone(), reason })?;
            let mut labels = std::collections::BTreeSet::new();
            for text in profiles.iter().flat_map(|profile| texts(profile, std::slice::from_ref(&date.column)))
            {
                let Ok(readings) = coder.readings(text.as_bytes()) else { continue };
                let orders = [DateOrder::DayFirst, DateOrder::MonthFirst];
                if let Some(day) = orders.iter().find_map(|order| readings.in_order(*order)) {
                    let start = wave.fiscal_year_start;
                    labels.insert(wave_of(day, *period, start, wave.fiscal_year_named_end).label);
                }
            }
            labels.len()
        }
    };
    Ok(labels + 1)
}

/// The texts of the first of these columns that a profile has.
fn texts<'a>(profile: &'a Profile, columns: &[String]) -> impl Iterator<Item = &'a str> {
    let found = columns.iter().find_map(|name| profile.columns.iter().find(|column| column.name == *name));
    found.into_iter().flat_map(|column| column.values.iter().map(|(text, _)| text.as_str()))
}
