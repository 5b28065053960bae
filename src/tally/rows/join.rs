//! From the chunks of all workers to one store: file order, codes that all workers share, dates in one order.

use std::collections::{BTreeMap, BTreeSet};

use super::answer_rows::{AnswerRows, Column};
use super::chunk::{Chunk, ChunkColumn, packed_day, unpacked_day};
use super::keeper::Keeping;
use super::kept_rows::KeptRows;
use super::places::RowPlaces;
use crate::source::{DateOrder, MAX_CATEGORIES, OrderEvidence, Position};
use crate::survey::{Code, Missing, REASONS, answer};
use crate::tally::account::RowNumbers;
use crate::tally::cell::Cell;
use crate::tally::coders::CellCoder;
use crate::tally::dictionary::Dictionary;
use crate::tally::error::CountError;
use crate::tally::layout::Layout;
use crate::tally::plan::{Coding, Plan, Variable};
use crate::tally::settle::{Categories, Waves, fixed_names};
use crate::tally::worker::Findings;

/// The rows of the files take more room than they may; they were counted all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the answers of every row would take more than {} MiB of memory; look at fewer rows, with `--where` or `--wave`",
    .most_bytes >> 20
)]
pub struct RowsTooLarge {
    /// The most bytes that they may take.
    pub most_bytes: u64,
}

/// Joins what the workers kept; their chunks are used up.
///
/// # Errors
/// Dates whose order stays open where waves or ages need it, more values than are allowed.
pub(in crate::tally) fn join<C: Cell>(
    plan: &Plan,
    layout: &Layout,
    keeping: &Keeping<'_>,
    findings: &mut [Findings<C>],
    orders: &[DateOrder],
) -> Result<Result<AnswerRows, RowsTooLarge>, CountError> {
    if keeping.is_too_large() {
        return Ok(Err(RowsTooLarge { most_bytes: keeping.wanted.most_bytes }));
    }
    let waves = Waves::settle(plan, layout, findings, orders)?;
    let categories = Categories::settle(plan, layout, findings, orders, &waves)?;
    let numbers = RowNumbers::new(findings.iter().map(|findings| &findings.account));

    let mut chunks: BTreeMap<(usize, u64), (usize, Chunk)> = BTreeMap::new();
    for (worker, findings) in findings.iter_mut().enumerate() {
        let own = std::mem::take(&mut findings.kept.chunks);
        chunks.extend(own.into_iter().map(|(key, chunk)| (key, (worker, chunk))));
    }
    // A date that gives no wave in the settled order leaves its row out after all.
    let kept_rows = |worker: usize, chunk: &Chunk| {
        let is_kept = |wave: Code| waves.of(worker, usize::from(wave)).is_ok();
        if chunk.waves.iter().all(|wave| is_kept(*wave)) {
            return KeptRows::All(chunk.places.rows());
        }
        let kept = |row: &usize| chunk.waves.get(*row).is_none_or(|wave| is_kept(*wave));
        KeptRows::Listed((0..chunk.places.rows()).filter(kept).collect())
    };
    let rows: usize = chunks.values().map(|(worker, chunk)| kept_rows(*worker, chunk).len()).sum();
    let mut store = AnswerRows::empty(plan, keeping.wanted, rows);
    let recodes = Recodes::new(plan, keeping, findings, &chunks, &categories, &kept_rows)?;
    recodes.name(&mut store);
    for (order, evidence) in store.orders.iter_mut().zip(evidence(keeping, findings)) {
        *order = evidence.settle();
    }
    let mut sets: Vec<BTreeMap<Vec<Code>, u32>> = vec![BTreeMap::new(); store.columns.len()];
    while let Some((_, (worker, chunk))) = chunks.pop_first() {
        let used = kept_rows(worker, &chunk);
        put_places(&mut store, &chunk, &used, &numbers);
        for &wave in used.of(&chunk.waves) {
            if let Ok(Some(wave)) = waves.of(worker, usize::from(wave)) {
                store.waves.push(Code::try_from(wave).unwrap_or(Code::MAX));
            }
        }
        used.put(&chunk.left_out, &mut store.left_out);
        used.put(&chunk.weights, &mut store.weights);
        for (slot, column) in chunk.columns.iter().enumerate() {
            let recode = |code: Code| recodes.of(worker, slot, code);
            let local_sets = findings[worker].kept.sets.get(slot).map_or(&[][..], Vec::as_slice);
            let known = sets.get_mut(slot);
            put_column(&mut store.columns[slot], column, &used, recode, local_sets, known);
        }
        for ((into, from), order) in store.dates.iter_mut().zip(&chunk.dates).zip(&store.orders) {
            into.extend(used.of(from).map(|&days| settled_day(days, order.ok())));
        }
        for (into, from) in store.texts.iter_mut().zip(&chunk.texts) {
            for row in used.rows() {
                into.push(from.get(row));
            }
        }
        for (into, from) in store.hashes.iter_mut().zip(&chunk.hashes) {
            used.put(from, into);
        }
    }
    Ok(Ok(store))
}

