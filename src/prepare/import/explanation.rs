//! What was seen in a file: how it is read, its headers, its columns and what each was taken for, its rows.

use serde::Serialize;

use super::account::ImportAccount;
use super::names::NamedColumn;
use crate::source::format::encoding::{Guess, Sureness};
use crate::source::layout::AsStood;
use crate::survey::inference::Inferred;
use crate::survey::{ColumnProfile, Metadata, PersonalColumn, Profile, Role, Survey, column_uses};

/// How many values of a column are shown.
const EXAMPLES: usize = 3;
/// The longest value that is shown, in characters.
const LONGEST: usize = 24;

/// What was seen in one file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// The name of the input.
    pub input: String,
    /// What its bytes are: text, a workbook, an archive.
    pub format: &'static str,
    /// The encoding of its text, where it is text.
    pub encoding: Option<EncodingSeen>,
    /// What separates its cells.
    pub delimiter: &'static str,
    /// The layout; `plain` where none was recognised.
    pub layout: &'static str,
    /// How it was read and what decided it, a sentence each.
    pub reasons: Vec<String>,
    /// The time zone of its dates, where the file says.
    pub zone: Option<String>,
    /// The records above the answers.
    pub header: Vec<Vec<String>>,
    /// The columns of the plain table.
    pub columns: Vec<ColumnSeen>,
    /// Columns of the file that are in no column of the plain table.
    pub dropped: Vec<DroppedSeen>,
    /// What could not be read as it stands, a sentence each.
    pub losses: Vec<String>,
    /// The rows.
    pub rows: ImportAccount,
}

/// The encoding of a text and how sure that is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EncodingSeen {
    /// Its name.
    pub name: String,
    /// How it was found.
    pub by: &'static str,
    /// The first characters beyond ASCII as they are read.
    pub evidence: String,
    /// Sequences of bytes for which it has no character.
    pub wrong: u64,
}

/// A column of the plain table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ColumnSeen {
    /// Its name.
    pub name: String,
    /// What stood above it in the file, where that differs.
    pub stood: Option<String>,
    /// The wording of the question.
    pub text: Option<String>,
    /// What the survey tool uses it for.
    pub role: &'static str,
    /// What it is taken for: a measure, segment, date, id, customer, weight, wave, or skip.
    pub taken: &'static str,
    /// Whether there is no doubt.
    pub sure: bool,
    /// Why.
    pub why: String,
    /// What personal data it holds.
    pub personal: Option<&'static str>,
    /// Some of its values; none of personal data and free text unless that was asked for.
    pub examples: Vec<String>,
}

/// A column that is in no column of the plain table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DroppedSeen {
    /// Its place in the file, from 1.
    pub column: usize,
    /// What stood above it.
    pub name: String,
    /// Why it is dropped.
    pub why: &'static str,
}

impl EncodingSeen {
    /// What was found of an encoding.
    pub fn new(guess: &Guess) -> Self {
        let by = match guess.sureness {
            Sureness::Ascii => "all of it is ASCII",
            Sureness::Certain if guess.has_mark => "a byte order mark",
            Sureness::Certain => "all of it is valid",
            Sureness::Mostly => "most of it is valid",
            Sureness::Guessed => "a guess",
            Sureness::Typed => "as asked",
        };
        Self { name: guess.encoding.to_string(), by, evidence: guess.evidence.clone(), wrong: guess.wrong }
    }
}

impl Explanation {
    /// What was seen of the columns; what is known of the file besides is added by who opened it.
    pub fn columns(
        profile: &Profile,
        names: &[NamedColumn],
        survey: &Survey,
        inferred: Option<&Inferred>,
        personal: &[PersonalColumn],
        shows_all: bool,
    ) -> Vec<ColumnSeen> {
        let uses = column_uses(survey);
        let seen = |(at, column): (usize, &ColumnProfile)| {
            let found = personal.iter().find(|found| found.column == column.name);
            let finding = inferred.and_then(|inferred| inferred.findings.get(at));
            let used = uses.get(column.name.as_str());
            let (taken, sure, why) = match finding {
                Some(finding) => (finding.taken.name(), finding.sure, finding.why.clone()),
                None => match used {
                    Some(used) => (used.name(), true, "by the definition".to_owned()),
                    None => ("skip", true, "the definition does not name it".to_owned()),
                },
            };
            let is_private = found.is_some()
                || column.facts.role == Role::OpenText
                || is_wordy(column)
                || (taken == "skip" && holds_letters(column))
                || matches!(taken, "text" | "id" | "customer");
            ColumnSeen {
                name: column.name.clone(),
                stood: names.get(at).filter(|named| named.rule.is_some()).map(|named| named.stood.clone()),
                text: column.facts.text.clone().map(|text| match &column.facts.stem {
                    Some(stem) => format!("{stem} – {text}"),
                    None => text,
                }),
                role: role_name(&column.facts.role, taken),
                taken,
                sure,
                why,
                personal: found.map(|found| found.kind.name()),
                examples: if is_private && !shows_all { Vec::new() } else { examples(column) },
            }
        };
        profile.columns.iter().enumerate().map(seen).collect()
    }

    /// The columns of the file that are in no column of the plain table.
    pub fn dropped(stood: Option<&AsStood>) -> Vec<DroppedSeen> {
        let dropped = stood.map(AsStood::dropped).unwrap_or_default();
        dropped
            .into_iter()
            .map(|column| DroppedSeen {
                column: column.position + 1,
                why: if column.name.is_empty() {
                    "a column without a name"
                } else {
                    "not needed beside the others"
                },
                name: column.name,
            })
            .collect()
    }
}

/// Whether its cells may be words: of a column that is no answer and no group nobody knows whose they are.
fn holds_letters(column: &ColumnProfile) -> bool {
    column.values.iter().any(|(text, _)| text.chars().any(char::is_alphabetic))
}

/// Whether its cells are sentences: what people write is not shown.
fn is_wordy(column: &ColumnProfile) -> bool {
    column.longest > 40 || column.values.iter().filter(|(text, _)| text.split(' ').count() > 3).count() > 2
}

fn examples(column: &ColumnProfile) -> Vec<String> {
    let cut = |text: &String| {
        if text.chars().count() <= LONGEST {
            text.clone()
        } else {
            text.chars().take(LONGEST - 1).chain(['…']).collect()
        }
    };
    column.values.iter().take(EXAMPLES).map(|(text, _)| cut(text)).collect()
}

fn role_name(role: &Role, taken: &str) -> &'static str {
    match (role, taken) {
        (Role::Unknown, "skip") => "not used",
        (Role::Unknown, "segment") => "group",
        (Role::Unknown, "id") => "response id",
        (Role::Unknown, "customer") => "respondent id",
        (Role::Unknown, "date") => "date",
        (Role::Unknown, "weight") => "weight",
        (Role::Unknown, "wave") => "wave",
        (Role::Unknown, _) => "answer",
        (Role::OpenText, _) => "open text",
        (Role::Multiple { .. }, _) => "several answers",
        (Role::Metadata(metadata), _) => match metadata {
            Metadata::Response => "response id",
            Metadata::Respondent => "respondent id",
            Metadata::Started => "start",
            Metadata::Ended => "end",
            Metadata::Recorded => "date of the tool",
            Metadata::Duration => "duration",
            Metadata::Progress => "progress",
            Metadata::Finished => "finished",
            Metadata::Kind => "real or test",
            Metadata::Language => "language",
            Metadata::Channel => "channel",
            Metadata::Personal => "personal",
            Metadata::Browser => "browser",
            Metadata::Technical => "technical",
        },
    }
}
