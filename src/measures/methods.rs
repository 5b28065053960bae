//! Every method that figures are made by, with its source and the reference case that checks it.
//!
//! docs/methods.md describes each of them: a test compares the two lists.

/// One method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Method {
    /// Its stable name: the kind of figure and the method as reports print it.
    pub name: &'static str,
    /// The statistics that use it.
    pub applies_to: &'static str,
    /// Who described it, where.
    pub citation: &'static str,
    /// The reference case that checks it.
    pub reference: &'static str,
}

const SHARES: &str = "top_box, bottom_box, promoters, passives, detractors, share:<code>";
const BALANCES: &str = "nps, net";
const COMPARED: &str = "nps, net, mean, index, gap, number";
const MEANS: &str = "mean, index, expectation, perception";

/// Every method that the code offers.
pub const METHODS: &[Method] = &[
    of("proportion/wilson", SHARES, "Wilson 1927, J. Am. Stat. Assoc. 22:209-212", "prop_ci"),
    of("proportion/clopper-pearson", SHARES, "Clopper and Pearson 1934, Biometrika 26:404-413", "prop_ci"),
    of(
        "proportion/jeffreys",
        SHARES,
        "Brown, Cai and DasGupta 2001, Statistical Science 16:101-133",
        "prop_ci",
    ),
    of(
        "proportion/agresti-coull",
        SHARES,
        "Agresti and Coull 1998, The American Statistician 52:119-126",
        "prop_ci",
    ),
    of("proportion/wald", SHARES, "Laplace 1812; shown on request only", "prop_ci"),
    of(
        "proportion/wilson-effective-n",
        SHARES,
        "Wilson 1927 on the effective base; Franco et al. 2019, J. Survey Stat. Methodol. 7:334-364",
        "golden.weighted_top2",
    ),
    of(
        "proportion/korn-graubard",
        SHARES,
        "Korn and Graubard 1998, Survey Methodology 24:193-201",
        "svyciprop.w",
    ),
    of(
        "proportion/jeffreys-effective-n",
        SHARES,
        "Brown, Cai and DasGupta 2001 on the effective base; Franco et al. 2019",
        "prop_ci",
    ),
    of(
        "proportion/agresti-coull-effective-n",
        SHARES,
        "Agresti and Coull 1998 on the effective base; Franco et al. 2019",
        "prop_ci",
    ),
    of("proportion/wald-linearised", SHARES, "Lumley 2010, Complex Surveys, ch. 2", "svyciprop.w"),
    of(
        "nps/adjusted-wald",
        BALANCES,
        "Rocks 2016, The American Statistician 70:365-372",
        "nps.ci.adjusted.wald",
    ),
    of("nps/wald", BALANCES, "Rocks 2016, The American Statistician 70:365-372", "nps.ci.wald"),
    of(
        "nps/score",
        BALANCES,
        "Tango 1998, Statistics in Medicine 17:891-908; Rocks 2016",
        "nps.ci.iterative",
    ),
    of("nps/bootstrap-percentile", BALANCES, "Efron and Tibshirani 1993, ch. 13", "nps.bootstrap.percentile"),
    of("nps/bootstrap-bca", BALANCES, "Efron 1987, J. Am. Stat. Assoc. 82:171-185", "nps.bootstrap.BCa"),
    of(
        "nps/adjusted-wald-effective-n",
        BALANCES,
        "Rocks 2016 on the effective base of the linearised variance",
        "nps.w",
    ),
    of("nps/wald-linearised", BALANCES, "Lumley 2010, Complex Surveys, ch. 2", "nps.w"),
    of(
        "nps/score-effective-n",
        BALANCES,
        "Tango 1998 on the effective base of the linearised variance",
        "nps.w",
    ),
    of("mean/t", MEANS, "Student 1908, Biometrika 6:1-25", "mean_ci"),
    of("mean/t-linearised", MEANS, "Lumley 2010, Complex Surveys, ch. 2", "svymean.w"),
    of("mean/bootstrap-percentile", MEANS, "Efron and Tibshirani 1993, ch. 13", "nps.bootstrap.percentile"),
    of("mean/bootstrap-bca", MEANS, "Efron 1987, J. Am. Stat. Assoc. 82:171-185", "nps.bootstrap.BCa"),
    of("gap/paired-t", "gap", "Student 1908, Biometrika 6:1-25", "gap"),
    of("gap/paired-t-linearised", "gap", "Lumley 2010, Complex Surveys, ch. 2", "svymean.w"),
    of("gap/bootstrap-percentile", "gap", "Efron and Tibshirani 1993, ch. 13", "nps.bootstrap.percentile"),
    of("gap/bootstrap-bca", "gap", "Efron 1987, J. Am. Stat. Assoc. 82:171-185", "nps.bootstrap.BCa"),
    of("median/woodruff", "median", "Woodruff 1952, J. Am. Stat. Assoc. 47:635-646", "describe"),
    of("median/woodruff-effective-n", "median", "Woodruff 1952, J. Am. Stat. Assoc. 47:635-646", "describe"),
    of(
        "difference/newcombe",
        SHARES,
        "Newcombe 1998, Statistics in Medicine 17:873-890, method 10; pooled z",
        "prop_diff.newcomb",
    ),
    of(
        "difference/newcombe-effective-n",
        SHARES,
        "Newcombe 1998 on the effective bases, with Student's t",
        "prop_diff.newcomb",
    ),
    of(
        "difference/miettinen-nurminen",
        SHARES,
        "Miettinen and Nurminen 1985, Statistics in Medicine 4:213-226; pooled z",
        "score_difference",
    ),
    of(
        "difference/miettinen-nurminen-effective-n",
        SHARES,
        "Miettinen and Nurminen 1985 on the effective bases, with Student's t",
        "score_difference",
    ),
    of(
        "difference/adjusted-wald",
        BALANCES,
        "Rocks 2016, The American Statistician 70:365-372",
        "nps.diff.adjusted.wald",
    ),
    of(
        "difference/adjusted-wald-effective-n",
        BALANCES,
        "Rocks 2016 on the effective bases, with Student's t",
        "nps.diff.adjusted.wald",
    ),
    of(
        "difference/welch-t",
        "mean, index, gap, expectation, perception",
        "Welch 1947, Biometrika 34:28-35",
        "means.welch_t",
    ),
    of(
        "difference/welch-t-linearised",
        "mean, index, gap, expectation, perception",
        "Lumley 2010, Complex Surveys, ch. 2; Welch 1947",
        "trend.w.diff_last_two",
    ),
    of("homogeneity/chi-square", SHARES, "Pearson 1900, Philosophical Magazine 50:157-175", "table"),
    of(
        "homogeneity/chi-square-effective-n",
        SHARES,
        "Rao and Scott 1992, Biometrics 48:577-585: Pearson's test on the effective bases",
        "table",
    ),
    of(
        "homogeneity/rao-scott",
        SHARES,
        "Rao and Scott 1984, Annals of Statistics 12:46-60: second order, from the covariance of the groups",
        "svychisq",
    ),
    of(
        "homogeneity/wald",
        COMPARED,
        "Korn and Graubard 1990, The American Statistician 44:270-276, from the covariance of the groups",
        "svyglm",
    ),
    of("homogeneity/welch-anova", COMPARED, "Welch 1951, Biometrika 38:330-336", "means.segment"),
    of("homogeneity/welch-anova-effective-n", BALANCES, "Welch 1951 on the effective bases", "means.segment"),
    of(
        "homogeneity/welch-anova-linearised",
        COMPARED,
        "Welch 1951 on linearised variances (Lumley 2010, Complex Surveys, ch. 2)",
        "means.segment",
    ),
    of("count/garwood", "count, rate_per_1000", "Garwood 1936, Biometrika 28:437-442", "rate_ci"),
    of(
        "count/exact-poisson-ratio",
        "flow_ratio",
        "Przyborowski and Wilenski 1940, Biometrika 31:313-323; limits of Clopper and Pearson 1934",
        "rate_ratio",
    ),
    of(
        "count/log-delta",
        "problems_estimated",
        "Katz, Baptista, Azen and Pike 1978, Biometrics 34:469-474: delta method on the logarithm",
        "ratio.counts over shares",
    ),
    of(
        "outcome/goodman",
        "upheld, partly_upheld, rejected, withdrawn",
        "Goodman 1965, Technometrics 7:247-254",
        "multinom_ci.nps.goodman",
    ),
    of(
        "time/kaplan-meier-log-log",
        "time_to_<step>_median, time_to_<step>_p80, time_to_<step>_p90",
        "Kaplan and Meier 1958, J. Am. Stat. Assoc. 53:457-481; Brookmeyer and Crowley 1982, Biometrics 38:29-41",
        "km.log-log",
    ),
    of("base/kish", "base_kish, design_effect_kish", "Kish 1965, Survey Sampling, 11.7", "kish"),
    of(
        "base/finite-population",
        "every figure of a survey with a known population",
        "Cochran 1977, Sampling Techniques, ch. 2",
        "fpc",
    ),
];

const fn of(
    name: &'static str,
    applies_to: &'static str,
    citation: &'static str,
    reference: &'static str,
) -> Method {
    Method { name, applies_to, citation, reference }
}

#[cfg(test)]
mod tests {
    use super::METHODS;
    use crate::measures::{GapMethod, MeanMethod, NpsMethod, ProportionMethod};

    #[test]
    fn every_method_that_can_be_asked_for_is_listed_once() {
        let mut asked: Vec<String> = Vec::new();
        asked.extend(ProportionMethod::ALL.iter().map(|(name, _)| format!("proportion/{name}")));
        asked.extend(
            ProportionMethod::ALL.iter().map(|(_, method)| format!("proportion/{}", method.weighted_name())),
        );
        asked.extend(NpsMethod::ALL.iter().map(|(name, _)| format!("nps/{name}")));
        asked.extend(MeanMethod::ALL.iter().map(|(name, _)| format!("mean/{name}")));
        asked.extend(GapMethod::ALL.iter().map(|(name, _)| format!("gap/{name}")));
        for name in asked {
            assert_eq!(METHODS.iter().filter(|method| method.name == name).count(), 1, "{name}");
        }
    }
}
