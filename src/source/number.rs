//! Decimal numbers, read exactly from their text: never through a float.
//!
//! Accepts a sign, digits, one decimal point and an exponent: `4`, `+4.0`, `04`, `.5`, `1e3`; and, in the style of a
//! column ([`NumberStyle`]), what people write: `1.234,5`. Refuses `inf` and `nan`, and anything above 10⁹ either way.

use super::text::text;
use crate::survey::{NumberReadings, NumberStyle, number_readings};

/// The largest number, in units of 10⁻⁹.
pub(super) const LARGEST: u64 = 1_000_000_000_000_000_000;
/// 10⁹: how many units of 10⁻⁹ make one, and how many of 10⁻¹⁸ make one of 10⁻⁹.
const NANO: u64 = 1_000_000_000;
/// The longest text that [`plain`] reads: its digits fit in 64 bits.
const PLAIN_DIGITS: usize = 19;
/// Decimal places that [`Decimal`] keeps.
const PLACES: i64 = 18;
/// The power of ten, in units of 10⁻¹⁸, of the first digit of [`LARGEST`].
const LARGEST_POWER: i64 = 27;

/// A decimal number in units of 10⁻⁹, at most 10⁹ either way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fixed(i64);

impl Fixed {
    /// The number in units of 10⁻⁹.
    pub const fn nano(self) -> i64 {
        self.0
    }

    /// A whole number.
    pub fn whole(value: i32) -> Option<Self> {
        let nano = i64::from(value) * 1_000_000_000;
        (nano.unsigned_abs() <= LARGEST).then_some(Self(nano))
    }

    /// The whole number that it is, or `None` when it has a fraction.
    pub fn as_whole(self) -> Option<i64> {
        (self.0 % 1_000_000_000 == 0).then_some(self.0 / 1_000_000_000)
    }

    /// The number of a trimmed text, rounded half away from zero to 9 places.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let decimal = Decimal::parse(text)?;
        let nano = i64::try_from(decimal.nano()).ok()?;
        Some(Self(if decimal.negative { -nano } else { nano }))
    }

    /// The number of a trimmed text in a column whose numbers are written so.
    #[inline]
    pub(super) fn parse_in(cell: &[u8], style: NumberStyle) -> Option<Self> {
        match style.takes_plain().then(|| Self::parse(cell)).flatten() {
            Some(number) => Some(number),
            None => Self::parse(written(cell, style)?.as_bytes()),
        }
    }

    /// The numbers that a trimmed text can mean where nothing tells how numbers are written; at most two.
    pub(super) fn readings(text: &str) -> impl Iterator<Item = Self> {
        let readings = if text.bytes().any(may_write_a_number) {
            number_readings(text)
        } else {
            NumberReadings::default()
        };
        let [point, comma] = [readings.point, readings.comma].map(|text| Self::parse(text?.as_bytes()));
        point.into_iter().chain(comma.filter(|_| comma != point))
    }

    /// The decimal number that a float stands for (its shortest text), or `None` when it is not finite or too large.
    pub fn from_f64(value: f64) -> Option<Self> {
        Self::parse(value.to_string().as_bytes())
    }

    /// The nearest float.
    pub fn to_f64(self) -> f64 {
        const EXACT: u64 = 1 << f64::MANTISSA_DIGITS;
        let magnitude = self.0.unsigned_abs();
        if magnitude <= EXACT {
            self.0 as f64 / 1e9
        } else {
            // The division would round twice; the parser of the standard library rounds once.
            let sign = if self.0 < 0 { "-" } else { "" };
            let text = format!("{sign}{}.{:09}", magnitude / NANO, magnitude % NANO);
            text.parse().unwrap_or(self.0 as f64 / 1e9)
        }
    }
}

/// A decimal number at most 10⁹ either way, cut to 18 places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    pub(super) negative: bool,
    /// In units of 10⁻¹⁸; what is below is cut off.
    pub(super) atto: u128,
}

