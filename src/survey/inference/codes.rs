//! Codes of answers that say nothing but their order: `A1` to `A5` of a LimeSurvey export.

use std::collections::BTreeMap;

use crate::survey::Best;

use super::answers::Answers;
use super::column::Column;
use super::points::Points;

/// The scale of a column that holds such codes and nothing else: the number of a code is its point.
pub(super) fn points(column: &Column<'_>) -> Option<Answers> {
    let codes = &column.facts.codes;
    let values = &column.values;
    let is_code = |(text, _): &(String, u64)| codes.contains(text);
    if codes.len() < 3 || values.is_numeric() || values.overflow || !values.texts.iter().all(is_code) {
        return None;
    }
    let max = i32::try_from(codes.len()).ok()?;
    let labels: BTreeMap<i64, String> = (1..).zip(codes.iter().cloned()).collect();
    let doubt = Some("the file does not say what the codes stand for".to_owned());
    let points = Points { min: 1, max, values: Vec::new(), best: Best::High, codes: Vec::new(), doubt };
    Some(Answers::Points(points, labels))
}
