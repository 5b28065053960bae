//! The response rate: rows used of those invited, where both speak of the same people.

use crate::measures::rounded;
use crate::survey::Invited;

/// How many were invited to what the report shows; `None` when that is not known.
///
/// `wave` is the wave shown; without one, all of `waves` are.
pub(super) fn invited(invited: Option<&Invited>, wave: Option<&str>, waves: &[String]) -> Option<u64> {
    match invited? {
        Invited::Total(total) => (wave.is_none() || waves.len() == 1).then_some(*total),
        Invited::Waves(by_wave) => match wave {
            Some(wave) => by_wave.get(wave).copied(),
            None => waves
                .iter()
                .map(|wave| by_wave.get(wave).copied())
                .sum::<Option<u64>>()
                .filter(|_| !waves.is_empty()),
        },
        Invited::Segments(by_segment) => {
            let whole = wave.is_none() || waves.len() == 1;
            by_segment.values().next().filter(|_| whole).map(|by_value| by_value.values().sum())
        }
    }
}

/// The rate in percent; `None` where more answered than were invited, or nobody was.
pub(super) fn rate(rows_used: u64, invited: Option<u64>) -> Option<f64> {
    let invited = invited.filter(|invited| *invited > 0 && rows_used <= *invited)?;
    rounded(100.0 * rows_used as f64 / invited as f64)
}

#[cfg(test)]
mod tests {
    use super::{invited, rate};
    use crate::survey::Invited;

    #[test]
    fn a_wave_has_its_own_number_of_invited_and_none_of_a_total() {
        let waves = ["2026-Q1".to_owned(), "2026-Q2".to_owned()];
        let by_wave =
            Invited::Waves([("2026-Q1".to_owned(), 100), ("2026-Q2".to_owned(), 200)].into_iter().collect());
        assert_eq!(invited(Some(&by_wave), Some("2026-Q2"), &waves), Some(200));
        assert_eq!(invited(Some(&by_wave), None, &waves), Some(300));
        assert_eq!(invited(Some(&Invited::Total(500)), Some("2026-Q2"), &waves), None);
        assert_eq!(invited(Some(&Invited::Total(500)), None, &[]), Some(500));
        assert_eq!(invited(None, None, &[]), None);
    }

    #[test]
    fn more_answers_than_invited_have_no_rate() {
        assert_eq!(rate(250, Some(1000)), Some(25.0));
        assert_eq!(rate(1001, Some(1000)), None);
        assert_eq!(rate(0, Some(0)), None);
        assert_eq!(rate(5, None), None);
    }
}
