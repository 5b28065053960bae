//! The tags and texts of an XML part, one after the other, in bounded memory.
//!
//! It knows as much XML as workbooks use: no document types, names without their prefix, ends not matched with their
//! beginnings. No tag and no text may be longer than [`MAX_TOKEN`], so that a part that unpacks to gigabytes of one
//! letter is refused instead of held.

use std::io::{self, Read};
use std::ops::Range;

use memchr::memmem;

/// The longest tag or text; a cell of a spreadsheet holds at most 32,767 characters.
pub(super) const MAX_TOKEN: usize = 4 << 20;

const BLOCK: usize = 64 * 1024;

/// A part of the document.
#[derive(Debug)]
pub(super) enum Token<'a> {
    /// `<name …>` or `<name …/>`.
    Open(Tag<'a>),
    /// `</name>`
    Close(&'a [u8]),
    /// What stands between tags, entities and all.
    Text(&'a [u8]),
    /// `<![CDATA[…]]>`
    Data(&'a [u8]),
}

/// The beginning of an element.
#[derive(Debug)]
pub(super) struct Tag<'a> {
    /// Its name without a prefix.
    pub(super) name: &'a [u8],
    /// It has no content.
    pub(super) is_closed: bool,
    attributes: &'a [u8],
}

impl<'a> Tag<'a> {
    /// The value of an attribute as it stands, by its name without a prefix.
    pub(super) fn raw(&self, name: &[u8]) -> Option<&'a [u8]> {
        self.attributes().find(|(key, _)| local(key) == name).map(|(_, value)| value)
    }

    /// The value of an attribute as text.
    pub(super) fn value(&self, name: &[u8]) -> Option<String> {
        self.raw(name).map(|raw| {
            let mut text = String::new();
            unescape_into(raw, &mut text);
            text
        })
    }

    /// Every attribute, its name with its prefix.
    pub(super) fn attributes(&self) -> Attributes<'a> {
        Attributes { rest: self.attributes }
    }
}

/// The attributes of a tag.
pub(super) struct Attributes<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a [u8], &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest.trim_ascii_start();
        let equals = memchr::memchr(b'=', rest)?;
        let name = rest[..equals].trim_ascii();
        let after = rest[equals + 1..].trim_ascii_start();
        let (&quote, quoted) = after.split_first()?;
        if quote != b'"' && quote != b'\'' {
            return None;
        }
        let end = memchr::memchr(quote, quoted)?;
        self.rest = &quoted[end + 1..];
        Some((name, &quoted[..end]))
    }
}

/// The tokens of a stream of XML.
pub(super) struct XmlReader<R> {
    source: R,
    buffer: Vec<u8>,
    /// What is read and not yet handed out.
    waiting: Range<usize>,
    is_at_end: bool,
}

impl<R: Read> XmlReader<R> {
    /// The tokens of this stream.
    pub(super) fn new(source: R) -> Self {
        Self { source, buffer: Vec::new(), waiting: 0..0, is_at_end: false }
    }

