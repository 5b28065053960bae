//! The list of what to improve in words: what its figure is, where importance comes from, how sure it is.

use super::drivers::doubt;
use super::names::Names;
use super::speech::{NumberStyle, Speech, fill};
use crate::report::{DriversCaution, PrioritiesSection, PriorityRow, Report, Section, Unranked};

/// Places at the head of a list of many.
const HEAD_OF_MANY: u64 = 3;

/// What the list is and what it cannot say.
pub(crate) fn priorities_sentences(
    speech: &Speech,
    names: &Names,
    report: &Report,
    section: &PrioritiesSection,
) -> Vec<String> {
    let texts = &speech.phrases().priorities;
    let mut said = Vec::new();
    let one = NumberStyle::plain(1);
    match section.weighted_index.zip(section.missing) {
        Some((index, missing)) => {
            let (index, missing) = (speech.styled(index, one), speech.styled(missing, one));
            said.push(fill(texts.list_index, &[("index", &index), ("missing", &missing)]));
            said.push(texts.list_parts.to_owned());
        }
        None => said.push(texts.nothing_ranked.to_owned()),
    }
    let outcome = section.outcome.as_deref().map(|outcome| speech.quoted(names.question(outcome)));
    match &outcome {
        Some(outcome) => said.push(fill(texts.list_derived, &[("outcome", outcome)])),
        None => said.push(texts.list_stated.to_owned()),
    }
    let drivers = report.sections.iter().find_map(|section| match section {
        Section::Drivers(drivers) => Some(drivers),
        _ => None,
    });
    if let Some(drivers) = drivers {
        said.extend(section.cautions.iter().map(|caution| doubt(speech, names, drivers, *caution)));
    }
    if section.weighted_index.is_some() {
        said.extend(sureness(speech, report, section));
    }
    for (why, text) in [(Unranked::OppositeSign, texts.opposite), (Unranked::NoFigure, texts.no_figure)] {
        let list: Vec<String> = section
            .rows
            .iter()
            .filter(|row| row.unranked == Some(why))
            .map(|row| speech.quoted(names.question(&row.question)))
            .collect();
        let list = speech.list(&list);
        match (why, &outcome) {
            _ if list.is_empty() => {}
            (Unranked::OppositeSign, Some(outcome)) => {
                said.push(fill(text, &[("outcome", outcome), ("list", &list)]));
            }
            (Unranked::OppositeSign, None) => {}
            _ => said.push(fill(text, &[("list", &list)])),
        }
    }
    said
}

/// What ranks and limits rest on, and when one is settled.
fn sureness(speech: &Speech, report: &Report, section: &PrioritiesSection) -> Vec<String> {
    let texts = &speech.phrases().priorities;
    if section.census {
        return vec![speech.phrases().drivers.census.to_owned()];
    }
    let by_answers = section.resampled.as_deref() == Some("answers");
    let hardly = section.cautions.contains(&DriversCaution::HardlyExplains);
    if hardly || section.resampled.is_some() && (by_answers || section.ignores_design) {
        let mut said = Vec::new();
        if section.ignores_design {
            said.push(speech.phrases().drivers.ignores_design.to_owned());
        }
        if by_answers {
            said.push(texts.list_answers.to_owned());
        }
        said.push(texts.nothing_settled.to_owned());
        return said;
    }
    if section.rows.iter().all(|row| row.rank_low.is_none()) {
        return vec![texts.list_not_drawn.to_owned()];
    }
    let confidence = speech.confidence(report.survey.confidence);
    let settled = match section.leading {
        Some(HEAD_OF_MANY) => fill(texts.list_settled, &[("leading", &speech.count(HEAD_OF_MANY))]),
        _ => texts.list_settled_one.to_owned(),
    };
    vec![fill(texts.list_respondents, &[("confidence", &confidence)]), settled]
}

/// The ranks that resamples allow: `2`, `1–3`.
pub(crate) fn priority_ranks(row: &PriorityRow) -> Option<String> {
    let (low, high) = row.rank_low.zip(row.rank_high)?;
    Some(if low == high { low.to_string() } else { format!("{low}–{high}") })
}

/// Whether an attribute surely is at the head of the list, surely is not, or that is open; `None` where nothing was drawn.
pub(crate) fn priority_verdict(
    speech: &Speech,
    section: &PrioritiesSection,
    row: &PriorityRow,
) -> Option<String> {
    let texts = &speech.phrases().priorities;
    let leading = section.leading?;
    let text = match (row.settled?, row.rank_high? <= leading, leading) {
        (false, _, _) => texts.not_settled,
        (true, true, HEAD_OF_MANY) => texts.surely_leading,
        (true, false, HEAD_OF_MANY) => texts.surely_behind,
        (true, true, _) => texts.surely_first,
        (true, false, _) => texts.surely_not_first,
    };
    Some(fill(text, &[("leading", &speech.count(leading))]))
}

/// How sure the place of an attribute is.
pub(crate) fn priority_sureness(speech: &Speech, section: &PrioritiesSection, row: &PriorityRow) -> String {
    let texts = &speech.phrases().priorities;
    let told = || {
        let (ranks, share) = (priority_ranks(row)?, speech.share(row.leading_share?));
        let verdict = priority_verdict(speech, section, row)?;
        Some(match section.leading? {
            HEAD_OF_MANY => {
                let leading = speech.count(HEAD_OF_MANY);
                let values: [(&str, &dyn std::fmt::Display); 4] =
                    [("ranks", &ranks), ("leading", &leading), ("share", &share), ("verdict", &verdict)];
                fill(texts.ranks_among, &values)
            }
            _ => fill(texts.ranks_first, &[("ranks", &ranks), ("share", &share), ("verdict", &verdict)]),
        })
    };
    told().unwrap_or_default()
}
