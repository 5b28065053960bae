//! Pure numbers: intervals, moments, weighted estimates, paired tests, resampling.
//!
//! Numbers in, numbers out. This room knows nothing of surveys, files, clocks or the environment.
//! Proportions are on the unit scale, net promoter scores between -1 and 1.
//! Limits are raw: whoever shows them clips them to the scale and widens them where they miss the
//! estimate. Every answer that does not exist (no data, no variation, a parameter out of range) is
//! `None`; NaN and infinity never leave this room.

pub mod distributions;

mod agreement;
mod alias;
mod alpha;
mod anova;
mod association;
mod binomial;
mod binomial_distribution;
mod bivariate_normal;
mod bootstrap;
mod calibration;
mod cell_shares;
mod chi_square_mixture;
mod column_shares;
mod composite;
mod concentration;
mod confidence;
mod contingency;
mod control_chart;
mod correlated_groups;
mod correlation;
mod count_chart;
mod cumulative_chart;
mod decomposition;
mod design_interval;
mod detectable;
mod difference_intervals;
mod difference_reliability;
mod effect_size;
mod equivalence;
mod error_function;
mod finite_population;
mod fisher;
mod fleiss;
mod funnel_limits;
mod homogeneity;
mod hypergeometric;
mod incomplete_beta;
mod independence;
mod inflation;
mod interval;
mod item_scale;
mod joint;
mod kaplan_meier;
mod lagged_correlation;
mod linear_model;
mod log_rank;
mod logistic;
mod mann_kendall;
mod mean_difference;
mod modal_category;
mod moments;
mod multinomial;
mod multiplicity;
mod nearest_correlation;
mod normal_equations;
mod nps;
mod nps_difference;
mod one_factor;
mod open_interval;
mod order_limits;
mod ordered_groups;
mod p_kind;
mod paired;
mod paired_shares;
mod pairwise_means;
mod path_model;
mod path_resampling;
mod penalty_reward;
mod poisson_rate;
mod polychoric;
mod pooled_correlation;
mod proportion;
mod proportion_difference;
mod proportional_fitting;
mod quantile;
mod ranking;
mod rao_scott;
mod ratio_interval;
mod ratio_of_sums;
mod reference_distribution;
mod regression;
mod relative_importance;
mod resampled_mean;
mod response_rates;
mod root;
mod run_rules;
mod shape;
mod split_half;
mod studentized_range;
mod sum;
mod survival;
mod symmetric;
mod turned_items;
mod weighted;
mod weighted_ranks;
mod wilcoxon;

#[cfg(test)]
mod case_times;
#[cfg(test)]
mod comparison_laws;
#[cfg(test)]
mod indicator_laws;
#[cfg(test)]
mod laws;

