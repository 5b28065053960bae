//! Counted once: the plan, mergeable tallies and the streaming engine that fills them.

mod count;
mod counted;
mod exact;
mod plan;

pub use count::{Count, Counts, Distribution, Joint, Selections, Values};
pub use counted::{Counted, InputRead, Stratum, Wave};
pub use exact::{ExactCount, ExactMoments, MomentSums};
pub use plan::{Coding, Plan, Tally, Variable, WavePlan};
