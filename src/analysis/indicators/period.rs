//! The period that a label names: a day, week, month, quarter, half or year, of the calendar or of fiscal years.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::analysis::trend::period::number;
use crate::prepare::wave_of;
use crate::survey::Period;

/// Where fiscal years begin and how they are called.
#[derive(Clone, Copy, Debug)]
pub(super) struct FiscalYear {
    /// The month in which they start, 1 to 12; 1 where the definition names none.
    pub(super) start: u32,
    /// Whether they are named after the calendar year in which they end.
    pub(super) named_end: bool,
}

/// A period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LabelPeriod {
    /// Its label as csat writes it: `2026-Q3`.
    pub(super) label: String,
    /// Its length.
    pub(super) every: Period,
    /// Whether it is part of a fiscal year, or one.
    pub(super) fiscal: bool,
    /// Its place among periods of its length.
    pub(super) number: i64,
    /// Its first and its last day; none of a fiscal year that begins nobody knows when.
    pub(super) days: Option<(NaiveDate, NaiveDate)>,
}

impl LabelPeriod {
    /// The period of a label in csat's way of writing or a near one (`2026Q3`, `Q3 2026`, `09/2026`, `KW 38 2026`).
    pub(super) fn parse(text: &str, year: FiscalYear) -> Option<Self> {
        let text = text.trim().to_uppercase();
        let text =
            text.strip_suffix("00:00:00").map_or(text.as_str(), |day| day.trim_end_matches(['T', ' ']));
        if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            return Self::of_day(day, Period::Day, None);
        }
        let (fiscal, rest) = text.strip_prefix("FY").map_or((false, text), |rest| (true, rest));
        let (name, every, part) = parts(rest)?;
        match (fiscal, every) {
            (true, Period::Week | Period::Month) => None,
            (true, _) if year.start == 1 => Self::undated(name, every, part),
            (true, _) => {
                let starts_in = if year.named_end { name - 1 } else { name };
                Self::of_day(
                    month_begins(starts_in, year.start - 1 + months(every) * (part - 1))?,
                    every,
                    Some(year),
                )
            }
            (false, Period::Week) => {
                Self::of_day(NaiveDate::from_isoywd_opt(name, part, Weekday::Mon)?, every, None)
            }
            (false, _) => Self::of_day(month_begins(name, months(every) * (part - 1))?, every, None),
        }
    }

    /// The longer period that it lies in; a week lies where its Thursday does. `None` where it reaches into two, for one
    /// that is no longer, and for one without days.
    pub(super) fn within(&self, every: Period, year: FiscalYear) -> Option<Self> {
        if every == self.every {
            return Some(self.clone());
        }
        let (first, last) = self.days?;
        let is_week = self.every == Period::Week;
        let first = if is_week { first.checked_add_days(Days::new(3))? } else { first };
        let one = Self::of_day(first, every, Some(year))?;
        let is_longer = one.days.is_some_and(|(begins, ends)| is_week || (begins <= first && last <= ends));
        (is_longer && rank(every) > rank(self.every)).then_some(one)
    }

    /// Whether it was over at the end of a day; one without days is.
    pub(super) fn is_over(&self, day: NaiveDate) -> bool {
        self.days.is_none_or(|(_, last)| last <= day)
    }

    /// The period of a day; of fiscal years where `year` is given and they are not those of the calendar.
    fn of_day(day: NaiveDate, every: Period, year: Option<FiscalYear>) -> Option<Self> {
        let year = year.unwrap_or(FiscalYear { start: 1, named_end: true });
        let wave = wave_of(day, every, year.start, year.named_end);
        let length = u64::from(months(every).max(1)) - 1;
        let first = match every {
            Period::Day => day,
            Period::Week => wave.last_day.checked_sub_days(Days::new(6))?,
            _ => wave
                .last_day
                .with_day(1)?
                .checked_sub_months(chrono::Months::new(u32::try_from(length).ok()?))?,
        };
        Some(Self {
            number: number(&wave.label)?.into(),
            fiscal: wave.label.starts_with("FY"),
            label: wave.label,
            every,
            days: Some((first, wave.last_day)),
        })
    }

    /// A period of a fiscal year that begins nobody knows when.
    fn undated(year: i32, every: Period, part: u32) -> Option<Self> {
        let label = match every {
            Period::Year => format!("FY{year:04}"),
            Period::Half => format!("FY{year:04}-H{part}"),
            _ => format!("FY{year:04}-Q{part}"),
        };
        Some(Self { number: number(&label)?.into(), label, every, fiscal: true, days: None })
    }
}

