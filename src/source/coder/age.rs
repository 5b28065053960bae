//! Cells that hold a year or date of birth, coded to bands of the age when the answer was given.

use chrono::{Datelike, NaiveDate};

use super::band::Bands;
use super::{Lexicon, REMEMBERED};
use crate::source::dates::{DateOrder, DateReadings, Decoded, decode};
use crate::source::memo::Memo;
use crate::source::number::Fixed;
use crate::source::text::text;
use crate::survey::{Band, Code, Missing};

/// The highest age that is believed.
const OLDEST: i32 = 120;

/// Codes years and dates of birth to bands of the age at the date of the answer: code 5 + i is the i-th band.
///
/// The age is in completed years; from a year of birth alone it is the difference of the years, which is the age that
/// is reached in the year of the answer. Ages below 0 and above 120 are invalid, and so is an age in no band. A year of
/// birth of two digits that would lie in the future is of the century before. Where a date can be read day-first and
/// month-first, both readings must give the same band, else the cell is invalid.
#[derive(Clone, Debug)]
pub struct AgeBandCoder {
    bands: Bands,
    missing: Lexicon,
    memo: Memo<Result<Birth, Missing>>,
}

#[derive(Clone, Copy, Debug)]
enum Birth {
    Year(i32),
    Date(Decoded),
}

impl AgeBandCoder {
    /// A coder; `missing` are the texts that mean blank.
    pub fn new(bands: &[Band], missing: &[String]) -> Self {
        Self { bands: Bands::new(bands), missing: Lexicon::of_missing(missing), memo: Memo::new(REMEMBERED) }
    }

    /// The code of a cell of birth, given what the date of the answer says; without that date the age is blank.
    pub fn code(&mut self, birth: &[u8], answered: Option<DateReadings>) -> Code {
        let Self { bands, missing, memo } = self;
        let birth = match memo.get_or(birth, |cell| read(cell, missing)) {
            Ok(birth) => birth,
            Err(reason) => return reason.code(),
        };
        let Some(answered) = answered else {
            return Missing::Blank.code();
        };
        let mut codes = ages(birth, answered).into_iter().flatten().map(|age| band(bands, age));
        match codes.next() {
            Some(first) if codes.all(|code| code == first) => first,
            _ => Missing::Invalid.code(),
        }
    }
}

fn read(cell: &[u8], missing: &Lexicon) -> Result<Birth, Missing> {
    let text = text(cell).ok_or(Missing::Invalid)?;
    if text.is_empty() || missing.get(text).is_some() {
        return Err(Missing::Blank);
    }
    let is_year = |number: Fixed| {
        let year = number.as_whole().and_then(|year| i32::try_from(year).ok());
        year.filter(|year| (1_780..=2_200).contains(year))
    };
    // `1,987` and `1987,0` are years in one of their readings only.
    let year = Fixed::parse(text.as_bytes()).and_then(is_year);
    match year.or_else(|| Fixed::readings(text).find_map(is_year)) {
        Some(year) => Ok(Birth::Year(year)),
        None => decode(text).map(Birth::Date).ok_or(Missing::Invalid),
    }
}

/// The ages by every pair of readings: of pairs in the same order where there is one, else of all.
fn ages(birth: Birth, answered: DateReadings) -> [Option<i32>; 4] {
    let dates = [answered.in_order(DateOrder::DayFirst), answered.in_order(DateOrder::MonthFirst)];
    let decoded = match birth {
        Birth::Year(year) => {
            let [day_first, month_first] = dates.map(|date| Some(date?.year() - year));
            return [day_first, month_first, None, None];
        }
        Birth::Date(decoded) => decoded,
    };
    let births = [decoded.readings.day_first, decoded.readings.month_first];
    let age =
        |birth: usize, date: usize| Some(completed_years(births[birth]?, dates[date]?, decoded.short_year));
    match (age(0, 0), age(1, 1)) {
        (None, None) => [age(0, 1), age(1, 0), None, None],
        (day_first, month_first) => [day_first, month_first, None, None],
    }
}

