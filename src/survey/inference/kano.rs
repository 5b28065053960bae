//! The answers of Kano's questionnaire: a scale of their own, asked in pairs that inference does not score.

use super::values::folded;
use super::words::MOST_WORDS;

const ANSWERS: &[&str] = &[
    "i like it that way",
    "it must be that way",
    "i am neutral",
    "i can live with it that way",
    "i dislike it that way",
    "i enjoy it that way",
    "it is a basic necessity or i expect it that way",
    "i like it",
    "i expect it",
    "i dislike it, but i can live with it that way",
    "i dislike it, and i can't accept it",
    "i can tolerate it",
    "i can live with it",
    "i dislike it",
];

/// Whether most of these are answers to Kano's questions.
pub(super) fn is_kano(texts: &[(String, u64)]) -> bool {
    if texts.len() > MOST_WORDS {
        return false;
    }
    let known = texts.iter().filter(|(text, _)| ANSWERS.contains(&folded(text).trim_end_matches('.')));
    let cells = |texts: &mut dyn Iterator<Item = &(String, u64)>| texts.map(|(_, count)| count).sum::<u64>();
    texts.len() > 1
        && cells(&mut known.into_iter()).saturating_mul(3) >= cells(&mut texts.iter()).saturating_mul(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_of_the_texts_decide() {
        let texts = |words: &[&str]| words.iter().map(|word| ((*word).to_owned(), 1)).collect::<Vec<_>>();
        assert!(is_kano(&texts(&["I like it that way", "I am neutral"])));
        assert!(!is_kano(&texts(&["I like it that way", "North"])));
    }
}
