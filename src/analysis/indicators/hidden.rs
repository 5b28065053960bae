//! Which figures of segments are hidden, so that few people cannot be known.

use std::collections::BTreeMap;

use crate::analysis::suppression::Families;

use super::kind::{IndicatorKind, whole};
use super::line::{Line, Point};

/// Hides figures of segments with a base below a limit, and others so that none can be worked out. The base is what is
/// counted among, else the count; plain figures have none and are never hidden.
pub(super) fn hide(lines: &mut [Line], below: u64) {
    if below == 0 {
        return;
    }
    let ids: Vec<String> = lines.iter().map(|line| line.id.clone()).collect();
    for (place, id) in ids.iter().enumerate() {
        if ids.get(..place).is_some_and(|before| before.contains(id)) {
            continue;
        }
        let (mut strata, mut bases, mut cells) = (Vec::new(), Vec::new(), Vec::new());
        let mut periods: BTreeMap<i64, usize> = BTreeMap::new();
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.id == *id) {
            for (number, point) in &line.points {
                let next = periods.len();
                let period = *periods.entry(*number).or_insert(next);
                let of = line.segment.iter().map(|(id, value)| (id.clone(), value.clone()));
                strata.push((Some(period), of.collect()));
                bases.push(base(line, point));
                cells.push((at, *number));
            }
        }
        let flags = Families::new(&strata).hidden(&bases, below);
        for ((at, number), flag) in cells.into_iter().zip(flags) {
            if let Some(point) = lines.get_mut(at).and_then(|line| line.points.get_mut(&number)) {
                point.hidden = flag;
            }
        }
    }
}

fn base(line: &Line, point: &Point) -> u64 {
    match line.shape.kind {
        IndicatorKind::Value => u64::MAX,
        IndicatorKind::Count => whole(point.value),
        _ => point.denominator.map_or(u64::MAX, whole),
    }
}
