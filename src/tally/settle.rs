//! What the workers' codes stand for, once every row was seen: the order of dates, the waves, the categories.

use std::collections::{BTreeMap, BTreeSet};

use super::account::{NO_DATE, NO_RAKING_ANSWER};
use super::calendar::{DateFindings, WaveNames, WavePair};
use super::cell::Cell;
use super::coders::CellCoder;
use super::counted::Wave;
use super::dictionary::Dictionary;
use super::error::CountError;
use super::layout::{Layout, Place};
use super::plan::{Coding, Plan};
use super::sets::FoundSets;
use super::size::{MAX_SEGMENT_VALUES, MAX_WAVES};
use super::worker::Findings;
use crate::prepare::CalendarWave;
use crate::source::{DateOrder, MAX_CATEGORIES};
use crate::survey::{Code, DateColumn, Missing, REASONS, WaveRule, answer};

/// The order of each date column of the layout.
///
/// # Errors
/// A column without a readable date, or whose order stays open where it matters.
pub(super) fn settle_dates<C: Cell>(
    layout: &Layout,
    findings: &[Findings<C>],
) -> Result<Vec<DateOrder>, CountError> {
    let settle = |(date, column): (usize, &DateColumn)| {
        let mut found = DateFindings::default();
        for findings in findings {
            found.merge(&findings.dates[date]);
        }
        let column = column.column.clone();
        let open = found.open.map(|example| example.text).unwrap_or_default();
        if let Some(unreadable) = found.unreadable.filter(|_| found.readable == 0) {
            return Err(CountError::NoReadableDate { column, example: unreadable.text });
        }
        if findings.iter().any(|findings| findings.filter_needs_order) && !open.is_empty() {
            return Err(CountError::FilterNeedsDateOrder { column, example: open });
        }
        match found.order.settle() {
            Ok(order) => Ok(order),
            Err(reason) if order_matters(layout, findings, date) => {
                Err(CountError::AmbiguousDates { column, example: open, reason })
            }
            Err(_) => Ok(DateOrder::DayFirst),
        }
    };
    layout.dates.iter().enumerate().map(settle).collect()
}

/// Whether a wave or an age differs with the order of a date column.
fn order_matters<C: Cell>(layout: &Layout, findings: &[Findings<C>], date: usize) -> bool {
    let waves =
        findings.iter().filter(|_| layout.wave_date == Some(date)).any(|findings| match &findings.waves {
            WaveNames::Calendar(pairs) => {
                pairs.iter().any(|(day_first, month_first)| day_first != month_first)
            }
            WaveNames::None | WaveNames::Column(_) => false,
        });
    let ages = findings.iter().flat_map(|findings| findings.coders.iter().zip(&layout.age_dates)).any(
        |(coder, age_date)| match coder {
            CellCoder::Age(coder) => {
                *age_date == Some(date)
                    && coder.pairs().iter().any(|(day_first, month_first)| day_first != month_first)
            }
            _ => false,
        },
    );
    waves || ages
}

