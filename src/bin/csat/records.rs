//! Files of records that a definition names beside the answers: complaints and the like.
//!
//! What they say stands in the report of the answers as sections of their own; their figures are estimates of the same
//! waves, so that a trend and a gate need nothing special.

use std::path::{Path, PathBuf};

use csat::analysis::WaveFigures;
use csat::report::{Estimate, QuestionSummary, Report, Section};
use csat::survey::{Period, Survey, WaveRule};
use indexmap::IndexMap;

use crate::cli;
use crate::commands;
use crate::definition;
use crate::pipeline::Way;
use crate::series::Sources;
use crate::status::Failure;

/// What records are read for.
#[derive(Debug)]
pub(crate) enum Shown<'a> {
    /// The report of these answers.
    Report(&'a [PathBuf]),
    /// Their figures in every wave.
    Waves,
}

/// The reports of the files of records that a definition names.
#[derive(Debug, Default)]
pub(crate) struct Records {
    reports: Vec<Report>,
}

impl Records {
    /// Reads the files that a definition names, for what `shown` is; none without a definition in a file.
    ///
    /// # Errors
    /// As the commands on those files.
    pub(crate) fn declared(
        way: &Way<'_>,
        survey: &Survey,
        definition: Option<&Path>,
        shown: &Shown<'_>,
    ) -> Result<Self, Failure> {
        let Some(path) = definition else { return Ok(Self::default()) };
        let every = match &survey.data.wave {
            Some(WaveRule::Every(period)) => name(*period).map(str::to_owned),
            _ => None,
        };
        let silent = way.output.silent();
        let way = Way { output: &silent, ..*way };
        let named = Some(path.display().to_string());
        let answers = match shown {
            Shown::Report(answers) => answers.to_vec(),
            Shown::Waves => Vec::new(),
        };
        let mut reports = Vec::new();
        if let Some(complaints) = survey.complaints.as_ref().filter(|complaints| complaints.file.is_some()) {
            let asked = cli::Complaints {
                survey: named.clone(),
                every: every.clone(),
                scores: if complaints.asked.problem.is_some() { answers.clone() } else { Vec::new() },
                ..cli::Complaints::default()
            };
            reports.push(commands::complaints::made(&asked, way.environment, way.output)?);
        }
        if let Some(promises) = survey.promises.as_ref().filter(|promises| promises.events.is_some()) {
            let asks = promises.awareness.is_some() || promises.satisfaction.is_some();
            let complaints = survey.complaints.as_ref().and_then(|complaints| complaints.file.as_ref());
            let asked = cli::Promises {
                survey: named.clone(),
                every: every.clone(),
                scores: answers.first().filter(|_| asks && answers.len() == 1).cloned(),
                complaints: complaints.map(|file| commands::complaints::path(Some(path), file)),
                ..cli::Promises::default()
            };
            reports.push(commands::promises::made(&asked, way.environment, way.output)?);
        }
        if survey.disputes.as_ref().is_some_and(|disputes| disputes.file.is_some()) {
            let complaints = survey.complaints.as_ref().and_then(|complaints| complaints.file.as_ref());
            let asked = cli::Disputes {
                survey: named.clone(),
                every: every.clone(),
                complaints: complaints.map(|file| commands::complaints::path(Some(path), file)),
                ..cli::Disputes::default()
            };
            reports.push(commands::disputes::made(&asked, way.output)?);
        }
        if survey.indicators.as_ref().is_some_and(|indicators| indicators.file.is_some()) {
            // A report shows them by their own periods, beside the scores of these; waves are compared with waves.
            let is_report = matches!(shown, Shown::Report(_));
            let asked = cli::Indicators {
                survey: named,
                every: every.filter(|_| !is_report),
                scores: answers,
                ..cli::Indicators::default()
            };
            reports.push(commands::indicators::made(&way, &asked)?);
        }
        Ok(Self { reports })
    }

    /// The figures of the waves of answers, by the newest definition of their files.
    pub(crate) fn of(sources: &Sources, way: &Way<'_>) -> Result<Self, Failure> {
        let Some(group) = sources.groups.last() else { return Ok(Self::default()) };
        let found = definition::choose(group.survey.as_deref(), &group.files, &way.output.silent())?;
        found.map_or_else(
            || Ok(Self::default()),
            |found| Self::declared(way, &found.survey, found.path.as_deref(), &Shown::Waves),
        )
    }

    /// Adds the sections to a report of answers, with their caveats, their inputs and their figures of its wave.
    pub(crate) fn add_to(&self, report: &mut Report) {
        for own in &self.reports {
            let sections = own.sections.iter().filter(|section| !matches!(section, Section::Document(_)));
            report.sections.extend(sections.cloned());
            report.notes.extend(
                own.notes.iter().filter(|note| !report.notes.contains(note)).cloned().collect::<Vec<_>>(),
            );
            report.provenance.inputs.extend(own.provenance.inputs.iter().cloned());
            let is_of_wave = |estimate: &&Estimate| match &report.waves.wave {
                Some(wave) => estimate.wave.as_ref() == Some(wave),
                None => estimate.wave.is_none() || report.waves.rule.is_some(),
            };
            // Of these figures the section shows what matters: they are no score of the survey.
            let beside = |estimate: &Estimate| Estimate { headline: false, ..estimate.clone() };
            let found: Vec<Estimate> = own.estimates.iter().filter(is_of_wave).map(beside).collect();
            report.estimates.extend(found);
        }
    }

    /// Adds the figures of each wave to it.
    pub(crate) fn add_to_waves(&self, waves: &mut [WaveFigures]) {
        for wave in waves {
            for own in &self.reports {
                let of_wave =
                    own.estimates.iter().filter(|estimate| estimate.wave.as_ref() == Some(&wave.label));
                wave.estimates.extend(of_wave.cloned());
                wave.questions.extend(summaries(own));
            }
        }
    }

    /// What the records were read from and what their figures are called.
    pub(crate) fn name_in(&self, report: &mut Report) {
        for own in &self.reports {
            report.provenance.inputs.extend(own.provenance.inputs.iter().cloned());
            report.survey.questions.extend(summaries(own));
        }
    }
}

/// What stands for records among the questions of a trend: each id with the figure that it is judged by.
fn summaries(report: &Report) -> Vec<QuestionSummary> {
    let mut found: IndexMap<&str, QuestionSummary> = IndexMap::new();
    for estimate in report.estimates.iter().filter(|estimate| estimate.headline) {
        found.entry(&estimate.question).or_insert_with(|| QuestionSummary {
            id: estimate.question.clone(),
            measure: estimate.measure.clone(),
            text: called(&estimate.question),
            headline: Some(estimate.statistic.clone()),
            better: estimate.better,
            ..QuestionSummary::default()
        });
    }
    found.into_values().collect()
}

/// An id as a reader takes it: `Complaints`, `promises.wait`.
fn called(id: &str) -> String {
    let mut letters = id.chars();
    match letters.next().filter(|_| !id.contains('.')) {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => id.to_owned(),
    }
}

/// The name of a period of records that is as long as a wave.
fn name(of: Period) -> Option<&'static str> {
    match of {
        Period::Month | Period::Quarter | Period::Half | Period::Year => Some(of.name()),
        _ => None,
    }
}
