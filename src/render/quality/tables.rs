//! The tables of the quality section, in plain English.

use super::names::Names;
use super::page::Part;
use super::{checks, reason};
use crate::render::escape::visible;
use crate::report::words::fixed;
use crate::report::{QualityItem, QualityLateRow, QualitySection, Report, Unit};

/// Questions that are listed unless all are asked for.
const LISTED: usize = 10;

/// Fewer columns tell no two wordings apart.
const LEAST_NAME: usize = 16;

/// Where there is no figure.
const NOTHING: &str = "–";

/// Everything there is to say; with `all`, long lists whole.
pub(super) fn tables(report: &Report, section: &QualitySection, all: bool) -> Vec<Part> {
    let names = &Names::of(report, section);
    let mut parts = checks::parts(report, section);
    parts.extend(items(names, section, all));
    parts.extend(break_off(names, section, all));
    parts.extend(grids(names, section));
    parts.extend(contradictions(section));
    parts.push(late(report, names, section, all));
    parts.push(response(section));
    parts
}

fn items(names: &Names, section: &QualitySection, all: bool) -> Option<Part> {
    if section.items.is_empty() {
        return None;
    }
    let mut items: Vec<&QualityItem> = section.items.iter().collect();
    let mut after = Vec::new();
    if !all && items.len() > LISTED {
        let share = |item: &QualityItem| item.nonresponse.unwrap_or(0.0);
        items.sort_by(|one, other| share(other).total_cmp(&share(one)));
        after.push(format!("the {LISTED} with the largest share of {}; --explain shows all", items.len()));
        items.truncate(LISTED);
    }
    let rows = items.into_iter().map(|item| {
        vec![
            names.question(&item.question, item.part.as_deref()),
            grouped(item.asked),
            grouped(item.answered),
            grouped(item.blank),
            grouped(item.invalid),
            item.nonresponse.map_or_else(String::new, percent),
            grouped(item.dont_know),
            grouped(item.not_applicable),
        ]
    });
    Some(Part {
        heading: "Item non-response (blank or invalid, of those asked)".to_owned(),
        head: vec!["Question", "Asked", "Answered", "Blank", "Invalid", "Share", "Don't know", "N/A"],
        rows: rows.collect(),
        after,
        least: LEAST_NAME,
        // Asked is answered and the rest; the share says what blank and invalid come to.
        spare: vec![2, 7, 6, 4, 1, 3],
        ..Part::default()
    })
}

fn break_off(names: &Names, section: &QualitySection, all: bool) -> Option<Part> {
    let progress = &section.progress;
    if progress.reason.is_some() {
        return None;
    }
    let from = if progress.order == "definition" { "the definition" } else { "the columns" };
    let summary = format!(
        "{} reached the last question, {} stopped before, {} answered nothing (order of {from})",
        grouped(progress.reached_end),
        grouped(progress.stopped),
        grouped(progress.no_answer)
    );
    let mut places: Vec<_> = progress.break_off.iter().collect();
    let mut after = Vec::new();
    if !all && places.len() > LISTED {
        places.sort_by(|one, other| other.rows.cmp(&one.rows).then(one.place.cmp(&other.place)));
        after.push(format!("the {LISTED} at which most stopped, of {}; --explain shows all", places.len()));
        places.truncate(LISTED);
    }
    let rows = places.into_iter().map(|place| {
        vec![
            names.question(&place.question, place.part.as_deref()),
            format!("{} of {}", place.place, place.of),
            grouped(place.rows),
            place.share.map_or_else(String::new, percent),
        ]
    });
    Some(Part {
        heading: "Where respondents stopped".to_owned(),
        before: vec![summary],
        head: vec!["Last answer", "Question", "Rows", "Share"],
        rows: rows.collect(),
        after,
        least: LEAST_NAME,
        spare: vec![1, 2],
        ..Part::default()
    })
}

fn grids(names: &Names, section: &QualitySection) -> Option<Part> {
    if section.grids.is_empty() {
        return None;
    }
    let rows = section.grids.iter().map(|grid| {
        vec![
            names.grid(grid),
            grouped(grid.questions.len() as u64),
            grouped(grid.looked_at),
            grouped(grid.identical),
            grid.identical_share.map_or_else(String::new, percent),
            grouped(grid.longest_run),
            grid.mean_run.map_or_else(String::new, |run| fixed(run, 1, false)),
        ]
    });
    let mixed = section.grids.iter().filter(|grid| grid.mixed_directions);
    let after = mixed.map(|grid| {
        format!(
            "{}: some questions are turned round, so one point throughout contradicts itself",
            names.grid(grid)
        )
    });
    Some(Part {
        heading: "Grids: one point throughout, and the longest run of one point".to_owned(),
        head: vec!["Grid", "Questions", "Rows", "One point", "Share", "Longest", "Mean run"],
        rows: rows.collect(),
        after: after.collect(),
        least: LEAST_NAME,
        spare: vec![1, 6, 2, 5],
        ..Part::default()
    })
}

