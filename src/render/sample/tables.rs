//! Hand-built banner tables: figures that look like a survey's, from a fixed rule and not from a pipeline.

use super::build::{base, question, segment};
use crate::report::{
    Better, CrosstabAgainst, CrosstabCell, CrosstabColumn, CrosstabContrast, CrosstabRow, CrosstabRowKind,
    CrosstabSection, CrosstabTesting, EffectSize, Family, Flag, Ledger, QuestionSummary, Report, Section,
    TableTest, Unit,
};

/// Two stubs by three banners, one nested, with a small column and a hidden one.
pub(in crate::render) fn tables() -> Report {
    let mut report = base(
        "Bank tables",
        vec![
            QuestionSummary {
                overall: true,
                ..question(
                    "overall",
                    "csat",
                    "Overall, how satisfied are you?",
                    "4 or 5 of 1 to 5",
                    Some([1, 5]),
                )
            },
            question("recommend", "nps", "Would you recommend us?", "promoters minus detractors", None),
        ],
    );
    report.survey.segments = vec![
        segment("region", "Region", &["North", "South", "East", "West"]),
        segment("age", "Age", &["under 30", "30 to 49", "50 and over"]),
    ];
    let region = columns(&[&["North"], &["South"], &["East"], &["West"]]);
    let age = columns(&[&["under 30"], &["30 to 49"], &["50 and over"]]);
    let values = ["North", "South", "East"];
    let nested: Vec<[&str; 2]> =
        values.iter().flat_map(|region| [[*region, "under 30"], [*region, "30 and over"]]).collect();
    let nested: Vec<&[&str]> = nested.iter().map(<[&str; 2]>::as_slice).collect();
    let nested = columns(&nested);
    for (stub, label, rows) in [
        ("overall", "Overall, how satisfied are you?", satisfaction()),
        ("recommend", "Would you recommend us?", recommendation()),
    ] {
        report.sections.push(section((stub, label), ("region", &["Region"]), region.clone(), &rows));
        report.sections.push(section((stub, label), ("age", &["Age"]), age.clone(), &rows));
        report.sections.push(section(
            (stub, label),
            ("region*age", &["Region", "Age in two bands"]),
            nested.clone(),
            &rows,
        ));
    }
    report.ledger = Ledger { rows_read: 812, rows_used: 812, ..Ledger::default() };
    report
}

/// The same with weights and a second level of letters.
pub(in crate::render) fn weighted_tables() -> Report {
    let mut report = tables();
    report.survey.weight = Some("w".into());
    for section in &mut report.sections {
        let Section::Crosstab(section) = section else { continue };
        section.testing.second_alpha = Some(0.1);
        for column in &mut section.columns {
            column.base_weighted = column.base_weighted.map(|base| base * 1.25);
            column.base_effective = column.base_effective.map(|base| base * 0.75);
        }
        for cell in &mut section.cells {
            cell.count_weighted = cell.count_weighted.map(|count| count * 1.25);
        }
    }
    report
}

/// A banner of many columns with long letters, and texts that try to break out.
pub(in crate::render) fn hostile_tables() -> Report {
    let mut report = tables();
    report.sections.truncate(2);
    report.survey.questions.clear();
    let names = [
        "<script>alert(1)</script>",
        "=HYPERLINK(\"http://evil\",\"x\")",
        "\u{1b}[31mred\u{1b}[0m\nline",
        "תל אביב והמרכז",
        "",
        "Region of the customer's main branch, as it was known when the answer came in (see the appendix)",
        "顧客満足度調査の地域",
        "total",
        "a|b *c* @all \u{202e}desrever",
    ];
    let values: Vec<Vec<&str>> =
        (0..72).map(|number| vec![names.get(number % names.len()).copied().unwrap_or("")]).collect();
    let values: Vec<&[&str]> = values.iter().map(Vec::as_slice).collect();
    let mut rows = satisfaction();
    for (row, name) in rows.iter_mut().zip(names) {
        name.clone_into(&mut row.0.label);
        row.0.key = format!("{}{name}", row.0.key);
    }
    let wide = section(("=stub", names[2]), ("=banner", &[names[0], names[1]]), columns(&values), &rows);
    report.sections.push(wide);
    report
}

