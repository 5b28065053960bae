//! Around the parts: title, document control, footer.

use super::context::Context;
use super::{Block, Page, PageWords, Part, anchor, complaints, indicators, promises, scores};
use crate::report::Waves;
use crate::report::words::{self, fill};

pub(super) fn page(context: &Context, mut parts: Vec<Part>) -> Page {
    make_unique(&mut parts);
    let report = context.report;
    let texts = &context.phrases().page;
    let document = &context.document;
    let mut subtitle = vec![texts.kind.to_owned()];
    if let Some(chosen) = &document.each {
        subtitle.extend(chosen.segment.iter().map(|(segment, value)| {
            fill(texts.about, &[("segment", &context.names.segment(segment)), ("value", value)])
        }));
    }
    subtitle.extend(waves(context, &report.waves));
    subtitle.push(base(context));
    subtitle.push(fill(texts.level, &[("confidence", &context.confidence())]));
    subtitle.push(fill(texts.as_of, &[("date", &report.as_of)]));
    Page {
        language: context.speech.language().code(),
        title: report.title.clone(),
        as_of: report.as_of.clone(),
        subtitle,
        logo: document
            .logo
            .clone()
            .map(|logo| (logo, document.logo_text.clone().unwrap_or_else(|| texts.logo.to_owned()))),
        accent: document.accent.clone(),
        facts: facts(context),
        parts,
        scores: scores::table(context),
        footer: vec![
            fill(texts.made_by, &[("version", &report.provenance.csat)]),
            fill(texts.as_of, &[("date", &report.as_of)]),
        ],
        words: PageWords {
            contents: texts.contents,
            show_table: texts.show_table,
            page: texts.number,
            skip: texts.skip,
            tests: context.phrases().banner.tests,
            figures: context.phrases().parts.tables,
            back: context.phrases().banner.back,
            folded: texts.folded,
        },
    }
}

/// How many the page is about: complaints or records where it is about nothing else, pairs or answers.
fn base(context: &Context) -> String {
    let texts = &context.phrases().page;
    let of_complaints = &context.phrases().complaints;
    let only = complaints::section(context).filter(|_| context.report.survey.questions.is_empty());
    if let Some(section) = only {
        let count = section.counted.complaints;
        return context.speech.counted(count, of_complaints.complaints_one, of_complaints.complaints_many);
    }
    let only = indicators::section(context).filter(|_| context.report.survey.questions.is_empty());
    if let Some(section) = only {
        let of_records = &context.phrases().indicators;
        return context.speech.counted(section.used, of_records.records_one, of_records.records_many);
    }
    let only = promises::section(context).filter(|_| context.report.survey.questions.is_empty());
    if let Some(section) = only {
        let texts = &context.phrases().promises;
        return context.speech.counted(section.counted.events, texts.events_one, texts.events_many);
    }
    words::pairs(&context.speech, context.report).unwrap_or_else(|| {
        context.speech.counted(context.report.ledger.rows_used, texts.answers_one, texts.answers_many)
    })
}

/// Which waves the report speaks of: `2025-Q2, 1 of 6 waves`.
pub(super) fn waves(context: &Context, waves: &Waves) -> Option<String> {
    let texts = &context.phrases().page;
    let count = context.speech.count(u64::try_from(waves.found.len()).unwrap_or(u64::MAX));
    let one = |wave: &String| match waves.found.len() {
        0 | 1 => fill(texts.wave_only, &[("wave", wave)]),
        _ => fill(texts.wave_of, &[("wave", wave), ("count", &count)]),
    };
    match (&waves.wave, waves.found.as_slice()) {
        (Some(wave), _) if waves.running.as_ref() == Some(wave) => {
            Some(fill(texts.wave_running, &[("wave", &one(wave))]))
        }
        (Some(wave), _) => Some(one(wave)),
        (None, []) => None,
        (None, [only]) => Some(one(only)),
        (None, _) => Some(fill(texts.waves_all, &[("count", &count)])),
    }
}

/// Document control: what the definition says of the report as a document; it is internal, so customers read only who
/// prepared the report.
fn facts(context: &Context) -> Vec<(String, String)> {
    let texts = &context.phrases().page;
    let document = &context.document;
    if context.for_customers() {
        let prepared_by = document.prepared_by.iter();
        return prepared_by.map(|name| (texts.prepared_by.to_owned(), name.clone())).collect();
    }
    [
        (texts.prepared_by, &document.prepared_by),
        (texts.approved_by, &document.approved_by),
        (texts.document_no, &document.document_no),
        (texts.revision, &document.revision),
        (texts.distribution, &document.distribution),
        (texts.retention, &document.retention),
    ]
    .into_iter()
    .filter_map(|(label, text)| Some((label.to_owned(), text.clone()?)))
    .collect()
}

/// Names may differ only in letters that an anchor does not have.
fn make_unique(parts: &mut [Part]) {
    let mut taken: Vec<String> = parts.iter().map(|part| part.id.to_owned()).collect();
    for block in parts.iter_mut().flat_map(|part| &mut part.blocks) {
        let Block::Figure(figure) = block else { continue };
        let name = figure.id.clone();
        let mut number = 2_usize;
        while taken.contains(&figure.id) {
            figure.id = anchor(&[&name, &number.to_string()]);
            number += 1;
        }
        taken.push(figure.id.clone());
    }
}
