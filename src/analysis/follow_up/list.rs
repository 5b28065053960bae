//! The rows of a list of answers, oldest first.

use chrono::NaiveDate;

use crate::report::{FollowUp, FollowUpCell};
use crate::survey::{REASONS, mask};
use crate::tally::{AnswerRows, CountError, Counted, Days};

use super::super::error::AnalysisError;
use super::super::scope::Scope;
use super::super::waves::{Shown, choose};
use super::FollowUpPlan;
use super::columns::ListColumn;

/// What separates the options of one answer.
const SEPARATOR: &str = "; ";

/// The list.
///
/// # Errors
/// A wave that is not there; a condition that the rows cannot answer, which is a fault of the caller.
pub fn follow_up(
    planned: &FollowUpPlan,
    counted: &Counted,
    rows: &AnswerRows,
    scope: &Scope,
) -> Result<Result<FollowUp, CountError>, AnalysisError> {
    let rule = planned.plan.wave.as_ref().map(|wave| &wave.rule);
    let shown = choose(scope.wave.as_ref(), &counted.waves, rule, scope.as_of)?.shown;
    let is_shown = |row: usize| match shown {
        Shown::One(wave) => rows.wave(row) == Some(wave),
        Shown::NoWaves | Shown::All => true,
    };
    let matching = match rows.matching(&planned.condition) {
        Ok(matching) => matching,
        Err(error) => return Ok(Err(error)),
    };
    let mut listed: Vec<usize> = matching.into_iter().filter(|row| is_shown(*row)).collect();
    let days = rows.days(0).ok().filter(|_| !planned.wanted.dates.is_empty());
    if let Some(days) = days {
        // Rows come in the order of the files, which holds within a day; those without a date come last.
        listed.sort_by_key(|row| days.get(*row).unwrap_or(NaiveDate::MAX));
    }
    let labels: Vec<&str> = counted.waves.iter().map(|wave| wave.label.as_str()).collect();
    let cells = |row: &usize| {
        let of = |(_, column): &(String, ListColumn)| cell(column, rows, *row, days, &labels);
        planned.columns.iter().map(of).collect()
    };
    Ok(Ok(FollowUp {
        wave: match shown {
            Shown::One(wave) => labels.get(wave).map(|label| (*label).to_owned()),
            Shown::NoWaves | Shown::All => None,
        },
        answers: (0..rows.rows()).filter(|row| is_shown(*row)).count() as u64,
        columns: planned.columns.iter().map(|(name, _)| name.clone()).collect(),
        rows: listed.iter().map(cells).collect(),
        left_out: planned.left_out.clone(),
        is_undated: days.is_none() && !planned.wanted.dates.is_empty(),
    }))
}

fn cell(
    column: &ListColumn,
    rows: &AnswerRows,
    row: usize,
    days: Option<Days<'_>>,
    waves: &[&str],
) -> FollowUpCell {
    let text = |text: &str| match text {
        "" => FollowUpCell::Blank,
        text => FollowUpCell::Text(text.to_owned()),
    };
    let named = |name: Option<&String>| name.map_or(FollowUpCell::Blank, |name| text(name));
    match column {
        ListColumn::Text(kept) => text(rows.text(*kept, row)),
        ListColumn::Comment(kept) => {
            let comment = rows.text(*kept, row);
            text(mask(comment).as_ref().map_or(comment, |masked| masked.text.as_str()))
        }
        ListColumn::Date(kept) => match days.map(|days| days.get(row)) {
            Some(Ok(day)) => FollowUpCell::Text(day.to_string()),
            // What is no date, or one of two, is told as it stands.
            Some(Err(_)) | None => text(rows.text(*kept, row)),
        },
        ListColumn::Wave => {
            rows.wave(row).and_then(|wave| waves.get(wave)).map_or(FollowUpCell::Blank, |wave| text(wave))
        }
        ListColumn::Point(place, scale) => {
            let point = rows.answer(*place, row).and_then(|point| i32::try_from(point).ok());
            point.map_or(FollowUpCell::Blank, |point| {
                FollowUpCell::Number(f64::from(scale.min.saturating_add(point)))
            })
        }
        ListColumn::Label(place, scale) => {
            named(rows.answer(*place, row).and_then(|point| scale.labels.get(point)))
        }
        ListColumn::Name(place) => named(name(rows, *place, row)),
        ListColumn::Code(place, labels) => {
            let label = name(rows, *place, row);
            let code = labels.iter().find(|(_, known)| Some(*known) == label).map(|(code, _)| code);
            named(code.or(label))
        }
        ListColumn::Names(place) => {
            let names = rows.names(*place);
            let chosen = rows.chosen(*place, row).iter();
            let chosen = chosen.filter_map(|code| names.get(usize::from(*code).checked_sub(REASONS)?));
            text(&chosen.map(String::as_str).collect::<Vec<&str>>().join(SEPARATOR))
        }
        ListColumn::MaskedNames(place) => match cell(&ListColumn::Names(*place), rows, row, days, waves) {
            FollowUpCell::Text(names) => {
                FollowUpCell::Text(mask(&names).map_or(names.clone(), |masked| masked.text))
            }
            other => other,
        },
        ListColumn::Number(place) => {
            rows.number(*place, row).map_or(FollowUpCell::Blank, FollowUpCell::Number)
        }
        ListColumn::Band(place, labels) => named(rows.answer(*place, row).and_then(|band| labels.get(band))),
    }
}

/// What the answer of a row is called.
fn name(rows: &AnswerRows, place: usize, row: usize) -> Option<&String> {
    rows.answer(place, row).and_then(|answer| rows.names(place).get(answer))
}
