//! Codes of answers in a LimeSurvey export: `A1` to `A5`, `AO01` to `AO05`, in the order of the questionnaire.

use super::FirstRecords;
use super::first_records::is_digits;

/// The most codes that may be a scale.
const MOST_CODES: usize = 11;

/// The codes of a question whose columns hold nothing else, from the first to the last that was seen; none where they
/// are no codes, or too few or too many for a scale.
pub(super) fn codes(columns: impl Iterator<Item = usize>, first: &FirstRecords) -> Vec<String> {
    let cells: Vec<&str> =
        columns.flat_map(|at| first.cells(at, 1)).filter(|cell| *cell != NOT_SHOWN).collect();
    let Some((prefix, width)) = cells.first().and_then(|cell| parts(cell)).map(|(prefix, number)| {
        // `AO01` has as many digits as `AO10`, `A1` has not.
        (prefix, if number.starts_with('0') { number.len() } else { 0 })
    }) else {
        return Vec::new();
    };
    let number = |cell: &&str| {
        let (own, number) = parts(cell)?;
        (own == prefix && (width == 0 || number.len() == width)).then_some(())?;
        number.parse::<usize>().ok().filter(|number| *number > 0)
    };
    let numbers: Option<Vec<usize>> = cells.iter().map(number).collect();
    let last = numbers.and_then(|numbers| numbers.into_iter().max()).unwrap_or(0);
    if !(3..=MOST_CODES).contains(&last) {
        return Vec::new();
    }
    (1..=last).map(|number| format!("{prefix}{number:0width$}")).collect()
}

/// What stands in the cells of a question that was not shown.
const NOT_SHOWN: &str = "N/A";

/// `AO` and `01` of `AO01`.
fn parts(cell: &str) -> Option<(&str, &str)> {
    let (prefix, number) = cell.split_at_checked(cell.find(|c: char| c.is_ascii_digit())?)?;
    (matches!(prefix, "A" | "AO") && is_digits(number) && number.len() <= 2).then_some((prefix, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(cells: &[&str]) -> String {
        let text = cells.iter().map(|cell| [*cell, ",x\n"].concat()).collect::<String>();
        let first = FirstRecords::read(format!("Q1,y\n{text}").as_bytes(), b',', true);
        codes([0].into_iter(), &first).join(" ")
    }

    #[test]
    fn codes_are_counted_up_to_the_last() {
        assert_eq!(found(&["A4", "", "A1", "N/A"]), "A1 A2 A3 A4");
        assert_eq!(found(&["AO02", "AO03"]), "AO01 AO02 AO03");
        for other in
            [&["A1", "A2"][..], &["A1", "-oth-", "A5"], &["A1", "B5"], &["A7", "A99"], &["A0", "Ax"], &[]]
        {
            assert_eq!(found(other), "", "{other:?}");
        }
    }
}
