//! Gaps as tidy rows, one a figure, where a report is about nothing else.

use indexmap::{IndexMap, IndexSet};

use super::csv::{harmless, number};
use crate::report::{
    DimensionGap, DisconfirmationRow, Estimated, Flag, GapRow, GapsSection, GapsTotal, QualityRow, Report,
    Section, StaffRow, ToleranceRow,
};

/// The columns before those of the segments.
const BEFORE: [&str; 2] = ["part", "name"];

/// The columns after those of the segments.
const AFTER: [&str; 13] =
    ["wave", "statistic", "value", "low", "high", "se", "t", "df", "p", "p_adjusted", "dz", "base", "flag"];

/// One figure.
#[derive(Clone, Copy, Debug, Default)]
struct Figure {
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    se: Option<f64>,
    t: Option<f64>,
    df: Option<f64>,
    p: Option<f64>,
    p_adjusted: Option<f64>,
    dz: Option<f64>,
    base: Option<u64>,
    flag: Option<Flag>,
}

impl Figure {
    fn of(value: Option<f64>, base: Option<u64>) -> Self {
        Self { value, base, ..Self::default() }
    }

    fn estimated(found: Estimated, base: Option<u64>, flag: Option<Flag>) -> Self {
        Self { value: found.value, low: found.low, high: found.high, base, flag, ..Self::default() }
    }

    fn cells(&self) -> Vec<String> {
        let mut cells: Vec<String> =
            [self.value, self.low, self.high, self.se, self.t, self.df, self.p, self.p_adjusted, self.dz]
                .map(number)
                .to_vec();
        cells.push(self.base.map_or_else(String::new, |base| base.to_string()));
        cells.push(self.flag.map_or_else(String::new, |flag| flag.name().to_owned()));
        cells
    }
}

/// The figures of one thing: which part of the analysis, what it is called, each by its statistic.
struct Named {
    part: &'static str,
    name: String,
    segment: IndexMap<String, String>,
    figures: Vec<(&'static str, Figure)>,
}

/// The rows; `None` where the report has scores too, or no gaps.
pub(super) fn render(report: &Report) -> Option<String> {
    let sections: Vec<&GapsSection> = report
        .sections
        .iter()
        .filter_map(|section| match section {
            Section::Gaps(gaps) => Some(&**gaps),
            _ => None,
        })
        .collect();
    if !report.estimates.is_empty() || sections.is_empty() {
        return None;
    }
    let all: Vec<(Option<&str>, Named)> = sections
        .iter()
        .flat_map(|gaps| of_section(gaps).into_iter().map(|named| (gaps.wave.as_deref(), named)))
        .collect();
    let segments: IndexSet<&str> =
        all.iter().flat_map(|(_, named)| named.segment.keys().map(String::as_str)).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write = |record: Vec<String>| {
        writer.write_record(record).expect("rows are equally long and are written to memory");
    };
    let called = segments.iter().map(|id| {
        // A segment that is called like another column.
        let taken = BEFORE.contains(id) || AFTER.contains(id);
        harmless(&if taken { format!("segment_{id}") } else { (*id).to_owned() })
    });
    write(BEFORE.map(str::to_owned).into_iter().chain(called).chain(AFTER.map(str::to_owned)).collect());
    for (wave, named) in &all {
        for (statistic, figure) in &named.figures {
            let mut record = vec![named.part.to_owned(), harmless(&named.name)];
            record.extend(
                segments.iter().map(|id| named.segment.get(*id).map_or_else(String::new, |v| harmless(v))),
            );
            record.push(wave.map_or_else(String::new, harmless));
            record.push((*statistic).to_owned());
            record.extend(figure.cells());
            write(record);
        }
    }
    let bytes = writer.into_inner().expect("memory is always flushed");
    Some(String::from_utf8(bytes).expect("only text was written"))
}

fn of_section(gaps: &GapsSection) -> Vec<Named> {
    let whole = IndexMap::new();
    let mut found = of_respondents(&gaps.rows, &gaps.dimensions, &gaps.total, &whole);
    found.extend(gaps.tolerance.iter().map(tolerance));
    found.extend(gaps.disconfirmation.iter().map(disconfirmation));
    found.extend(gaps.qualities.iter().map(qualities));
    found.extend(gaps.staff.iter().flat_map(|staff| &staff.rows).map(of_staff));
    for group in &gaps.groups {
        found.extend(of_respondents(&group.rows, &group.dimensions, &group.total, &group.segment));
    }
    found
}

fn of_respondents(
    rows: &[GapRow],
    dimensions: &[DimensionGap],
    total: &GapsTotal,
    segment: &IndexMap<String, String>,
) -> Vec<Named> {
    let named =
        |part, name: &str, figures| Named { part, name: name.to_owned(), segment: segment.clone(), figures };
    let mut found: Vec<Named> = rows.iter().map(|row| named("question", &row.question, item(row))).collect();
    found.extend(dimensions.iter().map(|row| named("dimension", &row.dimension, dimension(row))));
    if !rows.is_empty() {
        found.push(named("total", "", of_total(total)));
    }
    found
}

fn item(row: &GapRow) -> Vec<(&'static str, Figure)> {
    let base = Some(row.base);
    let gap = Figure {
        value: row.gap,
        low: row.low,
        high: row.high,
        t: row.t,
        df: row.df,
        p: row.p,
        p_adjusted: row.p_adjusted,
        dz: row.dz,
        base,
        ..Figure::default()
    };
    vec![
        ("expectation", Figure::of(row.expectation, base)),
        ("perception", Figure::of(row.perception, base)),
        ("gap", gap),
        ("wilcoxon", Figure { p: row.wilcoxon_p, base, ..Figure::default() }),
        ("expectation_ceiling", Figure::of(row.expectation_ceiling, base)),
        ("perception_ceiling", Figure::of(row.perception_ceiling, base)),
        ("importance", Figure::of(row.importance, None)),
        ("weighted_gap", Figure::of(row.weighted_gap, base)),
    ]
}

fn dimension(row: &DimensionGap) -> Vec<(&'static str, Figure)> {
    let gap = Figure {
        value: row.gap,
        low: row.low,
        high: row.high,
        se: row.se,
        t: row.t,
        df: row.df,
        p: row.p,
        p_adjusted: row.p_adjusted,
        dz: row.dz,
        base: row.base,
        flag: row.flag,
    };
    vec![
        ("expectation", Figure::of(row.expectation, row.base)),
        ("perception", Figure::of(row.perception, row.base)),
        ("gap", gap),
        ("weight", Figure::of(row.weight, None)),
        ("importance", Figure::of(row.importance, None)),
        ("expectation_alpha", Figure::of(row.expectation_alpha, None)),
        ("perception_alpha", Figure::of(row.perception_alpha, None)),
        ("difference_reliability", Figure::of(row.difference_reliability, None)),
    ]
}

fn of_total(total: &GapsTotal) -> Vec<(&'static str, Figure)> {
    let limited = |value, low, high, base| Figure { value, low, high, base, ..Figure::default() };
    let own = total.weighted_base;
    vec![
        (
            "unweighted",
            Figure {
                se: total.se,
                p: total.p,
                flag: total.flag,
                ..limited(total.unweighted, total.low, total.high, total.base)
            },
        ),
        (
            "weighted",
            Figure {
                se: total.weighted_se,
                ..limited(total.weighted, total.weighted_low, total.weighted_high, own)
            },
        ),
        ("weighted_by_mean_points", Figure::of(total.weighted_by_mean_points, own)),
        ("perception", limited(total.perception, total.perception_low, total.perception_high, total.base)),
        (
            "weighted_perception",
            limited(
                total.weighted_perception,
                total.weighted_perception_low,
                total.weighted_perception_high,
                own,
            ),
        ),
    ]
}

fn alone(part: &'static str, name: &str, figures: Vec<(&'static str, Figure)>) -> Named {
    Named { part, name: name.to_owned(), segment: IndexMap::new(), figures }
}

