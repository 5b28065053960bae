//! Stated importance: the mean. It is neither good nor bad that something matters.

use crate::report::Estimate;
use crate::survey::Scale;

use super::csat::{mean_estimate, scale_mean};
use super::part::Part;
use super::sheet::Sheet;

pub(super) fn figures(sheet: &Sheet, scale: &Scale, points: &[Part]) -> Vec<Estimate> {
    vec![mean_estimate(sheet, scale, "mean", None, scale_mean(scale, points, sheet.context))]
}
