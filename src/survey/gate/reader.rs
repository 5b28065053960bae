//! A condition read from left to right: its marks, texts, wave, comparison and number.

use super::Comparison;
use super::fault::Fault;

/// What ends a name that is not known.
pub(super) const MARKS: [char; 7] = ['.', '[', '@', '<', '>', '=', '!'];

/// A condition and how far it is read.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl<'t> Reader<'t> {
    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// Goes over blanks, and says where it is then.
    pub(super) fn skip_blank(&mut self) -> usize {
        self.at += self.rest().len() - self.rest().trim_start().len();
        self.at
    }

    pub(super) fn takes(&mut self, mark: char) -> bool {
        self.skip_blank();
        let found = self.rest().starts_with(mark);
        if found {
            self.at += mark.len_utf8();
        }
        found
    }

    pub(super) fn fault(
        &self,
        length: usize,
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Fault {
        Fault::new(self.at..self.at + length, code, message, help)
    }

    /// A text up to any of these marks, without the blanks at its end.
    pub(super) fn until(&self, marks: &[char]) -> &'t str {
        self.rest().split(marks).next().unwrap_or("").trim_end()
    }

    /// A text between two equal marks; the mark itself is written twice.
    pub(super) fn quoted(&mut self) -> Result<Option<String>, Fault> {
        let Some(mark) = self.rest().chars().next().filter(|mark| matches!(mark, '"' | '\'' | '`')) else {
            return Ok(None);
        };
        let mut value = String::new();
        let mut left = self.rest().char_indices().skip(1).peekable();
        while let Some((at, found)) = left.next() {
            if found != mark {
                value.push(found);
            } else if left.next_if(|(_, next)| *next == mark).is_some() {
                value.push(mark);
            } else {
                self.at += at + mark.len_utf8();
                return Ok(Some(value));
            }
        }
        let message = format!("a text that begins with {mark} is not closed");
        Err(self.fault(self.rest().len(), "unclosed_text", message, format!("close it with {mark}")))
    }

    pub(super) fn wave(&mut self) -> Result<String, Fault> {
        self.takes('@');
        self.skip_blank();
        let wave = match self.quoted()? {
            Some(wave) => wave,
            None => {
                let wave = self.until(&['[', '<', '>', '=', '!']).split_whitespace().next().unwrap_or("");
                self.at += wave.len();
                wave.to_owned()
            }
        };
        if wave.trim().is_empty() {
            return Err(self.fault(1, "missing_value", "`@` without a wave", "write `@2026-Q3`"));
        }
        Ok(wave.trim().to_owned())
    }

    pub(super) fn comparison(&mut self) -> Result<Comparison, Fault> {
        self.skip_blank();
        let signs = |found: &char| matches!(found, '<' | '>' | '=' | '!' | '≤' | '≥');
        let written: String = self.rest().chars().take_while(signs).collect();
        let comparison = match written.as_str() {
            "<" => Comparison::Below,
            "<=" | "≤" => Comparison::AtMost,
            ">" => Comparison::Above,
            ">=" | "≥" => Comparison::AtLeast,
            _ => {
                let help = match written.as_str() {
                    "=<" => "write `<=`",
                    "=>" => "write `>=`",
                    _ => "a condition compares by <, <=, > or >=",
                };
                let (message, length) = if written.is_empty() {
                    let rest = self.rest().trim_end();
                    let found = if rest.is_empty() { "the end".to_owned() } else { format!("`{rest}`") };
                    (format!("expected a comparison, found {found}"), rest.len().max(1))
                } else {
                    (format!("`{written}` is not a comparison of figures"), written.len())
                };
                return Err(self.fault(length, "unknown_operator", message, help));
            }
        };
        self.at += written.len();
        Ok(comparison)
    }

    pub(super) fn number(&mut self) -> Result<f64, Fault> {
        let written = self.rest().trim_end();
        let plain = |text: &str| {
            let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
            let shaped = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            if shaped { text.parse::<f64>().ok().filter(|number| number.is_finite()) } else { None }
        };
        if let Some(number) = plain(written) {
            return Ok(number);
        }
        let mended = written.replace(',', ".").replace(['−', '–'], "-").replace('%', "");
        let help = match plain(mended.trim()) {
            Some(_) => format!("write {}", mended.trim()),
            None => "the limit is one number, in the unit of the figure".to_owned(),
        };
        let message = if written.is_empty() {
            "the limit is missing".to_owned()
        } else {
            format!("`{written}` is not a number")
        };
        Err(self.fault(written.len().max(1), "not_a_number", message, help))
    }
}
