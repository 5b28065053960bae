//! Where: one panel a segment and headline, each group against the rest.

use super::super::chart::{Chart, Emphasis, IntervalChart, IntervalRow};
use super::context::Context;
use super::trend::{adjustment, common};
use super::{Block, Figure, Table, anchor, axis, cell, glance};
use crate::report::words::{NumberStyle, against_rest, fill};
use crate::report::{ChangeVerdict, Flag, GroupRow, GroupsSection};
use indexmap::IndexSet;
use std::cmp::Ordering;

/// So many panels are all shown; of more only those of the scores that carry the story.
const ALL_PANELS: usize = 6;

/// More rows than this make a picture that nobody reads.
const MOST_ROWS: usize = 40;

pub(super) fn blocks(context: &Context) -> Vec<Block> {
    let texts = &context.phrases().groups;
    let panels = context.groups();
    if panels.is_empty() {
        let text = if context.report.survey.segments.is_empty() { texts.none } else { texts.no_panels };
        return vec![Block::Text(vec![text.to_owned()])];
    }
    let few = panels.len() <= ALL_PANELS;
    let (shown, others): (Vec<&GroupsSection>, Vec<&GroupsSection>) = panels.into_iter().partition(|panel| {
        let main = !context.for_board() || context.is_main(&panel.question);
        few || context.tells(&panel.question) && main
    });
    let mut blocks = Vec::new();
    let mut said: Vec<Vec<String>> = shown.iter().map(|panel| sentences(context, panel)).collect();
    let common = common(&mut said, texts.nothing_differs);
    for (panel, said) in shown.iter().zip(said) {
        blocks.extend(self::panel(context, panel, said));
    }
    if !others.is_empty() {
        blocks.extend(Block::titled(others_table(context, &others), vec![texts.others_note.to_owned()]));
    }
    let families: IndexSet<String> = shown.iter().filter_map(|panel| family(context, panel)).collect();
    let general: Vec<String> = families.into_iter().chain(common).collect();
    if !general.is_empty() {
        blocks.push(Block::Text(general));
    }
    blocks
}

fn panel(context: &Context, panel: &GroupsSection, said: Vec<String>) -> Vec<Block> {
    let texts = &context.phrases().groups;
    let question = context.names.question(&panel.question);
    let segment = context.names.segment(&panel.segment);
    let title = fill(texts.title, &[("question", &question), ("segment", &segment)]);
    let title = context.titled(title, panel.wave.as_ref());
    let rows = sorted(panel);
    let shown = chosen(&rows);
    let mut blocks = vec![Block::Heading(title.clone())];
    if rows.iter().any(|row| row.value.is_some()) {
        blocks.push(Block::Figure(Box::new(figure(context, panel, title, &rows, &shown))));
    } else {
        blocks.push(Block::Text(vec![texts.everything_hidden.to_owned()]));
    }
    if !said.is_empty() {
        blocks.push(Block::Text(said));
    }
    blocks
}

/// The best first; groups without a figure last, in the order of the segment.
fn sorted(panel: &GroupsSection) -> Vec<&GroupRow> {
    let mut rows: Vec<&GroupRow> = panel.rows.iter().collect();
    let lower_is_better = panel.better == Some(crate::report::Better::Lower);
    rows.sort_by(|one, other| match (one.value, other.value) {
        (Some(one), Some(other)) if lower_is_better => one.total_cmp(&other),
        (Some(one), Some(other)) => other.total_cmp(&one),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    });
    rows
}

/// The rows of the picture: all, or those that clearly differ and then the largest.
fn chosen<'a>(rows: &[&'a GroupRow]) -> Vec<&'a GroupRow> {
    if rows.len() <= MOST_ROWS {
        return rows.to_vec();
    }
    let mut by_weight: Vec<(usize, &GroupRow)> =
        rows.iter().copied().enumerate().filter(|(_, row)| row.value.is_some()).collect();
    by_weight.sort_by_key(|(place, row)| (!is_apart(row), std::cmp::Reverse(row.base), *place));
    by_weight.truncate(MOST_ROWS);
    by_weight.sort_by_key(|(place, _)| *place);
    by_weight.into_iter().map(|(_, row)| row).collect()
}

fn is_apart(row: &GroupRow) -> bool {
    matches!(row.verdict, Some(ChangeVerdict::Up | ChangeVerdict::Down))
}

fn style(panel: &GroupsSection, row: &GroupRow) -> NumberStyle {
    NumberStyle::figure(panel.unit, &panel.statistic, row.low.zip(row.high))
}

