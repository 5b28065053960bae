//! Gates: one row a gate, then what could not be judged and how often a gate fails by chance. The limit stands in
//! the gate's own text.

use super::{Block, Cell, Column, Interval, Table};
use crate::report::words::{
    self, gate_error_rate, gate_interval, gate_name, gate_outcome, gate_value, heading,
};
use crate::report::{GateRow, GatesSection, Report, Section};

/// What every gate of the report found.
pub(super) fn blocks(report: &Report) -> Vec<Block> {
    let mut blocks = Vec::new();
    for section in &report.sections {
        if let Section::Gates(section) = section {
            blocks.extend(of_section(report, section));
        }
    }
    blocks
}

fn of_section(report: &Report, section: &GatesSection) -> Vec<Block> {
    let wave = only_wave(section);
    let mut pieces = vec![report.title.clone()];
    pieces.extend(wave.map(str::to_owned));
    pieces.push(words::gates_count(section));
    let mut blocks = vec![Block::Title(pieces), Block::Table(table(report, section, wave.is_none()))];
    let reasons: Vec<String> = section
        .rows
        .iter()
        .filter_map(|row| {
            let reason = row.reason.as_ref()?;
            Some(format!("{}: {}, {reason}", row.gate, gate_outcome(row.outcome)))
        })
        .collect();
    if !reasons.is_empty() {
        blocks.push(Block::Sentences(reasons));
    }
    let mut lines: Vec<String> =
        report.notes.iter().filter(|note| note.code == "gate_wave_incomplete").map(words::caveat).collect();
    lines.extend(words::gates_legend(section));
    lines.push(words::as_of(&report.as_of));
    blocks.push(Block::Sentences(lines));
    blocks
}

fn table(report: &Report, section: &GatesSection, waves: bool) -> Table {
    let mut columns = vec![Column::text(heading::GATE)];
    if waves {
        columns.push(Column::text(heading::WAVE));
    }
    columns.extend([
        Column::number(heading::VALUE),
        Column::interval(report.survey.confidence),
        Column::number(heading::BASE),
        Column::text(heading::OUTCOME),
        Column::number(heading::BY_CHANCE),
    ]);
    let rows = section.rows.iter().map(|row| {
        let mut cells = vec![Cell::from(gate_name(row))];
        if waves {
            cells.push(Cell::from(wave_of(row)));
        }
        cells.extend([
            Cell::from(gate_value(row)),
            interval(row),
            Cell::from(row.base.map_or_else(|| words::NO_FIGURE.to_owned(), words::count)),
            Cell::from(gate_outcome(row.outcome)),
            Cell::from(gate_error_rate(row)),
        ]);
        cells
    });
    Table::new(1, columns, rows.collect())
}

/// The wave where all gates are about one, and none against another.
fn only_wave(section: &GatesSection) -> Option<&str> {
    let wave = section.rows.first()?.wave.as_deref()?;
    let alike = |row: &GateRow| row.wave.as_deref() == Some(wave) && row.against.is_none();
    section.rows.iter().all(alike).then_some(wave)
}

fn wave_of(row: &GateRow) -> String {
    let wave = row.wave.clone().unwrap_or_default();
    match &row.against {
        Some(against) => format!("{wave} − {against}"),
        None => wave,
    }
}

fn interval(row: &GateRow) -> Cell {
    match gate_interval(row) {
        Some((low, high)) => Cell::Interval(Interval { low, high, bar: None }),
        None => Cell::from(""),
    }
}

#[cfg(test)]
mod tests {
    use crate::render::gate::sample::{report, row};
    use crate::render::{Format, Look, Subject, render};
    use crate::report::{GateOutcome, GateRow};
    use unicode_width::UnicodeWidthStr;

    fn written(rows: Vec<GateRow>, format: Format, width: usize) -> String {
        let look = Look { width, subject: Subject::Gates, ..Look::default() };
        String::from_utf8(render(&report(rows), format, &look).unwrap()).unwrap()
    }

    #[test]
    fn every_outcome_is_said_at_each_width_and_no_line_is_wider() {
        let rows = vec![
            row(GateOutcome::Passed),
            GateRow { name: Some("floor of the year".into()), ..row(GateOutcome::Failed) },
            GateRow { reason: Some("a base of 12 is below 30".into()), ..row(GateOutcome::SmallBase) },
            GateRow { value: None, low: None, high: None, base: None, ..row(GateOutcome::NoFigure) },
        ];
        for width in [40, 60, 80, 160] {
            let text = written(rows.clone(), Format::Table, width);
            for outcome in ["passed", "failed", "small base", "no figure"] {
                assert!(text.contains(outcome), "{width}: {text}");
            }
            assert!(text.contains("4 gates, 1 fails") && text.contains("2.5 %"), "{width}: {text}");
            assert!(text.lines().all(|line| line.width() <= width), "{width}: {text}");
        }
    }

    #[test]
    fn gates_of_other_waves_have_a_column_for_them() {
        let one = written(vec![row(GateOutcome::Passed)], Format::Markdown, 80);
        assert!(one.contains("2025-Q2 · 1 gate, none fails") && !one.contains("| Wave |"), "{one}");
        let change = GateRow { against: Some("2025-Q1".into()), ..row(GateOutcome::Passed) };
        let two = written(vec![row(GateOutcome::Passed), change], Format::Markdown, 80);
        assert!(two.contains("| Wave |") && two.contains("2025-Q2 − 2025-Q1"), "{two}");
    }

    #[test]
    fn a_hostile_name_is_text_in_a_table_and_in_markdown() {
        let name = "\u{1b}[2J|<script>\n::error::x";
        let hostile = vec![GateRow { name: Some(name.into()), ..row(GateOutcome::Failed) }];
        let table = written(hostile.clone(), Format::Table, 160);
        assert!(!table.contains('\u{1b}') && table.lines().all(|line| !line.starts_with("::")), "{table}");
        let markdown = written(hostile, Format::Markdown, 160);
        assert!(markdown.contains("\\|&lt;script&gt;"), "{markdown}");
    }
}