/// Completed years from birth to a date; negative when birth lies after it.
fn completed_years(birth: NaiveDate, date: NaiveDate, short_year: bool) -> i32 {
    let past = (birth.month(), birth.day()) <= (date.month(), date.day());
    let years = date.year() - birth.year() - i32::from(!past);
    if short_year && years < 0 { years + 100 } else { years }
}

fn band(bands: &Bands, age: i32) -> Code {
    match Fixed::whole(age) {
        Some(years) if (0..=OLDEST).contains(&age) => bands.code(years.nano()),
        _ => Missing::Invalid.code(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BLANK: Code = Missing::Blank.code();
    const INVALID: Code = Missing::Invalid.code();

    fn coder() -> AgeBandCoder {
        let band = |low, high| Band { label: String::new(), low, high };
        let bands = [band(None, Some(29.0)), band(Some(30.0), Some(49.0)), band(Some(50.0), None)];
        AgeBandCoder::new(&bands, &["NA".to_owned(), "9999".to_owned()])
    }

    fn code(birth: &str, answered: &str) -> Code {
        coder().code(birth.as_bytes(), decode(answered).map(|decoded| decoded.readings))
    }

    #[test]
    fn from_a_year_it_is_the_difference() {
        assert_eq!(code("1996", "2026-01-01"), 6);
        assert_eq!(code(" 1997.0 ", "2026-12-31"), 5);
        assert_eq!(code("1906", "2026-06-01"), 7);
        assert_eq!(code("1905", "2026-06-01"), INVALID);
        assert_eq!(code("2027", "2026-06-01"), INVALID);
    }

    #[test]
    fn from_a_date_it_is_in_completed_years() {
        assert_eq!(code("1996-09-14", "2026-09-13"), 5);
        assert_eq!(code("1996-09-14", "2026-09-14"), 6);
        assert_eq!(code("1996-02-29", "2026-02-28"), 5);
        assert_eq!(code("14 Sep 1976", "2026-09-14"), 7);
        assert_eq!(code("2026-09-15", "2026-09-14"), INVALID);
    }

    #[test]
    fn years_of_birth_of_two_digits_lie_in_the_past() {
        assert_eq!(code("14/09/45", "2026-09-14"), 7);
        assert_eq!(code("14/09/20", "2026-09-14"), 5);
    }

    #[test]
    fn open_dates_count_where_it_makes_no_difference() {
        assert_eq!(code("03/04/1960", "2026-09-14"), 7);
        assert_eq!(code("03/04/1996", "2026-03-20"), INVALID);
        assert_eq!(code("14/09/1996", "03/10/2026"), 6, "the birth says that the day comes first");
        assert_eq!(code("14/09/1960", "9/14/2026"), 7);
    }

    #[test]
    fn no_birth_or_no_date() {
        assert_eq!(code("", "2026-09-14"), BLANK);
        assert_eq!(code("na", "2026-09-14"), BLANK);
        assert_eq!(code("9999", "2026-09-14"), BLANK);
        assert_eq!(code("34", "2026-09-14"), INVALID);
        assert_eq!(code("1984.5", "2026-09-14"), INVALID);
        assert_eq!(code("1984", ""), BLANK);
        assert_eq!(code("?", ""), INVALID);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(cell in proptest::collection::vec(any::<u8>(), 0..20), year in 0_u32..10_000) {
            let answered = decode("03/04/2026").map(|decoded| decoded.readings);
            let mut coder = coder();
            prop_assert!(coder.code(&cell, answered) < 8);
            let code = coder.code(year.to_string().as_bytes(), answered);
            let expected = match i64::from(2026) - i64::from(year) {
                0..=29 => 5,
                30..=49 => 6,
                50..=120 => 7,
                _ if year == 9999 => BLANK,
                _ => INVALID,
            };
            prop_assert_eq!(code, expected);
        }
    }
}
