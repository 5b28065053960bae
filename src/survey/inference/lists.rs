//! Cells with several answers: `App; Counter`, `App|Counter`, `App, Counter`, `App / Counter`, a line each.
//!
//! Options are found by counting the parts of cells. Parts that never stand apart are one option that has the
//! separator in it: `Price, quality`. Texts whose parts do not come back are comments, not lists.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::values::Values;
use crate::survey::NONE_CHOSEN;

/// The most different options of a list of answers.
const MOST_PARTS: usize = 40;
/// The longest option divided by commas, and by another mark, in characters.
const LONGEST_PART: [usize; 2] = [60, 160];
/// The least share of cells with the separator, in percent.
const LEAST_PERCENT: u64 = 20;
/// So few different cells may be single choices with the separator in them.
const FEW_CELLS: usize = 12;
/// Parts must stand side by side in as many cells to be one option, where the separator is a mark that words hardly
/// have and where it is one that they do.
const LEAST_JOINED: [u64; 2] = [4, 2];

/// What divides answers, the plainest first.
const SEPARATORS: [&str; 5] = ["\n", ";", "|", " / ", ","];

/// The answers of cells that hold several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct List {
    pub(super) separator: String,
    /// The options in the order of the file; those that stand in one cell only are not among them.
    pub(super) options: Vec<String>,
    /// Options with the separator in them: a definition has to declare them.
    pub(super) joined: Vec<String>,
    /// Parts that stand in one cell only: what people wrote themselves.
    pub(super) others: usize,
}

impl List {
    /// The options to declare, by code; none where the cells alone tell them apart.
    pub(super) fn declared(&self) -> IndexMap<String, String> {
        if self.joined.is_empty() { IndexMap::new() } else { declared(&self.options) }
    }

    /// What there is to know about it.
    pub(super) fn why(&self) -> String {
        let divided = match self.separator.as_str() {
            "\n" => "a line each".to_owned(),
            "," => "divided by commas".to_owned(),
            separator => format!("divided by `{}`", separator.trim()),
        };
        let mut why = format!("several answers in a cell, {divided}");
        if let Some(first) = self.joined.first() {
            why = format!("{why}; `{first}` taken as one option");
        }
        if self.others > 0 {
            why = format!(
                "{why}; {} given once, left as {}",
                self.others,
                if self.others == 1 { "it is" } else { "they are" }
            );
        }
        why
    }
}

/// Options as a definition declares them, each by its text.
pub(super) fn declared(options: &[String]) -> IndexMap<String, String> {
    options.iter().map(|option| (option.clone(), option.clone())).collect()
}

/// The options of cells that are lists, if they are.
pub(super) fn list(values: &Values) -> Option<List> {
    // An import has written the column, and only where several answers stand in a cell.
    let is_told = values.texts.iter().any(|(text, _)| text == NONE_CHOSEN);
    SEPARATORS.iter().find_map(|separator| {
        let is_comma = *separator == ",";
        let mark = if is_comma { ", " } else { separator };
        let share = values.texts_percent(|text| text.contains(mark));
        (share >= LEAST_PERCENT || (is_told && share > 0)).then(|| divided_by(values, separator)).flatten()
    })
}

/// The options of cells that are lists with this separator, if they are.
pub(super) fn divided_by(values: &Values, separator: &str) -> Option<List> {
    if values.overflow {
        return None;
    }
    let cells = Cells::of(values, separator);
    let is_plain = !matches!(separator, "," | " / ");
    let longest = LONGEST_PART[usize::from(is_plain)];
    let counts = cells.counts();
    let repeated: Vec<&str> = counts.iter().filter(|(_, count)| **count > 1).map(|(part, _)| *part).collect();
    let is_short = |part: &&str| part.chars().count() <= longest;
    let lengths: BTreeSet<usize> = cells.parts.iter().map(|(parts, _)| parts.len()).collect();
    let twice =
        cells.parts.iter().any(|(parts, _)| parts.iter().collect::<BTreeSet<_>>().len() != parts.len());
    if repeated.len() < 2
        || repeated.len() > MOST_PARTS
        || !repeated.iter().all(is_short)
        || lengths.len() < 2
    {
        return None;
    }
    // `Austin, TX` has commas and no list, `male / 18` neither: such marks need that nearly every part comes back.
    let most = if is_plain { 2 } else { 3 };
    let enough = if is_plain {
        let within: u64 = counts.values().filter(|count| **count > 1).sum();
        within * most >= counts.values().sum::<u64>()
    } else {
        repeated.len() * 3 >= counts.len() * 2 && !twice && counts.len() <= MOST_PARTS && !cells.has_gaps
    };
    if !enough || (!is_plain && !cells.combine(&counts)) {
        return None;
    }
    let options: Vec<String> = repeated.iter().map(|part| (*part).to_owned()).collect();
    Some(List {
        separator: separator.to_owned(),
        joined: options.iter().filter(|option| option.contains(separator)).cloned().collect(),
        others: counts.len() - repeated.len(),
        options,
    })
}

