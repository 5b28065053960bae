//! What may follow a date in a cell: a time of day and a zone. Neither moves the date.

/// The longest zone that is believed.
const LONGEST_ZONE: usize = 64;

/// Whether what follows a date is a time of day, with or without a zone, or nothing.
pub(super) fn is_tail(rest: &[u8]) -> bool {
    match rest {
        [] | [b'Z' | b'z'] => true,
        [b'T' | b't', time @ ..] => is_time(time, true),
        [b' ' | b',' | b'_', ..] => {
            let rest = skip(rest, |byte| matches!(byte, b' ' | b',' | b'_'));
            let rest = rest.strip_prefix(b"at ").unwrap_or(rest).trim_ascii_start();
            rest.is_empty() || is_time(rest, false)
        }
        [b'+' | b'-', offset @ ..] => {
            matches!(offset, [h, m, b':', s, t] if [h, m, s, t].iter().all(|byte| byte.is_ascii_digit()))
        }
        _ => false,
    }
}

/// `15:29`, `15:29:01.5`, `3.29 pm`, after a T `152901` too, and then a zone.
fn is_time(time: &[u8], compact: bool) -> bool {
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
        _ => return false,
    };
    let rest = rest.trim_ascii_start();
    let half = half_day(rest);
    let rest = half.unwrap_or(rest).trim_ascii_start();
    let hours =
        if half.is_some() { (0..=12).contains(&hour) } else { hour < 24 || (hour == 24 && minute == 0) };
    hours && minute < 60 && second <= 60 && is_zone(rest)
}

/// What follows `AM`, `p.m.` and the like.
fn half_day(rest: &[u8]) -> Option<&[u8]> {
    let [b'a' | b'A' | b'p' | b'P', rest @ ..] = rest else {
        return None;
    };
    let rest = rest.strip_prefix(b".").unwrap_or(rest);
    let [b'm' | b'M', rest @ ..] = rest else {
        return None;
    };
    let rest = rest.strip_prefix(b".").unwrap_or(rest);
    rest.first().is_none_or(|byte| !byte.is_ascii_alphabetic()).then_some(rest)
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
            " 10:22:33 ünder",
            " 10:22 4",
            "0",
        ] {
            assert!(!is_tail(tail.as_bytes()), "{tail}");
        }
    }
}
