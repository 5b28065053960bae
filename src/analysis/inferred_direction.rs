//! Whether the end taken as best of bare numbers fits the other ratings.
//!
//! People who are pleased with one thing are, on the whole, pleased with the others: a rating that falls where the
//! others rise was probably answered with 1 as the best mark. Each rating is counted together with one reference; only
//! for inferred surveys, since a definition says which end is best.

use crate::report::{Note, NoteSeverity, words};
use crate::stats::{self, Confidence, Interval};
use crate::survey::inference::quoted;
use crate::survey::{Best, Columns, Measure, Question, Scale, Survey};
use crate::tally::{Counted, Counts, Joint};

/// A rating that is counted together with the reference, as indexes of questions, and the index of their tally.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct JointRatings {
    pub(super) reference: usize,
    pub(super) rating: usize,
    pub(super) tally: usize,
}

/// Limits at this level must exclude zero.
const LEVEL: f64 = 0.95;

/// The reference and the ratings to be counted together with it; none where nothing is in doubt.
///
/// The reference is a question whose direction is known (by its labels, or NPS), else the overall question, else the
/// first.
pub(super) fn pairs(survey: &Survey) -> Vec<(usize, usize)> {
    let rated: Vec<usize> =
        (0..survey.questions.len()).filter(|index| is_rated(&survey.questions[*index])).collect();
    let known = rated.iter().find(|index| !is_bare(&survey.questions[**index]));
    let overall = rated.iter().find(|index| survey.questions[**index].overall);
    let Some(&reference) = known.or(overall).or(rated.first()) else { return Vec::new() };
    let in_doubt = |index: &usize| *index != reference && is_bare(&survey.questions[*index]);
    rated.into_iter().filter(in_doubt).map(|index| (reference, index)).collect()
}

/// A caution for each rating that clearly goes against the others.
pub(super) fn notes(
    survey: &Survey,
    joint: &[JointRatings],
    counted: &Counted,
    suppress_below: u64,
) -> Vec<Note> {
    let Some(total) =
        counted.strata.iter().find(|stratum| stratum.wave.is_none() && stratum.segment.is_empty())
    else {
        return Vec::new();
    };
    let found: Vec<Relation> = joint
        .iter()
        .filter_map(|ratings| match total.counts.get(ratings.tally) {
            Some(Counts::Pair(counts)) => relation(survey, *ratings, counts),
            _ => None,
        })
        .filter(|relation| relation.n >= suppress_below)
        .collect();
    let Some(reference) = joint.first().map(|ratings| ratings.reference) else { return Vec::new() };
    let (against, others): (Vec<&Relation>, Vec<&Relation>) =
        found.iter().partition(|relation| relation.limits.high < 0.0);
    let Some(strongest) = against.iter().copied().min_by(|left, right| left.r.total_cmp(&right.r)) else {
        return Vec::new();
    };
    let along: Vec<&Relation> = others.into_iter().filter(|relation| relation.limits.low > 0.0).collect();
    // The side of the reference is right where its direction is known, else the larger side is.
    let is_known = !is_bare(&survey.questions[reference]);
    let reference_side = along.len() + 1;
    let mut doubtful = Vec::new();
    if !is_known && against.len() >= reference_side {
        let other = survey.questions[strongest.rating].id.as_str();
        doubtful.push((reference, caution(&survey.questions[reference], other, strongest)));
    }
    if is_known || against.len() <= reference_side {
        let other = survey.questions[reference].id.as_str();
        doubtful.extend(
            against.iter().map(|relation| {
                (relation.rating, caution(&survey.questions[relation.rating], other, relation))
            }),
        );
    }
    doubtful.sort_by_key(|(question, _)| *question);
    doubtful.into_iter().map(|(_, note)| note).collect()
}

/// How a rating goes with the reference, both turned so that more is better.
struct Relation {
    rating: usize,
    n: u64,
    r: f64,
    limits: Interval,
}

