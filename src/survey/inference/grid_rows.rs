//! Questions of a grid, whose headings begin alike and end in the row: `How satisfied are you with … [Staff]`.
//!
//! Tables and charts have no room for the stem; the row alone says which question it is as long as no other
//! question is called the same.

use std::collections::BTreeMap;

use crate::survey::{Columns, Question};

use super::column::Column;

/// How long a heading is that nobody wants in a table.
const LONG: usize = 30;

/// How long a row may be that makes a label.
const LONGEST_LABEL: usize = 60;

/// Labels the questions of grids with long headings by their rows.
pub(super) fn label(questions: &mut [Question], columns: &[Column<'_>]) {
    let row = |question: &Question| stem_and_row(question, columns);
    let mut rows: Vec<Option<(String, String)>> = questions.iter().map(row).collect();
    alike(questions, &mut rows);
    let mut stems: BTreeMap<&str, usize> = BTreeMap::new();
    let mut labels: BTreeMap<&str, usize> = BTreeMap::new();
    for (stem, row) in rows.iter().flatten() {
        *stems.entry(stem).or_default() += 1;
        *labels.entry(row).or_default() += 1;
    }
    let is_label = |(stem, row): &&(String, String)| {
        stems.get(stem.as_str()).is_some_and(|rows| *rows > 1)
            && labels.get(row.as_str()) == Some(&1)
            && questions.iter().all(|other| other.id != *row)
    };
    let found: Vec<Option<String>> =
        rows.iter().map(|told| told.as_ref().filter(is_label).map(|(_, row)| row.clone())).collect();
    for (question, label) in questions.iter_mut().zip(found) {
        question.label = label;
    }
}

/// How many neighbours begin alike by more than chance.
const FEWEST_ALIKE: usize = 3;

/// Neighbours whose long headings differ in the last words only, where nothing tells the rows: `… the cuisine of Chile`.
fn alike(questions: &[Question], rows: &mut [Option<(String, String)>]) {
    let headings: Vec<&str> = questions.iter().map(Question::wording).collect();
    let mut first = 0;
    while first < headings.len() {
        let run = (first + 1..headings.len())
            .take_while(|next| shared(headings[first], headings[*next]) >= LONG)
            .count();
        let group = first..=first + run;
        let stem =
            headings[group.clone()].iter().map(|next| shared(headings[first], next)).min().unwrap_or(0);
        let is_open = group.clone().all(|index| rows[index].is_none());
        if run + 1 >= FEWEST_ALIKE && is_open {
            for index in group {
                let (stem, row) = headings[index].split_at(stem);
                let row = row.trim().trim_end_matches(['.', ':', '?', ',', ';']).trim_end();
                let fits = !row.is_empty() && row.chars().count() <= LONGEST_LABEL;
                rows[index] = fits.then(|| (stem.trim().to_owned(), row.to_owned()));
            }
        }
        first += run + 1;
    }
}

/// How many bytes of two headings are the same whole words.
fn shared(one: &str, other: &str) -> usize {
    let same = one.char_indices().zip(other.chars()).find(|((_, left), right)| left != right);
    let end = same.map_or(one.len().min(other.len()), |((at, _), _)| at);
    one[..end].trim_end_matches(|character: char| !character.is_whitespace()).len()
}

/// What a long heading says before and in its last part: as the file tells them, else `stem [row]`.
fn stem_and_row(question: &Question, columns: &[Column<'_>]) -> Option<(String, String)> {
    let Columns::One(names) = &question.columns else { return None };
    let column = columns.iter().find(|column| names.iter().any(|name| name == column.name))?;
    let told = column.facts.stem.as_deref().zip(column.facts.text.as_deref());
    let (stem, row) = told.or_else(|| column.name.strip_suffix(']').and_then(|rest| rest.split_once('[')))?;
    let (stem, row) = (stem.trim(), row.trim());
    let length = |text: &str| text.chars().count();
    let fits = !stem.is_empty() && !row.is_empty() && length(row) <= LONGEST_LABEL;
    (fits && length(stem) + length(row) > LONG).then(|| (stem.to_owned(), row.to_owned()))
}

#[cfg(test)]
mod tests {
    use crate::survey::inference::infer;
    use crate::survey::{ColumnProfile, Profile};

    fn labels(headings: &[&str]) -> Vec<Option<String>> {
        let values = |_: usize| (1..=5).map(|point: u32| (point.to_string(), 10)).collect();
        let columns = headings
            .iter()
            .enumerate()
            .map(|(index, name)| ColumnProfile {
                name: (*name).to_owned(),
                values: values(index),
                ..ColumnProfile::default()
            })
            .collect();
        let profile = Profile { columns, records: 50, ..Profile::default() };
        infer(&profile, &[]).survey.questions.into_iter().map(|question| question.label).collect()
    }

    #[test]
    fn a_row_of_a_grid_is_its_label() {
        let found = labels(&[
            "How satisfied are you with each of these? [Staff]",
            "How satisfied are you with each of these? [Price]",
            "How satisfied are you with us overall - all in all?",
        ]);
        assert_eq!(found, [Some("Staff".to_owned()), Some("Price".to_owned()), None]);
    }

    #[test]
    fn headings_that_differ_in_their_last_words_are_called_by_them() {
        let found = labels(&[
            "Please rate how much you like the cuisine of Chile.",
            "Please rate how much you like the cuisine of Costa Rica.",
            "Please rate how much you like the cuisine of Croatia:",
            "How much do you like it in all?",
        ]);
        let label = |text: &str| Some(text.to_owned());
        assert_eq!(found, [label("Chile"), label("Costa Rica"), label("Croatia"), None]);
    }

    #[test]
    fn rows_of_two_grids_or_short_headings_make_none() {
        let found = labels(&[
            "How satisfied are you with each of these? [Staff]",
            "How satisfied are you with each of these? [Price]",
            "How satisfied were you last year with these? [Staff]",
            "How satisfied were you last year with these? [Speed]",
            "Rate us [Place]",
            "Rate us [Time]",
        ]);
        let label = |text: &str| Some(text.to_owned());
        assert_eq!(found, [None, label("Price"), None, label("Speed"), None, None]);
    }
}
