//! SPSS system files: .sav and .zsav, as SPSS, PSPP, ReadStat and the survey tools write them.
//!
//! The dictionary is read at once, the cases as a stream. Numbers keep all their digits, dates become ISO dates,
//! system missing is an empty cell; missing codes stay what they are and are named in the facts of their column. A
//! multiple response set becomes one column in place of its variables, for that is the question that was asked.
//!
//! Portable files (.por), files with a password, files of mainframes and floats of other machines are refused.
//!
//! Format: the chapter on system files in the developers' guide of GNU PSPP.

mod blocks;
mod bytes;
mod case_rows;
mod cases;
mod dictionary;
mod encoding;
mod error;
mod extension;
mod header;
mod joined;
mod response_set;
#[cfg(test)]
mod sample;
mod shape;
mod table;
#[cfg(test)]
mod tests;
mod variable;
mod variables;

use std::io::Read;

use encoding_rs::Encoding;

use self::bytes::FileBytes;
use self::case_rows::CaseRows;
use self::cases::Cases;
use self::dictionary::Dictionary;
use self::encoding::Decoding;
use self::header::{Compression, Header};
use self::table::Table;
use self::variable::Values;
use self::variables::{Variables, system_missing};
use super::{CsvStream, Decoded, Losses};
use crate::source::delimiter::Delimiter;

pub use self::error::SpssError;
pub use self::response_set::{ResponseSet, ResponseSetKind};

/// A system file as a table.
///
/// # Errors
/// The file is none, is of a kind that is not read, or its dictionary is damaged. What is wrong with the cases is an
/// error of the reader that comes back.
pub fn read(stream: Box<dyn Read + Send>) -> Result<Decoded, SpssError> {
    read_with_sets(stream, None).map(|(decoded, _)| decoded)
}

/// A system file as a table, and its multiple response sets; text in an encoding that is known better than the file
/// says.
///
/// # Errors
/// As of [`read`].
pub fn read_with_sets(
    stream: Box<dyn Read + Send>,
    encoding: Option<&'static Encoding>,
) -> Result<(Decoded, Vec<ResponseSet>), SpssError> {
    let mut bytes = FileBytes::new(stream);
    let header = Header::read(&mut bytes)?;
    let mut dictionary = Dictionary::read(&mut bytes)?;
    let is_big = bytes.is_big;
    let (decoding, encoding_reason) = Decoding::new(encoding, &dictionary, is_big);
    let wrong_bytes = decoding.wrong_bytes();
    let system_missing = system_missing(&dictionary, is_big);
    let values = Values { is_big, system_missing, decoding };
    let (variables, notes) = Variables::new(&dictionary, &values);
    let table = Table::new(&dictionary, &variables, &values);

    let claimed = header.cases.or_else(|| long_count(&dictionary, is_big));
    let mut reasons = vec![summary(&header, claimed, variables.list.len(), is_big), encoding_reason];
    reasons.extend(weight(&header, &variables));
    reasons.extend(table.reasons);
    reasons.extend(notes);

    let is_text = std::mem::take(&mut dictionary.is_text);
    drop(dictionary);
    let case_length = is_text.len() * 8;
    let cases = Cases::new(bytes, &header, claimed, is_text, system_missing)?;
    let rows = CaseRows::new(table.names, (cases, case_length), table.columns, variables.list, values);
    let decoded = Decoded {
        reader: Box::new(CsvStream::new(rows)),
        delimiter: Some(Delimiter::Comma),
        columns: table.facts,
        reasons,
        losses: Losses::of_bytes(wrong_bytes),
    };
    Ok((decoded, table.sets))
}

/// The number of cases of the record that has room for more than 2 billion.
fn long_count(dictionary: &Dictionary, is_big: bool) -> Option<u64> {
    let record = dictionary.extensions(16).next()?;
    let bytes = <[u8; 8]>::try_from(record.bytes.get(8..16)?).ok()?;
    let count = if is_big { i64::from_be_bytes(bytes) } else { i64::from_le_bytes(bytes) };
    u64::try_from(count).ok()
}

fn summary(header: &Header, claimed: Option<u64>, variables: usize, is_big: bool) -> String {
    let how = match header.compression {
        Compression::None => "not compressed",
        Compression::Bytecode => "compressed",
        Compression::Zlib => "compressed with zlib",
    };
    let cases = claimed.map_or_else(|| "an unknown number of".to_owned(), |count| count.to_string());
    let order = if is_big { ", most significant byte first" } else { "" };
    format!("SPSS system file: {variables} variables, {cases} cases, {how}{order}")
}

/// What the header says of weights.
fn weight(header: &Header, variables: &Variables) -> Option<String> {
    let element = usize::try_from(header.weight).ok()?.checked_sub(1)?;
    let position = variables.list.binary_search_by_key(&element, |variable| variable.first).ok();
    let Some(variable) =
        position.map(|position| &variables.list[position]).filter(|variable| variable.is_number())
    else {
        return Some(format!(
            "SPSS weights by element {} of a case, which is no number; left out",
            header.weight
        ));
    };
    let name = &variable.name;
    Some(format!("SPSS weights by `{name}`: name it with `--weight {name}`"))
}
