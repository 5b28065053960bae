//! What kind of figure an indicator is, told from its unit and its records.

use std::collections::BTreeMap;

use crate::measures::rounded;
use crate::report::Unit;
use crate::source::cases::Categories;
use crate::stats::{self, Confidence, EventRate};
use crate::survey::{IndicatorUnit, indicator_unit};

use super::book::{Book, Row};

/// What kind of figure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum IndicatorKind {
    /// Events over what they occur among.
    Rate,
    /// A part of a whole.
    Share,
    /// Events without anything that they are counted among.
    Count,
    /// One amount over another.
    Ratio,
    /// A figure as recorded.
    Value,
}

/// What is known of an indicator before its figures.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    pub(super) kind: IndicatorKind,
    /// The unit of its figures.
    pub(super) unit: Unit,
    /// The place of the unit that it is written with most; [`Categories::NONE`] without any.
    pub(super) written: u16,
}

/// One figure.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Figure {
    pub(super) value: Option<f64>,
    pub(super) se: Option<f64>,
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
}

impl IndicatorKind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Rate => "rate",
            Self::Share => "share",
            Self::Count => "count",
            Self::Ratio => "ratio",
            Self::Value => "value",
        }
    }

    /// The statistic of its estimates.
    pub(super) fn statistic(self, per: f64) -> String {
        match self {
            Self::Rate => format!("rate_per_{per}"),
            Self::Share => "share".to_owned(),
            Self::Count => "count".to_owned(),
            Self::Ratio | Self::Value => "value".to_owned(),
        }
    }

    /// The interval method; none for what is recorded.
    pub(super) fn method(self) -> Option<&'static str> {
        match self {
            Self::Rate | Self::Count => Some("garwood"),
            Self::Share => Some("wilson"),
            Self::Ratio | Self::Value => None,
        }
    }

    /// The figure of a record; a rate is for `per`, a share in percent.
    pub(super) fn figure(
        self,
        value: f64,
        denominator: Option<f64>,
        per: f64,
        confidence: Confidence,
    ) -> Figure {
        let found = self.exact(value, denominator, per, confidence);
        let round = |figure: Option<f64>| figure.and_then(rounded);
        Figure {
            value: round(found.value),
            se: round(found.se),
            low: round(found.low),
            high: round(found.high),
        }
    }

    fn exact(self, value: f64, denominator: Option<f64>, per: f64, confidence: Confidence) -> Figure {
        let plain = |value: Option<f64>| Figure { value, ..Figure::default() };
        match self {
            Self::Value => plain(Some(value)),
            Self::Ratio => plain(denominator.map(|of| value / of)),
            Self::Share => {
                let Some(n) = denominator else { return Figure::default() };
                let p = value / n;
                let limits = stats::wilson(p, n, confidence.z());
                Figure {
                    value: Some(p * 100.0),
                    se: Some((p * (1.0 - p) / n).sqrt() * 100.0),
                    low: limits.map(|limits| limits.low.max(0.0) * 100.0),
                    high: limits.map(|limits| limits.high.min(1.0) * 100.0),
                }
            }
            Self::Rate | Self::Count => {
                let exposure = if self == Self::Count { 1.0 } else { denominator.unwrap_or(0.0) / per };
                let rate = EventRate { events: whole(value), exposure };
                let limits = rate.interval(confidence);
                Figure {
                    value: rate.rate(),
                    se: rate.se(),
                    low: limits.map(|limits| limits.low),
                    high: limits.map(|limits| limits.high),
                }
            }
        }
    }
}

/// A count as recorded: whole and not negative.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, from 0 to 10^15")]
pub(super) fn whole(value: f64) -> u64 {
    value.max(0.0) as u64
}

/// The kinds of all indicators by the place of their name; records that do not fit are left out.
pub(super) fn shapes(book: &mut Book<'_>) -> BTreeMap<u16, Shape> {
    let units = units(book);
    book.retain("mixed_units", "unit", |row| {
        row.unit == Categories::NONE || units.get(&row.indicator).is_none_or(|kept| *kept == row.unit)
    });
    // The same figure in another unit contradicts nothing: it is left out for its unit.
    book.drop_repeated();
    let mut rows: BTreeMap<u16, Vec<&Row>> = BTreeMap::new();
    for row in &book.rows {
        rows.entry(row.indicator).or_default().push(row);
    }
    let shapes: BTreeMap<u16, Shape> = rows
        .into_iter()
        .map(|(indicator, rows)| {
            let written = units.get(&indicator).copied().unwrap_or(Categories::NONE);
            let unit = book.text("unit", written).map_or(IndicatorUnit::Other, indicator_unit);
            (indicator, shape(unit, written, &rows))
        })
        .collect();
    let kind = |row: &Row| shapes.get(&row.indicator).map_or(IndicatorKind::Value, |shape| shape.kind);
    let needs =
        |row: &Row| matches!(kind(row), IndicatorKind::Rate | IndicatorKind::Share | IndicatorKind::Ratio);
    let counts =
        |row: &Row| matches!(kind(row), IndicatorKind::Rate | IndicatorKind::Share | IndicatorKind::Count);
    let is_share = |row: &Row| kind(row) == IndicatorKind::Share;
    book.retain("no_denominator", "denominator", |row| !needs(row) || row.denominator.is_some());
    book.retain("zero_denominator", "denominator", |row| !needs(row) || row.denominator != Some(0.0));
    book.retain("negative_denominator", "denominator", |row| {
        !needs(row) || row.denominator.is_none_or(|of| of > 0.0)
    });
    book.retain("negative_count", "value", |row| !counts(row) || row.value >= 0.0);
    book.retain("not_whole", "value", |row| {
        !is_share(row) || (is_whole(row.value) && row.denominator.is_none_or(is_whole))
    });
    book.retain("above_denominator", "value", |row| {
        !is_share(row) || row.denominator.is_none_or(|of| row.value <= of)
    });
    shapes
}

