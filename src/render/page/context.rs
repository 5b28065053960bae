//! The report with its language and its names, as every part of the page reads it.

use std::borrow::Cow;

use crate::report::words::{self, Names, Phrases, Speech, fill};
use crate::report::{
    Audience, DocumentSection, Estimate, Flag, GroupsSection, PageSection, QuestionSummary, Report, Section,
    TrendPoint, TrendSection,
};

/// A card or a figure of its own for at most so many scores; tables have them all.
const STORY: usize = 4;

/// The measure of items, which have a part of their own.
const CHECKLIST: &str = "checklist";

/// What every part of the page reads.
pub(super) struct Context<'a> {
    /// The report.
    pub(super) report: &'a Report,
    /// How it is to be presented.
    pub(super) document: Cow<'a, DocumentSection>,
    /// Its language.
    pub(super) speech: Speech,
    /// The survey's names.
    pub(super) names: Names<'a>,
    story: Vec<&'a str>,
}

impl<'a> Context<'a> {
    pub(super) fn new(report: &'a Report) -> Self {
        let document = report
            .sections
            .iter()
            .find_map(|section| match section {
                Section::Document(document) => Some(Cow::Borrowed(document)),
                _ => None,
            })
            .unwrap_or_default();
        let speech = Speech::new(&document);
        let names = Names::new(&report.survey);
        let story = story(report, &names);
        Self { report, document, speech, names, story }
    }

