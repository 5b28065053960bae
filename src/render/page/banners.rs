//! Banner tables: the stubs of a report, each with all its banners.

use super::context::Context;
use super::{Block, Part};
use crate::render::banner::{BannerExtent, BannerTable, stubs};

/// From so many stubs on, a list of them comes first.
const LISTED_FROM: usize = 3;

/// The part of all banner tables; none where the report has none.
pub(super) fn part(context: &Context) -> Option<Part> {
    let tables: Vec<BannerTable> = stubs(context.report)
        .iter()
        .enumerate()
        .map(|(number, stub)| BannerTable {
            anchor: format!("stub-{}", number + 1),
            ..stub.table(context.report, &context.speech, BannerExtent::default())
        })
        .collect();
    if tables.is_empty() {
        return None;
    }
    let texts = &context.phrases().banner;
    let mut blocks = Vec::new();
    if tables.len() >= LISTED_FROM {
        let links = tables.iter().map(|table| (table.anchor.clone(), table.title.clone()));
        blocks.push(Block::Contents(links.collect()));
    }
    blocks.push(Block::Text(vec![texts.shading.to_owned()]));
    blocks.extend(tables.into_iter().map(|table| Block::Banner(Box::new(table))));
    Some(Part { id: "crosstab", title: texts.title.to_owned(), clause: None, blocks })
}
