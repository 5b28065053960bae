use super::*;

fn texts(words: &[&str]) -> Vec<(String, u64)> {
    words.iter().map(|word| ((*word).to_owned(), 10)).collect()
}

fn family(words: &[&str]) -> Option<Words> {
    super::family(&texts(words), Topic::Other)
}

#[test]
fn words_have_their_order_and_keep_their_writing() {
    let found = family(&["Satisfied", "VERY satisfied", "Very Dissatisfied", "satisfied"]).unwrap();
    assert_eq!((found.name.as_str(), found.measure), ("satisfied4", Measure::Csat));
    assert_eq!(found.labels, ["Very Dissatisfied", "Dissatisfied", "Satisfied", "VERY satisfied"]);
    assert!(!found.sure, "there may be no middle");
    let few: Vec<(String, u64)> =
        ["Agree", "Somewhat agree", "Strongly disagree"].map(|word| (word.to_owned(), 5)).into();
    assert_eq!(super::family(&few, Topic::Other).unwrap().labels.len(), 7);
    assert!(
        family(&["sehr zufrieden", "zufrieden", "teils, teils", "unzufrieden", "sehr unzufrieden"])
            .unwrap()
            .sure
    );
    assert_eq!(family(&["Poor", "Fair", "Good", "Very good", "Excellent"]).unwrap().name, "good5b");
    let four = family(&["Very satisfied", "Satisfied", "Dissatisfied", "Very dissatisfied"]).unwrap();
    assert_eq!((four.labels.len(), four.sure), (4, true));
    let chosen = four.labels.iter().map(|label| (label.clone(), 10)).collect::<Vec<_>>();
    let five = chosen_family(&chosen, Topic::Satisfaction).unwrap();
    assert_eq!((five.labels.len(), five.sure), (5, false), "nobody may have chosen the middle");
}

/// What people were offered, the worst first: no label is made up between them, and none is lost.
#[test]
fn scales_that_are_whole_are_not_stretched() {
    for offered in [
        &["Poor", "Fair", "Average", "Good", "Excellent"][..],
        &["Bad", "Poor", "Fair", "Good", "Excellent"],
        &["unzufrieden", "eher unzufrieden", "eher zufrieden", "zufrieden"],
        &["unzufrieden", "weniger zufrieden", "teils/teils", "zufrieden", "sehr zufrieden"],
        &["unwichtig", "weniger wichtig", "wichtig", "sehr wichtig", "äußerst wichtig"],
        &["zeer slecht", "slecht", "matig", "voldoende", "goed"],
        &["onvoldoende", "matig", "voldoende", "goed", "uitstekend"],
        &["Never", "Almost never", "Sometimes", "Often", "Always"],
        &["Never", "Almost never", "Sometimes", "Almost always", "Always"],
        &["Worse", "Same", "Better"],
        &["Unhappy", "Neutral", "Happy"],
        &["Strongly disagree", "Disagree", "Slightly disagree", "Slightly agree", "Agree", "Strongly agree"],
        &[
            "Très insatisfait",
            "Insatisfait",
            "Plutôt insatisfait",
            "Plutôt satisfait",
            "Satisfait",
            "Très satisfait",
        ],
        &["从不", "很少", "偶尔", "经常", "总是"],
        &["不满意", "一般", "满意", "很满意", "非常满意"],
        &[
            "Mycket oviktigt",
            "Ganska oviktigt",
            "Varken viktigt eller oviktigt",
            "Ganska viktigt",
            "Mycket viktigt",
        ],
        &[
            "Per niente soddisfatto",
            "Poco soddisfatto",
            "Abbastanza soddisfatto",
            "Soddisfatto",
            "Molto soddisfatto",
        ],
        &["niedostatecznie", "miernie", "dostatecznie", "dobrze", "bardzo dobrze"],
        &["まったくない", "ほとんどない", "たまに", "ときどき", "よくある"],
    ] {
        let mut turned = offered.to_vec();
        turned.reverse();
        let texts: Vec<(String, u64)> = turned.iter().map(|word| ((*word).to_owned(), 40)).collect();
        let found = super::family(&texts, Topic::Other).unwrap_or_else(|| panic!("{offered:?}"));
        assert_eq!(found.labels, offered, "{}", found.name);
    }
}

/// Every part of a scale without its middle, or without two points: what was seen, or it is not sure.
#[test]
fn parts_of_scales_are_what_was_seen_or_not_sure() {
    for scale in phrasebook().scales() {
        let length = scale.points.len();
        for mask in 1_u32..1 << length {
            let seen: Vec<usize> = (0..length).filter(|point| mask >> point & 1 == 1).collect();
            let no_middle = length % 2 == 1 && seen.len() == length - 1 && !seen.contains(&(length / 2));
            if seen.len() < 3 || (seen.len() + 2 > length && !no_middle) {
                continue;
            }
            let texts: Vec<(String, u64)> = seen.iter().map(|point| (scale.label(*point), 30)).collect();
            let found = super::family(&texts, Topic::Other).unwrap();
            let all_seen = found.labels.len() == seen.len() && found.seen == seen.len();
            assert!(all_seen || !found.sure, "{texts:?} {found:?}");
            if no_middle {
                let middle = scale.label(length / 2);
                assert!(!found.labels.contains(&middle), "{texts:?} {found:?}");
            }
        }
    }
}

