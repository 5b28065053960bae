//! Every score the survey supports, for the wave shown and its segments.

use chrono::NaiveDate;
use indexmap::IndexMap;

use crate::measures::{self, Context};
use crate::report::{Estimate, FORMAT, Flag, Input, Provenance, Report, Waves};
use crate::stats::Bootstrap;
use crate::survey::Survey;
use crate::tally::{Counted, Counts, Stratum};

use super::ledger::{input_name, ledger};
use super::notes::{Subject, notes};
use super::plan::PlanMap;
use super::scope::Scope;
use super::summary::{Run, summary, wave_rule};
use super::suppression::{Families, Place, hide};
use super::waves::{Chosen, Shown, choose};
use super::{population, response};

/// Replicates of a bootstrap interval: enough for the third digit of a limit.
const REPLICATES: u32 = 2000;

/// The name of the wave among the dimensions of a family; no segment id can be empty.
const WAVE_DIMENSION: &str = "";

/// What the counts cannot answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AnalysisError {
    /// The wave asked for is not in the data.
    #[error("no wave `{found}`; there are {}", known.join(", "))]
    UnknownWave {
        /// As typed.
        found: String,
        /// The waves there are.
        known: Vec<String>,
    },
    /// No wave holds the date of the report.
    #[error("no wave was running on {as_of}; there are {}", found.join(", "))]
    NoRunningWave {
        /// The date.
        as_of: NaiveDate,
        /// The waves there are.
        found: Vec<String>,
    },
    /// More answers than the population has members.
    #[error(
        "question `{question}` has {answers} answers{}, but the population is {population}",
        of_segment(segment.as_ref())
    )]
    PopulationExceeded {
        /// The question.
        question: String,
        /// The segment and value whose population it is; `None` for the survey's.
        segment: Option<(String, String)>,
        /// The answers.
        answers: u64,
        /// The population.
        population: u64,
    },
}

/// The report of the scores.
///
/// `provenance` says what ran; its inputs are filled in here from what was read.
///
/// # Errors
/// An unknown wave (what was typed), or more answers than the population has members (the definition).
pub fn run(
    survey: &Survey,
    map: &PlanMap,
    counted: &Counted,
    scope: &Scope,
    provenance: Provenance,
) -> Result<Report, AnalysisError> {
    let chosen = choose(scope.wave.as_ref(), &counted.waves, map.wave.as_ref(), scope.as_of)?;
    let shown: Vec<&Stratum> =
        counted.strata.iter().filter(|stratum| is_shown(stratum, chosen.shown)).collect();
    let wave = match chosen.shown {
        Shown::One(index) => Some(counted.waves[index].label.clone()),
        Shown::NoWaves | Shown::All => None,
    };
    let total =
        shown.iter().copied().find(|stratum| stratum.segment.is_empty() && is_whole(stratum, chosen.shown));
    let ledger = ledger(survey, map, counted, total, wave.as_deref());
    let suppress_below = scope.suppress_below.unwrap_or(survey.suppress_below);
    let scorer = Scorer { survey, map, counted, scope, chosen: &chosen, shown: &shown, suppress_below };
    let estimates = scorer.estimates()?;
    let sampling = population::sampling(survey, ledger.rows_used);
    let found: Vec<String> = counted.waves.iter().map(|wave| wave.label.clone()).collect();
    let invited = if scope.filter.is_some() {
        None
    } else {
        response::invited(survey.data.invited.as_ref(), wave.as_deref(), &found)
    };
    let response_rate = response::rate(ledger.rows_used, invited);
    let summary = summary(survey, map, counted, &Run { sampling, suppress_below, invited, response_rate });
    let provenance = with_inputs(provenance, counted);
    let mut all_notes: Vec<_> = chosen.note.iter().cloned().collect();
    all_notes.extend(notes(&Subject {
        survey,
        map,
        counted,
        ledger: &ledger,
        estimates: &estimates,
        provenance: &provenance,
        sampling,
        suppress_below,
        filtered: scope.filter.is_some(),
        pooled: if chosen.shown == Shown::All { found.len() } else { 0 },
    }));
    Ok(Report {
        format: FORMAT.to_owned(),
        title: title(survey, &provenance),
        as_of: scope.as_of.to_string(),
        survey: summary,
        waves: Waves {
            wave,
            rule: map.wave.as_ref().map(wave_rule),
            running: chosen.running.map(|index| found[index].clone()),
            found,
        },
        by: scope.by.clone(),
        provenance,
        ledger,
        estimates,
        sections: Vec::new(),
        notes: all_notes,
    })
}

struct Scorer<'a> {
    survey: &'a Survey,
    map: &'a PlanMap,
    counted: &'a Counted,
    scope: &'a Scope,
    chosen: &'a Chosen,
    shown: &'a [&'a Stratum],
    suppress_below: u64,
}

