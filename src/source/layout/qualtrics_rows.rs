//! Which rows of a Qualtrics export are previews, tests, spam or unfinished.
//!
//! The words of `Status` and `Finished` are those of the account's language where labels are exported: codes and
//! English words are known, and `Progress` tells unfinished responses in every language.

use super::first_records::is_digits;
use super::{Cells, FirstRecords, SeenColumn};
use crate::survey::{Metadata, Role, RowRule};

/// How previews, tests and spam stand in `Status`, as numbers and as words.
pub(super) const NOT_REAL: [&str; 15] = [
    "1",
    "Survey Preview",
    "2",
    "Survey Test",
    "8",
    "Spam",
    "9",
    "Spam (Preview)",
    "Survey Preview Spam",
    "12",
    "Imported Spam",
    "17",
    "Offline Survey Preview",
    "40",
    "EX Spam",
];

/// How real responses stand there: sent in, imported, or made without a connection.
const REAL: [&str; 10] =
    ["0", "IP Address", "4", "Imported", "16", "Offline", "32", "EX", "48", "EX Offline"];

/// How an unfinished response stands in `Finished`, and a finished one.
const UNFINISHED: [&str; 2] = ["0", "False"];
const FINISHED: [&str; 2] = ["1", "True"];

/// The rows that are not finished: by `Finished` where its words are known, else by `Progress`; none where both are
/// missing or have other words.
pub(super) fn unfinished(columns: &[SeenColumn], first: &FirstRecords, below: usize) -> Option<RowRule> {
    let finished = cells(columns, Metadata::Finished, first, below);
    let progress = cells(columns, Metadata::Progress, first, below);
    if progress.is_some_and(|cells| !cells.is_empty() && cells.iter().all(|cell| is_percent(cell)))
        && !finished.as_ref().is_some_and(|cells| !cells.is_empty() && all_known(cells))
    {
        let shares: Vec<String> = (0..100).map(|share: u8| share.to_string()).collect();
        let shares: Vec<&str> = shares.iter().map(String::as_str).collect();
        return SeenColumn::row_rule(columns, Metadata::Progress, &shares);
    }
    all_known(&finished?).then(|| SeenColumn::row_rule(columns, Metadata::Finished, &UNFINISHED)).flatten()
}

/// The columns whose words decide, with all that are known.
pub(super) fn known_cells(columns: &[SeenColumn], first: &FirstRecords, below: usize) -> Vec<RowRule> {
    let status: Vec<&str> = NOT_REAL.into_iter().chain(REAL).collect();
    let mut known: Vec<RowRule> =
        SeenColumn::row_rule(columns, Metadata::Kind, &status).into_iter().collect();
    if unfinished(columns, first, below).is_none() {
        let words: Vec<&str> = UNFINISHED.into_iter().chain(FINISHED).collect();
        known.extend(SeenColumn::row_rule(columns, Metadata::Finished, &words));
    }
    known
}

fn all_known(cells: &[&str]) -> bool {
    let is_known =
        |cell: &&str| UNFINISHED.iter().chain(&FINISHED).any(|word| word.eq_ignore_ascii_case(cell));
    cells.iter().all(is_known)
}

fn is_percent(cell: &str) -> bool {
    is_digits(cell) && cell.parse::<u8>().is_ok_and(|share| share <= 100)
}

/// The cells of the column about this.
fn cells<'a>(
    columns: &[SeenColumn],
    about: Metadata,
    first: &'a FirstRecords,
    below: usize,
) -> Option<Vec<&'a str>> {
    let column = columns.iter().find(|column| column.facts.role == Role::Metadata(about))?;
    match column.cells {
        Cells::Copied(at) => Some(first.cells(at, below)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::qualtrics::Qualtrics;
    use super::super::sample::seen;
    use crate::survey::RowRule;

    fn rules(finished: &str, progress: &str, rows: &str) -> (Option<RowRule>, Vec<RowRule>) {
        let text = format!(
            "StartDate,EndDate,Status,{progress},{finished},Q1\nx,x,x,x,x,x\n,,,,,\"{{\"\"ImportId\"\":\"\"QID1\"\"}}\"\n{rows}"
        );
        let file = seen(&Qualtrics, &text).unwrap().file;
        (file.partial_rows, file.known_cells)
    }

    #[test]
    fn progress_tells_where_the_words_are_those_of_the_account() {
        let german = "a,b,IP-Adresse,100,Wahr,5\na,b,Umfragenvorschau,20,Falsch,5\n";
        let (partial, known) = rules("Finished", "Progress", german);
        let partial = partial.unwrap();
        assert_eq!((partial.column.as_str(), partial.values.len()), ("Progress", 100));
        assert_eq!(known.len(), 1);
        assert_eq!(known[0].column, "Status");
        let english = german.replace("Wahr", "True").replace("Falsch", "FALSE");
        assert_eq!(rules("Finished", "Progress", &english).0.unwrap().column, "Finished");
        assert_eq!(rules("Done", "Progress", german).0.unwrap().column, "Progress");
        assert_eq!(rules("Done", "Way", german).0, None);
    }

    #[test]
    fn words_that_nobody_knows_tell_nothing() {
        let (partial, known) = rules("Finished", "Way", "a,b,0,,Wahr,5\n");
        assert_eq!(partial, None);
        let columns: Vec<&str> = known.iter().map(|rule| rule.column.as_str()).collect();
        assert_eq!(columns, ["Status", "Finished"]);
    }
}
