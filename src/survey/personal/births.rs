//! Dates of birth that no header names: days that lie decades before the others of the file.
//!
//! Nothing is taken for a birth without dates with years, and nothing that the survey tool says is a moment of the
//! interview. Two digits are years of 1940 to 2039.

use std::collections::BTreeSet;

use super::personal_kind;
use crate::survey::inference::is_date_text;
use crate::survey::{ColumnProfile, Metadata, Profile, Role};

/// How many years lie at least between births and answers.
const APART: u32 = 15;
/// Who answers is older: what a customer did may lie decades before, and some of it lately.
const YOUNGEST: u32 = 10;
/// Fewer dates may be old by chance.
const FEWEST: u64 = 3;
/// How many values tell whether the others are worth a look.
const FIRST: usize = 16;
/// Where a file has no other dates: who answered a survey in a file was born before, and surveys do not take decades.
const BORN_BEFORE: u32 = 2000;

/// The years of a column of dates.
struct Years {
    column: usize,
    low: u32,
    median: u32,
    high: u32,
    /// Whether the column may hold births.
    is_open: bool,
}

/// The positions of columns whose dates are births by the others.
pub(in crate::survey) fn births(profile: &Profile) -> BTreeSet<usize> {
    let dated: Vec<Years> =
        profile.columns.iter().enumerate().filter_map(|(at, column)| years(at, column)).collect();
    let Some(latest) = dated.iter().max_by_key(|years| years.median) else { return BTreeSet::new() };
    let is_birth = |years: &&Years| {
        if years.column == latest.column {
            return years.median < BORN_BEFORE && years.high >= years.low + APART;
        }
        // Where the latest are births themselves, the others may be too.
        let answered = if latest.is_open { latest.median.max(BORN_BEFORE) } else { latest.median };
        years.median + APART < answered && years.high + YOUNGEST < answered
    };
    dated.iter().filter(|years| years.is_open).filter(is_birth).map(|years| years.column).collect()
}

fn years(at: usize, column: &ColumnProfile) -> Option<Years> {
    let first = &column.values[..column.values.len().min(FIRST)];
    if first.iter().filter(|(text, _)| year(text).is_some()).count() * 2 <= first.len() {
        return None;
    }
    let mut years: Vec<(u32, u64)> =
        column.values.iter().filter_map(|(text, count)| Some((year(text)?, *count))).collect();
    years.sort_unstable();
    let dates: u64 = years.iter().map(|(_, count)| count).sum();
    let kept: u64 = column.values.iter().map(|(_, count)| count).sum();
    let is_moment = matches!(
        &column.facts.role,
        Role::Metadata(Metadata::Started | Metadata::Ended | Metadata::Recorded)
    );
    let known = if is_moment { None } else { personal_kind(column) };
    if dates < FEWEST || dates * 10 < kept * 8 || known.is_some() {
        return None;
    }
    let at_share = |percent: u64| {
        let mut passed = 0;
        let found = years.iter().find(|(_, count)| {
            passed += count;
            passed * 100 >= dates * percent
        });
        found.map_or(0, |(year, _)| *year)
    };
    Some(Years {
        column: at,
        low: at_share(10),
        median: at_share(50),
        high: at_share(90),
        is_open: matches!(column.facts.role, Role::Unknown | Role::OpenText),
    })
}

/// The year of a date.
fn year(text: &str) -> Option<u32> {
    if text.len() > 60 || !text.bytes().any(|byte| byte.is_ascii_digit()) || !is_date_text(text) {
        return None;
    }
    let groups = || text.split(|letter: char| !letter.is_ascii_digit()).filter(|group| !group.is_empty());
    let whole = groups().find(|group| matches!(group.len(), 4 | 8)).and_then(|group| group.get(..4));
    if let Some(whole) = whole {
        return whole.parse().ok().filter(|year| (1900..=2200).contains(year));
    }
    let short: u32 = groups().nth(2)?.parse().ok()?;
    (short < 100).then(|| if short >= 40 { 1900 + short } else { 2000 + short })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::{Data, DateColumn, PersonalBasis, PersonalKind, inference, personal_columns};

    /// A name, and the cell of each row.
    type Column = (&'static str, fn(u64) -> String);

    fn profile(columns: &[Column]) -> Profile {
        let column = |(name, cell): &Column| ColumnProfile {
            name: (*name).to_owned(),
            values: (0..40).map(|row| (cell(row), 1)).collect(),
            filled: 40,
            ..ColumnProfile::default()
        };
        Profile { columns: columns.iter().map(column).collect(), ..Profile::default() }
    }

    fn born(row: u64) -> String {
        format!("{:02}.03.{}", 1 + row % 28, 1950 + row)
    }

    fn answered(row: u64) -> String {
        format!("2026-03-{:02} 10:05:07", 1 + row % 28)
    }

    #[test]
    fn days_decades_before_the_others_are_births() {
        for profile in [
            profile(&[("Datum", born), ("answered", answered)]),
            profile(&[
                ("Datum", born),
                ("answered", answered),
                ("since", |row| format!("{}-01-02", 2015 + row % 9)),
            ]),
            profile(&[("Datum", born), ("Datum 2", born)]),
            profile(&[("Datum", |row| format!("14/03/{:02}", 50 + row)), ("answered", answered)]),
            profile(&[("Datum", born)]),
        ] {
            let found = personal_columns(&profile, &Data::default());
            assert_eq!((found[0].column.as_str(), found[0].kind), ("Datum", PersonalKind::BirthDate));
            assert_eq!(found[0].basis, PersonalBasis::Values);
            let inferred = inference::infer(&profile, &[]).survey;
            assert_ne!(inferred.data.date.map(|date| date.column), Some("Datum".to_owned()));
            assert!(found.iter().all(|column| column.column != "answered" && column.column != "since"));
        }
    }

    #[test]
    fn answers_and_what_is_said_to_be_one_are_no_births() {
        let ours = profile(&[("Datum", born), ("answered", answered)]);
        let date = Some(DateColumn { column: "Datum".to_owned(), format: None });
        assert!(personal_columns(&ours, &Data { date, ..Data::default() }).is_empty());
        for profile in [
            profile(&[("day", answered)]),
            profile(&[("day", |row| format!("{}-05-01", 2001 + row % 25)), ("answered", answered)]),
            profile(&[("day", |row| format!("{}-05-01", 2003 + row % 24))]),
            profile(&[("day", |row| format!("1998-05-{:02}", 1 + row % 28))]),
            profile(&[("n", |row| row.to_string()), ("answered", answered)]),
        ] {
            assert!(personal_columns(&profile, &Data::default()).is_empty());
        }
    }
}
