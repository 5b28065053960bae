//! Targets of weighting in a file beside the definition: a column for each variable, and one with the targets.

use super::blocks::{Block, BlockReader};
use super::head::{self, Depth, HeadOptions, OpenedSource};
use super::input::{InputName, InputOptions};
use super::records::{Record, RecordScanner, Records};
use crate::diagnostic::{Diagnostic, Place};
use crate::survey::{
    MarginDefinition, NO_ANSWER, NumberStyle, Survey, TargetDefinition, TargetUnit, did_you_mean, fold,
    normalize, settle_targets,
};

/// The most targets of a file; a cell of the design needs more memory than a line of it.
const MOST: usize = 1_000_000;

/// The names that the column with the targets may have; all but the first say what they are.
const TARGET_COLUMNS: [&str; 4] = ["target", "share", "percent", "count"];

/// Why the targets of a file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TargetsError {
    /// The file cannot be read; the place is where the definition names it.
    Unreadable(Box<Diagnostic>),
    /// Everything that is wrong with what it says, each with the line of the file.
    Faulty(Vec<Diagnostic>),
}

/// Fills a margin with the targets of its file, which `name` opens; one without a file stays as it is.
///
/// Its columns are found by the names of the variables and by `target`, `share`, `percent` or `count`, whatever the
/// letter case; others are not read. Rows without any cell are passed over. Numbers may have a decimal comma, as in
/// answers.
///
/// # Errors
/// The file cannot be read, lacks a column, or its targets cannot be used ([`settle_targets`]).
pub fn read_targets(
    margin: &mut MarginDefinition,
    name: &InputName,
    survey: &Survey,
) -> Result<(), TargetsError> {
    let Some(file) = margin.file.clone() else { return Ok(()) };
    let input = InputOptions { layout: Some("plain".to_owned()), ..InputOptions::default() };
    let options = HeadOptions { depth: Depth::Light, input };
    let unreadable = |fault: String| {
        let mut complaint = Diagnostic::error(
            "targets_unreadable",
            format!("[weighting], targets in `{file}`: {fault}"),
        )
        .why("without its targets the answers cannot be weighted")
        .help("the name counts from the folder of the definition; give a table with one header, such as CSV");
        complaint.place.clone_from(&margin.place);
        TargetsError::Unreadable(Box::new(complaint))
    };
    let opened = head::open(name, &options).map_err(|fault| unreadable(fault.to_string()))?;
    let columns = Columns::find(margin, &file, opened.header.names()).map_err(TargetsError::Faulty)?;
    let style = opened.source.number_styles.get(columns.target).copied().unwrap_or_default();
    let mut table = Table { file: &file, columns, style, targets: Vec::new(), found: Vec::new() };
    table.read(opened).map_err(unreadable)?;
    let Table { columns, targets, mut found, .. } = table;
    let is_whole = found.is_empty();
    margin.targets = targets;
    margin.unit = columns.unit.unwrap_or(margin.unit);
    found.extend(settle_targets(margin, &survey.segments, is_whole));
    if found.is_empty() { Ok(()) } else { Err(TargetsError::Faulty(found)) }
}

/// Where the columns of the file stand.
struct Columns {
    variables: Vec<usize>,
    target: usize,
    unit: Option<TargetUnit>,
    names: Vec<String>,
}

impl Columns {
    fn find(margin: &MarginDefinition, file: &str, names: &[String]) -> Result<Self, Vec<Diagnostic>> {
        let header = Place {
            file: file.to_owned(),
            line: 1,
            column: 1,
            source: names.join(","),
            length: names.join(",").chars().count().max(1),
        };
        let listed: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        let mut found = Vec::new();
        let mut complain = |message: String, why: &str, help: String| {
            found.push(Diagnostic::error("targets_column", message).why(why).help(help).at(header.clone()));
        };
        let positions = |wanted: &str| -> Vec<usize> {
            let same = names.iter().enumerate().filter(|(_, name)| fold(name) == fold(wanted));
            same.map(|(at, _)| at).collect()
        };
        let mut variables = Vec::new();
        for variable in &margin.variables {
            match positions(variable).as_slice() {
                [one] => variables.push(*one),
                [] => complain(
                    format!("`{file}` has no column `{variable}`"),
                    "each variable of the targets has a column with its categories",
                    did_you_mean(variable, names.iter().map(String::as_str)).map_or_else(
                        || format!("its columns are {}", listed.join(", ")),
                        |near| format!("call `{near}` `{variable}`, as the definition does"),
                    ),
                ),
                _ => complain(
                    format!("`{file}` has several columns `{variable}`"),
                    "either could be meant",
                    "rename or remove the others".to_owned(),
                ),
            }
        }
        let targets: Vec<(usize, &str)> = TARGET_COLUMNS
            .into_iter()
            .flat_map(|name| positions(name).into_iter().map(move |at| (at, name)))
            .filter(|(at, _)| !variables.contains(at))
            .collect();
        let target = match targets.as_slice() {
            [one] => Some(*one),
            [] => {
                complain(
                    format!("`{file}` has no column with targets"),
                    "it says how many there are of each category, or their share",
                    "call it `target`, or by what it counts: `share`, `percent` or `count`".to_owned(),
                );
                None
            }
            [(_, first), (_, second), ..] => {
                complain(
                    format!("`{file}` has a column `{first}` and a column `{second}`"),
                    "either could be the targets",
                    "keep one of them, or rename the other".to_owned(),
                );
                None
            }
        };
        match target {
            Some((target, name)) if found.is_empty() => {
                Ok(Self { variables, target, unit: TargetUnit::parse(name), names: names.to_vec() })
            }
            _ => Err(found),
        }
    }
}

