//! What stands beside a number in every cell of some columns: a percent sign, a currency.

use std::borrow::Cow;

/// What is known, in the plain form; longer ones before those that they begin with.
const AFFIXES: &[&str] = &[
    "%", "€", "$", "£", "¥", "₩", "₹", "EUR", "USD", "GBP", "CHF", "JPY", "CNY", "KRW", "INR", "PLN", "SEK",
    "NOK", "DKK", "CAD", "AUD", "BRL", "US$", "R$", "zł", "Kč", "kr.", "kr", "Fr.", "円", "元", "원",
];

/// A number and what stands before or after it; a sign may stand before both.
pub(super) fn split(text: &str) -> (Option<&'static str>, Cow<'_, str>) {
    if let Some((sign, rest)) = text.split_at_checked(1).filter(|(sign, _)| ["-", "+"].contains(sign)) {
        let (affix, number) = unsigned(rest.trim_start());
        // Two signs are none, and stay where they are.
        return match affix.filter(|_| number.starts_with(|first: char| !matches!(first, '-' | '+'))) {
            Some(_) => (affix, Cow::Owned(format!("{sign}{number}"))),
            None => (None, Cow::Borrowed(text)),
        };
    }
    let (affix, number) = unsigned(text);
    (affix, Cow::Borrowed(number))
}

fn unsigned(text: &str) -> (Option<&'static str>, &str) {
    let first = text.chars().next();
    if first.is_some_and(|first| first.is_ascii_digit()) && text.ends_with(|last: char| last.is_ascii_digit())
    {
        return (None, text);
    }
    let is_number = |rest: &str| rest.contains(|character: char| character.is_ascii_digit());
    for &affix in AFFIXES {
        if let Some(rest) = text.strip_prefix(affix).filter(|rest| is_number(rest)) {
            return (Some(affix), rest.trim_start());
        }
        if let Some(rest) = text.strip_suffix(affix).filter(|rest| is_number(rest)) {
            return (Some(affix), rest.trim_end());
        }
    }
    (None, text)
}
