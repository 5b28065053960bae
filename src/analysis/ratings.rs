//! The answers of the rows shown: what analyses of rows have in common.
//!
//! The pass keeps a code an answer ([`RatingsAsk`]), the analysis reads them ([`Ratings`]). Points are told from the worst to the best, so that an analysis need not know which
//! end of a scale is which: on a scale whose smallest number is the best a point p stands for min + max - p.

use crate::survey::{Best, Missing, Survey};
use crate::tally::{AnswerRows, Coding, Counted, DesignPlan, Plan, Variable, Wanted};

use super::constructs;
use super::design::Designed;
use super::drivers;
use super::gaps;
use super::priorities;
use super::row_weights::{FinalWeights, design_variables};
use super::scope::Scope;
use super::shown_rows::ShownRows;

/// What a pass has to keep for analyses of rows: together one byte an answer, for most scales.
#[derive(Clone, Debug)]
pub struct RatingsAsk {
    /// What the pass has to keep; whoever keeps more adds it behind.
    pub wanted: Wanted,
    design: DesignPlan,
    /// Where the variables of the design stand among the columns kept.
    design_columns: Vec<usize>,
    /// By id of a variable of a question, its column.
    questions: Vec<(String, usize)>,
    /// By id of a segment, its column.
    segments: Vec<(String, usize)>,
    /// The bands of segments of bands, by column.
    bands: Vec<(usize, Vec<String>)>,
}

impl RatingsAsk {
    /// The variables of the weighting design, without which no row has its final weight.
    pub(super) fn new(plan: &Plan) -> Self {
        let mut ask = Self {
            wanted: Wanted::default(),
            design: plan.design.clone(),
            design_columns: Vec::new(),
            questions: Vec::new(),
            segments: Vec::new(),
            bands: Vec::new(),
        };
        ask.design_columns = design_variables(&plan.design).map(|variable| ask.keep(variable)).collect();
        ask
    }

    /// Keeps the answers to a question by the id of its variable: `overall`, `staff.perception`.
    pub(super) fn question(&mut self, plan: &Plan, id: &str) {
        let found = plan.variables.iter().position(|variable| variable.id == id);
        if let Some(variable) = found.filter(|_| self.questions.iter().all(|(known, _)| known != id)) {
            let column = self.keep(variable);
            self.questions.push((id.to_owned(), column));
        }
    }

    /// Keeps the groups of a segment.
    pub(super) fn segment(&mut self, plan: &Plan, id: &str) {
        // Segments stand behind the questions, one of which may have the same id.
        let found = plan.variables.iter().rposition(|variable| variable.id == id);
        if let Some(variable) = found.filter(|_| self.segments.iter().all(|(known, _)| known != id)) {
            let column = self.keep(variable);
            self.segments.push((id.to_owned(), column));
            let coding = plan.variables.get(variable).map(|variable| &variable.coding);
            if let Some(Coding::Bands(bands) | Coding::AgeBands { bands, .. }) = coding {
                self.bands.push((column, bands.iter().map(|band| band.label.clone()).collect()));
            }
        }
    }

    /// Keeps a column that no question reads; its id must be no other's.
    pub(super) fn extra(&mut self, variable: Variable) {
        if self.wanted.extra.iter().all(|known| known.id != variable.id) {
            self.wanted.extra.push(variable);
        }
    }

    fn keep(&mut self, variable: usize) -> usize {
        let kept = &mut self.wanted.variables;
        kept.iter().position(|known| *known == variable).unwrap_or_else(|| {
            kept.push(variable);
            kept.len() - 1
        })
    }
}

/// What has to be kept for the analyses of rows that are asked for; `None` where there is none.
pub fn ask_ratings(survey: &Survey, scope: &Scope, plan: &Plan) -> Option<RatingsAsk> {
    let mut ask = RatingsAsk::new(plan);
    // Every analysis of rows adds what it reads.
    let wanted = [
        constructs::want(survey, scope, plan, &mut ask),
        drivers::want(survey, scope, plan, &mut ask),
        gaps::want(survey, scope, plan, &mut ask),
        priorities::want(survey, scope, plan, &mut ask),
    ];
    wanted.contains(&true).then_some(ask)
}

