//! What the values of a column look like: whole numbers, decimals, dates, texts that mean no answer, texts.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::survey::numeral::{affix_of, marked_readings};
use crate::survey::phrasebook::{NoAnswer as Reason, phrasebook};
use crate::survey::{ColumnFacts, ColumnProfile, number_readings};

use super::dates::is_date;
use super::outcomes;
use super::wording;

/// The values of one column, sorted by kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Values {
    /// Cells with something in them that is not a text for "no answer".
    pub(super) answers: u64,
    /// Distinct answers (of those that the profile keeps).
    pub(super) distinct: usize,
    /// Whether there are more distinct values than the profile keeps.
    pub(super) overflow: bool,
    /// Whole numbers with their counts.
    pub(super) whole: BTreeMap<i64, u64>,
    /// Cells with whole numbers.
    pub(super) whole_cells: u64,
    /// Cells with other numbers.
    pub(super) decimal_cells: u64,
    /// What stands beside every number, such as `%` or `€`.
    pub(super) affix: Option<&'static str>,
    /// Whether every number is above zero.
    pub(super) positive: bool,
    /// Cells that look like dates.
    pub(super) date_cells: u64,
    /// Answers that are no numbers, with their counts.
    pub(super) texts: Vec<(String, u64)>,
    /// Texts that mean no answer.
    pub(super) reasons: Vec<(String, Reason)>,
    /// The longest answer in characters.
    pub(super) longest: usize,
}

impl Values {
    pub(super) fn of(column: &ColumnProfile) -> Self {
        let is_outcome = outcomes::is_outcome(&wording::tokens(&column.name));
        let affix = affix_of(column);
        let mut values = Self { positive: true, overflow: column.overflow, affix, ..Self::default() };
        for (text, count) in &column.values {
            let readable = without_control(text);
            let trimmed = readable.trim();
            if trimmed.is_empty() {
                continue;
            }
            let told = told_reason(&column.facts, trimmed);
            let by_words = || reason(trimmed).filter(|_| !(is_outcome && outcomes::is_value(trimmed)));
            if let Some(reason) = told.or_else(by_words) {
                values.reasons.push((trimmed.to_owned(), reason));
                continue;
            }
            values.answers += count;
            values.distinct += 1;
            values.longest = values.longest.max(trimmed.chars().count());
            if is_date(trimmed) {
                values.date_cells += count;
            }
            match number(trimmed, affix) {
                Some(number) if number.fract().abs() <= 0.0 && number.abs() < 1e15 => {
                    values.positive &= number > 0.0;
                    // Formatting a whole float below 10^15 gives its digits exactly.
                    if let Ok(whole) = format!("{number:.0}").parse::<i64>() {
                        *values.whole.entry(whole).or_insert(0) += count;
                        values.whole_cells += count;
                    }
                }
                Some(number) => {
                    values.positive &= number > 0.0;
                    values.decimal_cells += count;
                }
                None => values.texts.push((trimmed.to_owned(), *count)),
            }
        }
        if column.overflow {
            // The cells beyond the kept values are of the kind of the kept ones, as far as anybody can know.
            values.answers = column.filled;
        }
        values
    }

    /// Cells of the kept values.
    fn kept(&self) -> u64 {
        self.whole_cells + self.decimal_cells + self.texts.iter().map(|(_, count)| count).sum::<u64>()
    }

    /// Whether at least 95 % of the answers are numbers.
    pub(super) fn is_numeric(&self) -> bool {
        let numbers = self.whole_cells + self.decimal_cells;
        numbers > 0 && numbers.saturating_mul(100) >= self.kept().saturating_mul(95)
    }

    /// Whether at least 90 % of the answers are dates.
    pub(super) fn is_dates(&self) -> bool {
        self.date_cells > 0 && self.date_cells.saturating_mul(100) >= self.kept().saturating_mul(90)
    }

    /// Whether nearly every answer stands once.
    pub(super) fn is_unique(&self) -> bool {
        self.overflow
            || (self.answers >= 10 && (self.distinct as u64).saturating_mul(100) >= self.answers * 95)
    }

    /// Whether nearly every value that was kept stands once.
    pub(super) fn is_own(&self) -> bool {
        (self.distinct as u64).saturating_mul(100) >= self.kept().saturating_mul(95)
    }

    /// Whether an answer stands several times.
    pub(super) fn has_repeats(&self) -> bool {
        !self.overflow && self.distinct >= 10 && (self.distinct as u64) < self.answers
    }

    /// Whether at least 80 % of the answers stand once, as far as counts tell.
    pub(super) fn is_mostly_distinct(&self) -> bool {
        self.answers >= 10 && (self.distinct as u64).saturating_mul(100) >= self.answers * 80
    }

