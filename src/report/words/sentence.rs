//! Sentences with their parameters. Lower case and without a full stop, like the notes.

use super::method::{ON_EFFECTIVE_BASE, method};
use super::number::{count, fixed, plain};
use super::term::exclusion;
use crate::report::{Ledger, LedgerPlace, Provenance, QuestionLedger, QuestionSummary, SurveySummary, Waves};
use indexmap::IndexMap;
use std::cmp::Reverse;
use std::iter;

/// How many rows count.
pub fn answers(rows: u64) -> String {
    if rows == 1 { "1 answer".to_owned() } else { format!("{} answers", count(rows)) }
}

/// Which waves the report speaks of: `2025-Q2, 1 of 6 waves`; none without waves.
pub fn waves(waves: &Waves) -> Option<String> {
    if let Some(wave) = &waves.wave {
        let of = match waves.found.len() {
            0 | 1 => "the only wave".to_owned(),
            found => format!("1 of {found} waves"),
        };
        let running = if waves.running.as_ref() == Some(wave) { ", still running" } else { "" };
        return Some(format!("{wave}, {of}{running}"));
    }
    match waves.found.as_slice() {
        [] => None,
        [only] => Some(format!("{only}, the only wave")),
        found => Some(format!("all {} waves", found.len())),
    }
}

/// The rows as a sum: `1512 rows = 1490 used + 22 filtered`.
pub fn rows_add_up(ledger: &Ledger) -> String {
    let rows = if ledger.rows_read == 1 { "row" } else { "rows" };
    if ledger.excluded.is_empty() {
        let used = if ledger.rows_read == 0 { "" } else { ", all used" };
        return format!("{} {rows}{used}", count(ledger.rows_read));
    }
    let used = format!("{} used", count(ledger.rows_used));
    let left_out = ledger
        .excluded
        .iter()
        .map(|excluded| format!("{} {}", count(excluded.rows), exclusion(&excluded.reason)));
    let terms: Vec<String> = iter::once(used).chain(left_out).collect();
    format!("{} {rows} = {}", count(ledger.rows_read), terms.join(" + "))
}

/// The rows that were odd and kept, if any: `kept though odd: 3 ragged`.
pub fn kept_rows(ledger: &Ledger) -> Option<String> {
    let kept: Vec<String> =
        ledger.kept.iter().map(|kept| format!("{} {}", count(kept.rows), exclusion(&kept.reason))).collect();
    (!kept.is_empty()).then(|| format!("kept though odd: {}", kept.join(", ")))
}

/// The answers that are lacking by question as it is called, if any, the most first: `no answer: recommend 6, overall 1 and 2 others`.
pub fn no_answer<'a>(
    questions: impl IntoIterator<Item = &'a QuestionLedger>,
    called: impl Fn(&str) -> String,
) -> Option<String> {
    const NAMED: usize = 3;
    let mut lacking: Vec<(&str, u64)> = questions
        .into_iter()
        .filter_map(|line| {
            let reasons = [line.not_applicable, line.dont_know, line.blank, line.invalid, line.not_asked];
            let lacking = reasons.into_iter().flatten().fold(0_u64, u64::saturating_add);
            (lacking > 0).then_some((line.question.as_str(), lacking))
        })
        .collect();
    lacking.sort_by_key(|(_, cells)| Reverse(*cells));
    // One name takes no more room than saying that there is one other.
    let named = if lacking.len() == NAMED + 1 { NAMED + 1 } else { NAMED };
    let named: Vec<String> = lacking
        .iter()
        .take(named)
        .map(|(question, cells)| format!("{} {}", called(question), count(*cells)))
        .collect();
    let others = match lacking.len() - named.len() {
        0 => String::new(),
        others => format!(" and {others} others"),
    };
    (!lacking.is_empty()).then(|| format!("no answer: {}{others}", named.join(", ")))
}

