//! The files that `[complaints]` names beside the definition: holidays and transactions.

use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate};
use csat::analysis::CaseTransactions;
use csat::prepare;
use csat::report::{Input, InputKind};
use csat::source::cases::{CaseAsk, Cases, read_cases};
use csat::source::head::{self, Depth, HeadOptions};
use csat::source::input::{InputName, InputOptions};
use csat::survey::{
    CaseColumn, CaseKind, ComplaintsDefinition, Holidays, NamedFile, Period, Transactions, fold,
};
use indexmap::IndexMap;

use crate::settings;
use crate::status::Failure;

/// How a column of numbers of transactions may be called.
const COUNTS: [&str; 8] =
    ["transactions", "count", "value", "number", "total", "anzahl", "nombre", "cantidad"];
/// How a column of days may be called.
const DAYS: [&str; 7] = ["date", "day", "holiday", "datum", "tag", "jour", "fecha"];

/// Where a file of the definition stands.
pub(crate) fn path(definition: Option<&Path>, file: &NamedFile) -> PathBuf {
    definition.and_then(Path::parent).unwrap_or_else(|| Path::new("")).join(&file.file)
}

/// The days on which nobody works.
pub(in super::super) fn holidays(
    declared: Option<&Holidays>,
    beside: Option<&Path>,
) -> Result<(Vec<NaiveDate>, Option<Input>), Failure> {
    let file = match declared {
        None => return Ok((Vec::new(), None)),
        Some(Holidays::Dates(days)) => return Ok((days.clone(), None)),
        Some(Holidays::File(file)) => file,
    };
    let path = path(beside, file);
    let choose = |names: &[String]| {
        let day = names.iter().find(|name| DAYS.contains(&fold(name).as_str())).or_else(|| names.first());
        day.map(|day| vec![column("day", CaseKind::Moment, day)]).unwrap_or_default()
    };
    let cases = read(&path, choose)?;
    let days = cases.moments("day").map_or(&[][..], |found| found.seconds());
    let days: Vec<NaiveDate> = days
        .iter()
        .filter(|second| **second != u32::MAX)
        .filter_map(|second| Some(DateTime::from_timestamp(i64::from(*second), 0)?.date_naive()))
        .collect();
    let unreadable = cases.ledger().field("day").and_then(|field| field.unreadable.places.first());
    if let Some(cell) = unreadable {
        return Err(Failure::data(format!(
            "`{}`, line {}: `{}` is no date",
            path.display(),
            cell.position.line,
            cell.text
        ))
        .help("a file of holidays has a header and a column of dates such as 2026-12-25"));
    }
    Ok((days, Some(input(&cases))))
}

/// How many transactions there were.
pub(super) fn transactions(
    definition: &ComplaintsDefinition,
    beside: Option<&Path>,
    every: Period,
) -> Result<(CaseTransactions, Option<Input>), Failure> {
    let file = match &definition.transactions {
        None => return Ok((CaseTransactions::Unknown, None)),
        Some(Transactions::EachPeriod(count)) => return Ok((CaseTransactions::EachPeriod(*count), None)),
        Some(Transactions::ByPeriod(counts)) => {
            return Ok((CaseTransactions::ByPeriod(counts.clone()), None));
        }
        Some(Transactions::File(file)) => file,
    };
    let path = path(beside, file);
    let choose = |names: &[String]| {
        let count = names.iter().find(|name| COUNTS.contains(&fold(name).as_str())).or_else(|| names.last());
        let period = names.iter().find(|name| Some(*name) != count);
        let pair = count.zip(period);
        pair.map(|(count, period)| {
            vec![column("period", CaseKind::Category, period), column("count", CaseKind::Number, count)]
        })
        .unwrap_or_default()
    };
    let cases = read(&path, choose)?;
    let mut counts: IndexMap<String, u64> = IndexMap::new();
    let (periods, numbers) = (cases.categories("period"), cases.numbers("count"));
    for case in 0..cases.rows() {
        let line = cases.position(case).map_or(0, |position| position.line);
        let wrong = |what: &str| {
            Failure::data(format!("`{}`, line {line}: {what}", path.display())).help(
                "a file of transactions has a column of periods, such as 2026-Q1, or dates such as 2026-03-31, and one \
                 of whole numbers from 1",
            )
        };
        let Some(period) = periods.and_then(|found| found.get(case)) else { continue };
        let number = numbers.and_then(|found| found.get(case)).ok_or_else(|| wrong("there is no number"))?;
        if number < 1.0 || number.fract() != 0.0 || number > 1e15 {
            return Err(wrong(&format!("{number} is no number of transactions")));
        }
        let label = NaiveDate::parse_from_str(period, "%Y-%m-%d")
            .map_or_else(|_| period.to_owned(), |day| prepare::wave_of(day, every, 1, true).label);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, from 1 to 10^15")]
        let number = number as u64;
        *counts.entry(label).or_default() += number;
    }
    Ok((CaseTransactions::ByPeriod(counts), Some(input(&cases))))
}

/// The file among the inputs of the report.
fn input(cases: &Cases) -> Input {
    let file = cases.file();
    Input {
        name: settings::file_name(Path::new(&file.name)),
        kind: InputKind::List,
        bytes: file.bytes,
        rows: file.rows,
        hash: file.sha256.clone().unwrap_or_else(|| file.xxh3.clone()),
        definition: None,
    }
}

fn column(field: &str, kind: CaseKind, name: &str) -> CaseColumn {
    CaseColumn { field: field.to_owned(), kind, column: name.to_owned(), format: None, guessed: true }
}

fn read(path: &Path, choose: impl FnOnce(&[String]) -> Vec<CaseColumn>) -> Result<Cases, Failure> {
    let input = InputOptions { layout: Some("plain".to_owned()), ..InputOptions::default() };
    let options = HeadOptions { depth: Depth::Light, input };
    let name = InputName::Path(path.to_owned());
    let opened = head::open(&name, &options).map_err(|error| crate::inputs::missing_file(path, &error))?;
    let columns = choose(opened.header.names());
    if columns.is_empty() {
        return Err(Failure::data(format!("`{}` has too few columns", path.display()))
            .help("give a header, and a column of periods and one of numbers, or one of dates"));
    }
    let ask = CaseAsk { columns, ..CaseAsk::default() };
    read_cases(opened, &ask).map_err(|error| Failure::data(error.to_string()))
}
