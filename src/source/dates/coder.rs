//! The dates of a column.

use super::DateReadings;
use super::decode::{decode, iso};
use super::format::{DateFormat, InvalidDateFormat};
use crate::source::coder::Lexicon;
use crate::source::memo::Memo;
use crate::source::text::text;
use crate::survey::Missing;

/// Distinct texts of a column that are remembered; the others are decoded each time.
const REMEMBERED: usize = 50_000;

/// Reads the dates of a column.
#[derive(Clone, Debug)]
pub struct DateCoder {
    format: Option<DateFormat>,
    missing: Lexicon,
    plain_missing: bool,
    memo: Memo<Result<DateReadings, Missing>>,
}

impl DateCoder {
    /// A coder; with a format only texts in that format are dates, and both readings are equal. `missing` are the
    /// texts that mean blank.
    ///
    /// # Errors
    /// The format cannot give a date.
    pub fn new(format: Option<&str>, missing: &[String]) -> Result<Self, InvalidDateFormat> {
        Ok(Self {
            format: format.map(DateFormat::new).transpose()?,
            plain_missing: missing.iter().all(|text| iso(text.trim().as_bytes()).is_none()),
            missing: Lexicon::of_missing(missing),
            memo: Memo::new(REMEMBERED),
        })
    }

    /// What a cell says.
    ///
    /// # Errors
    /// The reason why there is no date: blank or invalid.
    #[inline]
    pub fn readings(&mut self, cell: &[u8]) -> Result<DateReadings, Missing> {
        // Time stamps are nearly all distinct: ISO dates are read faster than looked up, and fill no memory.
        if self.format.is_none()
            && self.plain_missing
            && let Some(date) = iso(cell)
        {
            return Ok(DateReadings::sure(date));
        }
        let Self { format, missing, memo, .. } = self;
        memo.get_or(cell, |cell| read(format.as_ref(), missing, cell))
    }
}

fn read(format: Option<&DateFormat>, missing: &Lexicon, cell: &[u8]) -> Result<DateReadings, Missing> {
    let text = text(cell).ok_or(Missing::Invalid)?;
    if text.is_empty() || missing.get(text).is_some() {
        return Err(Missing::Blank);
    }
    let readings = match format {
        Some(format) => format.read(text),
        None => decode(text).map(|decoded| decoded.readings),
    };
    readings.ok_or(Missing::Invalid)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::*;

    fn coder(format: Option<&str>) -> DateCoder {
        DateCoder::new(format, &[String::new(), "NA".to_owned(), "1980-01-01".to_owned()]).expect("a format")
    }

    #[test]
    fn dates_blanks_and_the_rest() {
        let mut coder = coder(None);
        let date = NaiveDate::from_ymd_opt(2026, 9, 14).expect("a date");
        for cell in ["2026-09-14 10:22:33", " 2026-09-14 ", "14 Sep 2026"] {
            assert_eq!(coder.readings(cell.as_bytes()), Ok(DateReadings::sure(date)), "{cell}");
        }
        for cell in ["", " ", "\u{a0}", "na", "1980-01-01"] {
            assert_eq!(coder.readings(cell.as_bytes()), Err(Missing::Blank), "{cell:?}");
        }
        assert_eq!(coder.readings(b"soon"), Err(Missing::Invalid));
        assert_eq!(coder.readings(b"2026-09-14\xff"), Err(Missing::Invalid));
    }

    #[test]
    fn a_format_is_the_only_one() {
        let mut coder = coder(Some("%d/%m/%Y"));
        let date = NaiveDate::from_ymd_opt(2026, 4, 3).expect("a date");
        assert_eq!(coder.readings(b"03/04/2026"), Ok(DateReadings::sure(date)));
        assert_eq!(coder.readings(b"2026-04-03"), Err(Missing::Invalid));
        assert!(DateCoder::new(Some("%H"), &[]).is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_read_the_same_twice(cell in proptest::collection::vec(any::<u8>(), 0..40)) {
            let mut coder = coder(None);
            let first = coder.readings(&cell);
            prop_assert_eq!(coder.readings(&cell), first);
        }
    }
}
