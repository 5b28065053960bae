//! The records of a JSON file one after the other, never the whole file: objects one a line or one behind the other,
//! those of a list, or those of a list in an object or in objects in it.

use std::io::Read;

use super::error::JsonError;
use super::lookahead::{LOOKED_AT, Lookahead};
use super::parser::{Fault, MAX_DEPTH, MAX_VALUES, Parser};
use super::shape::{Shape, jq, shape};
use super::value::Value;

/// The objects that a list of records may stand in, one in the other, beside the outermost.
const MOST_WRAPPERS: usize = 2;
/// The largest record.
const MAX_RECORD: usize = 64 << 20;

/// Keys under which programs interfaces put their list of responses.
const LIST_KEYS: [&str; 10] = [
    "responses",
    "data",
    "items",
    "results",
    "records",
    "rows",
    "entries",
    "submissions",
    "surveys",
    "value",
];

/// How the records are put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Arrangement {
    /// One behind the other, as a rule one a line.
    Lines,
    /// One list.
    List,
    /// The list that these keys lead to, one in the object of the other.
    Under(Vec<String>),
    /// One object that is itself a record.
    One,
}

/// The records of a stream.
pub(super) struct Records<R> {
    bytes: Lookahead<R>,
    arrangement: Arrangement,
    is_begun: bool,
    is_done: bool,
    /// Sequences that stand for no character.
    pub(super) wrong: u64,
}

impl<R: Read> Records<R> {
    /// Looks at the beginning of a stream.
    pub(super) fn open(source: R) -> Result<Self, JsonError> {
        let mut records = Self {
            bytes: Lookahead::new(source),
            arrangement: Arrangement::Lines,
            is_begun: false,
            is_done: false,
            wrong: 0,
        };
        records.bytes.skip_mark()?;
        match records.bytes.next_byte()? {
            None => return Err(JsonError::Empty),
            Some(b'[') => records.arrangement = Arrangement::List,
            Some(b'{') => records.arrangement = records.look_into_object(1, &[])?,
            Some(_) => {
                return Err(records.bytes.unexpected(0, "`{` or `[`, the beginning of a record or a list"));
            }
        }
        Ok(records)
    }

    /// How the records are put together.
    pub(super) fn arrangement(&self) -> &Arrangement {
        &self.arrangement
    }

    /// The next record and the line on which it begins; none after the last.
    pub(super) fn next(&mut self) -> Result<Option<(u64, Value)>, JsonError> {
        if self.is_done {
            return Ok(None);
        }
        let is_first = !std::mem::replace(&mut self.is_begun, true);
        let is_list = matches!(self.arrangement, Arrangement::List | Arrangement::Under(_));
        if is_first && is_list {
            self.enter_list()?;
        }
        match self.bytes.next_byte()? {
            Some(b']') if is_list => {
                self.bytes.consume(1);
                self.is_done = true;
                self.finish()?;
                return Ok(None);
            }
            None if is_list => return Err(JsonError::Cut { line: self.bytes.line() }),
            None => {
                self.is_done = true;
                return Ok(None);
            }
            Some(b',') if is_list && !is_first => {
                self.bytes.consume(1);
                self.bytes.next_byte()?;
            }
            Some(_) if is_list && !is_first => {
                return Err(self.bytes.unexpected(0, "`,` or `]` after the record"));
            }
            Some(_) => {}
        }
        if self.bytes.next_byte()? != Some(b'{') {
            return Err(self.bytes.unexpected(0, "`{`, the beginning of a record"));
        }
        let length = self
            .bytes
            .value_end(0, MAX_RECORD)?
            .ok_or_else(|| JsonError::TooLarge { line: self.bytes.line(), limit: "64 MiB".to_owned() })?;
        let line = self.bytes.line();
        let mut parser = Parser::new(&self.bytes.waiting()[..length]);
        let parsed = parser.parse();
        self.wrong += parser.wrong;
        match parsed {
            Ok(value) => {
                self.bytes.consume(length);
                Ok(Some((line, value)))
            }
            Err(Fault::Syntax { at, expected }) => Err(self.bytes.unexpected(at, expected)),
            Err(Fault::TooDeep) => Err(JsonError::TooDeep { line, limit: MAX_DEPTH }),
            Err(Fault::TooMany) => Err(JsonError::TooLarge { line, limit: format!("{MAX_VALUES} values") }),
            Err(Fault::Duplicate(key)) => Err(JsonError::DuplicateKey { line, key }),
        }
    }

