//! Headline scores: a card each, what a hurried reader takes away.

use super::super::chart::{Chart, Emphasis, IntervalChart, IntervalRow};
use super::context::Context;
use super::{Block, Card, Figure, Strip, Table, Tone, anchor, axis, cell, checklist, gates};
use crate::report::words::{NumberStyle, change_verdict, fill, note_lines, target_verdict};
use crate::report::{Estimate, Flag, Note, Section, TrendSection, Unit, Untested};

/// So many scores are cards, all of them; of more only those that carry the story.
const ALL_CARDS: usize = 8;

pub(super) fn blocks(context: &Context) -> Vec<Block> {
    let texts = &context.phrases().card;
    let (cards, others) = carded(context);
    if cards.is_empty() && others.is_empty() {
        if checklist::section(context).is_some() {
            return Vec::new();
        }
        return vec![Block::Text(vec![nothing_to_score(context)])];
    }
    let trends = context.trends();
    let mut blocks = Vec::new();
    if !cards.is_empty() {
        blocks.push(Block::Cards(cards.iter().map(|estimate| card(context, &trends, estimate)).collect()));
    }
    if cards.iter().chain(&others).any(|estimate| estimate.target_verdict.is_some()) {
        blocks.push(Block::Text(vec![texts.targets_apart.to_owned()]));
    }
    if !others.is_empty() {
        blocks.extend(others_by_kind(context, &others));
    }
    blocks.extend(gates::blocks(context));
    blocks
}

/// That nothing is scored, and why where that is known.
fn nothing_to_score(context: &Context) -> String {
    let said: Vec<&Note> = context
        .report
        .notes
        .iter()
        .filter(|note| note.code == "nothing_to_score" && note.values.contains_key("case"))
        .collect();
    note_lines(&context.speech, &said)
        .pop()
        .unwrap_or_else(|| context.phrases().page.nothing_to_score.to_owned())
}

/// The headline scores that are cards, and the others.
pub(super) fn carded<'a>(context: &Context<'a>) -> (Vec<&'a Estimate>, Vec<&'a Estimate>) {
    let scores: Vec<&Estimate> =
        context.headlines().into_iter().filter(|estimate| !has_part_of_its_own(context, estimate)).collect();
    let few = scores.len() <= ALL_CARDS;
    scores.into_iter().partition(|estimate| few || context.tells(&estimate.question))
}

/// Gaps and importances are shown in their own parts where there are such.
fn has_part_of_its_own(context: &Context, estimate: &Estimate) -> bool {
    context.report.sections.iter().any(|section| match section {
        Section::Gaps(gaps) => {
            estimate.measure == "gap" && gaps.rows.iter().any(|row| row.question == estimate.question)
        }
        Section::Priorities(priorities) => priorities
            .rows
            .iter()
            .any(|row| row.importance_question.as_deref() == Some(estimate.question.as_str())),
        _ => false,
    })
}

pub(super) fn card(context: &Context, trends: &[&TrendSection], estimate: &Estimate) -> Card {
    let speech = &context.speech;
    let texts = &context.phrases().card;
    let written = speech.figure(estimate);
    let interval = match (&written.low, &written.high) {
        (Some(low), Some(high)) => {
            let range = fill(context.phrases().units.range, &[("low", low), ("high", high)]);
            let confidence = speech.confidence(estimate.confidence);
            fill(texts.interval, &[("confidence", &confidence), ("range", &range)])
        }
        _ if estimate.value.is_some() => estimate
            .flag
            .map_or_else(|| context.phrases().flags.no_interval.to_owned(), |flag| context.flag(flag)),
        _ => context.why_none(estimate.flag),
    };
    Card {
        name: context.names.question(&estimate.question).to_owned(),
        definition: context.definition(&estimate.question),
        value: written.value,
        interval,
        base: estimate
            .base
            .map_or_else(String::new, |base| speech.counted(base, texts.base_one, texts.base_many)),
        strip: strip(context, estimate),
        change: change(context, trends, estimate),
        target: target_verdict(speech, estimate)
            .map(|text| (text, cell::target_tone(estimate.target_verdict))),
        flag: estimate.flag.filter(|flag| *flag == Flag::SmallBase).map(|flag| context.flag(flag)),
    }
}

/// The change against the wave before, as its test tells it.
fn change(context: &Context, trends: &[&TrendSection], estimate: &Estimate) -> Option<(String, Tone)> {
    let is_shown =
        |trend: &&&TrendSection| trend.question == estimate.question && trend.statistic == estimate.statistic;
    // Of all waves together no single one's change is the figure's.
    context.report.waves.wave.as_ref()?;
    let trend = trends.iter().find(is_shown)?;
    let point = context.point(trend)?;
    let (change, against) = (point.change?, point.against.as_ref()?);
    let limits = point.change_low.zip(point.change_high);
    let speech = &context.speech;
    let said = match (point.verdict, point.untested) {
        (Some(verdict), _) => change_verdict(
            speech,
            verdict,
            trend.unit,
            limits,
            point.within_margin.as_ref(),
            point.family_size,
        ),
        (None, Some(Untested::TooFewAnswers)) => context.phrases().verdicts.too_few.to_owned(),
        (None, None) => return None,
    };
    let text = fill(
        context.phrases().card.change,
        &[
            ("change", &speech.difference(trend.unit, change, limits)),
            ("against", against),
            ("verdict", &said),
        ],
    );
    Some((text, cell::change_tone(point.verdict, trend.better)))
}

