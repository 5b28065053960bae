//! The answers of Kano's questionnaire: a scale of their own, asked in pairs.

use super::values::folded;
use super::words::MOST_WORDS;
use crate::survey::built_in_scale;

/// Whether most of these are answers to Kano's questions.
pub(super) fn is_kano(texts: &[(String, u64)]) -> bool {
    if texts.len() > MOST_WORDS || texts.len() < 2 {
        return false;
    }
    let scale = built_in_scale("kano").unwrap_or_else(|| crate::survey::Scale::new("kano", 1, 5));
    let answers: Vec<String> =
        scale.labels.iter().chain(scale.translations.values().flatten()).map(|text| folded(text)).collect();
    let is_answer = |text: &str| {
        let text = folded(text);
        answers.iter().any(|answer| answer == text.trim_end_matches('.'))
    };
    let known = texts.iter().filter(|(text, _)| is_answer(text));
    let cells = |texts: &mut dyn Iterator<Item = &(String, u64)>| texts.map(|(_, count)| count).sum::<u64>();
    cells(&mut known.into_iter()).saturating_mul(3) >= cells(&mut texts.iter()).saturating_mul(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_of_the_texts_decide() {
        let texts = |words: &[&str]| words.iter().map(|word| ((*word).to_owned(), 1)).collect::<Vec<_>>();
        assert!(is_kano(&texts(&["I like it that way", "I am neutral"])));
        assert!(is_kano(&texts(&["Das ist mir egal", "Das setze ich voraus"])));
        assert!(is_kano(&texts(&["I dislike it, and I can’t accept it", "I enjoy it that way."])));
        assert!(!is_kano(&texts(&["I like it that way", "North"])));
        assert!(!is_kano(&texts(&["I like it that way"])));
    }
}
