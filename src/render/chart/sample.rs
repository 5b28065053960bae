//! Charts made by hand for tests: usual ones, and ones with everything that can go wrong.

use super::{
    Axis, BarChart, BarPart, BarRow, Chart, ChartLine, Emphasis, GapChart, GapMark, IntervalChart,
    IntervalRow, LineChart, LineKind, LineMark, QuadrantChart, QuadrantLegend, QuadrantMark, Side,
    TrendChart, TrendMark,
};

/// A text of a stranger.
pub(super) const HOSTILE: &str = "=</script><b onload=\"x\">&\u{1b}[31m\u{202e}\u{0} תל אביב 👩‍🚀 e\u{301}";

/// All usual charts with their names.
pub(super) fn usual() -> Vec<(&'static str, Chart)> {
    vec![
        ("intervals", intervals()),
        ("bars", bars()),
        ("stacked", stacked()),
        ("trend", trend()),
        ("gaps", gaps()),
        ("quadrants", quadrants(12)),
        ("lines", lines()),
    ]
}

/// Charts with nothing, one thing, many things, nothing but holes, and hostile texts.
pub(super) fn extreme() -> Vec<(&'static str, Chart)> {
    let mut charts = Vec::new();
    for (name, rows) in [("empty", 0), ("one", 1), ("many", 200)] {
        for (_, mut chart) in usual() {
            resize(&mut chart, rows);
            charts.push((name, chart));
        }
    }
    for (_, mut chart) in usual() {
        hollow(&mut chart);
        charts.push(("holes", chart));
    }
    for (_, mut chart) in usual() {
        spoil(&mut chart, HOSTILE);
        charts.push(("hostile", chart));
    }
    for (_, mut chart) in usual() {
        spoil(&mut chart, &"Donaudampfschifffahrtsgesellschaftskapitän und seine Mannschaft ".repeat(6));
        charts.push(("long", chart));
    }
    charts
}

pub(super) fn axis(least: i32, most: i32, step: usize, title: &str) -> Axis {
    Axis {
        least: f64::from(least),
        most: f64::from(most),
        ticks: (least..=most).step_by(step).map(|value| (f64::from(value), value.to_string())).collect(),
        title: title.to_owned(),
    }
}

fn intervals() -> Chart {
    let row = |label: &str, base: u32, figure: Option<(f64, f64, f64)>, emphasis| IntervalRow {
        label: label.to_owned(),
        note: format!("n = {base}"),
        value: figure.map(|(value, ..)| value),
        limits: figure.map(|(_, low, high)| (low, high)),
        text: figure.map_or_else(
            || "hidden: base too small".to_owned(),
            |(value, low, high)| format!("{value} % ({low} to {high})"),
        ),
        emphasis,
    };
    Chart::Intervals(IntervalChart {
        axis: axis(0, 100, 20, "Satisfied, 4 or 5 of 1 to 5, percent"),
        rows: vec![
            row("Corporate", 7, Some((85.7, 48.7, 97.4)), Emphasis::Weak),
            row("North", 46, Some((71.7, 57.5, 82.7)), Emphasis::Usual),
            row("Retail", 64, Some((70.3, 58.2, 80.1)), Emphasis::Usual),
            row(
                "Private banking and wealth management for families",
                22,
                Some((68.2, 47.3, 83.6)),
                Emphasis::Weak,
            ),
            row("South", 37, Some((41.3, 27.1, 57.0)), Emphasis::Strong),
            row("תל אביב (Tel Aviv)", 33, Some((58.0, 41.0, 73.0)), Emphasis::Usual),
            row("All of them", 31, Some((100.0, 89.0, 100.0)), Emphasis::Usual),
            row("West", 3, None, Emphasis::Usual),
        ],
        reference: Some((65.9, "All 65.9 %".to_owned())),
        target: Some((70.0, "Target 70 %".to_owned())),
    })
}

