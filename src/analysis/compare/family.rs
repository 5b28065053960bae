//! Rows before they are judged, and the verdicts over a family.

use crate::measures::{
    Difference, DifferenceRules, PairedKind, Related, Side, minimum_detectable_by, paired_detectable,
    rounded, verdict,
};
use crate::report::{ComparisonRow, Family, Unit, WithinMargin};
use crate::stats::{Confidence, holm};
use crate::tally::Count;

use super::CompareOptions;

/// The name of the family of headlines.
const HEADLINES: &str = "headlines";

/// The name of the family of all other statistics.
const OTHERS: &str = "other_statistics";

/// A row that was tested by itself.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) row: ComparisonRow,
    pub(super) difference: Option<Difference>,
    /// What tells how large a difference could have been detected.
    pub(super) sample: Option<Sample>,
}

/// What a difference is a difference of.
#[derive(Clone, Debug)]
pub(super) enum Sample {
    /// Two sides of different rows, and how their figures move together.
    Unpaired(Side, Side, Related),
    /// The scores of the same respondents on both sides.
    Paired(Vec<((f64, f64), Count)>, PairedKind),
}

impl Sample {
    fn detectable(&self, confidence: Confidence) -> Option<f64> {
        match self {
            Self::Unpaired(a, b, related) => {
                let rules = DifferenceRules { related: *related, ..DifferenceRules::new(confidence) };
                minimum_detectable_by(a, b, &rules)
            }
            Self::Paired(scores, kind) => paired_detectable(scores, *kind, confidence),
        }
    }
}

/// The rows that are shown, with adjusted p-values and verdicts, in the order given, and the families with tests.
pub(super) fn judged(
    candidates: Vec<Candidate>,
    options: &CompareOptions,
) -> (Vec<ComparisonRow>, Vec<Family>) {
    let mut families = Vec::new();
    let mut adjusted = vec![None; candidates.len()];
    let mut sizes = vec![0_u64; candidates.len()];
    for (is_headline, name) in [(true, HEADLINES), (false, OTHERS)] {
        let tested: Vec<(usize, f64)> = candidates
            .iter()
            .enumerate()
            .filter(|(_, one)| one.row.headline == is_headline)
            .filter_map(|(place, one)| Some((place, one.difference.as_ref()?.p?)))
            .collect();
        let size = tested.len() as u64;
        if size == 0 {
            continue;
        }
        families.push(Family { name: name.to_owned(), size, adjustment: "holm".to_owned() });
        let p: Vec<f64> = tested.iter().map(|(_, p)| *p).collect();
        for ((place, _), p) in tested.iter().zip(holm(&p).unwrap_or_default()) {
            adjusted[*place] = rounded(p);
        }
        for (place, one) in candidates.iter().enumerate() {
            if one.row.headline == is_headline {
                sizes[place] = size;
            }
        }
    }
    let rows = candidates.into_iter().zip(adjusted).zip(sizes);
    let shown = rows.filter(|((candidate, _), _)| options.shows(&candidate.row.question));
    let rows = shown.map(|((candidate, p), size)| judge(candidate, p, size, options)).collect();
    (rows, families)
}

fn judge(
    candidate: Candidate,
    p_adjusted: Option<f64>,
    size: u64,
    options: &CompareOptions,
) -> ComparisonRow {
    let mut row = candidate.row;
    let Some(difference) = candidate.difference else { return row };
    let strictest = Confidence::new(1.0 - options.alpha() / size.max(1) as f64);
    let detectable = |confidence| candidate.sample.as_ref().and_then(|sample| sample.detectable(confidence));
    row.minimum_detectable_adjusted =
        difference.minimum_detectable.zip(strictest).and_then(|(_, strictest)| detectable(strictest));
    // A margin is in points: three points of a hundred are little, three of a scale of five are nearly all of it.
    let margin = options.margin.filter(|_| matches!(row.unit, Unit::Percent | Unit::Points | Unit::Index));
    row.verdict = verdict(p_adjusted, &difference, options.alpha(), margin);
    row.within_margin = margin.and_then(|margin| within_margin(&difference, margin, options));
    row.p_adjusted = p_adjusted;
    row.family_size = p_adjusted.map(|_| size);
    row.difference = Some(difference.value);
    row.low = difference.low;
    row.high = difference.high;
    row.p = difference.p;
    row.untested = difference.untested;
    row.method = difference.method;
    row.minimum_detectable = difference.minimum_detectable;
    row
}

fn within_margin(difference: &Difference, margin: f64, options: &CompareOptions) -> Option<WithinMargin> {
    let limits = difference.within(margin)?;
    Some(WithinMargin {
        margin,
        low: rounded(limits.low)?,
        high: rounded(limits.high)?,
        confidence: rounded(1.0 - 2.0 * options.alpha())?,
    })
}
