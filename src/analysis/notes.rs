//! Caveats: what the reader should know before using the figures. Lower case, no full stop.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::report::{Estimate, Flag, Ledger, Note, NoteSeverity, Provenance, WeightingSection, words};
use crate::survey::{Measure, Sampling, Survey, named_columns, normalize};
use crate::tally::{Counted, Stratum};
use crate::weighting::is_heavy;

use super::inferred_direction::is_bare;
use super::ledger::input_name;
use super::weights;

/// What the notes speak about.
pub(super) struct Subject<'a> {
    pub(super) survey: &'a Survey,
    pub(super) counted: &'a Counted,
    pub(super) ledger: &'a Ledger,
    pub(super) estimates: &'a [Estimate],
    pub(super) weighting: Option<&'a WeightingSection>,
    /// The margins that weights were made to meet.
    pub(super) targets: Vec<String>,
    pub(super) provenance: &'a Provenance,
    pub(super) sampling: Sampling,
    pub(super) suppress_below: u64,
    pub(super) filtered: bool,
    /// Columns without which a row is not counted: the weight, and what tells the wave.
    pub(super) needed: Vec<&'a str>,
    /// How many waves the pooled figures hold; 0 or 1 when they are not pooled.
    pub(super) pooled: usize,
    pub(super) as_of: NaiveDate,
    /// The waves that begin after that date.
    pub(super) future: &'a [usize],
}

/// From this share of given answers on, invalid ones hint at a wrong scale.
const SUSPICIOUS_INVALID: f64 = 0.2;

