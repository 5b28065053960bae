//! The weighting section: the sum of the weights, how far they reach, Kish's figures, and the margins of weights that
//! csat solved. Those are of all rows of the sample, whether or not a condition keeps them.

use crate::measures::rounded;
use crate::report::words::{self, said};
use crate::report::{Note, NoteSeverity, WeightingMargin, WeightingSection};
use crate::stats::{Kish, kish};
use crate::survey::Survey;
use crate::tally::{Counted, Stratum};
use crate::weighting::{CategoryOutcome, Caution, Diagnostics};

use super::design::{Designed, is_weighted};
use super::scope::{Scope, WeightChoice};

/// The section for the rows of the stratum that holds all of them; `None` where no row is used.
///
/// Weights that csat solved have their margins beside them: of the wave shown, or of all rows where they were weighted
/// together. They are told of all rows that were weighted, of which a condition may keep a few.
pub(super) fn section(
    column: Option<&str>,
    total: &Stratum,
    counted: &Counted,
    design: Option<&Designed>,
    wave: Option<&str>,
) -> Option<WeightingSection> {
    if total.rows.n == 0 {
        return None;
    }
    let solved = design.filter(|design| design.method().is_some());
    let (rows, range) = solved.map_or_else(
        || (total.rows, counted.weights.get(&total.wave).copied()),
        |design| design.weighted_rows(counted, total.wave),
    );
    let Kish { effective_n, design_effect } = kish(rows.n, rows.w, rows.w2)?;
    let mut section = WeightingSection {
        variable: column.map(str::to_owned),
        wave: wave.map(str::to_owned),
        method: None,
        rows: rows.n,
        sum: rounded(rows.w),
        kish_base: rounded(effective_n),
        kish_design_effect: rounded(design_effect),
        efficiency: rounded(100.0 / design_effect),
        kish_base_before: None,
        min: range.and_then(|range| rounded(range.min)),
        max: range.and_then(|range| rounded(range.max)),
        ratio: range.and_then(|range| rounded(range.max / range.min)),
        heaviest: range.and_then(|range| rounded(100.0 * range.max / rows.w)),
        margins: Vec::new(),
        iterations: None,
        converged: None,
        trimmed: None,
        bounds: None,
        moved: None,
        left_out: 0,
        unwanted: 0,
        variance: None,
        scores: Vec::new(),
    };
    section.method = design.and_then(Designed::method).map(str::to_owned);
    if let Some((design, diagnostics)) =
        design.and_then(|design| Some((design, design.diagnostics(total.wave)?)))
    {
        section.variance = design.form(total.wave).map(str::to_owned);
        section.margins = margins(design, diagnostics);
        section.kish_base_before = rounded(diagnostics.design_kish_base);
        section.iterations = Some(u64::from(diagnostics.iterations));
        section.converged = Some(diagnostics.margins_hold);
        section.trimmed = diagnostics.trimming.map(|trimming| trimming.rows);
        section.bounds = diagnostics
            .trimming
            .and_then(|trimming| Some([rounded(trimming.lower)?, rounded(trimming.upper)?]));
        section.moved = diagnostics.trimming.and_then(|trimming| rounded(100.0 * trimming.moved));
        section.left_out = diagnostics.excluded;
        section.unwanted = diagnostics.unwanted;
    }
    Some(section)
}

fn margins(design: &Designed, diagnostics: &Diagnostics) -> Vec<WeightingMargin> {
    let percent = |share: f64| rounded(100.0 * share);
    let outcomes = diagnostics.margins.iter().flat_map(|margin| &margin.categories);
    let row = |category: &CategoryOutcome| {
        let margin = diagnostics.margins.get(category.place.margin)?;
        Some(WeightingMargin {
            variable: design.margin(category.place.margin, &margin.variables),
            category: design.category(&margin.variables, &category.categories),
            rows: Some(category.rows),
            sample: percent(category.sample),
            before: percent(category.before),
            target: percent(category.target),
            after: percent(category.after),
        })
    };
    outcomes.filter_map(row).collect()
}

/// Takes the sizes of small groups out: of all categories of their margin, which add up.
pub(super) fn hide_small(section: &mut WeightingSection, least: u64) {
    let is_small = |margin: &WeightingMargin| margin.rows.is_some_and(|rows| rows > 0 && rows < least);
    let small: Vec<String> = section
        .margins
        .iter()
        .filter(|margin| is_small(margin))
        .map(|margin| margin.variable.clone())
        .collect();
    for margin in section.margins.iter_mut().filter(|margin| small.contains(&margin.variable)) {
        (margin.rows, margin.sample, margin.before) = (None, None, None);
    }
}

