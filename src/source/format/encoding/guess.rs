//! Which encoding bytes are in, and how sure that is.

use std::fmt;
use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs as whatwg;

use super::evidence::characters;
use super::familiar::by_characters;
use super::label::Encoding;
use super::plausible::{plausibility, tells_a_language};
use super::reader::decode;
use super::sequences::Sequences;
use super::wide;

/// How much of the lines beyond ASCII [`scan`] keeps to guess by.
const SAMPLE_SIZE: usize = 256 * 1024;

/// How much is looked at character by character.
const FIRST_SIZE: usize = 32 * 1024;

/// How much more plausible than chardetng's guess another must be.
const MARGIN: i64 = 2;

/// How an encoding was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sureness {
    /// Nothing but ASCII was seen.
    Ascii,
    /// By a byte order mark, or because it is valid UTF-8 beyond ASCII.
    Certain,
    /// Most of what is beyond ASCII is UTF-8, not all.
    Mostly,
    /// By zero bytes, or by what is frequent in languages.
    Guessed,
    /// The user said so.
    Typed,
}

/// The encoding of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The encoding.
    pub encoding: Encoding,
    /// How it was found.
    pub sureness: Sureness,
    /// Whether a byte order mark says so.
    pub has_mark: bool,
    /// The first characters beyond ASCII as they are read, such as `é, ü …`.
    pub evidence: String,
    /// Sequences seen that this encoding has no character for.
    pub wrong: u64,
    /// What speaks against it, a clause each.
    pub doubts: Vec<String>,
}

impl Guess {
    /// Whether the text has to go through a [`super::Utf8Reader`]: it is not UTF-8, or not all of it.
    pub fn needs_decoding(&self) -> bool {
        self.encoding != Encoding::Utf8 || self.wrong > 0
    }

    /// What is said of it; none where there is nothing to say.
    pub fn sentence(&self) -> Option<String> {
        let name = self.encoding;
        let evidence = if self.evidence.is_empty() { "" } else { ": " };
        let said = match self.sureness {
            Sureness::Ascii => return None,
            Sureness::Certain if name == Encoding::Utf8 && self.doubts.is_empty() => return None,
            Sureness::Certain => format!("read as {name}, as its first bytes say"),
            Sureness::Mostly => format!("read as {name}"),
            Sureness::Typed => format!("read as {name}, as asked"),
            Sureness::Guessed => {
                format!("read as {name}, a guess{evidence}{}; --encoding overrides", self.evidence)
            }
        };
        Some(self.doubts.iter().fold(said, |said, doubt| said + "; " + doubt))
    }
}

impl fmt::Display for Guess {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.sentence().unwrap_or_else(|| format!("read as {}", self.encoding)))
    }
}

/// The encoding of a file by its head, which may be cut within a character; `typed` is what the user said.
///
/// A byte order mark overrides even that, and it is said.
pub fn sniff(head: &[u8], typed: Option<&Encoding>) -> Guess {
    let sequences = Sequences::of(head);
    if let Some(encoding) = wide::by_mark(head) {
        return by_mark(head, encoding, typed.copied(), &sequences);
    }
    if let Some(typed) = typed {
        return by_word(head, *typed, &sequences);
    }
    if let Some(encoding) = wide::by_zeros(head) {
        return guess_of(encoding, Sureness::Guessed, head);
    }
    by_content(head, &sequences)
}

/// The encoding of a whole file, which is read to its end.
///
/// # Errors
/// The file cannot be read.
pub fn scan(mut file: impl Read, typed: Option<&Encoding>) -> io::Result<Guess> {
    let mut head = Vec::new();
    file.by_ref().take(u64::try_from(SAMPLE_SIZE).unwrap_or(u64::MAX)).read_to_end(&mut head)?;
    if typed.is_some() || wide::by_mark(&head).is_some() || wide::by_zeros(&head).is_some() {
        return Ok(sniff(&head, typed));
    }
    let (mut sequences, mut sample) = (Sequences::default(), Sample::default());
    let mut piece = head;
    loop {
        sequences.feed(&piece);
        sample.feed(&piece);
        piece.clear();
        file.by_ref().take(64 * 1024).read_to_end(&mut piece)?;
        if piece.is_empty() {
            break;
        }
    }
    sequences.end();
    sample.end_line();
    Ok(by_content(&sample.lines, &sequences))
}

