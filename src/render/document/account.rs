//! The account around the figures: what was read and left out, caveats, methods, where it all came from.

use super::story::Story;
use super::{Block, Cell, Column, Extent, Table};
use crate::report::words::{self, Names, Speech, heading};
use crate::report::{
    DocumentSection, Estimate, Excluded, LedgerPlace, Note, QuestionLedger, Report, Section,
};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The first line: what, which wave, how many.
pub(super) fn title(report: &Report) -> Block {
    let mut pieces = vec![report.title.clone()];
    pieces.extend(words::waves(&report.waves));
    let pairs = words::pairs(&Speech::new(&DocumentSection::default()), report);
    pieces.push(pairs.unwrap_or_else(|| words::answers(report.ledger.rows_used)));
    Block::Title(pieces)
}

/// What every reader must know, in few lines.
pub(super) fn sentences(report: &Report, story: &Story, extent: Extent) -> Vec<Block> {
    let survey = &report.survey;
    let mut lines = Vec::new();
    let mut add = |pieces: Vec<Option<String>>| {
        let pieces: Vec<String> = pieces.into_iter().flatten().collect();
        if !pieces.is_empty() {
            lines.push(pieces.join(" · "));
        }
    };
    if !extent.explain && !report.estimates.is_empty() {
        add(vec![words::scores_mean(&survey.questions)]);
    }
    // Of every score: where most is lacking need not be where the story is.
    let is_score = |measure: &str| matches!(measure, "csat" | "rating" | "nps" | "ces" | "gap");
    let scored = survey.questions.iter().filter(|question| is_score(&question.measure));
    let scored: BTreeSet<&str> = scored.map(|question| question.id.as_str()).collect();
    // What of a checklist is unanswered is listed in its own part, and its figures have no intervals.
    let items = survey.questions.iter().filter(|question| question.measure == "checklist");
    let items: BTreeSet<&str> = items.map(|question| question.id.as_str()).collect();
    let is_told = |line: &&QuestionLedger| {
        !items.contains(line.question.as_str())
            && (story.tells(&line.question) || (!story.is_alone() && scored.contains(line.question.as_str())))
    };
    let told = report.ledger.questions.iter().filter(is_told);
    // Where tables call questions by their labels, so does this.
    let names = Names::new(survey);
    let called = |id: &str| {
        if story.is_alone() { format!("“{}”", names.called(id)) } else { words::shortened(id) }
    };
    let has_scores = report.estimates.is_empty()
        || report.estimates.iter().any(|estimate| estimate.measure != "checklist");
    let sampling = survey.sampling_note.clone().filter(|_| has_scores);
    add(vec![words::no_answer(told, called), sampling]);
    add(vec![
        Some(words::rows_add_up(&report.ledger)),
        words::kept_rows(&report.ledger),
        Some(words::response_rate(survey)),
        words::weighted_by(survey),
    ]);
    let hint = (extent.interactive && !extent.explain && !report.estimates.is_empty())
        .then(|| words::EXPLAIN_HINT.to_owned());
    add(vec![words::intervals(methods(report)), Some(words::as_of(&report.as_of)), hint]);

    let notes = notes(report, extent.explain);
    if notes.is_empty() || !extent.explain {
        return vec![Block::Sentences([notes, lines].concat())];
    }
    vec![Block::Sentences(notes), Block::Sentences(lines)]
}

/// The notes, cautions first. By default without those that another sentence or the program has said already, and
/// notes of one kind in one sentence.
pub(super) fn notes(report: &Report, explain: bool) -> Vec<String> {
    let survey = &report.survey;
    // That a column gives the weights is said below; what they were made to meet is not.
    let to_targets = report
        .sections
        .iter()
        .any(|section| matches!(section, Section::Weighting(weighting) if weighting.method.is_some()));
    let is_said = |note: &Note| match note.code.as_str() {
        "sampling" => survey.sampling_note.as_ref() == Some(&note.text),
        "weighted" => survey.weight.is_some() && !to_targets && !explain,
        "unused_columns" => !explain,
        _ => false,
    };
    let mut notes: Vec<&Note> = report.notes.iter().filter(|note| !is_said(note)).collect();
    notes.sort_by_key(|note| Reverse(note.severity));
    if explain { notes.into_iter().map(words::caveat).collect() } else { words::caveats(&notes) }
}

