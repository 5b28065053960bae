//! Both sides with their figures: two files, or the rows of the same files by conditions. One pass a side.

use std::path::{Path, PathBuf};

use csat::analysis::{self, Comparand, Scope};
use csat::diagnostic::Severity;
use csat::report::words::first_names;
use csat::report::{Ledger, Report};
use csat::survey::Survey;
use csat::survey::expression::{self, Expression};

use super::condition::{Chosen, Condition, both};
use crate::cli::{Asking, Compare};
use crate::pipeline::Way;
use crate::saved::{self, Saved};
use crate::series::Sources;
use crate::status::Failure;

/// The label of everybody who is not on the other side.
const REST: &str = "rest";

/// Both sides.
#[derive(Debug)]
pub(super) struct Sides {
    pub(super) a: Comparand,
    pub(super) b: Comparand,
    reports: [Report; 2],
    saved: Vec<Saved>,
    /// Whether they are rows of the same files.
    by_condition: bool,
    /// Whether a side is chosen by a condition on its rows, and not by its wave or file.
    are_groups: bool,
}

impl Sides {
    /// Reads what was named.
    pub(super) fn read(way: &Way<'_>, args: &Compare) -> Result<Self, Failure> {
        match (&args.a, args.asking.files.as_slice()) {
            (Some(a), _) => of_conditions(way, args, a),
            (None, [a, b]) => of_files(way, &args.asking, a, b),
            (None, files) => {
                let found = if files.len() == 1 { "one file was" } else { "more than two files were" };
                Err(Failure::usage(format!("{found} named; two files are the two sides")).help(
                    "name two files, or choose the sides by conditions: --a 'wave = 2026-Q2' --b 'wave = 2026-Q3'",
                ))
            }
        }
    }

    /// The confidence level: that of answers before that of a saved report.
    pub(super) fn confidence(&self) -> f64 {
        let [a, b] = &self.reports;
        if self.b.side.saved && !self.a.side.saved { a.survey.confidence } else { b.survey.confidence }
    }

    /// Below so many answers a side that is a group of respondents is hidden.
    pub(super) fn hide_below(&self) -> u64 {
        let limits = self.reports.iter().map(|report| report.survey.suppress_below);
        if self.are_groups { limits.max().unwrap_or(0) } else { 0 }
    }

    /// A report that has the inputs, the account and the notes of both sides.
    pub(super) fn report(&self) -> Report {
        let [a, b] = &self.reports;
        let mut report = if self.b.side.saved && !self.a.side.saved { a.clone() } else { b.clone() };
        if a.title != b.title {
            report.title = format!("{} – {}", a.title, b.title);
        }
        let saved: Vec<Ledger> = self.saved.iter().map(Saved::ledger).collect();
        let fresh = [(&self.a, a), (&self.b, b)].into_iter().filter(|(side, _)| !side.side.saved);
        let mut ledgers: Vec<&Ledger> =
            fresh.clone().map(|(_, report)| &report.ledger).chain(&saved).collect();
        ledgers.sort_by_key(|ledger| ledger.questions != report.ledger.questions);
        report.ledger = analysis::joined_ledger(&ledgers);
        let mut inputs = Vec::new();
        for (_, one) in fresh {
            for input in &one.provenance.inputs {
                if !self.by_condition || !inputs.contains(input) {
                    inputs.push(input.clone());
                }
            }
        }
        inputs.extend(self.saved.iter().map(Saved::input));
        report.provenance.inputs = inputs;
        for note in &a.notes {
            if !report.notes.contains(note) {
                report.notes.push(note.clone());
            }
        }
        report.notes.retain(|note| !analysis::is_list_note(note) && note.code != "pooled");
        report.notes.extend(analysis::list_notes(&report.ledger));
        let counted = [a, b].map(|report| report.survey.suppress_below);
        report.survey.suppress_below = counted.into_iter().min().unwrap_or(0);
        report.survey.invited = None;
        report.survey.response_rate = None;
        report
    }
}

/// Each file a side.
fn of_files(way: &Way<'_>, asking: &Asking, a: &Path, b: &Path) -> Result<Sides, Failure> {
    Sources::named(asking)?.need_answers_for(asking, &[])?;
    let labels = labels([a, b]);
    let mut saved = Vec::new();
    let mut read = |file: &Path, label: &str| -> Result<(Comparand, Report), Failure> {
        if saved::is_saved(file) {
            let (_, mut loaded) = saved::split(&[file.to_owned()])?;
            if let Some(one) = loaded.pop() {
                let report = one.report.clone();
                let mut side = Comparand::of_report(&report, label);
                side.side.saved = true;
                let has_figures = !side.estimates().next().is_none();
                if !has_figures && !report.estimates.is_empty() {
                    return Err(of_several_waves(file, &report));
                }
                saved.push(one);
                return Ok((side, report));
            }
        }
        let asking = Asking { files: vec![file.to_owned()], ..asking.clone() };
        let report = way.answer(&asking, |_, _| Ok(()))?.report;
        Ok((Comparand::of_report(&report, label), report))
    };
    let (side_a, report_a) = read(a, &labels[0])?;
    let (side_b, report_b) = read(b, &labels[1])?;
    Ok(Sides {
        a: side_a,
        b: side_b,
        reports: [report_a, report_b],
        saved,
        by_condition: false,
        are_groups: false,
    })
}

/// A saved report of several waves has no figure of them together.
fn of_several_waves(file: &Path, report: &Report) -> Failure {
    let waves: Vec<&str> = report.waves.found.iter().map(String::as_str).collect();
    let (list, _) = first_names(waves.iter().copied());
    Failure::usage(format!("`{}` is a report of several waves ({list}), and a side is one", file.display()))
        .help("save a report of one wave: `csat report FILE --wave NAME -o NAME.json`")
}

