//! With no definition at all: what the columns of a file are, from their headers and values.
//!
//! Every column gets a finding that says what it was taken for, why, and whether that is sure; an unsure one
//! carries the flag that settles it. A constant, an id, a phone number, a year or a free number is never scored,
//! and a weight is never used unasked.

mod among_numbers;
mod answers;
mod codes;
mod column;
mod complaint_columns;
mod dates;
mod dispute_columns;
mod ends;
mod footers;
mod grid_rows;
mod holes;
mod kano;
mod labelled;
mod lists;
mod narrow;
mod outcomes;
mod overrides;
mod pairs;
mod points;
mod promoters;
mod rankings;
mod scales;
mod settle;
mod shares;
mod technical;
mod told;
mod values;
mod vocabulary;
mod wording;
mod words;

use std::borrow::Cow;
use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::diagnostic::Diagnostic;

use super::personal::births;
use super::question::pair_importance;
use super::{
    Columns, DateColumn, Headline, Measure, PersonalKind, Profile, Question, Role, Segment, Survey, WaveRule,
    did_you_mean, numbered_names,
};

pub use complaint_columns::infer_complaints;
pub use dates::is_date as is_date_text;
pub use dispute_columns::infer_disputes;
pub use overrides::{As, Taken};
pub(super) use wording::tokens;

use super::phrasebook::{NoAnswer as Reason, ScaleTopic, phrasebook};
use answers::Answers;
use column::{Column, Guess};
use scales::Scales;
use wording::is_overall;

/// What a column was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The column.
    pub column: String,
    /// What it was taken for.
    pub taken: Taken,
    /// Why, in a few words.
    pub why: String,
    /// Whether there is no doubt.
    pub sure: bool,
    /// The flag that settles it, quoted for a shell: `--as q7=nps`; for unsure findings.
    pub flag: Option<String>,
    /// The words of a column that may be a scale, in the order of the file: a definition has to order them. Columns of a
    /// grid have those of all of them.
    pub words: Vec<String>,
    /// Whether these words are those of a grid.
    pub in_grid: bool,
}

/// A survey that nobody wrote.
#[derive(Clone, Debug, PartialEq)]
pub struct Inferred {
    /// The survey.
    pub survey: Survey,
    /// What each column was taken for, in the order of the file.
    pub findings: Vec<Finding>,
    /// How the answers can be split by their date, in a sentence; `None` without a date.
    pub date_hint: Option<String>,
    /// What is wrong with the overrides.
    pub faults: Vec<Diagnostic>,
}

/// Infers a survey from the head of a file; `overrides` are what was typed after `--as`.
pub fn infer(profile: &Profile, overrides: &[As]) -> Inferred {
    let profile = with_numbered_names(profile);
    let mut columns: Vec<Column<'_>> = profile.columns.iter().map(Column::of).collect();
    for birth in births(&profile) {
        columns[birth].personal.get_or_insert(PersonalKind::BirthDate);
    }
    outcomes::keep(&mut columns);
    let mut faults = unknown_columns(&columns, overrides);
    let wanted = |column: &Column<'_>| overrides.iter().rev().find(|typed| typed.column == column.name);
    let mut guesses: Vec<Guess> = Vec::with_capacity(columns.len());
    let mut names = BTreeSet::new();
    for column in &columns {
        let twice = !names.insert(column.name);
        guesses.push(if column.name.is_empty() || twice {
            settle::skip(if column.name.is_empty() {
                "a column without a name"
            } else {
                "another column has the same name"
            })
        } else if let Some(typed) = wanted(column) {
            settle::typed(column, typed.taken, &mut faults)
        } else {
            column::guess(column)
        });
    }
    let open = |index: usize| wanted(&columns[index]).is_none();
    labelled::pool(&columns, &mut guesses);
    let features = settle::kano(&columns, &mut guesses, open);
    shares::yes_and_no(&columns, &mut guesses, open);
    settle::batteries(&columns, &mut guesses, open);
    holes::neighbours(&columns, &mut guesses, open);
    settle::neighbours(&columns, &mut guesses, open);
    rankings::rankings(&columns, &mut guesses, open);
    settle::one_date(&columns, &mut guesses, open);
    settle::one_id(&mut guesses);
    settle::one_customer(&mut guesses);
    promoters::check(&columns, &mut guesses, open);
    let pairs = settle::gaps(&columns, &mut guesses, open);
    footers::mark(&columns, &mut guesses);
    build(&columns, &guesses, &pairs, &features, faults)
}

