//! Counts under final weights, from the same counts by cell of the design.

use crate::tally::{Count, Counts, Distribution, Joint, Selections, Stratum};

use super::reweighed_values::reweighed_values;

/// Makes the rows and counts of every stratum the sums of its cells, each times its factor; cells of factor 0 leave.
pub(super) fn reweigh_strata(strata: &mut [Stratum], factors: &[f64]) {
    for stratum in strata {
        let kept = stratum.cells.iter().filter_map(|cell| {
            let factor = factors.get(cell.cell).copied().filter(|factor| *factor > 0.0)?;
            Some((factor, cell))
        });
        let kept: Vec<_> = kept.collect();
        stratum.rows = combined(kept.iter().map(|(factor, cell)| (*factor, cell.rows)));
        let complete = kept.len() == stratum.cells.len();
        for (tally, counts) in stratum.counts.iter_mut().enumerate() {
            let parts = kept.iter().filter_map(|(factor, cell)| Some((*factor, cell.counts.get(tally)?)));
            *counts = reweighed(counts, &parts.collect::<Vec<_>>(), complete);
        }
    }
}

/// The counts of one tally; `whole` has its shape, and `complete` says that no cell has left.
fn reweighed(whole: &Counts, parts: &[(f64, &Counts)], complete: bool) -> Counts {
    match whole {
        Counts::Single(whole) => {
            let parts: Vec<(f64, &Distribution)> =
                of(parts, |counts| if let Counts::Single(own) = counts { Some(own) } else { None });
            Counts::Single(Distribution {
                points: by_place(whole.points.len(), &parts, |own| &own.points),
                missing: missing(&parts, |own| &own.missing),
            })
        }
        Counts::Pair(whole) => {
            let parts: Vec<(f64, &Joint)> =
                of(parts, |counts| if let Counts::Pair(own) = counts { Some(own) } else { None });
            Counts::Pair(Joint {
                cells: by_place(whole.cells.len(), &parts, |own| &own.cells),
                missing: missing(&parts, |own| &own.missing),
                ..*whole
            })
        }
        Counts::Multiple(whole) => {
            let parts: Vec<(f64, &Selections)> =
                of(parts, |counts| if let Counts::Multiple(own) = counts { Some(own) } else { None });
            Counts::Multiple(Selections {
                options: by_place(whole.options.len(), &parts, |own| &own.options),
                answered: combined(parts.iter().map(|(factor, own)| (*factor, own.answered))),
                missing: missing(&parts, |own| &own.missing),
            })
        }
        Counts::Number(whole) => {
            let parts = of(parts, |counts| if let Counts::Number(own) = counts { Some(own) } else { None });
            Counts::Number(reweighed_values(whole, &parts, complete))
        }
    }
}

fn of<'a, T>(parts: &[(f64, &'a Counts)], kind: impl Fn(&'a Counts) -> Option<&'a T>) -> Vec<(f64, &'a T)> {
    parts.iter().filter_map(|(factor, counts)| Some((*factor, kind(counts)?))).collect()
}

fn by_place<'a, T>(
    places: usize,
    parts: &[(f64, &'a T)],
    counts: impl Fn(&'a T) -> &'a [Count],
) -> Vec<Count> {
    let count = |(factor, own): &(f64, &'a T), place: usize| Some((*factor, *counts(own).get(place)?));
    (0..places).map(|place| combined(parts.iter().filter_map(|part| count(part, place)))).collect()
}

pub(super) fn missing<'a, T, const REASONS: usize>(
    parts: &[(f64, &'a T)],
    counts: impl Fn(&'a T) -> &'a [Count; REASONS],
) -> [Count; REASONS] {
    std::array::from_fn(|reason| combined(parts.iter().map(|(factor, own)| (*factor, counts(own)[reason]))))
}

/// Counts under their factors, added up.
pub(super) fn combined(parts: impl IntoIterator<Item = (f64, Count)>) -> Count {
    parts.into_iter().fold(Count::default(), |sum, (factor, count)| Count {
        n: sum.n + count.n,
        w: sum.w + factor * count.w,
        w2: sum.w2 + factor * factor * count.w2,
    })
}
