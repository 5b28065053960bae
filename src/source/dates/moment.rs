//! The moments of a column: days with the times of day and the zones that stand behind them.

use super::clock::{Clock, Zone};
use super::decode::{decode, iso_moment, read};
use super::format::{DateFormat, InvalidDateFormat};
use super::{DateReadings, Decoded};
use crate::source::coder::Lexicon;
use crate::source::memo::Memo;
use crate::source::text::{text, trim};
use crate::survey::Missing;

/// Distinct texts of a column that are remembered: days recur, and times of day hardly ever.
const REMEMBERED: usize = 4_096;

/// What a text says of a moment. The day and the time are those on the wall of whoever wrote them: a zone moves neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MomentReadings {
    /// The day, read both ways.
    pub days: DateReadings,
    /// Seconds since the midnight that begins the day, from 0 to 86,400: `24:00`, and a leap second at its end, are the
    /// midnight that ends it. Fractions are cut. None where no time of day is written.
    pub second: Option<u32>,
    /// The zone.
    pub zone: Zone,
}

/// Reads the moments of a column.
#[derive(Clone, Debug)]
pub struct MomentCoder {
    format: Option<DateFormat>,
    missing: Lexicon,
    plain_missing: bool,
    memo: Memo<Result<MomentReadings, Missing>>,
}

impl MomentCoder {
    /// A coder; with a format only texts in that format are moments, and both readings of the day are equal. `missing`
    /// are the texts that mean blank.
    ///
    /// # Errors
    /// The format cannot give a date.
    pub fn new(format: Option<&str>, missing: &[String]) -> Result<Self, InvalidDateFormat> {
        let format = format.map(DateFormat::new).transpose()?;
        let is_moment = |text: &String| match &format {
            Some(format) => format.read_moment(text.trim()).is_some(),
            None => decode(text.trim()).is_some(),
        };
        Ok(Self {
            plain_missing: !missing.iter().any(is_moment),
            format,
            missing: Lexicon::of_missing(missing),
            memo: Memo::new(REMEMBERED),
        })
    }

    /// What a cell says.
    ///
    /// # Errors
    /// The reason why there is no moment: blank, or invalid, which an offset that no place has is too.
    #[inline]
    pub fn readings(&mut self, cell: &[u8]) -> Result<MomentReadings, Missing> {
        // Times of day are nearly all distinct: most are read faster than looked up, and fill no memory.
        if self.plain_missing
            && cell.len() > 9
            && let Some((days, clock)) = self.quickly(trim(cell))
        {
            return moment(days, clock);
        }
        let Self { format, missing, memo, .. } = self;
        memo.get_or(cell, |cell| look_at(format.as_ref(), missing, cell))
    }

    /// What a trimmed cell says in one of the commonest forms.
    fn quickly(&self, cell: &[u8]) -> Option<(DateReadings, Clock)> {
        if let Some(format) = &self.format {
            return format.read_quickly(cell);
        }
        if let Some((date, clock)) = iso_moment(cell) {
            return Some((DateReadings::sure(date), clock));
        }
        read(cell).filter(|_| cell.is_ascii()).map(|Decoded { readings, clock, .. }| (readings, clock))
    }
}

fn moment(days: DateReadings, clock: Clock) -> Result<MomentReadings, Missing> {
    let zone = clock.zone.ok_or(Missing::Invalid)?;
    Ok(MomentReadings { days, second: clock.second, zone })
}

