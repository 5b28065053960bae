//! How well the answers came in (ISO 10004:2018, 7.4.2): flags first, each with its score and its limit.
//!
//! Nothing is left out here: a row that looks careless may be honest, and who leaves rows out says so in the
//! definition. [`ask()`] says what has to be kept of each row, [`quality`] looks at the rows once they are counted. Each
//! check stands in a file of its own. Duplicates that differ in an answer are not looked for: among short ratings most
//! pairs of honest respondents come close.

mod ask;
mod check;
mod contradictions;
mod dates;
mod duplicates;
mod grids;
mod items;
mod late;
mod progress;
mod response;
mod speed;

pub use ask::{QualityAsk, ask};
pub use check::CHECKS;

use crate::measures::rounded;
use crate::report::{FlaggedRow, QualityFlags, QualityLate, QualityProgress, QualitySection};
use crate::stats::Confidence;
use crate::survey::{Missing, Survey};
use crate::tally::{AnswerRows, Counted, RowsTooLarge};

use self::check::Flags;
use super::plan::PlanMap;
use super::scope::Scope;

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Quality {
    /// The section of the report.
    pub section: QualitySection,
    /// The rows with a flag or a remark, in file order.
    pub flagged: Vec<FlaggedRow>,
}

/// The rows that are looked at, with what is known of the survey.
#[derive(Clone, Copy)]
struct Subject<'a> {
    survey: &'a Survey,
    scope: &'a Scope,
    ask: &'a QualityAsk,
    counted: &'a Counted,
    rows: &'a AnswerRows,
    /// The interviews of the wave shown.
    shown: &'a [usize],
    confidence: Confidence,
}

/// Looks at the rows of the wave shown, of all without one.
pub fn quality(
    survey: &Survey,
    scope: &Scope,
    (map, ask): (&PlanMap, &QualityAsk),
    counted: &Counted,
    rows: &Result<AnswerRows, RowsTooLarge>,
    wave: Option<&str>,
) -> Quality {
    let Ok(rows) = rows else { return not_looked_at(survey, ask, wave) };
    let place = wave.and_then(|wave| counted.waves.iter().position(|other| other.label == wave));
    let cases: Vec<usize> =
        (0..rows.rows()).filter(|&row| place.is_none() || rows.wave(row) == place).collect();
    // Who gave no interview is a case for the response rates and nothing else.
    let shown: Vec<usize> =
        cases.iter().copied().filter(|&row| is_interview(survey, ask.disposition, rows, row)).collect();
    let subject = Subject { survey, scope, ask, counted, rows, shown: &shown, confidence: map.confidence };
    let mut flags = Flags::new(counted, rows, &shown);

    let (progress, reached) = progress::progress(&subject, &mut flags);
    duplicates::check(&subject, &mut flags);
    speed::check(&subject, &reached, &mut flags);
    let grids = grids::check(&subject, &mut flags);
    let contradictions = contradictions::check(&subject, &mut flags);
    items::check_range(&subject, &mut flags);
    dates::check(&subject, &mut flags);
    let (checks, summary, flagged) = flags.finish(&subject);
    let section = QualitySection {
        wave: wave.map(str::to_owned),
        rows: shown.len() as u64,
        reason: None,
        items: items::items(&subject),
        progress,
        checks,
        flags: summary,
        grids,
        contradictions,
        late: late::late(&subject),
        response: response::response(survey, Some((&subject, &cases))),
    };
    Quality { section, flagged }
}

/// Nothing could be looked at row by row; what is given in the definition stands all the same.
fn not_looked_at(survey: &Survey, ask: &QualityAsk, wave: Option<&str>) -> Quality {
    const REASON: &str = "too_many_rows";
    let section = QualitySection {
        wave: wave.map(str::to_owned),
        reason: Some(REASON.to_owned()),
        progress: QualityProgress {
            order: ask.order_from().to_owned(),
            reason: Some(REASON.to_owned()),
            ..QualityProgress::default()
        },
        checks: check::not_done(REASON),
        flags: QualityFlags::default(),
        late: QualityLate { reason: Some(REASON.to_owned()), ..QualityLate::default() },
        response: response::response(survey, None),
        ..QualitySection::default()
    };
    Quality { section, flagged: Vec::new() }
}

/// Whether a row is an interview, as the counts have it: every row of a file without the column of dispositions is.
fn is_interview(survey: &Survey, disposition: Option<usize>, rows: &AnswerRows, row: usize) -> bool {
    let Some(column) = disposition else { return true };
    if Missing::of(rows.code(column, row)) == Some(Missing::NotAsked) {
        return true;
    }
    let cell = rows.answer(column, row).and_then(|name| rows.names(column).get(name));
    cell.is_some_and(|cell| survey.quality.is_interview(cell))
}

/// A share of rows; `None` of none.
fn share(part: u64, whole: u64) -> Option<f64> {
    if whole == 0 { None } else { rounded(part as f64 / whole as f64) }
}
