//! Why a table was tested as it was.

use super::phrases::Phrases;
use crate::report::Language;

/// The sentence of a reason of [`TableTest`](crate::report::TableTest); none for one that is not known.
///
/// ```
/// use csat::report::{Language, words::test_reason};
/// assert_eq!(test_reason(Language::English, "asked"), Some("The test that was asked for."));
/// assert_eq!(test_reason(Language::German, "why not"), None);
/// ```
pub fn test_reason(language: Language, reason: &str) -> Option<&'static str> {
    let texts = &Phrases::of(language).table_tests;
    Some(match reason {
        "categories" => texts.categories,
        "small_expected" => texts.small_expected,
        "weights" => texts.weights,
        "asked" => texts.asked,
        "ordered_scale" => texts.ordered_scale,
        "mean_of_groups" => texts.mean_of_groups,
        "balance_of_groups" => texts.balance_of_groups,
        "each_option" => texts.each_option,
        _ => return None,
    })
}
