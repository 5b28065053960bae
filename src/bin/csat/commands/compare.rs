//! `csat compare`: two files, waves or groups against each other.

mod condition;
mod sides;

use std::path::PathBuf;

use csat::analysis::{self, Comparand, CompareOptions, Comparison};
use csat::render::{self, Look, Subject};
use csat::report::words::first_names;
use csat::report::{
    ComparisonSection, DocumentSection, Estimate, Flag, NotComparedReason, PageSection, Report, Section,
    Waves,
};
use csat::stats::Confidence;
use csat::survey;

use self::sides::Sides;
use crate::cli::{self, Asking, DifferenceInterval};
use crate::output::Output;
use crate::pipeline::{self, Way};
use crate::series::{Group, Sources};
use crate::settings::{self, Environment};
use crate::status::{ExitStatus, Failure};
use crate::typed;

pub(crate) fn run(
    args: &cli::Compare,
    environment: &Environment,
    output: &Output,
) -> anyhow::Result<ExitStatus> {
    let writing = &args.writing;
    let format = settings::format(writing.format.as_deref(), writing.output.as_deref())?;
    refuse(args)?;
    pipeline::protect(writing.output.as_deref(), &args.asking.files, None)?;
    let way = Way::new(environment, output, writing);
    let mut report = made(args, &Sides::read(&way, args)?)?;
    if format == render::Format::Markdown {
        report.sections.retain(|section| !matches!(section, Section::Document(_)));
    }
    let look = Look { subject: Subject::Comparison, ..output.look(writing) };
    output.report(report, &look, format, writing.output.as_deref())?;
    Ok(ExitStatus::Done)
}

/// Refuses what has no meaning here.
fn refuse(args: &cli::Compare) -> Result<(), Failure> {
    if args.margin.is_some_and(|margin| !margin.is_finite() || margin <= 0.0) {
        return Err(Failure::usage("`--margin` is a positive number in the unit of the score"));
    }
    if args.paired.is_some() && args.difference_interval.is_some() {
        return Err(Failure::usage(
            "`--difference-interval` is about two independent sides, and pairs have the limits of paired shares",
        )
        .help("leave out --difference-interval or --paired"));
    }
    if !args.asking.by.is_empty() {
        return Err(Failure::usage("`--by` breaks scores by groups, and a comparison has two sides")
            .help("choose the groups by --a and --b, or --a and --rest"));
    }
    Ok(())
}

/// The report anew from the files that its provenance names, not sealed yet.
pub(crate) fn made_again(
    way: &Way<'_>,
    args: cli::Compare,
    sources: &Sources,
    filed: &Report,
) -> Result<Report, Failure> {
    let unnamed = || Failure::data("the report's provenance does not name the files of two sides");
    if args.a.is_some() {
        let [group] = sources.groups.as_slice() else { return Err(unnamed()) };
        let args = cli::Compare { asking: group.asking(&args.asking), ..args };
        return made(&args, &Sides::read(way, &args)?);
    }
    let of_group = |group: &Group| {
        let alone = |file: &PathBuf| Group { survey: group.survey.clone(), files: vec![file.clone()] };
        group.files.iter().map(|file| alone(file).asking(&args.asking)).collect::<Vec<_>>()
    };
    let fresh = sources.groups.iter().flat_map(of_group);
    let saved = sources.saved.iter();
    let saved = saved.map(|saved| Asking { files: vec![saved.path.clone()], ..args.asking.clone() });
    let first_is_saved = filed
        .sections
        .iter()
        .any(|section| matches!(section, Section::Comparison(found) if found.side_a.saved));
    let all: Vec<Asking> =
        if first_is_saved { saved.chain(fresh).collect() } else { fresh.chain(saved).collect() };
    let sides: [Asking; 2] = all.try_into().map_err(|_| unnamed())?;
    made(&args, &Sides::of_files(way, &args, &sides)?)
}