impl Scorer<'_> {
    fn estimates(&self) -> Result<Vec<Estimate>, AnalysisError> {
        let hidden = self.hidden();
        let mut estimates = Vec::new();
        for (cell, stratum) in self.shown.iter().enumerate() {
            let context = self.context(stratum);
            let segment: IndexMap<String, String> = stratum.segment.iter().cloned().collect();
            let wave = stratum.wave.map(|index| self.counted.waves[index].label.clone());
            for (index, question) in self.survey.questions.iter().enumerate() {
                let Some(tally) = self.map.tallies[index] else { continue };
                let Some(counts) = stratum.counts.get(tally) else { continue };
                let categories = self.counted.categories.get(tally).map_or(&[][..], Vec::as_slice);
                let figures = measures::figures(question, counts, categories, &context)
                    .map_err(|exceeded| population_exceeded(exceeded, &stratum.segment))?;
                for mut estimate in figures {
                    estimate.segment.clone_from(&segment);
                    estimate.wave.clone_from(&wave);
                    if let Some(flag) = hidden[index].get(cell).copied().flatten() {
                        hide(&mut estimate, flag);
                    }
                    estimates.push(estimate);
                }
            }
        }
        Ok(estimates)
    }

    /// By question, why each stratum is hidden.
    fn hidden(&self) -> Vec<Vec<Option<Flag>>> {
        if self.suppress_below == 0 {
            return vec![Vec::new(); self.survey.questions.len()];
        }
        let places: Vec<Place> = self.shown.iter().map(|stratum| self.place(stratum)).collect();
        let families = Families::new(&places);
        let by_question = self.map.tallies.iter().map(|tally| {
            let answered = |stratum: &&Stratum| {
                tally.and_then(|tally| stratum.counts.get(tally)).map_or(0, Counts::answered)
            };
            let bases: Vec<u64> = self.shown.iter().map(answered).collect();
            families.hidden(&bases, self.suppress_below)
        });
        by_question.collect()
    }

    fn place(&self, stratum: &Stratum) -> Place {
        let mut place: Place = stratum.segment.iter().cloned().collect();
        // Where one wave is shown its total is the total; where all are, a wave is a part like any other.
        if let (Shown::All, Some(wave)) = (self.chosen.shown, stratum.wave) {
            place.insert(WAVE_DIMENSION.to_owned(), self.counted.waves[wave].label.clone());
        }
        place
    }

    fn context(&self, stratum: &Stratum) -> Context<'_> {
        let whole_wave =
            self.shown.iter().find(|other| other.segment.is_empty() && other.wave == stratum.wave);
        let waves_together = if stratum.wave.is_none() { self.counted.waves.len() } else { 1 };
        Context {
            confidence: self.map.confidence,
            intervals: &self.scope.intervals,
            weighted: self.counted.weighted,
            design_rows: whole_wave.map_or(stratum.rows.n, |total| total.rows.n),
            population: population::of_stratum(
                self.survey,
                self.scope.filter.is_some(),
                waves_together,
                &stratum.segment,
            ),
            flag_below: self.survey.flag_below,
            bootstrap: Bootstrap { replicates: REPLICATES, seed: self.scope.seed },
        }
    }
}

fn is_shown(stratum: &Stratum, shown: Shown) -> bool {
    match shown {
        Shown::NoWaves => stratum.wave.is_none(),
        Shown::One(index) => stratum.wave == Some(index),
        Shown::All => true,
    }
}

fn is_whole(stratum: &Stratum, shown: Shown) -> bool {
    match shown {
        Shown::One(index) => stratum.wave == Some(index),
        Shown::NoWaves | Shown::All => stratum.wave.is_none(),
    }
}

fn population_exceeded(
    exceeded: measures::PopulationExceeded,
    segment: &[(String, String)],
) -> AnalysisError {
    AnalysisError::PopulationExceeded {
        question: exceeded.question,
        segment: segment.first().cloned(),
        answers: exceeded.answers,
        population: exceeded.population,
    }
}

fn with_inputs(provenance: Provenance, counted: &Counted) -> Provenance {
    let inputs = counted.inputs.iter().map(|input| Input {
        name: input_name(&input.name),
        bytes: input.bytes,
        rows: input.rows,
        hash: input.hash.clone(),
    });
    Provenance { inputs: inputs.collect(), ..provenance }
}

fn title(survey: &Survey, provenance: &Provenance) -> String {
    let from_input = || {
        let name = provenance.inputs.first().map_or("", |input| input.name.as_str());
        name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
    };
    survey.title.clone().unwrap_or_else(from_input)
}

fn of_segment(segment: Option<&(String, String)>) -> String {
    segment.map_or_else(String::new, |(id, value)| format!(" in {id} {value}"))
}
