//! What was typed and what the world says, resolved: dates, threads, periods, formats.

use std::num::NonZeroUsize;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate};
use csat::render::Format;
use csat::report::words;
use csat::source::delimiter::Delimiter;
use csat::source::format::encoding::Encoding;
use csat::source::input::InputOptions;
use csat::source::layout;
use csat::survey::Period;
use csat::tally::PlanSize;

use crate::cli::FileShape;
use crate::status::Failure;

/// What the program reads from its environment, once.
#[derive(Debug)]
pub(crate) struct Environment {
    pub(crate) no_color: bool,
    /// Whether a job of GitHub Actions runs the program.
    pub(crate) github_actions: bool,
    /// The file of that job's summary.
    pub(crate) github_summary: Option<PathBuf>,
    source_date_epoch: Option<String>,
}

impl Environment {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub(crate) fn read() -> Self {
        Self {
            no_color: std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()),
            github_actions: std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true"),
            github_summary: std::env::var_os("GITHUB_STEP_SUMMARY")
                .filter(|path| !path.is_empty())
                .map(PathBuf::from),
            source_date_epoch: std::env::var("SOURCE_DATE_EPOCH").ok().filter(|text| !text.is_empty()),
        }
    }

    /// The date the report speaks at: `--date`, SOURCE_DATE_EPOCH, or today in UTC.
    pub(crate) fn date(&self, typed: Option<&str>) -> Result<NaiveDate, Failure> {
        if let Some(text) = typed {
            return NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| {
                Failure::usage(format!("`--date {text}` is not a date")).help("write it as 2026-09-30")
            });
        }
        if let Some(text) = &self.source_date_epoch {
            let seconds = text.parse::<i64>().ok();
            return seconds
                .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
                .map(|moment| moment.date_naive())
                .ok_or_else(|| {
                    Failure::usage(format!("SOURCE_DATE_EPOCH is `{text}`, not a number of seconds"))
                });
        }
        Ok(today())
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
fn today() -> NaiveDate {
    let seconds = std::time::SystemTime::now()
        .duration_since(std::time::SystemTime::UNIX_EPOCH)
        .map_or(0, |elapsed| elapsed.as_secs());
    i64::try_from(seconds)
        .ok()
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
        .map_or(NaiveDate::MIN, |moment| moment.date_naive())
}

/// The number of threads: as typed, else one a core.
pub(crate) fn threads(typed: Option<usize>) -> Result<usize, Failure> {
    match typed {
        Some(0) => Err(Failure::usage("`--threads 0` counts nothing").help("give 1 or more")),
        Some(number) if number > 256 => {
            Err(Failure::usage(format!("`--threads {number}` is more than 256")).help("one a core is enough"))
        }
        Some(number) => Ok(number),
        None => Ok(std::thread::available_parallelism().map_or(1, NonZeroUsize::get)),
    }
}

/// The format: as typed, else by the ending of the output file, else the table.
pub(crate) fn format(typed: Option<&str>, output: Option<&Path>) -> Result<Format, Failure> {
    let ending = output.and_then(Path::extension).and_then(|ending| ending.to_str());
    let name = typed.or(ending).unwrap_or("table").to_ascii_lowercase();
    let known = Format::ALL.iter().find(|(_, known)| *known == name).map(|(format, _)| *format);
    match (known, name.as_str()) {
        (Some(format), _) => Ok(format),
        (None, "txt") => Ok(Format::Table),
        (None, "markdown") => Ok(Format::Markdown),
        (None, "htm") => Ok(Format::Html),
        (None, _) => {
            let names: Vec<&str> = Format::ALL.iter().map(|(_, name)| *name).collect();
            let what = match (typed, output) {
                (None, Some(output)) => format!("`{}`: the ending .{name} is no format", output.display()),
                _ => format!("unknown format `{name}`"),
            };
            Err(Failure::usage(what).help(format!("choose {}", names.join(", "))))
        }
    }
}

/// What was said of how a file is written.
pub(crate) fn input_options(shape: &FileShape) -> Result<InputOptions, Failure> {
    let encoding = shape.encoding.as_deref().map(Encoding::from_label).transpose();
    if let Some(typed) = shape.layout.as_deref() {
        layout::check_name(typed).map_err(|error| Failure::usage(error.to_string()))?;
    }
    Ok(InputOptions {
        delimiter: delimiter(shape.delimiter.as_deref())?,
        encoding: encoding.map_err(|error| Failure::usage(error.to_string()))?,
        layout: shape.layout.clone(),
        sheet: shape.sheet.clone(),
    })
}

