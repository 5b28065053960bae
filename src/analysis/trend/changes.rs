//! Changes against the wave before and against last year's, tested in families.
//!
//! A family is all headlines of one wave against one kind of earlier wave, whichever are shown; Holm adjusts within
//! it. The wave before is the last complete one; a running wave is never tested. Across a break that is not bridged,
//! and where either wave has no figure, there is no change. A change with too few answers is not tested and no member
//! of the family.

use std::collections::BTreeMap;

use crate::measures::{Difference, Side, difference, minimum_detectable, rounded, verdict};
use crate::report::{ChangeVerdict, Family, TrendBreak};
use crate::stats::{Confidence, holm};

use super::TrendOptions;
use super::figures::last_year;
use super::index::{Headline, WaveIndex};

/// What a wave is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::analysis) enum Against {
    /// The complete wave before.
    Previous,
    /// The same wave a year ago.
    LastYear,
}

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::analysis) struct Contrast {
    /// The earlier wave.
    pub(in crate::analysis) against: usize,
    pub(in crate::analysis) difference: Difference,
    pub(in crate::analysis) p_adjusted: Option<f64>,
    /// The number of tests that were adjusted together, where this is one of them.
    pub(in crate::analysis) family_size: Option<u64>,
    pub(in crate::analysis) verdict: Option<ChangeVerdict>,
    /// What could be detected at the level that the strictest step of the adjustment asks for.
    pub(in crate::analysis) minimum_detectable_adjusted: Option<f64>,
}

/// The changes of one kind by headline and wave.
#[derive(Clone, Debug, Default)]
pub(super) struct Contrasts {
    found: BTreeMap<(usize, usize), Contrast>,
}

impl Against {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Previous => "previous",
            Self::LastYear => "last_year",
        }
    }

    /// The wave that a complete wave is compared with.
    pub(in crate::analysis) fn wave(self, waves: &[WaveIndex], wave: usize) -> Option<usize> {
        let complete = |index: &usize| waves[*index].figures.complete;
        if !complete(&wave) {
            return None;
        }
        match self {
            Self::Previous => (0..wave).rev().find(complete),
            Self::LastYear => {
                let label = last_year(&waves[wave].figures.label).filter(|_| waves[wave].figures.calendar)?;
                (0..wave).filter(complete).find(|index| waves[*index].figures.label == label)
            }
        }
    }
}

impl Contrasts {
    pub(super) fn new(
        waves: &[WaveIndex],
        headlines: &[Headline],
        kind: Against,
        options: &TrendOptions,
    ) -> Self {
        let mut found = BTreeMap::new();
        for wave in 0..waves.len() {
            let Some(against) = kind.wave(waves, wave) else { continue };
            let family = changes_between(waves, headlines, against, wave, options);
            found.extend(family.into_iter().map(|(headline, contrast)| ((headline, wave), contrast)));
        }
        Self { found }
    }

    pub(super) fn get(&self, headline: usize, wave: usize) -> Option<&Contrast> {
        self.found.get(&(headline, wave))
    }

    /// The family of the newest wave that was tested.
    pub(super) fn family(&self, kind: Against) -> Option<Family> {
        let tested =
            self.found.iter().filter_map(|((_, wave), contrast)| Some((*wave, contrast.family_size?)));
        let (_, size) = tested.max()?;
        Some(Family { name: kind.name().to_owned(), size, adjustment: "holm".to_owned() })
    }
}

/// The changes of all headlines between two waves by headline, adjusted together as one family.
pub(in crate::analysis) fn changes_between(
    waves: &[WaveIndex],
    headlines: &[Headline],
    against: usize,
    wave: usize,
    options: &TrendOptions,
) -> Vec<(usize, Contrast)> {
    let mut family: Vec<(usize, (Side, Side), Difference)> = Vec::new();
    for (index, headline) in headlines.iter().enumerate() {
        let (first, last) = (against.min(wave), against.max(wave));
        if broken(waves, &options.breaks_of(headline.question), first, last) {
            continue;
        }
        let Some((before, after)) = waves[against].side(headline).zip(waves[wave].side(headline)) else {
            continue;
        };
        let found = difference(&before, &after, options.confidence);
        family.extend(found.map(|difference| (index, (before, after), difference)));
    }
    let tested: Vec<f64> = family.iter().filter_map(|(.., difference)| difference.p).collect();
    let strictest = Confidence::new(1.0 - options.alpha() / tested.len().max(1) as f64);
    let mut adjusted = holm(&tested).unwrap_or_default().into_iter();
    let contrasts = family.into_iter().map(|(headline, (before, after), difference)| {
        let p_adjusted = difference.p.and_then(|_| adjusted.next()).and_then(rounded);
        let contrast = Contrast {
            against,
            p_adjusted,
            family_size: p_adjusted.map(|_| tested.len() as u64),
            verdict: verdict(p_adjusted, &difference, options.alpha(), options.margin),
            minimum_detectable_adjusted: difference
                .minimum_detectable
                .zip(strictest)
                .and_then(|(_, strictest)| minimum_detectable(&before, &after, strictest)),
            difference,
        };
        (headline, contrast)
    });
    contrasts.collect()
}

/// Whether a break that is not bridged lies between two waves.
pub(in crate::analysis) fn broken(
    waves: &[WaveIndex],
    breaks: &[&TrendBreak],
    from: usize,
    to: usize,
) -> bool {
    breaks.iter().filter(|change| !change.bridged).any(|change| {
        let first = waves.iter().position(|wave| wave.figures.label == change.wave);
        first.is_some_and(|first| from < first && first <= to)
    })
}

/// The first wave that the newest one is joined with: after the last break that is not bridged.
pub(super) fn joined_from(waves: &[WaveIndex], breaks: &[&TrendBreak]) -> usize {
    let unbridged = breaks.iter().filter(|change| !change.bridged);
    unbridged
        .filter_map(|change| waves.iter().position(|wave| wave.figures.label == change.wave))
        .max()
        .unwrap_or(0)
}
