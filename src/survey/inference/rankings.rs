//! Options put in order: one column an option with the rank that it was given.
//!
//! A rank says nothing of satisfaction and the ranks of one respondent add up to the same sum, so they are no
//! ratings. They show in the wording, and in the totals: over the columns of a ranking every rank is given as often as
//! every other. The totals alone would take evenly spread ratings for ranks.

use crate::survey::{Measure, Role};

use super::column::{Column, Guess};
use super::lists;
use super::overrides::Taken;

/// The fewest options that are put in order.
const FEWEST: usize = 3;

/// How far the totals of two ranks may lie apart, in parts of a thousand: some respondents leave a rank out.
const APART: u64 = 50;

/// How words begin that ask for an order.
const ORDER_WORDS: &[&str] = &[
    "rank",
    "rang",
    "class",
    "orden",
    "ordina",
    "ordne",
    "reihenfolge",
    "volgorde",
    "uszereguj",
    "順位",
    "순위",
    "排序",
    "排名",
];

/// Columns that stand beside each other and hold the ranks of options are left out.
pub(super) fn rankings(columns: &[Column<'_>], guesses: &mut [Guess], open: impl Fn(usize) -> bool) {
    let is_open = |index: usize, guesses: &[Guess]| {
        open(index) && matches!(guesses[index].taken, Taken::Measure(Measure::Rating | Measure::Csat))
    };
    let mut first = 0;
    while first < columns.len() {
        let length = (first..columns.len()).take_while(|index| is_open(*index, guesses)).count();
        let found = (FEWEST..=length).rev().find(|length| is_ranking(&columns[first..first + length]));
        if let Some(options) = found {
            for guess in &mut guesses[first..first + options] {
                let why = format!("ranks of {options} options side by side, each given once: no ratings");
                *guess = Guess { offer: Some(guess.taken), ..Guess::new(Taken::Skip, false, why) };
            }
        }
        first += found.unwrap_or(1);
    }
}

/// A column whose cells hold all options, each respondent's in an order of its own: `Price;Place;Time;`.
pub(super) fn in_cells(column: &Column<'_>) -> Option<Guess> {
    let separator = match &column.facts.role {
        Role::Multiple { separator, .. } => {
            lists::is_ranking(&column.values, separator).then_some(separator.as_str())
        }
        Role::Unknown => lists::ranked_by(&column.values),
        _ => None,
    };
    separator?;
    let why = "every cell has all options, in one order or another: a ranking, no choice of several";
    Some(Guess::skip_or(Taken::Measure(Measure::Multi), why))
}

/// Whether the columns hold the ranks 1 to their number, or to an earlier one, each as often as every other.
fn is_ranking(columns: &[Column<'_>]) -> bool {
    let is_asked = |column: &Column<'_>| {
        column.tokens.iter().any(|token| ORDER_WORDS.iter().any(|word| token.starts_with(word)))
    };
    let is_whole = |column: &Column<'_>| {
        column.values.texts.is_empty() && column.values.decimal_cells == 0 && !column.values.whole.is_empty()
    };
    if !columns.iter().all(|column| is_whole(column) && is_asked(column)) {
        return false;
    }
    let mut totals: Vec<u64> = vec![0; columns.len()];
    for (rank, count) in columns.iter().flat_map(|column| &column.values.whole) {
        let place = rank.checked_sub(1).and_then(|place| usize::try_from(place).ok());
        match place.and_then(|place| totals.get_mut(place)) {
            Some(total) => *total += count,
            None => return false,
        }
    }
    let given = totals.iter().rposition(|total| *total > 0).map_or(0, |last| last + 1);
    let totals = &totals[..given];
    let (least, most) = (totals.iter().min().copied(), totals.iter().max().copied());
    given >= FEWEST && least.zip(most).is_some_and(|(least, most)| (most - least) * 1000 <= most * APART)
}

#[cfg(test)]
mod tests {
    use crate::survey::inference::{Taken, infer};
    use crate::survey::{ColumnProfile, Measure, Profile};

    /// What columns with these counts of 1, 2, 3 … are taken for.
    fn taken(name: &str, counts: &[&[u64]]) -> Vec<Taken> {
        let columns = counts
            .iter()
            .enumerate()
            .map(|(index, counts)| ColumnProfile {
                name: format!("{name} [Option {index}]"),
                values: (1..).zip(*counts).map(|(rank, count)| (rank.to_string(), *count)).collect(),
                filled: counts.iter().sum(),
                ..ColumnProfile::default()
            })
            .collect();
        let profile = Profile { columns, records: 400, ..Profile::default() };
        infer(&profile, &[]).findings.into_iter().map(|finding| finding.taken).collect()
    }

    const RATING: Taken = Taken::Measure(Measure::Rating);

    #[test]
    fn ranks_are_no_ratings() {
        let counts: [&[u64]; 4] =
            [&[100, 50, 25, 25], &[50, 100, 25, 25], &[25, 25, 100, 50], &[25, 25, 50, 100]];
        assert_eq!(taken("Please rank these", &counts), [Taken::Skip; 4]);
        assert_eq!(taken("希望順位を選んでください", &counts), [RATING; 4]);
        assert_eq!(taken("順位", &counts), [Taken::Skip; 4]);
        let mut incomplete = counts;
        incomplete[3] = &[25, 25, 50, 94];
        assert_eq!(taken("Please rank these", &incomplete), [Taken::Skip; 4]);
        incomplete[3] = &[25, 25, 50, 50];
        assert_eq!(taken("Please rank these", &incomplete), [RATING; 4]);
    }

    #[test]
    fn ratings_of_as_many_points_as_columns_stay_ratings() {
        let counts: [&[u64]; 5] = [
            &[10, 20, 40, 80, 50],
            &[5, 25, 40, 70, 60],
            &[10, 20, 40, 80, 50],
            &[5, 25, 40, 70, 60],
            &[8, 22, 40, 80, 50],
        ];
        assert_eq!(taken("Please rank our", &counts), [RATING; 5]);
        let even: [&[u64]; 3] = [&[10, 10, 10]; 3];
        assert_eq!(taken("How good is our", &even), [RATING; 3]);
    }
}
