//! The files beside the events: the register of promises, complaints, answers of a survey.

use std::path::Path;

use chrono::NaiveDate;
use csat::analysis;
use csat::report::{Input, InputKind, PromiseAnswer};
use csat::source::cases::{CaseAsk, Cases, CasesError, read_cases};
use csat::source::head::{self, Depth, HeadOptions};
use csat::source::input::{InputName, InputOptions};
use csat::source::read_promises;
use csat::survey::{ComplaintsDefinition, Promise, PromisesDefinition, Survey, counts_as_yes, inference};

use crate::cli::{self, Asking, FileShape, Reading};
use crate::commands::complaints;
use crate::definition::Definition;
use crate::output::Output;
use crate::pipeline::Way;
use crate::settings::{self, Environment};
use crate::status::{ExitStatus, Failure};

/// The fields of complaints that promises need.
const COMPLAINT_FIELDS: [&str; 6] = ["id", "received", "promise", "category", "kind", "status"];

/// Complaints that were read.
pub(super) struct FoundComplaints {
    pub(super) cases: Cases,
    pub(super) definition: ComplaintsDefinition,
    pub(super) input: String,
}

/// The promises: those of `--promises`, else of the file that the definition names, else those that it has itself.
pub(super) fn register(
    args: &cli::Promises,
    declared: &PromisesDefinition,
    definition: Option<&Path>,
) -> Result<(Vec<Promise>, Vec<Input>), Failure> {
    let named = declared.file.as_ref().map(|file| complaints::path(definition, file));
    let Some(file) = args.promises.clone().or(named) else {
        return Ok((declared.promises.clone(), Vec::new()));
    };
    let shown = file.display().to_string();
    let found = read_promises(&InputName::from_argument(file.clone()), &shown)
        .map_err(|complaints| Failure::Complaints { status: ExitStatus::Data, complaints })?;
    if found.promises.is_empty() {
        return Err(Failure::data(format!("`{shown}` has no promises"))
            .help("give it one row for each promise, with its promise_id"));
    }
    let input = Input {
        name: settings::file_name(&file),
        kind: InputKind::List,
        bytes: found.bytes,
        rows: found.rows,
        hash: found.hash,
        definition: None,
    };
    Ok((found.promises, vec![input]))
}

/// The complaints of a file, by `[complaints]` of the definition, else by its columns.
pub(super) fn complaints(file: &Path, survey: &Survey) -> Result<FoundComplaints, Failure> {
    let options = HeadOptions { depth: Depth::Full, input: InputOptions::default() };
    let name = InputName::from_argument(file.to_owned());
    let opened = head::open(&name, &options).map_err(|error| crate::inputs::missing_file(file, &error))?;
    let declared = survey.complaints.clone().unwrap_or_default();
    let mut definition = if declared.names_fields() {
        declared
    } else {
        declared.with_guessed(inference::infer_complaints(&opened.profile.columns))
    };
    definition.columns.retain(|column| COMPLAINT_FIELDS.contains(&column.field.as_str()));
    if definition.column("promise").is_none() && definition.column("id").is_none() {
        return Err(Failure::data(format!(
            "`{}`: no column says which promise a complaint is about",
            file.display()
        ))
        .help(
            "name it, `promise = \"...\"` in [complaints]; or name `id`, and events that led to a complaint say which",
        ));
    }
    let ask = CaseAsk {
        columns: definition.columns.clone(),
        missing: survey.data.missing.clone(),
        decimal: survey.data.decimal,
        yes: counts_as_yes(),
        no: Vec::new(),
        unique: definition.column("id").map(|column| column.field.clone()),
    };
    let cases = read_cases(opened, &ask).map_err(|error| refused(&error))?;
    Ok(FoundComplaints { cases, definition, input: settings::file_name(file) })
}

/// What customers say of the promises in a file of answers, as of a day.
pub(super) fn answers(
    file: &Path,
    definition: Option<&Definition>,
    seen: Option<NaiveDate>,
    environment: &Environment,
    output: &Output,
) -> Result<(Vec<PromiseAnswer>, Vec<Input>), Failure> {
    let named = |definition: &&Definition| {
        let promises = definition.survey.promises.as_ref();
        promises.is_some_and(|promises| promises.awareness.is_some() || promises.satisfaction.is_some())
    };
    let Some(definition) = definition.filter(named) else {
        return Err(Failure::usage("`--scores`: the definition names no question about the promises").help(
            "name one in [promises]: `awareness = \"...\"` for who knows them, `satisfaction = \"...\"` for how \
             satisfied customers are with them",
        ));
    };
    let asking = Asking {
        files: vec![file.to_owned()],
        reading: Reading { survey: None, as_: Vec::new(), shape: FileShape::default() },
        by: Vec::new(),
        wave: None,
        every: None,
        where_: None,
        weight: None,
        confidence: None,
        interval: Vec::new(),
        seed: None,
        threads: None,
        date: seen.map(|day| day.to_string()),
        hash: None,
    };
    let way = Way { environment, output, explain: false, writes: None, presenting: None };
    let answered = way.answer_by(&asking, || Ok(Some(definition.clone())), |_, _| Ok(()))?;
    let promises = definition.survey.promises.clone().unwrap_or_default();
    let answers = analysis::promise_answers(&answered.report, &promises);
    if let Some(question) = &promises.awareness
        && !answers.iter().any(|answer| answer.statistic == "awareness")
    {
        output.say(&format!(
            "no answer to `{question}` is known to mean that somebody knows the promises; name those that do, `aware = \
             [\"...\"]` in [promises]"
        ));
    }
    Ok((answers, answered.report.provenance.inputs))
}

pub(super) fn refused(error: &CasesError) -> Failure {
    let message = error.to_string();
    match error {
        CasesError::InvalidDateFormat { .. } => {
            Failure::Message { status: ExitStatus::Definition, message, help: None }
        }
        _ => Failure::data(message),
    }
}
