//! When an organisation works: its weekdays and one span of hours.

use std::fmt;

/// Business hours (`business_hours = "Mon-Fri 09:00-17:00"`), local time, the same span on each day of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BusinessHours {
    /// Which days are worked, Monday first; at least one.
    pub days: [bool; 7],
    /// When the day begins, in minutes after midnight, 0 to 1439.
    pub from: u16,
    /// When it ends, in minutes after midnight, `from` + 1 to 1440.
    pub to: u16,
}

impl Default for BusinessHours {
    /// Monday to Friday, the whole day: what business days are where no hours are written.
    fn default() -> Self {
        Self { days: [true, true, true, true, true, false, false], from: 0, to: DAY }
    }
}

const DAY: u16 = 24 * 60;

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

impl BusinessHours {
    /// How business hours are written, for a complaint about some that are not.
    pub const FORMS: &'static str = "write it like `\"Mon-Fri 09:00-17:00\"`, `\"Mon-Thu, Sat 08:30-12:00\"` or `\"Mon-Sat\"` for whole days";

    /// The hours of a text: weekdays in English, by three letters or whole, as a list and as ranges, which may go round
    /// the end of the week, then one span of hours of at most a day; without a span the whole day. `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().replace(['–', '—'], "-").to_lowercase();
        let hours = text.find(|character: char| character.is_ascii_digit()).unwrap_or(text.len());
        let (days, hours) = text.split_at(hours);
        let days = days_of(days)?;
        let (from, to) = if hours.is_empty() { (0, DAY) } else { span(hours)? };
        Some(Self { days, from, to })
    }

    /// How many minutes a day of work has, 1 to 1440.
    pub const fn minutes(&self) -> u16 {
        self.to.saturating_sub(self.from)
    }
}

fn days_of(text: &str) -> Option<[bool; 7]> {
    let mut days = [false; 7];
    for part in text.split([',', '&', ';']).map(str::trim) {
        let (first, last) = match part.split_once('-') {
            Some((first, last)) => (weekday(first)?, weekday(last)?),
            None => (weekday(part)?, weekday(part)?),
        };
        let length = (last + 7 - first) % 7;
        for day in (first..=first + length).map(|day| day % 7) {
            if let Some(day) = days.get_mut(day) {
                *day = true;
            }
        }
    }
    Some(days)
}

/// The number of a weekday, Monday 0.
fn weekday(text: &str) -> Option<usize> {
    let text = text.trim().trim_end_matches('.');
    let is_day = |day: &&str| text.len() >= 3 && day.starts_with(text);
    WEEKDAYS.iter().position(|day| is_day(day) && (text.len() == 3 || text.len() == day.len()))
}

/// `09:00-17:00` in minutes.
fn span(text: &str) -> Option<(u16, u16)> {
    let (from, to) = text.split_once('-')?;
    let (from, to) = (clock(from)?, clock(to)?);
    (from < to).then_some((from, to))
}

/// `9:00`, `09:00` or `24:00` in minutes after midnight.
fn clock(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let number = |part: &str, most: u16| {
        let plain = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<u16>().ok().filter(|number| plain && *number <= most)
    };
    let minutes = number(minutes, 59).filter(|_| minutes.len() == 2)?;
    let at = number(hours, 24)? * 60 + minutes;
    (at <= DAY).then_some(at)
}

impl fmt::Display for BusinessHours {
    /// As a definition has it: `Mon-Fri 09:00-17:00`; whole days without hours.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHORT: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
        let mut runs: Vec<(&str, &str)> = Vec::new();
        let mut is_open = false;
        for (name, works) in SHORT.into_iter().zip(self.days) {
            match runs.last_mut() {
                Some((_, last)) if works && is_open => *last = name,
                _ if works => runs.push((name, name)),
                _ => {}
            }
            is_open = works;
        }
        for (index, (first, last)) in runs.into_iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            if first == last {
                write!(formatter, "{comma}{first}")?;
            } else {
                write!(formatter, "{comma}{first}-{last}")?;
            }
        }
        if (self.from, self.to) == (0, DAY) {
            return Ok(());
        }
        let (from, to) = (self.from, self.to);
        write!(formatter, " {:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_forms_of_business_hours() {
        let week = [true, true, true, true, true, false, false];
        let of = |days, from, to| Some(BusinessHours { days, from, to });
        for (text, expected) in [
            ("Mon-Fri 09:00-17:00", of(week, 540, 1020)),
            ("monday - friday 9:00 – 17:30", of(week, 540, 1050)),
            ("Mon-Fri", of(week, 0, 1440)),
            ("Mon-Thu, Sat 08:30-12:00", of([true, true, true, true, false, true, false], 510, 720)),
            ("Sun-Thu 00:00-24:00", of([true, true, true, true, false, false, true], 0, 1440)),
            ("Sat", of([false, false, false, false, false, true, false], 0, 1440)),
        ] {
            assert_eq!(BusinessHours::parse(text), expected, "{text}");
        }
        for text in [
            "",
            "09:00-17:00",
            "Mon-Fri 17:00-09:00",
            "Mon-Fri 9-17",
            "Mon-Fri 09:00-25:00",
            "Mon-Fri 09:00-24:01",
            "Mo-Fr 09:00-17:00",
            "Mond 09:00-17:00",
            "Mon-Fri 09:00-12:00 13:00-17:00",
            "Mon-Fri 09:00-09:00",
            "Mon,,Tue",
        ] {
            assert_eq!(BusinessHours::parse(text), None, "{text}");
        }
        assert_eq!(BusinessHours::parse("Mon-Fri"), Some(BusinessHours::default()));
        assert_eq!(BusinessHours::default().minutes(), 1440);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(days in any::<[bool; 7]>(), from in 0..DAY, length in 1..=DAY) {
            prop_assume!(days.contains(&true));
            let hours = BusinessHours { days, from, to: (from + length).min(DAY) };
            prop_assert_eq!(BusinessHours::parse(&hours.to_string()), Some(hours), "{}", hours);
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>(), shaped in "(mon|tue|sun)?[-, ]{0,2}(fri|sat)? [0-9]{0,3}:?[0-9]{0,2}-[0-9]{0,2}:[0-9]{0,2}") {
            let _ = (BusinessHours::parse(&text), BusinessHours::parse(&shaped));
        }
    }
}