/// The unit that most records of each indicator have; of equals the first in sort order. Records without a unit say nothing.
fn units(book: &Book<'_>) -> BTreeMap<u16, u16> {
    let mut counts: BTreeMap<u16, BTreeMap<u16, usize>> = BTreeMap::new();
    for row in book.rows.iter().filter(|row| row.unit != Categories::NONE) {
        *counts.entry(row.indicator).or_default().entry(row.unit).or_default() += 1;
    }
    counts
        .into_iter()
        .filter_map(|(indicator, units)| {
            let most = units.values().max().copied()?;
            units.into_iter().find(|(_, count)| *count == most).map(|(unit, _)| (indicator, unit))
        })
        .collect()
}

fn shape(unit: IndicatorUnit, written: u16, rows: &[&Row]) -> Shape {
    let has_denominators = rows.iter().any(|row| row.denominator.is_some());
    // A count below 0 is a fault of its record and tells nothing of the indicator.
    let are_whole = rows.iter().all(|row| is_whole(row.value));
    let are_percentages = rows.iter().all(|row| (0.0..=100.0).contains(&row.value));
    let (kind, figure) = match unit {
        IndicatorUnit::Percent | IndicatorUnit::Share if has_denominators => {
            (IndicatorKind::Share, Unit::Percent)
        }
        IndicatorUnit::Days if has_denominators => (IndicatorKind::Ratio, Unit::Days),
        _ if has_denominators && are_whole => (IndicatorKind::Rate, Unit::Rate),
        _ if has_denominators => (IndicatorKind::Ratio, Unit::Rate),
        IndicatorUnit::Count if are_whole => (IndicatorKind::Count, Unit::Count),
        IndicatorUnit::Days => (IndicatorKind::Value, Unit::Days),
        IndicatorUnit::Percent if are_percentages => (IndicatorKind::Value, Unit::Percent),
        _ => (IndicatorKind::Value, Unit::Scale),
    };
    Shape { kind, unit: figure, written }
}

fn is_whole(value: f64) -> bool {
    value.fract().abs() <= 0.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KINDS: [IndicatorKind; 5] = [
        IndicatorKind::Rate,
        IndicatorKind::Share,
        IndicatorKind::Count,
        IndicatorKind::Ratio,
        IndicatorKind::Value,
    ];

    proptest! {
        #[test]
        fn a_figure_lies_within_its_limits_and_no_other_number_leaves(
            part in 0_u32..5_000, rest in 0_u32..5_000, per in 1.0..1e6_f64, level in 0.5..0.999_f64,
        ) {
            let confidence = Confidence::new(level).unwrap();
            let (value, all) = (f64::from(part), f64::from(part) + f64::from(rest) + 1.0);
            for kind in KINDS {
                let found = kind.figure(value, Some(all), per, confidence);
                let figure = found.value.unwrap();
                prop_assert!(figure.is_finite() && figure >= 0.0);
                prop_assert_eq!(found.low.is_some(), kind.method().is_some());
                if let (Some(low), Some(high)) = (found.low, found.high) {
                    prop_assert!(low <= figure && figure <= high && low < high, "{kind:?}: {found:?}");
                    prop_assert!(kind != IndicatorKind::Share || (low >= 0.0 && high <= 100.0));
                }
            }
        }

        #[test]
        fn the_number_that_rates_are_for_only_scales_them(events in 1_u32..500, of in 1_u32..100_000, times in 1_u32..100) {
            let confidence = Confidence::new(0.95).unwrap();
            let rate = |per| IndicatorKind::Rate.figure(f64::from(events), Some(f64::from(of)), per, confidence);
            let (one, many) = (rate(1000.0), rate(1000.0 * f64::from(times)));
            for (one, many) in [(one.value, many.value), (one.low, many.low), (one.high, many.high)] {
                let (one, many) = (one.unwrap() * f64::from(times), many.unwrap());
                prop_assert!((one - many).abs() <= 1e-9 * many);
            }
        }
    }
}