pub use agreement::{Agreement, Intraclass, Kappa, KappaWeights};
pub use alpha::{Alpha, AlphaItem};
pub use anova::{Anova, Center, anova, brown_forsythe, levene};
pub use association::{Association, phi};
pub use bivariate_normal::bivariate_normal_cdf;
pub use bootstrap::{Bootstrap, Draws};
pub use calibration::{Calibration, CalibrationRow, Distance, calibrate};
pub use cell_shares::{CellShares, ClusteredStratum, StratumCells, WeightedCell};
pub use column_shares::{
    ShareTest, correlated_difference, overlapping_share_test, part_of_total_test,
    pooled_overlapping_share_test, shared_base, shared_covariance, unpooled_share_test,
};
pub use composite::{Answered, Composite, CompositeFault, CompositeItems, ItemWeights};
pub use concentration::{Concentration, ParetoPart, concentration};
pub use confidence::Confidence;
pub use contingency::{Contingency, TableSize, adjusted_residual};
pub use control_chart::{
    ChartPoint, ControlChart, Dispersion, LaneyChart, WaveEstimate, XmrChart, estimate_chart, laney_p_chart,
    p_chart, p_dispersion, xmr_chart,
};
pub use correlated_groups::{second_order_homogeneity, wald_f};
pub use correlation::{Correlation, correlation};
pub use count_chart::{c_chart, laney_u_chart, u_chart, u_dispersion};
pub use cumulative_chart::{Cusum, Ewma, cusum, ewma};
pub use decomposition::{ChangePart, Decomposition, GroupScore, GroupTerms, decompose};
pub use design_interval::{asin, korn_graubard, likelihood, logit};
pub use detectable::{SampledMean, detectable_mean, detectable_nps, detectable_share};
pub use difference_intervals::{agresti_caffo, miettinen_nurminen, wald_difference};
pub use difference_reliability::DifferenceReliability;
pub use effect_size::{StandardisedDifference, cohens_h, standardised_difference};
pub use equivalence::{Equivalence, equivalence};
pub use finite_population::{corrected_n, corrected_variance};
pub use fisher::{FisherExact, OddsRatio, fisher_exact, fisher_exact_of_shares};
pub use fleiss::{agreement_of_pairs, fleiss_kappa};
pub use funnel_limits::{FunnelSide, FunnelTest, FunnelUnit, funnel_limits};
pub use homogeneity::{Homogeneity, share_homogeneity, wald_homogeneity, welch_anova};
pub use inflation::{Inflation, inflation};
pub use interval::Interval;
pub use item_scale::{ItemFault, ItemScale};
pub use kaplan_meier::{CasesAt, KaplanMeier, SurvivalPoint};
pub use lagged_correlation::{
    LEAST_PERIODS, LaggedCorrelation, SeriesCorrelation, first_differences, lagged_correlations,
};
pub use linear_model::{Contrast, LinearModel, WaldTest, adjusted_r2, r2_p};
pub use log_rank::{LogRank, LogRankGroup, log_rank};
pub use logistic::LogisticModel;
pub use mann_kendall::{MannKendall, mann_kendall, mann_kendall_at};
pub use mean_difference::{DifferenceTest, MeanEstimate, difference_test, mean_difference, satterthwaite};
pub use modal_category::{ModalCategory, modal_category};
pub use moments::{Moments, moments, t_interval};
pub use multinomial::{Simultaneous, simultaneous};
pub use multiplicity::{
    benjamini_hochberg, benjamini_yekutieli, bonferroni, hochberg, holm, holm_sidak, hommel,
};
pub use nearest_correlation::{NearestCorrelation, nearest_correlation};
pub use normal_equations::NormalEquations;
pub use nps::{PromoterShares, nps_adjusted_wald, nps_score, nps_value, nps_variance_per_answer, nps_wald};
pub use nps_difference::{
    SampledPromoters, nps_difference_adjusted, nps_difference_correlated, nps_difference_wald,
    nps_difference_welch,
};
pub use one_factor::OneFactor;
pub use open_interval::OpenInterval;
pub use order_limits::{Percentile, percentile};
pub use ordered_groups::{MannWhitney, OrderedGroups, RankPair, mann_whitney};
pub use p_kind::PKind;
pub use paired::{PairedT, paired_t};
pub use paired_shares::{McNemar, PairedShares};
pub use pairwise_means::{MeanPair, games_howell, tukey_kramer};
pub use path_model::{PathFault, PathModel, PathSolution};
pub use path_resampling::{PathLimits, PathSample};
pub use penalty_reward::{AttributeLevels, PenaltyReward, penalty_reward};
pub use poisson_rate::{EventRate, RateRatio, garwood, rate_homogeneity};
pub use polychoric::polychoric;
pub use pooled_correlation::{PooledCorrelation, pooled_rank_correlation};
pub use proportion::{agresti_coull, clopper_pearson, jeffreys, wald, wilson, wilson_continuity};
pub use proportion_difference::{
    PooledTest, SampledShare, correlated_error, newcombe, newcombe_correlated, pooled_correlated_share_test,
    pooled_share_test,
};
pub use proportional_fitting::{FittedMargin, ProportionalFit, fit_proportionally};
pub use quantile::{median, quantile_type7};
pub use ranking::RankedItem;
pub use rao_scott::RaoScott;
pub use ratio_interval::{Estimated, Ratio, RatioFault};
pub use ratio_of_sums::RatioOfSums;
pub use reference_distribution::Reference;
pub use regression::{Regression, RegressionFault, RowWeights};
pub use relative_importance::{Correlations, MOST_EXACT, RelativeImportance, shapley_weights};
pub use response_rates::{Dispositions, NamedRate};
pub use run_rules::{RunRule, run_rules};
pub use shape::{Shape, shape};
pub use split_half::SplitHalf;
pub use studentized_range::{studentized_range_quantile, studentized_range_sf};
pub use survival::{Survival, SurvivalLimits};
pub use turned_items::{clearly_against, turned_items};
pub use weighted::{
    Kish, Linearised, WeightedPoint, effective_n, effective_n_for, kish, linearised_mean, weighted_mean,
};
pub use weighted_ranks::{design_homogeneity, rank_means};
pub use wilcoxon::{SignedRank, wilcoxon_signed_rank};