fn bars() -> Chart {
    let part = |label: &str, side| BarPart { label: label.to_owned(), side };
    let row = |label: &str, base: u32, shares: [f64; 5], beside: Option<f64>| BarRow {
        label: label.to_owned(),
        note: format!("n = {base}"),
        shares: shares.iter().map(|share| (*share, format!("{share:.0} %"))).collect(),
        beside: beside.map(|share| (share, format!("{share:.0} %"))),
    };
    Chart::Bars(BarChart {
        parts: vec![
            part("Very dissatisfied", Side::Bad),
            part("Dissatisfied", Side::Bad),
            part("Neither satisfied nor dissatisfied", Side::Neutral),
            part("Satisfied", Side::Good),
            part("Very satisfied", Side::Good),
        ],
        rows: vec![
            row("Overall satisfaction", 123, [4.9, 9.8, 19.5, 42.3, 23.5], Some(0.8)),
            row("Staff who know what they are talking about", 119, [3.0, 7.0, 17.0, 45.0, 28.0], Some(4.0)),
            row("Fees and interest", 117, [14.0, 22.0, 26.0, 27.0, 11.0], Some(12.0)),
            row("Online and app", 101, [8.0, 18.0, 20.0, 34.0, 20.0], Some(18.0)),
            row("Speed of service", 120, [0.0, 0.0, 0.0, 0.0, 100.0], None),
        ],
        diverging: true,
        beside: Some("Don't know".to_owned()),
    })
}

fn stacked() -> Chart {
    let part = |label: &str, side| BarPart { label: label.to_owned(), side };
    let row = |label: &str, shares: [f64; 3]| BarRow {
        label: label.to_owned(),
        note: String::new(),
        shares: shares.iter().map(|share| (*share, format!("{share:.1} %"))).collect(),
        beside: None,
    };
    Chart::Bars(BarChart {
        parts: vec![
            part("Detractors (0 to 6)", Side::Bad),
            part("Passives (7 and 8)", Side::Neutral),
            part("Promoters (9 and 10)", Side::Good),
        ],
        rows: vec![
            row("2025-Q4", [21.0, 35.1, 43.9]),
            row("2026-Q1", [24.2, 33.3, 42.5]),
            row("2026-Q2", [3.4, 50.0, 46.6]),
        ],
        diverging: false,
        beside: None,
    })
}

fn trend() -> Chart {
    let waves = [
        ("2024-Q1", Some((60.8, 52.0, 68.9))),
        ("2024-Q2", Some((56.6, 48.2, 64.7))),
        ("2024-Q3", Some((65.1, 56.4, 72.8))),
        ("2024-Q4", Some((57.1, 49.4, 64.4))),
        ("2025-Q1", None),
        ("2025-Q2", Some((44.2, 35.3, 53.2))),
        ("2025-Q3", Some((63.0, 54.3, 71.2))),
        ("2025-Q4", Some((65.9, 50.1, 79.6))),
    ];
    let points = waves.iter().map(|(wave, figure)| TrendMark {
        wave: (*wave).to_owned(),
        value: figure.map(|(value, ..)| value),
        limits: figure.map(|(_, low, high)| (low, high)),
        control: figure.map(|(_, low, high)| (61.0 - (high - low) * 0.7, 61.0 + (high - low) * 0.7)),
        text: figure.map_or_else(String::new, |(value, ..)| format!("{value}")),
        signal: *wave == "2025-Q2",
        weak: *wave == "2025-Q4",
        broken: *wave == "2025-Q3",
    });
    Chart::Trend(TrendChart {
        axis: axis(30, 90, 10, "Satisfied, 4 or 5 of 1 to 5, percent (the axis does not begin at 0)"),
        points: points.collect(),
        center: Some((61.0, "Centre 61.0".to_owned())),
        target: Some((70.0, "Target 70".to_owned())),
        upper: Some((81.65, "upper control limit 81.7".to_owned())),
        lower: Some((40.35, "lower control limit 40.4".to_owned())),
    })
}

fn gaps() -> Chart {
    let row = |label: &str, figures: Option<(f64, f64)>, text: &str, clear| GapMark {
        label: label.to_owned(),
        note: "n = 118".to_owned(),
        expectation: figures.map(|(expectation, _)| expectation),
        perception: figures.map(|(_, perception)| perception),
        text: text.to_owned(),
        clear,
    };
    Chart::Gaps(GapChart {
        axis: axis(1, 7, 1, "Mean, 1 to 7"),
        expectation: "Expected".to_owned(),
        perception: "Perceived".to_owned(),
        rows: vec![
            row("Tangibles", Some((5.99, 5.45)), "−0.54 (−0.81 to −0.27)", true),
            row("Reliability", Some((5.52, 5.41)), "−0.11 (−0.38 to +0.16)", false),
            row("Responsiveness", Some((5.03, 5.61)), "+0.58 (+0.31 to +0.85)", true),
            row("Assurance", Some((5.60, 5.60)), "0.00 (−0.25 to +0.25)", false),
            row("Empathy", None, "no answers", false),
        ],
    })
}