/// Why rows with a wave code are left out in the settled order of dates: the reason in the ledger.
#[derive(Clone, Copy, Debug)]
pub(super) struct LeftOut(pub(super) &'static str);

/// The waves that were found, in order, and each worker's wave codes as indexes into them.
pub(super) struct Waves {
    /// The waves in order; empty without waves.
    pub(super) found: Vec<Wave>,
    /// By worker, then by the worker's code: the wave if there are any (beyond those found where a condition keeps no row of
    /// it), or why its rows are left out after all; empty where nothing is to be told.
    recode: Vec<Vec<Result<Option<usize>, LeftOut>>>,
}

impl Waves {
    /// Settles the waves.
    ///
    /// # Errors
    /// More waves than are allowed.
    pub(super) fn settle<C: Cell>(
        plan: &Plan,
        layout: &Layout,
        findings: &[Findings<C>],
        orders: &[DateOrder],
    ) -> Result<Self, CountError> {
        let order = order_of(layout.wave_date, orders);
        let in_order = |pair: &WavePair| -> Option<CalendarWave> {
            match order {
                DateOrder::DayFirst => pair.0.clone(),
                DateOrder::MonthFirst => pair.1.clone(),
            }
        };
        // A wave without a used row (left out by the filter, say) is not found.
        let labelled: Vec<Vec<Option<Wave>>> = findings
            .iter()
            .map(|findings| match &findings.waves {
                WaveNames::None => Vec::new(),
                WaveNames::Column(names) => {
                    names.iter().map(|name| Some(Wave { label: name.clone(), last_day: None })).collect()
                }
                WaveNames::Calendar(pairs) => {
                    pairs.iter().map(|pair| in_order(pair).as_ref().map(Wave::from)).collect()
                }
            })
            .collect();
        let by_code: Vec<Vec<Result<Option<&Wave>, LeftOut>>> = findings
            .iter()
            .zip(&labelled)
            .map(|(findings, labels)| by_code(layout, orders, findings, labels))
            .collect();
        let used = |is_kept: bool| {
            let those = by_code.iter().zip(findings).filter(move |(_, findings)| findings.is_kept == is_kept);
            let used = those.flat_map(|(waves, findings)| {
                let accounts = waves.iter().zip(&findings.account.waves);
                accounts
                    .filter(|(_, account)| account.used.rows > 0)
                    .filter_map(|(wave, _)| (*wave).ok().flatten())
            });
            used.map(|wave| (wave.label.as_str(), wave)).collect::<BTreeMap<&str, &Wave>>()
        };
        let by_label = used(true);
        let declared: Vec<String> = match plan.wave.as_ref().map(|wave| &wave.rule) {
            Some(WaveRule::Column { order, .. }) => order.clone(),
            _ => Vec::new(),
        };
        let order = Dictionary::new(&declared, &by_label.keys().copied().collect());
        let found: Vec<Wave> = order
            .names()
            .iter()
            .filter_map(|label| by_label.get(label.as_str()).map(|&wave| wave.clone()))
            .collect();
        if found.len() > MAX_WAVES {
            return Err(CountError::too_many_waves(plan, MAX_WAVES));
        }
        // Those of which a condition keeps no row are behind all others, in the order of their labels.
        let of_design = used(false);
        let unkept = of_design.keys().copied().filter(|label| !by_label.contains_key(label));
        let labels = found.iter().map(|wave| wave.label.as_str()).chain(unkept);
        let places: BTreeMap<&str, usize> = labels.enumerate().map(|(place, label)| (label, place)).collect();
        let place = |wave: &Result<Option<&Wave>, LeftOut>| {
            let Some(wave) = (*wave)? else { return Ok(None) };
            places.get(wave.label.as_str()).copied().map(Some).ok_or(LeftOut(NO_DATE))
        };
        let recode = by_code.iter().map(|waves| waves.iter().map(place).collect()).collect();
        Ok(Self { found, recode })
    }

    /// The wave of a worker's code, `None` when there are no waves.
    ///
    /// # Errors
    /// A row that was used is left out after all.
    pub(super) fn of(&self, worker: usize, code: usize) -> Result<Option<usize>, LeftOut> {
        match self.recode.get(worker) {
            Some(recode) if !recode.is_empty() => recode.get(code).copied().unwrap_or(Err(LeftOut(NO_DATE))),
            _ => Ok(None),
        }
    }
}

/// What each wave code of a worker stands for in the settled orders, given the waves of its calendar or column.
fn by_code<'w, C: Cell>(
    layout: &Layout,
    orders: &[DateOrder],
    findings: &Findings<C>,
    labels: &'w [Option<Wave>],
) -> Vec<Result<Option<&'w Wave>, LeftOut>> {
    let labelled = |wave: Option<&'w Option<Wave>>| match wave {
        Some(Some(wave)) => Ok(Some(wave)),
        _ => Err(LeftOut(NO_DATE)),
    };
    if findings.open_waves.is_empty() {
        return labels.iter().map(|wave| labelled(Some(wave))).collect();
    }
    let order = |variable: usize| order_of(layout.age_dates[variable], orders);
    let split = findings.open_waves.iter().map(|open| {
        let wave = match &findings.waves {
            WaveNames::None => None,
            WaveNames::Column(_) | WaveNames::Calendar(_) => labelled(labels.get(usize::from(open.wave)))?,
        };
        if open.is_unanswered(order) { Err(LeftOut(NO_RAKING_ANSWER)) } else { Ok(wave) }
    });
    split.collect()
}

