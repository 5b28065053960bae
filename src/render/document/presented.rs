//! What a report that is made for reading has besides the scores, in a terminal: the same parts as its page.

use super::{Align, Block, Cell, Column, Table};
use crate::render::page::{self, Claim, Page, Part};
use crate::report::{Report, Section};

/// Longer tables are cut; files have all rows.
const MOST_ROWS: usize = 30;

/// What was found, which stands before the scores.
const BEFORE: [&str; 1] = ["findings"];

/// What stands behind them; needs, constructs and priorities have tables of their own beside the scores.
const BEHIND: [&str; 6] = ["gaps", "drivers", "complaints", "promises", "disputes", "indicators"];

/// Blocks before and behind the scores.
#[derive(Default)]
pub(super) struct Presented {
    pub(super) before: Vec<Block>,
    pub(super) behind: Vec<Block>,
}

impl Presented {
    /// None of them where the report does not say how it is presented.
    pub(super) fn of(report: &Report) -> Self {
        if !report.sections.iter().any(|section| matches!(section, Section::Document(_))) {
            return Self::default();
        }
        let page = Page::of(report).for_reading();
        let blocks = |ids: &[&str]| {
            let parts = page.parts.iter().filter(|part| ids.contains(&part.id));
            parts.flat_map(written).collect()
        };
        Self { before: blocks(&BEFORE), behind: blocks(&BEHIND) }
    }
}

pub(super) fn written(part: &Part) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(part.title.clone())];
    let mut heading = part.title.as_str();
    for block in &part.blocks {
        match block {
            page::Block::Heading(text) => {
                heading = text;
                blocks.push(Block::Heading(text.clone()));
            }
            page::Block::Text(texts) if !texts.is_empty() => blocks.push(Block::Sentences(texts.clone())),
            page::Block::Findings(claims) => {
                blocks.push(Block::Sentences(claims.iter().map(claim).collect()));
            }
            page::Block::Figure(figure) => blocks.extend(table(heading, &figure.table)),
            page::Block::Table(own) => blocks.extend(table(heading, own)),
            _ => {}
        }
    }
    blocks
}

/// The verdict, then what it rests on.
fn claim(claim: &Claim) -> String {
    let stop = if claim.verdict.ends_with(['.', ':', '!', '?']) { "" } else { "." };
    format!("{}{stop} {}", claim.verdict, claim.detail).trim_end().to_owned()
}

fn table(heading: &str, own: &page::Table) -> Vec<Block> {
    let column = |column: &page::Column| Column {
        align: if column.numeric { Align::Right } else { Align::Left },
        with_previous: column.joined.is_some(),
        ..Column::text(&column.header)
    };
    let columns: Vec<Column> = own.columns.iter().map(column).collect();
    let rows = own.rows.iter().take(MOST_ROWS).map(|row| row.iter().map(cell).collect());
    let mut blocks = Vec::new();
    if !own.caption.is_empty() && own.caption != heading {
        blocks.push(Block::Heading(own.caption.clone()));
    }
    blocks.push(Block::Table(Table::new(1, columns, rows.collect()).with_names_once()));
    if let Some(more) = own.rows.len().checked_sub(MOST_ROWS).filter(|more| *more > 0) {
        blocks.push(Block::Legend(vec![format!("… and {more} more; -o FILE.html has all")]));
    }
    blocks
}

fn cell(cell: &page::Cell) -> Cell {
    Cell::from(match cell {
        page::Cell::Text(text)
        | page::Cell::Shortened { text, .. }
        | page::Cell::Number { text, .. }
        | page::Cell::Verdict(text, _) => text.as_str(),
        page::Cell::Nothing(reason) => reason.as_deref().unwrap_or_default(),
    })
}
