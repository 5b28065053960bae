//! What drives an outcome: how much of its variation each rating accounts for, how sure, and what a point more goes with.
//!
//! Association, not cause: nobody was assigned to an answer.

mod absent;
mod ask;
mod columns;
mod contrast;
mod error;
mod groups;
mod key_drivers;
mod levels;
mod model;
mod model_rows;
mod population;
mod ranks;
mod table;
mod turned;

pub use ask::{ContrastPoints, DriversAsk, DriversMissing, OutcomeOf};
pub use error::DriversError;

use crate::measures::{Drivers, MOST_DRAWN_ROWS, Patterns, Resampling, rounded};
use crate::report::{DriversCaution, DriversSection, Flag, Note, OutcomeLevel};
use crate::stats::{Interval, MOST_EXACT};
use crate::survey::Survey;
use crate::tally::{Plan, Stratum};

use self::columns::ModelColumns;
use self::model::{Answers, Model, Outcome, outcome_variables};
use self::table::{Making, Table};
use super::priorities::{self, Axis, Drawn};
use super::ratings::{KeptRatings, Ratings, RatingsAsk};
use super::scope::{Depth, Scope};
use super::sections::Subject;

/// Steps that resampling may take in a report: well below a second.
const STEPS_OF_REPORT: u64 = 40_000_000;

/// Steps that it may take where drivers are asked for: about ten seconds on two cores.
const STEPS_OF_COMMAND: u64 = 8_000_000_000;

/// The replicates of a bootstrap where there is time for them: limits are then known to about half a point in a hundred of
/// the replicates on either side.
const MOST_RESAMPLES: u32 = 2000;

/// Orders by which R² is parted in a resample, where there are too many subsets.
const ORDERS_OF_RESAMPLE: u64 = 50;

/// Fewer resamples say nothing of use.
const FEWEST_RESAMPLES: u32 = 200;

/// With fewer answers a driver figures change with every few respondents.
const ANSWERS_A_DRIVER: u64 = 10;

/// Subsets of more drivers than these are not looked at in a resample.
const MOST_SUBSETS: usize = 16;

/// More drivers than these are hardly told apart by any survey.
const MOST_DRIVERS: usize = 40;

/// A report tells drivers from so many on.
const FEWEST_OF_REPORT: usize = 2;

/// Checks what was typed against a survey.
///
/// # Errors
/// What does not fit.
pub fn check_drivers(survey: &Survey, columns: &[String], ask: &DriversAsk) -> Result<(), DriversError> {
    Model::new(survey, columns, ask).map(|_| ())
}

/// What is asked: as typed, else what a report has of itself.
fn asked(survey: &Survey, scope: &Scope) -> Option<DriversAsk> {
    if scope.drivers.is_some() || scope.depth != Depth::Report || scope.crosstab.is_some() {
        return scope.drivers.clone();
    }
    let ask = DriversAsk::default();
    let marked = survey.questions.iter().any(|question| question.overall);
    let model = Model::new(survey, &scope.columns, &ask).ok().filter(|_| marked)?;
    (model.predictors.len() >= FEWEST_OF_REPORT).then_some(ask)
}

/// Adds the answers that are read; whether any are.
pub(super) fn want(survey: &Survey, scope: &Scope, plan: &Plan, into: &mut RatingsAsk) -> bool {
    let Some(ask) = asked(survey, scope) else { return false };
    let Ok(model) = Model::new(survey, &scope.columns, &ask) else { return false };
    match &model.outcome {
        Outcome::Question(question) => into.question(plan, &question.id),
        Outcome::Column { columns, .. } => {
            for variable in outcome_variables(columns) {
                into.extra(variable);
            }
        }
    }
    if model.outcome.has_levels() {
        for question in survey.questions.iter().filter(|question| question.scale.is_some()) {
            into.question(plan, &question.id);
        }
    }
    for predictor in &model.predictors {
        match &predictor.answers {
            Answers::Of(id) => into.question(plan, id),
            Answers::Gap { expectation, perception } => {
                into.question(plan, expectation);
                into.question(plan, perception);
            }
        }
    }
    for segment in scope.by.iter().flatten() {
        into.segment(plan, segment);
    }
    true
}

