//! How the rows of one scope were drawn: strata, clusters within them, and the variance that follows.
//!
//! Units are the clusters that were drawn, or the rows where none were. A stratum of n units adds
//! (1 − n/N)·n/(n − 1)·Σ(T − T̄)², T being a unit's sum of influences and T̄ their mean in the stratum (Cochran 1977, 11.10;
//! Binder 1983). Rows that are units need not be known one by one: Σ(T − T̄)² = ΣT² − (ΣT)²/n.

use std::collections::BTreeMap;

use crate::tally::DesignCell;

use super::problem::total;
use super::{Design, Failure, SinglePsu};

/// The strata and clusters of the cells of one scope.
#[derive(Clone, Debug)]
pub(super) struct Sampling {
    pub(super) strata: Vec<Drawn>,
    /// By cell, its stratum and its cluster; `None` where its rows have no weight.
    pub(super) places: Vec<Option<(usize, usize)>>,
    pub(super) clusters: usize,
    pub(super) clustered: bool,
    pub(super) stratified: bool,
    pub(super) single: SinglePsu,
}

/// One stratum.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Drawn {
    pub(super) units: u64,
    pub(super) population: Option<f64>,
}

/// One stratum with its units.
#[derive(Clone, Debug)]
pub(super) struct DrawnStratum {
    pub(super) units: u64,
    pub(super) population: Option<f64>,
    /// The cells of every unit.
    pub(super) units_of: Vec<Vec<usize>>,
}

/// The units that some rows are in.
#[derive(Clone, Debug)]
pub(super) struct Units {
    /// By stratum, rows where these are units.
    rows: Vec<u64>,
    /// Clusters with their strata, where they are units.
    clusters: Vec<(usize, usize)>,
}

/// What rows of one cell add: the sum of their influences, and the sum of the squares of these.
#[derive(Clone, Copy, Debug)]
pub(super) struct Term {
    pub(super) cell: usize,
    pub(super) sum: f64,
    pub(super) squares: f64,
}

impl Sampling {
    /// The strata and clusters of these cells, `names` being those of strata by code.
    pub(super) fn of(
        cells: &[&DesignCell],
        factors: &[f64],
        design: &Design,
        names: &[String],
    ) -> Result<Self, Vec<Failure>> {
        let clustered = cells.iter().any(|cell| cell.cluster.is_some());
        let mut found: BTreeMap<Option<u32>, usize> = BTreeMap::new();
        let mut clusters: BTreeMap<(usize, Option<u32>), usize> = BTreeMap::new();
        let mut drawn: Vec<(String, Drawn)> = Vec::new();
        let mut places = Vec::with_capacity(cells.len());
        for (cell, factor) in cells.iter().zip(factors) {
            if *factor <= 0.0 || cell.rows.n == 0 {
                places.push(None);
                continue;
            }
            let stratum = *found.entry(cell.stratum).or_insert(drawn.len());
            if stratum == drawn.len() {
                let name = cell.stratum.and_then(|code| names.get(usize::try_from(code).ok()?));
                let population = name.and_then(|name| design.populations.get(name)).copied();
                drawn.push((name.cloned().unwrap_or_default(), Drawn { units: 0, population }));
            }
            let known = clusters.len();
            let cluster = *clusters.entry((stratum, cell.cluster)).or_insert(known);
            if let Some((_, own)) = drawn.get_mut(stratum) {
                own.units += if clustered { u64::from(cluster == known) } else { cell.rows.n };
            }
            places.push(Some((stratum, cluster)));
        }
        let stratified = found.keys().any(Option::is_some);
        let failures = refused(&drawn, clustered, stratified && design.single == SinglePsu::Fail);
        if !failures.is_empty() {
            return Err(failures);
        }
        let strata = drawn.into_iter().map(|(_, drawn)| drawn).collect();
        Ok(Self { strata, places, clusters: clusters.len(), clustered, stratified, single: design.single })
    }

    /// By stratum, how many units these rows of cells are in.
    pub(super) fn units(&self, rows: impl IntoIterator<Item = (usize, u64)>) -> Vec<u64> {
        self.united([&self.units_of(rows)])
    }

    /// The units that these rows of cells are in.
    pub(super) fn units_of(&self, rows: impl IntoIterator<Item = (usize, u64)>) -> Units {
        let mut units = Units { rows: vec![0; self.strata.len()], clusters: Vec::new() };
        let mut seen = vec![false; if self.clustered { self.clusters } else { 0 }];
        for (cell, n) in rows {
            let Some((stratum, cluster)) = self.places.get(cell).copied().flatten() else { continue };
            if !self.clustered {
                units.rows[stratum] += n;
            } else if n > 0 && !std::mem::replace(&mut seen[cluster], true) {
                units.clusters.push((stratum, cluster));
            }
        }
        units
    }