/// Periods by their length.
pub(super) fn rank(every: Period) -> u8 {
    match every {
        Period::Day => 0,
        Period::Week => 1,
        Period::Month => 2,
        Period::Quarter => 3,
        Period::Half => 4,
        Period::Year => 5,
    }
}

/// Year, length and number of a period in it.
fn parts(text: &str) -> Option<(i32, Period, u32)> {
    let pieces: Vec<&str> =
        text.split(|letter: char| !letter.is_alphanumeric()).filter(|piece| !piece.is_empty()).collect();
    let (year, part) = match pieces.as_slice() {
        [one] => (one.get(..4)?, one.get(4..)?.to_owned()),
        [first, rest @ ..] if is_year(first) => (*first, joined(rest)?),
        [rest @ .., last] if is_year(last) => (*last, joined(rest)?),
        _ => return None,
    };
    let year: i32 = year.parse().ok().filter(|_| is_year(year))?;
    if part.is_empty() {
        return Some((year, Period::Year, 1));
    }
    let digits = part.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let letters = part.get(..part.len() - digits.len())?;
    let (every, most) = match letters {
        "Q" | "T" => (Period::Quarter, 4),
        "H" | "S" => (Period::Half, 2),
        "W" | "KW" => (Period::Week, 53),
        "" | "M" => (Period::Month, 12),
        _ => return None,
    };
    // A number of more digits is something else, such as a day.
    let number: u32 =
        digits.parse().ok().filter(|number| (1..=most).contains(number) && digits.len() <= 2)?;
    Some((year, every, number))
}

/// What a period is called beside its year: `Q3`, or a word and a number apart. Two numbers would be a day.
fn joined(pieces: &[&str]) -> Option<String> {
    match pieces {
        [one] => Some((*one).to_owned()),
        [word, number] if word.chars().all(char::is_alphabetic) => Some([*word, *number].concat()),
        _ => None,
    }
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse().is_ok_and(|year: u32| (1900..=2200).contains(&year))
}

fn months(every: Period) -> u32 {
    match every {
        Period::Day | Period::Week => 0,
        Period::Month => 1,
        Period::Quarter => 3,
        Period::Half => 6,
        Period::Year => 12,
    }
}

