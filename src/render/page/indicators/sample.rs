//! A made-up section with all parts filled, one without anything, and one with hostile texts.

use indexmap::IndexMap;

use crate::report::{
    Better, ChangeVerdict, ControlChart, ControlLimits, Corroboration, CorroborationReversal,
    CorroborationRow, Estimate, Flag, IndicatorChange, IndicatorRecord, IndicatorSeries, IndicatorsSection,
    JoinedText, LaggedChange, LaggedRank, LedgerPlace, PeriodChart, PeriodChartPoint, RecordColumn,
    RecordFault, ReversalGroup, TargetVerdict, Unit,
};

/// Every code of a fault.
const FAULTS: [&str; 21] = [
    "no_period",
    "unreadable_period",
    "no_indicator",
    "no_value",
    "other_period_length",
    "no_longer_period",
    "several_in_period",
    "repeated_row",
    "contradicting_rows",
    "mixed_units",
    "no_denominator",
    "zero_denominator",
    "negative_denominator",
    "negative_count",
    "not_whole",
    "above_denominator",
    "unknown_direction",
    "two_directions",
    "short_row",
    "unreadable",
    "out_of_reach",
];

const FIELDS: [&str; 8] =
    ["period", "indicator", "value", "denominator", "unit", "direction", "segment", "source"];

const PERIODS: [&str; 3] = ["2026-01", "2026-02", "2026-03"];

/// Everything that a section can have.
pub(in crate::render) fn section() -> IndicatorsSection {
    let mut hidden = series("Returns", "rate", "rate_per_1000", Unit::Rate);
    hidden.segment = IndexMap::from([("region".to_owned(), "North".to_owned())]);
    hidden.records[2].flag = Some(Flag::Suppressed);
    hidden.previous = Some(untested("hidden"));
    let mut returns = series("Returns", "rate", "rate_per_1000", Unit::Rate);
    returns.better = Some(Better::Lower);
    returns.previous = Some(change(ChangeVerdict::Up));
    returns.last_year = Some(change(ChangeVerdict::Down));
    returns.chart.chart = Some(limits());
    returns.chart.reason = None;
    returns.chart.points[2].rules = vec!["beyond_limits".to_owned()];
    let mut solved = series("Solved", "share", "share", Unit::Percent);
    solved.better = Some(Better::Higher);
    solved.previous = Some(IndicatorChange {
        change_low: Some(-3.0),
        change_high: Some(5.0),
        ratio: None,
        ratio_low: None,
        ratio_high: None,
        ..change(ChangeVerdict::NoClearChange)
    });
    let mut press = series("Press", "count", "count", Unit::Count);
    press.direction_reason = Some("no_direction".to_owned());
    press.previous = Some(untested("no_figure_before"));
    let mut waiting = series("Waiting", "value", "value", Unit::Scale);
    waiting.direction_reason = Some("two_directions".to_owned());
    waiting.unit = Some("minutes".to_owned());
    waiting.previous = Some(untested("recorded_figure"));
    waiting.chart.reason = Some("too_few_plain_periods".to_owned());
    let mut cost = series("Cost", "ratio", "value", Unit::Rate);
    cost.direction_reason = Some("neither".to_owned());
    cost.previous = Some(untested("no_figure"));
    IndicatorsSection {
        as_of: "2026-04-15".to_owned(),
        as_of_from: "asked".to_owned(),
        every: Some("month".to_owned()),
        joined_from: Some("week".to_owned()),
        period: Some("2026-03".to_owned()),
        per: 1000.0,
        confidence: 0.95,
        records: 1_240,
        used: 1_200,
        columns: FIELDS.map(column).to_vec(),
        series: vec![returns, hidden, solved, press, waiting, cost],
        families: Vec::new(),
        corroboration: corroboration(),
        joined: vec![JoinedText {
            field: "indicator".to_owned(),
            kept: "Returns".to_owned(),
            variants: vec![("returns".to_owned(), 12)],
        }],
        faults: FAULTS.iter().map(|code| fault(code)).collect(),
        clauses: vec!["ISO 10004:2018, 7.3.2".to_owned()],
    }
}

/// Records of which none counts.
pub(in crate::render) fn bare() -> IndicatorsSection {
    IndicatorsSection { as_of: "2026-04-15".to_owned(), records: 4, ..IndicatorsSection::default() }
}

/// No scores, for each reason.
pub(in crate::render) fn without_scores(reason: Option<&str>) -> IndicatorsSection {
    let corroboration = Corroboration { reason: reason.map(str::to_owned), ..Corroboration::default() };
    IndicatorsSection { corroboration, period: None, ..section() }
}

/// Texts that formats could obey.
pub(in crate::render) fn hostile() -> IndicatorsSection {
    let mut section = section();
    for series in &mut section.series {
        series.name = "<script>alert(1)</script>=1+1".to_owned();
        series.unit = Some("a | b **b** [l](javascript:x)".to_owned());
        series.sources = vec!["</td><b>\u{1b}[31m\u{202e}\u{7}".to_owned()];
    }
    for row in &mut section.corroboration.rows {
        row.name = "<img src=x onerror=y>".to_owned();
    }
    section.faults[0].texts = vec!["<script>alert(2)</script>\u{1b}".to_owned()];
    section
}

