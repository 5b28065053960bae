//! A banner table in a terminal: columns of figures with letters behind them, folded into blocks that fit.
//!
//! Each block repeats the names of the rows and the total. A banner that fits into a block of its own is not split
//! over two. Outer values of a nested banner stand over the inner ones, with a line as far as they reach.

use super::Styles;
use super::text::{cut, longest_word, width, wrap, wrap_hanging};
use crate::render::banner::{Banner, BannerColumn, BannerRole, BannerTable};
use crate::render::escape::visible;
use crate::report::words::{NO_FIGURE, Phrases};
use std::ops::Range;

/// Between two columns.
const GAP: usize = 2;

/// Names of rows get at most this share of the line, and at least and at most so many columns.
const NAMES_SHARE: usize = 3;
const NARROWEST_NAMES: usize = 12;
const WIDEST_NAMES: usize = 44;

/// Words in the heads of columns up to this are not broken.
const LONGEST_WORD: usize = 16;

/// A head takes so many lines at most.
const HEAD_LINES: usize = 3;

/// Letters beyond this are cut.
const MOST_LETTERS: usize = 12;

/// Details of a row are set in.
const INDENT: &str = "  ";

/// Pushes the lines of a table with its legend.
pub(super) fn write(table: &BannerTable, room: usize, styles: &Styles, lines: &mut Vec<String>) {
    let names: Vec<String> = table.rows.iter().map(|row| name(&row.label, row.role)).collect();
    let shapes: Vec<Vec<Shape>> =
        table.banners.iter().map(|banner| banner.columns.iter().map(Shape::of).collect()).collect();
    let total = table.total.as_ref().map(Shape::of);
    let most = (room / NAMES_SHARE).clamp(NARROWEST_NAMES, WIDEST_NAMES);
    let widest = names.iter().map(|name| width(name)).max().unwrap_or(0).min(most);
    let page = Page { table, names, names_width: widest.max(1), shapes, total, room };
    let mut cut_letters = false;
    for (number, block) in page.blocks().iter().enumerate() {
        if number > 0 {
            lines.push(String::new());
        }
        cut_letters |= page.write(block, styles, lines);
    }
    let more = cut_letters.then(|| Phrases::english().banner.more_letters.to_owned());
    let legend = table.legend.iter().cloned().chain(more);
    lines.extend(legend.flat_map(|line| wrap_hanging(&visible(&line), room)));
}

fn name(label: &str, role: BannerRole) -> String {
    let label = visible(label.trim());
    if role == BannerRole::Detail { format!("{INDENT}{label}") } else { label }
}

/// How wide a column is.
#[derive(Clone, Copy)]
struct Shape {
    /// Its figures.
    figures: usize,
    /// The letters behind them, with the space before.
    letters: usize,
    /// All of it, with its head.
    whole: usize,
}

impl Shape {
    fn of(column: &BannerColumn) -> Self {
        let figures = column.cells.iter().map(|cell| width(&cell.text)).max().unwrap_or(0);
        let letters = column.cells.iter().map(|cell| width(&visible(&cell.letters))).max().unwrap_or(0);
        let letters = if letters == 0 { 0 } else { letters.min(MOST_LETTERS) + 1 };
        let cells = figures + letters;
        let head = column.values.last().map(|value| visible(value)).unwrap_or_default();
        let word = longest_word(&head).min(LONGEST_WORD);
        let third = width(&head).div_ceil(HEAD_LINES).min(LONGEST_WORD);
        let whole = cells.max(word).max(third).max(width(&column.letter)).max(1);
        Self { figures, letters, whole }
    }

    /// The same in less room: letters give way, then the head breaks; figures stay.
    fn within(self, room: usize) -> Self {
        let letters = self.letters.min(room.saturating_sub(self.figures));
        Self { letters, whole: self.whole.min(room).max(1), ..self }
    }
}

/// Columns that stand side by side.
struct Block {
    with_total: bool,
    /// The columns by banner, in order.
    pieces: Vec<(usize, Range<usize>)>,
}

struct Page<'a> {
    table: &'a BannerTable,
    names: Vec<String>,
    names_width: usize,
    shapes: Vec<Vec<Shape>>,
    total: Option<Shape>,
    room: usize,
}

