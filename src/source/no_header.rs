//! A file without a header, whose first respondent would be taken for one and be lost.
//!
//! A first record is no header where each of its filled cells could be an answer of its own column: it comes again there, or
//! it is a number or a date over numbers or dates; and where that is no accident of names: a number or a date stands over
//! many different ones, or a text that comes again beside a number over numbers. Everything else stays a header: numbers of
//! questions (`5,1,2`), years, options over their own ticks or ranks, a single column.

use super::dates::decode;
use crate::survey::{ColumnProfile, Profile, number_readings};

/// The fewest records below that tell.
const FEWEST: u64 = 5;
/// So many different numbers or dates are no answers on a scale.
const MANY: usize = 20;

/// Whether what stands as the header is a row of answers.
pub(super) fn is_answers(profile: &Profile) -> bool {
    let named: Vec<&ColumnProfile> =
        profile.columns.iter().filter(|column| !column.name.is_empty()).collect();
    if profile.records < FEWEST || named.len() < 2 || are_numbered(&named) {
        return false;
    }
    let (mut numbers, mut many, mut texts) = (false, false, false);
    for column in &named {
        if is_of_a_kind(column) {
            numbers = true;
            many |= column.values.len() >= MANY;
        } else if comes_again(column) {
            texts |= is_category(column);
        } else {
            return false;
        }
    }
    many || (numbers && texts)
}

fn comes_again(column: &ColumnProfile) -> bool {
    column.values.iter().any(|(text, _)| *text == column.name)
}

/// Whether the name is one of several texts that each come more than once.
fn is_category(column: &ColumnProfile) -> bool {
    let common = column.values.iter().filter(|(_, count)| *count > 1);
    comes_again(column) && common.count() > 1
}

/// Whether the name is a number or a date, as nearly all of the values are.
fn is_of_a_kind(column: &ColumnProfile) -> bool {
    let all = |is: fn(&str) -> bool| {
        let (mut like, mut unlike) = (0_u64, 0_u64);
        for (text, count) in &column.values {
            *(if is(text) { &mut like } else { &mut unlike }) += count;
        }
        is(&column.name) && like > unlike.saturating_mul(20)
    };
    all(is_number) || all(|text| decode(text).is_some())
}

fn is_number(text: &str) -> bool {
    let readings = number_readings(text);
    readings.point.is_some() || readings.comma.is_some()
}

/// Whether the names are whole numbers that count on by one, as questions and years are numbered.
fn are_numbered(named: &[&ColumnProfile]) -> bool {
    let numbers: Vec<u32> = named.iter().map_while(|column| column.name.parse().ok()).collect();
    numbers.len() == named.len() && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(header: &str, rows: &[&str]) -> Profile {
        let columns = header.split(',').enumerate().map(|(at, name)| {
            let mut column = ColumnProfile { name: name.to_owned(), ..ColumnProfile::default() };
            for cell in rows.iter().filter_map(|row| row.split(',').nth(at)).filter(|cell| !cell.is_empty()) {
                match column.values.iter_mut().find(|(text, _)| text == cell) {
                    Some((_, count)) => *count += 1,
                    None => column.values.push((cell.to_owned(), 1)),
                }
            }
            column
        });
        Profile { columns: columns.collect(), records: rows.len() as u64, ..Profile::default() }
    }

    #[test]
    fn a_first_respondent_is_no_header() {
        let rows = [
            "1001,North,5,2026-01-02",
            "1002,South,4,2026-01-03",
            "1003,North,5,2026-01-04",
            "1004,South,3,",
            "1005,North,5,",
        ];
        assert!(!is_answers(&profile("1000,region,5,2026-01-01", &rows)));
        assert!(is_answers(&profile("1000,South,5,2026-01-01", &rows)), "a text comes again beside numbers");
        let many: Vec<String> = (1001..1030).map(|id| format!("{id},{}", id % 5 + 1)).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert!(is_answers(&profile("1000,3", &many)), "ids go on");
        assert!(!is_answers(&profile("1000", &many)) && !is_answers(&profile("id,3", &many)));
        assert!(!is_answers(&profile("id,South,5,2026-01-01", &rows)));
        assert!(!is_answers(&profile("1000,South,5,2026-01-01", &rows[..3])), "too few to tell");
    }

    #[test]
    fn names_that_look_like_answers_are_names() {
        let ratings = ["1,2,3", "3,2,1", "2,1,3", "3,3,3", "1,1,2"];
        assert!(!is_answers(&profile("1,2,3", &ratings)), "questions are numbered");
        assert!(!is_answers(&profile("2021,2022,2023", &ratings)), "years over answers");
        assert!(!is_answers(&profile("2021,2022,2024", &ratings)));
        assert!(!is_answers(&profile("5,1,2", &ratings)) && !is_answers(&profile("1,3,5", &ratings)));
        let ranks = ["Price,Staff", "Staff,Price", "Price,Staff", "Staff,Price", "Price,Staff"];
        assert!(!is_answers(&profile("Price,Staff", &ranks)), "options over ranks");
        assert!(!is_answers(&profile("overall", &["5", "4", "overall", "3", "overall", "1"])));
        let ticks = ["Email,", ",Phone", "Email,Phone", ",", "Email,"];
        assert!(!is_answers(&profile("Email,Phone", &ticks)), "options name their ticks");
    }
}
