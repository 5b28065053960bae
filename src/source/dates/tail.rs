//! What may follow a date in a cell: a time of day and a zone. Neither moves the date.

use super::clock::{Clock, Zone};
use super::half::Half;

/// The longest zone that is believed.
const LONGEST_ZONE: usize = 64;

/// Whether what follows a date is a time of day, with or without a zone, or nothing.
pub(super) fn is_tail(rest: &[u8]) -> bool {
    tail(rest).is_some()
}

/// The time of day and the zone that follow a date; `None` where something else does.
pub(super) fn clock(rest: &[u8]) -> Option<Clock> {
    let Tail { second, zone } = tail(rest)?;
    Some(Clock { second, zone: Zone::read(zone) })
}

/// What follows a date.
struct Tail<'t> {
    /// Seconds since midnight.
    second: Option<u32>,
    /// What stands where a zone does.
    zone: &'t [u8],
}

fn tail(rest: &[u8]) -> Option<Tail<'_>> {
    match rest {
        [] | [b'Z' | b'z'] => Some(Tail { second: None, zone: rest }),
        [b'T' | b't', time @ ..] => time_of_day(time, true),
        [b' ' | b',' | b'_', ..] => {
            let rest = skip(rest, |byte| matches!(byte, b' ' | b',' | b'_'));
            let rest = rest.strip_prefix(b"at ").unwrap_or(rest).trim_ascii_start();
            if rest.is_empty() { Some(Tail { second: None, zone: rest }) } else { time_of_day(rest, false) }
        }
        [b'+' | b'-', offset @ ..] => {
            matches!(offset, [h, m, b':', s, t] if [h, m, s, t].iter().all(|byte| byte.is_ascii_digit()))
                .then_some(Tail { second: None, zone: rest })
        }
        _ => None,
    }
}

/// `15:29`, `15:29:01.5`, `3.29 pm`, after a T `152901` too, and then a zone.
fn time_of_day(time: &[u8], compact: bool) -> Option<Tail<'_>> {
    let digits = time.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (head, rest) = time.split_at(digits);
    let (hour, minute, second, rest) = match (head, rest) {
        ([a, b, c, d], rest) if compact => (two(*a, *b), two(*c, *d), 0, rest),
        ([a, b, c, d, e, f], rest) if compact => (two(*a, *b), two(*c, *d), two(*e, *f), fraction(rest)),
        ([_] | [_, _], [separator @ (b':' | b'.'), a @ b'0'..=b'9', b @ b'0'..=b'9', rest @ ..]) => {
            let hour = head.iter().fold(0, |hour, byte| hour * 10 + u32::from(byte - b'0'));
            match rest {
                [next, c @ b'0'..=b'9', d @ b'0'..=b'9', rest @ ..] if next == separator => {
                    (hour, two(*a, *b), two(*c, *d), fraction(rest))
                }
                _ => (hour, two(*a, *b), 0, rest),
            }
        }
        _ => return None,
    };
    let rest = rest.trim_ascii_start();
    let half = half_day(rest);
    let zone = half.map_or(rest, |(_, rest)| rest).trim_ascii_start();
    let hour = match half {
        Some((half, _)) => (hour <= 12).then(|| half.hour(hour))?,
        None => hour,
    };
    let is_time = hour < 24 || (hour == 24 && minute == 0 && second == 0);
    (is_time && minute < 60 && second <= 60 && is_zone(zone))
        .then_some(Tail { second: Some(hour * 3_600 + minute * 60 + second), zone })
}

/// `AM`, `p.m.` and the like, and what follows.
fn half_day(rest: &[u8]) -> Option<(Half, &[u8])> {
    let (half, rest) = match rest {
        [b'a' | b'A', rest @ ..] => (Half::Before, rest),
        [b'p' | b'P', rest @ ..] => (Half::After, rest),
        _ => return None,
    };
    let rest = rest.strip_prefix(b".").unwrap_or(rest);
    let [b'm' | b'M', rest @ ..] = rest else {
        return None;
    };
    let rest = rest.strip_prefix(b".").unwrap_or(rest);
    rest.first().is_none_or(|byte| !byte.is_ascii_alphabetic()).then_some((half, rest))
}

