//! What weights look like, in sentences.

use super::number::{count, fixed, plain};
use crate::report::WeightingSection;

/// How the weights were found, how far they reach and what they cost.
pub fn weighting(section: &WeightingSection) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(method) = &section.method {
        let rounds = section.iterations.map_or_else(String::new, |rounds| match rounds {
            1 => " after 1 round".to_owned(),
            rounds => format!(" after {} rounds", count(rounds)),
        });
        let method = method.replace('_', "-");
        lines.push(match section.converged {
            Some(false) => format!("{method}: the bounds hold, the targets only nearly{rounds}"),
            _ => format!("{method}: every target is met{rounds}"),
        });
    }
    if let (Some([lower, upper]), Some(rows)) = (section.bounds, section.trimmed) {
        let moved = section.moved.map_or_else(String::new, |moved| {
            format!(", which moved {} % of all weight", fixed(moved, 1, false))
        });
        let rows = if rows == 1 { "1 row is".to_owned() } else { format!("{} rows are", count(rows)) };
        let (lower, upper) = (plain(lower, 3, false), plain(upper, 3, false));
        lines.push(format!("bounds {lower} to {upper}: {rows} held at one of them{moved}"));
    }
    if let (Some(min), Some(max), Some(ratio)) = (section.min, section.max, section.ratio) {
        let (min, max) = (plain(min, 3, false), plain(max, 3, false));
        lines.push(format!(
            "weights from {min} to {max}, the largest {} times the smallest",
            plain(ratio, 1, false)
        ));
    }
    if let (Some(base), Some(effect), Some(efficiency)) =
        (section.kish_base, section.kish_design_effect, section.efficiency)
    {
        lines.push(format!(
            "design effect {} (Kish): {} rows are worth {}, {} % of them",
            fixed(effect, 2, false),
            count(section.rows),
            fixed(base, 1, false),
            fixed(efficiency, 0, false),
        ));
    }
    if section.left_out > 0 {
        lines.push(format!(
            "left out for a missing answer to a weighting variable: {}",
            count(section.left_out)
        ));
    }
    if section.unwanted > 0 {
        lines.push(format!("left out since their category has the target 0: {}", count(section.unwanted)));
    }
    lines
}