fn tolerance(row: &ToleranceRow) -> Named {
    let (base, flag) = (row.base, row.flag);
    let figures = vec![
        ("adequate", Figure::of(row.adequate, base)),
        ("desired", Figure::of(row.desired, base)),
        ("perceived", Figure::of(row.perceived, base)),
        ("adequacy", Figure::estimated(row.adequacy, base, flag)),
        ("superiority", Figure::estimated(row.superiority, base, flag)),
        ("width", Figure::estimated(row.width, base, flag)),
        ("below", Figure::estimated(row.below, base, flag)),
        ("inside", Figure::estimated(row.inside, base, flag)),
        ("above", Figure::estimated(row.above, base, flag)),
    ];
    alone("tolerance", &row.question, figures)
}

fn disconfirmation(row: &DisconfirmationRow) -> Named {
    let figure = |found| Figure::estimated(found, row.base, row.flag);
    let figures = vec![
        ("negative", figure(row.negative)),
        ("confirmed", figure(row.confirmed)),
        ("positive", figure(row.positive)),
        ("balance", figure(row.balance)),
        ("asymmetry", Figure { p: row.p, ..figure(row.asymmetry) }),
    ];
    alone("disconfirmation", &row.question, figures)
}

fn qualities(row: &QualityRow) -> Named {
    let base = Some(row.base);
    let gap = Estimated { value: row.gap, low: row.gap_low, high: row.gap_high };
    let figures = vec![
        ("expected", Figure::of(row.expected, base)),
        ("planned", Figure::of(row.planned, None)),
        ("delivered", Figure::of(row.delivered, None)),
        ("perceived", Figure::of(row.perceived, base)),
        ("planning", Figure::of(row.planning, None)),
        ("delivery", Figure::of(row.delivery, None)),
        ("communication", Figure::of(row.communication, None)),
        ("gap", Figure::estimated(gap, base, None)),
    ];
    alone("qualities", &row.question, figures)
}

fn of_staff(row: &StaffRow) -> Named {
    let difference = Figure {
        t: row.t,
        df: row.df,
        p: row.p,
        p_adjusted: row.p_adjusted,
        ..Figure::estimated(row.difference, None, None)
    };
    let is_expectation = row.form == "expectation";
    let named = |expectation: &'static str, perception: &'static str| {
        if is_expectation { expectation } else { perception }
    };
    let figures = vec![
        (named("expectation_customers", "perception_customers"), Figure::of(row.customers, Some(row.base))),
        (named("expectation_staff", "perception_staff"), Figure::of(row.staff, Some(row.staff_base))),
        (named("expectation_difference", "perception_difference"), difference),
    ];
    alone("staff", &row.question, figures)
}