/// What a note says of this report: a name and its text.
type Value = (&'static str, String);

pub(super) fn notes(subject: &Subject) -> Vec<Note> {
    let mut notes = Vec::new();
    scored(subject, &mut notes);
    questions(subject, &mut notes);
    bases(subject, &mut notes);
    sample(subject, &mut notes);
    weights_and_waves(subject, &mut notes);
    files(subject, &mut notes);
    notes
}

fn scored(subject: &Subject, notes: &mut Vec<Note>) {
    let nothing = subject.estimates.iter().all(|estimate| estimate.flag == Some(Flag::NoAnswers));
    // Kano questions have no score, but a section.
    let mut kano = subject.survey.questions.iter().filter(|question| question.measure == Measure::Kano);
    let has_kano = kano.any(|question| {
        subject.ledger.questions.iter().any(|line| line.question == question.id && line.answered > Some(0))
    });
    if nothing && !has_kano {
        notes.push(nothing_to_score(subject.ledger));
    }
}

/// Where no row is left, what left out most of them.
fn nothing_to_score(ledger: &Ledger) -> Note {
    let most = ledger.excluded.iter().max_by_key(|left_out| left_out.rows).filter(|_| ledger.rows_used == 0);
    if ledger.rows_read == 0 {
        return caution("nothing_to_score", None, [("case", "no_rows".to_owned())]);
    }
    let Some(most) = most else { return caution("nothing_to_score", None, []) };
    let case = match most.reason.as_str() {
        "zero_weight" => "zero_weight",
        "invalid_weight" => "invalid_weight",
        "filtered" => "filtered",
        _ => "left_out",
    };
    let values =
        [("case", case.to_owned()), ("rows", ledger.rows_read.to_string()), ("count", most.rows.to_string())];
    caution("nothing_to_score", None, values)
}

fn questions(subject: &Subject, notes: &mut Vec<Note>) {
    // One answer to an item is all there is of it as a rule; the part of the checklist names the places.
    let items = subject.survey.questions.iter().filter(|question| question.measure == Measure::Checklist);
    let items: BTreeSet<&str> = items.map(|question| question.id.as_str()).collect();
    for line in subject.ledger.questions.iter().filter(|line| !items.contains(line.question.as_str())) {
        let (answered, invalid) = (line.answered.unwrap_or(0), line.invalid.unwrap_or(0));
        let given = answered + invalid;
        if invalid > 0 && answered == 0 {
            let values = [("question", line.question.clone())];
            notes.push(caution("all_invalid", Some(&line.question), values));
        } else if given > 0 && invalid as f64 >= SUSPICIOUS_INVALID * given as f64 {
            let values = [
                ("invalid", invalid.to_string()),
                ("given", given.to_string()),
                ("question", line.question.clone()),
            ];
            notes.push(caution("many_invalid", Some(&line.question), values));
        }
    }
    if subject.provenance.definition.as_ref().is_some_and(|definition| definition.name == "inferred") {
        best_points(subject, notes);
    }
}

/// Bare numbers do not say which end is good.
fn best_points(subject: &Subject, notes: &mut Vec<Note>) {
    let mut by_point: Vec<(i32, Vec<&str>)> = Vec::new();
    for question in &subject.survey.questions {
        let rated = matches!(question.measure, Measure::Csat | Measure::Rating | Measure::Ces);
        let Some(scale) = question.scale.as_ref().filter(|_| rated && is_bare(question)) else {
            continue;
        };
        let best = match scale.best {
            crate::survey::Best::High => scale.max,
            crate::survey::Best::Low => scale.min,
        };
        match by_point.iter_mut().find(|(point, _)| *point == best) {
            Some((_, ids)) => ids.push(&question.id),
            None => by_point.push((best, vec![&question.id])),
        }
    }
    for (point, ids) in by_point {
        let values = [("point", point.to_string())].into_iter().chain(listed(&ids));
        notes.push(info("best_point_assumed", None, values));
    }
}

fn bases(subject: &Subject, notes: &mut Vec<Note>) {
    let count = |flag| subject.estimates.iter().filter(|estimate| estimate.flag == Some(flag)).count();
    let small = small_groups(subject.estimates);
    if !small.is_empty() {
        let below = subject.survey.flag_below;
        let names: Vec<&str> = small.iter().map(String::as_str).collect();
        let case = if subject.counted.weighted { "weighted" } else { "plain" };
        let values =
            [("case", case.to_owned()), ("below", below.to_string())].into_iter().chain(listed(&names));
        notes.push(caution("small_base", None, values));
    }
    let (hidden, complementary) = (count(Flag::Suppressed), count(Flag::Complementary));
    if hidden + complementary > 0 {
        let count = hidden + complementary;
        let case = match (count, complementary) {
            (_, 1..) => "also",
            (1, 0) => "one",
            _ => "many",
        };
        let also = (complementary > 0).then(|| ("also", complementary.to_string()));
        let values = [
            ("case", case.to_owned()),
            ("count", count.to_string()),
            ("below", subject.suppress_below.to_string()),
        ];
        notes.push(info("suppressed", None, values.into_iter().chain(also)));
    }
    let flat = subject.estimates.iter().filter(|estimate| {
        estimate.low.zip(estimate.high).is_some_and(|(low, high)| low >= high)
            && estimate.method.as_deref().is_some_and(|method| method.starts_with("wald"))
    });
    if flat.count() > 0 {
        notes.push(caution("zero_width", None, []));
    }
}

fn sample(subject: &Subject, notes: &mut Vec<Note>) {
    let survey = subject.survey;
    let sampling = subject.sampling.name();
    if words::sampling_note(sampling).is_some() {
        notes.push(info("sampling", None, [("case", sampling.to_owned())]));
    }
    if survey.sampling == Sampling::EveryoneAnswered && subject.sampling != Sampling::EveryoneAnswered {
        notes.push(caution("not_everyone_answered", None, []));
    }
    if survey.population.is_some() {
        let reason = match (survey.sampling, subject.filtered, subject.pooled > 1) {
            (Sampling::OpenLink, ..) => Some("open_link"),
            (_, true, _) => Some("filtered"),
            (_, _, true) => Some("waves"),
            _ => None,
        };
        if let Some(reason) = reason {
            notes.push(info("population_not_used", None, [("case", reason.to_owned())]));
        }
    }
}

fn weights_and_waves(subject: &Subject, notes: &mut Vec<Note>) {
    if let Some(weighting) = subject.weighting {
        let heavy = weighting.heaviest.filter(|heaviest| {
            let mean = weighting.sum.map_or(0.0, |sum| sum / weighting.rows.max(1) as f64);
            weighting.max.is_some_and(|max| is_heavy(heaviest / 100.0, max, mean))
        });
        if let (Some(heaviest), None) = (heavy, &weighting.method) {
            notes.push(caution("heavy_row", None, [("share", words::plain(heaviest, 1, false))]));
        }
        notes.push(info(
            "weighted",
            weighting.variable.as_deref(),
            weights::values(weighting, &subject.targets),
        ));
    }
    if subject.pooled > 1 {
        notes.push(info("pooled", None, [("count", subject.pooled.to_string())]));
    }
    notes.extend(future_dates(subject));
}

/// Answers in waves that have not begun: a mistyped year, or a date of the report that is too early.
fn future_dates(subject: &Subject) -> Option<Note> {
    let rows = |wave: &usize| {
        let total = |stratum: &&Stratum| stratum.segment.is_empty() && stratum.wave == Some(*wave);
        subject.counted.strata.iter().find(total).map_or(0, |stratum| stratum.rows.n)
    };
    let answers: u64 = subject.future.iter().map(rows).sum();
    if answers == 0 {
        return None;
    }
    let labels: Vec<&str> =
        subject.future.iter().map(|wave| subject.counted.waves[*wave].label.as_str()).collect();
    let case = if answers == 1 { "one" } else { "many" };
    let values =
        [("case", case.to_owned()), ("count", answers.to_string()), ("date", subject.as_of.to_string())];
    Some(caution("future_dates", None, values.into_iter().chain(listed(&labels))))
}

fn files(subject: &Subject, notes: &mut Vec<Note>) {
    let unused = unused_columns(subject.survey, subject.counted);
    if !unused.is_empty() {
        notes.push(info("unused_columns", None, listed(&unused)));
    }
    for input in &subject.counted.inputs {
        if !input.absent_columns.is_empty() {
            let name = input_name(&input.name);
            let (needed, other): (Vec<&str>, Vec<&str>) = input
                .absent_columns
                .iter()
                .map(String::as_str)
                .partition(|column| subject.needed.contains(column));
            for (absent, case) in [(needed, "needed"), (other, "other")] {
                if !absent.is_empty() {
                    let values = [("case", case.to_owned()), ("name", name.clone())];
                    let values = values.into_iter().chain(listed(&absent));
                    notes.push(caution("absent_columns", Some(&name), values));
                }
            }
        }
    }
}

/// The columns of the inputs that neither the survey nor the run names, each once, in the order of the files.
///
/// A column that the survey names is not one that was forgotten, even where no score reads it (an id, free text).
pub fn unused_columns<'a>(survey: &Survey, counted: &'a Counted) -> Vec<&'a str> {
    let named: Vec<String> = named_columns(survey).into_iter().map(normalize).collect();
    let mut unused: Vec<&str> = Vec::new();
    for column in counted.inputs.iter().flat_map(|input| &input.unused_columns) {
        if !unused.contains(&column.as_str()) && !named.contains(&normalize(column)) {
            unused.push(column);
        }
    }
    unused
}

