//! Which interval methods are used: the defaults, or what `--interval` asks for.
//!
//! A bare method name (`jeffreys`) applies to every kind of figure that has such a method, the others keep theirs;
//! `proportion=jeffreys,nps=score` is exact.

use crate::survey::did_you_mean;

/// The interval method of each kind of figure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Intervals {
    /// Shares.
    pub proportion: ProportionMethod,
    /// NPS and net satisfaction.
    pub nps: NpsMethod,
    /// Means and indexes.
    pub mean: MeanMethod,
    /// Gaps.
    pub gap: GapMethod,
}

/// Interval methods for a share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProportionMethod {
    /// Wilson's score interval.
    #[default]
    Wilson,
    /// Clopper and Pearson's exact interval; weighted: Korn and Graubard.
    ClopperPearson,
    /// Jeffreys' interval.
    Jeffreys,
    /// Agresti and Coull's interval.
    AgrestiCoull,
    /// The estimate plus and minus its standard error times the critical value.
    Wald,
}

/// Interval methods for NPS and net satisfaction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NpsMethod {
    /// Wald with three pseudo-answers.
    #[default]
    AdjustedWald,
    /// The estimate plus and minus its standard error times the critical value.
    Wald,
    /// Tango's score interval.
    Score,
    /// Percentiles of resampled figures.
    BootstrapPercentile,
    /// Bias-corrected and accelerated bootstrap.
    BootstrapBca,
}

/// Interval methods for means and indexes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MeanMethod {
    /// Student's t.
    #[default]
    T,
    /// Percentiles of resampled figures.
    BootstrapPercentile,
    /// Bias-corrected and accelerated bootstrap.
    BootstrapBca,
}

/// Interval methods for gaps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GapMethod {
    /// Student's t on the differences of pairs.
    #[default]
    PairedT,
    /// Percentiles of resampled figures.
    BootstrapPercentile,
    /// Bias-corrected and accelerated bootstrap.
    BootstrapBca,
}

/// What is wrong with the interval methods asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IntervalsError {
    /// Nothing stands between two commas.
    #[error("`{0}` names no interval method")]
    Empty(String),
    /// No kind of figure has that method.
    #[error("unknown interval method `{found}`{}", meant(suggestion.as_deref()))]
    UnknownMethod {
        /// As typed.
        found: String,
        /// The nearest name.
        suggestion: Option<&'static str>,
    },
    /// What stands before `=` is no kind of figure.
    #[error("unknown kind of figure `{found}`; the kinds are proportion, nps, mean and gap")]
    UnknownKind {
        /// As typed.
        found: String,
    },
    /// The method exists, but not for that kind.
    #[error("`{method}` is no interval method for {kind}; there are {}", known.join(", "))]
    NotForKind {
        /// The kind.
        kind: &'static str,
        /// The method, as typed.
        method: String,
        /// The methods of that kind.
        known: Vec<&'static str>,
    },
    /// A kind is given twice.
    #[error("the interval method for {kind} is given twice")]
    Twice {
        /// The kind.
        kind: &'static str,
    },
    /// Resampling of counts has no answer for weights.
    #[error(
        "`{method}` resamples answers and cannot take weights; leave the weights out with `--weight none` or choose another method"
    )]
    ResamplingWithWeights {
        /// The method.
        method: &'static str,
    },
}

const PROPORTION: [(&str, ProportionMethod); 5] = [
    ("wilson", ProportionMethod::Wilson),
    ("clopper-pearson", ProportionMethod::ClopperPearson),
    ("jeffreys", ProportionMethod::Jeffreys),
    ("agresti-coull", ProportionMethod::AgrestiCoull),
    ("wald", ProportionMethod::Wald),
];
const NPS: [(&str, NpsMethod); 5] = [
    ("adjusted-wald", NpsMethod::AdjustedWald),
    ("wald", NpsMethod::Wald),
    ("score", NpsMethod::Score),
    ("bootstrap-percentile", NpsMethod::BootstrapPercentile),
    ("bootstrap-bca", NpsMethod::BootstrapBca),
];
const MEAN: [(&str, MeanMethod); 3] = [
    ("t", MeanMethod::T),
    ("bootstrap-percentile", MeanMethod::BootstrapPercentile),
    ("bootstrap-bca", MeanMethod::BootstrapBca),
];
const GAP: [(&str, GapMethod); 3] = [
    ("paired-t", GapMethod::PairedT),
    ("bootstrap-percentile", GapMethod::BootstrapPercentile),
    ("bootstrap-bca", GapMethod::BootstrapBca),
];
const KINDS: [&str; 4] = ["proportion", "nps", "mean", "gap"];

