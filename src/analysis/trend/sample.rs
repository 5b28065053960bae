//! Hand-made waves for the tests of trends.

use crate::measures::sample::{context, question, rows};
use crate::measures::{figures, headline_better};
use crate::report::{Estimate, Flag, QuestionSummary, SegmentSummary};
use crate::survey::{Measure, Question, REASONS};
use crate::tally::{Count, Counts, Distribution};

use super::figures::WaveFigures;

/// A complete calendar wave without figures.
pub(in crate::analysis) fn wave(label: &str) -> WaveFigures {
    WaveFigures {
        label: label.to_owned(),
        source: "answers.csv".to_owned(),
        calendar: true,
        complete: true,
        future: false,
        saved: false,
        invited: None,
        response_rate: None,
        weight: None,
        estimates: Vec::new(),
        questions: Vec::new(),
        segments: Vec::new(),
    }
}

/// The points of answers on the scale of 0 to 10 from promoters, passives and detractors.
pub(in crate::analysis) fn promoters([promoters, passives, detractors]: [u64; 3]) -> Vec<u64> {
    vec![0, 0, detractors, 0, 0, 0, 0, 0, passives, 0, promoters]
}

impl WaveFigures {
    /// Adds a question with its answers by point, for the values of a segment and for those without one.
    pub(in crate::analysis) fn asked(
        mut self,
        id: &str,
        measure: Measure,
        segment: &str,
        groups: &[(Option<&str>, Vec<u64>)],
    ) -> Self {
        let question = question(id, measure);
        let points = groups.iter().map(|(_, points)| points.len()).max().unwrap_or(0);
        let total: Vec<u64> = (0..points)
            .map(|point| groups.iter().map(|(_, counts)| counts.get(point).copied().unwrap_or(0)).sum())
            .collect();
        self.estimates.extend(estimates(&question, &total));
        for (value, counts) in groups {
            let Some(value) = value else { continue };
            self.estimates.extend(estimates(&question, counts).into_iter().map(|mut estimate| {
                estimate.segment.insert(segment.to_owned(), (*value).to_owned());
                estimate
            }));
        }
        self.questions.push(QuestionSummary {
            id: id.to_owned(),
            measure: measure.name().to_owned(),
            headline: question.headline.map(|headline| headline.name().to_owned()),
            better: headline_better(&question),
            scale: question.scale.as_ref().map(|scale| [scale.min, scale.max]),
            ..QuestionSummary::default()
        });
        if !self.segments.iter().any(|known| known.id == segment) {
            self.segments.push(SegmentSummary { id: segment.to_owned(), ..SegmentSummary::default() });
        }
        self
    }

    /// Adds a satisfaction question answered by two regions and by some without one: satisfied, and not.
    pub(in crate::analysis) fn satisfied(self, north: [u64; 2], south: [u64; 2], none: [u64; 2]) -> Self {
        let points = |[yes, no]: [u64; 2]| vec![0, no, 0, 0, yes];
        let groups = [(Some("N"), points(north)), (Some("S"), points(south)), (None, points(none))];
        self.asked("overall", Measure::Csat, "region", &groups)
    }

    /// Hides the figures of a group.
    pub(in crate::analysis) fn hiding(mut self, value: &str, flag: Flag) -> Self {
        for estimate in &mut self.estimates {
            if estimate.segment.values().any(|found| found == value) {
                crate::analysis::suppression::hide(estimate, flag);
            }
        }
        self
    }
}

fn estimates(question: &Question, points: &[u64]) -> Vec<Estimate> {
    let points = points.iter().map(|n| rows(*n)).collect();
    let counts = Counts::Single(Distribution { points, missing: [Count::default(); REASONS] });
    figures(question, &counts, &[], &context()).unwrap()
}
