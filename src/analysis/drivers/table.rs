//! The drivers of some rows: one row a driver, with what is said of all.

use crate::measures::{
    Coverage, Drivers, Importance, ImportanceFault, MOST_DRAWN_ROWS, Patterns, Resampling, Spread, rounded,
};
use crate::report::{DriverCaution, DriverRow, Quadrant};
use crate::stats::{Interval, r2_p};
use crate::survey::Crosshair;

use super::super::priorities::{Axis, Drawn, Point, lines};
use super::ask::{DriversAsk, DriversMissing, OutcomeOf};
use super::columns::ModelColumns;
use super::contrast;
use super::error::DriversError;
use super::model::{Model, Predictor};
use super::model_rows::CompleteRows;
use super::{ranks, turned};

/// Above this variance inflation factor others tell most of a driver.
const COLLINEAR: f64 = 10.0;

/// The drivers of some rows.
pub(super) struct Table {
    pub(super) base: u64,
    pub(super) complete: u64,
    pub(super) found: Importance,
    pub(super) spread: Option<Spread>,
    pub(super) rows: Vec<DriverRow>,
    /// The lines of performance (index) and of the share of R².
    pub(super) lines: Option<(f64, f64)>,
    /// Where the drivers stood in every replicate.
    pub(super) drawn: Drawn,
    /// Whether R² can be told from 0.
    pub(super) told: bool,
}

/// What a table is made from.
#[derive(Clone, Copy)]
pub(super) struct Making<'a> {
    pub(super) model: &'a Model<'a>,
    pub(super) ask: &'a DriversAsk,
    pub(super) columns: &'a ModelColumns<'a>,
    /// The rows of the wave shown.
    pub(super) sampled: u64,
    pub(super) how: Resampling<'a>,
    /// Where the lines of the plane stand.
    pub(super) crosshair: Crosshair,
    /// Whether rows were drawn by strata or clusters, which resamples do not know of.
    pub(super) ignores_design: bool,
    /// Whether rows have weights.
    pub(super) weighted: bool,
}

impl Table {
    /// The table of patterns and their sums.
    ///
    /// # Errors
    /// Rows of which no model can be made.
    pub(super) fn of(
        making: &Making<'_>,
        patterns: &Patterns,
        sums: &Drivers<'_>,
    ) -> Result<Self, DriversError> {
        let listwise = making.ask.missing == DriversMissing::Listwise;
        let drivers = patterns.predictors();
        let coverage = sums.coverage();
        let (base, complete) = (coverage.used, coverage.complete);
        if base < drivers as u64 + 2 {
            let outcome = making.model.outcome.id().to_owned();
            return Err(DriversError::TooFewRows { rows: base, drivers, outcome, listwise });
        }
        if making.ask.missing == DriversMissing::Pairwise {
            refuse_few_in_common(making.model, coverage)?;
        }
        let found = sums.importance(making.how.seed).map_err(|fault| said(making.model, listwise, fault))?;
        let spread = sums.spread(&found, &making.how);
        let mut rows: Vec<DriverRow> =
            (0..drivers).map(|place| row(making, place, &found, spread.as_ref())).collect();
        for (row, joint) in rows.iter_mut().zip(sums.joints()) {
            row.base = Some(joint.rows);
            row.spearman = ranks::spearman(&joint.table).and_then(rounded);
            row.polychoric = ranks::latent(&joint.table).and_then(rounded);
        }
        if complete <= MOST_DRAWN_ROWS {
            let whole = CompleteRows::new(patterns, making.sampled, making.how.left);
            if listwise && making.how.left > 0.0 {
                add_errors(making, &whole, &mut rows);
            }
            contrast::add(making, &whole, &mut rows);
        }
        let drawn = drawn(making, drivers, spread.as_ref());
        let lines = quadrants(making, &found, &drawn, &mut rows);
        let told = is_told(making, &found, spread.as_ref(), &rows);
        let table = Self { base, complete, found, spread, rows, lines, drawn, told };
        Ok(table.said(making))
    }

    /// The limits of the correlations with the outcome; of what is no estimate the correlation itself.
    pub(super) fn correlation_limits(&self) -> Vec<Option<Interval>> {
        match &self.spread {
            Some(spread) => spread.correlations.clone(),
            None => self.found.correlations.iter().map(|r| Interval::new(*r, *r)).collect(),
        }
    }

