//! From a survey to what is to be counted: one variable a column, one tally a question, the groupings, the waves.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::measures::IntervalsError;
use crate::stats::Confidence;
use crate::survey::{Columns, DateColumn, Measure, Question, Segment, Survey, WaveRule, did_you_mean};
use crate::tally::{Coding, Plan, Tally, Variable, WavePlan};

use super::checklist::{self, ChecklistMap, ChecklistPlan};
use super::crosstab::{self, CrosstabError, CrosstabMap};
use super::design;
use super::exclusions;
use super::inferred_direction::{self, JointRatings};
use super::scope::{Scope, WaveChoice, WeightChoice};

/// Where the parts of the survey stand in the plan and in its counts.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanMap {
    /// By question: the index of its tally; `None` for text questions.
    pub tallies: Vec<Option<usize>>,
    /// By question: the ids of its variables, as the ledger names them.
    pub variables: Vec<Vec<String>>,
    /// By grouping: the segment ids; the total, first, has none.
    pub groupings: Vec<Vec<String>>,
    /// The weight column.
    pub weight: Option<String>,
    /// The variables of the design, in the order raking, stratum, cluster: segment ids or column names.
    pub design: Vec<String>,
    /// How rows are split into waves.
    pub wave: Option<WaveRule>,
    /// The confidence level.
    pub confidence: Confidence,
    /// By the place of an exclusion, its reason in the words of the definition.
    pub(super) reasons: BTreeMap<usize, String>,
    /// Ratings counted together, to check which end was taken as best.
    pub(super) joint_ratings: Vec<JointRatings>,
    /// Where the counts of a checklist stand beside its answers.
    pub(super) checklist: Option<ChecklistMap>,
    /// The tables that are asked for.
    pub(super) crosstab: Option<CrosstabMap>,
    /// What is odd about the condition, though it can be used.
    pub cautions: Vec<Diagnostic>,
}

