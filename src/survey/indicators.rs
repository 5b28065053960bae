//! `[indicators]`: figures that the organisation has anyway, beside the scores of the survey.

use indexmap::IndexMap;

use super::aliases::is_same_name;
use super::case_field::{CaseColumn, CaseField, CaseKind};
use super::named_file::NamedFile;

/// The fields of a row of indicators: one row for each period, indicator and, where there are some, segment.
pub const INDICATOR_FIELDS: [CaseField; 8] = [
    field("period", CaseKind::Category),
    field("indicator", CaseKind::Category),
    field("value", CaseKind::Number),
    field("denominator", CaseKind::Number),
    field("unit", CaseKind::Category),
    field("direction", CaseKind::Category),
    field("segment", CaseKind::Category),
    field("source", CaseKind::Category),
];

/// The fields that a file of indicators cannot be without.
pub const NEEDED_INDICATOR_FIELDS: [&str; 3] = ["period", "indicator", "value"];

const fn field(id: &'static str, kind: CaseKind) -> CaseField {
    CaseField { id, kind }
}

/// What `[indicators]` says.
#[derive(Clone, Debug, PartialEq)]
pub struct IndicatorsDefinition {
    /// The file, for commands that are given none.
    pub file: Option<NamedFile>,
    /// A column for each of [`INDICATOR_FIELDS`], in that order. One that is not written has the name of its field and is
    /// `guessed`: a file may lack it, unless it is one of [`NEEDED_INDICATOR_FIELDS`].
    pub columns: Vec<CaseColumn>,
    /// The number that rates are shown for, 1 or more.
    pub per: f64,
    /// The targets by indicator, in its unit.
    pub targets: IndexMap<String, f64>,
    /// How many periods an indicator and a score may be apart when they are compared, 0 or more.
    pub lag: u32,
}

impl Default for IndicatorsDefinition {
    /// An empty table.
    fn default() -> Self {
        let columns = INDICATOR_FIELDS.into_iter().map(|field| CaseColumn {
            field: field.id.to_owned(),
            kind: field.kind,
            column: field.id.to_owned(),
            format: None,
            guessed: true,
        });
        Self { file: None, columns: columns.collect(), per: 1000.0, targets: IndexMap::new(), lag: 3 }
    }
}

impl IndicatorsDefinition {
    /// The columns to read from a file with this header: those that are written, and those that the file has by the name
    /// of their field, whatever its case. One of [`NEEDED_INDICATOR_FIELDS`] stays where the file has none, for the
    /// reader to complain about.
    pub fn columns_in(&self, header: &[String]) -> Vec<CaseColumn> {
        let found = self.columns.iter().filter_map(|column| {
            if !column.guessed {
                return Some(column.clone());
            }
            let spelled = header.iter().find(|name| is_same_name(name, &column.column));
            let is_needed = NEEDED_INDICATOR_FIELDS.contains(&column.field.as_str());
            match spelled {
                Some(name) => Some(CaseColumn { column: name.clone(), ..column.clone() }),
                None => is_needed.then(|| column.clone()),
            }
        });
        found.collect()
    }

    /// The column of a field.
    pub fn column(&self, field: &str) -> Option<&CaseColumn> {
        self.columns.iter().find(|column| column.field == field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_may_lack_what_is_not_named() {
        let header: Vec<String> = ["Period", "INDICATOR", "unit"].map(str::to_owned).to_vec();
        let mut definition = IndicatorsDefinition::default();
        let read = |definition: &IndicatorsDefinition| -> Vec<String> {
            definition.columns_in(&header).into_iter().map(|column| column.column).collect()
        };
        assert_eq!(read(&definition), ["Period", "INDICATOR", "value", "unit"]);
        let source = definition.columns.iter_mut().find(|column| column.field == "source").unwrap();
        (source.column, source.guessed) = ("origin".to_owned(), false);
        assert_eq!(read(&definition), ["Period", "INDICATOR", "value", "unit", "origin"]);
    }
}
