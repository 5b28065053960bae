//! `[weighting.targets]` and `[weighting.within]`: what is known of the population.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Places;
use super::complaints::Complaints;
use super::value;
use crate::survey::gate::segment_value;
use crate::survey::label::normalize;
use crate::survey::segment::Segment;
use crate::survey::suggestion::did_you_mean;
use crate::survey::targets::settle_targets;
use crate::survey::weighting::{MarginDefinition, TargetDefinition, TargetUnit, variable_path};

type Key<'a> = Spanned<Cow<'a, str>>;

/// The tables of targets in written order: those of everyone, then those within the values of segments.
pub(super) fn margins(
    weighting: &DeTable<'_>,
    unit: TargetUnit,
    segments: &[Segment],
    places: &mut Places,
    complaints: &mut Complaints<'_>,
) -> Vec<MarginDefinition> {
    let mut found = Vec::new();
    for (name, value) in table(weighting, "targets") {
        record(name, places);
        found.extend(margin(name, value, unit, None, segments, complaints));
    }
    for (id, values) in table(weighting, "within") {
        let segment = segment(id, segments, complaints);
        for (given, value) in values.get_ref().as_table().into_iter().flatten() {
            let Some(targets) = value.get_ref().as_table() else { continue };
            if !targets.contains_key("targets") {
                complaints.error(
                    given.span(),
                    "missing_key",
                    format!("[weighting], within `{}`: no targets for `{}`", id.get_ref(), given.get_ref()),
                    "a part without targets is weighted by those of everyone alone",
                    format!(
                        "write them under `[weighting.within.{}.{}.targets.…]`",
                        id.get_ref(),
                        given.get_ref()
                    ),
                );
            }
            let within = segment.and_then(|segment| part(segment, given, complaints));
            for (name, value) in table(targets, "targets") {
                record(name, places);
                // A fault of the part is complained about once; the targets are looked at all the same.
                let margin = margin(name, value, unit, within.clone(), segments, complaints);
                found.extend(margin.filter(|_| within.is_some()));
            }
        }
    }
    found
}

/// Where the columns of variables are named.
fn record(name: &Key<'_>, places: &mut Places) {
    for variable in name.get_ref().split('*') {
        places.record(variable_path(&normalize(variable)), name.span());
    }
}

fn table<'t, 'a>(
    outer: &'t DeTable<'a>,
    key: &str,
) -> impl Iterator<Item = (&'t Key<'a>, &'t Spanned<DeValue<'a>>)> {
    outer.get(key).and_then(|value| value.get_ref().as_table()).into_iter().flatten()
}

fn segment<'s>(
    id: &Key<'_>,
    segments: &'s [Segment],
    complaints: &mut Complaints<'_>,
) -> Option<&'s Segment> {
    let found = segments.iter().find(|segment| segment.id == id.get_ref().as_ref());
    if found.is_none() {
        let ids: Vec<&str> = segments.iter().map(|segment| segment.id.as_str()).collect();
        complaints.error(
            id.span(),
            "unknown_segment",
            format!("[weighting], key `within`: there is no segment `{}`", id.get_ref()),
            "its targets would be of nobody",
            did_you_mean(id.get_ref(), ids.iter().copied()).map_or_else(
                || format!("declare it: `[segment.{}]`", id.get_ref()),
                |near| format!("did you mean `{near}`?"),
            ),
        );
    }
    found
}

/// The part of the respondents that nested targets are of.
fn part(segment: &Segment, given: &Key<'_>, complaints: &mut Complaints<'_>) -> Option<(String, String)> {
    match segment_value(segment, given.get_ref()) {
        Ok(value) => Some((segment.id.clone(), value)),
        Err(help) => {
            let message = format!(
                "[weighting], key `within`: segment `{}` has no value `{}`",
                segment.id,
                normalize(given.get_ref())
            );
            let why = "its targets would be of nobody";
            complaints.error(given.span(), "unknown_segment_value", message, why, help);
            None
        }
    }
}

/// One table of targets, or the file that has them.
fn margin(
    name: &Key<'_>,
    value: &Spanned<DeValue<'_>>,
    unit: TargetUnit,
    within: Option<(String, String)>,
    segments: &[Segment],
    complaints: &mut Complaints<'_>,
) -> Option<MarginDefinition> {
    let variables = variables(name, complaints)?;
    let mut margin = MarginDefinition {
        variables,
        unit,
        within,
        place: Some(complaints.document.place(name.span())),
        ..MarginDefinition::default()
    };
    match value.get_ref() {
        DeValue::String(file) if !file.trim().is_empty() => {
            margin.file = Some(file.trim().to_owned());
            margin.place = Some(complaints.document.place(value.span()));
        }
        DeValue::Table(targets) => {
            let mut reading = Reading { margin: &mut margin, is_whole: true, complaints };
            reading.table(targets, &[]);
            let is_whole = reading.is_whole;
            let found = settle_targets(&mut margin, segments, is_whole);
            complaints.extend(found);
        }
        _ => return None,
    }
    Some(margin)
}

