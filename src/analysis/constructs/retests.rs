//! How respondents who were asked twice agree with themselves.

use crate::measures::rounded;
use crate::report::{Flag, RetestRow, RetestsSection};
use crate::stats::{Agreement, KappaWeights};

use super::Work;

pub(super) fn section(work: &Work<'_, '_>) -> Option<RetestsSection> {
    let questions = work.subject.survey.questions.iter();
    let rows: Vec<RetestRow> = questions
        .filter_map(|question| Some(row(work, question.retest_of.as_deref()?, &question.id)))
        .collect();
    let has_limits = |row: &RetestRow| {
        (row.kappa_low.is_some() || row.icc_low.is_some()) && row.base.is_some_and(|base| work.is_part(base))
    };
    let ignores_population = rows.iter().any(has_limits);
    (!rows.is_empty()).then(|| RetestsSection { wave: work.subject.wave(), rows, ignores_population })
}

fn row(work: &Work<'_, '_>, first: &str, second: &str) -> RetestRow {
    let named = RetestRow { question: first.to_owned(), retest: second.to_owned(), ..RetestRow::default() };
    if let Some(flag) = work.hidden(&[first, second]) {
        return RetestRow { flag: Some(flag), ..named };
    }
    let Some((base, table)) = table(work, first, second) else {
        return RetestRow { base: Some(0), flag: Some(Flag::NoAnswers), ..named };
    };
    let Some(agreement) = Agreement::new(&table) else {
        return RetestRow { base: Some(base), flag: Some(Flag::NoAnswers), ..named };
    };
    let confidence = work.subject.map.confidence;
    let kappa = agreement.kappa(KappaWeights::Quadratic);
    let icc = agreement.intraclass();
    // Errors of both hold for respondents who count alike.
    let census = work.left(base) <= 0.0;
    let plain = work.ratings.weights().is_none() && !census;
    let kappa_limits = kappa.filter(|_| plain).and_then(|kappa| kappa.interval(confidence));
    let icc_limits = icc.filter(|_| plain).and_then(|icc| icc.interval(confidence));
    let round = |value: Option<f64>| value.and_then(rounded);
    // The normal limits of kappa do not know its ends.
    let within = |value: f64| value.clamp(-1.0, 1.0);
    let flag = match kappa {
        None => Some(Flag::NoVariation),
        Some(_) if census => Some(Flag::Census),
        Some(_) => work.small(base),
    };
    RetestRow {
        base: Some(base),
        agreement: rounded(agreement.share()),
        kappa: round(kappa.map(|kappa| kappa.kappa)),
        kappa_low: round(kappa_limits.map(|limits| within(limits.low))),
        kappa_high: round(kappa_limits.map(|limits| within(limits.high))),
        kappa_linear: round(agreement.kappa(KappaWeights::Linear).map(|kappa| kappa.kappa)),
        icc: round(icc.map(|icc| icc.icc)),
        icc_low: round(icc_limits.map(|limits| limits.low)),
        icc_high: round(icc_limits.map(|limits| limits.high)),
        flag,
        ..named
    }
}

/// The answers to both, by point of the first, then the second.
fn table(work: &Work<'_, '_>, first: &str, second: &str) -> Option<(u64, Vec<Vec<f64>>)> {
    let columns = work.columns(&[first, second])?;
    let &[one, other] = columns.as_slice() else { return None };
    let points = work.ratings.points(one).len();
    let mut table = vec![vec![0.0; points]; points];
    let mut base = 0;
    for row in 0..work.ratings.rows() {
        let both = work.ratings.answer(one, row).zip(work.ratings.answer(other, row));
        let Some(cell) = both.and_then(|(a, b)| table.get_mut(a)?.get_mut(b)) else { continue };
        *cell += work.ratings.weights().and_then(|weights| weights.get(row).copied()).unwrap_or(1.0);
        base += 1;
    }
    (base > 0).then_some((base, table))
}
