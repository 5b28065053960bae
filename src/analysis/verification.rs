//! A saved report against what was computed anew: where they differ, figure by figure.

use serde_json::Value;

use crate::report::{Difference, Report, Section};

/// What a comparison found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// How many numbers, flags and texts were compared.
    pub compared: u64,
    /// Where they differ.
    pub differences: Vec<Difference>,
}

/// Compares ledger, estimates and the sections that are computed; presentation and gates are not figures.
pub fn compare(filed: &Report, computed: &Report) -> Compared {
    let mut compared = Compared::default();
    compared.walk("ledger", Some(&value(&filed.ledger)), Some(&value(&computed.ledger)));
    compared.walk("estimates", Some(&value(&filed.estimates)), Some(&value(&computed.estimates)));
    compared.walk("sections", Some(&sections(filed)), Some(&sections(computed)));
    compared
}

fn sections(report: &Report) -> Value {
    let figures = report
        .sections
        .iter()
        .filter(|section| !matches!(section, Section::Document(_) | Section::Gates(_)))
        .map(value);
    Value::Array(figures.collect())
}

fn value(part: &impl serde::Serialize) -> Value {
    serde_json::to_value(part).unwrap_or(Value::Null)
}

impl Compared {
    fn walk(&mut self, path: &str, filed: Option<&Value>, computed: Option<&Value>) {
        match (filed, computed) {
            (Some(Value::Array(filed)), Some(Value::Array(computed))) => self.rows(path, filed, computed),
            (Some(Value::Object(filed)), Some(Value::Object(computed))) => {
                for (key, one) in filed {
                    self.walk(&format!("{path}.{key}"), Some(one), computed.get(key));
                }
                for (key, other) in computed.iter().filter(|(key, _)| !filed.contains_key(*key)) {
                    self.walk(&format!("{path}.{key}"), None, Some(other));
                }
            }
            (filed, computed) => {
                self.compared += 1;
                if filed != computed {
                    let text = |value: Option<&Value>| value.map(Value::to_string);
                    self.differences.push(Difference {
                        figure: path.to_owned(),
                        filed: text(filed),
                        computed: text(computed),
                    });
                }
            }
        }
    }

    /// Rows are matched by what names them, so that one row too many is one difference and not a shift of all.
    fn rows(&mut self, path: &str, filed: &[Value], computed: &[Value]) {
        let mut left: Vec<(String, &Value)> =
            computed.iter().enumerate().map(|(number, row)| (name(row, number), row)).collect();
        for (number, row) in filed.iter().enumerate() {
            let name = name(row, number);
            let found = left.iter().position(|(other, _)| *other == name);
            let other = found.map(|place| left.remove(place).1);
            self.walk(&format!("{path}[{name}]"), Some(row), other);
        }
        for (name, row) in left {
            self.walk(&format!("{path}[{name}]"), None, Some(row));
        }
    }
}

/// What names a row: its texts that are no figures, or its number.
fn name(row: &Value, number: usize) -> String {
    const NAMES: [&str; 10] =
        ["kind", "finding", "question", "statistic", "segment", "group", "wave", "code", "reason", "name"];
    let Value::Object(row) = row else { return number.to_string() };
    let mut parts = Vec::new();
    for key in NAMES {
        match row.get(key) {
            Some(Value::String(text)) => parts.push(text.clone()),
            Some(Value::Object(values)) if !values.is_empty() => {
                parts.extend(values.iter().map(|(id, value)| match value {
                    Value::String(text) => format!("{id}={text}"),
                    other => format!("{id}={other}"),
                }));
            }
            _ => {}
        }
    }
    if parts.is_empty() { number.to_string() } else { parts.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::compare;
    use crate::analysis::sample::{Row, counted, day, survey, times};
    use crate::analysis::{Scope, plan, run};
    use crate::report::{Provenance, Report};

    fn report() -> Report {
        let mut answers = times(30, Row(Some("N"), 0, Ok(5)));
        answers.extend(times(20, Row(Some("S"), 0, Ok(2))));
        let scope = Scope::new(day(2026, 7, 1));
        let survey = survey();
        let (_, map) = plan(&survey, &scope).unwrap();
        run(&survey, &map, &counted(&answers), &scope, Provenance::default()).unwrap()
    }

    #[test]
    fn a_report_equals_itself() {
        let compared = compare(&report(), &report());
        assert!(compared.differences.is_empty());
        assert!(compared.compared > 100, "{}", compared.compared);
    }

    #[test]
    fn a_changed_figure_is_named_with_both_values() {
        let mut edited = report();
        edited.estimates[0].value = Some(99.0);
        let found = compare(&edited, &report()).differences;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].figure, "estimates[overall top_box].value");
        assert_eq!((found[0].filed.as_deref(), found[0].computed.as_deref()), (Some("99.0"), Some("60.0")));
    }

    #[test]
    fn a_row_that_is_missing_is_one_difference() {
        let mut edited = report();
        edited.estimates.remove(3);
        let found = compare(&edited, &report()).differences;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].filed, None);
    }
}
