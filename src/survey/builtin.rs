//! The scales that need no definition.

use super::fulfilment_words::{DONT_KNOW, FULFILMENTS, NOT_APPLICABLE};
use super::kano_words::WORDINGS;
use super::measure::{Best, Measure};
use super::scale::Scale;

/// The names of the built-in scales.
pub const BUILT_IN: [&str; 9] = [
    "satisfaction",
    "agreement5",
    "agreement7",
    "effort5",
    "recommend",
    "importance5",
    "disconfirmation",
    "kano",
    "fulfilment",
];

/// The built-in scale of that name.
pub fn built_in_scale(name: &str) -> Option<Scale> {
    let (min, max, best, labels): (i32, i32, Best, &[&str]) = match name {
        "satisfaction" => (
            1,
            5,
            Best::High,
            &["Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"],
        ),
        "agreement5" => (
            1,
            5,
            Best::High,
            &["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"],
        ),
        "agreement7" => (
            1,
            7,
            Best::High,
            &[
                "Strongly disagree",
                "Disagree",
                "Somewhat disagree",
                "Neither agree nor disagree",
                "Somewhat agree",
                "Agree",
                "Strongly agree",
            ],
        ),
        "effort5" => (
            1,
            5,
            Best::Low,
            &["Very low effort", "Low effort", "Neutral", "High effort", "Very high effort"],
        ),
        "recommend" => (0, 10, Best::High, &[]),
        "importance5" => (
            1,
            5,
            Best::High,
            &[
                "Not at all important",
                "Slightly important",
                "Moderately important",
                "Important",
                "Very important",
            ],
        ),
        "disconfirmation" => (
            1,
            5,
            Best::High,
            &[
                "Much worse than expected",
                "Worse than expected",
                "As expected",
                "Better than expected",
                "Much better than expected",
            ],
        ),
        "kano" => (
            1,
            5,
            Best::High,
            &[
                "I like it that way",
                "It must be that way",
                "I am neutral",
                "I can live with it that way",
                "I dislike it that way",
            ],
        ),
        // Percent, so that the numbers 0, 0.5 and 1 that people write are texts of their own.
        "fulfilment" => (0, 100, Best::High, &["No", "Partly", "Yes"]),
        _ => return None,
    };
    let mut scale = Scale::new(name, min, max);
    scale.best = best;
    scale.labels = labels.iter().map(|label| (*label).to_owned()).collect();
    let words = |words: [&str; 5]| words.map(str::to_owned).to_vec();
    if name == "disconfirmation" {
        let known = DISCONFIRMATIONS.iter();
        scale.translations = known.map(|(name, wording)| ((*name).to_owned(), words(*wording))).collect();
    }
    if name == "kano" {
        // The answers are printed from liking to disliking.
        scale.best = Best::Low;
        scale.translations =
            WORDINGS.iter().map(|(name, wording)| ((*name).to_owned(), words(*wording))).collect();
    }
    if name == "fulfilment" {
        let known = FULFILMENTS.iter();
        let words = |words: [&str; 3]| words.map(str::to_owned).to_vec();
        scale.values = vec![0, 50, 100];
        scale.top = 1;
        scale.translations = known.map(|(name, wording)| ((*name).to_owned(), words(*wording))).collect();
        scale.not_applicable = NOT_APPLICABLE.map(str::to_owned).to_vec();
        scale.dont_know = DONT_KNOW.map(str::to_owned).to_vec();
    }
    if name == "recommend" {
        // Promoters are 9 and 10.
        scale.top = 2;
    }
    Some(scale)
}

/// How questionnaires ask directly whether expectations were met, from much worse to much better.
const DISCONFIRMATIONS: [(&str, [&str; 5]); 6] = [
    (
        "en-x-against",
        [
            "Far below expectations",
            "Below expectations",
            "Met expectations",
            "Above expectations",
            "Far above expectations",
        ],
    ),
    ("en-x-short", ["Much worse", "Worse", "As I expected", "Better", "Much better"]),
    (
        "de",
        [
            "Viel schlechter als erwartet",
            "Schlechter als erwartet",
            "Wie erwartet",
            "Besser als erwartet",
            "Viel besser als erwartet",
        ],
    ),
    (
        "fr",
        [
            "Bien pire que prévu",
            "Moins bien que prévu",
            "Conforme aux attentes",
            "Mieux que prévu",
            "Bien mieux que prévu",
        ],
    ),
    (
        "es",
        [
            "Mucho peor de lo esperado",
            "Peor de lo esperado",
            "Como esperaba",
            "Mejor de lo esperado",
            "Mucho mejor de lo esperado",
        ],
    ),
    (
        "nl",
        [
            "Veel slechter dan verwacht",
            "Slechter dan verwacht",
            "Zoals verwacht",
            "Beter dan verwacht",
            "Veel beter dan verwacht",
        ],
    ),
];

/// The scale of a question that names none.
pub fn default_scale(measure: Measure, version: Option<u8>) -> Option<&'static str> {
    match measure {
        Measure::Csat | Measure::Rating => Some("satisfaction"),
        Measure::Nps => Some("recommend"),
        Measure::Ces if version == Some(1) => Some("effort5"),
        Measure::Ces | Measure::Gap => Some("agreement7"),
        Measure::Importance => Some("importance5"),
        Measure::Kano => Some("kano"),
        Measure::Checklist => Some("fulfilment"),
        Measure::Choice | Measure::Multi | Measure::Text | Measure::Number => None,
    }
}

/// The points on the good side of the middle, the top box of an effort question that sets none: 3 of 7.
pub fn better_half(scale: &Scale) -> u32 {
    u32::try_from(scale.points() / 2).unwrap_or(1).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_scale_has_a_label_for_each_point_or_none() {
        for name in BUILT_IN {
            let scale = built_in_scale(name).unwrap();
            assert!(scale.labels.is_empty() || scale.labels.len() == scale.points(), "{name}");
        }
        assert_eq!(built_in_scale("nothing"), None);
        assert_eq!(built_in_scale("recommend").map(|scale| (scale.points(), scale.top)), Some((11, 2)));
    }

    #[test]
    fn the_better_half_leaves_the_middle_out() {
        assert_eq!(better_half(&Scale::new("a", 1, 7)), 3);
        assert_eq!(better_half(&Scale::new("a", 1, 5)), 2);
        assert_eq!(better_half(&Scale::new("a", 1, 10)), 5);
        assert_eq!(better_half(&Scale::new("a", 1, 2)), 1);
    }

    #[test]
    fn every_default_scale_exists() {
        for (measure, _) in Measure::ALL {
            for version in [None, Some(1), Some(2)] {
                assert!(default_scale(measure, version).is_none_or(|name| built_in_scale(name).is_some()));
            }
        }
    }
}
