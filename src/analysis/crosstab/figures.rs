//! The figures of one stub in one column, row by row.

use indexmap::IndexMap;

use crate::measures::{self, Category, Context, NpsPoints, PopulationExceeded, Side, categories, share_of};
use crate::report::{Box3, CrosstabRow, CrosstabRowKind, Estimate, Unit, words};
use crate::survey::{Columns, Headline, Measure, Question, Scale, Segment};
use crate::tally::{Count, Counts};

use super::ask::NetAsked;

/// One figure with what belongs to its row.
pub(super) struct RowFigure {
    pub(super) row: CrosstabRow,
    pub(super) estimate: Estimate,
    /// Who is counted; `None` for means and balances.
    pub(super) count: Option<Count>,
    /// What it is tested by; `None` where there is no figure.
    pub(super) side: Option<Side>,
    /// What an answer counts towards it.
    pub(super) scores: Scores,
}

/// What an answer counts towards a figure.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Scores {
    /// One where it is among these places of the counts.
    Among(Vec<usize>),
    /// As the headline says.
    Headline(Headline),
    /// Nothing that overlapping columns can be corrected by.
    Unknown,
}

/// A net with what was counted for it, where that is more than the sum of its answers.
pub(super) struct Net<'a> {
    pub(super) asked: &'a NetAsked,
    /// Who gave any of several answers.
    pub(super) count: Option<Count>,
}

/// The rows of a stub: categories, nets, then means and balances.
///
/// # Errors
/// More answers than the population has members.
pub(super) fn figures(
    question: &Question,
    nets: &[Net],
    counts: &Counts,
    names: &[String],
    context: &Context,
) -> Result<Vec<RowFigure>, PopulationExceeded> {
    let each = categories(question, counts, names, context);
    let all = match (&each, question.scale.is_some()) {
        // Of options there are shares and nothing else.
        (Some(_), false) => Vec::new(),
        _ => measures::figures(question, counts, names, context)?,
    };
    let each = each.unwrap_or_default();
    let mut rows: Vec<RowFigure> = each.iter().map(of_category).collect();
    let references: Vec<&Estimate> = all.iter().collect();
    let base = counts.answered_count();
    for estimate in all.iter().filter(|estimate| estimate.unit == Unit::Percent) {
        rows.extend(box_row(question, estimate, &each));
    }
    for Net { asked: net, count } in nets {
        let members: Vec<&Category> =
            each.iter().filter(|category| is_named(net, &category.code, &category.label)).collect();
        let sum = || members.iter().fold(Count::default(), |sum, category| sum.and(category.count));
        let hits = count.unwrap_or_else(sum);
        let estimate = share_of(question, &net.label, hits, base, context);
        let key = format!("net:{}", net.label);
        let among = || Scores::Among(members.iter().map(|category| category.index).collect());
        let scores = if count.is_some() { Scores::Unknown } else { among() };
        rows.push(of_share((key, net.label.clone()), CrosstabRowKind::Net, estimate, hits, scores));
    }
    let scale = question.scale.as_ref().map(|scale| [scale.min, scale.max]);
    for estimate in all.iter().filter(|estimate| estimate.unit != Unit::Percent) {
        let statistic = estimate.statistic.as_str();
        let side = Side::of(&references, statistic).map(|side| side.on_scale(scale, statistic));
        let kind =
            if estimate.unit == Unit::Points { CrosstabRowKind::Balance } else { CrosstabRowKind::Mean };
        rows.push(RowFigure {
            row: row((statistic.to_owned(), words::statistic(statistic)), kind, estimate),
            estimate: estimate.clone(),
            count: None,
            side: side.filter(|_| statistic != "median"),
            scores: Headline::parse(statistic).map_or(Scores::Unknown, Scores::Headline),
        });
    }
    Ok(rows)
}

/// Whether a net names an answer, by its code or its label.
pub(super) fn is_named(net: &NetAsked, code: &str, label: &str) -> bool {
    net.answers.iter().any(|answer| answer == code || answer == label)
}

/// The answers of a net that are none of the question.
pub(super) fn unknown_answer<'n>(net: &'n NetAsked, rows: &[RowFigure]) -> Option<&'n String> {
    let categories = || rows.iter().filter(|figure| figure.row.kind == CrosstabRowKind::Category);
    net.answers
        .iter()
        .find(|answer| !categories().any(|figure| figure.row.key == **answer || figure.row.label == **answer))
}

fn of_category(category: &Category) -> RowFigure {
    let Category { index, code, label, count, estimate, .. } = category;
    let names = (code.clone(), label.clone());
    of_share(names, CrosstabRowKind::Category, estimate.clone(), *count, Scores::Among(vec![*index]))
}

/// The row of a box, made of whole categories.
fn box_row(question: &Question, estimate: &Estimate, each: &[Category]) -> Option<RowFigure> {
    let scale = question.scale.as_ref()?;
    let statistic = estimate.statistic.as_str();
    let within: Vec<&Category> =
        each.iter().filter(|category| holds(scale, statistic, category.index)).collect();
    let count = within.iter().fold(Count::default(), |sum, category| sum.and(category.count));
    let names = (statistic.to_owned(), words::statistic(statistic));
    let scores = Scores::Among(within.iter().map(|category| category.index).collect());
    Some(of_share(names, CrosstabRowKind::Net, estimate.clone(), count, scores))
}

fn holds(scale: &Scale, statistic: &str, index: usize) -> bool {
    let part = || NpsPoints::of(scale).part(scale, index);
    match statistic {
        "top_box" => scale.in_top(index),
        "bottom_box" => scale.in_bottom(index),
        "promoters" => part() == Box3::Top,
        "passives" => part() == Box3::Middle,
        "detractors" => part() == Box3::Bottom,
        _ => false,
    }
}

fn of_share(
    names: (String, String),
    kind: CrosstabRowKind,
    estimate: Estimate,
    count: Count,
    scores: Scores,
) -> RowFigure {
    let side = Side::of(&[&estimate], &estimate.statistic);
    RowFigure { row: row(names, kind, &estimate), estimate, count: Some(count), side, scores }
}

fn row((key, label): (String, String), kind: CrosstabRowKind, estimate: &Estimate) -> CrosstabRow {
    CrosstabRow { key, label, kind, unit: estimate.unit, better: estimate.better }
}

/// A segment as if its values were the options of a question.
pub(super) fn as_question(segment: &Segment) -> Question {
    Question {
        id: segment.id.clone(),
        measure: Measure::Choice,
        columns: Columns::One(segment.columns.clone()),
        text: None,
        label: segment.label.clone(),
        translations: IndexMap::new(),
        scale: None,
        options: segment.labels.values().map(|label| (label.clone(), label.clone())).collect(),
        option_translations: IndexMap::new(),
        own_words: None,
        separator: None,
        missing: Vec::new(),
        overall: false,
        headline: None,
        target: None,
        block: None,
        dimension: None,
        better: None,
        driver: None,
        version: None,
        base: None,
        bridge: false,
        evaluation: crate::survey::KanoTable::Usual,
        importance_of: None,
        retest_of: None,
        qualities: crate::survey::Qualities::default(),
        item: crate::survey::ChecklistItem::default(),
        disconfirmation: false,
    }
}
