//! Two sides that are parts of one sample: strata and clusters that both have answers in make their figures move
//! together.
//!
//! Each side was counted by itself, so the cells of the design have codes of their own in each: a cell of one is known in
//! the other by its names, never by its place.

use std::collections::BTreeMap;

use crate::analysis::design::Designed;
use crate::analysis::related::by_cell;
use crate::analysis::scorer::cells;
use crate::measures::{CellAnswers, DesignVariance, DomainAnswers, Related, statistic_answers};
use crate::survey::{Question, Survey};
use crate::tally::{Counted, DesignCell, Stratum, Wave};

/// What was counted of one side whose rows were drawn by strata or clusters.
#[derive(Debug)]
pub struct DrawnSide {
    questions: Vec<Question>,
    /// By question, its tally.
    tallies: Vec<Option<usize>>,
    /// By tally, the names of its categories.
    categories: Vec<Vec<String>>,
    /// The rows of the side.
    rows: Stratum,
    waves: Vec<Wave>,
    cells: Vec<DesignCell>,
    /// By variable of the design, its categories by code.
    names: Vec<Vec<String>>,
    designed: Designed,
}

/// What two sides are samples of.
#[derive(Debug, Default)]
pub enum SidesSampled {
    /// Two samples, or rows each of which was drawn by itself.
    #[default]
    Apart,
    /// One that was drawn by strata or clusters.
    One(Box<OneSample>),
    /// Such a one, but how both sides move together is not known.
    Unknown,
}

/// Two sides of one sample, no row of which is on both.
#[derive(Debug)]
pub struct OneSample {
    a: DrawnSide,
    b: DrawnSide,
    /// By cell of side b, the same of side a; only those with rows of side b.
    cells: BTreeMap<usize, usize>,
}

impl DrawnSide {
    /// The rows of the wave with this label (`None`: all rows) of what was counted and weighted.
    ///
    /// `tallies` are those of the plan, by question. `None` where the definition declares neither strata nor clusters.
    pub fn new(
        survey: &Survey,
        tallies: Vec<Option<usize>>,
        mut counted: Counted,
        designed: Designed,
        wave: Option<&str>,
    ) -> Option<Self> {
        if !designed.is_drawn() {
            return None;
        }
        let is_own = |stratum: &Stratum| {
            let label = stratum.wave.and_then(|wave| counted.waves.get(wave)).map(|wave| wave.label.as_str());
            stratum.segment.is_empty() && label == wave
        };
        let place = counted.strata.iter().position(is_own)?;
        Some(Self {
            questions: survey.questions.clone(),
            tallies,
            categories: counted.categories,
            rows: counted.strata.swap_remove(place),
            waves: counted.waves,
            cells: counted.cells,
            names: counted.design_names,
            designed,
        })
    }

    /// What a cell is called: its wave, then its categories, and how far its weights reach, which tells cells apart
    /// where bounds are declared. `None` for a wave of which the side has no row, which has no name here.
    fn name(&self, cell: &DesignCell) -> Option<CellName<'_>> {
        let wave = cell.wave.map(|wave| Some(self.waves.get(wave)?.label.as_str()));
        let wave = wave.map_or(Some(None), |label| label.map(Some))?;
        let drawn = cell.stratum.into_iter().chain(cell.cluster).map(Some);
        let codes = cell.raking.iter().copied().chain(drawn);
        let named = codes.zip(&self.names).map(|(code, names)| match code {
            Some(code) => names.get(usize::try_from(code).ok()?).map(|name| Some(name.as_str())),
            None => Some(None),
        });
        let weights = [cell.weights.min.to_bits(), cell.weights.max.to_bits()];
        Some(CellName { wave, categories: named.collect::<Option<_>>()?, weights })
    }

    /// By cell, the answers to a question by what they count towards a statistic.
    fn answers(&self, question: &str, statistic: &str) -> Option<Vec<CellAnswers>> {
        let place = self.questions.iter().position(|own| own.id == question)?;
        let (question, tally) = (self.questions.get(place)?, self.tallies.get(place).copied().flatten()?);
        let names = self.categories.get(tally)?;
        by_cell(cells(&self.rows, tally), |counts| statistic_answers(question, statistic, names, counts))
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct CellName<'a> {
    wave: Option<&'a str>,
    categories: Vec<Option<&'a str>>,
    weights: [u64; 2],
}

impl OneSample {
    /// Both sides, of the same files by the same definition and of different rows.
    ///
    /// `None` where they are not parts of one sample as far as can be seen: a cell of side b that side a does not have
    /// with the same rows, or one with more rows on both sides than it has.
    pub fn new(a: DrawnSide, b: DrawnSide) -> Option<Self> {
        let mut known = BTreeMap::new();
        for (place, cell) in a.cells.iter().enumerate() {
            if let Some(name) = a.name(cell)
                && known.insert(name, place).is_some()
            {
                return None;
            }
        }
        let on_a: BTreeMap<usize, u64> = a.rows.cells.iter().map(|own| (own.cell, own.rows.n)).collect();
        let mut cells = BTreeMap::new();
        for own in b.rows.cells.iter().filter(|own| own.rows.n > 0) {
            let cell = b.cells.get(own.cell)?;
            let place = *known.get(&b.name(cell)?)?;
            let same = a.cells.get(place).is_some_and(|other| other.rows == cell.rows);
            let on_both = own.rows.n + on_a.get(&place).copied().unwrap_or(0);
            if !same || on_both > cell.rows.n {
                return None;
            }
            cells.insert(own.cell, place);
        }
        (a.cells.len() == b.cells.len()).then_some(Self { a, b, cells })
    }

    /// What the figures of both sides have to do with each other; nothing where that is not known.
    pub(super) fn related(&self, question: &str, statistic: &str) -> Related {
        self.known(question, statistic).unwrap_or_default()
    }

    fn known(&self, question: &str, statistic: &str) -> Option<Related> {
        let of_a = self.a.answers(question, statistic)?;
        let mut of_b = self.b.answers(question, statistic)?;
        for answers in &mut of_b {
            answers.cell = *self.cells.get(&answers.cell)?;
        }
        if of_a.is_empty() || of_b.is_empty() {
            return None;
        }
        // Replicates draw among answers in their order, which is not to hang on which side is called a.
        let mut sides = [of_a, of_b];
        sides.sort_by_cached_key(|answers| {
            answers.iter().map(|own| (own.cell, own.x.to_bits(), own.n)).collect::<Vec<_>>()
        });
        let domains: Vec<DomainAnswers> = (0..)
            .zip(sides)
            .map(|(domain, answers)| DomainAnswers { domains: vec![domain], answers })
            .collect();
        let known = self.a.designed.covariances(&domains, domains.len(), &|_, _| true)?;
        Some(Related::of(&known, 0, 1))
    }
}
