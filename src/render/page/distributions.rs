//! How people answered: the questions of one scale in one picture, options by themselves.

use super::super::chart::{BarChart, BarPart, BarRow, Chart, Emphasis, IntervalChart, IntervalRow, Side};
use super::context::Context;
use super::{Block, Cell, Figure, Table, anchor, axis, cell, glance};
use crate::report::words::{NumberStyle, fill};
use crate::report::{Box3, DistributionRow, DistributionSection, Flag, Section};

/// The three groups of a net promoter score from worst to best.
const PROMOTER_GROUPS: [&str; 3] = ["detractors", "passives", "promoters"];

pub(super) fn blocks(context: &Context) -> Vec<Block> {
    let texts = &context.phrases().answers;
    let mut all: Vec<&DistributionSection> = context
        .report
        .sections
        .iter()
        .filter_map(|section| match section {
            Section::Distribution(distribution) => Some(distribution),
            _ => None,
        })
        .collect();
    all.sort_by_key(|distribution| context.names.rank(&distribution.question));
    let (shown, without): (Vec<&DistributionSection>, Vec<&DistributionSection>) =
        all.into_iter().partition(|distribution| {
            !distribution.rows.is_empty() && distribution.rows.iter().any(|row| row.percent.is_some())
        });
    let mut sentences = Vec::new();
    let list = |hidden: bool| {
        let is_hidden = |flag: Option<Flag>| matches!(flag, Some(Flag::Suppressed | Flag::Complementary));
        let names: Vec<String> = without
            .iter()
            .filter(|distribution| is_hidden(distribution.flag) == hidden)
            .map(|distribution| context.speech.quoted(context.names.question(&distribution.question)))
            .collect();
        (!names.is_empty()).then(|| context.speech.list(&names))
    };
    sentences.extend(list(true).map(|list| fill(texts.hidden, &[("list", &list)])));
    sentences.extend(list(false).map(|list| fill(texts.empty, &[("list", &list)])));
    if shown.is_empty() {
        sentences.insert(0, texts.none.to_owned());
        return vec![Block::Text(sentences)];
    }
    let mut blocks = figures(context, &shown);
    if shown.iter().any(|distribution| distribution.dont_know > 0) {
        sentences.insert(0, texts.beside.to_owned());
    }
    if !sentences.is_empty() {
        blocks.push(Block::Text(sentences));
    }
    blocks
}

fn figures(context: &Context, shown: &[&DistributionSection]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut groups: Vec<Vec<&DistributionSection>> = Vec::new();
    for distribution in shown {
        match groups.iter_mut().find(|group| is_alike(context, group[0], distribution)) {
            Some(group) => group.push(distribution),
            None => groups.push(vec![distribution]),
        }
    }
    for group in &groups {
        if !group[0].ordered {
            blocks.push(Block::Figure(Box::new(options(context, group[0]))));
            continue;
        }
        blocks.push(Block::Figure(Box::new(bars(context, group))));
        blocks.extend(neutral(context, group).map(|text| Block::Text(vec![text])));
    }
    blocks
}

/// Whether two questions share a picture: the same points with the same labels and boxes in the same wave.
fn is_alike(context: &Context, one: &DistributionSection, other: &DistributionSection) -> bool {
    one.ordered
        && other.ordered
        && one.wave == other.wave
        && is_net_promoter(context, one) == is_net_promoter(context, other)
        && has_no_good_end(context, &one.question) == has_no_good_end(context, &other.question)
        && one.rows.len() == other.rows.len()
        && one
            .rows
            .iter()
            .zip(&other.rows)
            .all(|(one, other)| (&one.code, &one.label, one.box_) == (&other.code, &other.label, other.box_))
}

fn has_no_good_end(context: &Context, question: &str) -> bool {
    context.names.summary(question).is_some_and(|question| question.better.is_none())
}

fn is_net_promoter(context: &Context, distribution: &DistributionSection) -> bool {
    context.names.summary(&distribution.question).is_some_and(|question| question.measure == "nps")
        && promoter_shares(context, distribution).is_some()
}

/// Detractors, passives and promoters in percent, as the estimates have them.
fn promoter_shares(context: &Context, distribution: &DistributionSection) -> Option<Vec<f64>> {
    let share = |statistic: &&str| {
        context.total(&distribution.question, statistic, distribution.wave.as_ref())?.value
    };
    PROMOTER_GROUPS.iter().map(share).collect()
}

