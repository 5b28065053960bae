//! Judged gates for the machines that run jobs: JUnit XML, and the annotations of GitHub Actions.
//!
//! The table and the Markdown summary are written like every other document (`Subject::Gates`). Names and labels come
//! from files of strangers: nothing in them may end an element or begin a command of the runner.

mod github;
mod junit;
#[cfg(test)]
pub(super) mod sample;

pub use github::annotations;
pub use junit::junit;

use crate::report::{GatesSection, Report, Section};

/// The gates of a report; none where nothing was judged.
fn gates(report: &Report) -> Option<&GatesSection> {
    report.sections.iter().find_map(|section| match section {
        Section::Gates(gates) => Some(gates),
        _ => None,
    })
}
