//! The weighting section: the sum of the weights, how far they reach, and Kish's figures, for all rows used.

use crate::measures::rounded;
use crate::report::{WeightingSection, words};
use crate::stats::{Kish, kish};
use crate::tally::{Stratum, WeightRange};

/// The section for the rows of the stratum that holds all of them, whose weights have this range; `None` where no row
/// is used.
pub(super) fn section(
    variable: &str,
    total: &Stratum,
    range: Option<&WeightRange>,
) -> Option<WeightingSection> {
    let rows = total.rows;
    let Kish { effective_n, design_effect } = kish(rows.n, rows.w, rows.w2)?;
    Some(WeightingSection {
        variable: variable.to_owned(),
        rows: rows.n,
        sum: rounded(rows.w),
        kish_base: rounded(effective_n),
        kish_design_effect: rounded(design_effect),
        min: range.and_then(|range| rounded(range.min)),
        max: range.and_then(|range| rounded(range.max)),
        ratio: range.and_then(|range| rounded(range.max / range.min)),
        margins: Vec::new(),
        iterations: None,
        converged: None,
        trimmed: None,
    })
}

/// What a note says of the section; a figure that is not known is a question mark.
pub(super) fn values(section: &WeightingSection) -> Vec<(&'static str, String)> {
    let figure = |value: Option<f64>, decimals: usize| {
        value.map_or_else(|| "?".to_owned(), |value| words::plain(value, decimals, false))
    };
    vec![
        ("case", if section.rows == 1 { "one" } else { "many" }.to_owned()),
        ("weight", section.variable.clone()),
        ("rows", section.rows.to_string()),
        ("sum", figure(section.sum, 3)),
        ("base", figure(section.kish_base, 1)),
        ("effect", figure(section.kish_design_effect, 3)),
    ]
}

#[cfg(test)]
mod tests {
    use super::{section, values};
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
        let section = section("w", &total(3, 6.0, 14.0), Some(&WeightRange { min: 1.0, max: 3.0 })).unwrap();
        assert_eq!(section.sum, Some(6.0));
        assert_eq!(section.kish_base, Some(2.571_428_571_43), "36/14, rounded to 12 digits");
        assert_eq!((section.min, section.max, section.ratio), (Some(1.0), Some(3.0), Some(3.0)));
        assert!(
            said(NoteSeverity::Info, "weighted", None, values(&section))
                .text
                .contains("3 rows, weights sum to 6; Kish's effective base 2.6, design effect 1.167")
        );
    }

    #[test]
    fn no_rows_have_no_section() {
        assert_eq!(section("w", &total(0, 0.0, 0.0), None), None);
    }
}
