//! Who was asked a question (`base`), and whether that can be told in the files.

use super::bind::at;
use super::definition::Survey;
use super::expression;
use super::profile::Profile;
use crate::diagnostic::Diagnostic;

/// What is wrong between the bases of questions and the heads of the inputs: names that nothing has, comparisons that
/// cannot be made (errors) or never hold (cautions).
pub(super) fn check(survey: &Survey, profiles: &[Profile]) -> Vec<Diagnostic> {
    let place = survey.places.finder();
    let mut columns: Vec<String> = Vec::new();
    for column in profiles.iter().flat_map(|profile| &profile.columns) {
        if !columns.contains(&column.name) {
            columns.push(column.name.clone());
        }
    }
    let mut found: Vec<Diagnostic> = Vec::new();
    for question in &survey.questions {
        let Some(base) = &question.base else { continue };
        for complaint in expression::check(base, survey, &columns) {
            let message = format!("question `{}`, key `base`: {}", question.id, complaint.message);
            let complaint = at(Diagnostic { message, ..complaint }, place(&path(&question.id)));
            // Questions of a block share their base: one complaint is enough.
            let is_said = |other: &Diagnostic| other.code == complaint.code && other.place == complaint.place;
            if complaint.place.is_none() || !found.iter().any(is_said) {
                found.push(complaint);
            }
        }
    }
    found
}

/// The path of a question's base among the places of a definition.
pub(super) fn path(question: &str) -> String {
    format!("question.{question}.base")
}
