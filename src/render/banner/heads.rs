//! The heads over the columns of banners that stand side by side.

use super::{Banner, BannerTable};

/// One head.
#[derive(Clone, Copy)]
pub(crate) struct BannerHead<'a> {
    /// What it says.
    pub(crate) text: &'a str,
    /// The letter of the column.
    pub(crate) letter: &'a str,
    /// How many columns it is over.
    pub(crate) columns: usize,
    /// Whether it only fills a place.
    pub(crate) empty: bool,
}

/// Banners, outer values, inner values with their letters.
pub(crate) fn heads<'a>(table: &'a BannerTable, banners: &[&'a Banner]) -> Vec<Vec<BannerHead<'a>>> {
    let empty = |columns| BannerHead { text: "", letter: "", columns, empty: true };
    let named = |text, letter, columns| BannerHead { text, letter, columns, empty: false };
    let before = 1 + usize::from(table.total.is_some());
    let outer = banners.iter().map(|banner| banner.levels()).max().unwrap_or(1).saturating_sub(1);
    let mut lines = Vec::with_capacity(outer + 2);
    let over = banners.iter().filter(|banner| !banner.columns.is_empty());
    lines.push(
        std::iter::once(empty(before))
            .chain(over.map(|banner| named(&banner.label, "", banner.columns.len())))
            .collect(),
    );
    for level in 0..outer {
        let mut line = vec![empty(before)];
        for banner in banners {
            match (level + banner.levels()).checked_sub(outer + 1) {
                Some(level) => line.extend(banner.spans(level).into_iter().map(|span| {
                    let column = banner.columns.get(span.start);
                    let text = column.and_then(|column| column.values.get(level));
                    named(text.map_or("", String::as_str), "", span.len())
                })),
                None if banner.columns.is_empty() => {}
                None => line.push(empty(banner.columns.len())),
            }
        }
        lines.push(line);
    }
    let inner = table.total.iter().chain(banners.iter().flat_map(|banner| &banner.columns));
    let inner = inner.map(|column| named(column.values.last().map_or("", String::as_str), &column.letter, 1));
    lines.push(std::iter::once(empty(1)).chain(inner).collect());
    lines
}
