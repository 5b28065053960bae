//! How the numbers of a column are written, settled from its cells.

use super::affix;
use super::reading::{NumberReadings, number_readings, plain_marks};
use crate::survey::{ColumnProfile, Profile};

/// How much the cells for one mark must outweigh those for the other, as for the order of day and month.
const BY_FAR: u64 = 10;

/// What parts a fraction from the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalMark {
    /// `1.5`
    Point,
    /// `1,5`
    Comma,
}

impl DecimalMark {
    /// The mark as it is written.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Point => ".",
            Self::Comma => ",",
        }
    }

    /// The mark that a definition names.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Point, Self::Comma].into_iter().find(|mark| mark.name() == text)
    }
}

/// How the numbers of a column are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NumberStyle {
    /// The decimal mark; none while nothing tells it: then a point is decimal, as programs write it, and `1,234` is
    /// no number.
    pub decimal: Option<DecimalMark>,
    /// Whether the file knows numbers from texts (a workbook): its own have a point, whatever its texts have.
    pub typed: bool,
    /// What stands beside every number, such as `%` or `€`.
    pub affix: Option<&'static str>,
    /// What the cells looked at say.
    pub evidence: NumberEvidence,
}

/// How many cells that were looked at say what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NumberEvidence {
    /// Numbers with a decimal point for sure.
    pub point: u64,
    /// Numbers with a decimal comma for sure.
    pub comma: u64,
    /// Numbers such as `1,234` and `1.234`, which mean one thing with a decimal point and another with a comma.
    pub open: u64,
    /// Of those, the ones with a comma.
    pub open_comma: u64,
}

impl NumberEvidence {
    fn add(&mut self, readings: &NumberReadings, has_comma: bool, cells: u64) {
        match (&readings.point, &readings.comma) {
            (Some(_), None) => self.point += cells,
            (None, Some(_)) => self.comma += cells,
            _ if readings.is_open() => {
                self.open += cells;
                self.open_comma += if has_comma { cells } else { 0 };
            }
            _ => {}
        }
    }

    fn merge(&mut self, other: Self) {
        self.point += other.point;
        self.comma += other.comma;
    }

    /// The mark of the cells that say it; none without any, or where neither mark has ten times the cells of the other.
    pub fn settle(self) -> Option<DecimalMark> {
        match (self.point, self.comma) {
            (0, 0) => None,
            (point, comma) if point / BY_FAR >= comma => Some(DecimalMark::Point),
            (point, comma) if comma / BY_FAR >= point => Some(DecimalMark::Comma),
            _ => None,
        }
    }

    /// Whether cells speak for both marks, neither by far.
    pub fn is_contradictory(self) -> bool {
        self.point + self.comma > 0 && self.settle().is_none()
    }
}

impl NumberStyle {
    /// Whether a number written as programs write them is one in this column too.
    pub fn takes_plain(self) -> bool {
        self.affix.is_none() && (self.typed || self.decimal != Some(DecimalMark::Comma))
    }

    /// The style with the mark that a definition names.
    #[must_use]
    pub fn declared(self, mark: Option<DecimalMark>) -> Self {
        Self { decimal: mark.or(self.decimal), ..self }
    }

    /// The plain text of the number that a trimmed text is in this column.
    pub fn plain(self, text: &str) -> Option<String> {
        let marks = plain_marks(text);
        let (affix, text) = affix::split(&marks);
        if affix != self.affix {
            return None;
        }
        let readings = number_readings(&text);
        match self.decimal {
            Some(DecimalMark::Comma) => readings.comma,
            // What a file with numbers of its own has as a text stands for itself.
            None if self.typed => readings.sure(),
            None if readings.is_open() && text.contains(',') => None,
            Some(DecimalMark::Point) | None => readings.point,
        }
    }

    /// Whether a trimmed text is a number, though not as the numbers of this column are written.
    pub fn is_contrary(self, text: &str) -> bool {
        let marks = plain_marks(text);
        let readings = number_readings(&affix::split(&marks).1);
        (readings.point.is_some() || readings.comma.is_some()) && self.plain(text).is_none()
    }
}

