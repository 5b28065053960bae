//! AAPOR response rates, each by its name and formula.

use super::super::context::Context;
use super::super::{Block, Table, cell};
use super::words;
use crate::report::QualitySection;
use crate::report::words::{NumberStyle, fill};

/// Nothing where dispositions are not known.
pub(super) fn blocks(context: &Context, section: &QualitySection) -> Vec<Block> {
    let texts = &context.phrases().quality;
    let response = &section.response;
    if response.reason.is_some() || response.rates.is_empty() {
        return Vec::new();
    }
    let cases = response.dispositions.iter().filter(|line| line.cases > 0).map(|line| {
        let name = words::disposition(context, &line.disposition);
        fill(texts.case, &[("count", &context.speech.count(line.cases)), ("name", &name)])
    });
    let cases: Vec<String> = cases.collect();
    let cases = cases.join(context.phrases().page.phrase_separator);
    let mut sentences = vec![fill(texts.rates_text, &[("list", &cases)])];
    if let Some(unmatched) = response.unmatched.filter(|unmatched| *unmatched > 0) {
        sentences.push(fill(texts.unmatched, &[("count", &context.speech.count(unmatched))]));
    }
    if let Some(e) = response.e {
        let text =
            if response.e_source.as_deref() == Some("given") { texts.e_given } else { texts.e_computed };
        sentences.push(fill(text, &[("e", &context.speech.plain(e, 4, false))]));
    }
    let rows = response.rates.iter().map(|rate| {
        vec![
            cell::text(rate.name.clone()),
            cell::number(context, rate.value.map(|value| 100.0 * value), NumberStyle::percent()),
            cell::text(rate.formula.clone()),
        ]
    });
    let table = Table {
        caption: texts.rates.to_owned(),
        columns: vec![
            cell::words(texts.rate),
            cell::numbers(context.phrases().columns.value),
            cell::words(texts.formula),
        ],
        rows: rows.collect(),
    };
    Block::titled(table, vec![sentences.join(" ")])
}