    /// Says of the drivers what the whole table shows, and leaves out what it cannot.
    fn said(mut self, making: &Making<'_>) -> Self {
        let turned = turned::drivers(&self.correlation_limits());
        let count = self.rows.len() as u64;
        for (place, row) in self.rows.iter_mut().enumerate() {
            let is_scale = making.model.predictors.get(place).is_some_and(Predictor::is_scale);
            if is_scale && turned.get(place) == Some(&true) {
                row.cautions.push(DriverCaution::SeemsTurned);
            }
            if !self.told {
                // What is parted is no more than chance makes: limits of its parts would promise what they do not hold.
                (row.share_low, row.share_high) = (None, None);
                (row.rank_low, row.rank_high) = (row.rank_low.map(|_| 1), row.rank_high.map(|_| count));
            }
            if !self.told || making.ignores_design {
                row.quadrant_probability = None;
            }
        }
        self
    }
}

/// Whether R² can be told from 0: by the F test on the answers of the driver with the fewest, of a known population on as
/// many as leave the same variance; with weights also by its lower limit, which knows of them.
fn is_told(making: &Making<'_>, found: &Importance, spread: Option<&Spread>, rows: &[DriverRow]) -> bool {
    if making.how.left <= 0.0 {
        return true;
    }
    let fewest = rows.iter().filter_map(|row| row.base).min().unwrap_or(0);
    let alpha = 2.0 * making.how.confidence.tail();
    let p = r2_p(found.r2, fewest as f64 / making.how.left, rows.len());
    let limit = spread.and_then(|spread| spread.r2).map(|limits| limits.low);
    p.is_some_and(|p| p < alpha) && !(making.weighted && limit.is_some_and(|low| low <= 0.0))
}

/// Fewer rows with both answers tell nothing of how two questions go together: any two points lie on a line.
const FEWEST_IN_COMMON: u64 = 10;

/// # Errors
/// Two questions that hardly anybody answered both of.
fn refuse_few_in_common(model: &Model<'_>, coverage: &Coverage) -> Result<(), DriversError> {
    let fewest = coverage.fewest_in_common().filter(|(_, _, rows)| *rows < FEWEST_IN_COMMON);
    let Some((one, other, rows)) = fewest else { return Ok(()) };
    Err(DriversError::NoPairs { one: model.name_of(one), other: model.name_of(other), rows })
}

/// A fault by the names of the questions.
fn said(model: &Model<'_>, listwise: bool, fault: ImportanceFault) -> DriversError {
    let name = |column: usize| model.name_of(column);
    match fault {
        ImportanceFault::Constant(column) => {
            DriversError::Constant { question: name(column), outcome: column == 0, listwise, none: true }
        }
        ImportanceFault::NoPairs(one, other) => {
            DriversError::NoPairs { one: name(other), other: name(one), rows: 0 }
        }
        ImportanceFault::Collinear { column, by } => {
            DriversError::Collinear { driver: name(column), by: by.into_iter().map(name).collect() }
        }
        ImportanceFault::Unusable => DriversError::Unusable(model.outcome.id().to_owned()),
    }
}

fn row(making: &Making<'_>, place: usize, found: &Importance, spread: Option<&Spread>) -> DriverRow {
    let of = |list: &[f64]| list.get(place).copied().and_then(rounded);
    let shares = found.shares();
    let share = shares.as_deref().and_then(of);
    let limits = |list: fn(&Spread) -> &[Option<Interval>]| -> (Option<f64>, Option<f64>) {
        let interval = spread.and_then(|spread| list(spread).get(place).copied().flatten());
        (interval.and_then(|i| rounded(i.low)), interval.and_then(|i| rounded(i.high)))
    };
    let (share_low, share_high) = limits(|spread| &spread.shares);
    let (b_low, b_high) = limits(|spread| &spread.slopes);
    let rank = spread.filter(|_| share.is_some()).and_then(|spread| spread.ranks.get(place));
    let (correlation, beta) = (of(&found.correlations), of(&found.betas));
    let mut cautions = Vec::new();
    // By chance the sign of what hardly differs from 0 is any: both have to be clear of it, of a census they are.
    let is_clear = |list: fn(&Spread) -> &[Option<Interval>]| match spread {
        Some(spread) => {
            list(spread).get(place).copied().flatten().is_some_and(|limits| !limits.contains(0.0))
        }
        None => making.how.left <= 0.0,
    };
    if correlation.zip(beta).is_some_and(|(r, beta)| r * beta < 0.0)
        && is_clear(|spread| &spread.correlations)
        && is_clear(|spread| &spread.slopes)
    {
        cautions.push(DriverCaution::OppositeSigns);
    }
    if found.inflation.get(place).is_some_and(|vif| *vif > COLLINEAR) {
        cautions.push(DriverCaution::Collinear);
    }
    let predictor = making.model.predictors.get(place);
    DriverRow {
        question: predictor.map_or_else(String::new, |predictor| predictor.id.clone()),
        correlation,
        beta,
        b: of(&found.slopes),
        b_low,
        b_high,
        vif: of(&found.inflation),
        lmg: of(&found.lmg),
        lmg_se: of(&found.lmg_errors),
        johnson: of(&found.johnson),
        share,
        share_low,
        share_high,
        rank_low: rank.map(|rank| rank.0),
        rank_high: rank.map(|rank| rank.1),
        performance: found.means.get(place).and_then(|mean| index(making, place, *mean)).and_then(rounded),
        importance: share,
        cautions,
        ..DriverRow::default()
    }
}

