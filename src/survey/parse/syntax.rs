//! What is not TOML at all, in the words of someone who has never heard of TOML.
//!
//! The parser recovers and reports every fault; here the first fault of each line is looked at together with the
//! line, since what people type (a decimal comma, curly quotes, a path with backslashes) says more than the
//! parser's expectation.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::Error;

use super::document::Document;
use crate::diagnostic::Diagnostic;
use crate::survey::keys::names_below;

/// The lines (from 0) whose content cannot be trusted after the faults.
pub(super) struct Doubtful {
    lines: Vec<Range<usize>>,
}

impl Doubtful {
    /// Whether complaints about this line (from 0) are likely to be echoes of a fault.
    pub(super) fn contains(&self, line: usize) -> bool {
        self.lines.iter().any(|lines| lines.contains(&line))
    }
}

/// The faults as complaints, one a line, and the lines that they make doubtful.
pub(super) fn complaints(errors: &[Error], document: &Document<'_>) -> (Vec<Diagnostic>, Doubtful) {
    let mut first: BTreeMap<usize, &Error> = BTreeMap::new();
    for error in errors {
        first.entry(fault_line(error, document)).or_insert(error);
    }
    if let (false, Some(json)) = (first.is_empty(), json(document)) {
        return (vec![json], Doubtful { lines: std::iter::once(0..document.lines()).collect() });
    }
    let mut found = Vec::new();
    let mut lines: Vec<Range<usize>> = Vec::new();
    for (line, error) in first {
        if lines.iter().any(|doubtful| doubtful.contains(&line)) {
            continue;
        }
        let header = document.line(line).trim_start().starts_with('[');
        let open = error.message().contains("unclosed") && !header;
        let end = if header {
            (line + 1..document.lines())
                .find(|next| document.line(*next).trim_start().starts_with('['))
                .unwrap_or(document.lines())
        } else if open {
            document.lines()
        } else {
            line + 1
        };
        lines.push(line..end);
        found.push(complaint(error, line, document));
    }
    (found, Doubtful { lines })
}

/// One complaint for a file that is JSON, in place of one a line.
fn json(document: &Document<'_>) -> Option<Diagnostic> {
    let line = (0..document.lines()).find(|line| !document.line(*line).trim().is_empty())?;
    let text = document.line(line);
    let at = document.start(line) + (text.len() - text.trim_start().len());
    text.trim_start().starts_with('{').then(|| {
        Diagnostic::error("syntax", "a file that begins with `{`, as JSON does")
            .at(document.place(at..at + 1))
            .why("definitions are TOML: a table a question, one key a line")
            .help("write `[question.overall]` and below it `measure = \"csat\"`; `csat init` drafts a definition")
    })
}

/// The line of a fault; a fault found at the very start of a line often belongs to the end of the one before.
fn fault_line(error: &Error, document: &Document<'_>) -> usize {
    document.line_of(error.span().map_or(0, |span| span.start))
}

const TEXT: &str = "text stands between straight double quotes";

fn complaint(error: &Error, line: usize, document: &Document<'_>) -> Diagnostic {
    let text = document.line(line);
    let start = document.start(line);
    let whole = start + (text.len() - text.trim_start().len())..start + text.trim_end().len();
    let span = error.span().unwrap_or(whole.clone());
    let make = |span: Range<usize>, message: String, why: &str, help: String| {
        Diagnostic::error("syntax", message).at(document.place(span)).why(why).help(help)
    };
    if error.message().contains("carriage return") {
        let help = "save the file with line ends of Windows (CRLF) or Unix (LF)".to_owned();
        let why = "a lone carriage return is no line end in TOML";
        return make(span, "a carriage return without a line feed".to_owned(), why, help);
    }
    if error.message().starts_with("duplicate key") {
        return duplicate(&span, line, document);
    }
    if text.trim_start().starts_with('[') {
        if let Some((open, bracket)) = left_open(line, document) {
            let at = document.start(open);
            let message = format!("`{bracket}` is opened here and not closed before the next table");
            let why = "all that follows would belong to the same value";
            let close = if bracket == '[' { ']' } else { '}' };
            return make(
                at..at + document.line(open).trim_end().len(),
                message,
                why,
                format!("close it by `{close}`"),
            );
        }
        let (message, help) = header(text.trim());
        return make(whole, message, "a table header is `[table]` or `[table.id]`", help);
    }
    if let Some(at) = no_break_outside_quotes(text) {
        let message = "a no-break space, which looks like a space".to_owned();
        let why = "web pages and word processors put it in; to TOML it is a letter";
        return make(start + at..start + at + 2, message, why, "type a plain space in its place".to_owned());
    }
    let Some((key, value)) = text.split_once('=') else {
        let (message, help) = no_equals(text.trim());
        return make(whole, message, "a key and its value are joined by `=`", help);
    };
    let offset = start + key.len() + 1 + (value.len() - value.trim_start().len());
    let value = strip_comment(value.trim());
    let here = offset..offset + value.len();
    match trap(value) {
        Some((message, why, fixed)) => make(here, message, why, format!("write `{} = {fixed}`", key.trim())),
        None if error.message().starts_with("unexpected key or value") => {
            let why = "a key takes one value, and the line ends after it";
            let help = "several values stand in a list, `[…, …]`; a remark stands after `#`".to_owned();
            make(span, "more text after the value".to_owned(), why, help)
        }
        None => {
            let message = error.message().to_owned();
            let why = "nothing can be read from a line that is not TOML";
            make(
                span,
                message,
                why,
                format!("one key a line, as in `key = value`; {TEXT}, numbers without quotes"),
            )
        }
    }
}

