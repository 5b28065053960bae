//! Did you mean: the known name that a mistyped one was meant to be.

/// The known name closest to `given`, when it is close enough to be a slip of the hand.
///
/// Names that differ in case, hyphens, spaces or underscores only are always close; else at most a third of the
/// characters (and at least one) may differ. The first of equally close names is taken.
pub fn did_you_mean<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = plain(given);
    let allowed = (wanted.chars().count() / 3).max(1);
    known
        .into_iter()
        .filter(|name| *name != given)
        .map(|name| (strsim::damerau_levenshtein(&wanted, &plain(name)), name))
        .filter(|(distance, name)| *distance <= allowed && *distance < name.chars().count().max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

fn plain(name: &str) -> String {
    name.trim()
        .chars()
        .filter(|character| !matches!(character, '_' | '-' | ' ' | '.'))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_recognised_and_strangers_are_not() {
        let known = ["target", "measure", "fiscal_year_start", "text"];
        assert_eq!(did_you_mean("taget", known), Some("target"));
        assert_eq!(did_you_mean("Measure", known), Some("measure"));
        assert_eq!(did_you_mean("fiscal-year-start", known), Some("fiscal_year_start"));
        assert_eq!(did_you_mean("tetx", known), Some("text"));
        assert_eq!(did_you_mean("banana", known), None);
        assert_eq!(did_you_mean("", known), None);
        assert_eq!(did_you_mean("target", known), None);
        assert_eq!(did_you_mean("x", ["y"]), None);
    }
}
