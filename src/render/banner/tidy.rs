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

use std::borrow::Cow;

use super::stub::cell;
use crate::render::csv::{self as tidy_csv, harmless};
use crate::report::{
    CrosstabCell, CrosstabColumn, CrosstabContrast, CrosstabRow, CrosstabRowKind, CrosstabSection,
    EffectSize, Flag, Report, Section, TableTest,
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
    let sections = sections(report);
    if sections.is_empty() {
        return None;
    }
    let (heads, levels) = heads(&sections);
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(heads).expect("rows are equally long and are written to memory");
    for section in sections {
        for record in records(section) {
            let row = record.fields(section, levels);
            writer
                .write_record(row.iter().map(Field::written))
                .expect("rows are equally long and are written to memory");
        }
    }
    let bytes = writer.into_inner().expect("memory is always flushed");
    Some(String::from_utf8(bytes).expect("only text was written"))
}

/// The banner tables among the sections of a report, in its order.
pub(crate) fn sections(report: &Report) -> Vec<&CrosstabSection> {
    report
        .sections
        .iter()
        .filter_map(|section| match section {
            Section::Crosstab(section) => Some(section.as_ref()),
            _ => None,
        })
        .collect()
}

/// The names of the columns, and how many values a column of a banner has at most.
pub(crate) fn heads(sections: &[&CrosstabSection]) -> (Vec<String>, usize) {
    let columns = sections.iter().flat_map(|section| &section.columns);
    let levels = columns.map(|column| column.values.len()).max().unwrap_or(0);
    let values = (1..=levels).map(|level| format!("value_{level}"));
    let fixed = |names: &'static [&'static str]| names.iter().map(|name| (*name).to_owned());
    (fixed(&BEFORE_VALUES).chain(values).chain(fixed(&AFTER_VALUES)).collect(), levels)
}

/// What stands in one place of a row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Field<'a> {
    /// A text as the survey or the report has it.
    Text(Cow<'a, str>),
    /// A finite number.
    Number(f64),
    /// What does not exist or does not concern the row.
    Nothing,
}

impl Field<'_> {
    /// As a file of comma separated values has it.
    fn written(&self) -> String {
        match self {
            Self::Text(text) => harmless(text),
            Self::Number(value) => tidy_csv::number(Some(*value)),
            Self::Nothing => String::new(),
        }
    }
}

/// One row of the file.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Record<'a> {
    Cell(usize, usize),
    Contrast(&'a CrosstabContrast),
    Test(&'a TableTest),
}

/// The rows of a section: cells, contrasts, tests.
pub(crate) fn records(section: &CrosstabSection) -> impl Iterator<Item = Record<'_>> {
    let rows = 0..section.rows.len();
    let cells = rows.flat_map(|row| (0..section.columns.len()).map(move |at| Record::Cell(row, at)));
    let contrasts = section.contrasts.iter().map(Record::Contrast);
    cells.chain(contrasts).chain(section.test.iter().chain(&section.further_tests).map(Record::Test))
}

impl Record<'_> {
    /// Its fields in the order of the heads.
    pub(crate) fn fields<'a>(&'a self, section: &'a CrosstabSection, levels: usize) -> Vec<Field<'a>> {
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
            text(Some(name)),
            text(Some(&section.stub)),
            text(Some(&section.stub_label)),
            text(section.wave.as_deref()),
            text(Some(&section.banner)),
            Field::Text(super::stub::label(section).into()),
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

fn column_fields(column: Option<&CrosstabColumn>, levels: usize) -> Vec<Field<'_>> {
    let Some(column) = column else { return vec![Field::Nothing; levels + 3] };
    let mut fields = vec![text(Some(&column.key)), text(Some(&column.label))];
    fields.extend((0..levels).map(|level| text(column.values.get(level).map(String::as_str))));
    fields.push(text(column.letter.as_deref()));
    fields
}

fn row_fields(row: Option<&CrosstabRow>) -> [Field<'_>; 4] {
    row.map_or_else(
        || [Field::Nothing, Field::Nothing, Field::Nothing, Field::Nothing],
        |row| {
            let (kind, unit) = (kind(row.kind), row.unit.name());
            [text(Some(&row.key)), text(Some(&row.label)), text(Some(kind)), text(Some(unit))]
        },
    )
}

fn cell_fields(section: &CrosstabSection, row: usize, at: usize) -> Vec<Field<'_>> {
    let column = section.columns.get(at);
    let cell = cell(section, row, at);
    let of_cell = |pick: fn(&CrosstabCell) -> Option<f64>| number(cell.and_then(pick));
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
        text(cell.map(|cell| cell.letters.as_str())),
        Field::Nothing,
        Field::Nothing,
        of_cell(|cell| cell.p),
    ];
    skip(&mut fields, 13);
    let flag = cell.and_then(|cell| cell.flag).or(column.and_then(|column| column.flag));
    fields.push(text(flag.map(Flag::name)));
    fields
}

fn contrast_fields<'a>(section: &'a CrosstabSection, contrast: &'a CrosstabContrast) -> Vec<Field<'a>> {
    let mut fields = vec![Field::Nothing; 6];
    fields.extend([number(contrast.low), number(contrast.high)]);
    skip(&mut fields, 6);
    fields.extend([
        text(Some(&contrast.against)),
        number(contrast.difference),
        number(contrast.p),
        number(contrast.p_adjusted),
        text(contrast.method.as_deref()),
    ]);
    skip(&mut fields, 4);
    fields.extend(effect(contrast.effect, contrast.effect_name.as_deref(), contrast.effect_size));
    skip(&mut fields, 2);
    fields.push(count(section.family.as_ref().map(|family| family.size)));
    fields.extend([text(Some(&section.testing.adjustment)), Field::Nothing]);
    fields
}

fn test_fields<'a>(section: &'a CrosstabSection, test: &'a TableTest) -> Vec<Field<'a>> {
    let mut fields = vec![Field::Nothing; 16];
    fields.extend([
        number(test.p),
        number(test.p_adjusted),
        Field::Nothing,
        text(Some(&test.name)),
        number(test.statistic),
        number(test.df),
        number(test.df2),
    ]);
    fields.extend(effect(test.effect, test.effect_name.as_deref(), test.effect_size));
    fields.extend([text(Some(&test.reason)), count(test.thin_cells), Field::Nothing]);
    fields.extend([text(Some(&section.testing.adjustment)), Field::Nothing]);
    fields
}

fn effect(effect: Option<f64>, name: Option<&str>, size: Option<EffectSize>) -> [Field<'_>; 3] {
    [number(effect), text(name), text(size.map(size_name))]
}

fn skip(fields: &mut Vec<Field<'_>>, places: usize) {
    fields.resize(fields.len() + places, Field::Nothing);
}

/// A kind of row as JSON has it.
fn kind(kind: CrosstabRowKind) -> &'static str {
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

fn text(text: Option<&str>) -> Field<'_> {
    text.filter(|text| !text.is_empty()).map_or(Field::Nothing, |text| Field::Text(text.into()))
}

fn number(value: Option<f64>) -> Field<'static> {
    value.filter(|value| value.is_finite()).map_or(Field::Nothing, Field::Number)
}

fn count(count: Option<u64>) -> Field<'static> {
    // Counts beyond 2^53 are out of reach.
    number(count.map(|count| count as f64))
}
