//! What the values of a column show of personal data.

use super::PersonalKind;
use super::checks;
use crate::survey::ColumnProfile;

/// How much of the filled cells must have the look of a kind, in percent.
const MOST: u64 = 80;
/// How much of them must where the header names the kind.
const HALF: u64 = 50;
/// More values are no groups.
const MOST_GROUPS: u64 = 12;
/// Fewer values differ by chance.
const FEW: u64 = 5;

/// How many values tell whether the others are worth a look: files may have thousands of columns.
const FIRST: usize = 32;

/// A longer text has the look of no kind, in bytes: it is not read to its end.
const LONGEST: usize = 1_000;

/// Whether a text has the look of a kind.
type Test = fn(&str) -> bool;

/// The tests of single texts, the narrower ones first.
const TESTS: [(PersonalKind, Test); 9] = [
    (PersonalKind::Email, is_email),
    (PersonalKind::Ip, is_ip),
    (PersonalKind::Iban, is_iban),
    (PersonalKind::Card, is_card),
    (PersonalKind::Coordinates, are_coordinates),
    (PersonalKind::FreeId, is_uuid),
    (PersonalKind::Phone, is_phone),
    (PersonalKind::Account, is_profile),
    (PersonalKind::Contact, is_contact),
];

/// Pages of people.
const PROFILES: &[&str] = &[
    "linkedin.com/",
    "facebook.com/",
    "instagram.com/",
    "twitter.com/",
    "x.com/",
    "xing.com/",
    "tiktok.com/",
    "youtube.com/",
    "snapchat.com/",
    "threads.net/",
    "bsky.app/profile/",
    "github.com/",
    "t.me/",
    "wa.me/",
    "vk.com/",
    "weibo.com/",
];

/// Words of streets that stand alone, and ends of words that name one.
const STREETS: &[&str] = &[
    "street",
    "st",
    "road",
    "rd",
    "avenue",
    "ave",
    "lane",
    "drive",
    "boulevard",
    "blvd",
    "rue",
    "quai",
    "calle",
    "avenida",
    "plaza",
    "via",
    "viale",
    "piazza",
    "corso",
    "rua",
    "travessa",
    "praca",
    "strasse",
    "str",
    "ul",
    "ulica",
    "aleja",
];
const STREET_ENDS: &[&str] = &[
    "straße", "strasse", "str", "weg", "platz", "allee", "gasse", "ufer", "straat", "laan", "plein", "gatan",
    "vägen",
];

/// The kind that most values are of.
pub(super) fn kind(column: &ColumnProfile) -> Option<PersonalKind> {
    let first = &column.values[..column.values.len().min(FIRST)];
    let may = |test: &fn(&str) -> bool| {
        first.iter().filter(|(text, _)| looks(text, test)).count() * 2 >= first.len()
    };
    let least = |kind: PersonalKind| if kind == PersonalKind::Contact { HALF } else { MOST };
    let found = TESTS.iter().find(|(kind, test)| may(test) && share(column, *test) >= least(*kind));
    found.map(|(kind, _)| *kind)
}

/// Whether the values do not speak against the kind that a header names; a column without values may be anything.
pub(super) fn may_be(kind: PersonalKind, column: &ColumnProfile) -> bool {
    if column.values.is_empty() {
        return true;
    }
    let half = |test: Test| share(column, test) >= HALF;
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
        PersonalKind::FreeId => !are_groups(column),
        PersonalKind::Account => !numeric() && is_nearly_unique(column) || half(is_handle),
        PersonalKind::Contact => half(is_contact),
    }
}

/// The share of filled cells in percent that pass; of those whose text was kept.
pub(super) fn share(column: &ColumnProfile, test: impl Fn(&str) -> bool) -> u64 {
    let (mut passed, mut all) = (0_u64, 0_u64);
    for (text, count) in &column.values {
        all += count;
        passed += if looks(text, &test) { *count } else { 0 };
    }
    (passed * 100).checked_div(all).unwrap_or(0)
}

fn looks(text: &str, test: &impl Fn(&str) -> bool) -> bool {
    text.len() <= LONGEST && test(text)
}

/// Whether the values have the look of a kind whose header is short and may stand for something else; a column without
/// values has it.
pub(super) fn must_be(kind: PersonalKind, column: &ColumnProfile) -> bool {
    match kind {
        PersonalKind::Postcode => column.values.is_empty() || share(column, is_postcode) >= MOST,
        _ => column.values.is_empty() || share(column, is_date) >= MOST,
    }
}

/// Four digits or more, or letters and digits, without a fraction.
fn is_postcode(text: &str) -> bool {
    (3..=10).contains(&text.chars().count())
        && digits(text) >= 2
        && text.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-'))
        && (digits(text) >= 4 || text.chars().any(char::is_alphabetic))
}

/// Whether hardly any two cells are alike.
pub(super) fn is_nearly_unique(column: &ColumnProfile) -> bool {
    let distinct = column.values.len() as u64;
    column.overflow || (distinct >= FEW && distinct.saturating_mul(2) > column.filled)
}