/// That the definition's weights were left out, since nothing else tells such a report from a weighted one.
pub(super) fn left_out(survey: &Survey, scope: &Scope) -> Option<Note> {
    let left_out = scope.weight == Some(WeightChoice::Unweighted)
        && is_weighted(survey, &Scope { weight: None, ..scope.clone() });
    left_out.then(|| said(NoteSeverity::Info, "weights_left_out", None, []))
}

/// What is to be said of weights that csat solved, besides what the note on weights says.
pub(super) fn cautions(
    design: &Designed,
    counted: &Counted,
    wave: Option<usize>,
    filtered: bool,
) -> Vec<Note> {
    let mut notes = Vec::new();
    if let Some(drawn) = design.drawn() {
        notes.push(said(NoteSeverity::Info, "weighted_design", None, [("design", drawn)]));
    }
    if filtered && design.method().is_some() {
        let (rows, _) = design.weighted_rows(counted, wave);
        let values = [("rows", rows.n.to_string())];
        notes.push(said(NoteSeverity::Info, "weighted_of_all", None, values));
    }
    let found = design.diagnostics(wave).map_or(&[][..], |diagnostics| &diagnostics.cautions);
    if design.form(wave) == Some("fixed") {
        notes.push(said(NoteSeverity::Info, "weights_fixed", None, []));
    }
    for caution in found {
        let share = |share: f64| ("share", words::plain(100.0 * share, 1, false));
        let (code, values) = match caution {
            Caution::HeavyRow { share: part } => ("heavy_row", vec![share(*part)]),
            Caution::LowEfficiency { efficiency } => ("weights_inefficient", vec![share(*efficiency)]),
            Caution::TargetsRounded { margin, given } => {
                let name = design.margin_of(wave, *margin);
                ("targets_rounded", vec![("margin", name), ("sum", words::plain(*given, 4, false))])
            }
            Caution::MarginsLeft { error } => ("targets_missed", vec![share(*error)]),
        };
        notes.push(said(NoteSeverity::Caution, code, None, values));
    }
    for (wave, reasons) in design.not_weighted(counted) {
        let values = [("wave", wave.clone()), ("reason", reasons.join("; "))];
        notes.push(said(NoteSeverity::Caution, "wave_not_weighted", Some(&wave), values));
    }
    notes
}

/// What a note says of the section; a figure that is not known is a question mark.
pub(super) fn values(section: &WeightingSection, targets: &[String]) -> Vec<(&'static str, String)> {
    let figure = |value: Option<f64>, decimals: usize| {
        value.map_or_else(|| "?".to_owned(), |value| words::plain(value, decimals, false))
    };
    let case = match (section.method.is_none(), section.rows) {
        (false, _) => "targets",
        (true, 1) => "one",
        (true, _) => "many",
    };
    vec![
        ("case", case.to_owned()),
        ("weight", section.variable.clone().unwrap_or_else(|| "1".to_owned())),
        ("margins", targets.join(", ")),
        ("rows", section.rows.to_string()),
        ("sum", figure(section.sum, 3)),
        ("base", figure(section.kish_base, 1)),
        ("effect", figure(section.kish_design_effect, 3)),
    ]
}

#[cfg(test)]
mod tests {
    use super::{section, values};
    use crate::analysis::sample::counted;
    use crate::report::{NoteSeverity, words::said};
    use crate::tally::{Count, Stratum, WeightRange};

    fn total(n: u64, w: f64, w2: f64) -> Stratum {
        Stratum {
            wave: None,
            segment: Vec::new(),
            rows: Count { n, w, w2 },
            counts: Vec::new(),
            cells: Vec::new(),
        }
    }

    #[test]
    fn three_rows_of_one_two_and_three() {
        let mut counted = counted(&[]);
        counted.weights.insert(None, WeightRange { min: 1.0, max: 3.0 });
        let section = section(Some("w"), &total(3, 6.0, 14.0), &counted, None, None).unwrap();
        assert_eq!(section.sum, Some(6.0));
        assert_eq!(section.kish_base, Some(2.571_428_571_43), "36/14, rounded to 12 digits");
        assert_eq!(section.efficiency, Some(85.714_285_714_3));
        assert_eq!((section.min, section.max, section.ratio), (Some(1.0), Some(3.0), Some(3.0)));
        assert_eq!(section.heaviest, Some(50.0));
        assert!(
            said(NoteSeverity::Info, "weighted", None, values(&section, &[]))
                .text
                .contains("3 rows, weights sum to 6; Kish's effective base 2.6, design effect 1.167")
        );
    }

    #[test]
    fn no_rows_have_no_section() {
        assert_eq!(section(Some("w"), &total(0, 0.0, 0.0), &counted(&[]), None, None), None);
    }
}