/// How the numbers of each column are written, as far as the head of the file tells.
///
/// A column that does not tell is written as the other columns of numbers in the file are, if those tell.
pub fn number_styles(profile: &Profile) -> Vec<NumberStyle> {
    let typed = profile.file.typed_numbers;
    let mut all = NumberEvidence::default();
    let mut styles: Vec<NumberStyle> = Vec::with_capacity(profile.columns.len());
    for column in &profile.columns {
        let (style, is_numeric) = style(column);
        if is_numeric {
            all.merge(style.evidence);
        }
        styles.push(NumberStyle { typed, ..style });
    }
    let mark = if typed { None } else { all.settle() };
    for style in styles.iter_mut().filter(|style| style.evidence.open > 0 && style.decimal.is_none()) {
        if !style.evidence.is_contradictory() {
            style.decimal = mark;
        }
    }
    styles
}

/// What stands beside every number of a column; none where some stand alone, or beside something else.
pub(in crate::survey) fn affix_of(column: &ColumnProfile) -> Option<&'static str> {
    style(column).0.affix
}

/// What a trimmed text is as a number, with what stands beside it.
pub(in crate::survey) fn marked_readings(text: &str) -> (Option<&'static str>, NumberReadings) {
    let (affix, readings, _) = marked(text);
    (affix, readings)
}

/// The style of a column, and whether nearly all of its cells are numbers.
fn style(column: &ColumnProfile) -> (NumberStyle, bool) {
    let mut affixes: Vec<Option<&'static str>> = Vec::new();
    let (mut numbers, mut others) = (0, 0);
    let mut evidence = NumberEvidence::default();
    for (text, cells) in &column.values {
        // Most columns of an ordinary file are plain numbers or words, which say nothing.
        let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
        let readings = if is_plain { None } else { Some(marked(text)) };
        match readings {
            Some((_, readings, _)) if readings.point.is_none() && readings.comma.is_none() => others += cells,
            Some((affix, readings, has_comma)) => {
                numbers += cells;
                evidence.add(&readings, has_comma, *cells);
                if !affixes.contains(&affix) {
                    affixes.push(affix);
                }
            }
            None => {
                numbers += cells;
                if !affixes.contains(&None) {
                    affixes.push(None);
                }
            }
        }
    }
    let affix = match affixes[..] {
        [one] => one,
        _ => None,
    };
    let is_numeric = numbers > 0 && others * 20 <= numbers;
    let evidence = if is_numeric || numbers > others { evidence } else { NumberEvidence::default() };
    (NumberStyle { decimal: evidence.settle(), typed: false, affix, evidence }, is_numeric)
}

