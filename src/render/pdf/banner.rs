//! Banner tables on paper: plain tables, one a banner, wide ones in several.

use super::super::banner::{BannerColumn, BannerTable};
use super::super::page::{Block, Cell, Column, Table};

/// Columns of a table on paper, the name of the row not counted.
const PAPER_COLUMNS: usize = 8;

/// The blocks of a part for formats that know plain tables only: a table a banner, wide ones in several.
pub(super) fn plain(blocks: &[Block]) -> Vec<Block> {
    let mut plain = Vec::with_capacity(blocks.len());
    for block in blocks {
        match block {
            Block::Contents(_) => {}
            // No cell is shaded on paper, so nothing is to be said of shades.
            Block::Text(texts) if texts.iter().all(|text| text.contains('↑')) => {}
            Block::Banner(table) => {
                plain.push(Block::Heading(table.title.clone()));
                for banner in &table.banners {
                    for columns in banner.columns.chunks(PAPER_COLUMNS) {
                        let columns: Vec<&BannerColumn> = table.total.iter().chain(columns).collect();
                        plain.push(Block::Table(self::table(table, &banner.label, &columns)));
                    }
                }
                plain.push(Block::Text(table.legend.iter().map(|text| lettered(text)).collect()));
            }
            other => plain.push(other.clone()),
        }
    }
    plain
}

fn table(table: &BannerTable, label: &str, columns: &[&BannerColumn]) -> Table {
    let head = |column: &&BannerColumn| {
        let name = column.values.join(" × ");
        let header = if column.letter.is_empty() { name } else { format!("{name} ({})", column.letter) };
        Column { header, numeric: true, joined: None }
    };
    let first = Column { header: label.to_owned(), numeric: false, joined: None };
    let rows = table.rows.iter().enumerate().map(|(at, row)| {
        let cell = |column: &&BannerColumn| {
            let Some(cell) = column.cells.get(at) else { return Cell::Nothing(None) };
            let text = format!("{} {}", cell.text, lettered(&cell.letters));
            // A figure and its letters stand on one line.
            Cell::Text(text.trim_end().replace(' ', "\u{a0}"))
        };
        std::iter::once(Cell::Text(row.label.clone())).chain(columns.iter().map(cell)).collect()
    });
    Table {
        caption: label.to_owned(),
        columns: std::iter::once(first).chain(columns.iter().map(head)).collect(),
        rows: rows.collect(),
    }
}

/// The text with marks that the letters of the document have: theirs have no triangles.
fn lettered(text: &str) -> String {
    text.replace('▲', "(+)").replace('▼', "(−)")
}
