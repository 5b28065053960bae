//! Customer effort: the share on the easy side, and the mean.
//!
//! Version 1 asks how much effort it took (low is best), version 2 whether it was made easy (high is best): the
//! scale's best end carries the difference, so both are read alike.

use crate::report::Estimate;
use crate::survey::Scale;

use super::csat::{mean_estimate, scale_mean, top_box};
use super::direction::by_best;
use super::part::Part;
use super::sheet::Sheet;

pub(super) fn figures(sheet: &Sheet, scale: &Scale, points: &[Part]) -> Vec<Estimate> {
    let mean = scale_mean(scale, points, sheet.context);
    vec![top_box(sheet, scale, points), mean_estimate(sheet, scale, "mean", by_best(sheet.question), mean)]
}
