//! The words of an expression, each with its place in the text.

#![expect(clippy::result_large_err, reason = "a complaint ends the work, so its size costs nothing")]

use crate::diagnostic::{Diagnostic, Place};

use super::Operator;

/// Words that a bare name cannot be.
pub(super) const KEYWORDS: [&str; 6] = ["and", "or", "not", "in", "is", "missing"];

/// One word.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    And,
    Or,
    Not,
    In,
    Is,
    Missing,
    Open,
    Close,
    Comma,
    Operator(Operator),
    Number(f64),
    Text(String),
    Name(String),
    End,
}

/// One word and where it stands, in characters.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Whether a name can stand without backticks.
pub(super) fn is_plain_name(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(starts_name)
        && characters.all(continues_name)
        && !KEYWORDS.iter().any(|keyword| keyword.eq_ignore_ascii_case(name))
}

/// The text with its characters, to cut words from and to show places in.
pub(super) struct Text {
    pub(super) characters: Vec<char>,
}

impl Text {
    pub(super) fn new(text: &str) -> Self {
        Self { characters: text.chars().collect() }
    }

    /// The characters from `start` to before `end`.
    pub(super) fn cut(&self, start: usize, end: usize) -> String {
        let end = end.min(self.characters.len());
        self.characters.get(start.min(end)..end).unwrap_or_default().iter().collect()
    }

    /// A complaint about the characters from `start` to before `end`.
    pub(super) fn error(
        &self,
        code: &'static str,
        message: impl Into<String>,
        start: usize,
        end: usize,
    ) -> Diagnostic {
        let start = start.min(self.characters.len());
        let before = &self.characters[..start];
        let line_start = before.iter().rposition(|character| *character == '\n').map_or(0, |at| at + 1);
        let line_end = self.characters[line_start..]
            .iter()
            .position(|character| *character == '\n')
            .map_or(self.characters.len(), |length| line_start + length);
        Diagnostic::error(code, message).at(Place {
            file: "--where".to_owned(),
            line: before.iter().filter(|character| **character == '\n').count() + 1,
            column: start - line_start + 1,
            source: self.characters[line_start..line_end].iter().collect(),
            length: end.min(line_end).saturating_sub(start).max(1),
        })
    }
}

/// Cuts the text into words; the last one is always [`Kind::End`].
pub(super) fn tokens(text: &Text) -> Result<Vec<Token>, Diagnostic> {
    let characters = &text.characters;
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&character) = characters.get(at) {
        if character.is_whitespace() {
            at += 1;
            continue;
        }
        let next = characters.get(at + 1).copied();
        let start = at;
        let kind = match character {
            '(' => one(&mut at, Kind::Open),
            ')' => one(&mut at, Kind::Close),
            ',' => one(&mut at, Kind::Comma),
            '"' | '\'' => Kind::Text(quoted(text, &mut at, "unclosed_text", "a text")?),
            '`' => Kind::Name(quoted(text, &mut at, "unclosed_name", "a name")?),
            '=' | '!' | '<' | '>' => operator(text, &mut at)?,
            _ if character.is_ascii_digit()
                || (matches!(character, '-' | '.' | '+')
                    && next.is_some_and(|next| next.is_ascii_digit() || next == '.')) =>
            {
                Kind::Number(number(text, &mut at)?)
            }
            _ if starts_name(character) => word(text, &mut at)?,
            _ => return Err(odd_character(text, character, next, at)),
        };
        tokens.push(Token { kind, start, end: at });
    }
    tokens.push(Token { kind: Kind::End, start: at, end: at });
    Ok(tokens)
}

fn starts_name(character: char) -> bool {
    character.is_alphabetic() || character == '_'
}

fn continues_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn one(at: &mut usize, kind: Kind) -> Kind {
    *at += 1;
    kind
}

/// A text or a name between two equal marks; the mark itself is written twice.
fn quoted(text: &Text, at: &mut usize, code: &'static str, what: &str) -> Result<String, Diagnostic> {
    let start = *at;
    let mark = text.characters[start];
    let mut value = String::new();
    *at += 1;
    while let Some(&character) = text.characters.get(*at) {
        *at += 1;
        if character != mark {
            value.push(character);
        } else if text.characters.get(*at) == Some(&mark) {
            value.push(mark);
            *at += 1;
        } else {
            return Ok(value);
        }
    }
    Err(text
        .error(code, format!("{what} that begins with {mark} is not closed"), start, *at)
        .help(format!("close it with {mark}; write {mark}{mark} for the mark itself")))
}

