//! `[priorities]`: where the lines stand that part importance and performance.

/// Where the lines stand, on the index from 0 to 100 of both.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Crosshair {
    /// At the means of the attributes shown: about half are below, however good all are.
    #[default]
    Means,
    /// At their medians, which one attribute far from the others does not move.
    Medians,
    /// In the middle of the scale, 50.
    Midpoint,
    /// At figures that were set as targets; an axis without one has its line at the mean.
    Target {
        /// The line of performance, 0 to 100.
        performance: Option<f64>,
        /// The line of importance, 0 to 100.
        importance: Option<f64>,
    },
}

impl Crosshair {
    /// Whether a line depends on the other attributes shown.
    pub fn is_relative(self) -> bool {
        match self {
            Self::Means | Self::Medians => true,
            Self::Midpoint => false,
            Self::Target { performance, importance } => performance.is_none() || importance.is_none(),
        }
    }

    /// The name in definitions and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Means => "means",
            Self::Medians => "medians",
            Self::Midpoint => "midpoint",
            Self::Target { .. } => "target",
        }
    }
}
