//! Where a question was asked otherwise than in the wave before: such waves are not joined.
//!
//! The questions come with the waves, so that definitions and saved reports are compared alike. `bridge` of the
//! newest wave's question joins all its waves. A question that a wave does not have is compared across it.

use crate::report::{OwnWordsSummary, QuestionSummary, TrendBreak};
use crate::survey::Best;
use crate::survey::drift::{Changed, QuestionForm, drift};

use super::QuestionBreak;
use super::figures::WaveFigures;

/// The changes of the newest wave's questions over all waves in order.
pub(super) fn breaks(waves: &[WaveFigures]) -> Vec<QuestionBreak> {
    let Some(newest) = waves.last() else { return Vec::new() };
    newest.questions.iter().flat_map(|question| of_question(waves, question)).collect()
}

fn of_question(waves: &[WaveFigures], newest: &QuestionSummary) -> Vec<QuestionBreak> {
    let mut found = Vec::new();
    let mut before: Option<(&str, &QuestionSummary)> = None;
    for wave in waves {
        let Some(question) = wave.questions.iter().find(|question| question.id == newest.id) else {
            continue;
        };
        if let Some((label, earlier)) = before.filter(|(_, earlier)| *earlier != question) {
            let changed: Vec<String> = drift(&[form(earlier)], &[form(question)])
                .iter()
                .flat_map(|drift| &drift.changed)
                .filter(|changed| Changed::breaks(changed))
                .map(|changed| changed.name().to_owned())
                .collect();
            if !changed.is_empty() {
                let at = TrendBreak {
                    wave: wave.label.clone(),
                    before: label.to_owned(),
                    changed,
                    bridged: newest.bridge,
                };
                found.push(QuestionBreak { question: newest.id.clone(), at });
            }
        }
        before = Some((&wave.label, question));
    }
    found
}

/// How a question was asked, as far as a report tells: a wording that is the id is none.
fn form(question: &QuestionSummary) -> QuestionForm {
    let best_is_low = question.points.as_ref().map(|points| points.best_is_low);
    let top = question.points.as_ref().filter(|_| question.headline.as_deref() == Some("top_box"));
    // A page in another language asked nothing else.
    let own = question
        .own_words
        .clone()
        .unwrap_or_else(|| OwnWordsSummary { text: question.text.clone(), labels: question.labels.clone() });
    QuestionForm {
        id: question.id.clone(),
        measure: question.measure.clone(),
        text: Some(own.text).filter(|text| !text.is_empty() && *text != question.id),
        scale: question.scale.map(|[min, max]| (min, max)),
        best: best_is_low.map(|low| if low { Best::Low } else { Best::High }),
        top: top.and_then(|points| points.good).and_then(|[from, to]| u32::try_from(to - from + 1).ok()),
        labels: own.labels,
        headline: question.headline.clone(),
        bridge: question.bridge,
    }
}

#[cfg(test)]
mod tests {
    use super::breaks;
    use crate::analysis::trend::WaveFigures;
    use crate::analysis::trend::sample::wave;
    use crate::report::HeadlinePoints;

    fn asked(label: &str, text: &str, top: i64) -> WaveFigures {
        let mut wave = wave(label).satisfied([60, 40], [0, 0], [0, 0]);
        wave.questions[0].text = text.to_owned();
        wave.questions[0].points =
            Some(HeadlinePoints { good: Some([6 - top, 5]), ..HeadlinePoints::default() });
        wave
    }

    #[test]
    fn another_wording_and_another_top_box_break_where_they_begin() {
        let mut waves = vec![
            asked("2026-Q1", "How satisfied are you?", 2),
            asked("2026-Q2", "How  satisfied are you?", 2),
            asked("2026-Q3", "How happy are you?", 2),
            asked("2026-Q4", "How happy are you?", 1),
        ];
        let found = breaks(&waves);
        let said: Vec<(&str, &str, &str, bool)> = found
            .iter()
            .map(|found| {
                (
                    found.at.before.as_str(),
                    found.at.wave.as_str(),
                    found.at.changed[0].as_str(),
                    found.at.bridged,
                )
            })
            .collect();
        let wanted = [("2026-Q2", "2026-Q3", "wording", false), ("2026-Q3", "2026-Q4", "top_box", false)];
        assert_eq!(said, wanted);
        waves[3].questions[0].bridge = true;
        assert!(breaks(&waves).iter().all(|found| found.at.bridged));
    }

    #[test]
    fn a_wave_without_the_question_is_passed_over_and_a_name_is_no_wording() {
        let mut waves =
            vec![asked("2026-Q1", "Old?", 2), asked("2026-Q2", "", 2), asked("2026-Q3", "New?", 2)];
        waves[1].questions.clear();
        assert_eq!(breaks(&waves)[0].at.before, "2026-Q1");
        waves[0].questions[0].text = "overall".to_owned();
        assert!(breaks(&waves).is_empty());
        assert!(breaks(&[]).is_empty());
    }
}
