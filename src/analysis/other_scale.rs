//! Groups of answers that look as if they were asked on another scale.
//!
//! Answers of 1 to 5 in one wave and of 1 to 10 in the next are all valid on the wider scale, and the narrower wave looks
//! like a disaster. Where nobody of a group gave a best mark that many others gave, that is said: as a question, for a
//! real disaster looks the same.

use super::trend::WaveFigures;
use crate::report::words::{plain, said};
use crate::report::{Estimate, Note, NoteSeverity, QuestionSummary};

/// Fewer answers say nothing.
const FEWEST: u64 = 30;

/// Scales of fewer points are hardly ever mistaken for a wider one.
const FEWEST_POINTS: i32 = 6;

/// A group without a best mark must be this unlikely, were it like the other.
const CHANCE: f64 = 1e-4;

/// A figure and the name of the group that it is of.
pub(super) type OfGroup<'a> = (String, &'a Estimate);

/// A caution for each question of which one group knows no best mark and another does.
///
/// The shares of the best marks (top box, promoters) of the groups are looked at, by answers and not by weights. The
/// chance that nobody of n gives what a share s of the others give is (1 - s)^n.
pub(super) fn notes(questions: &[QuestionSummary], groups: &[OfGroup]) -> Vec<Note> {
    let wide = questions.iter().filter(|question| {
        question.scale.is_some_and(|[min, max]| max.saturating_sub(min).saturating_add(1) >= FEWEST_POINTS)
    });
    wide.filter_map(|question| of_question(&question.id, groups)).collect()
}

fn of_question(question: &str, groups: &[OfGroup]) -> Option<Note> {
    let best: Vec<(&str, u64, f64)> = groups
        .iter()
        .filter(|(_, figure)| {
            figure.question == question && matches!(figure.statistic.as_str(), "top_box" | "promoters")
        })
        .filter_map(|(group, figure)| Some((group.as_str(), figure.base?, figure.value?)))
        .filter(|(_, base, _)| *base >= FEWEST)
        .collect();
    let (other, _, share) = *best.iter().max_by(|left, right| left.2.total_cmp(&right.2))?;
    let (group, base, _) = *best
        .iter()
        .find(|(_, base, none)| *none == 0.0 && (1.0 - share / 100.0).powf(*base as f64) < CHANCE)?;
    let values = [
        ("question", question.to_owned()),
        ("base", base.to_string()),
        ("group", group.to_owned()),
        ("share", plain(share, 0, false)),
        ("other", other.to_owned()),
    ];
    Some(said(NoteSeverity::Caution, "other_scale", Some(question), values))
}

/// The figures of the values of each single segment in that wave (in all together); one list a segment.
pub(super) fn by_segment<'a>(estimates: &'a [Estimate], wave: Option<&str>) -> Vec<Vec<OfGroup<'a>>> {
    let mut lists: Vec<(&str, Vec<OfGroup>)> = Vec::new();
    for estimate in estimates.iter().filter(|estimate| estimate.wave.as_deref() == wave) {
        let mut segment = estimate.segment.iter();
        let (Some((id, value)), None) = (segment.next(), segment.next()) else { continue };
        let named = (format!("{id} {value}"), estimate);
        match lists.iter_mut().find(|(known, _)| known == id) {
            Some((_, list)) => list.push(named),
            None => lists.push((id, vec![named])),
        }
    }
    lists.into_iter().map(|(_, list)| list).collect()
}

/// The figures of the totals of waves, or of the sides of a comparison.
pub(super) fn by_wave<'a>(waves: impl IntoIterator<Item = &'a WaveFigures>) -> Vec<OfGroup<'a>> {
    let totals = waves.into_iter().flat_map(|wave| {
        let totals = wave.estimates.iter().filter(|estimate| estimate.segment.is_empty());
        totals.map(|estimate| (wave.label.clone(), estimate))
    });
    totals.collect()
}

#[cfg(test)]
mod tests {
    use super::{by_segment, by_wave, notes};
    use crate::analysis::trend::WaveFigures;
    use crate::analysis::trend::sample::{promoters, wave};
    use crate::report::Note;
    use crate::survey::Measure;

    /// A wave whose answers to the question of recommending come from two regions.
    fn recommended(label: &str, north: [u64; 3], south: [u64; 3]) -> WaveFigures {
        let groups = [(Some("N"), promoters(north)), (Some("S"), promoters(south))];
        wave(label).asked("recommend", Measure::Nps, "region", &groups)
    }

    fn of_waves(first: WaveFigures, second: WaveFigures) -> Vec<Note> {
        let waves = [first, second];
        notes(&waves[1].questions, &by_wave(&waves))
    }

    #[test]
    fn a_wave_without_a_best_mark_is_asked_about() {
        let found = of_waves(
            recommended("2026-Q1", [0, 0, 30], [0, 0, 30]),
            recommended("2026-Q2", [30, 40, 10], [6, 10, 4]),
        );
        let [note] = found.as_slice() else { panic!("one caution: {found:?}") };
        assert_eq!((note.code.as_str(), note.about.as_deref()), ("other_scale", Some("recommend")));
        assert!(note.text.contains("nobody of the 60 in 2026-Q1"), "{}", note.text);
        assert!(note.text.contains("36\u{a0}% of those in 2026-Q2"), "{}", note.text);
    }

    #[test]
    fn few_answers_and_rare_best_marks_say_nothing() {
        let best = || recommended("2026-Q2", [30, 40, 10], [6, 10, 4]);
        assert!(of_waves(recommended("2026-Q1", [0, 0, 14], [0, 0, 15]), best()).is_empty(), "29 answers");
        assert!(of_waves(recommended("2026-Q1", [1, 0, 29], [0, 0, 30]), best()).is_empty(), "one best mark");
        let rare = recommended("2026-Q2", [5, 90, 5], [0, 0, 0]);
        assert!(
            of_waves(recommended("2026-Q1", [0, 60, 40], [0, 0, 0]), rare).is_empty(),
            "0.95^100 = 0.006"
        );
        let narrow = |label: &str, best: u64| {
            wave(label).asked("overall", Measure::Csat, "region", &[(Some("N"), vec![50, 0, 0, 0, best])])
        };
        assert!(of_waves(narrow("a", 0), narrow("b", 50)).is_empty(), "five points");
    }

    #[test]
    fn values_of_a_segment_are_set_beside_each_other_and_not_beside_the_whole() {
        let wave = recommended("2026-Q1", [0, 10, 50], [50, 10, 10]);
        let lists = by_segment(&wave.estimates, None);
        let [regions] = lists.as_slice() else { panic!("one segment") };
        let found = notes(&wave.questions, regions);
        assert!(found[0].text.contains("nobody of the 60 in region N"), "{}", found[0].text);
        assert!(notes(&wave.questions, &by_wave([&wave])).is_empty(), "the whole alone");
    }
}
