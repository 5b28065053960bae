//! Texts that are no answers by their look and no personal data: addresses of pages, what programs write.

use super::values::Values;

/// Texts that say by themselves what they are.
pub(super) fn technical_texts(values: &Values) -> Option<&'static str> {
    let most = |test: fn(&str) -> bool| values.texts_percent(test) >= 80;
    if most(|text| text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www.")) {
        Some("addresses of pages")
    } else if most(|text| text.starts_with('{') && text.ends_with('}')) {
        Some("technical, no answer")
    } else {
        None
    }
}
