//! `[weighting]`: how the answers are weighted.

use toml::Spanned;
use toml::de::DeTable;

use super::Places;
use super::complaints::Complaints;
use super::targets;
use super::value;
use crate::survey::definition::Survey;
use crate::survey::weighting::{
    BoundsOf, DesignVariance, Redistribute, SinglePsu, TargetUnit, WeightBounds, WeightingDefinition,
    WeightingMethod, WeightingMissing, WeightingScale, WeightingScope,
};

/// How many bootstrap samples are drawn where the definition does not say.
const REPLICATES: u32 = 1000;

/// The `[weighting]` table; `survey` has its segments already.
pub(super) fn weighting(
    root: &DeTable<'_>,
    survey: &Survey,
    places: &mut Places,
    complaints: &mut Complaints<'_>,
) -> Option<WeightingDefinition> {
    let table = root.get("weighting")?.get_ref().as_table()?;
    let word = |key: &str| value::text(table, key);
    let unit = word("unit").and_then(|name| TargetUnit::parse(&name)).unwrap_or_default();
    let margins = targets::margins(table, unit, &survey.segments, places, complaints);
    let definition = WeightingDefinition {
        method: method(table, complaints),
        missing: match word("missing").as_deref() {
            Some("impute") => WeightingMissing::Impute,
            Some("exclude") => WeightingMissing::Exclude,
            _ => WeightingMissing::OwnCategory,
        },
        scale: scale(table),
        scope: if word("scope").is_some_and(|scope| scope == "all") {
            WeightingScope::All
        } else {
            WeightingScope::Wave
        },
        bounds: bounds(table, complaints),
        redistribute: match word("redistribute").as_deref() {
            Some("once") => Redistribute::Once,
            Some("repeat") => Redistribute::Repeat,
            _ => Redistribute::Rerake,
        },
        single_psu: match word("single_psu").as_deref() {
            Some("certainty") => SinglePsu::Certainty,
            Some("adjust") => SinglePsu::Adjust,
            Some("average") => SinglePsu::Average,
            _ => SinglePsu::Fail,
        },
        variance: variance(table, complaints),
        margins,
    };
    check_targets_there(table, complaints);
    check_one_margin(table, &definition, complaints);
    check_population(table, survey, &definition, complaints);
    Some(definition)
}

fn method(table: &DeTable<'_>, complaints: &mut Complaints<'_>) -> WeightingMethod {
    let name = value::text(table, "method");
    let is_logit = name.as_deref() == Some("logit");
    if let (Some((key, _)), false) = (table.get_key_value("limits"), is_logit) {
        complaints.error(
            key.span(),
            "conflict",
            "[weighting]: `limits` without `method = \"logit\"`",
            "only logit calibration holds the factors between limits",
            "write `method = \"logit\"`, or limit the weights themselves by `bounds`",
        );
    }
    match name.as_deref() {
        Some("post_stratification") => WeightingMethod::PostStratification,
        Some("linear") => WeightingMethod::Linear,
        Some("logit") => limits(table, complaints).unwrap_or_default(),
        _ => WeightingMethod::Raking,
    }
}

fn limits(table: &DeTable<'_>, complaints: &mut Complaints<'_>) -> Option<WeightingMethod> {
    const WHY: &str = "a factor of 1 leaves a weight as it is, and others lie on both sides of it";
    const HELP: &str = "write `limits = { lower = 0.3, upper = 3 }`";
    let limits = table.get("limits").and_then(|value| value.get_ref().as_table());
    let end = |key: &str| limits?.get(key);
    let (Some(lower_at), Some(upper_at)) = (end("lower"), end("upper")) else {
        let span = table.get("limits").or_else(|| table.get("method")).map_or(0..0, Spanned::span);
        let message = "[weighting]: `method = \"logit\"` without both limits";
        complaints.error(span, "missing_key", message, WHY, HELP);
        return None;
    };
    // The shape check has complained about what is no number.
    let (lower, upper) = (value::number(lower_at.get_ref())?, value::number(upper_at.get_ref())?);
    let mut fault = |at: &Spanned<_>, key: &str, number: f64, side: &str| {
        let message = format!("[weighting], key `limits`: `{key}` is {number}, expected a number {side} 1");
        complaints.error(at.span(), "out_of_range", message, WHY, HELP);
    };
    if lower >= 1.0 {
        fault(lower_at, "lower", lower, "below");
    }
    if upper <= 1.0 {
        fault(upper_at, "upper", upper, "above");
    }
    Some(WeightingMethod::Logit { lower, upper })
}

fn scale(table: &DeTable<'_>) -> WeightingScale {
    let Some(written) = table.get("scale") else { return WeightingScale::Base };
    match (written.get_ref().as_str(), value::number(written.get_ref())) {
        (_, Some(sum)) => WeightingScale::Total(sum),
        (Some("population"), _) => WeightingScale::Population,
        (Some("design_weights"), _) => WeightingScale::DesignWeights,
        _ => WeightingScale::Base,
    }
}

/// Why bounds have to hold 1.
const MEAN: &str = "the mean weight is 1 times itself, and has to be allowed";

