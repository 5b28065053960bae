//! The first tables: headline figures of all respondents, then importance, numbers and shares.

use super::lookup::{Lookup, any_small, base, target};
use super::{Block, Cell, Column, Name, Subheading, Table};
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
    headlines.sort_by_key(|estimate| is_gap(estimate));
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
    /// An item of a checklist, which has a part of its own.
    Item,
}

/// Which table a figure belongs to.
pub(super) fn kind(estimate: &Estimate) -> Kind {
    match estimate.measure.as_str() {
        _ if estimate.statistic.starts_with("share:") => Kind::Share,
        "importance" => Kind::Importance,
        "number" => Kind::Number,
        "checklist" => Kind::Item,
        _ => Kind::Score,
    }
}

/// A line on the flags that a table shows by a mark or in short.
pub(super) fn legend<'a>(
    lookup: &Lookup,
    estimates: impl IntoIterator<Item = &'a Estimate>,
) -> Option<String> {
    let mut flags: Vec<Flag> = Vec::new();
    for flag in estimates.into_iter().filter_map(|estimate| estimate.flag) {
        if !flags.contains(&flag) {
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
                // A reason in which the short word occurs needs no repetition of it.
                _ if text.contains(words::flag_short(flag)) => Some(text),
                _ => Some(format!("{}: {text}", words::flag_short(flag))),
            }
        })
        .collect();
    (!lines.is_empty()).then(|| lines.join(" · "))
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

    /// What a row is called. Gaps are named by the subheading over them.
    fn name<'a>(self, lookup: &Lookup<'a>, estimate: &'a Estimate) -> Name {
        if self.is_option {
            return lookup.option_name(estimate);
        }
        let name = lookup.score_name(estimate);
        if is_gap(estimate) { Name { statistic: None, ..name } } else { name }
    }
}

fn is_gap(estimate: &Estimate) -> bool {
    estimate.statistic == "gap"
}

/// One figure a row, with its interval, base and target; gaps come last.
fn table<'a>(
    lookup: &Lookup<'a>,
    title: Option<&str>,
    naming: Naming,
    estimates: &[&'a Estimate],
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
        Column::interval(lookup.report.survey.confidence),
        Column::number(heading::BASE),
    ];
    if with_target {
        columns.push(Column::text(heading::TARGET));
    }
    let scores = estimates.iter().filter(|estimate| !is_gap(estimate)).count();
    let gap_range = lookup.gap_range(&estimates[scores..]);
    let rows = estimates
        .iter()
        .map(|estimate| {
            let range = if is_gap(estimate) { gap_range } else { lookup.range(estimate) };
            let mut row: Vec<Cell> = vec![
                Cell::Name(naming.name(lookup, estimate)),
                words::figure(estimate).value.into(),
                Lookup::interval(estimate, range),
                base(estimate, mark),
            ];
            if with_target {
                row.push(target(estimate));
            }
            row
        })
        .collect();
    let subheading = (scores < estimates.len()).then(|| Subheading {
        before: scores,
        text: heading::GAPS.to_owned(),
        range: gap_range.map(|(low, high)| words::bars_between(low, high)),
    });
    blocks.extend(title.map(|title| Block::Heading(title.to_owned())));
    blocks.push(Block::Table(Table { subheading, ..Table::new(1, columns, rows) }));
    blocks.extend(legend(lookup, estimates.iter().copied()).map(|text| Block::Legend(vec![text])));
}
