//! Where a block stands among the others of its part: how deep its heading is, and whether it needs one.

use super::{Block, Part};

/// A block in its place.
pub(crate) struct Placed<'a> {
    /// The level of its heading, where the title of the page is 1 and that of the part 2.
    pub(crate) level: u8,
    /// Whether its title is the heading right above it, so that eyes need it once only.
    pub(crate) repeats: bool,
    /// The block.
    pub(crate) block: &'a Block,
}

impl Part {
    /// The blocks in their places: cards and figures stand one level below the part's title, or below the heading that
    /// went before them.
    pub(crate) fn placed(&self) -> Vec<Placed<'_>> {
        let mut level = 3;
        let mut above = Some(&self.title);
        let mut blocks = Vec::with_capacity(self.blocks.len());
        for block in &self.blocks {
            let (title, below) = match block {
                Block::Heading(heading) => (None, Some(heading)),
                Block::Figure(figure) => (Some(&figure.title), None),
                Block::Table(table) => (Some(&table.caption), None),
                // An introduction does not part a heading from what it heads.
                Block::Text(_) => (None, above),
                Block::Cards(_)
                | Block::Banner(_)
                | Block::Contents(_)
                | Block::Findings(_)
                | Block::Facts(_)
                | Block::Notes(_) => (None, None),
            };
            blocks.push(Placed { level, repeats: title.is_some() && title == above, block });
            above = below;
            if matches!(block, Block::Heading(_)) {
                level = 4;
            }
        }
        blocks
    }
}
