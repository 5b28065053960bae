//! The weights of all scopes, and the variances under them.

use crate::stats::kish;
use crate::tally::{Count, DesignCell};

use super::part::Part;
use super::problem::total;
use super::sampling::Term;
use super::{Answers, Diagnostics, Linearisation, Refused, Scheme, VarianceForm};

/// What [`apply`](super::apply()) found; cells are places in [`Counted::cells`](crate::tally::Counted::cells).
#[derive(Clone, Debug)]
pub struct Solved {
    pub(super) parts: Vec<Part>,
    /// By cell, its part and its place there.
    pub(super) places: Vec<(usize, usize)>,
    pub(super) factors: Vec<f64>,
    /// By cell, its rows under design weights.
    pub(super) rows: Vec<Count>,
    pub(super) scheme: Option<Scheme>,
    pub(super) refused: Vec<Refused>,
}

/// A weighted mean with the variance that the design gives it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DesignMean {
    /// Rows with an answer and a weight.
    pub n: u64,
    /// The sum of their final weights.
    pub sum_w: f64,
    /// The weighted mean.
    pub mean: f64,
    /// Its variance.
    pub variance: f64,
    /// Kish's effective number of answers.
    pub kish_n: f64,
    /// Units (clusters, or rows where none were drawn) with answers less strata with answers; waves that are weighted
    /// by themselves are strata too. 0 where every stratum has one.
    pub degrees_of_freedom: u64,
    /// Clusters with answers; `None` where no clusters were drawn.
    pub clusters: Option<u64>,
}

impl Solved {
    pub(super) fn new(parts: Vec<Part>, cells: &[DesignCell], scheme: Option<&Scheme>) -> Self {
        let mut places = vec![(usize::MAX, 0); cells.len()];
        let mut factors = vec![0.0; cells.len()];
        for (number, part) in parts.iter().enumerate() {
            for (own, (at, factor)) in part.cells.iter().zip(&part.factors).enumerate() {
                if let (Some(place), Some(known)) = (places.get_mut(*at), factors.get_mut(*at)) {
                    *place = (number, own);
                    *known = *factor;
                }
            }
        }
        let rows = cells.iter().map(|cell| cell.rows).collect();
        Self { parts, places, factors, rows, scheme: scheme.cloned(), refused: Vec::new() }
    }

    /// By cell, what its rows' design weights are multiplied by; 0 where they are left out, 1 without a scheme.
    pub fn factors(&self) -> &[f64] {
        &self.factors
    }

    /// What the design weights of a cell's rows are multiplied by; 0 for cells that are not known.
    pub fn factor(&self, cell: usize) -> f64 {
        self.factors.get(cell).copied().unwrap_or(0.0)
    }

    /// The waves that were weighted by themselves, in order; one `None` where all rows were weighted together.
    pub fn scopes(&self) -> impl Iterator<Item = Option<usize>> {
        self.parts.iter().map(|part| part.wave)
    }

    /// The waves that could not be weighted and were not needed: they have no rows.
    pub fn refused(&self) -> &[Refused] {
        &self.refused
    }

    /// What the weights of a wave did; where all rows are weighted together, what those of all did. `None` without a
    /// scheme or without rows.
    pub fn diagnostics(&self, wave: Option<usize>) -> Option<&Diagnostics> {
        let part = self.parts.iter().find(|part| part.wave.is_none() || part.wave == wave)?;
        part.solved.as_ref().map(|(weighted, _)| &weighted.diagnostics)
    }

    /// How the weighting of a wave enters variances; `None` without a scheme or without rows.
    pub fn form(&self, wave: Option<usize>) -> Option<VarianceForm> {
        let part = self.parts.iter().find(|part| part.wave.is_none() || part.wave == wave)?;
        part.solved.as_ref().map(|(weighted, _)| weighted.form())
    }

    /// The mean of the answers of a subgroup, or of everyone, with its variance: Taylor's linearisation, rows without
    /// an answer being part of the design.
    ///
    /// Answers are sums of DESIGN weights of cells of any waves; no row is in two of them. `None` without an answer of
    /// positive weight, where nothing tells a variance, and where something is not finite. With populations, only
    /// rows with answers count as known: of a subgroup [`Self::mean_within`] knows more.
    pub fn mean(&self, answers: &[Answers]) -> Option<DesignMean> {
        self.mean_of(answers, None)
    }

    /// The same of a subgroup with these rows (cell and number, answered or not): where a stratum's population is
    /// known, the part of it that was drawn holds for the subgroup too, times the part of its rows with an answer.
    pub fn mean_within(&self, answers: &[Answers], rows: &[(usize, u64)]) -> Option<DesignMean> {
        self.mean_of(answers, Some(rows))
    }

    /// The variance of Σw·e, `x` being e, the influence of each row; rows that are not listed have e = 0.
    ///
    /// For a total e is the value, for a difference of two means the difference of their influences (x − mean)/Σw,
    /// final weights. `None` as for [`Self::mean`].
    pub fn variance(&self, influences: &[Answers]) -> Option<f64> {
        self.variance_of(influences, None)
    }

    /// Whether the scheme leaves the rows of a cell out for a missing answer.
    pub(super) fn lacks_answer(&self, cell: usize) -> bool {
        let Some((part, own)) = self.places.get(cell) else { return false };
        self.parts.get(*part).is_some_and(|part| part.lacks_answer(*own))
    }