/// A word of one language that is a word of another's too contradicts neither.
#[test]
fn one_scale_in_three_languages() {
    let english = ["Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"];
    let german = ["Sehr unzufrieden", "Unzufrieden", "Zufrieden", "Sehr zufrieden"];
    let french = ["Très insatisfait", "Insatisfait", "Neutre", "Satisfait", "Très satisfait"];
    let found = family(&[&english[..], &german, &french].concat()).unwrap();
    assert_eq!((found.labels.len(), found.seen, found.measure), (5, 5, Measure::Csat));
    let mut languages = found.languages.clone();
    languages.sort_unstable();
    assert_eq!(languages, ["de", "en", "fr"]);
    let mut all: Vec<&str> =
        found.labels.iter().chain(found.translations.values().flatten()).map(String::as_str).collect();
    all.sort_unstable();
    for label in english.iter().chain(&german).chain(&french) {
        assert!(all.contains(label), "{label}: {found:?}");
    }
    assert!(family(&["Neutral", "Neither satisfied nor dissatisfied", "Satisfied"]).is_none());
}

#[test]
fn an_end_that_nobody_chose_stays() {
    let texts = |words: &[&str]| words.iter().map(|word| ((*word).to_owned(), 90)).collect::<Vec<_>>();
    for words in
        [&["Neutral", "Satisfied", "Very satisfied"][..], &["Disagree", "Neutral", "Agree", "Strongly agree"]]
    {
        let found = super::family(&texts(words), Topic::Other).unwrap();
        assert_eq!((found.labels.len(), found.sure), (5, false));
    }
}

#[test]
fn strangers_are_no_scale() {
    assert_eq!(family(&["North", "South"]), None);
    assert_eq!(family(&["Satisfied", "North"]), None);
    assert_eq!(family(&["Satisfied"]), None);
    assert_eq!(family(&[]), None);
    let found = family(&["Very able", "Not at all able", "Slightly able"]).unwrap();
    assert_eq!(
        (found.labels[0].as_str(), found.labels[4].as_str(), found.sure),
        ("Not at all able", "Extremely able", false)
    );
    let rare = [("Agree".to_owned(), 50), ("Disagree".to_owned(), 48), ("agreee".to_owned(), 2)];
    assert_eq!(super::family(&rare, Topic::Other).map(|found| found.sure), Some(false));
}

#[test]
fn spellings_of_one_label_are_translations() {
    let found =
        family(&["Très satisfait", "Tres satisfait", "Satisfaite", "Satisfait", "Insatisfait"]).unwrap();
    assert_eq!((found.labels.len(), found.sure), (4, false));
    assert_eq!(found.labels[3], "Très satisfait");
    assert_eq!(found.translations["fr"][3], "Tres satisfait");
    assert_eq!(found.translations["fr"][2], "Satisfait");
}

#[test]
fn several_languages_are_one_scale() {
    let found = family(&["Very satisfied", "Satisfied", "Sehr zufrieden", "Neutral", "Unzufrieden"]).unwrap();
    assert_eq!(found.labels.len(), 5);
    assert_eq!(found.languages, ["en", "de"]);
    assert_eq!(found.labels[4], "Very satisfied");
    assert_eq!(found.translations["de"][4], "Sehr zufrieden");
    assert_eq!(found.translations["de"][1], "Unzufrieden");
    assert!(!found.sure);
    assert_eq!(family(&["Very satisfied", "Wichtig"]), None, "two topics are no scale");
}

/// What the phrasebook has, it recognises: in any order, and never another topic for sure.
#[test]
fn every_scale_is_recognised() {
    let book = phrasebook();
    for scale in book.scales() {
        let labels: Vec<String> = (0..scale.points.len()).map(|point| scale.label(point)).collect();
        let mut shuffled: Vec<&str> = labels.iter().map(String::as_str).collect();
        shuffled.rotate_left(labels.len() / 2);
        shuffled.swap(0, 1);
        let found = family(&shuffled).unwrap_or_else(|| panic!("{}", scale.name));
        assert_eq!(found.labels, labels, "{} as {}", scale.name, found.name);
        assert_eq!(found.labels.len(), scale.points.len());
        if found.sure {
            assert_eq!(found.topic, Some(scale.topic), "{}", scale.name);
        }
        assert!(found.sure || found.topic == Some(scale.topic), "{}", scale.name);
    }
}

proptest::proptest! {
    /// No two points of a scale are ever read in the wrong order.
    #[test]
    fn part_of_a_scale_keeps_its_order(which in 0_usize..10_000, mask in 1_u32..1024, wording in 0_usize..8) {
        let scales = phrasebook().scales();
        let scale = &scales[which % scales.len()];
        let labels: Vec<&str> = scale
            .points
            .iter()
            .enumerate()
            .filter(|(point, _)| mask >> point & 1 == 1)
            .map(|(point, wordings)| {
                let wording = &wordings[(wording + point) % wordings.len()];
                wording[which % wording.len()].as_str()
            })
            .collect();
        let mut shuffled = labels.clone();
        shuffled.reverse();
        if let Some(found) = family(&shuffled) {
            let at = |label: &str| {
                let lists = std::iter::once(&found.labels).chain(found.translations.values());
                let mut places = lists.filter_map(|list| list.iter().position(|known| fold(known) == fold(label)));
                places.next().unwrap_or_else(|| panic!("{label}: {found:?}"))
            };
            let order: Vec<usize> = labels.iter().map(|label| at(label)).collect();
            proptest::prop_assert!(order.windows(2).all(|pair| pair[0] < pair[1]), "{labels:?} {found:?}");
        } else {
            proptest::prop_assert!(labels.len() < 2, "{labels:?}");
        }
    }
}
