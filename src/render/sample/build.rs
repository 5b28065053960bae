//! The parts that hand-built reports are made of.

use crate::report::{
    Better, DefinitionUsed, Estimate, FORMAT, Flag, Input, Ledger, LedgerPlace, Provenance, QuestionLedger,
    QuestionSummary, Report, SegmentSummary, SurveySummary, Unit, Waves,
};
use indexmap::IndexMap;

pub(super) fn base(title: &str, questions: Vec<QuestionSummary>) -> Report {
    Report {
        format: FORMAT.into(),
        title: title.into(),
        as_of: "2026-10-05".into(),
        survey: SurveySummary {
            sampling: "unknown".into(),
            sampling_note: Some("the interval shows chance only, not who chose to answer".into()),
            confidence: 0.95,
            flag_below: 30,
            suppress_below: 5,
            questions,
            ..SurveySummary::default()
        },
        waves: Waves::default(),
        by: Vec::new(),
        provenance: Provenance {
            csat: "0.1.0".into(),
            command: "report".into(),
            inputs: vec![Input {
                name: "a.csv".into(),
                bytes: 4096,
                rows: 812,
                hash: "xxh3-128:00ff".into(),
                ..Input::default()
            }],
            definition: Some(DefinitionUsed { name: "a.toml".into(), hash: Some("sha256:77c1".into()) }),
            seed: 1,
            options: IndexMap::from([("where".into(), "region != \"x\"".into())]),
            seal: None,
        },
        ledger: Ledger::default(),
        estimates: Vec::new(),
        sections: Vec::new(),
        notes: Vec::new(),
    }
}

pub(super) fn question(
    id: &str,
    measure: &str,
    text: &str,
    definition: &str,
    scale: Option<[i32; 2]>,
) -> QuestionSummary {
    QuestionSummary {
        id: id.into(),
        measure: measure.into(),
        text: text.into(),
        columns: vec![id.into()],
        definition: definition.into(),
        better: Some(Better::Higher),
        scale,
        ..QuestionSummary::default()
    }
}

pub(super) fn segment(id: &str, label: &str, values: &[&str]) -> SegmentSummary {
    SegmentSummary {
        id: id.into(),
        label: label.into(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    }
}

pub(super) fn percent(
    question: &str,
    measure: &str,
    statistic: &str,
    value: f64,
    low: f64,
    high: f64,
    base: u64,
) -> Estimate {
    Estimate {
        method: Some("wilson".into()),
        headline: true,
        ..figure(question, measure, statistic, Unit::Percent, value, (low, high), base)
    }
}

pub(super) fn figure(
    question: &str,
    measure: &str,
    statistic: &str,
    unit: Unit,
    value: f64,
    (low, high): (f64, f64),
    base: u64,
) -> Estimate {
    Estimate {
        question: question.into(),
        measure: measure.into(),
        statistic: statistic.into(),
        headline: false,
        segment: IndexMap::new(),
        wave: None,
        value: Some(value),
        unit,
        better: Some(Better::Higher),
        se: Some(4.29),
        low: Some(low),
        high: Some(high),
        confidence: 0.95,
        method: Some("t".into()),
        base: Some(base),
        base_weighted: Some(f64::from(u32::try_from(base).unwrap_or(u32::MAX))),
        base_effective: Some(f64::from(u32::try_from(base).unwrap_or(u32::MAX))),
        degrees_of_freedom: None,
        base_kish: None,
        design_effect_kish: None,
        flag: None,
        target: None,
        target_verdict: None,
    }
}

pub(super) fn of(segment: &[(&str, &str)], estimate: Estimate) -> Estimate {
    let segment = segment.iter().map(|(id, value)| ((*id).to_owned(), (*value).to_owned())).collect();
    Estimate { segment, ..estimate }
}

pub(super) fn small(estimate: Estimate) -> Estimate {
    Estimate { flag: Some(Flag::SmallBase), ..estimate }
}

pub(super) fn hidden(estimate: Estimate, flag: Flag) -> Estimate {
    Estimate {
        value: None,
        se: None,
        low: None,
        high: None,
        method: None,
        base: None,
        base_weighted: None,
        base_effective: None,
        degrees_of_freedom: None,
        flag: Some(flag),
        target_verdict: None,
        ..estimate
    }
}

pub(super) fn place(row: u64, column: Option<u64>) -> LedgerPlace {
    LedgerPlace { input: "a.csv".into(), row, line: row + 1, column }
}

pub(super) fn cells(question: &str, counts: [u64; 6]) -> QuestionLedger {
    let [answered, not_applicable, dont_know, blank, invalid, not_asked] = counts.map(Some);
    QuestionLedger {
        question: question.into(),
        answered,
        not_applicable,
        dont_know,
        blank,
        invalid,
        not_asked,
        places: Vec::new(),
    }
}
