//! The formats of most files, read without looking anything up.
//!
//! Only texts are read that stand exactly as the format writes them; for all others it says nothing, and they are read
//! the long way, with the same result.

use chrono::NaiveDate;
use chrono::format::{Fixed, Item, Numeric};

use super::clock::Clock;
use super::half::Half;
use super::tail::clock;
use super::{date, short_year};

/// A format of days and times of day in figures.
#[derive(Clone, Debug)]
pub(super) struct QuickFormat(Vec<Step>);

#[derive(Clone, Debug)]
enum Step {
    Literal(Vec<u8>),
    /// A field of two digits.
    Field(usize),
    Year,
    Half,
}

/// The fields of two digits.
const DAY: usize = 0;
const MONTH: usize = 1;
const SHORT_YEAR: usize = 2;
const HOUR: usize = 3;
const DIAL: usize = 4;
const MINUTE: usize = 5;
const SECOND: usize = 6;
const FIELDS: usize = 7;

impl QuickFormat {
    /// The quick way of a format, if it has one: a day, and no time of day or one that is whole.
    pub(super) fn of(items: &[Item<'_>]) -> Option<Self> {
        let (mut steps, mut counts) = (Vec::with_capacity(items.len()), [0_u8; FIELDS]);
        let (mut years, mut halves) = (0, 0);
        for item in items {
            let field = match item {
                Item::Literal(text) | Item::Space(text) => {
                    steps.push(Step::Literal(text.as_bytes().to_vec()));
                    continue;
                }
                Item::OwnedLiteral(text) | Item::OwnedSpace(text) => {
                    steps.push(Step::Literal(text.as_bytes().to_vec()));
                    continue;
                }
                Item::Numeric(Numeric::Year, _) => {
                    years += 1;
                    steps.push(Step::Year);
                    continue;
                }
                Item::Fixed(Fixed::UpperAmPm | Fixed::LowerAmPm) => {
                    halves += 1;
                    steps.push(Step::Half);
                    continue;
                }
                Item::Numeric(Numeric::Day, _) => DAY,
                Item::Numeric(Numeric::Month, _) => MONTH,
                Item::Numeric(Numeric::YearMod100, _) => SHORT_YEAR,
                Item::Numeric(Numeric::Hour, _) => HOUR,
                Item::Numeric(Numeric::Hour12, _) => DIAL,
                Item::Numeric(Numeric::Minute, _) => MINUTE,
                Item::Numeric(Numeric::Second, _) => SECOND,
                _ => return None,
            };
            counts[field] += 1;
            steps.push(Step::Field(field));
        }
        let [day, month, short_year, hour, dial, minute, second] = counts;
        let is_day = day == 1 && month == 1 && years + short_year == 1;
        let is_time = match (hour, dial, halves, minute) {
            (0, 0, 0, 0) => second == 0,
            (1, 0, 0, 1) | (0, 1, 1, 1) => second <= 1,
            _ => false,
        };
        (is_day && is_time).then_some(Self(steps))
    }

    /// What a trimmed text says that stands just as the format writes it.
    pub(super) fn read(&self, text: &[u8]) -> Option<(NaiveDate, Clock)> {
        let (mut rest, mut fields, mut year, mut half) = (text, [None; FIELDS], None, None);
        for step in &self.0 {
            match step {
                Step::Literal(literal) => rest = rest.strip_prefix(literal.as_slice())?,
                Step::Field(field) => {
                    let (digits, after) = rest.split_first_chunk::<2>()?;
                    *fields.get_mut(*field)? = Some(number(digits)?);
                    rest = after;
                }
                Step::Year => {
                    let (digits, after) = rest.split_first_chunk::<4>()?;
                    year = i32::try_from(number(digits)?).ok();
                    rest = after;
                }
                Step::Half => {
                    let ([letter, b'm' | b'M'], after) = rest.split_first_chunk::<2>()? else { return None };
                    half = match letter {
                        b'a' | b'A' => Some(Half::Before),
                        b'p' | b'P' => Some(Half::After),
                        _ => return None,
                    };
                    rest = after;
                }
            }
        }
        let [day, month, in_century, hour, dial, minute, second] = fields;
        let date = date(year.or(in_century.map(short_year))?, month?, day?)?;
        let behind = clock(rest)?;
        let hour = match (hour, dial, half) {
            (Some(hour), ..) => Some(hour).filter(|hour| *hour < 24),
            (None, Some(dial), Some(half)) => (1..=12).contains(&dial).then(|| half.hour(dial)),
            _ => return Some((date, behind)),
        };
        let (minute, second) = (minute?, second.unwrap_or(0));
        let second = hour.filter(|_| minute < 60 && second <= 60)? * 3_600 + minute * 60 + second;
        Some((date, Clock { second: Some(second), zone: behind.zone }))
    }
}

/// The number of some digits.
fn number(digits: &[u8]) -> Option<u32> {
    let digit = |number: u32, byte: &u8| {
        byte.is_ascii_digit().then(|| number * 10 + u32::from(byte.wrapping_sub(b'0')))
    };
    digits.iter().try_fold(0, digit)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::format::DateFormat;

    const FORMATS: [&str; 9] = [
        "%d/%m/%Y",
        "%d/%m/%Y %H:%M",
        "%m/%d/%Y %I:%M:%S %p",
        "%d.%m.%y %H:%M:%S",
        "%Y%m%d%H%M%S",
        "%F %T",
        "am %d.%m.%Y um %H:%M Uhr",
        "%Y-%m-%dT%H:%M",
        "%y/%m/%d",
    ];

    #[test]
    fn most_formats_have_a_quick_way_and_others_none() {
        for format in FORMATS {
            assert!(DateFormat::new(format).is_ok_and(|format| format.has_quick_way()), "{format}");
        }
        for format in
            ["%d %b %Y", "%m.%Y", "%d/%m/%Y %H", "%d/%m/%Y %I:%M", "%d/%m/%Y %H:%M:%S%z", "%s", "%j %Y"]
        {
            assert!(DateFormat::new(format).map_or(true, |format| !format.has_quick_way()), "{format}");
        }
    }

    proptest! {
        #[test]
        fn the_quick_way_is_the_long_way(
            format in prop::sample::select(FORMATS.to_vec()),
            fields in ((0_u32..40, 0_u32..15), 1890_u32..2210, (0_u32..26, 0_u32..62, 0_u32..63)),
            behind in prop::sample::select(vec!["", " ", " 10:15", "Z", " +02:00", " pm", "x", ":30", " 10:15 +99:00"]),
            any in ".{0,20}",
        ) {
            let ((day, month), year, (hour, minute, second)) = fields;
            let two = |number: u32| format!("{number:02}");
            let half = if year % 2 == 0 { "AM" } else { "pm" };
            let text = format
                .replace("%F", "%Y-%m-%d")
                .replace("%T", "%H:%M:%S")
                .replace("%d", &two(day))
                .replace("%m", &two(month))
                .replace("%Y", &year.to_string())
                .replace("%y", &two(year % 100))
                .replace("%H", &two(hour))
                .replace("%I", &two(hour % 14))
                .replace("%M", &two(minute))
                .replace("%S", &two(second))
                .replace("%p", half);
            let format = DateFormat::new(format).expect("a format");
            for text in [text.clone() + behind, text.clone(), any, text.replace('0', "")] {
                let text = text.trim();
                if let Some(quick) = format.read_quickly(text.as_bytes()) {
                    prop_assert_eq!(format.read_moment(text), Some(quick), "{}", text);
                }
            }
            if (1..=28).contains(&day) && (1..=12).contains(&month) && (1900..=2200).contains(&year) {
                let is_time = hour < 24 && (1..=12).contains(&(hour % 14)) && minute < 60 && second < 60;
                prop_assert!(!is_time || format.read_quickly(text.as_bytes()).is_some(), "{}", text);
            }
        }

        #[test]
        fn counts_are_read_quickly_too(whole in 0_u64..4_000_000_000, places in 0_usize..9, fraction in any::<u32>(), other in "[0-9.,e+-]{0,14}") {
            let decimals = format!("{fraction:09}");
            for text in [whole.to_string(), format!("{whole}.{}", &decimals[..=places]), other] {
                for format in ["excel", "unix", "unix_ms"] {
                    let format = DateFormat::new(format).expect("a count");
                    if let Some(quick) = format.read_quickly(text.as_bytes()) {
                        prop_assert_eq!(format.read_moment(&text), Some(quick), "{}", text);
                    }
                }
            }
        }
    }
}
