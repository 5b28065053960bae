//! Groups that differ, and groups that are hidden.

use super::WAVE;
use crate::report::{Better, ChangeVerdict, Family, Flag, GroupRow, GroupsSection, HomogeneityTest, Unit};

pub(super) fn regions() -> GroupsSection {
    GroupsSection {
        question: "overall".into(),
        statistic: "top_box".into(),
        unit: Unit::Percent,
        better: Some(Better::Higher),
        segment: "region".into(),
        wave: Some(WAVE.into()),
        test: Some(HomogeneityTest {
            name: "chi-square".into(),
            statistic: 4.1,
            df: 2.0,
            df2: None,
            p: 0.13,
            p_adjusted: 0.26,
        }),
        rows: vec![
            group("South", Some(54.9), Some(37), None),
            GroupRow {
                verdict: Some(ChangeVerdict::Up),
                p_adjusted: Some(0.012),
                ..group("North", Some(71.7), Some(46), None)
            },
            group("West", None, None, Some(Flag::Suppressed)),
            group("East", Some(57.7), Some(26), Some(Flag::SmallBase)),
            group("Centre", None, Some(0), Some(Flag::NoAnswers)),
        ],
        family: Some(Family { name: "rest".into(), size: 3, adjustment: "holm".into() }),
    }
}

/// A panel of another wave in which nothing can be shown.
pub(super) fn hidden_groups() -> GroupsSection {
    GroupsSection {
        segment: "wave".into(),
        wave: Some("2025-Q1".into()),
        test: None,
        rows: vec![
            group("first", None, None, Some(Flag::Suppressed)),
            group("later", None, None, Some(Flag::Complementary)),
        ],
        family: None,
        ..regions()
    }
}

fn group(name: &str, value: Option<f64>, base: Option<u64>, flag: Option<Flag>) -> GroupRow {
    GroupRow {
        group: name.into(),
        value,
        low: value.map(|value| value - 14.0),
        high: value.map(|value| value + 11.0),
        base,
        base_effective: None,
        flag,
        difference: value.map(|value| value - 62.0),
        difference_low: value.map(|value| value - 78.0),
        difference_high: value.map(|value| value - 46.0),
        p: value.map(|_| 0.2),
        p_adjusted: value.map(|_| 0.4),
        verdict: value.map(|_| ChangeVerdict::NoClearChange),
        first_share: value.filter(|_| flag.is_none()).map(|_| 0.62),
        last_share: value.filter(|_| flag.is_none()).map(|_| 0.1),
        rank_low: value.filter(|_| flag.is_none()).map(|_| 1),
        rank_high: value.filter(|_| flag.is_none()).map(|_| 2),
    }
}