    /// The next token; none at the end of the part.
    ///
    /// # Errors
    /// The part cannot be read, ends within a tag, or holds a token that is too long.
    pub(super) fn next(&mut self) -> io::Result<Option<Token<'_>>> {
        loop {
            if self.waiting.is_empty() && !self.fill()? {
                return Ok(None);
            }
            if self.buffer[self.waiting.start] != b'<' {
                let length = self.find(1, |bytes| memchr::memchr(b'<', bytes))?;
                let length = length.unwrap_or(self.waiting.len());
                let text = self.take(length);
                return Ok(Some(Token::Text(&self.buffer[text])));
            }
            if self.starts_with(b"<!--")? {
                self.skip_past(4, b"-->")?;
            } else if self.starts_with(b"<![CDATA[")? {
                let data = self.skip_past(9, b"]]>")?;
                return Ok(Some(Token::Data(&self.buffer[data.start + 9..data.end - 3])));
            } else if self.starts_with(b"<?")? {
                self.skip_past(2, b"?>")?;
            } else if self.starts_with(b"<!")? {
                return Err(wrong("it declares a document type"));
            } else {
                let tag = self.tag()?;
                return Ok(Some(token_of(&self.buffer[tag])));
            }
        }
    }

    /// The place of the tag that begins here, with its brackets.
    fn tag(&mut self) -> io::Result<Range<usize>> {
        let mut at = 1;
        loop {
            let Some(found) = self.find(at, |bytes| memchr::memchr3(b'>', b'"', b'\'', bytes))? else {
                return Err(wrong("it ends within a tag"));
            };
            let byte = self.buffer[self.waiting.start + found];
            if byte == b'>' {
                return Ok(self.take(found + 1));
            }
            let Some(close) = self.find(found + 1, |bytes| memchr::memchr(byte, bytes))? else {
                return Err(wrong("it ends within a tag"));
            };
            at = close + 1;
        }
    }

    fn skip_past(&mut self, from: usize, end: &[u8]) -> io::Result<Range<usize>> {
        match self.find_overlapping(from, end)? {
            Some(at) => Ok(self.take(at + end.len())),
            None => Err(wrong("it ends within a comment")),
        }
    }

    fn starts_with(&mut self, prefix: &[u8]) -> io::Result<bool> {
        while self.waiting.len() < prefix.len() && self.fill()? {}
        Ok(self.buffer[self.waiting.clone()].starts_with(prefix))
    }

    /// Where a byte stands, counted from the beginning of the token.
    fn find(
        &mut self,
        mut from: usize,
        search: impl Fn(&[u8]) -> Option<usize>,
    ) -> io::Result<Option<usize>> {
        loop {
            let bytes = self.buffer.get(self.waiting.start + from..self.waiting.end).unwrap_or_default();
            if let Some(at) = search(bytes) {
                return Ok(Some(from + at));
            }
            from = from.max(self.waiting.len());
            if !self.fill()? {
                return Ok(None);
            }
        }
    }

    fn find_overlapping(&mut self, mut from: usize, end: &[u8]) -> io::Result<Option<usize>> {
        loop {
            let bytes = self.buffer.get(self.waiting.start + from..self.waiting.end).unwrap_or_default();
            if let Some(at) = memmem::find(bytes, end) {
                return Ok(Some(from + at));
            }
            from = from.max(self.waiting.len().saturating_sub(end.len() - 1));
            if !self.fill()? {
                return Ok(None);
            }
        }
    }

    fn take(&mut self, length: usize) -> Range<usize> {
        let taken = self.waiting.start..self.waiting.start + length;
        self.waiting.start = taken.end;
        taken
    }

    /// Reads on, keeping what waits; false at the end.
    fn fill(&mut self) -> io::Result<bool> {
        if self.is_at_end {
            return Ok(false);
        }
        if self.waiting.len() > MAX_TOKEN {
            return Err(wrong("it holds a tag or a text of more than 4 MiB"));
        }
        self.buffer.copy_within(self.waiting.clone(), 0);
        self.waiting = 0..self.waiting.len();
        if self.buffer.len() < self.waiting.end + BLOCK {
            self.buffer.resize(self.waiting.end + BLOCK, 0);
        }
        let read = loop {
            match self.source.read(&mut self.buffer[self.waiting.end..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.waiting.end += read;
        self.is_at_end = read == 0;
        Ok(read > 0)
    }
}

/// Appends raw text with its entities replaced; bytes that are no UTF-8 become U+FFFD and are counted.
pub(super) fn unescape_into(raw: &[u8], text: &mut String) -> u64 {
    let mut wrong = 0;
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'&', rest) {
        wrong += push_bytes(&rest[..at], text);
        rest = &rest[at..];
        let end = memchr::memchr(b';', &rest[..rest.len().min(12)]);
        if let Some((end, character)) = end.and_then(|end| Some((end, entity(&rest[1..end])?))) {
            text.push(character);
            rest = &rest[end + 1..];
        } else {
            text.push('&');
            rest = &rest[1..];
        }
    }
    wrong + push_bytes(rest, text)
}

fn push_bytes(bytes: &[u8], text: &mut String) -> u64 {
    if let Ok(valid) = std::str::from_utf8(bytes) {
        text.push_str(valid);
        return 0;
    }
    let mut wrong = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push('\u{FFFD}');
            wrong += 1;
        }
    }
    wrong
}

