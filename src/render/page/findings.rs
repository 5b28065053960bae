//! What we found: findings as sentences, the tested verdict first.

use super::context::Context;
use super::{Block, Claim, cell};
use crate::report::words::finding;
use crate::report::{Finding, Section};

pub(super) fn blocks(context: &Context) -> Vec<Block> {
    let found = context.report.sections.iter().filter_map(|section| match section {
        Section::Findings(findings) => Some(&findings.rows),
        _ => None,
    });
    let alpha = 1.0 - context.report.survey.confidence;
    let claims: Vec<Claim> = found.flatten().map(|row| claim(context, alpha, row)).collect();
    if claims.is_empty() {
        return vec![Block::Text(vec![context.phrases().findings.none.to_owned()])];
    }
    vec![Block::Findings(claims)]
}

fn claim(context: &Context, alpha: f64, row: &Finding) -> Claim {
    let text = finding(&context.speech, &context.names, alpha, row);
    Claim { verdict: text.verdict, detail: text.detail, tone: cell::tone(text.is_good) }
}
