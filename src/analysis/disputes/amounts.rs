//! What was awarded of what was claimed, and what disputes cost.

use crate::analysis::records::{Amounts, Faults, distinct};
use crate::measures::rounded;
use crate::report::{DisputeAmounts, DisputeAward};
use crate::stats::{self, Confidence, RatioOfSums};

use super::tally::{Facts, Tally};

/// Why there is no mean or ratio of so many cases.
pub(super) fn too_few(cases: u64) -> Option<String> {
    match cases {
        0 => Some("no_cases".to_owned()),
        1 => Some("single_case".to_owned()),
        _ => None,
    }
}

/// What was awarded of what was claimed, by the pairs of both; the counts of other disputes are left to the caller.
pub(super) fn award(mut pairs: Vec<(f64, f64)>, confidence: Confidence) -> DisputeAward {
    // In order, so that sums do not depend on that of the rows.
    pairs.sort_unstable_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
    let mut row = DisputeAward {
        cases: pairs.len() as u64,
        above_claim: pairs.iter().filter(|(awarded, claimed)| awarded > claimed).count() as u64,
        reason: too_few(pairs.len() as u64),
        ..DisputeAward::default()
    };
    let Some(found) = RatioOfSums::new(&pairs) else { return row };
    (row.claimed, row.awarded) = (rounded(found.denominator), rounded(found.numerator));
    if row.reason.is_some() {
        return row;
    }
    let percent = |value: f64| rounded(value * 100.0);
    row.ratio = percent(found.ratio);
    if let Some(limits) = found.interval(confidence) {
        row.se = found.se.and_then(percent);
        (row.low, row.high) = (percent(limits.low.max(0.0)), percent(limits.high));
    }
    let mut ratios: Vec<f64> = pairs.iter().map(|(awarded, claimed)| awarded / claimed).collect();
    ratios.sort_unstable_by(f64::total_cmp);
    if let Some(median) = stats::percentile(&distinct(&ratios), 0.5, confidence) {
        row.median = percent(median.value);
        row.median_low = median.limits.low.and_then(percent);
        row.median_high = median.limits.high.and_then(percent);
    }
    row
}

/// The award of all disputes with what is odd in it; `None` without columns for both.
pub(super) fn total_award(
    facts: &Facts<'_>,
    all: &Tally,
    confidence: Confidence,
    faults: &mut Faults<'_>,
) -> Option<DisputeAward> {
    for field in ["claimed", "awarded"] {
        note_negative(facts, field, faults);
    }
    let (claimed, awarded) = (facts.cases.numbers("claimed")?, facts.cases.numbers("awarded")?);
    let mut without = 0;
    for (dispute, case) in facts.book.cases.iter().enumerate() {
        let case = *case as usize;
        without += u64::from(facts.is_concluded(dispute) && facts.award(dispute, case).is_none());
        if awarded
            .get(case)
            .zip(claimed.get(case))
            .is_some_and(|(awarded, claimed)| awarded > claimed.max(0.0))
        {
            faults.note("awarded_above_claimed", "awarded", "counted", case);
        }
    }
    Some(DisputeAward { without, ..award(all.awards.clone(), confidence) })
}

/// What disputes cost; `None` without a column.
pub(super) fn cost(
    facts: &Facts<'_>,
    all: &Tally,
    confidence: Confidence,
    faults: &mut Faults<'_>,
) -> Option<DisputeAmounts> {
    facts.cases.numbers("cost")?;
    let negative = note_negative(facts, "cost", faults);
    let found = Amounts::new(all.costs.clone(), confidence);
    let mut row = DisputeAmounts {
        cases: found.cases,
        without: all.cases - found.cases - negative,
        negative,
        sum: found.sum,
        largest: found.largest,
        reason: too_few(found.cases),
        ..DisputeAmounts::default()
    };
    if row.reason.is_none() {
        [row.mean, row.mean_low, row.mean_high] = found.mean;
        [row.median, row.median_low, row.median_high] = found.median;
    }
    Some(row)
}

/// Notes amounts below 0, which are left out; how many there are.
fn note_negative(facts: &Facts<'_>, field: &str, faults: &mut Faults<'_>) -> u64 {
    let mut negative = 0;
    let Some(found) = facts.cases.numbers(field) else { return negative };
    for case in facts.book.cases.iter().map(|case| *case as usize) {
        if found.get(case).is_some_and(|amount| amount < 0.0) {
            negative += 1;
            faults.note("negative_amount", field, "cell_left_out", case);
        }
    }
    negative
}
