//! Self-assessment by checklist: what is met of a standard, clause by clause, and what is missing.
//!
//! Two shapes of files: a column an item, or a row an item. The second is counted like the first: every item reads the
//! column of answers, and a strict base keeps to it the rows that name it. So segments, waves, conditions and the ledger
//! hold for both.

mod assessors;
mod clauses;
mod estimates;
mod items;
mod plan;

use crate::report::{ChecklistFigures, ChecklistGroup, ChecklistSection, ChecklistUnknown, Flag};
use crate::survey::Missing;
use crate::tally::Stratum;

use super::sections::Subject;
use items::{Item, all, items};

pub(super) use estimates::estimates;
pub(super) use plan::{ChecklistMap, ChecklistPlan, plan};

/// The checklist of the wave shown; `None` where the survey has none.
pub(super) fn section<'a>(subject: &Subject<'a>, total: &'a Stratum) -> Option<ChecklistSection> {
    let map = subject.map.checklist.as_ref()?;
    let found = items(subject.survey, subject.map, subject.counted, total);
    let is_hidden = |stratum: &Stratum, found: &[Item<'_>]| {
        found.iter().find_map(|item| (subject.hidden)(item.index, stratum))
    };
    if let Some(flag) = is_hidden(total, &found) {
        let overall = ChecklistFigures { flag: Some(flag), ..ChecklistFigures::default() };
        return Some(ChecklistSection { wave: subject.wave(), overall, ..ChecklistSection::default() });
    }
    let groups = subject.strata.iter().copied().filter(|stratum| stratum.segment.len() == 1);
    let groups = groups.map(|stratum| {
        let found = items(subject.survey, subject.map, subject.counted, stratum);
        let figures = match is_hidden(stratum, &found) {
            Some(flag) => ChecklistFigures { flag: Some(flag), ..ChecklistFigures::default() },
            None => figures(&all(&found)),
        };
        ChecklistGroup { segment: stratum.segment.iter().cloned().collect(), figures }
    });
    let repeatedly = found.iter().filter(|item| item.judgements() > 1).count();
    Some(ChecklistSection {
        wave: subject.wave(),
        overall: figures(&all(&found)),
        items_asked: found.len() as u64,
        items_judged_repeatedly: repeatedly as u64,
        clauses: clauses::clauses(&found),
        missing: clauses::missing(&found),
        groups: groups.collect(),
        assessors: assessors::assessors(map, total, &found),
        unknown_items: unknown(subject, map, total),
        unknown_answers: found.iter().map(|item| item.unknown).sum(),
        unknown_places: super::ledger::invalid_places(subject.counted, &ids(&found), subject.wave),
        items: found.iter().map(Item::row).collect(),
    })
}

/// The ids of items, by which their cells are accounted for.
fn ids(items: &[Item<'_>]) -> Vec<String> {
    items.iter().map(|item| item.question.id.clone()).collect()
}

/// What is met, as a section has it.
fn figures(found: &crate::measures::Fulfilment) -> ChecklistFigures {
    ChecklistFigures {
        fulfilled: found.fulfilled(),
        fulfilled_strictly: found.fulfilled_strictly(),
        yes: Some(found.yes.n),
        partly: Some(found.partly.n),
        no: Some(found.no.n),
        not_applicable: Some(found.not_applicable),
        unanswered: Some(found.unanswered),
        flag: (found.base() == 0).then_some(Flag::NoAnswers),
    }
}

/// Rows whose item is not known, where rows name items.
fn unknown(subject: &Subject<'_>, map: &ChecklistMap, total: &Stratum) -> Option<ChecklistUnknown> {
    let counts = total.counts.get(map.items?)?;
    let rows = |reason| counts.missing(reason).n;
    Some(ChecklistUnknown {
        unknown: rows(Missing::Invalid),
        blank: rows(Missing::Blank) + rows(Missing::NotAsked),
        places: super::ledger::invalid_places(subject.counted, &[plan::ITEM.to_owned()], subject.wave),
    })
}
