//! Why a headline moved between two waves: first what changed in the asking, then who moved.
//!
//! Nothing here is a cause. What changed in the asking comes first because it may explain the move by itself: the
//! question, the channel or language (whose answers are compared by counts, not weights: who came is not a matter of
//! weighting), the response rate, the weights. Then what each group contributed, and which other ratings moved: by the
//! tests of the trend, so that both say the same. Waves are not compared across a question that changed unless the
//! definition joins them.

use std::collections::BTreeSet;

use crate::measures::rounded;
use crate::report::{AskingChange, ChangeVerdict, MovedRating, SegmentContribution, WhySection};
use crate::stats::{Reference, SampledShare, pooled_share_test, share_homogeneity};

use super::error::AnalysisError;
use super::trend::index::{Headline, WaveIndex, find, headlines};
use super::trend::mix::{Composition, split};
use super::trend::{Contrast, TrendOptions, WaveFigures, broken, changes_between};

/// Segments of these names say how people were asked.
const ASKING: [&str; 6] = ["channel", "device", "language", "locale", "method", "mode"];

/// Which move is to be explained.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhyOptions {
    /// The question; its headline is explained.
    pub question: String,
    /// The wave; `None` is the last complete one that has a figure.
    pub wave: Option<String>,
    /// What it is compared with; `None` is the complete wave before that has a figure.
    pub against: Option<String>,
    /// Segments that say how people were asked, beside those named channel, language and the like.
    pub asking: Vec<String>,
}

/// What may explain the move of one headline between two waves, among waves in order.
///
/// # Errors
/// A question without headline, a wave that is not there, or nothing to compare it with.
pub fn why(
    waves: &[WaveFigures],
    what: &WhyOptions,
    options: &TrendOptions,
) -> Result<WhySection, AnalysisError> {
    let options = &options.with_breaks_of(waves);
    let waves: Vec<WaveIndex> = waves.iter().map(WaveIndex::new).collect();
    let headlines = headlines(&waves);
    let Some(headline) = headlines.iter().find(|headline| headline.question == what.question) else {
        let known = headlines.iter().map(|headline| headline.question.to_owned()).collect();
        return Err(AnalysisError::UnknownQuestion { found: what.question.clone(), known });
    };
    let (from, to) = pair(&waves, headline, what, options)?;
    let changes = changes_between(&waves, &headlines, from, to, options);
    let own = |(index, _): &&(usize, Contrast)| headlines[*index].question == headline.question;
    let change = changes.iter().find(own).map(|(_, contrast)| contrast.difference.value);
    let (before, after) = (&waves[from], &waves[to]);
    let pair = Pair { before, after, headline, options };
    let segments: Vec<&str> = after.figures.segments.iter().map(|segment| segment.id.as_str()).collect();
    Ok(WhySection {
        question: headline.question.to_owned(),
        statistic: headline.statistic.to_owned(),
        wave: after.figures.label.clone(),
        against: before.figures.label.clone(),
        change,
        asking: pair.asking(&waves, &segments, what),
        contributions: segments.iter().flat_map(|segment| pair.contributions(segment)).collect(),
        moved: moved(&headlines, headline, &changes),
    })
}

