//! The organisation's own view: what the staff think that customers expect and perceive, against what customers say.

use crate::analysis::crosstab::Adjustment;
use crate::measures::rounded;
use crate::report::{Estimate, Estimated, Report, StaffRow, StaffView};
use crate::stats::{Confidence, MeanEstimate, mean_difference};
use crate::survey::{Measure, Survey};

use super::items::adjust;

/// The staff's answers, in a report of their own, against those of customers: Welch's t of every form of every gap
/// question, adjusted over all of them.
///
/// Both are means of those who answered both forms. Figures of customers are those of the wave shown.
pub fn staff_view(
    survey: &Survey,
    customers: &Report,
    staff: &Report,
    file: &str,
    adjustment: Adjustment,
) -> StaffView {
    let confidence = Confidence::new(customers.survey.confidence);
    let gaps = survey.questions.iter().filter(|question| question.measure == Measure::Gap);
    let rows = gaps.flat_map(|question| {
        let widest = question.scale.as_ref().map_or(f64::INFINITY, |scale| f64::from(scale.max - scale.min));
        ["expectation", "perception"].into_iter().filter_map(move |form| {
            let of = |report| find(report, &question.id, form);
            confidence.and_then(|confidence| row(of(customers)?, of(staff)?, widest, confidence))
        })
    });
    let mut rows: Vec<StaffRow> = rows.collect();
    adjust(&mut rows, adjustment, |row| row.p, |row, adjusted| row.p_adjusted = adjusted);
    StaffView { file: file.to_owned(), rows_used: staff.ledger.rows_used, rows }
}

fn find<'r>(report: &'r Report, question: &str, form: &str) -> Option<&'r Estimate> {
    report.estimates.iter().find(|estimate| {
        estimate.question == question
            && estimate.statistic == form
            && estimate.segment.is_empty()
            && estimate.wave == report.waves.wave
    })
}

/// `widest` is how far two means can lie apart on the scale.
fn row(customers: &Estimate, staff: &Estimate, widest: f64, confidence: Confidence) -> Option<StaffRow> {
    let mut row = StaffRow {
        question: customers.question.clone(),
        form: customers.statistic.clone(),
        base: customers.base?,
        staff_base: staff.base?,
        customers: customers.value,
        staff: staff.value,
        ..StaffRow::default()
    };
    row.difference.value =
        staff.value.zip(customers.value).and_then(|(staff, customers)| rounded(staff - customers));
    let mean = |estimate: &Estimate| {
        let df = estimate.degrees_of_freedom.unwrap_or(estimate.base?.saturating_sub(1) as f64);
        // Answers all alike say nothing of how others would answer.
        let se = estimate.se.filter(|se| *se > 0.0)?;
        Some(MeanEstimate { mean: estimate.value?, variance: se * se, df })
    };
    let Some(test) = mean(staff)
        .zip(mean(customers))
        .and_then(|(staff, customers)| mean_difference(&staff, &customers, confidence))
    else {
        return Some(row);
    };
    let limits = test.interval;
    row.difference = Estimated {
        value: row.difference.value,
        low: limits.and_then(|limits| rounded(limits.low.max(-widest))),
        high: limits.and_then(|limits| rounded(limits.high.min(widest))),
    };
    (row.t, row.p) = (test.statistic.and_then(rounded), test.p.and_then(rounded));
    row.df = test.df.filter(|_| row.t.is_some()).and_then(rounded);
    Some(row)
}
