//! The interval under a headline score: a rail, the interval on it, the score, the target.
//!
//! Positions are percentages, so that the picture fills its card at any width and its lines stay crisp. It repeats
//! what the card says in words, so it is hidden from those who listen.

use super::super::page::Strip;

/// The strip with its positions as CSS percentages.
pub(super) struct Drawn {
    /// The lower limit.
    pub(super) low: String,
    /// The score.
    pub(super) value: String,
    /// The upper limit.
    pub(super) high: String,
    /// The target.
    pub(super) target: Option<String>,
}

impl Drawn {
    /// The strip as it is drawn.
    pub(super) fn of(strip: &Strip) -> Self {
        Self {
            low: percent(strip.low),
            value: percent(strip.value),
            high: percent(strip.high),
            target: strip.target.map(percent),
        }
    }
}

/// A position within the strip: what lies outside of the scale is drawn at its end.
fn percent(position: f64) -> String {
    let within = if position.is_finite() { position.clamp(0.0, 1.0) } else { 0.0 };
    format!("{:.2}%", within * 100.0)
}

#[cfg(test)]
mod tests {
    use super::{Drawn, Strip};

    #[test]
    fn positions_stay_on_the_rail() {
        let drawn = Drawn::of(&Strip { low: -0.2, value: 0.66666, high: 1.5, target: Some(f64::NAN) });
        assert_eq!(
            (drawn.low.as_str(), drawn.value.as_str(), drawn.high.as_str()),
            ("0.00%", "66.67%", "100.00%")
        );
        assert_eq!(drawn.target.as_deref(), Some("0.00%"));
    }
}
