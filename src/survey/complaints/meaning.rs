//! What the texts of a file mean: statuses, kinds, outcomes, categories, severity.
//!
//! What a definition lists is matched without regard to case and blanks, and a list that is written takes the place of
//! the words for that meaning; where none is written, the words of the casebook hold.

use super::ComplaintsDefinition;
use crate::survey::casebook::casebook;
use crate::survey::fold;

/// Whether a complaint is still open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CaseState {
    /// Somebody has yet to do something.
    Open,
    /// Nothing is left to do.
    Closed,
    /// It is no complaint of its own, such as a duplicate, and not counted.
    LeftOut,
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// The complainant was right.
    Upheld,
    /// Right in part.
    PartlyUpheld,
    /// Not right.
    Rejected,
    /// The complaint was taken back.
    Withdrawn,
}

impl Outcome {
    /// All of them, with the key in the definition.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Upheld, "upheld"),
        (Self::PartlyUpheld, "partly_upheld"),
        (Self::Rejected, "rejected"),
        (Self::Withdrawn, "withdrawn"),
    ];

    /// The key in the definition.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(outcome, _)| *outcome == self).map_or("", |(_, name)| name)
    }
}

impl ComplaintsDefinition {
    /// What a status says; `None` for one that is neither listed nor known, which is to be reported.
    ///
    /// By words a remark behind the status does not change it: `Closed (Duplicate)` is closed unless it is listed
    /// otherwise.
    pub fn state_of(&self, status: &str) -> Option<CaseState> {
        let declared = [
            (&self.left_out_statuses, CaseState::LeftOut),
            (&self.closed_statuses, CaseState::Closed),
            (&self.open_statuses, CaseState::Open),
        ];
        let listed = declared.into_iter().find(|(texts, _)| is_listed(texts, status));
        if let Some((_, state)) = listed {
            return Some(state);
        }
        if is_listed(&self.escalated_statuses, status) {
            return Some(CaseState::Open);
        }
        let state = casebook().state(status)?;
        let is_listed_by_name = match state {
            CaseState::Closed => !self.closed_statuses.is_empty(),
            CaseState::Open => !self.open_statuses.is_empty(),
            CaseState::LeftOut => true,
        };
        (!is_listed_by_name).then_some(state)
    }

    /// Whether a status says that the complaint was passed on.
    pub fn is_escalated(&self, status: &str) -> bool {
        if self.escalated_statuses.is_empty() {
            return casebook().is_escalated(status);
        }
        is_listed(&self.escalated_statuses, status)
    }

    /// Whether a record of this kind counts as a complaint; without `kinds`, a text that has a word for a complaint.
    pub fn counts(&self, kind: &str) -> bool {
        if self.kinds.is_empty() {
            return casebook().is_complaint(kind) == Some(true);
        }
        is_listed(&self.kinds, kind)
    }

    /// The outcome that a text stands for; `None` for one that is neither listed nor known.
    pub fn outcome_of(&self, text: &str) -> Option<Outcome> {
        let listed = self.outcomes.iter().find(|(_, texts)| is_listed(texts, text));
        listed.map(|(outcome, _)| *outcome).or_else(|| {
            let known = casebook().outcome(text)?;
            (!self.outcomes.contains_key(&known)).then_some(known)
        })
    }

    /// Whether a category says only that none of the others fits.
    pub fn is_other(&self, category: &str) -> bool {
        if self.other_categories.is_empty() {
            return casebook().is_other(category);
        }
        is_listed(&self.other_categories, category)
    }

    /// The points of a severity, 1 to [`severity_max`](Self::severity_max), more being graver: the place of a listed
    /// text; a number as it stands; else five points by words from "lowest" to "critical". `None` for a text that is
    /// neither, and for a number out of range.
    pub fn severity_of(&self, text: &str) -> Option<f64> {
        let place = self.severity_order.iter().position(|listed| is_same(listed, text));
        let points = match place {
            Some(place) => (place + 1) as f64,
            None if !self.severity_order.is_empty() => return None,
            None => match text.trim().replace(',', ".").parse::<f64>() {
                Ok(number) => number,
                Err(_) => f64::from(casebook().severity(text)?),
            },
        };
        (points >= 1.0 && points <= f64::from(self.severity_max)).then_some(points)
    }
}

fn is_listed(texts: &[String], text: &str) -> bool {
    texts.iter().any(|listed| is_same(listed, text))
}

/// Whether two texts differ at most in case, blanks and the form of their characters.
fn is_same(one: &str, other: &str) -> bool {
    text_key(one) == text_key(other)
}

/// A text as it is compared: folded, without blanks.
pub(in crate::survey) fn text_key(text: &str) -> String {
    fold(text).split_whitespace().collect()
}

