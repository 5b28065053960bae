//! Banner tables: many stubs by many banners from one pass.
//!
//! [`plan()`] says what is counted: one tally a stub, one grouping a banner. [`sections`] makes a table of every stub and
//! banner: figures as everywhere, columns tested against each other, the whole tested by a rule that is named.

mod ask;
mod banner;
mod column_tests;
mod error;
mod figures;
mod hidden;
mod nets;
mod plan;
mod related;
mod table;
mod table_tests;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::error::AnalysisError;
use crate::analysis::scorer::Scorer;
use crate::analysis::waves::Shown;
use crate::measures::rounded;
use crate::report::{CrosstabAgainst, CrosstabSection, Flag, Note, NoteSeverity, TableTest, words::said};
use crate::stats::{Confidence, holm};
use crate::survey::Survey;
use crate::tally::Stratum;

pub use ask::{Adjustment, CrosstabAsk, MINIMUM_BASE, MeanPairs, NetAsked, TestChoice};
pub use error::CrosstabError;
pub(super) use plan::{CrosstabMap, Variables, plan};

use banner::{Column, columns};
use column_tests::{Rules, letter};
use hidden::Groups;
use plan::{Banner, Of, Stub, Subject, WAVE};
use table::{Columns, Hiding, NoTable, Rows, Table};

/// More columns than these are set against the rest, unless each other is asked for.
const MOST_COMPARED: usize = 60;

/// More columns than these are not set against each other at all.
const MOST_PAIRED: usize = 200;

/// More columns than these are no table.
const MOST_COLUMNS: usize = 1000;

/// The tables, stub by stub, with what is to be noted.
pub(super) fn sections(
    scorer: &Scorer,
    map: &CrosstabMap,
    ask: &CrosstabAsk,
    is_future: &dyn Fn(usize) -> bool,
) -> Result<(Vec<CrosstabSection>, Vec<Note>), AnalysisError> {
    let mut notes = Vec::new();
    let mut by_banner = Vec::new();
    for banner in &map.banners {
        by_banner.extend(of_banner(scorer, ask, banner, is_future, &mut notes)?);
    }
    give_letters(&mut by_banner);
    let limit = scorer.scope.suppress_below.unwrap_or(scorer.survey.suppress_below);
    let groups = (limit > 0).then(|| Groups::new(scorer.survey, scorer.counted, &map.banners));
    let mut sections = Vec::new();
    for stub in &map.stubs {
        let rows = Rows { stub, question: question(scorer.survey, stub) };
        let hidden =
            groups.as_ref().map(|groups| groups.hidden(scorer.counted, stub.tally, stub.segment(), limit));
        for columns in &by_banner {
            if columns.banner.holds(&stub.id) {
                let values = [("list", columns.banner.id.clone())];
                notes.push(said(NoteSeverity::Info, "crosstab_itself", Some(&stub.id), values));
                continue;
            }
            let hiding = hiding(scorer, columns, hidden.as_ref(), &rows);
            let table = Table { scorer, ask, rows: &rows, columns, hiding: &hiding };
            match table.section() {
                Ok(section) => sections.extend(section),
                Err(NoTable::Population(exceeded, hidden)) => {
                    return Err(crate::analysis::scorer::population_exceeded(exceeded, &[], hidden));
                }
                Err(NoTable::Answer(net, answer)) => {
                    let known = scorer.counted.categories.get(stub.tally).cloned().unwrap_or_default();
                    let question = stub.id.clone();
                    return Err(AnalysisError::UnknownNetAnswer { net, question, answer, known });
                }
                Err(NoTable::Unfit(unfit)) => {
                    return Err(AnalysisError::TestDoesNotFit {
                        test: unfit.name.to_owned(),
                        wanted: unfit.wanted.to_owned(),
                        stub: stub.id.clone(),
                        banner: columns.banner.id.clone(),
                    });
                }
            }
        }
    }
    sections.iter_mut().for_each(adjust);
    notes.extend(hidden_cells(&sections, limit));
    Ok((sections, notes))
}

