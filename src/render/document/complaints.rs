//! Complaints and disputes: the part of the page, in a terminal and in Markdown.

use super::account;
use super::presented::written;
use super::{Block, Extent};
use crate::render::page::{self, Part};
use crate::report::{Report, words};

/// The blocks of a report on complaints alone, in reading order.
pub(super) fn document(report: &Report, extent: Extent) -> Vec<Block> {
    alone(report, page::complaints(report), extent)
}

/// The blocks of a report on disputes alone.
pub(super) fn disputes(report: &Report, extent: Extent) -> Vec<Block> {
    alone(report, page::disputes(report), extent)
}

fn alone(report: &Report, part: Option<Part>, extent: Extent) -> Vec<Block> {
    let mut blocks = vec![Block::Title(vec![report.title.clone(), words::as_of(&report.as_of)])];
    if let Some(part) = part {
        blocks.extend(written(&part));
        blocks.extend(part.clause.map(|clause| Block::Sentences(vec![clause])));
    }
    let mut said = account::notes(report, extent.explain);
    said.extend(words::intervals(account::methods(report)));
    if !said.is_empty() {
        blocks.push(Block::Sentences(said));
    }
    if extent.explain {
        blocks.extend(account::ledger(report));
        blocks.extend(account::provenance(report));
    }
    blocks
}
