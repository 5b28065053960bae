//! Gates in words: the same in the table, in Markdown, in JUnit and in annotations.

use super::NO_FIGURE;
use super::figure::{MOST_DECIMALS, decimals, is_signed};
use super::number::{confidence, count, fixed, plain};
use super::speech::NumberStyle;
use super::term::statistic;
use crate::report::{GateComparison, GateOutcome, GateRow, GatesSection, Unit};

/// The outcome in a word or two.
pub fn gate_outcome(outcome: GateOutcome) -> &'static str {
    match outcome {
        GateOutcome::Passed => "passed",
        GateOutcome::Failed => "failed",
        GateOutcome::CannotTell => "cannot tell",
        GateOutcome::SmallBase => "small base",
        GateOutcome::NoFigure => "no figure",
    }
}

/// The gate with its own name where it has one: `floor: recommend.low < 20`.
pub fn gate_name(row: &GateRow) -> String {
    row.name.as_ref().map_or_else(|| row.gate.clone(), |name| format!("{name}: {}", row.gate))
}

/// What was found: the figure, or the change for a gate on a change, without interval.
pub fn gate_value(row: &GateRow) -> String {
    let figure = if row.is_change() { row.found } else { row.value };
    let Some(figure) = figure else { return NO_FIGURE.to_owned() };
    let digits = number(row, figure);
    if row.unit == Unit::Percent && !row.is_change() { format!("{digits} %") } else { digits }
}

/// The interval of what was found; none where there is none.
pub fn gate_interval(row: &GateRow) -> Option<(String, String)> {
    let limits = if row.is_change() { row.change_low.zip(row.change_high) } else { row.low.zip(row.high) };
    limits.map(|(low, high)| (number(row, low), number(row, high)))
}

/// The limit: `target 80`, `fails below 20`, `allowed drop 5`.
pub fn gate_limit(row: &GateRow) -> String {
    let limit = plain(row.limit, MOST_DECIMALS, false);
    match row.comparison {
        Some(comparison) => format!("fails {} {limit}", words(comparison)),
        None if row.is_change() => format!("allowed drop {limit}"),
        None => format!("target {limit}"),
    }
}

/// How often the gate fails by chance where the true figure is exactly at its limit.
pub fn gate_error_rate(row: &GateRow) -> String {
    row.error_rate.map_or_else(|| NO_FIGURE.to_owned(), confidence)
}

/// One gate in a sentence: what was looked at, what was found, what the limit is, why it could not be told.
pub fn gate_sentence(row: &GateRow) -> String {
    let mut parts = vec![subject(row)];
    if !row.segment.is_empty() {
        let group: Vec<String> = row.segment.iter().map(|(id, value)| format!("{id} = {value}")).collect();
        parts.push(format!(" ({})", group.join(", ")));
    }
    if let Some(wave) = &row.wave {
        parts.push(format!(" in {wave}"));
    }
    if row.is_change() {
        let against = row.against.as_ref().map_or_else(String::new, |wave| format!(" against {wave}"));
        parts.push(format!(", change{against}"));
    }
    parts.push(format!(": {}", gate_value(row)));
    if let Some((low, high)) = gate_interval(row) {
        parts.push(format!(" ({low} to {high})"));
    }
    if let Some(base) = row.base {
        parts.push(format!(", base {}", count(base)));
    }
    parts.push(format!("; {}: {}", gate_limit(row), gate_outcome(row.outcome)));
    if let Some(reason) = &row.reason {
        parts.push(format!(" ({reason})"));
    }
    parts.concat()
}

/// How many gates there are, and how many fail the run.
pub fn gates_count(section: &GatesSection) -> String {
    let fail = section.rows.iter().filter(|row| row.fails).count();
    let plural = |number: usize| if number == 1 { "gate" } else { "gates" };
    let all = section.rows.len();
    match fail {
        0 => format!("{all} {}, none fails", plural(all)),
        1 => format!("{all} {}, 1 fails", plural(all)),
        _ => format!("{all} {}, {fail} fail", plural(all)),
    }
}

/// What is to be known about every gate: how often it fails by chance, and what is not judged.
pub fn gates_legend(section: &GatesSection) -> Vec<String> {
    let mut lines = Vec::new();
    if section.rows.iter().any(|row| row.error_rate.is_some()) {
        lines.push(
            "by chance: how often the gate fails where the true figure is exactly at its limit, \
             as far as chance goes; a better true figure fails less often"
                .to_owned(),
        );
    }
    if let Some(any) = section.error_rate_any {
        lines.push(format!(
            "gates that fail only where a whole interval is beyond the limit: {} each, any of them at most {}",
            confidence(section.error_rate),
            confidence(any)
        ));
    }
    let has = |least: f64, most: f64| {
        section.rows.iter().filter_map(|row| row.error_rate).any(|rate| rate > least && rate < most)
    };
    if has(0.4, 0.6) {
        lines.push(
            "50 %: no interval is asked for, so the gate fails as often as a sample falls beyond the limit"
                .to_owned(),
        );
    }
    if has(0.6, 1.0) {
        lines.push("above 50 %: the gate asks for proof that the limit is kept".to_owned());
    }
    let open = section.rows.iter().any(|row| {
        matches!(row.outcome, GateOutcome::CannotTell | GateOutcome::SmallBase | GateOutcome::NoFigure)
    });
    if open {
        lines.push(
            if section.strict {
                "--strict: what cannot be told, a small base and a missing figure fail too"
            } else {
                "cannot tell, small base and no figure fail only with --strict"
            }
            .to_owned(),
        );
    }
    lines
}

