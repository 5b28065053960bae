//! Does a text look like a date? Only that: reading dates is the reader's work.

use crate::survey::plain_date;

/// Names of months by their first three letters, in English, German, French and Spanish.
const MONTHS: &[&str] = &[
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mär", "mrz", "mai",
    "okt", "dez", "fév", "avr", "jui", "aoû", "déc", "ene", "abr", "ago", "dic",
];

/// Whether a text begins with a calendar date: year, month and day in some order, or year and month.
pub fn is_date(text: &str) -> bool {
    is_plain_date(text) || plain_date(text).is_some_and(|plain| is_plain_date(&plain))
}

fn is_plain_date(text: &str) -> bool {
    if text.len() > 60 || !text.is_char_boundary(0) {
        return false;
    }
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return compact(text);
    }
    let parts: Vec<&str> = text
        .split(|character: char| !character.is_alphanumeric())
        .flat_map(|part| {
            part.split_once('T').map_or([part, ""], |(date, time)| {
                // `2026-09-14T10:22` only: `Tuesday` and `OcT` stay whole.
                if date.bytes().all(|byte| byte.is_ascii_digit()) && !date.is_empty() {
                    [date, time]
                } else {
                    [part, ""]
                }
            })
        })
        .filter(|part| !part.is_empty())
        .collect();
    let number = |index: usize| parts.get(index).and_then(|part| part.parse::<u32>().ok());
    let month = |index: usize| parts.get(index).is_some_and(|part| is_month(part));
    let year = |index: usize| {
        parts.get(index).is_some_and(|part| matches!(part.len(), 2 | 4))
            && number(index).is_some_and(|year| year < 100 || (1900..=2200).contains(&year))
    };
    let full_year = |index: usize| parts.get(index).is_some_and(|part| part.len() == 4) && year(index);
    let day = |index: usize| number(index).is_some_and(|day| (1..=31).contains(&day));
    let month_number = |index: usize| number(index).is_some_and(|month| (1..=12).contains(&month));
    let starts_with_digit = text.starts_with(|character: char| character.is_ascii_digit());
    if starts_with_digit {
        let separator = text.chars().find(|character| !character.is_ascii_digit());
        if !matches!(separator, Some('-' | '/' | '.' | ' ')) {
            return false;
        }
        let numbers = full_year(0) && month_number(1) && (parts.len() == 2 || day(2))
            || year(2) && day(0) && day(1) && (month_number(0) || month_number(1));
        let words = (day(0) && month(1) && year(2)) || (full_year(0) && month(1));
        // `3.14.15` and `1-2` are dates only with a plausible year; a decimal has two parts.
        return numbers && (parts.len() > 2 || separator == Some('-')) || words;
    }
    (month(0) && day(1) && year(2))
        || (month(0) && full_year(1))
        || (month(1) && day(2) && year(3))
        || (day(1) && month(2) && year(3))
}

fn is_month(part: &str) -> bool {
    let start: String = part.to_lowercase().chars().take(3).collect();
    part.chars().all(char::is_alphabetic) && MONTHS.contains(&start.as_str())
}

/// `20260914`
fn compact(text: &str) -> bool {
    let part =
        |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    (1900..=2200).contains(&part(0, 4)) && (1..=12).contains(&part(4, 6)) && (1..=31).contains(&part(6, 8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_what_is_none() {
        for text in [
            "2026-09-14",
            "2026-09-14 10:22:33",
            "2026-09-14T10:22:33Z",
            "14/09/2026",
            "9/14/26 15:29",
            "14.09.2026",
            "14-Sep-2026",
            "Sep 14, 2026",
            "2026/10/04 10:15:00 AM GMT+5:30",
            "20260914",
            "2026-09",
            "04/12/2018 11:11:26 AM",
            "Tuesday, 3 March 2020",
            "4 października 2026",
            "2026年10月4日 10:15",
            "2026. 10. 4. 오전 10:15",
        ] {
            assert!(is_date(text), "{text}");
        }
        for text in [
            "",
            "4",
            "3.5",
            "2026",
            "99999999",
            "12:30",
            "5",
            "North",
            "1-2",
            "3.14",
            "555-123-4567",
            "31/31/2020",
            "2026-13",
            "Mayor",
            "March",
            "192.168.1.20",
            "18-00269879",
            "é",
            "10 minutes",
        ] {
            assert!(!is_date(text), "{text}");
        }
    }
}
