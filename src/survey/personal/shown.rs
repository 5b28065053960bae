//! Groups and options whose values are people: a report would print them.

use super::{PersonalKind, personal_columns};
use crate::diagnostic::Diagnostic;
use crate::survey::{Columns, Measure, Profile, Survey};

/// A caution for each segment and choice question whose column holds personal data, with its path in the definition.
pub(in crate::survey) fn shown_people(survey: &Survey, profiles: &[Profile]) -> Vec<(String, Diagnostic)> {
    let segments = survey.segments.iter().filter(|segment| segment.bands.is_empty() && !segment.age);
    let segments = segments.map(|segment| ("segment", &segment.id, &segment.columns));
    let choices = survey.questions.iter().filter_map(|question| match &question.columns {
        Columns::One(names) if question.measure == Measure::Choice => Some(("question", &question.id, names)),
        _ => None,
    });
    let mut found = Vec::new();
    for (what, id, names) in segments.chain(choices) {
        let Some(caution) = profiles.iter().find_map(|profile| caution(what, id, names, survey, profile))
        else {
            continue;
        };
        found.push((format!("{what}.{id}"), caution));
    }
    found
}

fn caution(what: &str, id: &str, names: &[String], survey: &Survey, profile: &Profile) -> Option<Diagnostic> {
    let column = profile.columns.iter().find(|column| names.contains(&column.name))?;
    // Only what is shown is looked at: files may have thousands of columns.
    let alone = Profile { columns: vec![column.clone()], ..Profile::default() };
    let personal = personal_columns(&alone, &survey.data).into_iter().next()?;
    if matches!(personal.kind, PersonalKind::Postcode | PersonalKind::BirthDate) {
        return None;
    }
    let message = format!(
        "{what} `{id}`: column `{}` holds {}, by {}; a report prints its values",
        column.name,
        personal.kind.name(),
        personal.basis.name()
    );
    let caution = Diagnostic::caution("personal_values", message);
    Some(caution.help(format!("leave it out, or write `personal_not = [\"{}\"]` under [data]", column.name)))
}
