//! `csat analyze --list`: the answers for which a condition holds, for those who call back.

use std::path::Path;

use csat::analysis::{self, NO_INTERVIEW};
use csat::render::{self, Format};
use csat::report::FollowUp;
use csat::survey::inference::{self, Taken};
use csat::survey::{Measure, Metadata, Profile, Role, Survey};
use csat::tally::{self, Options};

use crate::cli::Analyze;
use crate::definition;
use crate::inputs;
use crate::late_encoding::Reopening;
use crate::output::{Output, visible};
use crate::pipeline::{self, Prepared, Way};
use crate::progress::Progress;
use crate::refusal;
use crate::row_remarks::cases_remark;
use crate::saved;
use crate::settings::{self, Environment};
use crate::status::{ExitStatus, Failure};

pub(crate) fn run(
    args: &Analyze,
    condition: &str,
    environment: &Environment,
    output: &Output,
) -> anyhow::Result<ExitStatus> {
    let writing = &args.writing;
    refuse_figures(args)?;
    let format = format(writing.format.as_deref(), writing.output.as_deref())?;
    output.can_show(format, writing.output.as_deref())?;
    let way =
        Way { environment, output, explain: false, writes: writing.output.as_deref(), presenting: None };
    let list = listed(&way, args, condition)?;
    let bytes = match format {
        Format::Xlsx => render::follow_up_xlsx(&list).map_err(|error| Failure::data(error.to_string()))?,
        _ => render::follow_up_csv(&list).into_bytes(),
    };
    output.rendered(&bytes, format, writing.output.as_deref())?;
    say(&list, output);
    Ok(ExitStatus::Done)
}

/// The answers for which the condition holds.
fn listed(way: &Way<'_>, args: &Analyze, condition: &str) -> Result<FollowUp, Failure> {
    let asking = &args.asking;
    saved::refuse(asking.files.iter(), "and has no answers", "name the file of answers")?;
    let condition = pipeline::condition(condition)?;
    let choose = || definition::choose(asking.reading.survey.as_deref(), &asking.files, way.output);
    let prepared = way.prepare(asking, choose)?;
    let Prepared { mut survey, scope, inputs, lists, threads, .. } = prepared;
    if scope.inferred {
        survey = with_texts(survey, &inputs.profiles, &asking.reading.as_)?;
    }
    say_without(&survey, scope.inferred, way.output);
    let planned =
        analysis::follow_up_plan(&survey, &scope, &condition, &inputs.profiles, args.with_personal)?;
    for caution in &planned.cautions {
        way.output.say_complaint(caution);
    }
    let refused = |error| refusal::failure(error, &survey, &inputs.profiles);
    let progress = Progress::new(inputs.bytes, way.output);
    let step = |bytes| progress.step(bytes);
    let options = Options { threads, progress: Some(&step) };
    let late = Reopening::of(asking, &lists, &inputs, (&progress, way.output));
    let collect = |sources| tally::collect(&planned.plan, &planned.wanted, sources, &options);
    let collected = late.count(inputs.sources, |collected| &collected.counted.ledger, refused, collect)?;
    for told in lists.told() {
        way.output.say(&told);
    }
    let rows = collected.rows.map_err(|error| Failure::data(error.to_string()))?;
    let ledger = &collected.counted.ledger;
    if let Some(cases) = ledger.excluded.get(NO_INTERVIEW) {
        way.output.say(&visible(&cases_remark(cases.rows, ledger.rows_read, &survey)));
    }
    if let Some(left_out) = collected.counted.ledger.excluded.get("no_date") {
        way.output.say(&format!(
            "caution: {} answers without a date or a wave are in no wave, and not looked at",
            left_out.rows
        ));
    }
    analysis::follow_up(&planned, &collected.counted, &rows, &scope)?.map_err(refused)
}

