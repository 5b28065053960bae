//! The headlines beside what they would be with the rows that the definition leaves out.
//!
//! Two figures with their bases give away what the rows between them answered: where fewer answers than may be shown lie
//! between, the figure with all rows is hidden.

use crate::measures::{Context, Intervals, figures, rounded};
use crate::report::{Estimate, ExclusionReason, ExclusionRow, ExclusionsSection, Flag};
use crate::tally::{Stratum, Unexcluded};

use super::exclusions::{DUPLICATE_ID, EXCLUDED, PARTIAL};
use super::sections::{Figures, Subject};

/// The headlines of all respondents of the wave shown; `None` where the definition leaves nothing out.
pub(super) fn section<'a>(
    subject: &Subject<'a>,
    total: &'a Stratum,
    shown: &Figures<'a>,
) -> Option<ExclusionsSection> {
    let reasons = reasons(subject);
    if reasons.is_empty() {
        return None;
    }
    let unexcluded = subject.counted.unexcluded.as_deref();
    let all = unexcluded.and_then(|unexcluded| Some((unexcluded, whole(subject, total, unexcluded)?)));
    let rows = subject.survey.questions.iter().enumerate().filter_map(|(index, question)| {
        let headline = shown.headline(&question.id, None)?;
        let of_all = all.and_then(|(unexcluded, stratum)| headline_of(subject, index, unexcluded, stratum));
        Some(row(subject, headline, of_all))
    });
    Some(ExclusionsSection {
        wave: subject.wave(),
        reasons,
        left_out: all.map(|(_, stratum)| stratum.rows.n.saturating_sub(total.rows.n)),
        rows: rows.collect(),
    })
}

/// How many rows are left out for each reason; conditions with words of their own for it by these, in written order,
/// and then the others.
fn reasons(subject: &Subject) -> Vec<ExclusionReason> {
    let mut reasons: Vec<ExclusionReason> = Vec::new();
    for reason in [PARTIAL, EXCLUDED, DUPLICATE_ID] {
        let mut rows = subject.counted.ledger.excluded.get(reason).map_or(0, |tallied| tallied.rows);
        let labels = if reason == EXCLUDED { subject.map.reasons.iter().collect() } else { Vec::new() };
        for (place, label) in labels {
            let labelled = subject.counted.left_out.get(*place).copied().unwrap_or(0);
            rows = rows.saturating_sub(labelled);
            let known = reasons.iter_mut().find(|known| known.label.as_ref() == Some(label));
            match known {
                Some(known) => known.rows += labelled,
                None => reasons.push(ExclusionReason {
                    reason: reason.to_owned(),
                    label: Some(label.clone()),
                    rows: labelled,
                }),
            }
        }
        reasons.push(ExclusionReason { reason: reason.to_owned(), label: None, rows });
    }
    reasons.retain(|reason| reason.rows > 0);
    reasons
}

/// The stratum of the same wave with all rows.
fn whole<'a>(subject: &Subject, total: &Stratum, unexcluded: &'a Unexcluded) -> Option<&'a Stratum> {
    let wave = match total.wave {
        None => None,
        Some(index) => {
            let label = &subject.counted.waves.get(index)?.label;
            Some(unexcluded.waves.iter().position(|wave| wave.label == *label)?)
        }
    };
    unexcluded.strata.iter().find(|stratum| stratum.segment.is_empty() && stratum.wave == wave)
}

/// The headline of the question at `index` with all rows.
fn headline_of(
    subject: &Subject,
    index: usize,
    unexcluded: &Unexcluded,
    stratum: &Stratum,
) -> Option<Estimate> {
    let question = subject.survey.questions.get(index)?;
    let tally = subject.map.tallies.get(index).copied().flatten()?;
    let categories = unexcluded.categories.get(tally).map_or(&[][..], Vec::as_slice);
    // Only the figure is wanted: no interval that takes time, no population that more answers could exceed.
    let intervals = Intervals::default();
    let context = Context {
        intervals: &intervals,
        population: None,
        design_rows: stratum.rows.n,
        ..(subject.context)(stratum)
    };
    let figures = figures(question, stratum.counts.get(tally)?, categories, &context).ok()?;
    figures.into_iter().find(|estimate| estimate.headline)
}

fn row(subject: &Subject, headline: &Estimate, of_all: Option<Estimate>) -> ExclusionRow {
    let limit = subject.scope.suppress_below.unwrap_or(subject.survey.suppress_below);
    let base_all = of_all.as_ref().and_then(|all| all.base);
    let between = base_all.zip(headline.base).map(|(all, base)| all.saturating_sub(base));
    let is_hidden = headline.base.is_none() || between.is_some_and(|answers| answers > 0 && answers < limit);
    let all = of_all.filter(|_| !is_hidden);
    let value_all = all.as_ref().and_then(|all| all.value);
    ExclusionRow {
        question: headline.question.clone(),
        statistic: headline.statistic.clone(),
        unit: headline.unit,
        value: headline.value,
        base: headline.base,
        value_all,
        base_all: all.as_ref().and_then(|all| all.base),
        difference: headline.value.zip(value_all).and_then(|(value, all)| rounded(value - all)),
        flag: if is_hidden { Some(Flag::Suppressed) } else { all.and_then(|all| all.flag) },
    }
}