/// The answers of the counted rows of the wave shown; rows are numbered from 0 in file order.
pub(super) struct Ratings<'a> {
    rows: &'a AnswerRows,
    /// The rows shown among those kept.
    shown: ShownRows,
    /// Their final weights, above 0; `None` in an unweighted run.
    weights: Option<Vec<f64>>,
    /// Their cells of the design; empty without one.
    cells: Vec<u32>,
    questions: Vec<RatedColumn>,
    ask: &'a RatingsAsk,
}

/// The answers to one question.
#[derive(Clone, Debug, PartialEq)]
struct RatedColumn {
    id: String,
    column: usize,
    /// The points from the worst to the best; empty for a free number.
    points: Vec<f64>,
    /// Whether codes run from the best to the worst.
    mirrored: bool,
}

impl<'a> Ratings<'a> {
    /// The rows of a wave, by its index among those of the counts, or of all; without those that cannot be weighted and
    /// those of a target of 0.
    pub(super) fn of(
        survey: &Survey,
        counted: &'a Counted,
        (ask, rows): (&'a RatingsAsk, &'a AnswerRows),
        designed: Option<&'a Designed>,
        wave: Option<usize>,
    ) -> Self {
        let is_shown =
            |row: &usize| rows.left_out(*row).is_none() && (wave.is_none() || rows.wave(*row) == wave);
        let weight = FinalWeights::new((&ask.design, &ask.design_columns), counted, rows, designed);
        let (mut shown, mut weights) = (Vec::new(), counted.weighted.then(Vec::new));
        let mut cells = Vec::new();
        // Most files are shown as they are: a list of their rows would take as much room as four answers a row.
        let all = !counted.weighted && wave.is_none() && !rows.has_cases();
        for row in (0..if all { 0 } else { rows.rows() }).filter(is_shown) {
            // A bound of bytes keeps rows far below this.
            let Ok(place) = u32::try_from(row) else { break };
            if let Some(weights) = &mut weights {
                let (weight, cell) = weight.in_cell(row);
                if weight <= 0.0 {
                    continue;
                }
                weights.push(weight);
                cells.extend(cell.and_then(|cell| u32::try_from(cell).ok()));
            }
            shown.push(place);
        }
        let rated = |(id, column): &(String, usize)| {
            let stem = |id: &str| id.rsplit_once('.').map(|(stem, _)| stem.to_owned());
            let question = survey.questions.iter().find(|question| question.id == *id).or_else(|| {
                let stem = stem(id)?;
                survey.questions.iter().find(|question| question.id == stem)
            });
            let scale = question.and_then(|question| question.scale.as_ref());
            let mirrored = scale.is_some_and(|scale| scale.best == Best::Low);
            let points = scale.map_or_else(Vec::new, |scale| {
                let mut points: Vec<f64> = scale.numbers().map(f64::from).collect();
                if mirrored {
                    let ends = f64::from(scale.min) + f64::from(scale.max);
                    points = points.iter().rev().map(|point| ends - point).collect();
                }
                points
            });
            RatedColumn { id: id.clone(), column: *column, points, mirrored }
        };
        let shown = if all { ShownRows::All(rows.rows()) } else { ShownRows::Listed(shown) };
        Self { rows, shown, weights, cells, questions: ask.questions.iter().map(rated).collect(), ask }
    }

    /// How many rows are shown.
    pub(super) fn rows(&self) -> usize {
        self.shown.len()
    }

    /// The final weights of the rows, above 0; `None` in an unweighted run.
    pub(super) fn weights(&self) -> Option<&[f64]> {
        self.weights.as_deref()
    }

    /// The final weight of a row, 1 in an unweighted run.
    pub(super) fn weight(&self, row: usize) -> f64 {
        self.weights.as_ref().and_then(|weights| weights.get(row)).copied().unwrap_or(1.0)
    }

    /// The design weight of a row, before targets, and the cell of the design in which it is, 0 without one.
    pub(super) fn in_design(&self, row: usize) -> (f64, usize) {
        let own = self.place(row).map_or(1.0, |place| self.rows.weight(place));
        let cell = self.cells.get(row).and_then(|cell| usize::try_from(*cell).ok());
        (own, cell.unwrap_or(0))
    }