/// The drivers of an outcome, with what was drawn to tell how sure they are.
pub(super) struct Driven {
    pub(super) section: DriversSection,
    /// Where the drivers stood in every replicate, in the order of the section's rows.
    pub(super) drawn: Drawn,
    /// Whether these are of groups left out instead of rows drawn.
    pub(super) by_groups: bool,
    /// By row the upper limit of its correlation with the outcome; the correlation itself where nothing was drawn.
    pub(super) correlation_highs: Vec<Option<f64>>,
}

/// The section of the drivers asked for; `None` where none are asked for, or where a report of other things says in a
/// remark why there are none.
///
/// # Errors
/// Rows of which no model can be made, where nothing else is asked for.
pub(super) fn section(
    subject: &Subject<'_>,
    total: &Stratum,
    remarks: &mut Vec<Note>,
) -> Result<Option<Driven>, DriversError> {
    let Some(ask) = asked(subject.survey, subject.scope) else { return Ok(None) };
    let Some((ratings, kept)) = subject.ratings else { return Ok(None) };
    match made(subject, total, (ratings, kept), &ask) {
        Ok(section) => Ok(Some(section)),
        Err(error) if !subject.scope.is_of_rows() => {
            let outcome = subject.survey.questions.iter().find(|question| question.overall);
            remarks.extend(outcome.map(|outcome| absent::note(&outcome.id, &error)));
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

fn made(
    subject: &Subject<'_>,
    total: &Stratum,
    (ratings, kept): (&Ratings<'_>, KeptRatings<'_>),
    ask: &DriversAsk,
) -> Result<Driven, DriversError> {
    let (survey, scope) = (subject.survey, subject.scope);
    let model = Model::new(survey, &scope.columns, ask)?;
    let crosshair = priorities::crosshair(survey, Axis::Derived);
    let empty = DriversSection {
        wave: subject.wave(),
        crosshair: crosshair.name().to_owned(),
        outcome: model.outcome.id().to_owned(),
        outcome_of: model.of.name().to_owned(),
        outcome_guessed: model.guessed,
        missing: ask.missing.name().to_owned(),
        ..DriversSection::default()
    };
    if let Some(flag) = hidden(subject, &model, total) {
        return Ok(Driven {
            section: DriversSection { flag: Some(flag), ..empty },
            drawn: Drawn::new(),
            by_groups: false,
            correlation_highs: Vec::new(),
        });
    }
    let columns = ModelColumns::new(&model, ratings)?;
    let patterns = columns.patterns(|_| true, kept.threads);
    let context = subject.context_of(total, &[]);
    let sums = Drivers::new(&patterns, ask.missing.answers(), kept.threads);
    let left = population::left(context.population, sums.coverage(), ask.missing);
    let steps = if scope.is_of_rows() { STEPS_OF_COMMAND } else { STEPS_OF_REPORT };
    let affordable = affordable(&patterns, steps).min(MOST_RESAMPLES);
    let replicates = match ask.resamples {
        // Nothing is drawn of what is known of everybody.
        _ if left <= 0.0 => 0,
        Some(asked) => asked,
        None => affordable,
    };
    let how = Resampling {
        replicates,
        seed: scope.seed,
        threads: kept.threads,
        confidence: subject.map.confidence,
        progress: kept.progress,
        left,
    };
    let making = Making {
        model: &model,
        ask,
        columns: &columns,
        sampled: ratings.rows() as u64,
        how,
        crosshair,
        ignores_design: !subject.map.design.is_empty()
            && (survey.data.stratum.is_some() || survey.data.cluster.is_some()),
        weighted: ratings.weights().is_some(),
    };
    let table = Table::of(&making, &patterns, &sums)?;
    let (groups, differences) = groups::groups(subject, &making, ratings);
    let [dissatisfiers, enhancers] =
        if model.of == OutcomeOf::Mean { key_drivers::tables(&making, &patterns) } else { [None, None] };
    let levels = if model.outcome.has_levels() {
        let fewest = scope.suppress_below.unwrap_or(survey.suppress_below);
        let mut levels = levels::levels(survey, &columns, ratings, &context);
        // The outcomes of a few respondents are as good as their own, and what is left of all less the others is theirs:
        // where one is small, all of its sort are hidden.
        let is_group = |level: &OutcomeLevel| level.level.parse::<f64>().is_err();
        for groups in [true, false] {
            if levels.iter().any(|level| is_group(level) == groups && level.base < fewest) {
                levels.retain(|level| is_group(level) != groups);
            }
        }
        // Groups of scores and single scores tell each other's rest.
        if levels.iter().all(is_group) && fewest > 0 && levels.len() < 3 {
            levels.clear();
        }
        levels
    } else {
        Vec::new()
    };
    let spread = table.spread.as_ref();
    let interval = spread.and_then(|spread| spread.r2);
    let parted = if model.predictors.len() > MOST_EXACT { "lmg, sampled orders" } else { "lmg" };
    let finite = if left < 1.0 { ", finite population" } else { "" };
    let method = spread.map_or_else(
        || parted.to_owned(),
        |spread| {
            let extended = if spread.extended && table.told { ", extended" } else { "" };
            format!("{parted}, {}{extended}{finite}", spread.method)
        },
    );
    let unit = match (&model.outcome, model.of) {
        (_, OutcomeOf::TopBox | OutcomeOf::Nps) => "points",
        (Outcome::Question(question), _) if question.scale.is_some() => "scale",
        _ if columns.is_yes_no() => "points",
        _ => "number",
    };
    let by_groups = spread.is_some_and(|spread| spread.method == "jackknife");
    let correlation_limits = table.correlation_limits();
    let correlation_highs =
        correlation_limits.iter().map(|limits| limits.map(|limits| limits.high)).collect();
    let section = DriversSection {
        outcome_unit: unit.to_owned(),
        base: Some(table.base),
        rows_shown: Some(ratings.rows() as u64),
        rows_complete: Some(table.complete),
        r2: rounded(table.found.r2),
        r2_low: interval.and_then(|interval| rounded(interval.low)),
        r2_high: interval.and_then(|interval| rounded(interval.high)),
        method,
        resamples: spread.map(|spread| spread.replicates as u64),
        condition: rounded(table.found.condition),
        correlation_moved: Some(table.found.moved).filter(|moved| *moved > 0.0).and_then(rounded),
        census: left <= 0.0,
        outcome_unread: columns.unread().filter(|unread| *unread > 0),
        ignores_design: making.ignores_design,
        performance_line: table.lines.map(|lines| lines.0),
        importance_line: table.lines.map(|lines| lines.1),
        cautions: doubts(&table, &model, &correlation_limits),
        rows: table.rows,
        groups,
        differences,
        dissatisfiers,
        enhancers,
        levels,
        ..empty
    };
    Ok(Driven { section, drawn: table.drawn, by_groups, correlation_highs })
}

/// What makes the table doubtful altogether, by the driver with the fewest answers.
fn doubts(table: &Table, model: &Model<'_>, correlations: &[Option<Interval>]) -> Vec<DriversCaution> {
    let fewest = table.rows.iter().filter_map(|row| row.base).min().unwrap_or(table.base);
    let few = fewest < ANSWERS_A_DRIVER.saturating_mul(model.predictors.len() as u64);
    let turned = model.outcome.scale().is_some() && turned::is_outcome(correlations);
    let all = [
        (few, DriversCaution::FewAnswers),
        (!table.told, DriversCaution::HardlyExplains),
        (turned, DriversCaution::OutcomeSeemsTurned),
    ];
    all.into_iter().filter_map(|(is_so, caution)| is_so.then_some(caution)).collect()
}

/// How often rows are resampled in so many steps, in hundreds: never below 200.
fn affordable(patterns: &Patterns, steps: u64) -> u32 {
    // These are left out by groups.
    if patterns.rows() > MOST_DRAWN_ROWS {
        return MOST_RESAMPLES;
    }
    let columns = patterns.predictors() as u64 + 1;
    let mut codes = vec![0; patterns.predictors() + 1];
    // Only distinct rows are summed, and those with every answer in half a square of products, the others in four whole ones.
    let of_rows: u64 = (0..patterns.len())
        .map(|pattern| {
            patterns.codes(pattern, &mut codes);
            if codes.contains(&0) { 4 } else { 1 }
        })
        .sum();
    let of_parts = if patterns.predictors() > MOST_SUBSETS {
        // So many orders and their reverses, each a third of a cube.
        ORDERS_OF_RESAMPLE.saturating_mul(columns.pow(3)) * 2 / 3
    } else {
        8 << patterns.predictors()
    };
    let of_one =
        of_rows.saturating_mul(columns.pow(2)).saturating_add(of_parts).saturating_add(patterns.rows());
    let replicates = u32::try_from(steps / of_one.max(1)).unwrap_or(u32::MAX);
    (replicates / 100 * 100).max(FEWEST_RESAMPLES)
}

/// Why the figures of a stratum are hidden, if they are.
fn hidden(subject: &Subject<'_>, model: &Model<'_>, stratum: &Stratum) -> Option<Flag> {
    let mut questions = model.predictors.iter().map(|predictor| predictor.question.id.as_str());
    let outcome = [model.outcome.id()];
    outcome.into_iter().chain(&mut questions).find_map(|id| {
        let index = subject.survey.questions.iter().position(|question| question.id == *id)?;
        (subject.hidden)(index, stratum)
    })
}

#[cfg(test)]
mod tests {
    use super::{FEWEST_RESAMPLES, MOST_RESAMPLES, Patterns, STEPS_OF_COMMAND, STEPS_OF_REPORT, affordable};
    use crate::measures::{PatternColumn, RowCodes};

    struct Rows {
        is_whole: bool,
    }

    impl RowCodes for Rows {
        fn write(&self, column: usize, rows: &[u32], into: &mut [u32]) {
            for (row, code) in rows.iter().zip(into) {
                let digit = row / 5_u32.pow(u32::try_from(column % 8).unwrap()) % 5;
                *code = if self.is_whole || column > 0 { digit + 1 } else { 0 };
            }
        }

        fn weight(&self, _: u32) -> Option<f64> {
            None
        }
    }

    /// So many different rows of an outcome and so many drivers.
    fn patterns(rows: u32, drivers: usize, is_whole: bool) -> Patterns {
        let columns = vec![PatternColumn { values: (1..=5).map(f64::from).collect() }; drivers + 1];
        let rows: Vec<u32> = (0..rows).collect();
        Patterns::new(columns, &rows, &Rows { is_whole }, 1)
    }

    #[test]
    fn many_drivers_and_rows_are_drawn_less_often_and_never_below_the_fewest() {
        let of = |rows, drivers, steps| affordable(&patterns(rows, drivers, true), steps);
        // What has to be drawn 2,000 times in ten seconds.
        assert!(of(5000, 15, STEPS_OF_COMMAND) >= MOST_RESAMPLES);
        assert!(of(5000, 22, STEPS_OF_COMMAND) < of(5000, 12, STEPS_OF_COMMAND));
        assert!(affordable(&patterns(5000, 22, false), STEPS_OF_COMMAND) < of(5000, 22, STEPS_OF_COMMAND));
        assert_eq!(of(50_000, 40, STEPS_OF_REPORT), FEWEST_RESAMPLES);
        assert_eq!(of(5000, 22, STEPS_OF_COMMAND) % 100, 0);
    }
}
