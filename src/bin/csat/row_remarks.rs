//! What becomes of rows that a file itself calls previews, tests or unfinished, said on standard error.

use csat::analysis::{NO_INTERVIEW, PREVIEW};
use csat::report::Report;
use csat::survey::expression::Expression;
use csat::survey::{Metadata, Profile, Role, RowRule, Survey};

use crate::output::{Output, visible};
use crate::settings;

/// Says how many rows that a file calls tests or unfinished are counted like all others; of unfinished ones nothing
/// where a condition was typed, which may have them in mind.
pub(crate) fn say_counted(
    survey: &Survey,
    profiles: &[Profile],
    condition: Option<&Expression>,
    output: &Output,
) {
    let with_condition = condition.is_some();
    for profile in profiles {
        let file = &profile.file;
        let tests = file.test_rows.as_ref().filter(|_| !survey.exclusions.test);
        let partial = file.partial_rows.as_ref().filter(|_| !survey.exclusions.partial && !with_condition);
        // Who looks at the column has these rows in mind.
        let looked_at = |column: &str| {
            let conditions = survey.exclusions.conditions.iter().map(|rule| &rule.condition);
            conditions.chain(condition).any(|condition| condition.names().contains(&column))
        };
        for remark in unknown_words(profile).filter(|unknown| !looked_at(unknown.column)) {
            let of_tests = file.test_rows.as_ref().is_some_and(|rule| rule.column == remark.column);
            let is_open = if of_tests { survey.exclusions.test } else { file.partial_rows.is_none() };
            if is_open {
                say(output, profile, &remark.sentence());
            }
        }
        for (rule, remark) in [(tests, tests_remark as fn(&Told) -> String), (partial, partial_remark)] {
            if let Some(mut told) = rule.and_then(|rule| Told::of(profile, rule)) {
                // A preview that is left out is counted by nobody, finished or not.
                if tests.is_none() {
                    told.rows = told.rows.saturating_sub(profile.unfinished_tests);
                }
                if told.rows > 0 {
                    say(output, profile, &remark(&told));
                }
            }
        }
    }
}

/// Says which words of a column that tells previews or unfinished responses are not known: of the account's language.
pub(crate) fn say_unknown_words(profile: &Profile, output: &Output) {
    for unknown in unknown_words(profile) {
        say(output, profile, &unknown.sentence());
    }
}

fn say(output: &Output, profile: &Profile, remark: &str) {
    output.say(&format!("caution: {}: {}", visible(&profile.input), visible(remark)));
}

/// How many unknown words are shown.
const SHOWN_WORDS: usize = 4;

/// Words of a column that the layout does not know.
struct UnknownWords<'a> {
    column: &'a str,
    words: Vec<&'a (String, u64)>,
    /// What rows they may tell.
    what: &'static str,
}

fn unknown_words(profile: &Profile) -> impl Iterator<Item = UnknownWords<'_>> {
    profile.file.known_cells.iter().filter_map(|rule| {
        let column = profile.columns.iter().find(|column| column.name == rule.column)?;
        let is_known =
            |text: &str| rule.values.iter().any(|value| value.to_lowercase() == text.to_lowercase());
        let words: Vec<&(String, u64)> = column.values.iter().filter(|(text, _)| !is_known(text)).collect();
        let is_kind = column.facts.role == Role::Metadata(Metadata::Kind);
        let what = if is_kind { "a preview, a test or spam" } else { "an unfinished response" };
        (!words.is_empty()).then_some(UnknownWords { column: &column.name, words, what })
    })
}

impl UnknownWords<'_> {
    fn sentence(&self) -> String {
        let shown: Vec<String> = self
            .words
            .iter()
            .take(SHOWN_WORDS)
            .map(|(text, rows)| format!("`{text}` ({rows} {})", if *rows == 1 { "row" } else { "rows" }))
            .collect();
        let more = self.words.len().saturating_sub(SHOWN_WORDS);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let (column, what) = (self.column, self.what);
        // The rarest is more likely the one that does not count.
        let rarest = self.words.iter().min_by_key(|(_, rows)| *rows).map_or("", |(text, _)| text.as_str());
        let condition = settings::quoted(&format!("`{column}` != \"{rarest}\""));
        format!(
            "`{column}` holds {}{more}, which csat does not know, and counts these rows; if one of them is {what}, leave it \
             out: --where {condition}",
            shown.join(", ")
        )
    }
}

