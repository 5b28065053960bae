//! A saved report against what was computed anew: where they differ, figure by figure.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Map, Value};

use crate::report::{Difference, Report};

/// What a comparison found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// How many numbers, flags and texts were compared.
    pub compared: u64,
    /// Where they differ.
    pub differences: Vec<Difference>,
}

/// Compares everything that is computed or taken from the definition. Left out is what has a line of its own in a
/// verification: the seal, the version and the hashes of the sources.
pub fn compare(filed: &Report, computed: &Report) -> Compared {
    let mut compared = Compared::default();
    let parts = |report: &Report| match value(report) {
        Value::Object(parts) => parts,
        _ => Map::new(),
    };
    let (filed, computed) = (parts(filed), parts(computed));
    for (name, part) in &filed {
        compared.walk(name, Some(part), computed.get(name));
    }
    compared
}

fn value(report: &Report) -> Value {
    let mut report = report.clone();
    let provenance = &mut report.provenance;
    provenance.seal = None;
    provenance.csat.clear();
    let of_inputs = provenance.inputs.iter_mut().filter_map(|input| input.definition.as_mut());
    for definition in provenance.definition.iter_mut().chain(of_inputs) {
        definition.hash = None;
    }
    for input in &mut provenance.inputs {
        input.hash.clear();
    }
    serde_json::to_value(report).unwrap_or(Value::Null)
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
                    self.differ(path, filed, computed);
                }
            }
        }
    }

    fn differ(&mut self, path: &str, filed: Option<&Value>, computed: Option<&Value>) {
        let text = |value: Option<&Value>| value.map(Value::to_string);
        self.differences.push(Difference {
            figure: path.to_owned(),
            filed: text(filed),
            computed: text(computed),
        });
    }

    /// Rows are matched by what names them, so that one row too many is one difference and not a shift of all.
    fn rows(&mut self, path: &str, filed: &[Value], computed: &[Value]) {
        let mut left: BTreeMap<String, VecDeque<usize>> = BTreeMap::new();
        for (number, row) in computed.iter().enumerate() {
            left.entry(name(row, number)).or_default().push_back(number);
        }
        let mut last = None;
        for (number, row) in filed.iter().enumerate() {
            let name = name(row, number);
            let place = left.get_mut(&name).and_then(VecDeque::pop_front);
            self.walk(&format!("{path}[{name}]"), Some(row), place.and_then(|place| computed.get(place)));
            // What is read in order says something by its order.
            if place.is_some() && place < last {
                self.differ(
                    &format!("{path}[{name}], its place"),
                    Some(&number.into()),
                    place.map(Value::from).as_ref(),
                );
            }
            last = place.or(last);
        }
        let mut rest: Vec<(usize, String)> = left
            .into_iter()
            .flat_map(|(name, places)| places.into_iter().map(move |at| (at, name.clone())))
            .collect();
        rest.sort_unstable();
        for (place, name) in rest {
            self.walk(&format!("{path}[{name}]"), None, computed.get(place));
        }
    }
}

/// What names a row: its texts that are no figures, or its number.
fn name(row: &Value, number: usize) -> String {
    const NAMES: [&str; 11] = [
        "kind",
        "finding",
        "id",
        "question",
        "statistic",
        "segment",
        "group",
        "wave",
        "code",
        "reason",
        "name",
    ];
    let Value::Object(row) = row else { return number.to_string() };
    let mut parts = Vec::new();
    // A file has a kind, but is named.
    let names = if row.contains_key("bytes") { &["name"][..] } else { &NAMES };
    for key in names {
        match row.get(*key) {
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
    fn what_is_no_figure_is_compared_too_and_a_version_is_not() {
        type Edit = (&'static str, fn(&mut Report));
        let edits: [Edit; 8] = [
            ("survey.response_rate", |report| report.survey.response_rate = Some(99.0)),
            ("survey.sampling", |report| report.survey.sampling = "random".into()),
            ("survey.questions[overall].text", |report| report.survey.questions[0].text = "Other?".into()),
            ("waves.wave", |report| report.waves.wave = Some("2031-Q1".into())),
            ("notes[", |report| report.notes.clear()),
            ("provenance.inputs[answers.csv].rows", |report| report.provenance.inputs[0].rows = 7),
            ("provenance.options.where", |report| {
                report.provenance.options.insert("where".into(), "overall > 3".into());
            }),
            ("title", |report| report.title = "Other".into()),
        ];
        for (figure, edit) in edits {
            let mut edited = report();
            edit(&mut edited);
            let found = compare(&edited, &report()).differences;
            assert!(found.iter().any(|found| found.figure.starts_with(figure)), "{figure}: {found:?}");
        }
        let mut older = report();
        older.provenance.csat = "0.0.9".into();
        older.provenance.seal = Some("sha256:00".into());
        assert!(compare(&older, &report()).differences.is_empty());
    }

    #[test]
    fn rows_in_another_order_differ() {
        let mut edited = report();
        edited.estimates.swap(0, 1);
        assert_eq!(compare(&edited, &report()).differences.len(), 1);
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
