//! Dates of two-digit years that may have the year first: `26/01/14`, which is also the 26th of January 2014.
//!
//! A text alone does not tell. A column does: years are few and lie together, days are many, so that the field with more
//! different numbers is that of the days. Refused: a column in which a first field is no year from 2010 to 2045, or in
//! which texts cannot be read so.

/// How many texts that can be read with the year first must stand against one that cannot.
const BY_FAR: u64 = 10;

/// First fields that are a year of a survey.
const YEARS: std::ops::RangeInclusive<u8> = 10..=45;

/// The fewest days, and the most years, of a column that has the year first without a doubt.
const SURE_DAYS: u32 = 10;
const SURE_YEARS: u32 = 3;

/// The first and the last of three numbers of a date, both of two digits, where the first may be its year and the last its
/// day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShortFields {
    first: u8,
    last: u8,
}

impl ShortFields {
    /// The fields of a date; `None` where the first cannot be a year and the last a day.
    pub fn of(first: u32, month: u32, last: u32) -> Option<Self> {
        let (first, last) = (u8::try_from(first).ok()?, u8::try_from(last).ok()?);
        (YEARS.contains(&first) && (1..=12).contains(&month) && (1..=31).contains(&last))
            .then_some(Self { first, last })
    }
}

/// What the dates of a column say about a year in front.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct YearFirst {
    /// Dates that can be read so.
    can: u64,
    /// Dates of any other kind.
    cannot: u64,
    /// The first fields, a bit each.
    firsts: u64,
    /// The last fields, a bit each.
    lasts: u64,
}

impl YearFirst {
    /// Adds so many dates with these fields, or of another kind.
    pub fn add(&mut self, fields: Option<ShortFields>, rows: u64) {
        match fields {
            Some(ShortFields { first, last }) => {
                self.can += rows;
                self.firsts |= 1 << first;
                self.lasts |= 1 << last;
            }
            None => self.cannot += rows,
        }
    }

    /// Adds what another has seen.
    pub fn merge(&mut self, other: Self) {
        self.can += other.can;
        self.cannot += other.cannot;
        self.firsts |= other.firsts;
        self.lasts |= other.lasts;
    }

    /// Whether the year may stand first: the last fields differ more than the first.
    pub fn may_be(self) -> bool {
        self.can > 0 && self.can / BY_FAR >= self.cannot && self.lasts.count_ones() > self.firsts.count_ones()
    }

    /// Whether it does: days of a month without a doubt, and years that lie together.
    pub fn is_sure(self) -> bool {
        self.may_be() && self.lasts.count_ones() >= SURE_DAYS && self.firsts.count_ones() <= SURE_YEARS
    }

    /// The format of the texts of a column that has the year first without a doubt, in the notation of strftime.
    pub fn format<'a>(values: impl Iterator<Item = (&'a str, u64)>) -> Option<String> {
        let mut seen = Self::default();
        let mut found = None;
        for (text, rows) in values {
            let split = Split::of(text);
            seen.add(split.as_ref().and_then(|split| split.fields), rows);
            found = found.or(split.filter(|split| split.fields.is_some()));
        }
        found.filter(|_| seen.is_sure()).map(|split| split.format())
    }

    /// The format of a text that may have the year first.
    pub fn format_of(text: &str) -> Option<String> {
        Split::of(text).filter(|split| split.fields.is_some()).map(|split| split.format())
    }
}

/// A text that begins with three numbers of at most two digits.
struct Split {
    separator: char,
    has_spaces: bool,
    fields: Option<ShortFields>,
}

impl Split {
    fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        let separator = text.chars().find(|character| !character.is_ascii_digit())?;
        if !matches!(separator, '/' | '-' | '.') {
            return None;
        }
        let mut parts = text.splitn(3, separator);
        let (first, month, rest) = (parts.next()?, parts.next()?, parts.next()?);
        let has_spaces = month.starts_with(' ');
        let (month, rest) = (month.trim_start(), rest.trim_start());
        let last = &rest[..rest.bytes().take_while(u8::is_ascii_digit).count()];
        let number = |digits: &str, lengths: std::ops::RangeInclusive<usize>| {
            lengths.contains(&digits.len()).then(|| digits.parse::<u32>().ok()).flatten()
        };
        let fields = || ShortFields::of(number(first, 2..=2)?, number(month, 1..=2)?, number(last, 1..=2)?);
        Some(Self { separator, has_spaces, fields: fields() })
    }

    fn format(&self) -> String {
        let separator =
            if self.has_spaces { format!("{} ", self.separator) } else { self.separator.to_string() };
        ["%y", "%m", "%d"].join(&separator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format(texts: &[String]) -> Option<String> {
        YearFirst::format(texts.iter().map(|text| (text.as_str(), 1)))
    }

    fn days(of: impl Fn(u32) -> String) -> Vec<String> {
        (1..=28).map(of).collect()
    }

    #[test]
    fn few_years_and_many_days_have_the_year_first() {
        assert_eq!(format(&days(|day| format!("26/09/{day:02}"))).as_deref(), Some("%y/%m/%d"));
        assert_eq!(
            format(&days(|day| format!("{}-{}-{day} 10:15", 25 + day % 2, 1 + day % 12))).as_deref(),
            Some("%y-%m-%d")
        );
        assert_eq!(format(&days(|day| format!("26. 9. {day}."))).as_deref(), Some("%y. %m. %d"));
    }

    #[test]
    fn other_columns_do_not() {
        for texts in [
            days(|day| format!("{day:02}/09/26")),
            days(|day| format!("{day:02}/09/{}", 20 + day % 7)),
            days(|day| format!("09/{day:02}/26")),
            days(|day| format!("{:02}/{day:02}/26", 1 + day % 12)),
            days(|day| format!("2026-09-{day:02}")),
            days(|day| format!("{day:02}/09/2026")),
            days(|day| format!("01/06/{day:02}")),
            vec!["26/01/01".to_owned(), "26/01/02".to_owned()],
        ] {
            assert_eq!(format(&texts), None, "{}", texts[0]);
        }
    }

    #[test]
    fn little_is_a_doubt() {
        let mut seen = YearFirst::default();
        seen.add(ShortFields::of(26, 1, 1), 5);
        assert!(!seen.may_be());
        let mut other = YearFirst::default();
        other.add(ShortFields::of(26, 1, 2), 5);
        seen.merge(other);
        assert!(seen.may_be() && !seen.is_sure());
        seen.add(None, 2);
        assert!(!seen.may_be());
    }
}
