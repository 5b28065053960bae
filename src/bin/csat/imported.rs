//! What is said of an import: its rows and edits, personal data, what a redacted copy still tells.

use csat::prepare::import::ImportAccount;
use csat::prepare::redact::{RedactedColumn, Redaction, Treatment, UniqueRows};
use csat::survey::{PersonalColumn, PersonalKind, Profile};

use crate::output::{Output, visible};
use crate::settings;

/// How many columns that are kept are named.
const MOST_KEPT: usize = 60;

/// Says what became of the rows and cells.
pub(crate) fn say_account(account: &ImportAccount, output: &Output) {
    let mut parts = vec![format!("{} of {} rows written", account.written, account.rows)];
    for (count, what) in [
        (account.tests, "previews, tests or spam by the file's own word"),
        (account.repeated_headers, "repeated headers, left out"),
        (account.partial, "not finished"),
        (account.blank, "without an answer"),
        (account.short, "with too few cells"),
        (account.long, "with cells beyond the header, cut off"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    output.say(&parts.join("; "));
    if account.undecodable_cells > 0 {
        output.say(&format!(
            "caution: {} cells hold bytes that are no UTF-8, written as \u{fffd}; --encoding names the encoding",
            account.undecodable_cells
        ));
    }
    if !account.edits.is_empty() {
        let edits: Vec<String> =
            account.edits.iter().map(|(rule, count)| format!("{count} {rule}")).collect();
        output.say(&format!("edits: {}", edits.join(", ")));
    }
}

/// Says which columns hold personal data; ids are expected.
pub(crate) fn say_personal(personal: &[PersonalColumn], profile: &Profile, output: &Output) {
    let is_filled =
        |name: &str| profile.columns.iter().any(|column| column.filled > 0 && column.name == name);
    let found: Vec<String> = personal
        .iter()
        .filter(|column| column.kind != PersonalKind::FreeId && is_filled(&column.column))
        .map(|column| format!("{} ({})", column.column, column.kind.name()))
        .collect();
    if !found.is_empty() {
        let names: Vec<&str> = found.iter().map(String::as_str).collect();
        output.say(&format!(
            "caution: the table holds personal data: {}; --redact writes a copy without",
            settings::short_list(&names)
        ));
    }
}

/// Says what the copy still tells.
pub(crate) fn say_redaction(
    columns: &[RedactedColumn],
    redaction: &Redaction,
    drops_comments: bool,
    output: &Output,
) {
    for (treatment, what) in [
        (Treatment::Drop, "dropped"),
        (Treatment::Pseudonym, "ids to pseudonyms"),
        (Treatment::Year, "dates of birth to years"),
        (Treatment::Prefix, "postal codes to their first characters"),
    ] {
        let named: Vec<&str> = columns
            .iter()
            .filter(|column| column.treatment == treatment)
            .map(|column| column.column.as_str())
            .collect();
        if !named.is_empty() {
            output.say(&format!("{what}: {}", settings::short_list(&named)));
        }
    }
    say_changed(
        columns,
        redaction,
        "times of day cut off in",
        |treatment| matches!(treatment, Treatment::Day(_)),
        output,
    );
    say_changed(
        columns,
        redaction,
        "e-mail, phone, card and account numbers masked in",
        |treatment| matches!(treatment, Treatment::Mask | Treatment::Keep),
        output,
    );
    let has_comments = columns.iter().any(|column| column.treatment == Treatment::Mask);
    if has_comments && !drops_comments {
        output.say(
            "caution: names of people inside comments are not found; --drop-comments leaves comments out",
        );
    }
    say_kept(columns, output);
    say_unique(columns, redaction, output);
}

/// Says in which columns cells were changed, and in how many of each.
fn say_changed(
    columns: &[RedactedColumn],
    redaction: &Redaction,
    what: &str,
    is_meant: fn(Treatment) -> bool,
    output: &Output,
) {
    let changed: Vec<String> = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| is_meant(column.treatment))
        .filter_map(|(at, column)| match redaction.changed(at) {
            0 => None,
            1 => Some(format!("{} (1 cell)", column.column)),
            cells => Some(format!("{} ({cells} cells)", column.column)),
        })
        .collect();
    if !changed.is_empty() {
        let named: Vec<&str> = changed.iter().map(String::as_str).collect();
        output.say(&format!("{what}: {}", settings::short_list(&named)));
    }
}

/// Says all that remains as it was, so that who gives the copy away can look at it.
fn say_kept(columns: &[RedactedColumn], output: &Output) {
    let is_kept = |column: &&RedactedColumn| {
        matches!(column.treatment, Treatment::Keep | Treatment::Mask | Treatment::Day(_))
    };
    let kept: Vec<&str> =
        columns.iter().filter(is_kept).map(|column| column.column.as_str()).take(MOST_KEPT + 1).collect();
    if kept.is_empty() {
        return;
    }
    let count = columns.iter().filter(is_kept).count();
    let more = match count.saturating_sub(MOST_KEPT) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let shown: Vec<&str> = kept.into_iter().take(MOST_KEPT).collect();
    output.say(&visible(&format!(
        "kept columns, look that they name nobody: {}{more}; `personal` under [data] drops one",
        shown.join(", ")
    )));
}

/// Says how many rows stand alone, by everything that is kept and by the groups of the reports.
fn say_unique(columns: &[RedactedColumn], redaction: &Redaction, output: &Output) {
    let named = |wanted: fn(&RedactedColumn) -> bool| -> Vec<&str> {
        columns.iter().filter(|column| wanted(column)).map(|column| column.column.as_str()).collect()
    };
    let (telling, segments) = (named(|column| column.tells), named(|column| column.is_segment));
    let line = |rows: UniqueRows, by: &str| {
        format!(
            "{} of {} rows are the only one by {}; the smallest of {} groups has {}",
            rows.unique, rows.rows, by, rows.groups, rows.smallest
        )
    };
    let Some(rows) = redaction.unique_rows() else {
        output.say("nothing but scores, comments and pseudonyms is kept by which rows could be told apart");
        return;
    };
    output.say(&visible(&line(rows, &format!("{} together", telling.join(", ")))));
    if let Some(rows) = redaction.unique_by_segments().filter(|_| segments.len() < telling.len()) {
        output.say(&visible(&line(rows, &format!("the segments alone ({})", segments.join(", ")))));
    }
}
