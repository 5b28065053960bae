//! One JSON value from its text, by the grammar of RFC 8259, with what is wrong where.

use std::collections::BTreeSet;

use super::value::Value;

/// How deeply lists and objects may hold each other.
pub(super) const MAX_DEPTH: usize = 64;
/// How many values a record may hold.
pub(super) const MAX_VALUES: usize = 1 << 20;

/// What is wrong with a value and where.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// At this byte something else was expected.
    Syntax {
        at: usize,
        expected: &'static str,
    },
    TooDeep,
    TooMany,
    /// A key stands twice in an object.
    Duplicate(String),
}

/// Reads one value from text that holds nothing else.
pub(super) struct Parser<'a> {
    bytes: &'a [u8],
    at: usize,
    values: usize,
    /// Sequences that stand for no character, each replaced by U+FFFD.
    pub(super) wrong: u64,
}

impl<'a> Parser<'a> {
    /// A parser of this text.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, values: 0, wrong: 0 }
    }

    /// The value.
    pub(super) fn parse(&mut self) -> Result<Value, Fault> {
        let value = self.value(0)?;
        self.skip_blanks();
        if self.at < self.bytes.len() { Err(self.expected("the end of the record")) } else { Ok(value) }
    }

    fn value(&mut self, depth: usize) -> Result<Value, Fault> {
        if depth > MAX_DEPTH {
            return Err(Fault::TooDeep);
        }
        self.values += 1;
        if self.values > MAX_VALUES {
            return Err(Fault::TooMany);
        }
        self.skip_blanks();
        match self.bytes.get(self.at) {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => self.string().map(Value::Text),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            _ => Err(self.expected("a value")),
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value, Fault> {
        self.at += 1;
        let mut members: Vec<(String, Value)> = Vec::new();
        self.skip_blanks();
        if self.take(b'}') {
            return Ok(Value::Object(members));
        }
        loop {
            self.skip_blanks();
            if self.bytes.get(self.at) != Some(&b'"') {
                return Err(self.expected("a key in quotes"));
            }
            let key = self.string()?;
            self.skip_blanks();
            if !self.take(b':') {
                return Err(self.expected("`:` after the key"));
            }
            members.push((key, self.value(depth + 1)?));
            self.skip_blanks();
            if self.take(b'}') {
                break;
            }
            if !self.take(b',') {
                return Err(self.expected("`,` or `}` after the value"));
            }
        }
        match repeated_key(&members) {
            Some(key) => Err(Fault::Duplicate(key)),
            None => Ok(Value::Object(members)),
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, Fault> {
        self.at += 1;
        let mut items = Vec::new();
        self.skip_blanks();
        if self.take(b']') {
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.skip_blanks();
            if self.take(b']') {
                return Ok(Value::List(items));
            }
            if !self.take(b',') {
                return Err(self.expected("`,` or `]` after the value"));
            }
        }
    }

    fn number(&mut self) -> Result<Value, Fault> {
        let start = self.at;
        self.take(b'-');
        if self.take(b'0') {
            if self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
                return Err(self.expected("a number without a leading zero (an id such as 007 needs quotes)"));
            }
        } else if !self.digits() {
            return Err(self.expected("a digit"));
        }
        if self.take(b'.') && !self.digits() {
            return Err(self.expected("a digit after the point"));
        }
        if self.take(b'e') || self.take(b'E') {
            let _ = self.take(b'+') || self.take(b'-');
            if !self.digits() {
                return Err(self.expected("a digit in the exponent"));
            }
        }
        let text = self.bytes[start..self.at].iter().map(|byte| char::from(*byte)).collect();
        Ok(Value::Number(text))
    }

    fn digits(&mut self) -> bool {
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        self.at > start
    }

    fn word(&mut self, word: &'static str, value: Value) -> Result<Value, Fault> {
        if self.bytes[self.at..].starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(value)
        } else {
            Err(self.expected("a value"))
        }
    }

    /// A text in quotes, the first of which is here.
    fn string(&mut self) -> Result<String, Fault> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = &self.bytes[self.at..];
            let Some(length) = memchr::memchr2(b'"', b'\\', rest) else {
                self.at = self.bytes.len();
                return Err(self.expected("a quote at the end of the text"));
            };
            self.push_bytes(&rest[..length], &mut text);
            self.at += length + 1;
            if rest[length] == b'"' {
                return Ok(text);
            }
            let escape = self.bytes.get(self.at).copied();
            self.at += 1;
            match escape {
                Some(byte @ (b'"' | b'\\' | b'/')) => text.push(char::from(byte)),
                Some(b'n') => text.push('\n'),
                Some(b't') => text.push('\t'),
                Some(b'r') => text.push('\r'),
                Some(b'b') => text.push('\u{8}'),
                Some(b'f') => text.push('\u{C}'),
                Some(b'u') => {
                    let character = self.escaped_character()?;
                    text.push(character);
                }
                _ => {
                    self.at -= 1;
                    return Err(self.expected("one of \" \\ / b f n r t u after `\\`"));
                }
            }
        }
    }

    /// The character of `\u…`, whose digits are here; two of them where it is outside the first 65,536.
    fn escaped_character(&mut self) -> Result<char, Fault> {
        let first = self.four_digits()?;
        let code = if (0xD800..0xDC00).contains(&first) && self.bytes[self.at..].starts_with(b"\\u") {
            let before = self.at;
            self.at += 2;
            let second = self.four_digits()?;
            if (0xDC00..0xE000).contains(&second) {
                0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00)
            } else {
                self.at = before;
                first
            }
        } else {
            first
        };
        // A NUL would make text look binary.
        Ok(char::from_u32(code).filter(|character| *character != '\0').unwrap_or_else(|| {
            self.wrong += 1;
            char::REPLACEMENT_CHARACTER
        }))
    }

    fn four_digits(&mut self) -> Result<u32, Fault> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.bytes.get(self.at).and_then(|byte| char::from(*byte).to_digit(16));
            let Some(digit) = digit else {
                return Err(self.expected("four hexadecimal digits after `\\u`"));
            };
            code = code * 16 + digit;
            self.at += 1;
        }
        Ok(code)
    }

    fn push_bytes(&mut self, bytes: &[u8], text: &mut String) {
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            if !chunk.invalid().is_empty() {
                text.push(char::REPLACEMENT_CHARACTER);
                self.wrong += 1;
            }
        }
    }

    fn skip_blanks(&mut self) {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        let is_here = self.bytes.get(self.at) == Some(&byte);
        self.at += usize::from(is_here);
        is_here
    }

    fn expected(&self, expected: &'static str) -> Fault {
        Fault::Syntax { at: self.at, expected }
    }
}

