//! One row a gap question: its figures, its tests, its importance.

use crate::measures::{gap_ceilings, gap_test, rounded};
use crate::report::{Estimate, GapRow};
use crate::survey::{Measure, Question};
use crate::tally::{Counts, Stratum};

use super::importance::weigh;
use crate::analysis::crosstab::Adjustment;
use crate::analysis::sections::{Figures, Subject, is_hidden};

/// The gap questions of one stratum.
pub(super) struct Items {
    /// Those that may be shown, in written order.
    pub(super) rows: Vec<GapRow>,
    /// What weighs them, if anything does.
    pub(super) weighted_by: Option<&'static str>,
}

impl Items {
    pub(super) fn new<'a>(
        subject: &Subject<'a>,
        stratum: &'a Stratum,
        figures: &Figures<'a>,
        adjustment: Adjustment,
    ) -> Self {
        let questions = subject.survey.questions.iter().enumerate();
        let gaps = questions.filter(|(_, question)| question.measure == Measure::Gap);
        let mut rows: Vec<GapRow> =
            gaps.filter_map(|(index, question)| row(subject, stratum, figures, index, question)).collect();
        adjust(&mut rows, adjustment, |row| row.p, |row, adjusted| row.p_adjusted = adjusted);
        let weighted_by = weigh(subject, figures, stratum, &mut rows);
        Self { rows, weighted_by }
    }
}

fn row<'a>(
    subject: &Subject<'a>,
    stratum: &'a Stratum,
    figures: &Figures<'a>,
    index: usize,
    question: &'a Question,
) -> Option<GapRow> {
    let counts = subject.counts(stratum, index)?;
    if !matches!(counts, Counts::Pair(_)) {
        return None;
    }
    let found = estimates(subject, figures, question, stratum);
    if found.iter().any(|estimate| estimate.flag.is_some_and(is_hidden)) {
        return None;
    }
    let cells = subject.cells(stratum, index);
    let scale = question.scale.as_ref()?;
    let test = gap_test(scale, counts, &subject.context_of(stratum, &cells));
    let ceilings = gap_ceilings(scale, counts);
    let of = |statistic| found.iter().find(|estimate| estimate.statistic == statistic);
    let gap = of("gap")?;
    let kind = test.wilcoxon_is_exact.map(|exact| if exact { "exact" } else { "asymptotic" });
    Some(GapRow {
        question: question.id.clone(),
        dimension: question.dimension.clone(),
        base: gap.base?,
        expectation: of("expectation").and_then(|estimate| estimate.value),
        perception: of("perception").and_then(|estimate| estimate.value),
        gap: gap.value,
        low: gap.low,
        high: gap.high,
        t: test.t,
        df: test.df,
        p: test.p,
        p_adjusted: None,
        dz: test.dz,
        wilcoxon_p: test.wilcoxon_p,
        wilcoxon_kind: kind.map(str::to_owned),
        expectation_ceiling: ceilings.expectation,
        perception_ceiling: ceilings.perception,
        importance: None,
        weighted_gap: None,
    })
}

/// The estimates of a question in one stratum of the wave shown.
pub(super) fn estimates<'a>(
    subject: &Subject<'a>,
    figures: &Figures<'a>,
    question: &'a Question,
    stratum: &'a Stratum,
) -> Vec<&'a Estimate> {
    match stratum.segment.as_slice() {
        [] => figures.of(&question.id, None).to_vec(),
        [(id, value)] => figures.of(&question.id, Some((id, value))).to_vec(),
        crossed => {
            let is_there = |estimate: &&Estimate| {
                estimate.question == question.id
                    && estimate.wave.as_deref() == subject.wave
                    && estimate.segment.len() == crossed.len()
                    && crossed.iter().all(|(id, value)| estimate.segment.get(id) == Some(value))
            };
            subject.estimates.iter().filter(is_there).collect()
        }
    }
}

/// Adjusts the p-values of those that have one.
pub(super) fn adjust<T>(
    rows: &mut [T],
    adjustment: Adjustment,
    p: impl Fn(&T) -> Option<f64>,
    set: impl Fn(&mut T, Option<f64>),
) {
    let tested: Vec<f64> = rows.iter().filter_map(&p).collect();
    let Some(adjusted) = adjustment.adjust(&tested) else { return };
    for (row, adjusted) in rows.iter_mut().filter(|row| p(row).is_some()).zip(adjusted) {
        set(row, rounded(adjusted));
    }
}
