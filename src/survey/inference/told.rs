//! What a file itself says of its columns goes before every guess: roles that a survey tool gives them, wordings,
//! labels of codes.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::survey::{ColumnFacts, ColumnProfile, Measure, Metadata, NONE_CHOSEN, Role};

use super::column::{Column, Guess};
use super::overrides::Taken;
use super::values;
use super::words;

/// A language or a channel with more values is no group to compare.
const MOST_GROUPS: usize = 50;

/// The wording of a column: as the file has it, the stem of its grid in front; else its name.
pub(super) fn wording(profile: &ColumnProfile) -> String {
    match (&profile.facts.stem, &profile.facts.text) {
        (Some(stem), Some(text)) => format!("{stem} – {text}"),
        (None, Some(text)) => text.clone(),
        _ => profile.name.clone(),
    }
}

/// The wording to keep in a definition; none where the file has no more than the name.
pub(super) fn question_text(profile: &ColumnProfile) -> Option<String> {
    let text = wording(profile);
    (text != profile.name).then_some(text)
}

/// What the file says the column is, if it says so.
pub(super) fn told(column: &Column<'_>) -> Option<Guess> {
    match &column.facts.role {
        Role::Unknown => labelled_groups(column),
        Role::OpenText => Some(Guess::skip("free text, as the file says")),
        Role::Multiple { .. } if column.values.answers == 0 => Some(Guess::skip("no answers")),
        // Some exports spread the options of one choice over columns too.
        Role::Multiple { separator, .. } if is_single(column, separator) => None,
        Role::Multiple { options, .. } => {
            let why = match options.len() {
                0 => "several answers in a cell".to_owned(),
                count => format!("any of {count} options"),
            };
            Some(Guess::new(Taken::Measure(Measure::Multi), true, why))
        }
        Role::Metadata(metadata) => Some(about(column, *metadata)),
    }
}

/// How many answers show whether anybody ticked two options.
const ENOUGH_TICKED: u64 = 30;

/// Whether nobody ticked more than one of the options.
fn is_single(column: &Column<'_>, separator: &str) -> bool {
    let values = &column.values;
    let ticks_two = |(text, _): &(String, u64)| text.contains(separator);
    // Who could say no to every option was not asked for one of them.
    let declines = |(text, _): &(String, u64)| text == NONE_CHOSEN;
    let tells = |answer: &(String, u64)| ticks_two(answer) || declines(answer);
    values.answers >= ENOUGH_TICKED && !values.overflow && !values.texts.iter().any(tells)
}

fn about(column: &Column<'_>, metadata: Metadata) -> Guess {
    if column.values.answers == 0 {
        return Guess::skip("about the interview, empty");
    }
    let skip = |why: &str| Guess::skip(format!("about the interview: {why}"));
    match metadata {
        Metadata::Response => Guess::new(Taken::Id, true, "the id of the response"),
        Metadata::Respondent => Guess::new(Taken::Customer, true, "the id of the respondent"),
        Metadata::Ended if column.values.is_dates() => {
            Guess::new(Taken::Date, true, "when the response was sent")
        }
        Metadata::Ended => skip("when it ended"),
        Metadata::Started => skip("when it began"),
        Metadata::Recorded => skip("a date of the survey tool"),
        Metadata::Duration => skip("how long it took"),
        Metadata::Progress => skip("how far it came"),
        Metadata::Finished => skip("whether it was finished"),
        Metadata::Kind => skip("whether it is a real response"),
        Metadata::Language => group(column, "the language; words may not mean the same in each"),
        Metadata::Channel => group(column, "how the invitation came"),
        Metadata::Personal => skip("personal, no answer"),
        Metadata::Browser => skip("the browser"),
        Metadata::Technical => skip("for the survey tool only"),
    }
}

fn group(column: &Column<'_>, why: &str) -> Guess {
    if (2..=MOST_GROUPS).contains(&column.values.distinct) {
        Guess::new(Taken::Segment, true, why)
    } else {
        Guess::skip(format!("about the interview: {why}, the same everywhere"))
    }
}

/// Codes whose labels are the words of no scale are groups: 1 = North, 2 = South.
fn labelled_groups(column: &Column<'_>) -> Option<Guess> {
    let labels = labels(column.facts);
    let values = &column.values;
    let all_labelled = values.whole.keys().all(|code| labels.contains_key(code)) && values.texts.is_empty();
    if labels.len() < 2 || values.answers == 0 || !all_labelled || values.decimal_cells > 0 {
        return None;
    }
    let texts: Vec<(String, u64)> = labels.values().map(|label| (label.clone(), 1)).collect();
    let is_numbered = labels.values().all(|label| label.chars().any(|c| c.is_ascii_digit()));
    let is_scale = words::family(&texts, column.topic).is_some() || column.asks_for_a_score() || is_numbered;
    let why = format!("codes with {} labels that are no scale", labels.len());
    (!is_scale).then(|| Guess::new(Taken::Segment, true, why))
}

