use std::collections::{BTreeMap, BTreeSet};

use super::*;

#[test]
fn every_file_is_read() {
    for (language, text) in LANGUAGES {
        if let Err(error) = toml::from_str::<LanguageFile>(text) {
            panic!("{language}: {error}");
        }
    }
}

#[test]
fn every_language_has_the_usual_lengths_of_every_topic() {
    use ScaleTopic::*;
    let book = phrasebook();
    for (language, _) in LANGUAGES {
        for topic in [Satisfaction, Agreement, Likelihood, Quality, Ease, Frequency, Importance] {
            let lengths: BTreeSet<usize> = book
                .scales()
                .iter()
                .filter(|scale| (scale.language, scale.topic) == (language, topic))
                .map(|scale| scale.points.len())
                .collect();
            for length in [3, 4, 5, 7] {
                assert!(lengths.contains(&length), "{language} {topic:?} {length}");
            }
        }
    }
}

#[test]
fn no_scale_says_a_word_at_two_points() {
    for scale in phrasebook().scales() {
        let mut points: BTreeMap<String, usize> = BTreeMap::new();
        for (point, wordings) in scale.points.iter().enumerate() {
            assert!(!wordings.is_empty());
            for form in wordings.iter().flatten() {
                assert!(!form.is_empty() && form.len() <= key::LONGEST);
                let first = *points.entry(phrase_key(form)).or_insert(point);
                assert_eq!(first, point, "{}: {form}", scale.name);
            }
        }
    }
    let names: BTreeSet<&str> = phrasebook().scales().iter().map(|scale| scale.name.as_str()).collect();
    assert_eq!(names.len(), phrasebook().scales().len(), "names are given once");
}

#[test]
fn no_two_words_have_two_orders() {
    let book = phrasebook();
    let mut orders: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    let mut found = Vec::new();
    for (index, scale) in book.scales().iter().enumerate() {
        let words: Vec<(&str, usize)> = book
            .places
            .iter()
            .filter_map(|(key, places)| {
                let place = places.iter().find(|place| place.scale == index)?;
                Some((key.as_str(), place.point))
            })
            .collect();
        for (word, point) in &words {
            for (other, beyond) in &words {
                if point < beyond {
                    if let Some(scale_of) = orders.get(&(*other, *word)) {
                        found.push(format!("{other} < {word} in {scale_of}, not in {}", scale.name));
                    }
                    orders.entry((word, other)).or_insert(&scale.name);
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn words_of_tone_and_no_answers() {
    let book = phrasebook();
    let praise = |text: &str| book.is_praise(text, &text.split(' ').map(str::to_owned).collect::<Vec<_>>());
    assert_eq!(praise("sehr unzufrieden"), Some(false));
    assert_eq!(praise("とても満足"), Some(true));
    assert_eq!(praise("not so good"), Some(false));
    assert_eq!(praise("blue"), None);
    assert_eq!(book.no_answer("Nie  wiem"), Some(NoAnswer::DontKnow));
    assert_eq!(book.no_answer("K.A."), Some(NoAnswer::Blank));
    assert_eq!(book.no_answer("-"), Some(NoAnswer::Blank));
    assert_eq!(book.no_answer(""), None);
    assert!(book.is_yes("Sí") && book.is_yes("はい") && book.is_no("Não") && !book.is_no("north"));
    assert_eq!(book.header("empfehlung"), [Header::Recommend]);
    assert_eq!(book.header("サービスの満足度"), [Header::Satisfaction]);
    assert_eq!(book.header("zadowolenie"), [Header::Satisfaction]);
}

#[test]
fn a_remark_in_brackets_is_no_part_of_a_label() {
    let book = phrasebook();
    let neither = book.places("Neither important nor unimportant");
    assert!(!neither.is_empty());
    assert_eq!(book.places("Neither important nor unimportant (neutral)"), neither);
    assert!(book.places("Somewhere (neutral)").is_empty());
    for (text, reason) in [
        ("Unfamiliar (N/A)", Some(NoAnswer::NotApplicable)),
        ("Not applicable (I have no car)", Some(NoAnswer::NotApplicable)),
        ("Don't know (DK)", Some(NoAnswer::DontKnow)),
        ("Prefer not to say (private)", Some(NoAnswer::Blank)),
        ("Neutral (no opinion)", None),
        ("Other (please specify)", None),
    ] {
        assert_eq!(book.no_answer(text), reason, "{text}");
    }
}
