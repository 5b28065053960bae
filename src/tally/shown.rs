//! The strata of a plan's groupings as the rest of the program sees them, in their fixed order.

use std::collections::BTreeMap;

use super::cell::Cell;
use super::count::{Count, Counts, Distribution, Joint, Selections};
use super::counted::{Stratum, StratumCell};
use super::design_cells::DesignCells;
use super::error::CountError;
use super::group::{Merged, StratumKey, derive, derive_by_cell};
use super::layout::{Layout, Place};
use super::plan::Plan;
use super::settle::Categories;
use super::size::ShownSize;
use crate::survey::{Code, REASONS, answer};

/// The strata of all groupings of the plan.
///
/// # Errors
/// More counters than are allowed.
pub(super) fn shown_strata<C: Cell>(
    plan: &Plan,
    layout: &Layout,
    counted: &[BTreeMap<StratumKey, Merged<C>>],
    categories: &Categories,
    cells: &DesignCells,
) -> Result<Vec<Stratum>, CountError> {
    let mut size = ShownSize::new(layout.cells(|variable| categories.names[variable].len()));
    let mut strata = Vec::new();
    let with_waves = plan.wave.is_some();
    for (grouping, derived) in plan.groupings.iter().zip(&layout.derived) {
        let counted = &counted[derived.counted];
        let stratum = |(wave, codes): &StratumKey, merged: &Merged<C>, cells: Vec<StratumCell>| Stratum {
            wave: *wave,
            segment: values(plan, grouping, codes, categories),
            rows: rows(merged),
            counts: all_counts(layout, merged, categories),
            cells,
        };
        if layout.design.is_empty() {
            let mut found = derive(counted, &derived.places, with_waves, layout);
            if grouping.is_empty() {
                found.entry((None, Vec::new())).or_insert_with(|| Merged::empty(layout));
            }
            size.add(plan, grouping, found.len())?;
            strata.extend(found.iter().map(|(key, merged)| stratum(key, merged, Vec::new())));
        } else {
            let mut found = derive_by_cell(counted, &derived.places, with_waves, cells);
            if grouping.is_empty() {
                found.entry((None, Vec::new())).or_default();
            }
            size.add(plan, grouping, found.len() + found.values().map(BTreeMap::len).sum::<usize>())?;
            for (key, by_cell) in &found {
                let (merged, cells) = sum(by_cell, layout, categories);
                strata.push(stratum(key, &merged, cells));
            }
        }
    }
    Ok(strata)
}

/// The counters of a stratum from those of its cells, and the cells as they are shown.
fn sum<C: Cell>(
    by_cell: &BTreeMap<usize, Vec<&Merged<C>>>,
    layout: &Layout,
    categories: &Categories,
) -> (Merged<C>, Vec<StratumCell>) {
    let mut all = Merged::empty(layout);
    let mut cells = Vec::with_capacity(by_cell.len());
    for (&cell, parts) in by_cell {
        let merged = match parts[..] {
            [one] => one,
            _ => &parts.iter().fold(Merged::empty(layout), |mut sum, part| {
                sum.merge(part);
                sum
            }),
        };
        all.merge(merged);
        cells.push(StratumCell { cell, rows: rows(merged), counts: all_counts(layout, merged, categories) });
    }
    (all, cells)
}

/// The ids and values of a stratum's segments.
fn values(plan: &Plan, grouping: &[usize], codes: &[Code], categories: &Categories) -> Vec<(String, String)> {
    let value = |(&variable, &code): (&usize, &Code)| {
        let name = answer(code).and_then(|index| categories.segment_names(variable).get(index));
        Some((plan.variables[variable].id.clone(), name?.clone()))
    };
    grouping.iter().zip(codes).filter_map(value).collect()
}

fn rows<C: Cell>(merged: &Merged<C>) -> Count {
    merged.fixed.first().map(Cell::count).unwrap_or_default()
}

fn all_counts<C: Cell>(layout: &Layout, merged: &Merged<C>, categories: &Categories) -> Vec<Counts> {
    layout.places.iter().map(|place| counts(*place, merged, categories)).collect()
}

/// The counts of one tally of a stratum.
fn counts<C: Cell>(place: Place, cells: &Merged<C>, categories: &Categories) -> Counts {
    let run = |offset: usize, len: usize| -> Vec<Count> {
        cells.fixed.iter().skip(offset).take(len).map(Cell::count).collect()
    };
    let reasons = |counts: &[Count]| -> [Count; REASONS] {
        std::array::from_fn(|reason| counts.get(reason).copied().unwrap_or_default())
    };
    let growing = |row: usize, variable: usize| -> Vec<Count> {
        let mut counts: Vec<Count> = cells.growing[row].iter().map(Cell::count).collect();
        counts.resize(REASONS + categories.names[variable].len(), Count::default());
        counts
    };
    match place {
        Place::Single { offset, points, .. } => {
            let counts = run(offset, REASONS + points);
            Counts::Single(Distribution { points: counts[REASONS..].to_vec(), missing: reasons(&counts) })
        }
        Place::Pair { offset, first_points, second_points, .. } => {
            let counts = run(offset, REASONS + first_points * second_points);
            Counts::Pair(Joint {
                first_points,
                second_points,
                cells: counts[REASONS..].to_vec(),
                missing: reasons(&counts),
            })
        }
        Place::Growing { row, variable } => {
            let counts = growing(row, variable);
            Counts::Single(Distribution { points: counts[REASONS..].to_vec(), missing: reasons(&counts) })
        }
        Place::Multiple { row, variable, answered } => {
            let counts = growing(row, variable);
            Counts::Multiple(Selections {
                options: counts[REASONS..].to_vec(),
                answered: cells.fixed[answered].count(),
                missing: reasons(&counts),
            })
        }
        Place::Number { slot, .. } => Counts::Number(cells.numbers[slot].finish()),
    }
}
