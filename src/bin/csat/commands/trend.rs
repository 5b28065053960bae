//! `csat trend`: what moved from wave to wave, whether the move is real, and why.

use csat::analysis::{self, TrendOptions, WhyOptions};
use csat::render::{self, Look, Subject};
use csat::report::{DocumentSection, PageSection, Report, Section};
use csat::stats::Confidence;

use crate::cli;
use crate::output::Output;
use crate::pipeline::{self, Way};
use crate::records::Records;
use crate::series::{Series, Sources};
use crate::settings::{self, Environment};
use crate::status::{ExitStatus, Failure};
use crate::typed;

pub(crate) fn run(
    args: &cli::Trend,
    environment: &Environment,
    output: &Output,
) -> anyhow::Result<ExitStatus> {
    let writing = &args.writing;
    let format = settings::format(writing.format.as_deref(), writing.output.as_deref())?;
    if args.asking.wave.is_some() {
        return Err(Failure::usage("`--wave` chooses one wave, and a trend is about all of them")
            .help("leave it out; --where keeps rows, --every changes the length of a wave")
            .into());
    }
    if args.margin.is_some_and(|margin| !margin.is_finite() || margin <= 0.0) {
        return Err(Failure::usage("`--margin` is a positive number in the unit of the score").into());
    }
    pipeline::protect(writing.output.as_deref(), &args.asking.files, None)?;
    let way = Way::new(environment, output, writing);
    let sources = Sources::named(&args.asking)?;
    sources.need_answers_for(&args.asking, &[])?;
    let mut report = made(&way, args, &sources)?;
    let look = Look { subject: Subject::Trend, ..output.look(writing) };
    if format == render::Format::Markdown {
        report.sections.retain(|section| !matches!(section, Section::Document(_)));
    }
    output.report(report, &look, format, writing.output.as_deref())?;
    Ok(ExitStatus::Done)
}

/// The report, not sealed yet.
pub(crate) fn made(way: &Way<'_>, args: &cli::Trend, sources: &Sources) -> Result<Report, Failure> {
    let Series { mut waves, mut report } = sources.series(way, &args.asking)?;
    let records = Records::of(sources, way)?;
    records.add_to_waves(&mut waves);
    records.name_in(&mut report);
    let level = report.survey.confidence;
    let confidence = Confidence::new(level)
        .ok_or_else(|| Failure::data(format!("the report's confidence level {level} is none")))?;
    let options =
        TrendOptions { mix: args.mix.clone(), margin: args.margin, ..TrendOptions::new(confidence) };
    let trend = analysis::trend(&waves, &options).map_err(Failure::from)?;
    report.sections.retain(|section| !matches!(section, Section::Trend(_) | Section::Document(_)));
    report.sections.extend(trend.sections.into_iter().map(Section::Trend));
    let new = trend.notes.into_iter().filter(|note| !report.notes.contains(note)).collect::<Vec<_>>();
    report.notes.extend(new);
    if let Some(question) = &args.why {
        let what = WhyOptions { question: question.clone(), wave: None, against: None, asking: Vec::new() };
        let why = analysis::why(&waves, &what, &options).map_err(Failure::from)?;
        report.sections.push(Section::Why(why));
    }
    report.waves.found = waves.iter().map(|wave| wave.label.clone()).collect();
    report.waves.wave = None;
    let sections = vec![PageSection::Trend, PageSection::Method];
    report.sections.push(Section::Document(DocumentSection { sections, ..DocumentSection::default() }));
    typed::keep_trend(&mut report, args);
    Ok(report)
}