/// The rows of the same files by conditions.
fn of_conditions(way: &Way<'_>, args: &Compare, a: &str) -> Result<Sides, Failure> {
    let asking = &args.asking;
    for file in &asking.files {
        if file.as_os_str() == "-" {
            return Err(Failure::usage("standard input can be read once, and each side is read by itself")
                .help("save it to a file, and name that"));
        }
        if saved::is_saved(file) {
            return Err(Failure::usage(format!(
                "--a chooses rows, and the saved report `{}` has none",
                file.display()
            ))
            .help("name the file of answers, or two saved reports without --a"));
        }
    }
    let a = Condition::parse("--a", a)?;
    let b = match &args.b {
        Some(text) => Some(Condition::parse("--b", text)?),
        None if args.rest => None,
        None => {
            return Err(Failure::usage("--a names one side only")
                .help("name the other by --b 'CONDITION', or everybody else by --rest"));
        }
    };
    let (chosen_a, report_a) = pass(way, asking, |survey, scope| chosen(&a, survey, scope, asking))?;
    let silent = way.output.silent();
    let quiet = Way { output: &silent, explain: false, ..*way };
    let (chosen_b, report_b) = pass(&quiet, asking, |survey, scope| match &b {
        Some(b) => {
            let chosen = chosen(b, survey, scope, asking)?;
            say_cautions(way, &chosen, survey, scope);
            Ok(chosen)
        }
        None => rest(&a.text, &chosen_a),
    })?;
    let both_rows = both(chosen_a.rows.clone(), chosen_b.rows.clone());
    if b.is_some() && report_a.waves.wave == report_b.waves.wave {
        let rows = both_rows.clone();
        let wave = chosen_a.wave.clone();
        let (_, overlap) =
            pass(&quiet, asking, |_, _| Ok(Chosen { rows: rows.clone(), wave: wave.clone() }))?;
        refuse_overlap(overlap.ledger.rows_used)?;
    }
    let side = |report: &Report, chosen: &Chosen, text: Option<&str>| {
        let label = text.unwrap_or(REST);
        let label = chosen.wave.as_deref().filter(|_| chosen.rows.is_none()).unwrap_or(label);
        let mut found = Comparand::of_report(report, label);
        found.side.condition = chosen.rows.as_ref().map(ToString::to_string);
        found.side.rest = text.is_none();
        found
    };
    Ok(Sides {
        a: side(&report_a, &chosen_a, Some(&a.text)),
        b: side(&report_b, &chosen_b, b.as_ref().map(|b| b.text.as_str())),
        reports: [report_a, report_b],
        saved: Vec::new(),
        by_condition: true,
        are_groups: both_rows.is_some(),
    })
}

fn chosen(condition: &Condition, survey: &Survey, scope: &Scope, asking: &Asking) -> Result<Chosen, Failure> {
    condition.chosen(survey, &scope.columns, asking.every.is_some())
}

/// Everybody in the same wave who is not on side a.
fn rest(text: &str, a: &Chosen) -> Result<Chosen, Failure> {
    match &a.rows {
        Some(rows) => Ok(Chosen { rows: Some(expression::rest(rows)), wave: a.wave.clone() }),
        None => Err(Failure::usage(format!("--rest of `{text}` would be all other waves together"))
            .help("name the wave to compare with: --b 'wave = 2026-Q3'")),
    }
}

/// One pass over the rows that the side chooses.
fn pass(
    way: &Way<'_>,
    asking: &Asking,
    choose: impl FnOnce(&Survey, &Scope) -> Result<Chosen, Failure>,
) -> Result<(Chosen, Report), Failure> {
    let mut found = Chosen::default();
    let answered = way.answer(asking, |survey, scope| {
        found = choose(survey, scope)?;
        scope.filter = both(scope.filter.take(), found.rows.clone());
        if let Some(wave) = &found.wave {
            scope.wave = Some(analysis::WaveChoice::Named(wave.clone()));
        }
        Ok(())
    })?;
    Ok((found, answered.report))
}

/// Says what is odd about the condition of a side whose pass is silent.
fn say_cautions(way: &Way<'_>, chosen: &Chosen, survey: &Survey, scope: &Scope) {
    let check = |rows: &Expression| expression::check(rows, survey, &scope.columns);
    for caution in chosen.rows.iter().flat_map(check).filter(|found| found.severity == Severity::Caution) {
        way.output.say_complaint(&caution);
    }
}

fn refuse_overlap(rows: u64) -> Result<(), Failure> {
    let rows = match rows {
        0 => return Ok(()),
        1 => "1 row is".to_owned(),
        rows => format!("{rows} rows are"),
    };
    Err(Failure::usage(format!("{rows} on both sides, and both are compared as if nobody were on both"))
        .help("make the conditions exclude each other, or set a group against everybody else by --rest"))
}

/// What the files are called: by their names without endings, or in full where those are the same.
fn labels(files: [&Path; 2]) -> [String; 2] {
    let stem = |file: &Path| match file.file_stem() {
        Some(stem) if file.as_os_str() != "-" => stem.to_string_lossy().into_owned(),
        _ => "standard input".to_owned(),
    };
    let [a, b] = files.map(stem);
    if a != b {
        return [a, b];
    }
    let [a, b] = files.map(|file: &Path| PathBuf::from(file).display().to_string());
    if a == b { [format!("{a} (a)"), format!("{b} (b)")] } else { [a, b] }
}
