//! From the records of the dictionary to variables: names, very long strings, labels, missing values.

use std::collections::BTreeMap;

use indexmap::{IndexMap, IndexSet};

use super::dictionary::{Dictionary, Extension, RawVariable};
use super::extension::{Piece, pairs};
use super::shape::{Shape, whole};
use super::variable::{Kind, Values, Variable, same};
use crate::survey::{ColumnFacts, Role};

/// Bytes of a very long string that a segment holds, and those that its width counts on.
const SEGMENT_HELD: usize = 255;
const SEGMENT_COUNTED: usize = 252;
/// A string that is wider and has no labels is an answer in words.
const CODE_WIDTH: usize = 40;
/// The most whole numbers of a range of missing values that are listed.
const RANGE_LISTED: i64 = 100;
/// What labels and missing codes may take in memory: a set of labels may be shared by many variables.
const FACTS_LIMIT: usize = 96 << 20;
/// What a label takes beside its texts.
const LABEL_COST: usize = 96;
/// Variables that a sentence names.
const NAMED: usize = 5;

/// The variables of a file.
pub(super) struct Variables {
    /// In the order of the file.
    pub(super) list: Vec<Variable>,
    by_name: BTreeMap<String, usize>,
}

/// What there is to say about the dictionary.
#[derive(Default)]
struct Remarks {
    open_ranges: Vec<String>,
    unlabelled: Vec<String>,
    notes: Vec<String>,
    used: usize,
}

impl Variables {
    /// The variables of a dictionary, and remarks on what could not be taken over whole.
    pub(super) fn new(dictionary: &Dictionary, values: &Values) -> (Self, Vec<String>) {
        let mut remarks = Remarks::default();
        let text = |bytes: &[u8]| values.decoding.text(bytes).trim().to_owned();
        let key = |bytes: &[u8]| text(bytes).to_lowercase();
        let long_names: BTreeMap<String, String> = dictionary
            .extensions(13)
            .flat_map(|record| pairs(&record.bytes))
            .map(|(short, long)| (key(short), text(long)))
            .collect();
        let widths: BTreeMap<String, usize> = dictionary
            .extensions(14)
            .flat_map(|record| pairs(&record.bytes))
            .filter_map(|(short, width)| Some((key(short), text(width).parse().ok()?)))
            .collect();

        let mut list = Vec::new();
        let mut by_short = Vec::new();
        let mut position = 0;
        while let Some(raw) = dictionary.variables.get(position) {
            let short = text(&raw.name);
            let key = short.to_lowercase();
            let (kind, segments) = kind(&dictionary.variables[position..], widths.get(&key).copied());
            if segments == 1 && widths.get(&key).is_some_and(|width| *width > SEGMENT_HELD) {
                remarks
                    .notes
                    .push(format!("`{short}`: its record of a very long string does not fit the variables"));
            }
            let name = long_names.get(&key).filter(|name| !name.is_empty()).cloned().unwrap_or(short);
            list.push(variable(name, kind, raw, dictionary, values, &mut remarks));
            by_short.push(key);
            position += segments;
        }

        let mut by_name = BTreeMap::new();
        for (position, variable) in list.iter().enumerate() {
            by_name.entry(variable.name.to_lowercase()).or_insert(position);
        }
        for (position, short) in by_short.into_iter().enumerate() {
            by_name.entry(short).or_insert(position);
        }
        let mut variables = Self { list, by_name };
        for record in dictionary.extensions(21) {
            variables.long_labels(record, values, &mut remarks);
        }
        for record in dictionary.extensions(22) {
            variables.long_missing(record, values, &mut remarks);
        }
        for variable in &mut variables.list {
            if width(&variable.kind) > CODE_WIDTH && variable.facts.labels.is_empty() {
                variable.facts.role = Role::OpenText;
            }
        }
        (variables, remarks.sentences())
    }

    /// The variable of a name, long or short, in any case.
    pub(super) fn named(&self, name: &str) -> Option<usize> {
        self.by_name.get(&name.trim().to_lowercase()).copied()
    }