/// The cells with their parts, those that never stand apart in one.
struct Cells<'a> {
    parts: Vec<(Vec<&'a str>, u64)>,
    /// Whether a cell has nothing between two separators.
    has_gaps: bool,
}

impl<'a> Cells<'a> {
    fn of(values: &'a Values, separator: &str) -> Self {
        let mut cells = Self { parts: Vec::with_capacity(values.texts.len()), has_gaps: false };
        for (text, count) in values.texts.iter().filter(|(text, _)| text != NONE_CHOSEN) {
            // A separator at an end divides nothing: `a;b;`.
            let inner =
                text.trim().trim_start_matches(separator.trim_start()).trim_end_matches(separator.trim_end());
            let mut parts: Vec<&str> = inner.split(separator).map(str::trim).collect();
            let all = parts.len();
            parts.retain(|part| !part.is_empty());
            cells.has_gaps |= parts.len() < all;
            cells.parts.push((parts, *count));
        }
        let is_in_words = matches!(separator, "," | " / ");
        while cells.join(values, is_in_words) {}
        cells
    }

    /// How many cells have each part, in the order of the file.
    fn counts(&self) -> IndexMap<&'a str, u64> {
        let mut counts = IndexMap::new();
        for (parts, count) in &self.parts {
            for part in parts {
                *counts.entry(*part).or_insert(0) += count;
            }
        }
        counts
    }

    /// Whether parts combine freely, as those of ticked options do: there are more different cells than parts, and where
    /// there are few cells, many parts stand alone too. `Yes, somewhat rude`, `Yes, very rude` and `No` do not combine.
    fn combine(&self, counts: &IndexMap<&'a str, u64>) -> bool {
        let different: BTreeSet<&[&str]> = self.parts.iter().map(|(parts, _)| parts.as_slice()).collect();
        let alone = different.iter().filter(|parts| parts.len() == 1).count();
        different.len() > counts.len() && (different.len() > FEW_CELLS || alone * 2 >= counts.len())
    }

    /// Makes one part of two that never stand apart, if there are such.
    fn join(&mut self, values: &'a Values, is_in_words: bool) -> bool {
        let counts = self.counts();
        // How many cells have two parts side by side, and in how many different texts.
        let mut pairs: BTreeMap<(&str, &str), (u64, usize)> = BTreeMap::new();
        for (parts, count) in &self.parts {
            for pair in parts.windows(2) {
                let known = pairs.entry((pair[0], pair[1])).or_insert((0, 0));
                *known = (known.0 + count, known.1 + 1);
            }
        }
        let together = pairs.into_iter().find(|((first, second), (cells, texts))| {
            first != second
                && *cells >= LEAST_JOINED[usize::from(is_in_words)]
                && (*texts > 1 || is_in_words)
                && counts.get(first) == Some(cells)
                && counts.get(second) == Some(cells)
        });
        let Some(((first, second), _)) = together else { return false };
        let mut is_done = false;
        for ((parts, _), (text, _)) in self.parts.iter_mut().zip(&values.texts) {
            let Some(at) = parts.windows(2).position(|pair| pair == [first, second]) else { continue };
            if let Some(whole) = span(text, parts[at], parts[at + 1]) {
                parts.splice(at..=at + 1, [whole]);
                is_done = true;
            }
        }
        is_done
    }
}

/// The text from the beginning of one part to the end of a later one.
fn span<'a>(text: &'a str, first: &str, second: &str) -> Option<&'a str> {
    text.match_indices(first).find_map(|(from, _)| {
        let rest = text.get(from + first.len()..)?;
        let at = rest.find(second)?;
        // Nothing but the separator stands between them.
        let is_near = !rest.get(..at)?.chars().any(char::is_alphanumeric);
        is_near.then(|| text.get(from..from + first.len() + at + second.len())).flatten()
    })
}

