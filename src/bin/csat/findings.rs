//! What was taken for what, in one short block, when there is no definition.

use comfy_table::{ContentArrangement, Table};
use csat::report::words;
use csat::survey::inference::{As, Finding, Inferred};

use crate::output::{Output, visible};

/// Wide enough for most names, narrow enough for most windows.
const WIDTH: u16 = 100;

/// How many columns of one kind are named before the rest is only counted.
const NAMED: usize = 8;

/// The block: a line for each kind of column with the reason, then how to correct the unsure guesses.
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
        table.add_row([taken.as_str(), &first_named(columns), &visible(why)]);
    }
    let mut lines = vec!["no definition; columns were taken as:".to_owned(), indented(&table)];
    lines.extend(inferred.date_hint.clone());
    lines.extend(correction(&inferred.findings, width));
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

/// How to correct the guesses that are not sure: the flag once, the columns, the words, and what else may fit.
fn correction(findings: &[Finding], width: u16) -> Option<String> {
    let unsure: Vec<&Finding> = findings.iter().filter(|finding| !finding.sure).collect();
    if unsure.is_empty() {
        return None;
    }
    let names: Vec<&str> = unsure.iter().map(|finding| finding.column.as_str()).collect();
    let mut table = plain_table();
    table.set_width(width);
    table.add_row(["COLUMN", &first_named(&names)]);
    table.add_row(["WORD", &As::words().collect::<Vec<_>>().join(", ")]);
    let mut others: Vec<(&str, Vec<&str>)> = Vec::new();
    for finding in unsure {
        let other = finding.flag.as_deref().and_then(offered).filter(|word| *word != finding.taken.name());
        match others.iter_mut().find(|(known, _)| Some(*known) == other) {
            Some((_, columns)) => columns.push(&finding.column),
            None => others.extend(other.map(|word| (word, vec![finding.column.as_str()]))),
        }
    }
    for (word, columns) in others {
        table.add_row([word, &format!("may fit {}", first_named(&columns))]);
    }
    Some(format!("to correct a guess marked ?: --as COLUMN=WORD\n{}", indented(&table)))
}

/// The first names, and how many more there are.
fn first_named(columns: &[&str]) -> String {
    let more = columns.len().saturating_sub(NAMED);
    let first = named(&columns[..columns.len().min(NAMED)]);
    if more > 0 { format!("{first} and {more} more") } else { first }
}

/// The word of a flag, whatever the name of its column.
fn offered(flag: &str) -> Option<&str> {
    Some(flag.rsplit_once('=')?.1.trim_end_matches('\''))
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
    use csat::survey::inference::infer;
    use csat::survey::{ColumnProfile, Profile};

    use super::{block, named};

    /// One flag for all unsure columns, in lines of the width of a window.
    #[test]
    fn the_flag_stands_once() {
        let column = |number: usize| ColumnProfile {
            name: format!("a heading that goes on and on and asks for option {number}"),
            values: [("1", 20), ("3", 20)].map(|(text, count)| (text.to_owned(), count)).to_vec(),
            filled: 40,
            ..ColumnProfile::default()
        };
        let columns: Vec<ColumnProfile> = (0..20).map(column).collect();
        let printed = block(&infer(&Profile { columns, ..Profile::default() }, &[]), "then");
        assert_eq!(printed.matches("--as ").count(), 1, "{printed}");
        assert!(printed.contains("csat, nps") && printed.contains("and 12 more"), "{printed}");
        assert!(printed.lines().all(|line| line.chars().count() <= 101), "{printed}");
    }

    #[test]
    fn rows_of_a_grid_share_its_stem() {
        let columns = ["q1", "How good? [Staff]", "How good? [Price]", "How fair? [Price]", "[a]", "[b]"];
        assert_eq!(named(&columns), "q1, How good? [Staff], [Price], How fair? [Price], [a], [b]");
    }
}