/// Where a point stands: neither good nor bad where no end of the question is the good one.
fn side(context: &Context, question: &str, row: &DistributionRow) -> Side {
    if has_no_good_end(context, question) {
        return Side::Neutral;
    }
    match row.box_ {
        Some(Box3::Top) => Side::Good,
        Some(Box3::Bottom) => Side::Bad,
        Some(Box3::Middle) | None => Side::Neutral,
    }
}

/// What the parts of a bar are, with their shares in one question.
fn parts(context: &Context, example: &DistributionSection) -> Vec<BarPart> {
    let texts = &context.phrases().answers;
    if is_net_promoter(context, example) {
        let part = |label: &str, side| BarPart { label: label.to_owned(), side };
        return vec![
            part(texts.detractors, Side::Bad),
            part(texts.passives, Side::Neutral),
            part(texts.promoters, Side::Good),
        ];
    }
    let part = |row| BarPart { label: label(row), side: side(context, &example.question, row) };
    example.rows.iter().map(part).collect()
}

/// A point's label, or its code.
fn label(row: &DistributionRow) -> String {
    if row.label == row.code || row.label.is_empty() { row.code.clone() } else { row.label.clone() }
}

fn shares(context: &Context, distribution: &DistributionSection) -> Vec<f64> {
    if is_net_promoter(context, distribution) {
        return promoter_shares(context, distribution).unwrap_or_default();
    }
    distribution.rows.iter().map(|row| row.percent.unwrap_or(0.0)).collect()
}

fn bars(context: &Context, group: &[&DistributionSection]) -> Figure {
    let texts = &context.phrases().answers;
    let whole = NumberStyle { decimals: 0, signed: false, percent: true };
    let example = group[0];
    let parts = parts(context, example);
    let name = context.names.question(&example.question);
    let title = if is_net_promoter(context, example) {
        texts.title_nps.to_owned()
    } else if group.len() == 1 {
        fill(texts.title_one, &[("question", &name)])
    } else {
        let ends: Vec<&str> =
            [parts.first(), parts.last()].into_iter().flatten().map(|part| part.label.as_str()).collect();
        fill(texts.title, &[("scale", &ends.join(" – "))])
    };
    let rows: Vec<BarRow> = group
        .iter()
        .map(|distribution| BarRow {
            label: context.names.question(&distribution.question).to_owned(),
            note: fill(context.phrases().card.base, &[("count", &context.speech.count(distribution.base))]),
            shares: shares(context, distribution)
                .into_iter()
                .map(|share| (share, context.speech.styled(share, whole)))
                .collect(),
            beside: distribution
                .dont_know_percent
                .filter(|_| distribution.dont_know > 0)
                .map(|share| (share, context.speech.styled(share, whole))),
        })
        .collect();
    let description: Vec<String> = rows.iter().take(3).map(|row| describe(context, &parts, row)).collect();
    let has = |side| parts.iter().any(|part| part.side == side);
    let title = context.titled(title, example.wave.as_ref());
    Figure {
        id: anchor(&["answers", &example.question]),
        description: description.join(" "),
        note: note(context, group),
        table: table(context, group, &parts, title.clone()),
        chart: Chart::Bars(BarChart {
            diverging: has(Side::Bad) && has(Side::Good),
            beside: rows.iter().any(|row| row.beside.is_some()).then(|| texts.dont_know.to_owned()),
            parts,
            rows,
        }),
        title,
    }
}

fn describe(context: &Context, parts: &[BarPart], row: &BarRow) -> String {
    let texts = &context.phrases().answers;
    let shares: Vec<String> = parts
        .iter()
        .zip(&row.shares)
        .map(|(part, (_, share))| fill(texts.description_share, &[("label", &part.label), ("share", share)]))
        .collect();
    fill(texts.description, &[("question", &row.label), ("shares", &context.speech.list(&shares))])
}

fn note(context: &Context, group: &[&DistributionSection]) -> String {
    let texts = &context.phrases().answers;
    let bases = || group.iter().map(|distribution| distribution.base);
    match (bases().min(), bases().max()) {
        (Some(least), Some(most)) if least == most => {
            fill(texts.note_base, &[("count", &context.speech.count(least))])
        }
        (Some(least), Some(most)) => fill(
            texts.note_bases,
            &[("least", &context.speech.count(least)), ("most", &context.speech.count(most))],
        ),
        _ => texts.note.to_owned(),
    }
}