/// A value as people type it: what is wrong, why it matters, and how it is written.
fn trap(value: &str) -> Option<(String, &'static str, String)> {
    let straight = value.replace(CURLY, "\"");
    if value.contains(CURLY) && (value.starts_with(CURLY) || value.starts_with(['[', '{'])) {
        return Some((
            "curly quotes, as word processors make them".to_owned(),
            "only straight quotes open and close a text",
            straight,
        ));
    }
    if let Some(rest) = value.strip_prefix(['–', '—', '−', '‐', '‑']) {
        return Some((
            "a dash in place of a minus sign".to_owned(),
            "word processors turn a minus into a dash, which is no sign of a number",
            format!("-{}", rest.trim()),
        ));
    }
    if let Some(rest) = value.strip_prefix('"') {
        let inner = rest.strip_suffix('"').unwrap_or(rest);
        if inner.contains('\\') {
            return Some((
                "a backslash in double quotes".to_owned(),
                "in double quotes a backslash starts an escape; single quotes take it as it is",
                format!("'{inner}'"),
            ));
        }
        if !rest.contains('"') {
            return Some(("a text without its closing quote".to_owned(), TEXT, format!("\"{rest}\"")));
        }
    }
    number_trap(value).or_else(|| word_trap(value))
}

const CURLY: [char; 8] = ['“', '”', '„', '‟', '‘', '’', '«', '»'];

fn number_trap(value: &str) -> Option<(String, &'static str, String)> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let sign = if value.starts_with('-') { "-" } else { "" };
    let plain = value.strip_prefix('-').unwrap_or(value);
    if let Some((whole, fraction)) =
        plain.split_once(',').filter(|(left, right)| digits(left) && digits(right))
    {
        let grouped = fraction.len() == 3 && !whole.starts_with('0');
        let fixed = if grouped {
            format!("{sign}{whole}{fraction}` for thousands, or `{sign}{whole}.{fraction}")
        } else {
            format!("{sign}{whole}.{fraction}")
        };
        return Some((
            "a comma inside a number".to_owned(),
            "the decimal sign is a point, and thousands are not separated",
            fixed,
        ));
    }
    let together: String =
        plain.chars().filter(|found| !found.is_whitespace() && *found != '\'' && *found != '’').collect();
    if together != plain && digits(&together) {
        return Some((
            "a number with separated thousands".to_owned(),
            "digits stand together",
            format!("{sign}{together}"),
        ));
    }
    if let Some(number) =
        plain.strip_suffix('%').map(str::trim).filter(|number| number.parse::<f64>().is_ok())
    {
        return Some((
            "a percent sign after a number".to_owned(),
            "numbers stand without their unit",
            format!("{sign}{number}"),
        ));
    }
    if plain.starts_with('.') && digits(&plain[1..]) {
        return Some((
            "a number without a digit before its point".to_owned(),
            "a digit stands on both sides of the point",
            format!("{sign}0{plain}"),
        ));
    }
    if let Some(number) = plain.strip_suffix('.').filter(|number| digits(number)) {
        return Some((
            "a number that ends in a point".to_owned(),
            "a digit stands on both sides of the point",
            format!("{sign}{number}.0"),
        ));
    }
    if digits(plain) && plain.len() > 1 && plain.starts_with('0') {
        return Some((
            "a number with a leading zero".to_owned(),
            "a code that keeps its zero is a text",
            format!("\"{plain}\"` for a code, or `{}", plain.trim_start_matches('0')),
        ));
    }
    None
}

fn word_trap(value: &str) -> Option<(String, &'static str, String)> {
    let flag = match value.to_lowercase().as_str() {
        "true" | "yes" | "on" => Some("true"),
        "false" | "no" | "off" => Some("false"),
        _ => None,
    };
    if let Some(flag) = flag {
        return Some((
            format!("`{value}` is not how yes or no is written"),
            "it is `true` or `false`, in small letters",
            flag.to_owned(),
        ));
    }
    if value.is_empty() {
        return Some((
            "a key without a value".to_owned(),
            "a key that is not wanted is left out",
            "…".to_owned(),
        ));
    }
    if value.starts_with(|first: char| first.is_alphabetic()) && !value.contains(['"', '\'', '[', '{', '=']) {
        return Some((format!("the text `{value}` without quotes"), TEXT, format!("\"{value}\"")));
    }
    None
}

