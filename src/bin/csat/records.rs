//! Files of records that a definition names beside the answers: complaints and the like.
//!
//! What they say stands in the report of the answers as sections of their own; their figures are estimates of the same
//! waves, so that a trend and a gate need nothing special.

use std::path::Path;

use csat::analysis::WaveFigures;
use csat::report::{Estimate, Report, Section};
use csat::survey::{Period, Survey, WaveRule};

use crate::cli;
use crate::commands;
use crate::definition;
use crate::output::Output;
use crate::series::Sources;
use crate::status::Failure;

/// The reports of the files of records that a definition names.
#[derive(Debug, Default)]
pub(crate) struct Records {
    reports: Vec<Report>,
}

impl Records {
    /// Reads the files that a definition names, in periods of its waves; none without a definition in a file.
    ///
    /// # Errors
    /// As the commands on those files.
    pub(crate) fn declared(
        survey: &Survey,
        definition: Option<&Path>,
        output: &Output,
    ) -> Result<Self, Failure> {
        let Some(path) = definition else { return Ok(Self::default()) };
        let every = match &survey.data.wave {
            Some(WaveRule::Every(period)) => name(*period),
            _ => None,
        };
        let silent = output.silent();
        let mut reports = Vec::new();
        if survey.complaints.as_ref().is_some_and(|complaints| complaints.file.is_some()) {
            let asked = cli::Complaints {
                survey: Some(path.display().to_string()),
                every: every.map(str::to_owned),
                ..cli::Complaints::default()
            };
            reports.push(commands::complaints::made(&asked, &silent)?);
        }
        Ok(Self { reports })
    }

    /// The same for the newest definition of files of answers.
    pub(crate) fn of(sources: &Sources, output: &Output) -> Result<Self, Failure> {
        let Some(group) = sources.groups.last() else { return Ok(Self::default()) };
        let found = definition::choose(group.survey.as_deref(), &group.files, &output.silent())?;
        found.map_or_else(
            || Ok(Self::default()),
            |found| Self::declared(&found.survey, found.path.as_deref(), output),
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
                wave.questions.extend(own.survey.questions.iter().cloned());
            }
        }
    }

    /// What the records were read from and what their figures are called.
    pub(crate) fn name_in(&self, report: &mut Report) {
        for own in &self.reports {
            report.provenance.inputs.extend(own.provenance.inputs.iter().cloned());
            report.survey.questions.extend(own.survey.questions.iter().cloned());
        }
    }
}

/// The name of a period of records that is as long as a wave.
fn name(of: Period) -> Option<&'static str> {
    match of {
        Period::Month | Period::Quarter | Period::Half | Period::Year => Some(of.name()),
        _ => None,
    }
}
