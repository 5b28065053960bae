//! From what was counted under design weights to what is counted under final ones.

use std::collections::BTreeMap;

use crate::tally::{Counted, DesignCell, WeightRange};

use super::part::Part;
use super::reweighed::reweigh_strata;
use super::{Design, Refused, Scheme, Solved, SolvingScope};

/// Finds the weights of every scope and makes the rows and counts of every stratum the sums under them.
///
/// A row's final weight is its design weight times the factor of its cell. Rows whose factor is 0 leave n as well and
/// are counted in the ledger, those that a condition keeps: `zero_target` where a target is 0, `no_raking_answer` where the scheme leaves those
/// without an answer out. [`Stratum::cells`](crate::tally::Stratum::cells) and `Counted::cells` keep the sums of
/// design weights, which is what [`Solved`] takes. Counts with rows that exclusions leave out are weighted by
/// themselves, and dropped where that fails. Without a scheme every factor is 1 and no count changes.
///
/// Weights are those of all rows of the design, whether or not a condition keeps them: what it keeps is a domain of the
/// sample. A wave of which it keeps no row is not weighted by itself, since no figure is of it.
///
/// A wave that is not `needed` and cannot be weighted is left without a row; [`Solved::refused`] says why. One that has
/// just begun must not stop the report of the one before it.
///
/// # Errors
/// By wave that is needed, everything that is wrong; then nothing was changed.
pub fn apply(
    counted: &mut Counted,
    scheme: Option<&Scheme>,
    scope: SolvingScope,
    design: &Design,
    needed: &dyn Fn(Option<usize>) -> bool,
) -> Result<Solved, Vec<Refused>> {
    let names = strata_names(&counted.cells, &counted.design_names);
    let (found, refused) = parts(&counted.cells, counted.waves.len(), scheme, scope, (design, names));
    let (stopping, refused): (Vec<Refused>, Vec<Refused>) =
        refused.into_iter().partition(|refused| refused.wave.is_none() || needed(refused.wave));
    if !stopping.is_empty() {
        return Err(stopping);
    }
    let mut solved = Solved::new(found, &counted.cells, scheme);
    let unweighted: Vec<Option<usize>> = refused.iter().map(|refused| refused.wave).collect();
    solved.refused = refused;
    counted.design_rows = rows_of(&counted.cells, solved.factors());
    if scheme.is_none() {
        return Ok(solved);
    }
    let factors = solved.factors();
    if let Some(unexcluded) = &mut counted.unexcluded {
        let waves = unexcluded.waves.len();
        let (found, refused) = parts(&unexcluded.cells, waves, scheme, scope, (design, names));
        if refused.iter().any(|refused| refused.wave.is_none() || needed(refused.wave)) {
            counted.unexcluded = None;
        } else {
            let own = Solved::new(found, &unexcluded.cells, scheme);
            reweigh_strata(&mut unexcluded.strata, own.factors());
        }
    }
    reweigh_strata(&mut counted.strata, factors);
    counted.weighted = true;
    counted.weights = ranges(&counted.cells, factors);
    for (at, (cell, factor)) in counted.cells.iter().zip(factors).enumerate() {
        if *factor > 0.0 || cell.kept.n == 0 {
            continue;
        }
        let reason = if unweighted.contains(&cell.wave) {
            "wave_not_weighted"
        } else if solved.lacks_answer(at) {
            "no_raking_answer"
        } else {
            "zero_target"
        };
        counted.ledger.excluded.entry(reason).or_default().rows += cell.kept.n;
        counted.ledger.rows_used = counted.ledger.rows_used.saturating_sub(cell.kept.n);
    }
    Ok(solved)
}

/// Solves every scope with a wave that is found, and says which could not be.
fn parts(
    cells: &[DesignCell],
    waves: usize,
    scheme: Option<&Scheme>,
    scope: SolvingScope,
    design: (&Design, &[String]),
) -> (Vec<Part>, Vec<Refused>) {
    let mut places: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (at, cell) in cells.iter().enumerate() {
        let wave = match scope {
            SolvingScope::All => None,
            SolvingScope::Wave if cell.wave.is_some_and(|wave| wave >= waves) => continue,
            SolvingScope::Wave => cell.wave,
        };
        places.entry(wave).or_default().push(at);
    }
    let (mut parts, mut refused) = (Vec::new(), Vec::new());
    for (wave, places) in places {
        match Part::solve(wave, places, cells, scheme, design) {
            Ok(part) => parts.push(part),
            Err(failures) => refused.push(Refused { wave, failures }),
        }
    }
    (parts, refused)
}

/// The names of the strata in which rows were drawn, by code; none without strata.
fn strata_names<'a>(cells: &[DesignCell], names: &'a [Vec<String>]) -> &'a [String] {
    let raking = cells.first().map_or(0, |cell| cell.raking.len());
    let stratified = cells.iter().any(|cell| cell.stratum.is_some());
    if stratified { names.get(raking).map_or(&[], Vec::as_slice) } else { &[] }
}

/// The rows with a weight, in all and by wave.
fn rows_of(cells: &[DesignCell], factors: &[f64]) -> BTreeMap<Option<usize>, u64> {
    let mut rows = BTreeMap::new();
    for (cell, _) in cells.iter().zip(factors).filter(|(_, factor)| **factor > 0.0) {
        for wave in std::iter::once(None).chain(cell.wave.map(Some)) {
            *rows.entry(wave).or_default() += cell.rows.n;
        }
    }
    rows
}

/// How far the final weights of kept rows reach, in all and by wave.
fn ranges(cells: &[DesignCell], factors: &[f64]) -> BTreeMap<Option<usize>, WeightRange> {
    let mut ranges: BTreeMap<Option<usize>, WeightRange> = BTreeMap::new();
    for (cell, factor) in cells.iter().zip(factors).filter(|(cell, f)| **f > 0.0 && cell.kept.n > 0) {
        let (min, max) = (cell.kept.weights.min * factor, cell.kept.weights.max * factor);
        for wave in std::iter::once(None).chain(cell.wave.map(Some)) {
            let range = ranges.entry(wave).or_insert(WeightRange { min, max });
            *range = WeightRange { min: range.min.min(min), max: range.max.max(max) };
        }
    }
    ranges
}
