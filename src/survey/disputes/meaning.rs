//! What the texts of a file of disputes mean: outcomes, and what the organisation itself had decided.

use super::DisputesDefinition;
use crate::survey::casebook::dispute_words;
use crate::survey::complaints::{ComplaintsDefinition, Outcome, text_key};

/// How a dispute ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DisputeOutcome {
    /// Both sides agreed.
    Settled,
    /// The provider recommended something, which both are free to accept.
    Recommendation,
    /// Decided for the customer.
    ForCustomer,
    /// Decided in part for each.
    Split,
    /// Decided for the organisation.
    ForOrganisation,
    /// Taken back.
    Withdrawn,
    /// Not for this provider.
    OutOfScope,
}

impl DisputeOutcome {
    /// All of them, with the key in the definition.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::Settled, "settled"),
        (Self::Recommendation, "recommendation"),
        (Self::ForCustomer, "for_customer"),
        (Self::Split, "split"),
        (Self::ForOrganisation, "for_organisation"),
        (Self::Withdrawn, "withdrawn"),
        (Self::OutOfScope, "out_of_scope"),
    ];

    /// The key in the definition.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(outcome, _)| *outcome == self).map_or("", |(_, name)| name)
    }

    /// Whether the dispute was taken up and brought to an end: neither taken back nor turned away.
    pub const fn is_concluded(self) -> bool {
        !matches!(self, Self::Withdrawn | Self::OutOfScope)
    }

    /// How much of it went to the customer: 0 nothing, 1 a part, 2 all; `None` where that was not decided.
    pub const fn to_customer(self) -> Option<u8> {
        match self {
            Self::ForOrganisation => Some(0),
            Self::Split => Some(1),
            Self::ForCustomer => Some(2),
            _ => None,
        }
    }
}

impl DisputesDefinition {
    /// What an outcome says: `Some(None)` that there is none yet, `None` for a text that is neither listed nor known,
    /// which is to be reported. A list that is written takes the place of the known words for that outcome.
    #[allow(clippy::option_option, reason = "not decided yet is one of the things that a text can say")]
    pub fn outcome_of(&self, text: &str) -> Option<Option<DisputeOutcome>> {
        let is_listed = |texts: &[String]| texts.iter().any(|listed| text_key(listed) == text_key(text));
        if is_listed(&self.undecided) {
            return Some(None);
        }
        if let Some((outcome, _)) = self.outcomes.iter().find(|(_, texts)| is_listed(texts)) {
            return Some(Some(*outcome));
        }
        match dispute_words().outcome(text)? {
            Some(outcome) if self.outcomes.contains_key(&outcome) => None,
            None if !self.undecided.is_empty() => None,
            known => Some(known),
        }
    }

    /// Whether any list names this text.
    pub fn lists_outcome(&self, text: &str) -> bool {
        let mut listed = self.outcomes.values().flatten().chain(&self.undecided);
        listed.any(|listed| text_key(listed) == text_key(text))
    }

    /// How much of a complaint the organisation itself had granted: 0 nothing, 1 a part, 2 all, by the lists of
    /// `[complaints]` and known words; `None` for a text that is neither, `Some(None)` for one taken back.
    #[allow(clippy::option_option, reason = "a complaint taken back was not decided, and its text is known")]
    pub fn granted(complaints: &ComplaintsDefinition, text: &str) -> Option<Option<u8>> {
        complaints.outcome_of(text).map(granted)
    }
}

/// How much of a complaint an internal outcome granted: 0 nothing, 1 a part, 2 all; `None` for one taken back.
pub const fn granted(outcome: Outcome) -> Option<u8> {
    match outcome {
        Outcome::Rejected => Some(0),
        Outcome::PartlyUpheld => Some(1),
        Outcome::Upheld => Some(2),
        Outcome::Withdrawn => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use DisputeOutcome::{
        ForCustomer, ForOrganisation, OutOfScope, Recommendation, Settled, Split, Withdrawn,
    };

    #[test]
    fn outcomes_are_known_by_their_words_in_four_languages() {
        let definition = DisputesDefinition::default();
        for (text, outcome) in [
            ("settled", Some(Some(Settled))),
            ("Settled by agreement", Some(Some(Settled))),
            ("Vergleich", Some(Some(Settled))),
            ("accord amiable", Some(Some(Settled))),
            ("Acuerdo", Some(Some(Settled))),
            ("Recommendation issued", Some(Some(Recommendation))),
            ("Schlichtungsvorschlag", Some(Some(Recommendation))),
            ("decision_for_customer", Some(Some(ForCustomer))),
            ("In favour of the customer", Some(Some(ForCustomer))),
            ("Upheld", Some(Some(ForCustomer))),
            ("zugunsten des Kunden", Some(Some(ForCustomer))),
            ("decision_split", Some(Some(Split))),
            ("Partly upheld", Some(Some(Split))),
            ("decision_for_org", Some(Some(ForOrganisation))),
            ("Not upheld", Some(Some(ForOrganisation))),
            ("en faveur de l'entreprise", Some(Some(ForOrganisation))),
            ("Withdrawn by customer", Some(Some(Withdrawn))),
            ("Zurückgezogen", Some(Some(Withdrawn))),
            ("out_of_scope", Some(Some(OutOfScope))),
            ("Outside jurisdiction", Some(Some(OutOfScope))),
            ("Nicht zuständig", Some(Some(OutOfScope))),
            ("Pending", Some(None)),
            ("offen", Some(None)),
            ("en cours", Some(None)),
            ("", None),
            ("lost in the post", None),
            ("42", None),
        ] {
            assert_eq!(definition.outcome_of(text), outcome, "{text}");
        }
    }

    #[test]
    fn what_is_listed_takes_the_place_of_words() {
        let mut definition =
            DisputesDefinition { undecided: vec!["Running".to_owned()], ..DisputesDefinition::default() };
        definition.outcomes.insert(Settled, vec!["Conciliated".to_owned()]);
        assert_eq!(definition.outcome_of(" conciliated "), Some(Some(Settled)));
        assert_eq!(definition.outcome_of("settled"), None, "settled is listed, and this is not among it");
        assert_eq!(definition.outcome_of("RUNNING"), Some(None));
        assert_eq!(definition.outcome_of("pending"), None);
        assert_eq!(definition.outcome_of("withdrawn"), Some(Some(Withdrawn)));
    }

    #[test]
    fn what_was_granted_can_be_set_against_the_outcome() {
        let own = ComplaintsDefinition::default();
        assert_eq!(DisputesDefinition::granted(&own, "Rejected"), Some(Some(0)));
        assert_eq!(DisputesDefinition::granted(&own, "partly upheld"), Some(Some(1)));
        assert_eq!(DisputesDefinition::granted(&own, "Berechtigt"), Some(Some(2)));
        assert_eq!(DisputesDefinition::granted(&own, "withdrawn"), Some(None));
        assert_eq!(DisputesDefinition::granted(&own, "refunded"), None);
        let ranks: Vec<Option<u8>> =
            DisputeOutcome::ALL.into_iter().map(|(outcome, _)| outcome.to_customer()).collect();
        assert_eq!(ranks, [None, None, Some(2), Some(1), Some(0), None, None]);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let definition = DisputesDefinition::default();
            let _ = (definition.outcome_of(&text), definition.lists_outcome(&text));
        }
    }
}