/// The evidence of all workers on each wanted date column.
fn evidence<C: Cell>(keeping: &Keeping<'_>, findings: &[Findings<C>]) -> Vec<OrderEvidence> {
    let mut evidence = vec![OrderEvidence::default(); keeping.wanted.dates.len()];
    for findings in findings {
        for (all, own) in evidence.iter_mut().zip(&findings.kept.orders) {
            all.merge(*own);
        }
    }
    evidence
}

fn put_places(store: &mut AnswerRows, chunk: &Chunk, used: &KeptRows, numbers: &RowNumbers) {
    let into: &mut RowPlaces = &mut store.places;
    let settled = |mut position: Position| {
        numbers.settle(&mut position);
        position
    };
    match used {
        // Rows that follow one another are of one block, in which all numbers move alike.
        KeptRows::All(_) => into.append(&chunk.places, settled),
        KeptRows::Listed(rows) => {
            rows.iter().filter_map(|&row| chunk.places.get(row)).for_each(|place| into.push(settled(place)));
        }
    }
}

/// The day in the order of its column; while that is open, the day that both orders give.
fn settled_day((day_first, month_first): (i32, i32), order: Option<DateOrder>) -> i32 {
    match order {
        Some(DateOrder::DayFirst) => day_first,
        Some(DateOrder::MonthFirst) => month_first,
        None if day_first == month_first => day_first,
        None => packed_day(Err(unpacked_day(day_first).err().unwrap_or(Missing::Invalid))),
    }
}

fn put_column(
    into: &mut Column,
    from: &ChunkColumn,
    used: &KeptRows,
    recode: impl Fn(Code) -> Code,
    local_sets: &[Vec<Code>],
    known: Option<&mut BTreeMap<Vec<Code>, u32>>,
) {
    match (into, from) {
        (Column::Narrow(into), ChunkColumn::Narrow(from)) => used.put(from, into),
        (Column::Narrow(into), ChunkColumn::Wide(from)) => {
            into.extend(used.of(from).map(|&code| u8::try_from(recode(code)).unwrap_or(u8::MAX)));
        }
        (Column::Wide(into), ChunkColumn::Wide(from)) => {
            into.extend(used.of(from).map(|&code| recode(code)));
        }
        (Column::Numbers(codes, values), ChunkColumn::Numbers(from, numbers)) => {
            used.put(from, codes);
            used.put(numbers, values);
        }
        (Column::Sets { codes, sets }, ChunkColumn::Sets(from)) => {
            let Some(known) = known else { return };
            codes.extend(used.of(from).map(|&code| {
                let place = usize::try_from(code).ok().and_then(|code| code.checked_sub(REASONS));
                let Some(local) = place.and_then(|place| local_sets.get(place)) else { return code };
                let mut set: Vec<Code> = local.iter().map(|&option| recode(option)).collect();
                set.sort_unstable();
                *known.entry(set).or_insert_with_key(|set| {
                    sets.push(set.clone());
                    u32::try_from(sets.len() + REASONS - 1).unwrap_or(u32::MAX)
                })
            }));
        }
        // A store is made for the columns of its chunks.
        _ => {}
    }
}

/// By worker and wanted or extra variable, the final code of each of the worker's codes.
struct Recodes<'a> {
    /// The variable of the plan, for those that it has.
    variables: &'a [usize],
    /// How each of all variables is coded.
    codings: Vec<&'a Coding>,
    categories: &'a Categories,
    /// Of categories: the dictionary, and by worker the codes in it.
    dictionaries: Vec<Option<(Dictionary, Vec<Vec<Code>>)>>,
}

