//! Names of interval methods in words.

/// What the name of a method ends in when its limits were widened to contain the figure.
const EXTENDED: &str = ", extended";

/// What the name of a method of differences ends in that knows how both figures move together under a design.
const DESIGN_COVARIANCE: &str = ", design covariance";

/// What the words for a method end in when its n is the effective base.
pub(super) const ON_EFFECTIVE_BASE: &str = " on the effective base";

/// A method's name in words; names that are not known are shown with spaces for hyphens.
///
/// ```
/// use csat::report::words::method;
/// assert_eq!(method("wilson"), "Wilson");
/// assert_eq!(method("adjusted-wald, extended"), "adjusted Wald, extended");
/// assert_eq!(method("wilson-effective-n"), "Wilson on the effective base");
/// ```
pub fn method(name: &str) -> String {
    if let Some(plain) = name.strip_suffix(EXTENDED) {
        return format!("{}{EXTENDED}", method(plain));
    }
    if let Some(plain) = name.strip_suffix(DESIGN_COVARIANCE) {
        return format!("{}{DESIGN_COVARIANCE}", method(plain));
    }
    if let Some(plain) = name.strip_suffix("-effective-n") {
        return format!("{}{ON_EFFECTIVE_BASE}", method(plain));
    }
    if let Some(plain) = name.strip_suffix("-linearised") {
        return format!("linearised {}", method(plain));
    }
    if let Some(plain) = name.strip_suffix("-weighted") {
        return format!("weighted {}", method(plain));
    }
    match name {
        "wilson" => "Wilson",
        "clopper-pearson" => "Clopper-Pearson",
        "jeffreys" => "Jeffreys",
        "agresti-coull" => "Agresti-Coull",
        "wald" => "Wald",
        "adjusted-wald" => "adjusted Wald",
        "score" => "score (Tango)",
        "korn-graubard" => "Korn-Graubard",
        "bootstrap-percentile" => "bootstrap (percentile)",
        "bootstrap-bca" => "bootstrap (BCa)",
        "paired-t" => "paired t",
        "mcnemar" => "McNemar",
        "mcnemar-exact" => "McNemar, exact",
        "newcombe" => "Newcombe",
        "miettinen-nurminen" => "Miettinen-Nurminen",
        "welch-t" => "Welch’s t",
        "woodruff" => "Woodruff",
        "order-statistics" => "order statistics",
        "garwood" => "exact Poisson (Garwood)",
        "log-delta" => "delta on the logarithm",
        "exact-poisson-ratio" => "exact Poisson ratio",
        "goodman" => "Goodman, outcomes together",
        "kaplan-meier-log-log" => "Kaplan-Meier, log-log",
        _ => return name.replace('-', " "),
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::method;

    #[test]
    fn an_unknown_method_keeps_its_name() {
        assert_eq!(method("t"), "t");
        assert_eq!(method("some-new-method, extended"), "some new method, extended");
        assert_eq!(method(""), "");
    }

    #[test]
    fn suffixes_combine() {
        assert_eq!(method("jeffreys-effective-n, extended"), "Jeffreys on the effective base, extended");
        assert_eq!(
            method("newcombe-effective-n, design covariance, extended"),
            "Newcombe on the effective base, design covariance, extended"
        );
        assert_eq!(method("woodruff-effective-n"), "Woodruff on the effective base");
        assert_eq!(method("paired-t-linearised"), "linearised paired t");
    }
}