/// Where headline figures rest on small bases: groups and waves, or questions where it is the total.
fn small_groups(estimates: &[Estimate]) -> Vec<String> {
    let mut groups: Vec<String> = Vec::new();
    let several_waves = estimates.windows(2).any(|pair| pair[0].wave != pair[1].wave);
    let flagged =
        estimates.iter().filter(|estimate| estimate.headline && estimate.flag == Some(Flag::SmallBase));
    for estimate in flagged {
        let mut parts: Vec<String> =
            estimate.segment.iter().map(|(segment, value)| format!("{segment} {value}")).collect();
        if parts.is_empty() {
            parts.push(estimate.question.clone());
        }
        parts.extend(estimate.wave.clone().filter(|_| several_waves));
        let group = parts.join(" ");
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    groups
}

/// The names as a note lists them: some, and how many more.
fn listed(names: &[&str]) -> Vec<Value> {
    let (list, more) = words::first_names(names.iter().copied());
    let more = (more > 0).then(|| ("more", more.to_string()));
    std::iter::once(("list", list)).chain(more).collect()
}

fn info(code: &str, about: Option<&str>, values: impl IntoIterator<Item = Value>) -> Note {
    words::said(NoteSeverity::Info, code, about, values)
}

fn caution(code: &str, about: Option<&str>, values: impl IntoIterator<Item = Value>) -> Note {
    words::said(NoteSeverity::Caution, code, about, values)
}

#[cfg(test)]
mod tests {
    use super::unused_columns;
    use crate::analysis::sample::{counted, survey};

    #[test]
    fn a_column_that_the_survey_names_is_not_an_unused_one() {
        let mut survey = survey();
        assert_eq!(unused_columns(&survey, &counted(&[])), ["duration"], "comment is a question of text");
        survey.data.id = Some(" duration".to_owned());
        assert!(unused_columns(&survey, &counted(&[])).is_empty());
    }
}