/// The variables of `region*age`.
fn variables(name: &Key<'_>, complaints: &mut Complaints<'_>) -> Option<Vec<String>> {
    let parts: Vec<String> = name.get_ref().split('*').map(normalize).collect();
    let mut fault = |message: String, why, help| {
        complaints.error(name.span(), "bad_variables", message, why, help);
    };
    if parts.iter().any(String::is_empty) {
        fault(
            format!("[weighting], targets of `{}`: a variable has no name", name.get_ref()),
            "targets are of a segment or a column, or of several with `*` between",
            "write `\"region*age\"`",
        );
        return None;
    }
    if let Some(twice) = parts.iter().enumerate().find(|(at, part)| parts[..*at].contains(part)) {
        fault(
            format!("[weighting], targets of `{}`: `{}` stands twice", name.get_ref(), twice.1),
            "a variable crossed with itself says nothing more",
            "name it once",
        );
        return None;
    }
    Some(parts)
}

struct Reading<'r, 'c, 'd> {
    margin: &'r mut MarginDefinition,
    is_whole: bool,
    complaints: &'c mut Complaints<'d>,
}

impl Reading<'_, '_, '_> {
    fn table(&mut self, table: &DeTable<'_>, before: &[String]) {
        let left = self.margin.variables.len() - before.len();
        for (name, value) in table {
            let given = name.get_ref().as_ref();
            if let DeValue::Table(inner) = value.get_ref() {
                if left > 1 {
                    self.table(inner, &[before, &[given.to_owned()]].concat());
                } else {
                    self.too_deep(name);
                }
                continue;
            }
            // The last variable's categories are taken as they are: they may hold an asterisk themselves.
            let parts: Vec<String> =
                if left == 1 { vec![given.to_owned()] } else { given.split('*').map(normalize).collect() };
            if parts.len() != left || parts.iter().any(|part| part.trim().is_empty()) {
                self.wrong_parts(name, left);
                continue;
            }
            match value::number(value.get_ref()) {
                Some(number) => {
                    let place = Some(self.complaints.document.place(name.span().start..value.span().end));
                    let categories = [before, &parts].concat();
                    self.margin.targets.push(TargetDefinition { categories, value: number, place });
                }
                None => self.no_number(name, value),
            }
        }
    }

    fn fault(&mut self, span: Range<usize>, code: &'static str, what: &str, why: &str, help: String) {
        self.is_whole = false;
        let message = format!("[weighting], targets of `{}`: {what}", self.margin.name());
        self.complaints.error(span, code, message, why, help);
    }

    fn too_deep(&mut self, name: &Key<'_>) {
        let last = self.margin.variables.join("*");
        self.fault(
            name.span(),
            "wrong_type",
            &format!("`{}` is a table, expected a number", name.get_ref()),
            "each category has one target",
            format!(
                "write `{} = 0.25`; to cross it with another variable, name both: `\"{last}*age\"`",
                name.get_ref()
            ),
        );
    }

    fn wrong_parts(&mut self, name: &Key<'_>, left: usize) {
        let given = name.get_ref();
        let what = if given.trim().is_empty() {
            "a category without a name".to_owned()
        } else {
            format!("`{given}` does not name a category of each of {}", self.left(left))
        };
        let sample = vec!["…"; left].join("*");
        self.fault(
            name.span(),
            "wrong_categories",
            &what,
            "a target is of one category of each variable",
            format!("write `\"{sample}\" = 0.1`, or a table within the table for each further variable"),
        );
    }

    /// The variables that have no category yet.
    fn left(&self, left: usize) -> String {
        let names: Vec<String> =
            self.margin.variables.iter().rev().take(left).rev().map(|name| format!("`{name}`")).collect();
        names.join(" and ")
    }

    fn no_number(&mut self, name: &Key<'_>, value: &Spanned<DeValue<'_>>) {
        let found = value::describe(value.get_ref());
        self.fault(
            value.span(),
            "wrong_type",
            &format!("`{}` has {found}, expected a number", name.get_ref()),
            "a target is how many there are, or their share",
            format!("write `{} = 0.25`", name.get_ref()),
        );
    }
}
