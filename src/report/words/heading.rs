//! Headings of tables and columns.

use super::number::confidence;

/// The column of what was scored.
pub const SCORE: &str = "Score";
/// The column of the figure.
pub const VALUE: &str = "Value";
/// The column of the number of answers.
pub const BASE: &str = "Base";
/// The column of the target and its verdict.
pub const TARGET: &str = "Target";
/// The column of the name of a statistic.
pub const STATISTIC: &str = "Statistic";
/// The column of an option.
pub const ANSWER: &str = "Answer";
/// The column of a question.
pub const QUESTION: &str = "Question";
/// The column of a share.
pub const SHARE: &str = "Share";
/// The column of waves.
pub const WAVE: &str = "Wave";
/// The column of standard errors.
pub const STANDARD_ERROR: &str = "SE";
/// The column of summed weights.
pub const WEIGHTED_BASE: &str = "Weighted";
/// The column of the n that the interval used.
pub const EFFECTIVE_BASE: &str = "Effective";
/// The column of margins.
pub const MARGIN: &str = "Margin";
/// The column of categories.
pub const CATEGORY: &str = "Category";
/// The column of shares of the rows.
pub const SAMPLE: &str = "Sample";
/// The earlier wave; the share of the weights that the data came with.
pub const BEFORE: &str = "Before";
/// The later wave; the share of the final weights.
pub const AFTER: &str = "After";
/// The column of figures without weights.
pub const WITHOUT: &str = "Without";
/// The column of figures with weights.
pub const WITH: &str = "With";
/// The table of scores with and without weights.
pub const WITH_AND_WITHOUT_WEIGHTS: &str = "The scores with and without the weights";
/// The column of Kish's effective base.
pub const KISH_BASE: &str = "Kish";
/// The column of Kish's design effect.
pub const DESIGN_EFFECT: &str = "Design effect";
/// The column of interval methods.
pub const METHOD: &str = "Method";
/// The column of reasons.
pub const REASON: &str = "Reason";
/// The column of numbers of rows.
pub const ROWS: &str = "Rows";
/// The column of places.
pub const FIRST_PLACES: &str = "First places";
/// The column of answers.
pub const ANSWERED: &str = "Answered";
/// The column of file names.
pub const INPUT: &str = "Input";
/// The column of sizes.
pub const BYTES: &str = "Bytes";
/// The column of hashes.
pub const HASH: &str = "Hash";

/// The column of shares in percent.
pub const SHARE_PERCENT: &str = "Share, %";

/// The table of Kano's questions.
pub const KANO: &str = "Kind of need";
/// The column of features.
pub const FEATURE: &str = "Feature";
/// The column of kinds of needs.
pub const NEED: &str = "Need";
/// The coefficient of what could please.
pub const BETTER: &str = "Better";
/// The coefficient of what could displease.
pub const WORSE: &str = "Worse";
/// The lead of the most frequent category over the next.
pub const LEAD: &str = "Lead";
/// The share of must-be, one-dimensional and attractive.
pub const CARED_ABOUT: &str = "Cared about";
/// The category by another rule.
pub const BY_BLAUTH: &str = "By Blauth";

/// The column of intervals where there is little room.
pub const INTERVAL: &str = "interval";

/// The gaps below the scores.
pub const GAPS: &str = "Gaps, perceived minus expected";
/// The table of stated importance.
pub const IMPORTANCE: &str = "Stated importance";
/// The table of free numbers.
pub const NUMBERS: &str = "Numbers";
/// The table of scores with and without the rows left out.
pub const WITH_AND_WITHOUT: &str = "With and without the rows left out";
/// The column of the figure with all rows.
pub const VALUE_OF_ALL_ROWS: &str = "All rows";
/// The column of the difference.
pub const DIFFERENCE: &str = "Difference";
/// The table by wave.
pub const BY_WAVE: &str = "By wave";
/// The table of rows left out and kept.
pub const ROWS_LEFT_OUT: &str = "Rows left out, and odd rows kept";
/// The table of cells by question.
pub const ANSWERS_BY_QUESTION: &str = "Answers by question";
/// The notes.
pub const NOTES: &str = "Notes";
/// The account of what was read.
pub const WHAT_WAS_READ: &str = "What was read";
/// Where the figures came from.
pub const PROVENANCE: &str = "Where the figures came from";

/// The column of intervals.
///
/// ```
/// assert_eq!(csat::report::words::heading::interval(0.95), "95 % interval");
/// ```
pub fn interval(level: f64) -> String {
    format!("{} interval", confidence(level))
}

/// The table by one segment or by a crossing of several.
pub fn by<'a>(labels: impl IntoIterator<Item = &'a str>) -> String {
    format!("By {}", crossed(labels))
}

/// What a crossing is called: `region × age`.
pub fn crossed<'a>(labels: impl IntoIterator<Item = &'a str>) -> String {
    labels.into_iter().collect::<Vec<&str>>().join(" × ")
}

