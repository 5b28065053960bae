//! What was taken for what, in one short block, when there is no definition.

use comfy_table::{ContentArrangement, Table};
use csat::report::words;
use csat::survey::inference::{Finding, Inferred};

use crate::output::{Output, visible};

/// Wide enough for most names, narrow enough for most windows.
const WIDTH: u16 = 100;

/// How many columns of one kind are named before the rest is only counted.
const NAMED: usize = 8;

/// How many characters of flags are written out: they hold whole headings.
const FLAGS_LENGTH: usize = 400;

/// The block: a line for each kind of column with the reason, then the flag for each unsure guess.
pub(crate) fn block(inferred: &Inferred, advice: &str) -> String {
    // The lines are set in by one column.
    let width = Output::remark_width().map_or(WIDTH, |columns| columns.saturating_sub(1).clamp(40, WIDTH));
    let mut table = plain_table();
    table.set_width(width);
    let mut kinds: Vec<(String, &str, Vec<&str>)> = Vec::new();
    for finding in &inferred.findings {
        let doubt = if finding.sure { "" } else { "?" };
        let taken = format!("{}{doubt}", finding.taken.name());
        match kinds.iter_mut().find(|(kind, why, _)| *kind == taken && *why == finding.why) {
            Some((_, _, columns)) => columns.push(&finding.column),
            None => kinds.push((taken, &finding.why, vec![&finding.column])),
        }
    }
    for (taken, why, columns) in &kinds {
        let named = named(&columns[..columns.len().min(NAMED)]);
        let more = columns.len().saturating_sub(NAMED);
        let columns = if more > 0 { format!("{named} and {more} more") } else { named };
        table.add_row([taken.as_str(), &columns, &visible(why)]);
    }
    let mut lines = vec!["no definition; columns were taken as:".to_owned(), indented(&table)];
    lines.extend(inferred.date_hint.clone());
    let flags: Vec<&str> =
        inferred.findings.iter().filter(|finding| !finding.sure).filter_map(flag).collect();
    if !flags.is_empty() {
        let lengths = flags.iter().scan(0, |all, flag| {
            *all += flag.chars().count();
            Some(*all)
        });
        let shown = lengths.take_while(|all| *all <= FLAGS_LENGTH).count().max(1);
        let more = flags.len() - shown;
        let rest = if more > 0 { format!(" (and {more} more)") } else { String::new() };
        lines.push(format!(
            "to correct a guess marked ?, add its flag with another word after the =: {}{rest}",
            flags[..shown].join(" ")
        ));
    }
    lines.push(advice.to_owned());
    lines.join("\n")
}

/// Names in a row; rows of one grid, `stem [row]`, share its stem.
fn named(columns: &[&str]) -> String {
    let mut names: Vec<String> = Vec::with_capacity(columns.len());
    let mut before = None;
    for column in columns {
        let stem = column.strip_suffix(']').and_then(|rest| rest.split_once('[')).map(|(stem, _)| stem);
        let name = match stem {
            Some(stem) if before == Some(stem) && !stem.is_empty() => &column[stem.len()..],
            _ => column,
        };
        names.push(visible(&words::shortened(name)));
        before = stem;
    }
    names.join(", ")
}

fn flag(finding: &Finding) -> Option<&str> {
    finding.flag.as_deref()
}

/// A table without lines, cells two blanks apart.
pub(crate) fn plain_table() -> Table {
    let mut table = Table::new();
    table
        .load_style(comfy_table::presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(WIDTH);
    table
}

/// The lines of a table without what trails them.
pub(crate) fn indented(table: &Table) -> String {
    table.lines().map(|line| format!(" {}", line.trim_end())).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn rows_of_a_grid_share_its_stem() {
        let columns = ["q1", "How good? [Staff]", "How good? [Price]", "How fair? [Price]", "[a]", "[b]"];
        assert_eq!(named(&columns), "q1, How good? [Staff], [Price], How fair? [Price], [a], [b]");
    }
}