    fn long_labels(&mut self, record: &Extension, values: &Values, remarks: &mut Remarks) {
        let mut piece = Piece::new(&record.bytes, values.is_big);
        loop {
            match piece.long_labels() {
                Ok(Some(read)) => {
                    let Some(variable) = self.text_variable(read.name, values) else { continue };
                    for (value, label) in read.values {
                        if !remarks.afford(LABEL_COST + 2 * (value.len() + label.len()), &variable.name) {
                            break;
                        }
                        let (value, label) = (values.decoding.text(value), values.decoding.text(label));
                        variable.facts.labels.push((value, label));
                    }
                }
                Ok(None) => return,
                Err(_) => return remarks.damaged("labels of long strings", record),
            }
        }
    }

    fn long_missing(&mut self, record: &Extension, values: &Values, remarks: &mut Remarks) {
        let mut piece = Piece::new(&record.bytes, values.is_big);
        loop {
            match piece.long_missing() {
                Ok(Some(read)) => {
                    if let Some(variable) = self.text_variable(read.name, values) {
                        let texts = read.values.into_iter().map(|value| values.decoding.text(value));
                        variable.facts.missing.extend(texts);
                    }
                }
                Ok(None) => return,
                Err(_) => return remarks.damaged("missing values of long strings", record),
            }
        }
    }

    fn text_variable(&mut self, name: &[u8], values: &Values) -> Option<&mut Variable> {
        let position = self.named(&values.decoding.text(name))?;
        self.list.get_mut(position).filter(|variable| !variable.is_number())
    }
}

impl Remarks {
    /// Whether the memory is there for a label of this variable; said once where it is not.
    fn afford(&mut self, cost: usize, name: &str) -> bool {
        self.used = self.used.saturating_add(cost);
        let is_there = self.used <= FACTS_LIMIT;
        if !is_there && self.unlabelled.last().is_none_or(|last| last != name) {
            self.unlabelled.push(name.to_owned());
        }
        is_there
    }

    fn damaged(&mut self, what: &str, record: &Extension) {
        self.notes
            .push(format!("the record of {what} at byte {} is damaged; its rest is left out", record.offset));
    }

    fn sentences(mut self) -> Vec<String> {
        if !self.open_ranges.is_empty() {
            self.notes.push(format!(
                "missing values of {} are a range; listed are the values in it that have a label and, in a short \
                 range, the whole numbers",
                naming(&self.open_ranges)
            ));
        }
        if !self.unlabelled.is_empty() {
            self.notes.push(format!(
                "there are too many labels; some of {} are left out",
                naming(&self.unlabelled)
            ));
        }
        self.notes
    }
}

/// The first few names, and how many more there are.
pub(super) fn naming(names: &[String]) -> String {
    let first: Vec<String> = names.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    match names.len().checked_sub(NAMED) {
        None | Some(0) => first.join(", "),
        Some(more) => format!("{} and {more} more", first.join(", ")),
    }
}

/// Where the cells of the first of these variables come from, and how many of them it takes.
fn kind(variables: &[RawVariable], width: Option<usize>) -> (Kind, usize) {
    let raw = &variables[0];
    let at = raw.first * 8;
    if raw.width == 0 {
        return (Kind::Number { at, shape: Shape::of(raw.format) }, 1);
    }
    if let Some(width) = width.filter(|width| *width > SEGMENT_HELD) {
        let count = width.div_ceil(SEGMENT_COUNTED);
        if let Some(segments) = variables.get(..count)
            && let Some(pieces) = pieces(segments, width)
        {
            return (Kind::Text { pieces }, count);
        }
    }
    let piece = at..at + raw.width;
    (Kind::Text { pieces: vec![piece] }, 1)
}