/// A mean as an index from 0 to 100; `None` for free numbers and differences.
fn index(making: &Making<'_>, place: usize, mean: f64) -> Option<f64> {
    let predictor = making.model.predictors.get(place)?;
    if !predictor.is_scale() {
        return None;
    }
    let values = making.columns.values(place + 1);
    let (low, high) = (values.first()?, values.last()?);
    (high > low).then(|| 100.0 * (mean - low) / (high - low))
}

/// Errors and p-values of complete rows; the limits of coefficients are then by them.
fn add_errors(making: &Making<'_>, whole: &CompleteRows, rows: &mut [DriverRow]) {
    let is_binary = making.model.of == OutcomeOf::TopBox || making.columns.is_yes_no();
    let linear = whole.linear();
    let logistic = if is_binary { whole.logistic() } else { None };
    for (place, row) in (1..).zip(rows) {
        if let Some(found) = linear.as_ref().and_then(|model| model.coefficient(place)) {
            let found = found.of_population(making.how.left);
            let limits = found.interval(making.how.confidence);
            row.se = rounded(found.error);
            row.p = rounded(found.p);
            row.b_low = limits.and_then(|limits| rounded(limits.low));
            row.b_high = limits.and_then(|limits| rounded(limits.high));
        }
        if let Some(model) = &logistic {
            row.logit = model.coefficients.get(place).copied().and_then(rounded);
            row.logit_se = model.errors().get(place).copied().and_then(rounded);
            row.logit_p = model.p(place).and_then(rounded);
        }
    }
}

/// Where a driver stands: its mean as an index and its share in percent of R².
fn point(making: &Making<'_>, place: usize, (share, mean): (f64, f64)) -> Option<Point> {
    Some(Point { performance: index(making, place, mean)?, importance: 100.0 * share })
}

/// Where the drivers stood in every replicate.
fn drawn(making: &Making<'_>, drivers: usize, spread: Option<&Spread>) -> Drawn {
    let draws = spread.map_or(&[][..], |spread| &spread.draws);
    let of = |draw: &Vec<(f64, f64)>| {
        (0..drivers).map(|place| point(making, place, draw.get(place).copied()?)).collect()
    };
    draws.iter().map(of).collect()
}

/// Puts every driver into its quadrant, and says in how many replicates it falls there; the lines of performance and of
/// shares.
fn quadrants(
    making: &Making<'_>,
    found: &Importance,
    drawn: &Drawn,
    rows: &mut [DriverRow],
) -> Option<(f64, f64)> {
    let place_all = |points: &[Option<Point>]| {
        let lines = lines(making.crosshair, Axis::Derived, points)?;
        let quadrants = points.iter().map(|point| point.map(|point| point.quadrant(lines)));
        Some((quadrants.collect::<Vec<Option<Quadrant>>>(), lines))
    };
    let shares = found.shares()?;
    let points: Vec<Option<Point>> = (0..rows.len())
        .map(|place| point(making, place, (*shares.get(place)?, *found.means.get(place)?)))
        .collect();
    // One driver is its own mean: there is nothing to set it against.
    if points.iter().flatten().count() < 2 {
        return None;
    }
    let (own, lines) = place_all(&points)?;
    let mut hits = vec![0_u32; own.len()];
    for points in drawn {
        let Some((quadrants, _)) = place_all(points) else { continue };
        for ((hits, own), drawn) in hits.iter_mut().zip(&own).zip(quadrants) {
            *hits += u32::from(*own == drawn);
        }
    }
    for ((row, own), hits) in rows.iter_mut().zip(own).zip(hits) {
        row.quadrant = own;
        if own.is_some() && !drawn.is_empty() {
            row.quadrant_probability = rounded(f64::from(hits) / drawn.len() as f64);
        }
    }
    Some((rounded(lines.performance)?, rounded(lines.importance / 100.0)?))
}
