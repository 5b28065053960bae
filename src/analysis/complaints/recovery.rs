//! Satisfaction by what became of a problem: none, put right, not put right, not told.

use crate::analysis::compare::{Comparand, CompareOptions, SidesSampled, comparison_within};
use crate::measures::rounded;
use crate::report::{
    ChangeVerdict, ComparisonRow, ComplaintRecovery, Flag, QuestionSummary, RecoveryDifference,
    RecoveryFigure, RecoveryGroup, Report,
};
use crate::stats::{self, Confidence};

use super::survey::{Surveyed, figure};

/// Which groups are set against which: the first less the second.
const PAIRS: [(&str, &str); 8] = [
    ("recovered", "no_problem"),
    ("not_recovered", "no_problem"),
    ("complained", "no_problem"),
    ("problem", "no_problem"),
    ("did_not_complain", "no_problem"),
    ("recovered", "not_recovered"),
    ("recovered", "did_not_complain"),
    ("complained", "did_not_complain"),
];

/// The groups and their differences; `None` where no question asks for satisfaction or recommending.
pub(super) fn recovery(
    surveyed: &Surveyed<'_>,
    is_hidden: bool,
    confidence: Confidence,
) -> Option<ComplaintRecovery> {
    let wanted = wanted(&surveyed.whole.survey.questions);
    if wanted.is_empty() {
        return None;
    }
    let groups = surveyed.groups.iter().map(|(name, condition, report)| RecoveryGroup {
        group: (*name).to_owned(),
        condition: condition.clone(),
        rows: Some(report.ledger.rows_used).filter(|_| !is_hidden),
        figures: wanted.iter().filter_map(|figure| of_group(report, figure, is_hidden)).collect(),
    });
    let groups: Vec<RecoveryGroup> = groups.collect();
    let mut differences = if is_hidden { Vec::new() } else { differences(surveyed, &wanted, confidence) };
    let alpha = 2.0 * confidence.tail();
    adjust(&mut differences, alpha);
    let headline = wanted.first();
    let paradox = differences
        .iter()
        .find(|one| {
            one.group == "recovered"
                && one.less == "no_problem"
                && headline.is_some_and(|(question, statistic)| {
                    one.question == *question && one.statistic == *statistic
                })
        })
        .and_then(|one| one.p_adjusted.map(|_| one.verdict == Some(ChangeVerdict::Up)));
    let placed: u64 = surveyed.groups.iter().map(|(.., report)| report.ledger.rows_used).sum();
    Some(ComplaintRecovery {
        groups,
        differences,
        in_no_group: Some(surveyed.whole.ledger.rows_used.saturating_sub(placed)).filter(|_| !is_hidden),
        paradox,
        adjustment: "holm".to_owned(),
    })
}

/// The figures: the headline of overall satisfaction and its mean, and the net promoter score.
fn wanted(questions: &[QuestionSummary]) -> Vec<(String, String)> {
    let rated: Vec<&QuestionSummary> =
        questions.iter().filter(|question| question.measure == "csat").collect();
    let alone = if let [only] = rated.as_slice() { Some(*only) } else { None };
    let overall = questions.iter().find(|question| question.overall).or(alone);
    let mut wanted = Vec::new();
    if let Some(question) = overall
        && let Some(headline) = &question.headline
    {
        wanted.push((question.id.clone(), headline.clone()));
        if headline != "mean" && question.scale.is_some() && question.measure != "nps" {
            wanted.push((question.id.clone(), "mean".to_owned()));
        }
    }
    let nps = questions.iter().find(|question| question.measure == "nps");
    if let Some(question) = nps.filter(|question| wanted.iter().all(|(known, _)| *known != question.id)) {
        wanted.push((question.id.clone(), "nps".to_owned()));
    }
    wanted
}

fn name(report: &Report, id: &str) -> String {
    let question = report.survey.questions.iter().find(|question| question.id == id);
    question.map_or(id, QuestionSummary::name).to_owned()
}

fn of_group(
    report: &Report,
    (question, statistic): &(String, String),
    is_hidden: bool,
) -> Option<RecoveryFigure> {
    let found = figure(report, question, statistic)?;
    let shown = |figure: Option<f64>| figure.filter(|_| !is_hidden);
    Some(RecoveryFigure {
        name: name(report, question),
        question: question.clone(),
        statistic: statistic.clone(),
        unit: found.unit,
        value: shown(found.value),
        low: shown(found.low),
        high: shown(found.high),
        base: found.base.filter(|_| !is_hidden),
        method: found.method.clone().filter(|_| !is_hidden),
        flag: if is_hidden { Some(Flag::Suppressed) } else { found.flag },
    })
}

fn differences(
    surveyed: &Surveyed<'_>,
    wanted: &[(String, String)],
    confidence: Confidence,
) -> Vec<RecoveryDifference> {
    let sample = if surveyed.drawn { SidesSampled::Unknown } else { SidesSampled::Apart };
    let options = CompareOptions { all_statistics: true, ..CompareOptions::new(confidence) };
    let side = |name: &str| {
        let (.., report) = surveyed.groups.iter().find(|(group, ..)| *group == name)?;
        (report.ledger.rows_used > 0).then(|| Comparand::of_report(report, name))
    };
    let mut found = Vec::new();
    for (group, less) in PAIRS {
        let (Some(a), Some(b)) = (side(less), side(group)) else { continue };
        let rows = comparison_within(&sample, &a, &b, &options).section.rows;
        let of = |(question, statistic): &(String, String)| {
            let row = rows.iter().find(|row| row.question == *question && row.statistic == *statistic)?;
            Some(difference(row, name(surveyed.whole, question), group, less))
        };
        found.extend(wanted.iter().filter_map(of));
    }
    found
}

fn difference(row: &ComparisonRow, name: String, group: &str, less: &str) -> RecoveryDifference {
    RecoveryDifference {
        name,
        question: row.question.clone(),
        statistic: row.statistic.clone(),
        unit: row.unit,
        group: group.to_owned(),
        less: less.to_owned(),
        difference: row.difference,
        low: row.low,
        high: row.high,
        p: row.p,
        p_adjusted: None,
        method: row.method.clone(),
        // Two censuses need no test.
        verdict: row.verdict.filter(|_| row.p.is_none()),
    }
}

/// P-values over all differences (Holm 1979), and what they say.
fn adjust(differences: &mut [RecoveryDifference], alpha: f64) {
    let tested: Vec<f64> = differences.iter().filter_map(|one| one.p).collect();
    let adjusted = stats::holm(&tested).unwrap_or_default();
    for (one, p) in differences.iter_mut().filter(|one| one.p.is_some()).zip(adjusted) {
        one.p_adjusted = rounded(p);
        one.verdict = match one.difference {
            Some(difference) if p < alpha && difference > 0.0 => Some(ChangeVerdict::Up),
            Some(difference) if p < alpha && difference < 0.0 => Some(ChangeVerdict::Down),
            Some(_) => Some(ChangeVerdict::NoClearChange),
            None => None,
        };
    }
}
