//! The estimates of every question in every stratum shown, with what is to be hidden taken out.
//!
//! What is hidden is decided over all waves, whichever are shown.

use std::rc::Rc;

use indexmap::IndexMap;

use crate::measures::{self, Context, DesignVariance, StratumDesign};
use crate::report::{Estimate, Flag};
use crate::stats::Bootstrap;
use crate::survey::Survey;
use crate::tally::{Counted, Counts, Stratum};

use super::error::AnalysisError;
use super::plan::PlanMap;
use super::population;
use super::scope::Scope;
use super::suppression::{Families, Place, hide};
use super::waves::Shown;

/// Replicates of a bootstrap interval: enough for the third digit of a limit.
const REPLICATES: u32 = 2000;

/// Scores the strata that are shown together.
pub(super) struct Scorer<'a> {
    pub(super) survey: &'a Survey,
    pub(super) map: &'a PlanMap,
    pub(super) counted: &'a Counted,
    pub(super) scope: &'a Scope,
    /// Which waves are shown.
    pub(super) waves: Shown,
    /// Who knows the variances of the design; `None` where there is none.
    pub(super) design: Option<&'a dyn DesignVariance>,
    /// By question and stratum of the run, why it is hidden; empty where nothing is.
    hidden: Rc<[Vec<Option<Flag>>]>,
}

impl<'a> Scorer<'a> {
    pub(super) fn new(
        survey: &'a Survey,
        map: &'a PlanMap,
        counted: &'a Counted,
        scope: &'a Scope,
        waves: Shown,
        design: Option<&'a dyn DesignVariance>,
    ) -> Self {
        let limit = scope.suppress_below.unwrap_or(survey.suppress_below);
        Self { survey, map, counted, scope, waves, design, hidden: hidden(map, counted, limit) }
    }

    /// The same survey with other waves shown.
    pub(super) fn showing(&self, waves: Shown) -> Self {
        Self { waves, hidden: Rc::clone(&self.hidden), ..*self }
    }

    /// The estimates of all strata shown, hidden ones without figures.
    ///
    /// # Errors
    /// More answers than the population has members.
    pub(super) fn estimates(&self) -> Result<Vec<Estimate>, AnalysisError> {
        let mut estimates = Vec::new();
        for (cell, stratum) in self.counted.strata.iter().enumerate() {
            // The groups of tables have figures of their own.
            let in_tables = self.map.crosstab.is_some() && !stratum.segment.is_empty();
            if in_tables || !is_shown(stratum, self.waves) {
                continue;
            }
            let context = self.context(stratum);
            let segment: IndexMap<String, String> = stratum.segment.iter().cloned().collect();
            let wave = stratum.wave.map(|index| self.counted.waves[index].label.clone());
            for (index, question) in self.survey.questions.iter().enumerate() {
                let Some(tally) = self.map.tallies[index] else { continue };
                let Some(counts) = stratum.counts.get(tally) else { continue };
                let categories = self.counted.categories.get(tally).map_or(&[][..], Vec::as_slice);
                let flag = self.hidden.get(index).and_then(|cells| cells.get(cell)).copied().flatten();
                let cells = cells(stratum, tally);
                let context = Context { design: self.design_of(&cells), ..context };
                let figures = measures::figures(question, counts, categories, &context)
                    .map_err(|exceeded| population_exceeded(exceeded, &stratum.segment, flag.is_some()))?;
                for mut estimate in figures {
                    estimate.segment.clone_from(&segment);
                    estimate.wave.clone_from(&wave);
                    if let Some(flag) = flag {
                        hide(&mut estimate, flag);
                    }
                    estimates.push(estimate);
                }
            }
        }
        Ok(estimates)
    }

    /// Why the answers to the question at a place are hidden in a stratum of the run, if they are.
    pub(super) fn hidden_in(&self, question: usize, stratum: &Stratum) -> Option<Flag> {
        let cell = self.counted.strata.iter().position(|other| std::ptr::eq(other, stratum))?;
        self.hidden.get(question)?.get(cell).copied().flatten()
    }

    /// The design as a question knows it that has these counts by cell.
    fn design_of<'c>(&self, cells: &'c [(usize, &'c Counts)]) -> Option<StratumDesign<'c>>
    where
        'a: 'c,
    {
        self.design.map(|variance| StratumDesign { variance, cells })
    }

    /// What the figures of a stratum have in common, its design apart.
    pub(super) fn context(&self, stratum: &Stratum) -> Context<'_> {
        let whole_wave =
            self.counted.strata.iter().find(|other| other.segment.is_empty() && other.wave == stratum.wave);
        let in_wave = whole_wave.map_or(stratum.rows.n, |total| total.rows.n);
        let waves_together = if stratum.wave.is_none() { self.counted.waves.len() } else { 1 };
        Context {
            confidence: self.map.confidence,
            intervals: &self.scope.intervals,
            weighted: self.counted.weighted,
            design_rows: self.counted.design_rows.get(&stratum.wave).copied().unwrap_or(in_wave),
            population: population::of_stratum(
                self.survey,
                self.scope.filter.is_some(),
                waves_together,
                &stratum.segment,
            ),
            flag_below: self.survey.flag_below,
            bootstrap: Bootstrap { replicates: REPLICATES, seed: self.scope.seed },
            design: None,
        }
    }
}

/// The counts of a tally by cell of the design.
pub(super) fn cells(stratum: &Stratum, tally: usize) -> Vec<(usize, &Counts)> {
    stratum.cells.iter().filter_map(|cell| Some((cell.cell, cell.counts.get(tally)?))).collect()
}

/// The strata of the waves shown.
pub(super) fn strata(counted: &Counted, shown: Shown) -> Vec<&Stratum> {
    counted.strata.iter().filter(|stratum| is_shown(stratum, shown)).collect()
}

fn is_shown(stratum: &Stratum, shown: Shown) -> bool {
    match shown {
        Shown::NoWaves => stratum.wave.is_none(),
        Shown::One(index) => stratum.wave == Some(index),
        Shown::All => true,
    }
}

/// By question, why each stratum is hidden.
fn hidden(map: &PlanMap, counted: &Counted, limit: u64) -> Rc<[Vec<Option<Flag>>]> {
    if limit == 0 || map.crosstab.is_some() {
        return Rc::default();
    }
    let place = |stratum: &Stratum| -> Place { stratum.segment.iter().cloned().collect() };
    let strata: Vec<(Option<usize>, Place)> =
        counted.strata.iter().map(|stratum| (stratum.wave, place(stratum))).collect();
    let families = Families::new(&strata);
    let by_question = map.tallies.iter().map(|tally| {
        let answered =
            |stratum: &Stratum| tally.and_then(|tally| stratum.counts.get(tally)).map_or(0, Counts::answered);
        let bases: Vec<u64> = counted.strata.iter().map(answered).collect();
        families.hidden(&bases, limit)
    });
    by_question.collect()
}

pub(super) fn population_exceeded(
    exceeded: measures::PopulationExceeded,
    segment: &[(String, String)],
    hidden: bool,
) -> AnalysisError {
    AnalysisError::PopulationExceeded {
        question: exceeded.question,
        segment: segment.first().cloned(),
        answers: (!hidden).then_some(exceeded.answers),
        population: exceeded.population,
    }
}
