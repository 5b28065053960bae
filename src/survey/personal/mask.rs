//! Addresses and numbers inside a text, masked: e-mail, IBAN, payment card, internet address, telephone.
//!
//! What looks like a telephone number and may be an order number is masked too; dates, years, amounts with thousands
//! marks and rows of single digits are not. Names of people are not found.

use std::ops::Range;

use super::checks;
use super::mails::{is_at, mails};

/// A text without its addresses and numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Masked {
    /// The text.
    pub text: String,
    /// The rule of each mask, such as `masked_email`, in the order of the text.
    pub rules: Vec<&'static str>,
}

/// What a mask says and the rule that put it there.
type Mark = (&'static str, &'static str);

const EMAIL: Mark = ("[e-mail]", "masked_email");
const IBAN: Mark = ("[iban]", "masked_iban");
const CARD: Mark = ("[card]", "masked_card");
const IP: Mark = ("[ip]", "masked_ip");
const PHONE: Mark = ("[phone]", "masked_phone");

/// How many passes are made at most, as a mask may lay bare a number beside it.
const PASSES: usize = 4;

/// The digits of the longest number that is known, a card's: what follows makes no other number.
const MOST_DIGITS: usize = 19;

/// The text with masks; none where there is nothing to mask.
pub fn mask(text: &str) -> Option<Masked> {
    // Most comments have none of it.
    let tells = |letter: char| digit(letter).is_some() || is_at(letter) || matches!(letter, '(' | '[' | '{');
    if !text.chars().any(tells) {
        return None;
    }
    let mut masked = Masked { text: text.to_owned(), rules: Vec::new() };
    for _ in 0..PASSES {
        let found = marks(&masked.text);
        if found.is_empty() {
            break;
        }
        let mut fresh = String::with_capacity(masked.text.len());
        let mut done = 0;
        for (range, (mark, rule)) in found {
            fresh.push_str(&masked.text[done..range.start]);
            fresh.push_str(mark);
            masked.rules.push(rule);
            done = range.end;
        }
        fresh.push_str(&masked.text[done..]);
        masked.text = fresh;
    }
    (!masked.rules.is_empty()).then_some(masked)
}

/// What is to be masked, in order and without overlaps.
fn marks(text: &str) -> Vec<(Range<usize>, Mark)> {
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let place = |index: usize| letters.get(index).map_or(text.len(), |(place, _)| *place);
    let mut found: Vec<(Range<usize>, Mark)> = Vec::new();
    let mut emails = mails(&letters).into_iter().peekable();
    let mut index = 0;
    while index < letters.len() {
        if let Some(range) = emails.next_if(|range| range.start <= index) {
            index = range.end;
            found.push((place(range.start)..place(range.end), EMAIL));
            continue;
        }
        let end = emails.peek().map_or(letters.len(), |range| range.start);
        let before = index.checked_sub(1).map(|before| letters[before].1);
        let starts = !before.is_some_and(is_word);
        let hit = if starts { number(&letters[index..end]) } else { None };
        match hit {
            Some((length, mark)) => {
                found.push((place(index)..place(index + length), mark));
                index += length;
            }
            None => index += version(&letters[index..end]).filter(|_| starts).unwrap_or(1),
        }
    }
    found
}

/// What number begins here, and over how many characters.
fn number(letters: &[(usize, char)]) -> Option<(usize, Mark)> {
    let first = letters.first()?.1;
    if is_word(first) && digit(first).is_none() {
        return iban(letters).map(|length| (length, IBAN));
    }
    if digit(first).is_none() && first != '+' && first != '(' {
        return None;
    }
    let run = Run::of(letters);
    run.card()
        .map(|length| (length, CARD))
        .or_else(|| run.ip().map(|length| (length, IP)))
        .or_else(|| run.phone().map(|length| (length, PHONE)))
}

/// The length of the version of a program that begins here, whose tail is dialled like a telephone's: `92.0.4515.115`.
fn version(letters: &[(usize, char)]) -> Option<usize> {
    let is_dotted = letters.iter().take(4).any(|(_, letter)| *letter == '.');
    if !is_dotted || digit(letters.first()?.1).is_none() {
        return None;
    }
    let run = Run::of(letters);
    let (groups, gaps) = (run.groups.get(..4)?, run.gaps.get(1..4)?);
    let is_version = run.gaps[0].is_empty()
        && gaps.iter().all(|gap| gap == ".")
        && groups[0].0.len() > 1
        && groups[1..].iter().any(|(group, _)| group.len() == 1);
    is_version.then_some(groups[3].1)
}

