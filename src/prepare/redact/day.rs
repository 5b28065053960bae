//! Moments cut to their day: to the second hardly two people answer at one time, by the day many do.

use std::borrow::Cow;

use crate::survey::inference::is_date_text;
use crate::survey::is_written_date;

/// How the day of a moment is written, so that it is read as the moment was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayForm {
    /// The time goes.
    Cut,
    /// The time becomes midnight, as the definition says that there is one.
    Midnight,
    /// Whole days of a count of days.
    Days,
    /// Whole days of a count of this many in a day.
    Units(u64),
}

/// The words of times of day that may stay behind a date, cut off one at a time.
const MOST_WORDS: usize = 3;

/// The number that a workbook gives to 31 December 1900.
const LAST_DAY_OF_1900: u32 = 366;

impl DayForm {
    /// The form for a column whose dates are written like this; none is any.
    pub fn of(format: Option<&str>) -> Self {
        match format {
            None => Self::Cut,
            Some("excel") => Self::Days,
            Some("unix") => Self::Units(86_400),
            Some("unix_ms") => Self::Units(86_400_000),
            Some(format) => {
                let has_time = ["%H", "%I", "%k", "%l", "%T", "%R", "%X", "%p", "%c", "%s", "%r", "%+"]
                    .iter()
                    .any(|part| format.contains(part));
                if has_time { Self::Midnight } else { Self::Cut }
            }
        }
    }

    /// Whether it is a time of day only, the day being one that programs write where there is none: 30 December 1899,
    /// 1 January 1900. Nobody answered before 1901.
    pub(super) fn is_time_of_day(self, text: &str) -> bool {
        let Some(day) = self.day(text) else { return false };
        match self {
            Self::Days => day.parse::<u32>().is_ok_and(|days| days <= LAST_DAY_OF_1900),
            Self::Units(_) => false,
            Self::Cut | Self::Midnight => is_before_1901(&day),
        }
    }

    /// The day of a moment; none where it is one already, or nothing that is known.
    pub(super) fn day(self, text: &str) -> Option<Cow<'_, str>> {
        let text = text.trim();
        let day = match self {
            Self::Cut => Cow::Borrowed(without_time(text)?),
            Self::Midnight => Cow::Owned(at_midnight(text)?),
            Self::Days => {
                let (days, _) = text.split_once(['.', ',']).filter(|(days, _)| is_count(days))?;
                Cow::Borrowed(days)
            }
            Self::Units(units) => {
                let (count, _) = text.split_once('.').unwrap_or((text, ""));
                let count: u64 = Some(count).filter(|count| is_count(count))?.parse().ok()?;
                Cow::Owned((count - count % units).to_string())
            }
        };
        (day != text).then_some(day)
    }
}

/// Whether the year of four digits in a date is 1900 or less.
fn is_before_1901(day: &str) -> bool {
    let first =
        day.split(|letter: char| !letter.is_ascii_digit()).find(|digits| matches!(digits.len(), 4 | 8));
    first.and_then(|digits| digits.get(..4)?.parse::<u32>().ok()).is_some_and(|year| year <= 1900)
}

