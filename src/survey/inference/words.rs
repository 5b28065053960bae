//! Words of a column and the scale that they are: one of the phrasebook, in one language or in several.
//!
//! A column is on a scale when each of its words is a label of it, and no two of them are different labels of one
//! point. It is snapped to the scale of the phrasebook that it fills; where it fills none, `offered` says which points
//! there were.

mod intensity;
mod offered;

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::survey::phrasebook::{PhraseScale, ScaleTopic, phrasebook};
use crate::survey::{Measure, fold};

use super::points::is_nearly_all;
use super::vocabulary::Topic;

/// More different texts than this are no scale, whatever a few of them say.
pub(super) const MOST_WORDS: usize = 40;
/// With fewer answers, points that nobody chose say little.
const FEW_ANSWERS: u64 = 20;

/// What the words of a column are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Words {
    /// The scale of the phrasebook, or a made-up name.
    pub(super) name: String,
    pub(super) topic: Option<ScaleTopic>,
    pub(super) measure: Measure,
    /// One label a point, the worst first, as the file writes it where it does.
    pub(super) labels: Vec<String>,
    /// Further labels, as [`crate::survey::Scale::translations`].
    pub(super) translations: IndexMap<String, Vec<String>>,
    /// The languages of the labels, that of most answers first.
    pub(super) languages: Vec<&'static str>,
    /// How many points were seen.
    pub(super) seen: usize,
    /// Whether every point was seen, or no other scale fits.
    pub(super) sure: bool,
}

/// A text of the column with what it can be.
struct Seen<'a> {
    text: &'a str,
    count: u64,
}

/// The texts of each point, as indices, with the wording that each is.
type ByPoint = Vec<Vec<(usize, usize)>>;

/// The texts that a scale has labels for.
struct Fit {
    scale: &'static PhraseScale,
    /// The texts of each point, as indices.
    points: Vec<Vec<usize>>,
}

/// The scale of these words under a header of this topic. At least two points must be known; strangers may stand
/// among the words when they are rare (5 % of the cells), but then it is not sure.
pub(super) fn family(texts: &[(String, u64)], header: Topic) -> Option<Words> {
    known_family(texts, header, false)
}

/// The scale of words that people chose, who may have left out the middle of a longer one.
pub(super) fn chosen_family(texts: &[(String, u64)], header: Topic) -> Option<Words> {
    known_family(texts, header, true)
}

fn known_family(texts: &[(String, u64)], header: Topic, are_chosen: bool) -> Option<Words> {
    if texts.len() > MOST_WORDS {
        return None;
    }
    if let Some(words) = exact_family(texts, header, are_chosen) {
        return Some(words);
    }
    let is_known = |text: &str| !phrasebook().places(text).is_empty();
    let known: Vec<(String, u64)> = texts.iter().filter(|(text, _)| is_known(text)).cloned().collect();
    let cells = |texts: &[(String, u64)]| texts.iter().map(|(_, count)| count).sum::<u64>();
    if known.len() == texts.len() || !is_nearly_all(cells(&known), cells(texts)) {
        return None;
    }
    exact_family(&known, header, are_chosen).map(|words| Words { sure: false, ..words })
}

/// These words on the scale of that name, if they are all labels of it.
pub(super) fn on_scale(name: &str, texts: &[(String, u64)]) -> Option<Words> {
    let seen = seen(texts);
    let fit = fits(&seen).into_iter().find(|fit| fit.scale.name == name && fit.is_whole(&seen))?;
    Some(fit.words(&seen, true))
}

fn seen(texts: &[(String, u64)]) -> Vec<Seen<'_>> {
    texts.iter().map(|(text, count)| Seen { text, count: *count }).collect()
}

fn exact_family(texts: &[(String, u64)], header: Topic, are_chosen: bool) -> Option<Words> {
    if texts.len() < 2 {
        return None;
    }
    if let Some(words) = intensity::words(texts) {
        return Some(words);
    }
    let seen = seen(texts);
    let fits = fits(&seen);
    let mut whole: Vec<&Fit> = fits.iter().filter(|fit| fit.is_whole(&seen)).collect();
    // Stable: of equals, the phrasebook has the most usual first.
    whole.sort_by_key(|fit| (!fit.is_complete(), !is_asked(header, fit.scale.topic)));
    let Some((fit, others)) = whole.split_first() else { return joined(&seen, &fits_of_languages(&seen)) };
    let answers: u64 = seen.iter().map(|seen| seen.count).sum();
    let longer = |other: &&&Fit| {
        are_chosen && answers < offered::MANY && fit.is_complete() && other.lacks_the_middle_of(fit)
    };
    if let Some(longer) = others.iter().find(longer) {
        return Some(longer.words(&seen, false));
    }
    if !fit.is_complete() {
        return Some(offered::words(&whole, &seen, answers, header));
    }
    let is_other = |other: &Fit| other.is_complete() && other.scale.topic != fit.scale.topic;
    let longer = others.iter().any(|other| other.points.len() > fit.points.len());
    let sure = (answers >= FEW_ANSWERS || !longer)
        && (is_asked(header, fit.scale.topic) || !others.iter().any(|other| is_other(other)));
    Some(fit.words(&seen, sure))
}

