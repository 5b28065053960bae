//! What the counts cannot answer.

use chrono::NaiveDate;

use super::drivers::DriversError;

/// What the counts cannot answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AnalysisError {
    /// The wave asked for is not in the data.
    #[error("no wave `{found}`; {}", there_are(known))]
    UnknownWave {
        /// As typed.
        found: String,
        /// The waves there are.
        known: Vec<String>,
    },
    /// No wave holds the date of the report.
    #[error("no wave was running on {as_of}; {}", there_are(found))]
    NoRunningWave {
        /// The date.
        as_of: NaiveDate,
        /// The waves there are.
        found: Vec<String>,
    },
    /// Every wave begins after the date of the report.
    #[error("no wave has begun by {as_of}; {}", there_are(found))]
    NoWaveBegun {
        /// The date.
        as_of: NaiveDate,
        /// The waves there are.
        found: Vec<String>,
    },
    /// More answers than the population has members.
    #[error("question `{question}` has {}", too_many(*answers, segment.as_ref(), *population))]
    PopulationExceeded {
        /// The question.
        question: String,
        /// The segment and value whose population it is; `None` for the survey's.
        segment: Option<(String, String)>,
        /// The answers; `None` where the group is hidden, whose size must not come out by the way.
        answers: Option<u64>,
        /// The population.
        population: u64,
    },
    /// The targets cannot be met by the answers, or the design leaves no variance.
    #[error("the answers cannot be weighted as the definition says{}", in_lines(reasons))]
    NotWeighted {
        /// By wave, what is in the way and what would help.
        reasons: Vec<String>,
    },
    /// Two sources have the same wave.
    #[error("wave `{wave}` is in `{one}` and in `{other}`; give each wave once")]
    OverlappingWaves {
        /// The wave.
        wave: String,
        /// One source.
        one: String,
        /// The other.
        other: String,
    },
    /// Calendar waves of different lengths.
    #[error("waves `{one}` and `{other}` are periods of different lengths and cannot be joined")]
    UnlikeWaves {
        /// One wave.
        one: String,
        /// Another.
        other: String,
    },
    /// A segment asked for is not in the survey.
    #[error("no segment `{found}`; {}", listed("segments", known))]
    UnknownSegment {
        /// As typed.
        found: String,
        /// The segments there are.
        known: Vec<String>,
    },
    /// A question asked for has no headline in the survey.
    #[error("no question `{found}` with a headline; {}", listed("questions", known))]
    UnknownQuestion {
        /// As typed.
        found: String,
        /// The questions with a headline.
        known: Vec<String>,
    },
    /// A test that was asked for does not fit a table.
    #[error(
        "{test} needs {wanted}, and `{stub}` by `{banner}` is none; leave --test out, or these rows or columns"
    )]
    TestDoesNotFit {
        /// The test.
        test: String,
        /// What it needs.
        wanted: String,
        /// The rows.
        stub: String,
        /// The columns.
        banner: String,
    },
    /// A net names an answer that nobody could give.
    #[error(
        "the net `{net}` names `{answer}`, which is no answer to `{question}`; {}",
        listed("answers", known)
    )]
    UnknownNetAnswer {
        /// The net.
        net: String,
        /// The question.
        question: String,
        /// The answer.
        answer: String,
        /// The answers there are.
        known: Vec<String>,
    },
    /// A banner has too many columns to be a table.
    #[error(
        "`{banner}` has {found} columns, and a table has {most} at most; band its values in a segment of the \
         definition, cross less, or keep some rows with --where"
    )]
    TooManyColumns {
        /// The banner.
        banner: String,
        /// Its columns.
        found: usize,
        /// The most there may be.
        most: usize,
    },
    /// A banner has too many columns to set each against each other.
    #[error(
        "`{banner}` has {found} columns, {} pairs of them in every row, and at most {most} columns are set against \
         each other; use --against rest",
        found * (found - 1) / 2
    )]
    TooManyPairs {
        /// The banner.
        banner: String,
        /// Its columns.
        found: usize,
        /// The most there may be.
        most: usize,
    },
    /// Drivers cannot be told.
    #[error(transparent)]
    Drivers(#[from] DriversError),
    /// There is nothing to compare a wave with.
    #[error("no wave to compare `{wave}` with: {reason}")]
    NothingToCompare {
        /// The wave.
        wave: String,
        /// Why.
        reason: String,
    },
}

/// So many reasons are told: more are rarely read.
const MOST_REASONS: usize = 12;

fn in_lines(reasons: &[String]) -> String {
    let told = reasons.iter().take(MOST_REASONS).map(|reason| format!("\n  {reason}"));
    let more = reasons.len().saturating_sub(MOST_REASONS);
    told.chain((more > 0).then(|| format!("\n  and {more} more"))).collect()
}

fn there_are(waves: &[String]) -> String {
    if waves.is_empty() {
        "no row is left that has a wave".to_owned()
    } else {
        format!("there are {}", waves.join(", "))
    }
}

fn listed(what: &str, known: &[String]) -> String {
    if known.is_empty() { format!("there are no {what}") } else { format!("there are {}", known.join(", ")) }
}

fn too_many(answers: Option<u64>, segment: Option<&(String, String)>, population: u64) -> String {
    let group = segment.map_or_else(String::new, |(id, value)| format!(" in {id} {value}"));
    match answers {
        Some(answers) => format!("{answers} answers{group}, but the population is {population}"),
        None => format!("more answers{group} than the population of {population}"),
    }
}
