//! Questions that cannot be set against each other: on one side only, or asked differently.

use super::CompareOptions;
use crate::analysis::trend::index::WaveIndex;
use crate::analysis::trend::{TrendOptions, broken};
use crate::report::{NotCompared, NotComparedReason, QuestionSummary};

/// Whether both sides have the question, and it was asked alike or its waves are joined all the same.
pub(super) fn is_comparable(
    sides: &[WaveIndex; 2],
    question: &QuestionSummary,
    asked: &TrendOptions,
) -> bool {
    stands_on(&sides[0], &question.id)
        && stands_on(&sides[1], &question.id)
        && !broken(sides, &asked.breaks_of(&question.id), 0, 1)
}

/// The questions left out: those asked differently and of side b alone in its order, then those of side a alone.
pub(super) fn questions(
    sides: &[WaveIndex; 2],
    asked: &TrendOptions,
    options: &CompareOptions,
) -> Vec<NotCompared> {
    let [a, b] = sides;
    let left_out = |question: &QuestionSummary, reason, changed| NotCompared {
        question: question.id.clone(),
        reason,
        changed,
    };
    let of_b = b.figures.questions.iter().filter(|question| has_figures(question)).filter_map(|question| {
        if !stands_on(a, &question.id) {
            return Some(left_out(question, NotComparedReason::OnlyB, Vec::new()));
        }
        let breaks = asked.breaks_of(&question.id);
        broken(sides, &breaks, 0, 1).then(|| {
            let changed = breaks.iter().flat_map(|change| change.changed.clone()).collect();
            left_out(question, NotComparedReason::AskedDifferently, changed)
        })
    });
    let of_a = a.figures.questions.iter().filter(|question| has_figures(question));
    let of_a = of_a.filter(|question| !stands_on(b, &question.id));
    let of_a = of_a.map(|question| left_out(question, NotComparedReason::OnlyA, Vec::new()));
    of_b.chain(of_a).filter(|left| options.shows(&left.question)).collect()
}

fn stands_on(side: &WaveIndex, question: &str) -> bool {
    side.figures.questions.iter().any(|other| other.id == question)
}

fn has_figures(question: &QuestionSummary) -> bool {
    question.headline.is_some()
}