fn figure(
    context: &Context,
    panel: &GroupsSection,
    title: String,
    rows: &[&GroupRow],
    shown: &[&GroupRow],
) -> Figure {
    let texts = &context.phrases().groups;
    let question = context.names.summary(&panel.question);
    let all = context.total(&panel.question, &panel.statistic, panel.wave.as_ref());
    let reference = all.and_then(|estimate| {
        let value = context.speech.figure(estimate).value;
        Some((estimate.value?, fill(texts.all, &[("value", &value)])))
    });
    let verdicts = &context.phrases().verdicts;
    let target = all.and_then(|estimate| {
        let target = context.speech.figure(estimate).target?;
        Some((estimate.target?, fill(verdicts.target_line, &[("target", &target)])))
    });
    let figures = shown.iter().flat_map(|row| [row.value, row.low, row.high]).flatten();
    let lines = [&reference, &target].into_iter().flatten().map(|(value, _)| *value);
    let natural = axis::natural_range(panel.unit, &panel.statistic, question);
    let range = axis::window(figures.chain(lines), natural).or(natural).unwrap_or((0.0, 1.0));
    let signed = NumberStyle::figure(panel.unit, &panel.statistic, None).signed;
    let name = context.names.question(&panel.question);
    let count = context.speech.count(u64::try_from(rows.len()).unwrap_or(u64::MAX));
    let total = all
        .map_or_else(|| context.phrases().flags.no_figure.to_owned(), |all| context.speech.figure(all).value);
    Figure {
        id: anchor(&["groups", &panel.question, &panel.segment]),
        description: fill(texts.description, &[("question", &name), ("count", &count), ("value", &total)]),
        note: glance::note(context, rows.iter().filter(|row| row.value.is_some()).filter_map(|row| row.base)),
        chart: Chart::Intervals(IntervalChart {
            axis: axis::over(context, range, axis::title(context, panel.unit, question), signed),
            rows: shown.iter().map(|row| mark(context, panel, row)).collect(),
            reference,
            target,
        }),
        table: table(context, panel, title.clone(), rows),
        title,
    }
}

fn mark(context: &Context, panel: &GroupsSection, row: &GroupRow) -> IntervalRow {
    let texts = &context.phrases().groups;
    let chosen = context.document.each.as_ref().and_then(|each| each.segment.get(&panel.segment));
    let text = row
        .value
        .map_or_else(|| context.why_none(row.flag), |value| context.speech.styled(value, style(panel, row)));
    let sign = match row.verdict {
        Some(ChangeVerdict::Up) => Some(texts.above),
        Some(ChangeVerdict::Down) => Some(texts.below),
        _ => None,
    };
    IntervalRow {
        label: row.group.clone(),
        note: row.base.map_or_else(String::new, |base| {
            fill(context.phrases().card.base, &[("count", &context.speech.count(base))])
        }),
        value: row.value,
        limits: row.low.zip(row.high),
        text: sign.map_or_else(|| text.clone(), |sign| format!("{text} {sign}")),
        emphasis: if row.flag == Some(Flag::SmallBase) {
            Emphasis::Weak
        } else if is_apart(row) || chosen == Some(&row.group) {
            Emphasis::Strong
        } else {
            Emphasis::Usual
        },
    }
}

fn table(context: &Context, panel: &GroupsSection, caption: String, rows: &[&GroupRow]) -> Table {
    let columns = &context.phrases().columns;
    let mut table = Table { caption, columns: vec![cell::words(columns.group)], rows: Vec::new() };
    table.columns.extend(cell::figure_columns(context));
    table.columns.extend([
        cell::numbers(columns.difference),
        cell::numbers(columns.low),
        cell::numbers(columns.high),
        cell::numbers(context.phrases().groups.p_within),
        cell::words(columns.verdict),
        cell::numbers(columns.first_share),
        cell::words(columns.ranks),
        cell::words(columns.note),
    ]);
    for row in rows {
        let style = style(panel, row);
        let difference = NumberStyle::difference(panel.unit, row.difference_low.zip(row.difference_high));
        let ranks = row.rank_low.zip(row.rank_high).map_or_else(String::new, |(low, high)| {
            let number = |rank| context.speech.count(rank);
            if low == high {
                number(low)
            } else {
                fill(context.phrases().units.range, &[("low", &number(low)), ("high", &number(high))])
            }
        });
        let verdict = against_rest(&context.speech, row.verdict).to_owned();
        table.rows.push(vec![
            cell::text(row.group.as_str()),
            cell::value(context, row.value, row.flag, style),
            cell::number(context, row.low, style.bare()),
            cell::number(context, row.high, style.bare()),
            cell::count(context, row.base),
            cell::number(context, row.difference, difference),
            cell::number(context, row.difference_low, difference),
            cell::number(context, row.difference_high, difference),
            cell::p(context, row.p_adjusted),
            super::Cell::Verdict(verdict, cell::change_tone(row.verdict, panel.better)),
            cell::share(context, row.first_share),
            cell::text(ranks),
            cell::text(row.value.and(row.flag).map_or_else(String::new, |flag| context.flag(flag))),
        ]);
    }
    table
}

/// What the verdicts on single groups follow.
fn family(context: &Context, panel: &GroupsSection) -> Option<String> {
    let family = panel.family.as_ref()?;
    Some(fill(
        context.phrases().groups.family,
        &[("adjustment", &adjustment(&family.adjustment)), ("count", &context.speech.count(family.size))],
    ))
}

