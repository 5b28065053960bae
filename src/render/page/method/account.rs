//! What was read and left out: sums that add up, or say why they do not.

use super::super::context::Context;
use super::super::{Block, Cell, Table, cell};
use crate::report::words::fill;
use crate::report::{Estimate, Excluded, LedgerPlace, QuestionLedger};

pub(super) fn blocks(context: &Context) -> Vec<Block> {
    let texts = &context.phrases().account;
    let mut blocks = vec![Block::Heading(texts.read.to_owned())];
    let mut facts = vec![(texts.rows_label.to_owned(), rows(context))];
    facts.push((texts.response_rate.to_owned(), response_rate(context)));
    let told = |estimate: &&Estimate| !context.for_board() || context.tells(&estimate.question);
    let told = context.headlines().into_iter().filter(told);
    facts.extend(told.filter_map(|estimate| headline(context, estimate)));
    blocks.push(Block::Facts(facts));
    let ledger = &context.report.ledger;
    if !ledger.kept.is_empty() {
        let kept: Vec<String> = ledger.kept.iter().map(|kept| term(context, kept)).collect();
        blocks.push(Block::Text(vec![fill(texts.kept, &[("list", &context.speech.list(&kept))])]));
    }
    if context.for_customers() || context.for_board() {
        return blocks;
    }
    if !(ledger.excluded.is_empty() && ledger.kept.is_empty()) {
        blocks.push(Block::Table(left_out(context)));
    }
    if !ledger.questions.is_empty() {
        blocks.push(Block::Table(by_question(context)));
    }
    blocks
}

/// The rows as a sum.
fn rows(context: &Context) -> String {
    let texts = &context.phrases().account;
    let ledger = &context.report.ledger;
    let count = |number| context.speech.count(number);
    let left_out = ledger.excluded.iter().fold(0_u64, |sum, excluded| sum.saturating_add(excluded.rows));
    if ledger.rows_used.saturating_add(left_out) != ledger.rows_read {
        return fill(
            texts.does_not_add_up,
            &[
                ("read", &count(ledger.rows_read)),
                ("used", &count(ledger.rows_used)),
                ("left_out", &count(left_out)),
            ],
        );
    }
    if ledger.excluded.is_empty() {
        return fill(texts.all_used, &[("count", &count(ledger.rows_read))]);
    }
    let terms: Vec<String> = ledger.excluded.iter().map(|excluded| term(context, excluded)).collect();
    fill(
        texts.sum,
        &[
            ("read", &count(ledger.rows_read)),
            ("left_out", &terms.join(" − ")),
            ("used", &count(ledger.rows_used)),
        ],
    )
}

fn term(context: &Context, excluded: &Excluded) -> String {
    let count = context.speech.count(excluded.rows);
    let reason = reason(context, &excluded.reason);
    fill(context.phrases().account.term, &[("count", &count), ("reason", &reason)])
}

/// Why rows or cells were left out, or what was odd about rows that were kept.
pub(super) fn reason(context: &Context, reason: &str) -> String {
    let texts = &context.phrases().account;
    match reason {
        "short_row" => texts.short_row,
        "filtered" => texts.filtered,
        "invalid_weight" => texts.invalid_weight,
        "zero_weight" => texts.zero_weight,
        "no_raking_answer" => texts.no_raking_answer,
        "no_stratum" => texts.no_stratum,
        "no_cluster" => texts.no_cluster,
        "zero_target" => texts.zero_target,
        "wave_not_weighted" => texts.wave_not_weighted_rows,
        "no_date" => texts.no_date,
        "repeated_header" => texts.repeated_header,
        "preview" => texts.preview,
        "partial" => texts.partial,
        "excluded" => texts.excluded,
        "no_interview" => texts.no_interview,
        "duplicate_id" => texts.duplicate_id,
        "no_wave" => texts.no_wave,
        "other_wave" => texts.other_wave,
        "ragged_row" => texts.ragged_row,
        "overlong_row" => texts.overlong_row,
        "rounded_weight" => texts.rounded_weight,
        "outside_base" => texts.outside_base,
        other => return other.replace('_', " "),
    }
    .to_owned()
}

fn response_rate(context: &Context) -> String {
    let texts = &context.phrases().account;
    let survey = &context.report.survey;
    let Some(rate) = survey.response_rate else { return texts.rate_unknown.to_owned() };
    let rate = context.speech.styled(rate, crate::report::words::NumberStyle::percent());
    survey.invited.map_or_else(
        || rate.clone(),
        |invited| fill(texts.rate_of, &[("rate", &rate), ("invited", &context.speech.count(invited))]),
    )
}