    /// What an object at the beginning is: the first record of many, the holder of a list, or the only record.
    ///
    /// What is too long to look at is looked into from `at` on, behind the keys of `above`.
    fn look_into_object(&mut self, mut at: usize, above: &[String]) -> Result<Arrangement, JsonError> {
        let mut lists = Vec::new();
        let mut members = 0;
        loop {
            at = self.bytes.blanks_end(at)?;
            match self.bytes.byte(at)? {
                Some(b'}') => break,
                Some(b',') if members > 0 => {
                    at += 1;
                    continue;
                }
                Some(b'"') => {}
                // The parser says what is wrong with it.
                _ => return Ok(Arrangement::Lines),
            }
            let Some(key_end) = self.bytes.value_end(at, LOOKED_AT)? else { return Ok(Arrangement::Lines) };
            let key = Parser::new(&self.bytes.waiting()[at..key_end]).parse();
            members += 1;
            at = self.bytes.blanks_end(key_end)?;
            let (Ok(Value::Text(key)), Some(b':')) = (key, self.bytes.byte(at)?) else {
                return Ok(Arrangement::Lines);
            };
            at = self.bytes.blanks_end(at + 1)?;
            if self.bytes.byte(at)? == Some(b'[') {
                let first = self.bytes.blanks_end(at + 1)?;
                if matches!(self.bytes.byte(first)?, Some(b'{' | b']')) {
                    lists.push(key.clone());
                }
            }
            match self.bytes.value_end(at, LOOKED_AT) {
                Ok(Some(end)) => at = end,
                // A list that goes on beyond what is looked at is that of the responses.
                Ok(None) | Err(JsonError::Cut { .. }) if lists.last() == Some(&key) => {
                    return Ok(Arrangement::Under([above, &[key]].concat()));
                }
                Ok(None) if above.len() < MOST_WRAPPERS && self.bytes.byte(at)? == Some(b'{') => {
                    return self.look_into_object(at + 1, &[above, &[key]].concat());
                }
                Ok(None) => return Ok(Arrangement::Lines),
                Err(error) => return Err(error),
            }
        }
        if !above.is_empty() {
            return Ok(Arrangement::Lines);
        }
        let after = self.bytes.blanks_end(at + 1)?;
        if self.bytes.byte(after)?.is_some() {
            return Ok(Arrangement::Lines);
        }
        lists.retain(|key| members == 1 || LIST_KEYS.contains(&key.as_str()));
        match lists.len() {
            // What is wrong with it is said when it is read.
            0 => match Parser::new(&self.bytes.waiting()[..=at]).parse().map(|object| shape(&object)) {
                Err(_) => Ok(Arrangement::One),
                Ok(shape) => Ok(match shape? {
                    Shape::Record => Arrangement::One,
                    Shape::Under(path) => Arrangement::Under(path),
                }),
            },
            1 => Ok(Arrangement::Under(lists)),
            _ => {
                let way = jq(&lists[..1]);
                Err(JsonError::SeveralLists { lists: format!("`{}`", lists.join("`, `")), way })
            }
        }
    }

    /// Steps behind the `[` of the list of records.
    fn enter_list(&mut self) -> Result<(), JsonError> {
        self.bytes.next_byte()?;
        self.bytes.consume(1);
        let Arrangement::Under(path) = &self.arrangement else { return Ok(()) };
        for key in path.clone() {
            self.enter_member(key)?;
        }
        Ok(())
    }

    /// Steps behind the bracket that begins the value of a key of the object that one stands in.
    fn enter_member(&mut self, wanted: String) -> Result<(), JsonError> {
        let wanted = Ok(Value::Text(wanted));
        loop {
            if self.bytes.next_byte()? == Some(b',') {
                self.bytes.consume(1);
                self.bytes.next_byte()?;
            }
            let Some(end) = self.bytes.value_end(0, LOOKED_AT)? else {
                return Err(JsonError::Cut { line: self.bytes.line() });
            };
            let key = Parser::new(&self.bytes.waiting()[..end]).parse();
            self.bytes.consume(end);
            self.bytes.next_byte()?;
            self.bytes.consume(1);
            self.bytes.next_byte()?;
            if key == wanted {
                self.bytes.consume(1);
                return Ok(());
            }
            let Some(end) = self.bytes.value_end(0, LOOKED_AT)? else {
                return Err(JsonError::Cut { line: self.bytes.line() });
            };
            self.bytes.consume(end);
        }
    }

