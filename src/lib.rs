//! Customer satisfaction measurement: from a file of answers to scores one can trust.
//!
//! The library behind the program `csat`. Data flow one way, and a test keeps it so:
//!
//! [`survey`] (what was asked) → [`source`] (files in) → [`prepare`] (rows made ready) → [`tally`] (counted once) →
//! [`weighting`] (a weight per cell) → [`measures`] (the field's words, on [`stats`]) → [`analysis`] (questions put to
//! the counts) → [`report`] (the result) → [`render`] (bytes out). Complaints about files are [`diagnostic`]s.
//!
//! The library prints nothing, reads no clock and no environment, and gives the same report for the same input,
//! whatever the number of threads. Its interface follows the program and is not stable yet.
//!
//! # Example
//!
//! ```
//! use csat::analysis::{self, Scope};
//! use csat::report::Provenance;
//! use csat::source::head::{self, Depth, HeadOptions};
//! use csat::source::input::{InputName, OpenedInput};
//! use csat::{survey, tally};
//!
//! let definition = b"[question.recommend]\nmeasure = \"nps\"\n";
//! let survey = survey::parse(definition, "survey.toml").expect("the definition is right").survey;
//!
//! let answers: &[u8] = b"recommend\n10\n9\n7\n3\n";
//! let input = OpenedInput::from_reader(InputName::Stdin, Box::new(answers))?;
//! let opened = head::read(input, &HeadOptions { depth: Depth::Light, ..HeadOptions::default() })?;
//!
//! let scope = Scope::new(chrono::NaiveDate::from_ymd_opt(2026, 10, 5).expect("a date"));
//! let (plan, map) = analysis::plan(&survey, &scope)?;
//! let counted = tally::count(&plan, vec![opened.source], &tally::Options::default())?;
//! let report = analysis::run(&survey, &map, &counted, &scope, Provenance::default())?;
//!
//! let nps = report.estimates.iter().find(|estimate| estimate.statistic == "nps").expect("a score");
//! assert_eq!((nps.value, nps.base), (Some(25.0), Some(4)));
//! assert_eq!(nps.method.as_deref(), Some("adjusted-wald"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod analysis;
pub mod diagnostic;
pub mod measures;
pub mod prepare;
pub mod render;
pub mod report;
pub mod source;
pub mod stats;
pub mod survey;
pub mod tally;
pub mod weighting;
