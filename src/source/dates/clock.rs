//! The time of day and the zone behind a date.

/// The largest offset from UTC that a place has, in minutes: that of Kiribati.
const LARGEST_OFFSET: i16 = 14 * 60;

/// What a text says of a zone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// Nothing.
    #[default]
    Unwritten,
    /// So many minutes ahead of UTC, from −840 to 840.
    Minutes(i16),
    /// A name, such as `CET` or `Europe/Berlin`, whose offset the text does not say.
    Named,
}

/// A time of day, and its zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::source) struct Clock {
    /// Seconds since midnight, from 0 to 86,400, which is the midnight that ends the day; none without a time.
    pub(in crate::source) second: Option<u32>,
    /// The zone; none where an offset is written that no place has.
    pub(in crate::source) zone: Option<Zone>,
}

impl Zone {
    /// The zone of a text that may be one by its characters; `None` where it is an offset that no place has.
    pub(super) fn read(text: &[u8]) -> Option<Self> {
        let text = text.trim_ascii();
        let text = text.strip_prefix(b"(").unwrap_or(text);
        if text.is_empty() {
            return Some(Self::Unwritten);
        }
        let known = ["GMT", "UTC", "Z"].iter().find_map(|name| {
            let (head, rest) = text.split_at_checked(name.len())?;
            head.eq_ignore_ascii_case(name.as_bytes()).then_some(rest.trim_ascii_start())
        });
        match known.unwrap_or(text) {
            [sign @ (b'+' | b'-'), digits @ ..] if digits.first().is_some_and(u8::is_ascii_digit) => {
                let minutes = offset(digits)?;
                Some(Self::Minutes(if *sign == b'-' { -minutes } else { minutes }))
            }
            [] | [b')' | b'(' | b'[', ..] if known.is_some() => Some(Self::Minutes(0)),
            _ => Some(Self::Named),
        }
    }

    /// The zone so many seconds ahead of UTC.
    pub(super) fn of_seconds(seconds: i32) -> Option<Self> {
        let minutes = i16::try_from(seconds / 60).ok()?;
        (minutes.abs() <= LARGEST_OFFSET).then_some(Self::Minutes(minutes))
    }
}

/// The minutes of `1`, `05:30`, `530`, `0530`, with seconds too, which are cut.
fn offset(text: &[u8]) -> Option<i16> {
    let count = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = text.split_at(count);
    let (hours, minutes) = match (digits, rest) {
        ([_] | [_, _], [b':', a @ b'0'..=b'9', b @ b'0'..=b'9', ..]) => (digits, [*a, *b]),
        ([hours @ .., a, b], _) if matches!(count, 3 | 4) => (hours, [*a, *b]),
        ([a, b, c, d, _, _], _) => (&[*a, *b][..], [*c, *d]),
        ([_] | [_, _], _) => (digits, *b"00"),
        _ => return None,
    };
    let number =
        |digits: &[u8]| digits.iter().fold(0_i16, |number, byte| number * 10 + i16::from(byte - b'0'));
    let (hours, minutes) = (number(hours), number(&minutes));
    let all = hours * 60 + minutes;
    (minutes < 60 && all <= LARGEST_OFFSET).then_some(all)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn minutes(text: &str) -> Option<Zone> {
        Zone::read(text.as_bytes())
    }

    #[test]
    fn offsets_as_they_are_written() {
        for (text, offset) in [
            ("Z", 0),
            ("z", 0),
            ("UTC", 0),
            ("(UTC)", 0),
            ("GMT", 0),
            ("+00:00", 0),
            ("-00:00", 0),
            ("+01:00", 60),
            (" +0530", 330),
            ("-5:30", -330),
            ("+2", 120),
            ("-05", -300),
            ("+530", 330),
            ("+05:30:00", 330),
            ("+053000", 330),
            ("GMT+1", 60),
            ("GMT+5:30", 330),
            ("gmt -3", -180),
            ("UTC+01:00", 60),
            ("GMT+0200 (Central European Summer Time)", 120),
            ("+02:00[Europe/Berlin]", 120),
            ("Z[UTC]", 0),
            ("+14:00", 840),
            ("-14:00", -840),
        ] {
            assert_eq!(minutes(text), Some(Zone::Minutes(offset)), "{text}");
        }
    }

    #[test]
    fn names_say_no_offset_and_some_offsets_are_none() {
        for name in ["CET", "EST", "Europe/Berlin", "(Central European Time)", "GMTX", "zulu", "- web"] {
            assert_eq!(minutes(name), Some(Zone::Named), "{name}");
        }
        for none in ["", "  "] {
            assert_eq!(minutes(none), Some(Zone::Unwritten), "{none:?}");
        }
        for wrong in ["+14:01", "-15:00", "+05:60", "+99", "+12345", "GMT+25", "+1234567890123"] {
            assert_eq!(minutes(wrong), None, "{wrong}");
        }
        assert_eq!(Zone::of_seconds(-19_800), Some(Zone::Minutes(-330)));
        assert_eq!(Zone::of_seconds(i32::MAX), None);
    }

    proptest! {
        #[test]
        fn every_offset_comes_back(all in -840_i16..=840) {
            let (sign, size) = (if all < 0 { '-' } else { '+' }, all.abs());
            for text in [
                format!("{sign}{:02}:{:02}", size / 60, size % 60),
                format!("GMT{sign}{}:{:02}", size / 60, size % 60),
                format!("{sign}{:02}{:02}", size / 60, size % 60),
            ] {
                prop_assert_eq!(minutes(&text), Some(Zone::Minutes(all)), "{}", text);
            }
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..70), shaped in "(GMT|UTC|Z)?[ +-]{0,2}[0-9]{0,9}:?[0-9]{0,4}") {
            let _ = Zone::read(&bytes);
            if let Some(Zone::Minutes(minutes)) = Zone::read(shaped.as_bytes()) {
                prop_assert!(minutes.abs() <= LARGEST_OFFSET);
            }
        }
    }
}
