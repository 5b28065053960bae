//! What the values of a column show of personal data.

use super::PersonalKind;
use super::checks;
use crate::survey::ColumnProfile;

/// How much of the filled cells must have the look of a kind, in percent.
const MOST: u64 = 80;
/// How much of them must where the header names the kind.
const HALF: u64 = 50;
/// Fewer values differ by chance.
const FEW: u64 = 5;

/// The tests of single texts, the narrower ones first.
const TESTS: [(PersonalKind, fn(&str) -> bool); 7] = [
    (PersonalKind::Email, is_email),
    (PersonalKind::Ip, is_ip),
    (PersonalKind::Iban, is_iban),
    (PersonalKind::Card, is_card),
    (PersonalKind::Coordinates, are_coordinates),
    (PersonalKind::FreeId, is_uuid),
    (PersonalKind::Phone, is_phone),
];

/// The kind that most values are of.
pub(super) fn kind(column: &ColumnProfile) -> Option<PersonalKind> {
    let found = TESTS.iter().find(|(_, test)| share(column, *test) >= MOST);
    found.map(|(kind, _)| *kind)
}

/// Whether the values do not speak against the kind that a header names; a column without values may be anything.
pub(super) fn may_be(kind: PersonalKind, column: &ColumnProfile) -> bool {
    if column.values.is_empty() {
        return true;
    }
    let half = |test: fn(&str) -> bool| share(column, test) >= HALF;
    let numeric = || half(|text| text.parse::<f64>().is_ok());
    match kind {
        PersonalKind::Email => half(|text| text.contains('@')) || is_nearly_unique(column),
        PersonalKind::Phone => half(|text| digits(text) >= 6),
        PersonalKind::Name | PersonalKind::Address => !numeric(),
        PersonalKind::Postcode | PersonalKind::Other => true,
        PersonalKind::BirthDate => half(|text| digits(text) >= 4),
        PersonalKind::Ip => half(is_ip) || is_nearly_unique(column),
        PersonalKind::Coordinates => half(is_coordinate) || half(are_coordinates),
        PersonalKind::Card => half(|text| digits(text) >= 12 || text.contains("**")),
        PersonalKind::Iban => half(|text| digits(text) >= 6),
        PersonalKind::FreeId => is_nearly_unique(column),
    }
}

/// The share of filled cells in percent that pass; of those whose text was kept.
fn share(column: &ColumnProfile, test: impl Fn(&str) -> bool) -> u64 {
    let (mut passed, mut all) = (0_u64, 0_u64);
    for (text, count) in &column.values {
        all += count;
        passed += if test(text) { *count } else { 0 };
    }
    (passed * 100).checked_div(all).unwrap_or(0)
}

/// Whether hardly any two cells are alike.
fn is_nearly_unique(column: &ColumnProfile) -> bool {
    let distinct = column.values.len() as u64;
    column.overflow || (distinct >= FEW && distinct.saturating_mul(2) > column.filled)
}

fn digits(text: &str) -> usize {
    text.chars().filter(|character| character.is_numeric()).count()
}

pub(super) fn is_email(text: &str) -> bool {
    let Some((person, host)) = text.trim_start_matches("mailto:").split_once('@') else { return false };
    let has_end =
        host.rsplit_once('.').is_some_and(|(name, end)| !name.is_empty() && end.chars().count() >= 2);
    !person.is_empty() && has_end && !text.contains(char::is_whitespace) && !host.contains('@')
}

fn is_ip(text: &str) -> bool {
    text.parse::<std::net::IpAddr>().is_ok() && (text.contains("::") || text.len() >= 7)
}

fn is_iban(text: &str) -> bool {
    let plain: String = text.chars().filter(|character| !matches!(character, ' ' | '-')).collect();
    checks::is_iban(&plain)
}

fn is_card(text: &str) -> bool {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b' ' | b'-'));
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).map(|byte| byte - b'0').collect();
    is_plain && checks::is_card(&digits)
}

/// A number of degrees with a fraction.
fn is_coordinate(text: &str) -> bool {
    text.contains('.') && text.parse::<f64>().is_ok_and(|degrees| (-180.0..=180.0).contains(&degrees))
}

/// Latitude and longitude in a cell.
fn are_coordinates(text: &str) -> bool {
    let parts: Vec<&str> = text.split([',', ';', ' ']).filter(|part| !part.is_empty()).collect();
    let long =
        |part: &&str| is_coordinate(part) && part.split('.').nth(1).is_some_and(|tail| tail.len() >= 3);
    parts.len() == 2 && parts.iter().all(long)
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.matches('-').count() == 4
        && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// A telephone number as people write it: with blanks, brackets or a plus. A date or an amount is none.
pub(super) fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || b" +-()/.".contains(&byte));
    let marked = text.bytes().any(|byte| b" +-()/".contains(&byte));
    let is_other = is_date(text) || is_range(text) || text.parse::<f64>().is_ok();
    plain && (7..=16).contains(&digits) && marked && (!is_other || text.starts_with('+'))
}

/// Two numbers of about as many digits, the larger one last: `1000-2000`.
fn is_range(text: &str) -> bool {
    let Some((low, high)) = text.split_once('-') else { return false };
    let (low, high) = (low.trim(), high.trim());
    let lengths = low.len() == high.len() || low.len() + 1 == high.len();
    match (low.parse::<u64>(), high.parse::<u64>()) {
        (Ok(first), Ok(last)) => lengths && first < last && !low.starts_with('0'),
        _ => false,
    }
}

/// Three numbers parted by the same mark, one of which may be a year, or a time behind them.
pub(super) fn is_date(text: &str) -> bool {
    let date = text.split(' ').next().unwrap_or_default();
    ['-', '.', '/'].iter().any(|mark| {
        let parts: Vec<&str> = date.split(*mark).collect();
        let of = |part: &str, lengths: std::ops::RangeInclusive<usize>| {
            lengths.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        match parts.as_slice() {
            [year, month, day] if year.len() == 4 => of(year, 4..=4) && of(month, 1..=2) && of(day, 1..=2),
            [first, second, year] => {
                of(first, 1..=2) && of(second, 1..=2) && (of(year, 2..=2) || of(year, 4..=4))
            }
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_numbers() {
        assert!(is_ip("192.168.1.20") && !is_ip("1.2.3") && !is_ip("1.2.3.400"));
        assert!(is_phone("+49 (30) 1234-567") && is_phone("555-123-9999") && is_phone("+493012345678"));
        assert!(
            !is_phone("1234567") && !is_phone("12-34") && !is_phone("2026-07-01") && !is_phone("-1234567.5")
        );
        assert!(!is_phone("1000-2000") && !is_phone("10000 - 20000") && is_phone("030-1234567"));
        assert!(is_uuid("123e4567-e89b-12d3-a456-426614174000") && !is_uuid("North"));
        assert!(is_email("a@b.org") && !is_email("a@b") && !is_email("see a@b.org") && !is_email("@b.org"));
        assert!(
            are_coordinates("52.5200, 13.4050") && !are_coordinates("4.5, 3.5") && !are_coordinates("1,2")
        );
    }
}
