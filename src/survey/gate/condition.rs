//! The condition of a gate: `id[.statistic].(value|low|high|base|change)[segment=value, …]@wave < number`.
//!
//! Ids, options and segment values are an analyst's own and may hold dots, blanks and signs: the longest known name
//! that fits is taken. A measure stands for its only question.

use crate::diagnostic::Diagnostic;
use crate::survey::definition::Survey;
use crate::survey::measure::Measure;
use crate::survey::question::Question;
use crate::survey::suggestion::did_you_mean;

use super::fault::Fault;
use super::figure::{check_statistic, reach, written_statistics};
use super::segments::segment_value;
use super::{Comparison, GateCondition, GateOf};

/// Reads a condition that was typed.
///
/// # Errors
/// The first fault, with its place in the text (the file is called `--fail-if`).
pub fn parse(text: &str, survey: &Survey) -> Result<GateCondition, Box<Diagnostic>> {
    read(text, survey).map_err(|fault| Box::new(fault.typed(text)))
}

/// Reads a condition, wherever it stands.
pub(in crate::survey) fn read(text: &str, survey: &Survey) -> Result<GateCondition, Fault> {
    let mut reader = Reader { text, at: 0 };
    let start = reader.skip_blank();
    if reader.rest().is_empty() {
        return Err(Fault::new(0..text.len(), "empty_condition", "the condition is empty", EXAMPLE));
    }
    let question = reader.question(survey)?;
    let (statistic, of) = reader.figure(question)?;
    let (mut segment, mut wave) = (Vec::new(), None);
    loop {
        reader.skip_blank();
        match reader.rest().chars().next() {
            Some('[') if segment.is_empty() => segment = reader.segments(survey)?,
            Some('@') if wave.is_none() => wave = Some(reader.wave()?),
            _ => break,
        }
    }
    let comparison = reader.comparison()?;
    let from = reader.skip_blank();
    let limit = reader.number()?;
    if let Some((low, high)) = reach(question, statistic.as_deref(), of)
        && !(low..=high).contains(&limit)
    {
        let message = format!("limit {limit} is outside {low} to {high}, where the figure can be");
        let help = "the gate would always pass or always fail; limits stand in the unit of the figure";
        return Err(Fault::new(from..text.trim_end().len(), "out_of_range", message, help));
    }
    Ok(GateCondition {
        question: question.id.clone(),
        statistic,
        of,
        segment,
        wave,
        comparison,
        limit,
        text: text[start..].trim_end().to_owned(),
    })
}

const EXAMPLE: &str = "for example: recommend.low < 20, or overall.change[region=North] < -5";

