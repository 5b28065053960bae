//! Gates: limits that a figure must keep, as they are written in a definition or typed (`--fail-if`).
//!
//! Here they are only read and checked against the survey; `analysis` judges them.

mod condition;
mod fault;
mod figure;
mod reader;
mod segments;
mod subject;

pub use condition::parse;
pub(super) use condition::read;
pub(super) use fault::Fault;
pub(in crate::survey) use segments::segment_value;
pub(super) use subject::Subject;

use crate::diagnostic::Place;

/// One gate of a definition, or one that was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct GateDefinition {
    /// A name of its own.
    pub name: Option<String>,
    /// What it asks.
    pub rule: GateRule,
    /// Where it stands in the definition.
    pub place: Option<Place>,
}

/// What a gate asks.
#[derive(Clone, Debug, PartialEq)]
pub enum GateRule {
    /// It fails where the condition holds (`fail_if`).
    FailIf(GateCondition),
    /// It fails where a figure has got worse by more than is allowed (`max_drop`).
    MaxDrop {
        /// The question.
        question: String,
        /// The statistic; `None`: the headline.
        statistic: Option<String>,
        /// The segment values it is about, by segment; empty for everyone.
        segment: Vec<(String, String)>,
        /// The drop that is allowed, in the unit of the statistic; 0 or more.
        drop: f64,
        /// The wave that the drop is measured against.
        against: Against,
    },
}

/// The wave that a drop is measured against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Against {
    /// The wave before.
    #[default]
    Previous,
    /// The same wave a year earlier.
    LastYear,
}

/// A condition on one figure, such as `overall.change[region=North] < -5`.
#[derive(Clone, Debug, PartialEq)]
pub struct GateCondition {
    /// The question's id.
    pub question: String,
    /// The statistic; `None`: the headline.
    pub statistic: Option<String>,
    /// What of it is looked at.
    pub of: GateOf,
    /// The segment values it is about, by segment, as the report writes them; empty for everyone.
    pub segment: Vec<(String, String)>,
    /// The wave; `None`: the latest complete one.
    pub wave: Option<String>,
    /// How it is compared.
    pub comparison: Comparison,
    /// With what, in the unit of the statistic.
    pub limit: f64,
    /// The condition as it was written.
    pub text: String,
}

/// What of a figure is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GateOf {
    /// The figure itself.
    Value,
    /// The lower limit of its interval.
    Low,
    /// The upper limit of its interval.
    High,
    /// Its base.
    Base,
    /// Its change against the wave before.
    Change,
}

/// How a figure is compared with a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Below,
    /// `<=`
    AtMost,
    /// `>`
    Above,
    /// `>=`
    AtLeast,
}

impl GateDefinition {
    /// Its name, or what it asks.
    pub fn label(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.rule.text())
    }
}

impl GateRule {
    /// What it asks, in a line: the condition as written, or `overall.mean[region=North] max_drop 5 (last_year)`.
    pub fn text(&self) -> String {
        match self {
            Self::FailIf(condition) => condition.text.clone(),
            Self::MaxDrop { question, statistic, segment, drop, against } => {
                let statistic = statistic.as_ref().map_or(String::new(), |name| format!(".{name}"));
                let pairs: Vec<String> = segment.iter().map(|(id, value)| format!("{id}={value}")).collect();
                let segment = if pairs.is_empty() { String::new() } else { format!("[{}]", pairs.join(",")) };
                format!("{question}{statistic}{segment} max_drop {drop} ({})", against.name())
            }
        }
    }
}

impl Against {
    /// The name in the definition.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Previous => "previous",
            Self::LastYear => "last_year",
        }
    }
}

impl GateOf {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Value, Self::Low, Self::High, Self::Base, Self::Change];

    /// The name in a condition.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Low => "low",
            Self::High => "high",
            Self::Base => "base",
            Self::Change => "change",
        }
    }
}

impl Comparison {
    /// As it is written.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Below => "<",
            Self::AtMost => "<=",
            Self::Above => ">",
            Self::AtLeast => ">=",
        }
    }

    /// Whether `found` compares so with `limit`; exact, as limits are typed.
    pub fn holds(self, found: f64, limit: f64) -> bool {
        match self {
            Self::Below => found < limit,
            Self::AtMost => found <= limit,
            Self::Above => found > limit,
            Self::AtLeast => found >= limit,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparisons_hold_at_their_edges() {
        let at = |comparison: Comparison| [4.0, 5.0, 6.0].map(|found| comparison.holds(found, 5.0));
        assert_eq!(at(Comparison::Below), [true, false, false]);
        assert_eq!(at(Comparison::AtMost), [true, true, false]);
        assert_eq!(at(Comparison::Above), [false, false, true]);
        assert_eq!(at(Comparison::AtLeast), [false, true, true]);
    }
}
