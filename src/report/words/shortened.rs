//! Names that are whole headings of a file, in short, and lists of names that stay readable.

/// How much of a name is shown in characters.
const LONGEST_NAME: usize = 50;

/// How much of a label is shown in characters.
const LONGEST_LABEL: usize = 60;

/// How many names are listed before the others are only counted.
const MOST_NAMES: usize = 12;

/// How many characters a list has before the others are only counted.
const LONGEST_LIST: usize = 240;

/// A name without its middle where it is a whole question.
pub fn shortened(name: &str) -> String {
    let length = name.chars().count();
    if length <= LONGEST_NAME {
        return name.to_owned();
    }
    let head: String = name.chars().take(LONGEST_NAME / 2).collect();
    let tail: String = name.chars().skip(length - LONGEST_NAME / 2 + 1).collect();
    format!("{}…{}", head.trim_end(), tail.trim_start())
}

/// A label without its middle where it is long, cut between words.
pub(crate) fn shortened_label(label: &str) -> String {
    if label.chars().count() <= LONGEST_LABEL {
        return label.to_owned();
    }
    let words: Vec<&str> = label.split_whitespace().collect();
    let (mut head, mut tail) = (0, words.len());
    let mut room = LONGEST_LABEL;
    // From both ends in turn, as long as whole words fit.
    while head < tail {
        let from_start = head <= words.len() - tail;
        let word = if from_start { words[head] } else { words[tail - 1] };
        let Some(left) = room.checked_sub(word.chars().count() + 1) else { break };
        room = left;
        if from_start { head += 1 } else { tail -= 1 }
    }
    if head == 0 || tail == words.len() {
        return shortened(label);
    }
    format!("{} … {}", words[..head].join(" "), words[tail..].join(" "))
}

/// The first names of a list, each in short, and how many more there are.
pub fn first_names<'a>(names: impl IntoIterator<Item = &'a str>) -> (String, usize) {
    let names: Vec<&str> = names.into_iter().collect();
    let mut list = String::new();
    for (place, name) in names.iter().enumerate() {
        let name = shortened(name);
        let is_long = list.chars().count() + name.chars().count() > LONGEST_LIST;
        if place == MOST_NAMES || (place > 0 && is_long) {
            return (list, names.len() - place);
        }
        if place > 0 {
            list.push_str(", ");
        }
        list.push_str(&name);
    }
    (list, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_that_is_a_question_loses_its_middle() {
        assert_eq!(shortened("recommend"), "recommend");
        let short =
            shortened("How satisfied are you, all things considered, with the service of our branch?");
        assert_eq!(short, "How satisfied are you, al…e service of our branch?");
        assert!(short.chars().count() <= LONGEST_NAME);
    }

    #[test]
    fn a_long_label_is_cut_between_words() {
        assert_eq!(shortened_label("Short and simple"), "Short and simple");
        let label = "How satisfied are you, all things considered, with the service of our branch?";
        let short = shortened_label(label);
        assert_eq!(short, "How satisfied are you, all … the service of our branch?");
        assert!(short.chars().count() <= LONGEST_LABEL);
        for word in short.split(' ').filter(|word| *word != "…") {
            assert!(label.split(' ').any(|whole| whole == word), "{word}");
        }
        let unbroken = "Donaudampfschifffahrtsgesellschaftskapitän".repeat(2);
        assert!(shortened_label(&unbroken).chars().count() <= LONGEST_LABEL);
        assert_eq!(shortened_label(""), "");
    }

    #[test]
    fn lists_end_by_number_or_by_length() {
        assert_eq!(first_names(["a", "b"]), ("a, b".to_owned(), 0));
        assert_eq!(first_names([]), (String::new(), 0));
        let many: Vec<String> = (0..30).map(|number| format!("q{number}")).collect();
        let (list, more) = first_names(many.iter().map(String::as_str));
        assert_eq!((list.split(", ").count(), more), (12, 18));
        let long: Vec<String> = (0..9).map(|number| format!("{number}{}", "x".repeat(80))).collect();
        let (list, more) = first_names(long.iter().map(String::as_str));
        assert_eq!((list.split(", ").count(), more), (4, 5));
    }
}