fn repeated_key(members: &[(String, Value)]) -> Option<String> {
    const FEW: usize = 24;
    let repeated = if members.len() <= FEW {
        members
            .iter()
            .enumerate()
            .find(|(at, (key, _))| members[..*at].iter().any(|(before, _)| before == key))
    } else {
        let mut seen = BTreeSet::new();
        members.iter().enumerate().find(|(_, (key, _))| !seen.insert(key))
    };
    repeated.map(|(_, (key, _))| key.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<Value, Fault> {
        Parser::new(text.as_bytes()).parse()
    }

    fn again(text: &str) -> String {
        let mut json = String::new();
        parsed(text).unwrap().push_json(&mut json);
        json
    }

    #[test]
    fn values_keep_their_digits_and_the_order_of_their_keys() {
        let text = r#" {"z": 12345678901234567890123, "a": [1.50, -0e+5, true, null], "n": {"x": "q\"\\\u00e9\ud83d\ude00\n"}} "#;
        assert_eq!(
            again(text),
            "{\"z\":12345678901234567890123,\"a\":[1.50,-0e+5,true,null],\"n\":{\"x\":\"q\\\"\\\\é😀\\n\"}}"
        );
    }

    #[test]
    fn faults_say_where_and_what_was_expected() {
        for (text, at, word) in [
            ("{\"a\" 1}", 5, "`:`"),
            ("{\"a\":1 \"b\":2}", 7, "`,` or `}`"),
            ("{a:1}", 1, "a key"),
            ("[1 2]", 3, "`,` or `]`"),
            ("{\"a\":007}", 6, "leading zero"),
            ("{\"a\":NaN}", 5, "a value"),
            ("{\"a\":1,}", 7, "a key"),
            ("{\"a\":1} x", 8, "the end"),
            ("{\"a\":\"x", 7, "a quote"),
            ("{\"a\":\"\\x\"}", 7, "after `\\`"),
            ("{\"a\":\"\\u12\"}", 10, "hexadecimal"),
            ("[1.]", 3, "after the point"),
            ("[-]", 2, "a digit"),
            ("[1e]", 3, "exponent"),
            ("", 0, "a value"),
            ("[tru]", 1, "a value"),
        ] {
            let Err(Fault::Syntax { at: found, expected }) = parsed(text) else { panic!("{text}") };
            assert_eq!(found, at, "{text}");
            assert!(expected.contains(word), "{text}: {expected}");
        }
    }

    #[test]
    fn depth_number_of_values_and_repeated_keys_are_bounded() {
        let deep = "[".repeat(100_000);
        assert_eq!(parsed(&deep), Err(Fault::TooDeep));
        let many = format!("[{}1]", "1,".repeat(MAX_VALUES));
        assert_eq!(parsed(&many), Err(Fault::TooMany));
        assert_eq!(parsed("{\"a\":1,\"b\":2,\"a\":3}"), Err(Fault::Duplicate("a".to_owned())));
        let keys: Vec<String> = (0..100).map(|key| format!("\"k{}\":1", key % 99)).collect();
        assert_eq!(parsed(&format!("{{{}}}", keys.join(","))), Err(Fault::Duplicate("k0".to_owned())));
    }

    #[test]
    fn bytes_that_are_no_text_are_counted() {
        let mut parser = Parser::new(b"[\"caf\xE9\", \"\\ud800\", \"\\u0000\", \"\\ud800\\u0041\"]");
        let value = parser.parse().unwrap();
        let text = |words: &str| Value::Text(words.to_owned());
        assert_eq!(
            value,
            Value::List(vec![text("caf\u{FFFD}"), text("\u{FFFD}"), text("\u{FFFD}"), text("\u{FFFD}A")])
        );
        assert_eq!(parser.wrong, 4);
    }
}
