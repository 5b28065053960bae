//! The records between the header and the cases, as they stand in the file.
//!
//! Text stays bytes here: which encoding it is in is said by one of the last records.

use super::bytes::{DataBytes, FileBytes};
use super::error::SpssError;

/// The most bytes of a case: a thousand of the longest strings are half of it.
const CASE_LIMIT: u64 = 64 << 20;
/// The most variables; SPSS slows down long before.
const VARIABLE_LIMIT: usize = 200_000;
/// What a variable takes in memory beside its texts, roughly.
const VARIABLE_KEPT: u64 = 256;
/// What a value label takes beside its text, roughly.
const LABEL_KEPT: u64 = 64;
/// Informational records that are read: machine integers and floats, response sets, long names, very long strings,
/// the number of cases, response sets with counted values, the encoding, labels and missing values of long strings.
const KNOWN_EXTENSIONS: [i32; 10] = [3, 4, 7, 13, 14, 16, 19, 20, 21, 22];

/// A variable as it is declared.
#[derive(Debug)]
pub(super) struct RawVariable {
    /// Its first element of a case, from 0.
    pub(super) first: usize,
    /// Its name of up to 8 bytes, padded.
    pub(super) name: [u8; 8],
    /// Bytes of a string; 0 is a number.
    pub(super) width: usize,
    /// The print format.
    pub(super) format: i32,
    /// The label; may be empty.
    pub(super) label: Vec<u8>,
    /// Codes that are missing values.
    pub(super) missing: Vec<[u8; 8]>,
    /// A range of missing values.
    pub(super) missing_range: Option<([u8; 8], [u8; 8])>,
    /// Positions in [`Dictionary::label_sets`].
    pub(super) label_sets: Vec<usize>,
}

/// A value and its label.
#[derive(Debug)]
pub(super) struct RawLabel {
    /// The value, a number or a string of up to 8 bytes.
    pub(super) value: [u8; 8],
    /// Its label.
    pub(super) label: Box<[u8]>,
}

/// An informational record.
#[derive(Debug)]
pub(super) struct Extension {
    /// Its kind.
    pub(super) subtype: i32,
    /// Where its data begin in the file.
    pub(super) offset: u64,
    /// Its data.
    pub(super) bytes: Vec<u8>,
}

/// Everything up to the cases.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    /// The variables in order; a very long string is several.
    pub(super) variables: Vec<RawVariable>,
    /// Value labels that variables refer to.
    pub(super) label_sets: Vec<Vec<RawLabel>>,
    /// Informational records of the kinds that are read.
    pub(super) extensions: Vec<Extension>,
    /// Whether each element of a case, 8 bytes, is of a string.
    pub(super) is_text: Vec<bool>,
}

impl Dictionary {
    /// Reads all records after the header, up to the first byte of the cases.
    pub(super) fn read(bytes: &mut FileBytes) -> Result<Self, SpssError> {
        let mut dictionary = Self::default();
        let mut continued = 0;
        loop {
            let offset = bytes.offset();
            let record = bytes.i32("the dictionary")?;
            if continued > 0 && record != 2 {
                let found = format!("record {record}");
                return Err(SpssError::Unexpected {
                    offset,
                    found,
                    expected: "the rest of a string variable",
                });
            }
            match record {
                2 => continued = dictionary.read_variable(bytes, continued)?,
                3 => dictionary.read_labels(bytes)?,
                6 => {
                    let lines = bytes.count("a count of document lines")?;
                    bytes.skip(80 * lines as u64, "the documents")?;
                }
                7 => dictionary.read_extension(bytes)?,
                999 => {
                    bytes.i32("the end of the dictionary")?;
                    break;
                }
                other => {
                    let (found, expected) = (format!("record {other}"), "record 2, 3, 6, 7 or 999");
                    return Err(SpssError::Unexpected { offset, found, expected });
                }
            }
        }
        if dictionary.variables.is_empty() {
            let (found, expected) = ("no variable".to_owned(), "at least one");
            return Err(SpssError::Unexpected { offset: bytes.offset(), found, expected });
        }
        Ok(dictionary)
    }

    /// The data of all records of a kind.
    pub(super) fn extensions(&self, subtype: i32) -> impl Iterator<Item = &Extension> {
        self.extensions.iter().filter(move |extension| extension.subtype == subtype)
    }

    /// The variable that begins at an element, from 0.
    pub(super) fn variable_at(&self, element: usize) -> Option<usize> {
        self.variables.binary_search_by_key(&element, |variable| variable.first).ok()
    }

