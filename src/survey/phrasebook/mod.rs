//! The words of questionnaires that are recognised without a definition, in twelve languages: the labels of common
//! scales, yes and no, what means no answer, and the words of headers.
//!
//! One file a language. A scale is a list of points, the worst first; a point lists its wordings, divided by ` | `,
//! the one that is written where a file shows none first. `~` stands for the words of `middle`, `satisfait[e]` for
//! its forms by gender: `satisfait`, `satisfaite`, `satisfait(e)` and the like. Of a header, `word*` is a beginning.
//!
//! The files are read once, when words first have to be recognised: an analysis with a definition never does. What is
//! not in them is not guessed: no translation, no similarity of letters.

mod file;
mod key;
mod topic;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use hashbrown::HashMap;

use file::LanguageFile;

pub use file::Header;
pub use key::phrase_key;
pub use topic::ScaleTopic;

/// The languages and their files; Chinese is written in two scripts.
const LANGUAGES: [(&str, &str); 13] = [
    ("en", include_str!("en.toml")),
    ("de", include_str!("de.toml")),
    ("fr", include_str!("fr.toml")),
    ("es", include_str!("es.toml")),
    ("it", include_str!("it.toml")),
    ("pt", include_str!("pt.toml")),
    ("nl", include_str!("nl.toml")),
    ("sv", include_str!("sv.toml")),
    ("pl", include_str!("pl.toml")),
    ("ja", include_str!("ja.toml")),
    ("ko", include_str!("ko.toml")),
    ("zh", include_str!("zh-hans.toml")),
    ("zh-Hant", include_str!("zh-hant.toml")),
];

static PHRASEBOOK: LazyLock<Phrasebook> = LazyLock::new(Phrasebook::read);

/// The phrasebook, read on first use.
pub fn phrasebook() -> &'static Phrasebook {
    &PHRASEBOOK
}

/// A scale of one language.
#[derive(Clone, Debug)]
pub struct PhraseScale {
    /// The language: `de`.
    pub language: &'static str,
    /// What is asked.
    pub topic: ScaleTopic,
    /// A name for a definition: `satisfied5`, `satisfied5_de`; of several such, `satisfied5b`.
    pub name: String,
    /// The wordings of each point, the worst point first; of each wording its forms, the plain one first.
    pub points: Vec<Vec<Vec<String>>>,
}

impl PhraseScale {
    /// How a point is written where the file does not show it.
    pub fn label(&self, point: usize) -> String {
        let word = self.points.get(point).and_then(|wordings| wordings.first()?.first());
        let mut characters = word.map(String::as_str).unwrap_or_default().chars();
        let first = characters.next();
        first.map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
    }
}

/// Where a text stands in a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The scale, as an index into [`Phrasebook::scales`].
    pub scale: usize,
    /// The point, from the worst.
    pub point: usize,
    /// Which of its wordings.
    pub wording: usize,
}

/// Why a text is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// "Don't know".
    DontKnow,
    /// "Not applicable".
    NotApplicable,
    /// "No answer", "-".
    Blank,
}

/// All languages together.
#[derive(Debug, Default)]
pub struct Phrasebook {
    scales: Vec<PhraseScale>,
    places: BTreeMap<String, Vec<Place>>,
    yes: BTreeMap<String, &'static str>,
    no: Vec<String>,
    no_answer: BTreeMap<String, NoAnswer>,
    praise: Vec<String>,
    expectation: Vec<String>,
    blame: Vec<String>,
    negation: Vec<String>,
    headers: BTreeMap<String, Vec<Header>>,
    /// Words that count at the beginning of a word of a header, or anywhere where words are not divided by spaces.
    beginnings: Vec<(String, Header)>,
}

impl Phrasebook {
    fn read() -> Self {
        let mut book = Self::default();
        for (language, text) in LANGUAGES {
            // A test reads every file: none is ever left out.
            if let Ok(file) = toml::from_str::<LanguageFile>(text) {
                book.add(language, &file);
            }
        }
        book
    }

