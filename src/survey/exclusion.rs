//! Which rows a definition leaves out (`[exclude]`), and whether they can be told in the files.

use super::bind::at;
use super::definition::Survey;
use super::expression::{self, Expression};
use super::profile::Profile;
use crate::diagnostic::{Diagnostic, Severity};

/// Which of several rows with one id stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptRow {
    /// The first of all inputs in their order.
    First,
    /// The last.
    Last,
}

/// The rows that a definition leaves out.
#[derive(Clone, Debug, PartialEq)]
pub struct Exclusions {
    /// Whether previews and tests go, where the file tells them.
    pub test: bool,
    /// Whether the answers of people who did not reach the end go, where the file tells them.
    pub partial: bool,
    /// Of rows with the same `[data] id`, the one that stays; all stay unless it is written.
    pub duplicate_ids: Option<KeptRow>,
    /// Rows go by the first of these that is true of them.
    pub conditions: Vec<ExclusionRule>,
}

/// A condition by which rows go.
#[derive(Clone, Debug, PartialEq)]
pub struct ExclusionRule {
    /// Rows of which this is true go.
    pub condition: Expression,
    /// Why, in the words of the analyst; `None` where nothing is said.
    pub reason: Option<String>,
}

impl Default for Exclusions {
    /// Nobody's customer answered a preview.
    fn default() -> Self {
        Self { test: true, partial: false, duplicate_ids: None, conditions: Vec::new() }
    }
}

impl KeptRow {
    /// The one of that name.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "first" => Some(Self::First),
            "last" => Some(Self::Last),
            _ => None,
        }
    }
}

/// What is wrong between `[exclude]` and the heads of the inputs: conditions on what is not there, unfinished answers
/// that no file tells (errors), or only some do (cautions).
pub(super) fn check(survey: &Survey, profiles: &[Profile]) -> Vec<Diagnostic> {
    let place = survey.places.finder();
    let mut columns: Vec<String> = Vec::new();
    for column in profiles.iter().flat_map(|profile| &profile.columns) {
        if !columns.contains(&column.name) {
            columns.push(column.name.clone());
        }
    }
    let mut found = Vec::new();
    for (index, rule) in survey.exclusions.conditions.iter().enumerate() {
        let complaints = expression::check(&rule.condition, survey, &columns);
        found.extend(complaints.into_iter().map(|complaint| {
            let message = format!("[exclude], key `where`: {}", complaint.message);
            at(Diagnostic { message, ..complaint }, place(&where_path(index)))
        }));
    }
    if survey.exclusions.partial {
        found.extend(untold_partial(profiles).map(|complaint| at(complaint, place("exclude.partial"))));
    }
    found
}

/// The path of a condition among the places of a definition.
pub(super) fn where_path(index: usize) -> String {
    format!("exclude.where.{index}")
}

fn untold_partial(profiles: &[Profile]) -> Option<Diagnostic> {
    let untold: Vec<String> = profiles
        .iter()
        .filter(|profile| profile.file.partial_rows.is_none())
        .map(|profile| format!("`{}`", profile.input))
        .collect();
    if untold.is_empty() {
        return None;
    }
    let all = untold.len() == profiles.len();
    let severity = if all { Severity::Error } else { Severity::Caution };
    let does = if untold.len() == 1 { "does" } else { "do" };
    let message = format!(
        "[exclude], key `partial`: {} {does} not tell which responses are unfinished",
        untold.join(", ")
    );
    Some(Diagnostic {
        severity,
        ..Diagnostic::error("untold_partial", message)
            .why("only exports of some survey tools do; without it unfinished responses are counted")
            .help("say it by a condition, such as `where = \"progress < 100\"`")
    })
}
