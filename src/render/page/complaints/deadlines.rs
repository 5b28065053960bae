//! What was done in time, of what can be judged.

use super::super::context::Context;
use super::super::{Block, Cell, Table, cell};
use super::{RecordWords, figure_columns, figure_or, row_name};
use crate::report::words::{complaint_step, fill};
use crate::report::{StepDeadline, Unit, WorkingClock};

/// What a row is of, besides its step.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    All,
    Group,
    Period,
}

pub(in super::super) fn blocks(
    context: &Context,
    words: RecordWords,
    deadlines: &[StepDeadline],
    working: Option<&WorkingClock>,
) -> Vec<Block> {
    let texts = &context.phrases().complaints;
    if deadlines.is_empty() {
        return Vec::new();
    }
    let of =
        |wanted: Of| -> Vec<&StepDeadline> { deadlines.iter().filter(|row| kind(row) == wanted).collect() };
    let all = of(Of::All);
    let (judged, without): (Vec<&StepDeadline>, Vec<&StepDeadline>) =
        all.into_iter().partition(|row| row.deadline.is_some() || row.by.is_some());
    let mut blocks = vec![Block::Heading(texts.deadlines_title.to_owned())];
    let mut said = Vec::new();
    if !judged.is_empty() {
        blocks.push(Block::Table(table(context, words, &judged, Of::All, texts.deadlines_title)));
        said.push(texts.deadline_meaning.to_owned());
        said.extend(working.map(|clock| clock_said(context, clock)));
    }
    let none = without.into_iter().map(|row| {
        let step = complaint_step(&context.speech, &row.step);
        let reason = (words.reason)(&context.speech, row.reason.as_deref().unwrap_or("no_deadline"));
        fill(texts.no_share, &[("step", &step), ("reason", &reason)])
    });
    said.extend(none);
    if !said.is_empty() {
        blocks.push(Block::Text(vec![said.join(" ")]));
    }
    for (wanted, caption) in [(Of::Group, texts.deadlines_groups), (Of::Period, words.by_period.1)] {
        let rows: Vec<&StepDeadline> =
            of(wanted).into_iter().filter(|row| row.deadline.is_some() || row.by.is_some()).collect();
        if !rows.is_empty() {
            blocks.push(Block::Table(table(context, words, &rows, wanted, caption)));
        }
    }
    blocks
}

fn kind(row: &StepDeadline) -> Of {
    if !row.segment.is_empty() {
        Of::Group
    } else if row.period.is_some() {
        Of::Period
    } else {
        Of::All
    }
}

/// When the organisation works, where deadlines go by it.
fn clock_said(context: &Context, clock: &WorkingClock) -> String {
    let texts = &context.phrases().complaints;
    let holidays = if clock.holidays_known {
        context.speech.count(clock.holidays)
    } else {
        texts.no_holidays.to_owned()
    };
    let zone = clock.time_zone.as_deref().unwrap_or(texts.as_written);
    fill(texts.clock, &[("hours", &clock.business_hours), ("holidays", &holidays), ("zone", &zone)])
}

fn table(context: &Context, words: RecordWords, rows: &[&StepDeadline], of: Of, caption: &str) -> Table {
    let texts = &context.phrases().complaints;
    let mut columns = vec![cell::words(texts.step)];
    if of == Of::All {
        columns.push(cell::words(texts.deadline));
    }
    columns.extend(figure_columns(context, texts.in_time));
    let counts = [
        texts.within,
        texts.late,
        texts.overdue,
        texts.not_yet_due,
        texts.without_deadline,
        texts.time_unknown,
        words.cases,
    ];
    columns.extend(counts.map(cell::numbers));
    let rows = rows.iter().map(|row| {
        let mut cells = vec![cell::name(row_name(context, &row.step, &row.segment, row.period.as_deref()))];
        if of == Of::All {
            cells.push(cell::text(deadline(context, row)));
        }
        let reason = row.reason.as_deref().map(|code| (words.reason)(&context.speech, code));
        cells.extend(figure_or(context, Unit::Percent, [row.share, row.low, row.high], reason));
        let counts =
            [row.within, row.late, row.overdue, row.not_yet_due, row.no_deadline, row.no_time, row.cases];
        cells.extend(counts.map(|number| cell::count(context, number)));
        cells
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    Table { caption: caption.to_owned(), columns, rows }
}

/// What was judged by: the deadline as it is declared, the due dates of the cases, or these first.
fn deadline(context: &Context, row: &StepDeadline) -> String {
    let by_case = matches!(row.by.as_deref(), Some("due" | "due_or_deadline"));
    let own = by_case.then_some(context.phrases().complaints.due_date);
    let pieces: Vec<&str> = own.into_iter().chain(row.deadline.as_deref()).collect();
    pieces.join(context.phrases().page.phrase_separator)
}
