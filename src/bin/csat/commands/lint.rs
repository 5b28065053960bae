//! `csat lint`: what a definition changed against an older one.

use std::fmt::Write as _;

use csat::survey::Survey;
use csat::survey::drift::{self, Drift, QuestionForm};
use serde_json::json;

use crate::cli::{Lint, LintFormat};
use crate::definition;
use crate::output::Output;
use crate::status::{ExitStatus, Failure};

pub(crate) fn run(args: &Lint, output: &Output) -> anyhow::Result<ExitStatus> {
    let Some(against) = &args.against else {
        return Err(Failure::usage("the questionnaire checks of `lint` come later")
            .help("--against OLD.toml compares a definition with an older one")
            .into());
    };
    let older = read(against, output)?;
    let newer = read(&args.newer, output)?;
    let found = drift::drift(&QuestionForm::all(&older), &QuestionForm::all(&newer));
    let text = match args.format {
        LintFormat::Text => text(&found, &older, &newer),
        LintFormat::Json => format!("{:#}\n", json(&found, &newer)),
    };
    output.data(text.as_bytes(), None)?;
    let breaks = found.iter().any(Drift::breaks);
    Ok(if breaks { ExitStatus::Gate } else { ExitStatus::Done })
}

fn read(name: &str, output: &Output) -> Result<Survey, Failure> {
    let chosen = definition::choose(Some(name), &[], output)?;
    chosen
        .map(|definition| definition.survey)
        .ok_or_else(|| Failure::usage("`none` is no definition to compare").help("name a file or a template"))
}

/// Every change with its place, and the sum.
fn text(found: &[Drift], older: &Survey, newer: &Survey) -> String {
    let mut text = String::new();
    for complaint in drift::complaints(found, newer) {
        text.push_str(&complaint.render());
        text.push('\n');
    }
    let in_both = newer
        .questions
        .iter()
        .filter(|question| older.questions.iter().any(|other| other.id == question.id))
        .count();
    let broken = found.iter().filter(|drift| drift.breaks()).count();
    let verdict = match (found.len(), broken) {
        (0, _) => "no question changed".to_owned(),
        (_, 0) => "no change breaks a trend".to_owned(),
        (_, 1) => "the trend of 1 question breaks".to_owned(),
        (_, several) => format!("the trends of {several} questions break"),
    };
    let questions = if in_both == 1 { "question" } else { "questions" };
    let _ = writeln!(text, "{verdict}: {in_both} {questions} in both");
    text
}

fn json(found: &[Drift], newer: &Survey) -> serde_json::Value {
    let changes: Vec<serde_json::Value> = found
        .iter()
        .flat_map(|drift| {
            drift.changed.iter().map(move |changed| {
                let (before, after) = changed.sides().unzip();
                json!({
                    "question": drift.question,
                    "changed": changed.name(),
                    "before": before,
                    "after": after,
                    "line": drift::place(drift, changed, newer).map(|place| place.line),
                    "bridged": drift.bridged,
                    "breaks": changed.breaks() && !drift.bridged,
                })
            })
        })
        .collect();
    json!({ "format": "csat-lint/1", "breaks": found.iter().any(Drift::breaks), "changes": changes })
}