/// What ends a name that is not known.
const MARKS: [char; 7] = ['.', '[', '@', '<', '>', '=', '!'];

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// Goes over blanks, and says where it is then.
    fn skip_blank(&mut self) -> usize {
        self.at += self.rest().len() - self.rest().trim_start().len();
        self.at
    }

    fn takes(&mut self, mark: char) -> bool {
        self.skip_blank();
        let found = self.rest().starts_with(mark);
        if found {
            self.at += mark.len_utf8();
        }
        found
    }

    fn fault(
        &self,
        length: usize,
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Fault {
        Fault::new(self.at..self.at + length, code, message, help)
    }

    /// A text up to any of these marks, without the blanks at its end.
    fn until(&self, marks: &[char]) -> &'t str {
        self.rest().split(marks).next().unwrap_or("").trim_end()
    }

    /// A text between two equal marks; the mark itself is written twice.
    fn quoted(&mut self) -> Result<Option<String>, Fault> {
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

    fn question<'s>(&mut self, survey: &'s Survey) -> Result<&'s Question, Fault> {
        let start = self.at;
        let given = match self.quoted()? {
            Some(id) => id,
            None => {
                let name = self.known_name(survey).unwrap_or_else(|| self.until(&MARKS));
                self.at += name.len();
                name.to_owned()
            }
        };
        let at = start..self.at.max(start + 1).min(self.text.len());
        if let Some(question) = survey.questions.iter().find(|question| question.id == given) {
            return Ok(question);
        }
        let Some(measure) = Measure::parse(&given) else {
            let used = Measure::ALL
                .iter()
                .filter(|(measure, _)| survey.questions.iter().any(|question| question.measure == *measure))
                .map(|(_, name)| *name);
            let known = survey.questions.iter().map(|question| question.id.as_str()).chain(used);
            let help = did_you_mean(&given, known).map_or_else(
                || "a condition begins with the id of a question".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            return Err(Fault::new(at, "unknown_question", format!("there is no question `{given}`"), help));
        };
        let of_measure: Vec<&Question> =
            survey.questions.iter().filter(|question| question.measure == measure).collect();
        match of_measure.as_slice() {
            [only] => Ok(only),
            [] => {
                let message = format!("there is no {given} question");
                Err(Fault::new(at, "unknown_question", message, "name the question by its id"))
            }
            several => {
                let ids: Vec<&str> = several.iter().map(|question| question.id.as_str()).collect();
                let message = format!("there are {} {given} questions", ids.len());
                Err(Fault::new(at, "ambiguous_question", message, format!("name one: {}", ids.join(", "))))
            }
        }
    }

    /// The longest id, else the measure, that stands here with a dot behind it; else the longest with another mark.
    fn known_name(&self, survey: &Survey) -> Option<&'t str> {
        let rest = self.rest();
        let behind = |name: &str| rest.strip_prefix(name).map(str::trim_start);
        let ids = survey.questions.iter().map(|question| question.id.as_str());
        let names: Vec<&str> = ids.chain(Measure::ALL.iter().map(|(_, name)| *name)).collect();
        let longest = |fits: &dyn Fn(&str) -> bool| {
            names.iter().filter(|name| behind(name).is_some_and(fits)).map(|name| name.len()).max()
        };
        let length = longest(&|rest| rest.starts_with('.'))
            .or_else(|| longest(&|rest| rest.is_empty() || rest.starts_with(MARKS)))?;
        rest.get(..length)
    }

    fn figure(&mut self, question: &Question) -> Result<(Option<String>, GateOf), Fault> {
        let parts = || GateOf::ALL.map(GateOf::name).join(", ");
        let start = self.skip_blank();
        if !self.takes('.') {
            let message = format!("what of `{}` is looked at is missing", question.id);
            let help = format!("write `{}.low`, or one of {}", question.id, parts());
            return Err(self.fault(1, "missing_part", message, help));
        }
        let from = self.skip_blank();
        let statistic = self.statistic(question);
        if let Some(statistic) = &statistic {
            self.at += statistic.len();
            self.takes('.');
        }
        let at = from..self.at.max(from + 1).min(self.text.len());
        let statistic = check_statistic(question, statistic.as_deref()).map_err(|(message, help)| {
            let at = if statistic.is_some() { at.clone() } else { start..start + 1 };
            Fault::new(at, "unknown_statistic", message, help)
        })?;
        self.skip_blank();
        let word = self.until(&MARKS).split_whitespace().next().unwrap_or("");
        let Some(of) = GateOf::ALL.into_iter().find(|of| of.name() == word) else {
            let help = if question.measure.statistics().contains(&word) {
                format!("write `{word}.value`, or `{word}` and another of {}", parts())
            } else {
                did_you_mean(word, GateOf::ALL.map(GateOf::name)).map_or_else(
                    || format!("write one of {}", parts()),
                    |near| format!("did you mean `{near}`?"),
                )
            };
            let message = format!("`{word}` is not what can be looked at of a figure");
            return Err(self.fault(word.len().max(1), "unknown_part", message, help));
        };
        self.at += word.len();
        Ok((statistic, of))
    }

    /// The statistic that stands here with a dot behind it: the longest known one, else whatever it is.
    fn statistic(&self, question: &Question) -> Option<String> {
        let rest = self.rest();
        let dotted = |name: &String| {
            rest.strip_prefix(name.as_str()).is_some_and(|behind| behind.trim_start().starts_with('.'))
        };
        if let Some(known) = written_statistics(question).into_iter().find(dotted) {
            return Some(known);
        }
        let head = rest.split(&MARKS[1..]).next().unwrap_or("");
        head.rsplit_once('.').map(|(statistic, _)| statistic.to_owned())
    }

    fn segments(&mut self, survey: &Survey) -> Result<Vec<(String, String)>, Fault> {
        let opened = self.at;
        self.takes('[');
        let mut found: Vec<(String, String)> = Vec::new();
        loop {
            let start = self.skip_blank();
            let id = match self.quoted()? {
                Some(id) => id,
                None => {
                    let rest = self.rest();
                    let ids = survey.segments.iter().map(|segment| segment.id.as_str());
                    let known = ids.filter(|id| {
                        rest.strip_prefix(id).is_some_and(|behind| behind.trim_start().starts_with('='))
                    });
                    let id = known.max_by_key(|id| id.len()).unwrap_or_else(|| self.until(&['=', ',', ']']));
                    self.at += id.len();
                    id.to_owned()
                }
            };
            let at = start..self.at.max(start + 1).min(self.text.len());
            let Some(segment) = survey.segments.iter().find(|segment| segment.id == id) else {
                let ids: Vec<&str> = survey.segments.iter().map(|segment| segment.id.as_str()).collect();
                let help = match did_you_mean(&id, ids.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None if ids.is_empty() => "the survey has no segments".to_owned(),
                    None => format!("the segments are {}", ids.join(", ")),
                };
                return Err(Fault::new(at, "unknown_segment", format!("there is no segment `{id}`"), help));
            };
            if found.iter().any(|(other, _)| *other == id) {
                let message = format!("segment `{id}` stands twice");
                return Err(Fault::new(
                    at,
                    "duplicate_value",
                    message,
                    "a gate is about one value of a segment",
                ));
            }
            if !self.takes('=') {
                let message = format!("segment `{id}` without a value");
                return Err(self.fault(1, "missing_value", message, format!("write `[{id}=VALUE]`")));
            }
            let start = self.skip_blank();
            let given = match self.quoted()? {
                Some(value) => value,
                None => {
                    let value = self.until(&[',', ']']);
                    self.at += value.len();
                    value.to_owned()
                }
            };
            let at = start..self.at.max(start + 1).min(self.text.len());
            if given.trim().is_empty() {
                let message = format!("segment `{id}` without a value");
                return Err(Fault::new(at, "missing_value", message, format!("write `[{id}=VALUE]`")));
            }
            let value = segment_value(segment, &given).map_err(|help| {
                let message = format!("segment `{id}` has no value `{given}`");
                Fault::new(at, "unknown_segment_value", message, help)
            })?;
            found.push((id, value));
            if self.takes(']') {
                return Ok(found);
            }
            if !self.takes(',') {
                let at = opened..self.at.max(opened + 1);
                let help = "write `[region=North]`, or `[region=North, age=\"30 to 49\"]`";
                return Err(Fault::new(at, "unclosed_bracket", "the bracket is not closed", help));
            }
        }
    }

    fn wave(&mut self) -> Result<String, Fault> {
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

    fn comparison(&mut self) -> Result<Comparison, Fault> {
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

    fn number(&mut self) -> Result<f64, Fault> {
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
