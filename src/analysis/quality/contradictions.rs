//! Answers that contradict each other.

use crate::prepare::Filter;
use crate::report::QualityContradiction;

use super::Subject;
use super::ask::Condition;
use super::check::{Done, Flags};

/// The check by its stable name.
const CODE: &str = "contradiction";

/// Flags the rows that meet a condition, and counts them by condition.
pub(super) fn check(subject: &Subject<'_>, flags: &mut Flags<'_>) -> Vec<QualityContradiction> {
    if subject.ask.conditions.is_empty() {
        flags.say(CODE, Err("no_condition"));
        return Vec::new();
    }
    let mut looked_at = vec![false; subject.shown.len()];
    let lines =
        subject.ask.conditions.iter().map(|condition| line(subject, condition, flags, &mut looked_at));
    let lines: Vec<QualityContradiction> = lines.collect();
    let rule = if subject.ask.conditions.iter().any(|condition| condition.is_default) {
        "overall at its best and 0 to 2 on recommending, or at its worst and 9 or 10; the definition names no others"
    } else {
        "the conditions of the definition"
    };
    let looked_at = looked_at.iter().filter(|looked| **looked).count();
    flags.say(CODE, Ok(Done::plain(looked_at as u64, rule)));
    lines
}

fn line(
    subject: &Subject<'_>,
    condition: &Condition,
    flags: &mut Flags<'_>,
    looked_at: &mut [bool],
) -> QualityContradiction {
    let names = condition.expression.names();
    let columns: Vec<usize> = names.iter().filter_map(|name| subject.rows.column(name)).collect();
    let is_answered = |row: usize| columns.iter().all(|&column| subject.rows.answer(column, row).is_some());
    let filter = Filter { expression: condition.expression.clone() };
    // A name without a variable was complained about before.
    let met = subject.rows.matching(&filter).unwrap_or_default();
    let (mut answered, mut rows) = (0, 0);
    let mut met = met.into_iter().peekable();
    for (shown, &row) in subject.shown.iter().enumerate() {
        while met.next_if(|other| *other < row).is_some() {}
        let is_met = met.peek() == Some(&row);
        if is_answered(row) || is_met {
            answered += 1;
            looked_at[shown] = true;
        }
        if is_met {
            rows += 1;
            flags.flag(CODE, shown);
        }
    }
    QualityContradiction {
        condition: condition.text.clone(),
        default: condition.is_default,
        looked_at: answered,
        rows,
    }
}
