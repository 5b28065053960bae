//! AAPOR response rates, each by its name, from a column of dispositions or from their counts.

use std::collections::BTreeMap;

use crate::measures::rounded;
use crate::report::{QualityDisposition, QualityRate, QualityResponse};
use crate::stats::Dispositions;
use crate::survey::{Disposition, Survey};

use super::Subject;
use super::cases::CaseDispositions;

/// The rates; `subject` has the rows where there are any, with all cases of the wave shown.
pub(super) fn response(survey: &Survey, subject: Option<(&Subject<'_>, &[usize])>) -> QualityResponse {
    let definition = &survey.quality;
    let without = |reason: &str| QualityResponse { reason: Some(reason.to_owned()), ..Default::default() };
    if !definition.disposition_counts.is_empty() {
        let cases = definition.disposition_counts.iter().map(|(disposition, cases)| (*disposition, *cases));
        return rates(&cases.collect(), "counts", None, definition.eligible_share);
    }
    if definition.disposition.is_none() {
        return without("no_dispositions");
    }
    let Some((subject, cases_shown)) = subject else { return without("too_many_rows") };
    let Some(column) = subject.ask.disposition else { return without("no_dispositions") };
    let of_row = CaseDispositions::new(definition, subject, column);
    let mut cases: BTreeMap<Disposition, u64> = BTreeMap::new();
    let (mut unmatched, mut unknown_words) = (0, 0_u64);
    for &row in cases_shown {
        let name = subject.rows.answer(column, row);
        let class = of_row.of(row);
        unmatched += u64::from(class.is_none());
        unknown_words += u64::from(class.is_none() && name.is_some());
        *cases.entry(class.unwrap_or(Disposition::Unknown)).or_default() += 1;
    }
    if cases.is_empty() {
        return without("no_rows");
    }
    // Of words that nobody knows no rate can be told, and none of them is 0 %.
    if unknown_words.saturating_mul(2) > cases.values().sum() {
        return QualityResponse {
            source: Some("column".to_owned()),
            unmatched: Some(unmatched),
            ..without("unknown_dispositions")
        };
    }
    rates(&cases, "column", Some(unmatched), definition.eligible_share)
}

fn rates(
    cases: &BTreeMap<Disposition, u64>,
    source: &str,
    unmatched: Option<u64>,
    given: Option<f64>,
) -> QualityResponse {
    let of = |disposition| cases.get(&disposition).copied().unwrap_or(0);
    let dispositions = Dispositions {
        complete: of(Disposition::Complete),
        partial: of(Disposition::Partial),
        refusal: of(Disposition::Refusal),
        non_contact: of(Disposition::NonContact),
        other: of(Disposition::Other),
        unknown: of(Disposition::Unknown),
        not_eligible: of(Disposition::NotEligible),
    };
    let e = given.or_else(|| dispositions.eligible_share());
    let named = dispositions.rates(e).into_iter().map(|rate| QualityRate {
        name: rate.name.to_owned(),
        formula: rate.formula.to_owned(),
        value: rate.value.and_then(rounded),
    });
    let all = Disposition::ALL.into_iter();
    QualityResponse {
        source: Some(source.to_owned()),
        reason: None,
        dispositions: all
            .map(|(disposition, name)| QualityDisposition {
                disposition: name.to_owned(),
                cases: of(disposition),
            })
            .collect(),
        unmatched,
        e: e.and_then(rounded),
        e_source: e.map(|_| if given.is_some() { "given" } else { "computed" }.to_owned()),
        rates: named.collect(),
    }
}
