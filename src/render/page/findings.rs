//! What we found: findings as sentences, the tested verdict first.

use super::context::Context;
use super::{Block, Claim, cell};
use crate::report::words::{NumberStyle, fill, finding};
use crate::report::{Finding, Section};

pub(super) fn blocks(context: &Context) -> Vec<Block> {
    let found = context.report.sections.iter().filter_map(|section| match section {
        Section::Findings(findings) => Some(&findings.rows),
        _ => None,
    });
    let alpha = 1.0 - context.report.survey.confidence;
    let claims: Vec<Claim> = if context.for_customers() {
        found.flatten().filter_map(|row| plain_claim(context, alpha, row)).collect()
    } else {
        found.flatten().map(|row| claim(context, alpha, row)).collect()
    };
    if claims.is_empty() {
        return vec![Block::Text(vec![context.phrases().findings.none.to_owned()])];
    }
    vec![Block::Findings(claims)]
}

fn claim(context: &Context, alpha: f64, row: &Finding) -> Claim {
    let text = finding(&context.speech, &context.names, alpha, row);
    Claim { verdict: text.verdict, detail: text.detail, tone: cell::tone(text.is_good) }
}

/// A finding without tests and p-values; what is told of groups, patterns and priorities is for those who work with
/// it.
fn plain_claim(context: &Context, alpha: f64, row: &Finding) -> Option<Claim> {
    let whole = claim(context, alpha, row);
    let detail = match row {
        Finding::Target { .. } => whole.detail,
        Finding::Change { unit, statistic, wave, value, change, low, high, .. } => {
            let limits = low.zip(*high);
            let style = NumberStyle::figure(*unit, statistic, limits);
            fill(
                context.phrases().findings.change_plain_detail,
                &[
                    ("value", &context.speech.styled(*value, style)),
                    ("wave", wave),
                    ("change", &context.speech.difference(*unit, *change, limits)),
                ],
            )
        }
        Finding::Gaps { below, .. } if !below.is_empty() => {
            let names = below.iter().map(|gap| context.speech.quoted(context.names.question(&gap.name)));
            let list = context.speech.list(&names.collect::<Vec<String>>());
            fill(context.phrases().findings.gaps_below, &[("list", &list)])
        }
        Finding::NothingChanged { .. } | Finding::Gaps { .. } => String::new(),
        _ => return None,
    };
    Some(Claim { detail, ..whole })
}