/// The labels of whole codes that are answers.
pub(super) fn labels(facts: &ColumnFacts) -> BTreeMap<i64, String> {
    let is_answer = |code: &str, label: &str| {
        !facts.missing.iter().any(|missing| missing == code) && values::reason(label).is_none()
    };
    let whole = facts.labels.iter().filter(|(code, label)| is_answer(code, label));
    whole.filter_map(|(code, label)| Some((code.parse().ok()?, label.clone()))).collect()
}

/// The labels of a segment or of options, by code as it stands in the file.
pub(super) fn labels_by_code(facts: &ColumnFacts) -> IndexMap<String, String> {
    let answers = labels(facts);
    let known = |code: &str| code.parse().is_ok_and(|code: i64| answers.contains_key(&code));
    facts.labels.iter().filter(|(code, _)| known(code)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::{Profile, inference};

    fn column(name: &str, values: &[(&str, u64)], facts: ColumnFacts) -> ColumnProfile {
        ColumnProfile {
            name: name.to_owned(),
            values: values.iter().map(|(text, count)| ((*text).to_owned(), *count)).collect(),
            filled: values.iter().map(|(_, count)| count).sum(),
            facts,
            ..ColumnProfile::default()
        }
    }

    fn labelled(labels: &[(&str, &str)], missing: &[&str]) -> ColumnFacts {
        ColumnFacts {
            labels: labels.iter().map(|(code, label)| ((*code).to_owned(), (*label).to_owned())).collect(),
            missing: missing.iter().map(|code| (*code).to_owned()).collect(),
            ..ColumnFacts::default()
        }
    }

    const SATISFIED: &[(&str, &str)] = &[
        ("1", "Very dissatisfied"),
        ("2", "Dissatisfied"),
        ("3", "Neutral"),
        ("4", "Satisfied"),
        ("5", "Very satisfied"),
        ("9", "Don't know"),
    ];

    #[test]
    fn wordings_tell_what_names_do_not() {
        let facts = ColumnFacts {
            text: Some("Overall, how satisfied are you with our branch?".to_owned()),
            ..ColumnFacts::default()
        };
        let asked = column("Q12", &[("1", 3), ("3", 2), ("4", 8), ("5", 9)], facts);
        let inferred = inference::infer(&Profile { columns: vec![asked], ..Profile::default() }, &[]);
        let question = &inferred.survey.questions[0];
        assert_eq!((question.id.as_str(), question.measure), ("Q12", Measure::Csat));
        assert_eq!(question.text.as_deref(), Some("Overall, how satisfied are you with our branch?"));
    }

    #[test]
    fn labels_make_scales_groups_and_codes_for_no_answer() {
        let columns = vec![
            column("v1", &[("2", 3), ("4", 8), ("9", 2), ("-1", 1)], labelled(SATISFIED, &["-1"])),
            column(
                "v2",
                &[("1", 7), ("2", 6), ("3", 6)],
                labelled(&[("1", "North"), ("2", "South"), ("3", "West")], &[]),
            ),
        ];
        let inferred = inference::infer(&Profile { columns, ..Profile::default() }, &[]);
        let scale = inferred.survey.questions[0].scale.as_ref().unwrap();
        assert_eq!((scale.min, scale.max, scale.labels.len()), (1, 5, 5), "{scale:?}");
        assert_eq!(
            (&scale.dont_know[..], &scale.not_applicable[..]),
            (&["9".to_owned()][..], &["-1".to_owned()][..])
        );
        let region = &inferred.survey.segments[0];
        assert_eq!((region.id.as_str(), region.labels["1"].as_str()), ("v2", "North"));
    }

    #[test]
    fn roles_go_before_values() {
        let role = |role: Role| ColumnFacts { role, ..ColumnFacts::default() };
        let multiple = Role::Multiple { options: vec!["A".into(), "B".into()], separator: "; ".into() };
        let columns = vec![
            column("rid", &[("5", 1), ("4", 1)], role(Role::Metadata(Metadata::Response))),
            column("sent", &[("2026-07-01", 1), ("2026-07-02", 1)], role(Role::Metadata(Metadata::Ended))),
            column("begun", &[("2026-07-01", 1), ("2026-07-02", 1)], role(Role::Metadata(Metadata::Started))),
            column("seconds", &[("5", 3), ("4", 4)], role(Role::Metadata(Metadata::Duration))),
            column("why", &[("A", 3), ("A; B", 4)], role(multiple)),
            column("lang", &[("de", 3), ("en", 4)], role(Role::Metadata(Metadata::Language))),
        ];
        let survey = inference::infer(&Profile { columns, ..Profile::default() }, &[]).survey;
        assert_eq!(survey.data.id.as_deref(), Some("rid"));
        assert_eq!(survey.data.date.map(|date| date.column).as_deref(), Some("sent"));
        assert_eq!(survey.questions.len(), 1);
        assert_eq!(survey.questions[0].separator.as_deref(), Some("; "));
        assert_eq!(survey.segments[0].id, "lang");
    }
}
