//! The design behind the answers: targets that weights are made from, strata, clusters.

use std::collections::BTreeMap;
use std::rc::Rc;

use indexmap::IndexMap;

use crate::measures::{CellAnswers, DesignCovariances, DesignMean, DesignVariance, DomainAnswers};
use crate::survey::{self, Sampling, Survey, WeightingDefinition, WeightingMissing, WeightingScope};
use crate::tally::{Coding, Count, Counted, DesignPlan, Variable, WeightRange};
use crate::weighting::{
    self, Answers, Covariances, Declared, Design, Diagnostics, Failure, Members, Names, Refused, Replicated,
    SinglePsu, Solved, SolvingScope, VarianceForm,
};

use super::error::AnalysisError;
use super::plan::PlanMap;
use super::scope::{Scope, WeightChoice};
use super::waves::{Shown, choose};

/// At most one in so many bootstrap samples may fail.
const MOST_FAILED: usize = 20;

/// Whether weights or variances are made from a design here.
pub(super) fn is_declared(survey: &Survey, scope: &Scope) -> bool {
    let margins = survey.weighting.as_ref().is_some_and(|weighting| !weighting.margins.is_empty());
    let drawn = survey.data.stratum.is_some() || survey.data.cluster.is_some();
    scope.weight != Some(WeightChoice::Unweighted) && (margins || drawn)
}

/// Whether rows have weights here: those of a column, or those that targets ask for.
pub fn is_weighted(survey: &Survey, scope: &Scope) -> bool {
    let column = match &scope.weight {
        Some(WeightChoice::Column(_)) => true,
        Some(WeightChoice::Unweighted) => false,
        None => survey.data.weight.is_some(),
    };
    column || is_declared(survey, scope)
}

/// What of the design joins the key; columns that are no segment become variables of their own.
pub(super) fn plan(
    survey: &Survey,
    scope: &Scope,
    first_segment: usize,
    variables: &mut Vec<Variable>,
) -> DesignPlan {
    if !is_declared(survey, scope) {
        return DesignPlan::default();
    }
    let mut variable = |name: &str| {
        if let Some(segment) = survey.segments.iter().position(|segment| segment.id == name) {
            return first_segment + segment;
        }
        let known = variables.iter().skip(first_segment).position(|variable| variable.id == name);
        known.map_or_else(
            || {
                let coding = Coding::Category { labels: IndexMap::new(), closed: false };
                variables.push(Variable { id: name.to_owned(), columns: vec![name.to_owned()], coding });
                variables.len() - 1
            },
            |place| first_segment + place,
        )
    };
    let weighting = survey.weighting.as_ref();
    DesignPlan {
        raking: weighting.map_or_else(Vec::new, |weighting| {
            weighting.raking_variables().into_iter().map(&mut variable).collect()
        }),
        leaves_out_unanswered: weighting
            .is_some_and(|weighting| weighting.missing == WeightingMissing::Exclude),
        stratum: survey.data.stratum.as_deref().map(&mut variable),
        cluster: survey.data.cluster.as_deref().map(&mut variable),
        by_weight: weighting.is_some_and(|weighting| weighting.bounds.is_some()),
    }
}

/// The weights and variances of a design, solved from counts.
#[derive(Debug)]
pub struct Designed {
    solved: Rc<Solved>,
    /// Samples that were weighted anew, where standard errors come from them.
    replicated: Option<Replicated>,
    /// What the targets call their variables and categories; `None` where only strata or clusters are declared.
    declared: Option<Declared>,
    method: &'static str,
    /// Stratum and cluster, as the definition names them.
    drawn: Vec<String>,
}

/// Solves the weights that the definition declares and puts every count under them; `None` where it declares none, and
/// where no row is used.
///
/// # Errors
/// The waves that are shown and cannot be weighted, each with its reasons; a wave asked for that is not there.
pub fn weigh(
    survey: &Survey,
    map: &PlanMap,
    scope: &Scope,
    counted: &mut Counted,
) -> Result<Option<Designed>, AnalysisError> {
    if map.design.is_empty() || counted.cells.is_empty() {
        return Ok(None);
    }
    let chosen = choose(scope.wave.as_ref(), &counted.waves, map.wave.as_ref(), scope.as_of)?.shown;
    let needed = |wave: Option<usize>| match chosen {
        Shown::One(shown) => wave.is_none() || wave == Some(shown),
        Shown::NoWaves | Shown::All => true,
    };
    let definition = survey.weighting.clone().unwrap_or_default();
    let declared = (!definition.margins.is_empty())
        .then(|| Declared::new(&definition, &counted.design_names, survey.population));
    let together = match definition.scope {
        WeightingScope::Wave => SolvingScope::Wave,
        WeightingScope::All => SolvingScope::All,
    };
    let scheme = declared.as_ref().map(|declared| &declared.scheme);
    let solved = weighting::apply(counted, scheme, together, &sampled(survey, &definition), &needed);
    // Strata and clusters alone make their own standard errors, for which every row has the weight 1.
    counted.weighted = true;
    match solved {
        Ok(solved) => {
            let drawn = survey.data.stratum.iter().chain(&survey.data.cluster).cloned().collect();
            let solved = Rc::new(solved);
            let replicated = replicated(&solved, definition.variance, scope.seed)?;
            Ok(Some(Designed { solved, replicated, declared, method: definition.method.name(), drawn }))
        }
        Err(refused) => {
            let reasons = refused.iter().flat_map(|refused| reasons(refused, counted, declared.as_ref()));
            Err(AnalysisError::NotWeighted { reasons: reasons.collect() })
        }
    }
}