/// Says how many previews and tests were left out.
pub(crate) fn say_previews(report: &Report, output: &Output) {
    let previews = report.ledger.excluded.iter().find(|excluded| excluded.reason == PREVIEW);
    let Some(rows) = previews.map(|previews| previews.rows) else { return };
    let (what, them) = if rows == 1 {
        ("1 response is a preview, a test or spam and is".to_owned(), "it")
    } else {
        (format!("{rows} responses are previews, tests or spam and are"), "them")
    };
    output.say(&format!(
        "{what} left out, as the export tells; to count {them}, write `test = false` under `[exclude]` in the definition"
    ));
}

/// Says how many cases without an interview there are.
pub(crate) fn say_cases(report: &Report, survey: &Survey, output: &Output) {
    let cases = report.ledger.excluded.iter().find(|excluded| excluded.reason == NO_INTERVIEW);
    if let Some(cases) = cases {
        output.say(&visible(&cases_remark(cases.rows, report.ledger.rows_read, survey)));
    }
}

/// What is said of so many cases without an interview.
pub(crate) fn cases_remark(cases: u64, rows: u64, survey: &Survey) -> String {
    let column = survey.quality.disposition.as_deref().unwrap_or_default();
    let are = if cases == 1 { "is a case" } else { "are cases" };
    format!(
        "{cases} of {rows} rows {are} without an interview, by `{column}`: no answers, and counted for the response rates \
         of `csat quality` alone"
    )
}

fn tests_remark(told: &Told) -> String {
    let (rows, seen) = (told.rows, &told.seen);
    let are = if rows == 1 {
        "response is a preview, a test or spam"
    } else {
        "responses are previews, tests or spam"
    };
    format!("{rows}{seen} {are} and counted, since the definition has `test = false`")
}

fn partial_remark(told: &Told) -> String {
    let (rows, seen, condition) = (told.rows, &told.seen, &told.condition);
    let (is, counted, them) = if rows == 1 {
        ("response is", "is counted", "it")
    } else {
        ("responses are", "are counted", "them")
    };
    format!(
        "{rows}{seen} {is} not finished and {counted}; to leave {them} out: --where {condition}, or `partial = true` under \
         `[exclude]` in the definition"
    )
}

/// How many values below 100 percent a share of the way has.
const PERCENTS: usize = 100;

/// Rows of the head that a rule tells.
struct Told {
    rows: u64,
    /// Of how many, where the head is not all.
    seen: String,
    /// The condition that keeps the others, quoted for a shell.
    condition: String,
}

impl Told {
    /// None where there are no such rows.
    fn of(profile: &Profile, rule: &RowRule) -> Option<Self> {
        let column = profile.columns.iter().find(|column| column.name == rule.column)?;
        let is_told =
            |text: &str| rule.values.iter().any(|value| value.to_lowercase() == text.to_lowercase());
        let told: Vec<&(String, u64)> = column.values.iter().filter(|(text, _)| is_told(text)).collect();
        let by_cell: u64 = told.iter().map(|(_, rows)| rows).sum();
        let rows = by_cell + if is_told("") { column.empty } else { 0 };
        if rows == 0 {
            return None;
        }
        let name = format!("`{}`", column.name);
        let mut conditions: Vec<String> =
            told.iter().map(|(text, _)| format!("{name} != \"{text}\"")).collect();
        // Of a share of the way every value below the end is told.
        if rule.values.len() >= PERCENTS {
            conditions = vec![format!("{name} >= 100")];
        }
        if is_told("") {
            conditions.push(format!("not {name} is missing"));
        }
        let seen =
            if profile.complete { String::new() } else { format!(" of the first {}", profile.records) };
        Some(Self { rows, seen, condition: settings::quoted(&conditions.join(" and ")) })
    }
}
