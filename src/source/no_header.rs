//! A file without a header, whose first respondent would be taken for one and be lost.
//!
//! A first record is no header where each of its filled cells could be an answer of its own column: it comes again there, or
//! it is a number or a date over numbers or dates; and where at least half of the columns have it again, beside other
//! values. Kept as headers: names that number the columns (`1,2,3`), and options that name their own ticks.

use super::dates::decode;
use crate::survey::{ColumnProfile, Profile, number_readings};

/// The fewest records below that tell.
const FEWEST: u64 = 5;

/// Whether what stands as the header is a row of answers.
pub(super) fn is_answers(profile: &Profile) -> bool {
    let named: Vec<&ColumnProfile> =
        profile.columns.iter().filter(|column| !column.name.is_empty()).collect();
    if profile.records < FEWEST || named.is_empty() || are_numbered(&named) {
        return false;
    }
    let mut again = 0;
    for column in &named {
        if comes_again(column) {
            again += usize::from(column.values.len() > 1);
        } else if !is_of_a_kind(column) {
            return false;
        }
    }
    again > 0 && again * 2 >= named.len()
}

fn comes_again(column: &ColumnProfile) -> bool {
    column.values.iter().any(|(text, _)| *text == column.name)
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

/// Whether the names are whole numbers that count on by one, as questions and options are numbered.
fn are_numbered(named: &[&ColumnProfile]) -> bool {
    let numbers: Vec<u32> = named.iter().map_while(|column| column.name.parse().ok()).collect();
    named.len() > 1 && numbers.len() == named.len() && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
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
        let found = profile("1000,South,5,2026-01-01", &rows);
        assert!(!is_answers(&profile("1000,region,5,2026-01-01", &rows)));
        assert!(is_answers(&found), "half of the cells come again");
        assert!(!is_answers(&profile("id,South,5,2026-01-01", &rows)));
        assert!(!is_answers(&profile("1000,South,5,2026-01-01", &rows[..3])), "too few to tell");
    }

    #[test]
    fn names_that_look_like_answers_are_names() {
        let ratings = ["1,2,3", "3,2,1", "2,1,3", "3,3,3", "1,1,2"];
        assert!(!is_answers(&profile("1,2,3", &ratings)), "questions are numbered");
        assert!(!is_answers(&profile("2021,2022,2023", &ratings)), "years over answers");
        assert!(!is_answers(&profile("2021,2022,2024", &ratings)));
        let ticks = ["Email,", ",Phone", "Email,Phone", ",", "Email,"];
        assert!(!is_answers(&profile("Email,Phone", &ticks)), "options name their ticks");
    }
}
