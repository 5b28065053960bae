//! How the means of several domains of one design move together.
//!
//! The influence of a row on the mean of a domain is w·(x − mean)/Σw, what the margins explain taken off, as for
//! [`Solved::mean`]; the variance of the design is a square of sums of influences, and the covariance the product that
//! goes with it (R survey's `svyby(covmat = TRUE)`; Särndal, Swensson and Wretman 1992, 5.7). Where a stratum's
//! population is known, a pair of domains knows the part of it that answered in either, so that the covariance of a
//! domain with itself is its variance and no correlation exceeds 1.

use super::part::Part;
use super::problem::total;
use super::products::Products;
use super::sampling::{Sampling, Units};
use super::solved::explained;
use super::{Answers, Replicated, Solved};

/// Rows that stand in the same domains; no row is in two groups.
#[derive(Clone, Copy, Debug)]
pub struct Members<'a> {
    /// The domains, by their places among all.
    pub domains: &'a [usize],
    /// The rows by cell and answer, in design weights.
    pub answers: &'a [Answers],
}

/// The covariances of the means of domains.
#[derive(Clone, Debug, PartialEq)]
pub struct Covariances {
    /// The means under final weights.
    pub means: Vec<f64>,
    /// By domain and domain.
    pub covariances: Vec<Vec<f64>>,
    /// By domain and domain: units (clusters, or rows) with answers in either, less strata with answers in either.
    pub degrees_of_freedom: Vec<Vec<u64>>,
    /// The same of all domains together.
    pub of_all: u64,
    /// By domain and domain, whether a unit has answers in both.
    pub shares_units: Vec<Vec<bool>>,
}

/// A domain under final weights.
struct Mean {
    value: f64,
    sum_w: f64,
}

impl Solved {
    /// The covariances of the means of so many domains, of each with itself and of the pairs (the lower place first) that
    /// are wanted; what is not wanted stays 0.
    ///
    /// `None` where a domain has no answer of positive weight, where nothing tells a variance, for a cell or domain that
    /// is not known, and where something is not finite.
    pub fn covariances(
        &self,
        groups: &[Members],
        domains: usize,
        wanted: &dyn Fn(usize, usize) -> bool,
    ) -> Option<Covariances> {
        let means = self.means(groups, domains)?;
        let influence = |x: f64, domain: &Mean| (x - domain.value) / domain.sum_w;
        self.together(groups, &means, &influence, wanted)
    }

    /// The covariances of the weights of domains over the whole weight of all groups, as if that did not vary: what the
    /// covariance of shares of a whole is made of. Means are the shares.
    pub fn covariances_of_weights(&self, groups: &[Members], domains: usize) -> Option<Covariances> {
        let all: Vec<f64> = groups.iter().flat_map(|group| group.answers).map(|a| self.weight(a)).collect();
        let whole = Some(total(all)).filter(|whole| *whole > 0.0)?;
        let weight = |domain| {
            let own = groups.iter().filter(|group| group.domains.contains(&domain));
            total(own.flat_map(|group| group.answers).map(|a| self.weight(a)))
        };
        let shares: Vec<Mean> =
            (0..domains).map(|domain| Mean { value: weight(domain) / whole, sum_w: whole }).collect();
        self.together(groups, &shares, &|_, domain| 1.0 / domain.sum_w, &|_, _| true)
    }

    fn weight(&self, answers: &Answers) -> f64 {
        self.factor(answers.cell) * answers.sum
    }

    fn means(&self, groups: &[Members], domains: usize) -> Option<Vec<Mean>> {
        let origin = groups.iter().find_map(|group| group.answers.first())?.x;
        let of_domain = |domain: usize| {
            let own = groups.iter().filter(|group| group.domains.contains(&domain));
            let rows: Vec<(f64, f64)> =
                own.flat_map(|group| group.answers).map(|a| (self.weight(a), a.x)).collect();
            let sum_w = total(rows.iter().map(|(w, _)| *w));
            let sum = total(rows.iter().map(|(w, x)| w * (x - origin)));
            (sum_w > 0.0).then(|| Mean { value: origin + sum / sum_w, sum_w })
        };
        (0..domains).map(of_domain).collect()
    }

