//! From what the workers found to the result of the pass: the same for any number of workers.

use std::collections::{BTreeMap, BTreeSet};

use super::account::{Account, RowNumbers, Verdict, WaveAccount};
use super::cell::Cell;
use super::counted::{Counted, InputRead, NumbersRead, Unexcluded, WeightRange};
use super::design_cells::DesignCells;
use super::error::CountError;
use super::exact::quotient;
use super::group::{Merged, StratumKey};
use super::inputs::BoundInput;
use super::layout::{Layout, Place};
use super::plan::{Coding, Plan};
use super::settle::{Categories, LeftOut, Waves};
use super::shown::shown_strata;
use super::size::MAX_WEIGHTS;
use super::worker::Findings;
use crate::source::{DateOrder, Ledger, Tallied, UNIT_WEIGHT};
use crate::survey::Missing;

/// Merges the workers' findings, those of kept rows first.
///
/// # Errors
/// More values or counters than are allowed.
pub(super) fn merge<C: Cell>(
    plan: &Plan,
    layout: &Layout,
    inputs: &[BoundInput],
    mut reads: Vec<InputRead>,
    findings: &[Findings<C>],
    orders: &[DateOrder],
) -> Result<Counted, CountError> {
    let waves = Waves::settle(plan, layout, findings, orders)?;
    let categories = Categories::settle(plan, layout, findings, orders, &waves)?;
    let cells = DesignCells::settle(plan, layout, findings, &waves, &categories);
    if cells.weights() > MAX_WEIGHTS {
        return Err(CountError::too_many_weights(plan));
    }
    let counted = counted_strata(layout, findings, &waves, &categories, &cells);
    let strata = shown_strata(plan, layout, &counted, &categories, &cells)?;
    let numbers = RowNumbers::new(findings.iter().map(|findings| &findings.account));
    let mut ledger = ledger(plan, findings, &waves, &categories);
    let kinds =
        ledger.excluded.values_mut().chain(ledger.kept.values_mut()).chain(ledger.invalid.values_mut());
    for position in kinds.flat_map(|tallied| &mut tallied.places) {
        numbers.settle(position);
    }
    for ((index, read), input) in reads.iter_mut().enumerate().zip(inputs) {
        read.rows = numbers.rows(index);
        ledger.rows_read += read.rows;
        read.unused_columns.clone_from(&input.unused);
        read.absent_columns.clone_from(&input.absent);
    }
    let names = |variable: usize| categories.names[variable].clone();
    // A value that no kept row has is one of the design alone.
    let kept = &findings[..findings.partition_point(|findings| findings.is_kept)];
    let of_kept = (kept.len() < findings.len())
        .then(|| Categories::settle(plan, layout, kept, orders, &waves))
        .transpose()?;
    let segments = |variable: usize| {
        let mut names = categories.segment_names(variable).to_vec();
        if let Some(of_kept) = &of_kept {
            let kept: BTreeSet<&String> = of_kept.segment_names(variable).iter().collect();
            names.retain(|name| kept.contains(name));
        }
        names
    };
    Ok(Counted {
        strata,
        cells: cells.finish(plan, counted.first(), findings),
        design_names: layout.design.iter().map(|&variable| names(variable)).collect(),
        categories: layout.places.iter().map(|place| names(first_variable(*place))).collect(),
        segment_values: plan
            .groupings
            .iter()
            .flatten()
            .map(|&variable| (plan.variables[variable].id.clone(), segments(variable)))
            .collect(),
        ledger,
        inputs: reads,
        weighted: C::WEIGHTED,
        numbers: numbers_read(plan, inputs, findings),
        weights: weight_ranges(findings, &waves),
        waves: waves.found,
        design_rows: BTreeMap::new(),
        left_out: left_out(findings),
        unexcluded: None,
    })
}

/// How many rows each exclusion leaves out.
fn left_out<C: Cell>(findings: &[Findings<C>]) -> Vec<u64> {
    let mut rows = Vec::new();
    for findings in findings.iter().filter(|findings| findings.is_kept) {
        let by_rule = findings.account.excluded.iter().skip(Verdict::Excluded(0).place());
        for (rule, tallied) in by_rule.enumerate() {
            if rule == rows.len() {
                rows.push(0);
            }
            rows[rule] += tallied.rows;
        }
    }
    rows
}