    /// The place of a question among those kept, by the id of its variable.
    pub(super) fn question(&self, id: &str) -> Option<usize> {
        self.questions.iter().position(|question| question.id == id)
    }

    /// The points of a question from the worst to the best; empty for a free number.
    pub(super) fn points(&self, question: usize) -> &[f64] {
        self.questions.get(question).map_or(&[], |question| &question.points)
    }

    /// Whether the smallest number of a question is its best, so that its points are mirrored.
    pub(super) fn is_mirrored(&self, question: usize) -> bool {
        self.questions.get(question).is_some_and(|question| question.mirrored)
    }

    /// The place among [`Self::points`] of a row's answer; `None` without one.
    #[inline]
    pub(super) fn answer(&self, question: usize, row: usize) -> Option<usize> {
        let question = self.questions.get(question)?;
        let answer = self.rows.answer(question.column, self.place(row)?)?;
        if question.mirrored { (question.points.len()).checked_sub(answer + 1) } else { Some(answer) }
    }

    /// Writes of some rows, in rising order, what stands in `codes` at the place of their answer, 0 without one.
    pub(super) fn write_answers(&self, question: usize, codes: &[u32], rows: &[u32], into: &mut [u32]) {
        let Some(rated) = self.questions.get(question) else { return into.fill(0) };
        let mut by_answer = codes.to_vec();
        if rated.mirrored {
            by_answer.reverse();
        }
        self.shown.with_places(rows, |places| {
            self.rows.write_answers(rated.column, places, &by_answer, into);
        });
    }

    /// A row's answer as a number, the better the greater: the point, or the free number; `None` without one.
    pub(super) fn point(&self, question: usize, row: usize) -> Option<f64> {
        let rated = self.questions.get(question)?;
        if rated.points.is_empty() {
            return self.rows.number(rated.column, self.place(row)?);
        }
        rated.points.get(self.answer(question, row)?).copied()
    }

    /// The values of a segment in the order of its codes; none where it is not kept.
    pub(super) fn groups(&self, segment: &str) -> &[String] {
        let Some(column) = self.segment(segment) else { return &[] };
        let bands = self.ask.bands.iter().find(|(of, _)| *of == column);
        bands.map_or_else(|| self.rows.names(column), |(_, labels)| labels)
    }

    /// The place among [`Self::groups`] of a row's value; `None` without one.
    pub(super) fn group(&self, segment: &str, row: usize) -> Option<usize> {
        self.rows.answer(self.segment(segment)?, self.place(row)?)
    }

    fn segment(&self, id: &str) -> Option<usize> {
        self.ask.segments.iter().find(|(known, _)| known == id).map(|(_, column)| *column)
    }

    /// The column of a variable that was kept beside those of questions, and what its answers are called.
    pub(super) fn extra(&self, id: &str) -> Option<(usize, &[String])> {
        let column = self.rows.column(id)?;
        Some((column, self.rows.names(column)))
    }

    /// The free number of a column found by [`Self::extra`].
    pub(super) fn extra_number(&self, column: usize, row: usize) -> Option<f64> {
        self.rows.number(column, self.place(row)?)
    }

    /// The place among its names of an answer in a column found by [`Self::extra`].
    pub(super) fn extra_answer(&self, column: usize, row: usize) -> Option<usize> {
        self.rows.answer(column, self.place(row)?)
    }

    /// Whether a row has an answer in a column found by [`Self::extra`] that is not of its kind.
    pub(super) fn is_unread(&self, column: usize, row: usize) -> bool {
        self.place(row).is_some_and(|place| self.rows.code(column, place) == Missing::Invalid.code())
    }

    #[inline]
    fn place(&self, row: usize) -> Option<usize> {
        self.shown.place(row)
    }
}

/// The rows that a pass has kept for analyses of rows.
#[derive(Clone, Copy)]
pub struct KeptRatings<'a> {
    /// What was asked of the pass.
    pub ask: &'a RatingsAsk,
    /// What it kept.
    pub rows: &'a AnswerRows,
    /// How many threads may resample them; figures do not depend on it.
    pub threads: usize,
    /// Told how many of how many steps of resampling are done, from any thread.
    pub progress: Option<&'a (dyn Fn(u64, u64) + Sync)>,
}

