//! Both sides with their figures: two files, or the rows of the same files by conditions. One pass a side.

use std::path::{Path, PathBuf};

use csat::analysis::{self, Comparand, DrawnSide, OneSample, PairedRows, Scope, SidesSampled};
use csat::diagnostic::{Diagnostic, Severity};
use csat::measures::Intervals;
use csat::report::words::first_names;
use csat::report::{Ledger, Report, Section};
use csat::survey::expression::{self, Expression};
use csat::survey::{self, Survey};

use super::condition::{Chosen, Condition, both};
use crate::cli::{Asking, Compare};
use crate::pipeline::{Answered, Kept, Way};
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
    /// The rows of both sides and how intervals are made, where respondents are paired.
    pub(super) paired: Option<([PairedRows; 2], Intervals)>,
    /// Whether they are rows of the same files.
    by_condition: bool,
    /// Whether a side is chosen by a condition on its rows, and not by its wave or file.
    are_groups: bool,
    /// Whether, and as what, they are parts of one sample.
    pub(super) sample: SidesSampled,
}

impl Sides {
    /// Reads what was named.
    pub(super) fn read(way: &Way<'_>, args: &Compare) -> Result<Self, Failure> {
        match (&args.a, args.asking.files.as_slice()) {
            (Some(a), _) => of_conditions(way, args, a),
            (None, [a, b]) => {
                Sources::named(&args.asking)?.need_answers_for(&args.asking, &[])?;
                let asking = |file: &PathBuf| Asking { files: vec![file.clone()], ..args.asking.clone() };
                Self::of_files(way, args, &[asking(a), asking(b)])
            }
            (None, files) => {
                let found = if files.len() == 1 { "one file was" } else { "more than two files were" };
                Err(Failure::usage(format!("{found} named; two files are the two sides")).help(
                    "name two files, or choose the sides by conditions: --a 'wave = 2026-Q2' --b 'wave = 2026-Q3'",
                ))
            }
        }
    }

    /// Each file a side.
    pub(super) fn of_files(way: &Way<'_>, args: &Compare, sides: &[Asking; 2]) -> Result<Self, Failure> {
        let file = |asking: &Asking| asking.files.first().cloned().unwrap_or_default();
        let [a, b] = sides.each_ref().map(file);
        let labels = labels([&a, &b]);
        let mut saved = Vec::new();
        let mut read = |asking: &Asking,
                        file: &Path,
                        label: &str|
         -> Result<(Comparand, Report, Option<Rows>), Failure> {
            if saved::is_saved(file) {
                refuse_pairs_of(file, args)?;
                let (_, mut loaded) = saved::split(&[file.to_owned()])?;
                if let Some(one) = loaded.pop() {
                    let report = one.report.clone();
                    let mut side = Comparand::of_report(&report, label);
                    side.side.saved = true;
                    let has_figures = side.estimates().next().is_some();
                    if !has_figures && !report.estimates.is_empty() {
                        return Err(of_several_waves(file, &report));
                    }
                    saved.push(one);
                    return Ok((side, report, None));
                }
            }
            let Counted { report, rows, .. } = answered(way, asking, args, |_, _| Ok(()))?;
            Ok((Comparand::of_report(&report, label), report, rows))
        };
        let (side_a, report_a, rows_a) = read(&sides[0], &a, &labels[0])?;
        let (side_b, report_b, rows_b) = read(&sides[1], &b, &labels[1])?;
        Ok(Self {
            a: side_a,
            b: side_b,
            reports: [report_a, report_b],
            saved,
            paired: rows_a.zip(rows_b).map(|((a, intervals), (b, _))| ([a, b], intervals)),
            by_condition: false,
            are_groups: false,
            sample: SidesSampled::Apart,
        })
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

    /// Below so many answers a figure is marked.
    pub(super) fn flag_below(&self) -> u64 {
        self.reports.iter().map(|report| report.survey.flag_below).max().unwrap_or(0)
    }

    /// The segments whose shares were made by weights on either side.
    pub(super) fn raked(&self) -> Vec<String> {
        let sections = self.reports.iter().flat_map(|report| &report.sections);
        let margins = sections.filter_map(|section| match section {
            Section::Weighting(weighting) => Some(&weighting.margins),
            _ => None,
        });
        let variables = margins.flatten().flat_map(|margin| margin.variable.split(" × "));
        variables.map(str::to_owned).collect()
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
        let mut saved = self.saved.iter();
        for (side, one) in [(&self.a, a), (&self.b, b)] {
            let own = if side.side.saved {
                saved.next().map(Saved::input).into_iter().collect()
            } else {
                one.provenance.inputs.clone()
            };
            inputs.extend(own);
            if self.by_condition {
                break;
            }
        }
        report.provenance.inputs = inputs;
        for note in &a.notes {
            if !report.notes.contains(note) {
                report.notes.push(note.clone());
            }
        }
        // That one side has nothing to score is seen in its figures; groups and their bases are not shown.
        let is_of_one =
            |code: &str| matches!(code, "pooled" | "nothing_to_score" | "no_group" | "small_base");
        report.notes.retain(|note| !analysis::is_list_note(note) && !is_of_one(&note.code));
        report.notes.extend(analysis::list_notes(&report.ledger));
        let counted = [a, b].map(|report| report.survey.suppress_below);
        report.survey.suppress_below = counted.into_iter().min().unwrap_or(0);
        report.survey.invited = None;
        report.survey.response_rate = None;
        report
    }
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
    let (chosen_a, of_a) = pass(way, args, |survey, scope| chosen(&a, survey, scope, asking))?;
    let silent = way.output.silent();
    let quiet = Way { output: &silent, explain: false, ..*way };
    let (chosen_b, of_b) = pass_saying(way, &quiet, args, |survey, scope| match &b {
        Some(b) => {
            let chosen = chosen(b, survey, scope, asking)?;
            say_cautions(way, &chosen, survey, scope);
            Ok(chosen)
        }
        None => rest(&a.text, &chosen_a),
    })?;
    let sample = sample(&of_a.report, of_a.drawn, &of_b.report, of_b.drawn);
    let (report_a, report_b, rows_a, rows_b) = (of_a.report, of_b.report, of_a.rows, of_b.rows);
    let both_rows = both(chosen_a.rows.clone(), chosen_b.rows.clone());
    if args.paired.is_none() && b.is_some() && report_a.waves.wave == report_b.waves.wave {
        refuse_overlap(rows_on_both(&quiet, args, both_rows.as_ref(), report_a.waves.wave.as_ref())?)?;
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
        paired: rows_a.zip(rows_b).map(|((a, intervals), (b, _))| ([a, b], intervals)),
        by_condition: true,
        are_groups: both_rows.is_some(),
        sample,
    })
}

