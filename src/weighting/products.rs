//! Sums of products of the influences of several figures: covariances by strata and clusters.

use super::SinglePsu;
use super::problem::total;
use super::sampling::Sampling;

/// Sums of the influences of several figures, and of their products, by stratum.
pub(super) struct Products<'a> {
    sampling: &'a Sampling,
    size: usize,
    /// By stratum and figure.
    sums: Vec<Vec<f64>>,
    /// By stratum, of rows that are units: figure by figure.
    squares: Vec<Vec<f64>>,
    /// By cluster that was drawn its place among those listed.
    places: Vec<Option<usize>>,
    /// By cluster listed, its stratum.
    strata: Vec<usize>,
    /// By cluster listed and figure.
    listed: Vec<f64>,
    /// By figure and cluster listed, how far it is from the stratum's mean; filled by [`Self::close`].
    centred: Vec<Vec<f64>>,
}

impl<'a> Products<'a> {
    pub(super) fn new(sampling: &'a Sampling, size: usize) -> Self {
        let strata = sampling.strata.len();
        let squares = if sampling.clustered { Vec::new() } else { vec![vec![0.0; size * size]; strata] };
        let clusters = if sampling.clustered { sampling.clusters } else { 0 };
        let sums = vec![vec![0.0; size]; strata];
        let (places, strata) = (vec![None; clusters], Vec::new());
        Self { sampling, size, sums, squares, places, strata, listed: Vec::new(), centred: Vec::new() }
    }

    /// Adds rows of a cell with these influences on every figure: their final weights and the squares of these.
    pub(super) fn add(&mut self, cell: usize, sum: f64, squares: f64, influences: &[f64]) {
        let Some((stratum, cluster)) = self.sampling.places.get(cell).copied().flatten() else { return };
        for (into, e) in self.sums[stratum].iter_mut().zip(influences) {
            *into += sum * e;
        }
        if self.sampling.clustered {
            let place = *self.places[cluster].get_or_insert(self.strata.len());
            if place == self.strata.len() {
                self.strata.push(stratum);
                self.listed.resize(self.listed.len() + self.size, 0.0);
            }
            for (into, e) in self.listed[place * self.size..].iter_mut().zip(influences) {
                *into += sum * e;
            }
        } else {
            for (one, row) in influences.iter().zip(self.squares[stratum].chunks_mut(self.size)) {
                for (into, other) in row.iter_mut().zip(influences) {
                    *into += squares * one * other;
                }
            }
        }
    }

    /// Takes the means of strata off, when all is added.
    pub(super) fn close(&mut self) {
        let of_figure = |figure: usize| {
            let each = self.listed.iter().skip(figure).step_by(self.size).zip(&self.strata);
            each.map(|(sum, stratum)| sum - self.mean(*stratum, figure)).collect()
        };
        self.centred = (0..self.size).map(of_figure).collect();
    }

    fn mean(&self, stratum: usize, figure: usize) -> f64 {
        self.sums[stratum][figure] / self.sampling.strata[stratum].units as f64
    }

    /// The covariance of two figures after [`Self::close`], by the rules of [`Sampling::variance`].
    pub(super) fn covariance(
        &self,
        (one, other): (usize, usize),
        fractions: &[f64],
        pooled: bool,
    ) -> Option<f64> {
        let Sampling { strata, stratified, single, clustered, .. } = self.sampling;
        let mut centred: Vec<f64> = vec![0.0; strata.len()];
        if *clustered {
            let mut others: Vec<f64> = strata.iter().map(|drawn| drawn.units as f64).collect();
            for ((a, b), stratum) in self.centred[one].iter().zip(&self.centred[other]).zip(&self.strata) {
                centred[*stratum] += a * b;
                others[*stratum] -= 1.0;
            }
            for (stratum, (centred, others)) in centred.iter_mut().zip(others).enumerate() {
                *centred += others.max(0.0) * self.mean(stratum, one) * self.mean(stratum, other);
            }
        } else {
            for ((drawn, sums), (centred, squares)) in
                strata.iter().zip(&self.sums).zip(centred.iter_mut().zip(&self.squares))
            {
                *centred = squares[one * self.size + other] - sums[one] * (sums[other] / drawn.units as f64);
            }
        }
        let all_units = strata.iter().map(|drawn| drawn.units as f64).sum::<f64>();
        let grand = |figure: usize| total(self.sums.iter().map(|sums| sums[figure])) / all_units;
        let (mut parts, mut known) = (Vec::with_capacity(strata.len()), 0_u64);
        for (((drawn, sums), centred), fraction) in strata.iter().zip(&self.sums).zip(centred).zip(fractions)
        {
            let units = drawn.units as f64;
            let open = 1.0 - fraction;
            if drawn.units > 1 {
                parts.push(open * units / (units - 1.0) * centred);
            } else if open > 0.0 {
                match single {
                    SinglePsu::Certainty if *stratified => {}
                    SinglePsu::Average if *stratified => continue,
                    _ if !stratified && !pooled => return None,
                    _ => {
                        let centre = |figure| if *stratified { grand(figure) } else { 0.0 };
                        parts.push(open * (sums[one] - centre(one)) * (sums[other] - centre(other)));
                    }
                }
            }
            known += 1;
        }
        (known > 0).then(|| total(parts) * (strata.len() as f64 / known as f64))
    }
}
