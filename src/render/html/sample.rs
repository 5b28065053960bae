//! A page with every kind of block, and with the texts that go wrong.

use super::super::chart::{Axis, Chart, Emphasis, IntervalChart, IntervalRow};
use super::super::page::{
    Block, Card, Cell, Claim, Column, Figure, Page, PageWords, Part, Strip, Table, Tone,
};

/// Markup, a control character and an override of the reading order.
pub(in crate::render) const HOSTILE: &str = "</script></style><b onload=\"x\">'&amp; \u{1b}[31m \u{202e}";

/// A question as long as questions get.
pub(in crate::render) const LONG: &str = "Thinking of all your dealings with our branches, our call centre and our website over \
     the last twelve months: how satisfied or dissatisfied are you with the Donaudampfschifffahrtsgesellschaftsservice?";

/// A name in a script that runs from right to left.
pub(in crate::render) const RIGHT_TO_LEFT: &str = "סניף תל אביב 7";

/// The page.
pub(in crate::render) fn page() -> Page {
    Page {
        language: "en",
        title: "Branch banking".to_owned(),
        as_of: "2025-07-04".to_owned(),
        subtitle: texts(&["2025-Q2, the last of 6 quarters", "124 answers", "95 % confidence"]),
        logo: Some((LOGO.to_owned(), "Example Bank & Sons".to_owned())),
        accent: None,
        facts: pairs(&[("Prepared by", "Customer research"), ("Document", "CS-2025-02, revision 1")]),
        parts: vec![glance(), findings(), charts(), tables(), method()],
        scores: Table { caption: String::new(), columns: Vec::new(), rows: Vec::new() },
        footer: texts(&["csat 0.1.0 · 2025-07-04 · responses.csv 5f2a90c1"]),
        words: PageWords {
            contents: "Contents",
            show_table: "Show the figures",
            page: "Page",
            skip: "Skip to the content",
            tests: "Tests",
            figures: "All figures",
            back: "Back to the contents",
            folded: "Printed without the folded tables.",
        },
    }
}

// A square with a letter, as authors' logos are.
const LOGO: &str = "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAx\
    NjAgNDAiPjxyZWN0IHdpZHRoPSI0MCIgaGVpZ2h0PSI0MCIgcng9IjgiIGZpbGw9IiMxNTVhYTYiLz48cGF0aCBkPSJNMTIgMTBoOGE1IDUgMCAwIDEg\
    MCAxMGE1IDUgMCAwIDEgMCAxMGgtOHoiIGZpbGw9IiNmZmYiLz48cmVjdCB4PSI1MiIgeT0iMTQiIHdpZHRoPSIxMDAiIGhlaWdodD0iMTIiIGZpbGw9\
    IiMxNjFiMjIiLz48L3N2Zz4=";

fn glance() -> Part {
    let satisfaction = Card {
        name: "Overall satisfaction".to_owned(),
        definition: "4 or 5 of 1 to 5".to_owned(),
        value: "65.9 %".to_owned(),
        interval: "95 % interval 57.1 to 73.6".to_owned(),
        base: "123 answers".to_owned(),
        strip: Some(Strip { low: 0.571, value: 0.659, high: 0.736, target: Some(0.7) }),
        change: Some((
            "+1.7 since 2025-Q1: no clear change; anything from −10 to +14 fits the data".to_owned(),
            Tone::Plain,
        )),
        target: Some(("Target 70: cannot tell (57 to 74)".to_owned(), Tone::Plain)),
        flag: None,
    };
    let recommendation = Card {
        name: "Would recommend".to_owned(),
        definition: "NPS".to_owned(),
        value: "+31".to_owned(),
        interval: "95 % interval +18 to +44".to_owned(),
        base: "118 answers".to_owned(),
        strip: Some(Strip { low: 0.59, value: 0.655, high: 0.72, target: None }),
        change: Some(("+16 since 2025-Q1: clearly higher (+3 to +29)".to_owned(), Tone::Good)),
        target: Some(("Target 60: missed (18 to 44)".to_owned(), Tone::Bad)),
        flag: None,
    };
    let long = Card {
        name: LONG.to_owned(),
        definition: "5, 6 or 7 of 1 to 7".to_owned(),
        value: "73.1 %".to_owned(),
        interval: "95 % interval 46.2 to 89.8".to_owned(),
        base: "13 answers".to_owned(),
        strip: Some(Strip { low: 0.462, value: 0.731, high: 0.898, target: Some(0.65) }),
        change: None,
        target: Some(("Target 65: cannot tell (46 to 90)".to_owned(), Tone::Plain)),
        flag: Some("A small base: read it as a hint.".to_owned()),
    };
    let empty = Card {
        name: RIGHT_TO_LEFT.to_owned(),
        definition: HOSTILE.to_owned(),
        value: "–".to_owned(),
        interval: "No figure: nobody answered.".to_owned(),
        base: "0 answers".to_owned(),
        strip: None,
        change: None,
        target: None,
        flag: None,
    };
    Part {
        id: "glance",
        title: "At a glance".to_owned(),
        clause: Some("Addresses ISO 10004:2018, 7.4.6".to_owned()),
        blocks: vec![Block::Cards(vec![satisfaction, recommendation, long, empty])],
    }
}