/// The length of an IBAN that begins here, blanks and hyphens included.
fn iban(letters: &[(usize, char)]) -> Option<usize> {
    let country: String = letters.iter().take(2).map(|(_, letter)| *letter).collect();
    let wanted = checks::iban_length(&country)?;
    let mut plain = String::with_capacity(wanted);
    let mut was_gap = false;
    for (index, (_, letter)) in letters.iter().enumerate() {
        if letter.is_ascii_alphanumeric() {
            plain.push(*letter);
            was_gap = false;
        } else if matches!(letter, ' ' | '-' | '\u{a0}') && !was_gap {
            was_gap = true;
        } else {
            return None;
        }
        if plain.len() == wanted {
            let ends = !letters.get(index + 1).is_some_and(|(_, letter)| is_word(*letter));
            return (ends && checks::is_iban(&plain)).then_some(index + 1);
        }
    }
    None
}

/// Groups of digits with the marks of telephone numbers between them.
struct Run {
    /// The digits of each group and the index behind it.
    groups: Vec<(Vec<u8>, usize)>,
    /// What stands before each group.
    gaps: Vec<String>,
}

impl Run {
    /// The groups from here as far as a number goes; a group that a letter follows at once is none.
    fn of(letters: &[(usize, char)]) -> Self {
        let (mut groups, mut gaps): (Vec<(Vec<u8>, usize)>, Vec<String>) = (Vec::new(), Vec::new());
        let mut gap = String::new();
        let (mut index, mut count) = (0, 0);
        while count <= MOST_DIGITS
            && let Some((_, letter)) = letters.get(index)
        {
            if digit(*letter).is_some() {
                let digits = letters[index..].iter().map_while(|(_, letter)| digit(*letter));
                let digits: Vec<u8> = digits.take(MOST_DIGITS + 1).collect();
                index += digits.len();
                count += digits.len();
                if letters.get(index).is_some_and(|(_, letter)| is_word(*letter)) {
                    break;
                }
                groups.push((digits, index));
                gaps.push(std::mem::take(&mut gap));
            } else if is_mark(*letter) && gap.chars().count() < 3 {
                gap.push(*letter);
                index += 1;
            } else {
                break;
            }
        }
        Self { groups, gaps }
    }

    /// A card within the first groups.
    fn card(&self) -> Option<usize> {
        let mut digits = Vec::new();
        for (index, (group, end)) in self.groups.iter().enumerate() {
            if index > 0 && self.gaps[index].chars().count() != 1 {
                return None;
            }
            digits.extend(group);
            if digits.len() > 19 {
                return None;
            }
            if self.gaps[0].is_empty() && checks::is_card(&digits) {
                return Some(*end);
            }
        }
        None
    }

    /// Four groups from 0 to 255, parted by dots.
    fn ip(&self) -> Option<usize> {
        let four = self.groups.get(..4)?;
        let is_byte = |group: &[u8]| {
            group.len() <= 3
                && group.iter().fold(0_u32, |number, digit| number * 10 + u32::from(*digit)) <= 255
        };
        let dotted = self.gaps[0].is_empty() && self.gaps[1..4].iter().all(|gap| gap == ".");
        let ends = self.groups.len() == 4 || self.gaps[4] != ".";
        (dotted && ends && four.iter().all(|(group, _)| is_byte(group))).then(|| four[3].1)
    }

    /// As many of the first groups as make a telephone number.
    fn phone(&self) -> Option<usize> {
        let mut best = None;
        let mut digits = 0;
        for (index, (group, end)) in self.groups.iter().enumerate() {
            digits += group.len();
            if digits > 15 {
                break;
            }
            if digits >= 7 && self.is_phone(index + 1, digits) {
                best = Some(*end);
            }
        }
        best
    }

    /// Whether the first groups are a telephone number.
    fn is_phone(&self, count: usize, digits: usize) -> bool {
        let (groups, gaps) = (&self.groups[..count], &self.gaps[..count]);
        let first = &groups[0].0;
        if gaps[0].contains('+') {
            return true;
        }
        let lengths: Vec<usize> = groups.iter().map(|(group, _)| group.len()).collect();
        let inner = &gaps[1..];
        let is_year = |group: &[u8]| group.len() == 4 && matches!(group[..2], [1, 9] | [2, 0]);
        // Dates, years in a row, marks in a row, fractions and amounts.
        let is_dated = matches!(lengths[..], [1..=2, 1..=2, 2 | 4, ..] | [4, 1..=2, 1..=2, ..])
            && (inner[0] == inner[1] && ["-", ".", "/"].contains(&inner[0].as_str()))
            && lengths[..3] != [2, 2, 2];
        let is_fraction = count == 2 && inner[0] == "." && (first == &[0] || lengths[0] > 4);
        let is_amount = inner.iter().all(|gap| gap == ".")
            && count > 1
            && lengths[0] <= 3
            && lengths[1..].iter().all(|length| *length == 3);
        if is_dated
            || is_fraction
            || is_amount
            || groups.iter().all(|(group, _)| is_year(group))
            || lengths.iter().all(|length| *length == 1)
        {
            return false;
        }
        // The version of a program: `92.0.4515.115`.
        let is_version =
            count > 2 && inner.iter().all(|gap| gap == ".") && lengths[1..].contains(&1) && lengths[0] > 1;
        if is_version {
            return false;
        }
        let begins_as_dialled = first.first() == Some(&0) || gaps[0].contains('(');
        begins_as_dialled || digits >= 9
    }
}

