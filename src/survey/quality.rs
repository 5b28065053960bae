//! The `[quality]` table: what is known of how the answers came in, for the checks of their quality.

use indexmap::IndexMap;

use super::expression::Expression;
use crate::diagnostic::Place;
use crate::survey::fold;

/// What `[quality]` says; every check has a default for what is not written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QualityDefinition {
    /// The column with the seconds that the interview took.
    pub duration: Option<String>,
    /// Faster than so many seconds is too fast.
    pub fast_seconds: Option<f64>,
    /// Faster than this share of the median is too fast.
    pub fast_share: Option<f64>,
    /// The column with the date on which the interview began.
    pub started: Option<String>,
    /// Pairs of answers that contradict each other.
    pub contradictions: Vec<Contradiction>,
    /// The column with the disposition of each case.
    pub disposition: Option<String>,
    /// The cells of that column that stand for each disposition; empty: the codes of AAPOR.
    pub dispositions: IndexMap<Disposition, Vec<String>>,
    /// How many cases have each disposition, where no column tells.
    pub disposition_counts: IndexMap<Disposition, u64>,
    /// The share of cases of unknown eligibility that are eligible (e).
    pub eligible_share: Option<f64>,
    /// The questions in the order in which they were asked; empty: that of the columns.
    pub order: Vec<String>,
}

/// A condition that no respondent should meet.
#[derive(Clone, Debug, PartialEq)]
pub struct Contradiction {
    /// As it is written.
    pub text: String,
    /// What it says; its names are checked once the files are known.
    pub expression: Expression,
    /// Where it stands.
    pub place: Option<Place>,
}

/// What became of a case, in the classes of AAPOR.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Disposition {
    /// Complete interview (I).
    Complete,
    /// Partial interview (P).
    Partial,
    /// Refusal or break-off (R).
    Refusal,
    /// Non-contact (NC).
    NonContact,
    /// Other eligible without an interview (O).
    Other,
    /// Not known whether eligible (UH and UO).
    Unknown,
    /// Not eligible.
    NotEligible,
}

impl QualityDefinition {
    /// The disposition of a cell: as the definition says, else by AAPOR's codes.
    pub fn disposition_of(&self, cell: &str) -> Option<Disposition> {
        if self.dispositions.is_empty() {
            return Disposition::of_code(cell);
        }
        let is_cell = |text: &String| {
            let numbers = text.trim().parse::<f64>().ok().zip(cell.trim().parse::<f64>().ok());
            fold(text) == fold(cell) || numbers.is_some_and(|(one, other)| one.total_cmp(&other).is_eq())
        };
        let declared = self.dispositions.iter();
        let mut named = declared.filter(|(_, texts)| texts.iter().any(is_cell));
        named.next().map(|(disposition, _)| *disposition)
    }

    /// Whether a case with this cell was interviewed, if only in part; of a cell that stands for no disposition it is not
    /// known, and it counts among the unknown.
    pub fn is_interview(&self, cell: &str) -> bool {
        matches!(self.disposition_of(cell), Some(Disposition::Complete | Disposition::Partial))
    }
}

impl Disposition {
    /// All of them, with the name in the definition.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::Complete, "complete"),
        (Self::Partial, "partial"),
        (Self::Refusal, "refusal"),
        (Self::NonContact, "non_contact"),
        (Self::Other, "other"),
        (Self::Unknown, "unknown"),
        (Self::NotEligible, "not_eligible"),
    ];

    /// The name in the definition.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(disposition, _)| *disposition == self).map_or("", |(_, name)| name)
    }

    /// The disposition of a final code of AAPOR, such as `1.1`, `2.112` or `4.7`, of its letters, or of its words.
    pub fn of_code(code: &str) -> Option<Self> {
        if let Some(named) = Self::of_word(code) {
            return Some(named);
        }
        let (class, rest) = code.trim().split_once('.').unwrap_or((code.trim(), ""));
        if !rest.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        match (class, rest.as_bytes().first()) {
            ("1", None | Some(b'0' | b'1')) => Some(Self::Complete),
            ("1", Some(b'2')) => Some(Self::Partial),
            ("2", Some(b'1')) => Some(Self::Refusal),
            ("2", Some(b'2')) => Some(Self::NonContact),
            ("2", Some(b'3')) => Some(Self::Other),
            ("3", _) => Some(Self::Unknown),
            ("4", _) => Some(Self::NotEligible),
            _ => None,
        }
    }

    /// The disposition that AAPOR's Standard Definitions write so: `I`, `non-contact`, `Not eligible`.
    fn of_word(text: &str) -> Option<Self> {
        let word: String =
            text.chars().filter(|letter| letter.is_alphabetic()).flat_map(char::to_lowercase).collect();
        // Figures beside a word may say anything.
        if text.chars().any(char::is_numeric) {
            return None;
        }
        match word.as_str() {
            "i" | "complete" | "completed" | "completeinterview" | "interview" => Some(Self::Complete),
            "p" | "partial" | "partialinterview" => Some(Self::Partial),
            "r" | "refusal" | "refused" | "breakoff" | "refusalandbreakoff" => Some(Self::Refusal),
            "nc" | "noncontact" | "nocontact" => Some(Self::NonContact),
            "o" | "other" => Some(Self::Other),
            "u" | "uh" | "uo" | "unknown" | "unknowneligibility" => Some(Self::Unknown),
            "ne" | "noteligible" | "ineligible" => Some(Self::NotEligible),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Disposition;

    #[test]
    fn final_codes_of_aapor_name_their_class() {
        let of = Disposition::of_code;
        assert_eq!(of("1.1"), Some(Disposition::Complete));
        assert_eq!(of(" 1.2 "), Some(Disposition::Partial));
        assert_eq!(of("2.112"), Some(Disposition::Refusal));
        assert_eq!(of("2.20"), Some(Disposition::NonContact));
        assert_eq!(of("2.3"), Some(Disposition::Other));
        assert_eq!(of("3.19"), Some(Disposition::Unknown));
        assert_eq!(of("4"), Some(Disposition::NotEligible));
        for other in ["", "2", "5.1", "1.3", "1.x", "W", "1 complete", "-"] {
            assert_eq!(of(other), None, "{other}");
        }
        for (word, expected) in [
            ("I", Disposition::Complete),
            ("Complete", Disposition::Complete),
            ("p", Disposition::Partial),
            ("REFUSAL", Disposition::Refusal),
            ("NC", Disposition::NonContact),
            ("Non-contact", Disposition::NonContact),
            ("O", Disposition::Other),
            ("U", Disposition::Unknown),
            ("ne", Disposition::NotEligible),
            ("not eligible", Disposition::NotEligible),
        ] {
            assert_eq!(of(word), Some(expected), "{word}");
        }
    }
}
