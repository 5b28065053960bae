//! Kano's questionnaire in a terminal.

use crate::report::KanoCategory;

/// What a category is called.
pub fn kano_category(category: KanoCategory) -> &'static str {
    match category {
        KanoCategory::MustBe => "must-be",
        KanoCategory::OneDimensional => "one-dimensional",
        KanoCategory::Attractive => "attractive",
        KanoCategory::Indifferent => "indifferent",
        KanoCategory::Reverse => "reverse",
        KanoCategory::Questionable => "questionable",
    }
}

/// What the letters over the counts stand for.
pub fn kano_letters() -> &'static str {
    "M must-be: missed if it is not there; O one-dimensional: the more the better; A attractive: pleasing, not missed; \
     I indifferent; R reverse: rather not; Q questionable: the two answers contradict each other"
}

/// What the two coefficients are.
pub fn kano_coefficients() -> &'static str {
    "better (A + O) / (A + O + M + I): how much it could please; worse −(O + M) / (A + O + M + I): how much its absence \
     could displease"
}

/// What the question mark behind a category says.
pub fn kano_unsettled() -> &'static str {
    "?: the most frequent category is not told apart from the next at 90 % (Fong 1996)"
}