    /// Looks that nothing but the rest of the object follows the list.
    fn finish(&mut self) -> Result<(), JsonError> {
        if let Arrangement::Under(path) = &self.arrangement {
            let mut open = path.len();
            while open > 0 {
                match self.bytes.next_byte()? {
                    Some(b'}') => {
                        self.bytes.consume(1);
                        open -= 1;
                    }
                    Some(b',' | b':') => self.bytes.consume(1),
                    Some(_) => {
                        let line = self.bytes.line();
                        let end = self.bytes.value_end(0, MAX_RECORD)?;
                        let too_large = || JsonError::TooLarge { line, limit: "64 MiB".to_owned() };
                        let end = end.ok_or_else(too_large)?;
                        self.bytes.consume(end);
                    }
                    None => return Err(JsonError::Cut { line: self.bytes.line() }),
                }
            }
        }
        match self.bytes.next_byte()? {
            None => Ok(()),
            Some(_) => Err(self.bytes.unexpected(0, "the end of the file")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Result<(Arrangement, Vec<(u64, String)>), String> {
        let mut records = Records::open(text.as_bytes()).map_err(|error| error.to_string())?;
        let mut found = Vec::new();
        while let Some((line, value)) = records.next().map_err(|error| error.to_string())? {
            let mut json = String::new();
            value.push_json(&mut json);
            found.push((line, json));
        }
        Ok((records.arrangement().clone(), found))
    }

    fn expected(records: &[(u64, &str)]) -> Vec<(u64, String)> {
        records.iter().map(|(line, text)| (*line, (*text).to_owned())).collect()
    }

    #[test]
    fn records_stand_in_lines_in_a_list_or_in_a_list_of_an_object() {
        let two = expected(&[(1, "{\"a\":1}"), (3, "{\"a\":\"}\"}")]);
        assert_eq!(all("{\"a\":1}\n\n{\"a\":\"}\"}\n").unwrap(), (Arrangement::Lines, two.clone()));
        assert_eq!(
            all("\u{FEFF}[{\"a\":1},\n\n{\"a\": \"}\"}]\n").unwrap(),
            (Arrangement::List, two.clone())
        );
        let member = |key: &str| Arrangement::Under(vec![key.to_owned()]);
        let wrapped =
            "{\"total\":2,\"page\":{\"x\":[{}]},\"items\":[{\"a\":1},\n\n{\"a\":\"}\"}],\"more\":false}";
        assert_eq!(all(wrapped).unwrap(), (member("items"), two.clone()));
        assert_eq!(all("{\"odd name\":[{\"a\":1},\n\n{\"a\":\"}\"}]}").unwrap(), (member("odd name"), two));
        let one = "{\"id\":1,\"notes\":[{\"x\":1}]}";
        assert_eq!(all(one).unwrap(), (Arrangement::One, expected(&[(1, one)])));
        assert_eq!(all("{\"data\":[]}").unwrap(), (member("data"), Vec::new()));
        assert_eq!(all("[]").unwrap(), (Arrangement::List, Vec::new()));
    }

    #[test]
    fn what_is_wrong_is_said_with_line_and_column() {
        for (text, message) in [
            ("", "no record"),
            ("  \n ", "no record"),
            ("id,score\n", "line 1, column 1: found `id,score`, expected `{` or `[`"),
            ("[1,2]", "line 1, column 2: found `1,2]`, expected `{`"),
            ("{\"a\":1}\n{\"a\":1,\n \"b\" 2}\n", "line 3, column 6: found `2}`, expected `:`"),
            ("{\"a\":1}\n{\"a\":tru}\n", "line 2, column 6: found `tru}`, expected a value"),
            ("{\"a\":1}\n{\"a\":\"x", "it ends within the record that begins on line 2"),
            ("[{\"a\":1}\n{\"a\":2}]", "line 2, column 1: found `{\"a\":2}]`, expected `,` or `]`"),
            ("[{\"a\":1},\n", "line 2, column 1: found the end"),
            ("[{\"a\":1}", "cut"),
            ("[{\"a\":1}] []", "column 11: found `[]`, expected the end of the file"),
            ("{\"data\":[{}],\"items\":[{}]}", "`data`, `items`"),
            ("{\"a\":1}\n{\"a\":1,\"a\":2}", "line 2: `a` stands twice"),
            ("{\"data\":[{\"a\":1}]", "cut"),
            ("{\"a\":{\"id\":1,\"x\":2},\"b\":{\"id\":2,\"x\":3}}", "under keys of their own (`a`, `b` …)"),
        ] {
            let error = all(text).unwrap_err();
            assert!(error.contains(message), "{text}: {error}");
        }
        let deep = format!("{{\"a\":{}", "[".repeat(1_000_000));
        assert!(all(&deep).unwrap_err().contains("deeper than 64"));
    }

    #[test]
    fn a_list_longer_than_what_is_looked_at_is_streamed_and_a_huge_record_refused() {
        let record = format!("{{\"a\":\"{}\"}}", "x".repeat(1 << 20));
        let text = format!("{{\"survey\":\"s\",\"answers\":[{}]}}", vec![record; 10].join(","));
        let (arrangement, records) = all(&text).unwrap();
        assert_eq!((arrangement, records.len()), (Arrangement::Under(vec!["answers".to_owned()]), 10));
        let deep = text.replace("{\"survey\"", "{\"meta\":{\"n\":1},\"data\":{\"survey\"") + ",\"end\":[1]}";
        let (arrangement, records) = all(&deep).unwrap();
        let path = vec!["data".to_owned(), "answers".to_owned()];
        assert_eq!((arrangement, records.len()), (Arrangement::Under(path), 10));
        let huge = format!("{{\"a\":1}}\n{{\"a\":\"{}\"}}", "x".repeat(MAX_RECORD + 10));
        assert!(all(&huge).unwrap_err().contains("begins on line 2 has more than 64 MiB"));
    }
}