/// The file while it is read.
struct Table<'t> {
    file: &'t str,
    columns: Columns,
    style: NumberStyle,
    targets: Vec<TargetDefinition>,
    found: Vec<Diagnostic>,
}

impl Table<'_> {
    fn read(&mut self, opened: OpenedSource) -> Result<(), String> {
        let mut scanner = RecordScanner::new(opened.source.delimiter);
        let mut reader = BlockReader::new(opened.source.reader, opened.source.delimiter);
        let mut at_header = true;
        while let Some(block) = reader.next_block().map_err(|fault| fault.to_string())? {
            scanner.scan(&block.bytes, |records| {
                for &record in records.all() {
                    if std::mem::take(&mut at_header) {
                        continue;
                    }
                    self.row(&block, records, record);
                }
            });
            reader.pool().give_back(block.bytes);
            if self.targets.len() > MOST {
                return Err(format!("it has more than {MOST} targets"));
            }
        }
        Ok(())
    }

    fn row(&mut self, block: &Block, records: &Records<'_>, record: Record) {
        let mut copy = Vec::new();
        let mut cell =
            |position: usize| normalize(&String::from_utf8_lossy(records.field(record, position, &mut copy)));
        let categories: Vec<String> = self.columns.variables.iter().map(|at| cell(*at)).collect();
        let number = cell(self.columns.target);
        if number.is_empty() && categories.iter().all(String::is_empty) {
            return;
        }
        let place = |position| self.place(block, records, record, position);
        let blank = categories.iter().position(String::is_empty);
        let blank = blank.and_then(|at| self.columns.variables.get(at));
        if let Some(&position) = blank {
            let name = self.columns.names.get(position).map_or("", String::as_str);
            let complaint =
                Diagnostic::error("targets_blank", format!("no category of `{name}` in this row"))
                    .why("it cannot be told whose target it is")
                    .help(format!("name it; those without an answer are `{NO_ANSWER}`"))
                    .at(place(position));
            self.found.push(complaint);
            return;
        }
        let value = self.style.plain(&number).and_then(|plain| plain.parse::<f64>().ok());
        let place = place(self.columns.target);
        if let Some(value) = value {
            self.targets.push(TargetDefinition { categories, value, place: Some(place) });
        } else {
            let found = if number.is_empty() { "nothing".to_owned() } else { format!("`{number}`") };
            let name = categories.join(" × ");
            let complaint = Diagnostic::error(
                "bad_target",
                format!("the target of `{name}` is {found}, expected a number"),
            )
            .why("a target is how many there are, or their share")
            .help("write it with digits and one decimal mark, such as 0.25 or 1250")
            .at(place);
            self.found.push(complaint);
        }
    }

    /// The place of a field; a record over several lines is shown by its first.
    fn place(&self, block: &Block, records: &Records<'_>, record: Record, position: usize) -> Place {
        let text = |position| String::from_utf8_lossy(records.as_it_stands(record, position)).into_owned();
        let fields: Vec<String> = (0..record.fields()).map(text).collect();
        let before: usize =
            fields.iter().take(position).map(|field| field.chars().count().saturating_add(1)).sum();
        let start = records.start(record);
        let rest = block.bytes.get(start..).unwrap_or_default();
        let line = rest.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
        Place {
            file: self.file.to_owned(),
            line: usize::try_from(block.first_line + records.lines_before(record)).unwrap_or(usize::MAX),
            column: before + 1,
            source: String::from_utf8_lossy(line).into_owned(),
            length: fields.get(position).map_or(1, |field| field.chars().count().max(1)),
        }
    }
}
