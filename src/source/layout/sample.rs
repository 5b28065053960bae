//! Files of layouts for tests.

use super::{FirstRecords, Layout, Seen, SeenColumn};
use crate::survey::Role;

/// What a layout sees in this text.
pub(super) fn seen(layout: &dyn Layout, text: &str) -> Option<Seen> {
    layout.recognise(&FirstRecords::read(text.as_bytes(), b',', true))
}

/// The names of the columns.
pub(super) fn names(seen: &Seen) -> Vec<&str> {
    seen.columns.iter().map(|column| column.name.as_str()).collect()
}

/// The column of that name.
pub(super) fn column<'a>(seen: &'a Seen, name: &str) -> &'a SeenColumn {
    seen.columns.iter().find(|column| column.name == name).expect("a column of that name")
}

/// The role of the column of that name.
pub(super) fn role<'a>(seen: &'a Seen, name: &str) -> &'a Role {
    &column(seen, name).facts.role
}