fn entity(name: &[u8]) -> Option<char> {
    match name {
        b"amp" => Some('&'),
        b"lt" => Some('<'),
        b"gt" => Some('>'),
        b"quot" => Some('"'),
        b"apos" => Some('\''),
        _ => {
            let number = std::str::from_utf8(name.strip_prefix(b"#")?).ok()?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

fn token_of(tag: &[u8]) -> Token<'_> {
    let inner = &tag[1..tag.len() - 1];
    if let Some(name) = inner.strip_prefix(b"/") {
        return Token::Close(local(name.trim_ascii_end()));
    }
    let (inner, is_closed) = match inner.strip_suffix(b"/") {
        Some(inner) => (inner, true),
        None => (inner, false),
    };
    let end = inner.iter().position(u8::is_ascii_whitespace).unwrap_or(inner.len());
    Token::Open(Tag { name: local(&inner[..end]), is_closed, attributes: &inner[end..] })
}

/// A name without its prefix.
fn local(name: &[u8]) -> &[u8] {
    match name.iter().position(|byte| *byte == b':') {
        Some(colon) => &name[colon + 1..],
        None => name,
    }
}

fn wrong(problem: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out a few bytes at a time.
    struct Drops<'a>(&'a [u8], usize);

    impl Read for Drops<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = self.1.min(self.0.len()).min(buffer.len());
            buffer[..length].copy_from_slice(&self.0[..length]);
            self.0 = &self.0[length..];
            Ok(length)
        }
    }

    fn told(document: &str, step: usize) -> String {
        use std::fmt::Write;
        let mut reader = XmlReader::new(Drops(document.as_bytes(), step));
        let mut told = String::new();
        loop {
            match reader.next() {
                Ok(None) => return told,
                Err(error) => return format!("{told} {error}"),
                Ok(Some(Token::Open(tag))) => {
                    write!(told, "<{}", String::from_utf8_lossy(tag.name)).unwrap();
                    for (name, value) in tag.attributes() {
                        let (name, value) = (String::from_utf8_lossy(name), String::from_utf8_lossy(value));
                        write!(told, " {name}={value}").unwrap();
                    }
                    told.push_str(if tag.is_closed { "/>" } else { ">" });
                }
                Ok(Some(Token::Close(name))) => {
                    write!(told, "</{}>", String::from_utf8_lossy(name)).unwrap();
                }
                Ok(Some(Token::Text(text))) => write!(told, "[{}]", String::from_utf8_lossy(text)).unwrap(),
                Ok(Some(Token::Data(text))) => {
                    write!(told, "{{{}}}", String::from_utf8_lossy(text)).unwrap();
                }
            }
        }
    }

    #[test]
    fn tags_texts_and_data_come_whatever_the_size_of_the_pieces() {
        let document = "<?xml version='1.0'?><!-- a > b --><x:a b = \"1 > 0\" c='\"'><d/>one &amp; two</x:a>\n<![CDATA[a]b]]>";
        for step in [1, 2, 3, 7, 1000] {
            assert_eq!(told(document, step), "<a b=1 > 0 c=\"><d/>[one &amp; two]</a>[\n]{a]b}", "{step}");
        }
    }

    #[test]
    fn a_cut_or_endless_document_is_refused() {
        assert_eq!(told("<a><b x='1", 100), "<a> it ends within a tag");
        assert_eq!(told("<!-- ", 100), " it ends within a comment");
        assert_eq!(told("<!DOCTYPE a>", 100), " it declares a document type");
        let long = "x".repeat(MAX_TOKEN + 2 * BLOCK);
        assert!(told(&long, BLOCK).ends_with("more than 4 MiB"));
        assert_eq!(told("", 1), "");
    }

    #[test]
    fn entities_are_replaced_and_bytes_that_are_no_text_counted() {
        let mut text = String::new();
        assert_eq!(unescape_into(b"&lt;a&gt; &amp;amp; &#x41;&#66; &nbsp; & R&D; &#x110000;", &mut text), 0);
        assert_eq!(text, "<a> &amp; AB &nbsp; & R&D; &#x110000;");
        text.clear();
        assert_eq!(unescape_into(b"caf\xE9 \xFF!", &mut text), 2);
        assert_eq!(text, "caf\u{FFFD} \u{FFFD}!");
    }
}
