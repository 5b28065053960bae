//! The fast reader against the `csv` crate, on any bytes: the property the tests and the fuzz target share.

use std::fmt;

use super::blocks::{BlockError, BlockReader};
use super::records::RecordScanner;

/// Where the two readers part.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Disagreement {
    /// The number of the record, from 0.
    pub record: usize,
    /// What the `csv` crate reads there; nothing after its last record.
    pub expected: Option<Vec<Vec<u8>>>,
    /// What was found, of the selected columns, and the number of fields.
    pub found: Option<(Vec<Vec<u8>>, usize)>,
}

impl fmt::Display for Disagreement {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { record, expected, found } = self;
        write!(formatter, "record {record}: expected {expected:?}, found {found:?}")
    }
}

/// Reads `data` in blocks of `block_size` and compares every record with what the `csv` crate makes of it:
/// the number of fields, and the value of each field whose position has its bit set in `columns`.
///
/// # Errors
/// The first [`Disagreement`].
pub fn compare_with_csv(
    data: &[u8],
    delimiter: u8,
    block_size: usize,
    columns: u64,
) -> Result<(), Disagreement> {
    let positions: Vec<usize> = (0..64).filter(|position| columns >> position & 1 == 1).collect();
    let mut scanner = RecordScanner::new(delimiter);
    let mut reader = BlockReader::with_limits(data, delimiter, block_size, usize::MAX / 4).without_verdict();
    let mut expected = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(data)
        .into_byte_records()
        .map_while(Result::ok)
        .map(|record| record.iter().map(<[u8]>::to_vec).collect::<Vec<_>>());

    let mut number = 0;
    let mut outcome = Ok(());
    loop {
        let block = match reader.next_block() {
            Ok(Some(block)) => block,
            // The data do not fail and the limit is out of reach: what is left is the end of the file.
            Ok(None) | Err(BlockError::UnclosedQuote { .. }) => break,
            Err(_) => return Err(Disagreement { record: number, expected: expected.next(), found: None }),
        };
        let first = number;
        scanner.scan(&block.bytes, |records| {
            for &record in records.all() {
                if outcome.is_err() {
                    return;
                }
                let expected = expected.next();
                let field = |&at: &usize| records.field(record, at, &mut Vec::new()).to_vec();
                let found: Vec<Vec<u8>> = positions.iter().map(field).collect();
                let is_same = expected.as_ref().is_some_and(|expected| {
                    let wanted = positions.iter().map(|&at| expected.get(at).cloned().unwrap_or_default());
                    expected.len() == record.fields() && wanted.eq(found.iter().cloned())
                });
                let is_numbered = (number - first) as u64 == record.number();
                if !is_same || !is_numbered {
                    let found = Some((found, record.fields()));
                    outcome = Err(Disagreement { record: number, expected, found });
                }
                number += 1;
            }
        });
        outcome?;
        outcome = Ok(());
    }
    match expected.next() {
        None => Ok(()),
        missing => Err(Disagreement { record: number, expected: missing, found: None }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_delimiter() -> impl Strategy<Value = u8> {
        prop::sample::select(vec![b',', b';', b'\t', b'|'])
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn on_wild_quotes(
            data in "[,;|\t\"\n\ra]{0,300}", delimiter in any_delimiter(), size in 1_usize..300, columns in any::<u64>(),
        ) {
            prop_assert_eq!(compare_with_csv(data.as_bytes(), delimiter, size, columns), Ok(()));
        }

        #[test]
        fn on_tidy_quotes(
            data in "((\"([ab,;]|\r?\n|\"\"){0,90}\"|[ab ]{0,9})(,|;|\r\n|\n|\r)){0,60}",
            delimiter in any_delimiter(), size in 1_usize..2000, columns in any::<u64>(),
        ) {
            prop_assert_eq!(compare_with_csv(data.as_bytes(), delimiter, size, columns), Ok(()));
        }

        #[test]
        fn on_any_bytes(data in prop::collection::vec(any::<u8>(), 0..400), delimiter in any_delimiter()) {
            prop_assert_eq!(compare_with_csv(&data, delimiter, 7, u64::MAX), Ok(()));
        }
    }

    #[test]
    fn a_disagreement_is_told_in_words() {
        let told = Disagreement { record: 3, expected: Some(vec![b"a".to_vec()]), found: None }.to_string();
        assert_eq!(told, "record 3: expected Some([[97]]), found None");
    }
}
