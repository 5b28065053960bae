//! Rows that are there twice: by the id of the response, by all their answers; and customers who answered again.

use crate::survey::Code;

use super::Subject;
use super::check::{Done, Flags};

/// Rows with fewer answers are often alike by chance.
const FEWEST_ANSWERS: usize = 10;
/// So many different answers a row has at least: content customers who choose one point throughout are alike.
const FEWEST_DIFFERENT: usize = 3;

/// Looks for all three.
pub(super) fn check(subject: &Subject<'_>, flags: &mut Flags<'_>) {
    match subject.ask.id {
        None => flags.say("duplicate_id", Err("no_id")),
        Some(id) => {
            let key = |row| subject.rows.hash(id, row).map(|hash| (0, hash));
            let rule = "the id of the response stood in an earlier row";
            flag_repeats(subject, flags, "duplicate_id", rule, key);
        }
    }
    match subject.ask.customer {
        None => flags.say("repeat_customer", Err("no_customer")),
        Some(customer) => {
            let wave = |row| subject.rows.wave(row).map_or(0, |wave| wave + 1);
            let key = |row| subject.rows.hash(customer, row).map(|hash| (wave(row), hash));
            let rule = "the customer answered before in the same wave, which is allowed";
            flag_repeats(subject, flags, "repeat_customer", rule, key);
        }
    }
    answers(subject, flags);
}

/// Rows whose answers, open texts included, are those of an earlier row, cell by cell.
fn answers(subject: &Subject<'_>, flags: &mut Flags<'_>) {
    const CODE: &str = "duplicate_answers";
    let items = &subject.ask.items;
    let Some(hash) = subject.ask.answers.filter(|_| items.len() >= FEWEST_ANSWERS) else {
        let reason = if items.is_empty() { "no_questions" } else { "too_few_questions" };
        return flags.say(CODE, Err(reason));
    };
    let varied = |row: usize| {
        let mut answered = 0;
        let mut different: Vec<Code> = Vec::with_capacity(FEWEST_DIFFERENT);
        for item in items {
            if subject.rows.answer(item.column, row).is_some() {
                answered += 1;
                let code = subject.rows.code(item.column, row);
                if different.len() < FEWEST_DIFFERENT && !different.contains(&code) {
                    different.push(code);
                }
            }
        }
        answered >= FEWEST_ANSWERS && different.len() >= FEWEST_DIFFERENT
    };
    let key = |row| subject.rows.hash(hash, row).filter(|_| varied(row)).map(|hash| (0, hash));
    let rule = format!(
        "every answer is that of an earlier row, among rows with at least {FEWEST_ANSWERS} answers of which \
         {FEWEST_DIFFERENT} differ"
    );
    flag_repeats(subject, flags, CODE, &rule, key);
}

/// Flags every row whose key an earlier one has.
fn flag_repeats(
    subject: &Subject<'_>,
    flags: &mut Flags<'_>,
    code: &str,
    rule: &str,
    key: impl Fn(usize) -> Option<(usize, u128)>,
) {
    let mut keys: Vec<((usize, u128), usize)> = subject
        .shown
        .iter()
        .enumerate()
        .filter_map(|(shown, &row)| key(row).map(|key| (key, shown)))
        .collect();
    keys.sort_unstable();
    for pair in keys.windows(2) {
        if pair[0].0 == pair[1].0 {
            flags.flag(code, pair[1].1);
        }
    }
    let looked_at = keys.len() as u64;
    flags.say(code, if looked_at == 0 { Err("no_values") } else { Ok(Done::plain(looked_at, rule)) });
}
