//! `csat import --explain` as text: how the file is read, its headers, its columns, its rows.

use csat::prepare::import::{ColumnSeen, Explanation, ImportAccount};
use csat::report::words::shortened;

use crate::findings::plain_table;
use crate::output::visible;

/// How many cells of a header record are shown.
const HEADER_CELLS: usize = 6;
/// The longest cell of a header that is shown, in characters.
const HEADER_CELL: usize = 30;

/// What separates the cells, in a word; nothing for what has cells of its own.
pub(crate) fn delimiter(byte: u8, format: &str) -> &'static str {
    match byte {
        _ if format.contains("workbook") || format == "SPSS" || format == "JSON" => "",
        b',' => "comma",
        b';' => "semicolon",
        b'\t' => "tab",
        b'|' => "pipe",
        _ => "another character",
    }
}

/// One file, in lines of this width.
pub(crate) fn text(seen: &Explanation, width: usize) -> String {
    let width = u16::try_from(width.clamp(60, 200)).unwrap_or(80);
    let mut out = format!("{}\n", visible(&seen.input));
    let mut facts: Vec<(&str, String)> = vec![("format", seen.format.to_owned())];
    if let Some(encoding) = &seen.encoding {
        let evidence =
            if encoding.evidence.is_empty() { String::new() } else { format!(": {}", encoding.evidence) };
        let wrong = match encoding.wrong {
            0 => String::new(),
            wrong => format!("; {wrong} places that it has no character for"),
        };
        facts.push(("encoding", format!("{} ({}{evidence}){wrong}", encoding.name, encoding.by)));
    }
    if !seen.delimiter.is_empty() {
        facts.push(("delimiter", seen.delimiter.to_owned()));
    }
    facts.push(("layout", seen.layout.to_owned()));
    facts.extend(seen.reasons.iter().map(|reason| ("because", reason.clone())));
    facts.extend(seen.zone.iter().map(|zone| ("time zone", zone.clone())));
    facts.extend(seen.losses.iter().map(|loss| ("caution", loss.clone())));
    for (index, record) in seen.header.iter().enumerate() {
        facts.push((if index == 0 { "header" } else { "" }, header_line(record)));
    }
    let rows = rows(&seen.rows);
    facts
        .extend(rows.into_iter().enumerate().map(|(index, row)| (if index == 0 { "rows" } else { "" }, row)));
    let mut table = plain_table();
    table.set_width(width - 1);
    for (name, fact) in &facts {
        table.add_row([*name, &visible(fact)]);
    }
    push(&mut out, &table);
    out.push_str("\ncolumns\n");
    let mut table = plain_table();
    table.set_width(width - 1);
    table.set_header(["column", "is", "taken as", "why"]);
    for column in &seen.columns {
        let doubt = if column.sure { "" } else { "?" };
        table.add_row([
            visible(&named(column)),
            column.personal.map_or(column.role.to_owned(), |personal| format!("personal: {personal}")),
            format!("{}{doubt}", column.taken),
            visible(&why(column)),
        ]);
    }
    push(&mut out, &table);
    if !seen.dropped.is_empty() {
        out.push_str("\nleft out of the table\n");
        let mut table = plain_table();
        table.set_width(width - 1);
        for column in &seen.dropped {
            table.add_row([column.column.to_string(), visible(&column.name), column.why.to_owned()]);
        }
        push(&mut out, &table);
    }
    out
}

fn push(out: &mut String, table: &comfy_table::Table) {
    for line in table.lines() {
        out.push(' ');
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

fn header_line(record: &[String]) -> String {
    let cut = |cell: &String| {
        let plain = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        if plain.chars().count() <= HEADER_CELL {
            plain
        } else {
            plain.chars().take(HEADER_CELL - 1).chain(['…']).collect()
        }
    };
    let shown: Vec<String> = record.iter().take(HEADER_CELLS).map(cut).collect();
    let more = record.len().saturating_sub(HEADER_CELLS);
    let more = if more > 0 { format!(" | and {more} more") } else { String::new() };
    format!("{}{more}", shown.join(" | "))
}

/// The name and, where it is another, the wording, each in short: `--format json` has them in full.
fn named(column: &ColumnSeen) -> String {
    // The name of a row of a grid is its wording in other brackets: `Service [Speed]` for `Service – Speed`.
    let letters = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
    match &column.text {
        Some(text) if !letters(&column.name).contains(&letters(text)) => {
            format!("{}: {}", shortened(&column.name), shortened(text))
        }
        _ => shortened(&column.name),
    }
}

fn why(column: &ColumnSeen) -> String {
    let examples = match column.examples.as_slice() {
        [] => String::new(),
        examples => format!(" ({} …)", examples.join(", ")),
    };
    format!("{}{examples}", column.why)
}

fn rows(account: &ImportAccount) -> Vec<String> {
    let mut lines = vec![format!("{} below the header, {} in the table", account.rows, account.written)];
    for (count, what) in [
        (account.tests, "previews, tests or spam by the file's own word"),
        (account.partial, "not finished by the file's own word"),
        (account.blank, "without an answer"),
        (account.repeated_headers, "the header once more"),
        (account.short, "with too few cells"),
        (account.long, "with cells beyond the header"),
        (account.undecodable_cells, "cells with bytes that are no UTF-8"),
    ] {
        if count > 0 {
            lines.push(format!("{count} {what}"));
        }
    }
    lines
}
