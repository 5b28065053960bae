//! Which points people were offered, where the words of a column fill no scale of the phrasebook.
//!
//! With answers enough, a point that is missing inside a scale was hardly offered: to keep it would move every mean and
//! index. One that is missing at an end may be offered and chosen by nobody.

use crate::survey::phrasebook::phrasebook;

use super::super::vocabulary::Topic;
use super::{Fit, Seen, Words, is_asked};

/// With fewer answers, points that nobody chose say nothing.
const FEW: u64 = 30;
/// With as many answers, a point in the middle of a scale that nobody chose was not offered.
pub(super) const MANY: u64 = 60;

/// The scale of words that fill none of these, of which the first is the most usual.
pub(super) fn words(whole: &[&Fit], seen: &[Seen<'_>], answers: u64, header: Topic) -> Words {
    let usual = whole[0];
    if answers < FEW || usual.seen_points() < 3 {
        return usual.words(seen, whole.len() == 1 && answers < FEW);
    }
    let shortest = whole.iter().min_by_key(|fit| (!is_asked(header, fit.scale.topic), fit.points.len()));
    let fit = shortest.copied().unwrap_or(usual);
    let gaps = Gaps::of(fit);
    if gaps.are_chance(answers) {
        return fit.words(seen, false);
    }
    let one_topic = whole.iter().all(|other| other.scale.topic == fit.scale.topic);
    let usual_length = phrasebook()
        .scales()
        .iter()
        .any(|scale| scale.topic == fit.scale.topic && scale.points.len() == fit.seen_points());
    fit.seen_words(seen, answers >= MANY && gaps.leave_two_halves && one_topic && usual_length)
}

/// The points of a scale that were not seen.
struct Gaps {
    /// How many there are.
    all: usize,
    /// Below and above all that were seen.
    ends: [usize; 2],
    /// Whether the middle is missing and as much is left on its two sides, at the same points.
    leave_two_halves: bool,
}

impl Gaps {
    fn of(fit: &Fit) -> Self {
        let seen: Vec<bool> = fit.points.iter().map(|texts| !texts.is_empty()).collect();
        let middle = seen.len() % 2 == 1 && !seen[seen.len() / 2];
        Self {
            all: seen.iter().filter(|seen| !**seen).count(),
            ends: [
                seen.iter().take_while(|seen| !**seen).count(),
                seen.iter().rev().take_while(|seen| !**seen).count(),
            ],
            leave_two_halves: middle && seen.iter().eq(seen.iter().rev()),
        }
    }

    /// Whether nobody may have chosen points that there were.
    fn are_chance(&self, answers: u64) -> bool {
        let [low, high] = self.ends;
        // All at one end: nobody is dissatisfied.
        let one_end = low + high == self.all && (low == 0 || high == 0);
        one_end || (self.all == 1 && !self.leave_two_halves && answers < MANY)
    }
}

impl Fit {
    /// The words on a scale of the points that were seen, in the order of the phrasebook.
    fn seen_words(&self, seen: &[Seen<'_>], sure: bool) -> Words {
        let mut words = self.words(seen, sure);
        let keep = |labels: &mut Vec<String>| {
            let mut points = self.points.iter();
            labels.retain(|_| points.next().is_some_and(|texts| !texts.is_empty()));
        };
        keep(&mut words.labels);
        words.translations.values_mut().for_each(keep);
        words.name = format!("{}{}_as_seen", self.scale.topic.name(), words.labels.len());
        words
    }
}