fn findings() -> Part {
    let claim = |verdict: &str, detail: &str, tone| Claim {
        verdict: verdict.to_owned(),
        detail: detail.to_owned(),
        tone,
    };
    Part {
        id: "findings",
        title: "What we found".to_owned(),
        clause: None,
        blocks: vec![
            Block::Findings(vec![
                claim(
                    "Recommendation rose clearly",
                    "It is +31 after +15 in 2025-Q1, a change of +16 (+3 to +29).",
                    Tone::Good,
                ),
                claim(
                    "Tangibles fall short of what is expected",
                    "Perceived 5.45 against expected 5.99 of 7, a gap of −0.54 (−0.81 to −0.27). No other dimension does.",
                    Tone::Bad,
                ),
                claim(
                    "No group clearly differs from the rest",
                    "Overall satisfaction was compared 8 times, and the tests were corrected for it. Four groups have fewer than 30 answers.",
                    Tone::Plain,
                ),
            ]),
            Block::Notes(vec![
                (true, "The answers of 2025-Q2 are still coming in.".to_owned()),
                (false, "Intervals are at 95 % confidence.".to_owned()),
            ]),
        ],
    }
}

fn charts() -> Part {
    Part {
        id: "groups",
        title: "Where it differs".to_owned(),
        clause: Some("Addresses ISO 10004:2018, 7.4.5".to_owned()),
        blocks: vec![
            Block::Text(texts(&[
                "Groups are compared with the rest of the answers, not with each other.",
                "A group that is not clearly different may still be different: its interval says by how much at most.",
            ])),
            Block::Heading("By region".to_owned()),
            Block::Figure(Box::new(figure(
                "groups-region",
                &["North", LONG, RIGHT_TO_LEFT, HOSTILE, "South 👩‍🚀"],
            ))),
            Block::Heading("By branch".to_owned()),
            Block::Figure(Box::new(figure("groups-branch", &["Only one"]))),
        ],
    }
}

