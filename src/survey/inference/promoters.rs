//! Columns that say promoter, passive or detractor: what a survey tool writes beside the marks they come from
//! (`Q3_NPS_GROUP`). The score is counted from the marks; the groups only check them.

use std::collections::BTreeMap;

use crate::survey::Measure;
use crate::survey::phrasebook::phrase_key;

use super::answers;
use super::column::{Column, Guess};
use super::overrides::Taken;

/// Detractors, passives, promoters, as they are written.
const GROUPS: [&[&str]; 3] = [
    &["detractor", "detractors", "kritiker", "detracteur", "detracteurs", "detractores"],
    &["passive", "passives", "passiv", "passif", "passifs", "pasivo", "pasivos"],
    &["promoter", "promoters", "promotor", "promotoren", "promoteur", "promoteurs", "promotores"],
];

/// Whether the column holds groups of a net promoter score: by its words, or by its name where they are numbers.
pub(super) fn are_groups(column: &Column<'_>) -> bool {
    let values = &column.values;
    let has = |word: &str| column.tokens.iter().any(|token| token == word);
    let numbered = has("nps")
        && has("group")
        && values.texts.is_empty()
        && values.whole.keys().all(|value| (1..=3).contains(value));
    numbered
        || (values.texts.len() > 1
            && values.whole.is_empty()
            && values.texts.iter().all(|(text, _)| group(text).is_some()))
}

/// Compares the groups with the marks beside them; where they differ, one of both is not what it is taken for.
pub(super) fn check(columns: &[Column<'_>], guesses: &mut [Guess], open: impl Fn(usize) -> bool) {
    let scores: Vec<usize> =
        (0..guesses.len()).filter(|index| guesses[*index].taken == Taken::Measure(Measure::Nps)).collect();
    for index in 0..guesses.len() {
        if !open(index) || guesses[index].taken != Taken::Skip || !are_groups(&columns[index]) {
            continue;
        }
        let name = columns[index].name;
        let own = scores.iter().find(|score| name.strip_prefix(columns[**score].name).is_some());
        let Some(score) = own.or_else(|| scores.first().filter(|_| scores.len() == 1)) else {
            "the groups of a net promoter score without the marks from 0 to 10"
                .clone_into(&mut guesses[index].why);
            continue;
        };
        let marks = columns[*score].name;
        if groups_of(&columns[index]) == groups_by_marks(&marks_of(&columns[*score])) {
            guesses[index].why = format!("the groups of `{marks}`, as its marks have them");
        } else {
            guesses[index].why = format!("the groups of `{marks}`, of which the marks are others");
            guesses[index].sure = false;
            guesses[index].offer = Some(Taken::Segment);
        }
    }
}

/// The marks with the count of their cells, those with words beside them too.
fn marks_of(column: &Column<'_>) -> BTreeMap<i64, u64> {
    let by_words = || column.among_numbers.as_ref().map(|mixed| mixed.counts(&column.values));
    let beside_words = || answers::numbered(column).map(|numbered| numbered.whole);
    by_words().or_else(beside_words).unwrap_or_else(|| column.values.whole.clone())
}

fn group(text: &str) -> Option<usize> {
    let key = phrase_key(text);
    GROUPS.iter().position(|words| words.contains(&key.as_str()))
}

fn groups_of(column: &Column<'_>) -> [u64; 3] {
    let mut counts = [0; 3];
    let by_number =
        column.values.whole.iter().map(|(number, count)| (usize::try_from(*number - 1).ok(), *count));
    let by_word = column.values.texts.iter().map(|(text, count)| (group(text), *count));
    for (group, count) in by_number.chain(by_word) {
        if let Some(total) = group.and_then(|group| counts.get_mut(group)) {
            *total += count;
        }
    }
    counts
}

fn groups_by_marks(marks: &BTreeMap<i64, u64>) -> [u64; 3] {
    let count = |from: i64, to: i64| marks.range(from..=to).map(|(_, count)| count).sum();
    [count(0, 6), count(7, 8), count(9, 10)]
}
