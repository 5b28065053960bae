//! The scores with and without the rows that the definition leaves out: one row a headline.

use super::lookup::Lookup;
use super::{Block, Cell, Column, Table};
use crate::report::words::{self, NumberStyle, Speech, heading};
use crate::report::{DocumentSection, ExclusionReason, ExclusionRow, Section};

/// The table of every such section.
pub(super) fn blocks(lookup: &Lookup) -> Vec<Block> {
    let speech = Speech::new(&DocumentSection::default());
    let mut blocks = Vec::new();
    for section in &lookup.report.sections {
        let Section::Exclusions(exclusions) = section else { continue };
        if exclusions.rows.is_empty() {
            continue;
        }
        let rows = exclusions.rows.iter().map(|row| cells(lookup, &speech, row)).collect();
        let columns = vec![
            Column::text(heading::SCORE),
            Column::number(heading::VALUE),
            Column::number(heading::BASE),
            Column::number(heading::VALUE_OF_ALL_ROWS),
            Column::number(heading::BASE),
            Column::number(heading::DIFFERENCE),
        ];
        blocks.push(Block::Heading(heading::WITH_AND_WITHOUT.to_owned()));
        blocks.push(Block::Table(Table::new(1, columns, rows)));
        // Without words of the definition the ledger says as much.
        if exclusions.reasons.iter().any(|line| line.label.is_some()) {
            let reason = |line: &ExclusionReason| {
                let label = line.label.clone().unwrap_or_else(|| words::exclusion(&line.reason));
                format!("{} {label}", words::count(line.rows))
            };
            let reasons: Vec<String> = exclusions.reasons.iter().map(reason).collect();
            blocks.push(Block::Legend(vec![format!("Left out: {}.", reasons.join("; "))]));
        }
    }
    blocks
}

fn cells(lookup: &Lookup, speech: &Speech, row: &ExclusionRow) -> Vec<Cell> {
    let style = NumberStyle::figure(row.unit, &row.statistic, None);
    let measure = lookup.question(&row.question).map_or("", |question| question.measure.as_str());
    let figure = |value: Option<f64>, style: NumberStyle| {
        Cell::from(value.map_or_else(|| words::NO_FIGURE.to_owned(), |value| speech.styled(value, style)))
    };
    let count = |count: Option<u64>| Cell::from(count.map_or_else(String::new, words::count));
    let of_all = match row.flag.filter(|_| row.value_all.is_none()) {
        Some(flag) => Cell::from(words::flag_short(flag)),
        None => figure(row.value_all, style),
    };
    vec![
        Cell::Name(lookup.name(&row.question, measure, &row.statistic)),
        figure(row.value, style),
        count(row.base),
        of_all,
        count(row.base_all),
        figure(row.difference, NumberStyle::difference(row.unit, None)),
    ]
}