impl Decimal {
    /// The number of a trimmed text.
    pub(super) fn parse(text: &[u8]) -> Option<Self> {
        let (negative, digits) = match text {
            [b'-', digits @ ..] => (true, digits),
            [b'+', digits @ ..] => (false, digits),
            _ => (false, text),
        };
        let atto = match plain(digits) {
            Some(nano) => u128::from(nano) * u128::from(NANO),
            None => with_any_places(digits)?,
        };
        (atto <= u128::from(LARGEST) * u128::from(NANO)).then_some(Self { negative, atto })
    }

    /// In units of 10⁻⁹, rounded half up in magnitude: the tenth place decides alone.
    pub(super) fn nano(self) -> u64 {
        let unit = u128::from(NANO);
        u64::try_from((self.atto + unit / 2) / unit).unwrap_or(LARGEST)
    }
}

/// The plain text of the number that a trimmed cell is, in a column whose numbers are written so.
#[cold]
pub(super) fn written(cell: &[u8], style: NumberStyle) -> Option<String> {
    if !cell.iter().copied().any(may_write_a_number) {
        return None;
    }
    style.plain(text(cell)?)
}

/// Whether a byte is a digit or part of a wide one: what has none is no number.
fn may_write_a_number(byte: u8) -> bool {
    byte.is_ascii_digit() || byte == 0xef
}

/// Digits with at most one point and nine places, in units of 10⁻⁹; `None` is "look closer".
#[inline]
pub(super) fn plain(digits: &[u8]) -> Option<u64> {
    if digits.len() > PLAIN_DIGITS {
        return None;
    }
    let mut value = 0_u64;
    let mut point = None;
    for (index, byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => value = value * 10 + u64::from(byte - b'0'),
            b'.' if point.is_none() => point = Some(index),
            _ => return None,
        }
    }
    let places = point.map_or(0, |point| digits.len() - 1 - point);
    if digits.len() == usize::from(point.is_some()) {
        return None;
    }
    let missing = u32::try_from(9_usize.checked_sub(places)?).ok()?;
    value.checked_mul(10_u64.pow(missing))
}

/// Any decimal text in units of 10⁻¹⁸.
fn with_any_places(text: &[u8]) -> Option<u128> {
    let split = text.iter().position(|byte| matches!(byte, b'e' | b'E'));
    let (mantissa, exponent) = match split {
        Some(split) => (&text[..split], exponent(&text[split + 1..])?),
        None => (text, 0),
    };
    let point = mantissa.iter().position(|byte| *byte == b'.');
    let (whole, fraction) = match point {
        Some(point) => (&mantissa[..point], &mantissa[point + 1..]),
        None => (mantissa, &[][..]),
    };
    let mut digits = whole.iter().chain(fraction);
    if mantissa.len() == usize::from(point.is_some()) || !digits.all(u8::is_ascii_digit) {
        return None;
    }
    // The power of ten, in units of 10⁻¹⁸, of the last digit taken.
    let mut power = i64::try_from(whole.len()).ok()?.checked_add(exponent)?.checked_add(PLACES)?;
    if power < 0 {
        return Some(0);
    }
    let mut value = 0_u128;
    for byte in whole.iter().chain(fraction) {
        if power == 0 {
            break;
        }
        power -= 1;
        value = value * 10 + u128::from(byte - b'0');
        if value > 0 && power > LARGEST_POWER {
            return None;
        }
    }
    if value == 0 { Some(0) } else { Some(value * 10_u128.pow(u32::try_from(power).ok()?)) }
}