/// What both sides of the same files are samples of. Rows on both sides are refused where both are of one wave; a wave
/// and all of them together share rows.
fn sample(a: &Report, of_a: Option<DrawnSide>, b: &Report, of_b: Option<DrawnSide>) -> SidesSampled {
    let Some((of_a, of_b)) = of_a.zip(of_b) else { return SidesSampled::Apart };
    let is_same_file = a.provenance.inputs == b.provenance.inputs;
    if !is_same_file || a.waves.wave.is_some() != b.waves.wave.is_some() {
        return SidesSampled::Unknown;
    }
    OneSample::new(of_a, of_b).map_or(SidesSampled::Unknown, |one| SidesSampled::One(Box::new(one)))
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
    args: &Compare,
    choose: impl FnOnce(&Survey, &Scope) -> Result<Chosen, Failure>,
) -> Result<(Chosen, Counted), Failure> {
    pass_saying(way, way, args, choose)
}

/// The same on a quiet way, but for what its condition wants in vain.
fn pass_saying(
    aloud: &Way<'_>,
    way: &Way<'_>,
    args: &Compare,
    choose: impl FnOnce(&Survey, &Scope) -> Result<Chosen, Failure>,
) -> Result<(Chosen, Counted), Failure> {
    let mut found = Chosen::default();
    let counted = answered(way, &args.asking, args, |survey, scope| {
        found = choose(survey, scope)?;
        scope.filter = both(scope.filter.take(), found.rows.clone());
        if let Some(wave) = &found.wave {
            scope.wave = Some(analysis::WaveChoice::Named(wave.clone()));
        }
        Ok(())
    })?;
    if !std::ptr::eq(aloud.output, way.output) {
        for caution in &counted.unseen {
            aloud.output.say_complaint(caution);
        }
    }
    Ok((found, counted))
}

/// The rows of a side, and how intervals are made.
type Rows = (PairedRows, Intervals);