/// The response rate, or that it is not known.
pub fn response_rate(survey: &SurveySummary) -> String {
    match (survey.response_rate, survey.invited) {
        (Some(rate), Some(invited)) => {
            format!("response rate: {} % of {} invited", fixed(rate, 1, false), count(invited))
        }
        (Some(rate), None) => format!("response rate: {} %", fixed(rate, 1, false)),
        (None, _) => "response rate: not known".to_owned(),
    }
}

/// The weights, when there are any.
pub fn weighted_by(survey: &SurveySummary) -> Option<String> {
    survey.weight.as_ref().map(|column| format!("weighted by {column}"))
}

/// The interval methods used, each once in the order given; `, extended` is left to the row it belongs to.
pub fn intervals<'a>(methods: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let mut used: Vec<String> = Vec::new();
    for name in methods {
        let name = method(name.strip_suffix(", extended").unwrap_or(name));
        if !name.is_empty() && !used.contains(&name) {
            used.push(name);
        }
    }
    // Said once where it holds for all.
    let plain: Option<Vec<&str>> = used.iter().map(|name| name.strip_suffix(ON_EFFECTIVE_BASE)).collect();
    match plain {
        _ if used.is_empty() => None,
        Some(plain) => Some(format!("intervals{ON_EFFECTIVE_BASE}: {}", plain.join(", "))),
        None => Some(format!("intervals: {}", used.join(", "))),
    }
}

/// What the scores are shares or differences of: `scores: 4 or 5 of 1 to 5 (overall, speed)`.
pub fn scores_mean(questions: &[QuestionSummary]) -> Option<String> {
    const NAMED: usize = 3;
    let mut meanings: IndexMap<&str, Vec<&str>> = IndexMap::new();
    for question in questions {
        let is_score = matches!(question.measure.as_str(), "csat" | "rating" | "nps" | "ces");
        if is_score && !question.definition.is_empty() {
            meanings.entry(&question.definition).or_default().push(&question.id);
        }
    }
    let pieces: Vec<String> = meanings
        .iter()
        .map(|(meaning, ids)| {
            let named = if ids.len() > NAMED { format!("{} scores", ids.len()) } else { ids.join(", ") };
            format!("{meaning} ({named})")
        })
        .collect();
    (!pieces.is_empty()).then(|| format!("scores: {}", pieces.join(" · ")))
}

/// How many scores are broken down by what: `3 of 20 scores by region, age; --explain shows all`.
pub fn scores_shown(shown: usize, found: usize, by: &[String], can_ask: bool) -> String {
    let hint = if can_ask { "; --explain shows all" } else { "" };
    format!("{shown} of {found} scores by {}{hint}", by.join(", "))
}

/// That rows of a table are left out.
pub fn rows_left_out(rows: usize) -> String {
    format!("… and {rows} more; --format csv has all")
}

/// What the bars of a table stretch over.
pub fn bars_between(low: f64, high: f64) -> String {
    format!("bars from {} to {}", plain(low, 2, true), plain(high, 2, true))
}

/// A target and its verdict in a line of their own.
pub fn target_line(target: &str, verdict: Option<&str>) -> String {
    verdict.map_or_else(|| format!("target {target}"), |verdict| format!("target {target}: {verdict}"))
}

/// Where something was found: `responses.csv line 12` or `responses.csv line 12, column 3`.
pub fn place(place: &LedgerPlace) -> String {
    let column = place.column.map_or_else(String::new, |column| format!(", column {column}"));
    format!("{} line {}{column}", place.input, place.line)
}

/// The date that the report speaks at.
pub fn as_of(date: &str) -> String {
    format!("as of {date}")
}