    fn together(
        &self,
        groups: &[Members],
        means: &[Mean],
        influence: &dyn Fn(f64, &Mean) -> f64,
        wanted: &dyn Fn(usize, usize) -> bool,
    ) -> Option<Covariances> {
        let size = means.len();
        if groups.iter().flat_map(|group| group.domains).any(|domain| *domain >= size) {
            return None;
        }
        let answered = self.answered(groups)?;
        let pairs: Vec<(usize, usize)> = (0..size)
            .flat_map(|one| (one..size).map(move |other| (one, other)))
            .filter(|(one, other)| one == other || wanted(*one, *other))
            .collect();
        let mut covariances = vec![vec![0.0; size]; size];
        let mut by_part: Vec<Vec<(usize, &[usize], &Answers)>> = vec![Vec::new(); self.parts.len()];
        for group in groups {
            for answers in group.answers.iter().filter(|answers| self.weight(answers) > 0.0) {
                let (part, own) = *self.places.get(answers.cell)?;
                by_part.get_mut(part)?.push((own, group.domains, answers));
            }
        }
        let involved = by_part.iter().filter(|entries| !entries.is_empty()).count();
        for (number, (part, entries)) in self.parts.iter().zip(&by_part).enumerate() {
            if entries.is_empty() {
                continue;
            }
            let taken = taken(part, entries, means, influence)?;
            let mut products = Products::new(&part.sampling, size);
            let (explains, mut e) = (taken.iter().any(|taken| !taken.is_empty()), Vec::with_capacity(size));
            let mut rest: Vec<(f64, f64)> = part.cells.iter().map(|at| self.own(*at)).collect();
            for (own, domains, answers) in entries {
                let factor = part.factors[*own];
                e.clear();
                if explains {
                    e.extend(taken.iter().map(|taken| -taken.get(*own).unwrap_or(&0.0)));
                } else {
                    e.resize(size, 0.0);
                }
                for domain in *domains {
                    e[*domain] += influence(answers.x, &means[*domain]);
                }
                products.add(*own, factor * answers.sum, factor * factor * answers.sum_of_squares, &e);
                rest[*own].0 -= answers.sum;
                rest[*own].1 -= answers.sum_of_squares;
            }
            if explains {
                for (own, (sum, squares)) in rest.into_iter().enumerate() {
                    let factor = part.factors[own];
                    let e: Vec<f64> = taken.iter().map(|taken| -taken.get(own).unwrap_or(&0.0)).collect();
                    products.add(own, factor * sum.max(0.0), factor * factor * squares.max(0.0), &e);
                }
            }
            let (answered, all) = (answered.get(number)?, part.sampling.all_units());
            let known = part.sampling.strata.iter().any(|drawn| drawn.population.is_some());
            products.close();
            for &(one, other) in &pairs {
                let fractions = if known {
                    part.sampling.fractions(&answered.of(&[one, other]), &all)
                } else {
                    vec![0.0; all.len()]
                };
                covariances[one][other] += products.covariance((one, other), &fractions, involved > 1)?;
                covariances[other][one] = covariances[one][other];
            }
        }
        let count = |domains: &[usize]| {
            answered.iter().fold((0, 0), |(units, strata), answered| {
                let own = answered.of(domains);
                (units + own.iter().sum::<u64>(), strata + own.iter().filter(|n| **n > 0).count() as u64)
            })
        };
        let alone: Vec<(u64, u64)> = (0..size).map(|domain| count(&[domain])).collect();
        let mut degrees_of_freedom = vec![vec![0; size]; size];
        let mut shares_units = vec![vec![false; size]; size];
        for &(one, other) in &pairs {
            let (units, strata) = if one == other { alone[one] } else { count(&[one, other]) };
            let shares = one == other || alone[one].0 + alone[other].0 > units;
            for (one, other) in [(one, other), (other, one)] {
                degrees_of_freedom[one][other] = units.saturating_sub(strata);
                shares_units[one][other] = shares;
            }
        }
        let (units, strata) = count(&(0..size).collect::<Vec<_>>());
        let found = Covariances {
            means: means.iter().map(|mean| mean.value).collect(),
            covariances,
            degrees_of_freedom,
            of_all: units.saturating_sub(strata),
            shares_units,
        };
        found.covariances.iter().flatten().all(|x| x.is_finite()).then_some(found)
    }