impl Intervals {
    /// The methods named in `text`; the defaults when it is empty.
    ///
    /// # Errors
    /// An unknown method or kind, a method that its kind does not have, a kind given twice.
    pub fn parse(text: &str) -> Result<Self, IntervalsError> {
        let mut intervals = Self::default();
        if text.trim().is_empty() {
            return Ok(intervals);
        }
        let mut exact: Vec<&'static str> = Vec::new();
        let items: Vec<&str> = text.split(',').map(str::trim).collect();
        if items.iter().any(|item| item.is_empty()) {
            return Err(IntervalsError::Empty(text.to_owned()));
        }
        // Bare names first, so that `nps=score,wald` and `wald,nps=score` mean the same.
        for method in items.iter().filter(|item| !item.contains('=')) {
            intervals.set_everywhere(method)?;
        }
        for (kind, method) in items.iter().filter_map(|item| item.split_once('=')) {
            let (kind, method) = (kind.trim(), method.trim());
            let Some(kind) = KINDS.into_iter().find(|known| *known == kind) else {
                return Err(IntervalsError::UnknownKind { found: kind.to_owned() });
            };
            if exact.contains(&kind) {
                return Err(IntervalsError::Twice { kind });
            }
            exact.push(kind);
            intervals.set(kind, method)?;
        }
        Ok(intervals)
    }

    /// Refuses resampling where rows are weighted.
    ///
    /// # Errors
    /// Names the method by resampling that was asked for.
    pub fn check_weighted(&self) -> Result<(), IntervalsError> {
        match [self.nps.name(), self.mean.name(), self.gap.name()]
            .into_iter()
            .find(|name| is_resampling(name))
        {
            Some(method) => Err(IntervalsError::ResamplingWithWeights { method }),
            None => Ok(()),
        }
    }

    fn set_everywhere(&mut self, method: &str) -> Result<(), IntervalsError> {
        let mut applied = false;
        for kind in KINDS {
            if methods(kind).contains(&method) {
                self.set(kind, method)?;
                applied = true;
            }
        }
        if applied { Ok(()) } else { Err(unknown(method)) }
    }

    fn set(&mut self, kind: &'static str, method: &str) -> Result<(), IntervalsError> {
        let not_for_kind = || {
            if KINDS.into_iter().any(|kind| methods(kind).contains(&method)) {
                IntervalsError::NotForKind { kind, method: method.to_owned(), known: methods(kind) }
            } else {
                unknown(method)
            }
        };
        match kind {
            "proportion" => self.proportion = find(&PROPORTION, method).ok_or_else(not_for_kind)?,
            "nps" => self.nps = find(&NPS, method).ok_or_else(not_for_kind)?,
            "mean" => self.mean = find(&MEAN, method).ok_or_else(not_for_kind)?,
            _ => self.gap = find(&GAP, method).ok_or_else(not_for_kind)?,
        }
        Ok(())
    }
}

impl ProportionMethod {
    /// Every method with its name.
    pub const ALL: [(&'static str, Self); 5] = PROPORTION;

    /// The name in options and reports.
    pub fn name(self) -> &'static str {
        name(&PROPORTION, self)
    }

    /// The name in reports of weighted rows, where the formula differs.
    pub fn weighted_name(self) -> &'static str {
        match self {
            Self::Wilson => "wilson-effective-n",
            Self::ClopperPearson => "korn-graubard",
            Self::Jeffreys => "jeffreys-effective-n",
            Self::AgrestiCoull => "agresti-coull-effective-n",
            Self::Wald => "wald-linearised",
        }
    }
}