    fn add(&mut self, language: &'static str, file: &LanguageFile) {
        // Scales of different lengths share most of their words.
        let mut keys: HashMap<String, Vec<String>> = HashMap::new();
        for (topic, scales) in file.scales() {
            for points in scales {
                let points: Vec<_> = points.iter().map(|point| file.wordings(point)).collect();
                for form in points.iter().flatten().flatten() {
                    if !keys.contains_key(form) {
                        keys.insert(form.clone(), key::spellings(language, form));
                    }
                }
                self.add_scale(language, topic, points, &keys);
            }
            // Seven points around a middle are asked without it too.
            let halves = scales.iter().filter(|points| {
                points.len() == 7
                    && topic != ScaleTopic::Importance
                    && points.get(3).is_some_and(|middle| middle.starts_with('~'))
            });
            for points in halves {
                let sides = points.iter().enumerate().filter(|(point, _)| *point != 3);
                let points = sides.map(|(_, point)| file.wordings(point)).collect();
                self.add_scale(language, topic, points, &keys);
            }
        }
        for word in &file.yes {
            self.yes.entry(phrase_key(word)).or_insert(language);
        }
        self.no.extend(file.no.iter().cloned());
        let reasons = &file.no_answer;
        for (texts, reason) in [
            (&reasons.dont_know, NoAnswer::DontKnow),
            (&reasons.not_applicable, NoAnswer::NotApplicable),
            (&reasons.blank, NoAnswer::Blank),
        ] {
            for text in texts.iter().flat_map(|text| file::forms(text)) {
                self.no_answer.entry(no_answer_key(&text)).or_insert(reason);
            }
        }
        let keys = |words: &[String]| words.iter().map(|word| phrase_key(word)).collect::<Vec<_>>();
        self.praise.extend(keys(&file.tone.praise));
        self.expectation.extend(file.tone.expectation.iter().cloned());
        self.blame.extend(keys(&file.tone.blame));
        self.negation.extend(keys(&file.tone.negation));
        for (header, words) in &file.header {
            for word in words {
                match word.strip_suffix('*') {
                    Some(beginning) => self.beginnings.push((phrase_key(beginning), *header)),
                    None if key::is_spaceless(word) => self.beginnings.push((phrase_key(word), *header)),
                    None => {
                        let known = self.headers.entry(phrase_key(word)).or_default();
                        if !known.contains(header) {
                            known.push(*header);
                        }
                    }
                }
            }
        }
    }

    fn add_scale(
        &mut self,
        language: &'static str,
        topic: ScaleTopic,
        points: Vec<Vec<Vec<String>>>,
        keys: &HashMap<String, Vec<String>>,
    ) {
        let of_language =
            if language == "en" { String::new() } else { format!("_{}", language.to_lowercase()) };
        let length = points.len();
        let alike = self
            .scales
            .iter()
            .filter(|other| (other.language, other.topic, other.points.len()) == (language, topic, length));
        let letter = ["", "b", "c", "d", "e", "f", "g", "h"].get(alike.count()).copied().unwrap_or("x");
        let name = format!("{}{length}{letter}{of_language}", topic.name());
        let scale = self.scales.len();
        for (point, wordings) in points.iter().enumerate() {
            for (wording, forms) in wordings.iter().enumerate() {
                for form in forms {
                    for key in keys.get(form).into_iter().flatten() {
                        let places = self.places.entry(key.clone()).or_default();
                        if !places.iter().any(|place| place.scale == scale) {
                            places.push(Place { scale, point, wording });
                        }
                    }
                }
            }
        }
        self.scales.push(PhraseScale { language, topic, name, points });
    }

    /// Every scale; of one language and topic the most usual first.
    pub fn scales(&self) -> &[PhraseScale] {
        &self.scales
    }

    /// Where a text stands; nowhere if it is a label of no scale. A remark in brackets at the end does not count where
    /// the whole is not known: `Neither (neutral)`.
    pub fn places(&self, text: &str) -> &[Place] {
        if text.len() > key::LONGEST {
            return &[];
        }
        let known = |text: &str| self.places.get(&phrase_key(text)).map(Vec::as_slice);
        known(text).or_else(|| known(key::with_remark(text)?.0)).unwrap_or_default()
    }