/// How many figures of all tables are hidden.
fn hidden_cells(sections: &[CrosstabSection], limit: u64) -> Option<Note> {
    let flags = |flag| {
        let cells = sections.iter().flat_map(|section| &section.cells);
        cells.filter(|cell| cell.flag == Some(flag)).count()
    };
    let (hidden, complementary) = (flags(Flag::Suppressed), flags(Flag::Complementary));
    let case = match (hidden + complementary, complementary) {
        (0, _) => return None,
        (_, 1..) => "also",
        (1, 0) => "one",
        _ => "many",
    };
    let also = (complementary > 0).then(|| ("also", complementary.to_string()));
    let values = [
        ("case", case.to_owned()),
        ("count", (hidden + complementary).to_string()),
        ("below", limit.to_string()),
    ];
    Some(said(NoteSeverity::Info, "suppressed", None, values.into_iter().chain(also)))
}

fn question<'a>(survey: &'a Survey, stub: &Stub) -> Cow<'a, crate::survey::Question> {
    match stub.of {
        Subject::Question(index) => Cow::Borrowed(&survey.questions[index]),
        Subject::Segment(index) => Cow::Owned(figures::as_question(&survey.segments[index])),
    }
}

/// Letters run on through all banners, so that one stands for one column; those that a column is called by are passed
/// over.
fn give_letters(banners: &mut [Columns]) {
    let values = banners.iter().flat_map(|banner| &banner.all).flat_map(|column| &column.values);
    let taken: BTreeSet<String> = values.map(|value| value.label.trim().to_uppercase()).collect();
    let mut free = (0..).map(letter).filter(|letter| !taken.contains(letter));
    let lettered = banners.iter_mut().filter(|banner| banner.rules.against == CrosstabAgainst::EachOther);
    for banner in lettered {
        banner.letters = free.by_ref().take(banner.all.len()).collect();
    }
}

/// The columns of a banner; `None` where there are no rows.
fn of_banner<'a>(
    scorer: &Scorer<'a>,
    ask: &CrosstabAsk,
    banner: &'a Banner,
    is_future: &dyn Fn(usize) -> bool,
    notes: &mut Vec<Note>,
) -> Result<Option<Columns<'a>>, AnalysisError> {
    let counted = scorer.counted;
    let whole = match scorer.waves {
        Shown::One(index) if !banner.has_waves() => Some(index),
        _ => None,
    };
    let is_shown = |stratum: &Stratum| {
        if banner.has_waves() { stratum.wave.is_some() } else { stratum.wave == whole }
    };
    let total = counted.strata.iter().find(|stratum| stratum.segment.is_empty() && stratum.wave == whole);
    let Some(total) = total else { return Ok(None) };
    let (columns, strata) = columns(scorer.survey, counted, banner, is_shown, is_future);
    let count = columns.len();
    if count > MOST_COLUMNS {
        return Err(AnalysisError::TooManyColumns {
            banner: banner.id.clone(),
            found: count,
            most: MOST_COLUMNS,
        });
    }
    let default = if banner.has_waves() { CrosstabAgainst::Previous } else { CrosstabAgainst::EachOther };
    let against = match ask.against {
        None if default == CrosstabAgainst::EachOther && count > MOST_COMPARED => {
            let values = [("count", count.to_string()), ("below", MOST_COMPARED.to_string())];
            notes.push(said(NoteSeverity::Info, "crosstab_wide", Some(&banner.id), values));
            CrosstabAgainst::Rest
        }
        Some(CrosstabAgainst::EachOther) if count > MOST_PAIRED => {
            return Err(AnalysisError::TooManyPairs {
                banner: banner.id.clone(),
                found: count,
                most: MOST_PAIRED,
            });
        }
        against => against.unwrap_or(default),
    };
    let confidence = scorer.map.confidence;
    let alpha = |level: f64| rounded(1.0 - level).unwrap_or(0.05);
    let rules = Rules {
        against,
        adjustment: ask.adjustment,
        alpha: alpha(ask.level.unwrap_or(confidence.level())),
        second_alpha: ask.second_level.map(alpha),
        minimum_difference: ask.minimum_difference,
        minimum_mean_difference: ask.minimum_mean_difference,
        pairs: ask.pairs,
        share_limits: ask.share_limits,
        confidence: Confidence::new(confidence.level()).unwrap_or(confidence),
    };
    let previous = previous(banner, &columns);
    let rests = columns.iter().map(|column| rest(total, column)).collect();
    Ok(Some(Columns {
        banner,
        labels: banner
            .dimensions
            .iter()
            .map(|dimension| label(scorer.survey, dimension.of, &dimension.id))
            .collect(),
        wave: whole.map(|index| counted.waves[index].label.clone()),
        total,
        all: columns,
        strata,
        rests,
        previous,
        letters: Vec::new(),
        rules,
    }))
}

