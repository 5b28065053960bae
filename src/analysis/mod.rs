//! Questions put to the counts: one file each, each fills a part of the report.
//!
//! [`plan()`] says what is to be counted for a survey and what was asked of it ([`Scope`]); [`run`] turns the counts
//! into the report of the scores.

mod checklist;
mod compare;
mod complaints;
mod constructs;
mod crosstab;
mod design;
mod disputes;
mod distribution;
mod drivers;
mod error;
mod exclusions;
mod findings;
#[cfg(test)]
mod findings_tests;
mod follow_up;
mod gaps;
mod gate;
mod groups;
#[cfg(test)]
mod groups_tests;
mod headline;
mod indicators;
mod inferred_direction;
mod joined_ledger;
mod kano;
mod ledger;
mod left_out;
mod lookups;
mod notes;
mod other_scale;
mod plan;
mod population;
mod priorities;
mod promises;
mod quality;
mod ratings;
mod records;
mod related;
mod resampling;
mod response;
mod row_order;
mod row_weights;
#[cfg(test)]
mod sample;
mod scope;
mod scorer;
mod scores;
mod sections;
mod shown_rows;
mod solvable;
mod summary;
mod suppression;
mod trend;
mod ungrouped;
mod verification;
mod waves;
mod weighted_scores;
mod weights;
mod why;

pub use compare::{
    Comparand, CompareOptions, Comparison, DrawnSide, OneSample, PairAsk, PairedRows, SidesSampled,
    ask_pairs, comparison, comparison_within, paired_comparison,
};
pub use complaints::{
    AbsentColumns, AskedError, AskedGroups, CaseTransactions, ComplaintsAsk, ComplaintsError,
    ComplaintsFound, Surveyed, add_survey, asked_groups, column_in_some_files, complaints, complaints_report,
};
pub use crosstab::{Adjustment, CrosstabAsk, CrosstabError, MINIMUM_BASE, MeanPairs, NetAsked, TestChoice};
pub use design::{Designed, is_weighted, weigh};
pub use disputes::{ComplaintsBeside, DisputesAsk, DisputesError, DisputesFound, disputes, disputes_report};
pub use drivers::{ContrastPoints, DriversAsk, DriversError, DriversMissing, OutcomeOf, check_drivers};
pub use error::AnalysisError;
pub use exclusions::{NO_INTERVIEW, PREVIEW};
pub use follow_up::{FollowUpPlan, follow_up, follow_up_plan};
pub use gaps::{GapsAsk, staff_view};
pub use gate::{Judged, Judging, judge};
pub use indicators::{IndicatorsAsk, IndicatorsFound, indicator_periods, indicators, indicators_report};
pub use joined_ledger::{joined_ledger, ledger_beside};
pub use lookups::{is_list_note, list_notes, note_lists};
pub use notes::unused_columns;
pub use plan::{PlanError, PlanMap, plan};
pub use promises::{
    PromiseComplaintCases, PromisesAsk, PromisesError, PromisesFound, promise_answers, promises,
    promises_report,
};
pub use quality::{CHECKS, Quality, QualityAsk, ask as ask_quality, quality};
pub use ratings::{KeptRatings, RatingsAsk, ask_ratings};
pub use records::{RecordsError, SegmentField};
pub use row_weights::{row_weights, wanted_for_weights};
pub use scope::{Depth, RowChecks, Scope, WaveChoice, WeightChoice};
pub use scores::{run, run_by_design, run_with_rows};
pub use trend::{QuestionBreak, Trend, TrendOptions, WaveFigures, join, trend, waves_of_report};
pub use verification::{Compared, compare};
pub use why::{WhyOptions, why};
