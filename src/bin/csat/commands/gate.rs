//! `csat gate`: says no with an exit code when a target is missed or a limit is broken.

use std::path::Path;

use csat::analysis::{self, Judging, Scope, WaveChoice, WaveFigures};
use csat::render::{self, Format, Look, Subject};
use csat::report::{Estimate, GatesSection, Report, Section, words};
use csat::stats::Confidence;
use csat::survey::{GateCondition, GateRule, Survey, gate};

use crate::cli::{self, GateFormat};
use crate::output::Output;
use crate::pipeline::{self, Answered, Way};
use crate::records::{Records, Shown};
use crate::saved;
use crate::series::{self, Sources};
use crate::settings::{self, Environment};
use crate::status::{ExitStatus, Failure};
use crate::typed;

/// How to write a gate, where there is none.
const HOW_TO: &str = "type `--fail-if 'overall.low < 70'`, or write into the definition `target = 80` in a \
                      [question.x], or a [[gate]] with `fail_if = \"overall.low < 70\"`";

pub(crate) fn run(
    args: &cli::Gate,
    environment: &Environment,
    output: &Output,
) -> anyhow::Result<ExitStatus> {
    let format = format(args.format, args.output.as_deref())?;
    pipeline::protect(args.output.as_deref(), &args.asking.files, None)?;
    let way = Way { environment, output, explain: false, writes: args.output.as_deref(), presenting: None };
    let (mut report, section) = made(&way, args, &Sources::named(&args.asking)?)?;
    if format != GateFormat::Table || args.output.is_some() {
        say(&section, output);
    }
    if format == GateFormat::Json {
        report = saved::sealed_as(Format::Json, report);
    }
    write(args, &report, format, environment, output)?;
    Ok(if section.failed() { ExitStatus::Gate } else { ExitStatus::Done })
}

/// The report with its gates, not sealed yet.
pub(crate) fn made(
    way: &Way<'_>,
    args: &cli::Gate,
    sources: &Sources,
) -> Result<(Report, GatesSection), Failure> {
    let choice = match args.asking.wave.as_deref().map(WaveChoice::parse) {
        Some(WaveChoice::All) => {
            return Err(Failure::usage("`--wave all`: a gate judges one wave")
                .help("leave it out for the latest complete one, or name one: --wave 2026-Q3"));
        }
        choice => choice.unwrap_or(WaveChoice::Latest),
    };
    let Some(newest) = sources.newest(way, &args.asking, &|_, _| Ok(()))? else {
        return Err(Failure::usage("a gate judges answers, and only saved reports were named")
            .help("name the newest file of answers too: csat gate q2.json q3.csv"));
    };
    let silent = way.output.silent();
    let way = Way { output: if newest.read { &silent } else { way.output }, ..*way };
    let mut typed = Vec::new();
    let shape = |survey: &Survey, scope: &mut Scope| -> Result<(), Failure> {
        typed = conditions(&args.fail_if, survey)?;
        if typed.is_empty() && survey.gates.is_empty() && !has_target(survey) {
            return Err(Failure::usage("there is no target and no gate to judge").help(HOW_TO));
        }
        // Every wave, since a gate may name any, and its change needs another.
        scope.wave = Some(WaveChoice::All);
        scope.saved.clone_from(&newest.earlier);
        for crossing in crossed(survey, &typed) {
            if !scope.by.contains(&crossing) {
                scope.by.push(crossing);
            }
        }
        Ok(())
    };
    let Answered { mut report, survey, definition, .. } = way.answer(&newest.asking, shape)?;
    let mut waves = waves(&report, &newest.earlier)?;
    let records = Records::declared(&way, &survey, definition.as_deref(), &Shown::Waves)?;
    records.add_to_waves(&mut waves);
    records.name_in(&mut report);
    let wave = judged_wave(&choice, &waves, &report)?;
    known_waves(&typed, &waves)?;
    let level = report.survey.confidence;
    let confidence = Confidence::new(level)
        .ok_or_else(|| Failure::data(format!("the report's confidence level {level} is none")))?;
    let judged = analysis::judge(&Judging {
        survey: &survey,
        waves: &waves,
        typed: &typed,
        wave: wave.as_deref(),
        confidence,
        strict: args.strict,
    });
    report.notes.extend(judged.notes);
    report.sections.push(Section::Gates(judged.section.clone()));
    if !newest.earlier.is_empty() {
        report.waves.found = waves.iter().map(|wave| wave.label.clone()).collect();
    }
    newest.note(&mut report, &sources.saved);
    typed::keep_gate(&mut report, args);
    Ok((report, judged.section))
}

/// What fails or could not be judged, for those who do not see the table.
fn say(section: &GatesSection, output: &Output) {
    for row in section.rows.iter().filter(|row| row.reason.is_some() || row.fails) {
        output.say(&format!("gate: {}", words::gate_sentence(row)));
    }
    output.say(&words::gates_count(section));
}

