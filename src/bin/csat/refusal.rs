//! What a pass refused, with the file, the column and some of its values: the reader has the file, not the plan.

use csat::survey::{ColumnProfile, PersonalKind, Profile, Survey, likely_personal};
use csat::tally::CountError;

use crate::status::Failure;

/// How many values are named as examples.
const EXAMPLES: usize = 3;

/// How many characters of a value are shown.
const LONGEST: usize = 40;

/// The failure that a refused pass leads to.
pub(crate) fn failure(error: CountError, survey: &Survey, profiles: &[Profile]) -> Failure {
    match error {
        CountError::TooManyValues { id, column, limit } => {
            let columns = columns_of(survey, &id).unwrap_or_else(|| vec![column.as_str()]);
            let message = format!(
                "{} has more than {} different values{}",
                place(&columns, profiles),
                limit,
                examples(&columns, profiles)
            );
            let (role, help) = role(survey, &id);
            Failure::data(format!("{message}: too many for {role}")).help(help)
        }
        CountError::TooManyCells { ref groupings, .. } => {
            let largest = groupings.first().map_or("", |(name, _)| name.as_str());
            let seen: Vec<String> = largest
                .split('*')
                .filter_map(|id| {
                    let columns = columns_of(survey, id)?;
                    let examples = examples(&columns, profiles);
                    Some(format!("`{id}` is {}{examples}", place(&columns, profiles)))
                })
                .collect();
            let failure = Failure::data(error.to_string());
            if seen.is_empty() { failure } else { failure.help(seen.join("; ")) }
        }
        other => Failure::from(without_birthdays(other, profiles)),
    }
}

/// The same refusal with the shape of an example in its place where the column is personal: `00/00/0000`.
fn without_birthdays(mut error: CountError, profiles: &[Profile]) -> CountError {
    let kind = |name: &str| {
        let columns = profiles.iter().flat_map(|profile| &profile.columns);
        let mut named = columns.filter(|column| column.name == name);
        named.find_map(likely_personal).map(|(kind, _)| kind)
    };
    if let CountError::AmbiguousDates { column, example, .. }
    | CountError::FilterNeedsDateOrder { column, example }
    | CountError::NoReadableDate { column, example } = &mut error
        && let Some(kind) = kind(column)
    {
        if kind != PersonalKind::BirthDate {
            kind.instead().clone_into(example);
            return error;
        }
        let shape = |letter: char| match letter {
            '0'..='9' => '0',
            _ if letter.is_alphabetic() => 'x',
            _ => letter,
        };
        *example = example.chars().map(shape).collect();
    }
    error
}

/// The columns that a segment reads.
fn columns_of<'a>(survey: &'a Survey, id: &str) -> Option<Vec<&'a str>> {
    let segment = survey.segments.iter().find(|segment| segment.id == id)?;
    Some(segment.columns.iter().map(String::as_str).collect())
}

/// What the values are for, and what to do about their number.
fn role(survey: &Survey, id: &str) -> (String, String) {
    if survey.segments.iter().any(|segment| segment.id == id) {
        let help = format!(
            "put the values into groups by `bands` (numbers) or `labels` (one label for several values), or leave \
             `[segment.{id}]` out"
        );
        (format!("segment `{id}`"), help)
    } else if survey.questions.iter().any(|question| question.id == id) {
        let help = "answers that differ so much are no choice: give it `measure = \"text\"` or `\"number\"`";
        (format!("question `{id}`"), help.to_owned())
    } else {
        let help = "name a column that holds rounds, or split the date by a longer period";
        ("waves".to_owned(), help.to_owned())
    }
}

/// The column with the file in which the head shows most values.
fn place(columns: &[&str], profiles: &[Profile]) -> String {
    match widest(columns, profiles) {
        Some((profile, column)) => format!("`{}`: column `{}`", profile.input, column.name),
        None => format!("column `{}`", columns.join("` or `")),
    }
}

fn examples(columns: &[&str], profiles: &[Profile]) -> String {
    let Some((_, column)) = widest(columns, profiles) else { return String::new() };
    // What tells who answered does not stand in a message.
    if likely_personal(column).is_some() {
        return String::new();
    }
    let seen: Vec<String> = column
        .values
        .iter()
        .take(EXAMPLES)
        .map(|(text, _)| format!("`{}`", text.chars().take(LONGEST).collect::<String>()))
        .collect();
    if seen.is_empty() { String::new() } else { format!(" ({} …)", seen.join(", ")) }
}

fn widest<'a>(columns: &[&str], profiles: &'a [Profile]) -> Option<(&'a Profile, &'a ColumnProfile)> {
    profiles
        .iter()
        .flat_map(|profile| profile.columns.iter().map(move |column| (profile, column)))
        .filter(|(_, column)| columns.contains(&column.name.as_str()))
        .max_by_key(|(_, column)| column.values.len())
}