    fn own(&self, at: usize) -> (f64, f64) {
        self.rows.get(at).map_or((0.0, 0.0), |rows| (rows.w, rows.w2))
    }

    /// By part, which units have answers in which domains.
    fn answered<'a>(&'a self, groups: &[Members<'a>]) -> Option<Vec<Answered<'a>>> {
        let mut answered: Vec<Answered> =
            self.parts.iter().map(|part| Answered { sampling: &part.sampling, groups: Vec::new() }).collect();
        for group in groups {
            let mut by_part: Vec<Vec<(usize, u64)>> = vec![Vec::new(); self.parts.len()];
            for answers in group.answers {
                let (part, own) = *self.places.get(answers.cell)?;
                by_part.get_mut(part)?.push((own, answers.n));
            }
            for (answered, rows) in answered.iter_mut().zip(by_part) {
                if !rows.is_empty() {
                    let units = answered.sampling.units_of(rows);
                    answered.groups.push((group.domains, units));
                }
            }
        }
        Some(answered)
    }
}

/// The units of one part with answers, by group of rows.
struct Answered<'a> {
    sampling: &'a Sampling,
    groups: Vec<(&'a [usize], Units)>,
}

impl Answered<'_> {
    /// By stratum, the units with answers in any of these domains.
    fn of(&self, domains: &[usize]) -> Vec<u64> {
        let own = self.groups.iter().filter(|(of, _)| of.iter().any(|domain| domains.contains(domain)));
        self.sampling.united(own.map(|(_, units)| units))
    }
}

/// By domain and cell of a part, what the margins explain; empty where they explain nothing.
fn taken(
    part: &Part,
    entries: &[(usize, &[usize], &Answers)],
    means: &[Mean],
    influence: &dyn Fn(f64, &Mean) -> f64,
) -> Option<Vec<Vec<f64>>> {
    let of_domain = |(domain, mean): (usize, &Mean)| {
        let own: Vec<(usize, Answers)> = entries
            .iter()
            .filter(|(_, domains, _)| domains.contains(&domain))
            .map(|(own, _, answers)| (*own, Answers { x: influence(answers.x, mean), ..**answers }))
            .collect();
        let entries: Vec<(usize, &Answers)> = own.iter().map(|(own, answers)| (*own, answers)).collect();
        let explained = explained(part, &entries)?;
        let of_cell = |place: &usize| explained.get(*place).copied().unwrap_or(0.0);
        Some(if explained.is_empty() { Vec::new() } else { part.combination.iter().map(of_cell).collect() })
    };
    means.iter().enumerate().map(of_domain).collect()
}

impl Replicated {
    /// The same as [`Solved::covariances`] over the replicates, each about its mean.
    pub fn covariances(
        &self,
        groups: &[Members],
        domains: usize,
        wanted: &dyn Fn(usize, usize) -> bool,
    ) -> Option<Covariances> {
        let mut found = self.solved().covariances(groups, domains, wanted)?;
        let origins = found.means.clone();
        let entries: Vec<Answers> = groups.iter().flat_map(|group| group.answers).copied().collect();
        let of: Vec<&[usize]> =
            groups.iter().flat_map(|group| group.answers.iter().map(|_| group.domains)).collect();
        let means = |totals: &[f64]| {
            let of_domain = |domain: usize| {
                let own = || {
                    let each = totals.iter().zip(&entries).zip(&of);
                    each.filter(|(_, domains)| domains.contains(&domain)).map(|(entry, _)| entry)
                };
                let sum_w = total(own().map(|(w, _)| *w));
                let origin = origins[domain];
                let sum = total(own().map(|(w, answers)| w * (answers.x - origin)));
                (sum_w > 0.0).then(|| sum / sum_w)
            };
            (0..domains).map(of_domain).collect::<Vec<Option<f64>>>()
        };
        let known = self.covariances_over(&entries, &means, domains, wanted);
        for (one, row) in known.iter().enumerate() {
            for (other, covariance) in row.iter().enumerate() {
                found.covariances[one][other] = covariance.unwrap_or(0.0);
                // Of a domain that many replicates lack nothing is known, and nothing is said.
                if covariance.is_none() {
                    found.shares_units[one][other] = false;
                }
            }
        }
        Some(found)
    }
}
