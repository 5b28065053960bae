//! The scales of an inferred survey: columns that are answered alike share one.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::survey::{Best, Measure, Scale, better_half, built_in_scale};

use super::answers::Answers;
use super::column::Column;
use super::points::Points;
use super::values::folded;
use super::vocabulary::Topic;
use super::words::{self, Words};
use crate::survey::phrasebook::NoAnswer as Reason;

/// The scales so far, by name.
#[derive(Debug, Default)]
pub(super) struct Scales {
    found: IndexMap<String, Scale>,
    /// The name of the scale of each column, by its index.
    names: BTreeMap<usize, String>,
}

impl Scales {
    /// Makes the scale of a column, or joins it to one that is the same but for its codes.
    pub(super) fn add(&mut self, index: usize, column: &Column<'_>, measure: Measure, answers: &Answers) {
        let mut scale = match answers {
            Answers::Points(points, labels) => numbered(measure, points, labels),
            Answers::Words(words) => worded(words),
        };
        if measure == Measure::Ces {
            scale.name = format!("effort_{}", scale.name);
            scale.top = better_half(&scale);
        }
        let labels = scale.labels.iter().chain(scale.translations.values().flatten());
        let taken: Vec<String> = labels.map(|label| folded(label)).collect();
        for (text, reason) in &column.values.reasons {
            if taken.contains(&folded(text)) {
                continue;
            }
            match reason {
                Reason::DontKnow => scale.dont_know.push(text.clone()),
                Reason::NotApplicable => scale.not_applicable.push(text.clone()),
                // What is blank is blank for every column.
                Reason::Blank => {}
            }
        }
        let base = scale.name.clone();
        for number in 1.. {
            let name = if number == 1 { base.clone() } else { format!("{base}_{number}") };
            scale.name.clone_from(&name);
            match self.found.get_mut(&name) {
                Some(other) if !joins(other, &scale) => {}
                Some(other) => {
                    join(&mut other.not_applicable, scale.not_applicable);
                    join(&mut other.dont_know, scale.dont_know);
                    join(&mut other.missing, scale.missing);
                    self.names.insert(index, name);
                    return;
                }
                None => {
                    self.found.insert(name.clone(), scale);
                    self.names.insert(index, name);
                    return;
                }
            }
        }
    }

    /// The scale of a column.
    pub(super) fn of(&self, index: usize) -> Option<&Scale> {
        self.found.get(self.names.get(&index)?)
    }

    /// All scales: those that a definition would write in the order of their first use, then built-in ones.
    pub(super) fn into_scales(self) -> IndexMap<String, Scale> {
        let (built_in, written): (IndexMap<_, _>, IndexMap<_, _>) =
            self.found.into_iter().partition(|(name, scale)| built_in_scale(name).as_ref() == Some(scale));
        written.into_iter().chain(built_in).collect()
    }
}

/// Words of one scale pooled over columns, so that columns which show different words of it share it. A column that
/// leaves open which scale it is takes that of a column which does not.
pub(super) fn pool_words(columns: &[Column<'_>], answers: &mut [Option<Answers>]) {
    let sure: Vec<String> = answers
        .iter()
        .filter_map(|answers| match answers {
            Some(Answers::Words(words)) if words.sure => Some(words.name.clone()),
            _ => None,
        })
        .collect();
    let mut pools: BTreeMap<String, Vec<(String, u64)>> = BTreeMap::new();
    for (column, answers) in columns.iter().zip(answers.iter_mut()) {
        let Some(Answers::Words(words)) = answers else { continue };
        if !words.sure
            && let Some(known) = sure.iter().find_map(|name| words::on_scale(name, &column.values.texts))
        {
            *words = known;
        }
        let pool = pools.entry(words.name.clone()).or_default();
        for (text, count) in &column.values.texts {
            match pool.iter_mut().find(|(known, _)| known == text) {
                Some((_, cells)) => *cells += count,
                None => pool.push((text.clone(), *count)),
            }
        }
    }
    for answers in answers.iter_mut() {
        if let Some(Answers::Words(words)) = answers
            && let Some(pool) = pools.get(&words.name)
            && let Some(pooled) = words::on_scale(&words.name, pool)
                .or_else(|| words::family(pool, Topic::Other).filter(|pooled| pooled.name == words.name))
        {
            *words = pooled;
        }
    }
}

fn numbered(measure: Measure, points: &Points, labels: &BTreeMap<i64, String>) -> Scale {
    let Points { min, max, .. } = *points;
    let mut scale = match built_in_scale("recommend") {
        Some(recommend) if measure == Measure::Nps => recommend,
        _ => {
            let listed = points.values.iter().map(i32::to_string).collect::<Vec<_>>().join("_");
            let name =
                if listed.is_empty() { format!("points_{min}_{max}") } else { format!("points_{listed}") };
            let name = name.replace('-', "minus_");
            Scale::with_values(&name, &points.values).unwrap_or_else(|| Scale::new(&name, min, max))
        }
    };
    if points.best == Best::Low {
        scale.best = Best::Low;
        scale.name = format!("{}_low", scale.name);
    }
    if !labels.is_empty() {
        let point = |value: i32| labels.get(&i64::from(value)).cloned().unwrap_or_else(|| value.to_string());
        scale.labels = scale.numbers().map(point).collect();
        scale.name = scale.name.replacen("points", "labelled", 1);
    }
    for code in &points.codes {
        // Numbers next to the scale say "not applicable" in most questionnaires, 99 and the like say nothing.
        let near = i64::from(min) - 1 <= *code && *code <= i64::from(max) + 2 && *code >= 0;
        let list = if near { &mut scale.not_applicable } else { &mut scale.missing };
        list.push(code.to_string());
    }
    scale
}

fn worded(words: &Words) -> Scale {
    let last = i32::try_from(words.labels.len()).unwrap_or(i32::MAX);
    let mut scale = Scale::new(&words.name, 1, last.max(2));
    scale.labels.clone_from(&words.labels);
    scale.translations.clone_from(&words.translations);
    scale
}

/// Whether two scales differ in their codes at most, and a code of one is no code of another kind in the other.
fn joins(left: &Scale, right: &Scale) -> bool {
    let same_labels =
        left.labels.iter().map(|label| folded(label)).eq(right.labels.iter().map(|label| folded(label)));
    let lists =
        |scale: &Scale| [scale.not_applicable.clone(), scale.dont_know.clone(), scale.missing.clone()];
    let (ours, theirs) = (lists(left), lists(right));
    let crossed = ours.iter().enumerate().any(|(kind, list)| {
        theirs.iter().enumerate().any(|(other, texts)| {
            kind != other && list.iter().any(|text| texts.iter().any(|known| folded(known) == folded(text)))
        })
    });
    (left.min, left.max, left.top, left.best) == (right.min, right.max, right.top, right.best)
        && left.values == right.values
        && same_labels
        && left.translations == right.translations
        && !crossed
}

fn join(into: &mut Vec<String>, texts: Vec<String>) {
    for text in texts {
        if !into.iter().any(|known| folded(known) == folded(&text)) {
            into.push(text);
        }
    }
}
