//! One side: its figures, and what it is.

use crate::analysis::trend::WaveFigures;
use crate::report::{ComparedSide, Estimate, Report};

use super::CompareOptions;

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparand {
    /// What it is.
    pub side: ComparedSide,
    /// Its figures: of the total, and of single segments.
    pub(super) figures: WaveFigures,
    /// The hashes of its files.
    pub(super) hashes: Vec<String>,
}

impl Comparand {
    /// The side that a report speaks of: of the wave that it shows, else of all its rows.
    pub fn of_report(report: &Report, label: &str) -> Self {
        let wave = report.waves.wave.clone();
        let is_own = |found: &&Estimate| found.wave == report.waves.wave && found.segment.len() <= 1;
        let own = report.estimates.iter().filter(is_own);
        let files = report.provenance.inputs.iter().map(|input| input.name.clone()).collect();
        let side = ComparedSide {
            label: label.to_owned(),
            condition: None,
            rest: false,
            wave,
            files,
            rows_used: Some(report.ledger.rows_used),
            weight: report.survey.weight.clone(),
            saved: false,
        };
        let figures = WaveFigures {
            label: label.to_owned(),
            source: side.files.join(", "),
            calendar: false,
            complete: true,
            future: false,
            saved: false,
            invited: None,
            response_rate: None,
            weight: report.survey.weight.clone(),
            estimates: own.cloned().collect(),
            questions: report.survey.questions.clone(),
            segments: report.survey.segments.clone(),
        };
        let hashes = report.provenance.inputs.iter().map(|input| input.hash.clone()).collect();
        Self { side, figures, hashes }
    }

    /// The same under another label.
    #[must_use]
    pub fn labelled(mut self, label: &str) -> Self {
        label.clone_into(&mut self.side.label);
        label.clone_into(&mut self.figures.label);
        self
    }

    /// Both sides as they are shown: how many rows a small group has is hidden with its figures, and so is how many the
    /// other has, since both together are known.
    pub(super) fn shown(sides: (&Self, &Self), options: &CompareOptions) -> (ComparedSide, ComparedSide) {
        let is_small = |rows: &u64| *rows > 0 && *rows < options.hide_below;
        let any = [sides.0, sides.1].iter().any(|side| side.side.rows_used.as_ref().is_some_and(is_small));
        let shown = |side: &Self| ComparedSide {
            rows_used: side.side.rows_used.filter(|_| !any),
            ..side.side.clone()
        };
        (shown(sides.0), shown(sides.1))
    }

    /// The questions that can be compared with another side's.
    pub fn questions(&self) -> impl Iterator<Item = &str> {
        let scored = self.figures.questions.iter().filter(|question| question.headline.is_some());
        scored.map(|question| question.id.as_str())
    }

    /// Its figures, under its label as their wave.
    pub fn estimates(&self) -> impl Iterator<Item = Estimate> {
        self.figures.estimates.iter().cloned().map(|mut estimate| {
            estimate.wave = Some(self.side.label.clone());
            estimate
        })
    }
}
