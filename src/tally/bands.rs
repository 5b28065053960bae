//! The order of bands that nobody ordered: `$0 - $24,999`, `$25,000 - $99,999`, `$100,000+`, `No answer`.
//!
//! They stand by the number they begin with. A name that begins with a word stands by the number in it, `Under 18`, or
//! last. Where more than two names begin with a word, nothing is known of their order.

/// The most names that begin with a word among bands.
const MOST_WORDS: usize = 2;

/// Names, sorted by code point, in the order of the numbers they begin with, if nearly all begin with one.
pub(super) fn in_order(names: Vec<&str>) -> Vec<&str> {
    let begins = |name: &&&str| begins_with_a_number(name);
    let numbered = names.iter().filter(begins).count();
    if numbered < 2 || names.len() - numbered > MOST_WORDS {
        return names;
    }
    let mut keyed: Vec<((f64, i8), &str)> = names.into_iter().map(|name| (key(name), name)).collect();
    let least = keyed
        .iter()
        .filter(|(_, name)| begins_with_a_number(name))
        .map(|((number, _), _)| *number)
        .fold(f64::INFINITY, f64::min);
    for ((number, side), name) in &mut keyed {
        // `Under 18` before `18-29`, `Over 60` after `45-60`.
        if !begins_with_a_number(name) {
            *side = if *number <= least { -1 } else { 1 };
        }
    }
    // Stable: of equals, the code points decide.
    keyed.sort_by(|((left, left_side), _), ((right, right_side), _)| {
        left.total_cmp(right).then(left_side.cmp(right_side))
    });
    keyed.into_iter().map(|(_, name)| name).collect()
}

/// Marks that stand before a number: currencies, less and more.
fn is_mark(character: char) -> bool {
    character.is_whitespace() || "$€£¥₩₹<>≤≥=~".contains(character)
}

fn begins_with_a_number(name: &str) -> bool {
    name.trim_start_matches(is_mark).starts_with(|character: char| character.is_ascii_digit())
}

/// The first number of a name, or infinity, and whether a mark puts it before or after others with that number.
fn key(name: &str) -> (f64, i8) {
    let side = match name.trim_start().chars().next() {
        Some('<' | '≤') => -1,
        Some('>' | '≥') => 1,
        _ => 0,
    };
    (first_number(name), side)
}

/// The first number in a text, `1,000` and `1.000` read as a thousand; infinity where there is none.
fn first_number(text: &str) -> f64 {
    let Some(from) = text.find(|character: char| character.is_ascii_digit()) else { return f64::INFINITY };
    let mut digits = String::new();
    let mut rest = text.get(from..).unwrap_or_default();
    loop {
        let end = rest.find(|character: char| !character.is_ascii_digit()).unwrap_or(rest.len());
        let (group, after) = rest.split_at(end);
        digits.push_str(group);
        let mut next = after.chars();
        let mark = next.next();
        let inner = next.as_str();
        let following = inner.find(|character: char| !character.is_ascii_digit()).unwrap_or(inner.len());
        match mark {
            Some(',' | '.' | '\'' | '’' | '\u{a0}' | '\u{202f}' | ' ') if following == 3 => rest = inner,
            Some('.' | ',') if following > 0 => {
                digits.push('.');
                digits.push_str(inner.get(..following).unwrap_or_default());
                break;
            }
            _ => break,
        }
    }
    digits.parse().unwrap_or(f64::INFINITY)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered<'a>(names: &[&'a str]) -> Vec<&'a str> {
        let mut names = names.to_vec();
        names.sort_unstable();
        in_order(names)
    }

    #[test]
    fn bands_stand_by_their_first_number() {
        for names in [
            &["$0 - $24,999", "$25,000 - $49,999", "$100,000 - $149,999", "$150,000+", "Prefer not to say"][..],
            &["< 18", "18-29", "30-44", "45-60", "> 60"],
            &["Under 5", "5-9", "10-14", "Over 14"],
            &["5'0\"", "5'10\""],
            &["0.5 h", "1.000 h", "2,500 h"],
            &["2 weeks", "10 weeks"],
            &["North", "South", "1 West"],
        ] {
            let expected =
                if names[0] == "North" { vec!["1 West", "North", "South"] } else { names.to_vec() };
            assert_eq!(ordered(names), expected, "{names:?}");
        }
    }

    #[test]
    fn names_that_begin_with_words_are_left() {
        assert_eq!(ordered(&["9 a", "10 b", "x", "y", "z"]), ["10 b", "9 a", "x", "y", "z"]);
    }
}