/// Whether a few values stand in many rows each.
pub(super) fn are_groups(column: &ColumnProfile) -> bool {
    let distinct = column.values.len() as u64;
    !column.overflow && distinct <= MOST_GROUPS && distinct.saturating_mul(FEW) < column.filled
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

/// An address or a number by which a person is reached, or an account.
fn is_contact(text: &str) -> bool {
    [is_email, is_phone, is_iban, is_card, is_ip].into_iter().any(|test| test(text))
}

/// The page of a person.
fn is_profile(text: &str) -> bool {
    let plain = text.to_ascii_lowercase();
    let plain = ["https://", "http://"].iter().find_map(|start| plain.strip_prefix(start)).unwrap_or(&plain);
    let host = plain.split('/').next().unwrap_or_default();
    let is_known = |page: &&str| {
        let (known, path) = page.split_once('/').unwrap_or((page, ""));
        let is_host = host == known || host.strip_suffix(known).is_some_and(|front| front.ends_with('.'));
        is_host
            && plain[host.len()..].trim_start_matches('/').starts_with(path)
            && plain.len() > host.len() + 1
    };
    !text.contains(char::is_whitespace) && PROFILES.iter().any(is_known)
}

/// The page of a person or a name with an at sign.
pub(super) fn is_handle(text: &str) -> bool {
    let is_name = |name: &str| {
        name.len() >= 2
            && name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '.' | '-'))
    };
    is_profile(text) || text.strip_prefix('@').is_some_and(is_name)
}

/// A latitude and a longitude with fractions, at least one of them of two digits.
pub(super) fn is_place_pair(text: &str) -> bool {
    let Some([latitude, longitude]) = pair(text) else { return false };
    let fits = |part: &str, most: f64| {
        part.contains('.') && part.parse::<f64>().is_ok_and(|degrees| degrees.abs() <= most)
    };
    let is_fine = |part: &&str| part.split('.').nth(1).is_some_and(|tail| tail.len() >= 2);
    fits(latitude, 90.0) && fits(longitude, 180.0) && [latitude, longitude].iter().any(is_fine)
}

/// A street with a number, or a number and a postal code among words.
pub(super) fn is_postal_address(text: &str) -> bool {
    let cjk = ["丁目", "番地", "東京都", "京都府", "大阪府", "北海道", "로 ", "길 ", "街道", "路"];
    let has_digit = text.chars().any(char::is_numeric);
    if has_digit && cjk.iter().any(|mark| text.contains(mark)) {
        return true;
    }
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if !(2..=14).contains(&words.len()) {
        return false;
    }
    let begins_digit = |word: &&&str| word.starts_with(|letter: char| letter.is_ascii_digit());
    let numbers: Vec<&&str> = words.iter().filter(begins_digit).collect();
    let is_street = |word: &&str| {
        STREETS.contains(word)
            || STREET_ENDS.iter().any(|end| word.len() > end.len() + 2 && word.ends_with(end))
    };
    let is_code =
        |word: &&&str| (4..=6).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_short = |word: &&&str| word.len() <= 4;
    let written = words.len() - numbers.len();
    let is_parted = numbers.len() >= 2 && numbers.iter().any(is_code) && numbers.iter().any(is_short);
    (words.iter().any(is_street) && !numbers.is_empty() && words.len() <= 10 && written <= 6)
        || (is_parted && written >= 2 && words.len() <= 9 && !is_date(text))
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
    let long =
        |part: &&str| is_coordinate(part) && part.split('.').nth(1).is_some_and(|tail| tail.len() >= 3);
    pair(text).is_some_and(|parts| parts.iter().all(long))
}

/// The two parts of a text that has two.
fn pair(text: &str) -> Option<[&str; 2]> {
    let mut parts = text.split([',', ';', ' ']).filter(|part| !part.is_empty());
    let both = [parts.next()?, parts.next()?];
    parts.next().is_none().then_some(both)
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
    // Two groups may be the number of an order, unless they are dialled like a telephone's.
    let groups =
        text.split(|letter: char| !letter.is_ascii_digit()).filter(|group| !group.is_empty()).count();
    let marked = text.starts_with(['+', '(']) || (text.starts_with('0') && groups > 1) || groups > 2;
    let is_other = is_date(text) || is_range(text) || is_version(text) || text.parse::<f64>().is_ok();
    plain && (7..=16).contains(&digits) && marked && (!is_other || text.starts_with('+'))
}

/// The version of a program: numbers parted by dots, one of them behind the first of one digit, `92.0.4515.115`.
fn is_version(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.len() >= 3
        && parts.iter().all(is_number)
        && parts[0].len() > 1
        && parts[1..].iter().any(|part| part.len() == 1)
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
pub fn is_date(text: &str) -> bool {
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
        assert!(!is_phone("92.0.4515.115") && is_phone("01.23.45.67.89") && is_phone("1.800.555.1234"));
        assert!(!is_phone("17-00123456") && is_phone("555 123 4567"));
        assert!(!is_phone("1000-2000") && !is_phone("10000 - 20000") && is_phone("030-1234567"));
        assert!(is_uuid("123e4567-e89b-12d3-a456-426614174000") && !is_uuid("North"));
        assert!(is_email("a@b.org") && !is_email("a@b") && !is_email("see a@b.org") && !is_email("@b.org"));
        assert!(
            are_coordinates("52.5200, 13.4050") && !are_coordinates("4.5, 3.5") && !are_coordinates("1,2")
        );
    }
}
