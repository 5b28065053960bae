//! The first tables: headline figures of all respondents, then importance, numbers and shares.

use super::lookup::{Lookup, Room, any_small, base, target};
use super::{Block, Cell, Column, Table};
use crate::report::words::{self, heading};
use crate::report::{Estimate, Flag};

/// The tables of the stratum that the report speaks of.
pub(super) fn blocks(lookup: &Lookup) -> Vec<Block> {
    let report = lookup.report;
    let all: Vec<&Estimate> = report
        .estimates
        .iter()
        .filter(|estimate| estimate.segment.is_empty() && estimate.wave == report.waves.wave)
        .collect();
    let mut blocks = Vec::new();

    let mut headlines: Vec<&Estimate> =
        all.iter().copied().filter(|estimate| kind(estimate) == Kind::Score && estimate.headline).collect();
    // Gaps stand after the scores, as they have another unit and no common scale with them.
    headlines.sort_by_key(|estimate| estimate.measure == "gap");
    table(lookup, None, Naming::score(heading::SCORE), &headlines, &mut blocks);

    let importance: Vec<&Estimate> =
        all.iter().copied().filter(|estimate| kind(estimate) == Kind::Importance).collect();
    table(lookup, Some(heading::IMPORTANCE), Naming::score(heading::QUESTION), &importance, &mut blocks);

    let numbers: Vec<&Estimate> =
        all.iter().copied().filter(|estimate| kind(estimate) == Kind::Number).collect();
    table(lookup, Some(heading::NUMBERS), Naming::score(heading::QUESTION), &numbers, &mut blocks);

    for question in &report.survey.questions {
        let shares: Vec<&Estimate> = all
            .iter()
            .copied()
            .filter(|estimate| kind(estimate) == Kind::Share && estimate.question == question.id)
            .collect();
        table(lookup, Some(lookup.wording(&question.id)), Naming::option(), &shares, &mut blocks);
    }
    blocks
}

/// Which table a figure belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Satisfaction, loyalty, effort, ratings and gaps.
    Score,
    /// Stated importance.
    Importance,
    /// A free number.
    Number,
    /// The share of an option.
    Share,
}

/// Which table a figure belongs to.
pub(super) fn kind(estimate: &Estimate) -> Kind {
    match estimate.measure.as_str() {
        _ if estimate.statistic.starts_with("share:") => Kind::Share,
        "importance" => Kind::Importance,
        "number" => Kind::Number,
        _ => Kind::Score,
    }
}

/// Sentences on the flags that a table shows by a mark or in short.
pub(super) fn legend<'a>(
    lookup: &Lookup,
    estimates: impl IntoIterator<Item = &'a Estimate>,
    room: Room,
) -> Option<Block> {
    let mut flags: Vec<Flag> = Vec::new();
    for flag in estimates.into_iter().filter_map(|estimate| estimate.flag) {
        if !flags.contains(&flag) && (room == Room::Narrow || flag == Flag::SmallBase) {
            flags.push(flag);
        }
    }
    let lines: Vec<String> = flags
        .into_iter()
        .filter_map(|flag| {
            let text = lookup.flag(flag);
            match flag {
                Flag::SmallBase => Some(format!("{} {text}", words::SMALL_BASE_MARK)),
                Flag::NoAnswers => None,
                // A reason that begins with the short word needs no repetition of it.
                _ if text.starts_with(&format!("{}:", words::flag_short(flag))) => Some(text),
                _ => Some(format!("{}: {text}", words::flag_short(flag))),
            }
        })
        .collect();
    (!lines.is_empty()).then(|| Block::Legend(vec![lines.join(" · ")]))
}

/// What the first column holds.
#[derive(Clone, Copy)]
struct Naming {
    header: &'static str,
    value: &'static str,
    is_option: bool,
}

impl Naming {
    fn score(header: &'static str) -> Self {
        Self { header, value: heading::VALUE, is_option: false }
    }

    fn option() -> Self {
        Self { header: heading::ANSWER, value: heading::SHARE, is_option: true }
    }
}

/// One figure a row, with its interval, base and target.
fn table(
    lookup: &Lookup,
    title: Option<&str>,
    naming: Naming,
    estimates: &[&Estimate],
    blocks: &mut Vec<Block>,
) {
    if estimates.is_empty() {
        return;
    }
    let with_target = estimates.iter().any(|estimate| estimate.target.is_some());
    let mark = any_small(estimates.iter().copied());
    let mut columns = vec![
        Column::text(naming.header),
        Column::number(naming.value),
        Column::text(&heading::interval(lookup.report.survey.confidence)),
        Column::number(heading::BASE),
    ];
    if with_target {
        columns.push(Column::text(heading::TARGET));
    }
    let rows = estimates
        .iter()
        .map(|estimate| {
            let name =
                if naming.is_option { lookup.option_label(estimate) } else { lookup.score_label(estimate) };
            let mut row: Vec<Cell> = vec![
                name.into(),
                words::figure(estimate).value.into(),
                lookup.interval(estimate, Room::Wide),
                base(estimate, mark),
            ];
            if with_target {
                row.push(target(estimate));
            }
            row
        })
        .collect();
    blocks.extend(title.map(|title| Block::Heading(title.to_owned())));
    blocks.push(Block::Table(Table { keys: 1, columns, rows }));
    blocks.extend(legend(lookup, estimates.iter().copied(), Room::Wide));
}
