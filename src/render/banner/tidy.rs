//! Banner tables as tidy rows, for spreadsheets, R and pandas.
//!
//! Each row says in `record` what it is, and leaves empty what does not concern it:
//! - `cell`: one figure. `percent` is the share of the column's base; of means and balances the figure in its `unit`.
//!   `interval_base` is the n that the interval used, `p` that of the column against the rest.
//! - `contrast`: one column set against another (`against`) in one row, with `difference`, its limits in `low` and
//!   `high`, `p` and `p_adjusted`.
//! - `test`: the test of a whole table, or of one row of it where `row` is filled.
//!
//! Names are those of the JSON. The values of a column stand in `value_1`, `value_2` and so on, the outer ones first;
//! they are empty in the column of everybody. Numbers are written in full; texts that a spreadsheet would compute get an
//! apostrophe in front.

use super::stub::cell;
use crate::render::csv::{harmless, number};
use crate::report::{
    CrosstabColumn, CrosstabContrast, CrosstabRow, CrosstabRowKind, CrosstabSection, EffectSize, Flag, Report,
    Section, TableTest,
};

/// The columns before those of the values.
const BEFORE_VALUES: [&str; 8] =
    ["record", "stub", "stub_label", "wave", "banner", "banner_label", "column", "column_label"];

/// The columns after those of the values.
const AFTER_VALUES: [&str; 36] = [
    "letter",
    "row",
    "row_label",
    "kind",
    "unit",
    "base",
    "base_weighted",
    "base_effective",
    "count",
    "count_weighted",
    "percent",
    "low",
    "high",
    "interval_base",
    "row_percent",
    "total_percent",
    "relative_index",
    "adjusted_residual",
    "letters",
    "against",
    "difference",
    "p",
    "p_adjusted",
    "method",
    "test",
    "statistic",
    "df",
    "df2",
    "effect",
    "effect_name",
    "effect_size",
    "reason",
    "thin_cells",
    "family_size",
    "adjustment",
    "flag",
];

/// The banner tables of a report; none where it has none.
pub(crate) fn tidy(report: &Report) -> Option<String> {
    let sections: Vec<&CrosstabSection> = report
        .sections
        .iter()
        .filter_map(|section| match section {
            Section::Crosstab(section) => Some(section.as_ref()),
            _ => None,
        })
        .collect();
    if sections.is_empty() {
        return None;
    }
    let columns = sections.iter().flat_map(|section| &section.columns);
    let levels = columns.map(|column| column.values.len()).max().unwrap_or(0);
    let mut writer = csv::Writer::from_writer(Vec::new());
    let values = (1..=levels).map(|level| format!("value_{level}"));
    let heads: Vec<String> = BEFORE_VALUES
        .iter()
        .map(|name| (*name).to_owned())
        .chain(values)
        .chain(AFTER_VALUES.iter().map(|name| (*name).to_owned()))
        .collect();
    writer.write_record(heads).expect("rows are equally long and are written to memory");
    for section in sections {
        for record in records(section) {
            let row = record.fields(section, levels);
            writer.write_record(row).expect("rows are equally long and are written to memory");
        }
    }
    let bytes = writer.into_inner().expect("memory is always flushed");
    Some(String::from_utf8(bytes).expect("only text was written"))
}

/// One row of the file.
enum Record<'a> {
    Cell(usize, usize),
    Contrast(&'a CrosstabContrast),
    Test(&'a TableTest),
}

fn records(section: &CrosstabSection) -> impl Iterator<Item = Record<'_>> {
    let rows = 0..section.rows.len();
    let cells = rows.flat_map(|row| (0..section.columns.len()).map(move |at| Record::Cell(row, at)));
    let contrasts = section.contrasts.iter().map(Record::Contrast);
    cells.chain(contrasts).chain(section.test.iter().chain(&section.further_tests).map(Record::Test))
}

impl Record<'_> {
    fn fields(&self, section: &CrosstabSection, levels: usize) -> Vec<String> {
        let (name, row, column) = match self {
            Self::Cell(row, at) => ("cell", section.rows.get(*row), section.columns.get(*at)),
            Self::Contrast(contrast) => (
                "contrast",
                section.rows.iter().find(|row| row.key == contrast.row),
                section.columns.iter().find(|column| column.key == contrast.column),
            ),
            Self::Test(test) => {
                let row = test.row.as_ref();
                ("test", row.and_then(|key| section.rows.iter().find(|row| row.key == *key)), None)
            }
        };
        let mut fields = vec![
            name.to_owned(),
            harmless(&section.stub),
            harmless(&section.stub_label),
            text(section.wave.as_deref()),
            harmless(&section.banner),
            harmless(&super::stub::label(section)),
        ];
        fields.extend(column_fields(column, levels));
        fields.extend(row_fields(row));
        match self {
            Self::Cell(row, at) => fields.extend(cell_fields(section, *row, *at)),
            Self::Contrast(contrast) => fields.extend(contrast_fields(section, contrast)),
            Self::Test(test) => fields.extend(test_fields(section, test)),
        }
        fields
    }
}