impl Page<'_> {
    /// The room for the columns of banners: beside the names and the total where a column of each fits.
    fn beside(&self) -> (bool, usize) {
        let names = self.names_width + GAP;
        let room = self.room.saturating_sub(names);
        let widest = self.shapes.iter().flatten().map(|shape| shape.figures).max().unwrap_or(0);
        match self.total {
            Some(total) if total.whole + GAP + widest <= room => (true, room - total.whole - GAP),
            _ => (false, room),
        }
    }

    fn blocks(&self) -> Vec<Block> {
        let (with_total, room) = self.beside();
        let mut blocks: Vec<Block> = Vec::new();
        if !with_total && self.total.is_some() {
            blocks.push(Block { with_total: true, pieces: Vec::new() });
        }
        let mut open = Block { with_total, pieces: Vec::new() };
        let mut left = room;
        for (banner, shapes) in self.shapes.iter().enumerate() {
            let needed = |shapes: &[Shape]| -> usize {
                shapes.iter().map(|shape| shape.within(room).whole + GAP).sum::<usize>().saturating_sub(GAP)
            };
            let whole = needed(shapes);
            let gap = if open.pieces.is_empty() { 0 } else { GAP };
            if !open.pieces.is_empty() && whole + gap > left && (whole <= room || left < room / 2) {
                blocks.push(std::mem::replace(&mut open, Block { with_total, pieces: Vec::new() }));
                left = room;
            }
            let mut first = 0;
            for at in 0..shapes.len() {
                let gap = if at > first || !open.pieces.is_empty() { GAP } else { 0 };
                let column = needed(&shapes[at..=at]);
                if column + gap > left {
                    if at > first {
                        open.pieces.push((banner, first..at));
                    }
                    blocks.push(std::mem::replace(&mut open, Block { with_total, pieces: Vec::new() }));
                    left = room;
                    first = at;
                    left = left.saturating_sub(column);
                } else {
                    left -= column + gap;
                }
            }
            if shapes.len() > first {
                open.pieces.push((banner, first..shapes.len()));
            }
        }
        if !open.pieces.is_empty() || blocks.is_empty() {
            blocks.push(open);
        }
        blocks
    }

    /// Pushes the lines of a block; says whether letters were cut.
    fn write(&self, block: &Block, styles: &Styles, lines: &mut Vec<String>) -> bool {
        let (_, room) = self.beside();
        let mut strips: Vec<Strip> = Vec::new();
        if let (true, Some(column), Some(shape)) = (block.with_total, &self.table.total, self.total) {
            let room = self.room.saturating_sub(self.names_width + GAP);
            strips.push(Strip { column, shape: shape.within(room), banner: None });
        }
        for (banner, range) in &block.pieces {
            for at in range.clone() {
                let columns = self.table.banners.get(*banner).and_then(|banner| banner.columns.get(at));
                let shape = self.shapes.get(*banner).and_then(|shapes| shapes.get(at));
                let (Some(column), Some(shape)) = (columns, shape) else { continue };
                strips.push(Strip { column, shape: shape.within(room), banner: Some((*banner, at)) });
            }
        }
        let head = self.head(&strips);
        lines.extend(
            head.iter().map(|line| if line.is_empty() { String::new() } else { styles.strong(line) }),
        );
        let mut cut_letters = false;
        for (row, name) in self.names.iter().enumerate() {
            let mut line = String::new();
            for strip in &strips {
                let (cell, was_cut) = strip.cell(row);
                cut_letters |= was_cut;
                line.push_str(&" ".repeat(GAP));
                line.push_str(&cell);
            }
            let indent = name.len() - name.trim_start().len();
            let mut said =
                wrap(name.trim_start(), self.names_width.saturating_sub(indent).max(1)).into_iter();
            let first = format!("{}{}", " ".repeat(indent), said.next().unwrap_or_default());
            lines.push(format!("{}{line}", padded(&first, self.names_width)).trim_end().to_owned());
            let deeper = " ".repeat(if self.names_width > NARROWEST_NAMES { indent } else { 0 });
            lines.extend(said.map(|more| format!("{deeper}{more}").trim_end().to_owned()));
        }
        cut_letters
    }

    /// Banners, outer values, inner values, letters.
    fn head(&self, strips: &[Strip]) -> Vec<String> {
        let outer = self.table.banners.iter().map(Banner::levels).max().unwrap_or(1).saturating_sub(1);
        let indent = " ".repeat(self.names_width);
        let mut lines = Vec::new();
        lines.extend(self.spanned(strips, |strip| {
            let (banner, _) = strip.banner?;
            Some((vec![banner], self.table.banners.get(banner)?.label.clone()))
        }));
        for level in 0..outer {
            lines.extend(self.spanned(strips, |strip| {
                let (banner, at) = strip.banner?;
                let values = &strip.column.values;
                // Values stand at the foot: a banner of fewer levels has nothing in the first lines.
                let level = (level + values.len()).checked_sub(outer + 1)?;
                let spans = self.table.banners.get(banner)?.spans(level);
                let span = spans.iter().position(|span| span.contains(&at))?;
                Some((vec![banner, span], values.get(level)?.clone()))
            }));
        }
        let heads: Vec<Vec<String>> = strips.iter().map(Strip::head).collect();
        let height = heads.iter().map(Vec::len).max().unwrap_or(0);
        for place in 0..height {
            let mut line = indent.clone();
            for (strip, head) in strips.iter().zip(&heads) {
                let text = (place + head.len()).checked_sub(height).and_then(|at| head.get(at));
                line.push_str(&" ".repeat(GAP));
                line.push_str(&strip.aligned(text.map_or("", String::as_str)));
            }
            lines.push(line);
        }
        if strips.iter().any(|strip| !strip.column.letter.is_empty()) {
            let mut line = indent;
            for strip in strips {
                line.push_str(&" ".repeat(GAP));
                line.push_str(&strip.aligned(&visible(&strip.column.letter)));
            }
            lines.push(line);
        }
        lines.iter().map(|line| line.trim_end().to_owned()).filter(|line| !line.is_empty()).collect()
    }

    /// Names over the columns that share them, each with a line as far as it reaches.
    fn spanned(
        &self,
        strips: &[Strip],
        named: impl Fn(&Strip) -> Option<(Vec<usize>, String)>,
    ) -> Vec<String> {
        let mut spans: Vec<(usize, usize, Vec<String>)> = Vec::new();
        let mut start = self.names_width;
        let mut at = 0;
        while let Some(strip) = strips.get(at) {
            start += GAP;
            let Some((span, text)) = named(strip) else {
                start += strip.shape.whole;
                at += 1;
                continue;
            };
            let mut columns = strip.shape.whole;
            at += 1;
            while let Some(next) = strips.get(at)
                && named(next).is_some_and(|(other, _)| other == span)
            {
                columns += GAP + next.shape.whole;
                at += 1;
            }
            spans.push((start, columns, spanning_head(&visible(text.trim()), columns)));
            start += columns;
        }
        let height = spans.iter().map(|(.., head)| head.len()).max().unwrap_or(0);
        let line = |place: usize| {
            let mut line = String::new();
            for (start, columns, head) in &spans {
                let text = (place + head.len()).checked_sub(height).and_then(|at| head.get(at));
                line = padded(&line, *start);
                line.push_str(&padded(text.map_or("", String::as_str), *columns));
            }
            line
        };
        (0..height).map(line).collect()
    }
}