/// The line above a header whose list or inline table is still open there, and its bracket.
fn left_open(header: usize, document: &Document<'_>) -> Option<(usize, char)> {
    let begin = (0..header).rev().find(|line| {
        let text = document.line(*line).trim_start();
        text.starts_with('[') && !text.starts_with("[\"") || text.is_empty() && *line == 0
    });
    let mut open: Vec<(usize, char)> = Vec::new();
    for line in begin.map_or(0, |begin| begin + 1)..header {
        let mut quote = None;
        for found in strip_comment(document.line(line)).chars() {
            match (quote, found) {
                (None, '"' | '\'') => quote = Some(found),
                (Some(mark), close) if mark == close => quote = None,
                (None, '[' | '{') => open.push((line, found)),
                (None, ']' | '}') => {
                    open.pop();
                }
                _ => {}
            }
        }
    }
    open.first().copied()
}

/// A header that is not one: an id that needs quotes, or no closing bracket.
fn header(text: &str) -> (String, String) {
    let text = strip_comment(text);
    let inner = text.trim_matches(|bracket| matches!(bracket, '[' | ']')).trim();
    if !text.ends_with(']') {
        return ("a table header without its closing bracket".to_owned(), format!("write `[{inner}]`"));
    }
    let plain = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    };
    match inner.split_once('.') {
        Some((table, id)) if plain(table) && !plain(id) => {
            let id = id.replace(CURLY, "");
            let id = id.trim().trim_matches(|quote| matches!(quote, '"' | '\''));
            (
                "an id with other characters than letters, digits, `_` and `-`".to_owned(),
                format!("put it in quotes: `[{table}.\"{id}\"]`"),
            )
        }
        _ => ("a table header that cannot be read".to_owned(), "write `[table]` or `[table.id]`".to_owned()),
    }
}

fn no_equals(text: &str) -> (String, String) {
    if let Some(remark) = ["//", "--", ";", "/*"].iter().find_map(|mark| text.strip_prefix(mark)) {
        return ("a remark without `#`".to_owned(), format!("write `# {}`", remark.trim()));
    }
    if let Some((key, value)) = text.split_once(':') {
        return ("a colon in place of `=`".to_owned(), format!("write `{} = {}`", key.trim(), value.trim()));
    }
    match text.split_once(char::is_whitespace) {
        Some((key, value)) => (format!("no `=` after `{key}`"), format!("write `{key} = {}`", value.trim())),
        None if names_below("").contains(&text) => {
            (format!("`{text}` without brackets"), format!("write `[{text}]`"))
        }
        None => ("a line without `=`".to_owned(), "write `key = value`, or `#` before a remark".to_owned()),
    }
}

/// The same table or key a second time.
fn duplicate(span: &Range<usize>, line: usize, document: &Document<'_>) -> Diagnostic {
    let text = document.line(line);
    let named = document.text.get(span.clone()).unwrap_or("").trim_matches(['"', '\'']);
    let is_header = text.trim_start().starts_with('[');
    let same = |other: &str| {
        if is_header {
            strip_comment(other.trim()) == strip_comment(text.trim())
        } else {
            other.split_once('=').is_some_and(|(key, _)| key.trim().trim_matches(['"', '\'']) == named)
        }
    };
    let first = (0..line).rev().find(|before| same(document.line(*before)));
    let seen = first.map_or(String::new(), |before| format!(", first on line {}", before + 1));
    let header = strip_comment(text.trim());
    let (message, help) = if header.trim_matches(['[', ']']).trim() == "gate" {
        ("`gate` in one pair of brackets".to_owned(), "write `[[gate]]`: there may be several")
    } else if header.starts_with("[[") {
        let table = header.trim_matches(['[', ']']);
        (
            format!("`[[{table}]]` in double brackets"),
            "write one pair of brackets and an id: `[question.overall]`",
        )
    } else if is_header {
        let table = header.trim_matches(['[', ']']);
        let message = match table.split_once('.') {
            Some((kind, id)) => format!("{kind} `{}` is defined twice{seen}", id.trim_matches(['"', '\''])),
            None => format!("`[{table}]` is written twice{seen}"),
        };
        (message, "put all its keys under one header, or give the second an id of its own")
    } else {
        (
            format!("key `{named}` is written twice{seen}"),
            "keep one of them; a key belongs to the last table opened above it",
        )
    };
    Diagnostic::error("duplicate", message)
        .at(document.place(span.clone()))
        .why("it cannot be told which of the two is meant")
        .help(help)
}

/// Where a no-break space stands that no quotes make part of a text.
fn no_break_outside_quotes(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, found) in strip_comment(text).char_indices() {
        match (quote, found) {
            (None, '\u{a0}') => return Some(at),
            (None, '"' | '\'') => quote = Some(found),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    None
}

/// The text before a `#` that is not in quotes.
fn strip_comment(text: &str) -> &str {
    let mut quote = None;
    for (at, found) in text.char_indices() {
        match (quote, found) {
            (None, '#') => return text[..at].trim_end(),
            (None, '"' | '\'') => quote = Some(found),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
    }
    text
}
