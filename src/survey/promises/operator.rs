//! How a value is set against the target of a promise.

/// How a value has to stand to a target for a promise to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// At most the target.
    AtMost,
    /// At least the target.
    AtLeast,
    /// The target and nothing else.
    Equal,
    /// Less than the target.
    Below,
    /// More than the target.
    Above,
}

impl Operator {
    /// All of them as a definition writes them.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::AtMost, "<="),
        (Self::AtLeast, ">="),
        (Self::Equal, "=="),
        (Self::Below, "<"),
        (Self::Above, ">"),
    ];

    /// The operator of a text; `≤`, `≥` and `=` are understood too.
    pub fn parse(text: &str) -> Option<Self> {
        let text = match text.trim() {
            "≤" => "<=",
            "≥" => ">=",
            "=" => "==",
            other => other,
        };
        Self::ALL.into_iter().find(|(_, written)| *written == text).map(|(operator, _)| operator)
    }

    /// How a definition writes it.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(operator, _)| *operator == self).map_or("", |(_, written)| written)
    }

    /// Whether a value keeps a promise with this target.
    pub fn is_kept(self, value: f64, target: f64) -> bool {
        match self {
            Self::AtMost => value <= target,
            Self::AtLeast => value >= target,
            // Both are decimals that somebody wrote, so the same number is the same bits.
            Self::Equal => value.total_cmp(&target).is_eq() || (value - target).abs() < f64::MIN_POSITIVE,
            Self::Below => value < target,
            Self::Above => value > target,
        }
    }

    /// By how much a value misses the target, 0 or more, in its unit.
    pub fn overshoot(self, value: f64, target: f64) -> f64 {
        match self {
            Self::AtMost | Self::Below => (value - target).max(0.0),
            Self::AtLeast | Self::Above => (target - value).max(0.0),
            Self::Equal => (value - target).abs(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_ends_belong_to_the_operators_that_say_so() {
        let kept = |text: &str| {
            let operator = Operator::parse(text).unwrap();
            [1.9, 2.0, 2.1].map(|value| operator.is_kept(value, 2.0))
        };
        assert_eq!(kept("<="), [true, true, false]);
        assert_eq!(kept("≤"), [true, true, false]);
        assert_eq!(kept(" < "), [true, false, false]);
        assert_eq!(kept(">="), [false, true, true]);
        assert_eq!(kept(">"), [false, false, true]);
        assert_eq!(kept("=="), [false, true, false]);
        assert_eq!(kept("="), kept("=="));
        assert!(Operator::Equal.is_kept(-0.0, 0.0));
        for text in ["", "=<", "!=", "at most", "<= 3"] {
            assert_eq!(Operator::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_breach_goes_beyond_the_target_by_so_much() {
        assert_eq!(Operator::AtMost.overshoot(5.0, 3.0), 2.0);
        assert_eq!(Operator::AtLeast.overshoot(5.0, 7.5), 2.5);
        assert_eq!(Operator::Equal.overshoot(1.0, 3.0), 2.0);
        assert_eq!(Operator::Below.overshoot(3.0, 3.0), 0.0, "at the target, which is a breach by nothing");
    }

    proptest! {
        #[test]
        fn what_is_kept_is_not_beyond_the_target(value in -1e6..1e6_f64, target in -1e6..1e6_f64, which in 0..5_usize) {
            let (operator, name) = Operator::ALL[which];
            prop_assert_eq!(Operator::parse(name), Some(operator));
            prop_assert_eq!(operator.name(), name);
            let overshoot = operator.overshoot(value, target);
            prop_assert!(overshoot >= 0.0);
            if operator.is_kept(value, target) {
                prop_assert_eq!(overshoot, 0.0);
            }
        }
    }
}
