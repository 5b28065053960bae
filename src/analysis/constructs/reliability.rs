//! How consistently the questions of a construct are answered.

use crate::measures::rounded;
use crate::report::{Flag, ReliabilityRefusal, ReliabilityRow, ReliabilitySection};
use crate::stats::{Alpha, ItemFault, ItemScale, OneFactor, SplitHalf, clearly_against, turned_items};

use super::{Together, Work, rarer_sign};

pub(super) fn section(work: &Work<'_, '_>, together: &Together<'_>) -> ReliabilitySection {
    let named = |question: &&str| ReliabilityRow { question: (*question).to_owned(), ..Default::default() };
    let section = ReliabilitySection {
        wave: work.subject.wave(),
        construct: together.id.to_owned(),
        label: together.label.to_owned(),
        items: together.items.iter().map(|item| (*item).to_owned()).collect(),
        rows: together.items.iter().map(named).collect(),
        ..ReliabilitySection::default()
    };
    if let Some(flag) = work.hidden(&together.items) {
        return ReliabilitySection { flag: Some(flag), ..section };
    }
    let complete = work.complete(&together.items);
    let section = ReliabilitySection {
        base: Some(complete.rows()),
        incomplete: Some(complete.incomplete),
        flag: work.small(complete.rows()),
        ..section
    };
    let scale = match ItemScale::new(&complete.columns, complete.weights.as_deref()) {
        Ok(scale) => scale,
        Err(fault) => return refused(section, fault),
    };
    let Some(alpha) = Alpha::of(&scale) else {
        return ReliabilitySection { refused: Some(ReliabilityRefusal::NoVariation), ..section };
    };
    // Items that agree entirely leave the interval without a width, which says nothing.
    let census = work.left(complete.rows()) <= 0.0;
    let interval = alpha
        .interval(work.subject.map.confidence)
        .filter(|interval| interval.high > interval.low && !census);
    let factor = OneFactor::of(&scale);
    let turned = turned(&scale, factor.as_ref(), complete.rows());
    // Which of two halves is turned round, nothing tells.
    let is_half = 2 * turned.len() == scale.items();
    let half = if is_half { half(&section.rows, &turned) } else { Vec::new() };
    let halves = SplitHalf::of(&scale);
    let round = |value: Option<f64>| value.and_then(rounded);
    let rows = section.rows.iter().zip(&alpha.items).enumerate().map(|(place, (row, item))| ReliabilityRow {
        question: row.question.clone(),
        item_rest: round(item.item_rest),
        alpha_if_dropped: round(item.alpha_if_dropped),
        loading: round(factor.as_ref().and_then(|factor| factor.loadings.get(place).copied())),
        runs_against: !is_half && turned.contains(&place),
    });
    ReliabilitySection {
        opposed_half: half,
        alpha: rounded(alpha.alpha),
        low: round(interval.map(|interval| interval.low)),
        high: round(interval.map(|interval| interval.high)),
        standardized_alpha: rounded(alpha.standardised),
        omega: round(factor.as_ref().map(OneFactor::omega)),
        omega_improper: factor.as_ref().is_some_and(|factor| factor.improper),
        average_variance_extracted: round(factor.as_ref().map(OneFactor::variance_extracted)),
        split_half: round(halves.and_then(|halves| halves.spearman_brown)),
        guttman: round(halves.map(|halves| halves.guttman)),
        rows: rows.collect(),
        flag: if census { Some(Flag::Census) } else { section.flag },
        // Feldt's interval has no correction for a finite population.
        ignores_population: interval.is_some() && work.is_part(complete.rows()),
        ..section
    }
}

/// The questions that run against the others: those whose turning raises the mean correlation most, else those that load
/// on the common factor with the rarer sign.
///
/// Only those that clearly do: of questions that do not go together at all, chance turns some.
fn turned(scale: &ItemScale, factor: Option<&OneFactor>, rows: u64) -> Vec<usize> {
    let found = turned_items(scale);
    let found = match factor {
        Some(factor) if found.is_empty() => rarer_sign(&factor.loadings),
        _ => found,
    };
    clearly_against(scale, &found, rows)
}

/// The questions of one of two halves that run against each other: the half with the first id, whatever their order.
fn half(rows: &[ReliabilityRow], turned: &[usize]) -> Vec<String> {
    let of = |is_turned: bool| -> Vec<String> {
        let own = rows.iter().enumerate().filter(|(place, _)| turned.contains(place) == is_turned);
        own.map(|(_, row)| row.question.clone()).collect()
    };
    let (one, other) = (of(true), of(false));
    if one.iter().min() < other.iter().min() { one } else { other }
}

fn refused(section: ReliabilitySection, fault: ItemFault) -> ReliabilitySection {
    let (refusal, item) = match fault {
        ItemFault::TooFewItems => (ReliabilityRefusal::SingleQuestion, None),
        ItemFault::TooFewRows(_) | ItemFault::Unusable => (ReliabilityRefusal::TooFewAnswers, None),
        ItemFault::ConstantItem(place) => {
            (ReliabilityRefusal::ConstantQuestion, section.items.get(place).cloned())
        }
    };
    ReliabilitySection { refused: Some(refusal), refused_question: item, ..section }
}