/// Letters and digits of words in Latin script; a telephone number may stand right behind a letter of another.
pub(super) fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() && (letter < '\u{250}' || digit(letter).is_some())
}

/// What may stand between the groups of a number.
fn is_mark(letter: char) -> bool {
    matches!(
        letter,
        ' ' | '-' | '.' | '/' | '(' | ')' | '+' | '\u{a0}' | '\u{2010}'..='\u{2013}' | '\u{ff0d}'
    )
}

/// The value of a digit, full-width ones too.
fn digit(letter: char) -> Option<u8> {
    let plain = match letter {
        '\u{ff10}'..='\u{ff19}' => char::from_u32(u32::from(letter) - 0xff10 + u32::from('0'))?,
        _ => letter,
    };
    plain.to_digit(10).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::personal::values;
    use proptest::prelude::*;

    fn masked(text: &str) -> String {
        mask(text).map_or_else(|| text.to_owned(), |masked| masked.text)
    }

    #[test]
    fn addresses_and_numbers_are_masked() {
        for (text, expected) in [
            ("mail me: ada.l+x@example.co.uk.", "mail me: [e-mail]."),
            ("<a@b.org>,c@d.de", "<[e-mail]>,[e-mail]"),
            ("call 030 1234567 or +49 (30) 12 34-56 please", "call [phone] or [phone] please"),
            ("(555) 123-4567!", "[phone]!"),
            ("555-123-4567", "[phone]"),
            ("06 12 34 56 78", "[phone]"),
            ("電話は03-1234-5678です", "電話は[phone]です"),
            ("０３－１２３４－５６７８", "[phone]"),
            ("card 4111 1111 1111 1111 charged twice", "card [card] charged twice"),
            ("paid from DE89 3704 0044 0532 0130 00, late", "paid from [iban], late"),
            ("de89370400440532013000", "[iban]"),
            ("a@..aa", "[e-mail]"),
            ("or anna.2 (at) mail.com!", "or [e-mail]!"),
            ("anna[at]mail[dot]com, bo (AT) mail (punkt) de", "[e-mail], [e-mail]"),
            ("cy{ at }mail.example.org.", "[e-mail]."),
            ("di @ mail.com", "[e-mail]"),
            ("seen at 192.168.100.20 today", "seen at [ip] today"),
        ] {
            assert_eq!(masked(text), expected, "{text}");
        }
        assert_eq!(mask("a@b.org 030 1234567").unwrap().rules, ["masked_email", "masked_phone"]);
    }

    #[test]
    fn long_comments_are_masked_as_short_ones() {
        for part in ["12 34 56 ", "a@b.", "a@b", "1.2.", "a (at) b.", " @ ", "([{", "DE8 ", "(dot)", "9"] {
            // Looking at all of the rest from every letter would not come to an end.
            let [short, long] = [120, 400_000].map(|length| mask(&part.repeat(length / part.len())));
            let first = |masked: Option<Masked>| Some(*masked?.rules.first()?);
            assert_eq!(first(short), first(long), "{part}");
        }
    }

    #[test]
    fn dates_amounts_and_marks_stay() {
        for text in [
            "on 01.07.2026 at 12:30",
            "2026-07-01",
            "7/1/2026 and 12/24/25",
            "2019-2020 2021",
            "1.000.000 Euro, 0.1234567",
            "5 4 3 2 1 5 4 3 2 1",
            "see room 204, 3rd floor",
            "a @ b, @home, me@home",
            "order AB1234567890",
            "10/10, 5 - Great",
            "the shop (at) 10.30, room (a) 2.5",
            "Chrome 92.0.4515.115",
            "",
        ] {
            assert_eq!(mask(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn masking_twice_is_masking_once(text in "[a-z@. +()0-9/é電-]{0,60}") {
            let once = masked(&text);
            prop_assert_eq!(mask(&once), None, "{}", once);
        }

        #[test]
        fn no_word_is_an_address_afterwards(text in "[a-c@. ]{0,40}") {
            let once = masked(&text);
            for word in once.split(' ') {
                let word = word.trim_matches('.');
                prop_assert!(!values::is_email(word), "{} in {}", word, once);
            }
        }

        #[test]
        fn numbers_of_cards_never_stay(digits in proptest::collection::vec(0_u8..10, 15)) {
            let mut card = vec![4_u8];
            card.extend(&digits[..14]);
            let last = (0..10).find(|last| checks::is_card(&[&card[..], &[*last]].concat())).unwrap();
            card.push(last);
            let text: String = card.iter().map(|digit| char::from(b'0' + digit)).collect();
            prop_assert_eq!(masked(&format!("my card {text}.")), "my card [card].");
        }
    }
}
