//! The fixed words and sentences of every output, in one place and one language.
//!
//! Renderers lay out; what they say comes from here, so that a verdict reads the same in a terminal, in a page and
//! in a pull request. Names of questions, segments and files are the survey's own and are passed in.

mod caveat;
mod checklist;
mod comparison;
mod complaints;
mod constructs;
mod crosstab;
mod disputes;
mod drivers;
mod figure;
mod finding;
mod gate;
pub mod heading;
mod indicators;
mod kano;
mod method;
mod names;
mod note;
mod number;
mod phrases;
mod priorities;
mod promises;
mod sentence;
mod shortened;
mod speech;
mod term;
mod test_reason;
mod verdict;
mod weighting;

use crate::report::Language;

pub use caveat::{caveat, caveats};
pub use checklist::all_items;
pub(crate) use checklist::{checklist_account, checklist_name, checklist_owners, checklist_reason};
pub(crate) use comparison::{
    comparison_sentences, comparison_sides, comparison_title, comparison_verdict, pairs,
};
pub(crate) use complaints::{
    complaint_code, complaint_figure, complaint_place, complaint_reason, complaint_step, complaints_account,
};
pub(crate) use constructs::{construct_sentences, index_kind};
pub(crate) use crosstab::{
    adjusted, banner_style, hidden_columns, letters, not_tested, table_tests, table_tests_in_short,
};
pub(crate) use disputes::{dispute_code, dispute_figure, dispute_reason, disputes_account};
pub(crate) use drivers::{
    driver_factor, drivers_differences, drivers_group, drivers_no_group, drivers_outcome, drivers_sentences,
    key_drivers_meaning, outcome_level,
};
pub use figure::{FigureText, figure};
pub(crate) use finding::{finding, kano_category_name, quadrant_name, rule_names};
pub(crate) use gate::gate_style;
pub use gate::{
    gate_error_rate, gate_interval, gate_limit, gate_name, gate_outcome, gate_sentence, gate_value,
    gates_count, gates_legend,
};
pub(crate) use indicators::{
    corroboration_found, corroboration_reason, indicator_code, indicator_direction, indicator_figure,
    indicator_lag, indicator_reason, indicator_verdict, indicators_account,
};
pub use kano::{kano_category, kano_coefficients, kano_letters, kano_unsettled};
pub use method::method;
pub(crate) use names::{Names, definition, statistic as statistic_name};
pub(crate) use note::{changed as changed_word, note_lines, said, translated};
pub use number::{confidence, count, fixed, plain};
pub(crate) use phrases::Phrases;
pub(crate) use priorities::{priorities_sentences, priority_ranks, priority_sureness, priority_verdict};
pub(crate) use promises::{promise_code, promise_figure, promise_reason, promises_account};
pub use sentence::{
    answers, as_of, bars_between, intervals, kept_rows, no_answer, place, provenance, response_rate,
    rows_add_up, rows_left_out, scores_mean, scores_shown, target_line, waves, weighted_by,
};
pub use shortened::{first_names, shortened};
pub(crate) use speech::{NumberStyle, Speech, fill};
pub use term::{exclusion, flag, flag_short, kept, kind, missing, sampling_note, statistic, verdict};
pub use test_reason::test_reason;
pub(crate) use verdict::{
    against_rest, change as change_verdict, is_clear_alone, is_good, target as target_verdict, target_word,
};
pub use weighting::weighting;
pub(crate) use weighting::weighting_sentences;

/// What stands where a figure does not exist or is hidden.
pub const NO_FIGURE: &str = "–";

/// What stands behind a small base.
pub const SMALL_BASE_MARK: &str = "*";

/// The row of all waves together.
pub const ALL_WAVES: &str = "all waves";

/// The whole output when there is nothing to score.
pub fn nothing_to_score() -> &'static str {
    Phrases::of(Language::English).notes.nothing_to_score
}

/// The hint under the first screen.
pub const EXPLAIN_HINT: &str = "--explain shows formulas and every exclusion";
