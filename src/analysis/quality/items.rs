//! Question by question: how many did not answer, did not know, or wrote what the scale does not know.

use crate::report::QualityItem;
use crate::survey::{Missing, REASONS};

use super::ask::Item;
use super::check::{Done, Flags};
use super::{Subject, share};

/// A line for each column of answers, in the order asked.
pub(super) fn items(subject: &Subject<'_>) -> Vec<QualityItem> {
    let line = |item: &Item| {
        let question = &subject.survey.questions[item.question];
        let (mut reasons, mut answered) = ([0_u64; REASONS], 0);
        for &row in subject.shown {
            match Missing::of(subject.rows.code(item.column, row)) {
                Some(reason) => reasons[reason as usize] += 1,
                None => answered += 1,
            }
        }
        let of = |reason: Missing| reasons[reason as usize];
        let asked = subject.shown.len() as u64 - of(Missing::NotAsked);
        QualityItem {
            question: question.id.clone(),
            part: item.part.map(str::to_owned),
            label: question.text.clone(),
            asked,
            answered,
            dont_know: of(Missing::DontKnow),
            not_applicable: of(Missing::NotApplicable),
            blank: of(Missing::Blank),
            invalid: of(Missing::Invalid),
            not_asked: of(Missing::NotAsked),
            nonresponse: share(of(Missing::Blank) + of(Missing::Invalid), asked),
            dont_know_share: share(of(Missing::DontKnow), asked),
        }
    };
    subject.ask.items.iter().map(line).collect()
}

/// Flags rows with a cell that its scale does not know.
pub(super) fn check_range(subject: &Subject<'_>, flags: &mut Flags<'_>) {
    if subject.ask.items.is_empty() {
        return flags.say("out_of_range", Err("no_questions"));
    }
    let invalid = Missing::Invalid.code();
    for (shown, &row) in subject.shown.iter().enumerate() {
        if subject.ask.items.iter().any(|item| subject.rows.code(item.column, row) == invalid) {
            flags.flag("out_of_range", shown);
        }
    }
    let rule = "an answer that its scale, list or number does not allow";
    flags.say("out_of_range", Ok(Done::plain(subject.shown.len() as u64, rule)));
}
