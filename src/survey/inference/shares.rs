//! Questions whose shares say it all: yes or no, and options that were ticked or not.

use crate::survey::Measure;
use crate::survey::phrasebook::{phrase_key, phrasebook};

use super::column::{Column, Guess};
use super::overrides::Taken;
use super::vocabulary::Topic;

/// So many columns of yes and no are questions, fewer may be groups.
const MANY: usize = 3;
/// Yes, no and at most one answer between them.
const MOST_ANSWERS: usize = 3;

/// What tools write where an option was not ticked.
const NOT_TICKED: [&str; 11] = [
    "not selected",
    "unselected",
    "not checked",
    "unchecked",
    "not ticked",
    "not chosen",
    "not mentioned",
    "nicht gewahlt",
    "nicht genannt",
    "non selectionne",
    "no seleccionado",
];

/// Whether the answers are yes and no.
pub(super) fn is_yes_or_no(column: &Column<'_>) -> bool {
    let values = &column.values;
    let has = |is: &dyn Fn(&str) -> bool| values.texts.iter().any(|(text, _)| is(text));
    !values.overflow
        && values.texts.len() == values.distinct
        && values.texts.len() <= MOST_ANSWERS
        && has(&|text| phrasebook().is_yes(text))
        && has(&|text| phrasebook().is_no(text))
}

/// An option in a column of its own, with a word for the cells of those who did not tick it.
pub(super) fn ticked(column: &Column<'_>) -> Option<Guess> {
    let values = &column.values;
    let is_other = |text: &str| NOT_TICKED.contains(&phrase_key(text).as_str());
    let is_option = values.distinct == 2
        && values.texts.len() == 2
        && values.texts.iter().filter(|(text, _)| is_other(text)).count() == 1;
    let why = "an option, ticked or not";
    is_option.then(|| Guess::new(Taken::Measure(Measure::Choice), true, why))
}

/// Many columns of yes and no ask what people do or have; a few may divide them into groups.
pub(super) fn yes_and_no(columns: &[Column<'_>], guesses: &mut [Guess], open: impl Fn(usize) -> bool) {
    let found: Vec<usize> = (0..guesses.len())
        .filter(|index| {
            open(*index) && guesses[*index].taken == Taken::Segment && columns[*index].topic != Topic::Group
        })
        .filter(|index| is_yes_or_no(&columns[*index]))
        .collect();
    if found.len() >= MANY {
        let why = "yes or no";
        for index in found {
            guesses[index] = Guess::new(Taken::Measure(Measure::Choice), true, why);
        }
    }
}
