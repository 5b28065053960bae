//! Caveats of a comparison: joined questions, other levels, weights on one side.

use crate::analysis::other_scale;
use crate::analysis::trend::TrendOptions;
use crate::analysis::trend::index::WaveIndex;
use crate::report::words::{first_names, said};
use crate::report::{ComparisonSection, Flag, Note, NoteSeverity};

use super::{Comparand, CompareOptions, SidesSampled};

pub(super) fn notes(
    sides: &[WaveIndex; 2],
    section: &ComparisonSection,
    (asked, options): (&TrendOptions, &CompareOptions),
    files: Option<&str>,
) -> Vec<Note> {
    let mut notes = bridged(section, asked);
    notes.extend(small_bases(section, options));
    notes.extend(other_scales(sides, section));
    let other: Vec<&str> = sides
        .iter()
        .filter(|side| {
            let mut levels = side.figures.estimates.iter().map(|found| found.confidence);
            levels.any(|level| (level - section.confidence).abs() > 1e-9)
        })
        .map(|side| side.figures.label.as_str())
        .collect();
    if !other.is_empty() {
        let values = [("list", other.join(", ")), ("level", section.confidence.to_string())];
        notes.push(said(NoteSeverity::Caution, "trend_confidence", None, values));
    }
    notes.extend(files.map(|code| said(NoteSeverity::Info, code, None, [])));
    let [a, b] = [&section.side_a, &section.side_b];
    let (plain, weighted) = match (&a.weight, &b.weight) {
        (None, Some(_)) => (a, b),
        (Some(_), None) => (b, a),
        _ => return notes,
    };
    let values = [("plain", plain.label.clone()), ("weighted", weighted.label.clone())];
    notes.push(said(NoteSeverity::Caution, "compare_weights", None, values));
    notes
}

/// What is to be said where both sides are parts of one design and taken as independent all the same.
pub(super) fn of_sample(sample: &SidesSampled) -> Option<Note> {
    let is_unknown = matches!(sample, SidesSampled::Unknown);
    is_unknown.then(|| said(NoteSeverity::Caution, "compare_apart", None, []))
}

/// Scores of which one side has no best mark: asked on another scale there, perhaps.
fn other_scales(sides: &[WaveIndex; 2], section: &ComparisonSection) -> Vec<Note> {
    let is_compared = |id: &str| section.rows.iter().any(|row| row.question == id);
    let mut questions = sides[1].figures.questions.clone();
    questions.retain(|question| is_compared(&question.id));
    other_scale::notes(&questions, &other_scale::by_wave(sides.iter().map(|side| side.figures)))
}

/// What is to be said where both sides were read from the same files.
pub(super) fn of_same_files(a: &Comparand, b: &Comparand) -> Option<&'static str> {
    let is_saved = a.side.saved || b.side.saved;
    if is_saved || a.hashes.is_empty() || a.hashes != b.hashes {
        return None;
    }
    let is_same = a.side.condition == b.side.condition && a.side.wave == b.side.wave;
    Some(if is_same { "compare_same" } else { "compare_twice" })
}

/// The questions whose figures are marked for few answers on a side.
fn small_bases(section: &ComparisonSection, options: &CompareOptions) -> Option<Note> {
    let is_small = |flag: Option<Flag>| flag == Some(Flag::SmallBase);
    let small = section.rows.iter().filter(|row| is_small(row.flag_a) || is_small(row.flag_b));
    let mut names: Vec<&str> = small.map(|row| row.question.as_str()).collect();
    names.dedup();
    if names.is_empty() {
        return None;
    }
    let weighted = section.side_a.weight.is_some() || section.side_b.weight.is_some();
    let (list, more) = first_names(names.iter().copied());
    let values = [
        ("case", if weighted { "weighted" } else { "plain" }.to_owned()),
        ("below", options.flag_below.to_string()),
        ("list", list),
    ];
    let more = (more > 0).then(|| ("more", more.to_string()));
    Some(said(NoteSeverity::Caution, "small_base", None, values.into_iter().chain(more)))
}

/// Questions that were asked differently and are compared all the same.
fn bridged(section: &ComparisonSection, asked: &TrendOptions) -> Vec<Note> {
    let headlines = section.rows.iter().filter(|row| row.headline);
    let changes = headlines.flat_map(|row| {
        asked.breaks_of(&row.question).into_iter().map(|change| (row.question.clone(), change))
    });
    let notes = changes.filter(|(_, change)| change.bridged).map(|(question, change)| {
        let values = [
            ("question", question.clone()),
            ("before", change.before.clone()),
            ("wave", change.wave.clone()),
            ("changed", change.changed.join(", ")),
        ];
        said(NoteSeverity::Info, "trend_bridged", Some(&question), values)
    });
    notes.collect()
}
