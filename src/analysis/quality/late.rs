//! The first third of the respondents against the last third.
//!
//! Who answers late is taken to be closer to who does not answer at all (Armstrong and Overton 1977, Journal of
//! Marketing Research 14(3)): a difference is a sign of non-response bias, its absence no proof that there is none.
//! Interval and test are those of two groups; p-values are adjusted over the questions (Holm). Over several waves, or
//! more than [`LONGEST`] days, a difference is one between periods: nothing is compared there.

use chrono::NaiveDate;

use crate::measures::{self, Context, Difference, Intervals, Side, difference, rounded, verdict};
use crate::report::{Family, QualityLate, QualityLateRow};
use crate::stats::{Bootstrap, holm};
use crate::survey::{Columns, Question, REASONS, answer};
use crate::tally::{Count, Counts, Distribution, Joint};

use super::Subject;
use super::ask::Item;

/// A third of fewer rows is tested by nobody.
const FEWEST: usize = 30;

/// Who answers within so many days can have answered the same asking: a quarter, with some days to spare.
const LONGEST: i64 = 100;

/// Compares the headline of every question on a scale.
pub(super) fn late(subject: &Subject<'_>) -> QualityLate {
    let (by, ordered) = match by_date(subject) {
        Some(ordered) => ("date", ordered),
        None => ("file_order", subject.shown.to_vec()),
    };
    if ordered.len() < FEWEST {
        return QualityLate { reason: Some("too_few_rows".to_owned()), ..QualityLate::default() };
    }
    if has_several_waves(subject) {
        return QualityLate { reason: Some("several_waves".to_owned()), ..QualityLate::default() };
    }
    let third = ordered.len() / 3;
    let (early, late) = (&ordered[..third], &ordered[ordered.len() - third..]);
    let compared = (0..subject.survey.questions.len()).filter_map(|index| row(subject, index, early, late));
    let (mut rows, differences): (Vec<QualityLateRow>, Vec<Option<Difference>>) = compared.unzip();
    let tested: Vec<f64> = rows.iter().filter_map(|row| row.p).collect();
    let alpha = 2.0 * subject.confidence.tail();
    let mut adjusted = holm(&tested).unwrap_or_default().into_iter();
    for (row, difference) in rows.iter_mut().zip(&differences) {
        row.p_adjusted = row.p.and_then(|_| rounded(adjusted.next()?));
        row.verdict = difference.as_ref().and_then(|found| verdict(row.p_adjusted, found, alpha, None));
    }
    let family = (!tested.is_empty()).then(|| Family {
        name: "late".to_owned(),
        size: tested.len() as u64,
        adjustment: "holm".to_owned(),
    });
    QualityLate {
        by: Some(by.to_owned()),
        reason: if rows.is_empty() { Some("no_questions".to_owned()) } else { None },
        early: Some(early.len() as u64),
        late: Some(late.len() as u64),
        rows,
        family,
    }
}

/// Whether the rows are of more than one wave; without waves, whether their dates lie too far apart for one.
fn has_several_waves(subject: &Subject<'_>) -> bool {
    let mut waves = subject.shown.iter().map(|&row| subject.rows.wave(row));
    if let Some(first) = waves.next()
        && (first.is_some() || !subject.counted.waves.is_empty())
    {
        return waves.any(|wave| wave != first);
    }
    let Ok(days) = super::dates::days(subject, subject.ask.date) else { return false };
    let mut dated: Vec<NaiveDate> = subject.shown.iter().filter_map(|&row| days.get(row).ok()).collect();
    dated.sort_unstable();
    // A few mistyped years make no second wave.
    let few = dated.len() / 50;
    let (first, last) = (dated.get(few), dated.len().checked_sub(few + 1).and_then(|last| dated.get(last)));
    first.zip(last).is_some_and(|(first, last)| (*last - *first).num_days() > LONGEST)
}

/// The rows with a date by date, then as they stand in the file; `None` where dates do not tell rows apart.
fn by_date(subject: &Subject<'_>) -> Option<Vec<usize>> {
    let days = super::dates::days(subject, subject.ask.date).ok()?;
    let dated = subject.shown.iter().filter_map(|&row| Some((days.get(row).ok()?, row)));
    let mut dated: Vec<_> = dated.collect();
    dated.sort_unstable();
    let differ = dated.first()?.0 != dated.last()?.0;
    // A date that few rows have says nothing of the others.
    (differ && dated.len() * 2 >= subject.shown.len())
        .then(|| dated.into_iter().map(|(_, row)| row).collect())
}