/// `Z`, `+05:30`, `GMT+5:30`, `America/New_York`, `(UTC)`: believed from its characters alone.
fn is_zone(zone: &[u8]) -> bool {
    let starts = zone
        .first()
        .is_none_or(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'+' | b'-' | b'(' | b'['));
    let known = |byte: &u8| byte.is_ascii_alphanumeric() || b" +-:()[]/_.".contains(byte);
    starts && zone.len() <= LONGEST_ZONE && zone.iter().all(known)
}

/// What follows a fraction of a second, if there is one.
fn fraction(rest: &[u8]) -> &[u8] {
    match rest {
        [b'.' | b',', digits @ ..] => skip(digits, u8::is_ascii_digit),
        _ => rest,
    }
}

fn skip(bytes: &[u8], what: impl Fn(&u8) -> bool) -> &[u8] {
    let count = bytes.iter().take_while(|byte| what(byte)).count();
    &bytes[count..]
}

/// The number of two digits.
fn two(tens: u8, units: u8) -> u32 {
    u32::from(tens.wrapping_sub(b'0')) * 10 + u32::from(units.wrapping_sub(b'0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_zones() {
        for tail in [
            "",
            " ",
            "T10:22:33Z",
            " 10:22",
            " 1:05 PM",
            " 1:05:09 p.m.",
            "T102233",
            "T1022+0200",
            " 10:22:33.123456",
            " 10:22:33,5 +02:00",
            ", 10:15:00 AM GMT+5:30",
            "T10:22:33+05:30",
            "Z",
            "+05:30",
            " at 10:15",
            " 24:00",
            "T10:22:33.000+02:00[Europe/Berlin]",
            " 10:15:00 (UTC)",
            " 10.22.33",
            " 12:00 AM",
        ] {
            assert!(is_tail(tail.as_bytes()), "{tail}");
        }
        for tail in [
            "T",
            " noon",
            "x",
            "-05",
            " 25:00",
            " 10:60",
            " 10:22:61",
            " 13:05 PM",
            " 10",
            " 10:2",
            "T10:22:33;",
            " 24:01",
            " 24:00:01",
            " 10:22:33 ünder",
            " 10:22 4",
            "0",
        ] {
            assert!(!is_tail(tail.as_bytes()), "{tail}");
        }
    }
    #[test]
    fn seconds_of_the_day() {
        for (tail, hours, minutes, seconds) in [
            (" 0:00", 0, 0, 0),
            (" 12:00 AM", 0, 0, 0),
            (" 12:30 a.m.", 0, 30, 0),
            (" 0:30 PM", 12, 30, 0),
            (" 12:00 PM", 12, 0, 0),
            (" 1:05:09 p.m.", 13, 5, 9),
            (" 11:59:59 PM", 23, 59, 59),
            ("T235960Z", 23, 59, 60),
            (" 23:59:60", 23, 59, 60),
            (" 24:00", 24, 0, 0),
            ("T24:00:00", 24, 0, 0),
            ("T1022+0200", 10, 22, 0),
            (" 10:22:33.999", 10, 22, 33),
            (", 10:15:00 AM GMT+5:30", 10, 15, 0),
            (" 10.22.33", 10, 22, 33),
            (" at 3:07 pm EST", 15, 7, 0),
        ] {
            let found = clock(tail.as_bytes()).and_then(|clock| clock.second);
            assert_eq!(found, Some(hours * 3_600 + minutes * 60 + seconds), "{tail}");
        }
        for tail in ["", " ", "Z", "+05:30"] {
            assert_eq!(clock(tail.as_bytes()).map(|clock| clock.second), Some(None), "{tail}");
        }
    }

    #[test]
    fn zones_stand_behind_the_time_or_the_date() {
        let zone = |tail: &str| clock(tail.as_bytes()).and_then(|clock| clock.zone);
        assert_eq!(zone("+05:30"), Some(Zone::Minutes(330)));
        assert_eq!(zone("T10:22:33.000+02:00[Europe/Berlin]"), Some(Zone::Minutes(120)));
        assert_eq!(zone(" 10:22"), Some(Zone::Unwritten));
        assert_eq!(zone(" 10:22 CEST"), Some(Zone::Named));
        assert_eq!(zone(" 10:15 +15:00"), None, "no place is so far ahead");
        assert!(is_tail(b" 10:15 +15:00"), "the date stands all the same");
    }
}