    fn mean_of(&self, answers: &[Answers], domain: Option<&[(usize, u64)]>) -> Option<DesignMean> {
        let mut weighted: Vec<(f64, f64, &Answers)> = Vec::with_capacity(answers.len());
        for part in answers {
            let factor = *self.factors.get(part.cell)?;
            if factor * part.sum > 0.0 {
                weighted.push((factor * part.sum, factor * factor * part.sum_of_squares, part));
            }
        }
        let (_, _, first) = weighted.first()?;
        let origin = first.x;
        let sum_w = total(weighted.iter().map(|(w, ..)| *w));
        let mean = origin + total(weighted.iter().map(|(w, _, part)| w * (part.x - origin))) / sum_w;
        let n = weighted.iter().map(|(_, _, part)| part.n).sum();
        let kish = kish(n, sum_w, total(weighted.iter().map(|(_, w2, _)| *w2)))?;
        let influences: Vec<Answers> =
            weighted.iter().map(|(_, _, part)| Answers { x: (part.x - mean) / sum_w, ..**part }).collect();
        let variance = self.variance_of(&influences, domain)?;
        let (mut units, mut strata, mut clustered) = (0, 0, false);
        for (part, own) in self.parts.iter().zip(self.by_part(&influences)?) {
            let answered = part.sampling.units(own.iter().map(|(at, answers)| (*at, answers.n)));
            units += answered.iter().sum::<u64>();
            strata += answered.iter().filter(|units| **units > 0).count() as u64;
            clustered |= part.sampling.clustered;
        }
        mean.is_finite().then(|| DesignMean {
            n,
            sum_w,
            mean,
            variance,
            kish_n: kish.effective_n,
            degrees_of_freedom: units.saturating_sub(strata),
            clusters: clustered.then_some(units),
        })
    }

    fn variance_of(&self, influences: &[Answers], domain: Option<&[(usize, u64)]>) -> Option<f64> {
        let by_part = self.by_part(influences)?;
        let involved = by_part.iter().filter(|own| !own.is_empty()).count();
        let mut variances = Vec::with_capacity(involved);
        for (number, (part, own)) in self.parts.iter().zip(&by_part).enumerate() {
            if own.is_empty() {
                continue;
            }
            let answered = part.sampling.units(own.iter().map(|(at, answers)| (*at, answers.n)));
            let within = domain.map_or_else(
                || part.sampling.all_units(),
                |rows| {
                    part.sampling.units(rows.iter().filter_map(|(cell, n)| self.own_place(number, *cell, *n)))
                },
            );
            let fractions = part.sampling.fractions(&answered, &within);
            let terms = self.terms(part, own)?;
            variances.push(part.sampling.variance(&terms, &fractions, involved > 1)?);
        }
        let variance = total(variances);
        variance.is_finite().then_some(variance)
    }

    fn own_place(&self, part: usize, cell: usize, n: u64) -> Option<(usize, u64)> {
        self.places.get(cell).filter(|(number, _)| *number == part).map(|(_, own)| (*own, n))
    }

    /// By part, the entries of its cells with their places there; `None` for a cell or number that makes no sense.
    fn by_part<'a>(&self, entries: &'a [Answers]) -> Option<Vec<Vec<(usize, &'a Answers)>>> {
        let mut by_part = vec![Vec::new(); self.parts.len()];
        for entry in entries {
            let (part, own) = *self.places.get(entry.cell)?;
            if !entry.x.is_finite() {
                return None;
            }
            by_part.get_mut(part)?.push((own, entry));
        }
        Some(by_part)
    }

    /// What the rows of a part add to the variance of Σw·e, what the margins explain taken off.
    fn terms(&self, part: &Part, influences: &[(usize, &Answers)]) -> Option<Vec<Term>> {
        let explained = explained(part, influences)?;
        let mut terms = Vec::with_capacity(influences.len());
        let mut rest: Vec<(f64, f64)> =
            part.cells.iter().map(|at| (self.rows[*at].w, self.rows[*at].w2)).collect();
        for (own, entry) in influences {
            let factor = part.factors[*own];
            let residual = entry.x - explained.get(part.combination[*own]).copied().unwrap_or(0.0);
            terms.push(Term {
                cell: *own,
                sum: factor * entry.sum * residual,
                squares: factor * factor * entry.sum_of_squares * residual * residual,
            });
            rest[*own].0 -= entry.sum;
            rest[*own].1 -= entry.sum_of_squares;
        }
        if !explained.is_empty() {
            for (own, (sum, sum_of_squares)) in rest.into_iter().enumerate() {
                let (factor, explained) = (part.factors[own], explained[part.combination[own]]);
                terms.push(Term {
                    cell: own,
                    sum: -factor * sum.max(0.0) * explained,
                    squares: factor * factor * sum_of_squares.max(0.0) * explained * explained,
                });
            }
        }
        Some(terms)
    }
}

/// By combination, what the margins explain of its rows' influences; empty where nothing is explained.
pub(super) fn explained(part: &Part, influences: &[(usize, &Answers)]) -> Option<Vec<f64>> {
    let Some((weighted, prepared)) = &part.solved else { return Some(Vec::new()) };
    let of_combinations: Vec<Answers> =
        influences.iter().map(|(own, entry)| Answers { cell: part.combination[*own], ..**entry }).collect();
    let linearisation = Linearisation::prepared(&part.combinations, weighted, prepared);
    let explained = linearisation.explained_by_cell(&of_combinations)?;
    Some(if explained.iter().all(|e| e.abs() <= 0.0) { Vec::new() } else { explained })
}
