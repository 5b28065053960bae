//! Figures of those who answered on both sides, with the test of their differences.

use std::collections::BTreeMap;

use crate::analysis::trend::TrendOptions;
use crate::analysis::trend::index::WaveIndex;
use crate::measures::{self, Context, Intervals, answer_score, paired_difference, paired_kind, rounded};
use crate::report::{Estimate, Flag, QuestionSummary};
use crate::stats::Bootstrap;
use crate::survey::{Question, REASONS, Scale};
use crate::tally::{Count, Counts, Distribution};

use super::CompareOptions;
use super::family::{Candidate, Sample};
use super::not_compared::is_comparable;
use super::pairing::{Kept, PairedRows, weight};
use super::unpaired::{Compared, empty, of_question};

/// Scores on side a and side b with the weights of the pairs.
type Scores = Vec<((f64, f64), Count)>;

/// Pairs of rows, and the sides they stand on.
pub(super) struct Pairs<'a> {
    pub(super) a: &'a PairedRows,
    pub(super) b: &'a PairedRows,
    pub(super) found: Vec<(usize, usize)>,
    pub(super) intervals: &'a Intervals,
    pub(super) flag_below: u64,
}

/// One candidate a figure that can be paired, in the order of the questions of side b.
pub(super) fn candidates(
    sides: &[WaveIndex; 2],
    pairs: &Pairs,
    asked: &TrendOptions,
    options: &CompareOptions,
) -> Vec<Candidate> {
    let questions = sides[1].figures.questions.iter();
    let comparable = questions.filter(|question| is_comparable(sides, question, asked));
    comparable.flat_map(|question| of_pairs(sides, pairs, question, options)).collect()
}

