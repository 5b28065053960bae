//! Questions with options (choice, multi): the share of each option among those who answered.

use std::collections::BTreeMap;

use crate::report::Estimate;
use crate::survey::{Question, mask};

use super::part::Part;
use super::proportion::proportion;
use super::sheet::{Sheet, Statistic};

/// The share of each option: of one question they add up to 100, of several answers they may be more.
pub(super) fn figures(
    sheet: &Sheet,
    options: &[Part],
    answered: &Part,
    categories: &[String],
) -> Vec<Estimate> {
    let names = shown(sheet.question, categories);
    let figures = options.iter().zip(&names).map(|(chosen, (code, _))| {
        let figure = proportion(chosen, &answered.less(chosen), sheet.context);
        let name = format!("share:{code}");
        sheet.estimate(Statistic::percent(&name, None), figure.map(|figure| figure.scaled(100.0, 0.0)))
    });
    figures.collect()
}

/// Each option as it is shown, its code and its label: what somebody wrote as another one may hold an address or a
/// number, which is masked. Those that look alike then are numbered.
pub(super) fn shown(question: &Question, categories: &[String]) -> Vec<(String, String)> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let of_category = |category: &String| {
        // What the definition writes is meant to be read.
        if let Some((code, label)) = question.options.iter().find(|(_, label)| *label == category) {
            return (code.clone(), label.clone());
        }
        let Some(masked) = mask(category) else { return (category.clone(), category.clone()) };
        let times = seen.entry(masked.text.clone()).or_default();
        *times += 1;
        let text = if *times == 1 { masked.text } else { format!("{} ({times})", masked.text) };
        (text.clone(), text)
    };
    categories.iter().map(of_category).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::Measure;

    #[test]
    fn what_was_written_as_an_option_is_masked() {
        let mut question = super::super::sample::question("used", Measure::Multi);
        question.options.insert("1".to_owned(), "Call 030 1234567".to_owned());
        let categories = ["App", "a@b.org", "c@d.org", "Call 030 1234567"].map(str::to_owned);
        let shown = shown(&question, &categories);
        let labels: Vec<&str> = shown.iter().map(|(_, label)| label.as_str()).collect();
        assert_eq!(labels, ["App", "[e-mail]", "[e-mail] (2)", "Call 030 1234567"]);
        assert_eq!(shown[3].0, "1");
    }
}
