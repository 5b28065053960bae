//! Dates of two-digit years that may have the year first: `26/01/14`, which is also the 26th of January 2014.
//!
//! A text alone does not tell. A column does: years are few, recent and in a row, days spread over the month, and nobody
//! answers in years to come. Without such evidence the year is last, as it mostly is. Refused: columns in which more than
//! few first fields are no year from 2010 to 2045, or in which texts cannot be read so.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

/// How many texts that can be read with the year first must stand against one that cannot.
const BY_FAR: u64 = 10;

/// First fields that are a year of a survey.
const YEARS: std::ops::RangeInclusive<u32> = 10..=45;

/// The most years, and the age of the newest, of a column that has the year first.
const FEW_YEARS: u32 = 6;

/// From this many different numbers on they spread like days of a month.
const MANY_DAYS: usize = 10;

/// Numbers further apart than this are days rather than years.
const WIDE: u32 = 15;

/// The oldest year of which a caution is worth a word.
const PLAUSIBLE: u32 = 15;

/// No earlier year is today: that in which this was written.
const EARLIEST_TODAY: u32 = 26;

/// Where the year of two digits stands in the dates of a column; formats are in the notation of strftime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum YearPlace {
    /// Behind day and month, or in four digits, or there is none.
    Last,
    /// In front, in this format.
    First(String),
    /// Read behind day and month; it could stand in front, in this format.
    Open(String),
}

/// What the dates of a column say about a year in front.
#[derive(Clone, Debug, Default)]
pub struct YearFirst {
    /// Dates that can be read so.
    can: u64,
    /// Dates of any other kind.
    cannot: u64,
    /// The first fields, and how many rows have them.
    firsts: BTreeMap<u32, u64>,
    /// The last fields.
    lasts: BTreeMap<u32, u64>,
}

impl YearFirst {
    /// Where the year stands in these texts, each with its rows, at a date where one is known.
    pub fn place<'a>(values: impl Iterator<Item = (&'a str, u64)>, as_of: Option<NaiveDate>) -> YearPlace {
        let mut seen = Self::default();
        let mut found = None;
        for (text, rows) in values.filter(|(text, _)| !text.trim().is_empty()) {
            let split = Split::of(text).filter(|split| split.fields.is_some());
            seen.add(split.as_ref().and_then(|split| split.fields), rows);
            found = found.or(split);
        }
        let today = as_of.and_then(|day| u32::try_from(day.year() - 2000).ok());
        // A report of an earlier day may be made anew from a file that went on.
        let today = today.map(|year| year.max(EARLIEST_TODAY));
        match found.map(|split| split.format()) {
            Some(format) => seen.judge(today, format),
            None => YearPlace::Last,
        }
    }

    /// The format of a column that has the year first whatever the date is.
    pub fn format<'a>(values: impl Iterator<Item = (&'a str, u64)>) -> Option<String> {
        match Self::place(values, None) {
            YearPlace::First(format) => Some(format),
            YearPlace::Last | YearPlace::Open(_) => None,
        }
    }

    /// The format with the year last instead of first.
    pub fn turned(format: &str) -> String {
        format
            .chars()
            .map(|letter| match letter {
                'y' => 'd',
                'd' => 'y',
                other => other,
            })
            .collect()
    }

    fn add(&mut self, fields: Option<(u32, u32)>, rows: u64) {
        match fields {
            Some((first, last)) => {
                self.can += rows;
                *self.firsts.entry(first).or_default() += rows;
                *self.lasts.entry(last).or_default() += rows;
            }
            None => self.cannot += rows,
        }
    }

    fn judge(&self, today: Option<u32>, format: String) -> YearPlace {
        if self.can / BY_FAR < self.cannot {
            return YearPlace::Last;
        }
        let (Some((oldest, newest)), Some((lowest, highest))) = (ends(&self.firsts), ends(&self.lasts))
        else {
            return YearPlace::Last;
        };
        let now = today.unwrap_or(EARLIEST_TODAY);
        let to_come = |year: u32| today.is_some_and(|today| year > today);
        if to_come(newest) && !to_come(highest) {
            return YearPlace::Last;
        }
        let is_recent = newest + FEW_YEARS >= now && !to_come(newest);
        // A field day planned for next year, or a slip in a row, is no proof.
        let far_to_come: u64 = match today {
            Some(today) => self.lasts.range(today + 2..).map(|(_, rows)| rows).sum(),
            None => 0,
        };
        if is_recent && far_to_come > self.can / 2 {
            return YearPlace::First(format);
        }
        let are_few_years = is_run(&self.firsts) && newest - oldest < FEW_YEARS && is_recent;
        let spread = self.lasts.len() >= MANY_DAYS || (today.is_some() && highest - lowest > WIDE);
        // A yearly field day, such as each 25th of a month, has years in a row behind.
        let may_be_years =
            is_run(&self.lasts) && lowest >= 5 && today.is_none_or(|today| highest <= today + 1);
        if are_few_years && spread && !may_be_years {
            return YearPlace::First(format);
        }
        if oldest >= PLAUSIBLE && newest <= now { YearPlace::Open(format) } else { YearPlace::Last }
    }
}

fn ends(numbers: &BTreeMap<u32, u64>) -> Option<(u32, u32)> {
    Some((*numbers.first_key_value()?.0, *numbers.last_key_value()?.0))
}

/// Whether no number between the ends is missing.
fn is_run(numbers: &BTreeMap<u32, u64>) -> bool {
    numbers.keys().zip(numbers.keys().skip(1)).all(|(one, next)| one + 1 == *next)
}

/// A text that begins with three numbers of at most two digits.
struct Split {
    separator: char,
    has_spaces: bool,
    /// The first and the last number, where the first may be a year and the last the day.
    fields: Option<(u32, u32)>,
}

impl Split {
    fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        let separator = text.chars().find(|character| !character.is_ascii_digit())?;
        if !matches!(separator, '/' | '-' | '.') {
            return None;
        }
        let mut parts = text.splitn(3, separator);
        let (first, month, rest) = (parts.next()?, parts.next()?, parts.next()?);
        let has_spaces = month.starts_with(' ');
        let (month, rest) = (month.trim_start(), rest.trim_start());
        let last = &rest[..rest.bytes().take_while(u8::is_ascii_digit).count()];
        let number = |digits: &str, lengths: std::ops::RangeInclusive<usize>| {
            lengths.contains(&digits.len()).then(|| digits.parse::<u32>().ok()).flatten()
        };
        let fields = || {
            let (first, month, last) = (number(first, 2..=2)?, number(month, 1..=2)?, number(last, 1..=2)?);
            let exists = NaiveDate::from_ymd_opt(2000 + i32::try_from(first).ok()?, month, last).is_some();
            (YEARS.contains(&first) && exists).then_some((first, last))
        };
        Some(Self { separator, has_spaces, fields: fields() })
    }

    fn format(&self) -> String {
        let separator =
            if self.has_spaces { format!("{} ", self.separator) } else { self.separator.to_string() };
        ["%y", "%m", "%d"].join(&separator)
    }
}

#[cfg(test)]
mod tests;