/// What cannot be planned.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// `--by` names no segment of the survey.
    #[error("`{found}` is no segment of this survey{}", hint(found, suggestion.as_deref(), known, *is_column, "segments"))]
    UnknownSegment {
        /// As typed.
        found: String,
        /// The nearest id.
        suggestion: Option<String>,
        /// The ids there are.
        known: Vec<String>,
        /// Whether the files have a column of that name.
        is_column: bool,
    },
    /// A crossing names a segment twice.
    #[error("the crossing `{}` names `{segment}` twice", crossing.join("*"))]
    RepeatedSegment {
        /// The crossing.
        crossing: Vec<String>,
        /// The segment.
        segment: String,
    },
    /// The condition is wrong.
    #[error("{}", first_message(.0))]
    Filter(Vec<Diagnostic>),
    /// Calendar waves need a date.
    #[error("calendar waves need the date of the answer; name its column by `date` under `[data]`")]
    WavesWithoutDate,
    /// A wave was asked for where there are none.
    #[error("this survey has no waves; split it by its date with `--every`, or define `wave` under `[data]`")]
    NoWaves,
    /// Ages need a date.
    #[error("segment `{segment}` needs the date of the answer; name its column by `date` under `[data]`")]
    AgeWithoutDate {
        /// The segment.
        segment: String,
    },
    /// No confidence level.
    #[error("`{0}` is no confidence level; give one from 0.5 to 0.9999, such as 0.95")]
    Confidence(f64),
    /// What was asked of tables.
    #[error(transparent)]
    Crosstab(#[from] CrosstabError),
    /// The interval methods cannot be used.
    #[error(transparent)]
    Intervals(#[from] IntervalsError),
}

/// What is to be counted.
///
/// # Errors
/// What was typed and does not fit the survey.
pub fn plan(survey: &Survey, scope: &Scope) -> Result<(Plan, PlanMap), PlanError> {
    let level = scope.confidence.unwrap_or(survey.confidence);
    let confidence = Confidence::new(level)
        .filter(|confidence| (0.5..=0.9999).contains(&confidence.level()))
        .ok_or(PlanError::Confidence(level))?;
    let weight = match &scope.weight {
        Some(WeightChoice::Column(column)) => Some(column.clone()),
        Some(WeightChoice::Unweighted) => None,
        None => survey.data.weight.clone(),
    };
    if weight.is_some() || design::is_declared(survey, scope) {
        scope.intervals.check_weighted()?;
    }
    let wave = wave_plan(survey, scope)?;
    let mut variables = Vec::new();
    let mut tallies = Vec::new();
    let mut by_question = Vec::new();
    let mut names = Vec::new();
    let mut first_variables = Vec::new();
    let mut of_question = Vec::new();
    for question in &survey.questions {
        let before = variables.len();
        first_variables.push(before);
        by_question.push(question_tally(question, &mut variables, &mut tallies));
        of_question.push(before..variables.len());
        names.push(variables[before..].iter().map(|variable| variable.id.clone()).collect());
    }
    let pairs = if scope.inferred && scope.crosstab.is_none() {
        inferred_direction::pairs(survey)
    } else {
        Vec::new()
    };
    let joint_ratings = pairs
        .into_iter()
        .map(|(reference, rating)| {
            tallies.push(Tally::Pair(first_variables[reference], first_variables[rating]));
            JointRatings { reference, rating, tally: tallies.len() - 1 }
        })
        .collect();
    let ChecklistPlan { map: checklist, bases: of_items } =
        checklist::plan(survey, &mut variables, &mut tallies, &of_question);
    let first_segment = variables.len();
    for segment in &survey.segments {
        variables.push(segment_variable(survey, segment)?);
    }
    let design = design::plan(survey, scope, first_segment, &mut variables);
    let of_design = design.raking.iter().chain(&design.stratum).chain(&design.cluster);
    let design_names = of_design.map(|variable| variables[*variable].id.clone()).collect();
    let tables = scope.crosstab.as_ref().map(|ask| {
        let at = crosstab::Variables {
            of_question: &of_question,
            first_segment,
            waves: wave.is_some(),
            weighted: weight.is_some() || !design.is_empty(),
        };
        crosstab::plan(survey, scope, ask, &at, (&tallies, &by_question))
    });
    let (plan_groupings, crosstab) = if let Some(tables) = tables.transpose()? {
        (tallies, by_question) = (tables.tallies, tables.by_question);
        (tables.groupings, Some(tables.map))
    } else {
        let indexes = |grouping: Vec<usize>| grouping.iter().map(|segment| first_segment + segment).collect();
        (groupings(survey, scope)?.into_iter().map(indexes).collect(), None)
    };
    let ids =
        |grouping: &Vec<usize>| grouping.iter().map(|variable| variables[*variable].id.clone()).collect();
    let map_groupings = plan_groupings.iter().map(ids).collect();
    let (exclusions, cautions) = exclusions::of(survey, scope, &mut variables)?;
    let reasons = exclusions::reasons(survey, &exclusions);
    let mut bases = exclusions::bases(survey, scope, &mut variables, &of_question)?;
    bases.extend(of_items);
    let map = PlanMap {
        tallies: by_question,
        variables: names,
        groupings: map_groupings,
        weight: weight.clone(),
        design: design_names,
        wave: wave.as_ref().map(|wave| wave.rule.clone()),
        confidence,
        reasons,
        joint_ratings,
        checklist,
        crosstab,
        cautions,
    };
    let missing = survey.data.missing.clone();
    Ok((
        Plan {
            variables,
            tallies,
            groupings: plan_groupings,
            wave,
            weight,
            design,
            exclusions,
            bases,
            missing,
            decimal: survey.data.decimal,
        },
        map,
    ))
}

fn wave_plan(survey: &Survey, scope: &Scope) -> Result<Option<WavePlan>, PlanError> {
    let data = &survey.data;
    let Some(rule) = scope.every.map(WaveRule::Every).or_else(|| data.wave.clone()) else {
        return match scope.wave {
            None | Some(WaveChoice::Latest | WaveChoice::All) => Ok(None),
            Some(WaveChoice::Running | WaveChoice::Named(_)) => Err(PlanError::NoWaves),
        };
    };
    if matches!(rule, WaveRule::Every(_)) && data.date.is_none() {
        return Err(PlanError::WavesWithoutDate);
    }
    Ok(Some(WavePlan {
        rule,
        date: data.date.clone(),
        fiscal_year_start: data.fiscal_year_start,
        fiscal_year_named_end: data.fiscal_year_named_end,
    }))
}

fn question_tally(
    question: &Question,
    variables: &mut Vec<Variable>,
    tallies: &mut Vec<Tally>,
) -> Option<usize> {
    if question.measure == Measure::Text {
        return None;
    }
    let place = variables.len();
    let tally = match &question.columns {
        Columns::One(columns) => {
            let coding = question_coding(question);
            let tally = match coding {
                Coding::Multiple { .. } => Tally::Multiple(place),
                Coding::Number => Tally::Number(place),
                _ => Tally::Single(place),
            };
            variables.push(Variable { id: question.id.clone(), columns: columns.clone(), coding });
            tally
        }
        Columns::Pair { first, second } => {
            let parts = match question.measure {
                Measure::Kano => ["functional", "dysfunctional"],
                _ => ["expectation", "perception"],
            };
            for (part, columns) in parts.into_iter().zip([first, second]) {
                let id = format!("{}.{part}", question.id);
                variables.push(Variable { id, columns: columns.clone(), coding: question_coding(question) });
            }
            Tally::Pair(place, place + 1)
        }
    };
    tallies.push(tally);
    Some(tallies.len() - 1)
}

pub(super) fn question_coding(question: &Question) -> Coding {
    let labels = question.option_texts();
    match (question.measure, &question.scale) {
        (Measure::Number, _) => Coding::Number,
        (Measure::Multi, _) => Coding::Multiple {
            labels,
            separator: question.separator.clone().unwrap_or_else(|| DEFAULT_SEPARATOR.to_owned()),
            missing: question.missing.clone(),
        },
        (Measure::Choice | Measure::Text, _) | (_, None) => {
            let closed = !labels.is_empty();
            Coding::Category { labels, closed }
        }
        (_, Some(scale)) => Coding::Scale(scale.clone()),
    }
}

/// What separates the answers of a multi question unless the definition says otherwise.
const DEFAULT_SEPARATOR: &str = ";";

pub(super) fn segment_variable(survey: &Survey, segment: &Segment) -> Result<Variable, PlanError> {
    let coding = if segment.bands.is_empty() {
        Coding::Category { labels: segment.labels.clone(), closed: false }
    } else if segment.age {
        let date: DateColumn = survey
            .data
            .date
            .clone()
            .ok_or_else(|| PlanError::AgeWithoutDate { segment: segment.id.clone() })?;
        Coding::AgeBands { bands: segment.bands.clone(), date }
    } else {
        Coding::Bands(segment.bands.clone())
    };
    Ok(Variable { id: segment.id.clone(), columns: segment.columns.clone(), coding })
}

/// The total, each segment, each crossing asked for; as indexes of segments.
fn groupings(survey: &Survey, scope: &Scope) -> Result<Vec<Vec<usize>>, PlanError> {
    let mut groupings: Vec<Vec<usize>> = vec![Vec::new()];
    groupings.extend((0..survey.segments.len()).map(|segment| vec![segment]));
    for crossing in &scope.by {
        let mut grouping = Vec::new();
        for name in crossing {
            let segment = segment_index(survey, scope, name)?;
            if grouping.contains(&segment) {
                return Err(PlanError::RepeatedSegment { crossing: crossing.clone(), segment: name.clone() });
            }
            grouping.push(segment);
        }
        let same = |other: &Vec<usize>| {
            other.len() == grouping.len() && other.iter().all(|segment| grouping.contains(segment))
        };
        if !groupings.iter().any(same) {
            groupings.push(grouping);
        }
    }
    Ok(groupings)
}

fn segment_index(survey: &Survey, scope: &Scope, name: &str) -> Result<usize, PlanError> {
    survey.segments.iter().position(|segment| segment.id == name).ok_or_else(|| {
        let known: Vec<String> = survey.segments.iter().map(|segment| segment.id.clone()).collect();
        let suggestion = did_you_mean(name, known.iter().map(String::as_str)).map(str::to_owned);
        let is_column = scope.columns.iter().any(|column| column == name);
        PlanError::UnknownSegment { found: name.to_owned(), suggestion, known, is_column }
    })
}

/// What may have been meant by an id that is none; `missing` is what the survey has none of where it has no ids.
pub(super) fn hint(
    found: &str,
    suggestion: Option<&str>,
    known: &[String],
    is_column: bool,
    missing: &str,
) -> String {
    if is_column {
        return format!(
            ", though a column; make it one with `[segment.{found}]` in the definition, or `--as {found}=segment` \
             without one"
        );
    }
    match (suggestion, known) {
        (Some(suggestion), _) => format!("; did you mean `{suggestion}`?"),
        (None, []) => format!("; it has no {missing}"),
        (None, known) => format!("; there are {}", known.join(", ")),
    }
}

fn first_message(complaints: &[Diagnostic]) -> String {
    complaints.first().map_or_else(String::new, |complaint| complaint.message.clone())
}

#[cfg(test)]
mod tests {
    use super::{PlanError, plan};
    use crate::analysis::sample::{day, quarterly, survey};
    use crate::analysis::{Scope, WaveChoice, WeightChoice};
    use crate::measures::{Intervals, sample::question};
    use crate::survey::expression;
    use crate::survey::{Measure, Period, WaveRule};
    use crate::tally::{Coding, Tally};

    fn scope() -> Scope {
        Scope::new(day(2026, 7, 1))
    }

    #[test]
    fn one_tally_a_question_and_the_total_first_among_the_groupings() {
        let mut survey = survey();
        survey.questions.push(question("staff", Measure::Gap));
        survey.questions.push(question("services", Measure::Multi));
        survey.questions.push(question("minutes", Measure::Number));
        let (plan, map) = plan(&survey, &scope()).unwrap();
        assert_eq!(map.tallies, [Some(0), None, Some(1), Some(2), Some(3)]);
        assert_eq!(plan.tallies, [Tally::Single(0), Tally::Pair(1, 2), Tally::Multiple(3), Tally::Number(4)]);
        assert_eq!(map.variables[2], ["staff.expectation", "staff.perception"]);
        assert_eq!(plan.groupings, [vec![], vec![5]]);
        assert_eq!(map.groupings, [Vec::<String>::new(), vec!["region".to_owned()]]);
    }

    #[test]
    fn crossings_are_added_once_and_unknown_segments_are_named() {
        let mut survey = survey();
        let mut age = survey.segments[0].clone();
        age.id = "age".to_owned();
        survey.segments.push(age);
        let by = |lists: &[&[&str]]| {
            let by = lists.iter().map(|list| list.iter().map(|name| (*name).to_owned()).collect()).collect();
            Scope { by, ..scope() }
        };
        let (_, map) = plan(&survey, &by(&[&["region", "age"], &["age", "region"], &["age"]])).unwrap();
        assert_eq!(map.groupings.len(), 4);
        let error = plan(&survey, &by(&[&["regio"]])).unwrap_err();
        assert_eq!(error.to_string(), "`regio` is no segment of this survey; did you mean `region`?");
        let error = plan(&survey, &by(&[&["tenure"]])).unwrap_err();
        assert_eq!(error.to_string(), "`tenure` is no segment of this survey; there are region, age");
        assert!(matches!(plan(&survey, &by(&[&["age", "age"]])), Err(PlanError::RepeatedSegment { .. })));
    }

    #[test]
    fn a_condition_gets_a_variable_for_every_name_it_uses() {
        let condition = expression::parse("overall >= 4 and branch = \"B1\" and region = \"N\"").unwrap();
        let columns = vec!["branch".to_owned()];
        let scope = Scope { filter: Some(condition.clone()), columns, ..scope() };
        let (planned, _) = plan(&survey(), &scope).unwrap();
        for name in condition.names() {
            assert!(planned.variables.iter().any(|variable| variable.id == name), "{name}");
        }
        let branch = planned.variables.iter().find(|variable| variable.id == "branch").unwrap();
        assert!(matches!(branch.coding, Coding::Category { closed: false, .. }));
        let unknown = Scope { columns: Vec::new(), ..scope };
        assert!(matches!(plan(&survey(), &unknown), Err(PlanError::Filter(_))));
    }

    #[test]
    fn the_column_of_a_question_is_coded_like_the_question() {
        let mut survey = survey();
        survey.questions.push(question("staff", Measure::Gap));
        let filter = Some(expression::parse("staff_expected >= 5").unwrap());
        let (planned, _) = plan(&survey, &Scope { filter, ..scope() }).unwrap();
        let variable = planned.variables.iter().find(|variable| variable.id == "staff_expected").unwrap();
        assert!(matches!(variable.coding, Coding::Scale(_)));
    }

    #[test]
    fn waves_need_a_date_and_a_named_wave_needs_waves() {
        let every = Scope { every: Some(Period::Month), ..scope() };
        assert_eq!(plan(&survey(), &every).unwrap_err(), PlanError::WavesWithoutDate);
        let (planned, _) = plan(&quarterly(), &every).unwrap();
        assert_eq!(planned.wave.unwrap().rule, WaveRule::Every(Period::Month));
        let named = Scope { wave: Some(WaveChoice::Named("2026-Q1".to_owned())), ..scope() };
        assert_eq!(plan(&survey(), &named).unwrap_err(), PlanError::NoWaves);
        assert!(plan(&survey(), &Scope { wave: Some(WaveChoice::Latest), ..scope() }).is_ok());
    }

    #[test]
    fn resampling_is_refused_with_weights_before_anything_is_read() {
        let intervals = Intervals::parse("bootstrap-bca").unwrap();
        let weight = Some(WeightChoice::Column("w".to_owned()));
        let weighted = Scope { weight, intervals, ..scope() };
        assert!(matches!(plan(&survey(), &weighted), Err(PlanError::Intervals(_))));
        let mut survey = survey();
        survey.data.weight = Some("w".to_owned());
        let without = Scope { intervals, weight: Some(WeightChoice::Unweighted), ..scope() };
        assert_eq!(plan(&survey, &without).unwrap().0.weight, None);
        assert_eq!(plan(&survey, &scope()).unwrap().0.weight.as_deref(), Some("w"));
    }

    #[test]
    fn a_level_outside_its_range_is_refused() {
        for level in [0.4, 1.0, 95.0, f64::NAN] {
            assert!(matches!(
                plan(&survey(), &Scope { confidence: Some(level), ..scope() }),
                Err(PlanError::Confidence(_))
            ));
        }
    }
}
