//! Kano's questions as tidy rows, one a feature and group, where a report is about nothing else.

use indexmap::IndexSet;

use super::csv::{harmless, number};
use crate::report::{KanoCategory, KanoRow, Report, Section};

/// The columns after those of the segments, under the names that JSON has.
const COLUMNS: [&str; 25] = [
    "wave",
    "base",
    "base_effective",
    "must_be",
    "one_dimensional",
    "attractive",
    "indifferent",
    "reverse",
    "questionable",
    "category",
    "category_by_groups",
    "category_strength",
    "total_strength",
    "better",
    "better_low",
    "better_high",
    "worse",
    "worse_low",
    "worse_high",
    "distinguishable",
    "importance",
    "importance_low",
    "importance_high",
    "flag",
    "shares",
];

/// The rows; `None` where the report has scores too, or no Kano question.
pub(super) fn render(report: &Report) -> Option<String> {
    let sections: Vec<_> = report
        .sections
        .iter()
        .filter_map(|section| match section {
            Section::Kano(kano) => Some(kano),
            _ => None,
        })
        .collect();
    if !report.estimates.is_empty() || sections.is_empty() {
        return None;
    }
    let all = || sections.iter().flat_map(|section| section.rows.iter());
    let segments: IndexSet<&str> = all().flat_map(|row| row.segment.keys().map(String::as_str)).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write = |record: Vec<String>| {
        writer.write_record(record).expect("rows are equally long and are written to memory");
    };
    let heads = std::iter::once("question".to_owned());
    let named = segments.iter().map(|id| {
        // A segment that is called like another column.
        let taken = *id == "question" || COLUMNS.contains(id);
        harmless(&if taken { format!("segment_{id}") } else { (*id).to_owned() })
    });
    write(heads.chain(named).chain(COLUMNS.map(str::to_owned)).collect());
    for section in &sections {
        for row in &section.rows {
            let mut record = vec![harmless(&row.question)];
            record.extend(
                segments.iter().map(|id| row.segment.get(*id).map_or_else(String::new, |v| harmless(v))),
            );
            record.push(section.wave.as_deref().map_or_else(String::new, harmless));
            record.extend(cells(row));
            write(record);
        }
    }
    let bytes = writer.into_inner().expect("memory is always flushed");
    Some(String::from_utf8(bytes).expect("only text was written"))
}

fn cells(row: &KanoRow) -> Vec<String> {
    let count = |count: Option<u64>| count.map_or_else(String::new, |count| count.to_string());
    let named = |category: Option<KanoCategory>| category.map_or("", KanoCategory::name).to_owned();
    let shares: Vec<String> =
        row.shares.iter().map(|(category, share)| format!("{}={share}", category.name())).collect();
    vec![
        count(row.base),
        number(row.base_effective),
        count(row.must_be),
        count(row.one_dimensional),
        count(row.attractive),
        count(row.indifferent),
        count(row.reverse),
        count(row.questionable),
        named(row.category),
        named(row.category_by_groups),
        number(row.category_strength),
        number(row.total_strength),
        number(row.better),
        number(row.better_low),
        number(row.better_high),
        number(row.worse),
        number(row.worse_low),
        number(row.worse_high),
        row.distinguishable.map_or_else(String::new, |known| known.to_string()),
        number(row.importance),
        number(row.importance_low),
        number(row.importance_high),
        row.flag.map_or_else(String::new, |flag| flag.name().to_owned()),
        shares.join(" "),
    ]
}
