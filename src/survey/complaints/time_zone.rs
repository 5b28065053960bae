//! In which zone the moments of a file and the business hours are.

use chrono_tz::{TZ_VARIANTS, Tz};

use crate::survey::suggestion::did_you_mean;

/// A time zone (`time_zone = "Europe/Berlin"`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TimeZone {
    /// A name of the IANA time zone database.
    Named(String),
    /// A fixed offset from UTC in minutes, -840 to 840.
    Fixed(i16),
}

/// The farthest that a zone is from UTC, in minutes.
const FARTHEST: i16 = 14 * 60;

impl TimeZone {
    /// How zones are written, for a complaint about one that is not.
    pub const FORMS: &'static str =
        "write a place such as `\"Europe/Berlin\"`, an offset such as `\"+01:00\"`, or `\"UTC\"`";

    /// The zone of a text; `None` where it has no such shape, or where the database has no such place.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if matches!(text, "UTC" | "GMT" | "Z" | "utc" | "gmt") {
            return Some(Self::Fixed(0));
        }
        if text.starts_with(['+', '-', '−']) {
            return offset(text).map(Self::Fixed);
        }
        (is_name(text) && text.parse::<Tz>().is_ok()).then(|| Self::Named(text.to_owned()))
    }

    /// The place that was meant by a text which is none.
    pub(in crate::survey) fn near(text: &str) -> Option<&'static str> {
        let plain = text.trim().replace(' ', "_");
        let of_city = |name: &&str| {
            let city = name.rsplit('/').next().unwrap_or_default();
            name.contains('/') && city.eq_ignore_ascii_case(&plain)
        };
        let names = || TZ_VARIANTS.iter().map(|zone| zone.name());
        names().find(|name| name.eq_ignore_ascii_case(&plain)).or_else(|| names().find(of_city)).or_else(
            || {
                let places: Vec<&'static str> = names().filter(|name| name.contains('/')).collect();
                did_you_mean(&plain, places)
            },
        )
    }
}

/// `+01:00`, `+0100` or `+1` in minutes.
fn offset(text: &str) -> Option<i16> {
    let mut characters = text.chars();
    let sign: i16 = if characters.next() == Some('+') { 1 } else { -1 };
    let rest = characters.as_str();
    let (hours, minutes) = match (rest.split_once(':'), rest.len()) {
        (Some(parts), _) => parts,
        (None, 4) => (rest.get(..2)?, rest.get(2..)?),
        (None, _) => (rest, "00"),
    };
    let number = |part: &str| {
        let plain = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<i16>().ok().filter(|_| plain)
    };
    let minutes = number(minutes).filter(|number| minutes.len() == 2 && *number < 60)?;
    let away = number(hours)? * 60 + minutes;
    (away <= FARTHEST).then_some(sign * away)
}

/// `Area/Place`, `Area/Region/Place`: parts that begin with a capital, of letters, digits, `_`, `+` and `-`.
fn is_name(text: &str) -> bool {
    let is_part = |part: &str| {
        let rest = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+');
        part.starts_with(|first: char| first.is_ascii_uppercase()) && part.bytes().all(rest)
    };
    (2..=3).contains(&text.split('/').count()) && text.len() <= 64 && text.split('/').all(is_part)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_and_offsets() {
        for (text, expected) in [
            ("+01:00", Some(TimeZone::Fixed(60))),
            ("-0330", Some(TimeZone::Fixed(-210))),
            ("−5", Some(TimeZone::Fixed(-300))),
            ("+14:00", Some(TimeZone::Fixed(840))),
            ("UTC", Some(TimeZone::Fixed(0))),
            (" Europe/Berlin ", Some(TimeZone::Named("Europe/Berlin".to_owned()))),
            (
                "America/Argentina/Buenos_Aires",
                Some(TimeZone::Named("America/Argentina/Buenos_Aires".to_owned())),
            ),
            ("Etc/GMT+5", Some(TimeZone::Named("Etc/GMT+5".to_owned()))),
        ] {
            assert_eq!(TimeZone::parse(text), expected, "{text}");
        }
        for text in [
            "",
            "Berlin",
            "CET",
            "europe/berlin",
            "Europe/",
            "Europe/Berlyn",
            "Europe/Nowhere",
            "+14:01",
            "+1:0",
            "+01:60",
            "01:00",
            "+",
            "A/B/C/D",
        ] {
            assert_eq!(TimeZone::parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_place_that_was_meant() {
        assert_eq!(TimeZone::near("Berlin"), Some("Europe/Berlin"));
        assert_eq!(TimeZone::near("europe/berlin"), Some("Europe/Berlin"));
        assert_eq!(TimeZone::near("New York"), Some("America/New_York"));
        assert_eq!(TimeZone::near("Europe/Berlyn"), Some("Europe/Berlin"));
        assert_eq!(TimeZone::near("noon"), None);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in any::<String>(), shaped in "[-+−][0-9:é]{0,6}") {
            let _ = (TimeZone::parse(&text), TimeZone::parse(&shaped));
        }
    }
}
