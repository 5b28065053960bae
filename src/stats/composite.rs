//! Several items joined to one index per respondent, and its mean.
//!
//! A respondent's index is the weighted mean of the items answered, so that who left one out still counts. The weights
//! are equal, in proportion to the mean importance that respondents state, or the loadings of the first principal
//! component of the items' correlations. The standard error is the infinitesimal jackknife's (Jaeckel 1972; Efron
//! 1982): it holds the weights for random too, in closed form, and neither order nor chance enters. Reference cases:
//! leaving out each respondent in turn with numpy.

use super::distributions::t_quantile;
use super::sum::sum;
use super::symmetric::Symmetric;
use super::{Confidence, Interval};

/// A value of a respondent (by place) for an item (by place).
pub type Answered<'a> = &'a dyn Fn(usize, usize) -> Option<f64>;

/// The answers that are joined.
#[derive(Clone, Copy)]
pub struct CompositeItems<'a> {
    /// How many respondents.
    pub rows: usize,
    /// How many items.
    pub items: usize,
    /// Their values, all in the unit of the index.
    pub values: Answered<'a>,
    /// The respondents' weights, where they count differently; above 0.
    pub weights: Option<&'a [f64]>,
}

/// How much each item counts.
#[derive(Clone, Copy)]
pub enum ItemWeights<'a> {
    /// Alike.
    Equal,
    /// By the mean of what respondents say of its importance.
    Importance(Answered<'a>),
    /// By its loading on the first principal component.
    FirstComponent,
}

/// An index.
#[derive(Clone, Debug, PartialEq)]
pub struct Composite {
    /// The mean over respondents.
    pub value: f64,
    /// Its standard error; `None` below two respondents and where it has none.
    pub error: Option<f64>,
    /// The mean with all items alike.
    pub equal: f64,
    /// By item, the weight; their sum is 1.
    pub weights: Vec<f64>,
    /// Respondents with at least one item.
    pub respondents: u64,
    /// Those of them who lack an item, for whom the others' weights were raised.
    pub renormalised: u64,
}

/// Why there is no index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompositeFault {
    /// Nobody answered an item, or values are not finite.
    NoAnswers,
    /// Nobody said how important this item is, or all said nothing is.
    NoImportance(usize),
    /// Fewer than three respondents answered all items.
    TooFewRows,
    /// This item is the same for all who answered all items.
    ConstantItem(usize),
    /// This item runs against the others: it may be turned round.
    Against(usize),
}

impl Composite {
    /// The index.
    ///
    /// # Errors
    /// Names why there is none.
    pub fn of(items: CompositeItems<'_>, by: ItemWeights<'_>) -> Result<Self, CompositeFault> {
        let (weights, influence) = match by {
            ItemWeights::Equal => (vec![1.0; items.items], Influence::None),
            ItemWeights::Importance(stated) => {
                let known = Importance::of(items, stated)?;
                (known.means.clone(), Influence::Importance(stated, known))
            }
            ItemWeights::FirstComponent => {
                let known = Component::of(items)?;
                (known.weights().to_vec(), Influence::Component(Box::new(known)))
            }
        };
        let total: f64 = weights.iter().sum();
        let weights: Vec<f64> = weights.iter().map(|weight| weight / total).collect();
        let scored = Scored::of(items, &weights).ok_or(CompositeFault::NoAnswers)?;
        let equal = match by {
            ItemWeights::Equal => scored.mean,
            _ => Scored::of(items, &vec![1.0; items.items]).ok_or(CompositeFault::NoAnswers)?.mean,
        };
        let error = scored.error(items, &weights, &influence, total);
        Ok(Self {
            value: scored.mean,
            error,
            equal,
            weights,
            respondents: scored.respondents,
            renormalised: scored.renormalised,
        })
    }

    /// The t interval with one degree of freedom less than respondents; `None` without an error above 0.
    pub fn interval(&self, confidence: Confidence) -> Option<Interval> {
        let error = self.error.filter(|error| *error > 0.0)?;
        let df = self.respondents as f64 - 1.0;
        Interval::around(self.value, t_quantile(1.0 - confidence.tail(), df)? * error)
    }
}