/// A name in at most so many lines, with a line behind it as far as it reaches.
fn spanning_head(text: &str, columns: usize) -> Vec<String> {
    let mut lines = short(wrap(text, columns), columns);
    if let Some(last) = lines.last_mut() {
        let rest = columns.saturating_sub(width(last));
        if rest > 1 {
            last.push(' ');
            last.push_str(&"─".repeat(rest - 1));
        }
    }
    lines
}

/// The lines of a head, the last of them cut where there are too many.
fn short(mut lines: Vec<String>, columns: usize) -> Vec<String> {
    if lines.len() > HEAD_LINES {
        let rest = lines.split_off(HEAD_LINES - 1).join(" ");
        // Whatever is left is more than a line holds.
        lines.push(cut(&format!("{rest}…"), columns));
    }
    lines
}

/// A column in its place.
struct Strip<'a> {
    column: &'a BannerColumn,
    shape: Shape,
    /// The banner and the place in it; none for the total.
    banner: Option<(usize, usize)>,
}

impl Strip<'_> {
    fn head(&self) -> Vec<String> {
        let value = self.column.values.last().map_or(NO_FIGURE, String::as_str);
        short(wrap(&visible(value), self.shape.whole), self.shape.whole)
    }

    /// A text of the head: over the figures where it fits, else over all of the column.
    fn aligned(&self, text: &str) -> String {
        let whole = self.shape.whole;
        let over_figures = whole.saturating_sub(self.shape.letters);
        let end = if width(text) <= over_figures { over_figures } else { whole };
        let before = end.saturating_sub(width(text));
        padded(&format!("{}{text}", " ".repeat(before)), whole)
    }

    /// A cell, and whether its letters were cut.
    fn cell(&self, row: usize) -> (String, bool) {
        let Some(cell) = self.column.cells.get(row) else { return (" ".repeat(self.shape.whole), false) };
        let letters = visible(&cell.letters);
        let room = self.shape.letters.saturating_sub(1);
        let shown = if room == 0 { String::new() } else { cut(&letters, room) };
        let figures = self.shape.whole.saturating_sub(self.shape.letters);
        let before = " ".repeat(figures.saturating_sub(width(&cell.text)));
        let behind = if self.shape.letters == 0 { String::new() } else { format!(" {shown}") };
        (padded(&format!("{before}{}{behind}", cell.text), self.shape.whole), shown != letters)
    }
}

fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}
