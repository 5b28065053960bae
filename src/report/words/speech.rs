//! The language of a report: its fixed texts and the way it writes numbers.
//!
//! Formatting only: a number is rounded for print by [`fixed`] and gets the marks of the language; nothing is computed.

use std::fmt::Display;

use super::figure::{FigureText, MOST_DECIMALS, decimals, is_signed};
use super::number::{fixed, plain};
use super::phrases::Phrases;
use crate::report::{DocumentSection, Estimate, Flag, Language, Unit};

/// Keeps number and unit on one line.
const NO_BREAK: char = '\u{a0}';

/// Parts thousands in French.
const NARROW_NO_BREAK: char = '\u{202f}';

/// A p-value that would be written as one of these gets more decimals, so that it is seen on which side it lies.
const LEVELS: [f64; 3] = [0.01, 0.05, 0.1];

/// A language with its texts and its numbers.
#[derive(Clone, Debug)]
pub(crate) struct Speech {
    language: Language,
    phrases: &'static Phrases,
    decimal: String,
    thousands: String,
}

/// How one figure is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NumberStyle {
    /// The decimals.
    pub(crate) decimals: usize,
    /// Whether a plus is written.
    pub(crate) signed: bool,
    /// Whether it is a percentage.
    pub(crate) percent: bool,
}

impl NumberStyle {
    /// A figure of that unit, with enough decimals for its interval.
    pub(crate) fn figure(unit: Unit, statistic: &str, limits: Option<(f64, f64)>) -> Self {
        Self {
            decimals: decimals(unit, limits),
            signed: is_signed(unit, statistic),
            percent: unit == Unit::Percent,
        }
    }

    /// A difference of two such figures: of percentages in points.
    pub(crate) fn difference(unit: Unit, limits: Option<(f64, f64)>) -> Self {
        Self { decimals: decimals(unit, limits), signed: true, percent: false }
    }

    /// A number of that many decimals.
    pub(crate) fn plain(decimals: usize) -> Self {
        Self { decimals, signed: false, percent: false }
    }

    /// A percentage with one decimal.
    pub(crate) fn percent() -> Self {
        Self { decimals: 1, signed: false, percent: true }
    }

    /// The same without the percent sign, as limits are written.
    pub(crate) fn bare(self) -> Self {
        Self { percent: false, ..self }
    }

    /// One decimal fewer where there is one to spare and the size does not then look like none.
    fn coarse(self, unit: Unit, size: f64) -> Self {
        if self.decimals == 0 || !matches!(unit, Unit::Percent | Unit::Index) {
            return self;
        }
        let fewer = Self { decimals: self.decimals - 1, ..self };
        let at = |number: f64| fixed(number, fewer.decimals, false);
        if at(size) == at(0.0) { self } else { fewer }
    }
}

impl Speech {
    /// The language and the numbers that a document asks for.
    pub(crate) fn new(document: &DocumentSection) -> Self {
        let language = document.language;
        let usual = match language {
            Language::English => (".".to_owned(), ",".to_owned()),
            Language::German | Language::Spanish => (",".to_owned(), ".".to_owned()),
            Language::French => (",".to_owned(), NARROW_NO_BREAK.to_string()),
        };
        let (decimal, thousands) = document
            .number_format
            .as_ref()
            .map_or(usual, |format| (format.decimal.clone(), format.thousands.clone()));
        Self { language, phrases: Phrases::of(language), decimal, thousands }
    }