impl CompositeItems<'_> {
    fn weight(&self, row: usize) -> f64 {
        self.weights.and_then(|weights| weights.get(row).copied()).unwrap_or(1.0)
    }

    /// A respondent's index, and the weight of the items answered; `None` without one.
    fn score(&self, row: usize, weights: &[f64]) -> Option<(f64, f64)> {
        let (mut total, mut answered) = (0.0, 0.0);
        for (item, weight) in weights.iter().enumerate() {
            if let Some(x) = (self.values)(row, item) {
                total += weight * x;
                answered += weight;
            }
        }
        (answered > 0.0).then(|| (total / answered, answered))
    }
}

/// The respondents' scores under one set of weights.
struct Scored {
    mean: f64,
    /// Σw of the respondents.
    total: f64,
    respondents: u64,
    renormalised: u64,
    /// By item, how the mean answers to its weight.
    slopes: Vec<f64>,
}

impl Scored {
    fn of(items: CompositeItems<'_>, weights: &[f64]) -> Option<Self> {
        let (mut respondents, mut renormalised) = (0, 0);
        let (mut total, mut weighed) = (0.0, Vec::new());
        let mut slopes = vec![0.0; items.items];
        for row in 0..items.rows {
            let Some((score, answered)) = items.score(row, weights) else { continue };
            let w = items.weight(row);
            respondents += 1;
            let mut lacks = false;
            for (item, slope) in slopes.iter_mut().enumerate() {
                match (items.values)(row, item) {
                    Some(x) => *slope += w * (x - score) / answered,
                    None => lacks = true,
                }
            }
            renormalised += u64::from(lacks);
            total += w;
            weighed.push(w * score);
        }
        let mean = sum(weighed) / total;
        if respondents == 0 || !mean.is_finite() {
            return None;
        }
        for slope in &mut slopes {
            *slope /= total;
        }
        Some(Self { mean, total, respondents, renormalised, slopes })
    }

    /// The error from every respondent's influence; weights were divided by `scale`.
    fn error(
        &self,
        items: CompositeItems<'_>,
        weights: &[f64],
        influence: &Influence<'_>,
        scale: f64,
    ) -> Option<f64> {
        let n = self.respondents as f64;
        if n < 2.0 {
            return None;
        }
        let squares = (0..items.rows).map(|row| {
            let own = items.score(row, weights).map_or(0.0, |(score, _)| (score - self.mean) / self.total);
            let by_weights = influence.of(items, row, &self.slopes, scale);
            let u = items.weight(row) * (own + by_weights);
            u * u
        });
        let error = (n / (n - 1.0) * sum(squares)).sqrt();
        error.is_finite().then_some(error)
    }
}

/// What a respondent does to the weights.
enum Influence<'a> {
    None,
    Importance(Answered<'a>, Importance),
    Component(Box<Component>),
}

impl Influence<'_> {
    /// The change of the mean through the weights, per unit of the respondent's weight.
    fn of(&self, items: CompositeItems<'_>, row: usize, slopes: &[f64], scale: f64) -> f64 {
        match self {
            Self::None => 0.0,
            Self::Importance(stated, known) => (0..items.items)
                .map(|item| {
                    let said = stated(row, item);
                    said.map_or(0.0, |x| {
                        slopes[item] * (x - known.means[item]) / (scale * known.totals[item])
                    })
                })
                .sum(),
            Self::Component(known) => known.influence(items, row, slopes) / scale,
        }
    }
}

/// The mean importance by item, and the Σw behind it.
struct Importance {
    means: Vec<f64>,
    totals: Vec<f64>,
}

impl Importance {
    fn of(items: CompositeItems<'_>, stated: Answered<'_>) -> Result<Self, CompositeFault> {
        let mut known = Self { means: Vec::new(), totals: Vec::new() };
        for item in 0..items.items {
            let said = || (0..items.rows).filter_map(|row| Some((items.weight(row), stated(row, item)?)));
            let total = sum(said().map(|(w, _)| w));
            let mean = sum(said().map(|(w, x)| w * x)) / total;
            if !(mean.is_finite() && mean > 0.0) {
                return Err(CompositeFault::NoImportance(item));
            }
            known.means.push(mean);
            known.totals.push(total);
        }
        Ok(known)
    }
}

