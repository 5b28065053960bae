//! Answers of a survey beside complaints: who had a problem, who complained, and how many problems there were behind the
//! complaints.

use crate::measures::{ComplainingShare, IcebergFault, problems_behind, rounded};
use crate::report::{
    ComplaintIceberg, ComplaintSurvey, ComplaintsSection, Estimate, Flag, RecordShare, Report, Unit,
};
use crate::stats::Confidence;
use crate::survey::{COMPLAINT_STATISTICS, ComplaintsDefinition};

use super::estimates;
use super::recovery;

/// Reports of the answers, each of the rows of a condition.
#[derive(Clone, Copy, Debug)]
pub struct Surveyed<'a> {
    /// All rows.
    pub whole: &'a Report,
    /// Those who had a problem.
    pub problem: &'a Report,
    /// Those of whom it is asked whether it was put right.
    pub tried: &'a Report,
    /// The question and the statistic of each share, as [`AskedGroups::shares`](super::AskedGroups) has them.
    pub shares: &'a [Option<(String, String)>; 3],
    /// Whether it was asked who complained.
    pub asks_complained: bool,
    /// The groups with their names, conditions and rows.
    pub groups: &'a [(&'static str, String, Report)],
    /// Whether rows were drawn by strata or clusters, so that how groups move together is not known.
    pub drawn: bool,
}

/// The names of the shares.
const SHARES: [&str; 3] = ["had_problem", "complained", "recovered"];

/// Adds what the survey says to the section, and its figures to the estimates.
pub fn add_survey(
    section: &mut ComplaintsSection,
    estimates: &mut Vec<Estimate>,
    definition: &ComplaintsDefinition,
    surveyed: &Surveyed<'_>,
    confidence: Confidence,
) {
    let whole = surveyed.whole;
    let is_hidden = is_hidden(surveyed);
    let shares: Vec<RecordShare> = SHARES
        .iter()
        .enumerate()
        .filter_map(|(place, name)| share(surveyed, place, name, is_hidden))
        .collect();
    let iceberg = surveyed
        .asks_complained
        .then(|| iceberg(section, surveyed, share_estimate(surveyed, 1), is_hidden, confidence));
    let found = ComplaintSurvey {
        inputs: whole.provenance.inputs.iter().map(|input| input.name.clone()).collect(),
        wave: whole.waves.wave.clone(),
        rows_read: whole.ledger.rows_read,
        rows: whole.ledger.rows_used,
        left_out: whole.ledger.excluded.clone(),
        recovery: recovery::recovery(surveyed, is_hidden, confidence),
        shares,
        iceberg,
    };
    let new = own_estimates(surveyed, &found, definition, is_hidden, confidence);
    let total = estimates.iter().take_while(|one| one.segment.is_empty() && one.wave.is_none()).count();
    estimates.splice(total..total, new);
    section.survey = Some(found);
}

/// The figure of all rows of a report's own wave.
pub(super) fn figure<'a>(report: &'a Report, question: &str, statistic: &str) -> Option<&'a Estimate> {
    report.estimates.iter().find(|estimate| {
        estimate.question == question
            && estimate.statistic == statistic
            && estimate.segment.is_empty()
            && estimate.wave == report.waves.wave
    })
}

/// Whether a group is so small that all figures of problems are hidden: the others and the whole would tell it.
fn is_hidden(surveyed: &Surveyed<'_>) -> bool {
    let below = surveyed.whole.survey.suppress_below;
    let rows = surveyed.groups.iter().map(|(.., report)| report.ledger.rows_used);
    rows.chain([surveyed.problem.ledger.rows_used]).any(|rows| rows > 0 && rows < below)
}

fn share_estimate<'a>(surveyed: &Surveyed<'a>, place: usize) -> Option<&'a Estimate> {
    let (question, statistic) = surveyed.shares.get(place)?.as_ref()?;
    let report = [surveyed.whole, surveyed.problem, surveyed.tried].get(place).copied()?;
    figure(report, question, statistic)
}