/// By column the one before it: of the same other values the wave before, or the value before of the last variable.
fn previous(banner: &Banner, columns: &[Column]) -> Vec<Option<usize>> {
    let waves = banner.dimensions.iter().position(|dimension| dimension.of == Of::Wave);
    let moving = waves.unwrap_or(banner.dimensions.len().saturating_sub(1));
    let mut last: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    let mut before = Vec::with_capacity(columns.len());
    for (place, column) in columns.iter().enumerate() {
        let others = column.values.iter().enumerate().filter(|(index, _)| *index != moving);
        before.push(last.insert(others.map(|(_, value)| value.key.as_str()).collect(), place));
    }
    before
}

/// Everybody outside a column; no population is known of them.
fn rest(total: &Stratum, column: &Column) -> Option<Stratum> {
    let segment = vec![(String::new(), String::new()); 2];
    total.less(&column.stratum).map(|rest| Stratum { segment, ..rest })
}

fn label(survey: &Survey, of: Of, id: &str) -> String {
    match of {
        Of::Wave => WAVE.to_owned(),
        Of::Segment(index) => survey.segments[index].label.clone().unwrap_or_else(|| id.to_owned()),
        Of::Points(index) | Of::Boxes(index) | Of::Several(index) => {
            let question = &survey.questions[index];
            question.label.clone().unwrap_or_else(|| question.wording().to_owned())
        }
    }
}

/// What is hidden in a table.
fn hiding(scorer: &Scorer, columns: &Columns, hidden: Option<&hidden::Hidden>, rows: &Rows) -> Hiding {
    let nothing = || Hiding { columns: vec![None; columns.all.len()], cells: BTreeMap::new() };
    let Some(hidden) = hidden else { return nothing() };
    let mut hiding = nothing();
    let categories =
        rows.stub.segment().map_or(0, |_| scorer.counted.categories.get(rows.stub.tally).map_or(0, Vec::len));
    let mut note_cells = |wave, place: &crate::analysis::suppression::Place, column| {
        for category in 0..categories {
            if let Some(flag) = hidden.cell(wave, place, category) {
                hiding.cells.insert((category, column), flag);
            }
        }
    };
    note_cells(columns.total.wave, &BTreeMap::new(), None);
    let mut flags: Vec<Option<Flag>> = Vec::new();
    for (index, column) in columns.all.iter().enumerate() {
        let mut wave = column.stratum.wave;
        let mut place = BTreeMap::new();
        for (dimension, value) in columns.banner.dimensions.iter().zip(&column.values) {
            match dimension.of {
                Of::Wave => wave = scorer.counted.waves.iter().position(|wave| wave.label == value.key),
                _ => place.extend(hidden.pairs(scorer.survey, dimension, &value.key)),
            }
        }
        flags.push(hidden.column(wave, &place));
        note_cells(wave, &place, Some(index));
    }
    hiding.columns = flags;
    hiding
}

/// Holm over the tests of one table that ask the same of several rows: each option of a question with several answers.
///
/// A table's own test stands by itself: it must not depend on which other tables are asked for.
fn adjust(section: &mut CrosstabSection) {
    let mut families: BTreeMap<String, Vec<&mut TableTest>> = BTreeMap::new();
    for test in &mut section.further_tests {
        families.entry(test.reason.clone()).or_default().push(test);
    }
    for tests in families.into_values() {
        let p_values: Vec<f64> = tests.iter().filter_map(|test| test.p).collect();
        if p_values.len() < 2 {
            continue;
        }
        let mut adjusted = holm(&p_values).unwrap_or_default().into_iter();
        for test in tests {
            test.p_adjusted = test.p.and_then(|_| rounded(adjusted.next()?));
        }
    }
}