/// The principal components of the items' correlations over complete rows.
struct Component {
    means: Vec<f64>,
    scales: Vec<f64>,
    total: f64,
    /// The eigenvalues and vectors, the largest first.
    values: Vec<f64>,
    vectors: Vec<Vec<f64>>,
}

impl Component {
    fn of(items: CompositeItems<'_>) -> Result<Self, CompositeFault> {
        let k = items.items;
        let complete: Vec<(f64, Vec<f64>)> = (0..items.rows)
            .filter_map(|row| {
                let x: Option<Vec<f64>> = (0..k).map(|item| (items.values)(row, item)).collect();
                Some((items.weight(row), x?))
            })
            .collect();
        if complete.len() < 3 {
            return Err(CompositeFault::TooFewRows);
        }
        let total = sum(complete.iter().map(|(w, _)| *w));
        let mean = |item: usize| sum(complete.iter().map(|(w, x)| w * x[item])) / total;
        let means: Vec<f64> = (0..k).map(mean).collect();
        let covariance = |i: usize, j: usize| {
            sum(complete.iter().map(|(w, x)| w * (x[i] - means[i]) * (x[j] - means[j]))) / total
        };
        for item in 0..k {
            let first = complete.first().map_or(0.0, |(_, x)| x[item]);
            if complete.iter().all(|(_, x)| x[item].total_cmp(&first).is_eq()) {
                return Err(CompositeFault::ConstantItem(item));
            }
        }
        let scales: Vec<f64> = (0..k).map(|item| covariance(item, item).sqrt()).collect();
        let correlations = Symmetric::new(k, |i, j| covariance(i, j) / (scales[i] * scales[j]));
        let (values, vectors) = correlations.eigen().ok_or(CompositeFault::NoAnswers)?;
        let mut order: Vec<usize> = (0..k).collect();
        order.sort_by(|a, b| values[*b].total_cmp(&values[*a]));
        let column = |place: &usize| -> Vec<f64> { (0..k).map(|item| vectors[item * k + place]).collect() };
        let mut sorted: Vec<Vec<f64>> = order.iter().map(column).collect();
        if let Some(first) = sorted.first_mut() {
            let sign = if first.iter().sum::<f64>() < 0.0 { -1.0 } else { 1.0 };
            for part in first.iter_mut() {
                *part *= sign;
            }
            if let Some(against) = first.iter().position(|part| *part <= 0.0) {
                return Err(CompositeFault::Against(against));
            }
        }
        let values = order.iter().map(|place| values[*place]).collect();
        Ok(Self { means, scales, total, values, vectors: sorted })
    }

    fn weights(&self) -> &[f64] {
        self.vectors.first().map_or(&[], Vec::as_slice)
    }

