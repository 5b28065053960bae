//! `csat report`: what management reads each quarter, from files of answers or from a saved report.

use std::path::{Path, PathBuf};

use csat::analysis::{Depth, Scope};
use csat::render::{self, Format, Look};
use csat::report::{Report, Section};
use csat::survey::Survey;

use crate::cli;
use crate::each::Each;
use crate::output::Output;
use crate::pipeline::Way;
use crate::presentation;
use crate::saved::{self, Saved};
use crate::settings::{self, Environment};
use crate::status::{ExitStatus, Failure};

pub(crate) fn run(
    args: &cli::Report,
    environment: &Environment,
    output: &Output,
) -> anyhow::Result<ExitStatus> {
    // A badge is SVG whatever its file is called.
    let named = args.writing.output.as_deref().filter(|_| args.badge.is_none());
    let format = settings::format(args.writing.format.as_deref(), named)?;
    let (answers, earlier) = saved::split(&args.asking.files)?;
    let way =
        Way { environment, output, explain: args.writing.explain, writes: args.writing.output.as_deref() };
    if answers.is_empty() {
        let report = only(earlier)?;
        let report = presentation::overruled(&args.presenting, report)?;
        write(args, &report, format, args.writing.output.as_deref(), output)?;
        return Ok(ExitStatus::Done);
    }
    let mut asking = args.asking.clone();
    asking.files = answers;
    let shape = |survey: &Survey, scope: &mut Scope| -> Result<(), Failure> {
        scope.depth = Depth::Report;
        scope.mix.clone_from(&args.mix);
        scope.trend = true;
        scope.saved = saved::waves(&earlier).collect();
        if !survey.suppress_below_declared {
            scope.suppress_below = Some(presentation::audience(&args.presenting, survey)?.suppress_below());
        }
        Ok(())
    };
    let whole = way.answer(&asking, shape)?;
    let document = presentation::document(&args.presenting, &whole.survey, whole.definition.as_deref())?;
    let presented = |mut report: Report, each: Option<&Each>| {
        if let Some(title) = &whole.survey.report.title {
            report.title.clone_from(title);
        }
        saved::note_inputs(&mut report, &earlier);
        let mut document = document.clone();
        document.each = each.map(Each::chosen);
        report.sections.push(Section::Document(document));
        saved::sealed_as(format, report)
    };
    match &args.each {
        None => {
            let report = presented(whole.report, None);
            write(args, &report, format, args.writing.output.as_deref(), output)?;
        }
        Some(segment) => {
            let Some(target) = args.writing.output.as_deref() else {
                return Err(Failure::usage("`--each` writes several reports")
                    .help("name them with -o: `-o q3.html` gives q3-north.html and so on")
                    .into());
            };
            if asking.files.iter().any(|file| file.as_os_str() == "-") {
                return Err(Failure::usage(
                    "`--each` reads the answers once a value, and `-` can be read once only",
                )
                .into());
            }
            let (values, hidden) = Each::values(&whole.report, segment)?;
            if hidden > 0 {
                output.say(&format!("{hidden} groups have no report: some of their figures are hidden"));
            }
            let names = names(target, &values)?;
            for (each, target) in values.iter().zip(names) {
                let report = each.report(&way, &asking, &whole.report, |scope| {
                    scope.suppress_below = Some(whole.report.survey.suppress_below);
                })?;
                write(args, &presented(report, Some(each)), format, Some(&target), output)?;
                output.say(&format!("wrote {}", target.display()));
            }
        }
    }
    Ok(ExitStatus::Done)
}

/// The one saved report that is to be rendered.
fn only(mut saved: Vec<Saved>) -> Result<Report, Failure> {
    match (saved.pop(), saved.is_empty()) {
        (Some(one), true) => Ok(one.report),
        _ => Err(Failure::usage("several saved reports and no answers").help(
            "`csat trend` joins saved reports; `csat report` renders one, or joins them to a file of answers",
        )),
    }
}

fn write(
    args: &cli::Report,
    report: &Report,
    format: Format,
    target: Option<&Path>,
    output: &Output,
) -> Result<(), Failure> {
    if let Some(folder) = &args.charts {
        output.folder(folder)?;
        for file in render::charts(report).map_err(|error| Failure::data(error.to_string()))? {
            output.data(&file.bytes, Some(&folder.join(&file.name)))?;
        }
    }
    if let Some(question) = &args.badge {
        let badge = render::badge(report, question).ok_or_else(|| {
            let ids: Vec<&str> =
                report.survey.questions.iter().map(|question| question.id.as_str()).collect();
            let failure = Failure::usage(format!("`--badge {question}`: there is no score of that name"));
            match csat::survey::did_you_mean(question, ids.iter().copied()) {
                Some(nearest) => failure.help(format!("did you mean `{nearest}`?")),
                None => failure.help(format!("there are {}", ids.join(", "))),
            }
        })?;
        return output.data(badge.as_bytes(), target);
    }
    let look: Look = output.look(&args.writing);
    let bytes = render::render(report, format, &look).map_err(|error| Failure::usage(error.to_string()))?;
    output.rendered(&bytes, format, target)
}

/// A file a value: `q3.html` and `North` give `q3-north.html`; values that would share a name are numbered.
fn names(target: &Path, values: &[Each]) -> Result<Vec<PathBuf>, Failure> {
    let stem = target.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let ending =
        target.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    if stem.is_empty() || stem == "-" {
        return Err(Failure::usage("`--each` writes files").help("name them with -o: `-o q3.html`"));
    }
    let mut taken: Vec<String> = Vec::new();
    for each in values {
        let word = settings::file_word(&each.value);
        let mut name = word.clone();
        let mut number = 2;
        while taken.contains(&name) {
            name = format!("{word}-{number}");
            number += 1;
        }
        taken.push(name);
    }
    Ok(taken.into_iter().map(|name| target.with_file_name(format!("{stem}-{name}{ending}"))).collect())
}