fn relation(survey: &Survey, ratings: JointRatings, joint: &Joint) -> Option<Relation> {
    let turn = |question: usize| {
        let best = survey.questions[question].scale.as_ref().map(|scale| scale.best);
        if best == Some(Best::Low) { -1.0 } else { 1.0 }
    };
    let (first, second) = (turn(ratings.reference), turn(ratings.rating));
    let width = joint.second_points.max(1);
    let pairs: Vec<(f64, f64, u64)> = joint
        .cells
        .iter()
        .enumerate()
        .map(|(cell, count)| (first * (cell / width) as f64, second * (cell % width) as f64, count.n))
        .collect();
    let found = stats::correlation(&pairs)?;
    let limits = found.interval(Confidence::new(LEVEL)?)?;
    Some(Relation { rating: ratings.rating, n: found.n, r: found.r, limits })
}

fn caution(question: &Question, other: &str, relation: &Relation) -> Note {
    let (best, worst) = question.scale.as_ref().map_or((0, 0), ends);
    let direction = if worst < best { "low" } else { "high" };
    let number = |value: f64| words::fixed(value, 2, false);
    let text = format!(
        "{} goes against {other} (correlation {}, {} interval {} to {}), though {best} was taken as best: if {worst} \
         is the best answer, give it a scale with `best = \"{direction}\"` in a definition (`csat init` drafts one); \
         if it is no rating, `--as {}` or `=segment` says so",
        question.id,
        number(relation.r),
        words::confidence(LEVEL),
        number(relation.limits.low),
        number(relation.limits.high),
        typed(question),
    );
    Note {
        code: "direction_doubtful".to_owned(),
        severity: NoteSeverity::Caution,
        text,
        about: Some(question.id.clone()),
    }
}

/// The argument that makes it a choice, quoted where a shell would take it apart.
fn typed(question: &Question) -> String {
    let column = match &question.columns {
        Columns::One(names) => names.first().unwrap_or(&question.id),
        Columns::Pair { .. } => &question.id,
    };
    quoted(&format!("{column}=choice"))
}

/// The point taken as best, and the other end.
fn ends(scale: &Scale) -> (i32, i32) {
    match scale.best {
        Best::High => (scale.max, scale.min),
        Best::Low => (scale.min, scale.max),
    }
}

/// Whether it tells how pleased someone is, in one column.
fn is_rated(question: &Question) -> bool {
    matches!(question.measure, Measure::Csat | Measure::Rating | Measure::Ces | Measure::Nps)
        && question.scale.is_some()
        && matches!(question.columns, Columns::One(_))
}