#[cfg(test)]
mod tests {
    use super::{Ratings, RatingsAsk};
    use crate::analysis::sample::{day, source, survey};
    use crate::analysis::{Designed, Scope, plan, weigh};
    use crate::measures::sample::question;
    use crate::survey::{Best, MarginDefinition, Measure, Survey, TargetDefinition, WeightingDefinition};
    use crate::tally::{Collected, Options, collect};

    const ANSWERS: &str = "overall,effort,region,w\n5,1,N,1\n,2,S,2\n3,,N,0.5\n1,5,,4\n";

    fn two_questions() -> Survey {
        let mut survey = survey();
        let mut effort = question("effort", Measure::Csat);
        if let Some(scale) = &mut effort.scale {
            scale.best = Best::Low;
        }
        survey.questions.push(effort);
        survey
    }

    fn targets() -> MarginDefinition {
        let target = |value: &str, share| TargetDefinition {
            categories: vec![value.to_owned()],
            value: share,
            place: None,
        };
        MarginDefinition {
            variables: vec!["region".to_owned()],
            targets: vec![target("N", 0.25), target("S", 0.75)],
            ..MarginDefinition::default()
        }
    }

    /// What is found in the rows of the file.
    fn with<T>(survey: &Survey, text: &str, found: impl Fn(&Ratings<'_>) -> T) -> T {
        let scope = Scope::new(day(2026, 7, 1));
        let (plan, map) = plan(survey, &scope).unwrap();
        let mut ask = RatingsAsk::new(&plan);
        for id in ["overall", "effort", "overall"] {
            ask.question(&plan, id);
        }
        ask.segment(&plan, "region");
        let Collected { mut counted, rows } =
            collect(&plan, &ask.wanted, vec![source("a.csv", text)], &Options::default()).unwrap();
        let designed: Option<Designed> = weigh(survey, &map, &scope, &mut counted).unwrap();
        found(&Ratings::of(survey, &counted, (&ask, &rows.unwrap()), designed.as_ref(), None))
    }

    #[test]
    fn points_run_from_the_worst_to_the_best() {
        with(&two_questions(), ANSWERS, |ratings| {
            assert_eq!((ratings.rows(), ratings.weights()), (4, None));
            let (overall, effort) =
                (ratings.question("overall").unwrap(), ratings.question("effort").unwrap());
            assert_eq!(ratings.question("staff"), None);
            let points = |question| (0..4).map(|row| ratings.point(question, row)).collect::<Vec<_>>();
            assert_eq!(points(overall), [Some(5.0), None, Some(3.0), Some(1.0)]);
            assert_eq!(points(effort), [Some(5.0), Some(4.0), None, Some(1.0)], "1 is the best here");
            assert_eq!(ratings.answer(effort, 0), Some(4));
            assert_eq!((ratings.is_mirrored(overall), ratings.is_mirrored(effort)), (false, true));
            assert_eq!(ratings.points(effort), [1.0, 2.0, 3.0, 4.0, 5.0]);
            assert_eq!(ratings.groups("region"), ["N", "S"]);
            let groups: Vec<_> = (0..5).map(|row| ratings.group("region", row)).collect();
            assert_eq!(groups, [Some(0), Some(1), Some(0), None, None]);
        });
    }

    #[test]
    fn rows_have_their_final_weights() {
        let mut weighted = two_questions();
        weighted.data.weight = Some("w".to_owned());
        with(&weighted, ANSWERS, |ratings| assert_eq!(ratings.weights(), Some(&[1.0, 2.0, 0.5, 4.0][..])));
        // Targets of one and three quarters where three rows of four are of the first.
        let mut raked = two_questions();
        raked.weighting =
            Some(WeightingDefinition { margins: vec![targets()], ..WeightingDefinition::default() });
        with(&raked, "overall,effort,region\n5,1,N\n4,1,N\n3,1,N\n2,1,S\n", |ratings| {
            let weights = ratings.weights().unwrap();
            for (weight, expected) in weights.iter().zip([1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0, 3.0]) {
                assert!((weight - expected).abs() < 1e-12, "{weight}");
            }
        });
    }
}
