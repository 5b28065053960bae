//! The data of a chart as tidy rows: one figure, or one part of a bar, each.
//!
//! Numbers are written in full with a point, what does not exist is empty, and no text can become a formula.

use super::{BarChart, Chart, GapChart, IntervalChart, LineChart, QuadrantChart, TrendChart};
use crate::render::csv::{harmless, number};

/// The chart's data with a row of names before them.
pub(crate) fn csv(chart: &Chart) -> String {
    let (names, rows) = match chart {
        Chart::Intervals(chart) => intervals(chart),
        Chart::Bars(chart) => bars(chart),
        Chart::Trend(chart) => trend(chart),
        Chart::Gaps(chart) => gaps(chart),
        Chart::Quadrants(chart) => quadrants(chart),
        Chart::Lines(chart) => lines(chart),
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&names).expect("rows are written to memory");
    for row in rows {
        writer.write_record(row).expect("rows are equally long and are written to memory");
    }
    let bytes = writer.into_inner().expect("memory is always flushed");
    String::from_utf8(bytes).expect("only text was written")
}

type Rows = (Vec<&'static str>, Vec<Vec<String>>);

fn intervals(chart: &IntervalChart) -> Rows {
    let rows = chart.rows.iter().map(|row| {
        vec![
            harmless(&row.label),
            harmless(&row.note),
            number(row.value),
            number(row.limits.map(|limits| limits.0)),
            number(row.limits.map(|limits| limits.1)),
            number(chart.reference.as_ref().map(|line| line.0)),
            number(chart.target.as_ref().map(|line| line.0)),
            harmless(&row.text),
        ]
    });
    (vec!["label", "note", "value", "low", "high", "reference", "target", "text"], rows.collect())
}

fn bars(chart: &BarChart) -> Rows {
    let mut rows = Vec::new();
    for row in &chart.rows {
        let mut write = |part: &str, place: &str, share: f64, text: &str| {
            rows.push(vec![
                harmless(&row.label),
                harmless(&row.note),
                harmless(part),
                place.to_owned(),
                number(Some(share)),
                harmless(text),
            ]);
        };
        for (part, (share, text)) in chart.parts.iter().zip(&row.shares) {
            write(&part.label, "scale", *share, text);
        }
        if let (Some(heading), Some((share, text))) = (&chart.beside, &row.beside) {
            write(heading, "beside", *share, text);
        }
    }
    (vec!["label", "note", "part", "place", "share", "text"], rows)
}

fn trend(chart: &TrendChart) -> Rows {
    let rows = chart.points.iter().map(|point| {
        vec![
            harmless(&point.wave),
            number(point.value),
            number(point.limits.map(|limits| limits.0)),
            number(point.limits.map(|limits| limits.1)),
            number(point.control.map(|limits| limits.0)),
            number(point.control.map(|limits| limits.1)),
            number(chart.center.as_ref().map(|line| line.0)),
            number(chart.target.as_ref().map(|line| line.0)),
            point.signal.to_string(),
            point.weak.to_string(),
            point.broken.to_string(),
            harmless(&point.text),
        ]
    });
    let names = [
        "wave",
        "value",
        "low",
        "high",
        "control_low",
        "control_high",
        "center",
        "target",
        "signal",
        "weak",
        "broken",
        "text",
    ];
    (names.to_vec(), rows.collect())
}

fn gaps(chart: &GapChart) -> Rows {
    let rows = chart.rows.iter().map(|row| {
        vec![
            harmless(&row.label),
            harmless(&row.note),
            number(row.expectation),
            number(row.perception),
            row.clear.to_string(),
            harmless(&row.text),
        ]
    });
    (vec!["label", "note", "expectation", "perception", "clear", "text"], rows.collect())
}

/// A row a point of a line, then a row a mark.
fn lines(chart: &LineChart) -> Rows {
    let point = |kind: &str, label: &str, (x, y): (f64, f64), text: &str| {
        vec![kind.to_owned(), harmless(label), number(Some(x)), number(Some(y)), harmless(text)]
    };
    let mut rows = Vec::new();
    for line in &chart.lines {
        rows.extend(line.points.iter().map(|at| point("line", &line.name, *at, "")));
    }
    rows.extend(chart.marks.iter().map(|mark| point("mark", &mark.label, mark.at, &mark.text)));
    (vec!["kind", "label", "x", "y", "text"], rows)
}

fn quadrants(chart: &QuadrantChart) -> Rows {
    let rows = chart.marks.iter().map(|mark| {
        let both = |(value, limits): (f64, Option<(f64, f64)>)| {
            [
                number(Some(value)),
                number(limits.map(|limits| limits.0)),
                number(limits.map(|limits| limits.1)),
            ]
        };
        let mut row = vec![harmless(&mark.label)];
        row.extend(both(mark.performance));
        row.extend(both(mark.importance));
        row.push(mark.settled.to_string());
        row
    });
    let names = [
        "label",
        "performance",
        "performance_low",
        "performance_high",
        "importance",
        "importance_low",
        "importance_high",
        "settled",
    ];
    (names.to_vec(), rows.collect())
}
