//! A report of ordinary size.

use super::build::{base, cells, figure, of, percent, question, segment};
use crate::report::{Estimate, Ledger, QuestionSummary, Report, TargetVerdict, Unit};

/// A survey of ordinary size: twenty aspects in long words, an outcome, recommendation, effort and gaps, by region.
pub(in crate::render) fn many_scores() -> Report {
    let aspects: Vec<String> = (1..=20).map(|number| format!("aspect_{number}")).collect();
    let mut questions = vec![
        QuestionSummary {
            overall: true,
            ..question("satisfied_overall", "csat", "Overall satisfaction", "4 or 5 of 1 to 5", Some([1, 5]))
        },
        question("recommend", "nps", "Would recommend (NPS)", "promoters 9-10 minus detractors 0-6", None),
        question("ease", "ces", "Easy to deal with (CES 2.0)", "5 to 7 of 1 to 7", Some([1, 7])),
    ];
    questions.extend(aspects.iter().map(|id| {
        let text = format!("How satisfied are you with the {id} aspect of our service?");
        question(id, "rating", &text, "4 or 5 of 1 to 5", Some([1, 5]))
    }));
    for id in ["reliability", "empathy"] {
        questions.push(question(id, "gap", &format!("On {id}"), "perceived minus expected", Some([1, 7])));
    }
    let mut report = base("Many scores", questions);
    report.survey.segments = vec![segment("region", "Region", &["North", "South"])];
    let headline = |estimate: Estimate| Estimate { headline: true, ..estimate };
    let gap = |id, value: f64| {
        headline(figure(id, "gap", "gap", Unit::Scale, value, (value - 0.17, value + 0.17), 217))
    };
    let mut all = vec![
        Estimate {
            target: Some(90.0),
            target_verdict: Some(TargetVerdict::Missed),
            ..percent("satisfied_overall", "csat", "top_box", 62.5, 60.0, 65.0, 1000)
        },
        gap("reliability", -1.27),
        headline(figure("recommend", "nps", "nps", Unit::Points, 0.3, (-4.0, 5.0), 990)),
        percent("ease", "ces", "top_box", 99.5, 98.9, 100.0, 980),
        gap("empathy", 0.004),
    ];
    all.extend(aspects.iter().map(|id| percent(id, "rating", "top_box", 62.5, 59.5, 65.5, 970)));
    for region in ["South", "North"] {
        let of_region = all.iter().filter(|estimate| estimate.measure != "gap").cloned();
        report.estimates.extend(of_region.map(|estimate| of(&[("region", region)], estimate)));
    }
    report.estimates.splice(0..0, all);
    report.ledger = Ledger {
        lookups: Vec::new(),
        rows_read: 1000,
        rows_used: 1000,
        questions: aspects.iter().map(|id| cells(id, [970, 0, 0, 30, 0, 0])).collect(),
        ..Ledger::default()
    };
    report.ledger.questions.insert(0, cells("ease", [980, 5, 5, 10, 0, 0]));
    report
}