    /// Reads a variable or, where `continued` elements of a string are due, one of those; returns how many are.
    fn read_variable(&mut self, bytes: &mut FileBytes, continued: usize) -> Result<usize, SpssError> {
        let offset = bytes.offset();
        let kind = bytes.i32("a variable")?;
        let has_label = bytes.i32("a variable")? != 0;
        let missing_offset = bytes.offset();
        let missing_count = bytes.i32("a variable")?;
        let format = bytes.i32("a variable")?;
        bytes.i32("a variable")?;
        let name = bytes.array("a variable")?;
        let label = if has_label { read_label(bytes)? } else { Vec::new() };
        let (missing, missing_range) = read_missing(bytes, missing_count, missing_offset)?;

        let first = self.is_text.len();
        if (first as u64 + 1) * 8 > CASE_LIMIT {
            return Err(SpssError::TooLarge { offset, what: "a case", limit: CASE_LIMIT });
        }
        let width = match (kind, continued) {
            (-1, 1..) => {
                self.is_text.push(true);
                return Ok(continued - 1);
            }
            (0..=255, 0) => usize::try_from(kind).unwrap_or(0),
            (_, 0) => {
                let (found, expected) = (format!("type {kind}"), "type 0 (number) or a width of 1 to 255");
                return Err(SpssError::Unexpected { offset, found, expected });
            }
            _ => {
                let (found, expected) = (format!("type {kind}"), "type -1, the rest of a string variable");
                return Err(SpssError::Unexpected { offset, found, expected });
            }
        };
        bytes.keep(VARIABLE_KEPT)?;
        if self.variables.len() == VARIABLE_LIMIT {
            let (found, expected) = ("another variable".to_owned(), "at most 200000 variables");
            return Err(SpssError::Unexpected { offset, found, expected });
        }
        self.is_text.push(width > 0);
        let label_sets = Vec::new();
        self.variables.push(RawVariable {
            first,
            name,
            width,
            format,
            label,
            missing,
            missing_range,
            label_sets,
        });
        Ok(width.div_ceil(8).saturating_sub(1))
    }

    /// Reads value labels and the record after them that names their variables.
    fn read_labels(&mut self, bytes: &mut FileBytes) -> Result<(), SpssError> {
        let count = bytes.count("a count of value labels")?;
        let mut labels = Vec::new();
        for _ in 0..count {
            let value = bytes.array("value labels")?;
            let [length] = bytes.array("value labels")?;
            bytes.keep(LABEL_KEPT)?;
            // The length and the text fill whole elements.
            let padded = (u64::from(length) + 1).next_multiple_of(8) - 1;
            let mut label = bytes.bytes(padded, "value labels")?;
            label.truncate(usize::from(length));
            labels.push(RawLabel { value, label: label.into_boxed_slice() });
        }
        let offset = bytes.offset();
        let record = bytes.i32("the variables of value labels")?;
        if record != 4 {
            let (found, expected) = (format!("record {record}"), "record 4, the variables of value labels");
            return Err(SpssError::Unexpected { offset, found, expected });
        }
        let count = bytes.count("a count of variables of value labels")?;
        for _ in 0..count {
            let offset = bytes.offset();
            let index = bytes.i32("the variables of value labels")?;
            let element = usize::try_from(index).ok().and_then(|index| index.checked_sub(1));
            let Some(variable) = element.and_then(|element| self.variable_at(element)) else {
                let (found, expected) = (format!("index {index}"), "the first element of a variable");
                return Err(SpssError::Unexpected { offset, found, expected });
            };
            bytes.keep(8)?;
            self.variables[variable].label_sets.push(self.label_sets.len());
        }
        self.label_sets.push(labels);
        Ok(())
    }

    /// Reads an informational record, or passes over it where its kind is not read.
    fn read_extension(&mut self, bytes: &mut FileBytes) -> Result<(), SpssError> {
        let subtype = bytes.i32("an informational record")?;
        let size = bytes.count("the size of an informational record")?;
        let count = bytes.count("the count of an informational record")?;
        let length = (size as u64) * (count as u64);
        if KNOWN_EXTENSIONS.contains(&subtype) {
            let offset = bytes.offset();
            let data = bytes.bytes(length, "an informational record")?;
            bytes.keep(LABEL_KEPT)?;
            self.extensions.push(Extension { subtype, offset, bytes: data });
            Ok(())
        } else {
            bytes.skip(length, "an informational record")
        }
    }
}

/// The label of a variable, which fills whole groups of 4 bytes.
fn read_label(bytes: &mut FileBytes) -> Result<Vec<u8>, SpssError> {
    let length = bytes.count("the length of a variable label")?;
    let mut label = bytes.bytes((length as u64).next_multiple_of(4), "a variable label")?;
    label.truncate(length);
    Ok(label)
}

/// Codes, and the ends of a range.
type MissingValues = (Vec<[u8; 8]>, Option<([u8; 8], [u8; 8])>);

/// The missing values of a variable: up to three codes, or a range and up to one code.
fn read_missing(bytes: &mut FileBytes, count: i32, offset: u64) -> Result<MissingValues, SpssError> {
    let (range, codes) = match count {
        0..=3 => (false, count),
        -2 | -3 => (true, -2 - count),
        other => {
            let expected = "0 to 3 missing values, or -2 or -3 for a range";
            return Err(SpssError::Unexpected { offset, found: other.to_string(), expected });
        }
    };
    let range =
        if range { Some((bytes.array("missing values")?, bytes.array("missing values")?)) } else { None };
    let codes = (0..codes).map(|_| bytes.array("missing values")).collect::<Result<_, _>>()?;
    Ok((codes, range))
}