impl NpsMethod {
    /// Every method with its name.
    pub const ALL: [(&'static str, Self); 5] = NPS;

    /// The name in options and reports.
    pub fn name(self) -> &'static str {
        name(&NPS, self)
    }
}

impl MeanMethod {
    /// Every method with its name.
    pub const ALL: [(&'static str, Self); 3] = MEAN;

    /// The name in options and reports.
    pub fn name(self) -> &'static str {
        name(&MEAN, self)
    }
}

impl GapMethod {
    /// Every method with its name.
    pub const ALL: [(&'static str, Self); 3] = GAP;

    /// The name in options and reports.
    pub fn name(self) -> &'static str {
        name(&GAP, self)
    }
}

fn methods(kind: &str) -> Vec<&'static str> {
    match kind {
        "proportion" => PROPORTION.map(|(name, _)| name).to_vec(),
        "nps" => NPS.map(|(name, _)| name).to_vec(),
        "mean" => MEAN.map(|(name, _)| name).to_vec(),
        _ => GAP.map(|(name, _)| name).to_vec(),
    }
}

fn find<M: Copy>(table: &[(&'static str, M)], name: &str) -> Option<M> {
    table.iter().find(|(known, _)| *known == name).map(|(_, method)| *method)
}

fn name<M: Copy + PartialEq>(table: &[(&'static str, M)], method: M) -> &'static str {
    table.iter().find(|(_, known)| *known == method).map_or("", |(name, _)| name)
}

fn is_resampling(name: &str) -> bool {
    name.starts_with("bootstrap")
}

fn unknown(method: &str) -> IntervalsError {
    let mut names: Vec<&'static str> = KINDS.into_iter().flat_map(methods).collect();
    names.sort_unstable();
    names.dedup();
    // The beginning of several names is a slip for none of them: all are listed.
    let ambiguous = names.iter().filter(|name| name.starts_with(method)).count() > 1;
    let suggestion = if ambiguous { None } else { did_you_mean(method, names) };
    IntervalsError::UnknownMethod { found: method.to_owned(), suggestion }
}

fn meant(suggestion: Option<&str>) -> String {
    if let Some(name) = suggestion {
        return format!("; did you mean `{name}`?");
    }
    let mut known: Vec<&str> = Vec::new();
    for name in KINDS.into_iter().flat_map(methods) {
        if !known.contains(&name) {
            known.push(name);
        }
    }
    format!("; there are {}", known.join(", "))
}

#[cfg(test)]
mod tests {
    use super::{GapMethod, Intervals, IntervalsError, MeanMethod, NpsMethod, ProportionMethod};

    #[test]
    fn a_bare_name_applies_where_the_method_exists() {
        let wald = Intervals::parse("wald").unwrap();
        assert_eq!((wald.proportion, wald.nps), (ProportionMethod::Wald, NpsMethod::Wald));
        assert_eq!((wald.mean, wald.gap), (MeanMethod::T, GapMethod::PairedT));
        let bca = Intervals::parse("bootstrap-bca").unwrap();
        assert_eq!((bca.proportion, bca.nps), (ProportionMethod::Wilson, NpsMethod::BootstrapBca));
        assert_eq!((bca.mean, bca.gap), (MeanMethod::BootstrapBca, GapMethod::BootstrapBca));
    }

    #[test]
    fn exact_lists_set_each_kind_and_win_over_bare_names_in_any_order() {
        let exact = Intervals::parse("proportion=jeffreys, nps=score,mean=t,gap=paired-t").unwrap();
        assert_eq!((exact.proportion, exact.nps), (ProportionMethod::Jeffreys, NpsMethod::Score));
        assert_eq!(Intervals::parse("wald,nps=score"), Intervals::parse("nps=score,wald"));
    }

    #[test]
    fn what_is_wrong_is_said_by_name() {
        assert_eq!(
            Intervals::parse("wilsn").unwrap_err().to_string(),
            "unknown interval method `wilsn`; did you mean `wilson`?"
        );
        let meant = |typed: &str| Intervals::parse(typed).unwrap_err().to_string();
        assert!(meant("Clopper_Pearson").ends_with("did you mean `clopper-pearson`?"));
        assert!(meant("x").contains("there are wilson,"), "a letter is no slip for `t`");
        let far = Intervals::parse("bootstrap").unwrap_err().to_string();
        assert!(far.contains("there are wilson,") && far.contains("bootstrap-bca"), "{far}");
        assert_eq!(
            Intervals::parse("nps=jeffreys").unwrap_err().to_string(),
            "`jeffreys` is no interval method for nps; there are adjusted-wald, wald, score, \
             bootstrap-percentile, bootstrap-bca"
        );
        assert!(matches!(Intervals::parse("median=t"), Err(IntervalsError::UnknownKind { .. })));
        assert_eq!(Intervals::parse("nps=wald,nps=score"), Err(IntervalsError::Twice { kind: "nps" }));
        assert_eq!(Intervals::parse(""), Ok(Intervals::default()));
        assert!(matches!(Intervals::parse("wald,,t"), Err(IntervalsError::Empty(_))));
    }

    #[test]
    fn resampling_with_weights_is_refused_by_name() {
        assert_eq!(Intervals::parse("wald").unwrap().check_weighted(), Ok(()));
        assert_eq!(
            Intervals::parse("nps=bootstrap-bca").unwrap().check_weighted(),
            Err(IntervalsError::ResamplingWithWeights { method: "bootstrap-bca" })
        );
    }
}
