//! Changes against the wave before and against last year's, tested in families.
//!
//! A family is all headlines of one wave against one kind of earlier wave, whichever are shown; Holm adjusts within
//! it. The wave before is the last complete one; a running wave is never tested. Across a break that is not bridged,
//! and where either wave has no figure, there is no change.

use std::collections::BTreeMap;

use crate::measures::{Difference, difference, rounded, verdict};
use crate::report::{ChangeVerdict, Family, TrendBreak};
use crate::stats::holm;

use super::TrendOptions;
use super::figures::last_year;
use super::index::{Headline, WaveIndex};

/// What a wave is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Against {
    /// The complete wave before.
    Previous,
    /// The same wave a year ago.
    LastYear,
}

/// One tested change.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Contrast {
    /// The earlier wave.
    pub(super) against: usize,
    pub(super) difference: Difference,
    pub(super) p_adjusted: Option<f64>,
    pub(super) verdict: Option<ChangeVerdict>,
}

/// The changes of one kind by headline and wave.
#[derive(Clone, Debug, Default)]
pub(super) struct Contrasts {
    found: BTreeMap<(usize, usize), Contrast>,
    /// The number of tests by wave.
    sizes: BTreeMap<usize, u64>,
}

impl Against {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Previous => "previous",
            Self::LastYear => "last_year",
        }
    }

    /// The wave that a complete wave is compared with.
    pub(super) fn wave(self, waves: &[WaveIndex], wave: usize) -> Option<usize> {
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
        let mut contrasts = Self::default();
        for wave in 0..waves.len() {
            let Some(against) = kind.wave(waves, wave) else { continue };
            let mut family: Vec<(usize, Difference)> = Vec::new();
            for (index, headline) in headlines.iter().enumerate() {
                if broken(waves, &options.breaks_of(headline.question), against, wave) {
                    continue;
                }
                let sides = waves[against].side(headline).zip(waves[wave].side(headline));
                let found = sides.and_then(|(before, after)| difference(&before, &after, options.confidence));
                family.extend(found.map(|difference| (index, difference)));
            }
            contrasts.adjust(wave, against, family, options);
        }
        contrasts
    }

    pub(super) fn get(&self, headline: usize, wave: usize) -> Option<&Contrast> {
        self.found.get(&(headline, wave))
    }

    /// The family of the newest wave that was tested.
    pub(super) fn family(&self, kind: Against) -> Option<Family> {
        let size = *self.sizes.values().next_back()?;
        Some(Family { name: kind.name().to_owned(), size, adjustment: "holm".to_owned() })
    }

    fn adjust(
        &mut self,
        wave: usize,
        against: usize,
        family: Vec<(usize, Difference)>,
        options: &TrendOptions,
    ) {
        let tested: Vec<f64> = family.iter().filter_map(|(_, difference)| difference.p).collect();
        if !tested.is_empty() {
            self.sizes.insert(wave, tested.len() as u64);
        }
        let mut adjusted = holm(&tested).unwrap_or_default().into_iter();
        for (headline, difference) in family {
            let p_adjusted = difference.p.and_then(|_| adjusted.next()).and_then(rounded);
            let verdict = verdict(p_adjusted, &difference, options.alpha(), options.margin);
            self.found.insert((headline, wave), Contrast { against, difference, p_adjusted, verdict });
        }
    }
}

/// Whether a break that is not bridged lies between two waves.
pub(super) fn broken(waves: &[WaveIndex], breaks: &[&TrendBreak], from: usize, to: usize) -> bool {
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
