//! `[indicators]`: figures beside the scores.

use indexmap::IndexMap;
use toml::de::DeTable;

use super::complaints::Complaints;
use super::record_columns::{check_columns, named_file, record_place, targets};
use super::value;
use crate::survey::definition::Survey;
use crate::survey::indicators::IndicatorsDefinition;
use crate::survey::label::normalize;

/// The `[indicators]` table, if there is one.
pub(super) fn indicators(
    root: &DeTable<'_>,
    survey: &mut Survey,
    complaints: &mut Complaints<'_>,
) -> Option<IndicatorsDefinition> {
    let table = root.get("indicators")?.get_ref().as_table()?;
    let mut definition =
        IndicatorsDefinition { file: named_file(table, "file", complaints), ..Default::default() };
    for column in &mut definition.columns {
        if let Some(name) = value::text(table, &column.field) {
            column.column = normalize(&name);
            column.guessed = false;
            record_place(table, "indicators", &column.field, survey);
        }
    }
    check_columns(table, "indicators", &definition.columns, complaints);
    if let Some(per) = table.get("per").and_then(|value| value::number(value.get_ref())) {
        definition.per = per;
    }
    if let Some(lag) = value::integer(table, "lag").and_then(|lag| u32::try_from(lag).ok()) {
        definition.lag = lag;
    }
    definition.targets = targets(table).map(|(name, target, _)| (name, target)).collect::<IndexMap<_, _>>();
    Some(definition)
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use crate::survey::{IndicatorsDefinition, parse};

    fn indicators(text: &str) -> IndicatorsDefinition {
        parse(text.as_bytes(), "s.toml").unwrap().survey.indicators.unwrap()
    }

    #[test]
    fn everything_has_a_default() {
        assert_eq!(indicators("[indicators]\n"), IndicatorsDefinition::default());
        let column = |definition: &IndicatorsDefinition, field: &str| {
            definition.column(field).map(|column| (column.column.clone(), column.guessed))
        };
        let text = "[indicators]\nfile = \"figures.csv\"\nperiod = \"month\"\nper = 100\nlag = 0\ntargets = { returns = 2.5 }\n";
        let read = indicators(text);
        assert_eq!(read.file.as_ref().map(|file| file.file.as_str()), Some("figures.csv"));
        assert_eq!(column(&read, "period"), Some(("month".to_owned(), false)));
        assert_eq!(column(&read, "value"), Some(("value".to_owned(), true)));
        assert_eq!((read.per, read.lag, read.targets["returns"]), (100.0, 0, 2.5));
        assert!(parse(b"", "s.toml").unwrap().survey.indicators.is_none());
    }

    #[test]
    fn one_column_is_one_field() {
        let faults = parse(b"[indicators]\nvalue = \"n\"\ndenominator = \"n\"\n", "s.toml").unwrap_err();
        assert_eq!(faults[0].code, "same_column");
        let faults = parse(b"[indicators]\ndenominator = \"value\"\n", "s.toml").unwrap_err();
        assert_eq!(faults[0].code, "same_column", "the name that a field has without being written counts");
    }
}
