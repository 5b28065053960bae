//! Why an attribute stands where it stands: on which side of the lines, short of what is expected, how it moved.

use crate::measures::headline_better;
use crate::report::{Better, GapsSection, PriorityChange, PriorityGap, PriorityRow, Section, TrendSection};
use crate::survey::{Measure, Question, Survey};

use super::attribute::is_perception;

/// What the sections made before know of attributes.
pub(super) struct Reasons<'a> {
    survey: &'a Survey,
    gaps: Option<&'a GapsSection>,
    trends: Vec<&'a TrendSection>,
    wave: Option<&'a str>,
    alpha: f64,
}

impl<'a> Reasons<'a> {
    pub(super) fn new(
        survey: &'a Survey,
        sections: &'a [Section],
        wave: Option<&'a str>,
        alpha: f64,
    ) -> Self {
        let gaps = sections.iter().find_map(|section| match section {
            Section::Gaps(gaps) => Some(gaps.as_ref()),
            _ => None,
        });
        let trends = sections.iter().filter_map(|section| match section {
            Section::Trend(trend) => Some(trend),
            _ => None,
        });
        Self { survey, gaps, trends: trends.collect(), wave, alpha }
    }

    /// Adds what is known of the row's attribute. Hidden figures are null in those sections, and stay unknown here.
    pub(super) fn add(&self, row: &mut PriorityRow) {
        let Some(question) = self.question(&row.question) else { return };
        row.gap = self.gap(question);
        row.change = self.change(question);
    }

    /// The question of an attribute, which may be the perception of a pair: `staff.perception`.
    fn question(&self, attribute: &str) -> Option<&'a Question> {
        let named = |id: &str| self.survey.questions.iter().find(|question| question.id == id);
        named(attribute)
            .or_else(|| named(attribute.rsplit_once('.').filter(|(_, of)| *of == "perception")?.0))
    }

    fn gap(&self, question: &Question) -> Option<PriorityGap> {
        let asked = if question.measure == Measure::Gap {
            question
        } else {
            self.survey.questions.iter().find(|other| is_perception(other, question))?
        };
        let row = self.gaps?.rows.iter().find(|row| row.question == asked.id)?;
        let value = row.gap?;
        // Where the smallest number is the best, a gap above zero falls short.
        let is_below = if headline_better(asked) == Some(Better::Lower) { value > 0.0 } else { value < 0.0 };
        let is_clear = row.p_adjusted.is_some_and(|p| p < self.alpha) && row.base >= self.survey.flag_below;
        Some(PriorityGap {
            question: asked.id.clone(),
            value,
            low: row.low,
            high: row.high,
            p_adjusted: row.p_adjusted,
            short: is_below && is_clear,
        })
    }

    /// Of all waves together no single one's change is the figure's.
    fn change(&self, question: &Question) -> Option<PriorityChange> {
        let wave = self.wave?;
        let trend = self.trends.iter().find(|trend| trend.question == question.id)?;
        let point = trend.points.iter().find(|point| point.wave == wave)?;
        Some(PriorityChange {
            statistic: trend.statistic.clone(),
            unit: trend.unit,
            better: trend.better,
            against: point.against.clone()?,
            value: point.change?,
            low: point.change_low,
            high: point.change_high,
            p_adjusted: point.p_adjusted,
            verdict: point.verdict,
        })
    }
}
