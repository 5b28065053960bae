//! The register of promises: a file with one row for each version of a promise.

use super::head::{self, Depth, HeadOptions};
use super::input::{InputName, InputOptions};
use super::list_rows::{ListRow, list_rows};
use crate::diagnostic::Diagnostic;
use crate::survey::{NumberStyle, Operator, Promise, did_you_mean, is_same_name, register_faults};

/// The columns of the file; the first must be there. Each may have one of these names, whatever the letter case.
const COLUMNS: [(&str, &[&str]); 13] = [
    ("promise_id", &["promise_id", "promise", "id"]),
    ("text", &["text"]),
    ("topic", &["topic"]),
    ("indicator", &["indicator"]),
    ("operator", &["operator"]),
    ("target", &["target"]),
    ("unit", &["unit"]),
    ("remedy", &["remedy"]),
    ("effective_from", &["effective_from", "valid_from"]),
    ("effective_to", &["effective_to", "valid_to"]),
    ("owner", &["owner"]),
    ("version", &["version"]),
    ("target_kept", &["target_kept"]),
];

/// A register that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct PromiseRegister {
    /// The promises in the order of the file.
    pub promises: Vec<Promise>,
    /// How many bytes the file has.
    pub bytes: u64,
    /// How many rows it has after its header.
    pub rows: u64,
    /// Its hash, as reports have it.
    pub hash: String,
}

/// Reads a register of promises; `file` is its name in complaints.
///
/// Columns are `promise_id`, `text`, `topic`, `indicator`, `operator`, `target`, `unit`, `remedy`, `effective_from`,
/// `effective_to`, `owner`, `version` and `target_kept`; others are not read. Days are written as 2026-01-31.
///
/// # Errors
/// Everything that is wrong, each at its place: a file that cannot be read, a column that is missing, a row without an id,
/// an operator or a number or a day that is none, and what cannot be right about several ([`register_faults`]).
pub fn read_promises(name: &InputName, file: &str) -> Result<PromiseRegister, Vec<Diagnostic>> {
    let unreadable = |fault: String| {
        let complaint = Diagnostic::error("promises_unreadable", format!("`{file}`: {fault}"))
            .why("it has what is promised")
            .help("give a table with one header, such as CSV, and one row for each promise");
        vec![complaint]
    };
    let input = InputOptions { layout: Some("plain".to_owned()), ..InputOptions::default() };
    let opened = head::open(name, &HeadOptions { depth: Depth::Light, input })
        .map_err(|fault| unreadable(fault.to_string()))?;
    let names = opened.header.names().to_vec();
    let find = |known: &[&str]| {
        known.iter().find_map(|known| names.iter().position(|name| is_same_name(name, known)))
    };
    let positions = COLUMNS.map(|(_, known)| find(known));
    if positions[0].is_none() {
        let listed: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let complaint =
            Diagnostic::error("promises_column", format!("`{file}` needs the column `promise_id`"))
                .why("events name the promise that they are about")
                .help(format!("its columns are {}", listed.join(", ")));
        return Err(vec![complaint]);
    }
    let styles = opened.source.number_styles.clone();
    let listed = list_rows(opened).map_err(unreadable)?;
    let mut reader = RowReader { file, positions, styles: &styles, found: Vec::new() };
    let (mut promises, mut rows) = (Vec::new(), Vec::new());
    for row in listed.rows.iter().filter(|row| !row.is_blank()) {
        if let Some(promise) = reader.promise(row) {
            promises.push(promise);
            rows.push(row);
        }
    }
    let mut found = reader.found;
    let had_faults = !found.is_empty();
    for fault in register_faults(&promises) {
        // A cell that was complained about would be missed here once more.
        if had_faults && fault.code == "half_a_rule" {
            continue;
        }
        let Some(row) = rows.get(fault.promise) else { continue };
        let column = match fault.field {
            "from" => "effective_from",
            "to" => "effective_to",
            other => other,
        };
        let position = place_of(&positions, column).or(positions[0]).unwrap_or(0);
        let complaint = Diagnostic::error(fault.code, format!("`{file}`: {}", fault.message))
            .why(fault.why)
            .help(fault.help)
            .at(row.place_of(file, position));
        found.push(complaint);
    }
    if !found.is_empty() {
        found.sort_by_key(|fault| fault.place.as_ref().map(|place| (place.line, place.column)));
        return Err(found);
    }
    let count = u64::try_from(listed.rows.len()).unwrap_or(u64::MAX);
    Ok(PromiseRegister { promises, bytes: listed.bytes, rows: count, hash: listed.hash })
}

