//! Why a report has no drivers, in a sentence: it speaks of much else, and does not fail for them.

use crate::report::{Note, NoteSeverity, words};

use super::error::DriversError;

/// The remark on drivers of an outcome that could not be told.
pub(super) fn note(outcome: &str, error: &DriversError) -> Note {
    let (case, values) = match error {
        DriversError::TooFewRows { rows, drivers, .. } => {
            ("rows", vec![("rows", rows.to_string()), ("count", drivers.to_string())])
        }
        DriversError::Constant { question, outcome: false, .. } => {
            ("constant", vec![("question", question.clone())])
        }
        DriversError::Constant { .. } => ("outcome", Vec::new()),
        DriversError::NoPairs { one, other, rows } => {
            ("pairs", vec![("question", one.clone()), ("other", other.clone()), ("rows", rows.to_string())])
        }
        DriversError::Collinear { driver, by } => {
            ("follows", vec![("question", driver.clone()), ("other", by.join(", "))])
        }
        _ => ("other", Vec::new()),
    };
    let all = [("case", case.to_owned()), ("outcome", outcome.to_owned())].into_iter().chain(values);
    words::said(NoteSeverity::Info, "no_drivers", Some(outcome), all)
}