/// What a text is as a number: what stands beside it, its readings, and whether it has a comma.
fn marked(text: &str) -> (Option<&'static str>, NumberReadings, bool) {
    if !text.chars().any(|character| character.is_ascii_digit() || ('０'..='９').contains(&character)) {
        return (None, NumberReadings::default(), false);
    }
    let marks = plain_marks(text);
    let (affix, number) = affix::split(&marks);
    (affix, number_readings(&number), number.contains(','))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(values: &[(&str, u64)]) -> ColumnProfile {
        ColumnProfile {
            name: "amount".to_owned(),
            values: values.iter().map(|(text, cells)| ((*text).to_owned(), *cells)).collect(),
            filled: values.iter().map(|(_, cells)| cells).sum(),
            ..ColumnProfile::default()
        }
    }

    fn styles(columns: &[&[(&str, u64)]]) -> Vec<NumberStyle> {
        let columns = columns.iter().map(|values| column(values)).collect();
        number_styles(&Profile { columns, ..Profile::default() })
    }

    fn read(values: &[(&str, u64)], text: &str) -> Option<String> {
        styles(&[values])[0].plain(text)
    }

    #[test]
    fn one_cell_settles_the_column() {
        let comma: &[_] = &[("1,234", 90), ("7", 9), ("0,5", 1)];
        assert_eq!(read(comma, "1,234").as_deref(), Some("1.234"));
        assert_eq!(read(comma, "1.234").as_deref(), Some("1234"));
        assert_eq!(read(comma, "1.5"), None, "no number with a decimal comma");
        let point: &[_] = &[("1,234", 90), ("12.5", 1)];
        assert_eq!(read(point, "1,234").as_deref(), Some("1234"));
        assert_eq!(read(point, "1.234").as_deref(), Some("1.234"));
        assert_eq!(read(point, "0,5"), None);
        assert_eq!(read(&[("1.234.567", 1), ("1.234", 1)], "1.234").as_deref(), Some("1234"));
    }

    #[test]
    fn a_few_against_many_are_no_numbers_and_an_even_split_settles_nothing() {
        assert_eq!(read(&[("0,5", 10), ("0.5", 1)], "1,234").as_deref(), Some("1.234"));
        assert_eq!(read(&[("0,5", 10), ("0.5", 1)], "0.5"), None);
        let even = styles(&[&[("0,5", 9), ("0.5", 1), ("1,234", 3)]])[0];
        assert!(even.decimal.is_none() && even.evidence.is_contradictory());
        assert_eq!((even.plain("1,234"), even.plain("0,5")), (None, None));
        assert_eq!(even.plain("0.5").as_deref(), Some("0.5"));
        assert!(even.is_contrary("0,5") && even.is_contrary("1,234") && !even.is_contrary("five"));
    }

    #[test]
    fn where_all_are_open_a_point_is_decimal_and_a_comma_asks() {
        let open = styles(&[&[("1,234", 5), ("5,678", 3)]])[0];
        assert_eq!((open.decimal, open.evidence.open_comma), (None, 8));
        assert_eq!(open.plain("1,234"), None);
        assert_eq!(open.plain("1,234,567").as_deref(), Some("1234567"));
        assert_eq!(open.declared(Some(DecimalMark::Comma)).plain("1,234").as_deref(), Some("1.234"));
        assert_eq!(open.declared(Some(DecimalMark::Point)).plain("1,234").as_deref(), Some("1234"));
        assert_eq!(read(&[("1.234", 5)], "1.234").as_deref(), Some("1.234"));
    }

    #[test]
    fn other_columns_of_the_file_tell_where_a_column_does_not() {
        let both = styles(&[&[("1,234", 5)], &[("0,5", 5), ("1", 2)], &[("v 1.5", 9), ("1.5", 1)]]);
        assert_eq!(both[0].plain("1,234").as_deref(), Some("1.234"));
        let texts = styles(&[&[("1,234", 5)], &[("see 0,5", 5), ("0,5", 2)]]);
        assert_eq!(texts[0].plain("1,234"), None, "a column of texts says nothing of numbers");
    }

    #[test]
    fn a_percent_sign_or_a_currency_in_every_cell_is_passed_over() {
        assert_eq!(read(&[("12,5 %", 3), ("7%", 3), ("n/a", 1)], "12,5 %").as_deref(), Some("12.5"));
        assert_eq!(
            read(&[("12,5\u{a0}€", 3), ("1.234,00 €", 3)], "1.234,00\u{a0}€").as_deref(),
            Some("1234.00")
        );
        assert_eq!(read(&[("$5", 3), ("$1,234.50", 3)], "$1,234.50").as_deref(), Some("1234.50"));
        assert_eq!(read(&[("５０％", 3)], "５０％").as_deref(), Some("50"));
        assert_eq!(read(&[("$5", 3), ("5 €", 3)], "$5"), None, "two currencies are not one number");
        assert_eq!(read(&[("50 %", 3), ("0.5", 3)], "50 %"), None);
        assert_eq!(read(&[("50 %", 3)], "0.5"), None);
        for signed in ["-$5", "- $5", "$-5", "−$5"] {
            assert_eq!(read(&[("$5", 3), (signed, 1)], signed).as_deref(), Some("-5"), "{signed}");
        }
        assert_eq!(read(&[("$5", 3), ("-$-5", 1)], "-$-5"), None);
    }

    #[test]
    fn a_workbook_has_numbers_of_its_own() {
        let file = crate::survey::FileFacts { typed_numbers: true, ..Default::default() };
        let columns = vec![column(&[("1.234", 5), ("0,5", 1)])];
        let style = number_styles(&Profile { columns, file, ..Profile::default() })[0];
        assert!(style.takes_plain(), "1.234 is a number of the workbook");
        assert_eq!(style.plain("0,5").as_deref(), Some("0.5"));
    }
}
