//! Two sides set against each other: files, waves, groups of respondents.
//!
//! Like a trend it is made of estimates alone, so a saved report is compared as a file is; how two sides of one design
//! move together is told by their counts besides. Every difference is b less a. The headlines are one family, whichever
//! rows are shown; all other statistics, where they are asked for, are another. Questions that were asked differently are
//! named and left out of the tests.

mod comparand;
mod drawn;
mod family;
mod not_compared;
mod notes;
mod paired;
mod pairing;
mod simpson;
mod unpaired;

use crate::measures::{Intervals, ShareLimits};
use crate::report::{ComparisonSection, Note};
use crate::stats::Confidence;

use super::trend::TrendOptions;
use super::trend::index::WaveIndex;
pub use comparand::Comparand;
pub use drawn::{DrawnSide, OneSample, SidesSampled};
pub use pairing::{PairAsk, PairedRows, ask_pairs};

/// What is asked of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct CompareOptions {
    /// The confidence level of differences; verdicts use one less it.
    pub confidence: Confidence,
    /// How large a difference may be and still count as about equal, in the unit of each figure.
    pub margin: Option<f64>,
    /// The questions shown; all where there are none. The families are of all of them either way.
    pub rows: Vec<String>,
    /// The limits of differences of independent shares.
    pub share_limits: ShareLimits,
    /// Every statistic, not only the headlines.
    pub all_statistics: bool,
    /// A side that is chosen by a condition is a subgroup: below so many answers its figures, and those of the other
    /// side, which could give them away, are hidden.
    pub hide_below: u64,
    /// Below so many answers a figure is marked, and a note says so.
    pub flag_below: u64,
    /// Segments whose shares are made by weights: they tell nothing of who answered.
    pub raked: Vec<String>,
}

/// A comparison with what is to be said about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The section.
    pub section: ComparisonSection,
    /// Caveats.
    pub notes: Vec<Note>,
}

impl CompareOptions {
    /// Headlines without a margin.
    pub fn new(confidence: Confidence) -> Self {
        Self {
            confidence,
            margin: None,
            rows: Vec::new(),
            flag_below: 0,
            share_limits: ShareLimits::default(),
            all_statistics: false,
            hide_below: 0,
            raked: Vec::new(),
        }
    }

    fn shows(&self, question: &str) -> bool {
        self.rows.is_empty() || self.rows.iter().any(|row| row == question)
    }

    fn alpha(&self) -> f64 {
        2.0 * self.confidence.tail()
    }
}

/// The same respondents on both sides, every difference b less a.
///
/// Figures are of those who answered on both sides. Who answered plays no part in a difference of the same
/// respondents, so no reversal is looked for.
pub fn paired_comparison(
    (a, of_a): (&Comparand, &PairedRows),
    (b, of_b): (&Comparand, &PairedRows),
    intervals: &Intervals,
    options: &CompareOptions,
) -> Comparison {
    let asked = TrendOptions::new(options.confidence).with_breaks_of(&[a.figures.clone(), b.figures.clone()]);
    let sides = [WaveIndex::new(&a.figures), WaveIndex::new(&b.figures)];
    let (found, counts) = pairing::pairs(of_a, of_b);
    let flag_below = of_b.survey.flag_below;
    let pairs = paired::Pairs { a: of_a, b: of_b, found, intervals, flag_below };
    let candidates = paired::candidates(&sides, &pairs, &asked, options);
    let (rows, families) = family::judged(candidates, options);
    let (side_a, side_b) = Comparand::shown((a, b), options);
    let section = ComparisonSection {
        side_a,
        side_b,
        confidence: options.confidence.level(),
        margin: options.margin,
        paired: Some(counts),
        families,
        rows,
        not_compared: not_compared::questions(&sides, &asked, options),
        simpson: Vec::new(),
    };
    let notes = notes::notes(&sides, &section, (&asked, options), notes::of_same_files(a, b));
    Comparison { section, notes }
}

/// Both sides as independent samples, every difference b less a.
pub fn comparison(a: &Comparand, b: &Comparand, options: &CompareOptions) -> Comparison {
    comparison_within(&SidesSampled::Apart, a, b, options)
}

/// Both sides as the samples that they are, every difference b less a.
///
/// Those of parts of one sample that was drawn by strata or clusters know the covariance of both figures (METHODS:
/// differences under a design). Where it is not known, a note says so.
pub fn comparison_within(
    sample: &SidesSampled,
    a: &Comparand,
    b: &Comparand,
    options: &CompareOptions,
) -> Comparison {
    let one = if let SidesSampled::One(one) = sample { Some(one.as_ref()) } else { None };
    let asked = TrendOptions::new(options.confidence).with_breaks_of(&[a.figures.clone(), b.figures.clone()]);
    let sides = [WaveIndex::new(&a.figures), WaveIndex::new(&b.figures)];
    let candidates = unpaired::candidates(&sides, one, &asked, options);
    let (rows, families) = family::judged(candidates, options);
    let simpson = simpson::reversals(&sides, &rows, options);
    let (side_a, side_b) = Comparand::shown((a, b), options);
    let section = ComparisonSection {
        side_a,
        side_b,
        confidence: options.confidence.level(),
        margin: options.margin,
        paired: None,
        families,
        rows,
        not_compared: not_compared::questions(&sides, &asked, options),
        simpson,
    };
    let mut notes = notes::notes(&sides, &section, (&asked, options), notes::of_same_files(a, b));
    notes.extend(notes::of_sample(sample));
    Comparison { section, notes }
}
