//! Counted values made by hand for tests: rows in, what the engine would count out.

use std::collections::BTreeMap;

use crate::survey::REASONS;
use crate::tally::{
    Count, Counted, Counts, DesignCell, Distribution, Joint, KeptRows, Selections, Stratum, StratumCell,
    Values, Wave, WeightRange,
};

/// One row: its wave, raking codes, stratum and cluster, segment, weight, answer to a question of five points, number.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) wave: Option<usize>,
    pub(super) raking: Vec<Option<u32>>,
    pub(super) stratum: Option<u32>,
    pub(super) cluster: Option<u32>,
    pub(super) segment: u32,
    pub(super) weight: f64,
    /// From 0; `None` is blank.
    pub(super) point: Option<usize>,
    pub(super) number: Option<f64>,
}

impl Row {
    pub(super) fn new(raking: &[u32], point: usize) -> Self {
        Self {
            wave: None,
            raking: raking.iter().map(|code| Some(*code)).collect(),
            stratum: None,
            cluster: None,
            segment: 0,
            weight: 1.0,
            point: Some(point),
            number: None,
        }
    }
}

fn count(weights: &[f64]) -> Count {
    Count { n: weights.len() as u64, w: weights.iter().sum(), w2: weights.iter().map(|w| w * w).sum() }
}

fn count_if(rows: &[&Row], is: impl Fn(&Row) -> bool) -> Count {
    count(&rows.iter().filter(|row| is(row)).map(|row| row.weight).collect::<Vec<_>>())
}

fn range(rows: &[&Row]) -> WeightRange {
    let weights = || rows.iter().map(|row| row.weight);
    WeightRange { min: weights().fold(f64::INFINITY, f64::min), max: weights().fold(0.0, f64::max) }
}

fn missing(blank: Count) -> [Count; REASONS] {
    let mut missing = [Count::default(); REASONS];
    missing[0] = blank;
    missing
}

/// Numbers with every value kept, straight from the formulas.
pub(super) fn values(rows: &[&Row], weight: impl Fn(&Row) -> f64, overflow: bool) -> Values {
    let answered: Vec<(f64, f64)> = rows.iter().filter_map(|row| Some((row.number?, weight(row)))).collect();
    let sum = |term: &dyn Fn(f64, f64) -> f64| answered.iter().map(|(x, w)| term(*x, *w)).sum::<f64>();
    let n = answered.len() as f64;
    let plain = if n > 0.0 { sum(&|x, _| x) / n } else { 0.0 };
    let w = sum(&|_, w| w);
    let mean = if w > 0.0 { sum(&|x, w| w * x) / w } else { 0.0 };
    let mut found: Vec<f64> = answered.iter().map(|(x, _)| *x).collect();
    found.sort_by(f64::total_cmp);
    found.dedup();
    let of = |x: f64| {
        let own: Vec<f64> =
            answered.iter().filter(|(y, _)| x.total_cmp(y).is_eq()).map(|(_, w)| *w).collect();
        (x, count(&own))
    };
    Values {
        values: if overflow { Vec::new() } else { found.into_iter().map(of).collect() },
        overflow,
        answered: count(&answered.iter().map(|(_, w)| *w).collect::<Vec<_>>()),
        sum_wx: sum(&|x, w| w * x),
        sum_wx2: sum(&|x, w| w * x * x),
        sum_w2x: sum(&|x, w| w * w * x),
        sum_w2x2: sum(&|x, w| w * w * x * x),
        centred_sum_squares: sum(&|x, _| (x - plain) * (x - plain)),
        centred_w_sum_squares: sum(&|x, w| w * (x - mean) * (x - mean)),
        centred_w2_sum_squares: sum(&|x, w| w * w * (x - mean) * (x - mean)),
        missing: missing(count_if(rows, |row| row.number.is_none())),
    }
}

