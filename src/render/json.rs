//! The report itself, and the way back: what is loaded renders to the same bytes.

use crate::report::{FORMAT, Report, Verification};
use serde::Deserialize;
use thiserror::Error;

/// Why a file is not a report that can be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The text is no JSON, or no JSON object.
    #[error("this is not a report: {0}; expected the output of `--format json`")]
    NotJson(#[source] serde_json::Error),
    /// The object does not say what it is.
    #[error("this is not a report: the key `format` is missing; expected the output of `--format json`")]
    NoFormat,
    /// The object is something else, or a report of another version.
    #[error(
        "the format is `{found}`, but this version reads `{FORMAT}`; write the report anew with this version"
    )]
    OtherFormat {
        /// What `format` says.
        found: String,
    },
    /// The object says that it is a report, but it has not the shape of one.
    #[error("the report is damaged: {0}; write it anew")]
    Damaged(#[source] serde_json::Error),
}

/// The report as JSON, ending in a newline.
pub(super) fn render(report: &Report) -> String {
    let mut text =
        serde_json::to_string_pretty(report).expect("a report has text keys only and is written to memory");
    text.push('\n');
    text
}

/// A verification as JSON, ending in a newline.
pub fn verification(found: &Verification) -> String {
    let mut text = serde_json::to_string_pretty(found).expect("a verification is written to memory");
    text.push('\n');
    text
}

/// Reads a report back.
///
/// # Errors
/// When the text is no report of this format's version.
pub fn load(text: &str) -> Result<Report, LoadError> {
    let head: Head = serde_json::from_str(text).map_err(LoadError::NotJson)?;
    match head.format {
        None => Err(LoadError::NoFormat),
        Some(format) if format.as_str() == Some(FORMAT) => {
            serde_json::from_str(text).map_err(LoadError::Damaged)
        }
        Some(serde_json::Value::String(found)) => Err(LoadError::OtherFormat { found }),
        Some(other) => Err(LoadError::OtherFormat { found: other.to_string() }),
    }
}

/// The one key that tells a report from other JSON.
#[derive(Deserialize)]
struct Head {
    format: Option<serde_json::Value>,
}

#[cfg(test)]
mod tests {
    use super::{LoadError, load, render};
    use crate::render::sample;
    use crate::report::schema;

    #[test]
    fn a_loaded_report_renders_to_the_same_bytes() {
        for report in sample::all() {
            let text = render(&report);
            let loaded = load(&text).unwrap();
            assert_eq!(loaded, report);
            assert_eq!(render(&loaded), text);
        }
    }

    #[test]
    fn every_sample_meets_the_schema() {
        let validator = jsonschema::validator_for(&schema()).unwrap();
        for report in sample::all() {
            let json = serde_json::to_value(&report).unwrap();
            let problems: Vec<String> = validator.iter_errors(&json).map(|error| error.to_string()).collect();
            assert!(problems.is_empty(), "{problems:?}");
        }
        assert!(!validator.is_valid(&serde_json::json!({ "format": "csat-report/1" })));
    }

    #[test]
    fn what_is_no_report_is_refused_with_its_reason() {
        assert!(matches!(load("rows,of,csv"), Err(LoadError::NotJson(_))));
        assert!(matches!(load("[]"), Err(LoadError::NotJson(_) | LoadError::NoFormat)));
        assert!(matches!(load("{}"), Err(LoadError::NoFormat)));
        assert!(matches!(load("{\"format\": \"csat-report/1\"}"), Err(LoadError::Damaged(_))));
        let other = load("{\"format\": \"csat-report/9\"}").unwrap_err();
        assert_eq!(
            other.to_string(),
            "the format is `csat-report/9`, but this version reads `csat-report/1`; \
             write the report anew with this version"
        );
    }
}
