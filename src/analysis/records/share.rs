//! Shares with Wilson's limits, in percent, as the report has them.

use crate::measures::rounded;
use crate::report::RecordShare;
use crate::stats::{self, Confidence, Interval};

/// How many of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::analysis) struct Part {
    pub(in crate::analysis) count: u64,
    pub(in crate::analysis) base: u64,
}

impl Part {
    pub(in crate::analysis) fn add(&mut self, is: Option<bool>) {
        if let Some(is) = is {
            self.base += 1;
            self.count += u64::from(is);
        }
    }
}

/// A share in percent with its limits.
#[derive(Clone, Copy, Debug)]
pub(in crate::analysis) struct Share {
    pub(in crate::analysis) percent: f64,
    pub(in crate::analysis) se: f64,
    pub(in crate::analysis) low: f64,
    pub(in crate::analysis) high: f64,
}

impl Share {
    /// The share of a count in its base; `None` without any.
    pub(in crate::analysis) fn new(part: Part, confidence: Confidence) -> Option<Self> {
        if part.base == 0 {
            return None;
        }
        let n = part.base as f64;
        let p = part.count as f64 / n;
        let Interval { low, high } = stats::wilson(p, n, confidence.z())?;
        Some(Self {
            percent: rounded(p * 100.0)?,
            se: rounded((p * (1.0 - p) / n).sqrt() * 100.0)?,
            low: rounded(low.max(0.0) * 100.0)?,
            high: rounded(high.min(1.0) * 100.0)?,
        })
    }
}

/// A share of all records as a section has it; `reason` says why nothing can tell.
pub(in crate::analysis) fn row(
    statistic: &str,
    part: Part,
    unknown: Option<u64>,
    by: Option<&str>,
    confidence: Confidence,
) -> RecordShare {
    let mut row = RecordShare { statistic: statistic.to_owned(), ..RecordShare::default() };
    let Some(by) = by else {
        row.reason = Some("no_column".to_owned());
        return row;
    };
    (row.by, row.count, row.base, row.unknown) =
        (Some(by.to_owned()), Some(part.count), Some(part.base), unknown);
    match Share::new(part, confidence) {
        Some(share) => {
            (row.share, row.low, row.high) = (Some(share.percent), Some(share.low), Some(share.high));
            row.method = Some("wilson".to_owned());
        }
        None => row.reason = Some("no_cases".to_owned()),
    }
    row
}
