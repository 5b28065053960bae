//! `csat report`: what management reads each quarter, from files of answers or from a saved report.

use std::path::{Path, PathBuf};

use csat::analysis::{Depth, RowChecks, Scope};
use csat::render::{self, Format};
use csat::report::{Audience, DocumentSection, Report, Section};
use csat::survey::{Survey, did_you_mean};

use crate::cli;
use crate::each::Each;
use crate::output::Output;
use crate::pipeline::{self, Answered, Way};
use crate::presentation;
use crate::records::{Records, Shown};
use crate::saved::{self, Saved};
use crate::series::{Newest, Sources};
use crate::settings::{self, Environment};
use crate::staging::{self, File};
use crate::status::{ExitStatus, Failure};
use crate::typed;

pub(crate) fn run(
    args: &cli::Report,
    environment: &Environment,
    output: &Output,
) -> anyhow::Result<ExitStatus> {
    let format = format(args)?;
    let target = args.writing.output.as_deref();
    pipeline::protect(target, &args.asking.files, None)?;
    let way = Way { presenting: Some(&args.presenting), ..Way::new(environment, output, &args.writing) };
    let mut sources = Sources::named(&args.asking)?;
    if sources.groups.is_empty() {
        let more = [("--each", args.each.is_some()), ("--mix", args.mix.is_some())];
        sources.need_answers_for(&args.asking, &more)?;
        let report = only(std::mem::take(&mut sources.saved))?;
        let report = presentation::overruled(&args.presenting, report)?;
        write(args, &[Piece { report, word: None }], format, output)?;
        return Ok(ExitStatus::Done);
    }
    let whole = whole(&way, args, &sources)?;
    let pieces = match &args.each {
        None => vec![Piece { report: whole.presented(args), word: None }],
        Some(segment) => {
            let is_file = target.is_some_and(|target| target.as_os_str() != "-");
            if !is_file {
                return Err(Failure::usage("`--each` writes several reports")
                    .help("name them with -o: `-o q3.html` gives q3-north.html and so on")
                    .into());
            }
            if whole.newest.asking.files.iter().any(|file| file.as_os_str() == "-") {
                return Err(Failure::usage(
                    "`--each` reads the answers once a value, and `-` can be read once only",
                )
                .into());
            }
            let (values, hidden) = Each::values(&whole.answered.report, segment)?;
            if hidden > 0 {
                let groups =
                    if hidden == 1 { "1 group has".to_owned() } else { format!("{hidden} groups have") };
                output.say(&format!("{groups} no report: some of the figures are hidden"));
            }
            let pieces = values.iter().zip(words(&values)).map(|(each, word)| {
                let report = whole.of_value(&way, args, each)?;
                Ok(Piece { report, word: Some(word) })
            });
            pieces.collect::<Result<_, Failure>>()?
        }
    };
    write(args, &pieces, format, output)?;
    Ok(ExitStatus::Done)
}

/// The report of all respondents, with all that the reports of single values take from it.
pub(crate) struct Whole<'a> {
    sources: &'a Sources,
    newest: Newest,
    answered: Answered,
    document: DocumentSection,
    row_checks: RowChecks,
    /// Of the files of records that the definition names.
    records: Records,
}

/// Whether rows are looked at: how carefully people answered is for those who work with it.
fn row_checks(args: &cli::Report, survey: &Survey) -> Result<RowChecks, Failure> {
    let is_team = presentation::audience(&args.presenting, survey)? == Audience::Team;
    Ok(if is_team && args.badge.is_none() { RowChecks::Flags } else { RowChecks::No })
}

/// Whether answers are weighted to targets: then the report shows what that does to the scores.
fn has_targets(survey: &Survey) -> bool {
    survey.weighting.as_ref().is_some_and(|weighting| !weighting.margins.is_empty())
}

/// Counts what was named.
///
/// # Errors
/// Only saved reports were named; files, data and options that do not fit.
pub(crate) fn whole<'a>(
    way: &Way<'_>,
    args: &cli::Report,
    sources: &'a Sources,
) -> Result<Whole<'a>, Failure> {
    let hiding = |survey: &Survey, scope: &mut Scope| -> Result<(), Failure> {
        if !survey.suppress_below_declared {
            scope.suppress_below = Some(presentation::audience(&args.presenting, survey)?.suppress_below());
        }
        Ok(())
    };
    let newest = sources
        .newest(way, &args.asking, &hiding)?
        .ok_or_else(|| Failure::usage("a report is made of answers, and only saved reports were named"))?;
    let silent = way.output.silent();
    let way = Way { output: if newest.read { &silent } else { way.output }, ..*way };
    let answered = way.answer(&newest.asking, |survey, scope| {
        scope.depth = Depth::Report;
        scope.mix.clone_from(&args.mix);
        scope.trend = true;
        scope.saved.clone_from(&newest.earlier);
        scope.row_checks = row_checks(args, survey)?;
        scope.with_unweighted = has_targets(survey);
        hiding(survey, scope)
    })?;
    let document =
        presentation::document(&args.presenting, &answered.survey, answered.definition.as_deref())?;
    let row_checks = row_checks(args, &answered.survey)?;
    let records = {
        let shown = Shown::Report(&newest.asking.files);
        Records::declared(&way, &answered.survey, answered.definition.as_deref(), &shown)?
    };
    Ok(Whole { sources, newest, answered, document, row_checks, records })
}

