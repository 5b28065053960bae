//! Charts with one row a subject: label, small note, drawing, figure in words.
//!
//! Where there is room, the texts stand in columns beside the drawing; on a phone they stand above it.

use super::canvas::Canvas;
use super::frame::is_wide;
use super::paint::{Anchor, Ink, LEADING, SIZE, Type};
use super::text::Lines;

/// The room between columns.
const GAP: f64 = 16.0;

/// How many lines a label has at most.
const MOST_LINES: usize = 3;

/// The texts of a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct RowTexts<'a> {
    /// What it is.
    pub(super) label: &'a str,
    /// In small, such as the base.
    pub(super) note: &'a str,
    /// The figure in words.
    pub(super) text: &'a str,
    /// Whether the texts are bold.
    pub(super) bold: bool,
    /// Whether the figure is pale.
    pub(super) faint: bool,
}

/// Rows with their places.
#[derive(Debug)]
pub(super) struct Rows {
    /// Where drawings begin and end.
    pub(super) plot: (f64, f64),
    /// The rows.
    placed: Vec<Row>,
    /// Where texts of figures begin, beside the drawing.
    text_start: f64,
    /// Where notes end, beside the label; none where they stand below it.
    note_end: Option<f64>,
    wide: bool,
}

/// One row.
#[derive(Debug)]
struct Row {
    label: Lines,
    note: Lines,
    text: Lines,
    /// Below the label rather than beside it, on a phone.
    text_below: bool,
    /// Where the note begins behind the label, on a phone; none where it stands below it.
    note_beside: Option<f64>,
    height: f64,
    drawing: f64,
    kinds: [Type; 3],
}

impl Rows {
    /// Places for rows whose drawings are that high.
    pub(super) fn lay(canvas: &Canvas, texts: &[RowTexts<'_>], drawing: f64) -> Self {
        if is_wide(canvas.width) {
            Self::lay_wide(canvas, texts, drawing)
        } else {
            Self::lay_narrow(canvas, texts, drawing)
        }
    }

    fn lay_wide(canvas: &Canvas, texts: &[RowTexts<'_>], drawing: f64) -> Self {
        let width = canvas.width;
        let widest = |part: usize| {
            let width = |row: &RowTexts<'_>| {
                canvas.text_width([row.label, row.note, row.text][part], kinds(row)[part])
            };
            texts.iter().map(width).fold(0.0, f64::max)
        };
        let notes = widest(1);
        let notes_beside = notes <= width * 0.13;
        let labels = widest(0);
        let labels = if notes_beside { labels } else { labels.max(notes) };
        let label_width = labels.clamp(40.0, width * 0.28).ceil();
        // Broken lines are shorter than the column: what they leave goes to the drawing.
        let broken = |row: &RowTexts<'_>| {
            let kind = kinds(row)[0];
            let lines = canvas.broken(row.label, kind, label_width, MOST_LINES).lines;
            lines.iter().map(|line| canvas.text_width(line, kind)).fold(0.0, f64::max)
        };
        let label_width =
            if notes_beside { texts.iter().map(broken).fold(40.0, f64::max).ceil() } else { label_width };
        let text_width = widest(2).min(width * 0.26).ceil();
        let mut start = label_width;
        let mut note_end = None;
        if notes_beside && notes > 0.0 {
            start += GAP + notes.ceil();
            note_end = Some(start);
        }
        let text_start = width - text_width;
        let end = if text_width > 0.0 { text_start - GAP } else { width - 8.0 };
        let placed = texts
            .iter()
            .map(|texts| {
                let [label, note, text] = kinds(texts);
                let label_lines = canvas.broken(texts.label, label, label_width, MOST_LINES);
                let note_lines =
                    canvas.broken(texts.note, note, if notes_beside { notes + 1.0 } else { label_width }, 2);
                let text_lines = canvas.broken(texts.text, text, text_width + 1.0, MOST_LINES);
                let below = if notes_beside { 0 } else { note_lines.lines.len() };
                let lines = (label_lines.lines.len() + below).max(text_lines.lines.len());
                let height = (lines as f64 * LEADING).max(drawing) + 12.0;
                Row {
                    label: label_lines,
                    note: note_lines,
                    text: text_lines,
                    text_below: false,
                    note_beside: None,
                    height,
                    drawing,
                    kinds: kinds(texts),
                }
            })
            .collect();
        Self { plot: (start + GAP, end), placed, text_start, note_end, wide: true }
    }

