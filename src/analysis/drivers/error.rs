//! Why drivers cannot be told.

/// Why drivers cannot be told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DriversError {
    /// No question is the outcome, and several could be.
    #[error("no question is marked as the outcome{}", could_be(.0))]
    NoOutcome(Vec<String>),
    /// The outcome that was typed is not there.
    #[error("`--outcome {found}`: there is no such question or column{}", meant(suggestion.as_deref(), known))]
    UnknownOutcome {
        /// As typed.
        found: String,
        /// The nearest name.
        suggestion: Option<String>,
        /// The questions that can be named.
        known: Vec<String>,
    },
    /// A driver that was typed is not there.
    #[error("`--drivers {found}`: there is no such question{}", meant(suggestion.as_deref(), known))]
    UnknownDriver {
        /// As typed.
        found: String,
        /// The nearest name.
        suggestion: Option<String>,
        /// The questions that can be named.
        known: Vec<String>,
    },
    /// A question whose answers are no numbers.
    #[error("`{question}` cannot be {role}: {reason}")]
    NotANumber {
        /// The question.
        question: String,
        /// `an outcome` or `a driver`.
        role: &'static str,
        /// Why.
        reason: String,
    },
    /// An outcome whose numbers are codes of groups.
    #[error(
        "`{id}` cannot be an outcome: it tells groups{}, whose codes are no numbers; compare its groups with `--by {id}`, \
         or make it a question with `measure = \"number\"` if its answers are numbers",
        coded(codes)
    )]
    Codes {
        /// The segment or question.
        id: String,
        /// What its codes stand for; empty where nothing is said of them.
        codes: Vec<String>,
    },
    /// Penalties and rewards leave nothing of a scale.
    #[error(
        "{penalty} low points as a penalty and {reward} high ones as a reward leave no point between them on \
         `{question}`, which has {points}; take fewer with --penalty and --reward"
    )]
    NoPointBetween {
        /// The lowest points that are a penalty.
        penalty: usize,
        /// The highest that are a reward.
        reward: usize,
        /// The question.
        question: String,
        /// The points of its scale.
        points: usize,
    },
    /// The outcome is not what `--of` explains.
    #[error("`--of {of}` does not fit `{question}`: {reason}")]
    NotOf {
        /// What was to be explained.
        of: &'static str,
        /// The outcome.
        question: String,
        /// Why.
        reason: String,
    },
    /// The outcome would explain itself.
    #[error("`{0}` is the outcome and cannot be a driver of itself; leave it out of --drivers")]
    OutcomeAsDriver(String),
    /// There is nothing to explain the outcome by.
    #[error(
        "`{0}` has no drivers: no other question is `csat` or `rating`; mark questions with `driver = true` in the \
         definition, or name them with --drivers"
    )]
    NoDrivers(String),
    /// Expectation, perception and their difference at once.
    #[error(
        "`{0}` is asked for as expectation, as perception and as their difference: each is determined by the other \
         two, and no model can tell them apart; name one or two of the three"
    )]
    GapAndParts(String),
    /// More predictors than are told apart.
    #[error("{found} drivers are more than the {most} that can be told apart; name fewer with --drivers")]
    TooManyDrivers {
        /// How many.
        found: usize,
        /// The most there may be.
        most: usize,
    },
    /// Too few rows for so many drivers.
    #[error(
        "{} an answer to `{outcome}` and to {}: too few for a model of {}{}{}",
        counted(*rows, "row has", "rows have"),
        if *listwise { "every driver" } else { "a driver" },
        counted(*drivers as u64, "driver", "drivers"),
        if *drivers > 1 { "; take fewer with --drivers" } else { "" },
        if *listwise { "; --missing pairwise uses rows with some answers" } else { "" }
    )]
    TooFewRows {
        /// The rows that can be used.
        rows: u64,
        /// How many drivers.
        drivers: usize,
        /// The outcome.
        outcome: String,
        /// Whether only complete rows are used.
        listwise: bool,
    },
    /// All answers to a question are alike.
    #[error(
        "all answers to `{question}` {}are alike{}: what does not vary cannot {}",
        if *listwise { "in the rows that are used " } else { "" },
        if *none { ", or there are none" } else { "" },
        if *outcome { "be explained" } else { "explain anything; leave it out of --drivers" }
    )]
    Constant {
        /// The question.
        question: String,
        /// Whether it is the outcome.
        outcome: bool,
        /// Whether only complete rows are used.
        listwise: bool,
        /// Whether nobody may have answered.
        none: bool,
    },
    /// Nobody answered both.
    #[error(
        "{} an answer to both `{one}` and `{other}`: too few to know how they go together; leave one out with --drivers",
        counted(*rows, "row has", "rows have")
    )]
    NoPairs {
        /// One question.
        one: String,
        /// Another.
        other: String,
        /// How many answered both.
        rows: u64,
    },
    /// A driver follows exactly from others.
    #[error(
        "`{driver}` follows exactly from {}: no model can tell them apart; leave one of them out with --drivers",
        listed(by)
    )]
    Collinear {
        /// The driver.
        driver: String,
        /// Those that determine it.
        by: Vec<String>,
    },
    /// The correlations allow no model.
    #[error(
        "the correlations of `{0}` and its drivers do not fit together and cannot be mended; use --missing listwise, or fewer \
         drivers"
    )]
    Unusable(String),
}

/// How many codes are named.
const CODES_NAMED: usize = 4;

fn coded(codes: &[String]) -> String {
    let named: Vec<&str> = codes.iter().take(CODES_NAMED).map(String::as_str).collect();
    match codes.len() {
        0 => String::new(),
        all if all > CODES_NAMED => format!(" ({} and others)", named.join(", ")),
        _ => format!(" ({})", named.join(", ")),
    }
}

impl DriversError {
    /// Whether what was asked for cannot be told of such answers at all, whichever they are.
    pub fn is_of_what_was_asked(&self) -> bool {
        matches!(self, Self::Codes { .. } | Self::NotANumber { .. })
    }
}

fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn listed(names: &[String]) -> String {
    match names {
        [] => "the others".to_owned(),
        names => names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and "),
    }
}

fn could_be(questions: &[String]) -> String {
    match questions {
        [] => "; name one with --outcome, or mark it with `overall = true` in the definition".to_owned(),
        several => format!(
            ", and {} could be; name it with --outcome, or mark it with `overall = true` in the definition",
            several.join(", ")
        ),
    }
}

/// The nearest name, or all that can be meant.
fn meant(suggestion: Option<&str>, known: &[String]) -> String {
    match (suggestion, known) {
        (Some(name), _) => format!("; did you mean `{name}`?"),
        (None, []) => String::new(),
        (None, known) => format!("; there are {}", known.join(", ")),
    }
}