fn sentences(context: &Context, panel: &GroupsSection) -> Vec<String> {
    let texts = &context.phrases().groups;
    let speech = &context.speech;
    let rows = sorted(panel);
    let shown = chosen(&rows).len();
    let list = |keep: &dyn Fn(&GroupRow) -> bool| {
        let names: Vec<&str> = rows.iter().filter(|row| keep(row)).map(|row| row.group.as_str()).collect();
        (names.len(), speech.list(&names))
    };
    let mut sentences = vec![overall(context, panel)];
    let (apart, names) = list(&is_apart);
    if rows.iter().any(|row| row.verdict.is_some()) {
        sentences.push(match apart {
            0 => texts.nothing_differs.to_owned(),
            1 => fill(texts.apart_one, &[("list", &names)]),
            _ => fill(texts.apart_many, &[("list", &names)]),
        });
    }
    if apart > 0 && !differs(context, panel) {
        sentences.push(context.phrases().findings.apart_alone.to_owned());
    }
    if shown < rows.len() {
        let number = |count: usize| speech.count(u64::try_from(count).unwrap_or(u64::MAX));
        sentences.push(fill(texts.shown_some, &[("shown", &number(shown)), ("count", &number(rows.len()))]));
    }
    let (small, _) = list(&|row| row.flag == Some(Flag::SmallBase));
    if small > 0 {
        let text = if small == 1 { texts.small_one } else { texts.small_many };
        let below = speech.count(context.report.survey.flag_below);
        let count = speech.count(u64::try_from(small).unwrap_or(u64::MAX));
        sentences.push(fill(text, &[("count", &count), ("below", &below)]));
    }
    let (hidden, names) = list(&|row| matches!(row.flag, Some(Flag::Suppressed | Flag::Complementary)));
    if hidden > 0 {
        sentences.push(fill(texts.hidden, &[("list", &names)]));
    }
    let (unanswered, names) = list(&|row| row.flag == Some(Flag::NoAnswers));
    if unanswered > 0 {
        sentences.push(fill(texts.no_answers, &[("list", &names)]));
    }
    sentences
}

/// Whether the groups of a panel differ, judged over all panels of the report.
fn differs(context: &Context, panel: &GroupsSection) -> bool {
    panel.test.as_ref().is_some_and(|test| test.p_adjusted < 1.0 - context.report.survey.confidence)
}

/// The verdict of the test of all groups of a panel, with the family that it belongs to.
fn overall(context: &Context, panel: &GroupsSection) -> String {
    let texts = &context.phrases().groups;
    let Some(test) = &panel.test else { return texts.no_test.to_owned() };
    // In a report about one group its panel is that of the whole report, which had other panels beside it.
    let each = context.document.each.as_ref();
    let of_whole = |panel: &GroupsSection| each.is_some_and(|each| each.segment.contains_key(&panel.segment));
    if of_whole(panel) {
        let p = context.speech.p(test.p_adjusted);
        return fill(context.phrases().findings.groups_differ_detail, &[("p", &p)]);
    }
    let panels = context.groups();
    let tested = panels.iter().filter(|panel| panel.test.is_some() && !of_whole(panel)).count();
    let text = if differs(context, panel) { texts.differ } else { texts.alike };
    fill(
        text,
        &[
            ("count", &context.speech.count(u64::try_from(tested).unwrap_or(u64::MAX))),
            ("test", &test_name(context, &test.name)),
            ("p", &context.speech.p(test.p_adjusted)),
            ("adjustment", &adjustment("holm")),
        ],
    )
}

/// A test as its authors write it.
fn test_name(context: &Context, name: &str) -> String {
    let texts = &context.phrases().method;
    for (suffix, text) in [("-effective-n", texts.on_effective_base), ("-linearised", texts.linearised)] {
        if let Some(plain) = name.strip_suffix(suffix) {
            return fill(text, &[("method", &test_name(context, plain))]);
        }
    }
    match name {
        "chi-square" => "χ²".to_owned(),
        "welch-anova" => "Welch ANOVA".to_owned(),
        "wald" => "Wald".to_owned(),
        other => other.replace('-', " "),
    }
}

/// The panels without a figure of their own: which groups are apart.
fn others_table(context: &Context, panels: &[&GroupsSection]) -> Table {
    let columns = &context.phrases().columns;
    let texts = &context.phrases().groups;
    let names = |panel: &GroupsSection, verdict: ChangeVerdict| {
        let names: Vec<&str> = panel
            .rows
            .iter()
            .filter(|row| row.verdict == Some(verdict))
            .map(|row| row.group.as_str())
            .collect();
        if names.is_empty() { texts.nothing.to_owned() } else { context.speech.list(&names) }
    };
    let rows = panels
        .iter()
        .map(|panel| {
            vec![
                cell::text(context.names.question(&panel.question)),
                cell::text(context.names.segment(&panel.segment)),
                cell::p(context, panel.test.as_ref().map(|test| test.p_adjusted)),
                cell::text(names(panel, ChangeVerdict::Up)),
                cell::text(names(panel, ChangeVerdict::Down)),
            ]
        })
        .collect();
    Table {
        caption: texts.others.to_owned(),
        columns: vec![
            cell::words(columns.question),
            cell::words(columns.group),
            cell::numbers(texts.p_over_all),
            cell::words(texts.above),
            cell::words(texts.below),
        ],
        rows,
    }
}