/// The samples from which standard errors come, where the definition asks for it.
fn replicated(
    solved: &Rc<Solved>,
    variance: survey::DesignVariance,
    seed: u64,
) -> Result<Option<Replicated>, AnalysisError> {
    let survey::DesignVariance::Bootstrap { replicates } = variance else { return Ok(None) };
    let replicated = solved.bootstrap(replicates, seed);
    let failed = replicated.failed();
    // Those that can be weighted are no fair picture of all.
    if failed > replicates as usize / MOST_FAILED {
        let reason = format!(
            "{failed} of {replicates} bootstrap samples cannot be weighted, for they lack a category; merge small \
             categories, or take variance = \"linearised\""
        );
        return Err(AnalysisError::NotWeighted { reasons: vec![reason] });
    }
    Ok(Some(replicated))
}

/// What is known of the strata: a segment's own populations.
fn sampled(survey: &Survey, definition: &WeightingDefinition) -> Design {
    let stratum = survey.data.stratum.as_ref();
    let segment = stratum.and_then(|id| survey.segments.iter().find(|segment| segment.id == *id));
    // Where clusters were drawn a population of people says nothing of how many clusters there are.
    let known = segment.filter(|_| survey.data.cluster.is_none() && survey.sampling != Sampling::OpenLink);
    let populations = known.map_or_else(BTreeMap::new, |segment| {
        segment.population.iter().map(|(value, people)| (value.clone(), *people as f64)).collect()
    });
    let single = match definition.single_psu {
        survey::SinglePsu::Fail => SinglePsu::Fail,
        survey::SinglePsu::Certainty => SinglePsu::Certainty,
        survey::SinglePsu::Adjust => SinglePsu::Adjust,
        survey::SinglePsu::Average => SinglePsu::Average,
    };
    Design { populations, single }
}

fn reasons(refused: &Refused, counted: &Counted, declared: Option<&Declared>) -> Vec<String> {
    let wave = refused.wave.and_then(|wave| counted.waves.get(wave));
    let wave = wave.map_or_else(String::new, |wave| format!("{}: ", wave.label));
    let of = |failure: &Failure| match declared {
        Some(declared) => format!("{wave}{}", failure.sentence(declared)),
        None => format!("{wave}{}", failure.sentence(&Unnamed)),
    };
    refused.failures.iter().map(of).collect()
}

/// Names where there are no targets: what fails is of strata, which name themselves.
struct Unnamed;

impl Names for Unnamed {
    fn variable(&self, variable: usize) -> String {
        (variable + 1).to_string()
    }

    fn category(&self, _: usize, code: Option<u32>) -> String {
        code.map_or_else(String::new, |code| (code + 1).to_string())
    }
}

impl Designed {
    /// What the weights of a wave did; `None` without targets.
    pub(super) fn diagnostics(&self, wave: Option<usize>) -> Option<&Diagnostics> {
        self.solved.diagnostics(wave)
    }

    /// What the margins of all targets are called.
    pub(super) fn targets(&self) -> Vec<String> {
        let margins = self.declared.as_ref().map_or(&[][..], |declared| &declared.scheme.margins);
        margins.iter().enumerate().map(|(place, margin)| self.margin(place, &margin.variables)).collect()
    }

    /// What a margin is called, by its place among the targets.
    pub(super) fn margin(&self, margin: usize, variables: &[usize]) -> String {
        self.declared.as_ref().map_or_else(String::new, |declared| declared.margin(margin, variables))
    }

    /// What a category of a margin is called.
    pub(super) fn category(&self, variables: &[usize], codes: &[Option<u32>]) -> String {
        let Some(declared) = &self.declared else { return String::new() };
        let names = variables.iter().zip(codes).map(|(variable, code)| declared.category(*variable, *code));
        names.collect::<Vec<_>>().join(" × ")
    }

    /// What a margin of a wave is called, by its place.
    pub(super) fn margin_of(&self, wave: Option<usize>, margin: usize) -> String {
        let found = self.diagnostics(wave).and_then(|diagnostics| diagnostics.margins.get(margin));
        found.map_or_else(String::new, |found| self.margin(margin, &found.variables))
    }

