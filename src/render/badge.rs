//! A badge: one headline score with its interval in one line of SVG, for a README or an intranet page.

use super::escape::markup;
use super::html::accent_on_paper;
use crate::report::words::{self, Speech, fill};
use crate::report::{DocumentSection, Estimate, Report, Section, TargetVerdict};

/// What one character takes at the badge's size; texts are set to the width that is kept for them.
const CHARACTER: f64 = 6.6;

/// The room on either side of a text.
const MARGIN: f64 = 8.0;

const HEIGHT: f64 = 20.0;

/// A wording of up to so many characters is the label; a longer one gives way to the question's id.
const LONGEST_LABEL: usize = 32;

/// Without an accent of the report's own.
const BLUE: &str = "#2b5fa8";

/// The badge of a question's headline for all respondents of the wave shown, in the language and the accent of the
/// report; `None` where there is no such score.
pub fn badge(report: &Report, question: &str) -> Option<String> {
    let estimate = report
        .estimates
        .iter()
        .find(|estimate| estimate.headline && estimate.question == question && estimate.segment.is_empty())?;
    let document = report.sections.iter().find_map(|section| match section {
        Section::Document(document) => Some(document.clone()),
        _ => None,
    });
    let document = document.unwrap_or_default();
    let speech = Speech::new(&document);
    let texts = &speech.phrases().card;
    let summary = report.survey.questions.iter().find(|summary| summary.id == question);
    let wording = summary.map(|summary| summary.text.as_str()).filter(|text| !text.is_empty());
    let short = wording.filter(|text| text.chars().count() <= LONGEST_LABEL);
    let label = words::kind(&estimate.measure).or(short).unwrap_or(question);
    let value = value(&speech, estimate);
    let about: Vec<&str> =
        [wording, estimate.wave.as_deref()].into_iter().flatten().filter(|text| !text.is_empty()).collect();
    let verdict = estimate
        .target_verdict
        .and_then(|_| words::target_verdict(&speech, estimate))
        .map_or_else(String::new, |verdict| format!("; {verdict}"));
    let base = estimate.base.map_or_else(String::new, |base| {
        format!("; {}", speech.counted(base, texts.base_one, texts.base_many))
    });
    let title = format!("{}: {value}{base}{verdict}", about.join(", "));
    Some(drawn(label, &value, &title, &colour(&document, estimate.target_verdict)))
}

fn value(speech: &Speech, estimate: &Estimate) -> String {
    let text = speech.figure(estimate);
    match (text.low, text.high) {
        (Some(low), Some(high)) => {
            let range = fill(speech.phrases().units.range, &[("low", &low), ("high", &high)]);
            format!("{} ({range})", text.value)
        }
        _ => text.value,
    }
}

/// Dark enough for white text; the verdict stands in the title too.
fn colour(document: &DocumentSection, verdict: Option<TargetVerdict>) -> String {
    match verdict {
        Some(TargetVerdict::Met) => "#1a7f4b".to_owned(),
        Some(TargetVerdict::Missed) => "#b42318".to_owned(),
        Some(TargetVerdict::CannotTell) | None => document
            .accent
            .as_deref()
            .and_then(accent_on_paper)
            .map_or_else(|| BLUE.to_owned(), |(accent, _)| accent),
    }
}

fn drawn(label: &str, value: &str, title: &str, colour: &str) -> String {
    let (left, right) = (width(label), width(value));
    let (label_box, value_box) = (left + 2.0 * MARGIN, right + 2.0 * MARGIN);
    let all = label_box + value_box;
    let [label, value, title] = [label, value, title].map(markup);
    let text = |x: f64, width: f64, text: &str| {
        format!(
            "<text x=\"{x:.1}\" y=\"14\" textLength=\"{width:.1}\" lengthAdjust=\"spacingAndGlyphs\">{text}</text>"
        )
    };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{all:.1}\" height=\"{HEIGHT}\" viewBox=\"0 0 {all:.1} {HEIGHT}\" \
         role=\"img\" aria-label=\"{title}\">\n<title>{title}</title>\n\
         <rect width=\"{all:.1}\" height=\"{HEIGHT}\" rx=\"3\" fill=\"#3d4451\"/>\n\
         <path d=\"M{label_box:.1} 0h{flat:.1}a3 3 0 0 1 3 3v14a3 3 0 0 1 -3 3h-{flat:.1}z\" fill=\"{colour}\"/>\n\
         <g fill=\"#fff\" font-family=\"Verdana,DejaVu Sans,sans-serif\" font-size=\"11\">\n{}\n{}\n</g>\n</svg>\n",
        text(MARGIN, left, &label),
        text(label_box + MARGIN, right, &value),
        flat = value_box - 3.0,
    )
}

fn width(text: &str) -> f64 {
    text.chars().count() as f64 * CHARACTER
}

#[cfg(test)]
mod tests {
    use super::badge;
    use crate::render::sample;
    use crate::report::{DocumentSection, Language, Section};

    #[test]
    fn every_headline_has_a_badge_that_is_well_formed() {
        let mut drawn = 0;
        for report in sample::all() {
            for estimate in
                report.estimates.iter().filter(|estimate| estimate.headline && estimate.segment.is_empty())
            {
                let svg = badge(&report, &estimate.question).unwrap();
                let document = roxmltree::Document::parse(&svg).unwrap();
                assert!(document.descendants().any(|node| node.has_tag_name("title")));
                drawn += 1;
            }
        }
        assert!(drawn > 3, "{drawn}");
    }

    #[test]
    fn a_badge_has_the_language_and_the_accent_of_the_report() {
        let mut report = sample::bank();
        let question = report.estimates.iter().find(|estimate| estimate.headline).unwrap().question.clone();
        report.sections.retain(|section| !matches!(section, Section::Document(_)));
        report.sections.push(Section::Document(DocumentSection {
            language: Language::German,
            accent: Some("#7a1fa2".to_owned()),
            ..DocumentSection::default()
        }));
        let svg = badge(&report, &question).unwrap();
        assert!(svg.contains("65,9") && svg.contains(" bis ") && svg.contains("#7a1fa2"), "{svg}");
    }

    #[test]
    fn a_score_that_is_not_there_has_none() {
        for report in sample::all() {
            assert_eq!(badge(&report, "no such question"), None);
        }
    }

    #[test]
    fn hostile_wording_stays_text() {
        for mut report in sample::all() {
            for question in &mut report.survey.questions {
                question.text = "</title><script>alert(1)</script>\u{1b}[2J".into();
            }
            let ids: Vec<String> =
                report.survey.questions.iter().map(|question| question.id.clone()).collect();
            for id in ids {
                let Some(svg) = badge(&report, &id) else { continue };
                assert!(!svg.contains("<script") && !svg.contains('\u{1b}'));
                roxmltree::Document::parse(&svg).unwrap();
            }
        }
    }
}