    /// How a respondent moves the first vector, times the slopes (perturbation of eigenvectors to first order).
    fn influence(&self, items: CompositeItems<'_>, row: usize, slopes: &[f64]) -> f64 {
        let k = items.items;
        let z: Option<Vec<f64>> = (0..k)
            .map(|item| Some(((items.values)(row, item)? - self.means[item]) / self.scales[item]))
            .collect();
        let (Some(z), Some((first, others))) = (z, self.vectors.split_first()) else { return 0.0 };
        let on = |vector: &[f64]| vector.iter().zip(&z).map(|(v, z)| v * z).sum::<f64>();
        let along = on(first);
        let moved = others.iter().zip(&self.values[1..]).map(|(vector, value)| {
            let both: f64 = (0..k).map(|item| z[item] * z[item] * vector[item] * first[item]).sum();
            let turn = on(vector) * along - 0.5 * (self.values[0] + value) * both;
            let slope: f64 = vector.iter().zip(slopes).map(|(v, slope)| v * slope).sum();
            slope * turn / (self.values[0] - value)
        });
        moved.sum::<f64>() / self.total
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;

    fn items(values: Answered<'_>, rows: usize, items: usize) -> CompositeItems<'_> {
        CompositeItems { rows, items, values, weights: None }
    }

    #[test]
    fn the_worked_example_of_weights_and_scores() {
        // METHODS: importance 7, 5, 9, 3, 6; scores 8, 4, 8, 3, 4: 181/30.
        let (scores, stated) = ([8.0, 4.0, 8.0, 3.0, 4.0], [7.0, 5.0, 9.0, 3.0, 6.0]);
        let values = |_: usize, item: usize| Some(scores[item]);
        let importance = |_: usize, item: usize| Some(stated[item]);
        let found = Composite::of(items(&values, 1, 5), ItemWeights::Importance(&importance)).unwrap();
        assert_relative_eq!(found.value, 181.0 / 30.0, max_relative = 1e-14);
        assert_relative_eq!(found.equal, 27.0 / 5.0, max_relative = 1e-14);
        assert_eq!((found.error, found.respondents, found.renormalised), (None, 1, 0));
    }

    #[test]
    fn all_alike_is_the_mean_of_respondents_with_its_t_error() {
        let table = [[1.0, 3.0], [2.0, 2.0], [5.0, 4.0]];
        let values = |row: usize, item: usize| Some(table[row][item]);
        let found = Composite::of(items(&values, 3, 2), ItemWeights::Equal).unwrap();
        let moments = crate::stats::moments(&[(2.0, 2), (4.5, 1)]).unwrap();
        assert_relative_eq!(found.value, moments.mean, max_relative = 1e-14);
        assert_relative_eq!(found.error.unwrap(), moments.se.unwrap(), max_relative = 1e-12);
    }

    #[test]
    fn who_lacks_an_item_counts_by_the_others() {
        let table = [[Some(1.0), Some(3.0)], [None, Some(5.0)], [None, None]];
        let values = |row: usize, item: usize| table[row][item];
        let found = Composite::of(items(&values, 3, 2), ItemWeights::Equal).unwrap();
        assert_relative_eq!(found.value, 3.5);
        assert_eq!((found.respondents, found.renormalised), (2, 1));
    }

    #[test]
    fn what_has_no_index_is_named() {
        let nothing = |_: usize, _: usize| None;
        assert_eq!(Composite::of(items(&nothing, 3, 2), ItemWeights::Equal), Err(CompositeFault::NoAnswers));
        let same = |row: usize, item: usize| Some(if item == 0 { row as f64 } else { 4.0 });
        let found = Composite::of(items(&same, 4, 2), ItemWeights::FirstComponent);
        assert_eq!(found, Err(CompositeFault::ConstantItem(1)));
        let against = |row: usize, item: usize| {
            Some([[1.0, 1.0, 5.0], [2.0, 2.0, 3.0], [3.0, 4.0, 3.0], [5.0, 4.0, 1.0]][row][item])
        };
        let found = Composite::of(items(&against, 4, 3), ItemWeights::FirstComponent);
        assert_eq!(found, Err(CompositeFault::Against(2)));
        let found = Composite::of(items(&same, 2, 2), ItemWeights::FirstComponent);
        assert_eq!(found, Err(CompositeFault::TooFewRows));
        let found = Composite::of(items(&same, 4, 2), ItemWeights::Importance(&nothing));
        assert_eq!(found, Err(CompositeFault::NoImportance(0)));
    }

    #[test]
    fn scaled_weights_of_respondents_change_nothing() {
        let table = [[1.0, 2.0, 4.0], [2.0, 2.0, 3.0], [4.0, 5.0, 3.0], [5.0, 4.0, 5.0], [3.0, 4.0, 4.0]];
        let values = |row: usize, item: usize| Some(table[row][item]);
        let of = |weights: &[f64]| {
            let items = CompositeItems { rows: 5, items: 3, values: &values, weights: Some(weights) };
            Composite::of(items, ItemWeights::FirstComponent).unwrap()
        };
        let (one, ten) = (of(&[1.0, 2.0, 0.5, 1.0, 1.5]), of(&[10.0, 20.0, 5.0, 10.0, 15.0]));
        assert_relative_eq!(one.value, ten.value, max_relative = 1e-13);
        assert_relative_eq!(one.error.unwrap(), ten.error.unwrap(), max_relative = 1e-12);
    }
}
