//! The field's words: from the counts of one question in one stratum to estimates in the report's units.
//!
//! [`figures`] is the door. Each measure has its own file; what they share is the computation of a proportion,
//! of a balance of two shares (NPS, net) and of a mean, each plain or weighted, and the last layer of limits:
//! clipped to the scale and widened where a limit misses its figure (`, extended`).
//!
//! Without weights the plain formulas hold on the answering rows (NPS variance over n, means over n - 1). With
//! weights standard errors are linearised with the rows of the wave as the design, limits use Student's t on the
//! answering rows less one, and proportions and NPS use the effective base n* = min(n, v₁ / v) with v₁ the variance
//! of one answer and v the linearised variance. A figure that does not exist is null with a flag; nothing panics.

mod answers;
mod balance;
mod ces;
mod checklist;
mod choice;
mod context;
mod csat;
mod design;
mod difference;
mod direction;
mod disconfirmation;
mod drivers;
mod effect;
mod figure;
mod gap;
mod homogeneity;
mod iceberg;
mod importance;
mod interval;
mod intervals;
mod kano;
mod mean;
mod methods;
mod nps;
mod number;
mod outcome;
mod overlap;
mod paired;
mod part;
mod points;
mod priority;
mod proportion;
mod question;
mod related;
mod rounding;
mod row_scores;
mod scored;
mod sheet;
mod side;
mod target;
mod working_time;

pub use checklist::{Fulfilment, fulfilment_estimates};
pub use context::{Context, PopulationExceeded};
pub use design::{CellAnswers, DesignCovariances, DesignMean, DesignVariance, DomainAnswers, StratumDesign};
pub use difference::{
    Difference, DifferenceRules, ShareLimits, contrast, contrast_by, difference, difference_by,
    minimum_detectable, minimum_detectable_by, verdict,
};
pub use direction::headline_better;
pub use disconfirmation::{Disconfirmation, disconfirmation};
pub use drivers::{
    Coverage, Drivers, Importance, ImportanceFault, Joint, KeyDriver, MOST_DRAWN_ROWS, MOST_REACHED,
    MissingAnswers, PatternColumn, Patterns, Reached, Resampling, RowCodes, Spread, key_drivers,
};
pub use effect::{Effect, effect, effect_size};
pub use gap::{Ceilings, GapTest, gap_ceilings, gap_test};
pub use homogeneity::{GroupTest, homogeneity, related_homogeneity, wald};
pub use iceberg::{ComplainingShare, FEWEST_ANSWERS, IcebergFault, problems_behind};
pub use intervals::{GapMethod, Intervals, IntervalsError, MeanMethod, NpsMethod, ProportionMethod};
pub use kano::{CATEGORIES, Coefficient, KanoFigures, kano};
pub use methods::{METHODS, Method};
pub use nps::NpsPoints;
pub use outcome::{OutcomeMean, outcome_mean};
pub use overlap::{Shared, overlapping};
pub use paired::{PairedKind, PairedScores, paired_detectable, paired_difference, paired_kind};
pub use points::{Category, PointShare, categories, point_shares, share_of};
pub use priority::{Shortfall, places, rank_limits, shortfalls};
pub use question::figures;
pub use related::Related;
pub use rounding::rounded;
pub use row_scores::{RowScore, RowScores, ScoreMean, mean_of_scores, share_of_scores};
pub use scored::{answer_score, scored_answers, statistic_answers};
pub use side::Side;
pub(crate) use target::verdict as target_verdict;
pub use working_time::WorkingTime;

#[cfg(test)]
pub(crate) mod sample;
