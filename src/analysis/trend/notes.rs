//! What is to be said about a trend: gaps, breaks, groups that come and go, waves that are unlike each other.

use std::collections::BTreeSet;

use crate::report::{Note, NoteSeverity, TrendSection};

use super::section::Series;

pub(super) fn notes(series: &Series, sections: &[TrendSection]) -> Vec<Note> {
    let mut notes = Vec::new();
    if let [only] = series.waves {
        let label = &only.figures.label;
        notes.push(info("single_wave", format!("one wave, {label}: there is none to compare it with"), None));
    }
    for section in sections {
        notes.extend(gaps(section));
        notes.extend(breaks(section));
    }
    notes.extend(dropped(series));
    notes.extend(split(series));
    if series.tendencies.weighted {
        let text = "no tendency over the waves: Mann and Kendall's test has no weighted form";
        notes.push(info("tendency_weighted", text.to_owned(), None));
    }
    notes.extend(unlike(series));
    notes
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
    let text = format!(
        "{}: no figure in {}, so no change to or from {}",
        section.question,
        missing.join(", "),
        if missing.len() == 1 { "that wave" } else { "those waves" }
    );
    Some(info("trend_gap", text, Some(&section.question)))
}

fn breaks(section: &TrendSection) -> impl Iterator<Item = Note> {
    section.breaks.iter().map(|change| {
        let what = change.changed.join(", ");
        let between =
            format!("{} changed between {} and {}: {what}", section.question, change.before, change.wave);
        if change.bridged {
            let text = format!("{between}; the waves are joined all the same, as the definition asks");
            info("trend_bridged", text, Some(&section.question))
        } else {
            let text = format!("{between}; the waves are not joined (`bridge = true` would join them)");
            caution("trend_break", text, Some(&section.question))
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
    let text = format!("not asked any more, and not in the trend: {}", dropped.join(", "));
    (!dropped.is_empty()).then(|| info("trend_dropped", text, None))
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
                let name = |group: Option<&str>| group.unwrap_or("no value").to_owned();
                absent.extend(names.iter().map(|group| (name(*group), label.clone())));
            }
        }
    }
    let mut notes = Vec::new();
    if hidden {
        let text = format!("mix and within are not shown where a group of {segment} is hidden");
        notes.push(info("mix_hidden", text, Some(segment)));
    }
    if !absent.is_empty() {
        let listed: Vec<String> = absent.iter().map(|(group, wave)| format!("{group} in {wave}")).collect();
        let text = format!(
            "groups of {segment} without answers take the overall figure of the wave in mix and within: {}",
            listed.join(", ")
        );
        notes.push(info("mix_absent", text, Some(segment)));
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
        let text = format!(
            "the limits of {} are at another confidence level than the changes, which are at {level}",
            other.join(", ")
        );
        notes.push(caution("trend_confidence", text, None));
    }
    let plain: Vec<&str> =
        series.waves.iter().filter(|wave| !wave.weighted()).map(|wave| wave.figures.label.as_str()).collect();
    if !plain.is_empty() && plain.len() < series.waves.len() {
        let text = format!("{} are not weighted, the other waves are", plain.join(", "));
        notes.push(caution("trend_weights", text, None));
    }
    notes
}

fn info(code: &str, text: String, about: Option<&str>) -> Note {
    Note { code: code.to_owned(), severity: NoteSeverity::Info, text, about: about.map(str::to_owned) }
}

fn caution(code: &str, text: String, about: Option<&str>) -> Note {
    Note { severity: NoteSeverity::Caution, ..info(code, text, about) }
}