fn bounds(table: &DeTable<'_>, complaints: &mut Complaints<'_>) -> Option<WeightBounds> {
    if let (Some((key, _)), false) = (table.get_key_value("redistribute"), table.contains_key("bounds")) {
        complaints.error(
            key.span(),
            "missing_key",
            "[weighting]: `redistribute` without `bounds`",
            "without bounds no weight is taken off",
            "write `bounds = { lower = 0.3, upper = 3 }`, or remove it",
        );
    }
    let written = table.get("bounds")?;
    let inner = written.get_ref().as_table()?;
    let of = match value::text(inner, "of").as_deref() {
        Some("weight") => BoundsOf::Weight,
        Some("quantile") => BoundsOf::Quantile,
        _ => BoundsOf::Mean,
    };
    if !inner.contains_key("upper") {
        complaints.error(
            written.span(),
            "missing_key",
            "[weighting], key `bounds`: no `upper`",
            "it is the large weights that make figures uncertain",
            "write `bounds = { lower = 0.3, upper = 3 }`",
        );
    }
    let lower_at = inner.get("lower");
    let upper_at = inner.get("upper")?;
    let lower = match lower_at {
        Some(lower) => value::number(lower.get_ref())?,
        None => 0.0,
    };
    let upper = value::number(upper_at.get_ref())?;
    let mut fault = |at: &Spanned<_>, message: String, why: &str, help: &str| {
        let message = format!("[weighting], key `bounds`: {message}");
        complaints.error(at.span(), "out_of_range", message, why, help);
    };
    if lower >= upper {
        fault(
            lower_at.unwrap_or(upper_at),
            format!("`lower` is {lower} and `upper` is {upper}, expected the lower below the upper"),
            "no weight could be between them",
            "exchange the two",
        );
    } else if of == BoundsOf::Mean && lower >= 1.0 {
        let help = "write a number below 1, or say that bounds are weights: `of = \"weight\"`";
        fault(lower_at.unwrap_or(upper_at), format!("`lower` is {lower} times the mean weight"), MEAN, help);
    } else if of == BoundsOf::Mean && upper <= 1.0 {
        let help = "write a number above 1, or say that bounds are quantiles: `of = \"quantile\"`";
        fault(upper_at, format!("`upper` is {upper} times the mean weight"), MEAN, help);
    } else if of == BoundsOf::Quantile && upper > 1.0 {
        let help = if upper <= 100.0 { "write 0.99 for 99 %" } else { "write a number from 0 to 1" };
        fault(
            upper_at,
            format!("`upper` is {upper}, expected a share of the rows"),
            "a quantile is from 0 to 1",
            help,
        );
    }
    Some(WeightBounds { lower, upper, of })
}

fn variance(table: &DeTable<'_>, complaints: &mut Complaints<'_>) -> DesignVariance {
    let replicates = value::integer(table, "replicates").and_then(|number| u32::try_from(number).ok());
    if value::text(table, "variance").as_deref() == Some("bootstrap") {
        return DesignVariance::Bootstrap { replicates: replicates.unwrap_or(REPLICATES) };
    }
    if let Some((key, _)) = table.get_key_value("replicates") {
        complaints.error(
            key.span(),
            "conflict",
            "[weighting]: `replicates` without `variance = \"bootstrap\"`",
            "linearised standard errors need no bootstrap samples",
            "write `variance = \"bootstrap\"`, or remove it",
        );
    }
    DesignVariance::Linearised
}

/// Keys that say how targets are met, without a target.
fn check_targets_there(table: &DeTable<'_>, complaints: &mut Complaints<'_>) {
    let some = |key: &str| {
        let inner = table.get(key).map(Spanned::get_ref);
        inner.is_some_and(|inner| inner.as_table().is_none_or(|table| !table.is_empty()))
    };
    if some("targets") || some("within") {
        return;
    }
    let of_targets =
        ["targets", "within", "unit", "method", "missing", "scale", "scope", "bounds"].into_iter();
    for (key, _) in of_targets.filter_map(|key| table.get_key_value(key)) {
        complaints.error(
            key.span(),
            "missing_key",
            format!("[weighting]: `{}` without targets", key.get_ref()),
            "without targets there is nothing to weight to",
            "write what is known of the population: `[weighting.targets.region]`, then `North = 0.25` and so on",
        );
    }
}

fn check_one_margin(table: &DeTable<'_>, definition: &WeightingDefinition, complaints: &mut Complaints<'_>) {
    let margins = definition.margins.len();
    if definition.method == WeightingMethod::PostStratification && margins > 1 {
        complaints.error(
            table.get("method").map_or(0..0, Spanned::span),
            "conflict",
            format!("[weighting]: post-stratification takes one table of targets, found {margins}"),
            "several can hold together only by raking or calibration",
            "cross the variables in one table, such as `\"region*age\"`, or write `method = \"raking\"`",
        );
    }
}

/// The population has to be known from somewhere.
fn check_population(
    table: &DeTable<'_>,
    survey: &Survey,
    definition: &WeightingDefinition,
    complaints: &mut Complaints<'_>,
) {
    let may_count = definition.margins.iter().any(|margin| {
        let sum: f64 = margin.targets.iter().map(|target| target.value).sum();
        let by_sum = sum > 1.5 && !(90.0..=110.0).contains(&sum);
        let counts = margin.unit == TargetUnit::Count || margin.unit == TargetUnit::BySum && by_sum;
        margin.within.is_none() && (counts || margin.file.is_some())
    });
    if definition.scale == WeightingScale::Population && survey.population.is_none() && !may_count {
        complaints.error(
            table.get("scale").map_or(0..0, Spanned::span),
            "missing_key",
            "[weighting]: `scale = \"population\"`, but the population is not known",
            "the weights are to add up to it",
            "write `population` under [survey], the number itself, or targets as numbers of people",
        );
    }
}
