//! What is to be said about a trend: gaps, breaks, groups that come and go, waves that are unlike each other.

use std::collections::BTreeSet;

use crate::report::words::{NO_FIGURE, first_names, said};
use crate::report::{Note, NoteSeverity, TrendSection};

use super::period::Timeline;
use super::section::Series;

pub(super) fn notes(series: &Series, sections: &[TrendSection]) -> Vec<Note> {
    let mut notes = Vec::new();
    if let [only] = series.waves {
        notes.push(info("single_wave", None, [("wave", only.figures.label.clone())]));
    }
    notes.extend(missing(series));
    for section in sections {
        notes.extend(gaps(section));
        notes.extend(breaks(section));
    }
    notes.extend(dropped(series));
    notes.extend(split(series));
    if series.tendencies.weighted {
        notes.push(info("tendency_weighted", None, []));
    }
    notes.extend(unlike(series));
    notes
}

/// Periods of the calendar between the first wave and the last that have none.
fn missing(series: &Series) -> Option<Note> {
    let timeline = Timeline::of(series.waves.iter().map(|wave| wave.figures));
    let (first, last) = series.waves.first().zip(series.waves.last())?;
    let case = match timeline.missing {
        0 => return None,
        1 => "one",
        _ => "many",
    };
    let values = [
        ("case", case.to_owned()),
        ("count", timeline.missing.to_string()),
        ("first", first.figures.label.clone()),
        ("last", last.figures.label.clone()),
    ];
    Some(info("trend_missing", None, values))
}

/// Waves without a figure of a headline that others have.
fn gaps(section: &TrendSection) -> Option<Note> {
    let missing: Vec<&str> = section
        .points
        .iter()
        .filter(|point| point.value.is_none())
        .map(|point| point.wave.as_str())
        .collect();
    if missing.is_empty() || missing.len() == section.points.len() {
        return None;
    }
    let case = if missing.len() == 1 { "one" } else { "many" };
    let values =
        [("case", case.to_owned()), ("question", section.question.clone()), ("list", missing.join(", "))];
    Some(info("trend_gap", Some(&section.question), values))
}

fn breaks(section: &TrendSection) -> impl Iterator<Item = Note> {
    section.breaks.iter().map(|change| {
        let values = [
            ("question", section.question.clone()),
            ("before", change.before.clone()),
            ("wave", change.wave.clone()),
            ("changed", change.changed.join(", ")),
        ];
        if change.bridged {
            info("trend_bridged", Some(&section.question), values)
        } else {
            caution("trend_break", Some(&section.question), values)
        }
    })
}

/// Questions that the newest wave does not have.
fn dropped(series: &Series) -> Option<Note> {
    let (newest, earlier) = series.waves.split_last()?;
    let known: BTreeSet<&str> =
        newest.figures.questions.iter().map(|question| question.id.as_str()).collect();
    let mut dropped: Vec<&str> = Vec::new();
    for question in earlier.iter().flat_map(|wave| &wave.figures.questions) {
        let id = question.id.as_str();
        if question.headline.is_some() && !known.contains(id) && !dropped.contains(&id) {
            dropped.push(id);
        }
    }
    (!dropped.is_empty()).then(|| info("trend_dropped", None, [("list", dropped.join(", "))]))
}

/// Hidden groups leave no split; groups without answers in a wave take its overall figure.
fn split(series: &Series) -> Vec<Note> {
    let Some(segment) = series.mix else { return Vec::new() };
    let mut hidden = false;
    let mut absent: BTreeSet<(String, String)> = BTreeSet::new();
    for headline in 0..series.headlines.len() {
        for wave in 0..series.waves.len() {
            let Some(contrast) = series.previous.get(headline, wave) else { continue };
            let pair = [contrast.against, wave];
            let is_hidden = |wave: &usize| {
                series.composition(headline, *wave).is_some_and(|groups| !groups.hidden.is_empty())
            };
            hidden |= pair.iter().any(is_hidden);
            let Some(split) = series.split(headline, wave) else { continue };
            for (names, wave) in split.absent.iter().zip(pair) {
                let label = &series.waves[wave].figures.label;
                let name = |group: Option<&str>| group.unwrap_or(NO_FIGURE).to_owned();
                absent.extend(names.iter().map(|group| (name(*group), label.clone())));
            }
        }
    }
    let mut notes = Vec::new();
    if hidden {
        notes.push(info("mix_hidden", Some(segment), [("segment", segment.to_owned())]));
    }
    if !absent.is_empty() {
        let listed: Vec<String> = absent.iter().map(|(group, wave)| format!("{group} ({wave})")).collect();
        let (list, more) = first_names(listed.iter().map(String::as_str));
        let values = [("segment", segment.to_owned()), ("list", list)];
        let more = (more > 0).then(|| ("more", more.to_string()));
        notes.push(info("mix_absent", Some(segment), values.into_iter().chain(more)));
    }
    notes
}

/// Waves at another confidence level, or weighted where others are not.
fn unlike(series: &Series) -> Vec<Note> {
    let mut notes = Vec::new();
    let level = series.options.confidence.level();
    let other: Vec<&str> = series
        .waves
        .iter()
        .filter(|wave| wave.figures.estimates.iter().any(|found| (found.confidence - level).abs() > 1e-9))
        .map(|wave| wave.figures.label.as_str())
        .collect();
    if !other.is_empty() {
        let values = [("list", other.join(", ")), ("level", level.to_string())];
        notes.push(caution("trend_confidence", None, values));
    }
    let plain: Vec<&str> =
        series.waves.iter().filter(|wave| !wave.weighted()).map(|wave| wave.figures.label.as_str()).collect();
    if !plain.is_empty() && plain.len() < series.waves.len() {
        notes.push(caution("trend_weights", None, [("list", plain.join(", "))]));
    }
    notes
}

fn info(code: &str, about: Option<&str>, values: impl IntoIterator<Item = (&'static str, String)>) -> Note {
    said(NoteSeverity::Info, code, about, values)
}

fn caution(
    code: &str,
    about: Option<&str>,
    values: impl IntoIterator<Item = (&'static str, String)>,
) -> Note {
    said(NoteSeverity::Caution, code, about, values)
}