    /// The method by which the weights were solved; `None` without targets.
    pub(super) fn method(&self) -> Option<&'static str> {
        self.declared.as_ref().map(|_| self.method)
    }

    /// How standard errors know of the weighting; `None` without targets.
    pub(super) fn form(&self, wave: Option<usize>) -> Option<&'static str> {
        Some(match self.solved.form(wave)? {
            _ if self.replicated.is_some() => "bootstrap",
            VarianceForm::Raking => "raking",
            VarianceForm::Regression => "regression",
            VarianceForm::Fixed => "fixed",
        })
    }

    /// The columns by which rows were drawn; `None` where every row was drawn by itself.
    pub(super) fn drawn(&self) -> Option<String> {
        (!self.drawn.is_empty()).then(|| self.drawn.join(", "))
    }

    /// By cell, what the design weights of its rows are multiplied by.
    pub fn factor(&self, cell: usize) -> f64 {
        self.solved.factor(cell)
    }

    /// The rows of a wave (`None`: of all) under their weights, kept by a condition or not, and how far the weights reach.
    pub(super) fn weighted_rows(
        &self,
        counted: &Counted,
        wave: Option<usize>,
    ) -> (Count, Option<WeightRange>) {
        let (mut rows, mut range) = (Count::default(), None);
        for (cell, factor) in counted.cells.iter().zip(self.solved.factors()) {
            if *factor > 0.0 && cell.rows.n > 0 && (wave.is_none() || cell.wave == wave) {
                rows = Count {
                    n: rows.n + cell.rows.n,
                    w: rows.w + factor * cell.rows.w,
                    w2: rows.w2 + factor * factor * cell.rows.w2,
                };
                let (min, max) = (factor * cell.weights.min, factor * cell.weights.max);
                let known = range.get_or_insert(WeightRange { min, max });
                *known = WeightRange { min: known.min.min(min), max: known.max.max(max) };
            }
        }
        (rows, range)
    }

    /// The waves that could not be weighted and are not shown, each with its reasons.
    pub(super) fn not_weighted(&self, counted: &Counted) -> Vec<(String, Vec<String>)> {
        let of = |refused: &Refused| {
            let wave = refused.wave.and_then(|wave| counted.waves.get(wave));
            (wave.map_or_else(String::new, |wave| wave.label.clone()), {
                reasons(&Refused { wave: None, ..refused.clone() }, counted, self.declared.as_ref())
            })
        };
        self.solved.refused().iter().map(of).collect()
    }
}

impl DesignVariance for Designed {
    fn mean(&self, answers: &[CellAnswers]) -> Option<DesignMean> {
        let answers = listed(answers);
        let mean = self.solved.mean(&answers)?;
        let variance = match &self.replicated {
            Some(replicated) => replicated.variance_by_replicates(&answers)?,
            None => mean.variance,
        };
        Some(DesignMean {
            mean: mean.mean,
            variance,
            kish_n: mean.kish_n,
            degrees_of_freedom: mean.degrees_of_freedom as f64,
            clusters: mean.clusters,
        })
    }

    fn is_drawn(&self) -> bool {
        !self.drawn.is_empty()
    }

    fn covariances(
        &self,
        groups: &[DomainAnswers],
        domains: usize,
        wanted: &dyn Fn(usize, usize) -> bool,
    ) -> Option<DesignCovariances> {
        let (lists, of) = members(groups);
        let groups: Vec<Members> =
            of.iter().zip(&lists).map(|(d, a)| Members { domains: d, answers: a }).collect();
        let found = match &self.replicated {
            Some(replicated) => replicated.covariances(&groups, domains, wanted),
            None => self.solved.covariances(&groups, domains, wanted),
        };
        found.map(known)
    }

    fn covariances_of_weights(&self, groups: &[DomainAnswers], domains: usize) -> Option<DesignCovariances> {
        let (lists, of) = members(groups);
        let groups: Vec<Members> =
            of.iter().zip(&lists).map(|(d, a)| Members { domains: d, answers: a }).collect();
        self.solved.covariances_of_weights(&groups, domains).map(known)
    }
}

fn listed(answers: &[CellAnswers]) -> Vec<Answers> {
    let one = |answers: &CellAnswers| Answers {
        cell: answers.cell,
        x: answers.x,
        n: answers.n,
        sum: answers.sum,
        sum_of_squares: answers.sum_of_squares,
    };
    answers.iter().map(one).collect()
}

/// By group its answers and its domains.
fn members(groups: &[DomainAnswers]) -> (Vec<Vec<Answers>>, Vec<&[usize]>) {
    let lists = groups.iter().map(|group| listed(&group.answers)).collect();
    (lists, groups.iter().map(|group| group.domains.as_slice()).collect())
}

fn known(found: Covariances) -> DesignCovariances {
    let rows = |row: Vec<u64>| row.into_iter().map(|df| df as f64).collect();
    DesignCovariances {
        means: found.means,
        covariances: found.covariances,
        degrees_of_freedom: found.degrees_of_freedom.into_iter().map(rows).collect(),
        of_all: found.of_all,
        shares_units: found.shares_units,
    }
}