/// The settled order of a date column.
fn order_of(date: Option<usize>, orders: &[DateOrder]) -> DateOrder {
    date.and_then(|date| orders.get(date)).copied().unwrap_or(DateOrder::DayFirst)
}

/// The categories of every variable, and each worker's codes in them.
pub(super) struct Categories {
    /// By variable, the names in the order of the final codes.
    pub(super) names: Vec<Vec<String>>,
    /// By worker and variable, the final code of each of the worker's codes; `None` where they are the same.
    recode: Vec<Vec<Option<Vec<Code>>>>,
    /// By variable, the sets of options by which it groups.
    sets: BTreeMap<usize, FoundSets>,
}

impl Categories {
    /// Settles the categories that used rows have.
    ///
    /// # Errors
    /// More values than are allowed.
    pub(super) fn settle<C: Cell>(
        plan: &Plan,
        layout: &Layout,
        findings: &[Findings<C>],
        orders: &[DateOrder],
        waves: &Waves,
    ) -> Result<Self, CountError> {
        let used = Used::of(plan, layout, findings, waves);
        let mut names = Vec::with_capacity(plan.variables.len());
        let mut recode: Vec<Vec<Option<Vec<Code>>>> = vec![Vec::new(); findings.len()];
        for (variable, definition) in plan.variables.iter().enumerate() {
            let (Coding::Category { labels, .. } | Coding::Multiple { labels, .. }) = &definition.coding
            else {
                names.push(fixed_names(&definition.coding));
                for (findings, recode) in findings.iter().zip(&mut recode) {
                    recode.push(age_codes(&findings.coders[variable], layout.age_dates[variable], orders));
                }
                continue;
            };
            let declared: Vec<String> = labels.values().cloned().collect();
            let mut found = BTreeSet::new();
            for (worker, findings) in findings.iter().enumerate() {
                let local = findings.coders[variable].names();
                let codes = &used.codes[worker][variable];
                found.extend(codes.iter().filter_map(|code| local.get(answer(*code)?).map(String::as_str)));
            }
            let dictionary = Dictionary::new(&declared, &found);
            let limit = if layout.is_segment[variable] { MAX_SEGMENT_VALUES } else { MAX_CATEGORIES };
            if dictionary.names().len() > limit {
                return Err(CountError::too_many_values(plan, variable, limit));
            }
            for (findings, recode) in findings.iter().zip(&mut recode) {
                recode.push(Some(dictionary.recode(findings.coders[variable].names())));
            }
            names.push(dictionary.names().to_vec());
        }
        let mut categories = Self { names, recode, sets: BTreeMap::new() };
        for (slot, (&variable, used)) in layout.sets.iter().zip(&used.sets).enumerate() {
            let workers = findings.iter().map(|findings| &findings.sets[slot]).zip(used);
            let recode = |worker: usize, code: Code| categories.of(worker, variable, code);
            let sets = FoundSets::settle(workers, recode, &categories.names[variable]);
            if sets.names.len() > MAX_SEGMENT_VALUES {
                return Err(CountError::too_many_values(plan, variable, MAX_SEGMENT_VALUES));
            }
            categories.sets.insert(variable, sets);
        }
        Ok(categories)
    }

    /// The names of a segment's values, by final code.
    pub(super) fn segment_names(&self, variable: usize) -> &[String] {
        self.sets.get(&variable).map_or(&self.names[variable], |sets| &sets.names)
    }

    /// The final code of a worker's code of a segment's value.
    pub(super) fn of_segment(&self, worker: usize, variable: usize, code: Code) -> Code {
        match self.sets.get(&variable) {
            Some(sets) => sets.of(worker, code),
            None => self.of(worker, variable, code),
        }
    }

    /// The final code of a worker's code.
    pub(super) fn of(&self, worker: usize, variable: usize, code: Code) -> Code {
        match &self.recode[worker][variable] {
            None => code,
            Some(recode) => recode.get(usize::from(code)).copied().unwrap_or(Missing::NotAsked.code()),
        }
    }

