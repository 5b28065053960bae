//! What becomes of one cell.

use std::borrow::Cow;

use super::Treated;
use super::key::PseudonymKey;
use super::plan::Treatment;
use crate::survey::inference::is_date_text;
use crate::survey::mask;

/// A cell after its treatment.
pub(super) fn treat<'a>(treatment: Treatment, text: Cow<'a, str>, key: &PseudonymKey) -> Treated<'a> {
    let (new, rules) = match treatment {
        Treatment::Drop => return Treated { text: Cow::Borrowed(""), rules: Vec::new() },
        Treatment::Pseudonym => (Some(key.pseudonym(&text)), vec!["pseudonym"]),
        Treatment::Year => (Some(year(&text)), vec!["year_of_birth"]),
        Treatment::Prefix => (Some(prefix(&text)), vec!["postcode_prefix"]),
        Treatment::Day(form) if form.is_time_of_day(&text) => (None, Vec::new()),
        Treatment::Day(form) if form.day(&text).is_some() => {
            (form.day(&text).map(Cow::into_owned), vec!["time_cut"])
        }
        Treatment::Day(_) if is_date_text(&text) => (None, Vec::new()),
        Treatment::Mask | Treatment::Day(_) if has_link(&text) => {
            let linkless = without_links(&text);
            let masked = mask(&linkless);
            let rules = masked.as_ref().map(|masked| masked.rules.clone()).unwrap_or_default();
            (Some(masked.map_or(linkless, |masked| masked.text)), [vec!["masked_link"], rules].concat())
        }
        Treatment::Keep | Treatment::Mask | Treatment::Day(_) => match mask(&text) {
            // A column of answers may hold numbers that look like those of a telephone; addresses it may not.
            Some(masked) if treatment != Treatment::Keep || masked.rules.contains(&"masked_email") => {
                (Some(masked.text), masked.rules)
            }
            _ => (None, Vec::new()),
        },
    };
    match new {
        Some(new) if new != *text => Treated { text: Cow::Owned(new), rules },
        _ => Treated { text, rules: Vec::new() },
    }
}

fn has_link(text: &str) -> bool {
    text.contains("://")
}

/// The text with a mask for each address of a page: what stands behind its question mark may be an id.
fn without_links(text: &str) -> String {
    let ends = |letter: char| {
        letter.is_whitespace() || matches!(letter, '"' | '\'' | '<' | '>' | '(' | ')' | '[' | ']')
    };
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let scheme = rest[..at].rfind(|letter: char| !letter.is_ascii_alphanumeric());
        let begin = scheme.map_or(0, |found| found + rest[found..].chars().next().map_or(0, char::len_utf8));
        out.push_str(&rest[..begin]);
        out.push_str("[link]");
        let tail = &rest[at + 3..];
        rest = &tail[tail.find(ends).unwrap_or(tail.len())..];
    }
    out.push_str(rest);
    out
}

/// The year in a date of birth; nothing where none is written out, since two digits may be any century.
fn year(text: &str) -> String {
    let digits = text.split(|character: char| !character.is_ascii_digit());
    let is_year = |part: &&str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    let mut parts = digits.clone().filter(is_year);
    let whole = digits.clone().find(|part| part.len() == 8).and_then(|part| {
        let ends = [part.get(..4), part.get(4..)];
        ends.into_iter().flatten().find(|end| is_year(end))
    });
    parts.next().or(whole).unwrap_or_default().to_owned()
}

/// The beginning of a postal code: three characters of codes with more than five, two of those with four or five;
/// shorter ones are beginnings already.
fn prefix(text: &str) -> String {
    let code: Vec<char> = text.trim().chars().collect();
    let kept = match code.len() {
        0..=3 => code.len(),
        4..=5 => 2,
        _ => 3,
    };
    code[..kept].iter().collect::<String>().trim_end_matches([' ', '-']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::DayForm;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_time_of_day_is_not_cut() {
        let day = Treatment::Day(DayForm::Cut);
        assert_eq!(treated(day, "12/31/1899 06:15:00 PM"), "12/31/1899 06:15:00 PM");
        assert_eq!(treated(day, "12/31/2025 06:15:00 PM"), "12/31/2025");
    }

    fn treated(treatment: Treatment, text: &str) -> String {
        let key = PseudonymKey::new(&[7; 16]).unwrap();
        treat(treatment, Cow::Borrowed(text), &key).text.into_owned()
    }

    #[test]
    fn dates_of_birth_become_years_and_postal_codes_beginnings() {
        for (text, year) in [
            ("1985-03-14", "1985"),
            ("14.03.1985", "1985"),
            ("3/14/2001 00:00", "2001"),
            ("19850314", "1985"),
            ("14031985", "1985"),
            ("1985", "1985"),
            ("14/03/85", ""),
            ("unknown", ""),
            ("", ""),
        ] {
            assert_eq!(treated(Treatment::Year, text), year, "{text}");
        }
        for (text, prefix) in [
            ("10115", "10"),
            ("8001", "80"),
            ("SW1A 1AA", "SW1"),
            ("M1 1AA", "M1"),
            ("12345-6789", "123"),
            ("K1A 0B1", "K1A"),
            ("101", "101"),
            ("", ""),
        ] {
            assert_eq!(treated(Treatment::Prefix, text), prefix, "{text}");
        }
    }

    #[test]
    fn comments_are_masked_and_answers_keep_their_numbers() {
        assert_eq!(treated(Treatment::Mask, "call 030 1234567"), "call [phone]");
        assert_eq!(treated(Treatment::Keep, "030 1234567"), "030 1234567");
        assert_eq!(treated(Treatment::Keep, "a@b.org"), "[e-mail]");
        assert_eq!(treated(Treatment::Drop, "Ada"), "");
        assert_eq!(treated(Treatment::Day(DayForm::Cut), "2026-07-01 09:05"), "2026-07-01");
        assert_eq!(treated(Treatment::Day(DayForm::Cut), "after 030 1234567"), "after [phone]");
        for (text, masked) in [
            ("=HYPERLINK(\"http://x.org/?u=1\",\"x\")", "=HYPERLINK(\"[link]\",\"x\")"),
            ("sée https://x.org/ü?u=a@b.org now, a@b.org", "sée [link] now, [e-mail]"),
            ("é://", "é[link]"),
        ] {
            assert_eq!(treated(Treatment::Mask, text), masked);
        }
    }

    proptest! {
        #[test]
        fn what_was_redacted_stays_as_it_is(text in "[a-zA-Z0-9@. +/:-]{0,40}") {
            let day = Treatment::Day(DayForm::Cut);
            for treatment in [Treatment::Keep, Treatment::Mask, Treatment::Year, Treatment::Prefix, day] {
                let once = treated(treatment, &text);
                prop_assert_eq!(treated(treatment, &once), once, "{:?}", treatment);
            }
        }
    }
}