    /// Whether a text says yes.
    pub fn is_yes(&self, text: &str) -> bool {
        self.yes.contains_key(&phrase_key(text))
    }

    /// Whether a text says no.
    pub fn is_no(&self, text: &str) -> bool {
        let key = phrase_key(text);
        self.no.iter().any(|word| phrase_key(word) == key)
    }

    /// The words for no.
    pub fn noes(&self) -> impl Iterator<Item = &str> {
        self.no.iter().map(String::as_str)
    }

    /// Why a text is no answer, if it is none: `Not applicable`, `Not applicable (no car)`, `Unfamiliar (N/A)`.
    pub fn no_answer(&self, text: &str) -> Option<NoAnswer> {
        if text.len() > key::LONGEST {
            return None;
        }
        let known = |text: &str| self.no_answer.get(&no_answer_key(text)).copied();
        known(text).or_else(|| {
            let (words, remark) = key::with_remark(text)?;
            // A remark that nobody answers with, such as `(none)` or `(don't know)`, may explain an answer.
            let remark = known(remark).filter(|reason| *reason == NoAnswer::NotApplicable);
            remark.or_else(|| known(words))
        })
    }

    /// Whether a text sets something against what was expected; `tokens` are its words.
    pub fn is_of_expectation(&self, tokens: &[String]) -> bool {
        tokens.iter().any(|token| self.expectation.iter().any(|start| token.starts_with(start.as_str())))
    }

    /// Whether words praise (`true`) or blame (`false`); `None` where they do neither, or both. `tokens` are the words
    /// of `text`.
    pub fn is_praise(&self, text: &str, tokens: &[String]) -> Option<bool> {
        if let Some(tone) = self.tone(text) {
            return tone;
        }
        let keys: Vec<String> = tokens.iter().map(|token| phrase_key(token)).collect();
        let has = |list: &[String]| {
            keys.iter().any(|key| list.contains(key))
                || (key::is_spaceless(text)
                    && list
                        .iter()
                        .any(|word| key::is_spaceless(word) && phrase_key(text).contains(word.as_str())))
        };
        match (has(&self.praise), has(&self.blame)) {
            (true, false) => Some(!has(&self.negation)),
            // "not bad" is no praise to build on.
            (false, true) => (!has(&self.negation)).then_some(false),
            _ => None,
        }
    }

    /// The side of the middle on which a whole label stands; `None` where it is none, or not always on that side.
    #[expect(clippy::option_option, reason = "a label in the middle is not the same as no label")]
    fn tone(&self, text: &str) -> Option<Option<bool>> {
        let mut sides = self.places(text).iter().map(|place| {
            let last = self.scales.get(place.scale).map_or(0, |scale| scale.points.len().saturating_sub(1));
            match (place.point * 2).cmp(&last) {
                std::cmp::Ordering::Less => Some(false),
                std::cmp::Ordering::Equal => None,
                std::cmp::Ordering::Greater => Some(true),
            }
        });
        let first = sides.next()?;
        Some(first.filter(|_| sides.all(|side| side == first)))
    }

    /// What a word of a header says; `token` is in lower case.
    pub fn header(&self, token: &str) -> Vec<Header> {
        let key = phrase_key(token);
        let mut found = self.headers.get(&key).cloned().unwrap_or_default();
        for (beginning, header) in &self.beginnings {
            let fits = if key::is_spaceless(beginning) {
                key.contains(beginning.as_str())
            } else {
                key.starts_with(beginning.as_str())
            };
            if fits && !found.contains(header) {
                found.push(*header);
            }
        }
        found
    }
}

/// As [`phrase_key`], but marks such as `-` and `.` count: they are answers of nobody.
fn no_answer_key(text: &str) -> String {
    let key = phrase_key(text);
    if key.is_empty() { text.trim().to_owned() } else { key }
}

#[cfg(test)]
mod tests;