/// The places of the wave before and of the wave.
fn pair(
    waves: &[WaveIndex],
    headline: &Headline,
    what: &WhyOptions,
    options: &TrendOptions,
) -> Result<(usize, usize), AnalysisError> {
    let named = |label: &String| {
        waves.iter().position(|wave| wave.figures.label == *label).ok_or_else(|| AnalysisError::UnknownWave {
            found: label.clone(),
            known: waves.iter().map(|wave| wave.figures.label.clone()).collect(),
        })
    };
    let usable = |index: &usize| waves[*index].figures.complete && waves[*index].side(headline).is_some();
    let nothing = |wave: &str, reason: &str| AnalysisError::NothingToCompare {
        wave: wave.to_owned(),
        reason: reason.to_owned(),
    };
    let wave = match &what.wave {
        Some(label) => named(label)?,
        None => (0..waves.len())
            .rev()
            .find(usable)
            .ok_or_else(|| nothing(headline.question, "no complete wave has a figure of it"))?,
    };
    let label = &waves[wave].figures.label;
    let against = match &what.against {
        Some(label) => named(label)?,
        None => (0..wave)
            .rev()
            .find(usable)
            .ok_or_else(|| nothing(label, "no complete wave before it has a figure"))?,
    };
    if against == wave {
        return Err(nothing(label, "it is the wave itself"));
    }
    let breaks = options.breaks_of(headline.question);
    if broken(waves, &breaks, against.min(wave), against.max(wave)) {
        let against = &waves[against].figures.label;
        let question = headline.question;
        let reason = format!(
            "{question} was asked otherwise in {against}; `bridge = true` in the question joins the waves"
        );
        return Err(nothing(label, &reason));
    }
    Ok((against, wave))
}

/// The other headlines that moved clearly, as the trend says: adjusted over all of them, the one explained included.
fn moved(headlines: &[Headline], explained: &Headline, changes: &[(usize, Contrast)]) -> Vec<MovedRating> {
    let clear = changes.iter().filter(|(index, contrast)| {
        headlines[*index].question != explained.question
            && matches!(contrast.verdict, Some(ChangeVerdict::Up | ChangeVerdict::Down))
    });
    let rows = clear.map(|(index, contrast)| MovedRating {
        question: headlines[*index].question.to_owned(),
        statistic: headlines[*index].statistic.to_owned(),
        change: contrast.difference.value,
        low: contrast.difference.low,
        high: contrast.difference.high,
        p_adjusted: contrast.p_adjusted,
    });
    rows.collect()
}

/// Two waves of one headline.
struct Pair<'w, 'a> {
    before: &'w WaveIndex<'a>,
    after: &'w WaveIndex<'a>,
    headline: &'w Headline<'a>,
    options: &'w TrendOptions,
}