fn place_of(positions: &[Option<usize>; COLUMNS.len()], column: &str) -> Option<usize> {
    let place = COLUMNS.iter().position(|(name, _)| *name == column)?;
    positions.get(place).copied().flatten()
}

/// Reads the rows of a register.
struct RowReader<'a> {
    file: &'a str,
    positions: [Option<usize>; COLUMNS.len()],
    styles: &'a [NumberStyle],
    found: Vec<Diagnostic>,
}

impl RowReader<'_> {
    fn promise(&mut self, row: &ListRow) -> Option<Promise> {
        let id = self.text(row, "promise_id");
        let Some(id) = id else {
            let position = self.positions[0].unwrap_or(0);
            self.fault(row, position, "no_promise_id", "the row has no promise_id", "give it one");
            return None;
        };
        Some(Promise {
            version: self.text(row, "version"),
            text: self.text(row, "text"),
            topic: self.text(row, "topic"),
            indicator: self.text(row, "indicator"),
            operator: self.operator(row, &id),
            target: self.number(row, "target", &id),
            unit: self.text(row, "unit"),
            remedy: self.text(row, "remedy"),
            from: self.day(row, "effective_from", &id),
            to: self.day(row, "effective_to", &id),
            owner: self.text(row, "owner"),
            target_kept: self.share(row, &id),
            place: Some(row.place(self.file)),
            id,
        })
    }

    fn cell<'r>(&self, row: &'r ListRow, column: &str) -> Option<(usize, &'r str)> {
        let position = place_of(&self.positions, column)?;
        Some((position, row.cell(position))).filter(|(_, text)| !text.is_empty())
    }

    fn text(&self, row: &ListRow, column: &str) -> Option<String> {
        self.cell(row, column).map(|(_, text)| text.to_owned())
    }

    fn operator(&mut self, row: &ListRow, id: &str) -> Option<Operator> {
        let (position, text) = self.cell(row, "operator")?;
        let operator = Operator::parse(text);
        if operator.is_none() {
            let known: Vec<&str> = Operator::ALL.iter().map(|(_, name)| *name).collect();
            let near = did_you_mean(text, known.iter().copied());
            let help = near.map_or_else(
                || "write one of `<=`, `>=`, `==`, `<` and `>`".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            let message = format!("the operator of `{id}` is `{text}`");
            self.fault(row, position, "unknown_operator", &message, &help);
        }
        operator
    }

    fn number(&mut self, row: &ListRow, column: &str, id: &str) -> Option<f64> {
        let (position, text) = self.cell(row, column)?;
        let style = self.styles.get(position).copied().unwrap_or_default();
        let number = style.plain(text).and_then(|plain| plain.parse::<f64>().ok());
        let number = number.filter(|number| number.is_finite() && number.abs() <= 1e9);
        if number.is_none() {
            let message = format!("`{column}` of `{id}` is `{text}`, expected a number");
            self.fault(
                row,
                position,
                "bad_number",
                &message,
                "write the number alone; the unit has its own column",
            );
        }
        number
    }

    fn share(&mut self, row: &ListRow, id: &str) -> Option<f64> {
        let number = self.number(row, "target_kept", id)?;
        if !(0.0..=100.0).contains(&number) {
            let position = place_of(&self.positions, "target_kept").unwrap_or(0);
            let message = format!("`target_kept` of `{id}` is {number}, expected a percentage");
            self.fault(row, position, "out_of_range", &message, "write a number from 0 to 100");
            return None;
        }
        Some(number)
    }

    fn day(&mut self, row: &ListRow, column: &str, id: &str) -> Option<chrono::NaiveDate> {
        let (position, text) = self.cell(row, column)?;
        let day = crate::survey::written_day(text);
        if day.is_none() {
            let message = format!("`{column}` of `{id}` is `{text}`, expected a day");
            self.fault(row, position, "bad_date", &message, "write it as 2026-01-31");
        }
        day
    }

    fn fault(&mut self, row: &ListRow, position: usize, code: &'static str, message: &str, help: &str) {
        let complaint = Diagnostic::error(code, format!("`{}`: {message}", self.file))
            .why("events would be judged by something else than what is promised")
            .help(help)
            .at(row.place_of(self.file, position));
        self.found.push(complaint);
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn read(text: &str) -> Result<PromiseRegister, Vec<Diagnostic>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("promises.csv");
        fs::write(&path, text).unwrap();
        read_promises(&InputName::Path(path), "promises.csv")
    }

    #[test]
    fn a_register_is_read_in_its_order() {
        let register = read(
            "promise_id,text,topic,indicator,operator,target,unit,remedy,effective_from,effective_to,owner\n\
             delivery,\"In two, at most three days\",Delivery,days,<=,3,days,10 EUR,2024-01-01,2025-12-31,Logistics\n\
             ,,,,,,,,,,\n\
             delivery,In two days,Delivery,days,≤,2,days,10 EUR,2026-01-01,,Logistics\n\
             calls,We call back,,,,,,,,,\n",
        )
        .unwrap();
        let rules: Vec<_> = register.promises.iter().map(Promise::rule).collect();
        assert_eq!(rules, [Some((Operator::AtMost, 3.0)), Some((Operator::AtMost, 2.0)), None]);
        assert_eq!(register.promises[0].text.as_deref(), Some("In two, at most three days"));
        assert_eq!(register.promises[1].from, chrono::NaiveDate::from_ymd_opt(2026, 1, 1));
        assert_eq!(register.promises[2].indicator, None);
        assert_eq!((register.rows, register.bytes > 100), (4, true));
        assert!(register.hash.starts_with("xxh3-128:"));
    }

    #[test]
    fn a_decimal_comma_is_a_number() {
        let register = read("promise_id;operator;target\na;<=;2,5\nb;<=;1,25\n").unwrap();
        assert_eq!(register.promises[0].target, Some(2.5));
    }

    #[test]
    fn what_is_wrong_has_its_place() {
        let faults = read(
            "promise_id,operator,target,effective_from,effective_to,target_kept\n\
             a,=<,2,,,\n\
             b,<=,two days,,,\n\
             c,,,31.01.2026,,\n\
             ,<=,2,,,\n\
             d,,,2026-02-01,2026-01-01,\n\
             e,,,2026-01-01,2026-06-30,101\n\
             e,,,2026-06-30,,\n",
        )
        .unwrap_err();
        let told: Vec<_> = faults
            .iter()
            .map(|fault| {
                let place = fault.place.as_ref().unwrap();
                (fault.code, place.line, place.column)
            })
            .collect();
        assert_eq!(
            told,
            [
                ("unknown_operator", 2, 3),
                ("bad_number", 3, 6),
                ("bad_date", 4, 5),
                ("no_promise_id", 5, 1),
                ("end_before_begin", 6, 16),
                ("out_of_range", 7, 27),
                ("overlapping_versions", 8, 5),
            ]
        );
        assert_eq!(read("name,text\na,b\n").unwrap_err()[0].code, "promises_column");
        assert_eq!(read("promise_id,target\na,2\n").unwrap_err()[0].code, "half_a_rule");
    }

    #[test]
    fn a_file_that_is_not_there_is_said() {
        let fault = read_promises(&InputName::Path("gone/promises.csv".into()), "promises.csv").unwrap_err();
        assert_eq!(fault[0].code, "promises_unreadable");
    }
}
