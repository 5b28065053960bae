//! Addresses of e-mail inside a text, as they are and as people write them against robots: `ada (at) example.org`.
//!
//! Each letter is looked at a few times at most, whatever the text: a comment may have a million at signs.

use std::ops::Range;

/// Letters with their places.
type Letters = [(usize, char)];

/// What people write for an at sign between brackets.
const AT: &[&str] = &["at", "ät", "@", "\u{ff20}", "arroba", "arobase", "chiocciola", "apenstaartje"];
/// What people write for a dot between brackets.
const DOT: &[&str] = &["dot", "punkt", "point", "punto", "ponto", "punt", "kropka", "."];

/// The longest of these words, in letters.
const LONGEST_WORD: usize = 12;

/// The addresses of a text by index, in order and without overlaps.
pub(super) fn mails(letters: &Letters) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut done = 0;
    // All at signs of a host have its end in common.
    let mut host = Host::default();
    for (index, (_, letter)) in letters.iter().enumerate() {
        let range = if is_at(*letter) {
            if host.end <= index {
                host = Host::of(letters, index);
            }
            let spaced = || spaced(letters, index);
            plain(letters, index, &host).or_else(spaced)
        } else {
            bracketed(letters, index, AT).and_then(|behind| written_out(letters, index, behind))
        };
        if let Some(range) = range.filter(|range| range.start >= done) {
            done = range.end;
            found.push(range);
        }
    }
    found
}

/// An at sign; the wide one too.
pub(super) fn is_at(letter: char) -> bool {
    matches!(letter, '@' | '\u{ff20}')
}

/// What stands behind an at sign.
#[derive(Default)]
struct Host {
    /// The index behind its last letter, marks at its end left out.
    last: usize,
    /// The index of the last dot within.
    dot: Option<usize>,
    /// The index behind all that may be part of it.
    end: usize,
}

impl Host {
    fn of(letters: &Letters, at: usize) -> Self {
        // A second at sign belongs to no address, and nothing of it is to stay.
        let length = letters[at + 1..].iter().take_while(|(_, letter)| is_host(*letter)).count();
        let end = at + 1 + length;
        let is_mark = |letter: char| matches!(letter, '.' | '-') || is_at(letter);
        let marks = letters[at + 1..end].iter().rev().take_while(|(_, letter)| is_mark(*letter)).count();
        let last = end - marks;
        let dot = letters[at + 1..last].iter().rposition(|(_, letter)| *letter == '.');
        Self { last, dot: dot.map(|dot| dot + at + 1), end }
    }
}

fn plain(letters: &Letters, at: usize, host: &Host) -> Option<Range<usize>> {
    // A dot at once behind the sign names nothing.
    let is_named = host.dot.is_some_and(|dot| dot > at + 1);
    let before = person(letters, at);
    (before < at && is_named).then_some(before..host.last)
}

/// Where the name of a person before a place begins.
fn person(letters: &Letters, before: usize) -> usize {
    before - letters[..before].iter().rev().take_while(|(_, letter)| is_person(*letter)).count()
}

/// An at sign with a blank on either side.
fn spaced(letters: &Letters, at: usize) -> Option<Range<usize>> {
    let is_blank = |index: usize| letters.get(index).is_some_and(|(_, letter)| is_blank(*letter));
    (at > 0 && is_blank(at - 1) && is_blank(at + 1)).then(|| written_out(letters, at, at + 1))?
}

/// An address around what stands for an at sign: a name, a host of words with dots, letters at its end.
fn written_out(letters: &Letters, from: usize, behind: usize) -> Option<Range<usize>> {
    let before = from - blanks(letters[..from].iter().rev());
    let start = person(letters, before);
    if start == before {
        return None;
    }
    let mut index = behind + blanks(letters[behind..].iter());
    let first = index;
    let mut end = None;
    loop {
        let label = index;
        index += letters[index..].iter().take_while(|(_, letter)| is_label(*letter)).count();
        let is_named = label > first && index - label >= 2;
        if is_named && letters[label..index].iter().all(|(_, letter)| letter.is_alphabetic()) {
            end = Some(index);
        }
        if index == label {
            break;
        }
        index = match letters.get(index) {
            Some((_, '.')) => index + 1,
            Some(_) => {
                let dot = index + blanks(letters[index..].iter());
                let Some(behind) = bracketed(letters, dot, DOT) else { break };
                behind + blanks(letters[behind..].iter())
            }
            None => break,
        };
    }
    end.map(|end| start..end)
}

/// The index behind brackets that begin here and hold one of the words.
fn bracketed(letters: &Letters, index: usize, words: &[&str]) -> Option<usize> {
    let close = match letters.get(index)?.1 {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        _ => return None,
    };
    let inner = &letters[index + 1..];
    let length = inner.iter().take(LONGEST_WORD + 4).position(|(_, letter)| *letter == close)?;
    let word: String = inner[..length].iter().map(|(_, letter)| *letter).collect();
    let word = word.trim().to_lowercase();
    words.contains(&word.as_str()).then_some(index + 1 + length + 1)
}

/// How many blanks stand here, two at most.
fn blanks<'a>(letters: impl Iterator<Item = &'a (usize, char)>) -> usize {
    letters.take(2).take_while(|(_, letter)| is_blank(*letter)).count()
}

fn is_blank(letter: char) -> bool {
    matches!(letter, ' ' | '\u{a0}')
}

fn is_person(letter: char) -> bool {
    super::mask::is_word(letter) || ".+-_'%&/=~!#$*".contains(letter)
}

fn is_host(letter: char) -> bool {
    is_at(letter) || is_label(letter) || letter == '.'
}

fn is_label(letter: char) -> bool {
    super::mask::is_word(letter) || letter == '-'
}
