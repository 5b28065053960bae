//! The bytes of a stream of JSON with as much of what follows as is asked for, and the line that they stand on.

use std::io::{self, Read};

use super::error::JsonError;
use super::parser::MAX_DEPTH;

/// How far is looked ahead for the shape of a file.
pub(super) const LOOKED_AT: usize = 8 << 20;
const BLOCK: usize = 64 * 1024;

/// A stream that can be looked into.
pub(super) struct Lookahead<R> {
    source: R,
    buffer: Vec<u8>,
    /// Where the bytes begin that are not yet used.
    start: usize,
    end: usize,
    is_at_end: bool,
    /// The line of `start`, and how many of its bytes lie before.
    line: u64,
    column: u64,
}

impl<R: Read> Lookahead<R> {
    /// The bytes of this stream.
    pub(super) fn new(source: R) -> Self {
        Self { source, buffer: Vec::new(), start: 0, end: 0, is_at_end: false, line: 1, column: 0 }
    }

    /// The line on which the next byte stands, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Passes over a byte order mark.
    pub(super) fn skip_mark(&mut self) -> Result<(), JsonError> {
        self.fill_to(3)?;
        if self.waiting().starts_with(b"\xEF\xBB\xBF") {
            self.start = 3;
        }
        Ok(())
    }

    /// The end of the value at `from`, by its brackets and quotes; none if it is longer than `limit`.
    pub(super) fn value_end(&mut self, from: usize, limit: usize) -> Result<Option<usize>, JsonError> {
        let (mut at, mut depth, mut is_in_text) = (from, 0_usize, false);
        loop {
            if at - from > limit {
                return Ok(None);
            }
            if self.start + at >= self.end && !self.fill()? {
                let is_bare = depth == 0 && !is_in_text && at > from;
                return if is_bare { Ok(Some(at)) } else { Err(JsonError::Cut { line: self.line }) };
            }
            let bytes = &self.buffer[self.start..self.end];
            if is_in_text {
                match memchr::memchr2(b'"', b'\\', &bytes[at..]) {
                    None => at = bytes.len(),
                    Some(length) if bytes[at + length] == b'\\' => at += length + 2,
                    Some(length) => {
                        at += length + 1;
                        is_in_text = false;
                        if depth == 0 {
                            return Ok(Some(at));
                        }
                    }
                }
                continue;
            }
            match bytes[at] {
                b'"' => is_in_text = true,
                b'{' | b'[' => {
                    depth += 1;
                    if depth > MAX_DEPTH + 1 {
                        return Err(JsonError::TooDeep { line: self.line, limit: MAX_DEPTH });
                    }
                }
                b'}' | b']' if depth == 0 => return Ok(Some(at.max(from + 1))),
                b'}' | b']' => {
                    depth -= 1;
                    if depth == 0 {
                        return Ok(Some(at + 1));
                    }
                }
                b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' if depth == 0 => {
                    return Ok(Some(at.max(from + 1)));
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// The next byte that is no blank; the blanks before it are used up.
    pub(super) fn next_byte(&mut self) -> Result<Option<u8>, JsonError> {
        loop {
            let blanks =
                self.waiting().iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).count();
            self.consume(blanks);
            if let Some(byte) = self.waiting().first() {
                return Ok(Some(*byte));
            }
            if !self.fill()? {
                return Ok(None);
            }
        }
    }

    /// Where the blanks at a place end.
    pub(super) fn blanks_end(&mut self, mut at: usize) -> Result<usize, JsonError> {
        while matches!(self.byte(at)?, Some(b' ' | b'\t' | b'\r' | b'\n')) {
            at += 1;
            if at > LOOKED_AT {
                return Err(self.unexpected(0, "a record, not blanks"));
            }
        }
        Ok(at)
    }

    /// The byte at a place, counted from what waits.
    pub(super) fn byte(&mut self, at: usize) -> Result<Option<u8>, JsonError> {
        self.fill_to(at + 1)?;
        Ok(self.waiting().get(at).copied())
    }

    /// What was read and is not yet used.
    pub(super) fn waiting(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Uses up so many bytes.
    pub(super) fn consume(&mut self, length: usize) {
        let length = length.min(self.end - self.start);
        let used = &self.buffer[self.start..self.start + length];
        let lines = memchr::memchr_iter(b'\n', used).count();
        match memchr::memrchr(b'\n', used) {
            Some(last) => self.column = (used.len() - last - 1) as u64,
            None => self.column += used.len() as u64,
        }
        self.line += lines as u64;
        self.start += length;
    }

    /// That something else was expected at a place.
    pub(super) fn unexpected(&self, at: usize, expected: &'static str) -> JsonError {
        let bytes = self.waiting();
        let before = &bytes[..at.min(bytes.len())];
        let lines = memchr::memchr_iter(b'\n', before).count() as u64;
        let column = match memchr::memrchr(b'\n', before) {
            Some(last) => (before.len() - last) as u64,
            None => self.column + before.len() as u64 + 1,
        };
        let rest = &bytes[before.len()..];
        let rest = String::from_utf8_lossy(&rest[..rest.len().min(80)]).into_owned();
        let shown: String = rest.chars().take_while(|character| *character != '\n').take(12).collect();
        let found = match (shown.trim(), rest.is_empty()) {
            (_, true) => "the end".to_owned(),
            ("", false) => "the end of the line".to_owned(),
            (shown, false) => format!("`{}`", shown.trim_end_matches('\u{FFFD}')),
        };
        JsonError::Syntax { line: self.line + lines, column, found, expected }
    }

    fn fill_to(&mut self, length: usize) -> Result<(), JsonError> {
        while self.end - self.start < length && self.fill()? {}
        Ok(())
    }

    /// Reads on; false at the end.
    fn fill(&mut self) -> Result<bool, JsonError> {
        if self.is_at_end {
            return Ok(false);
        }
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        if self.buffer.len() < self.end + BLOCK {
            self.buffer.resize((self.end + BLOCK).max(self.end + self.end / 2), 0);
        }
        let read = loop {
            match self.source.read(&mut self.buffer[self.end..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.end += read;
        self.is_at_end = read == 0;
        Ok(read > 0)
    }
}