/// Five points; the pair of the point with itself; the options below the point; the number.
pub(super) fn counts(rows: &[&Row], overflow: bool) -> Vec<Counts> {
    let blank = missing(count_if(rows, |row| row.point.is_none()));
    let at = |point: usize| count_if(rows, |row| row.point == Some(point));
    let pair = |cell: usize| if cell / 5 == cell % 5 { at(cell / 5) } else { Count::default() };
    vec![
        Counts::Single(Distribution { points: (0..5).map(at).collect(), missing: blank }),
        Counts::Pair(Joint {
            first_points: 5,
            second_points: 5,
            cells: (0..25).map(pair).collect(),
            missing: blank,
        }),
        Counts::Multiple(Selections {
            options: (0..5)
                .map(|point| count_if(rows, |row| row.point.is_some_and(|own| own >= point)))
                .collect(),
            answered: count_if(rows, |row| row.point.is_some()),
            missing: blank,
        }),
        Counts::Number(values(rows, |row| row.weight, overflow)),
    ]
}

type Key = (Option<usize>, Vec<(bool, u32)>, Option<u32>, Option<u32>);

/// What a pass over these rows counts: the total, every wave, and the two by segment.
#[allow(clippy::default_trait_access)]
pub(super) fn counted(rows: &[Row], waves: usize, weighted: bool, overflow: bool) -> Counted {
    let key = |row: &Row| -> Key {
        let raking = row.raking.iter().map(|code| (code.is_none(), code.unwrap_or(0))).collect();
        (row.wave, raking, row.stratum, row.cluster)
    };
    let mut by_cell: BTreeMap<Key, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        by_cell.entry(key(row)).or_default().push(row);
    }
    let cells = by_cell.values().map(|own| DesignCell {
        wave: own[0].wave,
        raking: own[0].raking.clone(),
        stratum: own[0].stratum,
        cluster: own[0].cluster,
        rows: count_if(own, |_| true),
        weights: range(own),
        kept: KeptRows { n: own.len() as u64, weights: range(own) },
    });
    let mut segments: Vec<u32> = rows.iter().map(|row| row.segment).collect();
    segments.sort_unstable();
    segments.dedup();
    let mut strata = Vec::new();
    let groups: Vec<Option<u32>> = std::iter::once(None).chain(segments.into_iter().map(Some)).collect();
    for segment in groups {
        for wave in std::iter::once(None).chain((0..waves).map(Some)) {
            let is_in = |row: &&&Row| {
                segment.is_none_or(|segment| row.segment == segment) && (wave.is_none() || row.wave == wave)
            };
            let all: Vec<Row> = rows.to_vec();
            let own: Vec<&Row> = all.iter().collect();
            let own: Vec<&Row> = own.iter().filter(is_in).copied().collect();
            let parts = by_cell.values().enumerate().filter_map(|(cell, members)| {
                let members: Vec<&Row> = members.iter().filter(is_in).copied().collect();
                (!members.is_empty()).then(|| StratumCell {
                    cell,
                    rows: count_if(&members, |_| true),
                    counts: counts(&members, overflow),
                })
            });
            strata.push(Stratum {
                wave,
                segment: segment.map(|code| ("segment".to_owned(), code.to_string())).into_iter().collect(),
                rows: count_if(&own, |_| true),
                counts: counts(&own, overflow),
                cells: parts.collect(),
            });
        }
    }
    let letters = || (0..40).map(|code| format!("value {code}")).collect::<Vec<_>>();
    let raking = rows.first().map_or(0, |row| row.raking.len());
    let mut counted = Counted {
        waves: (0..waves).map(|wave| Wave { label: format!("wave {wave}"), last_day: None }).collect(),
        strata,
        cells: cells.collect(),
        design_names: (0..raking + 2).map(|_| letters()).collect(),
        categories: Vec::new(),
        segment_values: BTreeMap::new(),
        ledger: Default::default(),
        inputs: Vec::new(),
        weighted,
        numbers: Vec::new(),
        weights: BTreeMap::new(),
        design_rows: BTreeMap::new(),
        left_out: Vec::new(),
        unexcluded: None,
    };
    (counted.ledger.rows_read, counted.ledger.rows_used) = (rows.len() as u64, rows.len() as u64);
    counted
}