fn look_at(format: Option<&DateFormat>, missing: &Lexicon, cell: &[u8]) -> Result<MomentReadings, Missing> {
    let text = text(cell).ok_or(Missing::Invalid)?;
    if text.is_empty() || missing.get(text).is_some() {
        return Err(Missing::Blank);
    }
    let found = match format {
        Some(format) => format.read_moment(text),
        None => decode(text).map(|decoded| (decoded.readings, decoded.clock)),
    };
    let (days, clock) = found.ok_or(Missing::Invalid)?;
    moment(days, clock)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::super::DateCoder;
    use super::*;

    fn missing() -> [String; 3] {
        [String::new(), "NA".to_owned(), "0000-00-00 00:00:00".to_owned()]
    }

    fn coder(format: Option<&str>) -> MomentCoder {
        MomentCoder::new(format, &missing()).expect("a format")
    }

    fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, month, day)
    }

    #[expect(clippy::unnecessary_wraps, reason = "beside the none of cells without a time")]
    fn at(hour: u32, minute: u32, second: u32) -> Option<u32> {
        Some(hour * 3_600 + minute * 60 + second)
    }

    #[test]
    fn every_form_has_its_time_of_day() {
        let mut coder = coder(None);
        let date = day(2026, 9, 14);
        for (cell, second, zone) in [
            ("2026-09-14", None, Zone::Unwritten),
            ("20260914", None, Zone::Unwritten),
            ("14-Sep-2026", None, Zone::Unwritten),
            ("2026-09-14 10:22:33", at(10, 22, 33), Zone::Unwritten),
            ("\u{a0}2026-09-14 10:22 ", at(10, 22, 0), Zone::Unwritten),
            ("2026-09-14T23:59:59Z", at(23, 59, 59), Zone::Minutes(0)),
            ("2026-09-14T00:00:00+05:30", at(0, 0, 0), Zone::Minutes(330)),
            ("2026-09-14T10:22:33.987654-08:00", at(10, 22, 33), Zone::Minutes(-480)),
            ("2026-09-14 10:22:33+02", at(10, 22, 33), Zone::Minutes(120)),
            ("2026-09-14 10:22:33 UTC", at(10, 22, 33), Zone::Minutes(0)),
            ("2026/09/14 10:15:00 AM GMT+5:30", at(10, 15, 0), Zone::Minutes(330)),
            ("2026-09-14 10:22:33 CEST", at(10, 22, 33), Zone::Named),
            ("2026-09-14Z", None, Zone::Minutes(0)),
            ("2026-09-14+05:30", None, Zone::Minutes(330)),
            ("2026-09-14 24:00", Some(86_400), Zone::Unwritten),
            ("2026-09-14 23:59:60", Some(86_400), Zone::Unwritten),
            ("2026-09-14 12:00 AM", at(0, 0, 0), Zone::Unwritten),
            ("2026-09-14 12:00 PM", at(12, 0, 0), Zone::Unwritten),
            ("2026-09-14 13:05 PM", at(13, 5, 0), Zone::Unwritten),
            ("20260914T101500Z", at(10, 15, 0), Zone::Minutes(0)),
            ("20260914101500", at(10, 15, 0), Zone::Unwritten),
            ("14.09.2026 07:05", at(7, 5, 0), Zone::Unwritten),
            ("14.9.26 10:15", at(10, 15, 0), Zone::Unwritten),
            ("2026. 9. 14. 10:15:00", at(10, 15, 0), Zone::Unwritten),
            ("Sep 14 2026 3:29 PM", at(15, 29, 0), Zone::Unwritten),
            ("Sep 14, 2026, 3:29:01\u{202f}PM", at(15, 29, 1), Zone::Unwritten),
            ("Mon, 14 Sep 2026 10:15:00 +0200", at(10, 15, 0), Zone::Minutes(120)),
            ("Mon Sep 14 2026 10:15:00 GMT+0200 (CEST)", at(10, 15, 0), Zone::Minutes(120)),
            ("Monday, 14 September 2026 at 10:15 PM", at(22, 15, 0), Zone::Unwritten),
            ("Montag, 14. Sept. 2026 um 22:15 Uhr", at(22, 15, 0), Zone::Unwritten),
            ("am 14. September 2026 um 12:15 Uhr", at(12, 15, 0), Zone::Unwritten),
            ("lun. 14 septembre 2026 à 10h15", at(10, 15, 0), Zone::Unwritten),
            ("14 de septiembre de 2026, 10:15 p. m.", at(22, 15, 0), Zone::Unwritten),
            ("2026年9月14日（月）午後3時15分", at(15, 15, 0), Zone::Unwritten),
            ("2026. 9. 14. 오전 12:15:00", at(0, 15, 0), Zone::Unwritten),
            ("2026年9月14日 下午3:15", at(15, 15, 0), Zone::Unwritten),
        ] {
            let found = coder.readings(cell.as_bytes()).expect(cell);
            assert_eq!(found.days.day_first, date, "{cell}");
            assert_eq!((found.second, found.zone), (second, zone), "{cell}");
        }
    }

    #[test]
    fn days_are_read_both_ways() {
        let mut coder = coder(None);
        let mut readings = |cell: &str| coder.readings(cell.as_bytes()).map(|found| found.days);
        let both = |day_first, month_first| Ok(DateReadings { day_first, month_first, month_only: false });
        assert_eq!(readings("04/12/2018 11:11:26 AM"), both(day(2018, 12, 4), day(2018, 4, 12)));
        assert_eq!(readings("04/13/2018 11:11:26 AM"), both(None, day(2018, 4, 13)));
        assert_eq!(readings("13/04/2018 23:11"), both(day(2018, 4, 13), None));
        assert!(readings("2026-09").is_ok_and(|days| days.month_only));
    }

    #[test]
    fn blanks_and_nonsense() {
        let mut coder = coder(None);
        for cell in ["", "  ", "na", "0000-00-00 00:00:00"] {
            assert_eq!(coder.readings(cell.as_bytes()), Err(Missing::Blank), "{cell:?}");
        }
        for cell in [
            "soon",
            "10:15",
            "2026-02-30 10:15",
            "2026-09-14 25:00",
            "2026-09-14 24:01",
            "2026-09-14 10:60",
            "2026-09-14 10:15 +15:00",
            "2026-09-14T10:15:00-14:01",
            "1899-09-14 10:15",
        ] {
            assert_eq!(coder.readings(cell.as_bytes()), Err(Missing::Invalid), "{cell}");
        }
        assert_eq!(coder.readings(b"2026-09-14 10:15\xff"), Err(Missing::Invalid));
    }

    #[test]
    fn a_moment_that_means_blank_is_blank() {
        let stands_for_none = ["1970-01-01 00:00:00".to_owned(), "01/01/1900 12:00:00 AM".to_owned()];
        let mut coder = MomentCoder::new(None, &stands_for_none).expect("no format");
        for cell in stands_for_none {
            assert_eq!(coder.readings(cell.as_bytes()), Err(Missing::Blank), "{cell}");
        }
        assert!(coder.readings(b"1970-01-01 00:00:01").is_ok());
    }

    #[test]
    fn a_format_is_the_only_one() {
        let mut coder = coder(Some("%d/%m/%Y %H:%M"));
        let found = coder.readings(b"03/04/2026 15:07").expect("in the format");
        assert_eq!((found.days.day_first, found.days.month_first), (day(2026, 4, 3), day(2026, 4, 3)));
        assert_eq!(found.second, at(15, 7, 0));
        assert_eq!(coder.readings(b"2026-04-03 15:07"), Err(Missing::Invalid));
        assert!(MomentCoder::new(Some("%H"), &[]).is_err());
    }

    proptest! {
        #[test]
        fn the_day_is_that_of_dates(text in any::<String>(), shaped in "[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{2,4}[ T]{0,2}[0-9]{0,2}:?[0-9]{0,2}(:[0-9]{2})?[ ]?([AaPp][Mm])?[+Z-]?[0-9:]{0,5}") {
            let mut moments = coder(None);
            let mut dates = DateCoder::new(None, &missing()).expect("no format");
            for text in [text, shaped] {
                match moments.readings(text.as_bytes()) {
                    Ok(found) => {
                        prop_assert_eq!(dates.readings(text.as_bytes()), Ok(found.days));
                        prop_assert!(found.second.is_none_or(|second| second <= 86_400));
                    }
                    Err(Missing::Blank) => prop_assert_eq!(dates.readings(text.as_bytes()), Err(Missing::Blank)),
                    Err(_) => {}
                }
            }
        }

        #[test]
        fn every_second_in_every_form(second in 0_u32..86_400) {
            let (hour, minute, rest) = (second / 3_600, second / 60 % 60, second % 60);
            let half = if hour < 12 { "AM" } else { "PM" };
            let dial = if hour % 12 == 0 { 12 } else { hour % 12 };
            let mut coder = coder(None);
            for text in [
                format!("2026-09-14T{hour:02}:{minute:02}:{rest:02}"),
                format!("20260914{hour:02}{minute:02}{rest:02}"),
                format!("14.09.2026 {hour}:{minute:02}:{rest:02}"),
                format!("09/14/2026 {dial:02}:{minute:02}:{rest:02} {half}"),
                format!("14 septembre 2026 à {hour:02}:{minute:02}:{rest:02}"),
                format!("2026年9月14日 {}{dial}時{minute:02}分{rest:02}秒", if hour < 12 { "午前" } else { "午後" }),
            ] {
                let found = coder.readings(text.as_bytes()).map(|found| found.second);
                prop_assert_eq!(found, Ok(Some(second)), "{}", text);
            }
        }
    }
}