/// A mark is right: text that begins with these bytes and is something else has never been met.
fn by_mark(head: &[u8], encoding: Encoding, typed: Option<Encoding>, sequences: &Sequences) -> Guess {
    let mut guess = guess_of(encoding, Sureness::Certain, head);
    guess.has_mark = true;
    if encoding == Encoding::Utf8 {
        guess.wrong = sequences.invalid;
        guess.doubts.extend(doubt_of_wrong(sequences.invalid));
    }
    let is_wide = |encoding| matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be);
    if let Some(typed) = typed.filter(|typed| *typed != encoding && !(is_wide(*typed) && is_wide(encoding))) {
        guess
            .doubts
            .push(format!("it begins with the mark of {encoding}, so `--encoding {typed}` is not used"));
    }
    guess
}

/// The user's word holds; what speaks against it is said.
fn by_word(head: &[u8], typed: Encoding, sequences: &Sequences) -> Guess {
    let mut guess = guess_of(typed, Sureness::Typed, head);
    if typed == Encoding::Utf8 {
        guess.wrong = sequences.invalid;
    }
    if let Some(wide) = wide::by_zeros(head).filter(|wide| *wide != typed) {
        guess.doubts.push(format!("its zero bytes are those of {wide}"));
    } else if typed == Encoding::Utf8 {
        guess.doubts.extend(doubt_of_wrong(sequences.invalid));
    } else if sequences.valid > 0 && sequences.invalid == 0 {
        guess.doubts.push("it is valid UTF-8".to_owned());
    } else {
        guess.doubts.extend(doubt_of_empty_places(guess.wrong));
    }
    guess
}

/// Without a mark and without zeros: UTF-8, or a code page.
fn by_content(sample: &[u8], sequences: &Sequences) -> Guess {
    let (valid, invalid) = (sequences.valid, sequences.invalid);
    if valid == 0 && invalid == 0 {
        return if is_iso_2022_jp(sample) {
            guess_of(Encoding::CodePage(whatwg::ISO_2022_JP), Sureness::Guessed, sample)
        } else {
            guess_of(Encoding::Utf8, Sureness::Ascii, sample)
        };
    }
    if invalid == 0 {
        return guess_of(Encoding::Utf8, Sureness::Certain, sample);
    }
    // By chance, other encodings make few valid sequences, and many that are not.
    if valid >= invalid {
        let mut guess = guess_of(Encoding::Utf8, Sureness::Mostly, sample);
        guess.wrong = invalid;
        guess.doubts.extend(doubt_of_wrong(invalid));
        return guess;
    }
    let mut guess = guess_of(code_page(sample), Sureness::Guessed, sample);
    guess.doubts.extend(doubt_of_empty_places(guess.wrong));
    // In a text of single bytes a valid sequence is two or three signs in a row.
    if valid > 0 && !is_multiple(guess.encoding) {
        let look = if valid == 1 { "looks" } else { "look" };
        guess.doubts.push(format!("{} {look} like UTF-8, so encodings may be mixed", sequences_seen(valid)));
    }
    guess
}

fn guess_of(encoding: Encoding, sureness: Sureness, head: &[u8]) -> Guess {
    let (evidence, wrong) = if sureness == Sureness::Ascii {
        (String::new(), 0)
    } else {
        let (text, wrong) = decode(head, encoding);
        (characters(&text), if encoding == Encoding::Utf8 { 0 } else { wrong })
    };
    Guess { encoding, sureness, has_mark: false, evidence, wrong, doubts: Vec::new() }
}

fn doubt_of_wrong(wrong: u64) -> Option<String> {
    let [is, becomes] = if wrong == 1 { ["is", "becomes"] } else { ["are", "become"] };
    (wrong > 0).then(|| {
        format!(
            "{} {is} not UTF-8 and {becomes} U+FFFD: encodings are mixed, or `--encoding` has to name another",
            sequences_seen(wrong)
        )
    })
}

