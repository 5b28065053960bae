//! Answers by point and by option.

use super::WAVE;
use crate::report::{Box3, DistributionRow, DistributionSection};

pub(super) fn distribution(
    question: &str,
    base: u64,
    percents: [f64; 5],
    dont_know: u64,
) -> DistributionSection {
    let labels = ["Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"];
    let boxes = [Box3::Bottom, Box3::Bottom, Box3::Middle, Box3::Top, Box3::Top];
    let rows = labels.iter().zip(boxes).zip(percents).enumerate();
    DistributionSection {
        question: question.into(),
        wave: Some(WAVE.into()),
        base,
        base_weighted: None,
        rows: rows
            .map(|(number, ((label, box_), percent))| DistributionRow {
                code: (number + 1).to_string(),
                label: (*label).into(),
                count: 20,
                percent: Some(percent),
                low: Some((percent - 5.0).max(0.0)),
                high: Some(percent + 6.0),
                box_: Some(box_),
            })
            .collect(),
        ordered: true,
        dont_know,
        dont_know_percent: Some(if dont_know > 0 { 1.6 } else { 0.0 }),
        not_applicable: 0,
        not_applicable_percent: Some(0.0),
        flag: None,
    }
}

pub(super) fn points(question: &str) -> DistributionSection {
    let rows = (0..=10).map(|point: u32| DistributionRow {
        code: point.to_string(),
        label: point.to_string(),
        count: 10,
        percent: Some(f64::from(point) * 100.0 / 55.0),
        low: None,
        high: None,
        box_: Some(match point {
            0..=6 => Box3::Bottom,
            7 | 8 => Box3::Middle,
            _ => Box3::Top,
        }),
    });
    DistributionSection { rows: rows.collect(), ..distribution(question, 118, [0.0; 5], 0) }
}

pub(super) fn options(question: &str) -> DistributionSection {
    let option = |code: &str, label: &str, percent: f64| DistributionRow {
        code: code.into(),
        label: label.into(),
        count: 60,
        percent: Some(percent),
        low: Some(percent - 9.0),
        high: Some(percent + 8.0),
        box_: None,
    };
    DistributionSection {
        rows: vec![option("1", "Branch", 60.5), option("2", "Phone", 39.5)],
        ordered: false,
        ..distribution(question, 119, [0.0; 5], 0)
    }
}