/// The ledger: rows left out and kept, and cells by question.
pub(super) fn ledger(report: &Report) -> Vec<Block> {
    let ledger = &report.ledger;
    let mut blocks = Vec::new();
    if !(ledger.excluded.is_empty() && ledger.kept.is_empty()) {
        let row = |reason: String, line: &Excluded| {
            vec![reason.into(), words::count(line.rows).into(), places(&line.places).into()]
        };
        let left_out = ledger.excluded.iter().map(|line| row(words::exclusion(&line.reason), line));
        let kept = ledger.kept.iter().map(|line| row(words::kept(&line.reason), line));
        let rows: Vec<Vec<Cell>> = left_out.chain(kept).collect();
        blocks.push(Block::Heading(heading::ROWS_LEFT_OUT.to_owned()));
        let columns = vec![
            Column::text(heading::REASON),
            Column::number(heading::ROWS),
            Column::text(heading::FIRST_PLACES),
        ];
        blocks.push(Block::Table(Table::new(1, columns, rows)));
    }
    if !ledger.questions.is_empty() {
        blocks.push(Block::Heading(heading::ANSWERS_BY_QUESTION.to_owned()));
        blocks.push(Block::Table(by_question(&ledger.questions)));
    }
    blocks
}

/// Version, files, definition, seed and options.
pub(super) fn provenance(report: &Report) -> Vec<Block> {
    let provenance = &report.provenance;
    let mut blocks = vec![Block::Heading(heading::PROVENANCE.to_owned())];
    if !provenance.inputs.is_empty() {
        let rows = provenance
            .inputs
            .iter()
            .map(|input| {
                vec![
                    Cell::from(input.name.as_str()),
                    Cell::from(words::count(input.rows)),
                    Cell::from(words::count(input.bytes)),
                    Cell::from(input.hash.as_str()),
                ]
            })
            .collect();
        let columns = vec![
            Column::text(heading::INPUT),
            Column::number(heading::ROWS),
            Column::number(heading::BYTES),
            Column::text(heading::HASH),
        ];
        blocks.push(Block::Table(Table::new(1, columns, rows)));
    }
    blocks.push(Block::Sentences(words::provenance(provenance)));
    blocks
}

/// Methods of the figures of all respondents.
pub(super) fn methods(report: &Report) -> impl Iterator<Item = &str> {
    let is_shown = |estimate: &&Estimate| {
        // A file of records is not summed up by one figure.
        matches!(estimate.measure.as_str(), "number" | "complaints")
            || estimate.headline
            || estimate.statistic.starts_with("share:")
    };
    report.estimates.iter().filter(is_shown).filter_map(|estimate| estimate.method.as_deref())
}

fn by_question(questions: &[QuestionLedger]) -> Table {
    let mut columns = vec![Column::text(heading::QUESTION), Column::number(heading::ANSWERED)];
    for reason in ["not_applicable", "dont_know", "blank", "invalid", "not_asked"] {
        columns.push(Column::number(&words::missing(reason)));
    }
    let with_places = questions.iter().any(|line| !line.places.is_empty());
    if with_places {
        columns.push(Column::text(heading::FIRST_PLACES));
    }
    let cell =
        |number: Option<u64>| Cell::from(number.map_or_else(|| words::NO_FIGURE.to_owned(), words::count));
    let rows = questions
        .iter()
        .map(|line| {
            let mut row = vec![
                Cell::from(line.question.as_str()),
                cell(line.answered),
                cell(line.not_applicable),
                cell(line.dont_know),
                cell(line.blank),
                cell(line.invalid),
                cell(line.not_asked),
            ];
            if with_places {
                row.push(Cell::from(places(&line.places)));
            }
            row
        })
        .collect();
    Table::new(1, columns, rows)
}

fn places(places: &[LedgerPlace]) -> String {
    places.iter().map(words::place).collect::<Vec<String>>().join("; ")
}
