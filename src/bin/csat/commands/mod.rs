//! One file a command; each resolves, calls the library and hands the result to the output.

pub(crate) mod analyze;
pub(crate) mod compare;
pub(crate) mod complaints;
pub(crate) mod completions;
pub(crate) mod crosstab;
pub(crate) mod disputes;
pub(crate) mod drivers;
pub(crate) mod follow_up;
pub(crate) mod gap;
pub(crate) mod gate;
pub(crate) mod import;
pub(crate) mod indicators;
pub(crate) mod init;
pub(crate) mod kano;
pub(crate) mod lint;
pub(crate) mod man;
pub(crate) mod promises;
pub(crate) mod quality;
pub(crate) mod report;
pub(crate) mod schema;
pub(crate) mod trend;
pub(crate) mod verify;
pub(crate) mod weight;