/// How the columns of numbers were read.
fn numbers_read<C: Cell>(plan: &Plan, inputs: &[BoundInput], findings: &[Findings<C>]) -> Vec<NumbersRead> {
    let mut read = Vec::new();
    for (variable, definition) in plan.variables.iter().enumerate() {
        if !matches!(definition.coding, Coding::Number | Coding::Bands(_)) {
            continue;
        }
        let contrary = findings.iter().any(|findings| findings.coders[variable].was_contrary());
        for (index, input) in inputs.iter().enumerate() {
            let Some(position) = input.variables[variable] else { continue };
            let (id, column) = (definition.id.clone(), input.names[position].clone());
            read.push(NumbersRead { id, column, input: index, style: input.styles[variable], contrary });
        }
    }
    let contrary = findings.iter().any(|findings| findings.contrary_weight);
    for (index, input) in inputs.iter().enumerate() {
        let Some(position) = input.weight else { continue };
        let (id, column) = ("weight".to_owned(), input.names[position].clone());
        read.push(NumbersRead { id, column, input: index, style: input.weight_style, contrary });
    }
    read
}

/// The counts with the rows that compared exclusions leave out, whose findings are among these; none where they are too
/// many to be counted. Categories of the design that only they have are put behind those of `design_names`, by whose codes
/// the cells are told.
pub(super) fn unexcluded<C: Cell>(
    plan: &Plan,
    layout: &Layout,
    findings: &[Findings<C>],
    orders: &[DateOrder],
    design_names: &mut [Vec<String>],
) -> Option<Unexcluded> {
    let waves = Waves::settle(plan, layout, findings, orders).ok()?;
    let categories = Categories::settle(plan, layout, findings, orders, &waves).ok()?;
    let cells = DesignCells::settle(plan, layout, findings, &waves, &categories);
    let counted = counted_strata(layout, findings, &waves, &categories, &cells);
    let strata = shown_strata(plan, layout, &counted, &categories, &cells).ok()?;
    let mut cells = cells.finish(plan, counted.first(), findings);
    let design = layout.design.iter().zip(design_names);
    let codes: Vec<Vec<u32>> =
        design.map(|(&variable, known)| codes_among(known, &categories.names[variable])).collect();
    for cell in &mut cells {
        let own = cell
            .raking
            .iter_mut()
            .chain([&mut cell.stratum, &mut cell.cluster].into_iter().filter(|code| code.is_some()));
        for (code, codes) in own.zip(&codes) {
            *code = code.and_then(|code| codes.get(usize::try_from(code).ok()?).copied());
        }
    }
    let names = |place: &Place| categories.names[first_variable(*place)].clone();
    let categories = layout.places.iter().map(names).collect();
    Some(Unexcluded { waves: waves.found, strata, cells, categories })
}

/// The place of each name among those known, behind which new ones are put.
fn codes_among(known: &mut Vec<String>, names: &[String]) -> Vec<u32> {
    let mut places: BTreeMap<String, u32> = known.iter().cloned().zip(0..).collect();
    let mut place = |name: &String| {
        let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
        *places.entry(name.clone()).or_insert_with(|| {
            known.push(name.clone());
            next
        })
    };
    names.iter().map(&mut place).collect()
}

/// The strata of each counted grouping in final codes; with a design, by its cells in place of waves.
fn counted_strata<C: Cell>(
    layout: &Layout,
    findings: &[Findings<C>],
    waves: &Waves,
    categories: &Categories,
    cells: &DesignCells,
) -> Vec<BTreeMap<StratumKey, Merged<C>>> {
    let mut merged: Vec<BTreeMap<StratumKey, Merged<C>>> =
        layout.counted.iter().map(|_| BTreeMap::new()).collect();
    for (worker, findings) in findings.iter().enumerate().filter(|(_, findings)| findings.is_kept) {
        let recode = categories.of_growing(worker, layout);
        let head_of = |head: u32| match &findings.cells {
            Some(_) => cells.of(worker, head).map(Some),
            None => waves.of(worker, head as usize).ok(),
        };
        for ((strata, grouping), merged) in findings.strata.iter().zip(&layout.counted).zip(&mut merged) {
            for (head, codes, counters) in strata.iter() {
                let Some(head) = head_of(head) else { continue };
                let codes = grouping.iter().zip(codes);
                let codes =
                    codes.map(|(&variable, code)| categories.of_segment(worker, variable, code)).collect();
                merged
                    .entry((head, codes))
                    .or_insert_with(|| Merged::empty(layout))
                    .absorb(&counters, &recode);
            }
        }
    }
    merged
}

fn first_variable(place: Place) -> usize {
    match place {
        Place::Single { variable, .. }
        | Place::Growing { variable, .. }
        | Place::Multiple { variable, .. }
        | Place::Number { variable, .. } => variable,
        Place::Pair { first, .. } => first,
    }
}