/// Whether only numbers were there to tell which end is best; that of NPS is settled.
pub(super) fn is_bare(question: &Question) -> bool {
    question.measure != Measure::Nps && question.scale.as_ref().is_some_and(|scale| scale.labels.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{is_bare, notes, pairs};
    use crate::analysis::sample::{counted, day};
    use crate::analysis::{Scope, plan};
    use crate::measures::sample::{question, rows};
    use crate::report::Note;
    use crate::survey::{Best, Measure, Question, Survey};
    use crate::tally::{Count, Counted, Counts, Joint};

    fn bare(id: &str) -> Question {
        let mut question = question(id, Measure::Rating);
        let scale = question.scale.as_mut().unwrap();
        scale.labels.clear();
        (scale.min, scale.max, scale.best) = (1, 5, Best::High);
        question
    }

    fn survey(questions: Vec<Question>) -> Survey {
        Survey { questions, ..Survey::default() }
    }

    /// What is noted when the joint counts of the pairs, in order, lie along (+) the reference, against it (-), or
    /// nowhere (0); each with `n` answers a point.
    fn noted(survey: &Survey, signs: &str, n: u64, suppress_below: u64) -> Vec<Note> {
        let scope = Scope { inferred: true, ..Scope::new(day(2026, 7, 1)) };
        let (planned, map) = plan(survey, &scope).unwrap();
        assert_eq!(map.joint_ratings.len(), signs.len());
        let mut counted: Counted = counted(&[]);
        let counts = planned.tallies.iter().map(|_| Counts::Pair(joint('0', n))).collect();
        counted.strata[0].counts = counts;
        for (ratings, sign) in map.joint_ratings.iter().zip(signs.chars()) {
            counted.strata[0].counts[ratings.tally] = Counts::Pair(joint(sign, n));
        }
        notes(survey, &map.joint_ratings, &counted, suppress_below)
    }

    fn joint(sign: char, n: u64) -> Joint {
        let mut cells = vec![Count::default(); 25];
        for first in 0..5 {
            for second in 0..5 {
                let along = match sign {
                    '+' => first == second,
                    '-' => first + second == 4,
                    _ => true,
                };
                // One answer everywhere, so that no line is perfect.
                cells[first * 5 + second] = rows(1 + if along { n } else { 0 });
            }
        }
        Joint { first_points: 5, second_points: 5, cells, missing: Default::default() }
    }

    fn about(notes: &[Note]) -> Vec<&str> {
        notes.iter().filter_map(|note| note.about.as_deref()).collect()
    }

    #[test]
    fn a_rating_against_the_others_is_named_with_what_to_type() {
        let survey = survey(vec![bare("q1"), bare("q2"), bare("q3")]);
        let notes = noted(&survey, "+-", 40, 0);
        assert_eq!(about(&notes), ["q3"]);
        assert_eq!(
            notes[0].text,
            "q3 goes against q1 (correlation −0.89, 95 % interval −0.91 to −0.86), though 5 was taken as best: if 1 \
             is the best answer, give it a scale with `best = \"low\"` in a definition (`csat init` drafts one); if it is \
             no rating, `--as q3=choice` or `=segment` says so"
        );
        assert_eq!(notes[0].code, "direction_doubtful");
    }

    #[test]
    fn the_first_is_doubtful_where_all_others_go_against_it_and_two_alone_are_both() {
        assert_eq!(about(&noted(&survey(vec![bare("a"), bare("b"), bare("c")]), "--", 40, 0)), ["a"]);
        assert_eq!(about(&noted(&survey(vec![bare("a"), bare("b")]), "-", 40, 0)), ["a", "b"]);
    }

    #[test]
    fn a_question_of_known_direction_is_the_reference_and_never_doubtful() {
        let survey = survey(vec![bare("a"), bare("b"), question("recommend", Measure::Nps)]);
        assert_eq!(pairs(&survey), [(2, 0), (2, 1)]);
        assert!(!is_bare(&survey.questions[2]));
        assert_eq!(about(&noted(&survey, "--", 40, 0)), ["a", "b"]);
        let (_, map) = plan(&survey, &Scope::new(day(2026, 7, 1))).unwrap();
        assert!(map.joint_ratings.is_empty(), "a definition says which end is best");
    }

    #[test]
    fn a_scale_that_is_turned_round_is_compared_as_such() {
        let mut survey = survey(vec![bare("a"), bare("b"), bare("c")]);
        survey.questions[2].scale.as_mut().unwrap().best = Best::Low;
        assert!(noted(&survey, "+-", 40, 0).is_empty());
        let notes = noted(&survey, "++", 40, 0);
        assert_eq!(about(&notes), ["c"]);
        assert!(notes[0].text.contains("though 1 was taken as best: if 5 is"), "{}", notes[0].text);
    }

    #[test]
    fn what_is_not_clear_or_is_hidden_is_not_said() {
        let survey = survey(vec![bare("a"), bare("b"), bare("c")]);
        assert!(noted(&survey, "++", 40, 0).is_empty());
        assert!(noted(&survey, "0+", 40, 0).is_empty());
        // 25 answers without a pattern and 5 against: the interval holds zero.
        assert!(noted(&survey, "-+", 1, 0).is_empty());
        assert!(noted(&survey, "-+", 40, 1000).is_empty());
        assert!(pairs(&Survey::default()).is_empty());
    }
}
