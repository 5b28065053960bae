//! Every figure of both sides with its difference, whoever answered on either: independent samples, or parts of one.

use std::collections::BTreeSet;

use crate::analysis::trend::TrendOptions;
use crate::analysis::trend::index::{Headline, WaveIndex};
use crate::measures::{DifferenceRules, difference_by};
use crate::report::{ComparisonRow, Estimate, Flag, QuestionSummary};

use super::CompareOptions;
use super::drawn::OneSample;
use super::family::{Candidate, Sample};
use super::not_compared::is_comparable;

/// One candidate a figure, in the order of the questions of side b.
pub(super) fn candidates(
    sides: &[WaveIndex; 2],
    sample: Option<&OneSample>,
    asked: &TrendOptions,
    options: &CompareOptions,
) -> Vec<Candidate> {
    let [_, b] = sides;
    let questions = b.figures.questions.iter().filter(|question| is_comparable(sides, question, asked));
    let figures = questions.flat_map(|question| of_question(sides, question, options));
    figures.map(|figure| candidate(sides, sample, &figure, options)).collect()
}

/// A figure to be compared.
pub(super) struct Compared<'a> {
    pub(super) figure: Headline<'a>,
    pub(super) is_headline: bool,
}

/// The headline of a question, or all its statistics with the headline first.
pub(super) fn of_question<'a>(
    sides: &[WaveIndex<'a>; 2],
    question: &'a QuestionSummary,
    options: &CompareOptions,
) -> Vec<Compared<'a>> {
    let [a, b] = sides;
    let known: Vec<&'a Estimate> =
        b.total(&question.id).iter().chain(a.total(&question.id)).copied().collect();
    let headline = question.headline.as_deref();
    let mut seen = BTreeSet::new();
    let mut found: Vec<Compared> = known
        .into_iter()
        .filter(|estimate| options.all_statistics || Some(estimate.statistic.as_str()) == headline)
        .filter(|estimate| seen.insert(estimate.statistic.as_str()))
        .map(|estimate| Compared {
            figure: Headline {
                question: &question.id,
                statistic: &estimate.statistic,
                unit: estimate.unit,
                better: estimate.better,
                scale: question.scale,
            },
            is_headline: Some(estimate.statistic.as_str()) == headline,
        })
        .collect();
    found.sort_by_key(|figure| !figure.is_headline);
    found
}

fn candidate(
    sides: &[WaveIndex; 2],
    within: Option<&OneSample>,
    compared: &Compared,
    options: &CompareOptions,
) -> Candidate {
    let [a, b] = sides;
    let figure = &compared.figure;
    let [of_a, of_b] = [a, b].map(|side| side.estimate(figure.question, figure.statistic));
    let mut row = empty(compared);
    if let Some(flag) = hidden(of_a, of_b, options) {
        (row.flag_a, row.flag_b) = flag;
        return Candidate { row, difference: None, sample: None };
    }
    if let Some(estimate) = of_a {
        (row.a, row.a_low, row.a_high) = (estimate.value, estimate.low, estimate.high);
        (row.base_a, row.base_effective_a) = (estimate.base, estimate.base_effective);
    }
    if let Some(estimate) = of_b {
        (row.b, row.b_low, row.b_high) = (estimate.value, estimate.low, estimate.high);
        (row.base_b, row.base_effective_b) = (estimate.base, estimate.base_effective);
    }
    let flag = |estimate: Option<&Estimate>| estimate.map_or(Some(Flag::NoAnswers), |estimate| estimate.flag);
    (row.flag_a, row.flag_b) = (flag(of_a), flag(of_b));
    let sample = a.side(figure).zip(b.side(figure));
    let related = within.filter(|_| sample.is_some());
    let related = related.map_or_else(Default::default, |one| one.related(figure.question, figure.statistic));
    let rules = DifferenceRules {
        share_limits: options.share_limits,
        related,
        ..DifferenceRules::new(options.confidence)
    };
    let difference = sample.as_ref().and_then(|(a, b)| difference_by(a, b, &rules));
    Candidate { row, difference, sample: sample.map(|(a, b)| Sample::Unpaired(a, b, related)) }
}

/// A row that names its figure and has none.
pub(super) fn empty(compared: &Compared) -> ComparisonRow {
    let figure = &compared.figure;
    ComparisonRow {
        question: figure.question.to_owned(),
        statistic: figure.statistic.to_owned(),
        headline: compared.is_headline,
        unit: figure.unit,
        better: figure.better,
        a: None,
        a_low: None,
        a_high: None,
        b: None,
        b_low: None,
        b_high: None,
        base_a: None,
        base_b: None,
        base_effective_a: None,
        base_effective_b: None,
        flag_a: None,
        flag_b: None,
        difference: None,
        low: None,
        high: None,
        p: None,
        p_adjusted: None,
        untested: None,
        family_size: None,
        method: None,
        minimum_detectable: None,
        minimum_detectable_adjusted: None,
        within_margin: None,
        verdict: None,
    }
}

/// The flags of both sides where either is too small to be shown: the other would give it away.
pub(super) fn hidden(
    a: Option<&Estimate>,
    b: Option<&Estimate>,
    options: &CompareOptions,
) -> Option<(Option<Flag>, Option<Flag>)> {
    let is_small = |estimate: Option<&Estimate>| {
        estimate.and_then(|found| found.base).is_some_and(|base| base > 0 && base < options.hide_below)
    };
    let flag = |is_small| Some(if is_small { Flag::Suppressed } else { Flag::Complementary });
    let small = [is_small(a), is_small(b)];
    small.contains(&true).then(|| (flag(small[0]), flag(small[1])))
}
