//! What was taken for what, in one short block, when there is no definition.

use comfy_table::{ContentArrangement, Table};
use csat::survey::inference::{Finding, Inferred};

use crate::output::visible;

/// Wide enough for most names, narrow enough for most windows.
const WIDTH: u16 = 100;

/// How many columns of one kind are named before the rest is only counted.
const NAMED: usize = 8;

/// The block: a line for each kind of column with the reason, then the flag for each unsure guess.
pub(crate) fn block(inferred: &Inferred, advice: &str) -> String {
    let mut table = plain_table();
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
        let named = columns.iter().take(NAMED).copied().map(visible).collect::<Vec<_>>().join(", ");
        let more = columns.len().saturating_sub(NAMED);
        let columns = if more > 0 { format!("{named} and {more} more") } else { named };
        table.add_row([taken.as_str(), &columns, &visible(why)]);
    }
    let mut lines = vec!["no definition; columns were taken as:".to_owned(), indented(&table)];
    lines.extend(inferred.date_hint.clone());
    let flags: Vec<&str> =
        inferred.findings.iter().filter(|finding| !finding.sure).filter_map(flag).collect();
    if !flags.is_empty() {
        lines.push(format!("to correct a guess marked ?, add its flag with another word after the =: {}", flags.join(" ")));
    }
    lines.push(advice.to_owned());
    lines.join("\n")
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