/// Whether cells are codes with commas between them, `1,2,3`: rising, at most two digits each, now and then three of
/// them. Two alone may be a number with a decimal comma.
pub(super) fn are_code_lists<'a>(cells: impl Iterator<Item = &'a str>) -> bool {
    let (mut several, mut three, mut all) = (0_usize, 0_usize, 0_usize);
    for cell in cells {
        let codes: Option<Vec<u8>> = cell.split(',').map(|code| code.trim().parse().ok()).collect();
        let Some(codes) = codes.filter(|codes| codes.iter().all(|code| *code < 100)) else { return false };
        if !codes.windows(2).all(|pair| pair[0] < pair[1]) {
            return false;
        }
        all += 1;
        several += usize::from(codes.len() > 1);
        three += usize::from(codes.len() > 2);
    }
    three > 0 && several * 5 >= all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey::ColumnProfile;

    fn values(texts: &[&str]) -> Values {
        Values::of(&ColumnProfile {
            values: texts.iter().map(|text| ((*text).to_owned(), 5)).collect(),
            filled: texts.len() as u64 * 5,
            ..ColumnProfile::default()
        })
    }

    fn read(texts: &[&str]) -> Option<(String, Vec<String>, Vec<String>)> {
        list(&values(texts)).map(|list| (list.separator, list.options, list.joined))
    }

    #[test]
    fn lists_have_parts_that_come_back() {
        for (texts, separator) in [
            (&["App", "Berater", "App, Berater"][..], ","),
            (&["App, Web", "Web, Phone, App", "Phone", "App", "App, Phone"], ","),
            (&["App;Web;", "Web;", "Phone;App;"], ";"),
            (&["App; Web", "Web", "App"], ";"),
            (&["App|Web", "Web"], "|"),
            (&["/ App / Web", "Web", "App / Phone", "App"], " / "),
            (&["App\nWeb", "Web"], "\n"),
        ] {
            let found = read(texts).unwrap_or_else(|| panic!("{texts:?}"));
            assert_eq!((found.0.as_str(), found.2.len()), (separator, 0), "{texts:?}");
            assert!(found.1.contains(&"Web".to_owned()) || found.1.contains(&"App".to_owned()), "{found:?}");
        }
        for texts in [
            &["Austin, TX", "Dallas, TX", "Houston, TX"][..],
            &["Yes, I understand", "No, not at all", "Other"],
            &["Yes, very rude", "Yes, somewhat rude", "No, not at all rude"],
            &["Often", "Sometimes", "Never, but open to it", "Never, and not open to it"],
            &["No", "Yes", "Yes, very", "Yes, rather", "Yes, very, I think"],
            &["male, 18", "female, 18", "male, 20", "female, 20"],
            &["App, App", "App"],
            &["App,, Web", "App", "Web"],
            &["App", "Web"],
            &[],
        ] {
            assert_eq!(read(texts), None, "{texts:?}");
        }
        let comments = ["slow, but friendly", "good", "fine, thanks, really"];
        let comments = comments.iter().map(|text| ((*text).to_owned(), 1)).collect();
        assert_eq!(list(&Values { texts: comments, ..Values::default() }), None);
    }

    #[test]
    fn an_option_may_have_the_separator() {
        let found =
            read(&["Price, quality", "Staff, Price, quality", "Staff", "Place, Staff", "Place"]).unwrap();
        assert_eq!(found.1, ["Price, quality", "Staff", "Place"]);
        assert_eq!(found.2, ["Price, quality"]);
        let apart = read(&["Price, quality", "Staff, Price", "Staff", "quality"]).unwrap();
        assert_eq!(apart.1, ["Price", "quality", "Staff"]);
    }

    #[test]
    fn codes_rise() {
        let read = |cells: &[&str]| are_code_lists(cells.iter().copied());
        assert!(read(&["1,2,3", "1", "2,5"]));
        for cells in [
            &["1,2", "4,5"][..],
            &["3,2,1"],
            &["1,234,567"],
            &["1,2,x"],
            &["1", "2", "1,2,3", "4", "5", "6"],
            &[],
        ] {
            assert!(!read(cells), "{cells:?}");
        }
    }
}
