//! Columns of one name: each can be meant by its number among them, `Quality (2)`.

use std::collections::BTreeMap;

/// The names of a header as a definition can write them: those that stand more than once with their number behind
/// them. A name that a column has as it stands is that column.
pub fn numbered_names(header: &[String]) -> Vec<String> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for name in header {
        counts.entry(name).or_default().0 += 1;
    }
    let mut names = Vec::with_capacity(header.len());
    for name in header {
        let numbered = counts.get_mut(name.as_str()).filter(|(all, _)| *all > 1 && !name.is_empty()).map(
            |(_, before)| {
                *before += 1;
                format!("{name} ({before})")
            },
        );
        let is_free = |numbered: &String| !counts.contains_key(numbered.as_str());
        names.push(numbered.filter(is_free).unwrap_or_else(|| name.clone()));
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_twins_are_numbered() {
        let names = |header: &[&str]| {
            numbered_names(&header.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()).join("|")
        };
        assert_eq!(names(&["a", "b", "a", "", "", "a"]), "a (1)|b|a (2)|||a (3)");
        assert_eq!(names(&["a", "a", "a (2)"]), "a (1)|a|a (2)");
        assert_eq!(names(&[]), "");
    }
}