impl Whole<'_> {
    /// The report, not sealed yet.
    pub(crate) fn presented(&self, args: &cli::Report) -> Report {
        self.finished(args, self.answered.report.clone(), None)
    }

    /// The report of one value, not sealed yet.
    pub(crate) fn of_value(&self, way: &Way<'_>, args: &cli::Report, each: &Each) -> Result<Report, Failure> {
        let report = each.report(way, &self.newest.asking, &self.answered.report, |scope| {
            scope.suppress_below = Some(self.answered.report.survey.suppress_below);
            scope.mix.clone_from(&args.mix);
            scope.saved = each.waves(&self.newest.earlier);
            scope.row_checks = self.row_checks;
            scope.with_unweighted = has_targets(&self.answered.survey);
        })?;
        Ok(self.finished(args, report, Some(each)))
    }

    fn finished(&self, args: &cli::Report, mut report: Report, each: Option<&Each>) -> Report {
        if let Some(title) = &self.answered.survey.report.title {
            report.title.clone_from(title);
        }
        self.newest.note(&mut report, &self.sources.saved);
        if each.is_none() {
            self.records.add_to(&mut report);
        }
        let document = DocumentSection { each: each.map(Each::chosen), ..self.document.clone() };
        report.sections.push(Section::Document(document));
        typed::keep_report(&mut report, args, each);
        report
    }
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

/// One of the reports that are written, with the word that its file has besides the name that was typed.
struct Piece {
    report: Report,
    word: Option<String>,
}

/// The format of the report; a badge is SVG, and a file that is called otherwise is not what it is called.
fn format(args: &cli::Report) -> Result<Format, Failure> {
    let (typed, target) = (args.writing.format.as_deref(), args.writing.output.as_deref());
    if args.badge.is_none() {
        return settings::format(typed, target);
    }
    if let Some(format) = typed.filter(|format| !format.eq_ignore_ascii_case("svg")) {
        return Err(Failure::usage(format!("`--badge` writes SVG, not {format}")).help("leave --format out"));
    }
    let named = target.filter(|target| target.as_os_str() != "-");
    match named.filter(|named| named.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("svg"))) {
        Some(other) => Err(Failure::usage(format!(
            "`--badge` writes SVG, and `{}` is called otherwise",
            other.display()
        ))
        .help(format!("`-o {}`", settings::quoted(&other.with_extension("svg").to_string_lossy())))),
        None => Ok(Format::Table),
    }
}

/// Renders everything, then writes all of it or nothing.
fn write(args: &cli::Report, pieces: &[Piece], format: Format, output: &Output) -> Result<(), Failure> {
    let target = args.writing.output.as_deref();
    if args.badge.is_none() {
        output.can_show(format, target)?;
    }
    let mut files = Vec::new();
    let mut folders = Vec::new();
    let mut printed = None;
    for piece in pieces {
        if let Some(folder) = &args.charts {
            let folder = piece.word.as_ref().map_or_else(|| folder.clone(), |word| folder.join(word));
            let charts = render::charts(&piece.report).map_err(|error| Failure::data(error.to_string()))?;
            files.extend(
                charts.into_iter().map(|file| File { path: folder.join(&file.name), bytes: file.bytes }),
            );
            folders.push(folder);
        }
        let bytes = if let Some(question) = &args.badge {
            badge(&piece.report, question)?
        } else {
            let report = saved::sealed_as(format, piece.report.clone());
            render::render(&report, format, &output.look(&args.writing))
                .map_err(|error| Failure::usage(error.to_string()))?
        };
        match target.filter(|target| target.as_os_str() != "-") {
            Some(target) => files.push(File { path: name(target, piece.word.as_deref()), bytes }),
            None => printed = Some(bytes),
        }
    }
    let made = staging::folders(&folders)?;
    output.files(&files)?;
    made.keep();
    if let Some(bytes) = printed {
        output.data(&bytes, None)?;
    }
    for piece in pieces.iter().filter(|piece| piece.word.is_some()) {
        if let Some(target) = target {
            output.say(&format!("wrote {}", name(target, piece.word.as_deref()).display()));
        }
    }
    Ok(())
}

fn badge(report: &Report, question: &str) -> Result<Vec<u8>, Failure> {
    if let Some(badge) = render::badge(report, question) {
        return Ok(badge.into_bytes());
    }
    let questions = &report.survey.questions;
    if let Some(known) = questions.iter().find(|known| known.id == question) {
        let reason = match &known.headline {
            Some(_) => "has no figure: no row of the wave shown has an answer to it",
            None => "is not scored",
        };
        return Err(Failure::usage(format!("`--badge {question}`: the question {reason}")));
    }
    let ids: Vec<&str> = questions.iter().map(|question| question.id.as_str()).collect();
    let failure = Failure::usage(format!("`--badge {question}`: there is no score of that name"));
    Err(match did_you_mean(question, ids.iter().copied()) {
        Some(nearest) => failure.help(format!("did you mean `{nearest}`?")),
        None => failure.help(format!("there are {}", ids.join(", "))),
    })
}

/// The file of a piece: `q3.html`, or of the value `North` `q3-north.html`.
fn name(target: &Path, word: Option<&str>) -> PathBuf {
    let Some(word) = word else { return target.to_owned() };
    let stem = target.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let ending =
        target.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    target.with_file_name(format!("{stem}-{word}{ending}"))
}

/// A word a value; values that would share one are numbered.
fn words(values: &[Each]) -> Vec<String> {
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
    taken
}
