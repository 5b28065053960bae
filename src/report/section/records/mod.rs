//! What sections on records have in common: complaints, disputes, promises, indicators.

mod charts;
mod reading;
mod share;
mod times;

pub use charts::{PeriodChart, PeriodChartPoint};
pub use reading::{JoinedText, LeftOut, RecordColumn, RecordFault, RecordSegment, RecordStatus};
pub use share::RecordShare;
pub use times::{StepDeadline, StepTimes, StepTimesTest, TimesPoint, TimesQuantile, WorkingClock};