fn of_pairs(
    sides: &[WaveIndex; 2],
    pairs: &Pairs,
    summary: &QuestionSummary,
    options: &CompareOptions,
) -> Vec<Candidate> {
    let Some(kept) = pairs.a.kept(&summary.id).zip(pairs.b.kept(&summary.id)) else { return Vec::new() };
    let asked = |side: &PairedRows| -> Option<Question> {
        side.survey.questions.iter().find(|question| question.id == summary.id).cloned()
    };
    let Some(questions) = asked(pairs.a).zip(asked(pairs.b)) else { return Vec::new() };
    let figures = of_question(sides, summary, options);
    match kept {
        (Kept::Points(one), Kept::Points(other)) => {
            let codes = pairs.codes(one, other);
            let marginal = pairs.marginals(&codes, &questions, options);
            figures
                .iter()
                .filter_map(|figure| {
                    let scores = scored(&codes, &questions, figure.figure.statistic)?;
                    Some(pairs.candidate(figure, &scores, &questions.1, &marginal, options))
                })
                .collect()
        }
        (Kept::Numbers(one), Kept::Numbers(other)) => figures
            .iter()
            .filter(|figure| figure.figure.statistic == "mean")
            .map(|figure| {
                let scores =
                    pairs.scores(|row| pairs.a.rows.number(one, row), |row| pairs.b.rows.number(other, row));
                pairs.candidate(figure, &scores, &questions.1, &<[Vec<Estimate>; 2]>::default(), options)
            })
            .collect(),
        (Kept::Gap(e_a, p_a), Kept::Gap(e_b, p_b)) => figures
            .iter()
            .filter_map(|figure| {
                let statistic = figure.figure.statistic;
                let scores = pairs.scores(
                    |row| gap(pairs.a, (e_a, p_a), row, questions.0.scale.as_ref()?, statistic),
                    |row| gap(pairs.b, (e_b, p_b), row, questions.1.scale.as_ref()?, statistic),
                );
                matches!(statistic, "gap" | "expectation" | "perception").then(|| {
                    pairs.candidate(figure, &scores, &questions.1, &<[Vec<Estimate>; 2]>::default(), options)
                })
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Expectation, perception or their gap in a row that has both.
fn gap(
    side: &PairedRows,
    (expectation, perception): (usize, usize),
    row: usize,
    scale: &Scale,
    statistic: &str,
) -> Option<f64> {
    let answer = |column| side.rows.answer(column, row).map(|index| scale.value(index));
    let (expectation, perception) = answer(expectation).zip(answer(perception))?;
    Some(match statistic {
        "expectation" => expectation,
        "perception" => perception,
        _ => perception - expectation,
    })
}

/// The scores of a statistic from the codes of both sides; `None` for a statistic that no answer has a score of.
fn scored(
    codes: &BTreeMap<(usize, usize), Count>,
    questions: &(Question, Question),
    statistic: &str,
) -> Option<Scores> {
    let (a, b) = questions.0.scale.as_ref().zip(questions.1.scale.as_ref())?;
    let score = |((one, other), count): (&(usize, usize), &Count)| {
        Some(((answer_score(a, statistic, *one)?, answer_score(b, statistic, *other)?), *count))
    };
    codes.iter().map(score).collect()
}

impl Pairs<'_> {
    fn is_weighted(&self) -> bool {
        self.a.weighted || self.b.weighted
    }

    fn count(&self, pair: (usize, usize)) -> Count {
        let w = weight(self.a, self.b, pair);
        Count { n: 1, w, w2: w * w }
    }

    /// The pairs with both answers by the codes of both sides.
    fn codes(&self, one: usize, other: usize) -> BTreeMap<(usize, usize), Count> {
        let mut codes: BTreeMap<(usize, usize), Count> = BTreeMap::new();
        for pair in &self.found {
            let answers = self.a.rows.answer(one, pair.0).zip(self.b.rows.answer(other, pair.1));
            if let Some(key) = answers {
                add(codes.entry(key).or_default(), self.count(*pair));
            }
        }
        codes
    }

    /// The pairs with both scores.
    fn scores(&self, a: impl Fn(usize) -> Option<f64>, b: impl Fn(usize) -> Option<f64>) -> Scores {
        let score = |pair: &(usize, usize)| Some(((a(pair.0)?, b(pair.1)?), self.count(*pair)));
        self.found.iter().filter_map(score).collect()
    }

    /// The figures of each side among those who answered on both.
    fn marginals(
        &self,
        codes: &BTreeMap<(usize, usize), Count>,
        (a, b): &(Question, Question),
        options: &CompareOptions,
    ) -> [Vec<Estimate>; 2] {
        let figures = |question: &Question, of: fn(&(usize, usize)) -> usize| {
            let size = question.scale.as_ref().map_or(0, Scale::points);
            let mut points = vec![Count::default(); size];
            for (code, count) in codes {
                if let Some(point) = points.get_mut(of(code)) {
                    add(point, *count);
                }
            }
            let counts = Counts::Single(Distribution { points, missing: [Count::default(); REASONS] });
            measures::figures(question, &counts, &[], &self.context(options)).unwrap_or_default()
        };
        [figures(a, |code| code.0), figures(b, |code| code.1)]
    }

    fn context(&self, options: &CompareOptions) -> Context<'_> {
        Context {
            confidence: options.confidence,
            intervals: self.intervals,
            weighted: self.is_weighted(),
            design_rows: self.found.len() as u64,
            population: None,
            design: None,
            flag_below: self.flag_below,
            bootstrap: Bootstrap { replicates: 2000, seed: 1 },
        }
    }

    fn candidate(
        &self,
        compared: &Compared,
        scores: &Scores,
        question: &Question,
        [of_a, of_b]: &[Vec<Estimate>; 2],
        options: &CompareOptions,
    ) -> Candidate {
        let mut row = empty(compared);
        let n: u64 = scores.iter().map(|(_, count)| count.n).sum();
        if n > 0 && n < options.hide_below {
            (row.flag_a, row.flag_b) = (Some(Flag::Suppressed), Some(Flag::Suppressed));
            return Candidate { row, difference: None, sample: None };
        }
        (row.base_a, row.base_b) = (Some(n), Some(n));
        let flag = match n {
            0 => Some(Flag::NoAnswers),
            1 => Some(Flag::SingleAnswer),
            n if n < self.flag_below => Some(Flag::SmallBase),
            _ => None,
        };
        (row.flag_a, row.flag_b) = (flag, flag);
        let kind = paired_kind(compared.figure.statistic, question.scale.as_ref(), self.is_weighted());
        let mean = |of: fn(&(f64, f64)) -> f64| {
            let sum_w: f64 = scores.iter().map(|(_, count)| count.w).sum();
            let sum: f64 = scores.iter().map(|(pair, count)| count.w * of(pair)).sum();
            if sum_w > 0.0 { rounded(kind.factor * sum / sum_w) } else { None }
        };
        (row.a, row.b) = (mean(|pair| pair.0), mean(|pair| pair.1));
        let find = |estimates: &[Estimate]| {
            estimates.iter().find(|found| found.statistic == compared.figure.statistic).cloned()
        };
        if let Some(estimate) = find(of_a) {
            (row.a_low, row.a_high) = (estimate.low, estimate.high);
            (row.base_effective_a, row.flag_a) = (estimate.base_effective, estimate.flag);
        }
        if let Some(estimate) = find(of_b) {
            (row.b_low, row.b_high) = (estimate.low, estimate.high);
            (row.base_effective_b, row.flag_b) = (estimate.base_effective, estimate.flag);
        }
        let difference = paired_difference(scores, kind, options.confidence);
        Candidate { row, difference, sample: Some(Sample::Paired(scores.clone(), kind)) }
    }
}

fn add(total: &mut Count, count: Count) {
    total.n += count.n;
    total.w += count.w;
    total.w2 += count.w2;
}