/// The first day of the month that is so many months after January.
fn month_begins(year: i32, months: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year + i32::try_from(months / 12).ok()?, months % 12 + 1, 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CALENDAR: FiscalYear = FiscalYear { start: 1, named_end: true };
    const APRIL: FiscalYear = FiscalYear { start: 4, named_end: true };

    fn parsed(text: &str, year: FiscalYear) -> Option<(String, String, String)> {
        let found = LabelPeriod::parse(text, year)?;
        let (first, last) = found.days?;
        Some((found.label, first.to_string(), last.to_string()))
    }

    #[test]
    fn labels_of_every_length_and_near_ways_of_writing() {
        for (text, label, first, last) in [
            ("2026-Q3", "2026-Q3", "2026-07-01", "2026-09-30"),
            (" q3 2026 ", "2026-Q3", "2026-07-01", "2026-09-30"),
            ("2026T3", "2026-Q3", "2026-07-01", "2026-09-30"),
            ("2026-09", "2026-09", "2026-09-01", "2026-09-30"),
            ("2/2024", "2024-02", "2024-02-01", "2024-02-29"),
            ("2026", "2026", "2026-01-01", "2026-12-31"),
            ("2026-H2", "2026-H2", "2026-07-01", "2026-12-31"),
            ("2026-W53", "2026-W53", "2026-12-28", "2027-01-03"),
            ("KW 38 2026", "2026-W38", "2026-09-14", "2026-09-20"),
            ("2026-09-30", "2026-09-30", "2026-09-30", "2026-09-30"),
            ("2026-09-30 00:00:00", "2026-09-30", "2026-09-30", "2026-09-30"),
            ("2026-1-2", "2026-01-02", "2026-01-02", "2026-01-02"),
        ] {
            let expected = (label.to_owned(), first.to_owned(), last.to_owned());
            assert_eq!(parsed(text, CALENDAR), Some(expected), "{text}");
        }
        for text in
            ["", "spring", "2026-13", "2026-Q5", "2025-W53", "1/2/2026", "20260930", "FY2026-07", "Q3"]
        {
            assert_eq!(LabelPeriod::parse(text, CALENDAR), None, "{text}");
        }
    }

    #[test]
    fn fiscal_years_are_those_of_the_definition() {
        let quarter = ("FY2026-Q1".to_owned(), "2025-04-01".to_owned(), "2025-06-30".to_owned());
        assert_eq!(parsed("FY2026-Q1", APRIL), Some(quarter));
        let year = LabelPeriod::parse("FY2026", FiscalYear { start: 4, named_end: false }).unwrap();
        assert_eq!(
            (year.label.as_str(), year.days.unwrap().0.to_string()),
            ("FY2026", "2026-04-01".to_owned())
        );
        let unknown = LabelPeriod::parse("fy2026 q1", CALENDAR).unwrap();
        assert_eq!((unknown.label.as_str(), unknown.days, unknown.fiscal), ("FY2026-Q1", None, true));
    }

    #[test]
    fn shorter_periods_lie_in_longer_ones_or_in_none() {
        let within = |text: &str, every, year| {
            LabelPeriod::parse(text, year).unwrap().within(every, year).map(|found| found.label)
        };
        assert_eq!(within("2026-09", Period::Quarter, CALENDAR).as_deref(), Some("2026-Q3"));
        assert_eq!(within("2026-09-30", Period::Month, CALENDAR).as_deref(), Some("2026-09"));
        assert_eq!(
            within("2026-W53", Period::Month, CALENDAR).as_deref(),
            Some("2026-12"),
            "by its Thursday"
        );
        assert_eq!(within("2026-03", Period::Quarter, APRIL).as_deref(), Some("FY2026-Q4"));
        assert_eq!(within("2026-Q3", Period::Month, CALENDAR), None, "longer");
        assert_eq!(within("2026-Q1", Period::Year, FiscalYear { start: 2, named_end: true }), None, "in two");
        assert_eq!(within("2026-Q1", Period::Quarter, CALENDAR).as_deref(), Some("2026-Q1"));
    }

    proptest! {
        #[test]
        fn every_label_that_csat_writes_reads_back(days in 0_u64..80_000, start in 1_u32..=12, named_end: bool) {
            let date = NaiveDate::from_ymd_opt(1950, 1, 1).unwrap() + Days::new(days);
            let year = FiscalYear { start, named_end };
            for every in [Period::Day, Period::Week, Period::Month, Period::Quarter, Period::Half, Period::Year] {
                let wave = wave_of(date, every, start, named_end);
                let found = LabelPeriod::parse(&wave.label, year).unwrap();
                let (first, last) = found.days.unwrap();
                prop_assert_eq!(&found.label, &wave.label);
                prop_assert!(first <= date && date <= last && last == wave.last_day);
                prop_assert_eq!(found.every, every);
                let before = LabelPeriod::of_day(first.pred_opt().unwrap(), every, Some(year)).unwrap();
                prop_assert_eq!(before.number + 1, found.number, "periods follow each other");
            }
        }

        #[test]
        fn no_text_is_too_much(text in "\\PC{0,20}") {
            let _ = LabelPeriod::parse(&text, CALENDAR);
            let _ = LabelPeriod::parse(&text, APRIL);
        }
    }
}
