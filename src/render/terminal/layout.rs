//! Which columns stand side by side, and how wide each is.

use super::measure::Measured;

/// Between two columns.
pub(super) const GAP: usize = 2;

/// Bars are drawn in at most and at least so many columns.
const WIDEST_BAR: usize = 41;
const NARROWEST_BAR: usize = 15;

/// A part of a table that fits into the terminal.
pub(super) struct Layout {
    /// The columns by index, the keys first.
    pub(super) columns: Vec<usize>,
    /// Their widths.
    pub(super) widths: Vec<usize>,
    /// The width of bars, if they are drawn.
    pub(super) bar: Option<usize>,
}

/// The parts of a table in which every column appears once and the keys in each part.
pub(super) fn parts(measured: &[Measured], keys: usize, width: usize) -> Vec<Layout> {
    let key_columns: Vec<usize> = (0..keys.min(measured.len())).collect();
    let with_keys = |columns: &[usize]| [key_columns.as_slice(), columns].concat();
    let mut parts = Vec::new();
    let mut current: Option<Layout> = None;
    let mut place = |current: &mut Option<Layout>, unit: &[usize]| -> bool {
        let beside = current.as_ref().and_then(|part| fit(measured, [&part.columns, unit].concat(), width));
        if beside.is_some() {
            *current = beside;
            return true;
        }
        let alone = fit(measured, with_keys(unit), width);
        if alone.is_some() {
            parts.extend(current.take());
            *current = alone;
            return true;
        }
        false
    };
    let mut forced = Vec::new();
    for unit in units(measured, keys) {
        if place(&mut current, &unit) {
            continue;
        }
        for column in unit {
            if !place(&mut current, &[column]) {
                forced.push(column);
            }
        }
    }
    parts.extend(current);
    parts.extend(forced.into_iter().map(|column| force(measured, with_keys(&[column]), width)));
    if parts.is_empty() {
        parts.push(force(measured, key_columns, width));
    }
    parts
}

/// Columns that are better not torn apart.
fn units(measured: &[Measured], keys: usize) -> Vec<Vec<usize>> {
    let mut units: Vec<Vec<usize>> = Vec::new();
    for at in keys..measured.len() {
        let group = measured[at].group.as_ref();
        let same = group.is_some() && at > keys && measured[at - 1].group.as_ref() == group;
        match units.last_mut() {
            Some(unit) if same => unit.push(at),
            _ => units.push(vec![at]),
        }
    }
    units
}

/// The columns side by side, if they fit: with long bars, short bars and wrapped labels, no bars, labels squeezed.
fn fit(measured: &[Measured], columns: Vec<usize>, width: usize) -> Option<Layout> {
    let room = width.checked_sub(GAP * columns.len().saturating_sub(1))?;
    let each = |widths: &dyn Fn(&Measured) -> usize| -> Vec<usize> {
        columns.iter().map(|at| widths(&measured[*at])).collect()
    };
    let fits = |widths: &[usize]| widths.iter().sum::<usize>() <= room;
    let natural = |bar| each(&|column: &Measured| column.natural(bar));
    let grown = |mut widths: Vec<usize>, bar| {
        grow(&mut widths, &natural(bar), room);
        Some((widths, bar))
    };
    let find = || {
        if columns.iter().any(|at| measured[*at].has_bar) {
            for bar in (NARROWEST_BAR..=WIDEST_BAR).rev().map(Some) {
                let widths = natural(bar);
                if fits(&widths) {
                    return Some((widths, bar));
                }
            }
            let bar = Some(NARROWEST_BAR);
            let comfortable = each(&|column: &Measured| column.comfortable(bar));
            if fits(&comfortable) {
                return grown(comfortable, bar);
            }
        }
        let comfortable = each(&|column: &Measured| column.comfortable(None));
        if fits(&comfortable) {
            return grown(comfortable, None);
        }
        let least = each(&|column: &Measured| column.least(None));
        fits(&least).then(|| grown(least, None)).flatten()
    };
    let (widths, bar) = find()?;
    Some(Layout { columns, widths, bar })
}

/// Gives what is left to the columns that lack most.
fn grow(widths: &mut [usize], natural: &[usize], room: usize) {
    let mut spare = room.saturating_sub(widths.iter().sum());
    while spare > 0 {
        let neediest = widths
            .iter_mut()
            .zip(natural)
            .filter(|(width, natural)| **width < **natural)
            .max_by_key(|(width, natural)| **natural - **width);
        let Some((width, _)) = neediest else { break };
        *width += 1;
        spare -= 1;
    }
}

/// One column with its keys where nothing fits: half for the column, the rest for the keys; cells wrap.
fn force(measured: &[Measured], columns: Vec<usize>, width: usize) -> Layout {
    let room = width.saturating_sub(GAP * columns.len().saturating_sub(1));
    let mut widths: Vec<usize> = vec![room / columns.len().max(1); columns.len()];
    if let ([keys @ .., last], Some(column)) = (widths.as_mut_slice(), columns.last())
        && !keys.is_empty()
    {
        // A number is of more use than the last letters of its label.
        let most = room.saturating_sub(4 * keys.len());
        *last = measured[*column].least(None).min(most).max(1);
        let share = room.saturating_sub(*last) / keys.len();
        keys.fill(share.max(1));
    }
    Layout { columns, widths, bar: None }
}
