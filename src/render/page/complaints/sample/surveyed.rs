//! A made-up survey beside the complaints.

use crate::report::{
    ChangeVerdict, ComplaintIceberg, ComplaintRecovery, ComplaintSurvey, RecordShare, RecoveryDifference,
    RecoveryFigure, RecoveryGroup, Unit,
};

pub(super) fn survey() -> ComplaintSurvey {
    let share = |statistic: &str, share: f64, base| RecordShare {
        statistic: statistic.into(),
        base: Some(base),
        share: Some(share),
        low: Some(share - 5.0),
        high: Some(share + 5.0),
        method: Some("wilson".into()),
        ..RecordShare::default()
    };
    let figure = |value: f64| RecoveryFigure {
        question: "overall".into(),
        name: "Overall".into(),
        statistic: "top_box".into(),
        unit: Unit::Percent,
        value: Some(value),
        low: Some(value - 6.0),
        high: Some(value + 6.0),
        base: Some(120),
        method: Some("wilson".into()),
        flag: None,
    };
    let groups =
        [("no_problem", 80.0), ("recovered", 70.0), ("not_recovered", 20.0), ("did_not_complain", 40.0)];
    let difference = |less: &str, difference: f64, verdict| RecoveryDifference {
        question: "overall".into(),
        name: "Overall".into(),
        statistic: "top_box".into(),
        unit: Unit::Percent,
        group: "recovered".into(),
        less: less.into(),
        difference: Some(difference),
        low: Some(difference - 11.0),
        high: Some(difference + 11.0),
        p: Some(0.04),
        p_adjusted: Some(0.08),
        method: Some("newcombe".into()),
        verdict: Some(verdict),
    };
    ComplaintSurvey {
        inputs: vec!["responses.csv".into()],
        wave: Some("2026-Q2".into()),
        rows_read: 1020,
        rows: 1000,
        left_out: Vec::new(),
        shares: vec![
            share("had_problem", 30.0, 1000),
            share("complained", 40.0, 300),
            share("recovered", 50.0, 120),
        ],
        recovery: Some(ComplaintRecovery {
            groups: groups
                .map(|(group, value)| RecoveryGroup {
                    group: group.into(),
                    condition: "made up".into(),
                    rows: Some(130),
                    figures: vec![figure(value)],
                })
                .to_vec(),
            differences: vec![
                difference("no_problem", -10.0, ChangeVerdict::NoClearChange),
                difference("not_recovered", 50.0, ChangeVerdict::Up),
            ],
            in_no_group: Some(12),
            paradox: Some(false),
            adjustment: "holm".into(),
        }),
        iceberg: Some(ComplaintIceberg {
            period: Some("2026-Q2".into()),
            complaints: Some(1200),
            share: Some(40.0),
            share_low: Some(35.0),
            share_high: Some(45.0),
            base: Some(300),
            problems: Some(3000.0),
            low: Some(2600.0),
            high: Some(3450.0),
            method: Some("log-delta".into()),
            reason: None,
        }),
    }
}
