//! The gaps of groups: one table a segment, by dimension where there are several, else by question.

use super::items::style;
use super::{GapCell, GapColumn, GapTable, GapWords, numbers, point, words};
use crate::report::{Flag, GapsGroup, GapsSection, GapsTotal};

/// One table for each segment, or crossing of segments; with every question too where `in_full`.
pub(in crate::render) fn by_group(words_of: &GapWords, gaps: &GapsSection, in_full: bool) -> Vec<GapTable> {
    let mut segments: Vec<Vec<&str>> = Vec::new();
    let of = |group: &GapsGroup| -> Vec<String> { group.segment.keys().cloned().collect() };
    for group in &gaps.groups {
        let keys: Vec<&str> = group.segment.keys().map(String::as_str).collect();
        if !segments.contains(&keys) {
            segments.push(keys);
        }
    }
    let table = |segment: Vec<&str>| {
        let own: Vec<&GapsGroup> = gaps.groups.iter().filter(|group| of(group) == segment).collect();
        of_segment(words_of, &segment, &own, in_full)
    };
    segments.into_iter().map(table).collect()
}

fn of_segment(words_of: &GapWords, segment: &[&str], groups: &[&GapsGroup], in_full: bool) -> GapTable {
    let phrases = words_of.speech.phrases();
    let (columns, texts) = (&phrases.columns, &phrases.gaps);
    let by_dimension = groups.iter().any(|group| group.dimensions.len() > 1);
    let first = if by_dimension && !in_full { columns.dimension } else { columns.question };
    let names: Vec<&str> = segment.iter().map(|id| words_of.names.segment(id)).collect();
    let mut heads = vec![words(first), words(columns.group)];
    heads.extend([columns.expected, columns.perceived, columns.gap].map(numbers));
    heads.extend([GapColumn::Limits, numbers(columns.p_adjusted), numbers(columns.base)]);
    // By question and dimension, so that groups stand beside each other.
    let mut rows: Vec<(usize, Vec<GapCell>)> = Vec::new();
    let mut add = |rank: usize, name: String, group: &GapsGroup, cells: Vec<GapCell>| {
        let value: Vec<&str> = group.segment.values().map(String::as_str).collect();
        let named = [GapCell::Text(name), GapCell::Text(value.join(" × "))];
        rows.push((rank, named.into_iter().chain(cells).collect()));
    };
    for group in groups {
        if in_full || !by_dimension {
            for row in group.rows.iter().filter(|row| row.base > 0) {
                let limits = row.low.zip(row.high);
                let cells = vec![
                    point(row.expectation),
                    point(row.perception),
                    GapCell::Number(row.gap, style(limits)),
                    GapCell::Limits(limits, style(limits)),
                    GapCell::P(row.p_adjusted),
                    GapCell::Base(Some(row.base), row.base < words_of.report.survey.flag_below),
                ];
                let rank = words_of.names.rank(&row.question);
                add(rank, words_of.names.called(&row.question), group, cells);
            }
        }
        let is_hidden = matches!(group.total.flag, Some(Flag::Suppressed | Flag::Complementary));
        if !by_dimension && !is_hidden {
            continue;
        }
        for (place, row) in group.dimensions.iter().enumerate() {
            let limits = row.low.zip(row.high);
            let cells = vec![
                point(row.expectation),
                point(row.perception),
                GapCell::Number(row.gap, style(limits)),
                GapCell::Limits(limits, style(limits)),
                GapCell::P(row.p_adjusted),
                GapCell::Base(row.base, row.flag == Some(Flag::SmallBase)),
            ];
            add(AFTER_QUESTIONS + place, words_of.dimension(&row.dimension), group, cells);
        }
        let total = &group.total;
        add(LAST, texts.all_together.to_owned(), group, of_total(total));
        if total.weighted.is_some() {
            let limits = total.weighted_low.zip(total.weighted_high);
            let cells = vec![
                GapCell::Text(String::new()),
                point(total.weighted_perception),
                GapCell::Number(total.weighted, style(limits)),
                GapCell::Limits(limits, style(limits)),
                GapCell::P(None),
                GapCell::Base(total.weighted_base, false),
            ];
            add(LAST + 1, texts.all_weighted.to_owned(), group, cells);
        }
    }
    rows.sort_by_key(|(rank, _)| *rank);
    let rows = rows.into_iter().map(|(_, cells)| cells);
    let title = format!("{}: {}", texts.by_group, names.join(" × "));
    GapTable { title, keys: 2, columns: heads, rows: rows.collect(), notes: vec![texts.group_p.to_owned()] }
}

/// Dimensions stand after all questions.
const AFTER_QUESTIONS: usize = 1 << 40;

/// All together stands last.
const LAST: usize = 1 << 41;

fn of_total(total: &GapsTotal) -> Vec<GapCell> {
    let limits = total.low.zip(total.high);
    vec![
        GapCell::Text(String::new()),
        point(total.perception),
        GapCell::Number(total.unweighted, style(limits)),
        GapCell::Limits(limits, style(limits)),
        GapCell::P(total.p),
        GapCell::Base(total.base, total.flag == Some(Flag::SmallBase)),
    ]
}
