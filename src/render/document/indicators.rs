//! Indicators beside the scores: the part of the page, in a terminal and in Markdown.

use super::account;
use super::presented::written;
use super::{Block, Extent};
use crate::render::page;
use crate::report::{Report, words};

/// The blocks of a report that is about nothing else, in reading order.
pub(super) fn document(report: &Report, extent: Extent) -> Vec<Block> {
    let mut blocks = vec![Block::Title(vec![report.title.clone(), words::as_of(&report.as_of)])];
    if let Some(part) = page::indicators(report) {
        blocks.extend(written(&part));
        blocks.extend(part.clause.map(|clause| Block::Sentences(vec![clause])));
    }
    let said = account::notes(report, extent.explain);
    if !said.is_empty() {
        blocks.push(Block::Sentences(said));
    }
    if extent.explain {
        blocks.extend(account::ledger(report));
        blocks.extend(account::provenance(report));
    }
    blocks
}