fn ledger<C: Cell>(plan: &Plan, findings: &[Findings<C>], waves: &Waves, categories: &Categories) -> Ledger {
    let mut ledger = Ledger::default();
    for (worker, findings) in findings.iter().enumerate() {
        let Account { excluded, waves: accounts, not_utf8, .. } = &findings.account;
        for (input, cells) in not_utf8 {
            ledger.not_utf8.entry(*input).or_default().merge(cells);
        }
        if !findings.is_kept {
            // They are left out by the condition, and counted so.
            continue;
        }
        for (tallied, name) in excluded.iter().zip(Verdict::names(plan)) {
            add(&mut ledger.excluded, name, tallied);
        }
        for (code, account) in accounts.iter().enumerate() {
            let wave = match waves.of(worker, code) {
                Ok(wave) => wave,
                Err(LeftOut(reason)) => {
                    add(&mut ledger.excluded, reason, &account.used);
                    continue;
                }
            };
            let label = wave.and_then(|wave| waves.found.get(wave)).map_or("", |wave| wave.label.as_str());
            ledger.rows_used += account.used.rows;
            add(&mut ledger.kept, "ragged_row", &account.ragged);
            add(&mut ledger.kept, "overlong_row", &account.overlong);
            add(&mut ledger.kept, "outside_base", &account.outside_base);
            add(&mut ledger.kept, "rounded_weight", &account.rounded);
            for (variable, tallied) in invalid_cells(account, worker, categories) {
                if tallied.rows > 0 {
                    let key = (plan.variables[variable].id.clone(), label.to_owned());
                    ledger.invalid.entry(key).or_default().merge(tallied);
                }
            }
        }
    }
    ledger
}

/// How far the weights reach, of all rows used and of every wave.
fn weight_ranges<C: Cell>(findings: &[Findings<C>], waves: &Waves) -> BTreeMap<Option<usize>, WeightRange> {
    let mut ranges: BTreeMap<Option<usize>, (u64, u64)> = BTreeMap::new();
    for (worker, findings) in findings.iter().enumerate().filter(|(_, findings)| findings.is_kept) {
        for (code, account) in findings.account.waves.iter().enumerate() {
            let (Ok(wave), Some((least, most))) = (waves.of(worker, code), account.weights) else { continue };
            for key in std::iter::once(None).chain(wave.map(Some)) {
                let range = ranges.entry(key).or_insert((least, most));
                *range = (range.0.min(least), range.1.max(most));
            }
        }
    }
    let weight = |nano: u64| quotient(u128::from(nano), UNIT_WEIGHT);
    ranges
        .into_iter()
        .map(|(wave, (least, most))| (wave, WeightRange { min: weight(least), max: weight(most) }))
        .collect()
}

/// The invalid cells of a wave by variable, those among them that the settled order of dates makes invalid.
fn invalid_cells<'a>(
    account: &'a WaveAccount,
    worker: usize,
    categories: &'a Categories,
) -> impl Iterator<Item = (usize, &'a Tallied)> {
    let settled = account.perhaps_invalid.iter().filter(move |((variable, code), _)| {
        categories.of(worker, *variable, *code) == Missing::Invalid.code()
    });
    account.invalid.iter().enumerate().chain(settled.map(|((variable, _), tallied)| (*variable, tallied)))
}

fn add(into: &mut BTreeMap<&'static str, Tallied>, reason: &'static str, tallied: &Tallied) {
    if tallied.rows > 0 {
        into.entry(reason).or_default().merge(tallied);
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use crate::survey::Period;
    use crate::tally::tests::{by_date, plan, run, scale, variable};
    use crate::tally::{Counted, Plan, Tally, WeightRange};

    fn weighted() -> Plan {
        let plan = plan(vec![variable("q", scale())], vec![Tally::Single(0)], vec![vec![]]);
        Plan { weight: Some("w".to_owned()), wave: Some(by_date(Period::Quarter, None)), ..plan }
    }

    fn range(counted: &Counted, wave: Option<usize>) -> Option<(f64, f64)> {
        counted.weights.get(&wave).map(|WeightRange { min, max }| (*min, *max))
    }

    #[test]
    fn the_weights_of_used_rows_reach_from_the_smallest_to_the_largest() {
        let rows = "1,0.1,2026-01-05\n2,2.5,2026-02-05\n3,1,2026-04-05\n4,99,no date\n5,0,2026-01-05\n5,-7,2026-01-05\n";
        let counted = run(&weighted(), &format!("q,w,date\n{rows}"));
        assert_eq!(range(&counted, None), Some((0.1, 2.5)), "neither left out nor zero");
        assert_eq!(range(&counted, Some(0)), Some((0.1, 2.5)));
        assert_eq!(range(&counted, Some(1)), Some((1.0, 1.0)));
        assert_eq!(counted.weights.len(), 3);
    }

    #[test]
    fn without_weights_or_rows_there_is_no_range() {
        assert!(run(&weighted(), "q,w,date\n").weights.is_empty());
        let plain = Plan { weight: None, ..weighted() };
        assert!(run(&plain, "q,w,date\n1,2,2026-01-05\n").weights.is_empty());
    }
}