/// A side as it was counted.
struct Counted {
    report: Report,
    rows: Option<Rows>,
    /// What its condition wanted in vain.
    unseen: Vec<Diagnostic>,
    drawn: Option<DrawnSide>,
}

/// One pass; with its rows where respondents are to be paired.
fn answered(
    way: &Way<'_>,
    asking: &Asking,
    args: &Compare,
    shape: impl FnOnce(&Survey, &mut Scope) -> Result<(), Failure>,
) -> Result<Counted, Failure> {
    let Some(typed) = &args.paired else {
        let Answered { report, unseen, drawn, .. } = way.answer(asking, shape)?;
        return Ok(Counted { report, rows: None, unseen, drawn });
    };
    let (Answered { report, survey, unseen, .. }, kept) =
        way.answer_keeping(asking, shape, |survey, scope, plan| {
            refuse_solved_weights(survey, scope)?;
            let ask = analysis::ask_pairs(survey, plan, &id_column(typed, survey, scope)?);
            let wanted = ask.wanted.clone();
            Ok((ask, wanted))
        })?;
    let Kept { asked, rows, wave, weighted, intervals } = kept;
    let rows = PairedRows { survey, ask: asked, rows, wave, weighted };
    Ok(Counted { report, rows: Some((rows, intervals)), unseen, drawn: None })
}

/// The column by which respondents are paired: as typed, else that of the definition.
fn id_column(typed: &str, survey: &Survey, scope: &Scope) -> Result<String, Failure> {
    let column = if typed.is_empty() { survey.data.customer.as_deref() } else { Some(typed) };
    let Some(column) = column else {
        return Err(Failure::usage("--paired: the definition names no `customer` under [data]")
            .help("name the column of the respondents' ids: --paired=COLUMN"));
    };
    if scope.columns.iter().any(|known| known == column) {
        return Ok(column.to_owned());
    }
    let failure = Failure::usage(format!("--paired: the file has no column `{column}`"));
    Err(match survey::did_you_mean(column, scope.columns.iter().map(String::as_str)) {
        Some(similar) => failure.help(format!("did you mean `{similar}`?")),
        None => failure.help("name the column of the respondents' ids: --paired=COLUMN"),
    })
}

/// Weights that are made from targets belong to the cells of a wave, and a pair stands in two of them.
fn refuse_solved_weights(survey: &Survey, scope: &Scope) -> Result<(), Failure> {
    let is_solved = survey.weighting.as_ref().is_some_and(|weighting| !weighting.margins.is_empty());
    if !is_solved || scope.weight == Some(analysis::WeightChoice::Unweighted) {
        return Ok(());
    }
    Err(Failure::usage("--paired: weights made from the targets of [weighting] have no form for pairs")
        .help("add --weight none: the same respondents are compared with themselves"))
}

/// A saved report has no rows to be paired.
fn refuse_pairs_of(file: &Path, args: &Compare) -> Result<(), Failure> {
    if args.paired.is_none() {
        return Ok(());
    }
    Err(Failure::usage(format!("--paired: the saved report `{}` has no respondents", file.display()))
        .help("name the files of answers"))
}

/// Says what is odd about the condition of a side whose pass is silent.
fn say_cautions(way: &Way<'_>, chosen: &Chosen, survey: &Survey, scope: &Scope) {
    let check = |rows: &Expression| expression::check(rows, survey, &scope.columns);
    for caution in chosen.rows.iter().flat_map(check).filter(|found| found.severity == Severity::Caution) {
        way.output.say_complaint(&caution);
    }
}

/// How many rows of a wave both conditions choose.
fn rows_on_both(
    way: &Way<'_>,
    args: &Compare,
    rows: Option<&Expression>,
    wave: Option<&String>,
) -> Result<u64, Failure> {
    let chosen = || Chosen { rows: rows.cloned(), wave: wave.cloned() };
    if let Some(wave) = wave {
        // A pass does not know a wave that none of its rows is of, and the latest of theirs may be another one.
        let of_all = answered(way, &args.asking, args, |_, scope| {
            scope.filter = both(scope.filter.take(), chosen().rows);
            scope.wave = Some(analysis::WaveChoice::All);
            scope.weight = Some(analysis::WeightChoice::Unweighted);
            Ok(())
        })?;
        if !of_all.report.waves.found.contains(wave) {
            return Ok(0);
        }
    }
    let (_, counted) = pass(way, args, |_, _| Ok(chosen()))?;
    Ok(counted.report.ledger.rows_used)
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
