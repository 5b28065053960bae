//! The figures of a report for counts that were made up.

use csat::measures::{Context, Intervals, Side, difference, figures};
use csat::report::Estimate;
use csat::stats::{Bootstrap, Confidence};
use csat::survey::{Columns, Measure, Question, REASONS, Scale};
use csat::tally::{Count, Counts, Distribution, Joint};
use indexmap::IndexMap;

/// One question, and how it is analysed: the defaults.
pub(crate) struct Asked {
    question: Question,
    intervals: Intervals,
    confidence: Confidence,
}

impl Asked {
    /// A scale of 1 to 5.
    pub(crate) fn satisfaction() -> Self {
        Self::new(Measure::Csat, 1, 5)
    }

    /// A scale of 0 to 10.
    pub(crate) fn recommendation() -> Self {
        Self::new(Measure::Nps, 0, 10)
    }

    /// Expectation and perception on a scale of 1 to 5.
    pub(crate) fn gap() -> Self {
        Self::new(Measure::Gap, 1, 5)
    }

    fn new(measure: Measure, min: i32, max: i32) -> Self {
        let question = Question {
            id: "asked".to_owned(),
            measure,
            columns: Columns::One(vec!["asked".to_owned()]),
            translations: IndexMap::new(),
            option_translations: IndexMap::new(),
            own_words: None,
            base: None,
            text: None,
            label: None,
            scale: Some(Scale::new("asked", min, max)),
            options: IndexMap::new(),
            separator: None,
            overall: false,
            headline: None,
            target: None,
            block: None,
            dimension: None,
            better: None,
            driver: None,
            version: None,
            missing: Vec::new(),
            bridge: false,
            evaluation: csat::survey::KanoTable::Usual,
            importance_of: None,
            retest_of: None,
            qualities: csat::survey::Qualities::default(),
            item: csat::survey::ChecklistItem::default(),
            disconfirmation: false,
        };
        let confidence = Confidence::new(0.95).expect("a level");
        Self { question, intervals: Intervals::default(), confidence }
    }

    /// The limits of the top box of so many hits.
    pub(crate) fn top_box(&self, hits: u64, n: u64) -> Option<(f64, f64)> {
        self.limits("top_box", &boxes(rows(hits), rows(n - hits)), false)
    }

    /// The limits of the top box under weights.
    pub(crate) fn weighted_top_box(&self, hits: Count, rest: Count) -> Option<(f64, f64)> {
        self.limits("top_box", &boxes(hits, rest), true)
    }

    /// The limits of the NPS of promoters, passives and detractors.
    pub(crate) fn nps(&self, parts: [u64; 3]) -> Option<(f64, f64)> {
        let [above, between, below] = parts.map(rows);
        let mut points = vec![Count::default(); 11];
        (points[10], points[8], points[0]) = (above, between, below);
        self.limits("nps", &single(points), false)
    }

    /// The limits of the mean of answers by point.
    pub(crate) fn mean(&self, points: &[u64]) -> Option<(f64, f64)> {
        self.limits("mean", &single(points.iter().map(|n| rows(*n)).collect()), false)
    }

    /// The limits of the gap of pairs by cell, expectation first.
    pub(crate) fn gap_of(&self, cells: &[u64]) -> Option<(f64, f64)> {
        let cells = cells.iter().map(|n| rows(*n)).collect();
        let missing = [Count::default(); REASONS];
        self.limits("gap", &Counts::Pair(Joint { first_points: 5, second_points: 5, cells, missing }), false)
    }

    /// The limits of the difference of two top boxes, each of hits and answers.
    pub(crate) fn difference(&self, before: (u64, u64), after: (u64, u64)) -> Option<(f64, f64)> {
        let side = |(hits, n): (u64, u64)| {
            let estimates = self.estimates(&boxes(rows(hits), rows(n - hits)), false);
            Side::of(&estimates.iter().collect::<Vec<_>>(), "top_box")
        };
        let found = difference(&side(before)?, &side(after)?, self.confidence)?;
        found.low.zip(found.high)
    }

    fn limits(&self, statistic: &str, counts: &Counts, weighted: bool) -> Option<(f64, f64)> {
        let estimates = self.estimates(counts, weighted);
        let found = estimates.iter().find(|estimate| estimate.statistic == statistic)?;
        found.low.zip(found.high)
    }

    fn estimates(&self, counts: &Counts, weighted: bool) -> Vec<Estimate> {
        let context = Context {
            confidence: self.confidence,
            intervals: &self.intervals,
            weighted,
            design_rows: counts.answered(),
            population: None,
            flag_below: 0,
            bootstrap: Bootstrap { replicates: 0, seed: 1 },
            design: None,
        };
        figures(&self.question, counts, &[], &context).unwrap_or_default()
    }
}

/// Hits at the best point, the rest in the middle.
fn boxes(hits: Count, rest: Count) -> Counts {
    let none = Count::default();
    single(vec![none, none, rest, none, hits])
}

fn single(points: Vec<Count>) -> Counts {
    Counts::Single(Distribution { points, missing: [Count::default(); REASONS] })
}

/// Rows of the weight 1.
fn rows(n: u64) -> Count {
    Count { n, w: n as f64, w2: n as f64 }
}
