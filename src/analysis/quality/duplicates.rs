//! Rows that are there twice: by the id of the response, by all their answers; and customers who answered again.

use std::collections::BTreeMap;

use crate::survey::Code;

use super::Subject;
use super::ask::Item;
use super::check::{Done, Flags};

/// Rows with fewer answers are often alike by chance.
const FEWEST_ANSWERS: usize = 10;
/// So many different answers a row has at least: content customers who choose one point throughout are alike.
const FEWEST_DIFFERENT: usize = 3;
/// A row is looked at where chance would make fewer pairs than this in the file if all rows were as rare as it is. Ours:
/// one file in a hundred has such a pair by chance.
const MOST_BY_CHANCE: f64 = 0.01;

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

/// Rows whose answers, open texts included, are those of an earlier row, cell by cell, where chance hardly makes such a
/// pair.
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
    let rows = subject.shown.iter().enumerate().filter(|(_, row)| varied(**row));
    let mut keys: Vec<(u128, usize, usize)> =
        rows.filter_map(|(shown, &row)| Some((subject.rows.hash(hash, row)?, shown, row))).collect();
    keys.sort_unstable();
    let of: Vec<usize> = keys.iter().map(|(_, _, row)| *row).collect();
    let chance = Chance::of(subject, &of);
    let mut pairs = 0_u64;
    let mut looked_at = 0_u64;
    for alike in keys.chunk_by(|one, other| one.0 == other.0) {
        let copies = alike.len() as u64;
        pairs = pairs.saturating_add(copies * (copies - 1) / 2);
        if alike.first().is_some_and(|(_, _, row)| chance.expected_copies(subject, *row) < MOST_BY_CHANCE) {
            looked_at += copies;
            for (_, shown, _) in alike.iter().skip(1) {
                flags.flag(CODE, *shown);
            }
        }
    }
    let rule = format!(
        "every answer is that of an earlier row, among rows with at least {FEWEST_ANSWERS} answers of which \
         {FEWEST_DIFFERENT} differ, so rare that chance would make fewer than {MOST_BY_CHANCE} pairs in the file"
    );
    let outcome = match (keys.is_empty(), looked_at) {
        (true, _) => Err("no_values"),
        (_, 0) => Err("too_alike"),
        _ => Ok(Done { pairs: Some((pairs, chance.expected_pairs())), ..Done::plain(looked_at, &rule) }),
    };
    flags.say(CODE, outcome);
}

/// How often chance alone makes two rows alike: as if every question were answered by itself, with the shares that its
/// answers have in the file. Answers go together, so it makes more; open texts count by whether there is one.
struct Chance {
    rows: f64,
    /// By item, how many rows have an answer.
    counts: Vec<BTreeMap<u64, u32>>,
}

impl Chance {
    fn of(subject: &Subject<'_>, rows: &[usize]) -> Self {
        let count = |item: &Item| {
            let mut counts: BTreeMap<u64, u32> = BTreeMap::new();
            for &row in rows {
                *counts.entry(cell(subject, item, row)).or_default() += 1;
            }
            counts
        };
        Self { rows: rows.len() as f64, counts: subject.ask.items.iter().map(count).collect() }
    }

    /// The number of pairs of rows.
    fn pairs(&self) -> f64 {
        self.rows * (self.rows - 1.0) / 2.0
    }

    /// The pairs of rows that are alike, whatever their answers.
    fn expected_pairs(&self) -> f64 {
        let alike = |counts: &BTreeMap<u64, u32>| {
            counts.values().map(|count| (f64::from(*count) / self.rows).powi(2)).sum::<f64>()
        };
        self.counts.iter().map(alike).product::<f64>() * self.pairs()
    }

    /// The pairs that chance would make in the file if all rows were as rare as this one.
    fn expected_copies(&self, subject: &Subject<'_>, row: usize) -> f64 {
        let items = subject.ask.items.iter().zip(&self.counts);
        let share = |(item, counts): (&Item, &BTreeMap<u64, u32>)| {
            counts.get(&cell(subject, item, row)).map_or(0.0, |count| f64::from(*count) / self.rows)
        };
        items.map(share).product::<f64>() * self.pairs()
    }
}

/// What a row has in the column of an item, as a number that two like cells share.
fn cell(subject: &Subject<'_>, item: &Item, row: usize) -> u64 {
    let number = subject.rows.number(item.column, row).map(f64::to_bits);
    number.unwrap_or_else(|| u64::from(subject.rows.code(item.column, row)))
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