    fn lay_narrow(canvas: &Canvas, texts: &[RowTexts<'_>], drawing: f64) -> Self {
        let width = canvas.width;
        let placed = texts
            .iter()
            .map(|texts| {
                let [label, note, text] = kinds(texts);
                let beside = canvas.text_width(texts.text, text);
                let text_below = beside > width * 0.6;
                let taken = if text_below || beside <= 0.0 { 0.0 } else { beside + GAP };
                let label_lines = canvas.broken(texts.label, label, width - taken, MOST_LINES);
                let note_lines = canvas.broken(texts.note, note, width - taken, 2);
                let text_lines = canvas.broken(texts.text, text, width, MOST_LINES);
                let below = if text_below { text_lines.lines.len() } else { 0 };
                let labelled = canvas.text_width(texts.label, label);
                let behind = labelled + 10.0 + canvas.text_width(texts.note, note) <= width - taken;
                let note_beside = (behind && label_lines.lines.len() == 1).then_some(labelled + 10.0);
                let notes = if note_beside.is_some() { 0 } else { note_lines.lines.len() };
                let lines = (label_lines.lines.len() + notes + below).max(1);
                let height = lines as f64 * LEADING + drawing + 20.0;
                Row {
                    label: label_lines,
                    note: note_lines,
                    text: text_lines,
                    text_below,
                    note_beside,
                    height,
                    drawing,
                    kinds: kinds(texts),
                }
            })
            .collect();
        Self { plot: (8.0, width - 8.0), placed, text_start: width, note_end: None, wide: false }
    }

    /// How high all rows are.
    pub(super) fn height(&self) -> f64 {
        self.placed.iter().map(|row| row.height).sum()
    }

    /// Where lines through all rows may run, given the middles of their drawings: on a phone not through texts.
    pub(super) fn stretches(&self, middles: &[f64], all: (f64, f64), drawing: f64) -> Vec<(f64, f64)> {
        if self.wide && !self.placed.is_empty() {
            return vec![all];
        }
        middles.iter().map(|middle| (middle - drawing / 2.0 - 3.0, middle + drawing / 2.0 + 3.0)).collect()
    }

    /// Draws the texts of all rows from that height on; returns the middle of each drawing.
    pub(super) fn draw(&self, canvas: &mut Canvas, top: f64) -> Vec<f64> {
        let mut top = top;
        let mut middles = Vec::with_capacity(self.placed.len());
        for row in &self.placed {
            middles.push(if self.wide {
                self.draw_wide(canvas, row, top)
            } else {
                draw_narrow(canvas, row, top)
            });
            top += row.height;
        }
        middles
    }

    fn draw_wide(&self, canvas: &mut Canvas, row: &Row, top: f64) -> f64 {
        let middle = top + row.height / 2.0;
        let first = |lines: usize| middle - (lines as f64 - 1.0) * LEADING / 2.0 + SIZE * 0.36;
        let [label, note, text] = row.kinds;
        if let Some(end) = self.note_end {
            canvas.lines(0.0, first(row.label.lines.len()), &row.label, LEADING, label);
            canvas.lines(end, first(row.note.lines.len()), &row.note, LEADING, note.at(Anchor::End));
        } else {
            let lines = row.label.lines.len() + row.note.lines.len();
            canvas.lines(0.0, first(lines), &row.label, LEADING, label);
            let below = first(lines) + row.label.lines.len() as f64 * LEADING;
            canvas.lines(0.0, below, &row.note, LEADING, note);
        }
        canvas.lines(self.text_start, first(row.text.lines.len()), &row.text, LEADING, text);
        middle
    }
}

fn draw_narrow(canvas: &mut Canvas, row: &Row, top: f64) -> f64 {
    let [label, note, text] = row.kinds;
    let mut baseline = top + SIZE;
    canvas.lines(0.0, baseline, &row.label, LEADING, label);
    if !row.text_below {
        canvas.lines(canvas.width, baseline, &row.text, LEADING, text.at(Anchor::End));
    }
    baseline += LEADING * row.label.lines.len() as f64;
    if row.text_below {
        canvas.lines(0.0, baseline, &row.text, LEADING, text);
        baseline += LEADING * row.text.lines.len() as f64;
    }
    if let Some(x) = row.note_beside {
        canvas.lines(x, top + SIZE, &row.note, LEADING, note);
    } else {
        canvas.lines(0.0, baseline, &row.note, LEADING, note);
        baseline += LEADING * row.note.lines.len() as f64;
    }
    baseline - LEADING + 8.0 + row.drawing / 2.0
}

/// How label, note and figure are set.
fn kinds(row: &RowTexts<'_>) -> [Type; 3] {
    let plain = if row.bold { Type::BOLD } else { Type::PLAIN };
    [plain, Type::NOTE, if row.faint { plain.ink(Ink::Soft) } else { plain }]
}
