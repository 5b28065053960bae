//! Columns of so few different numbers that they are hardly a scale, whatever was asked: a consent, two points side by side.

use super::answers::Answers;
use super::column::{Column, Guess, measure_of};
use super::vocabulary::Topic;
use super::wording;

/// How many tenths of the answers are the same where nobody is asked for an opinion.
const NEARLY_ALL_TENTHS: u64 = 9;
/// With fewer answers, the same one nearly everywhere says little.
const FEW: u64 = 20;

/// Two numbers side by side are hardly a whole scale, and may be two answers of another kind.
pub(super) fn of_two_points(column: &Column<'_>, mut guess: Guess) -> Guess {
    if let Some(Answers::Points(points, labels)) = &mut guess.answers
        && points.doubt.is_none()
        && labels.is_empty()
        && column.named.is_none()
    {
        let is_code = |number: &i64| points.codes.contains(number);
        let seen: Vec<i64> = column.values.whole.keys().copied().filter(|number| !is_code(number)).collect();
        if let [low, high] = seen[..]
            && high - low == 1
        {
            points.doubt = Some(format!("only {low} and {high} were given"));
            guess.why = points.described();
            guess.sure = false;
        }
    }
    guess
}

/// Whether nearly all answers are 1, of at most three, and nobody asked for a mark: a consent, a box that was ticked, a
/// confirmation. A survey in which nearly everybody is dissatisfied looks the same, and has to be scored.
pub(super) fn is_confirmation(column: &Column<'_>) -> bool {
    let whole = &column.values.whole;
    let ones = whole.get(&1).copied().unwrap_or(0);
    column.named.is_none()
        && !wording::is_school_mark(&column.tokens)
        && may_confirm(column)
        && whole.keys().all(|number| (0..=3).contains(number))
        && column.values.whole_cells >= FEW
        && ones.saturating_mul(10) >= column.values.whole_cells.saturating_mul(NEARLY_ALL_TENTHS)
}

/// Whether the words of a column leave it open that it is a consent: they ask for one, or for nothing that is known.
fn may_confirm(column: &Column<'_>) -> bool {
    /// More words than a name has.
    const A_SENTENCE: usize = 4;
    let name = wording::tokens(column.name);
    let tells = |tokens: &[String]| measure_of(wording::topic(tokens)).is_some() || wording::is_mark(tokens);
    if name.len() <= A_SENTENCE && tells(&name) {
        return false;
    }
    // `I agree that all questions were answered to my satisfaction` asks for no satisfaction.
    wording::opens_as_consent(&column.tokens) || (column.topic == Topic::Other && !tells(&column.tokens))
}
