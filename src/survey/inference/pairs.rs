//! Pairs of columns whose names differ in "expected" and "perceived" (or "functional" and "dysfunctional") only.

use super::column::Column;

pub(super) const EXPECTATION: &[&str] = &[
    "expected",
    "expectation",
    "expectations",
    "expect",
    "exp",
    "e",
    "erwartet",
    "erwartung",
    "erwartungen",
    "attendu",
    "attente",
    "attentes",
    "esperado",
    "esperada",
    "expectativa",
    "expectativas",
];
pub(super) const PERCEPTION: &[&str] = &[
    "perceived",
    "perception",
    "perceptions",
    "perc",
    "per",
    "p",
    "wahrgenommen",
    "wahrnehmung",
    "percu",
    "perçu",
    "perçue",
    "percibido",
    "percibida",
    "percepcion",
    "percepción",
];

/// Kano's questions: the feature is there, and it is not.
pub(super) const FUNCTIONAL: &[&str] = &["functional", "func", "f", "funktional"];
pub(super) const DYSFUNCTIONAL: &[&str] = &["dysfunctional", "dysfunc", "d", "dysfunktional"];

/// Two columns that ask what was expected and what was perceived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    /// The index of the column with the expectation.
    pub(super) expectation: usize,
    /// The index of the column with the perception.
    pub(super) perception: usize,
    /// What the two names share; may be empty or a number.
    pub(super) stem: String,
    /// Whether the pair is known by single letters only.
    pub(super) letters: bool,
}

/// The pairs among the columns for which `usable` holds, in the order of the file. A single pair of letters
/// (`e1`, `p1`) is none: one needs two.
pub(super) fn pairs(
    columns: &[Column<'_>],
    usable: impl Fn(usize) -> bool,
    [first_words, second_words]: [&'static [&'static str]; 2],
) -> Vec<Pair> {
    let marked = |words: &'static [&'static str]| {
        columns.iter().enumerate().filter(|(index, _)| usable(*index)).flat_map(move |(index, column)| {
            let places =
                column.tokens.iter().enumerate().filter(|(_, token)| words.contains(&token.as_str()));
            places.map(move |(place, token)| {
                let mut rest = column.tokens.clone();
                rest.remove(place);
                (index, place, rest, token.chars().count() == 1)
            })
        })
    };
    let perceptions: Vec<_> = marked(second_words).collect();
    let mut taken = vec![false; columns.len()];
    let mut pairs = Vec::new();
    for (expectation, place, rest, letter) in marked(first_words) {
        let free = |index: usize| !taken[index];
        let partner = perceptions.iter().find(|(perception, other_place, other_rest, other_letter)| {
            *other_place == place
                && *other_rest == rest
                && *other_letter == letter
                && *perception != expectation
                && free(*perception)
                && free(expectation)
        });
        if let Some((perception, ..)) = partner {
            pairs.push(Pair { expectation, perception: *perception, stem: rest.join("_"), letters: letter });
            taken[expectation] = true;
            taken[*perception] = true;
        }
    }
    if pairs.iter().filter(|pair| pair.letters).count() == 1 {
        pairs.retain(|pair| !pair.letters);
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::ColumnProfile;

    fn found(names: &[&str]) -> Vec<(usize, usize, String)> {
        let profiles: Vec<ColumnProfile> = names
            .iter()
            .map(|name| ColumnProfile { name: (*name).to_owned(), ..ColumnProfile::default() })
            .collect();
        let columns: Vec<Column<'_>> = profiles.iter().map(Column::of).collect();
        pairs(&columns, |_| true, [EXPECTATION, PERCEPTION])
            .into_iter()
            .map(|pair| (pair.expectation, pair.perception, pair.stem))
            .collect()
    }

    #[test]
    fn pairs_by_words_and_letters() {
        assert_eq!(found(&["staff_expected", "staff_perceived"]), [(0, 1, "staff".to_owned())]);
        assert_eq!(found(&["per_x", "exp_x", "exp_y"]), [(1, 0, "x".to_owned())]);
        assert_eq!(found(&["E1", "E2", "P1", "P2"]), [(0, 2, "1".to_owned()), (1, 3, "2".to_owned())]);
        assert_eq!(found(&["q1e", "q1p", "q2e", "q2p"]).len(), 2);
        assert_eq!(found(&["Expectation: clean rooms", "Perception: clean rooms"])[0].2, "clean_rooms");
    }

    #[test]
    fn lone_letters_and_strangers_are_no_pairs() {
        assert_eq!(found(&["e", "p"]), []);
        assert_eq!(found(&["E1", "P2"]), []);
        assert_eq!(found(&["staff_expected", "room_perceived"]), []);
        assert_eq!(found(&[]), []);
    }
}