/// The survey that was inferred, with the comments and the id that figures have no use for.
fn with_texts(survey: Survey, profiles: &[Profile], typed: &[String]) -> Result<Survey, Failure> {
    let mut typed = typed.to_vec();
    let inferred = inputs::inferred(profiles, &typed)?;
    let skipped = inferred.findings.iter().filter(|finding| finding.taken == Taken::Skip);
    let columns = profiles.first().map_or(&[][..], |profile| &profile.columns);
    // A few short words of a small file are as well groups.
    let are_sentences = |name: &str| {
        let mut named = columns.iter().filter(|column| column.name == name);
        named.any(|column| {
            let with_blank = column.values.iter().filter(|(text, _)| text.contains(' ')).count();
            column.facts.role == Role::OpenText || with_blank * 2 >= column.values.len()
        })
    };
    let comments = skipped.clone().filter(|finding| {
        finding.why.starts_with("free text")
            && (inference::names_a_comment(&finding.column) || are_sentences(&finding.column))
    });
    typed.extend(comments.map(|finding| format!("{}=text", finding.column)));
    let response = columns.iter().find(|column| column.facts.role == Role::Metadata(Metadata::Response));
    let of_response = response.map(|column| &column.name);
    let id = of_response
        .or(skipped.clone().find(|finding| finding.why.contains("an id")).map(|finding| &finding.column));
    if survey.data.id.is_none() && survey.data.customer.is_none() {
        typed.extend(id.map(|column| format!("{column}=id")));
    }
    Ok(inputs::inferred(profiles, &typed).map_or(survey, |inferred| inferred.survey))
}

/// Says what a list for those who call back lacks, and what to add.
fn say_without(survey: &Survey, is_inferred: bool, output: &Output) {
    let data = &survey.data;
    let has_comment = survey.questions.iter().any(|question| question.measure == Measure::Text);
    let lacking = [
        (has_comment, "comment", "--as COLUMN=text", "a [question.…] with `measure = \"text\"`"),
        (data.id.is_some() || data.customer.is_some(), "id", "--as COLUMN=id", "`id` under [data]"),
        (data.date.is_some(), "date", "--as COLUMN=date", "`date` under [data]"),
    ];
    let lacking: Vec<_> = lacking.into_iter().filter(|(is_there, ..)| !is_there).collect();
    if lacking.is_empty() {
        return;
    }
    let names: Vec<&str> = lacking.iter().map(|(_, name, ..)| *name).collect();
    let add: Vec<&str> =
        lacking.iter().map(|(_, _, typed, written)| if is_inferred { *typed } else { *written }).collect();
    output.say(&format!("the list has no column of: {}; to add one: {}", names.join(", "), add.join("; ")));
}

/// Says how many answers were listed, and what was left out.
fn say(list: &FollowUp, output: &Output) {
    let wave = list.wave.as_ref().map(|wave| format!("{wave}: ")).unwrap_or_default();
    let answers = if list.answers == 1 { "answer" } else { "answers" };
    output.say(&format!("{wave}{} of {} {answers} listed", list.rows.len(), list.answers));
    if list.is_undated {
        output.say(
            "caution: no date tells the day from the month, so the list is in the order of the files; name the \
             `format` of the date under [data]",
        );
    }
    if !list.left_out.is_empty() {
        let names: Vec<&str> = list.left_out.iter().map(String::as_str).collect();
        output.say(&format!(
            "personal columns left out, --with-personal adds them: {}",
            settings::short_list(&names)
        ));
    }
}

/// A list is written as CSV or as a workbook.
fn format(typed: Option<&str>, file: Option<&Path>) -> Result<Format, Failure> {
    let to_stdout = file.is_none_or(|file| file.as_os_str() == "-");
    if typed.is_none() && to_stdout {
        return Ok(Format::Csv);
    }
    match settings::format(typed, file)? {
        format @ (Format::Csv | Format::Xlsx) => Ok(format),
        other => Err(Failure::usage(format!("a list is no {}", other.name()))
            .help("write it as csv or xlsx: `-o follow-up.csv`")),
    }
}

/// Refuses what shapes figures alone.
fn refuse_figures(args: &Analyze) -> Result<(), Failure> {
    let asking = &args.asking;
    let typed = [
        ("--by", !asking.by.is_empty()),
        ("--weight", asking.weight.is_some()),
        ("--confidence", asking.confidence.is_some()),
        ("--interval", !asking.interval.is_empty()),
        ("--seed", asking.seed.is_some()),
        ("--hash", asking.hash.is_some()),
        ("--explain", args.writing.explain),
    ];
    match typed.iter().find(|(_, is_typed)| *is_typed) {
        Some((name, _)) => {
            Err(Failure::usage(format!("`{name}` shapes figures, and `--list` shows answers"))
                .help("leave one of them out"))
        }
        None => Ok(()),
    }
}
