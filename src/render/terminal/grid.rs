//! A table in aligned columns without lines between them.

use super::Styles;
use super::layout::{GAP, Layout, parts};
use super::measure::{Measured, Shown};
use super::text::{width, wrap};
use crate::render::document::{Align, Group, Table, Tone};

/// Pushes the lines of a table.
pub(super) fn write(table: &Table, columns: usize, styles: &Styles, lines: &mut Vec<String>) {
    let measured = Measured::columns(table);
    for (number, part) in parts(&measured, table.keys, columns).iter().enumerate() {
        if number > 0 {
            lines.push(String::new());
        }
        Grid { measured: &measured, part, styles }.write(table.rows.len(), lines);
    }
}

struct Grid<'a> {
    measured: &'a [Measured],
    part: &'a Layout,
    styles: &'a Styles,
}

/// A cell in lines, and what to do with its words.
struct Block {
    lines: Vec<String>,
    width: usize,
    align: Align,
    emphasis: Emphasis,
}

enum Emphasis {
    None,
    Strong,
    Verdict(&'static str, Tone),
}

impl Grid<'_> {
    fn write(&self, rows: usize, lines: &mut Vec<String>) {
        if let Some(groups) = self.groups() {
            self.line_up(&groups, lines);
        }
        let header: Vec<Block> = self
            .columns()
            .map(|(column, width)| Block {
                lines: wrap(&column.header, width),
                width,
                align: column.align,
                emphasis: Emphasis::Strong,
            })
            .collect();
        self.line_up(&header, lines);
        for row in 0..rows {
            let cells: Vec<Block> = self
                .columns()
                .filter_map(|(column, width)| {
                    column.cells.get(row).map(|cell| self.cell(column, cell, width))
                })
                .collect();
            self.line_up(&cells, lines);
        }
    }

    fn columns(&self) -> impl Iterator<Item = (&Measured, usize)> {
        self.part.columns.iter().map(|at| &self.measured[*at]).zip(self.part.widths.iter().copied())
    }

    /// The line above the header: each group over the columns that it spans; none without groups.
    fn groups(&self) -> Option<Vec<Block>> {
        let mut spans: Vec<(Option<&Group>, usize)> = Vec::new();
        for (column, width) in self.columns() {
            let group = column.group.as_ref();
            match spans.last_mut() {
                Some((name, span)) if group.is_some() && *name == group => *span += GAP + width,
                _ => spans.push((group, width)),
            }
        }
        spans.iter().any(|(group, _)| group.is_some()).then(|| {
            spans
                .into_iter()
                .map(|(group, width)| Block {
                    lines: wrap(group.map_or("", |group| group.title.as_str()), width),
                    width,
                    align: Align::Left,
                    emphasis: Emphasis::Strong,
                })
                .collect()
        })
    }

    fn cell(&self, column: &Measured, cell: &Shown, width: usize) -> Block {
        let emphasis = match cell {
            Shown::Verdict(_, Some((words, tone))) => Emphasis::Verdict(words, *tone),
            _ => Emphasis::None,
        };
        let lines = wrap_kept(&column.line(cell, self.part.bar), width);
        Block { lines, width, align: column.align, emphasis }
    }

    fn line_up(&self, blocks: &[Block], lines: &mut Vec<String>) {
        let height = blocks.iter().map(|block| block.lines.len()).max().unwrap_or(0);
        for number in 0..height {
            let mut line = String::new();
            // Spaces are written when something follows them: no line ends in a space.
            let mut spaces = 0;
            for (at, block) in blocks.iter().enumerate() {
                if at > 0 {
                    spaces += GAP;
                }
                let text = block.lines.get(number).map_or("", String::as_str);
                let content = text.trim_end();
                let padding = block.width.saturating_sub(width(text));
                let trailing = width(text) - width(content);
                let (before, after) = match block.align {
                    Align::Left => (0, padding + trailing),
                    Align::Right => (padding, trailing),
                };
                spaces += before;
                if !content.is_empty() {
                    line.push_str(&" ".repeat(spaces));
                    spaces = 0;
                    line.push_str(&self.emphasise(content, &block.emphasis));
                }
                spaces += after;
            }
            lines.push(line);
        }
    }

    fn emphasise(&self, text: &str, emphasis: &Emphasis) -> String {
        match emphasis {
            Emphasis::Strong => self.styles.strong(text),
            Emphasis::Verdict(words, tone) => match (text.strip_suffix(words), tone) {
                (Some(before), Tone::Good) => format!("{before}{}", self.styles.good(words)),
                (Some(before), Tone::Bad) => format!("{before}{}", self.styles.bad(words)),
                _ => text.to_owned(),
            },
            Emphasis::None => text.to_owned(),
        }
    }
}

/// The lines of a cell; one that fits keeps the spaces that align it with its neighbours above and below.
fn wrap_kept(text: &str, columns: usize) -> Vec<String> {
    if width(text) <= columns { vec![text.to_owned()] } else { wrap(text, columns) }
}
