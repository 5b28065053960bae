//! Caveats: what the reader should know before using the figures. Lower case, no full stop.

use crate::report::{Estimate, Flag, Ledger, Note, NoteSeverity, Provenance, WeightingSection, words};
use crate::survey::{Measure, Sampling, Survey, named_columns, normalize};
use crate::tally::Counted;

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
    pub(super) provenance: &'a Provenance,
    pub(super) sampling: Sampling,
    pub(super) suppress_below: u64,
    pub(super) filtered: bool,
    /// Columns without which a row is not counted: the weight, and what tells the wave.
    pub(super) needed: Vec<&'a str>,
    /// How many waves the pooled figures hold; 0 or 1 when they are not pooled.
    pub(super) pooled: usize,
}

/// From this share of given answers on, invalid ones hint at a wrong scale.
const SUSPICIOUS_INVALID: f64 = 0.2;

/// How many names a note lists.
const LISTED: usize = 12;

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
    if nothing {
        notes.push(caution("nothing_to_score", words::NOTHING_TO_SCORE, None));
    }
    for declared in &subject.survey.not_yet_analysed {
        let text = format!("{declared} is declared but not analysed by this version");
        notes.push(info("not_yet_analysed", text, None));
    }
}

fn questions(subject: &Subject, notes: &mut Vec<Note>) {
    for line in &subject.ledger.questions {
        let (answered, invalid) = (line.answered.unwrap_or(0), line.invalid.unwrap_or(0));
        let given = answered + invalid;
        if invalid > 0 && answered == 0 {
            let text = format!(
                "every answer to {} is invalid: its scale or labels do not fit the file",
                line.question
            );
            notes.push(caution("all_invalid", text, Some(&line.question)));
        } else if given > 0 && invalid as f64 >= SUSPICIOUS_INVALID * given as f64 {
            let text = format!(
                "{invalid} of {given} answers to {} are invalid: look at its scale and its missing codes",
                line.question
            );
            notes.push(caution("many_invalid", text, Some(&line.question)));
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
        let text = format!("{point} taken as best for {}", listed(&ids));
        notes.push(info("best_point_assumed", text, None));
    }
}

fn bases(subject: &Subject, notes: &mut Vec<Note>) {
    let count = |flag| subject.estimates.iter().filter(|estimate| estimate.flag == Some(flag)).count();
    let small = small_groups(subject.estimates);
    if !small.is_empty() {
        let below = subject.survey.flag_below;
        let names: Vec<&str> = small.iter().map(String::as_str).collect();
        let text =
            format!("fewer than {below} answers ({}): read the intervals, not the values", listed(&names));
        notes.push(caution("small_base", text, None));
    }
    let (hidden, complementary) = (count(Flag::Suppressed), count(Flag::Complementary));
    if hidden + complementary > 0 {
        let also = if complementary > 0 {
            format!(", {complementary} of them so that others cannot be worked out by subtraction")
        } else {
            String::new()
        };
        let text = format!(
            "{} hidden because groups below {} answers are not shown{also}; each sum of a segment, a crossing or a \
             wave is protected by itself, runs with other conditions are not",
            figures(hidden + complementary),
            subject.suppress_below
        );
        notes.push(info("suppressed", text, None));
    }
    let flat = subject.estimates.iter().filter(|estimate| {
        estimate.low.zip(estimate.high).is_some_and(|(low, high)| low >= high)
            && estimate.method.as_deref().is_some_and(|method| method.starts_with("wald"))
    });
    if flat.count() > 0 {
        let text = "a Wald interval without width does not mean certainty: ask for another method";
        notes.push(caution("zero_width", text, None));
    }
}

fn sample(subject: &Subject, notes: &mut Vec<Note>) {
    let survey = subject.survey;
    if let Some(text) = words::sampling_note(subject.sampling.name()) {
        notes.push(info("sampling", text, None));
    }
    if survey.sampling == Sampling::EveryoneAnswered && subject.sampling != Sampling::EveryoneAnswered {
        let text = "sampling is given as everyone_answered, but that needs a population of which 95 % answered: \
                    taken as everyone_invited, and the intervals stay";
        notes.push(caution("not_everyone_answered", text, None));
    }
    if survey.population.is_some() {
        let reason = match (survey.sampling, subject.filtered, subject.pooled > 1) {
            (Sampling::OpenLink, ..) => Some("an open link is no sample of it"),
            (_, true, _) => Some("the rows were filtered"),
            (_, _, true) => Some("several waves are taken together"),
            _ => None,
        };
        if let Some(reason) = reason {
            let text = format!("the population is not used for the figures of all rows: {reason}");
            notes.push(info("population_not_used", text, None));
        }
    }
}

fn weights_and_waves(subject: &Subject, notes: &mut Vec<Note>) {
    if let Some(weighting) = subject.weighting {
        notes.push(info("weighted", weights::sentence(weighting), Some(&weighting.variable)));
    }
    if subject.pooled > 1 {
        let text =
            format!("all {} waves together count every answer once: larger waves weigh more", subject.pooled);
        notes.push(info("pooled", text, None));
    }
}

fn files(subject: &Subject, notes: &mut Vec<Note>) {
    let unused = unused_columns(subject.survey, subject.counted);
    if !unused.is_empty() {
        notes.push(info("unused_columns", format!("columns not used: {}", listed(&unused)), None));
    }
    for input in &subject.counted.inputs {
        if !input.absent_columns.is_empty() {
            let name = input_name(&input.name);
            let (needed, other): (Vec<&str>, Vec<&str>) = input
                .absent_columns
                .iter()
                .map(String::as_str)
                .partition(|column| subject.needed.contains(column));
            for (absent, what) in [(needed, "are left out"), (other, "count as not asked")] {
                if !absent.is_empty() {
                    let text = format!("{name} lacks {}: its rows {what}", listed(&absent));
                    notes.push(caution("absent_columns", text, Some(&name)));
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

fn listed(names: &[&str]) -> String {
    match names.len().checked_sub(LISTED) {
        None | Some(0) => names.join(", "),
        Some(more) => format!("{} and {more} more", names[..LISTED].join(", ")),
    }
}

fn figures(count: usize) -> String {
    if count == 1 { "1 figure is".to_owned() } else { format!("{count} figures are") }
}

fn info(code: &str, text: impl Into<String>, about: Option<&str>) -> Note {
    note(NoteSeverity::Info, code, text, about)
}

fn caution(code: &str, text: impl Into<String>, about: Option<&str>) -> Note {
    note(NoteSeverity::Caution, code, text, about)
}

fn note(severity: NoteSeverity, code: &str, text: impl Into<String>, about: Option<&str>) -> Note {
    Note { code: code.to_owned(), severity, text: text.into(), about: about.map(str::to_owned) }
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