/// Rows less what is no answer, by reason, is the base of a headline.
fn headline(context: &Context, estimate: &Estimate) -> Option<(String, String)> {
    let texts = &context.phrases().account;
    let line = context.report.ledger.questions.iter().find(|line| line.question == estimate.question)?;
    let name = context.names.question(&estimate.question).to_owned();
    let text = sum(context, line).map_or_else(
        || texts.hidden.to_owned(),
        |sum| match (estimate.base, line.answered) {
            (Some(base), Some(answered)) if base != answered => fill(
                texts.headline_other_base,
                &[("sum", &sum), ("base", &context.speech.count(base)), ("reason", &texts.base_differs)],
            ),
            _ => sum,
        },
    );
    Some((name, text))
}

/// `124 rows − 1 blank = 123 answers`; none where the line is hidden.
fn sum(context: &Context, line: &QuestionLedger) -> Option<String> {
    let texts = &context.phrases().account;
    let rows = context.report.ledger.rows_used;
    let count = |number| context.speech.count(number);
    let reasons = [
        (line.not_asked?, texts.not_asked),
        (line.not_applicable?, texts.not_applicable),
        (line.dont_know?, texts.dont_know),
        (line.blank?, texts.blank),
        (line.invalid?, texts.invalid),
    ];
    let answered = line.answered?;
    let missing = reasons.iter().fold(0_u64, |sum, (number, _)| sum.saturating_add(*number));
    if answered.saturating_add(missing) != rows {
        return Some(fill(
            texts.does_not_add_up,
            &[("read", &count(rows)), ("used", &count(answered)), ("left_out", &count(missing))],
        ));
    }
    if missing == 0 {
        return Some(fill(texts.headline_all, &[("rows", &count(rows))]));
    }
    let terms: Vec<String> = reasons
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, reason)| fill(texts.term, &[("count", &count(*number)), ("reason", reason)]))
        .collect();
    Some(fill(
        texts.headline_sum,
        &[("rows", &count(rows)), ("terms", &terms.join(" − ")), ("base", &count(answered))],
    ))
}

fn left_out(context: &Context) -> Table {
    let texts = &context.phrases().account;
    let columns = &context.phrases().columns;
    let ledger = &context.report.ledger;
    let row = |reason: String, line: &Excluded| {
        vec![
            cell::text(reason),
            cell::count(context, Some(line.rows)),
            cell::text(places(context, &line.places)),
        ]
    };
    let excluded = ledger.excluded.iter().map(|line| row(reason(context, &line.reason), line));
    let kept = ledger.kept.iter().map(|line| {
        let reason = reason(context, &line.reason);
        row(fill(texts.kept_reason, &[("reason", &reason)]), line)
    });
    Table {
        caption: texts.left_out.to_owned(),
        columns: vec![cell::words(columns.reason), cell::numbers(columns.rows), cell::words(columns.places)],
        rows: excluded.chain(kept).collect(),
    }
}

fn by_question(context: &Context) -> Table {
    let texts = &context.phrases().account;
    let columns = &context.phrases().columns;
    let questions = &context.report.ledger.questions;
    let with_places = questions.iter().any(|line| !line.places.is_empty());
    let mut table = Table {
        caption: texts.questions.to_owned(),
        columns: vec![
            cell::words(columns.question),
            cell::numbers(texts.answered),
            cell::numbers(&cell::capital(texts.not_asked)),
            cell::numbers(&cell::capital(texts.not_applicable)),
            cell::numbers(&cell::capital(texts.dont_know)),
            cell::numbers(&cell::capital(texts.blank)),
            cell::numbers(&cell::capital(texts.invalid)),
        ],
        rows: Vec::new(),
    };
    if with_places {
        table.columns.push(cell::words(columns.places));
    }
    for line in questions {
        let mut row: Vec<Cell> = vec![cell::text(context.names.question(&line.question))];
        let counts =
            [line.answered, line.not_asked, line.not_applicable, line.dont_know, line.blank, line.invalid];
        row.extend(counts.into_iter().map(|number| match number {
            Some(_) => cell::count(context, number),
            None => Cell::Nothing(Some(texts.hidden.to_owned())),
        }));
        if with_places {
            row.push(cell::text(places(context, &line.places)));
        }
        table.rows.push(row);
    }
    table
}

fn places(context: &Context, places: &[LedgerPlace]) -> String {
    let texts = &context.phrases().account;
    let places: Vec<String> = places
        .iter()
        .map(|place| match place.column {
            Some(column) => fill(
                texts.place_column,
                &[("file", &place.input), ("line", &place.line), ("column", &column)],
            ),
            None => fill(texts.place, &[("file", &place.input), ("line", &place.line)]),
        })
        .collect();
    places.join(context.phrases().page.phrase_separator)
}
