//! Questions with options (choice, multi, checklist): the share of each option among those who answered.

use crate::report::Estimate;
use crate::survey::Question;
use crate::tally::{Count, Selections};

use super::answers::sum;
use super::proportion::proportion;
use super::sheet::{Sheet, Statistic};

/// One of several options: the shares add up to 100.
pub(super) fn single(sheet: &Sheet, points: &[Count], categories: &[String]) -> Vec<Estimate> {
    let total = sum(points.iter().copied());
    shares(sheet, points, total, categories)
}

/// Any of several options: shares of those who chose at least one.
pub(super) fn multiple(sheet: &Sheet, selections: &Selections, categories: &[String]) -> Vec<Estimate> {
    shares(sheet, &selections.options, selections.answered, categories)
}

fn shares(sheet: &Sheet, options: &[Count], total: Count, categories: &[String]) -> Vec<Estimate> {
    let figures = options.iter().zip(categories).map(|(chosen, category)| {
        let figure =
            proportion(*chosen, total.less(*chosen), sheet.context).map(|figure| figure.scaled(100.0, 0.0));
        let name = format!("share:{}", code(sheet.question, category));
        sheet.estimate(Statistic::percent(&name, None), figure)
    });
    figures.collect()
}

/// The code that a label stands for; the text itself where no code is declared.
pub(super) fn code<'a>(question: &'a Question, category: &'a str) -> &'a str {
    let declared = question.options.iter().find(|(_, label)| *label == category);
    declared.map_or(category, |(code, _)| code)
}