impl<'a> Pair<'_, 'a> {
    fn asking(&self, waves: &[WaveIndex], segments: &[&'a str], what: &WhyOptions) -> Vec<AskingChange> {
        let mut found = self.definition(waves);
        for segment in segments {
            let asks = ASKING.iter().any(|name| segment.eq_ignore_ascii_case(name))
                || what.asking.iter().any(|name| name == segment);
            if asks {
                found.extend(self.shares(segment));
            }
        }
        found.extend(self.response_rate());
        let weight = |wave: &WaveIndex| wave.figures.weight.clone();
        let (before, after) = (weight(self.before), weight(self.after));
        if before != after {
            let about = after.clone().or_else(|| before.clone()).unwrap_or_default();
            let none = || Some("none".to_owned());
            found.push(AskingChange {
                what: "weights".to_owned(),
                about,
                before: before.or_else(none),
                after: after.or_else(none),
                p: None,
            });
        }
        let base = |wave: &WaveIndex| {
            wave.estimate(self.headline.question, self.headline.statistic)?.base.map(|base| base.to_string())
        };
        found.push(AskingChange {
            what: "base".to_owned(),
            about: self.headline.question.to_owned(),
            before: base(self.before),
            after: base(self.after),
            p: None,
        });
        found
    }

    /// The question itself: declared changes between the two waves.
    fn definition(&self, waves: &[WaveIndex]) -> Vec<AskingChange> {
        let place = |label: &str| waves.iter().position(|wave| wave.figures.label == label);
        let (one, other) = (place(&self.before.figures.label), place(&self.after.figures.label));
        let (first, last) = (one.min(other), one.max(other));
        let between = self.options.breaks_of(self.headline.question).into_iter().filter(|change| {
            let at = place(&change.wave);
            first < at && at <= last
        });
        let rows = between.map(|change| AskingChange {
            what: "definition".to_owned(),
            about: self.headline.question.to_owned(),
            before: None,
            after: Some(change.changed.join(", ")),
            p: None,
        });
        rows.collect()
    }

    /// How the shares of a segment's values moved, one row a value, with one test for all.
    fn shares(&self, segment: &'a str) -> Vec<AskingChange> {
        let groups = |wave: &WaveIndex<'a>| -> Vec<(&'a str, Option<u64>)> {
            let found = wave.groups(self.headline.question, segment).into_iter().flatten();
            found
                .filter_map(|(value, estimates)| {
                    Some((*value, find(estimates, self.headline.statistic)?.base))
                })
                .collect()
        };
        let (before, after) = (groups(self.before), groups(self.after));
        let mut values: Vec<&str> = before.iter().chain(&after).map(|(value, _)| *value).collect();
        let mut seen = BTreeSet::new();
        values.retain(|value| seen.insert(*value));
        // A hidden base is not compared, and neither is anything that would tell it.
        if before.iter().chain(&after).any(|(_, base)| base.is_none()) {
            return Vec::new();
        }
        let base = |groups: &[(&str, Option<u64>)], value: &str| {
            groups.iter().find(|(known, _)| *known == value).and_then(|(_, base)| *base).unwrap_or(0)
        };
        let all = |groups: &[(&str, Option<u64>)]| groups.iter().filter_map(|(_, base)| *base).sum::<u64>();
        let (n_before, n_after) = (all(&before), all(&after));
        if n_before == 0 || n_after == 0 {
            return Vec::new();
        }
        // Of each value's answers the part that came after: equal parts are equal shares in both waves.
        let parts: Vec<SampledShare> = values
            .iter()
            .map(|value| (base(&before, value), base(&after, value)))
            .filter(|(before, after)| before + after > 0)
            .map(|(before, after)| {
                let n = (before + after) as f64;
                SampledShare { p: after as f64 / n, n }
            })
            .collect();
        let p = share_homogeneity(&parts).and_then(|test| rounded(test.p));
        let percent = |part: u64, all: u64| Some(format!("{:.1} %", 100.0 * part as f64 / all as f64));
        let rows = values.iter().map(|value| AskingChange {
            what: segment.to_owned(),
            about: (*value).to_owned(),
            before: percent(base(&before, value), n_before),
            after: percent(base(&after, value), n_after),
            p,
        });
        rows.collect()
    }

    fn response_rate(&self) -> Option<AskingChange> {
        let share = |wave: &WaveIndex| {
            let n = wave.figures.invited.filter(|invited| *invited > 0)? as f64;
            Some(SampledShare { p: (wave.figures.response_rate? / 100.0).clamp(0.0, 1.0), n })
        };
        let (before, after) = (share(self.before), share(self.after));
        let said = |share: Option<SampledShare>| share.map(|share| format!("{:.1} %", 100.0 * share.p));
        let test = before
            .zip(after)
            .and_then(|(before, after)| pooled_share_test(&after, &before, Reference::Normal));
        (before.is_some() || after.is_some()).then(|| AskingChange {
            what: "response_rate".to_owned(),
            about: String::new(),
            before: said(before),
            after: said(after),
            p: test.and_then(|test| rounded(test.p)),
        })
    }

    /// What each value of a segment contributed; a hidden one has a row without figures.
    fn contributions(&self, segment: &'a str) -> Vec<SegmentContribution> {
        let of = |wave| Composition::of(wave, self.headline.question, self.headline.statistic, segment);
        let Some((before, after)) = of(self.before).zip(of(self.after)) else { return Vec::new() };
        let row = |group: Option<&str>| SegmentContribution {
            segment: segment.to_owned(),
            group: group.map(str::to_owned),
            share_before: None,
            share_after: None,
            value_before: None,
            value_after: None,
            mix: None,
            within: None,
        };
        let known = |group: Option<&str>| {
            let (earlier, later) = (before.score(group), after.score(group));
            SegmentContribution {
                share_before: earlier.and_then(|score| rounded(score.share)),
                share_after: later.and_then(|score| rounded(score.share)),
                value_before: earlier.and_then(|score| rounded(score.score)),
                value_after: later.and_then(|score| rounded(score.score)),
                ..row(group)
            }
        };
        let Some(split) = split(&before, &after, self.options.confidence) else {
            // With a group hidden no term is shown: together they would give its own away.
            let seen = before.groups.iter().chain(&after.groups).filter_map(|(group, _)| *group);
            let names: BTreeSet<&str> =
                seen.chain(before.hidden.iter().chain(&after.hidden).copied()).collect();
            return names.into_iter().map(|group| known(Some(group))).collect();
        };
        let figures = split.groups.iter().zip(&split.parts.groups).map(|(group, terms)| {
            let figures = known(*group);
            // Nobody is a share as good as any: it is 0, and there is no figure.
            SegmentContribution {
                share_before: figures.share_before.or(Some(0.0)),
                share_after: figures.share_after.or(Some(0.0)),
                mix: rounded(terms.mix),
                within: rounded(terms.within),
                ..figures
            }
        });
        figures.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{WhyOptions, why};
    use crate::analysis::trend::sample::wave;
    use crate::analysis::trend::{TrendOptions, WaveFigures, trend};
    use crate::measures::sample::confidence;
    use crate::report::{Flag, WhySection};
    use crate::survey::Measure;
    use approx::assert_relative_eq;

    fn by_channel(label: &str, mail: [u64; 2], phone: [u64; 2]) -> WaveFigures {
        let points = |[yes, no]: [u64; 2]| vec![0, no, 0, 0, yes];
        let groups = [(Some("mail"), points(mail)), (Some("phone"), points(phone))];
        wave(label).asked("overall", Measure::Csat, "channel", &groups)
    }

    fn asked(waves: &[WaveFigures]) -> WhySection {
        let what = WhyOptions { question: "overall".to_owned(), ..WhyOptions::default() };
        why(waves, &what, &TrendOptions::new(confidence(0.95))).unwrap()
    }

    #[test]
    fn a_channel_that_moved_is_tested_and_every_value_has_its_part() {
        let waves = [by_channel("2026-Q1", [60, 20], [10, 10]), by_channel("2026-Q2", [30, 10], [30, 30])];
        let found = asked(&waves);
        let channels: Vec<_> = found.asking.iter().filter(|row| row.what == "channel").collect();
        assert_eq!(channels[0].about, "mail");
        assert_eq!(
            (channels[0].before.as_deref(), channels[0].after.as_deref()),
            (Some("80.0 %"), Some("40.0 %"))
        );
        // scipy 1.17.1: chi2_contingency([[80, 20], [40, 60]], correction=False).pvalue
        assert_relative_eq!(channels[1].p.unwrap(), 7.764_036_537_930_667e-9, max_relative = 1e-9);
        assert_relative_eq!(found.change.unwrap(), -10.0, epsilon = 1e-9);
        let sum = |of: fn(&crate::report::SegmentContribution) -> Option<f64>| -> f64 {
            found.contributions.iter().filter_map(of).sum()
        };
        assert_relative_eq!(sum(|row| row.mix), -10.0, epsilon = 1e-9);
        assert_relative_eq!(sum(|row| row.within), 0.0, epsilon = 1e-9);
        assert!(found.moved.is_empty());
    }

    #[test]
    fn a_hidden_value_leaves_neither_shares_nor_terms() {
        let waves = [
            by_channel("2026-Q1", [60, 20], [4, 1]).hiding("phone", Flag::Suppressed),
            by_channel("2026-Q2", [30, 10], [30, 30]),
        ];
        let found = asked(&waves);
        assert!(!found.asking.iter().any(|row| row.what == "channel"));
        assert_eq!(found.contributions.len(), 2);
        assert!(found.contributions.iter().all(|row| row.mix.is_none() && row.within.is_none()));
        let hidden = found.contributions.iter().find(|row| row.group.as_deref() == Some("phone")).unwrap();
        assert_eq!((hidden.share_before, hidden.value_before), (None, None));
    }

    #[test]
    fn the_response_rate_and_the_weights_are_compared_and_other_ratings_that_moved_are_named() {
        let with = |label: &str, yes: u64| {
            let groups = [(Some("mail"), vec![0, 100 - yes, 0, 0, yes])];
            by_channel(label, [50, 50], [0, 0]).asked("speed", Measure::Rating, "channel", &groups)
        };
        let mut waves = [with("2026-Q1", 30), with("2026-Q2", 70)];
        (waves[0].invited, waves[0].response_rate) = (Some(400), Some(25.0));
        (waves[1].invited, waves[1].response_rate) = (Some(1000), Some(10.0));
        waves[1].weight = Some("w".to_owned());
        let found = asked(&waves);
        let row = |what: &str| found.asking.iter().find(|row| row.what == what).unwrap();
        assert_eq!(row("response_rate").before.as_deref(), Some("25.0 %"));
        assert!(row("response_rate").p.unwrap() < 1e-10);
        assert_eq!(
            (row("weights").before.as_deref(), row("weights").after.as_deref()),
            (Some("none"), Some("w"))
        );
        assert_eq!(row("base").after.as_deref(), Some("100"));
        assert_eq!(found.moved.len(), 1);
        assert_eq!((found.moved[0].question.as_str(), found.moved[0].change), ("speed", 40.0));
    }

    /// Two headlines that moved together, of which the second was asked on another scale in the second wave.
    fn rescaled(bridge: bool) -> [WaveFigures; 2] {
        ["2026-Q1", "2026-Q2"].map(|label| {
            let yes = if label == "2026-Q1" { 30 } else { 70 };
            let groups = [(Some("mail"), vec![0, 100 - yes, 0, 0, yes])];
            let mut wave = by_channel(label, [yes, 100 - yes], [0, 0]).asked(
                "speed",
                Measure::Rating,
                "channel",
                &groups,
            );
            wave.questions[1].scale = Some([1, if label == "2026-Q1" { 5 } else { 10 }]);
            wave.questions[1].bridge = bridge;
            wave
        })
    }

    #[test]
    fn nothing_is_compared_across_a_question_that_changed_unless_it_is_bridged() {
        assert!(asked(&rescaled(false)).moved.is_empty());
        let joined = asked(&rescaled(true));
        assert_eq!(joined.moved.len(), 1);
        let options = TrendOptions::new(confidence(0.95));
        let what = WhyOptions { question: "speed".to_owned(), ..WhyOptions::default() };
        let error = why(&rescaled(false), &what, &options).unwrap_err().to_string();
        assert!(error.contains("2026-Q2") && error.contains("bridge = true"), "{error}");
        let back = WhyOptions {
            wave: Some("2026-Q1".to_owned()),
            against: Some("2026-Q2".to_owned()),
            ..what.clone()
        };
        assert!(why(&rescaled(false), &back, &options).is_err(), "either way round");
        assert!(why(&rescaled(true), &what, &options).is_ok());
    }

    #[test]
    fn what_moved_has_the_adjusted_p_of_the_trend() {
        // speed alone is just clear (p = 0.045); over both headlines it is not, since the other has p = 0.9.
        let at = |label: &str, overall: u64, speed: u64| {
            let groups = [(Some("mail"), vec![0, 200 - speed, 0, 0, speed])];
            by_channel(label, [overall, 200 - overall], [0, 0]).asked(
                "speed",
                Measure::Rating,
                "channel",
                &groups,
            )
        };
        let waves = [at("2026-Q1", 100, 100), at("2026-Q2", 101, 120)];
        let found = trend(&waves, &TrendOptions::new(confidence(0.95))).unwrap();
        let point = &found.sections[1].points[1];
        assert!(point.p.unwrap() < 0.05 && point.p_adjusted.unwrap() > 0.05, "{point:?}");
        assert_eq!(point.family_size, Some(2));
        assert!(asked(&waves).moved.is_empty());
        let clear = [at("2026-Q1", 100, 100), at("2026-Q2", 101, 140)];
        let found = trend(&clear, &TrendOptions::new(confidence(0.95))).unwrap();
        assert_eq!(asked(&clear).moved[0].p_adjusted, found.sections[1].points[1].p_adjusted);
    }
}
