//! One promise, or one version of it, and what cannot be right about several.

use chrono::NaiveDate;

use super::operator::Operator;
use crate::diagnostic::Place;
use crate::survey::label::fold;

/// A promise in the version that holds from one day to another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Promise {
    /// What events name it by; versions of a promise share it.
    pub id: String,
    /// What this version is called, such as `2026`; none where it has no name.
    pub version: Option<String>,
    /// What is promised, in the words that customers read.
    pub text: Option<String>,
    /// What it is about, such as delivery.
    pub topic: Option<String>,
    /// What is measured to tell whether it is kept; a promise without one cannot be steered by.
    pub indicator: Option<String>,
    /// How a value has to stand to the target; together with the target, or neither.
    pub operator: Option<Operator>,
    /// The value that is promised, in `unit`.
    pub target: Option<f64>,
    /// What values are in, such as days.
    pub unit: Option<String>,
    /// What customers get where it is not kept.
    pub remedy: Option<String>,
    /// The first day on which it holds; none: always did.
    pub from: Option<NaiveDate>,
    /// The last day on which it holds; none: still does.
    pub to: Option<NaiveDate>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// The organisation's own target for the share of events that keep it, in percent.
    pub target_kept: Option<f64>,
    /// Where it is written.
    pub place: Option<Place>,
}

impl Promise {
    /// What tells promises apart: the id, whatever its case and blanks.
    pub fn key(&self) -> String {
        fold(&self.id).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether it holds on a day.
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// The operator and the target, where values can be judged.
    pub fn rule(&self) -> Option<(Operator, f64)> {
        self.operator.zip(self.target)
    }

    fn days(&self) -> String {
        let day = |day: Option<NaiveDate>, none: &str| {
            day.map_or_else(|| none.to_owned(), |day| day.format("%Y-%m-%d").to_string())
        };
        format!("{} to {}", day(self.from, "the beginning"), day(self.to, "no end"))
    }
}

/// What cannot be right about a promise of a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterFault {
    /// Which of the promises, by its place.
    pub promise: usize,
    /// A stable name: `end_before_begin`, `overlapping_versions`, `half_a_rule`.
    pub code: &'static str,
    /// The field at fault, such as `operator`.
    pub field: &'static str,
    /// What is wrong.
    pub message: String,
    /// Why it matters.
    pub why: &'static str,
    /// What to do.
    pub help: String,
}

/// What cannot be right: a version that ends before it begins, two versions of one promise on the same day, an operator
/// without a target or the other way round. In the order of the promises.
pub fn register_faults(promises: &[Promise]) -> Vec<RegisterFault> {
    let mut faults = Vec::new();
    for (place, promise) in promises.iter().enumerate() {
        let mut fault = |code, field, message, why, help: &str| {
            faults.push(RegisterFault { promise: place, code, field, message, why, help: help.to_owned() });
        };
        let id = &promise.id;
        if let (Some(from), Some(to)) = (promise.from, promise.to)
            && to < from
        {
            fault(
                "end_before_begin",
                "to",
                format!("promise `{id}` ends on {to} and begins on {from}"),
                "no event could ever be judged by it",
                "exchange the two days, or mend the one that is wrong",
            );
            continue;
        }
        match (promise.operator, promise.target) {
            (Some(operator), None) => fault(
                "half_a_rule",
                "operator",
                format!("promise `{id}` has the operator `{}` and no target", operator.name()),
                "values of events cannot be judged without both",
                "write the target as a number, or leave the operator out: then `met` of each event tells",
            ),
            (None, Some(target)) => fault(
                "half_a_rule",
                "target",
                format!("promise `{id}` has the target {target} and no operator"),
                "values of events cannot be judged without both",
                "write the operator: `<=`, `>=`, `==`, `<` or `>`",
            ),
            _ => {}
        }
        let earlier = promises.get(..place).unwrap_or_default().iter();
        let overlapping = earlier.filter(|other| other.key() == promise.key()).find(|other| {
            let begins = promise.from.max(other.from);
            let ends = [promise.to, other.to].into_iter().flatten().min();
            begins.is_none_or(|begins| ends.is_none_or(|ends| begins <= ends))
        });
        if let Some(other) = overlapping {
            fault(
                "overlapping_versions",
                "from",
                format!("promise `{id}` has two versions at once: {} and {}", other.days(), promise.days()),
                "an event is judged by the version that holds on its day, so there can be one only",
                "let the earlier version end on the day before the later one begins",
            );
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<NaiveDate> {
        (!text.is_empty()).then(|| text.parse().unwrap())
    }

    fn version(id: &str, from: &str, to: &str) -> Promise {
        Promise { id: id.to_owned(), from: day(from), to: day(to), ..Promise::default() }
    }

    fn codes(promises: &[Promise]) -> Vec<(usize, &'static str)> {
        register_faults(promises).into_iter().map(|fault| (fault.promise, fault.code)).collect()
    }

    #[test]
    fn versions_follow_one_another() {
        let one = version("a", "", "2025-12-31");
        assert_eq!(codes(&[one.clone(), version("a", "2026-01-01", "")]), []);
        assert_eq!(codes(&[one.clone(), version("b", "2025-06-01", "")]), []);
        assert_eq!(codes(&[one.clone(), version(" A ", "2025-12-31", "")]), [(1, "overlapping_versions")]);
        assert_eq!(codes(&[version("a", "2026-01-01", ""), one.clone()]), []);
        assert_eq!(codes(&[version("a", "", ""), one]), [(1, "overlapping_versions")]);
        assert_eq!(codes(&[version("a", "", ""), version("a", "", "")]), [(1, "overlapping_versions")]);
        assert_eq!(codes(&[version("a", "2026-02-01", "2026-01-01")]), [(0, "end_before_begin")]);
    }

    #[test]
    fn a_rule_is_whole_or_not_there() {
        let half = Promise { operator: Some(Operator::AtMost), ..version("a", "", "") };
        assert_eq!(codes(std::slice::from_ref(&half)), [(0, "half_a_rule")]);
        assert_eq!(half.rule(), None);
        let whole = Promise { target: Some(2.0), ..half };
        assert_eq!(codes(std::slice::from_ref(&whole)), []);
        assert_eq!(whole.rule(), Some((Operator::AtMost, 2.0)));
    }

    #[test]
    fn both_ends_belong_to_a_version() {
        let version = version("a", "2026-01-01", "2026-01-31");
        let holds = |text: &str| version.holds_on(text.parse().unwrap());
        assert!(holds("2026-01-01") && holds("2026-01-31"));
        assert!(!holds("2025-12-31") && !holds("2026-02-01"));
    }
}
