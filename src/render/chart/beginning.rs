//! What labels share at their start: where it takes the room of what tells them apart, it is said once.

/// A shared beginning is told from so many letters on; less saves nothing.
const SHORTEST: usize = 8;

/// The words that all labels begin with, if they are worth leaving out and every label has more words than these.
pub(super) fn shared<'a>(labels: &[&'a str]) -> Option<&'a str> {
    let (first, others) = labels.split_first().filter(|(_, others)| !others.is_empty())?;
    let ends: Vec<usize> = first.match_indices(' ').map(|(at, _)| at).collect();
    let is_shared = |at: &&usize| {
        others.iter().all(|other| {
            let rest = other.strip_prefix(&first[..=**at]);
            rest.is_some_and(|rest| !rest.trim().is_empty())
        })
    };
    let end = ends.iter().rev().find(|at| is_shared(at) && !first[**at..].trim().is_empty())?;
    let beginning = first[..*end].trim_end();
    (beginning.chars().count() >= SHORTEST).then_some(beginning)
}

/// A label without that beginning.
pub(super) fn without(label: &str, beginning: &str) -> String {
    label.strip_prefix(beginning).map_or_else(|| label.to_owned(), |rest| format!("… {}", rest.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::{shared, without};

    #[test]
    fn what_all_begin_with_ends_between_words() {
        let labels = ["Rating of restaurants", "Rating of rest areas", "Rating of shops"];
        assert_eq!(shared(&labels), Some("Rating of"));
        assert_eq!(without(labels[1], "Rating of"), "… rest areas");
        let labels = ["How satisfied are you with staff?", "How satisfied are you with speed?"];
        assert_eq!(shared(&labels), Some("How satisfied are you with"));
    }

    #[test]
    fn a_label_never_loses_all_its_words() {
        assert_eq!(shared(&["Rating of shops", "Rating of shops inside"]), Some("Rating of"));
        assert_eq!(shared(&["Rating of shops", "Rating of shops"]), Some("Rating of"));
        assert_eq!(shared(&["Satisfaction", "Satisfaction"]), None);
        assert_eq!(shared(&["Rating of ", "Rating of shops"]), None);
    }

    #[test]
    fn little_or_nothing_in_common_stays() {
        assert_eq!(shared(&["The staff", "The speed"]), None);
        assert_eq!(shared(&["Price", "Speed"]), None);
        assert_eq!(shared(&["Rating of shops"]), None);
        assert_eq!(shared(&[]), None);
        assert_eq!(without("Price", "Rating of"), "Price");
    }
}
