//! A survey in one of its languages: wordings, labels and values of segments as they are translated, the others still
//! accepted in files and in conditions.

use indexmap::IndexMap;

use super::definition::{Invited, Survey};
use super::label::normalize;
use super::question::{OwnWords, Question};
use super::scale::Scale;
use super::segment::Segment;

impl Survey {
    /// Puts the wordings and labels of a language in place of those that have a translation into it. What was there
    /// stays a name of the column and a text of the answer. Options and values
    /// of segments keep their labels where there are gates, which name them.
    pub fn speak(&mut self, language: &str) {
        for question in &mut self.questions {
            let own = OwnWords { text: question.wording().to_owned(), labels: question.labels() };
            if let Some(text) = question.translations.get(language).cloned()
                && let Some(own) = question.text.replace(text)
            {
                question.translations.insert(language.to_owned(), own);
                // A short name in the other language would stand alone among the translated wordings.
                question.label = None;
            }
            if let Some(scale) = &mut question.scale {
                speak_scale(scale, language);
            }
            if self.gates.is_empty() {
                speak_options(question, language);
            }
            let is_translated = own.text != question.wording() || own.labels != question.labels();
            question.own_words = is_translated.then_some(own);
        }
        for scale in self.scales.values_mut() {
            speak_scale(scale, language);
        }
        if self.gates.is_empty() {
            for segment in &mut self.segments {
                let Some(words) = segment.label_translations.shift_remove(language) else { continue };
                speak_values(segment, &words);
                if let Some(Invited::Segments(invited)) = &mut self.data.invited
                    && let Some(of_value) = invited.get_mut(&segment.id)
                {
                    *of_value = renamed(std::mem::take(of_value), &words);
                }
            }
        }
    }
}

/// Labels the values of a segment by these words; the labels that they replace are texts of their values from then on.
fn speak_values(segment: &mut Segment, words: &IndexMap<String, String>) {
    for label in segment.labels.values_mut() {
        if let Some(word) = words.get(label) {
            label.clone_from(word);
        }
    }
    for (label, word) in words {
        segment.labels.entry(normalize(label)).or_insert_with(|| word.clone());
    }
    segment.population = renamed(std::mem::take(&mut segment.population), words);
}

/// What is kept by label, by the words in their place.
fn renamed(by_label: IndexMap<String, u64>, words: &IndexMap<String, String>) -> IndexMap<String, u64> {
    by_label.into_iter().map(|(label, count)| (words.get(&label).cloned().unwrap_or(label), count)).collect()
}

fn speak_scale(scale: &mut Scale, language: &str) {
    let points = scale.points();
    if let Some(words) = scale.translations.get_mut(language).filter(|words| words.len() == points) {
        std::mem::swap(words, &mut scale.labels);
    }
    scale.translations.retain(|_, words| !words.is_empty());
}

fn speak_options(question: &mut Question, language: &str) {
    let Some(words) = question.option_translations.get(language).cloned() else { return };
    for label in question.options.values_mut() {
        if let Some(word) = words.get(label) {
            label.clone_from(word);
        }
    }
    for (other, translations) in &mut question.option_translations {
        let renamed = translations.drain(..).map(|(label, word)| match words.get(&label) {
            Some(spoken) if other == language => (spoken.clone(), label),
            Some(spoken) => (spoken.clone(), word),
            None => (label, word),
        });
        *translations = renamed.collect();
    }
}

#[cfg(test)]
mod tests {
    use crate::survey::{Invited, parse};

    #[test]
    fn values_of_segments_are_called_by_their_words() {
        let text = "[data.invited.region]\nNorth = 20\nSouth = 30\n[segment.region]\nlabels = { n = \"North\", s = \"South\" }\n\
                    labels_in.de = { n = \"Nord\" }\npopulation = { North = 40, South = 50 }\n\
                    [question.a]\nmeasure = \"csat\"\n";
        let mut survey = parse(text.as_bytes(), "s.toml").unwrap().survey;
        let english = survey.segments[0].clone();
        survey.speak("fr");
        assert_eq!(survey.segments[0], english);
        survey.speak("de");
        let segment = &survey.segments[0];
        for (value, label) in [("n", "Nord"), ("North", "Nord"), ("Nord", "Nord"), ("s", "South")] {
            assert_eq!(segment.labels[value], label, "{value}");
        }
        assert_eq!((segment.population["Nord"], segment.population["South"]), (40, 50));
        let Some(Invited::Segments(invited)) = &survey.data.invited else { panic!("by value") };
        assert_eq!(invited["region"]["Nord"], 20);
    }

    #[test]
    fn what_is_translated_is_shown_and_the_rest_still_read() {
        let text = "[scale.s]\nlabels = [\"bad\", \"good\"]\ntranslations.de = [\"schlecht\", \"gut\"]\n\
                    [question.a]\nscale = \"s\"\ntext = \"How?\"\ntranslations.de = \"Wie?\"\n\
                    [question.b]\nmeasure = \"choice\"\nlabels = [\"Cash\", \"Card\"]\nlabels_in.de = { 1 = \"Bar\" }\n";
        let mut survey = parse(text.as_bytes(), "s.toml").unwrap().survey;
        survey.speak("fr");
        assert_eq!(survey.questions[0].wording(), "How?");
        survey.speak("de");
        let [first, second] = survey.questions.as_slice() else { panic!("two questions") };
        assert_eq!((first.wording(), first.translations["de"].as_str()), ("Wie?", "How?"));
        let scale = first.scale.as_ref().unwrap();
        assert_eq!(
            (scale.labels.join(" "), scale.translations["de"].join(" ")),
            ("schlecht gut".into(), "bad good".into())
        );
        assert_eq!(survey.scales["s"].labels, scale.labels);
        assert_eq!(first.own_words.as_ref().unwrap().text, "How?");
        assert_eq!(second.own_words.as_ref().unwrap().labels["1"], "Cash");
        let texts = second.option_texts();
        let texts: Vec<(&str, &str)> =
            texts.iter().map(|(text, label)| (text.as_str(), label.as_str())).collect();
        assert_eq!(texts, [("1", "Bar"), ("2", "Card"), ("Cash", "Bar")]);
    }
}
