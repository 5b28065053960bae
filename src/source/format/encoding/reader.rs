//! A stream of UTF-8 from a stream in another encoding.

use std::io::{self, ErrorKind, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::{Decoder, DecoderResult, Encoding as CodePage};

use super::label::Encoding;

/// How much is decoded at once; it becomes at most three times as long.
const PIECE: usize = 32 * 1024;

const REPLACEMENT: &[u8] = "\u{FFFD}".as_bytes();

const MARK: &[u8] = "\u{FEFF}".as_bytes();

/// Text as UTF-8, decoded while it is read; a byte order mark is dropped.
///
/// A sequence of bytes that stands for nothing becomes U+FFFD and is counted.
pub struct Utf8Reader<R> {
    source: R,
    decoding: Decoding,
    packed: Vec<u8>,
    text: Vec<u8>,
    given: usize,
    /// The first character may be a byte order mark.
    is_at_start: bool,
    is_ended: bool,
    wrong_bytes: Arc<AtomicU64>,
}

impl<R: Read> Utf8Reader<R> {
    /// Text in an encoding; sequences that stand for nothing are added to `wrong_bytes`.
    pub fn new(source: R, encoding: Encoding, wrong_bytes: Arc<AtomicU64>) -> Self {
        Self {
            source,
            decoding: Decoding::new(encoding),
            packed: vec![0; PIECE],
            text: Vec::new(),
            given: 0,
            is_at_start: true,
            is_ended: false,
            wrong_bytes,
        }
    }

    /// Decodes the next piece.
    fn fill(&mut self) -> io::Result<()> {
        let length = loop {
            match self.source.read(&mut self.packed) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.is_ended = length == 0;
        self.text.clear();
        self.given = 0;
        let wrong = self.decoding.push(&self.packed[..length], self.is_ended, &mut self.text);
        self.wrong_bytes.fetch_add(wrong, Ordering::Relaxed);
        if self.is_at_start && !self.text.is_empty() {
            self.is_at_start = false;
            if self.text.starts_with(MARK) {
                self.given = MARK.len();
            }
        }
        Ok(())
    }
}

impl<R: Read> Read for Utf8Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        while self.given == self.text.len() && !self.is_ended {
            self.fill()?;
        }
        let length = (self.text.len() - self.given).min(buffer.len());
        buffer[..length].copy_from_slice(&self.text[self.given..self.given + length]);
        self.given += length;
        Ok(length)
    }
}

/// The beginning of a text, and how many of its sequences stand for nothing; what its end cuts is left out.
pub(super) fn decode(head: &[u8], encoding: Encoding) -> (String, u64) {
    let mut text = Vec::new();
    let wrong = Decoding::new(encoding).push(head, false, &mut text);
    (String::from_utf8(text).unwrap_or_default(), wrong)
}

/// A decoder with what it remembers between pieces.
enum Decoding {
    /// One byte a character; the bytes that are marked stand for nothing.
    Single(Decoder, Box<[bool; 256]>),
    /// Several bytes a character.
    Multiple(Decoder),
    /// Four bytes a character.
    Four { to_number: fn([u8; 4]) -> u32, waiting: Vec<u8> },
}

impl Decoding {
    fn new(encoding: Encoding) -> Self {
        let page = match encoding {
            Encoding::Utf8 => encoding_rs::UTF_8,
            Encoding::Utf16Le => encoding_rs::UTF_16LE,
            Encoding::Utf16Be => encoding_rs::UTF_16BE,
            Encoding::CodePage(page) => page,
            Encoding::Utf32Le => return Self::Four { to_number: u32::from_le_bytes, waiting: Vec::new() },
            Encoding::Utf32Be => return Self::Four { to_number: u32::from_be_bytes, waiting: Vec::new() },
        };
        let decoder = page.new_decoder_without_bom_handling();
        if page.is_single_byte() {
            Self::Single(decoder, Box::new(empty_places(page)))
        } else {
            Self::Multiple(decoder)
        }
    }

    /// Decodes a piece, adds it to the text and gives the number of sequences that stand for nothing.
    fn push(&mut self, piece: &[u8], is_last: bool, text: &mut Vec<u8>) -> u64 {
        match self {
            Self::Multiple(decoder) => push_decoded(decoder, piece, is_last, text),
            Self::Single(decoder, is_empty_place) => {
                let mut wrong = 0;
                let mut rest = piece;
                while let Some(at) = rest.iter().position(|byte| is_empty_place[usize::from(*byte)]) {
                    wrong += 1 + push_decoded(decoder, &rest[..at], false, text);
                    text.extend_from_slice(REPLACEMENT);
                    rest = &rest[at + 1..];
                }
                wrong + push_decoded(decoder, rest, is_last, text)
            }
            Self::Four { to_number, waiting } => push_four(*to_number, waiting, piece, is_last, text),
        }
    }
}

/// Bytes that the standard gives to C1 controls for want of a character.
fn empty_places(page: &'static CodePage) -> [bool; 256] {
    let mut places = [false; 256];
    for (byte, place) in (0..=u8::MAX).zip(&mut places) {
        let (decoded, _) = page.decode_without_bom_handling(std::slice::from_ref(&byte));
        *place = decoded.chars().all(|character| matches!(character, '\u{80}'..='\u{9F}'));
    }
    places
}

fn push_decoded(decoder: &mut Decoder, piece: &[u8], is_last: bool, text: &mut Vec<u8>) -> u64 {
    let (mut wrong, mut rest, mut decoded) = (0, piece, [0; 4096]);
    loop {
        let (result, read, written) = decoder.decode_to_utf8_without_replacement(rest, &mut decoded, is_last);
        text.extend_from_slice(&decoded[..written]);
        rest = &rest[read..];
        match result {
            DecoderResult::InputEmpty => return wrong,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(_, _) => {
                wrong += 1;
                text.extend_from_slice(REPLACEMENT);
            }
        }
    }
}

fn push_four(
    to_number: fn([u8; 4]) -> u32,
    waiting: &mut Vec<u8>,
    piece: &[u8],
    is_last: bool,
    text: &mut Vec<u8>,
) -> u64 {
    waiting.extend_from_slice(piece);
    let mut wrong = 0;
    let (units, rest) = waiting.as_chunks::<4>();
    for unit in units {
        if let Some(character) = char::from_u32(to_number(*unit)) {
            text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        } else {
            wrong += 1;
            text.extend_from_slice(REPLACEMENT);
        }
    }
    *waiting = rest.to_vec();
    if is_last && !waiting.is_empty() {
        waiting.clear();
        wrong += 1;
        text.extend_from_slice(REPLACEMENT);
    }
    wrong
}
