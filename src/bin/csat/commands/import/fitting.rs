//! The definition that fits the table of an import.

use std::fs;

use csat::prepare::redact::{RedactedColumn, Treatment};
use csat::survey::inference::{As, Inferred, Taken};
use csat::survey::{self, draft};

use super::opened::{Known, Opened, guessed};
use crate::definition::Definition;
use crate::settings;
use crate::status::Failure;

/// The definition that fits the table, and what is to be said of it.
pub(super) fn fitting(
    opened: &Opened,
    redacted: &[RedactedColumn],
) -> Result<(String, Vec<String>), Failure> {
    let dropped: Vec<&str> = redacted
        .iter()
        .filter(|column| column.treatment == Treatment::Drop)
        .map(|column| column.column.as_str())
        .collect();
    match &opened.known {
        Known::Defined(definition) => copied(opened, definition, &dropped),
        Known::Inferred(inferred) => drafted(opened, inferred, &dropped),
    }
}

/// A copy of the definition that there is.
fn copied(
    opened: &Opened,
    definition: &Definition,
    dropped: &[&str],
) -> Result<(String, Vec<String>), Failure> {
    let mut text = match &definition.path {
        Some(path) => fs::read_to_string(path).map_err(|error| {
            Failure::data(format!("the definition `{}` cannot be read: {error}", path.display()))
        })?,
        None => {
            survey::template(&definition.used.name).map_or(String::new(), |template| template.text.to_owned())
        }
    };
    let gone: Vec<&str> = survey::named_columns(&definition.survey)
        .into_iter()
        .filter(|column| dropped.contains(column))
        .collect();
    let mut notes = Vec::new();
    if !definition.survey.lookups.is_empty() {
        text = listless(opened, &definition.used.name, &text)?;
        notes.push(
            "the columns of the list stand in the table, so `[lookup]` is a comment in the definition"
                .to_owned(),
        );
    }
    let caution = (!gone.is_empty()).then(|| {
        format!(
            "caution: the definition was copied and names columns that were dropped ({}): take them out of it",
            settings::short_list(&gone)
        )
    });
    notes.extend(caution);
    Ok((text, notes))
}

/// A draft by the guesses, made anew where columns were dropped; what was typed of the others stays typed.
fn drafted(opened: &Opened, inferred: &Inferred, dropped: &[&str]) -> Result<(String, Vec<String>), Failure> {
    let anew;
    let inferred = if dropped.is_empty() {
        inferred
    } else {
        let mut profile = opened.profile().clone();
        profile.columns.retain(|column| !dropped.contains(&column.name.as_str()));
        let is_left =
            |text: &&String| As::parse(text).is_ok_and(|typed| !dropped.contains(&typed.column.as_str()));
        let typed: Vec<String> = opened.typed.iter().filter(is_left).cloned().collect();
        anew = guessed(&profile, &opened.cleaning.names, &typed)?;
        &anew
    };
    let doubts = inferred.findings.iter().filter(|finding| !finding.sure).count();
    let taken = inferred.findings.iter().filter(|finding| finding.taken != Taken::Skip).count();
    let note = format!(
        "the definition takes {taken} of {} columns as answers, groups, dates or ids{}; read it and correct it",
        inferred.findings.len(),
        match doubts {
            0 => String::new(),
            1 => ", 1 guess unsure".to_owned(),
            doubts => format!(", {doubts} guesses unsure"),
        }
    );
    Ok((draft::draft(inferred), vec![note]))
}

/// The definition for a table that has the columns of its lists: the key may be a pseudonym there, and the list lies
/// elsewhere.
fn listless(opened: &Opened, name: &str, text: &str) -> Result<String, Failure> {
    let brought = opened.source.header.names().iter().take(opened.source.source.brought);
    let columns: Vec<String> = brought.map(|name| format!("`{name}`")).collect();
    let why = format!("The columns of the list stand in the table: {}.", columns.join(", "));
    survey::without_lookups(text, &why).ok_or_else(|| {
        Failure::data(format!("`[lookup]` could not be taken out of a copy of the definition `{name}`"))
            .help("write each `[lookup]` as a table of its own, or import with --no-definition")
    })
}