/// A row with the figure of the total.
type Row = (CrosstabRow, f64);

fn row(key: &str, label: &str, kind: CrosstabRowKind, unit: Unit, total: f64) -> Row {
    let better = (kind != CrosstabRowKind::Category).then_some(Better::Higher);
    (CrosstabRow { key: key.into(), label: label.into(), kind, unit, better }, total)
}

fn satisfaction() -> Vec<Row> {
    use CrosstabRowKind::{Category, Mean, Net};
    let labels = ["1 Very dissatisfied", "2 Dissatisfied", "3 Neutral", "4 Satisfied", "5 Very satisfied"];
    let shares = [4.2, 8.1, 21.9, 41.3, 24.5];
    let mut rows: Vec<Row> = (1..=5)
        .zip(labels.into_iter().zip(shares))
        .map(|(code, (label, share))| row(&code.to_string(), label, Category, Unit::Percent, share))
        .collect();
    rows.push(row("top_box", "Satisfied (4 or 5)", Net, Unit::Percent, 65.8));
    rows.push(row("mean", "Mean", Mean, Unit::Scale, 3.74));
    rows
}

fn recommendation() -> Vec<Row> {
    use CrosstabRowKind::{Balance, Net};
    vec![
        row("promoters", "Promoters (9–10)", Net, Unit::Percent, 52.1),
        row("passives", "Passives (7–8)", Net, Unit::Percent, 27.4),
        row("detractors", "Detractors (0–6)", Net, Unit::Percent, 20.5),
        row("nps", "NPS", Balance, Unit::Points, 31.6),
    ]
}

