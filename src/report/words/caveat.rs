//! Notes as lines of a report: each by itself, or those of one kind together.

use super::shortened::first_names;
use crate::report::{Note, NoteSeverity};
use indexmap::IndexSet;

/// A note with its severity.
pub fn caveat(note: &Note) -> String {
    line(note.severity, &note.text)
}

/// The notes with their severity, one line a kind: the first of several in full and the others by what they are about.
pub fn caveats(notes: &[&Note]) -> Vec<String> {
    let mut kinds: Vec<Vec<&Note>> = Vec::new();
    for note in notes {
        let same = |kind: &&mut Vec<&Note>| {
            kind.first().is_some_and(|first| {
                first.code == note.code && first.severity == note.severity && counts(first).eq(counts(note))
            })
        };
        match kinds.iter_mut().find(same) {
            Some(kind) => kind.push(note),
            None => kinds.push(vec![note]),
        }
    }
    kinds.iter().flat_map(|kind| together(kind)).collect()
}

/// What a note counts: notes that count differently do not say the same.
pub(super) fn counts(note: &Note) -> impl Iterator<Item = (&str, &str)> {
    let values = note.values.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    values.filter(|(name, _)| super::note::NUMBERS.contains(name))
}

fn line(severity: NoteSeverity, text: &str) -> String {
    match severity {
        NoteSeverity::Info => format!("note: {text}"),
        NoteSeverity::Caution => format!("caution: {text}"),
    }
}

/// The notes of one kind in as few lines as can be.
fn together(notes: &[&Note]) -> Vec<String> {
    let [first, others @ ..] = notes else { return Vec::new() };
    if others.is_empty() {
        return vec![caveat(first)];
    }
    let abouts: Option<Vec<&str>> = others.iter().map(|note| note.about.as_deref()).collect();
    if let Some(abouts) = abouts {
        let others = match first_names(abouts) {
            (list, 0) => list,
            (list, more) => format!("{list} and {more} more"),
        };
        return vec![line(first.severity, &format!("{}; the same for {others}", first.text))];
    }
    let distinct: IndexSet<String> = notes.iter().map(|note| caveat(note)).collect();
    distinct.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::caveats;
    use crate::report::{Note, NoteSeverity};
    use indexmap::IndexMap;

    fn note(code: &str, text: &str, about: Option<&str>) -> Note {
        Note {
            code: code.into(),
            severity: NoteSeverity::Info,
            text: text.into(),
            about: about.map(str::to_owned),
            values: IndexMap::new(),
        }
    }

    fn lines(notes: &[Note]) -> Vec<String> {
        caveats(&notes.iter().collect::<Vec<_>>())
    }

    #[test]
    fn notes_of_one_kind_say_what_they_are_about() {
        let notes = [
            note("all_invalid", "every answer to a is invalid", Some("a")),
            note("pooled", "larger waves weigh more", None),
            note("all_invalid", "every answer to b is invalid", Some("b")),
            note("all_invalid", "every answer to c is invalid", Some("c")),
        ];
        assert_eq!(
            lines(&notes),
            ["note: every answer to a is invalid; the same for b, c", "note: larger waves weigh more"]
        );
    }

    #[test]
    fn notes_that_say_different_things_are_all_said_and_no_other_twice() {
        let notes = [
            note("x", "five is best for a", None),
            note("x", "one is best for b", None),
            note("x", "one is best for b", None),
        ];
        assert_eq!(lines(&notes), ["note: five is best for a", "note: one is best for b"]);
        assert!(lines(&[]).is_empty());
    }
}
