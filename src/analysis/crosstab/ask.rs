//! What was asked of tables, as typed: rows, nets, how columns are set against each other.

use crate::measures::ShareLimits;
use crate::report::CrosstabAgainst;
use crate::stats;

/// Tables that were asked for; the banners are [`Scope::by`](crate::analysis::Scope::by).
#[derive(Clone, Debug, PartialEq)]
pub struct CrosstabAsk {
    /// Questions and segments of the rows; every scored question where there are none.
    pub rows: Vec<String>,
    /// Answers that are shown together.
    pub nets: Vec<NetAsked>,
    /// What a column is set against; else each other, and the column before where waves are the banner.
    pub against: Option<CrosstabAgainst>,
    /// How p-values are adjusted over the column pairs.
    pub adjustment: Adjustment,
    /// The level of capital letters; else the confidence level.
    pub level: Option<f64>,
    /// The level of small letters.
    pub second_level: Option<f64>,
    /// Columns with a smaller effective base are not tested.
    pub minimum_base: f64,
    /// Smaller differences of shares, net scores and indexes get no letter, in points.
    pub minimum_difference: f64,
    /// Smaller differences of means get no letter, in the unit of their scale.
    pub minimum_mean_difference: f64,
    /// The test of the table; else by rule.
    pub test: Option<TestChoice>,
    /// How two means are compared.
    pub pairs: MeanPairs,
    /// The limits of differences of shares that have no respondents in common.
    pub share_limits: ShareLimits,
}

/// Answers to one question that are shown together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetAsked {
    /// The question.
    pub question: String,
    /// What they are called together.
    pub label: String,
    /// Codes or labels.
    pub answers: Vec<String>,
}

/// How p-values are adjusted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Adjustment {
    /// The share of false findings among those made (Benjamini and Hochberg 1995).
    #[default]
    BenjaminiHochberg,
    /// The chance of any false finding (Holm 1979).
    Holm,
    /// The same, coarser.
    Bonferroni,
    /// Not at all.
    None,
}

/// The test of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestChoice {
    /// Pearson's chi-square.
    ChiSquare,
    /// Fisher's exact test.
    Fisher,
    /// Rao and Scott's second-order correction.
    RaoScott,
    /// Kruskal and Wallis's rank test.
    KruskalWallis,
    /// Welch's analysis of variance of the means.
    Welch,
    /// None.
    None,
}

/// How two means are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MeanPairs {
    /// Welch's t, adjusted as the shares are.
    #[default]
    Welch,
    /// Games and Howell, which allows for all pairs by itself.
    GamesHowell,
}

/// The least effective base that is tested unless another is given.
pub const MINIMUM_BASE: f64 = 30.0;

impl Default for CrosstabAsk {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            nets: Vec::new(),
            against: None,
            adjustment: Adjustment::default(),
            level: None,
            second_level: None,
            minimum_base: MINIMUM_BASE,
            minimum_difference: 0.0,
            minimum_mean_difference: 0.0,
            test: None,
            pairs: MeanPairs::default(),
            share_limits: ShareLimits::default(),
        }
    }
}

impl Adjustment {
    /// The name, as it is typed and in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::BenjaminiHochberg => "benjamini-hochberg",
            Self::Holm => "holm",
            Self::Bonferroni => "bonferroni",
            Self::None => "none",
        }
    }

    /// Adjusted p-values in their order.
    pub(in crate::analysis) fn adjust(self, p_values: &[f64]) -> Option<Vec<f64>> {
        match self {
            Self::BenjaminiHochberg => stats::benjamini_hochberg(p_values),
            Self::Holm => stats::holm(p_values),
            Self::Bonferroni => stats::bonferroni(p_values),
            Self::None => Some(p_values.to_vec()),
        }
    }
}

impl TestChoice {
    /// The name, as it is typed.
    pub fn name(self) -> &'static str {
        match self {
            Self::ChiSquare => "chi-square",
            Self::Fisher => "fisher",
            Self::RaoScott => "rao-scott",
            Self::KruskalWallis => "kruskal-wallis",
            Self::Welch => "welch",
            Self::None => "none",
        }
    }
}

impl NetAsked {
    /// From `q5: Digital = app, web`.
    ///
    /// # Errors
    /// What is missing, as a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wanted = "write it as 'q5: Digital = app, web'";
        let (question, rest) = text
            .split_once(':')
            .ok_or_else(|| format!("`{text}` names no question before a colon; {wanted}"))?;
        let (label, answers) = rest
            .split_once('=')
            .ok_or_else(|| format!("`{text}` has no `=` between its name and its answers; {wanted}"))?;
        let answers: Vec<String> = answers
            .split(',')
            .map(|answer| answer.trim().to_owned())
            .filter(|answer| !answer.is_empty())
            .collect();
        let (question, label) = (question.trim(), label.trim());
        if question.is_empty() || label.is_empty() || answers.is_empty() {
            return Err(format!("`{text}` lacks its question, its name or its answers; {wanted}"));
        }
        Ok(Self { question: question.to_owned(), label: label.to_owned(), answers })
    }
}

#[cfg(test)]
mod tests {
    use super::NetAsked;

    #[test]
    fn a_net_has_a_question_a_name_and_answers() {
        let net = NetAsked::parse(" q5 : Digital = app, web ,").unwrap();
        assert_eq!((net.question.as_str(), net.label.as_str()), ("q5", "Digital"));
        assert_eq!(net.answers, ["app", "web"]);
        for wrong in ["Digital = app", "q5: app", "q5: = app", ": Digital = app", "q5: Digital = ,"] {
            assert!(NetAsked::parse(wrong).unwrap_err().contains("q5: Digital = app, web"), "{wrong}");
        }
    }
}
