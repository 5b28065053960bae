//! One estimate as text: value, limits and target with the decimals of its unit.

use super::NO_FIGURE;
use super::number::{fixed, plain};
use crate::report::{Estimate, Unit};

/// An interval narrower than this many units of its last decimal is written with one decimal more: ten million
/// answers must not look like an interval without width.
const NARROW: f64 = 4.0;

/// More decimals than this are never written.
pub(super) const MOST_DECIMALS: usize = 6;

/// One estimate as text. What does not exist is `None`, the value then [`NO_FIGURE`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureText {
    /// The value with its unit where the unit is short: `65.9 %`, `+31`, `−0.54`.
    pub value: String,
    /// The lower limit without the unit.
    pub low: Option<String>,
    /// The upper limit without the unit.
    pub high: Option<String>,
    /// The standard error, one decimal finer.
    pub se: Option<String>,
    /// The target without the unit.
    pub target: Option<String>,
}

/// One estimate as text.
pub fn figure(estimate: &Estimate) -> FigureText {
    let decimals = decimals(estimate.unit, estimate.low.zip(estimate.high));
    let signed = is_signed(estimate.unit, &estimate.statistic);
    let limit = |limit: Option<f64>| limit.map(|limit| fixed(limit, decimals, signed));
    let value = estimate.value.map_or_else(
        || NO_FIGURE.to_owned(),
        |value| {
            let digits = fixed(value, decimals, signed);
            if estimate.unit == Unit::Percent { format!("{digits} %") } else { digits }
        },
    );
    FigureText {
        value,
        low: limit(estimate.low),
        high: limit(estimate.high),
        se: estimate.se.map(|se| fixed(se, decimals + 1, false)),
        target: estimate.target.map(|target| plain(target, MOST_DECIMALS, signed)),
    }
}

/// Whether a figure is written with a plus where it is positive.
pub(super) fn is_signed(unit: Unit, statistic: &str) -> bool {
    unit == Unit::Points || statistic == "gap"
}

/// The decimals that the unit asks for, more where the interval is too narrow for them.
pub(super) fn decimals(unit: Unit, limits: Option<(f64, f64)>) -> usize {
    let usual = match unit {
        Unit::Points | Unit::Count => 0,
        Unit::Percent | Unit::Index | Unit::Days => 1,
        Unit::Scale | Unit::Rate => 2,
    };
    let Some(width) = limits.map(|(low, high)| high - low) else { return usual };
    if width <= 0.0 {
        return usual;
    }
    let mut decimals = usual;
    let mut smallest = NARROW * 0.1_f64.powi(i32::try_from(usual).unwrap_or(0));
    while width < smallest && decimals < MOST_DECIMALS {
        decimals += 1;
        smallest /= 10.0;
    }
    decimals
}

#[cfg(test)]
mod tests {
    use super::{FigureText, figure};
    use crate::report::{Estimate, Unit};
    use indexmap::IndexMap;

    fn estimate(statistic: &str, unit: Unit, value: Option<f64>, limits: Option<(f64, f64)>) -> Estimate {
        Estimate {
            question: "q".into(),
            measure: "csat".into(),
            statistic: statistic.into(),
            headline: true,
            segment: IndexMap::new(),
            wave: None,
            value,
            unit,
            better: None,
            se: None,
            low: limits.map(|limits| limits.0),
            high: limits.map(|limits| limits.1),
            confidence: 0.95,
            method: None,
            base: Some(123),
            base_weighted: None,
            base_effective: None,
            degrees_of_freedom: None,
            base_kish: None,
            design_effect_kish: None,
            flag: None,
            target: None,
            target_verdict: None,
        }
    }

    fn texts(text: FigureText) -> (String, String, String) {
        (text.value, text.low.unwrap_or_default(), text.high.unwrap_or_default())
    }

    #[test]
    fn each_unit_has_its_decimals_and_signs() {
        let top = estimate("top_box", Unit::Percent, Some(65.853), Some((57.11, 73.64)));
        assert_eq!(texts(figure(&top)), ("65.9 %".into(), "57.1".into(), "73.6".into()));
        let nps = estimate("nps", Unit::Points, Some(31.36), Some((17.5, 43.7)));
        assert_eq!(texts(figure(&nps)), ("+31".into(), "+18".into(), "+44".into()));
        let gap = estimate("gap", Unit::Scale, Some(-0.539), Some((-0.81, -0.27)));
        assert_eq!(texts(figure(&gap)), ("−0.54".into(), "−0.81".into(), "−0.27".into()));
        let mean = estimate("mean", Unit::Scale, Some(3.8666), Some((3.5, 4.2)));
        assert_eq!(texts(figure(&mean)), ("3.87".into(), "3.50".into(), "4.20".into()));
    }

    #[test]
    fn a_narrow_interval_keeps_its_width_in_print() {
        let top = estimate("top_box", Unit::Percent, Some(65.8531), Some((65.8412, 65.8651)));
        assert_eq!(texts(figure(&top)), ("65.853 %".into(), "65.841".into(), "65.865".into()));
        let nps = estimate("nps", Unit::Points, Some(31.36), Some((30.9, 31.8)));
        assert_eq!(texts(figure(&nps)), ("+31.4".into(), "+30.9".into(), "+31.8".into()));
    }

    #[test]
    fn an_interval_without_width_ends_the_search_for_decimals() {
        let top = estimate("top_box", Unit::Percent, Some(100.0), Some((100.0, 100.0)));
        assert_eq!(texts(figure(&top)), ("100.0 %".into(), "100.0".into(), "100.0".into()));
        let tiny = estimate("mean", Unit::Scale, Some(1.0), Some((1.0, 1.0 + 1e-15)));
        assert_eq!(figure(&tiny).value, "1.000000");
    }

    #[test]
    fn what_does_not_exist_is_a_dash() {
        let none = figure(&estimate("top_box", Unit::Percent, None, None));
        assert_eq!((none.value.as_str(), none.low, none.high, none.se), ("–", None, None, None));
    }
}