/// The estimates of the latest period.
pub(in crate::render) fn estimates() -> Vec<Estimate> {
    let estimate = |id: &str, statistic: &str, unit: Unit, value: f64| Estimate {
        question: format!("indicators.{id}"),
        measure: "indicator".to_owned(),
        statistic: statistic.to_owned(),
        headline: true,
        segment: IndexMap::new(),
        wave: Some("2026-03".to_owned()),
        value: Some(value),
        unit,
        better: None,
        se: None,
        low: Some(value - 1.5),
        high: Some(value + 2.25),
        confidence: 0.95,
        method: None,
        base: Some(4_000),
        base_weighted: None,
        base_effective: None,
        degrees_of_freedom: None,
        base_kish: None,
        design_effect_kish: None,
        flag: None,
        target: Some(10.0),
        target_verdict: Some(TargetVerdict::Missed),
    };
    vec![
        estimate("returns", "rate_per_1000", Unit::Rate, 21.5),
        estimate("solved", "share", Unit::Percent, 77.25),
    ]
}

fn series(name: &str, kind: &str, statistic: &str, unit: Unit) -> IndicatorSeries {
    let point = |(place, period): (usize, &&str)| PeriodChartPoint {
        period: (*period).to_owned(),
        complete: place < 2 || kind != "count",
        value: Some(20.0 + f64::from(u32::try_from(place).unwrap())),
        low: Some(17.0),
        high: Some(26.5),
        base: Some(4_000),
        rules: Vec::new(),
    };
    let record = |period: &&str| IndicatorRecord {
        period: (*period).to_owned(),
        value: Some(86.0),
        denominator: Some(4_000.5),
        flag: None,
    };
    IndicatorSeries {
        id: name.to_lowercase(),
        name: name.to_owned(),
        kind: kind.to_owned(),
        statistic: statistic.to_owned(),
        figure_unit: Some(unit),
        sources: vec!["ERP".to_owned()],
        records: PERIODS.iter().map(record).collect(),
        chart: PeriodChart {
            statistic: statistic.to_owned(),
            points: PERIODS.iter().enumerate().map(point).collect(),
            chart: None,
            reason: Some("too_few_periods".to_owned()),
        },
        ..IndicatorSeries::default()
    }
}

fn limits() -> ControlChart {
    let limits = |period: &&str| ControlLimits { wave: (*period).to_owned(), lower: 12.0, upper: 28.0 };
    ControlChart {
        type_: "u".to_owned(),
        center: 20.5,
        limits: PERIODS.iter().map(limits).collect(),
        rules: vec!["beyond_limits".to_owned()],
        baseline: vec!["2026-01".to_owned(), "2026-02".to_owned()],
        provisional: true,
    }
}

fn change(verdict: ChangeVerdict) -> IndicatorChange {
    IndicatorChange {
        period: "2026-03".to_owned(),
        against: "2026-02".to_owned(),
        change: Some(1.25),
        ratio: Some(1.06),
        ratio_low: Some(0.91),
        ratio_high: Some(1.24),
        p: Some(0.02),
        p_adjusted: Some(0.03),
        family_size: Some(2),
        method: Some("exact-poisson".to_owned()),
        verdict: Some(verdict),
        ..IndicatorChange::default()
    }
}

fn untested(reason: &str) -> IndicatorChange {
    IndicatorChange {
        period: "2026-03".to_owned(),
        against: "2026-02".to_owned(),
        reason: Some(reason.to_owned()),
        ..IndicatorChange::default()
    }
}

fn corroboration() -> Corroboration {
    let rank = |lag: i64| LaggedRank {
        lag,
        n: 14,
        r: -0.75,
        low: Some(-0.92),
        high: Some(-0.31),
        p: 0.002,
        p_adjusted: Some(0.012),
        differences: Some(LaggedChange {
            n: 13,
            r: -0.25,
            p: 0.4,
            p_adjusted: Some(0.41),
            ..LaggedChange::default()
        }),
    };
    let row = |lag: i64, verdict: &str, as_expected: Option<bool>| CorroborationRow {
        indicator: "returns".to_owned(),
        question: "overall".to_owned(),
        name: "Overall?".to_owned(),
        statistic: "top_box".to_owned(),
        common: 14,
        lags: vec![rank(lag)],
        strongest: Some(lag),
        verdict: Some(verdict.to_owned()),
        as_expected,
        ..CorroborationRow::default()
    };
    let without = |common: u64, reason: &str| CorroborationRow {
        lags: Vec::new(),
        strongest: None,
        verdict: None,
        common,
        reason: Some(reason.to_owned()),
        ..row(0, "", None)
    };
    let group = |value: &str| ReversalGroup { value: value.to_owned(), n: 14, r: 0.6 };
    let reversal = CorroborationReversal {
        segment: "region".to_owned(),
        within: 0.6,
        low: 0.2,
        high: 0.8,
        groups: vec![group("North"), group("South")],
    };
    let turned = CorroborationRow { reversal: Some(reversal), ..row(2, "together", Some(true)) };
    Corroboration {
        lag: 3,
        least_periods: 8,
        waves: 14,
        rows: vec![
            turned,
            row(0, "shared_trend", Some(false)),
            row(-1, "trend_unknown", None),
            row(0, "no_clear", None),
            without(6, "too_few_periods"),
            without(14, "no_variation"),
        ],
        ..Corroboration::default()
    }
}

fn column(field: &str) -> RecordColumn {
    RecordColumn {
        field: field.to_owned(),
        column: field.to_uppercase(),
        filled: 1_200,
        blank: 40,
        unreadable: u64::from(field == "value"),
        ..RecordColumn::default()
    }
}

fn fault(code: &str) -> RecordFault {
    let treatment = if code.ends_with("directions") { "counted_without_verdict" } else { "left_out" };
    RecordFault {
        code: code.to_owned(),
        field: Some("value".to_owned()),
        records: 3,
        treatment: treatment.to_owned(),
        places: vec![LedgerPlace { input: "i.csv".to_owned(), row: 17, line: 18, column: Some(4) }],
        texts: vec!["odd".to_owned()],
    }
}