fn column_fields(column: Option<&CrosstabColumn>, levels: usize) -> Vec<String> {
    let Some(column) = column else { return vec![String::new(); levels + 3] };
    let mut fields = vec![harmless(&column.key), harmless(&column.label)];
    fields.extend((0..levels).map(|level| text(column.values.get(level).map(String::as_str))));
    fields.push(text(column.letter.as_deref()));
    fields
}

fn row_fields(row: Option<&CrosstabRow>) -> [String; 4] {
    row.map_or_else(Default::default, |row| {
        [harmless(&row.key), harmless(&row.label), kind(row.kind).to_owned(), row.unit.name().to_owned()]
    })
}

fn cell_fields(section: &CrosstabSection, row: usize, at: usize) -> Vec<String> {
    let column = section.columns.get(at);
    let cell = cell(section, row, at);
    let of_cell = |pick: fn(&crate::report::CrosstabCell) -> Option<f64>| number(cell.and_then(pick));
    let mut fields = vec![
        count(column.and_then(|column| column.base)),
        number(column.and_then(|column| column.base_weighted)),
        number(column.and_then(|column| column.base_effective)),
        count(cell.and_then(|cell| cell.count)),
        of_cell(|cell| cell.count_weighted),
        of_cell(|cell| cell.percent),
        of_cell(|cell| cell.low),
        of_cell(|cell| cell.high),
        of_cell(|cell| cell.base_effective),
        of_cell(|cell| cell.row_percent),
        of_cell(|cell| cell.total_percent),
        of_cell(|cell| cell.relative_index),
        of_cell(|cell| cell.adjusted_residual),
        cell.map_or_else(String::new, |cell| harmless(&cell.letters)),
        String::new(),
        String::new(),
        of_cell(|cell| cell.p),
    ];
    fields.resize(fields.len() + 13, String::new());
    let flag = cell.and_then(|cell| cell.flag).or(column.and_then(|column| column.flag));
    fields.push(text(flag.map(Flag::name)));
    fields
}

fn contrast_fields(section: &CrosstabSection, contrast: &CrosstabContrast) -> Vec<String> {
    let mut fields = vec![String::new(); 6];
    fields.extend([number(contrast.low), number(contrast.high)]);
    fields.resize(fields.len() + 6, String::new());
    fields.extend([
        harmless(&contrast.against),
        number(contrast.difference),
        number(contrast.p),
        number(contrast.p_adjusted),
        text(contrast.method.as_deref()),
    ]);
    fields.resize(fields.len() + 4, String::new());
    fields.extend(effect(contrast.effect, contrast.effect_name.as_deref(), contrast.effect_size));
    fields.extend([String::new(), String::new()]);
    fields.extend(family(section));
    fields.push(String::new());
    fields
}

fn test_fields(section: &CrosstabSection, test: &TableTest) -> Vec<String> {
    let mut fields = vec![String::new(); 16];
    fields.extend([
        number(test.p),
        number(test.p_adjusted),
        String::new(),
        harmless(&test.name),
        number(test.statistic),
        number(test.df),
        number(test.df2),
    ]);
    fields.extend(effect(test.effect, test.effect_name.as_deref(), test.effect_size));
    fields.extend([harmless(&test.reason), count(test.thin_cells)]);
    fields.extend([String::new(), harmless(&section.testing.adjustment), String::new()]);
    fields
}

fn effect(effect: Option<f64>, name: Option<&str>, size: Option<EffectSize>) -> [String; 3] {
    [number(effect), text(name), size.map_or("", size_name).to_owned()]
}

fn family(section: &CrosstabSection) -> [String; 2] {
    [count(section.family.as_ref().map(|family| family.size)), harmless(&section.testing.adjustment)]
}

/// A kind of row as JSON has it.
pub(crate) fn kind(kind: CrosstabRowKind) -> &'static str {
    match kind {
        CrosstabRowKind::Category => "category",
        CrosstabRowKind::Net => "net",
        CrosstabRowKind::Mean => "mean",
        CrosstabRowKind::Balance => "balance",
    }
}

/// A size of effect as JSON has it.
fn size_name(size: EffectSize) -> &'static str {
    match size {
        EffectSize::Negligible => "negligible",
        EffectSize::Small => "small",
        EffectSize::Medium => "medium",
        EffectSize::Large => "large",
    }
}

fn text(text: Option<&str>) -> String {
    text.map_or_else(String::new, harmless)
}

fn count(count: Option<u64>) -> String {
    count.map_or_else(String::new, |count| count.to_string())
}
