//! What is said of a checklist: what was counted, what is met, and what its figures are.

use super::complaints::complaint_place;
use super::phrases::Phrases;
use super::speech::{NumberStyle, Speech, fill};
use crate::report::{ChecklistAssessors, ChecklistSection, ChecklistUnknown, Language};

/// What estimates of all items are of; those of a clause have it before theirs.
const ALL: &str = "checklist";

/// What was judged and how, what is met, what that means, how assessors agree, and rows that name no known item.
pub(crate) fn checklist_account(speech: &Speech, section: &ChecklistSection) -> Vec<String> {
    let texts = &speech.phrases().checklist;
    let overall = &section.overall;
    if let Some(flag) = overall.flag.filter(|_| overall.yes.is_none()) {
        return vec![speech.flag(flag, 0, 0)];
    }
    let count = |number: Option<u64>| speech.count(number.unwrap_or(0));
    let percent = |value: Option<f64>| value.map(|value| speech.styled(value, NumberStyle::percent()));
    let counted = if section.items_asked == 1 { texts.counted_one } else { texts.counted_many };
    let mut first = vec![fill(
        counted,
        &[
            ("items", &speech.count(section.items_asked)),
            ("yes", &count(overall.yes)),
            ("partly", &count(overall.partly)),
            ("no", &count(overall.no)),
            ("not_applicable", &count(overall.not_applicable)),
            ("unanswered", &count(overall.unanswered)),
        ],
    )];
    first.push(match percent(overall.fulfilled).zip(percent(overall.fulfilled_strictly)) {
        Some((met, strictly)) => fill(texts.met, &[("fulfilled", &met), ("strictly", &strictly)]),
        None => texts.met_none.to_owned(),
    });
    if section.items_judged_repeatedly > 0 {
        first.push(fill(texts.repeated, &[("count", &speech.count(section.items_judged_repeatedly))]));
    }
    let mut said = vec![first.join(" "), texts.convention.to_owned(), texts.assessment.to_owned()];
    said.extend(section.assessors.as_ref().map(|found| assessors(speech, found)));
    if section.unknown_answers > 0 {
        let places = section.unknown_places.iter().map(|place| complaint_place(speech, place));
        let places = places.collect::<Vec<_>>().join(speech.phrases().page.phrase_separator);
        let count = speech.count(section.unknown_answers);
        said.push(fill(texts.unknown_answers, &[("count", &count), ("places", &places)]));
    }
    said.extend(section.unknown_items.iter().flat_map(|found| unknown(speech, found)));
    said
}

fn assessors(speech: &Speech, found: &ChecklistAssessors) -> String {
    let texts = &speech.phrases().checklist;
    let mut said = vec![fill(texts.assessors, &[("count", &speech.count(found.assessors))])];
    match found.agreement {
        None => said.push(texts.not_compared.to_owned()),
        Some(agreement) => said.push(fill(
            texts.compared,
            &[
                ("judgements", &speech.count(found.judgements)),
                ("items", &speech.count(found.items)),
                ("agreement", &speech.share(agreement)),
            ],
        )),
    }
    said.extend(found.kappa.map(|kappa| fill(texts.kappa, &[("kappa", &speech.number(kappa, 2, false))])));
    said.join(" ")
}

fn unknown(speech: &Speech, found: &ChecklistUnknown) -> Vec<String> {
    let texts = &speech.phrases().checklist;
    let places: Vec<String> = found.places.iter().map(|place| complaint_place(speech, place)).collect();
    let places = places.join(speech.phrases().page.phrase_separator);
    let mut said = Vec::new();
    if found.unknown > 0 {
        let text = if places.is_empty() { texts.unknown } else { texts.unknown_at };
        said.push(fill(text, &[("count", &speech.count(found.unknown)), ("places", &places)]));
    }
    if found.blank > 0 {
        said.push(fill(texts.no_item, &[("count", &speech.count(found.blank))]));
    }
    said
}

/// What all items together are called, in English.
pub fn all_items() -> &'static str {
    Phrases::of(Language::English).checklist.all_items
}

/// The name of a figure of items; `None` for a figure of something else.
pub(crate) fn checklist_figure(speech: &Speech, statistic: &str) -> Option<&'static str> {
    let texts = &speech.phrases().checklist;
    Some(match statistic {
        "fulfilled" => texts.fulfilled,
        "fulfilled_strictly" => texts.strictly,
        "yes" => texts.yes,
        "partly" => texts.partly,
        "no" => texts.no,
        _ => return None,
    })
}

/// Why an item is listed among what is missing.
pub(crate) fn checklist_reason(speech: &Speech, reason: &str) -> String {
    let texts = &speech.phrases().checklist;
    match reason {
        "no" => texts.no.to_lowercase(),
        "partly" => texts.partly.to_lowercase(),
        "unanswered" => texts.unanswered.to_lowercase(),
        _ => texts.no_evidence.to_owned(),
    }
}

/// What all items, or those of a clause, are called in a table of figures; `None` for a question.
pub(crate) fn checklist_name(speech: &Speech, question: &str) -> Option<String> {
    let texts = &speech.phrases().checklist;
    match question.strip_prefix(ALL)? {
        "" => Some(texts.all_items.to_owned()),
        clause => clause.strip_prefix('.').map(|clause| fill(texts.of_clause, &[("clause", &clause)])),
    }
}

/// Who is responsible for an item; empty without a column of owners.
pub(crate) fn checklist_owners(speech: &Speech, owners: Option<&[String]>, more: u64) -> String {
    let texts = &speech.phrases().checklist;
    match owners {
        None => String::new(),
        Some([]) => texts.nobody.to_owned(),
        Some(names) if more == 0 => names.join(speech.phrases().page.list_separator),
        Some(names) => {
            let list = names.join(speech.phrases().page.list_separator);
            fill(texts.and_more, &[("list", &list), ("count", &speech.count(more))])
        }
    }
}
