//! What is to be known about constructs: why a figure is missing, and what a reader should look at.

use super::{Speech, fill};
use crate::report::{
    Flag, IndexRefusal, IndexRow, PathModelSection, PathRefusal, ReliabilityRefusal, ReliabilitySection,
    RetestRow, Section,
};

/// How questions are called.
type Named<'a> = &'a dyn Fn(&str) -> String;

/// The sentences about the constructs of a report, in reading order.
pub(crate) fn construct_sentences(
    speech: &Speech,
    sections: &[Section],
    named: Named<'_>,
) -> ConstructSentences {
    let mut said = ConstructSentences::default();
    let mut no_interval = false;
    let mut ignores_population = false;
    for section in sections {
        match section {
            Section::Reliability(section) => {
                said.reliability.extend(reliability(speech, section, named));
                no_interval |= section.alpha.is_some_and(|alpha| alpha < 1.0)
                    && section.low.is_none()
                    && section.flag != Some(Flag::Census);
                ignores_population |= section.ignores_population;
            }
            Section::Retests(section) => {
                no_interval |= section.rows.iter().any(lacks_interval);
                ignores_population |= section.ignores_population;
            }
            Section::Indices(section) => {
                said.indices.extend(section.rows.iter().flat_map(|row| index(speech, row, named)));
            }
            Section::PathModel(section) => said.path_model.extend(path_model(speech, section, named)),
            _ => {}
        }
    }
    let incomplete: Vec<String> = sections
        .iter()
        .filter_map(|section| match section {
            Section::Reliability(section) => {
                let count = section.incomplete.filter(|incomplete| *incomplete > 0)?;
                Some(format!("{} {}", section.label, speech.count(count)))
            }
            _ => None,
        })
        .collect();
    if !incomplete.is_empty() {
        let list = incomplete.join(", ");
        said.reliability.push(fill(speech.phrases().constructs.incomplete, &[("list", &list)]));
    }
    if no_interval {
        said.reliability.push(speech.phrases().constructs.no_interval.to_owned());
    }
    if ignores_population {
        said.reliability.push(speech.phrases().constructs.ignores_population.to_owned());
    }
    said
}

/// The sentences by what they are about.
#[derive(Clone, Debug, Default)]
pub(crate) struct ConstructSentences {
    /// Reliability and retests.
    pub(crate) reliability: Vec<String>,
    /// Indices.
    pub(crate) indices: Vec<String>,
    /// The path model.
    pub(crate) path_model: Vec<String>,
}

fn lacks_interval(row: &RetestRow) -> bool {
    row.kappa.is_some_and(|kappa| kappa < 1.0) && row.kappa_low.is_none() && row.flag != Some(Flag::Census)
}

fn reliability(speech: &Speech, section: &ReliabilitySection, named: Named<'_>) -> Vec<String> {
    let texts = &speech.phrases().constructs;
    let construct = section.label.as_str();
    let mut said = Vec::new();
    let question =
        section.refused_question.as_deref().map(|id| speech.quoted(&named(id))).unwrap_or_default();
    said.extend(section.refused.map(|refusal| {
        let text = match refusal {
            ReliabilityRefusal::SingleQuestion => texts.single_question,
            ReliabilityRefusal::TooFewAnswers => texts.too_few_answers,
            ReliabilityRefusal::ConstantQuestion => texts.constant_question,
            ReliabilityRefusal::NoVariation => texts.no_variation,
        };
        fill(text, &[("construct", &construct), ("question", &question)])
    }));
    for row in section.rows.iter().filter(|row| row.runs_against) {
        let question = speech.quoted(&named(&row.question));
        said.push(fill(texts.runs_against, &[("construct", &construct), ("question", &question)]));
    }
    if !section.opposed_half.is_empty() {
        let list: Vec<String> = section.opposed_half.iter().map(|id| speech.quoted(&named(id))).collect();
        let values: &[(&str, &dyn std::fmt::Display)] =
            &[("construct", &construct), ("list", &speech.list(&list))];
        said.push(fill(texts.opposed_half, values));
    }
    if section.omega_improper {
        said.push(fill(texts.improper, &[("construct", &construct)]));
    }
    said
}

fn index(speech: &Speech, row: &IndexRow, named: Named<'_>) -> Vec<String> {
    let texts = &speech.phrases().constructs;
    let construct = row.label.as_str();
    let question = row.refused_question.as_deref().map(|id| speech.quoted(&named(id))).unwrap_or_default();
    let mut said: Vec<String> = Vec::new();
    said.extend(row.refused.map(|refusal| {
        let text = match refusal {
            IndexRefusal::NoAnswers => texts.no_answers,
            IndexRefusal::NoImportance => texts.no_importance,
            IndexRefusal::TooFewAnswers => texts.too_few_answers,
            IndexRefusal::ConstantQuestion => texts.constant_question,
            IndexRefusal::RunsAgainst => texts.runs_against,
        };
        fill(text, &[("construct", &construct), ("question", &question)])
    }));
    if let (Some(count), Some(respondents)) = (row.renormalised.filter(|count| *count > 0), row.respondents) {
        let (count, respondents) = (speech.count(count), speech.count(respondents));
        let values: &[(&str, &dyn std::fmt::Display)] =
            &[("construct", &construct), ("count", &count), ("respondents", &respondents)];
        said.push(fill(texts.renormalised, values));
    }
    said
}

fn path_model(speech: &Speech, section: &PathModelSection, named: Named<'_>) -> Vec<String> {
    let texts = &speech.phrases().constructs;
    let by = section.refused_by.as_deref().unwrap_or_default();
    let question = speech.quoted(&named(by));
    let construct = speech.quoted(by);
    let mut said: Vec<String> = Vec::new();
    said.extend(section.refused.map(|refusal| match refusal {
        PathRefusal::TooFewAnswers => fill(texts.too_few_answers, &[("construct", &texts.model)]),
        PathRefusal::ConstantQuestion => {
            fill(texts.constant_question, &[("construct", &texts.model), ("question", &question)])
        }
        PathRefusal::Collinear => fill(texts.collinear, &[("construct", &construct)]),
        PathRefusal::NotConverged => texts.not_converged.to_owned(),
    }));
    if section.resamples > 0 {
        said.push(fill(texts.fitted, &[("count", &speech.count(u64::from(section.resamples)))]));
    }
    for construct in &section.constructs {
        let against = section.items.iter().filter(|item| item.runs_against);
        let own = against.filter(|item| item.construct == construct.construct);
        let list: Vec<String> = own.map(|item| speech.quoted(&named(&item.question))).collect();
        if !list.is_empty() {
            let values: &[(&str, &dyn std::fmt::Display)] =
                &[("construct", &construct.label), ("list", &speech.list(&list))];
            said.push(fill(texts.mixed_signs, values));
        }
    }
    if let Some(incomplete) = section.incomplete.filter(|incomplete| *incomplete > 0) {
        said.push(fill(texts.incomplete_model, &[("count", &speech.count(incomplete))]));
    }
    said
}

/// How an index weighs its questions.
pub(crate) fn index_kind(speech: &Speech, kind: &str) -> &'static str {
    let texts = &speech.phrases().constructs;
    match kind {
        "importance_weighted" => texts.by_importance,
        "first_component" => texts.by_component,
        _ => texts.by_mean,
    }
}
