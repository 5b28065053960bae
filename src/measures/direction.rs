//! Which way is good for a statistic of a question.
//!
//! The statistic and the best end of the scale decide. A written `better` key speaks of the headline figure: where it
//! contradicts what the headline would be by itself, every statistic of the question turns round with it.

use crate::report::Better;
use crate::survey::{self, Best, Headline, Measure, Question};

/// Which way is good for the question's headline; `None` when neither is, or without a headline.
pub fn headline_better(question: &Question) -> Option<Better> {
    question.headline.and_then(|_| judged(question, natural_headline(question)))
}

/// A mean on the question's own scale: the best end decides.
pub(super) fn by_best(question: &Question) -> Option<Better> {
    match question.scale.as_ref().map(|scale| scale.best) {
        Some(Best::High) => Some(Better::Higher),
        Some(Best::Low) => Some(Better::Lower),
        None => None,
    }
}

/// Applies the question's `better` key to the natural direction of one of its statistics.
pub(super) fn judged(question: &Question, natural: Option<Better>) -> Option<Better> {
    let written = match question.better {
        None => return natural,
        Some(survey::Better::None) => return None,
        Some(survey::Better::Higher) => Better::Higher,
        Some(survey::Better::Lower) => Better::Lower,
    };
    match natural_headline(question) {
        None => question.headline.map(|_| written),
        Some(headline) if headline == written => natural,
        Some(_) => natural.map(turned),
    }
}

fn natural_headline(question: &Question) -> Option<Better> {
    match question.headline? {
        Headline::TopBox | Headline::Index | Headline::Net | Headline::Nps | Headline::Fulfilled => {
            Some(Better::Higher)
        }
        Headline::Mean if matches!(question.measure, Measure::Importance | Measure::Number) => None,
        Headline::Gap | Headline::Mean => by_best(question),
    }
}

fn turned(better: Better) -> Better {
    match better {
        Better::Higher => Better::Lower,
        Better::Lower => Better::Higher,
    }
}

#[cfg(test)]
mod tests {
    use super::{by_best, headline_better, judged};
    use crate::measures::sample;
    use crate::report::Better;
    use crate::survey::{self, Best, Headline, Measure};

    #[test]
    fn the_statistic_and_the_best_end_decide() {
        let mut question = sample::question("overall", Measure::Csat);
        assert_eq!(headline_better(&question), Some(Better::Higher));
        question.headline = Some(Headline::Mean);
        question.scale.as_mut().unwrap().best = Best::Low;
        assert_eq!(headline_better(&question), Some(Better::Lower));
    }

    #[test]
    fn the_written_key_turns_every_statistic_with_the_headline() {
        let mut question = sample::question("trouble", Measure::Rating);
        question.better = Some(survey::Better::Lower);
        assert_eq!(headline_better(&question), Some(Better::Lower));
        assert_eq!(judged(&question, Some(Better::Lower)), Some(Better::Higher), "the bottom box");
        assert_eq!(judged(&question, by_best(&question)), Some(Better::Lower), "the mean");
        question.better = Some(survey::Better::None);
        assert_eq!(headline_better(&question), None);
    }

    #[test]
    fn a_key_that_says_what_holds_anyway_changes_nothing() {
        let mut question = sample::question("effort", Measure::Ces);
        question.headline = Some(Headline::Mean);
        question.scale.as_mut().unwrap().best = Best::Low;
        question.better = Some(survey::Better::Lower);
        assert_eq!(headline_better(&question), Some(Better::Lower));
        assert_eq!(
            judged(&question, Some(Better::Higher)),
            Some(Better::Higher),
            "the top box at the best end"
        );
    }

    #[test]
    fn a_number_is_neither_good_nor_bad_until_it_is_said() {
        let mut question = sample::question("minutes", Measure::Number);
        assert_eq!(headline_better(&question), None);
        question.better = Some(survey::Better::Lower);
        assert_eq!(headline_better(&question), Some(Better::Lower));
        let choice = sample::question("reason", Measure::Choice);
        assert_eq!(headline_better(&choice), None);
    }
}
