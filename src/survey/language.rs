//! A survey in one of its languages: wordings and labels as they are translated, the others still accepted in files.

use super::definition::Survey;
use super::question::{OwnWords, Question};
use super::scale::Scale;

impl Survey {
    /// Puts the wordings and labels of a language in place of those that have a translation into it. What was there
    /// stays a name of the column and a text of the answer. Options that a gate names keep their labels.
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
    }
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
    use crate::survey::parse;

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