fn table(context: &Context, group: &[&DistributionSection], parts: &[BarPart], caption: String) -> Table {
    let columns = &context.phrases().columns;
    let texts = &context.phrases().answers;
    let percent = NumberStyle::percent();
    let with_points = is_net_promoter(context, group[0]);
    let beside = group.iter().any(|distribution| distribution.dont_know > 0);
    let apart = group.iter().any(|distribution| distribution.not_applicable > 0);
    let mut table = Table { caption, columns: vec![cell::words(columns.question)], rows: Vec::new() };
    table.columns.extend(parts.iter().map(|part| cell::numbers(&part.label)));
    if with_points {
        table.columns.extend(group[0].rows.iter().map(|row| cell::numbers(&label(row))));
    }
    table.columns.push(cell::numbers(columns.base));
    if beside {
        table.columns.push(cell::numbers(&cell::capital(texts.dont_know)));
    }
    if apart {
        table.columns.push(cell::numbers(&cell::capital(texts.not_applicable)));
    }
    for distribution in group {
        let mut row: Vec<Cell> = vec![cell::text(context.names.question(&distribution.question))];
        if with_points {
            let shares = shares(context, distribution);
            row.extend(shares.into_iter().map(|share| cell::number(context, Some(share), percent)));
        }
        row.extend(distribution.rows.iter().map(|row| cell::number(context, row.percent, percent)));
        row.push(cell::count(context, Some(distribution.base)));
        if beside {
            row.push(cell::number(context, distribution.dont_know_percent, percent));
        }
        if apart {
            row.push(cell::number(context, distribution.not_applicable_percent, percent));
        }
        table.rows.push(row);
    }
    table
}

/// Which points are neither good nor bad, as the definition declares it.
fn neutral(context: &Context, group: &[&DistributionSection]) -> Option<String> {
    let parts = parts(context, group[0]);
    let is_diverging = [Side::Bad, Side::Good].iter().all(|side| parts.iter().any(|part| part.side == *side));
    let labels: Vec<&str> =
        parts.iter().filter(|part| part.side == Side::Neutral).map(|part| part.label.as_str()).collect();
    (is_diverging && !labels.is_empty())
        .then(|| fill(context.phrases().answers.neutral, &[("list", &context.speech.list(&labels))]))
}

/// The shares of options that have no order, each with its interval: they may add up to more than everybody.
fn options(context: &Context, distribution: &DistributionSection) -> Figure {
    let texts = &context.phrases().answers;
    let columns = &context.phrases().columns;
    let style = |row: &DistributionRow| NumberStyle {
        percent: true,
        ..NumberStyle::figure(crate::report::Unit::Percent, "", row.low.zip(row.high))
    };
    let name = context.names.question(&distribution.question);
    let title = fill(texts.title_one, &[("question", &name)]);
    let title = context.titled(title, distribution.wave.as_ref());
    let written = |row: &DistributionRow| {
        row.percent.map_or_else(
            || context.why_none(distribution.flag),
            |percent| context.speech.styled(percent, style(row)),
        )
    };
    let shares: Vec<String> = distribution
        .rows
        .iter()
        .map(|row| fill(texts.description_share, &[("label", &label(row)), ("share", &written(row))]))
        .collect();
    let weak = distribution.flag == Some(Flag::SmallBase);
    let rows = distribution
        .rows
        .iter()
        .map(|row| IntervalRow {
            label: label(row),
            note: String::new(),
            value: row.percent,
            limits: row.low.zip(row.high),
            text: written(row),
            emphasis: if weak { Emphasis::Weak } else { Emphasis::Usual },
        })
        .collect();
    let table_rows = distribution
        .rows
        .iter()
        .map(|row| {
            vec![
                cell::text(label(row)),
                cell::number(context, row.percent, style(row)),
                cell::number(context, row.low, style(row).bare()),
                cell::number(context, row.high, style(row).bare()),
                cell::count(context, Some(row.count)),
            ]
        })
        .collect();
    let most = distribution.rows.iter().flat_map(|row| [row.high, row.percent]).flatten();
    let range = axis::window(most.chain([0.0]), Some((0.0, 100.0))).unwrap_or((0.0, 100.0));
    Figure {
        id: anchor(&["answers", &distribution.question]),
        description: fill(
            texts.description,
            &[("question", &name), ("shares", &context.speech.list(&shares))],
        ),
        note: glance::note(context, [distribution.base]),
        chart: Chart::Intervals(IntervalChart {
            axis: axis::over(context, range, context.phrases().units.percent_axis.to_owned(), false),
            rows,
            reference: None,
            target: None,
        }),
        table: Table {
            caption: title.clone(),
            columns: vec![
                cell::words(columns.answer),
                cell::numbers(columns.share),
                cell::numbers(columns.low),
                cell::numbers(columns.high),
                cell::numbers(columns.rows),
            ],
            rows: table_rows,
        },
        title,
    }
}
