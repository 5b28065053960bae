//! Data and method: what was read and left out, how figures were computed, where they come from.

mod account;
mod exclusions;
mod interval;
mod provenance;

use indexmap::IndexMap;

use super::context::Context;
use super::{Block, cell};
use crate::report::words::{fill, note_lines, statistic_name};
use crate::report::{Estimate, Note, NoteSeverity, Section, WeightingSection};
use std::cmp::Reverse;

pub(super) use interval::interval_method;
use interval::{EXTENDED, about_interval_method};

/// Notes that another sentence of the page says in the language of the report.
const SAID_ELSEWHERE: [&str; 3] = ["nothing_to_score", "sampling", "weighted"];

pub(super) fn blocks(context: &Context) -> Vec<Block> {
    let texts = &context.phrases().method;
    let mut blocks = account::blocks(context);
    blocks.extend(exclusions::blocks(context));
    blocks.push(Block::Heading(texts.computed.to_owned()));
    blocks.push(Block::Facts(design(context)));
    let wordings = wordings(context);
    if !wordings.is_empty() {
        blocks.push(Block::Heading(texts.wordings.to_owned()));
        blocks.push(Block::Facts(wordings));
    }
    let measures = measures(context);
    if !measures.is_empty() {
        blocks.push(Block::Heading(texts.measures.to_owned()));
        blocks.push(Block::Facts(measures));
    }
    let notes = notes(context);
    if !notes.is_empty() {
        blocks.push(Block::Heading(texts.notes.to_owned()));
        blocks.push(Block::Notes(notes));
    }
    if !context.for_customers() {
        blocks.extend(provenance::blocks(context));
    }
    blocks
}

/// Purpose, sampling, waves, weights, small bases and hiding.
fn design(context: &Context) -> Vec<(String, String)> {
    let texts = &context.phrases().method;
    let survey = &context.report.survey;
    let mut facts: Vec<(&str, String)> = Vec::new();
    facts.extend(survey.objective.clone().map(|objective| (texts.objective, objective)));
    facts.extend(survey.population.map(|population| (texts.population, context.speech.count(population))));
    facts.push((texts.sampling, sampling(context)));
    facts.push((texts.waves, waves(context)));
    facts.push((texts.weights, weights(context)));
    let confidence = context.confidence();
    facts.push((texts.confidence, fill(texts.confidence_is, &[("confidence", &confidence)])));
    if is_tested(context) && !context.for_customers() {
        let level = context.speech.plain(1.0 - survey.confidence, 6, false);
        facts.push((texts.tests, fill(texts.tests_text, &[("level", &level)])));
    }
    let below = context.speech.count(survey.flag_below);
    facts.push((texts.small, fill(texts.small_below, &[("below", &below)])));
    let hiding = match survey.suppress_below {
        0 | 1 => texts.hidden_none.to_owned(),
        below => fill(texts.hidden_below, &[("below", &context.speech.count(below))]),
    };
    facts.push((texts.hiding, hiding));
    facts.into_iter().map(|(label, text)| (label.to_owned(), text)).collect()
}

/// How respondents came in, and what intervals therefore do not show.
fn sampling(context: &Context) -> String {
    let texts = &context.phrases().method;
    let survey = &context.report.survey;
    let name = match survey.sampling.as_str() {
        "random" => texts.random,
        "everyone_invited" => texts.everyone_invited,
        "open_link" => texts.open_link,
        "everyone_answered" => texts.everyone_answered,
        _ => texts.unknown,
    };
    let note = survey.sampling_note.as_ref().map(|_| match survey.sampling.as_str() {
        "open_link" => texts.note_open_link,
        "everyone_answered" => texts.note_everyone,
        _ => texts.note_chance,
    });
    note.map_or_else(|| name.to_owned(), |note| format!("{name}. {note}"))
}

fn waves(context: &Context) -> String {
    let texts = &context.phrases().method;
    let Some(rule) = &context.report.waves.rule else { return texts.waves_none.to_owned() };
    let period = match rule.as_str() {
        "day" => texts.day,
        "week" => texts.week,
        "month" => texts.month,
        "quarter" => texts.quarter,
        "half" => texts.half_year,
        "year" => texts.year,
        "file" => return texts.wave_file.to_owned(),
        _ => return texts.wave_column.to_owned(),
    };
    fill(texts.wave_rule, &[("rule", &period)])
}

fn weights(context: &Context) -> String {
    let texts = &context.phrases().method;
    let weighting = context.report.sections.iter().find_map(|section| match section {
        Section::Weighting(weighting) => Some(weighting),
        _ => None,
    });
    let speech = &context.speech;
    match weighting {
        Some(weighting) if weighting.method.is_some() => by_targets(context, weighting),
        Some(WeightingSection {
            variable: Some(variable),
            rows,
            sum: Some(sum),
            min: Some(least),
            max: Some(most),
            kish_base: Some(base),
            kish_design_effect: Some(effect),
            ..
        }) if !context.for_customers() => fill(
            texts.weighted_in_full,
            &[
                ("weight", variable),
                ("rows", &speech.count(*rows)),
                ("least", &speech.plain(*least, 3, false)),
                ("most", &speech.plain(*most, 3, false)),
                ("sum", &speech.plain(*sum, 3, false)),
                ("effective", &speech.number(*base, 1, false)),
                ("effect", &speech.number(*effect, 2, false)),
            ],
        ),
        Some(WeightingSection { kish_base: Some(base), kish_design_effect: Some(effect), .. }) => fill(
            texts.weighted,
            &[("effective", &speech.number(*base, 1, false)), ("effect", &speech.number(*effect, 2, false))],
        ),
        Some(_) => texts.weighted_plain.to_owned(),
        None if context.report.survey.weight.is_some() => texts.weighted_plain.to_owned(),
        None => texts.weights_none.to_owned(),
    }
}

