//! The indices that constructs ask for.

use crate::measures::rounded;
use crate::report::{Flag, IndexRefusal, IndexRow, IndicesSection};
use crate::stats::{Composite, CompositeFault, CompositeItems, ItemWeights};
use crate::survey::{Construct, IndexKind, Survey};

use super::super::row_order::{in_order, row_order};
use super::{Work, stated};

/// How the limits are found.
const METHOD: &str = "infinitesimal jackknife, t";

/// The questions that say how important the items of indices are.
pub(super) fn importances(survey: &Survey) -> impl Iterator<Item = &str> {
    let weighted =
        survey.constructs.values().filter(|construct| construct.index == Some(IndexKind::ImportanceWeighted));
    weighted.flat_map(|construct| construct.items.iter()).filter_map(|item| stated(survey, item))
}

pub(super) fn section(work: &Work<'_, '_>) -> Option<IndicesSection> {
    let constructs = work.subject.survey.constructs.iter();
    let rows: Vec<IndexRow> =
        constructs.filter_map(|(id, construct)| Some(row(work, id, construct, construct.index?))).collect();
    (!rows.is_empty()).then(|| IndicesSection { wave: work.subject.wave(), method: METHOD.to_owned(), rows })
}

fn row(work: &Work<'_, '_>, id: &str, construct: &Construct, kind: IndexKind) -> IndexRow {
    let named = IndexRow {
        construct: id.to_owned(),
        label: construct.label.as_deref().unwrap_or(id).to_owned(),
        index: kind.name().to_owned(),
        ..IndexRow::default()
    };
    let items: Vec<&str> = construct.items.iter().map(String::as_str).collect();
    if let Some(flag) = work.hidden(&items) {
        return IndexRow { flag: Some(flag), ..named };
    }
    let (columns, ranges) = match (work.columns(&items), ranges(work, &items)) {
        (Some(columns), Some(ranges)) if !columns.is_empty() => (columns, ranges),
        _ => return IndexRow { refused: Some(IndexRefusal::NoAnswers), ..named },
    };
    let importance: Vec<Option<usize>> =
        items.iter().map(|item| work.ratings.question(stated(work.subject.survey, item)?)).collect();
    let order = order(work, columns.iter().copied().chain(importance.iter().copied().flatten()));
    let values = |row: usize, item: usize| {
        let (low, width) = *ranges.get(item)?;
        Some(100.0 * (work.ratings.point(*columns.get(item)?, *order.get(row)?)? - low) / width)
    };
    let said = |row: usize, item: usize| work.ratings.point((*importance.get(item)?)?, *order.get(row)?);
    let weights = work.ratings.weights().map(|weights| in_order(weights, &order));
    let by = match kind {
        IndexKind::Mean => ItemWeights::Equal,
        IndexKind::ImportanceWeighted => ItemWeights::Importance(&said),
        IndexKind::FirstComponent => ItemWeights::FirstComponent,
    };
    let rows = CompositeItems {
        rows: work.ratings.rows(),
        items: items.len(),
        values: &values,
        weights: weights.as_deref(),
    };
    match Composite::of(rows, by) {
        Ok(found) => filled(work, named, &items, &found),
        Err(fault) => refused(named, &items, fault),
    }
}

/// The rows by their answers to these columns and their weights, whatever their order in the file.
fn order(work: &Work<'_, '_>, columns: impl Iterator<Item = usize>) -> Vec<usize> {
    let rows = 0..work.ratings.rows();
    // No answer is before all others.
    let answers = |column: usize| {
        rows.clone()
            .map(|row| work.ratings.point(column, row).unwrap_or(f64::NEG_INFINITY))
            .collect::<Vec<f64>>()
    };
    let answers: Vec<Vec<f64>> = columns.map(answers).collect();
    let columns: Vec<&[f64]> = answers.iter().map(Vec::as_slice).chain(work.ratings.weights()).collect();
    row_order(&columns)
}

/// By question, its worst point and how far the best is from it.
fn ranges(work: &Work<'_, '_>, items: &[&str]) -> Option<Vec<(f64, f64)>> {
    let range = |item: &&str| {
        let points = work.ratings.points(work.ratings.question(item)?);
        let (low, high) = (*points.first()?, *points.last()?);
        (high > low).then_some((low, high - low))
    };
    items.iter().map(range).collect()
}

fn filled(work: &Work<'_, '_>, named: IndexRow, items: &[&str], found: &Composite) -> IndexRow {
    let left = work.left(found.respondents);
    let census = left <= 0.0;
    let corrected = Composite { error: found.error.map(|error| error * left.sqrt()), ..found.clone() };
    let interval = corrected.interval(work.subject.map.confidence).filter(|_| !census);
    let flag = match (found.respondents, interval) {
        (1, _) => Some(Flag::SingleAnswer),
        (_, None) if census => Some(Flag::Census),
        (_, None) => Some(Flag::NoVariation),
        _ => work.small(found.respondents),
    };
    let weights = items.iter().zip(&found.weights);
    IndexRow {
        value: rounded(found.value),
        low: interval.and_then(|interval| rounded(interval.low.max(0.0))),
        high: interval.and_then(|interval| rounded(interval.high.min(100.0))),
        equal_weights: rounded(found.equal),
        weights: weights.filter_map(|(item, weight)| Some(((*item).to_owned(), rounded(*weight)?))).collect(),
        respondents: Some(found.respondents),
        renormalised: Some(found.renormalised),
        flag,
        ..named
    }
}

fn refused(named: IndexRow, items: &[&str], fault: CompositeFault) -> IndexRow {
    let (refusal, item) = match fault {
        CompositeFault::NoAnswers => (IndexRefusal::NoAnswers, None),
        CompositeFault::NoImportance(item) => (IndexRefusal::NoImportance, Some(item)),
        CompositeFault::TooFewRows => (IndexRefusal::TooFewAnswers, None),
        CompositeFault::ConstantItem(item) => (IndexRefusal::ConstantQuestion, Some(item)),
        CompositeFault::Against(item) => (IndexRefusal::RunsAgainst, Some(item)),
    };
    let question = item.and_then(|item| items.get(item)).map(|item| (*item).to_owned());
    IndexRow { refused: Some(refusal), refused_question: question, ..named }
}
