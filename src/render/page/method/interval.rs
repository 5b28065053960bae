//! Interval methods in words.

use super::super::context::Context;
use crate::report::words::fill;

/// What the name of a method ends in when its limits were widened to contain the figure.
pub(super) const EXTENDED: &str = ", extended";

/// What the name of a method of differences ends in that knows how both figures move together.
const DESIGN_COVARIANCE: &str = ", design covariance";

/// An interval method in words; a name that is not known is shown with spaces for hyphens.
pub(in crate::render::page) fn interval_method(context: &Context, name: &str) -> String {
    let texts = &context.phrases().method;
    if let Some(plain) = name.strip_suffix(EXTENDED) {
        return fill(texts.extended, &[("method", &interval_method(context, plain))]);
    }
    if let Some(plain) = name.strip_suffix(DESIGN_COVARIANCE) {
        return fill(texts.design_covariance, &[("method", &interval_method(context, plain))]);
    }
    if let Some(plain) = name.strip_suffix("-effective-n") {
        return fill(texts.on_effective_base, &[("method", &interval_method(context, plain))]);
    }
    if let Some(plain) = name.strip_suffix("-linearised") {
        return fill(texts.linearised, &[("method", &interval_method(context, plain))]);
    }
    match name {
        "wilson" => texts.wilson,
        "clopper-pearson" => texts.clopper_pearson,
        "jeffreys" => texts.jeffreys,
        "agresti-coull" => texts.agresti_coull,
        "wald" => texts.wald,
        "adjusted-wald" => texts.adjusted_wald,
        "score" => texts.score,
        "korn-graubard" => texts.korn_graubard,
        "bootstrap-percentile" => texts.bootstrap_percentile,
        "bootstrap-bca" => texts.bootstrap_bca,
        "t" => texts.t,
        "paired-t" => texts.paired_t,
        "woodruff" => texts.woodruff,
        "order-statistics" => texts.order_statistics,
        "garwood" => texts.garwood,
        "exact-poisson-ratio" => texts.poisson_ratio,
        "log-delta" => texts.log_delta,
        "goodman" => texts.goodman,
        "kaplan-meier-log-log" => texts.kaplan_meier,
        other => return other.replace('-', " "),
    }
    .to_owned()
}

/// What an interval method does; none for one that is not known.
pub(super) fn about_interval_method(context: &Context, name: &str) -> Option<&'static str> {
    let texts = &context.phrases().method;
    let name = name.strip_suffix(EXTENDED).unwrap_or(name);
    let name = name.strip_suffix("-effective-n").or(name.strip_suffix("-linearised")).unwrap_or(name);
    let about = match name {
        "wilson" => texts.wilson_about,
        "clopper-pearson" => texts.clopper_pearson_about,
        "jeffreys" => texts.jeffreys_about,
        "agresti-coull" => texts.agresti_coull_about,
        "wald" => texts.wald_about,
        "adjusted-wald" => texts.adjusted_wald_about,
        "score" => texts.score_about,
        "korn-graubard" => texts.korn_graubard_about,
        "bootstrap-percentile" | "bootstrap-bca" => texts.bootstrap_about,
        "t" => texts.t_about,
        "paired-t" => texts.paired_t_about,
        "woodruff" | "order-statistics" => texts.median_about,
        "garwood" => texts.garwood_about,
        "exact-poisson-ratio" => texts.poisson_ratio_about,
        "log-delta" => texts.log_delta_about,
        "goodman" => texts.goodman_about,
        "kaplan-meier-log-log" => texts.kaplan_meier_about,
        _ => return None,
    };
    Some(about)
}
