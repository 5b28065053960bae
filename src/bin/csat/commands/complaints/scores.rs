//! Answers of a survey beside the complaints: one pass for all, and one for each group by what became of a problem.

use csat::analysis::{self, AskedError, AskedGroups, ComplaintsAsk, ComplaintsFound, Surveyed};
use csat::report::{Input, Report};
use csat::survey::expression::Expression;
use csat::survey::{ComplaintsDefinition, Survey, did_you_mean};

use crate::cli::{self, Asking, FileShape, Reading};
use crate::definition;
use crate::output::Output;
use crate::pipeline::Way;
use crate::settings::Environment;
use crate::status::{ExitStatus, Failure};

/// Refuses answers of which nothing is known.
pub(super) fn refuse(args: &cli::Complaints, declared: &ComplaintsDefinition) -> Result<(), Failure> {
    if args.scores.is_empty() || declared.asked.problem.is_some() {
        return Ok(());
    }
    Err(Failure::Message {
        status: ExitStatus::Definition,
        message: "`--scores` gives answers, and [complaints] does not say which question asks for problems".to_owned(),
        help: Some(
            "name the questions: `problem = \"had_problem\"`, and `complained` and `recovered` where they are asked"
                .to_owned(),
        ),
    })
}

/// Adds what the answers say; gives their files, for the provenance.
pub(super) fn add(
    args: &cli::Complaints,
    survey: &Survey,
    ask: &ComplaintsAsk<'_>,
    found: &mut ComplaintsFound,
    environment: &Environment,
    output: &Output,
) -> Result<Vec<Input>, Failure> {
    if args.scores.is_empty() {
        return Ok(Vec::new());
    }
    for file in &args.scores {
        if file.as_os_str() == "-" {
            return Err(Failure::usage(
                "answers are read once for each group, and standard input can be read once",
            )
            .help("save them to a file, and name that"));
        }
    }
    let asking = asking(args, &found.section.as_of);
    let way =
        Way { environment, output, explain: false, writes: args.writing.output.as_deref(), presenting: None };
    let silent = output.silent();
    let quiet = Way { output: &silent, ..way };
    // The definition of the complaints, where it asks questions; else the one beside the answers.
    let asks = !survey.questions.is_empty();
    let choose = |output: &Output| {
        if asks {
            // It was named when it was read for the complaints.
            definition::choose(args.survey.as_deref(), &super::named(&args.files), &silent)
        } else {
            definition::choose(None, &args.scores, output)
        }
    };
    let pass = |way: &Way<'_>, condition: Option<&Expression>| {
        way.answer_by(
            &asking,
            || choose(way.output),
            |_, scope| {
                scope.filter = match (scope.filter.take(), condition) {
                    (Some(typed), Some(own)) => Some(Expression::And(Box::new(typed), Box::new(own.clone()))),
                    (typed, own) => typed.or_else(|| own.cloned()),
                };
                Ok(())
            },
        )
    };
    let whole = pass(&way, None)?;
    let asked = analysis::asked_groups(&whole.survey, &ask.definition.asked, &whole.report);
    let Some(asked) = asked.map_err(|error| unanswered(&error))? else { return Ok(Vec::new()) };
    let of = |condition: &Expression| pass(&quiet, Some(condition)).map(|answered| answered.report);
    let problem = of(&asked.problem)?;
    let tried = of(&asked.tried)?;
    let mut groups: Vec<(&'static str, String, Report)> = Vec::new();
    for (name, condition) in &asked.groups {
        groups.push((name, condition.to_string(), of(condition)?));
    }
    let AskedGroups { shares, complained, .. } = &asked;
    let surveyed = Surveyed {
        whole: &whole.report,
        problem: &problem,
        tried: &tried,
        shares,
        asks_complained: complained.is_some(),
        groups: &groups,
        drawn: whole.drawn.is_some(),
    };
    let ComplaintsFound { section, estimates, notes, .. } = found;
    analysis::add_survey(section, estimates, ask.definition, &surveyed, ask.confidence);
    let is_general =
        |code: &str| matches!(code, "sampling" | "not_everyone_answered") || code.starts_with("weight");
    notes.extend(whole.report.notes.iter().filter(|note| is_general(&note.code)).cloned());
    let definition = whole.report.provenance.definition.clone();
    let mut inputs = whole.report.provenance.inputs;
    for input in &mut inputs {
        input.definition.clone_from(&definition);
    }
    Ok(inputs)
}

/// What is asked of the answers: the date is that of the complaints, so that the same files give the same report.
fn asking(args: &cli::Complaints, as_of: &str) -> Asking {
    Asking {
        files: args.scores.clone(),
        reading: Reading {
            survey: None,
            as_: Vec::new(),
            shape: FileShape { delimiter: None, encoding: None, layout: None, sheet: None },
        },
        by: Vec::new(),
        wave: args.wave.clone(),
        every: None,
        where_: args.where_.clone(),
        weight: None,
        confidence: args.confidence,
        interval: Vec::new(),
        seed: None,
        threads: None,
        date: Some(as_of.to_owned()),
        hash: None,
    }
}

fn unanswered(error: &AskedError) -> Failure {
    let help = match error {
        AskedError::NoQuestion { id, known, .. } => did_you_mean(id, known.iter().map(String::as_str))
            .map_or_else(|| "name one of its questions".to_owned(), |near| format!("did you mean `{near}`?")),
        _ => "give its options labels such as \"Yes\" and \"No\"".to_owned(),
    };
    Failure::Message { status: ExitStatus::Definition, message: error.to_string(), help: Some(help) }
}
