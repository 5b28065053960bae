//! Which layout a file has: the one that claims it, the one that was typed, or none.

use super::{FirstRecords, LAYOUTS, Layout, Seen, plain};
use crate::survey::did_you_mean;

/// What was recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recognised {
    /// A header and rows: nothing has to be rewritten.
    Plain,
    /// More than that.
    Seen(Box<Seen>),
}

/// Why no layout could be settled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LayoutError {
    /// There is no layout of that name.
    #[error("there is no layout `{typed}`{}; the layouts are {known}", hint(nearest.as_deref()))]
    Unknown {
        /// What was typed.
        typed: String,
        /// The layouts there are.
        known: String,
        /// The name that was probably meant.
        nearest: Option<String>,
    },
    /// The file is not of the layout that was typed.
    #[error(
        "it is not laid out as `{layout}`: expected {signs}; without --layout csat looks for another layout, and --layout plain reads the file as it stands"
    )]
    Absent {
        /// The layout.
        layout: &'static str,
        /// What a file of it has.
        signs: &'static str,
    },
    /// The file has the signs of a layout and does not hold together.
    #[error(
        "it begins as a file of `{layout}`, but {damage}; export it again, or read it as it stands with --layout plain"
    )]
    Damaged {
        /// The layout.
        layout: &'static str,
        /// What does not fit.
        damage: String,
    },
    /// Several layouts claim the file.
    #[error("it may be laid out as {claims}; say which with --layout")]
    Several {
        /// Those that claim it.
        claims: String,
    },
}

fn hint(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |nearest| format!(", did you mean `{nearest}`?"))
}

/// The layout of a file; `typed` is the name of one, or `plain`.
///
/// # Errors
/// See [`LayoutError`].
pub fn recognise(first: &FirstRecords, typed: Option<&str>) -> Result<Recognised, LayoutError> {
    match typed {
        Some("plain") => Ok(Recognised::Plain),
        Some(name) => {
            let layout = by_name(name)?;
            whole(layout, first)?;
            let seen = layout.recognise_typed(first);
            seen.map(|seen| Recognised::Seen(Box::new(seen)))
                .ok_or(LayoutError::Absent { layout: layout.name(), signs: layout.signs() })
        }
        None => unaided(first),
    }
}

fn unaided(first: &FirstRecords) -> Result<Recognised, LayoutError> {
    for layout in LAYOUTS {
        whole(layout, first)?;
    }
    let mut claims: Vec<Seen> = LAYOUTS.iter().filter_map(|layout| layout.recognise(first)).collect();
    match claims.len() {
        0 => Ok(plain::recognise(first).map_or(Recognised::Plain, |seen| Recognised::Seen(Box::new(seen)))),
        1 => Ok(Recognised::Seen(Box::new(claims.remove(0)))),
        _ => {
            let names: Vec<String> = claims.iter().map(|seen| format!("`{}`", seen.file.layout)).collect();
            Err(LayoutError::Several { claims: names.join(" or ") })
        }
    }
}

/// Refuses a file whose signs of a layout do not fit together.
fn whole(layout: &dyn Layout, first: &FirstRecords) -> Result<(), LayoutError> {
    let damaged = |damage| LayoutError::Damaged { layout: layout.name(), damage };
    layout.damage(first).map_or(Ok(()), |damage| Err(damaged(damage)))
}

/// Checks the name of a layout before any file is opened.
///
/// # Errors
/// There is no such layout.
pub fn check_name(typed: &str) -> Result<(), LayoutError> {
    if typed == "plain" { Ok(()) } else { by_name(typed).map(|_| ()) }
}

fn by_name(typed: &str) -> Result<&'static dyn Layout, LayoutError> {
    let names = || LAYOUTS.iter().map(|layout| layout.name()).chain(["plain"]);
    LAYOUTS.iter().copied().find(|layout| layout.name() == typed).ok_or_else(|| LayoutError::Unknown {
        typed: typed.to_owned(),
        known: names().collect::<Vec<_>>().join(", "),
        nearest: did_you_mean(typed, names()).map(str::to_owned),
    })
}
