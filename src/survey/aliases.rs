//! Columns that a file names otherwise than the definition does: in another case, by the question's text, by the wording
//! that a survey tool wrote, in another language.
//!
//! An exact name always comes first. Another is taken only where it points to one column and no other question or key
//! points there too.

use super::bind::{Wanted, wanted};
use super::definition::Survey;
use super::label::{fold, without_entities, without_tags};
use super::profile::Profile;

/// A column of a file that stands for a column of the definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// Its position from 0.
    pub position: usize,
    /// Its name in the file.
    pub from: String,
    /// Its name in the definition.
    pub to: String,
    /// Why it is that one.
    pub why: SameColumn,
}

/// Why a column is taken for another name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameColumn {
    /// The definition gives it as another name.
    OtherName,
    /// The names differ in case, quotes, blanks or markup only.
    Folded,
    /// Its name or its wording is the question's text.
    Text,
}

/// The columns of a file that stand for columns of a definition under another name.
pub fn renamed(survey: &Survey, profile: &Profile) -> Vec<Renamed> {
    let header: Vec<&str> = profile.columns.iter().map(|column| column.name.as_str()).collect();
    let wanted = wanted(survey);
    let is_wanted = |name: &str| wanted.iter().any(|wanted| wanted.names.contains(&name));
    let mut found: Vec<Renamed> = Vec::new();
    let mut contested: Vec<usize> = Vec::new();
    for wanted in &wanted {
        if let Some(renamed) = find(survey, wanted, profile, &header, is_wanted) {
            match found.iter().find(|other| other.position == renamed.position) {
                Some(other) if other.to != renamed.to => contested.push(renamed.position),
                Some(_) => {}
                None => found.push(renamed),
            }
        }
    }
    found.retain(|renamed| !contested.contains(&renamed.position));
    found
}

/// Whether two names of columns differ in case, quotes, blanks or markup at most.
pub fn is_same_name(one: &str, other: &str) -> bool {
    plain(one) == plain(other)
}

fn find(
    survey: &Survey,
    wanted: &Wanted<'_>,
    profile: &Profile,
    header: &[&str],
    is_wanted: impl Fn(&str) -> bool,
) -> Option<Renamed> {
    let &to = wanted.names.first()?;
    // Of questions and segments every name is looked for when the columns are bound.
    let bound = if wanted.frame { &wanted.names[..1] } else { &wanted.names[..] };
    if bound.iter().any(|name| header.contains(name)) {
        return None;
    }
    let renamed = |position: usize, why| {
        Some(Renamed { position, from: header[position].to_owned(), to: to.to_owned(), why })
    };
    if let Some(position) =
        wanted.names.iter().find_map(|name| header.iter().position(|column| column == name))
    {
        return renamed(position, SameColumn::OtherName);
    }
    let free = |position: &usize| !is_wanted(header[*position]);
    let only = |matches: &dyn Fn(usize) -> bool| {
        let mut positions = (0..header.len()).filter(free).filter(|position| matches(*position));
        positions.next().filter(|_| positions.next().is_none())
    };
    let names: Vec<String> = wanted.names.iter().map(|name| plain(name)).collect();
    if let Some(position) = only(&|position| names.contains(&plain(header[position]))) {
        return renamed(position, SameColumn::Folded);
    }
    let texts: Vec<String> = texts(survey, wanted).map(plain).chain(names).collect();
    let is_text = |position: usize| {
        let wording = profile.columns[position].facts.text.as_deref();
        texts.contains(&plain(header[position]))
            || wording.is_some_and(|wording| texts.contains(&plain(wording)))
    };
    only(&is_text).and_then(|position| renamed(position, SameColumn::Text))
}

/// The texts of the question that wants one column, in every language.
fn texts<'a>(survey: &'a Survey, wanted: &'a Wanted<'_>) -> impl Iterator<Item = &'a str> {
    let id = wanted.path.strip_prefix("question.").and_then(|path| path.strip_suffix(".column"));
    let question = survey.questions.iter().find(|question| Some(question.id.as_str()) == id);
    question
        .into_iter()
        .flat_map(|question| question.text.iter().chain(question.translations.values()).map(String::as_str))
}

/// A name without what survey tools and word processors change: markup, case, kinds of blanks and quotes.
fn plain(name: &str) -> String {
    fold(&without_entities(&without_tags(name, |next| next.is_ascii_alphabetic() || next == '/')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::{ColumnFacts, ColumnProfile, parse};

    fn found(definition: &str, header: &[&str]) -> Vec<(usize, String, SameColumn)> {
        let columns =
            header.iter().map(|name| ColumnProfile { name: (*name).to_owned(), ..ColumnProfile::default() });
        of(definition, &Profile { columns: columns.collect(), ..Profile::default() })
    }

    fn of(definition: &str, profile: &Profile) -> Vec<(usize, String, SameColumn)> {
        let survey = parse(definition.as_bytes(), "s.toml").unwrap().survey;
        let renamed = renamed(&survey, profile);
        renamed.into_iter().map(|renamed| (renamed.position, renamed.to, renamed.why)).collect()
    }

    #[test]
    fn exact_names_come_first_and_markup_case_and_quotes_do_not_count() {
        let survey =
            "[question.q1]\n[question.\"How's it?\"]\n[segment.region]\ncolumn = [\"region\", \"area\"]\n";
        let header = ["Q1", "q1", "<b>How\u{2019}s</b>&nbsp;  it?", "AREA"];
        let expected =
            [(2, "How's it?".to_owned(), SameColumn::Folded), (3, "region".to_owned(), SameColumn::Folded)];
        assert_eq!(found(survey, &header), expected);
    }

    #[test]
    fn two_candidates_or_two_claims_are_no_answer() {
        assert_eq!(found("[question.q1]\n", &["Q1", " Q1 "]), []);
        assert_eq!(found("[question.q1]\n[question.Q1]\n", &["<i>q1</i>"]), []);
    }

    #[test]
    fn a_question_is_found_by_its_text_in_any_language_and_by_a_tool_s_wording() {
        let survey = "[question.overall]\ntext = \"How satisfied are you?\"\n\
                      translations.de = \"Wie zufrieden sind Sie?\"\n";
        let to = |position| vec![(position, "overall".to_owned(), SameColumn::Text)];
        assert_eq!(found(survey, &["id", "Wie zufrieden  sind Sie?"]), to(1));
        assert_eq!(found(survey, &["HOW SATISFIED ARE YOU?"]), to(0));
        let facts = ColumnFacts { text: Some("How satisfied are you?".to_owned()), ..ColumnFacts::default() };
        let columns = vec![ColumnProfile { name: "QID7".to_owned(), facts, ..ColumnProfile::default() }];
        assert_eq!(of(survey, &Profile { columns, ..Profile::default() }), to(0));
    }

    #[test]
    fn the_columns_of_the_frame_have_other_names_too() {
        let survey =
            "[data]\nid = [\"nr\", \"Response ID\"]\ndate = { column = [\"day\", \"sent\"] }\n[question.a]\n";
        let expected =
            [(0, "nr".to_owned(), SameColumn::OtherName), (2, "day".to_owned(), SameColumn::OtherName)];
        assert_eq!(found(survey, &["Response ID", "a", "sent"]), expected);
        assert_eq!(found(survey, &["nr", "Response ID", "a", "day"]), []);
    }
}
