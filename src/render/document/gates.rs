//! Gates: one row a gate, then what could not be judged and how often a gate fails by chance.

use super::{Block, Cell, Column, Interval, Table, Tone};
use crate::report::words::{
    self, gate_error_rate, gate_interval, gate_limit, gate_name, gate_outcome, gate_value, heading,
};
use crate::report::{GateOutcome, GateRow, GatesSection, Report, Section};

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
        report.notes.iter().filter(|note| note.code == "wave_incomplete").map(words::caveat).collect();
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
        Column::text(heading::LIMIT),
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
            Cell::from(gate_limit(row)),
            outcome(row),
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

fn outcome(row: &GateRow) -> Cell {
    let tone = match row.outcome {
        GateOutcome::Passed => Tone::Good,
        GateOutcome::Failed => Tone::Bad,
        GateOutcome::CannotTell | GateOutcome::SmallBase | GateOutcome::NoFigure if row.fails => Tone::Bad,
        GateOutcome::CannotTell | GateOutcome::SmallBase | GateOutcome::NoFigure => Tone::Plain,
    };
    Cell::Verdict { target: String::new(), verdict: Some((gate_outcome(row.outcome), tone)) }
}
