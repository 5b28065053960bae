//! Pure numbers: intervals, moments, weighted estimates, paired tests, resampling.
//!
//! Numbers in, numbers out. This room knows nothing of surveys, files, clocks or the environment.
//! Proportions are on the unit scale, net promoter scores between -1 and 1.
//! Limits are raw: whoever shows them clips them to the scale and widens them where they miss the
//! estimate. Every answer that does not exist (no data, no variation, a parameter out of range) is
//! `None`; NaN and infinity never leave this room.

pub mod distributions;

mod binomial;
mod bootstrap;
mod confidence;
mod correlation;
mod design_interval;
mod error_function;
mod finite_population;
mod incomplete_beta;
mod interval;
mod moments;
mod multinomial;
mod multiplicity;
mod nps;
mod paired;
mod proportion;
mod quantile;
mod root;
mod shape;
mod sum;
mod weighted;
mod wilcoxon;

#[cfg(test)]
mod laws;

pub use bootstrap::Bootstrap;
pub use confidence::Confidence;
pub use correlation::{Correlation, correlation};
pub use design_interval::{asin, korn_graubard, likelihood, logit};
pub use finite_population::{corrected_n, corrected_variance};
pub use interval::Interval;
pub use moments::{Moments, moments, t_interval};
pub use multinomial::{Simultaneous, simultaneous};
pub use multiplicity::{benjamini_hochberg, bonferroni, holm};
pub use nps::{PromoterShares, nps_adjusted_wald, nps_score, nps_value, nps_variance_per_answer, nps_wald};
pub use paired::{PairedT, paired_t};
pub use proportion::{agresti_coull, clopper_pearson, jeffreys, wald, wilson, wilson_continuity};
pub use quantile::{median, quantile_type7};
pub use shape::{Shape, shape};
pub use weighted::{
    Kish, Linearised, WeightedPoint, effective_n, effective_n_for, kish, linearised_mean, weighted_mean,
};
pub use wilcoxon::{PKind, SignedRank, wilcoxon_signed_rank};
