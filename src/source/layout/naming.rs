//! Names and wordings as people read them: without the tags, line ends and odd spaces of a tool.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use crate::survey::{without_entities, without_tags};

/// A wording as plain text on one line: tags of HTML and their entities, line ends and no-break spaces made plain,
/// marks for piped answers such as `{{field:abc}}` made an ellipsis.
pub(super) fn plain(text: &str) -> String {
    let may_begin = |next: char| next.is_ascii_alphabetic() || matches!(next, '/' | '!');
    let text = without_entities(&without_piping(&without_tags(text, may_begin)));
    let words: Vec<&str> = text.split(char::is_whitespace).filter(|word| !word.is_empty()).collect();
    words.join(" ").nfc().filter(|character| !is_unseen(*character)).collect()
}

fn is_unseen(character: char) -> bool {
    matches!(character, '\u{FEFF}' | '\u{200B}' | '\u{2060}' | '\u{AD}')
}

/// Piped answers, `{{field:abc}}` and `${q://QID1/ChoiceText}`, as an ellipsis.
fn without_piping(text: &str) -> String {
    let mut text = text.to_owned();
    for (open, close) in [("{{", "}}"), ("${", "}")] {
        let mut plain = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some((before, piped)) = rest.split_once(open) {
            let Some((_, after)) = piped.split_once(close) else { break };
            plain.push_str(before);
            plain.push('…');
            rest = after;
        }
        plain.push_str(rest);
        text = plain;
    }
    text
}

/// Names of columns, each given once.
#[derive(Debug, Default)]
pub(super) struct Names {
    given: BTreeSet<String>,
    /// The last number behind each name: a header may be one name thousands of times.
    last: BTreeMap<String, usize>,
    /// How many were made up or changed, for the reasons.
    pub(super) twins: usize,
    pub(super) blanks: usize,
}

impl Names {
    /// The wanted name, or the first like it that is free: `q1_2` for a second `q1`, `column_7` for a blank one.
    pub(super) fn give(&mut self, wanted: &str, position: usize) -> String {
        let plain = plain(wanted);
        let stem = if plain.is_empty() {
            self.blanks += 1;
            format!("column_{}", position + 1)
        } else {
            plain
        };
        if self.given.insert(stem.clone()) {
            return stem;
        }
        self.twins += 1;
        let number = self.last.entry(stem.clone()).or_insert(1);
        loop {
            *number += 1;
            let name = format!("{stem}_{number}");
            if self.given.insert(name.clone()) {
                return name;
            }
        }
    }

    /// What was done to names, a sentence each.
    pub(super) fn reasons(&self) -> Vec<String> {
        let mut reasons = Vec::new();
        if self.twins > 0 {
            reasons.push(format!("{} names stood twice and have a number behind them", self.twins));
        }
        if self.blanks > 0 {
            reasons.push(format!(
                "{} columns without a name are called `column_` and their number",
                self.blanks
            ));
        }
        reasons
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wordings_are_plain_text() {
        assert_eq!(plain("<p>How\u{a0}<b>satisfied</b>\r\n are you?</p>"), "How satisfied are you?");
        assert_eq!(plain("a < b, &lt;i&gt; &amp;lt; R&amp;D&nbsp;"), "a < b, <i> &lt; R&D");
        assert_eq!(plain("Hi {{field:1-2}}, ${q://QID1/x} and {{open"), "Hi …, … and {{open");
        assert_eq!(plain("Cafe\u{301}\u{200B}"), "Caf\u{e9}");
        assert_eq!(plain("<"), "<");
    }

    #[test]
    fn names_are_given_once() {
        let mut names = Names::default();
        let given: Vec<String> = ["q1", "", "q1", " q1 ", "q1_2"]
            .iter()
            .enumerate()
            .map(|(at, name)| names.give(name, at))
            .collect();
        assert_eq!(given, ["q1", "column_2", "q1_2", "q1_3", "q1_2_2"]);
        assert_eq!((names.twins, names.blanks, names.reasons().len()), (3, 1, 2));
    }
}