impl<'a> Recodes<'a> {
    fn new<C: Cell>(
        plan: &'a Plan,
        keeping: &'a Keeping<'_>,
        findings: &[Findings<C>],
        chunks: &BTreeMap<(usize, u64), (usize, Chunk)>,
        categories: &'a Categories,
        kept_rows: &impl Fn(usize, &Chunk) -> KeptRows,
    ) -> Result<Self, CountError> {
        let variables = &keeping.wanted.variables;
        let counted = variables.iter().map(|&variable| &plan.variables[variable]);
        let all: Vec<&Variable> = counted.chain(&keeping.wanted.extra).collect();
        let mut dictionaries = Vec::new();
        for (slot, variable) in all.iter().enumerate() {
            let (Coding::Category { labels, .. } | Coding::Multiple { labels, .. }) = &variable.coding else {
                dictionaries.push(None);
                continue;
            };
            let coder = |findings: &'_ Findings<C>| -> Vec<String> {
                let names = match variables.get(slot) {
                    Some(&variable) => findings.coders[variable].names(),
                    None => {
                        findings.kept.coders.get(slot - variables.len()).map_or(&[][..], CellCoder::names)
                    }
                };
                names.to_vec()
            };
            let names: Vec<Vec<String>> = findings.iter().map(coder).collect();
            let used = used_codes(slot, findings, chunks, kept_rows);
            let declared: Vec<String> = labels.values().cloned().collect();
            let mut found = BTreeSet::new();
            for (names, used) in names.iter().zip(&used) {
                found.extend(used.iter().filter_map(|code| names.get(answer(*code)?).map(String::as_str)));
            }
            let dictionary = Dictionary::new(&declared, &found);
            let overflow = findings.iter().any(|findings| {
                let extra = slot.checked_sub(variables.len());
                extra.and_then(|extra| findings.kept.coders.get(extra)).is_some_and(CellCoder::overflow)
            });
            if overflow || dictionary.names().len() > MAX_CATEGORIES {
                return Err(CountError::TooManyValues {
                    id: variable.id.clone(),
                    column: variable.columns.first().cloned().unwrap_or_default(),
                    limit: MAX_CATEGORIES,
                });
            }
            let codes = names.iter().map(|names| dictionary.recode(names)).collect();
            dictionaries.push(Some((dictionary, codes)));
        }
        let codings = all.iter().map(|variable| &variable.coding).collect();
        Ok(Self { variables, codings, categories, dictionaries })
    }

    /// The final code.
    fn of(&self, worker: usize, slot: usize, code: Code) -> Code {
        match (self.variables.get(slot), self.dictionaries.get(slot)) {
            (_, Some(Some((_, codes)))) => {
                codes[worker].get(usize::from(code)).copied().unwrap_or(Missing::NotAsked.code())
            }
            (Some(&variable), _) if matches!(self.codings[slot], Coding::AgeBands { .. }) => {
                self.categories.of(worker, variable, code)
            }
            _ => code,
        }
    }

    /// Tells the store what the codes stand for.
    fn name(&self, store: &mut AnswerRows) {
        for (slot, dictionary) in self.dictionaries.iter().enumerate() {
            let names = match dictionary {
                Some((dictionary, _)) => dictionary.names().to_vec(),
                None => fixed_names(self.codings[slot]),
            };
            store.set_names(slot, names);
        }
    }
}

/// By worker, the codes of a variable that kept rows have.
fn used_codes<C: Cell>(
    slot: usize,
    findings: &[Findings<C>],
    chunks: &BTreeMap<(usize, u64), (usize, Chunk)>,
    kept_rows: &impl Fn(usize, &Chunk) -> KeptRows,
) -> Vec<BTreeSet<Code>> {
    let mut used: Vec<BTreeSet<Code>> = vec![BTreeSet::new(); findings.len()];
    for (worker, chunk) in chunks.values() {
        let rows = kept_rows(*worker, chunk);
        let seen = &mut used[*worker];
        match &chunk.columns[slot] {
            ChunkColumn::Wide(codes) => seen.extend(rows.of(codes)),
            ChunkColumn::Sets(codes) => {
                let sets = &findings[*worker].kept.sets[slot];
                let distinct: BTreeSet<u32> = rows.of(codes).copied().collect();
                let places = distinct.into_iter().filter_map(|code| usize::try_from(code).ok());
                let chosen = places.filter_map(|code| sets.get(code.checked_sub(REASONS)?));
                seen.extend(chosen.flatten());
            }
            ChunkColumn::Narrow(_) | ChunkColumn::Numbers(..) => {}
        }
    }
    used
}