fn row(
    subject: &Subject<'_>,
    index: usize,
    early: &[usize],
    late: &[usize],
) -> Option<(QualityLateRow, Option<Difference>)> {
    let question = &subject.survey.questions[index];
    let headline = question.headline?.name();
    let scale = question.scale.as_ref()?;
    let items: Vec<&Item> = subject.ask.items.iter().filter(|item| item.question == index).collect();
    let intervals = Intervals::default();
    // Who answered early is a group like any other.
    let least = subject.scope.suppress_below.unwrap_or(subject.survey.suppress_below);
    let side = |rows: &[usize]| {
        let counts = counts(subject, question, &items, rows)?;
        let context = Context {
            confidence: subject.confidence,
            intervals: &intervals,
            weighted: subject.counted.weighted,
            design_rows: rows.len() as u64,
            population: None,
            flag_below: subject.survey.flag_below,
            bootstrap: Bootstrap { replicates: 0, seed: subject.scope.seed },
            design: None,
        };
        let estimates = measures::figures(question, &counts, &[], &context).ok()?;
        let unit = estimates.iter().find(|estimate| estimate.statistic == headline)?.unit;
        let side = Side::of(&estimates.iter().collect::<Vec<_>>(), headline)?;
        let side = side.on_scale(Some([scale.min, scale.max]), headline);
        (side.base() >= least).then_some((side, unit))
    };
    let (early, late) = (side(early), side(late));
    let found = early
        .as_ref()
        .zip(late.as_ref())
        .and_then(|((early, _), (late, _))| difference(early, late, subject.confidence));
    let of = |part: fn(&Difference) -> Option<f64>| found.as_ref().and_then(part);
    let row = QualityLateRow {
        question: question.id.clone(),
        statistic: headline.to_owned(),
        unit: early.as_ref().or(late.as_ref()).map(|(_, unit)| *unit),
        early: early.as_ref().map(|(side, _)| side.value()),
        early_base: early.as_ref().map(|(side, _)| side.base()),
        late: late.as_ref().map(|(side, _)| side.value()),
        late_base: late.as_ref().map(|(side, _)| side.base()),
        difference: of(|found| Some(found.value)),
        low: of(|found| found.low),
        high: of(|found| found.high),
        p: of(|found| found.p),
        p_adjusted: None,
        method: found.as_ref().and_then(|found| found.method.clone()),
        verdict: None,
    };
    Some((row, found))
}

/// The counts of a question among some rows, as the engine would have counted them.
fn counts(subject: &Subject<'_>, question: &Question, items: &[&Item], rows: &[usize]) -> Option<Counts> {
    let points = question.scale.as_ref()?.points();
    let add = |count: &mut Count, row: usize| {
        let weight = subject.rows.weight(row);
        count.n += 1;
        count.w += weight;
        count.w2 += weight * weight;
    };
    let mut missing = [Count::default(); REASONS];
    match (&question.columns, items) {
        (Columns::One(_), [item]) => {
            let mut cells = vec![Count::default(); points];
            for &row in rows {
                let code = subject.rows.code(item.column, row);
                let cell = match answer(code) {
                    Some(point) => cells.get_mut(point),
                    None => missing.get_mut(usize::from(code)),
                };
                add(cell?, row);
            }
            Some(Counts::Single(Distribution { points: cells, missing }))
        }
        (Columns::Pair { .. }, [one, other]) => {
            let is_first = one.part == Some("expectation");
            let (first, second) = if is_first { (one, other) } else { (other, one) };
            let mut cells = vec![Count::default(); points * points];
            for &row in rows {
                let codes = (subject.rows.code(first.column, row), subject.rows.code(second.column, row));
                let cell = match (answer(codes.0), answer(codes.1)) {
                    (Some(first), Some(second)) => cells.get_mut(first * points + second),
                    _ => missing.get_mut(usize::from(codes.0.min(codes.1))),
                };
                add(cell?, row);
            }
            Some(Counts::Pair(Joint { first_points: points, second_points: points, cells, missing }))
        }
        _ => None,
    }
}
