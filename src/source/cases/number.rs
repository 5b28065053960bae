//! Cells that hold an amount or another number.

use super::column::Outcome;
use crate::source::NumberCoder;
use crate::source::number::Fixed;
use crate::source::text::text;
use crate::survey::{Missing, NumberStyle};

/// The largest number either way: beyond it, neighbouring hundredths cannot be told apart.
const LARGEST: f64 = 1e15;

/// The numbers of a field, one a case.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Numbers {
    /// Not a number where there is none, which never leaves.
    values: Vec<f64>,
}

impl Numbers {
    /// The number of a case, finite and at most 10¹⁵ either way; none where there is none.
    pub fn get(&self, case: usize) -> Option<f64> {
        self.values.get(case).copied().filter(|value| !value.is_nan())
    }

    /// Adds further cases.
    pub(super) fn append(&mut self, other: Self) {
        self.values.extend(other.values);
    }

    /// Adds cases without a number, up to so many in all.
    pub(super) fn pad(&mut self, cases: usize) {
        self.values.resize(cases, f64::NAN);
    }

    /// Puts so many cases without a number in front.
    pub(super) fn behind(&mut self, before: usize) {
        self.values.splice(0..0, std::iter::repeat_n(f64::NAN, before));
    }

    /// The numbers of all cases, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<f64>> {
        self.values.iter().map(|value| Some(*value).filter(|value| !value.is_nan()))
    }
}

/// Reads numbers.
#[derive(Debug)]
pub(super) struct NumberReader {
    numbers: NumberCoder,
    style: NumberStyle,
    pub(super) found: Numbers,
}

impl NumberReader {
    /// A reader of a column whose numbers are written so; `missing` are the texts that mean blank.
    pub(super) fn new(style: NumberStyle, missing: &[String]) -> Self {
        let mut numbers = NumberCoder::new(missing);
        numbers.begin(style);
        Self { numbers, style, found: Numbers::default() }
    }

    /// Adds a case.
    #[inline]
    pub(super) fn push(&mut self, cell: &[u8]) -> Outcome {
        let (value, outcome) = self.look_at(cell).split(f64::NAN);
        self.found.values.push(value);
        outcome
    }

    /// What a cell says.
    #[inline]
    pub(super) fn look_at(&mut self, cell: &[u8]) -> Outcome<f64> {
        if cell.is_empty() {
            return Outcome::Blank;
        }
        match self.numbers.number(cell).map(Fixed::to_f64) {
            Ok(value) => Outcome::Read(value),
            Err(Missing::Invalid) => self.beyond_answers(cell),
            Err(_) => Outcome::Blank,
        }
    }

    /// Amounts may be larger than the number in any answer.
    fn beyond_answers(&self, cell: &[u8]) -> Outcome<f64> {
        let plain = text(cell).and_then(|text| self.style.plain(text));
        match plain.and_then(|plain| plain.parse::<f64>().ok()) {
            Some(value) if value.abs() <= LARGEST => Outcome::Read(value),
            Some(_) => Outcome::OutOfReach,
            None => Outcome::Unreadable,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::survey::DecimalMark;

    fn close(found: Outcome<f64>, value: f64) -> bool {
        matches!(found, Outcome::Read(number) if (number - value).abs() <= value.abs() * 1e-15)
    }

    #[test]
    fn amounts_blanks_and_the_rest() {
        let mut reader = NumberReader::new(NumberStyle::default(), &["-99".to_owned(), "n/a".to_owned()]);
        for (cell, value) in
            [("12.5", 12.5), (" -3 ", -3.0), ("2500000000", 2.5e9), ("1e15", 1e15), ("0", 0.0)]
        {
            assert!(close(reader.look_at(cell.as_bytes()), value), "{cell}");
        }
        for cell in ["", " ", "-99.0", "N/A"] {
            assert_eq!(reader.push(cell.as_bytes()), Outcome::Blank, "{cell}");
        }
        for cell in ["inf", "NaN", "ten", "12,5", "1\u{7}"] {
            assert_eq!(reader.push(cell.as_bytes()), Outcome::Unreadable, "{cell}");
        }
        for cell in ["1e16", "-9999999999999999", "1e999"] {
            assert_eq!(reader.push(cell.as_bytes()), Outcome::OutOfReach, "{cell}");
        }
        assert!(reader.found.iter().all(|value| value.is_none()));
        assert_eq!((reader.found.iter().len(), reader.found.get(99)), (12, None));
    }

    #[test]
    fn in_the_style_of_the_column() {
        let style =
            NumberStyle { decimal: Some(DecimalMark::Comma), affix: Some("€"), ..NumberStyle::default() };
        let mut reader = NumberReader::new(style, &[]);
        assert!(close(reader.look_at("1.234,50 €".as_bytes()), 1234.5));
        assert!(close(reader.look_at("2.500.000.000,00 €".as_bytes()), 2.5e9));
        assert_eq!(reader.look_at(b"12.5"), Outcome::Unreadable);
    }

    proptest! {
        #[test]
        fn nothing_but_numbers_comes_out(cells in proptest::collection::vec("[-+]?[0-9]{0,20}[.,]?[0-9]{0,5}(e[0-9]{1,3})?|.{0,6}", 0..30)) {
            let mut reader = NumberReader::new(NumberStyle::default(), &[]);
            let read = cells.iter().filter(|cell| reader.push(cell.as_bytes()) == Outcome::Read(())).count();
            let values: Vec<f64> = reader.found.iter().flatten().collect();
            prop_assert_eq!(values.len(), read);
            prop_assert!(values.iter().all(|value| value.abs() <= LARGEST));
        }
    }
}