/// The profile with numbers behind names that stand more than once; its many values are copied only where there are such.
fn with_numbered_names(profile: &Profile) -> Cow<'_, Profile> {
    let names: Vec<String> = profile.columns.iter().map(|column| column.name.clone()).collect();
    let numbered = numbered_names(&names);
    let mut profile = Cow::Borrowed(profile);
    if numbered != names {
        for (column, name) in profile.to_mut().columns.iter_mut().zip(numbered) {
            column.name = name;
        }
    }
    profile
}

/// Complaints about overrides of columns that are not there.
fn unknown_columns(columns: &[Column<'_>], overrides: &[As]) -> Vec<Diagnostic> {
    let unknown = overrides.iter().filter(|typed| !columns.iter().any(|column| column.name == typed.column));
    unknown
        .map(|typed| {
            let error = Diagnostic::error(
                "unknown_column",
                format!(
                    "`--as {}={}`: there is no column `{}`",
                    typed.column,
                    typed.taken.name(),
                    typed.column
                ),
            );
            match did_you_mean(&typed.column, columns.iter().map(|column| column.name)) {
                Some(near) => error.help(format!("did you mean `{near}`?")),
                None => error,
            }
        })
        .collect()
}

fn build(
    columns: &[Column<'_>],
    guesses: &[Guess],
    pairs: &[pairs::Pair],
    features: &[pairs::Pair],
    faults: Vec<Diagnostic>,
) -> Inferred {
    let mut answers: Vec<Option<Answers>> = guesses.iter().map(|guess| guess.answers.clone()).collect();
    scales::pool_words(columns, &mut answers);
    let mut scales = Scales::default();
    for (index, answers) in answers.iter().enumerate() {
        if let (Some(answers), Taken::Measure(measure)) = (answers, guesses[index].taken) {
            scales.add(index, &columns[index], measure, answers);
        }
    }
    let mut survey = Survey::default();
    let mut ids: Vec<String> = Vec::new();
    let mut findings = Vec::with_capacity(columns.len());
    for (index, (column, guess)) in columns.iter().zip(guesses).enumerate() {
        findings.push(finding(column, guess));
        let name = || column.name.to_owned();
        match guess.taken {
            Taken::Measure(Measure::Gap) => {
                // The scales of both columns are done by now: the later column makes the question.
                if let Some(pair) = pairs.iter().find(|pair| pair.expectation.max(pair.perception) == index) {
                    let id = unique(&gap_id(&pair.stem), &mut ids, columns);
                    let columns = Columns::Pair {
                        first: vec![columns[pair.expectation].name.to_owned()],
                        second: vec![columns[pair.perception].name.to_owned()],
                    };
                    survey.questions.push(question(id, Measure::Gap, columns, &scales, pair.perception));
                }
            }
            Taken::Measure(Measure::Kano) => {
                if let Some(pair) =
                    features.iter().find(|pair| pair.expectation.max(pair.perception) == index)
                {
                    let stem = if pair.stem.is_empty() { "feature" } else { &pair.stem };
                    let id = unique(stem, &mut ids, columns);
                    let columns = Columns::Pair {
                        first: vec![columns[pair.expectation].name.to_owned()],
                        second: vec![columns[pair.perception].name.to_owned()],
                    };
                    let asked = question(id, Measure::Kano, columns, &scales, index);
                    survey.questions.push(Question { scale: crate::survey::built_in_scale("kano"), ..asked });
                }
            }
            Taken::Measure(measure) => {
                let id = own_id(column.name, false, &mut ids, columns);
                let mut asked = question(id, measure, Columns::One(vec![name()]), &scales, index);
                if measure == Measure::Multi {
                    several_answers(column, &mut asked);
                }
                asked.disconfirmation = is_disconfirmation(column, measure, answers[index].as_ref());
                asked.text.clone_from(&column.text);
                survey.questions.push(asked);
            }
            Taken::Segment => {
                let id = own_id(column.name, true, &mut ids, columns);
                survey.segments.push(Segment {
                    id,
                    columns: vec![name()],
                    label: None,
                    labels: told::labels_by_code(column.facts),
                    label_translations: IndexMap::new(),
                    bands: Vec::new(),
                    age: false,
                    population: IndexMap::new(),
                });
            }
            Taken::Date => {
                survey.data.date = Some(DateColumn { column: name(), format: column.year_first.clone() });
            }
            Taken::Wave => survey.data.wave = Some(WaveRule::Column { column: name(), order: Vec::new() }),
            Taken::Weight => survey.data.weight = Some(name()),
            Taken::Id => survey.data.id = Some(name()),
            Taken::Customer => survey.data.customer = Some(name()),
            Taken::Skip => continue,
        }
        for (text, _) in column.values.reasons.iter().filter(|(_, reason)| *reason == Reason::Blank) {
            if !survey.data.missing.contains(text) {
                survey.data.missing.push(text.clone());
            }
        }
    }
    let tokens_of = |question: &Question| tokens(&question.id);
    if let Some(outcome) = survey
        .questions
        .iter_mut()
        .find(|question| question.measure == Measure::Csat && is_overall(&tokens_of(question)))
    {
        outcome.overall = true;
    }
    pair_importance(&mut survey.questions);
    grid_rows::label(&mut survey.questions, columns);
    survey.scales = scales.into_scales();
    // A scale grows while columns join it: the questions take it as it ended.
    for question in &mut survey.questions {
        if let Some(scale) = &mut question.scale
            && let Some(last) = survey.scales.get(&scale.name)
        {
            *scale = last.clone();
        }
    }
    let date_hint = survey.data.date.as_ref().map(|date| {
        format!(
            "`{}` holds dates: `--every quarter` (or month, week, year) shows the scores over time",
            date.column
        )
    });
    Inferred { survey, findings, date_hint, faults }
}

/// Whether the answers say how it was against what was expected, around a middle: worse, as, better than expected.
fn is_disconfirmation(column: &Column<'_>, measure: Measure, answers: Option<&Answers>) -> bool {
    let Some(Answers::Words(words)) = answers else { return false };
    // What is better or worse than before has the same words, but for those of expectation.
    let says_so = |(text, _): &(String, u64)| phrasebook().is_of_expectation(&tokens(text));
    matches!(measure, Measure::Csat | Measure::Rating)
        && words.topic == Some(ScaleTopic::Expectation)
        && !words.labels.len().is_multiple_of(2)
        && column.values.texts.iter().any(says_so)
}

fn finding(column: &Column<'_>, guess: &Guess) -> Finding {
    let word = guess.offer.unwrap_or(guess.taken).name();
    // A pair has no flag of its own: skipping the column undoes it.
    let word = if guess.taken == Taken::Measure(Measure::Gap) { Taken::Skip.name() } else { word };
    Finding {
        column: column.name.to_owned(),
        taken: guess.taken,
        why: guess.why.clone(),
        words: match guess.taken {
            Taken::Segment | Taken::Skip if guess.grid.is_empty() => column.words_to_order(),
            Taken::Skip => guess.grid.clone(),
            _ => Vec::new(),
        },
        in_grid: !guess.grid.is_empty(),
        sure: guess.sure,
        flag: (!guess.sure).then(|| format!("--as {}", quoted(&format!("{}={word}", column.name)))),
    }
}

/// Whether a header names an id: of a response, a customer, a ticket.
pub fn names_an_id(header: &str) -> bool {
    wording::topic(&tokens(header)) == vocabulary::Topic::Id
}

/// Whether a header is that of a comment.
pub fn names_a_comment(header: &str) -> bool {
    wording::topic(&tokens(header)) == vocabulary::Topic::Comment
}

/// As a shell takes it for one word.
pub fn quoted(text: &str) -> String {
    if text.chars().all(|character| character.is_alphanumeric() || "_-=.,:/@%+".contains(character)) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

/// What divides the answers of a cell, and the options where the separator is in some of them.
fn several_answers(column: &Column<'_>, asked: &mut Question) {
    let (separator, list) = if let Role::Multiple { separator, options } = &column.facts.role {
        if options.iter().any(|option| option.contains(separator.as_str())) {
            asked.options = lists::declared(options);
        }
        let list = if options.is_empty() { lists::divided_by(&column.values, separator) } else { None };
        (separator.clone(), list)
    } else {
        let list = lists::list(&column.values);
        let separator = list.as_ref().map(|list| list.separator.clone());
        let codes = if column.are_code_lists { "," } else { ";" };
        (separator.unwrap_or_else(|| codes.to_owned()), list)
    };
    asked.separator = Some(separator);
    asked.missing.clone_from(&column.facts.missing);
    if let Some(list) = list {
        asked.options = list.declared();
    }
}

fn question(id: String, measure: Measure, columns: Columns, scales: &Scales, index: usize) -> Question {
    let scored = matches!(
        measure,
        Measure::Csat | Measure::Nps | Measure::Ces | Measure::Rating | Measure::Gap | Measure::Importance
    );
    Question {
        id,
        measure,
        columns,
        translations: IndexMap::new(),
        option_translations: IndexMap::new(),
        own_words: None,
        text: None,
        label: None,
        scale: if scored {
            scales.of(index).cloned()
        } else {
            (measure == Measure::Checklist).then(|| crate::survey::built_in_scale("fulfilment")).flatten()
        },
        options: IndexMap::new(),
        separator: None,
        overall: false,
        headline: match measure {
            Measure::Csat | Measure::Rating | Measure::Ces => Some(Headline::TopBox),
            Measure::Nps => Some(Headline::Nps),
            Measure::Gap => Some(Headline::Gap),
            Measure::Importance | Measure::Number => Some(Headline::Mean),
            Measure::Checklist => Some(Headline::Fulfilled),
            _ => None,
        },
        target: None,
        block: None,
        dimension: None,
        better: None,
        driver: None,
        version: (measure == Measure::Ces).then_some(2),
        base: None,
        missing: Vec::new(),
        bridge: false,
        evaluation: crate::survey::KanoTable::Usual,
        importance_of: None,
        retest_of: None,
        qualities: crate::survey::Qualities::default(),
        disconfirmation: false,
        item: crate::survey::ChecklistItem::default(),
    }
}

/// The id of a question or segment: the name of its column, without what an id cannot have.
fn own_id(name: &str, segment: bool, ids: &mut Vec<String>, columns: &[Column<'_>]) -> String {
    let odd = |character: char| character.is_control() || (segment && matches!(character, ',' | '*'));
    if !name.contains(odd) && !ids.iter().any(|id| id == name) {
        ids.push(name.to_owned());
        return name.to_owned();
    }
    let plain = name.replace(odd, " ").split_whitespace().collect::<Vec<_>>().join(" ");
    unique(if plain.is_empty() { "column" } else { &plain }, ids, columns)
}

/// The id of a gap: what its columns share, or a made-up word where that is a number or nothing.
fn gap_id(stem: &str) -> String {
    match stem.chars().next() {
        None => "gap".to_owned(),
        Some(first) if first.is_numeric() => format!("gap_{stem}"),
        Some(_) => stem.to_owned(),
    }
}

/// The id itself, or the first with a number that neither an id nor a column has.
fn unique(wanted: &str, ids: &mut Vec<String>, columns: &[Column<'_>]) -> String {
    let is_free =
        |id: &String, ids: &[String]| !ids.contains(id) && !columns.iter().any(|column| column.name == *id);
    let mut id = wanted.to_owned();
    let mut number = 1;
    while !is_free(&id, ids) {
        number += 1;
        id = format!("{wanted}_{number}");
    }
    ids.push(id.clone());
    id
}