fn lines() -> Chart {
    let line = |name: &str, kind, points: &[(f64, f64)]| ChartLine {
        name: name.to_owned(),
        kind,
        points: points.to_vec(),
    };
    let mark = |label: &str, at, outside, weak| LineMark {
        label: label.to_owned(),
        at,
        text: "a share".to_owned(),
        outside,
        weak,
    };
    Chart::Lines(LineChart {
        across: axis(0, 50, 10, "cases"),
        up: axis(0, 100, 20, "percent"),
        lines: vec![
            line("all: 40 %", LineKind::Overall, &[(1.0, 40.0), (50.0, 40.0)]),
            line("95 % limits", LineKind::Inner, &[(1.0, 0.0), (10.0, 10.0), (50.0, 26.0)]),
            line("99.8 % limits", LineKind::Outer, &[(1.0, 0.0), (10.0, 2.0), (50.0, 20.0)]),
            line("", LineKind::Inner, &[(1.0, 100.0), (10.0, 70.0), (50.0, 54.0)]),
        ],
        bands: vec![vec![(1.0, 30.0, 50.0), (50.0, 35.0, 45.0)]],
        marks: vec![
            mark("Ombudsman for everything", (12.0, 80.0), true, false),
            mark("Board", (45.0, 41.0), false, false),
            mark("Small scheme", (3.0, 33.0), false, true),
        ],
    })
}

fn quadrants(count: usize) -> Chart {
    let marks = [
        ("Staff", 3.87, 0.60, true),
        ("Speed of service", 3.67, 0.55, true),
        ("Products", 3.55, 0.55, false),
        ("Online and app", 3.30, 0.41, false),
        ("Fees and interest", 3.05, 0.38, true),
        ("Opening hours", 3.60, 0.53, false),
        ("Branch close to where I live or work", 3.64, 0.57, true),
        ("Queues", 3.10, 0.63, true),
        ("Letters and e-mail", 4.21, 0.30, true),
        ("Cash machines", 4.30, 0.33, false),
        ("Complaints", 2.90, 0.61, true),
        ("Telephone", 3.62, 0.56, false),
    ];
    Chart::Quadrants(QuadrantChart {
        performance: Axis {
            least: 2.5,
            most: 4.5,
            ticks: vec![
                (2.5, "2.5".to_owned()),
                (3.0, "3.0".to_owned()),
                (3.5, "3.5".to_owned()),
                (4.0, "4.0".to_owned()),
                (4.5, "4.5".to_owned()),
            ],
            title: "Performance, mean of 1 to 5".to_owned(),
        },
        importance: Axis {
            least: 0.2,
            most: 0.7,
            ticks: vec![
                (0.2, "0.2".to_owned()),
                (0.3, "0.3".to_owned()),
                (0.4, "0.4".to_owned()),
                (0.5, "0.5".to_owned()),
                (0.6, "0.6".to_owned()),
                (0.7, "0.7".to_owned()),
            ],
            title: "Importance, correlation with overall satisfaction".to_owned(),
        },
        crosshair: (3.55, 0.5),
        corners: ["Concentrate here", "Keep up the good work", "Low priority", "Possible overkill"]
            .map(str::to_owned),
        has_diagonal: true,
        is_first_shaded: true,
        marks: marks
            .iter()
            .take(count)
            .map(|(label, performance, importance, settled)| QuadrantMark {
                label: (*label).to_owned(),
                performance: (*performance, Some((performance - 0.17, performance + 0.17))),
                importance: (*importance, Some((importance - 0.05, importance + 0.05))),
                settled: *settled,
            })
            .collect(),
        legend: QuadrantLegend {
            settled: "settled".to_owned(),
            unsettled: "not settled".to_owned(),
            beginning: "“…” stands for “{text}”".to_owned(),
        },
    })
}

/// So many rows, the given ones again and again.
fn resize(chart: &mut Chart, count: usize) {
    fn repeat<T: Clone>(rows: &mut Vec<T>, count: usize) {
        *rows = rows.iter().cycle().take(count).cloned().collect();
    }
    match chart {
        Chart::Intervals(chart) => repeat(&mut chart.rows, count),
        Chart::Bars(chart) => repeat(&mut chart.rows, count),
        Chart::Trend(chart) => repeat(&mut chart.points, count),
        Chart::Gaps(chart) => repeat(&mut chart.rows, count),
        Chart::Quadrants(chart) => repeat(&mut chart.marks, count),
        Chart::Lines(chart) => repeat(&mut chart.marks, count),
    }
}

