//! Cells with several answers: `App; Counter`, `App|Counter`, `App, Counter`, `App / Counter`, a line each.
//!
//! Options are found by counting the parts of cells. Parts that never stand apart are one option that has the
//! separator in it: `Price, quality`. Texts whose parts do not come back are comments, not lists.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::points::is_nearly_all;
use super::values::Values;
use crate::survey::NONE_CHOSEN;

/// The most different options of a list of answers.
const MOST_PARTS: usize = 40;
/// The most different parts that are looked at; several may make one option.
const MOST_LOOKED_AT: usize = 10 * MOST_PARTS;
/// The fewest options that are put in order, and the fewest answers that show it.
const FEWEST_RANKED: usize = 3;
const FEWEST_RANKINGS: u64 = 5;
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
    let cells = Cells::of(values, separator)?;
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

/// A part of a cell and the byte of the cell at which it begins.
type Part<'a> = (&'a str, usize);

impl<'a> Cells<'a> {
    /// `None` where more parts come back than any list has options.
    fn of(values: &'a Values, separator: &str) -> Option<Self> {
        let mut parts: Vec<Vec<Part<'a>>> = Vec::with_capacity(values.texts.len());
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        let (mut has_gaps, mut repeated) = (false, 0);
        for (text, count) in &values.texts {
            let is_none = text == NONE_CHOSEN;
            let (these, gap) = if is_none { Default::default() } else { parts_of(text, separator) };
            has_gaps |= gap;
            for (part, _) in &these {
                let known = counts.entry(part).or_insert(0);
                repeated += usize::from(*known <= 1 && *known + count > 1);
                *known += count;
            }
            if repeated > MOST_LOOKED_AT {
                return None;
            }
            parts.push(these);
        }
        let follows = follows(values, &parts, &counts, matches!(separator, "," | " / "));
        let joined = |(these, (text, count)): (Vec<Part<'a>>, &'a (String, u64))| {
            (join(text, &these, &follows), *count)
        };
        let chosen = parts.into_iter().zip(&values.texts).filter(|(_, (text, _))| text != NONE_CHOSEN);
        Some(Self { parts: chosen.map(joined).collect(), has_gaps })
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
}

/// The parts of a cell, and whether there is nothing between two separators.
fn parts_of<'a>(text: &'a str, separator: &str) -> (Vec<Part<'a>>, bool) {
    // A separator at an end divides nothing: `a;b;`.
    let begun = text.trim_start().trim_start_matches(separator.trim_start());
    let mut at = text.len() - begun.len();
    let inner = begun.trim_end().trim_end_matches(separator.trim_end());
    let mut parts = Vec::new();
    let mut has_gaps = false;
    for raw in inner.split(separator) {
        let part = raw.trim();
        if part.is_empty() {
            has_gaps = true;
        } else {
            parts.push((part, at + raw.len() - raw.trim_start().len()));
        }
        at += raw.len() + separator.len();
    }
    (parts, has_gaps)
}

/// The part that each part is always followed by, where that one in turn follows no other: both are one option.
fn follows<'a>(
    values: &Values,
    parts: &[Vec<Part<'a>>],
    counts: &BTreeMap<&str, u64>,
    is_in_words: bool,
) -> BTreeMap<&'a str, &'a str> {
    // How many cells have two parts side by side, and in how many different texts.
    let mut pairs: BTreeMap<(&str, &str), (u64, usize)> = BTreeMap::new();
    for (these, (_, count)) in parts.iter().zip(&values.texts) {
        for pair in these.windows(2) {
            let (first, second) = (pair[0].0, pair[1].0);
            if first != second && counts.get(first) == counts.get(second) {
                let known = pairs.entry((first, second)).or_insert((0, 0));
                *known = (known.0 + count, known.1 + 1);
            }
        }
    }
    let together = pairs.into_iter().filter(|((first, _), (cells, texts))| {
        *cells >= LEAST_JOINED[usize::from(is_in_words)]
            && (*texts > 1 || is_in_words)
            && counts.get(first) == Some(cells)
    });
    together.map(|(pair, _)| pair).collect()
}

/// The parts of a cell, those that always follow each other in one.
fn join<'a>(text: &'a str, parts: &[Part<'a>], follows: &BTreeMap<&str, &str>) -> Vec<&'a str> {
    let runs = parts.chunk_by(|(first, _), (second, _)| follows.get(first) == Some(second));
    let whole = |run: &[Part<'a>]| {
        let ((_, from), (last, at)) = (run.first()?, run.last()?);
        text.get(*from..at + last.len())
    };
    runs.filter_map(whole).collect()
}

/// Whether cells with this separator put options in order: nearly every cell holds each of them once, and not all in the
/// same order.
pub(super) fn is_ranking(values: &Values, separator: &str) -> bool {
    if values.overflow || !values.whole.is_empty() || values.decimal_cells > 0 {
        return false;
    }
    let cells: Vec<(Vec<&str>, u64)> = values
        .texts
        .iter()
        .map(|(text, count)| {
            let (mut parts, _) = parts_of(text, separator);
            parts.sort_unstable();
            (parts.into_iter().map(|(part, _)| part).collect(), *count)
        })
        .collect();
    let Some((options, _)) = cells.iter().max_by_key(|(parts, _)| parts.len()) else { return false };
    let is_once = options.windows(2).all(|pair| pair[0] != pair[1]);
    let orders = cells.iter().filter(|(parts, _)| parts == options).count();
    let within: u64 = cells.iter().filter(|(parts, _)| parts == options).map(|(_, count)| count).sum();
    (FEWEST_RANKED..=MOST_PARTS).contains(&options.len())
        && is_once
        && orders >= 2
        && values.answers >= FEWEST_RANKINGS
        && is_nearly_all(within, values.answers)
}

/// What divides the options of cells that put them in order, if they do.
pub(super) fn ranked_by(values: &Values) -> Option<&'static str> {
    SEPARATORS.into_iter().find(|separator| is_ranking(values, separator))
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

    /// What is beyond any list is left, in no time.
    #[test]
    fn thousands_of_options_are_no_list() {
        let cell = (0..4_000).map(|option| option.to_string()).collect::<Vec<_>>().join(";");
        let texts: Vec<String> = (0..300).map(|row| format!("{cell};{row}x")).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        assert_eq!(read(&texts), None);
    }

    #[test]
    fn several_parts_that_never_stand_apart_are_one_option() {
        let found = read(&["a, b, c, d", "d", "d, e", "e", "e, a, b, c"]).unwrap();
        assert_eq!(found.1, ["a, b, c", "d", "e"]);
    }

    #[test]
    fn all_options_in_several_orders_are_a_ranking() {
        let is_ranked = |texts: &[&str]| ranked_by(&values(texts));
        assert_eq!(is_ranked(&["Place;Price;Time;", "Time;Price;Place;"]), Some(";"));
        assert_eq!(is_ranked(&["Place, Price, Time", "Time, Price, Place"]), Some(","));
        for texts in [
            &["Place;Price;Time"][..],
            &["Place;Price;Time", "Place;Price", "Place;Time"],
            &["Place;Price", "Price;Place"],
            &["a;a;b", "a;b;a"],
            &["Time;Price;Place;", "Place;Price;Time", "Time"],
            &[],
        ] {
            assert_eq!(is_ranked(texts), None, "{texts:?}");
        }
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