/// As typed, else by the ending of the output file, else the table.
fn format(typed: Option<GateFormat>, output: Option<&Path>) -> Result<GateFormat, Failure> {
    let ending = output.and_then(Path::extension).map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    match (typed, ending.as_deref()) {
        (Some(format), _) => Ok(format),
        (None, None | Some("txt")) => Ok(GateFormat::Table),
        (None, Some("md" | "markdown")) => Ok(GateFormat::Md),
        (None, Some("json")) => Ok(GateFormat::Json),
        (None, Some("xml")) => Ok(GateFormat::Junit),
        (None, Some(other)) => Err(Failure::usage(format!("the ending .{other} is no format of a gate"))
            .help("choose .txt, .md, .json or .xml (JUnit), or name it with --format")),
    }
}

/// All conditions that were typed, or every complaint about them.
fn conditions(typed: &[String], survey: &Survey) -> Result<Vec<GateCondition>, Failure> {
    let mut found = Vec::new();
    let mut complaints = Vec::new();
    for text in typed {
        match gate::parse(text, survey) {
            Ok(condition) => found.push(condition),
            Err(complaint) => complaints.push(complaint),
        }
    }
    if complaints.is_empty() {
        Ok(found)
    } else {
        Err(Failure::Complaints { status: ExitStatus::Usage, complaints })
    }
}

fn has_target(survey: &Survey) -> bool {
    survey.questions.iter().any(|question| question.target.is_some() && question.headline.is_some())
}

/// The crossings that gates on several segments need.
fn crossed(survey: &Survey, typed: &[GateCondition]) -> Vec<Vec<String>> {
    let written = survey.gates.iter().map(|gate| match &gate.rule {
        GateRule::FailIf(condition) => &condition.segment,
        GateRule::MaxDrop { segment, .. } => segment,
    });
    written
        .chain(typed.iter().map(|condition| &condition.segment))
        .filter(|segment| segment.len() > 1)
        .map(|segment| segment.iter().map(|(id, _)| id.clone()).collect())
        .collect()
}

/// The waves of the answers, with their crossings, and those before.
fn waves(report: &Report, earlier: &[WaveFigures]) -> Result<Vec<WaveFigures>, Failure> {
    let mut fresh = series::fresh(report);
    let unnamed = report.waves.rule.is_none();
    for wave in &mut fresh {
        let here = |of: Option<&str>| of == Some(wave.label.as_str()) || (unnamed && of.is_none());
        let crossed = report
            .estimates
            .iter()
            .filter(|estimate| estimate.segment.len() > 1 && here(estimate.wave.as_deref()));
        let crossed: Vec<Estimate> = crossed.cloned().collect();
        wave.estimates.extend(crossed);
    }
    Ok(analysis::join(earlier.iter().cloned().chain(fresh).collect())?)
}

/// The wave that was asked for; none for the latest complete one.
fn judged_wave(
    choice: &WaveChoice,
    waves: &[WaveFigures],
    report: &Report,
) -> Result<Option<String>, Failure> {
    match choice {
        WaveChoice::Latest | WaveChoice::All => Ok(None),
        WaveChoice::Running => report.waves.running.clone().map(Some).ok_or_else(|| {
            Failure::usage(format!("no wave was running on {}; {}", report.as_of, there_are(waves)))
        }),
        WaveChoice::Named(label) if waves.iter().any(|wave| wave.label == *label) => Ok(Some(label.clone())),
        WaveChoice::Named(label) => Err(unknown_wave(label, waves)),
    }
}

/// A wave in what was typed that is not there is a slip; one in a definition may be still to come.
fn known_waves(typed: &[GateCondition], waves: &[WaveFigures]) -> Result<(), Failure> {
    let named = typed.iter().filter_map(|condition| condition.wave.as_deref());
    match named.into_iter().find(|label| waves.iter().all(|wave| wave.label != *label)) {
        Some(label) => Err(unknown_wave(label, waves)),
        None => Ok(()),
    }
}

fn unknown_wave(label: &str, waves: &[WaveFigures]) -> Failure {
    Failure::usage(format!("no wave `{label}`; {}", there_are(waves)))
}

fn there_are(waves: &[WaveFigures]) -> String {
    let labels: Vec<&str> = waves.iter().map(|wave| wave.label.as_str()).collect();
    format!("there are {}", settings::short_list(&labels))
}

fn write(
    args: &cli::Gate,
    report: &Report,
    format: GateFormat,
    environment: &Environment,
    output: &Output,
) -> Result<(), Failure> {
    let unusable = |error: render::RenderError| Failure::data(error.to_string());
    let look = Look {
        width: Output::width(),
        colour: output.colour() && args.output.as_deref().is_none_or(|file| file.as_os_str() == "-"),
        explain: false,
        subject: Subject::Gates,
    };
    let rendered = |format| render::render(report, format, &look).map_err(unusable);
    let bytes = match format {
        GateFormat::Table => rendered(Format::Table)?,
        GateFormat::Md => rendered(Format::Markdown)?,
        GateFormat::Json => rendered(Format::Json)?,
        GateFormat::Junit => render::junit(report).map_err(unusable)?.into_bytes(),
        GateFormat::Github => render::annotations(report).into_bytes(),
    };
    output.data(&bytes, args.output.as_deref())?;
    if environment.github_actions && args.format.is_none() {
        output.data(render::annotations(report).as_bytes(), None)?;
        if let Some(summary) = &environment.github_summary {
            output.append(&rendered(Format::Markdown)?, summary)?;
        }
    }
    Ok(())
}
