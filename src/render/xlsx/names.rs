//! Names of sheets: what Excel takes, each once.

/// The longest name in UTF-16 units.
const LONGEST: usize = 31;

/// The names given so far.
#[derive(Debug, Default)]
pub(super) struct SheetNames {
    taken: Vec<String>,
}

impl SheetNames {
    /// A name that no other sheet has, as near to the wanted one as Excel allows.
    pub(super) fn unique(&mut self, wanted: &str) -> String {
        let wanted = allowed(wanted);
        let mut name = cut(&wanted, LONGEST);
        let mut number = 2_usize;
        // Excel takes upper and lower case for the same and keeps one name for itself.
        while self.taken.contains(&name.to_lowercase()) || name.to_lowercase() == "history" {
            let ending = format!(" {number}");
            name = cut(&wanted, LONGEST - ending.len()) + &ending;
            number += 1;
        }
        self.taken.push(name.to_lowercase());
        name
    }
}

/// The text without characters that a name may not have.
fn allowed(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|character| match character {
            '[' => '(',
            ']' => ')',
            '\'' => '’',
            ':' | '*' | '?' | '/' | '\\' => ' ',
            character if character.is_control() => ' ',
            character => character,
        })
        .collect();
    let text = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() { "–".to_owned() } else { text }
}

/// The text in at most so many UTF-16 units, whole characters only.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut units = 0;
    let fits = |character: &char| {
        units += character.len_utf16();
        units < most
    };
    let kept: String = text.chars().take_while(fits).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::{SheetNames, cut};

    #[test]
    fn names_are_short_unique_and_allowed() {
        let mut names = SheetNames::default();
        let wanted = [
            "What moved",
            "what MOVED",
            "",
            "",
            "History",
            "'a'",
            "a/b:c*d?[e]\\",
            "\u{7}\n",
            "How people answered: Overall, how satisfied",
            "How people answered: Overall, how content",
            "👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀👩‍🚀",
            "=1+1",
        ];
        let given: Vec<String> = wanted.iter().map(|name| names.unique(name)).collect();
        assert_eq!(given[..2], ["What moved", "what MOVED 2"]);
        assert_eq!(given[8], "How people answered Overall, h…");
        for name in &given {
            rust_xlsxwriter::utility::check_sheet_name(name).unwrap();
        }
        let mut distinct: Vec<String> = given.iter().map(|name| name.to_lowercase()).collect();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), wanted.len());
    }

    #[test]
    fn a_text_is_cut_between_characters() {
        assert_eq!(cut("abc", 3), "abc");
        assert_eq!(cut("abcd", 3), "ab…");
        assert_eq!(cut("😀😀", 3), "😀…");
        assert_eq!(cut("", 3), "");
    }
}
