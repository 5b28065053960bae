//! What complaints are about, and how grave they are.

use std::collections::BTreeMap;

use crate::analysis::records::{Faults, Part, Share, code};
use crate::measures::rounded;
use crate::report::{ComplaintCategories, ComplaintCategory, ComplaintSeverity};
use crate::source::cases::Categories;
use crate::stats::{self, Concentration, Confidence};

use super::tally::Facts;

/// The percentage of "other" above which a scheme of categories is taken for worn out: a default of ours, as the standard
/// has no numbers.
const OTHER_LIMIT: f64 = 15.0;

/// The points of severity of the complaints.
pub(super) struct Severities {
    /// By name of a severity its points.
    points: Vec<Option<f64>>,
}

impl Severities {
    /// `None` without a column.
    pub(super) fn new(facts: &Facts<'_>, faults: &mut Faults<'_>) -> Option<Self> {
        let names = facts.cases.categories("severity")?.names();
        let points: Vec<Option<f64>> = names.iter().map(|name| facts.definition.severity_of(name)).collect();
        let found = Self { points };
        for case in facts.book.cases.iter().map(|case| *case as usize) {
            let of = code(facts.cases.categories("severity")?, case);
            if of != Categories::NONE && found.points.get(usize::from(of)).copied().flatten().is_none() {
                faults.note("unknown_severity", "severity", "cell_left_out", case);
            }
        }
        for (name, points) in names.iter().zip(&found.points) {
            if points.is_none() {
                faults.text("unknown_severity", "severity", name);
            }
        }
        Some(found)
    }

    fn of(&self, facts: &Facts<'_>, case: usize) -> Option<f64> {
        let of = code(facts.cases.categories("severity")?, case);
        self.points.get(usize::from(of)).copied().flatten()
    }

    /// The section's part.
    pub(super) fn section(
        &self,
        facts: &Facts<'_>,
        categories: Option<&ComplaintCategories>,
    ) -> ComplaintSeverity {
        let mut counts: BTreeMap<u64, (f64, u64)> = BTreeMap::new();
        let mut without = 0;
        for case in &facts.book.cases {
            match self.of(facts, *case as usize) {
                Some(points) => counts.entry(points.to_bits()).or_insert((points, 0)).1 += 1,
                None => without += 1,
            }
        }
        let counts: Vec<(f64, u64)> = counts.into_values().collect();
        let found = stats::moments(&counts);
        let rows = categories.map_or(&[][..], |categories| categories.rows.as_slice());
        ComplaintSeverity {
            cases: found.map_or(0, |found| found.n),
            without,
            most: facts.definition.severity_max,
            mean: found.and_then(|found| rounded(found.mean)),
            counts,
            map_severity: map_severity(rows).and_then(rounded),
            map_frequency: map_frequency(rows).and_then(rounded),
        }
    }
}

/// What complaints are about; `None` without a column.
pub(super) fn categories(
    facts: &Facts<'_>,
    severities: Option<&Severities>,
    other: Part,
    confidence: Confidence,
) -> Option<ComplaintCategories> {
    let found = facts.cases.categories("category")?;
    // By category its complaints, those with a severity and their points.
    let mut sums = vec![(0_u64, 0_u64, 0.0_f64); found.names().len()];
    let mut without = 0;
    for case in facts.book.cases.iter().map(|case| *case as usize) {
        let Some(sum) = sums.get_mut(usize::from(code(found, case))) else {
            without += 1;
            continue;
        };
        sum.0 += 1;
        if let Some(points) = severities.and_then(|severities| severities.of(facts, case)) {
            sum.1 += 1;
            sum.2 += points;
        }
    }
    let counts: Vec<f64> = sums.iter().map(|sum| sum.0 as f64).collect();
    let cases = sums.iter().map(|sum| sum.0).sum();
    let by_count = stats::concentration(&counts);
    let risks: Vec<f64> = sums.iter().map(|sum| sum.2).collect();
    let by_risk = severities.and_then(|_| stats::concentration(&risks));
    let mut rows = Vec::new();
    for part in by_count.iter().flat_map(|found| &found.parts).filter(|part| part.amount > 0.0) {
        let (Some(name), Some(&(count, graded, points))) =
            (found.names().get(part.index), sums.get(part.index))
        else {
            continue;
        };
        let share = Share::new(Part { count, base: cases }, confidence);
        let risk = by_risk
            .as_ref()
            .and_then(|found| found.parts.iter().enumerate().find(|(_, other)| other.index == part.index));
        rows.push(ComplaintCategory {
            category: name.clone(),
            other: facts.others.get(part.index).copied().unwrap_or(false),
            cases: count,
            share: share.map_or(0.0, |share| share.percent),
            low: share.map(|share| share.low),
            high: share.map(|share| share.high),
            cumulative: rounded(part.cumulative * 100.0).unwrap_or(0.0),
            severity_base: graded,
            severity_mean: (graded > 0).then(|| points / graded as f64).and_then(rounded),
            risk: severities.and_then(|_| rounded(points)),
            risk_share: risk.and_then(|(_, risk)| rounded(risk.share * 100.0)),
            risk_cumulative: risk.and_then(|(_, risk)| rounded(risk.cumulative * 100.0)),
            risk_rank: risk.map(|(rank, _)| rank as u64 + 1),
            square: None,
        });
    }
    place_on_map(&mut rows);
    let share = Share::new(other, confidence);
    Some(ComplaintCategories {
        cases,
        without,
        rows,
        gini: gini(by_count.as_ref()),
        gini_weighted: gini(by_risk.as_ref()),
        reach_80: by_count.as_ref().and_then(|found| found.reaching(0.8)).map(|count| count as u64),
        other_share: share.map(|share| share.percent),
        other_low: share.map(|share| share.low),
        other_high: share.map(|share| share.high),
        other_limit: OTHER_LIMIT,
        other_too_large: share.is_some_and(|share| share.percent > OTHER_LIMIT),
    })
}

fn gini(found: Option<&Concentration>) -> Option<f64> {
    found.and_then(|found| rounded(found.gini))
}

fn map_frequency(rows: &[ComplaintCategory]) -> Option<f64> {
    let cases: u64 = rows.iter().map(|row| row.cases).sum();
    (!rows.is_empty()).then(|| cases as f64 / rows.len() as f64)
}

fn map_severity(rows: &[ComplaintCategory]) -> Option<f64> {
    let base: u64 = rows.iter().map(|row| row.severity_base).sum();
    let points: f64 = rows.iter().filter_map(|row| row.risk).sum();
    (base > 0).then(|| points / base as f64)
}

fn place_on_map(rows: &mut [ComplaintCategory]) {
    let (Some(frequency), Some(severity)) = (map_frequency(rows), map_severity(rows)) else { return };
    for row in rows {
        let Some(mean) = row.severity_mean else { continue };
        let square = match (row.cases as f64 >= frequency, mean >= severity) {
            (true, true) => "frequent_and_grave",
            (true, false) => "frequent",
            (false, true) => "grave",
            (false, false) => "neither",
        };
        row.square = Some(square.to_owned());
    }
}
