//! What analyses of records have in common: complaints, disputes, events of promises, figures of periods.
//!
//! Records are read into columns ([`crate::source::cases`]); here they get their place in time, their groups, and the
//! account of what is odd in them.

mod amounts;
mod calendar;
mod charts;
mod error;
mod faults;
mod groupings;
mod hidden;
mod kept;
mod reading;
mod report;
mod share;
mod times;
mod wall;

pub(super) use amounts::{Amounts, distinct};
pub(super) use calendar::{Calendar, date_of};
pub(super) use charts::{Counted, baseline, charted, charted_counts, charted_shares};
pub(super) use faults::Faults;
pub(super) use groupings::{Grouping, NONE, code};
pub(super) use hidden::hidden;
pub(super) use kept::{Done, Kept, working_clock};
pub(super) use reading::{columns, joined, ledger, left_out, read_faults, segments};
pub(super) use report::{RecordsReport, records_report};
pub(super) use share::{Part, Share, row as share_row};
pub(super) use times::{GroupTimes, Ordered, adjust, figures as step_times, test as step_times_test};
pub(super) use wall::{DAY, Wall, seconds, zone};

pub use error::RecordsError;
pub use groupings::SegmentField;