    /// The language.
    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// The fixed texts.
    pub(crate) fn phrases(&self) -> &'static Phrases {
        self.phrases
    }

    /// A number in a style.
    pub(crate) fn styled(&self, number: f64, style: NumberStyle) -> String {
        let digits = self.number(number, style.decimals, style.signed);
        if style.percent { self.with_percent(&digits) } else { digits }
    }

    /// A number with that many decimals; `signed` puts a plus before a positive one.
    pub(crate) fn number(&self, number: f64, decimals: usize, signed: bool) -> String {
        self.localised(&fixed(number, decimals, signed))
    }

    /// A number with at most that many decimals and no trailing zeros.
    pub(crate) fn plain(&self, number: f64, decimals: usize, signed: bool) -> String {
        self.localised(&plain(number, decimals, signed))
    }

    /// A count, thousands parted.
    pub(crate) fn count(&self, number: u64) -> String {
        self.localised(&number.to_string())
    }

    /// A confidence level in percent.
    pub(crate) fn confidence(&self, level: f64) -> String {
        self.with_percent(&self.plain(level * 100.0, 3, false))
    }

    /// A share between 0 and 1 in whole percent; what is neither nothing nor all is not written as such.
    pub(crate) fn share(&self, share: f64) -> String {
        let units = &self.phrases.units;
        let (text, bound) = match share {
            share if share < 1.0 && share > 0.999 => (units.share_above, 0.999),
            share if share > 0.0 && share < 0.001 => (units.share_below, 0.001),
            share => {
                let decimals = usize::from((share > 0.0 && share < 0.01) || (share > 0.99 && share < 1.0));
                return self.with_percent(&self.number(share * 100.0, decimals, false));
            }
        };
        fill(text, &[("share", &self.with_percent(&self.number(bound * 100.0, 1, false)))])
    }

    /// A figure with its limits.
    pub(crate) fn figure(&self, estimate: &Estimate) -> FigureText {
        let limits = estimate.low.zip(estimate.high);
        let style = NumberStyle::figure(estimate.unit, &estimate.statistic, limits);
        let limit = |limit: Option<f64>| limit.map(|limit| self.styled(limit, style.bare()));
        FigureText {
            value: estimate
                .value
                .map_or_else(|| super::NO_FIGURE.to_owned(), |value| self.styled(value, style)),
            low: limit(estimate.low),
            high: limit(estimate.high),
            se: estimate.se.map(|se| self.number(se, style.decimals + 1, false)),
            target: estimate.target.map(|target| self.plain(target, MOST_DECIMALS, style.signed)),
        }
    }

    /// A p-value as a statement: `p = 0.03`, `p < 0.001`.
    pub(crate) fn p(&self, p: f64) -> String {
        let units = &self.phrases.units;
        let (bound, shown, decimals) = written_p(p);
        let text = match bound {
            Some('<') => units.p_below,
            Some(_) => units.p_above,
            None => units.p_is,
        };
        fill(text, &[("p", &self.number(shown, decimals, false))])
    }

    /// A p-value for a column of such, with its decimals: `0.03`, `< 0.001`.
    pub(crate) fn p_number(&self, p: f64) -> (String, usize) {
        let (bound, shown, decimals) = written_p(p);
        let digits = self.number(shown, decimals, false);
        (bound.map_or_else(|| digits.clone(), |bound| format!("{bound} {digits}")), decimals)
    }

    /// One text for one and another for any other number, with the number as `{count}`.
    pub(crate) fn counted(&self, number: u64, one: &str, many: &str) -> String {
        let is_one = number == 1 || number == 0 && self.language == Language::French;
        fill(if is_one { one } else { many }, &[("count", &self.count(number))])
    }

    /// A difference with its unit as a word: `+1.7 points`, `−0.54`.
    pub(crate) fn difference(&self, unit: Unit, difference: f64, limits: Option<(f64, f64)>) -> String {
        self.with_unit(unit, &self.styled(difference, NumberStyle::difference(unit, limits)))
    }

    /// The size of a difference that a design can find: no sign, and as coarse as may be.
    pub(crate) fn detectable(&self, unit: Unit, size: f64) -> String {
        let style = NumberStyle { signed: false, ..NumberStyle::difference(unit, None) };
        self.with_unit(unit, &self.styled(size, style.coarse(unit, size)))
    }

    /// A margin as it was given, with its unit as a word: `3 points`, `0.2`.
    pub(crate) fn margin(&self, unit: Unit, margin: f64) -> String {
        self.with_unit(unit, &self.plain(margin, MOST_DECIMALS, false))
    }

    /// The digits of a difference with their unit as a word.
    fn with_unit(&self, unit: Unit, digits: &str) -> String {
        let units = &self.phrases.units;
        let word = match unit {
            Unit::Percent | Unit::Points | Unit::Index if self.is_one(digits) => units.point_one,
            Unit::Percent | Unit::Points | Unit::Index => units.points,
            Unit::Days => units.days,
            Unit::Scale | Unit::Rate | Unit::Count => return digits.to_owned(),
        };
        fill(word, &[("number", &digits)])
    }

    /// Whether a unit stands in the singular after these digits: after one, in French after all below two.
    fn is_one(&self, digits: &str) -> bool {
        let size = digits.trim_start_matches(['+', '−']);
        match self.language {
            Language::French if !size.contains('e') => {
                matches!(size.split(self.decimal.as_str()).next(), Some("0" | "1"))
            }
            _ => size == "1",
        }
    }

    /// `57.1 to 73.6`.
    pub(crate) fn range(&self, (low, high): (f64, f64), style: NumberStyle) -> String {
        let limit = |limit| self.styled(limit, style.bare());
        fill(self.phrases.units.range, &[("low", &limit(low)), ("high", &limit(high))])
    }

    /// Names as a sentence lists them: `a, b and c`.
    pub(crate) fn list<T: AsRef<str>>(&self, names: &[T]) -> String {
        let page = &self.phrases.page;
        match names {
            [] => String::new(),
            [only] => only.as_ref().to_owned(),
            [others @ .., last] => {
                let others: Vec<&str> = others.iter().map(AsRef::as_ref).collect();
                let first = others.join(page.list_separator);
                fill(page.and_last, &[("first", &first), ("last", &last.as_ref())])
            }
        }
    }

    /// A wording within a sentence: in quotation marks where it is a sentence itself.
    pub(crate) fn quoted(&self, wording: &str) -> String {
        let is_sentence = wording.contains(['?', '!', ':', ';'])
            || wording.ends_with('.')
            || wording.split_whitespace().count() > 7;
        if is_sentence { fill(self.phrases.page.quoted, &[("text", &wording)]) } else { wording.to_owned() }
    }

    /// Names in a sentence, in quotation marks all or none: all where one of them would not end where it ends.
    pub(crate) fn quoted_alike<T: AsRef<str>>(&self, names: &[T]) -> Vec<String> {
        let and = fill(self.phrases.page.and_last, &[("first", &""), ("last", &"")]);
        let needs =
            |name: &str| name.contains(',') || name.contains(and.as_str()) || self.quoted(name) != name;
        let any = names.iter().any(|name| needs(name.as_ref()));
        let name = |name: &T| {
            let name = name.as_ref();
            if any { fill(self.phrases.page.quoted, &[("text", &name)]) } else { name.to_owned() }
        };
        names.iter().map(name).collect()
    }

    /// The first names of a list, and how many more there are.
    pub(crate) fn list_of_first<T: AsRef<str>>(&self, names: &[T], most: usize) -> String {
        // One name takes no more room than saying that there is one more.
        if names.len() <= most + 1 {
            return self.list(names);
        }
        let first: Vec<&str> = names.iter().take(most).map(AsRef::as_ref).collect();
        let more = self.count((names.len() - most) as u64);
        let list = first.join(self.phrases.page.list_separator);
        fill(self.phrases.views.and_more, &[("list", &list), ("count", &more)])
    }

    /// A flag in words, with the limits it speaks of.
    pub(crate) fn flag(&self, flag: Flag, flag_below: u64, suppress_below: u64) -> String {
        let flags = &self.phrases.flags;
        let below = |text, below: u64| fill(text, &[("below", &self.count(below))]);
        match flag {
            Flag::NoAnswers => flags.no_answers.to_owned(),
            Flag::Suppressed => below(flags.suppressed, suppress_below),
            Flag::Complementary => flags.complementary.to_owned(),
            Flag::SingleAnswer => flags.single_answer.to_owned(),
            Flag::NoVariation => flags.no_variation.to_owned(),
            Flag::Census => flags.census.to_owned(),
            Flag::SmallBase => below(flags.small_base, flag_below),
            Flag::TooManyValues => flags.too_many_values.to_owned(),
            Flag::NoDeadline => flags.no_deadline.to_owned(),
            Flag::NotASubset => flags.not_a_subset.to_owned(),
        }
    }

    /// Digits or a percentage as the program writes them, with the marks of the language.
    pub(crate) fn written(&self, digits: &str) -> String {
        digits
            .strip_suffix(" %")
            .map_or_else(|| self.localised(digits), |digits| self.with_percent(&self.localised(digits)))
    }

    fn with_percent(&self, digits: &str) -> String {
        // English keeps the plain space that its other outputs have.
        let space = if self.language == Language::English { ' ' } else { NO_BREAK };
        format!("{digits}{space}%")
    }

    /// Digits as the program writes them, with the marks of the language.
    fn localised(&self, digits: &str) -> String {
        let (number, exponent) = digits.find('e').map_or((digits, ""), |at| digits.split_at(at));
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let first = whole.find(|character: char| character.is_ascii_digit()).unwrap_or(0);
        let (sign, whole) = whole.split_at(first);
        let mut text = sign.to_owned();
        for (place, digit) in whole.char_indices() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                text.push_str(&self.thousands);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push_str(&self.decimal);
            text.push_str(fraction);
        }
        text.push_str(exponent);
        text
    }
}