/// The delimiter by name or as the character itself.
fn delimiter(typed: Option<&str>) -> Result<Option<Delimiter>, Failure> {
    let Some(text) = typed else { return Ok(None) };
    match text {
        "," | "comma" => Ok(Some(Delimiter::Comma)),
        ";" | "semicolon" => Ok(Some(Delimiter::Semicolon)),
        "\t" | "\\t" | "tab" => Ok(Some(Delimiter::Tab)),
        "|" | "pipe" => Ok(Some(Delimiter::Pipe)),
        _ => Err(Failure::usage(format!("`--delimiter {text}` is not a delimiter"))
            .help("choose comma, semicolon, tab or pipe")),
    }
}

/// A period by name.
pub(crate) fn period(typed: &str) -> Result<Period, Failure> {
    match typed {
        "day" => Ok(Period::Day),
        "week" => Ok(Period::Week),
        "month" => Ok(Period::Month),
        "quarter" => Ok(Period::Quarter),
        "half" => Ok(Period::Half),
        "year" => Ok(Period::Year),
        _ => Err(Failure::usage(format!("`--every {typed}` is not a period"))
            .help("choose day, week, month, quarter, half or year")),
    }
}

/// The confidence levels that have an interval worth printing.
const LEVELS: RangeInclusive<f64> = 0.5..=0.9999;

/// A confidence level as a fraction; what people type instead is refused with the way it is written.
pub(crate) fn confidence(typed: &str) -> Result<f64, String> {
    match typed.trim().parse::<f64>() {
        Ok(level) if LEVELS.contains(&level) => Ok(level),
        _ => Err(format!(
            "`{typed}` is no confidence level; it is a number from {} to {}, {}",
            LEVELS.start(),
            LEVELS.end(),
            meant_level(typed).unwrap_or_else(|| "and 95 % is written 0.95".to_owned())
        )),
    }
}

/// The level that a percentage or a number with a decimal comma stands for.
fn meant_level(typed: &str) -> Option<String> {
    let number = typed.trim().trim_end_matches('%').trim_end();
    let level = number.replace(',', ".").parse::<f64>().ok()?;
    let fraction = if LEVELS.contains(&level) { level } else { level / 100.0 };
    let written = format!("{fraction:.6}");
    LEVELS.contains(&fraction).then(|| format!("and {typed} is written {}", written.trim_end_matches('0')))
}

/// The ids of a list with commas between, as `--rows` takes them.
pub(crate) fn ids(flag: &str, typed: &[String]) -> Result<Vec<String>, Failure> {
    let ids: Vec<String> =
        typed.iter().flat_map(|list| list.split(',')).map(|id| id.trim().to_owned()).collect();
    if ids.iter().any(String::is_empty) {
        return Err(Failure::usage(format!("`--{flag} {}` has an empty name", typed.join(",")))
            .help(format!("write --{flag} overall,recommend")));
    }
    Ok(ids)
}

/// Crossings from comma lists such as `region,age*channel`.
pub(crate) fn crossings(typed: &[String]) -> Result<Vec<Vec<String>>, Failure> {
    let mut crossings = Vec::new();
    for part in typed.iter().flat_map(|list| list.split(',')) {
        let names: Vec<String> = part.split('*').map(|name| name.trim().to_owned()).collect();
        if names.iter().any(String::is_empty) {
            return Err(Failure::usage(format!("`--by {}` has an empty name", typed.join(",")))
                .help("write --by region or --by 'region*age,channel'"));
        }
        if !crossings.contains(&names) {
            crossings.push(names);
        }
    }
    Ok(crossings)
}

/// Bytes in hexadecimal after a prefix.
pub(crate) fn hex(prefix: &str, bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = prefix.to_owned();
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// A list of names: the first of them, and how many more.
pub(crate) fn short_list(names: &[&str]) -> String {
    match words::first_names(names.iter().copied()) {
        (list, 0) => list,
        (list, more) => format!("{list} and {more} more"),
    }
}

/// What a plan counts, in a line for `--explain`.
pub(crate) fn plan_size(size: &PlanSize) -> String {
    let groupings: Vec<String> =
        size.groupings.iter().map(|grouping| format!("{} {}", grouping.name, grouping.strata)).collect();
    format!("plan: about {} counters; groups: {}", size.cells, groupings.join(", "))
}

/// The name of a file without its folders.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// A value as part of a file name: letters and digits in lower case, everything else a hyphen.
pub(crate) fn file_word(value: &str) -> String {
    const MOST: usize = 60;
    let mut word = String::new();
    for character in value.chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            word.push(character);
        } else if !word.is_empty() && !word.ends_with('-') {
            word.push('-');
        }
        if word.chars().count() >= MOST {
            break;
        }
    }
    let word = word.trim_end_matches('-');
    if word.is_empty() { "blank".to_owned() } else { word.to_owned() }
}

/// A file name as a shell takes it: quoted where it has more than plain characters.
pub(crate) fn quoted(name: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || "._-/\\:".contains(character);
    if name.chars().all(plain) { name.to_owned() } else { format!("'{}'", name.replace('\'', "'\\''")) }
}