/// The total, then these columns with letters.
fn columns(values: &[&[&str]]) -> Vec<CrosstabColumn> {
    let column = |key: &str, values: &[&str], letter: Option<String>, base: u64| CrosstabColumn {
        key: key.into(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
        label: values.join(" × "),
        letter,
        base: Some(base),
        base_weighted: Some(base as f64),
        base_effective: Some(base as f64),
        flag: None,
    };
    let mut columns = vec![column("total", &[], None, 812)];
    columns[0].label = "Total".into();
    for (place, values) in values.iter().enumerate() {
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        let (round, at) = (place / 26, place % 26);
        let letter = &letters[at..=at];
        let letter =
            if round == 0 { letter.to_owned() } else { format!("{}{letter}", &letters[round - 1..round]) };
        let mut column = column(&values.join(" × "), values, Some(letter), 260 - 7 * (place as u64 % 30));
        match place {
            2 => {
                column.base = Some(24);
                column.base_weighted = Some(24.0);
                column.base_effective = Some(24.0);
                column.flag = Some(Flag::SmallBase);
            }
            3 => {
                column.base = None;
                column.base_weighted = None;
                column.base_effective = None;
                column.flag = Some(Flag::Suppressed);
            }
            _ => {}
        }
        columns.push(column);
    }
    columns
}

fn section(
    (stub, label): (&str, &str),
    (banner, labels): (&str, &[&str]),
    columns: Vec<CrosstabColumn>,
    rows: &[Row],
) -> Section {
    let mut cells = Vec::new();
    let mut contrasts = Vec::new();
    for (number, (row, total)) in rows.iter().enumerate() {
        for (place, column) in columns.iter().enumerate() {
            cells.push(cell(row, *total, column, (number, place), &columns));
            if let (true, Some(first)) = (place > 1, columns.get(1)) {
                contrasts.push(contrast(row, column, first, place));
            }
        }
    }
    let small = f64::from(u8::from(banner == "age"));
    Section::Crosstab(Box::new(CrosstabSection {
        stub: stub.into(),
        stub_label: label.into(),
        banner: banner.into(),
        banner_labels: labels.iter().map(|label| (*label).to_owned()).collect(),
        wave: None,
        overlapping: false,
        testing: CrosstabTesting {
            against: CrosstabAgainst::EachOther,
            adjustment: "benjamini-hochberg".into(),
            alpha: 0.05,
            second_alpha: None,
            minimum_base: 30.0,
            minimum_difference: 0.0,
            minimum_mean_difference: 0.0,
        },
        family: Some(Family {
            name: "contrasts".into(),
            size: contrasts.len() as u64,
            adjustment: "benjamini-hochberg".into(),
        }),
        test: Some(TableTest {
            row: None,
            name: "chi-square".into(),
            statistic: Some(23.456_789),
            df: Some(12.0),
            df2: None,
            p: Some(0.012 + 0.4 * small),
            p_adjusted: Some(0.024 + 0.5 * small),
            effect: Some(0.098_765),
            effect_name: Some("cramers-v".into()),
            effect_size: Some(EffectSize::Small),
            reason: "unweighted".into(),
            thin_cells: Some(2),
        }),
        further_tests: rows
            .iter()
            .filter(|(row, _)| row.kind == CrosstabRowKind::Mean)
            .map(|(row, _)| TableTest {
                row: Some(row.key.clone()),
                name: "welch-anova".into(),
                statistic: Some(4.321),
                df: Some(3.0),
                df2: Some(211.4),
                p: Some(0.000_12),
                p_adjusted: None,
                effect: Some(0.004_2),
                effect_name: Some("omega-squared".into()),
                effect_size: Some(EffectSize::Negligible),
                reason: "unequal-variances".into(),
                thin_cells: None,
            })
            .collect(),
        columns,
        rows: rows.iter().map(|(row, _)| row.clone()).collect(),
        cells,
        contrasts,
    }))
}

fn cell(
    row: &CrosstabRow,
    total: f64,
    column: &CrosstabColumn,
    (number, place): (usize, usize),
    columns: &[CrosstabColumn],
) -> CrosstabCell {
    let is_total = column.values.is_empty();
    let is_share = row.unit == Unit::Percent;
    let scale = if row.unit == Unit::Scale { 0.1 } else { 1.6 };
    let shift = if is_total { 0.0 } else { scale * ((number * 5 + place * 3) % 7) as f64 - 3.0 * scale };
    let known = column.base.is_some();
    let figure = known.then_some(total + shift);
    let base = column.base.unwrap_or(0) as f64;
    let share = figure.filter(|_| is_share);
    let half = scale * 60.0 / base.max(1.0).sqrt();
    let lettered: Vec<&str> = columns
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != place && shift > 2.0 * scale && (other + number) % 3 == 0)
        .filter_map(|(_, column)| column.letter.as_deref())
        .collect();
    CrosstabCell {
        row: row.key.clone(),
        column: column.key.clone(),
        count: share.map(|share| format!("{:.0}", share * base / 100.0).parse().unwrap_or(0)),
        count_weighted: share.map(|share| share * base / 100.0),
        percent: figure,
        low: figure.map(|figure| figure - half),
        high: figure.map(|figure| figure + half * 1.1),
        base_effective: figure.map(|_| base),
        row_percent: share.map(|share| share * base / 812.0 / total * 100.0),
        total_percent: share.map(|share| share * base / 812.0),
        relative_index: share.map(|share| 100.0 * share / total),
        adjusted_residual: share.filter(|_| !is_total).map(|_| shift),
        letters: if is_total || !known { String::new() } else { lettered.concat() },
        verdict: None,
        p: figure.filter(|_| !is_total).map(|_| 0.013 * (1 + place) as f64),
        flag: column.flag,
    }
}

fn contrast(
    row: &CrosstabRow,
    column: &CrosstabColumn,
    against: &CrosstabColumn,
    place: usize,
) -> CrosstabContrast {
    let known = column.base.filter(|base| *base >= 30).map(|_| place as f64);
    let is_mean = row.kind == CrosstabRowKind::Mean;
    CrosstabContrast {
        row: row.key.clone(),
        column: column.key.clone(),
        against: against.key.clone(),
        difference: known.map(|place| place - 4.25),
        low: known.map(|place| place - 9.125),
        high: known.map(|place| place + 1.0625),
        p: known.map(|place| 0.001_5 * place),
        p_adjusted: known.map(|place| 0.004_25 * place),
        method: known.map(|_| if is_mean { "welch" } else { "newcombe" }.to_owned()),
        effect: known.map(|place| 0.031 * place),
        effect_name: known.map(|_| if is_mean { "cohens-d" } else { "cohens-h" }.to_owned()),
        effect_size: known.map(|_| EffectSize::Negligible),
    }
}
