//! A banner table as it is written: banners side by side as long as the page is wide, each with its values over it.

use crate::render::banner::{Banner, BannerCell, BannerColumn, BannerHead, BannerRole, BannerTable, heads};

/// Banners stand in one table up to so many columns.
const MOST_COLUMNS: usize = 18;

/// One table of the page.
pub(super) struct BannerSheet<'a> {
    /// The banners in it.
    pub(super) label: String,
    /// The class that sets it smaller on paper, with a space before.
    pub(super) size: &'static str,
    /// The lines of heads.
    pub(super) heads: Vec<Vec<BannerHead<'a>>>,
    /// The rows.
    pub(super) rows: Vec<Line<'a>>,
}

/// One row.
pub(super) struct Line<'a> {
    /// The class attribute.
    pub(super) class: &'static str,
    /// What the row is called.
    pub(super) name: &'a str,
    /// The cells.
    pub(super) cells: Vec<&'a BannerCell>,
}

impl<'a> BannerSheet<'a> {
    /// The tables of a stub.
    pub(super) fn all(table: &'a BannerTable) -> Vec<Self> {
        let mut groups: Vec<Vec<&Banner>> = Vec::new();
        let columns = |group: &[&Banner]| group.iter().map(|banner| banner.columns.len()).sum::<usize>();
        for banner in &table.banners {
            match groups.last_mut() {
                Some(group) if columns(group) + banner.columns.len() <= MOST_COLUMNS => group.push(banner),
                _ => groups.push(vec![banner]),
            }
        }
        groups.iter().map(|group| Self::of(table, group)).collect()
    }

    fn of(table: &'a BannerTable, banners: &[&'a Banner]) -> Self {
        let labels: Vec<&str> = banners.iter().map(|banner| banner.label.as_str()).collect();
        let columns: Vec<&BannerColumn> =
            table.total.iter().chain(banners.iter().flat_map(|banner| &banner.columns)).collect();
        let rows = table.rows.iter().enumerate().map(|(at, row)| Line {
            class: match row.role {
                BannerRole::Base => " class=\"base\"",
                BannerRole::Summary => " class=\"sum\"",
                BannerRole::Figure | BannerRole::Detail => "",
            },
            name: &row.label,
            cells: columns.iter().filter_map(|column| column.cells.get(at)).collect(),
        });
        let size = match columns.len() {
            0..=9 => "",
            10..=15 => " many",
            _ => " most",
        };
        Self { label: labels.join(", "), size, heads: heads(table, banners), rows: rows.collect() }
    }
}

impl BannerCell {
    /// The class attribute of a shaded cell.
    pub(super) fn class(&self) -> &'static str {
        match self.shade {
            2.. => " class=\"u2\"",
            1 => " class=\"u1\"",
            0 => "",
            -1 => " class=\"d1\"",
            ..=-2 => " class=\"d2\"",
        }
    }
}