/// Weights that were made from targets.
fn by_targets(context: &Context, weighting: &WeightingSection) -> String {
    let texts = &context.phrases().method;
    let speech = &context.speech;
    let number = |value: Option<f64>, decimals| {
        value.map_or_else(|| "?".to_owned(), |value| speech.number(value, decimals, false))
    };
    let mut margins: Vec<&str> = weighting.margins.iter().map(|margin| margin.variable.as_str()).collect();
    margins.dedup();
    fill(
        texts.weighted_to_targets,
        &[
            ("margins", &margins.join(", ")),
            ("least", &number(weighting.min, 3)),
            ("most", &number(weighting.max, 3)),
            ("effective", &number(weighting.kish_base, 1)),
            ("effect", &number(weighting.kish_design_effect, 2)),
        ],
    )
}

/// Whether anything of the report rests on a test.
fn is_tested(context: &Context) -> bool {
    let is_test = |section: &Section| {
        matches!(section, Section::Trend(_) | Section::Groups(_) | Section::Gaps(_) | Section::Findings(_))
    };
    context.report.sections.iter().any(is_test)
}

/// What each kind of score is, and its interval methods.
/// The wording of every question that tables and charts call by a label.
fn wordings(context: &Context) -> Vec<(String, String)> {
    let questions = context.report.survey.questions.iter();
    questions
        .filter_map(|question| {
            let label = question.label.as_ref().filter(|label| **label != question.text)?;
            Some((label.clone(), question.text.clone()))
        })
        .collect()
}

fn measures(context: &Context) -> Vec<(String, String)> {
    let texts = &context.phrases().method;
    let statistics = &context.phrases().statistics;
    let figures: Vec<&Estimate> = context
        .report
        .estimates
        .iter()
        .filter(|estimate| {
            context.is_of_all(estimate) && (estimate.headline || estimate.statistic.starts_with("share:"))
        })
        .collect();
    let has = |wanted: &dyn Fn(&Estimate) -> bool| figures.iter().any(|estimate| wanted(estimate));
    let is = |statistic: &'static str| move |estimate: &Estimate| estimate.statistic == statistic;
    let is_number = |estimate: &Estimate| estimate.measure == "number";
    let mut facts = Vec::new();
    let mut add = |is_used: bool, label: &str, text: &str| {
        if is_used {
            facts.push((cell::capital(label), text.to_owned()));
        }
    };
    add(has(&is("top_box")), statistics.top_box, texts.top_box);
    add(has(&|estimate| estimate.statistic == "mean" && !is_number(estimate)), statistics.mean, texts.mean);
    add(has(&is("index")), statistics.index, texts.index);
    add(has(&is("net")), statistics.net, texts.net);
    add(has(&is("nps")), statistics.nps, texts.nps);
    add(has(&is("gap")), statistics.gap, texts.gap);
    add(has(&is_number), context.phrases().definitions.numbers, texts.number);
    add(
        has(&|estimate| estimate.statistic.starts_with("share:")),
        context.phrases().columns.share,
        texts.shares,
    );
    if context.for_customers() {
        return facts;
    }
    facts.extend(interval_methods(context, &figures).map(|text| (texts.intervals.to_owned(), text)));
    facts
}

/// Which interval method was used for which statistics.
fn interval_methods(context: &Context, figures: &[&Estimate]) -> Option<String> {
    let mut used: IndexMap<&str, Vec<String>> = IndexMap::new();
    for estimate in figures {
        let Some(method) = &estimate.method else { continue };
        let statistic = if estimate.statistic.starts_with("share:") {
            context.phrases().columns.share.to_owned()
        } else {
            statistic_name(&context.speech, &context.names, &estimate.question, &estimate.statistic)
        };
        let statistics = used.entry(method.strip_suffix(EXTENDED).unwrap_or(method)).or_default();
        if !statistics.contains(&statistic) {
            statistics.push(statistic);
        }
    }
    let texts = &context.phrases().method;
    let methods: Vec<String> = used
        .iter()
        .map(|(method, statistics)| {
            let (name, statistics) = (interval_method(context, method), statistics.join(", "));
            match about_interval_method(context, method) {
                Some(about) => {
                    fill(texts.used_for, &[("method", &name), ("about", &about), ("statistics", &statistics)])
                }
                None => fill(texts.used_for_plain, &[("method", &name), ("statistics", &statistics)]),
            }
        })
        .collect();
    (!methods.is_empty()).then(|| methods.join(context.phrases().page.phrase_separator))
}

/// The caveats of the analysis, cautions first; they name columns, so customers do not get them.
fn notes(context: &Context) -> Vec<(bool, String)> {
    if context.for_customers() {
        return Vec::new();
    }
    let mut notes: Vec<&Note> =
        context.report.notes.iter().filter(|note| !SAID_ELSEWHERE.contains(&note.code.as_str())).collect();
    notes.sort_by_key(|note| Reverse(note.severity));
    let of = |severity: NoteSeverity| {
        let same: Vec<&Note> = notes.iter().copied().filter(|note| note.severity == severity).collect();
        let is_caution = severity == NoteSeverity::Caution;
        note_lines(&context.speech, &same).into_iter().map(move |line| (is_caution, line))
    };
    of(NoteSeverity::Caution).chain(of(NoteSeverity::Info)).collect()
}