/// What ran: version, definition, seed and the options that shape the figures.
pub fn provenance(provenance: &Provenance) -> Vec<String> {
    let definition = provenance.definition.as_ref().map_or_else(
        || "no definition".to_owned(),
        |definition| {
            let hash = definition.hash.as_ref().map_or_else(String::new, |hash| format!(" ({hash})"));
            format!("definition {}{hash}", definition.name)
        },
    );
    let mut lines = vec![format!("csat {} · {definition} · seed {}", provenance.csat, provenance.seed)];
    if !provenance.options.is_empty() {
        let options: Vec<String> =
            provenance.options.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        lines.push(format!("options: {}", options.join(", ")));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{intervals, no_answer, response_rate, rows_add_up, waves};
    use crate::report::{Excluded, Ledger, QuestionLedger, SurveySummary, Waves};

    fn excluded(reason: &str, rows: u64) -> Excluded {
        Excluded { reason: reason.into(), rows, places: Vec::new() }
    }

    #[test]
    fn the_rows_are_shown_as_a_sum() {
        let mut ledger = Ledger { rows_read: 1512, rows_used: 1490, ..Ledger::default() };
        ledger.excluded = vec![excluded("filtered", 12), excluded("other_wave", 10)];
        assert_eq!(rows_add_up(&ledger), "1512 rows = 1490 used + 12 filtered + 10 of other waves");
        assert_eq!(rows_add_up(&Ledger::default()), "0 rows");
        assert_eq!(
            rows_add_up(&Ledger { rows_read: 1, rows_used: 1, ..Ledger::default() }),
            "1 row, all used"
        );
    }

    #[test]
    fn waves_are_counted_and_the_running_one_is_named() {
        let mut shown = Waves { found: vec!["a".into(), "b".into()], ..Waves::default() };
        assert_eq!(waves(&shown).as_deref(), Some("all 2 waves"));
        shown.wave = Some("b".into());
        assert_eq!(waves(&shown).as_deref(), Some("b, 1 of 2 waves"));
        shown.running = Some("b".into());
        assert_eq!(waves(&shown).as_deref(), Some("b, 1 of 2 waves, still running"));
        assert_eq!(waves(&Waves::default()), None);
    }

    #[test]
    fn hidden_cells_of_the_ledger_are_not_counted() {
        let line = QuestionLedger {
            question: "overall".into(),
            answered: Some(3),
            not_applicable: None,
            dont_know: Some(2),
            blank: Some(1),
            invalid: Some(0),
            not_asked: None,
            places: Vec::new(),
        };
        assert_eq!(no_answer(&[line], str::to_owned).as_deref(), Some("no answer: overall 3"));
        assert_eq!(no_answer(&[], str::to_owned), None);
    }

    #[test]
    fn where_most_answers_are_lacking_is_said_first() {
        let line = |question: &str, blank| QuestionLedger {
            question: question.into(),
            answered: Some(3),
            not_applicable: None,
            dont_know: None,
            blank: Some(blank),
            invalid: None,
            not_asked: None,
            places: Vec::new(),
        };
        let lines = [line("a", 26), line("b", 0), line("c", 143), line("d", 26), line("e", 26)];
        assert_eq!(no_answer(&lines, str::to_owned).as_deref(), Some("no answer: c 143, a 26, d 26, e 26"));
        let more = [&lines[..], &[line("f", 1)]].concat();
        assert_eq!(
            no_answer(&more, str::to_owned).as_deref(),
            Some("no answer: c 143, a 26, d 26 and 2 others")
        );
    }

    #[test]
    fn methods_are_named_once() {
        let used = ["wilson", "wilson, extended", "paired-t", "wilson"];
        assert_eq!(intervals(used).as_deref(), Some("intervals: Wilson, paired t"));
        let weighted = ["wilson-effective-n", "score-effective-n, extended"];
        assert_eq!(
            intervals(weighted).as_deref(),
            Some("intervals on the effective base: Wilson, score (Tango)")
        );
        assert_eq!(intervals([]), None);
    }

    #[test]
    fn the_response_rate_is_never_silent() {
        assert_eq!(response_rate(&SurveySummary::default()), "response rate: not known");
        let known =
            SurveySummary { response_rate: Some(23.44), invited: Some(6400), ..SurveySummary::default() };
        assert_eq!(response_rate(&known), "response rate: 23.4 % of 6400 invited");
    }
}