/// An exponent; one beyond every length of text is cut to a thousand million.
fn exponent(text: &[u8]) -> Option<i64> {
    const BEYOND: i64 = 1_000_000_000;
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] => (false, digits),
        _ => (false, text),
    };
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let value = digits.iter().fold(0_i64, |value, byte| (value * 10 + i64::from(byte - b'0')).min(BEYOND));
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn nano(text: &str) -> Option<i64> {
        Fixed::parse(text.as_bytes()).map(Fixed::nano)
    }

    #[test]
    fn every_way_to_write_four() {
        for text in [
            "4",
            "+4",
            "4.0",
            "04",
            "4.",
            "4e0",
            "0.4e1",
            "40E-1",
            "4.000000000000000000000000000",
            "400e-02",
        ] {
            assert_eq!(nano(text), Some(4_000_000_000), "{text}");
        }
        assert_eq!(nano("-4"), Some(-4_000_000_000));
        assert_eq!(nano("-0"), Some(0));
        assert_eq!(nano(".5"), Some(500_000_000));
    }

    #[test]
    fn what_is_no_decimal_is_refused() {
        for text in [
            "", "+", "-", ".", "e3", "1e", "1e+", "4,0", "1_000", "1 000", "1,000", "0x4", "inf", "NaN",
            "--4", "1.2.3", "4a", "１",
        ] {
            assert_eq!(nano(text), None, "{text}");
        }
    }

    #[test]
    fn the_largest_is_a_thousand_million() {
        assert_eq!(nano("1000000000"), Some(1_000_000_000_000_000_000));
        assert_eq!(nano("-1e9"), Some(-1_000_000_000_000_000_000));
        assert_eq!(nano("1e-9999999999999999999999"), Some(0));
        for text in
            ["1000000000.000000001", "1e10", "1E308", "9".repeat(5_000).as_str(), "1e99999999999999999999999"]
        {
            assert_eq!(nano(text), None, "{text}");
        }
        assert_eq!(nano(&format!("{}1", "0".repeat(5_000))), Some(1_000_000_000));
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        assert_eq!(nano("0.0000000005"), Some(1));
        assert_eq!(nano("-0.0000000005"), Some(-1));
        assert_eq!(nano("0.00000000049999999999999999999999"), Some(0));
        assert_eq!(nano("0.1234567894999"), Some(123_456_789));
    }

    #[test]
    fn floats_stand_for_their_shortest_text() {
        assert_eq!(Fixed::from_f64(0.1).map(Fixed::nano), Some(100_000_000));
        assert_eq!(Fixed::from_f64(-30.0).map(Fixed::nano), Some(-30_000_000_000));
        assert_eq!(Fixed::from_f64(f64::NAN), None);
        assert_eq!(Fixed::from_f64(f64::INFINITY), None);
        assert_eq!(Fixed::from_f64(1e300), None);
        assert_eq!(Fixed::from_f64(5e-324).map(Fixed::nano), Some(0));
    }

    proptest! {
        #[test]
        fn agrees_with_the_standard_parser(value in -LARGEST.cast_signed()..=LARGEST.cast_signed()) {
            let magnitude = value.unsigned_abs();
            let sign = if value < 0 { "-" } else { "" };
            let text = format!("{sign}{}.{:09}", magnitude / NANO, magnitude % NANO);
            let read = Fixed::parse(text.as_bytes()).expect("a plain decimal");
            prop_assert_eq!(read.nano(), value);
            prop_assert_eq!(read.to_f64().to_bits(), text.parse::<f64>().expect("a plain decimal").to_bits());
        }

        #[test]
        fn the_quick_way_is_the_long_way(text in "[0-9]{0,9}\\.?[0-9]{0,9}") {
            if let Some(quick) = plain(text.as_bytes()).filter(|nano| *nano <= LARGEST) {
                prop_assert_eq!(Some(u128::from(quick) * u128::from(NANO)), with_any_places(text.as_bytes()));
            }
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..40), shaped in "[-+]?[0-9.]{0,30}[eE]?[-+]?[0-9]{0,25}") {
            let _ = Fixed::parse(&bytes);
            if let Some(read) = Fixed::parse(shaped.as_bytes()) {
                let float: f64 = shaped.parse().expect("what is read here is a number there");
                prop_assert!((read.to_f64() - float).abs() <= 1e-9 + float.abs() * 1e-15);
            }
        }
    }
}