/// How the figures of a row are written: with as many decimals as tell what was found from the limit.
pub(crate) fn gate_style(row: &GateRow) -> NumberStyle {
    let limits = if row.is_change() { row.change_low.zip(row.change_high) } else { row.low.zip(row.high) };
    let signed = row.is_change() || is_signed(row.unit, &row.statistic);
    let mut places = decimals(row.unit, limits).max(usize::from(row.is_change()));
    if row.of != "base"
        && let Some(found) = row.found
        && (found - row.limit).abs() > 0.0
    {
        while places < MOST_DECIMALS && fixed(found, places, false) == fixed(row.limit, places, false) {
            places += 1;
        }
    }
    let percent = row.unit == Unit::Percent && !row.is_change();
    NumberStyle { decimals: places, signed, percent }
}

fn number(row: &GateRow, number: f64) -> String {
    let style = gate_style(row);
    fixed(number, style.decimals, style.signed)
}

/// The question as it is called with its id in brackets, and the statistic: `How satisfied are you? (overall), top box`.
fn subject(row: &GateRow) -> String {
    let statistic = statistic(&row.statistic);
    match row.label.as_deref().filter(|label| !label.is_empty() && *label != row.question) {
        Some(label) => format!("{label} ({}), {statistic}", row.question),
        None => format!("{}, {statistic}", row.question),
    }
}

fn words(comparison: GateComparison) -> &'static str {
    match comparison {
        GateComparison::Below => "below",
        GateComparison::AtMost => "at or below",
        GateComparison::Above => "above",
        GateComparison::AtLeast => "at or above",
    }
}

#[cfg(test)]
mod tests {
    use super::{gate_limit, gate_name, gate_sentence, gate_value, gates_count, gates_legend};
    use crate::report::{GateComparison, GateOutcome, GateRow, GatesSection, Unit};

    fn row() -> GateRow {
        GateRow {
            gate: "overall.value < 80".into(),
            name: None,
            question: "overall".into(),
            label: None,
            statistic: "top_box".into(),
            of: "value".into(),
            segment: indexmap::IndexMap::from([("region".into(), "North".into())]),
            wave: Some("2026-Q3".into()),
            against: None,
            comparison: Some(GateComparison::Below),
            limit: 80.0,
            found: Some(79.98),
            unit: Unit::Percent,
            value: Some(79.98),
            low: Some(75.0),
            high: Some(84.0),
            base: Some(300),
            change_low: None,
            change_high: None,
            error_rate: Some(0.5),
            outcome: GateOutcome::Failed,
            fails: true,
            reason: None,
            reason_code: None,
            reason_values: indexmap::IndexMap::new(),
        }
    }

    #[test]
    fn a_figure_that_misses_by_a_hair_is_not_written_like_its_limit() {
        assert_eq!(gate_value(&row()), "79.98 %");
        assert_eq!(gate_value(&GateRow { found: Some(80.0), value: Some(80.0), ..row() }), "80.0 %");
        assert_eq!(gate_value(&GateRow { found: None, value: None, ..row() }), "–");
    }

    #[test]
    fn a_sentence_says_what_where_and_which_limit() {
        assert_eq!(
            gate_sentence(&row()),
            "overall, top box (region = North) in 2026-Q3: 79.98 % (75.00 to 84.00), base 300; fails below 80: failed"
        );
        let named = GateRow { label: Some("How satisfied are you?".into()), ..row() };
        assert!(
            gate_sentence(&named).starts_with("How satisfied are you? (overall), top box (region = North)")
        );
        let change = GateRow {
            of: "change".into(),
            comparison: None,
            against: Some("2026-Q2".into()),
            limit: 5.0,
            found: Some(-6.25),
            outcome: GateOutcome::CannotTell,
            reason: Some("the change has no interval".into()),
            ..row()
        };
        assert_eq!(gate_limit(&change), "allowed drop 5");
        assert!(
            gate_sentence(&change)
                .contains("change against 2026-Q2: −6.3, base 300; allowed drop 5: cannot tell (the"),
            "{}",
            gate_sentence(&change)
        );
        assert_eq!(gate_name(&GateRow { name: Some("floor".into()), ..row() }), "floor: overall.value < 80");
    }

    #[test]
    fn the_number_of_gates_and_their_error_rates_are_said() {
        let mut section = GatesSection {
            strict: false,
            error_rate: 0.025,
            error_rate_any: Some(0.05),
            rows: vec![row(), row()],
        };
        assert_eq!(gates_count(&section), "2 gates, 2 fail");
        let legend = gates_legend(&section).join("\n");
        assert!(
            legend.contains("2.5 % each, any of them at most 5 %") && legend.contains("50 %:"),
            "{legend}"
        );
        assert!(!legend.contains("strict"));
        section.rows = vec![GateRow { outcome: GateOutcome::NoFigure, fails: false, ..row() }];
        assert_eq!(gates_count(&section), "1 gate, none fails");
        assert!(gates_legend(&section).join("\n").contains("only with --strict"));
    }
}