/// A target or a limit.
pub const GATE: &str = "Gate";
/// What judging it gave.
pub const OUTCOME: &str = "Outcome";
/// How often a gate fails by chance.
pub const BY_CHANCE: &str = "By chance";
/// The trend.
pub const TREND: &str = "Trend";
/// The column of changes.
pub const CHANGE: &str = "Change";
/// The column of verdicts.
pub const VERDICT: &str = "Verdict";
/// The column of p-values that are adjusted for the number of tests.
pub const ADJUSTED_P: &str = "p adjusted";
/// The column of p-values.
pub const P: &str = "p";
/// The column of changes against the same wave last year.
pub const LAST_YEAR: &str = "On last year";
/// The column of the part of a change that comes from who answered.
pub const MIX: &str = "Mix";
/// The column of the part of a change that comes from how they answered.
pub const WITHIN: &str = "Within";
/// The column of detectable changes.
pub const DETECTABLE: &str = "Detectable";
/// Said where no wave has another to be compared with.
pub const NOTHING_TO_COMPARE: &str = "nothing to compare: there is no second complete wave";
/// Behind a wave that was taken from a saved report.
pub const SAVED_MARK: &str = " (saved)";
/// Behind a wave that is still running.
pub const RUNNING_MARK: &str = " (running)";
/// What changed in the asking.
pub const ASKED: &str = "Asked differently";
/// What it is about.
pub const ABOUT: &str = "About";
/// Said where nothing changed in the asking.
pub const ASKED_THE_SAME: &str = "nothing that the data show changed in the asking";
/// What groups contributed to a change.
pub const CONTRIBUTIONS: &str = "Contributions of the groups, adding up to the change within each segment";
/// The column of segments.
pub const SEGMENT: &str = "Segment";
/// The column of groups.
pub const GROUP: &str = "Group";
/// The column of shares in the earlier wave.
pub const SHARE_BEFORE: &str = "Share before";
/// The column of shares in the later wave.
pub const SHARE_AFTER: &str = "Share after";
/// Those without a value of the segment.
pub const NO_VALUE: &str = "(none)";
/// Ratings that moved too.
pub const MOVED_WITH_IT: &str = "Ratings that moved between the same waves: an association, not a cause";
/// Said where no other rating moved.
pub const NOTHING_ELSE_MOVED: &str = "no other rating clearly moved between the same waves";

/// The column of the numbers of answers of two sides.
pub const BASES: &str = "Bases";
/// The column of differences of two sides.
pub const B_LESS_A: &str = "b − a";
/// A clear difference upwards.
pub const HIGHER: &str = "higher";
/// A clear difference downwards.
pub const LOWER: &str = "lower";
/// The data fit a difference either way.
pub const NOT_CLEAR: &str = "not clear";
/// A difference that is not tested.
pub const FEW: &str = "too few";

/// What moved between two waves.
pub fn moved(wave: &str, against: &str) -> String {
    format!("What moved: {wave} against {against}")
}

/// What interval and verdict of a change allow for.
pub fn adjusted_for(scores: u64) -> String {
    if scores == 1 {
        return "one score was compared, so nothing was adjusted".to_owned();
    }
    format!(
        "the limits are of each score by itself; verdicts follow p-values adjusted for {scores} scores (Holm), so limits that \
         leave out 0 may be no clear change"
    )
}

/// Why a headline moved.
pub fn why(wording: &str, wave: &str, against: &str) -> String {
    format!("{wording} Why {wave} against {against}")
}

/// A change that is not clear, in few words.
///
/// Limits that leave out 0 are those of the change alone; the test allows for all that are compared.
pub fn no_clear_change(low: &str, high: &str, alone: bool) -> String {
    if alone {
        format!("no clear change (alone {low} to {high})")
    } else {
        format!("no clear change ({low} to {high})")
    }
}

/// A change that is not tested.
pub const TOO_FEW: &str = "too few answers to test";

/// Behind a wave that begins after the date of the report.
pub const FUTURE_MARK: &str = " (after the date of the report)";

/// The control chart in a line.
pub fn control_chart(center: &str, waves: usize, provisional: bool, signals: &[String]) -> String {
    let provisional = if provisional { ", provisional" } else { "" };
    let signals = if signals.is_empty() { "no wave stands out".to_owned() } else { signals.join("; ") };
    format!("control chart about {center} from {}{provisional}: {signals}", waves_of(waves))
}

fn waves_of(count: usize) -> String {
    if count == 1 { "1 wave".to_owned() } else { format!("{count} waves") }
}

/// The tendency in a line.
pub fn tendency(slope: &str, waves: u64, p: &str) -> String {
    format!("tendency over {waves} waves: {slope} a wave (Mann-Kendall, {p} after adjustment)")
}

/// A question that changed.
pub fn changed_question(wave: &str, changed: &[String], bridged: bool) -> String {
    let what = changed.join(", ");
    if bridged {
        format!("changed in {wave} ({what}), joined all the same: bridge = true")
    } else {
        format!("changed in {wave} ({what}): the waves before it are not compared; bridge = true joins them")
    }
}