fn is_count(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The date before a time.
fn without_time(text: &str) -> Option<&str> {
    let first = text.split(['T', ' ']).next().unwrap_or_default().trim_end_matches(',');
    let is_compact = |text: &str| is_count(text) && text.len() == 8 && is_date_text(text);
    if first.len() < text.len() && (is_written_date(first) || is_compact(first)) {
        return Some(first);
    }
    if is_count(text) && text.len() == 14 {
        return text.get(..8).filter(|day| is_date_text(day));
    }
    let time = time(text)?;
    let mut day = text[..time].trim_end_matches(is_gap);
    for _ in 0..=MOST_WORDS {
        if is_date_text(day) && !ends_with_a_word(day) {
            return Some(day);
        }
        let (before, _) = day.rsplit_once(' ')?;
        day = before.trim_end_matches(is_gap);
    }
    None
}

/// Whether something that is no part of a date ends it: `14 September 2026 at`.
fn ends_with_a_word(day: &str) -> bool {
    let last = day.rsplit(' ').next().unwrap_or_default();
    day.contains(' ') && !last.chars().any(char::is_numeric)
}

fn is_gap(letter: char) -> bool {
    letter.is_whitespace() || letter == ','
}

/// Where a time of day begins: figures, a colon, two figures.
fn time(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    text.match_indices(':').find_map(|(colon, _)| {
        let hours = (1..=2).take_while(|back| colon >= *back && is_digit(colon - back)).count();
        (hours > 0 && is_digit(colon + 1) && is_digit(colon + 2)).then(|| colon - hours)
    })
}

/// The text with midnight for its time.
fn at_midnight(text: &str) -> Option<String> {
    let begin = time(text)?;
    let tail = &text[begin..];
    let lower = tail.to_ascii_lowercase();
    let has_halves = ["am", "pm"].iter().any(|half| lower.contains(half));
    let length = tail.find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, ':' | '.'));
    let (clock, zone) = tail.split_at(length.unwrap_or(tail.len()));
    let (hours, rest) = clock.split_once(':')?;
    let hours = if has_halves { "12".to_owned() } else { "0".repeat(hours.len()) };
    let rest: String =
        rest.chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect();
    let zone = zone.replace("PM", "AM").replace("pm", "am").replace("Pm", "Am");
    Some(format!("{}{hours}:{rest}{zone}", &text[..begin]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_become_days() {
        for (text, day) in [
            ("2026-09-14 10:22:33", "2026-09-14"),
            ("2026-09-14T10:22:33Z", "2026-09-14"),
            ("2026-09-14T23:22:33.123-08:00", "2026-09-14"),
            ("9/14/26 15:29", "9/14/26"),
            ("14.09.2026, 15:29", "14.09.2026"),
            ("14.09.2026 15.29", "14.09.2026"),
            ("2026/10/04 10:15:00 AM GMT+5:30", "2026/10/04"),
            ("Sep 14, 2026 3:29 PM", "Sep 14, 2026"),
            ("Monday, 14 September 2026 at 10:15 PM", "Monday, 14 September 2026"),
            ("2026年10月4日 10:15", "2026年10月4日"),
            ("2026. 10. 4. 오전 10:15", "2026. 10. 4."),
            ("20260914102233", "20260914"),
            ("20260914T102233", "20260914"),
        ] {
            assert_eq!(DayForm::Cut.day(text).as_deref(), Some(day), "{text}");
            assert_eq!(DayForm::Cut.day(day), None, "{day}");
        }
        for text in ["", "14.09.2026", "10:15", "call me at 10:15", "46299.5", "é:00"] {
            assert_eq!(DayForm::Cut.day(text), None, "{text}");
        }
    }

    #[test]
    fn a_placeholder_for_a_day_leaves_a_time_of_day() {
        for text in ["12/31/1899 06:15:00 PM", "1900-01-01T10:22:33", "30.12.1899 9:15"] {
            assert!(DayForm::Cut.is_time_of_day(text), "{text}");
        }
        for text in ["12/31/1999 06:15:00 PM", "1901-01-01 10:22", "06:15", "12/31/1899", "soon"] {
            assert!(!DayForm::Cut.is_time_of_day(text), "{text}");
        }
        assert!(DayForm::of(Some("%m/%d/%Y %H:%M")).is_time_of_day("12/31/1899 18:15"));
        assert!(DayForm::Days.is_time_of_day("0.75") && !DayForm::Days.is_time_of_day("46299.75"));
    }

    #[test]
    fn days_are_written_as_the_definition_reads_moments() {
        let day = |format: &str, text: &str| DayForm::of(Some(format)).day(text).map(Cow::into_owned);
        assert_eq!(day("%d/%m/%Y", "14/09/2026 10:15").as_deref(), Some("14/09/2026"));
        assert_eq!(day("%d/%m/%Y %H:%M:%S", "14/09/2026 9:15:59").as_deref(), Some("14/09/2026 0:00:00"));
        assert_eq!(day("%m/%d/%Y %I:%M %p", "09/14/2026 9:15 PM").as_deref(), Some("09/14/2026 12:00 AM"));
        assert_eq!(day("excel", "46299.75").as_deref(), Some("46299"));
        assert_eq!(day("unix", "1789000000").as_deref(), Some("1788998400"));
        assert_eq!(day("unix_ms", "1789000000123").as_deref(), Some("1788998400000"));
        assert_eq!(day("unix", "never"), None);
    }
}
