//! Checklists: items that are judged yes, partly or no, each about a clause, and the shape of their files.

use std::borrow::Cow;
use std::fmt;

use super::definition::Survey;
use super::measure::Measure;
use super::question::Question;

/// The id that stands for all items together.
pub const ALL_ITEMS: &str = "checklist";

/// What the answers to an item are about, where what shows them stands, and who is responsible.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChecklistItem {
    /// The clause that it is about, if it names one.
    pub clause: Option<Clause>,
    /// The column with what shows the answer, by alternative names; empty where there is none.
    pub evidence: Vec<String>,
    /// The column with who is responsible, by alternative names; empty where there is none.
    pub owner: Vec<String>,
    /// Whether its answers stand in rows of their own, told by the item that they name ([`ChecklistDefinition::item`]).
    pub in_rows: bool,
}

/// What `[checklist]` says: the columns of a file with one row an item, and who judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChecklistDefinition {
    /// The column that names the item, where every row is about one; `None` where every item has a column.
    pub item: Option<String>,
    /// The column with the answer of such a row.
    pub answer: String,
    /// The column with what shows it, if there is one.
    pub evidence: Option<String>,
    /// The column with who is responsible, if there is one.
    pub owner: Option<String>,
    /// The column with who judged: where it is named, rows are the views of several assessors of the same thing.
    pub assessor: Option<String>,
}

/// A clause of a standard or of rules of one's own, with the edition: `ISO 10004:2018, 7.3.2`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// The document with its edition, such as `ISO 10004:2018`.
    pub standard: String,
    /// The number, such as `7.3.2` or `D.3`.
    pub number: String,
}

/// The survey with a question for all items together, which gates may name like any other.
pub fn with_all_items(survey: &Survey) -> Cow<'_, Survey> {
    let item = survey.questions.iter().find(|question| question.measure == Measure::Checklist);
    let is_there = survey.questions.iter().any(|question| question.id == ALL_ITEMS);
    let Some(item) = item.filter(|_| !is_there) else { return Cow::Borrowed(survey) };
    let all = Question { id: ALL_ITEMS.to_owned(), target: None, text: None, label: None, ..item.clone() };
    let mut survey = survey.clone();
    survey.questions.push(all);
    Cow::Owned(survey)
}

impl Clause {
    /// A clause from `STANDARD:YEAR, NUMBER`; `None` for another form: without the edition nobody could look it up.
    pub fn parse(text: &str) -> Option<Self> {
        let (standard, number) = text.rsplit_once(',')?;
        let (standard, number) = (standard.trim(), number.trim());
        let (name, edition) = standard.rsplit_once(':')?;
        let is_year = edition.len() == 4 && edition.bytes().all(|byte| byte.is_ascii_digit());
        let is_part = |part: &str| {
            (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        let is_right = !name.trim().is_empty() && is_year && number.split('.').all(is_part);
        is_right.then(|| Self { standard: standard.to_owned(), number: number.to_owned() })
    }

    /// The numbers of the clauses that it is part of, the widest first and its own last: `7`, `7.3`, `7.3.2`.
    pub fn levels(&self) -> impl Iterator<Item = &str> {
        let inner = self.number.match_indices('.').map(|(at, _)| &self.number[..at]);
        inner.chain(std::iter::once(self.number.as_str()))
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.standard, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::Clause;

    #[test]
    fn a_clause_has_its_standard_edition_and_number() {
        let clause = Clause::parse(" ISO 10004:2018 ,  7.3.2 ").unwrap();
        assert_eq!((clause.standard.as_str(), clause.number.as_str()), ("ISO 10004:2018", "7.3.2"));
        assert_eq!(clause.levels().collect::<Vec<_>>(), ["7", "7.3", "7.3.2"]);
        assert_eq!(clause.to_string(), "ISO 10004:2018, 7.3.2");
        assert_eq!(Clause::parse("Our rules, branch:2026, D.3").unwrap().standard, "Our rules, branch:2026");
        for wrong in [
            "",
            "7.3.2",
            "ISO 10004, 7.3",
            "ISO 10004:18, 7.3",
            "ISO 10004:2018",
            "ISO 10004:2018, ",
            "ISO 10004:2018, 7..3",
            ":2018, 7",
            "ISO 10004:2018, 7.3 and 7.4",
        ] {
            assert_eq!(Clause::parse(wrong), None, "{wrong}");
        }
    }
}
