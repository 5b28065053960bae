//! Self-assessment by checklist: what is met, by clause, what is missing, every item, and by group.

use super::context::Context;
use super::{Block, Cell, Column, Table, cell};
use crate::report::words::{NumberStyle, checklist_account, checklist_owners, checklist_reason, fill};
use crate::report::{ChecklistFigures, ChecklistSection, Section};

/// Nothing where there is no section; customers get none.
pub(super) fn blocks(context: &Context) -> Vec<Block> {
    let Some(section) = section(context) else { return Vec::new() };
    let texts = &context.phrases().checklist;
    let mut blocks = vec![Block::Text(checklist_account(&context.speech, section))];
    if !section.clauses.is_empty() {
        blocks.push(Block::Table(clauses(context, section)));
    }
    if !section.missing.is_empty() {
        blocks.push(Block::Table(missing(context, section)));
    } else if section.overall.fulfilled.is_some() {
        blocks.push(Block::Text(vec![texts.nothing_missing.to_owned()]));
    }
    if !section.items.is_empty() {
        blocks.push(Block::Table(items(context, section)));
    }
    if !section.groups.is_empty() {
        blocks.push(Block::Table(groups(context, section)));
    }
    blocks
}

/// The section, where there is one and the page may show it.
pub(super) fn section<'a>(context: &Context<'a>) -> Option<&'a ChecklistSection> {
    if context.for_customers() {
        return None;
    }
    context.report.sections.iter().find_map(|section| match section {
        Section::Checklist(section) => Some(section.as_ref()),
        _ => None,
    })
}

/// The name of the table of all items.
pub(super) fn items_title(context: &Context, section: &ChecklistSection) -> String {
    context.titled(context.phrases().checklist.items_title.to_owned(), section.wave.as_ref())
}

/// The standards whose clauses the items address, each once.
pub(super) fn standards<'a>(context: &Context<'a>) -> Vec<&'a str> {
    let rows = section(context).into_iter().flat_map(|section| &section.clauses);
    rows.filter(|row| row.clause.is_none()).map(|row| row.standard.as_str()).collect()
}

fn clauses(context: &Context, section: &ChecklistSection) -> Table {
    let texts = &context.phrases().checklist;
    let mut columns = vec![cell::words(texts.clause), cell::numbers(texts.items)];
    columns.extend(figure_columns(context));
    let rows = section.clauses.iter().map(|row| {
        let name = match &row.clause {
            Some(clause) => clause.clone(),
            None => fill(texts.all_clauses, &[("standard", &row.standard)]),
        };
        let mut cells = vec![cell::text(name), cell::count(context, Some(row.items))];
        cells.extend(figures(context, &row.figures));
        cells
    });
    let caption = context.titled(texts.clauses_title.to_owned(), section.wave.as_ref());
    Table { caption, columns, rows: rows.collect() }
}

fn missing(context: &Context, section: &ChecklistSection) -> Table {
    let (texts, speech) = (&context.phrases().checklist, &context.speech);
    let columns = vec![
        cell::words(context.phrases().columns.question),
        cell::words(texts.clause),
        cell::words(texts.why),
        cell::words(texts.owner),
    ];
    let rows = section.missing.iter().map(|row| {
        let why: Vec<String> = row.reasons.iter().map(|reason| checklist_reason(speech, reason)).collect();
        vec![
            cell::text(context.names.question(&row.question)),
            cell::text(row.clause.as_deref().unwrap_or(texts.no_clause)),
            cell::text(why.join(context.phrases().page.list_separator)),
            cell::text(checklist_owners(speech, row.owners.as_deref(), row.more_owners)),
        ]
    });
    let caption = context.titled(texts.missing_title.to_owned(), section.wave.as_ref());
    Table { caption, columns, rows: rows.collect() }
}

fn items(context: &Context, section: &ChecklistSection) -> Table {
    let texts = &context.phrases().checklist;
    let mut columns = vec![cell::words(context.phrases().columns.question), cell::words(texts.clause)];
    columns.extend(figure_columns(context));
    columns.extend([cell::numbers(texts.without_evidence), cell::words(texts.owner)]);
    let rows = section.items.iter().map(|row| {
        let mut cells = vec![
            cell::text(context.names.question(&row.question)),
            cell::text(row.clause.as_deref().unwrap_or_default()),
        ];
        cells.extend(figures(context, &row.figures));
        cells.push(cell::count(context, row.yes_without_evidence));
        let owners = checklist_owners(&context.speech, row.owners.as_deref(), row.more_owners);
        cells.push(cell::text(owners));
        cells
    });
    Table { caption: items_title(context, section), columns, rows: rows.collect() }
}

fn groups(context: &Context, section: &ChecklistSection) -> Table {
    let texts = &context.phrases().checklist;
    let mut columns = vec![cell::words(context.phrases().columns.group)];
    columns.extend(figure_columns(context));
    let rows = section.groups.iter().map(|group| {
        let values = group.segment.iter();
        let names = values.map(|(id, value)| format!("{}: {value}", context.names.segment(id)));
        let name = names.collect::<Vec<_>>().join(context.phrases().page.list_separator);
        let mut cells = vec![cell::text(name)];
        cells.extend(figures(context, &group.figures));
        cells
    });
    let caption = context.titled(texts.groups_title.to_owned(), section.wave.as_ref());
    Table { caption, columns, rows: rows.collect() }
}

fn figure_columns(context: &Context) -> [Column; 7] {
    let texts = &context.phrases().checklist;
    let heads = [
        texts.fulfilled,
        texts.strictly,
        texts.yes,
        texts.partly,
        texts.no,
        texts.not_applicable,
        texts.unanswered,
    ];
    heads.map(cell::numbers)
}

fn figures(context: &Context, figures: &ChecklistFigures) -> [Cell; 7] {
    let percent = NumberStyle::percent();
    let counts = [figures.yes, figures.partly, figures.no, figures.not_applicable, figures.unanswered];
    let [yes, partly, no, not_applicable, unanswered] = counts.map(|count| cell::count(context, count));
    [
        cell::value(context, figures.fulfilled, figures.flag, percent),
        cell::number(context, figures.fulfilled_strictly, percent),
        yes,
        partly,
        no,
        not_applicable,
        unanswered,
    ]
}
