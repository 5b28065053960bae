//! What an organisation delivers by its own measurement, in a file beside the definition: one row a question.

use super::head::{self, Depth, HeadOptions};
use super::input::{InputName, InputOptions};
use super::list_rows::list_rows;
use super::targets::TargetsError;
use crate::diagnostic::Diagnostic;
use crate::survey::{Measure, NumberStyle, Survey, did_you_mean, fold};

/// The columns that may stand in the file; the first must, and one of the others.
const COLUMNS: [&str; 3] = ["question", "delivered", "planned"];

/// Fills the gap questions of a survey with what the file of `[gaps] delivered` says of them, which `name` opens; a survey
/// that names none stays as it is.
///
/// Columns are found by `question`, `delivered` and `planned`, whatever the letter case; others are not read, and blank
/// cells say nothing. What the definition says under the question as well may not differ.
///
/// # Errors
/// The file cannot be read, lacks a column, names what is no gap question, or has a number outside the question's scale.
pub fn read_delivered(survey: &mut Survey, name: &InputName) -> Result<(), TargetsError> {
    let Some(declared) = survey.delivered_file.clone() else { return Ok(()) };
    let file = declared.file;
    let unreadable = |fault: String| {
        let mut complaint = Diagnostic::error(
            "delivered_unreadable",
            format!("[gaps], key `delivered`: `{file}`: {fault}"),
        )
        .why("it has what is delivered by question")
        .help("the name counts from the folder of the definition; give a table with one header, such as CSV");
        complaint.place.clone_from(&declared.place);
        TargetsError::Unreadable(Box::new(complaint))
    };
    let input = InputOptions { layout: Some("plain".to_owned()), ..InputOptions::default() };
    let opened = head::open(name, &HeadOptions { depth: Depth::Light, input })
        .map_err(|fault| unreadable(fault.to_string()))?;
    let names = opened.header.names().to_vec();
    let position = |wanted: &str| names.iter().position(|name| fold(name) == wanted);
    let [question, delivered, planned] = COLUMNS.map(position);
    let (Some(question), true) = (question, delivered.or(planned).is_some()) else {
        let listed: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let complaint = Diagnostic::error(
            "delivered_column",
            format!("`{file}` needs the column `question`, and `delivered` or `planned`"),
        )
        .why("each row says what is delivered of one question")
        .help(format!("its columns are {}", listed.join(", ")));
        return Err(TargetsError::Faulty(vec![complaint]));
    };
    let styles = opened.source.number_styles.clone();
    let rows = list_rows(opened).map_err(unreadable)?.rows;
    let mut found = Vec::new();
    for row in rows {
        let place = row.place(&file);
        let fault = |complaint: Diagnostic| complaint.at(place.clone());
        let id = row.cell(question);
        if id.is_empty() {
            continue;
        }
        let Some(target) =
            survey.questions.iter_mut().find(|known| known.id == id && known.measure == Measure::Gap)
        else {
            let gaps = survey.questions.iter().filter(|known| known.measure == Measure::Gap);
            let near = did_you_mean(id, gaps.map(|known| known.id.as_str()));
            let help = near.map_or_else(
                || "name the id of a gap question of the definition".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            let message = format!("`{file}`: there is no gap question `{id}`");
            let why = "what is delivered is set against what customers expect and perceive of the same";
            found.push(fault(Diagnostic::error("unknown_question", message).why(why).help(help)));
            continue;
        };
        let ends = target.scale.as_ref().map(|scale| (f64::from(scale.min), f64::from(scale.max)));
        for (key, position) in [("delivered", delivered), ("planned", planned)] {
            let Some(position) = position else { continue };
            let text = row.cell(position);
            if text.is_empty() {
                continue;
            }
            let known = match key {
                "planned" => &mut target.qualities.planned,
                _ => &mut target.qualities.delivered,
            };
            let style = styles.get(position).copied().unwrap_or_default();
            match checked(text, style, ends, *known) {
                Ok(number) => *known = Some(number),
                Err((code, fault_of)) => {
                    let message = format!("`{file}`: `{key}` of `{id}` is `{text}`, {fault_of}");
                    let complaint = Diagnostic::error(code, message)
                        .why("it is set against what customers expect and perceive, on the same scale")
                        .help("write one number on the question's scale, with one decimal mark");
                    found.push(fault(complaint));
                }
            }
        }
    }
    if found.is_empty() { Ok(()) } else { Err(TargetsError::Faulty(found)) }
}

/// The number that a cell holds, or what is wrong with it.
fn checked(
    text: &str,
    style: NumberStyle,
    ends: Option<(f64, f64)>,
    known: Option<f64>,
) -> Result<f64, (&'static str, String)> {
    let number = style.plain(text).and_then(|plain| plain.parse::<f64>().ok());
    let Some(number) = number else { return Err(("bad_number", "expected a number".to_owned())) };
    if let Some((low, high)) = ends.filter(|(low, high)| !(*low..=*high).contains(&number)) {
        return Err(("out_of_range", format!("outside {low} to {high} of its scale")));
    }
    match known {
        Some(known) if (known - number).abs() > 1e-12 => Err(("conflict", format!("and was {known} before"))),
        _ => Ok(number),
    }
}
