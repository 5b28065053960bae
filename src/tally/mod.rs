//! Counted once: the plan, mergeable tallies and the streaming engine that fills them.

mod account;
mod answer_names;
mod bands;
mod base;
#[cfg(test)]
mod base_tests;
mod batch;
mod calendar;
#[cfg(test)]
mod calendar_tests;
mod cell;
mod coders;
mod count;
mod counted;
mod design;
mod design_cells;
#[cfg(test)]
mod design_laws;
#[cfg(test)]
mod design_tests;
mod dictionary;
mod engine;
mod error;
mod exact;
mod exclusion;
#[cfg(test)]
mod exclusion_laws;
mod group;
mod headers;
mod inputs;
#[cfg(test)]
mod laws;
mod layout;
mod merge;
mod number;
mod open_answers;
mod places;
mod plan;
mod repeated;
mod row_counter;
mod row_rules;
mod rows;
mod scale_cells;
mod sets;
mod settle;
mod shown;
mod size;
mod strata;
mod subtract;
#[cfg(test)]
mod tests;
mod together;
mod unweighted;
mod weight_codes;
mod worker;

pub use base::Base;
pub use count::{Count, Counts, Distribution, Joint, Selections, Values};
pub use counted::{
    Counted, DesignCell, InputRead, KeptRows, NumbersRead, Stratum, StratumCell, Unexcluded, Wave,
    WeightRange,
};
pub use engine::{Collected, Options, collect, count};
pub use error::{CountError, MissingColumn};
pub use exact::{ExactCount, ExactMoments, MomentSums};
pub use exclusion::{ExcludedRows, Exclusion, NoInterview};
pub use plan::{Coding, DesignPlan, Plan, Tally, Variable, WavePlan};
pub use rows::{AnswerRows, Days, ROWS_KEPT_BYTES, RowSelection, RowsTooLarge, Wanted};
pub use size::{GroupingSize, MAX_CELLS, MAX_DESIGN_CELLS, MAX_SEGMENT_VALUES, PlanSize, predicted_size};
