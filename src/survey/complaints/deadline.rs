//! Within which time something has to be done.

use std::fmt;

/// What a deadline is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeadlineUnit {
    /// Hours of the clock.
    Hours,
    /// Days of the calendar.
    Days,
    /// Weeks of the calendar.
    Weeks,
    /// Hours within the business hours, holidays left out.
    BusinessHours,
    /// Days with business hours, holidays left out.
    BusinessDays,
}

impl DeadlineUnit {
    /// Whether it is counted in business hours or business days.
    pub const fn is_business(self) -> bool {
        matches!(self, Self::BusinessHours | Self::BusinessDays)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::Days => "days",
            Self::Weeks => "weeks",
            Self::BusinessHours => "business hours",
            Self::BusinessDays => "business days",
        }
    }
}

/// A deadline (`close_within = "30 days"`), counted from the moment of receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Deadline {
    /// How many units: 1 to [`Deadline::MOST`].
    pub amount: u32,
    /// The unit.
    pub unit: DeadlineUnit,
}

impl Deadline {
    /// The most units that a deadline has; a century of hours is more than anybody waits.
    pub const MOST: u32 = 1_000_000;

    /// How deadlines are written, for a complaint about one that is not.
    pub const FORMS: &'static str = "write it like `\"30 days\"`, `\"4 weeks\"`, `\"48 hours\"`, `\"2 business days\"` or `\"8 business hours\"`";

    /// The deadline of a text such as `2 business days`; `None` for anything that is not a whole number above 0 with one
    /// of the units.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let end = text.find(|character: char| !character.is_ascii_digit())?;
        let (digits, unit) = text.split_at(end);
        let amount: u32 = digits.parse().ok().filter(|amount| (1..=Self::MOST).contains(amount))?;
        let words: Vec<&str> = unit.split([' ', '-', '_']).filter(|word| !word.is_empty()).collect();
        let unit = match words[..] {
            ["hour" | "hours" | "h"] => DeadlineUnit::Hours,
            ["day" | "days" | "d"] | ["calendar", "day" | "days"] => DeadlineUnit::Days,
            ["week" | "weeks" | "w"] => DeadlineUnit::Weeks,
            ["business" | "working", "hour" | "hours"] => DeadlineUnit::BusinessHours,
            ["business" | "working", "day" | "days"] => DeadlineUnit::BusinessDays,
            _ => return None,
        };
        Some(Self { amount, unit })
    }
}

impl fmt::Display for Deadline {
    /// As a definition has it: `1 day`, `2 business days`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.unit.name();
        let name = if self.amount == 1 { name.trim_end_matches('s') } else { name };
        write!(formatter, "{} {name}", self.amount)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_forms_of_a_deadline() {
        let of = |amount, unit| Some(Deadline { amount, unit });
        for (text, expected) in [
            ("30 days", of(30, DeadlineUnit::Days)),
            ("1 day", of(1, DeadlineUnit::Days)),
            ("30 calendar days", of(30, DeadlineUnit::Days)),
            ("2 business days", of(2, DeadlineUnit::BusinessDays)),
            ("2 Working Days", of(2, DeadlineUnit::BusinessDays)),
            ("8 business hours", of(8, DeadlineUnit::BusinessHours)),
            (" 48 hours ", of(48, DeadlineUnit::Hours)),
            ("48h", of(48, DeadlineUnit::Hours)),
            ("4 weeks", of(4, DeadlineUnit::Weeks)),
        ] {
            assert_eq!(Deadline::parse(text), expected, "{text}");
        }
        for text in [
            "",
            "30",
            "days",
            "0 days",
            "-3 days",
            "1.5 days",
            "2 months",
            "two days",
            "2 business",
            "9999999 days",
        ] {
            assert_eq!(Deadline::parse(text), None, "{text}");
        }
        assert_eq!(Deadline { amount: 1, unit: DeadlineUnit::BusinessDays }.to_string(), "1 business day");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(amount in 1..=Deadline::MOST, unit in 0..5_usize) {
            let unit = [
                DeadlineUnit::Hours,
                DeadlineUnit::Days,
                DeadlineUnit::Weeks,
                DeadlineUnit::BusinessHours,
                DeadlineUnit::BusinessDays,
            ][unit];
            let deadline = Deadline { amount, unit };
            prop_assert_eq!(Deadline::parse(&deadline.to_string()), Some(deadline));
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _ = Deadline::parse(&text);
        }
    }
}
