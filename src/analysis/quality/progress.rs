//! How far respondents came: no answer at all, stopped on the way, reached the end.

use crate::report::{QualityBreakOff, QualityProgress};
use crate::survey::Missing;

use super::ask::Item;
use super::check::{Done, Flags};
use super::{Subject, share};

/// So many blank questions at the end mean that the respondent had gone; a single one is a question left out.
const BLANK_AT_END: usize = 2;

/// Where respondents stopped, and by row shown whether it reached the end.
pub(super) fn progress(subject: &Subject<'_>, flags: &mut Flags<'_>) -> (QualityProgress, Vec<bool>) {
    let items = &subject.ask.items;
    let order = subject.ask.order_from().to_owned();
    let all = subject.shown.len() as u64;
    if items.is_empty() {
        const REASON: &str = "no_questions";
        flags.say("no_answer", Err(REASON));
        flags.say("stopped", Err(REASON));
        let reason = Some(REASON.to_owned());
        let progress = QualityProgress { order, reason, ..QualityProgress::default() };
        return (progress, vec![false; subject.shown.len()]);
    }
    let tells = items.iter().filter(|item| item.shows_progress).count() > BLANK_AT_END;
    let mut stopped_at = vec![0_u64; items.len()];
    let mut reached = Vec::with_capacity(subject.shown.len());
    let (mut no_answer, mut reached_end) = (0, 0);
    for (shown, &row) in subject.shown.iter().enumerate() {
        match last_given(subject, items, row) {
            None => {
                no_answer += 1;
                flags.flag("no_answer", shown);
                reached.push(false);
            }
            Some((_, true)) => {
                reached_end += 1;
                reached.push(true);
            }
            Some((last, false)) if tells => {
                stopped_at[last] += 1;
                flags.flag("stopped", shown);
                reached.push(false);
            }
            Some(_) => reached.push(true),
        }
    }
    flags.say("no_answer", Ok(Done::plain(all, "no answer to any question")));
    let stopped: u64 = stopped_at.iter().sum();
    let with_answer = all - no_answer;
    let done = Done::plain(with_answer, "the last two questions put to them blank, and perhaps more before");
    flags.say("stopped", if tells { Ok(done) } else { Err("too_few_questions") });
    let progress = QualityProgress {
        order,
        reason: (!tells).then(|| "too_few_questions".to_owned()),
        no_answer,
        reached_end: if tells { reached_end } else { 0 },
        stopped,
        break_off: break_off(subject, &stopped_at, with_answer),
    };
    (progress, reached)
}

/// The questions at which anybody stopped, by how many of those who answered anything.
fn break_off(subject: &Subject<'_>, stopped_at: &[u64], with_answer: u64) -> Vec<QualityBreakOff> {
    let items = &subject.ask.items;
    let stopped = items.iter().zip(stopped_at).enumerate().filter(|(_, (_, rows))| **rows > 0);
    let line = |(place, (item, &rows)): (usize, (&Item, &u64))| QualityBreakOff {
        question: subject.survey.questions[item.question].id.clone(),
        part: item.part.map(str::to_owned),
        place: place as u64 + 1,
        of: items.len() as u64,
        rows,
        share: share(rows, with_answer),
    };
    stopped.map(line).collect()
}

/// The last question that a row has something to say to, and whether it reached the end.
fn last_given(subject: &Subject<'_>, items: &[Item], row: usize) -> Option<(usize, bool)> {
    let (mut last, mut last_of_any, mut blank) = (None, None, 0);
    for (place, item) in items.iter().enumerate() {
        let code = subject.rows.code(item.column, row);
        if code == Missing::NotAsked.code() {
            continue;
        }
        let is_given = code != Missing::Blank.code();
        if is_given {
            last_of_any = Some(place);
        }
        if item.shows_progress {
            blank = if is_given { 0 } else { blank + 1 };
            last = if is_given { Some(place) } else { last };
        }
    }
    Some((last.or(last_of_any)?, last.is_some() && blank < BLANK_AT_END))
}