fn contradictions(section: &QualitySection) -> Option<Part> {
    if section.contradictions.is_empty() {
        return None;
    }
    let rows = section.contradictions.iter().map(|line| {
        let by = if line.default { " (ours)" } else { "" };
        vec![format!("{}{by}", visible(&line.condition)), grouped(line.looked_at), grouped(line.rows)]
    });
    Some(Part {
        heading: "Contradictions".to_owned(),
        head: vec!["Condition", "Rows", "Meet it"],
        rows: rows.collect(),
        least: LEAST_NAME,
        spare: vec![1],
        ..Part::default()
    })
}

fn late(report: &Report, names: &Names, section: &QualitySection, all: bool) -> Part {
    let late = &section.late;
    let heading = "First third against last third of the respondents".to_owned();
    if let Some(code) = &late.reason {
        return Part { heading, before: vec![format!("Not compared: {}.", reason(code))], ..Part::default() };
    }
    let (by, conclusion) = match late.by.as_deref() {
        Some("date") => (
            "by the date of the answer",
            "A clear difference hints that those who did not answer differ too.",
        ),
        _ => (
            "in the order of the file, as no dates tell them apart",
            "That order may have nothing to do with time, so nothing follows for those who did not answer.",
        ),
    };
    let mut lines: Vec<&QualityLateRow> =
        late.rows.iter().filter(|row| all || row.difference.is_some()).collect();
    let mut after = Vec::new();
    if !all && lines.len() > LISTED {
        let p = |row: &QualityLateRow| row.p.unwrap_or(f64::INFINITY);
        lines.sort_by(|one, other| p(one).total_cmp(&p(other)));
        after.push(format!("the {LISTED} with the smallest p of {}; --explain shows all", lines.len()));
        lines.truncate(LISTED);
    }
    let rows = lines.into_iter().map(|row| {
        let unit = row.unit;
        let figure = |value: Option<f64>| {
            value.map_or_else(|| NOTHING.to_owned(), |value| fixed(value, decimals(unit), false))
        };
        let signed = |value: Option<f64>| {
            value.map_or_else(|| NOTHING.to_owned(), |value| fixed(value, decimals(unit), true))
        };
        vec![
            names.question(&row.question, None),
            figure(row.early),
            figure(row.late),
            signed(row.difference),
            format!("{} to {}", signed(row.low), signed(row.high)),
            row.p_adjusted.map_or_else(
                || NOTHING.to_owned(),
                |p| if p < 0.001 { "<0.001".to_owned() } else { format!("{p:.3}") },
            ),
        ]
    });
    Part {
        heading,
        before: vec![format!(
            "{}; {} and {} rows; intervals at {} %. {conclusion}",
            by,
            late.early.map_or_else(String::new, grouped),
            late.late.map_or_else(String::new, grouped),
            (1e6 * report.survey.confidence).round() / 1e4
        )],
        head: vec!["Question", "First", "Last", "Change", "Interval", "p (Holm)"],
        rows: rows.collect(),
        after,
        least: LEAST_NAME,
        // With one third and the change the other is known; the adjusted test stands on the interval.
        spare: vec![1, 2, 4],
        ..Part::default()
    }
}

fn response(section: &QualitySection) -> Part {
    let response = &section.response;
    let heading = "AAPOR response rates".to_owned();
    if let Some(code) = &response.reason {
        let cells = response.unmatched.map(|cells| format!(" ({} cells)", grouped(cells)));
        let line = format!("None: {}{}.", reason(code), cells.unwrap_or_default());
        return Part { heading, before: vec![line], ..Part::default() };
    }
    let cases: Vec<String> = response
        .dispositions
        .iter()
        .map(|line| format!("{} {}", line.disposition.replace('_', " "), grouped(line.cases)))
        .collect();
    let mut before = vec![cases.join(", ")];
    if let Some(unmatched) = response.unmatched.filter(|unmatched| *unmatched > 0) {
        before.push(format!(
            "{} of the unknown have a cell that stands for no disposition",
            grouped(unmatched)
        ));
    }
    if let (Some(e), Some(source)) = (response.e, &response.e_source) {
        before.push(format!("e = {e:.4} ({source}): the share of the unknown that is taken as eligible"));
    }
    let rows = response.rates.iter().map(|rate| {
        vec![rate.name.clone(), rate.value.map_or_else(|| NOTHING.to_owned(), percent), rate.formula.clone()]
    });
    Part {
        heading,
        before,
        head: vec!["Rate", "Value", "Formula "],
        rows: rows.collect(),
        least: LEAST_NAME,
        spare: vec![2],
        ..Part::default()
    }
}

pub(super) fn percent(share: f64) -> String {
    format!("{} %", fixed(100.0 * share, 1, false))
}

fn decimals(unit: Option<Unit>) -> usize {
    if unit == Some(Unit::Scale) { 2 } else { 1 }
}

/// A count with commas between thousands.
pub(super) fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