    /// The fixed texts.
    pub(super) fn phrases(&self) -> &'static Phrases {
        self.speech.phrases()
    }

    /// The parts of the page in order.
    pub(super) fn parts(&self) -> Vec<PageSection> {
        if self.document.sections.is_empty() {
            return self.document.audience.sections();
        }
        let mut parts: Vec<PageSection> = Vec::new();
        for part in &self.document.sections {
            if !parts.contains(part) {
                parts.push(*part);
            }
        }
        parts
    }

    /// Whether a part was asked for by name, and says so where it is empty.
    pub(super) fn is_asked_for(&self, part: PageSection) -> bool {
        self.document.sections.contains(&part)
    }

    /// Whether the page is for customers: no internal names, no places.
    pub(super) fn for_customers(&self) -> bool {
        self.document.audience == Audience::Customers
    }

    /// Whether the page is for those who decide by it: the main outcome, and what it rests on in short.
    pub(super) fn for_board(&self) -> bool {
        self.document.audience == Audience::Board
    }

    /// Whether a score is the first of those that carry the story.
    pub(super) fn is_main(&self, question: &str) -> bool {
        self.story.first() == Some(&question)
    }

    /// The scores that carry the story: the overall outcome, recommendation and effort, else the first ones.
    pub(super) fn tells(&self, question: &str) -> bool {
        self.story.contains(&question)
    }

    /// The headline figures of all respondents in the wave of the report, in written order.
    pub(super) fn headlines(&self) -> Vec<&'a Estimate> {
        let mut headlines: Vec<&Estimate> = self
            .report
            .estimates
            .iter()
            .filter(|estimate| self.is_of_all(estimate) && estimate.headline && estimate.measure != CHECKLIST)
            .collect();
        headlines.sort_by_key(|estimate| self.names.rank(&estimate.question));
        headlines
    }

    /// Whether a figure is of all respondents in the wave of the report.
    pub(super) fn is_of_all(&self, estimate: &Estimate) -> bool {
        estimate.segment.is_empty() && estimate.wave == self.report.waves.wave
    }

    /// A figure of all respondents in the wave of the report.
    pub(super) fn of_all(&self, question: &str, statistic: &str) -> Option<&'a Estimate> {
        self.total(question, statistic, self.report.waves.wave.as_ref())
    }

    /// A figure of all respondents in a wave.
    pub(super) fn total(
        &self,
        question: &str,
        statistic: &str,
        wave: Option<&String>,
    ) -> Option<&'a Estimate> {
        self.report.estimates.iter().find(|estimate| {
            estimate.segment.is_empty()
                && estimate.wave.as_ref() == wave
                && estimate.question == question
                && estimate.statistic == statistic
        })
    }

    /// The trends, those of the story first.
    pub(super) fn trends(&self) -> Vec<&'a TrendSection> {
        let sections = self.report.sections.iter().filter_map(|section| match section {
            Section::Trend(trend) => Some(trend),
            _ => None,
        });
        let mut trends: Vec<&TrendSection> = sections.collect();
        trends.sort_by_key(|trend| (!self.tells(&trend.question), self.names.rank(&trend.question)));
        trends
    }

    /// The panels of groups, those of the story first.
    pub(super) fn groups(&self) -> Vec<&'a GroupsSection> {
        let sections = self.report.sections.iter().filter_map(|section| match section {
            Section::Groups(groups) => Some(groups),
            _ => None,
        });
        let mut groups: Vec<&GroupsSection> = sections.collect();
        groups.sort_by_key(|panel| {
            let question = self.names.rank(&panel.question);
            (!self.tells(&panel.question), question, self.names.segment_rank(&panel.segment))
        });
        groups
    }

    /// The wave of the report on a trend; of all waves together the latest that has a figure.
    pub(super) fn point<'b>(&self, trend: &'b TrendSection) -> Option<&'b TrendPoint> {
        match &self.report.waves.wave {
            Some(wave) => trend.points.iter().find(|point| point.wave == *wave),
            None => trend.points.iter().rev().find(|point| point.complete && point.value.is_some()),
        }
    }

    /// Whether a wave begins after the date of the report.
    pub(super) fn is_future(&self, point: &TrendPoint) -> bool {
        self.report.waves.future.contains(&point.wave)
    }

    /// A title that names the wave where it is not the report's.
    pub(super) fn titled(&self, title: String, wave: Option<&String>) -> String {
        if wave == self.report.waves.wave.as_ref() {
            return title;
        }
        let wave = wave.map_or(self.phrases().columns.all_waves, String::as_str);
        fill(self.phrases().answers.title_wave, &[("title", &title), ("wave", &wave)])
    }

    /// A flag in words.
    pub(super) fn flag(&self, flag: Flag) -> String {
        self.speech.flag(flag, self.report.survey.flag_below, self.report.survey.suppress_below)
    }

    /// Why a figure does not exist.
    pub(super) fn why_none(&self, flag: Option<Flag>) -> String {
        flag.map_or_else(|| self.phrases().flags.no_figure.to_owned(), |flag| self.flag(flag))
    }

    /// What the headline of a question is.
    pub(super) fn definition(&self, question: &str) -> String {
        self.names
            .summary(question)
            .map_or_else(String::new, |summary: &QuestionSummary| words::definition(&self.speech, summary))
    }

    /// A confidence level as the report's intervals have it.
    pub(super) fn confidence(&self) -> String {
        self.speech.confidence(self.report.survey.confidence)
    }
}

/// The overall outcome, recommendation and effort; else the first headlines that are scores.
fn story<'a>(report: &'a Report, names: &Names) -> Vec<&'a str> {
    let mut scores: Vec<&Estimate> = Vec::new();
    for estimate in &report.estimates {
        let is_score =
            estimate.headline && !matches!(estimate.measure.as_str(), "gap" | "importance" | "number");
        if is_score && !scores.iter().any(|score| score.question == estimate.question) {
            scores.push(estimate);
        }
    }
    scores.sort_by_key(|score| names.rank(&score.question));
    let is_overall =
        |score: &&Estimate| names.summary(&score.question).is_some_and(|question| question.overall);
    let is_main = |score: &&Estimate| is_overall(score) || matches!(score.measure.as_str(), "nps" | "ces");
    let mut story: Vec<&Estimate> = scores.iter().copied().filter(is_main).collect();
    if story.is_empty() {
        story = scores;
    }
    story.sort_by_key(|score| !is_overall(score));
    story.iter().take(STORY).map(|score| score.question.as_str()).collect()
}