/// The interval on the range of its unit.
fn strip(context: &Context, estimate: &Estimate) -> Option<Strip> {
    let question = context.names.summary(&estimate.question);
    let (least, most) = axis::natural_range(estimate.unit, &estimate.statistic, question)?;
    let at = |number: f64| ((number - least) / (most - least)).clamp(0.0, 1.0);
    let (value, low, high) = (estimate.value?, estimate.low?, estimate.high?);
    let strip = Strip { low: at(low), value: at(value), high: at(high), target: estimate.target.map(at) };
    [strip.low, strip.value, strip.high].iter().all(|position| position.is_finite()).then_some(strip)
}

/// The scores that have no card: a picture for each unit and scale, in written order.
fn others_by_kind(context: &Context, scores: &[&Estimate]) -> Vec<Block> {
    let mut kinds: Vec<(String, Vec<&Estimate>)> = Vec::new();
    for score in scores {
        let definition = context.definition(&score.question);
        match kinds.iter_mut().find(|(known, scores)| *known == definition && scores[0].unit == score.unit) {
            Some((_, scores)) => scores.push(score),
            None => kinds.push((definition, vec![score])),
        }
    }
    let mut blocks = Vec::new();
    for (number, (definition, scores)) in kinds.iter().enumerate() {
        blocks.push(Block::Figure(Box::new(others(context, number, definition, scores))));
    }
    blocks
}

fn others(context: &Context, number: usize, definition: &str, scores: &[&Estimate]) -> Figure {
    let texts = &context.phrases().card;
    let columns = &context.phrases().columns;
    let example = scores[0];
    let question = context.names.summary(&example.question);
    let limits = scores.iter().flat_map(|score| [score.low, score.high, score.value]).flatten();
    let natural = axis::natural_range(example.unit, &example.statistic, question);
    let range = natural.or_else(|| axis::window(limits, None)).unwrap_or((0.0, 1.0));
    let title = if definition.is_empty() {
        texts.others.to_owned()
    } else {
        fill(texts.others_title, &[("definition", &definition)])
    };
    let signed = example.unit == Unit::Points || example.statistic == "gap";
    let rows: Vec<IntervalRow> = scores.iter().map(|score| row(context, score)).collect();
    let mut table_columns = vec![cell::words(columns.question)];
    table_columns.extend(cell::figure_columns(context));
    let with_targets = scores.iter().any(|score| score.target.is_some());
    if with_targets {
        table_columns.extend([cell::numbers(columns.target), cell::words(columns.verdict)]);
    }
    let table_rows = scores
        .iter()
        .map(|score| {
            let mut row = vec![cell::text(context.names.question(&score.question))];
            row.extend(cell::figure(context, score));
            if with_targets {
                let style = NumberStyle::figure(score.unit, &score.statistic, None);
                row.push(cell::number(context, score.target, style));
                row.push(cell::target(context, score.target_verdict));
            }
            row
        })
        .collect();
    let count = context.speech.count(u64::try_from(rows.len()).unwrap_or(u64::MAX));
    let named =
        |row: Option<&IntervalRow>| row.map_or_else(String::new, |row| format!("{} {}", row.label, row.text));
    Figure {
        id: anchor(&["scores", &(number + 1).to_string()]),
        description: fill(
            if rows.len() == 1 { texts.description_row } else { texts.description_rows },
            &[("count", &count), ("first", &named(rows.first())), ("last", &named(rows.last()))],
        ),
        note: note(context, scores.iter().filter_map(|score| score.base)),
        chart: Chart::Intervals(IntervalChart {
            axis: axis::over(context, range, axis::title(context, example.unit, question), signed),
            rows,
            reference: None,
            target: None,
        }),
        table: Table { caption: title.clone(), columns: table_columns, rows: table_rows },
        title,
    }
}

fn row(context: &Context, score: &Estimate) -> IntervalRow {
    let is_small = score.flag == Some(Flag::SmallBase);
    IntervalRow {
        label: context.names.question(&score.question).to_owned(),
        note: score.base.map_or_else(String::new, |base| {
            fill(context.phrases().card.base, &[("count", &context.speech.count(base))])
        }),
        value: score.value,
        limits: score.low.zip(score.high),
        text: match score.value {
            Some(_) => context.speech.figure(score).value,
            None => context.why_none(score.flag),
        },
        emphasis: if is_small { Emphasis::Weak } else { Emphasis::Strong },
    }
}

/// Intervals and bases of a picture.
pub(super) fn note(context: &Context, bases: impl IntoIterator<Item = u64>) -> String {
    let texts = &context.phrases().card;
    let bases: Vec<u64> = bases.into_iter().collect();
    let confidence = context.confidence();
    match (bases.iter().min(), bases.iter().max()) {
        (Some(least), Some(most)) if least == most => {
            fill(texts.figure_base, &[("confidence", &confidence), ("count", &context.speech.count(*least))])
        }
        (Some(least), Some(most)) => fill(
            texts.figure_bases,
            &[
                ("confidence", &confidence),
                ("least", &context.speech.count(*least)),
                ("most", &context.speech.count(*most)),
            ],
        ),
        _ => fill(texts.figure_note, &[("confidence", &confidence)]),
    }
}
