//! A table in aligned columns without lines between them.
//!
//! `comfy_table` makes the grid: columns, alignment, wrapping of words. Their widths and the cells that it has no notion
//! of (bars, the figures of a score) are made here before; colour is added to finished lines, since it takes no room.

use super::Styles;
use super::layout::{Layout, parts};
use super::strip::{Content, Strip, Verdict};
use super::text::{split_at, width};
use crate::render::document::{Align, Subheading, Table, Tone};
use crate::render::escape::visible;
use crate::report::words;
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Width};
use std::ops::Range;

/// Pushes the lines of a table. Where it goes on in a further part, rows with nothing to say there are left out.
pub(super) fn write(table: &Table, columns: usize, styles: &Styles, lines: &mut Vec<String>) {
    let strips = Strip::all(table);
    for (number, part) in parts(&strips, table.keys, columns).iter().enumerate() {
        let passed_over = if number > 0 { table.keys } else { 0 };
        let grid = Grid { strips: &strips, part, styles, columns, passed_over };
        if number > 0 {
            if !(0..table.rows.len()).any(|row| grid.says_something(row)) {
                continue;
            }
            lines.push(String::new());
        }
        grid.write(table, lines);
    }
}

struct Grid<'a> {
    strips: &'a [Strip],
    part: &'a Layout,
    styles: &'a Styles,
    columns: usize,
    /// The first columns, which alone do not make a row worth a line.
    passed_over: usize,
}

impl Grid<'_> {
    fn write(&self, table: &Table, lines: &mut Vec<String>) {
        self.head(lines);
        let mut written = 0;
        for row in 0..table.rows.len() {
            if let Some(subheading) = table.subheading.as_ref().filter(|heading| heading.before == row) {
                self.rows(written..row, lines);
                written = row;
                self.subheading(subheading, row > 0, lines);
            }
            if let Some(verdict) = self.verdict_below(row) {
                self.rows(written..row + 1, lines);
                written = row + 1;
                lines.push(self.below(verdict));
            }
        }
        self.rows(written..table.rows.len(), lines);
    }

    /// The headings, at the foot of the lines that the tallest takes.
    fn head(&self, lines: &mut Vec<String>) {
        let heads: Vec<Vec<String>> =
            self.shown().map(|(strip, width)| strip.head(&self.part.form, width)).collect();
        let height = heads.iter().map(Vec::len).max().unwrap_or(0);
        let head = heads.into_iter().map(|head| {
            let above = "\n".repeat(height - head.len());
            format!("{above}{}", head.join("\n"))
        });
        let grid = self.lay_out(vec![head.collect()]);
        lines.extend(
            grid.iter().map(|line| if line.is_empty() { String::new() } else { self.styles.strong(line) }),
        );
    }

    fn rows(&self, rows: Range<usize>, lines: &mut Vec<String>) {
        if rows.is_empty() {
            return;
        }
        let cells = rows
            .filter(|row| self.says_something(*row))
            .map(|row| self.shown().map(|(strip, _)| strip.cell(row, &self.part.form)).collect())
            .collect();
        lines.extend(self.lay_out(cells).iter().map(|line| self.coloured(line)));
    }

    fn says_something(&self, row: usize) -> bool {
        self.passed_over == 0
            || self
                .shown()
                .skip(self.passed_over)
                .any(|(strip, _)| !strip.cell(row, &self.part.form).trim().is_empty())
    }

    /// Rows in this part's columns.
    fn lay_out(&self, rows: Vec<Vec<String>>) -> Vec<String> {
        let mut grid = comfy_table::Table::new();
        grid.load_style(comfy_table::presets::NOTHING)
            .set_content_arrangement(ContentArrangement::Disabled)
            .add_rows(rows);
        let last = self.part.widths.len().saturating_sub(1);
        for (at, (strip, width)) in self.shown().enumerate() {
            let gap = if at == last { 0 } else { self.part.gap };
            let Some(column) = grid.column_mut(at) else { continue };
            column.set_padding((0, u16::try_from(gap).unwrap_or(0)));
            let whole = u16::try_from(width + gap).unwrap_or(u16::MAX);
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(whole)));
            column.set_cell_alignment(match strip.align {
                Align::Left => CellAlignment::Left,
                Align::Right => CellAlignment::Right,
            });
        }
        grid.lines().map(|line| line.trim_end().to_owned()).collect()
    }

    fn shown(&self) -> impl Iterator<Item = (&Strip, usize)> {
        self.part.columns.iter().map(|at| &self.strips[*at]).zip(self.part.widths.iter().copied())
    }

    fn subheading(&self, subheading: &Subheading, after_rows: bool, lines: &mut Vec<String>) {
        if after_rows {
            lines.push(String::new());
        }
        let text = visible(&subheading.text);
        let range = subheading.range.as_ref().filter(|_| self.part.form.bar.is_some());
        let with_range = range.map(|range| format!("{text} ({range})"));
        let text = with_range.filter(|text| width(text) <= self.columns).unwrap_or(text);
        lines.extend(super::wrap(&text, self.columns).iter().map(|line| self.styles.strong(line)));
    }

    /// The verdicts of the table, wherever they stand.
    fn verdicts(&self) -> &[Verdict] {
        let found = self.strips.iter().find_map(|strip| match &strip.content {
            Content::Verdicts(verdicts) => Some(verdicts.as_slice()),
            _ => None,
        });
        found.unwrap_or_default()
    }

    fn verdict_below(&self, row: usize) -> Option<&Verdict> {
        let verdict = self.verdicts().get(row).filter(|_| self.part.form.verdicts_below)?;
        (!verdict.target.is_empty()).then_some(verdict)
    }

    fn below(&self, verdict: &Verdict) -> String {
        let text = words::target_line(&verdict.target, verdict.words.map(|(words, _)| words));
        let line = format!("  {text}");
        match verdict.words {
            Some((words, tone)) => self.paint_end(&line, words, tone),
            None => line,
        }
    }

    /// The line with the verdict at its end in colour.
    fn coloured(&self, line: &str) -> String {
        let mut start = 0;
        for (strip, width) in self.shown() {
            if matches!(strip.content, Content::Verdicts(_)) {
                let (before, after) = split_at(line, start);
                let verdict = self
                    .verdicts()
                    .iter()
                    .filter_map(|verdict| verdict.words)
                    .find(|(words, _)| after.ends_with(&format!(" {words}")));
                return match verdict {
                    Some((words, tone)) => format!("{before}{}", self.paint_end(after, words, tone)),
                    None => line.to_owned(),
                };
            }
            start += width + self.part.gap;
        }
        line.to_owned()
    }

    fn paint_end(&self, text: &str, words: &str, tone: Tone) -> String {
        match (text.strip_suffix(words), tone) {
            (Some(before), Tone::Good) => format!("{before}{}", self.styles.good(words)),
            (Some(before), Tone::Bad) => format!("{before}{}", self.styles.bad(words)),
            _ => text.to_owned(),
        }
    }
}