fn figure(id: &str, labels: &[&str]) -> Figure {
    let mut rows = Vec::new();
    let mut cells = Vec::new();
    let mut value = 48.5;
    for label in labels {
        value += 6.5;
        rows.push(IntervalRow {
            label: (*label).to_owned(),
            note: "31 answers".to_owned(),
            value: Some(value),
            limits: Some((value - 14.25, value + 12.75)),
            text: format!("{value:.1} %"),
            emphasis: Emphasis::Usual,
        });
        cells.push(vec![
            Cell::Text((*label).to_owned()),
            number(value, 1),
            number(value - 14.25, 1),
            number(value + 12.75, 1),
            number(31.0, 0),
            Cell::Verdict("not clearly different".to_owned(), Tone::Plain),
        ]);
    }
    cells.push(vec![
        Cell::Text("Hidden".to_owned()),
        Cell::Nothing(Some("fewer than 5 answers".to_owned())),
        Cell::Nothing(None),
        Cell::Nothing(None),
        Cell::Nothing(None),
        Cell::Verdict("clearly lower".to_owned(), Tone::Bad),
    ]);
    let ticks = [0.0, 25.0, 50.0, 75.0, 100.0].map(|tick| (tick, format!("{tick:.0}"))).to_vec();
    Figure {
        id: id.to_owned(),
        title: "Overall satisfaction by region, 2025-Q2".to_owned(),
        description: "Intervals of all regions overlap with that of the whole.".to_owned(),
        note: "Share of 4 or 5 of 1 to 5 with its 95 % interval; 123 answers.".to_owned(),
        chart: Chart::Intervals(IntervalChart {
            axis: Axis { least: 0.0, most: 100.0, ticks, title: "percent".to_owned() },
            rows,
            reference: Some((65.9, "all 65.9 %".to_owned())),
            target: Some((70.0, "target 70".to_owned())),
        }),
        table: Table {
            caption: "Overall satisfaction by region".to_owned(),
            columns: columns(&["Region", "Share in %", "from", "to", "Answers", "Against the rest"], 5),
            rows: cells,
        },
    }
}

fn tables() -> Part {
    let names = [
        "Question",
        "Segment",
        "2024-Q1",
        "2024-Q2",
        "2024-Q3",
        "2024-Q4",
        "2025-Q1",
        "2025-Q2",
        "Lower",
        "Upper",
        "Answers",
        "Effective base",
        "Against target",
    ];
    let mut rows = Vec::new();
    for (place, question) in
        ["Overall satisfaction", "Would recommend", LONG, RIGHT_TO_LEFT].into_iter().enumerate()
    {
        for (group, segment) in ["all", "North", "South", "East", "West"].into_iter().enumerate() {
            let base = 61.25 + f64::from(u8::try_from(place * 3 + group).unwrap_or(0));
            let mut row = vec![Cell::Text(question.to_owned()), Cell::Text(segment.to_owned())];
            row.extend((0..10).map(|wave| number(base + f64::from(wave), 1)));
            row.push(match group {
                0 => Cell::Verdict("reached".to_owned(), Tone::Good),
                1 => Cell::Verdict("missed".to_owned(), Tone::Bad),
                _ => Cell::Verdict("cannot tell".to_owned(), Tone::Plain),
            });
            rows.push(row);
        }
    }
    let mut columns = columns(&names, 12);
    columns[1].numeric = false;
    let empty =
        Table { caption: "Nothing to show".to_owned(), columns: columns[..3].to_vec(), rows: Vec::new() };
    Part {
        id: "tables",
        title: "All figures".to_owned(),
        clause: None,
        blocks: vec![
            Block::Table(Table { caption: "Every score by group and wave".to_owned(), columns, rows }),
            Block::Table(empty),
        ],
    }
}

fn method() -> Part {
    Part {
        id: "method",
        title: "Data and method".to_owned(),
        clause: Some("Addresses ISO 10004:2018, 7.3.4 and 7.4.3".to_owned()),
        blocks: vec![
            Block::Facts(pairs(&[
                ("Rows read", "124"),
                ("Overall satisfaction", "124 rows − 1 blank = 123 answers"),
                ("Response rate", "not known: no one counted invitations"),
                ("Question", HOSTILE),
            ])),
            Block::Notes(vec![(true, HOSTILE.to_owned()), (false, LONG.to_owned())]),
        ],
    }
}

fn number(value: f64, decimals: usize) -> Cell {
    Cell::Number { value, decimals, percent: false, signed: false, text: format!("{value:.decimals$}") }
}

fn columns(headers: &[&str], last_words: usize) -> Vec<Column> {
    let column = |(place, header): (usize, &&str)| Column {
        header: (*header).to_owned(),
        numeric: place != 0 && place != last_words,
        joined: None,
    };
    headers.iter().enumerate().map(column).collect()
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(label, text)| ((*label).to_owned(), (*text).to_owned())).collect()
}