/// No figure is left, or none that is a number.
fn hollow(chart: &mut Chart) {
    match chart {
        Chart::Intervals(chart) => {
            chart.axis = Axis { least: f64::NAN, most: f64::NAN, ticks: Vec::new(), title: String::new() };
            chart.rows.iter_mut().for_each(|row| (row.value, row.limits) = (None, None));
            chart.reference = Some((f64::NAN, "nowhere".to_owned()));
        }
        Chart::Bars(chart) => {
            chart.rows.iter_mut().for_each(|row| {
                row.shares.iter_mut().for_each(|(share, _)| *share = f64::NAN);
                row.beside = Some((f64::INFINITY, String::new()));
            });
        }
        Chart::Trend(chart) => {
            chart.points.iter_mut().for_each(|point| {
                (point.value, point.limits, point.control) =
                    (Some(f64::NAN), Some((f64::NAN, 1.0)), Some((f64::NEG_INFINITY, f64::INFINITY)));
            });
        }
        Chart::Gaps(chart) => {
            chart.axis.most = chart.axis.least;
            chart.rows.iter_mut().for_each(|row| (row.expectation, row.perception) = (None, Some(f64::NAN)));
        }
        Chart::Lines(chart) => {
            chart.lines.iter_mut().for_each(|line| line.points = vec![(f64::NAN, 1.0), (f64::INFINITY, 2.0)]);
            chart.marks.iter_mut().for_each(|mark| mark.at = (f64::NAN, 1.0));
        }
        Chart::Quadrants(chart) => {
            chart.crosshair = (f64::NAN, f64::INFINITY);
            chart.marks.iter_mut().for_each(|mark| mark.performance = (f64::NAN, None));
        }
    }
}

/// Every text is that one.
fn spoil(chart: &mut Chart, text: &str) {
    let spoil_axis = |axis: &mut Axis| {
        axis.title = text.to_owned();
        axis.ticks.iter_mut().for_each(|tick| tick.1 = text.to_owned());
    };
    match chart {
        Chart::Intervals(chart) => {
            spoil_axis(&mut chart.axis);
            for row in &mut chart.rows {
                (row.label, row.note, row.text) = (text.to_owned(), text.to_owned(), text.to_owned());
            }
            chart.target = Some((70.0, text.to_owned()));
            chart.reference = Some((69.0, text.to_owned()));
        }
        Chart::Bars(chart) => {
            chart.parts.iter_mut().for_each(|part| part.label = text.to_owned());
            for row in &mut chart.rows {
                (row.label, row.note) = (text.to_owned(), text.to_owned());
                row.shares.iter_mut().for_each(|share| share.1 = text.to_owned());
                row.beside = Some((4.0, text.to_owned()));
            }
            chart.beside = Some(text.to_owned());
        }
        Chart::Trend(chart) => {
            spoil_axis(&mut chart.axis);
            for point in &mut chart.points {
                (point.wave, point.text) = (text.to_owned(), text.to_owned());
            }
            chart.target = Some((70.0, text.to_owned()));
            chart.center = Some((69.0, text.to_owned()));
        }
        Chart::Gaps(chart) => {
            spoil_axis(&mut chart.axis);
            (chart.expectation, chart.perception) = (text.to_owned(), text.to_owned());
            for row in &mut chart.rows {
                (row.label, row.note, row.text) = (text.to_owned(), text.to_owned(), text.to_owned());
            }
        }
        Chart::Lines(chart) => {
            spoil_axis(&mut chart.across);
            spoil_axis(&mut chart.up);
            chart.lines.iter_mut().for_each(|line| line.name = text.to_owned());
            chart.marks.iter_mut().for_each(|mark| mark.label = text.to_owned());
        }
        Chart::Quadrants(chart) => {
            spoil_axis(&mut chart.performance);
            spoil_axis(&mut chart.importance);
            chart.corners = [text, text, text, text].map(str::to_owned);
            chart.marks.iter_mut().for_each(|mark| mark.label = text.to_owned());
        }
    }
}