    /// By stratum, how many units there are in any of these; no row is in two.
    pub(super) fn united<'u>(&self, all: impl IntoIterator<Item = &'u Units>) -> Vec<u64> {
        let mut units = vec![0_u64; self.strata.len()];
        let mut seen = vec![false; if self.clustered { self.clusters } else { 0 }];
        for own in all {
            for (into, rows) in units.iter_mut().zip(&own.rows) {
                *into += rows;
            }
            for (stratum, cluster) in &own.clusters {
                units[*stratum] += u64::from(!std::mem::replace(&mut seen[*cluster], true));
            }
        }
        units
    }

    /// By stratum, the part of its population that a figure knows: the part drawn times the part of the units with
    /// rows of the figure's domain that have answers.
    pub(super) fn fractions(&self, answered: &[u64], domain: &[u64]) -> Vec<f64> {
        let fraction = |((drawn, answered), domain): ((&Drawn, &u64), &u64)| {
            let Some(population) = drawn.population else { return 0.0 };
            // Where the domain has no rows, none of them is without an answer.
            let known = if *domain > 0 { *answered as f64 / *domain as f64 } else { 1.0 };
            (drawn.units as f64 / population * known).clamp(0.0, 1.0)
        };
        self.strata.iter().zip(answered).zip(domain).map(fraction).collect()
    }

    /// The strata with the cells of each unit; where rows are units, every cell stands for its own.
    pub(super) fn drawn_strata(&self) -> Vec<DrawnStratum> {
        let mut strata: Vec<DrawnStratum> = self
            .strata
            .iter()
            .map(|drawn| DrawnStratum {
                units: drawn.units,
                population: drawn.population,
                units_of: Vec::new(),
            })
            .collect();
        let mut known = vec![None; self.clusters];
        for (cell, place) in self.places.iter().enumerate() {
            let Some((stratum, cluster)) = *place else { continue };
            let own = &mut strata[stratum].units_of;
            if let Some(unit) = known[cluster].filter(|_| self.clustered) {
                let cells: &mut Vec<usize> = &mut own[unit];
                cells.push(cell);
            } else {
                known[cluster] = Some(own.len());
                own.push(vec![cell]);
            }
        }
        strata
    }

    /// Units of every stratum.
    pub(super) fn all_units(&self) -> Vec<u64> {
        self.strata.iter().map(|drawn| drawn.units).collect()
    }

    /// The variance of the sum of influences; rows without a term have the influence 0.
    ///
    /// `None` where a single unit was drawn without strata, unless it is `pooled` with others, or where no stratum has
    /// more.
    pub(super) fn variance(&self, terms: &[Term], fractions: &[f64], pooled: bool) -> Option<f64> {
        let squares = self.squares(terms);
        let grand = {
            let all = total(terms.iter().map(|term| term.sum));
            all / self.strata.iter().map(|drawn| drawn.units as f64).sum::<f64>()
        };
        let (mut parts, mut known) = (Vec::with_capacity(self.strata.len()), 0_u64);
        for ((drawn, own), fraction) in self.strata.iter().zip(&squares).zip(fractions) {
            let units = drawn.units as f64;
            let open = 1.0 - fraction;
            if drawn.units > 1 {
                parts.push(open * units / (units - 1.0) * own.centred);
            } else if open > 0.0 {
                match self.single {
                    SinglePsu::Certainty if self.stratified => {}
                    SinglePsu::Average if self.stratified => continue,
                    SinglePsu::Adjust | SinglePsu::Certainty | SinglePsu::Average | SinglePsu::Fail => {
                        if !self.stratified && !pooled {
                            return None;
                        }
                        let centre = if self.stratified { grand } else { 0.0 };
                        parts.push(open * (own.sum - centre) * (own.sum - centre));
                    }
                }
            }
            known += 1;
        }
        if known == 0 {
            return None;
        }
        let variance = total(parts) * (self.strata.len() as f64 / known as f64);
        variance.is_finite().then_some(variance)
    }

    /// By stratum, the sum of its units and their squared distances from its mean.
    fn squares(&self, terms: &[Term]) -> Vec<Squares> {
        let mut sums = vec![Vec::new(); self.strata.len()];
        let mut squares = vec![Vec::new(); self.strata.len()];
        let mut by_cluster: Vec<Option<(usize, Vec<f64>)>> =
            vec![None; if self.clustered { self.clusters } else { 0 }];
        for term in terms {
            let Some((stratum, cluster)) = self.places.get(term.cell).copied().flatten() else { continue };
            sums[stratum].push(term.sum);
            if self.clustered {
                by_cluster[cluster].get_or_insert_with(|| (stratum, Vec::new())).1.push(term.sum);
            } else {
                squares[stratum].push(term.squares);
            }
        }
        let sums: Vec<f64> = sums.into_iter().map(total).collect();
        let mut listed = vec![Vec::new(); self.strata.len()];
        for (stratum, sums) in by_cluster.into_iter().flatten() {
            listed[stratum].push(total(sums));
        }
        let each = self.strata.iter().zip(sums).zip(squares.into_iter().zip(listed));
        each.map(|((drawn, sum), (squares, listed))| {
            let units = drawn.units as f64;
            let mean = sum / units;
            let centred = if self.clustered {
                let others = units - listed.len() as f64;
                total(listed.iter().map(|sum| (sum - mean) * (sum - mean))) + others.max(0.0) * mean * mean
            } else {
                (total(squares) - sum * mean).max(0.0)
            };
            Squares { sum, centred }
        })
        .collect()
    }
}

struct Squares {
    sum: f64,
    centred: f64,
}

/// What no variance can be made of.
fn refused(strata: &[(String, Drawn)], clustered: bool, single: bool) -> Vec<Failure> {
    let mut failures = Vec::new();
    for (stratum, Drawn { units, population }) in strata {
        let stratum = stratum.clone();
        match population {
            Some(population) if *population < *units as f64 || !population.is_finite() => {
                let (population, units) = (*population, *units);
                failures.push(Failure::PopulationExceeded { stratum, population, units, clustered });
            }
            // The only unit there is.
            Some(population) if *population <= 1.0 => {}
            _ if single && *units == 1 => failures.push(Failure::SinglePsu { stratum, clustered }),
            _ => {}
        }
    }
    failures
}