fn operator(text: &Text, at: &mut usize) -> Result<Kind, Diagnostic> {
    let start = *at;
    while matches!(text.characters.get(*at), Some('=' | '!' | '<' | '>')) {
        *at += 1;
    }
    let written = text.cut(start, *at);
    let operator = match written.as_str() {
        "=" | "==" => Operator::Equal,
        "!=" | "<>" => Operator::NotEqual,
        "<" => Operator::Less,
        "<=" => Operator::LessEqual,
        ">" => Operator::Greater,
        ">=" => Operator::GreaterEqual,
        _ => {
            let help = match written.as_str() {
                "!" => "write `not`, or `!=` for unequal".to_owned(),
                "=<" => "write `<=`".to_owned(),
                "=>" => "write `>=`".to_owned(),
                "===" => "write `=`".to_owned(),
                _ => "there are =, !=, <, <=, > and >=".to_owned(),
            };
            return Err(text
                .error("unknown_operator", format!("`{written}` is not an operator"), start, *at)
                .help(help));
        }
    };
    Ok(Kind::Operator(operator))
}

fn number(text: &Text, at: &mut usize) -> Result<f64, Diagnostic> {
    let start = *at;
    let peek = |at: usize| text.characters.get(at).copied();
    if matches!(peek(*at), Some('-' | '+')) {
        *at += 1;
    }
    let digits = |at: &mut usize| {
        while peek(*at).is_some_and(|character| character.is_ascii_digit()) {
            *at += 1;
        }
    };
    digits(at);
    if peek(*at) == Some('.') {
        *at += 1;
        digits(at);
    }
    if matches!(peek(*at), Some('e' | 'E')) {
        let signed = usize::from(matches!(peek(*at + 1), Some('-' | '+')));
        if peek(*at + 1 + signed).is_some_and(|character| character.is_ascii_digit()) {
            *at += 1 + signed;
            digits(at);
        }
    }
    let number_end = *at;
    // What follows without a space belongs to what was meant as one word: 2026-09-14, 3rd, 10%.
    while peek(*at).is_some_and(|character| {
        continues_name(character) || matches!(character, '.' | '-' | '/' | '%' | ':')
    }) {
        *at += 1;
    }
    let written = text.cut(start, *at);
    if *at > number_end {
        return Err(text
            .error("not_a_number", format!("`{written}` is neither a number nor a name"), start, *at)
            .help(format!(
                "a text is written \"{written}\", a name that begins with a digit `{written}` in backticks"
            )));
    }
    match written.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        _ => Err(text.error("not_a_number", format!("`{written}` is not a number"), start, *at)),
    }
}

fn word(text: &Text, at: &mut usize) -> Result<Kind, Diagnostic> {
    let start = *at;
    while text.characters.get(*at).copied().is_some_and(continues_name) {
        *at += 1;
    }
    let name_end = *at;
    while text
        .characters
        .get(*at)
        .copied()
        .is_some_and(|next| continues_name(next) || matches!(next, '.' | '-' | '/'))
    {
        *at += 1;
    }
    let written = text.cut(start, *at);
    if *at > name_end {
        return Err(text
            .error(
                "odd_name",
                format!("a bare name has letters, digits and _ only, found `{written}`"),
                start,
                *at,
            )
            .help(format!(
                "put a name with other characters in backticks: `{written}`; a text in quotes: \"{written}\""
            )));
    }
    Ok(match written.to_lowercase().as_str() {
        "and" => Kind::And,
        "or" => Kind::Or,
        "not" => Kind::Not,
        "in" => Kind::In,
        "is" => Kind::Is,
        "missing" => Kind::Missing,
        _ => Kind::Name(written),
    })
}

fn odd_character(text: &Text, character: char, next: Option<char>, at: usize) -> Diagnostic {
    let twice = next == Some(character);
    let end = at + 1 + usize::from(twice);
    let help = match character {
        '&' => "write `and`".to_owned(),
        '|' => "write `or`".to_owned(),
        '“' | '”' | '„' | '‘' | '’' | '«' | '»' => "use straight quotes: \"…\" or '…'".to_owned(),
        '≤' => "write `<=`".to_owned(),
        '≥' => "write `>=`".to_owned(),
        '≠' => "write `!=`".to_owned(),
        '[' | ']' | '{' | '}' => {
            "lists stand in round brackets: `region in (\"North\", \"South\")`".to_owned()
        }
        ';' => "join two conditions with `and` or `or`".to_owned(),
        _ => "put a name with other characters in backticks, a text in quotes".to_owned(),
    };
    let written: String = text.cut(at, end).chars().flat_map(char::escape_debug).collect();
    text.error("odd_character", format!("`{written}` does not belong into an expression"), at, end).help(help)
}