/// What is written of a p-value: a bound where it is beyond one, the number and its decimals.
fn written_p(p: f64) -> (Option<char>, f64, usize) {
    if p < 0.001 {
        return (Some('<'), 0.001, 3);
    }
    if p >= 0.995 {
        return (Some('>'), 0.99, 2);
    }
    let is_level =
        |decimals| LEVELS.iter().any(|level| fixed(*level, decimals, false) == fixed(p, decimals, false));
    let usual = if p < 0.0095 { 3 } else { 2 };
    (None, p, (usual..5).find(|decimals| !is_level(*decimals)).unwrap_or(usual))
}

/// A text with its placeholders filled; what is filled in is not looked at again.
pub(crate) fn fill(phrase: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut text = String::with_capacity(phrase.len() + 16);
    let mut rest = phrase;
    while let Some(open) = rest.find('{') {
        text.push_str(&rest[..open]);
        rest = &rest[open..];
        let Some(close) = rest.find('}') else { break };
        let name = &rest[1..close];
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            text.push_str(&value.to_string());
        }
        rest = &rest[close + 1..];
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::{NumberStyle, Speech, fill};
    use crate::report::{DocumentSection, Language, NumberFormat, Unit};

    fn speech(language: Language) -> Speech {
        Speech::new(&DocumentSection { language, ..DocumentSection::default() })
    }

    #[test]
    fn numbers_have_the_marks_of_the_language() {
        let numbers = |language| {
            let speech = speech(language);
            (
                speech.number(-12_345.678, 1, false),
                speech.count(1_234_567),
                speech.styled(65.85, NumberStyle::percent()),
            )
        };
        let expected = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
        assert_eq!(numbers(Language::English), expected("−12,345.7", "1,234,567", "65.9 %"));
        assert_eq!(numbers(Language::German), expected("−12.345,7", "1.234.567", "65,9\u{a0}%"));
        assert_eq!(
            numbers(Language::French),
            expected("−12\u{202f}345,7", "1\u{202f}234\u{202f}567", "65,9\u{a0}%")
        );
        assert_eq!(numbers(Language::Spanish), expected("−12.345,7", "1.234.567", "65,9\u{a0}%"));
    }

    #[test]
    fn the_document_may_ask_for_other_marks() {
        let number_format = Some(NumberFormat { decimal: ",".into(), thousands: String::new() });
        let speech = Speech::new(&DocumentSection { number_format, ..DocumentSection::default() });
        assert_eq!(speech.number(1234.5, 2, true), "+1234,50");
        assert_eq!(speech.number(999.0, 0, false), "999");
        assert_eq!(speech.number(1.5e300, 2, false), "1,500e300");
    }

    #[test]
    fn a_p_value_shows_its_side_of_the_level() {
        let speech = speech(Language::English);
        let texts: Vec<String> =
            [0.0, 0.0009, 0.004, 0.03, 0.0496, 0.0504, 0.2, 1.0].iter().map(|p| speech.p(*p)).collect();
        assert_eq!(
            texts,
            [
                "p < 0.001",
                "p < 0.001",
                "p = 0.004",
                "p = 0.03",
                "p = 0.0496",
                "p = 0.0504",
                "p = 0.20",
                "p > 0.99"
            ]
        );
    }

    #[test]
    fn what_can_be_found_is_as_coarse_as_may_be() {
        let speech = speech(Language::English);
        assert_eq!(speech.detectable(Unit::Percent, 11.7), "12 points");
        assert_eq!(speech.detectable(Unit::Percent, 0.4), "0.4 points");
    }

    #[test]
    fn a_share_is_all_or_nothing_only_where_it_is() {
        let texts = |language| {
            let speech = speech(language);
            [1.0, 0.9995, 0.996, 0.5, 0.0004, 0.0].map(|share| speech.share(share).replace('\u{a0}', " "))
        };
        assert_eq!(
            texts(Language::English),
            ["100 %", "over 99.9 %", "99.6 %", "50 %", "under 0.1 %", "0 %"]
        );
        assert_eq!(texts(Language::German)[1], "über 99,9 %");
    }

    #[test]
    fn french_units_are_singular_below_two() {
        let point = |language, number| speech(language).difference(Unit::Percent, number, None);
        assert_eq!(point(Language::French, -0.7), "−0,7 point");
        assert_eq!(point(Language::French, 1.9), "+1,9 point");
        assert_eq!(point(Language::French, 2.0), "+2,0 points");
        assert_eq!(point(Language::Spanish, -0.7), "−0,7 puntos");
        assert_eq!(speech(Language::French).counted(0, "{count} a", "{count} b"), "0 a");
    }

    #[test]
    fn what_is_filled_in_is_not_filled_again() {
        assert_eq!(fill("{a} and {b}", &[("a", &"{b}"), ("b", &1)]), "{b} and 1");
        assert_eq!(fill("{unknown}!", &[]), "!");
        assert_eq!(fill("open {brace", &[]), "open {brace");
    }

    #[test]
    fn names_are_listed_and_sentences_quoted() {
        let speech = speech(Language::English);
        assert_eq!(speech.list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(speech.list::<&str>(&[]), "");
        assert_eq!(speech.quoted("Overall satisfaction"), "Overall satisfaction");
        assert_eq!(speech.quoted("How was it?"), "“How was it?”");
        assert_eq!(speech.counted(1, "{count} answer", "{count} answers"), "1 answer");
        assert_eq!(speech.counted(1200, "{count} answer", "{count} answers"), "1,200 answers");
    }
}