#[cfg(test)]
#[allow(clippy::float_cmp)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn listed(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn statuses_are_known_by_their_words() {
        let definition = ComplaintsDefinition::default();
        for status in [
            "Closed",
            "CLOSED ",
            "Closed (Duplicate)",
            "Closed (Transferred)",
            "Closed with explanation",
            "Resolved",
            "Solved",
            "Done",
            "Closed Complete",
            "Erledigt",
            "abgeschlossen",
            "Geschlossen - Dublette",
            "Clos",
            "Résolu",
            "clôturé",
            "Cerrado",
            "resuelto",
        ] {
            assert_eq!(definition.state_of(status), Some(CaseState::Closed), "{status}");
        }
        for status in [
            "Open",
            "New (Duplicate)",
            "In Progress",
            "InProgress",
            "in_progress",
            "On Hold",
            "Pending",
            "Re-opened",
            "Awaiting customer",
            "Escalated",
            "offen",
            "In Bearbeitung",
            "en cours",
            "abierto",
            "En trámite",
        ] {
            assert_eq!(definition.state_of(status), Some(CaseState::Open), "{status}");
        }
        for status in ["", "Not closed", "nicht abgeschlossen", "MD", "Gold", "Disclosed", "42"] {
            assert_eq!(definition.state_of(status), None, "{status}");
        }
        assert!(definition.is_escalated("Closed - escalated"));
        assert!(!definition.is_escalated("Not escalated") && !definition.is_escalated("Open"));
    }

    #[test]
    fn what_is_listed_takes_the_place_of_words() {
        let definition = ComplaintsDefinition {
            closed_statuses: listed(&["Closed"]),
            left_out_statuses: listed(&["closed (duplicate)"]),
            escalated_statuses: listed(&["Level 2"]),
            ..ComplaintsDefinition::default()
        };
        assert_eq!(definition.state_of(" closed"), Some(CaseState::Closed));
        assert_eq!(definition.state_of("Closed(Duplicate)"), Some(CaseState::LeftOut));
        assert_eq!(
            definition.state_of("Resolved"),
            None,
            "closed statuses are listed, and it is not among them"
        );
        assert_eq!(definition.state_of("Open"), Some(CaseState::Open), "no open statuses are listed");
        assert_eq!(definition.state_of("level 2"), Some(CaseState::Open));
        assert!(definition.is_escalated("LEVEL 2") && !definition.is_escalated("Escalated"));
    }

    #[test]
    fn only_complaints_count() {
        let by_words = ComplaintsDefinition::default();
        for kind in [
            "Complaint",
            "Complaint - no reply needed",
            "Formal complaint",
            "Beschwerde",
            "Réclamation",
            "queja",
            "Kundenbeschwerde",
        ] {
            assert!(by_words.counts(kind), "{kind}");
        }
        for kind in [
            "",
            "Inquiry",
            "Anfrage",
            "Compliment",
            "Non-complaint",
            "Question",
            "Keine Beschwerde",
            "Not a complaint",
        ] {
            assert!(!by_words.counts(kind), "{kind}");
        }
        let listed = ComplaintsDefinition { kinds: listed(&["Type A"]), ..ComplaintsDefinition::default() };
        assert!(listed.counts("type  a") && !listed.counts("Complaint"));
    }

    #[test]
    fn outcomes_and_other_categories() {
        let mut definition = ComplaintsDefinition::default();
        for (text, outcome) in [
            ("Upheld", Some(Outcome::Upheld)),
            ("Not upheld", Some(Outcome::Rejected)),
            ("Partly upheld", Some(Outcome::PartlyUpheld)),
            ("upheld in part", Some(Outcome::PartlyUpheld)),
            ("unberechtigt", Some(Outcome::Rejected)),
            ("Berechtigt", Some(Outcome::Upheld)),
            ("non fondée", Some(Outcome::Rejected)),
            ("Withdrawn by customer", Some(Outcome::Withdrawn)),
            ("refunded", None),
            ("partly", Some(Outcome::PartlyUpheld)),
            ("Partial refund", None),
        ] {
            assert_eq!(definition.outcome_of(text), outcome, "{text}");
        }
        definition.outcomes.insert(Outcome::Upheld, listed(&["refunded"]));
        assert_eq!(definition.outcome_of("Refunded"), Some(Outcome::Upheld));
        assert_eq!(definition.outcome_of("Upheld"), None);
        for text in ["Other", "Sonstiges", "autre", "Otros", "Other (please say)", "other: delivery"] {
            assert!(definition.is_other(text), "{text}");
        }
        for text in ["Another bank", "Other transaction problem", "Billing"] {
            assert!(!definition.is_other(text), "{text}");
        }
    }

    #[test]
    fn severity_has_points() {
        let mut definition = ComplaintsDefinition::default();
        for (text, points) in [
            ("1", Some(1.0)),
            ("3,5", Some(3.5)),
            ("6", None),
            ("0", None),
            ("NaN", None),
            ("Low", Some(2.0)),
            ("2 - High", Some(4.0)),
            ("1 - Critical", Some(5.0)),
            ("Hoch", Some(4.0)),
            ("P1", None),
        ] {
            assert_eq!(definition.severity_of(text), points, "{text}");
        }
        definition.severity_order = listed(&["P3", "P2", "P1"]);
        assert_eq!((definition.severity_of("p1"), definition.severity_of("High")), (Some(3.0), None));
    }

    proptest! {
        #[test]
        fn case_and_blanks_do_not_count_in_what_is_listed(text in "[A-Za-zäéßÅ ()/-]{1,20}", spaces in " {0,3}") {
            prop_assume!(!text.trim().is_empty());
            let definition =
                ComplaintsDefinition { left_out_statuses: vec![text.clone()], ..ComplaintsDefinition::default() };
            let other = format!("{spaces}{}{spaces}", text.to_uppercase().replace(' ', "  "));
            prop_assert_eq!(definition.state_of(&other), Some(CaseState::LeftOut));
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let definition = ComplaintsDefinition::default();
            let _ = (definition.state_of(&text), definition.outcome_of(&text), definition.severity_of(&text));
            let _ = (definition.is_other(&text), definition.counts(&text), definition.is_escalated(&text));
        }
    }
}
