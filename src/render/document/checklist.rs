//! Self-assessment by checklist in a terminal and in Markdown: the part of the page.

use super::presented::written;
use super::{Block, Extent};
use crate::render::page;
use crate::report::Report;

/// The part, where the report has a checklist; in a terminal every item only where everything is asked for.
pub(super) fn blocks(report: &Report, extent: Extent) -> Vec<Block> {
    let Some(part) = page::checklist(report, extent.explain || !extent.interactive) else {
        return Vec::new();
    };
    let mut blocks = written(&part);
    blocks.extend(part.clause.map(|clause| Block::Sentences(vec![clause])));
    blocks
}
