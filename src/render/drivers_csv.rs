//! Drivers as tidy rows, one a driver and group, where a report is about nothing else.

use indexmap::IndexSet;

use super::csv::{harmless, number};
use crate::report::{DriverRow, DriversSection, Report, Section};

/// The columns after the driver and those of the segments, under the names that JSON has.
const COLUMNS: [&str; 37] = [
    "wave",
    "outcome",
    "outcome_of",
    "missing",
    "base",
    "correlation",
    "spearman",
    "polychoric",
    "beta",
    "b",
    "b_low",
    "b_high",
    "se",
    "p",
    "logit",
    "logit_se",
    "logit_p",
    "vif",
    "lmg",
    "lmg_se",
    "johnson",
    "share",
    "share_low",
    "share_high",
    "rank_low",
    "rank_high",
    "performance",
    "importance",
    "quadrant",
    "quadrant_probability",
    "penalty",
    "reward",
    "asymmetry_p",
    "penalty_base",
    "reward_base",
    "factor",
    "cautions",
];

/// The rows; `None` where the report has scores too, or no drivers.
pub(super) fn render(report: &Report) -> Option<String> {
    let sections: Vec<&DriversSection> = report
        .sections
        .iter()
        .filter_map(|section| match section {
            Section::Drivers(drivers) => Some(drivers.as_ref()),
            _ => None,
        })
        .collect();
    if !report.estimates.is_empty() || sections.is_empty() {
        return None;
    }
    let groups = sections.iter().flat_map(|section| &section.groups);
    let segments: IndexSet<&str> =
        groups.flat_map(|group| group.segment.keys().map(String::as_str)).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write = |record: Vec<String>| {
        writer.write_record(record).expect("rows are equally long and are written to memory");
    };
    let named = segments.iter().map(|id| {
        // A segment that is called like another column.
        let taken = *id == "question" || COLUMNS.contains(id);
        harmless(&if taken { format!("segment_{id}") } else { (*id).to_owned() })
    });
    write(std::iter::once("question".to_owned()).chain(named).chain(COLUMNS.map(str::to_owned)).collect());
    for section in &sections {
        let all = section.rows.iter().map(|row| (None, row));
        let grouped =
            section.groups.iter().flat_map(|group| group.rows.iter().map(move |row| (Some(group), row)));
        for (group, row) in all.chain(grouped) {
            let mut record = vec![harmless(&row.question)];
            record.extend(segments.iter().map(|id| {
                let value = group.and_then(|group| group.segment.get(*id));
                value.map_or_else(String::new, |value| harmless(value))
            }));
            record.extend(cells(section, row));
            write(record);
        }
    }
    let bytes = writer.into_inner().expect("memory is always flushed");
    Some(String::from_utf8(bytes).expect("only text was written"))
}

fn cells(section: &DriversSection, row: &DriverRow) -> Vec<String> {
    let count = |count: Option<u64>| count.map_or_else(String::new, |count| count.to_string());
    let quadrant = row.quadrant.and_then(|quadrant| serde_json::to_value(quadrant).ok());
    let quadrant = quadrant.and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default();
    let cautions: Vec<&str> = row.cautions.iter().map(|caution| caution.name()).collect();
    vec![
        section.wave.as_deref().map_or_else(String::new, harmless),
        harmless(&section.outcome),
        section.outcome_of.clone(),
        section.missing.clone(),
        count(row.base),
        number(row.correlation),
        number(row.spearman),
        number(row.polychoric),
        number(row.beta),
        number(row.b),
        number(row.b_low),
        number(row.b_high),
        number(row.se),
        number(row.p),
        number(row.logit),
        number(row.logit_se),
        number(row.logit_p),
        number(row.vif),
        number(row.lmg),
        number(row.lmg_se),
        number(row.johnson),
        number(row.share),
        number(row.share_low),
        number(row.share_high),
        count(row.rank_low),
        count(row.rank_high),
        number(row.performance),
        number(row.importance),
        quadrant,
        number(row.quadrant_probability),
        number(row.penalty),
        number(row.reward),
        number(row.asymmetry_p),
        count(row.penalty_base),
        count(row.reward_base),
        row.factor.map_or_else(String::new, |factor| factor.name().to_owned()),
        cautions.join(" "),
    ]
}