fn doubt_of_empty_places(wrong: u64) -> Option<String> {
    let stand = if wrong == 1 { "stands" } else { "stand" };
    (wrong > 0).then(|| format!("{} {stand} for no character there", sequences_seen(wrong)))
}

fn sequences_seen(count: u64) -> String {
    format!("{count} sequence{} seen", if count == 1 { "" } else { "s" })
}

fn is_multiple(encoding: Encoding) -> bool {
    matches!(encoding, Encoding::CodePage(page) if !page.is_single_byte())
}

/// Escapes to its two sets of characters; the rest is ASCII.
fn is_iso_2022_jp(sample: &[u8]) -> bool {
    [&b"\x1B$B"[..], b"\x1B$@"].iter().any(|escape| memchr::memmem::find(sample, escape).is_some())
}

/// The code page of a text that is not UTF-8.
fn code_page(sample: &[u8]) -> Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, false);
    let mut guessed = detector.guess(None, Utf8Detection::Deny);
    if guessed == whatwg::ISO_8859_8 {
        // Hebrew written backwards went with the web pages of the nineties; short Russian words are taken for it.
        guessed = detector.guess(Some(b"ru"), Utf8Detection::Deny);
    }
    let guessed = Encoding::of(guessed).unwrap_or(Encoding::WESTERN);
    // What is beside the characters shows in the first of them; statistics want all.
    let sample = first_beyond_ascii(sample);
    if let Some(familiar) = by_characters(sample) {
        return familiar;
    }
    // Where no letter stands in a word there is no language to go by, only what is frequent.
    let guessed = if tells_a_language(&decode(sample, guessed).0) { guessed } else { Encoding::WESTERN };
    let points = |encoding| plausibility(&decode(sample, encoding).0);
    // A line end of the old Mac is a hint, no proof: Excel for the Mac wrote it long after.
    let is_mac_lines = memchr::memchr(b'\r', sample).is_some() && memchr::memchr(b'\n', sample).is_none();
    let of_mac = points(Encoding::MAC_ROMAN) + if is_mac_lines { MARGIN } else { 0 };
    let mut best = (guessed, points(guessed));
    let rivals = [(Encoding::MAC_ROMAN, of_mac), (Encoding::WESTERN, points(Encoding::WESTERN))];
    for (rival, points) in rivals {
        // Only ideographs are doubted for windows-1252; among single bytes chardetng knows better.
        let is_doubted = rival == Encoding::MAC_ROMAN || is_multiple(guessed);
        if is_doubted && rival != guessed && points >= best.1 + MARGIN {
            best = (rival, points);
        }
    }
    best.0
}

/// From a byte before the first beyond ASCII, which is ASCII itself or the beginning.
fn first_beyond_ascii(sample: &[u8]) -> &[u8] {
    let first = sample.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let start = first.saturating_sub(1);
    &sample[start..sample.len().min(start + FIRST_SIZE)]
}

/// The lines beyond ASCII, as many as are kept: a cut within a character would rule its encoding out.
#[derive(Default)]
struct Sample {
    lines: Vec<u8>,
    line: Vec<u8>,
}

impl Sample {
    fn feed(&mut self, piece: &[u8]) {
        let mut rest = piece;
        while let Some(end) = memchr::memchr2(b'\n', b'\r', rest) {
            self.extend(&rest[..=end]);
            self.end_line();
            rest = &rest[end + 1..];
        }
        self.extend(rest);
    }

    /// A line longer than all that is kept is cut at its last comma.
    fn extend(&mut self, part: &[u8]) {
        let room = SAMPLE_SIZE.saturating_sub(self.line.len());
        self.line.extend_from_slice(&part[..part.len().min(room)]);
        if part.len() > room {
            let end = memchr::memrchr3(b',', b';', b'\t', &self.line).unwrap_or(self.line.len());
            self.line.truncate(end);
        }
    }

    fn end_line(&mut self) {
        let is_kept = self.lines.len() + self.line.len() <= SAMPLE_SIZE && !self.line.is_ascii();
        if is_kept {
            self.lines.append(&mut self.line);
        }
        self.line.clear();
    }
}