fn share(surveyed: &Surveyed<'_>, place: usize, name: &str, is_hidden: bool) -> Option<RecordShare> {
    let estimate = share_estimate(surveyed, place)?;
    let row = RecordShare { statistic: name.to_owned(), ..RecordShare::default() };
    if is_hidden {
        return Some(RecordShare { reason: Some("suppressed".to_owned()), ..row });
    }
    Some(RecordShare {
        base: estimate.base,
        share: estimate.value,
        low: estimate.low,
        high: estimate.high,
        method: estimate.method.clone(),
        reason: estimate.value.is_none().then(|| "no_answers".to_owned()),
        ..row
    })
}

/// The problems behind the complaints of the survey's wave; of all in the file where the survey has no waves.
fn iceberg(
    section: &ComplaintsSection,
    surveyed: &Surveyed<'_>,
    complained: Option<&Estimate>,
    is_hidden: bool,
    confidence: Confidence,
) -> ComplaintIceberg {
    let mut found = ComplaintIceberg { period: surveyed.whole.waves.wave.clone(), ..Default::default() };
    let period = found.period.as_ref().map(|wave| section.periods.iter().find(|of| of.period == *wave));
    found.complaints = match period {
        None => Some(section.counted.complaints),
        Some(period) => period.map(|period| period.volume.received),
    };
    let mut refuse = |reason: &str| found.reason = Some(reason.to_owned());
    if is_hidden {
        refuse("suppressed");
        return found;
    }
    if let Some(share) = complained {
        (found.share, found.share_low, found.share_high) = (share.value, share.low, share.high);
        found.base = share.base;
    }
    let percent = |figure: Option<f64>| figure.map(|figure| figure / 100.0);
    let known = complained.and_then(|share| {
        Some(ComplainingShare {
            value: percent(share.value)?,
            se: percent(share.se),
            low: percent(share.low),
            base: share.base_effective?.min(share.base? as f64),
        })
    });
    let mut refuse = |reason: &str| found.reason = Some(reason.to_owned());
    match (period, found.complaints, known) {
        (Some(None), ..) | (_, None, _) => refuse("no_such_period"),
        (Some(Some(period)), ..) if !period.complete => refuse("not_over"),
        (.., None) => refuse("no_answers"),
        (_, Some(complaints), Some(share)) => match problems_behind(complaints, share, confidence) {
            Ok((problems, limits)) => {
                found.problems = rounded(problems);
                found.low = rounded(limits.low);
                found.high = rounded(limits.high);
                found.method = Some("log-delta".to_owned());
            }
            Err(IcebergFault::NoComplaints) => refuse("no_complaints"),
            Err(IcebergFault::TooFewAnswers) => refuse("too_few_answers"),
            Err(IcebergFault::ShareMayBeZero) => refuse("share_may_be_zero"),
            Err(IcebergFault::NoError) => refuse("no_error"),
        },
    }
    found
}

/// The figures as estimates: who complained, who had it put right, how many problems there were.
fn own_estimates(
    surveyed: &Surveyed<'_>,
    found: &ComplaintSurvey,
    definition: &ComplaintsDefinition,
    is_hidden: bool,
    confidence: Confidence,
) -> Vec<Estimate> {
    let mut own = Vec::new();
    for (place, name) in SHARES.iter().enumerate().skip(1) {
        if let Some(share) = share_estimate(surveyed, place) {
            let mut estimate = estimates::blank(name, share.base, confidence);
            if is_hidden {
                (estimate.base, estimate.flag) = (None, Some(Flag::Suppressed));
            } else {
                estimate = Estimate {
                    question: estimate.question,
                    measure: estimate.measure,
                    statistic: estimate.statistic,
                    headline: false,
                    better: estimate.better,
                    unit: Unit::Percent,
                    wave: None,
                    target: None,
                    target_verdict: None,
                    ..share.clone()
                };
                estimates::judge(&mut estimate, definition);
            }
            own.push(estimate);
        }
    }
    if let Some(iceberg) = &found.iceberg {
        let mut estimate = estimates::blank("problems_estimated", iceberg.complaints, confidence);
        (estimate.value, estimate.low, estimate.high) = (iceberg.problems, iceberg.low, iceberg.high);
        estimate.method.clone_from(&iceberg.method);
        estimate.flag = match iceberg.reason.as_deref() {
            None => None,
            Some("suppressed") => Some(Flag::Suppressed),
            Some(_) => Some(Flag::NoAnswers),
        };
        own.push(estimate);
    }
    own.retain(|estimate| COMPLAINT_STATISTICS.iter().any(|known| known.id == estimate.statistic));
    own
}