/// Whether a header asks what a scale answers.
fn is_asked(header: Topic, topic: ScaleTopic) -> bool {
    matches!(
        (header, topic),
        (Topic::Satisfaction, ScaleTopic::Satisfaction)
            | (Topic::Effort, ScaleTopic::Ease)
            | (Topic::Importance, ScaleTopic::Importance)
            | (Topic::Recommend, ScaleTopic::Likelihood)
    )
}

/// Every scale that has a label for one of the texts and no contradiction among those it has.
fn fits(seen: &[Seen<'_>]) -> Vec<Fit> {
    let plain = by_scale(seen).into_iter().filter(|(_, points)| !has_contradiction(points));
    plain.filter_map(|(scale, points)| Fit::of(scale, points)).collect()
}

/// As [`fits`], with the scales that contradict themselves only by a word which another language of the column explains:
/// `Neutral` beside `Neutre` is the German one.
fn fits_of_languages(seen: &[Seen<'_>]) -> Vec<Fit> {
    let all = by_scale(seen);
    let plain = fits(seen);
    let found = all.into_iter().map(|(index, mut points)| {
        if let Some(scale) = phrasebook().scales().get(index).filter(|_| has_contradiction(&points)) {
            let own: Vec<usize> = points.iter().flatten().map(|(text, _)| *text).collect();
            let is_other = |fit: &&Fit| {
                fit.scale.language != scale.language
                    && (fit.scale.topic, fit.points.len()) == (scale.topic, scale.points.len())
                    && fit.texts().any(|text| !own.contains(&text))
            };
            let others: Vec<&Fit> = plain.iter().filter(is_other).collect();
            let is_foreign = |text: usize| others.iter().any(|fit| fit.texts().any(|known| known == text));
            for at in points.iter_mut().filter(|at| at.iter().any(|(_, wording)| *wording != at[0].1)) {
                at.retain(|(text, _)| !is_foreign(*text));
            }
        }
        (index, points)
    });
    let found = found.filter(|(_, points)| !has_contradiction(points));
    found.filter_map(|(scale, points)| Fit::of(scale, points)).collect()
}

/// The texts that each scale has labels for, by the index of the scale.
fn by_scale(seen: &[Seen<'_>]) -> BTreeMap<usize, ByPoint> {
    let book = phrasebook();
    let mut found: BTreeMap<usize, ByPoint> = BTreeMap::new();
    for (index, text) in seen.iter().enumerate() {
        for place in book.places(text.text) {
            let Some(scale) = book.scales().get(place.scale) else { continue };
            let points = found.entry(place.scale).or_insert_with(|| vec![Vec::new(); scale.points.len()]);
            if let Some(at) = points.get_mut(place.point) {
                at.push((index, place.wording));
            }
        }
    }
    found
}

/// Whether two different labels stand for one point: such a scale is not the one.
fn has_contradiction(points: &ByPoint) -> bool {
    points.iter().any(|at| at.windows(2).any(|pair| pair[0].1 != pair[1].1))
}

impl Fit {
    fn of(scale: usize, points: ByPoint) -> Option<Self> {
        let points = points.into_iter().map(|at| at.into_iter().map(|(text, _)| text).collect()).collect();
        Some(Self { scale: phrasebook().scales().get(scale)?, points })
    }

    fn texts(&self) -> impl Iterator<Item = usize> {
        self.points.iter().flatten().copied()
    }

    fn seen_points(&self) -> usize {
        self.points.iter().filter(|texts| !texts.is_empty()).count()
    }

    fn is_complete(&self) -> bool {
        self.seen_points() == self.points.len()
    }

    /// Whether it is the other scale with a point in the middle, which was not seen.
    fn lacks_the_middle_of(&self, other: &Self) -> bool {
        let middle = self.points.len() / 2;
        // Other topics are often asked without a middle: to agree or not.
        self.scale.topic == ScaleTopic::Satisfaction
            && (self.scale.language, self.scale.topic) == (other.scale.language, other.scale.topic)
            // Six points are chosen by whoever wants no middle.
            && (self.points.len(), other.points.len()) == (5, 4)
            && self.seen_points() + 1 == self.points.len()
            && self.points.get(middle).is_some_and(Vec::is_empty)
    }

    /// Whether every text is a label of it, at two points at least.
    fn is_whole(&self, seen: &[Seen<'_>]) -> bool {
        self.texts().count() == seen.len() && self.seen_points() > 1
    }

    fn words(&self, seen: &[Seen<'_>], sure: bool) -> Words {
        let mut words = Words {
            name: self.scale.name.clone(),
            topic: Some(self.scale.topic),
            measure: self.scale.topic.measure(),
            labels: (0..self.points.len()).map(|point| self.scale.label(point)).collect(),
            translations: IndexMap::new(),
            languages: vec![self.scale.language],
            seen: self.seen_points(),
            sure,
        };
        let texts = self.points.iter().map(|texts| by_count(texts, seen)).collect::<Vec<_>>();
        for (label, texts) in words.labels.iter_mut().zip(&texts) {
            if let Some(first) = texts.first() {
                (*first).clone_into(label);
            }
        }
        let further = texts
            .iter()
            .enumerate()
            .flat_map(|(point, texts)| texts.iter().skip(1).map(move |text| (point, *text)));
        for (point, text) in further {
            words.add_label(self.scale, point, text);
        }
        words
    }
}

impl Words {
    /// A further label of a point, in the first list of its language that has room for it.
    fn add_label(&mut self, scale: &PhraseScale, point: usize, text: &str) {
        let is_known = |labels: &[String]| labels.get(point).is_some_and(|label| fold(label) == fold(text));
        if is_known(&self.labels) || self.translations.values().any(|labels| is_known(labels)) {
            return;
        }
        // Another spelling stands beside the labels of the column, another language beside its own.
        let is_own = self.languages.first() == Some(&scale.language);
        let filled: Vec<String> = if is_own {
            self.labels.clone()
        } else {
            (0..scale.points.len()).map(|point| scale.label(point)).collect()
        };
        for number in 1.. {
            let name =
                if number == 1 { scale.language.to_owned() } else { format!("{}_{number}", scale.language) };
            let labels = self.translations.entry(name).or_insert_with(|| filled.clone());
            let (Some(label), Some(known)) = (labels.get_mut(point), filled.get(point)) else { return };
            // What was filled in gives way.
            if fold(label) == fold(known) {
                text.clone_into(label);
                return;
            }
        }
    }
}

/// The texts at these indices, the most frequent first, letter case aside.
fn by_count<'a>(texts: &[usize], seen: &[Seen<'a>]) -> Vec<&'a str> {
    let mut texts: Vec<&Seen<'a>> = texts.iter().filter_map(|text| seen.get(*text)).collect();
    texts.sort_by_key(|text| std::cmp::Reverse(text.count));
    let mut found: Vec<&'a str> = Vec::new();
    for text in texts {
        if !found.iter().any(|known| fold(known) == fold(text.text)) {
            found.push(text.text);
        }
    }
    found
}

/// One scale in several languages: each text is a label in one of them.
fn joined(seen: &[Seen<'_>], fits: &[Fit]) -> Option<Words> {
    let mut shapes: Vec<(ScaleTopic, usize)> =
        fits.iter().map(|fit| (fit.scale.topic, fit.points.len())).collect();
    shapes.sort();
    shapes.dedup();
    let cells = |texts: &mut dyn Iterator<Item = usize>| -> u64 {
        texts.filter_map(|text| seen.get(text)).map(|seen| seen.count).sum()
    };
    let mut best: Option<(bool, usize, Vec<&Fit>)> = None;
    for shape in shapes {
        let mut left: Vec<usize> = (0..seen.len()).collect();
        let mut chosen: Vec<&Fit> = Vec::new();
        loop {
            let of_shape = fits.iter().filter(|fit| (fit.scale.topic, fit.points.len()) == shape);
            let next = of_shape
                .filter(|fit| !chosen.iter().any(|other| other.scale.language == fit.scale.language))
                .map(|fit| (cells(&mut fit.texts().filter(|text| left.contains(text))), fit))
                .filter(|(cells, _)| *cells > 0)
                // The first of equals is the most usual.
                .rev()
                .max_by_key(|(cells, _)| *cells);
            let Some((_, fit)) = next else { break };
            left.retain(|text| !fit.texts().any(|known| known == *text));
            chosen.push(fit);
        }
        let points = (0..shape.1).filter(|point| {
            chosen.iter().any(|fit| fit.points.get(*point).is_some_and(|texts| !texts.is_empty()))
        });
        let points = points.count();
        if !left.is_empty() || points < 2 {
            continue;
        }
        let better = match &best {
            Some((complete, languages, _)) => {
                (points == shape.1, usize::MAX - chosen.len()) > (*complete, usize::MAX - *languages)
            }
            None => true,
        };
        if better {
            best = Some((points == shape.1, chosen.len(), chosen));
        }
    }
    let (complete, _, chosen) = best?;
    let (first, others) = chosen.split_first()?;
    let mut words = first.words(seen, complete);
    for fit in others {
        for (point, texts) in fit.points.iter().enumerate() {
            for text in by_count(texts, seen) {
                // What another language of the column writes alike is no translation of its own.
                words.add_label(fit.scale, point, text);
            }
        }
        words.languages.push(fit.scale.language);
    }
    words.seen = (0..words.labels.len())
        .filter(|point| {
            chosen.iter().any(|fit| fit.points.get(*point).is_some_and(|texts| !texts.is_empty()))
        })
        .count();
    Some(words)
}

#[cfg(test)]
mod tests;