/// The report, not sealed yet.
fn made(args: &cli::Compare, sides: &Sides) -> Result<Report, Failure> {
    let level = sides.confidence();
    let confidence = Confidence::new(level)
        .ok_or_else(|| Failure::data(format!("the report's confidence level {level} is none")))?;
    let options = CompareOptions {
        margin: args.margin,
        rows: rows(args, sides)?,
        share_limits: args.difference_interval.map(DifferenceInterval::limits).unwrap_or_default(),
        all_statistics: args.statistics == cli::Statistics::All,
        hide_below: sides.hide_below(),
        raked: sides.raked(),
        flag_below: sides.flag_below(),
        ..CompareOptions::new(confidence)
    };
    let Comparison { section, notes } = match &sides.paired {
        Some(([a, b], intervals)) => {
            analysis::paired_comparison((&sides.a, a), (&sides.b, b), intervals, &options)
        }
        None => analysis::comparison_within(&sides.sample, &sides.a, &sides.b, &options),
    };
    if section.paired.as_ref().is_some_and(|paired| paired.pairs == 0) {
        return Err(no_pairs(&section));
    }
    let is_empty = |side: &Comparand| side.side.rows_used == Some(0);
    if section.rows.is_empty() || is_empty(&sides.a) || is_empty(&sides.b) {
        return Err(nothing_in_common(sides, &section));
    }
    let mut report = sides.report();
    report.estimates = estimates(sides, &section);
    report.waves = Waves::default();
    report.by = Vec::new();
    report.survey.confidence = level;
    report.sections = vec![Section::Comparison(Box::new(section))];
    let sections = vec![PageSection::Method];
    report.sections.push(Section::Document(DocumentSection { sections, ..DocumentSection::default() }));
    let new: Vec<_> = notes.into_iter().filter(|note| !report.notes.contains(note)).collect();
    report.notes.extend(new);
    typed::keep_compare(&mut report, args);
    Ok(report)
}

/// The questions to be shown; every one where none is named.
fn rows(args: &cli::Compare, sides: &Sides) -> Result<Vec<String>, Failure> {
    let rows = settings::ids("rows", &args.rows)?;
    let mut known: Vec<&str> = Vec::new();
    for question in sides.b.questions().chain(sides.a.questions()) {
        if !known.contains(&question) {
            known.push(question);
        }
    }
    let Some(unknown) = rows.iter().find(|row| !known.contains(&row.as_str())) else { return Ok(rows) };
    let failure = Failure::usage(format!("--rows: `{unknown}` is no scored question of either side"));
    Err(match survey::did_you_mean(unknown, known.iter().copied()) {
        Some(similar) => failure.help(format!("did you mean `{similar}`?")),
        None => failure.help(format!("there are {}", known.join(", "))),
    })
}

/// The figures of both sides, each under its side as its wave; none where anything is hidden, since questions without a
/// headline would give the group away.
fn estimates(sides: &Sides, section: &ComparisonSection) -> Vec<Estimate> {
    let hides = |flag: Option<Flag>| matches!(flag, Some(Flag::Suppressed | Flag::Complementary));
    if section.rows.iter().any(|row| hides(row.flag_a) || hides(row.flag_b)) {
        return Vec::new();
    }
    sides.a.estimates().chain(sides.b.estimates()).collect()
}

fn no_pairs(section: &ComparisonSection) -> Failure {
    let Some(pairs) = &section.paired else { return Failure::data("no respondents were paired") };
    let message = format!(
        "no respondent stands once on both sides by `{}`: {} ids on side a alone, {} on side b alone, {} and {} that \
         stand more than once, {} and {} rows without an id",
        pairs.column,
        pairs.only_a,
        pairs.only_b,
        pairs.repeated_a,
        pairs.repeated_b,
        pairs.no_id_a,
        pairs.no_id_b
    );
    Failure::data(message)
        .help("name the column of the respondents' ids, which both sides have: --paired=COLUMN")
}

fn nothing_in_common(sides: &Sides, section: &ComparisonSection) -> Failure {
    let (a, b) = (&sides.a.side.label, &sides.b.side.label);
    let is_empty = |side: &Comparand| side.side.rows_used == Some(0);
    if is_empty(&sides.a) || is_empty(&sides.b) {
        let empty = if is_empty(&sides.a) { a } else { b };
        return Failure::data(format!("no row of `{empty}` is used, so there is nothing to compare"))
            .help("its conditions keep none, or its weights are all zero or no numbers");
    }
    let differently =
        section.not_compared.iter().filter(|left| left.reason == NotComparedReason::AskedDifferently);
    let asked: Vec<&str> = differently.map(|left| left.question.as_str()).collect();
    if asked.is_empty() {
        return Failure::data(format!("`{a}` and `{b}` have no question in common")).help(
            "name one definition for both with --survey; `column` of a question takes a list of names",
        );
    }
    let (asked, more) = first_names(asked);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    Failure::data(format!(
        "`{a}` and `{b}` ask no question alike: {asked}{more} differ in scale, measure or options"
    ))
    .help("answers on different scales cannot be compared; name the columns of those that are on one")
}
