//! Counted once: the plan, mergeable tallies and the streaming engine that fills them.

mod count;
mod counted;
mod plan;

pub use count::{Count, Counts, Distribution, Joint, Selections, Values};
pub use counted::{Counted, InputRead, Stratum, Wave};
pub use plan::{Coding, Plan, Tally, Variable, WavePlan};