/// The pieces of a very long string; none where the segments cannot hold it.
fn pieces(segments: &[RawVariable], width: usize) -> Option<Vec<std::ops::Range<usize>>> {
    let mut left = width;
    let mut pieces = Vec::new();
    for segment in segments {
        let length = left.min(segment.width);
        if segment.width == 0 || (length < SEGMENT_HELD && length < left) {
            return None;
        }
        pieces.push(segment.first * 8..segment.first * 8 + length);
        left -= length;
    }
    (left == 0).then_some(pieces)
}

fn width(kind: &Kind) -> usize {
    match kind {
        Kind::Number { .. } => 0,
        Kind::Text { pieces } => pieces.iter().map(ExactSizeIterator::len).sum(),
    }
}

fn variable(
    name: String,
    kind: Kind,
    raw: &RawVariable,
    dictionary: &Dictionary,
    values: &Values,
    remarks: &mut Remarks,
) -> Variable {
    let print = |bytes: [u8; 8]| match &kind {
        Kind::Number { shape, .. } => values.number(bytes).map(|number| shape.print(number)),
        Kind::Text { .. } => Some(values.decoding.text(&bytes)),
    };
    let mut labels = IndexMap::new();
    // Labels by their number as well, for the range of missing values.
    let mut in_range = Vec::new();
    let range = raw.missing_range.filter(|_| raw.width == 0);
    let range = range.map(|(low, high)| (values.any_number(low), values.any_number(high)));
    for raw_label in raw.label_sets.iter().flat_map(|set| &dictionary.label_sets[*set]) {
        if !remarks.afford(LABEL_COST + 2 * raw_label.label.len(), &name) {
            break;
        }
        let Some(code) = print(raw_label.value) else { continue };
        if range.is_some_and(|(low, high)| (low..=high).contains(&values.any_number(raw_label.value))) {
            in_range.push(code.clone());
        }
        labels.insert(code, values.decoding.text(&raw_label.label));
    }
    let mut missing = IndexSet::new();
    if let Some((low, high)) = range {
        let listed = whole_numbers(low, high, &kind);
        // Without decimals in its format, a variable has nothing between the whole numbers.
        if listed.is_empty() || raw.format & 0xff != 0 {
            remarks.open_ranges.push(name.clone());
        }
        for code in listed.into_iter().chain(in_range) {
            if remarks.afford(LABEL_COST, &name) {
                missing.insert(code);
            }
        }
    }
    missing.extend(raw.missing.iter().filter_map(|bytes| print(*bytes)));
    let label = values.decoding.text(&raw.label);
    let facts = ColumnFacts {
        text: (!label.trim().is_empty()).then(|| label.trim().to_owned()),
        labels: labels.into_iter().collect(),
        missing: missing.into_iter().collect(),
        ..ColumnFacts::default()
    };
    Variable { name, first: raw.first, kind, facts, missing_range: range }
}

/// The whole numbers of a short range, as cells; none where it is long, open or of dates.
fn whole_numbers(low: f64, high: f64, kind: &Kind) -> Vec<String> {
    let Kind::Number { shape: Shape::Number, .. } = kind else { return Vec::new() };
    let magnitude =
        |value: f64| whole(value.abs()).and_then(|value| i32::try_from(value).ok()).map(i64::from);
    let (Some(low_size), Some(high_size)) = (magnitude(low), magnitude(high)) else { return Vec::new() };
    let sign = |value: f64, size: i64| if value < 0.0 { -size } else { size };
    let (low, high) = (sign(low, low_size), sign(high, high_size));
    if high - low >= RANGE_LISTED {
        return Vec::new();
    }
    (low..=high).map(|number| number.to_string()).collect()
}

/// The number that stands for no value, as the record of machine floats says.
pub(super) fn system_missing(dictionary: &Dictionary, is_big: bool) -> f64 {
    let record = dictionary.extensions(4).find_map(|record| <[u8; 8]>::try_from(record.bytes.get(..8)?).ok());
    let number =
        record.map(|bytes| if is_big { f64::from_be_bytes(bytes) } else { f64::from_le_bytes(bytes) });
    // A zero there would make answers of zero disappear.
    number.filter(|number| number.is_finite() && !same(*number, 0.0)).unwrap_or(-f64::MAX)
}
