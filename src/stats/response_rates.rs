//! Response rates as AAPOR defines them, from the final dispositions of all cases.
//!
//! AAPOR, Standard Definitions. Each rate has its own name, as each counts partial interviews and cases of unknown
//! eligibility otherwise: there is no "response rate" without one. With I complete and P partial interviews, R refusals
//! and break-offs, NC non-contacts, O other eligible cases, U cases of unknown eligibility, and e the share of U that
//! is eligible:
//!
//! | name | formula |
//! |---|---|
//! | RR1 | I / (I + P + R + NC + O + U) |
//! | RR2 | (I + P) / (I + P + R + NC + O + U) |
//! | RR3 | I / (I + P + R + NC + O + e U) |
//! | RR4 | (I + P) / (I + P + R + NC + O + e U) |
//! | RR5 | I / (I + P + R + NC + O) |
//! | RR6 | (I + P) / (I + P + R + NC + O) |
//! | COOP1 | I / (I + P + R + O) |
//! | REF1 | R / (I + P + R + NC + O + U) |
//! | CON1 | (I + P + R + O) / (I + P + R + NC + O + U) |

/// How many cases have each final disposition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dispositions {
    /// Complete interviews (I).
    pub complete: u64,
    /// Partial interviews (P).
    pub partial: u64,
    /// Refusals and break-offs (R).
    pub refusal: u64,
    /// Non-contacts (NC).
    pub non_contact: u64,
    /// Other eligible cases (O).
    pub other: u64,
    /// Cases of unknown eligibility (UH + UO).
    pub unknown: u64,
    /// Cases that are not eligible.
    pub not_eligible: u64,
}

/// One rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NamedRate {
    /// Its name, such as `RR3`.
    pub name: &'static str,
    /// Its formula.
    pub formula: &'static str,
    /// The rate, 0 to 1; `None` where nothing is below the line.
    pub value: Option<f64>,
}

impl Dispositions {
    /// The share e of the cases of known eligibility that are eligible; `None` where none is known.
    pub fn eligible_share(self) -> Option<f64> {
        let eligible = self.eligible();
        ratio(eligible, eligible + self.not_eligible as f64)
    }

    /// Every rate; `e` is the share of the cases of unknown eligibility that are eligible. Without unknown cases `e` is
    /// not needed; with some and no `e`, the rates that need it do not exist.
    pub fn rates(self, e: Option<f64>) -> [NamedRate; 9] {
        let (complete, partial) = (self.complete as f64, self.partial as f64);
        let (refusal, other, unknown) = (self.refusal as f64, self.other as f64, self.unknown as f64);
        let interviewed = complete + partial;
        let eligible = self.eligible();
        let all = eligible + unknown;
        let estimated = if self.unknown == 0 { Some(0.0) } else { e.map(|e| e * unknown) };
        let weighed = estimated.map(|estimated| eligible + estimated);
        let reached = interviewed + refusal + other;
        let rate = |name, formula, value| NamedRate { name, formula, value };
        [
            rate("RR1", "I / (I + P + R + NC + O + U)", ratio(complete, all)),
            rate("RR2", "(I + P) / (I + P + R + NC + O + U)", ratio(interviewed, all)),
            rate("RR3", "I / (I + P + R + NC + O + e U)", weighed.and_then(|below| ratio(complete, below))),
            rate(
                "RR4",
                "(I + P) / (I + P + R + NC + O + e U)",
                weighed.and_then(|below| ratio(interviewed, below)),
            ),
            rate("RR5", "I / (I + P + R + NC + O)", ratio(complete, eligible)),
            rate("RR6", "(I + P) / (I + P + R + NC + O)", ratio(interviewed, eligible)),
            rate("COOP1", "I / (I + P + R + O)", ratio(complete, reached)),
            rate("REF1", "R / (I + P + R + NC + O + U)", ratio(refusal, all)),
            rate("CON1", "(I + P + R + O) / (I + P + R + NC + O + U)", ratio(reached, all)),
        ]
    }

    /// Cases that are eligible for certain.
    fn eligible(self) -> f64 {
        [self.complete, self.partial, self.refusal, self.non_contact, self.other]
            .iter()
            .map(|cases| *cases as f64)
            .sum()
    }
}

fn ratio(above: f64, below: f64) -> Option<f64> {
    (below > 0.0).then(|| above / below)
}

#[cfg(test)]
mod tests {
    use super::Dispositions;
    use approx::assert_abs_diff_eq;

    /// The worked case of the formulas: checked by hand.
    const CASES: Dispositions = Dispositions {
        complete: 400,
        partial: 20,
        refusal: 80,
        non_contact: 250,
        other: 10,
        unknown: 200,
        not_eligible: 60,
    };

    #[test]
    fn every_rate_of_the_worked_case() {
        let e = CASES.eligible_share();
        assert_abs_diff_eq!(e.unwrap(), 0.92683, epsilon = 5e-6);
        let expected = [
            ("RR1", 0.41667),
            ("RR2", 0.4375),
            ("RR3", 0.42312),
            ("RR4", 0.44427),
            ("RR5", 0.52632),
            ("RR6", 0.55263),
            ("COOP1", 0.78431),
            ("REF1", 0.08333),
            ("CON1", 0.53125),
        ];
        for (rate, (name, value)) in CASES.rates(e).iter().zip(expected) {
            assert_eq!(rate.name, name);
            assert_abs_diff_eq!(rate.value.unwrap(), value, epsilon = 5e-6);
        }
    }

    #[test]
    fn nobody_has_no_rate_and_unknown_cases_need_e() {
        assert!(Dispositions::default().rates(None).iter().all(|rate| rate.value.is_none()));
        assert_eq!(Dispositions::default().eligible_share(), None);
        let rates = CASES.rates(None);
        assert_eq!((rates[2].value, rates[3].value), (None, None));
        let known = Dispositions { unknown: 0, ..CASES };
        assert_eq!(known.rates(None)[2].value, known.rates(None)[4].value);
    }

    #[test]
    fn rates_lie_between_0_and_1_and_rise_with_what_is_left_out() {
        for e in [0.0, 0.3, 1.0] {
            let value = |index: usize| CASES.rates(Some(e))[index].value.unwrap();
            assert!((0..9).all(|index| (0.0..=1.0).contains(&value(index))));
            assert!(value(0) <= value(2) && value(2) <= value(4));
            assert!(value(1) <= value(3) && value(3) <= value(5));
        }
    }
}
