//! What becomes of rows that a file itself calls previews, tests or unfinished, said on standard error.

use csat::analysis::PREVIEW;
use csat::report::Report;
use csat::survey::{Profile, RowRule, Survey};

use crate::output::{Output, visible};
use crate::settings;

/// Says how many rows that a file calls tests or unfinished are counted like all others; of unfinished ones nothing
/// where a condition was typed, which may have them in mind.
pub(crate) fn say_counted(survey: &Survey, profiles: &[Profile], with_condition: bool, output: &Output) {
    for profile in profiles {
        let file = &profile.file;
        let tests = file.test_rows.as_ref().filter(|_| !survey.exclusions.test);
        let partial = file.partial_rows.as_ref().filter(|_| !survey.exclusions.partial && !with_condition);
        let rules = [(tests, "previews or tests", "test"), (partial, "not finished", "partial")];
        for (rule, what, key) in rules {
            if let Some(remark) = rule.and_then(|rule| counted(profile, rule, what, key)) {
                output.say(&format!("caution: {}: {}", visible(&profile.input), visible(&remark)));
            }
        }
    }
}

/// Says how many previews and tests were left out.
pub(crate) fn say_previews(report: &Report, output: &Output) {
    let previews = report.ledger.excluded.iter().find(|excluded| excluded.reason == PREVIEW);
    let Some(rows) = previews.map(|previews| previews.rows) else { return };
    let what = if rows == 1 {
        "1 response is a preview or test and is"
    } else {
        "responses are previews or tests and are"
    };
    let count = if rows == 1 { String::new() } else { format!("{rows} ") };
    output.say(&format!(
        "{count}{what} left out, as the export tells; to count them, write `test = false` under `[exclude]` in the \
         definition"
    ));
}

/// How many rows of the head are told by a rule, and how to leave them out; none where there are none.
fn counted(profile: &Profile, rule: &RowRule, what: &str, key: &str) -> Option<String> {
    let column = profile.columns.iter().find(|column| column.name == rule.column)?;
    let is_told = |text: &str| rule.values.iter().any(|value| value.to_lowercase() == text.to_lowercase());
    let told: Vec<&(String, u64)> = column.values.iter().filter(|(text, _)| is_told(text)).collect();
    let by_cell: u64 = told.iter().map(|(_, rows)| rows).sum();
    let rows = by_cell + if is_told("") { column.empty } else { 0 };
    if rows == 0 {
        return None;
    }
    let name = format!("`{}`", column.name);
    let mut conditions: Vec<String> = told.iter().map(|(text, _)| format!("{name} != \"{text}\"")).collect();
    if is_told("") {
        conditions.push(format!("not {name} is missing"));
    }
    let seen = if profile.complete { String::new() } else { format!(" of the first {}", profile.records) };
    let condition = settings::quoted(&conditions.join(" and "));
    let is = if rows == 1 { "response is" } else { "responses are" };
    let counted = if rows == 1 { "is counted" } else { "are counted" };
    Some(format!(
        "{rows}{seen} {is} {what} and {counted}; to leave them out: --where {condition}, or `{key} = true` under \
         `[exclude]` in the definition"
    ))
}