    /// Whether there are very many values, each with a few answers only: names of cities.
    pub(super) fn is_scattered(&self) -> bool {
        self.distinct > 200 && (self.distinct as u64).saturating_mul(20) > self.answers
    }

    /// The share of answers for which `test` holds, in percent, among the texts.
    pub(super) fn texts_percent(&self, test: impl Fn(&str) -> bool) -> u64 {
        let holds: u64 = self.texts.iter().filter(|(text, _)| test(text)).map(|(_, count)| count).sum();
        (holds * 100).checked_div(self.kept()).unwrap_or(0)
    }
}

/// A text as labels are compared: no-break and repeated spaces are one space, apostrophes are straight, case is
/// folded.
pub(super) fn folded(text: &str) -> String {
    text.replace('’', "'").split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Why a code is no answer, as the file says: by the label of the code, or because it calls it missing.
fn told_reason(facts: &ColumnFacts, code: &str) -> Option<Reason> {
    let label = facts.labels.iter().find(|(known, _)| known == code).and_then(|(_, label)| reason(label));
    let is_missing = || facts.missing.iter().any(|missing| missing == code);
    // Blank would be blank in every column, where the code may be an answer.
    let of_this_column = |reason| if reason == Reason::Blank { Reason::NotApplicable } else { reason };
    label.map(of_this_column).or_else(|| is_missing().then_some(Reason::NotApplicable))
}

/// Why a text is no answer, if it is none.
pub(super) fn reason(text: &str) -> Option<Reason> {
    phrasebook().no_answer(text)
}

/// A text whose control characters are blanks: no definition can have them in a label, so that the cell stays one that
/// nobody knows.
fn without_control(text: &str) -> Cow<'_, str> {
    let is_odd = |character: char| character.is_control() && !matches!(character, '\n' | '\r' | '\t');
    if text.contains(is_odd) { text.replace(is_odd, " ").into() } else { text.into() }
}

/// The number that a cell is, however it is written, in a column where this stands beside every number; a decimal comma
/// counts, since it is asked only whether this is a number.
fn number(text: &str, affix: Option<&str>) -> Option<f64> {
    let readings = if affix.is_none() {
        number_readings(text)
    } else {
        let (beside, readings) = marked_readings(text);
        if beside != affix {
            return None;
        }
        readings
    };
    let number: f64 = readings.comma.filter(|_| text.contains(',')).or(readings.point)?.parse().ok()?;
    number.is_finite().then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(values: &[(&str, u64)]) -> ColumnProfile {
        ColumnProfile {
            values: values.iter().map(|(text, count)| ((*text).to_owned(), *count)).collect(),
            filled: values.iter().map(|(_, count)| count).sum(),
            ..ColumnProfile::default()
        }
    }

    #[test]
    fn kinds_are_told_apart() {
        let values = Values::of(&column(&[
            ("4", 3),
            ("5.0", 2),
            ("2,5", 1),
            ("N/A", 4),
            ("Don’t  know", 1),
            ("good", 1),
        ]));
        assert_eq!(values.whole, BTreeMap::from([(4, 3), (5, 2)]));
        assert_eq!((values.answers, values.distinct, values.decimal_cells), (7, 4, 1));
        assert_eq!(values.reasons.len(), 2);
        assert!(!values.is_numeric());
        assert!(values.texts_percent(|text| text == "good") == 14);
    }

    #[test]
    fn numbers_as_people_write_them() {
        let values = Values::of(&column(&[("4,0", 3), ("５", 2), ("3.0", 1), ("1.234,5", 1)]));
        assert_eq!(values.whole, BTreeMap::from([(3, 1), (4, 3), (5, 2)]));
        assert_eq!((values.decimal_cells, values.texts.len()), (1, 0));
    }

    #[test]
    fn what_stands_beside_every_number_makes_it_no_text() {
        let values = Values::of(&column(&[("85%", 3), ("12,5 %", 2), ("n/a", 1)]));
        assert_eq!((values.affix, values.whole_cells, values.decimal_cells), (Some("%"), 3, 2));
        assert!(values.is_numeric() && values.texts.is_empty());
        let values = Values::of(&column(&[("€ 1.200,50", 1), ("€ 45", 1), ("-€ 3", 1)]));
        assert_eq!((values.affix, values.decimal_cells), (Some("€"), 1));
        // Where some stand alone nobody knows what they are, and the reader takes them alone.
        let values = Values::of(&column(&[("85%", 3), ("0.9", 2), ("7", 1)]));
        assert_eq!((values.affix, values.texts.len()), (None, 1));
    }

    #[test]
    fn nothing_is_nothing() {
        let values = Values::of(&column(&[]));
        assert!(!values.is_numeric() && !values.is_dates() && !values.is_unique());
        assert_eq!(values.texts_percent(|_| true), 0);
    }
}
