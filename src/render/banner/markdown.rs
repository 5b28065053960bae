//! Banner tables as Markdown: one table a banner, since Markdown has neither spanning heads nor room.

use super::{Banner, BannerColumn, BannerRole, BannerTable};
use crate::render::markdown::escaped;

/// The tables of a stub, each under the name of its banner and above its legend; blank lines between.
pub(crate) fn markdown(table: &BannerTable) -> String {
    let blocks: Vec<String> = table
        .by_banner()
        .flat_map(|(banner, columns)| {
            let heading = (table.banners.len() > 1).then(|| format!("### {}", escaped(&banner.label)));
            let legend: Vec<String> = banner
                .legend
                .iter()
                .chain(&banner.common)
                .map(|line| format!("- {}", escaped(line)))
                .collect();
            let legend = (!legend.is_empty()).then(|| legend.join("\n"));
            heading.into_iter().chain([grid(table, banner, &columns)]).chain(legend).collect::<Vec<_>>()
        })
        .collect();
    blocks.join("\n\n")
}

fn grid(table: &BannerTable, banner: &Banner, columns: &[&BannerColumn]) -> String {
    let mut lines = Vec::with_capacity(table.rows.len() + 2);
    let heads = columns.iter().map(|column| head(column));
    lines.push(line(std::iter::once(escaped(&banner.label)).chain(heads)));
    lines.push(line(std::iter::once("---".to_owned()).chain(columns.iter().map(|_| "---:".to_owned()))));
    for (at, row) in table.rows.iter().enumerate() {
        let label = escaped(row.label.trim());
        let label = match row.role {
            BannerRole::Summary => format!("**{label}**"),
            BannerRole::Detail => format!("&emsp;{label}"),
            BannerRole::Base | BannerRole::Figure => label,
        };
        let cells = columns.iter().map(|column| cell(column, at));
        lines.push(line(std::iter::once(label).chain(cells)));
    }
    lines.join("\n")
}

fn head(column: &BannerColumn) -> String {
    let values: Vec<String> = column.values.iter().map(|value| escaped(value.trim())).collect();
    let name = values.join(" × ");
    if column.letter.is_empty() { name } else { format!("{name} ({})", escaped(&column.letter)) }
}

fn cell(column: &BannerColumn, row: usize) -> String {
    let Some(cell) = column.cells.get(row) else { return String::new() };
    let text = escaped(&cell.text);
    if cell.letters.is_empty() { text } else { format!("{text} {}", escaped(&cell.letters)) }
}

fn line(cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<String> = cells.into_iter().collect();
    format!("| {} |", cells.join(" | "))
}