    /// The final codes of a worker's codes, for each growing row of the layout.
    pub(super) fn of_growing(&self, worker: usize, layout: &Layout) -> Vec<&[Code]> {
        let recode = |place: &Place| match *place {
            Place::Growing { variable, .. } | Place::Multiple { variable, .. } => {
                Some(self.recode[worker][variable].as_deref().unwrap_or_default())
            }
            Place::Single { .. } | Place::Pair { .. } | Place::Number { .. } => None,
        };
        layout.places.iter().filter_map(recode).collect()
    }
}

/// The codes that used rows have.
struct Used {
    /// By worker and variable.
    codes: Vec<Vec<BTreeSet<Code>>>,
    /// By variable of the layout that groups by sets, then by worker: the codes of the sets.
    sets: Vec<Vec<BTreeSet<Code>>>,
}

impl Used {
    fn of<C: Cell>(plan: &Plan, layout: &Layout, findings: &[Findings<C>], waves: &Waves) -> Self {
        let mut used = Self {
            codes: vec![vec![BTreeSet::new(); plan.variables.len()]; findings.len()],
            sets: vec![vec![BTreeSet::new(); findings.len()]; layout.sets.len()],
        };
        for (worker, findings) in findings.iter().enumerate() {
            let is_used = |head: u32| waves.of(worker, findings.wave_code(head)).is_ok();
            // What is counted for the design alone has no groups, and no answers.
            let strata = findings.strata.iter().filter(|_| findings.is_kept);
            for (strata, grouping) in strata.zip(&layout.counted) {
                for (_, codes, cells) in strata.iter().filter(|(head, ..)| is_used(*head)) {
                    for (&variable, code) in grouping.iter().zip(codes) {
                        used.add(worker, findings, layout, variable, code);
                    }
                    for place in &layout.places {
                        if let Place::Growing { row, variable } | Place::Multiple { row, variable, .. } =
                            *place
                        {
                            let counted =
                                (0..=Code::MAX).zip(&cells.growing[row]).filter(|(_, cell)| cell.rows() > 0);
                            used.codes[worker][variable].extend(counted.map(|(code, _)| code));
                        }
                    }
                }
            }
            for cell in findings.cells.iter().flat_map(|cells| &cells.codes) {
                let Some((&wave, codes)) = cell.split_first() else { continue };
                if waves.of(worker, usize::from(wave)).is_ok() {
                    for (&variable, &code) in layout.design.iter().zip(codes) {
                        used.codes[worker][variable].insert(code);
                    }
                }
            }
        }
        used
    }

    /// Adds the code of a segment; that of a set brings the options of the set.
    fn add<C: Cell>(
        &mut self,
        worker: usize,
        findings: &Findings<C>,
        layout: &Layout,
        variable: usize,
        code: Code,
    ) {
        let codes = &mut self.codes[worker][variable];
        match layout.sets.iter().position(|of| *of == variable) {
            Some(slot) => {
                self.sets[slot][worker].insert(code);
                codes.extend(findings.sets[slot].options(code));
            }
            None => {
                codes.insert(code);
            }
        }
    }
}

/// The names of points and bands, which no file changes.
pub(super) fn fixed_names(coding: &Coding) -> Vec<String> {
    match coding {
        Coding::Scale(scale) => (0..scale.points()).map(|index| scale.value(index).to_string()).collect(),
        Coding::Bands(bands) | Coding::AgeBands { bands, .. } => {
            bands.iter().map(|band| band.label.clone()).collect()
        }
        Coding::Category { .. } | Coding::Multiple { .. } | Coding::Number => Vec::new(),
    }
}

/// The bands that a worker's pairs of bands stand for in the settled order.
fn age_codes(coder: &CellCoder, date: Option<usize>, orders: &[DateOrder]) -> Option<Vec<Code>> {
    let CellCoder::Age(coder) = coder else { return None };
    let order = order_of(date, orders);
    let in_order = |code| {
        let (day_first, month_first) = coder.pair(code);
        match order {
            DateOrder::DayFirst => day_first,
            DateOrder::MonthFirst => month_first,
        }
    };
    let codes = (0..REASONS + coder.pairs().len()).filter_map(|code| Code::try_from(code).ok());
    Some(codes.map(in_order).collect())
}
