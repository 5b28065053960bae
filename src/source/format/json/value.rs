//! One JSON value in memory: numbers as they are written, since an id above 2^53 is no float, and keys in order.

/// A value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    Null,
    Bool(bool),
    /// As written.
    Number(String),
    Text(String),
    List(Vec<Value>),
    Object(Vec<(String, Value)>),
}

impl Value {
    /// A member of an object.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text of a scalar; an empty one for null, none for a list or object.
    pub(super) fn scalar(&self) -> Option<&str> {
        match self {
            Self::Null => Some(""),
            Self::Bool(true) => Some("true"),
            Self::Bool(false) => Some("false"),
            Self::Number(text) | Self::Text(text) => Some(text),
            Self::List(_) | Self::Object(_) => None,
        }
    }

    /// The value as JSON on one line.
    pub(super) fn push_json(&self, text: &mut String) {
        match self {
            Self::Null => text.push_str("null"),
            Self::Text(words) => push_quoted(words, text),
            Self::List(items) => {
                text.push('[');
                for (position, item) in items.iter().enumerate() {
                    if position > 0 {
                        text.push(',');
                    }
                    item.push_json(text);
                }
                text.push(']');
            }
            Self::Object(members) => {
                text.push('{');
                for (position, (key, value)) in members.iter().enumerate() {
                    if position > 0 {
                        text.push(',');
                    }
                    push_quoted(key, text);
                    text.push(':');
                    value.push_json(text);
                }
                text.push('}');
            }
            scalar => text.push_str(scalar.scalar().unwrap_or_default()),
        }
    }
}

fn push_quoted(words: &str, text: &mut String) {
    use std::fmt::Write;
    text.push('"');
    for character in words.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            control if control < ' ' => {
                let result = write!(text, "\\u{:04x}", u32::from(control));
                debug_assert!(result.is_ok(), "a string takes every text");
            }
            other => text.push(other),
        }
    }
    text.push('"');
}
