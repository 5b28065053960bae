//! The condition of a gate: `id[.statistic].(value|low|high|base|change)[segment=value, …]@wave < number`.
//!
//! Ids, options and segment values are an analyst's own and may hold dots, blanks and signs: the longest known name
//! that fits is taken. A measure stands for its only question.

#![expect(clippy::result_large_err, reason = "a complaint ends the work, so its size costs nothing")]

use crate::diagnostic::Diagnostic;
use crate::survey::checklist::with_all_items;
use crate::survey::definition::Survey;
use crate::survey::measure::Measure;
use crate::survey::question::Question;
use crate::survey::suggestion::did_you_mean;

use super::fault::Fault;
use super::reader::{MARKS, Reader};
use super::segments::segment_value;
use super::subject::{RecordFigures, Subject, record_figures};
use super::{GateCondition, GateOf};

/// Reads a condition that was typed.
///
/// # Errors
/// The first fault, with its place in the text (the file is called `--fail-if`).
pub fn parse(text: &str, survey: &Survey) -> Result<GateCondition, Diagnostic> {
    read(text, survey).map_err(|fault| fault.typed(text))
}

/// Reads a condition, wherever it stands.
pub(in crate::survey) fn read(text: &str, survey: &Survey) -> Result<GateCondition, Fault> {
    let survey = with_all_items(survey);
    let survey = survey.as_ref();
    let mut reader = Reader { text, at: 0 };
    let start = reader.skip_blank();
    if reader.rest().is_empty() {
        return Err(Fault::new(0..text.len(), "empty_condition", "the condition is empty", EXAMPLE));
    }
    let subject = reader.subject(survey)?;
    let (statistic, of) = reader.figure(&subject)?;
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
    if let Some((low, high)) = subject.reach(statistic.as_deref(), of)
        && !(low..=high).contains(&limit)
    {
        let message = format!("limit {limit} is outside {low} to {high}, where the figure can be");
        let help = "the gate would always pass or always fail; limits stand in the unit of the figure";
        return Err(Fault::new(from..text.trim_end().len(), "out_of_range", message, help));
    }
    Ok(GateCondition {
        question: subject.id().to_owned(),
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

impl<'t> Reader<'t> {
    fn subject<'s>(&mut self, survey: &'s Survey) -> Result<Subject<'s>, Fault> {
        let start = self.at;
        let given = if let Some(id) = self.quoted()? {
            id
        } else {
            let name = self.known_name(survey).unwrap_or_else(|| self.until(&MARKS));
            self.at += name.len();
            name.to_owned()
        };
        let at = start..self.at.max(start + 1).min(self.text.len());
        if let Some(subject) = Subject::find(survey, &given) {
            return Ok(subject);
        }
        let Some(measure) = Measure::parse(&given) else {
            let used = Measure::ALL
                .iter()
                .filter(|(measure, _)| survey.questions.iter().any(|question| question.measure == *measure))
                .map(|(_, name)| *name);
            let records = record_figures(survey).into_iter().map(|figures| figures.name);
            let known =
                survey.questions.iter().map(|question| question.id.as_str()).chain(used).chain(records);
            let help = did_you_mean(&given, known).map_or_else(
                || "a condition begins with the id of a question".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            return Err(Fault::new(at, "unknown_question", format!("there is no question `{given}`"), help));
        };
        let of_measure: Vec<&Question> =
            survey.questions.iter().filter(|question| question.measure == measure).collect();
        match of_measure.as_slice() {
            [only] => Ok(Subject::Question(only)),
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
        let measures = Measure::ALL.iter().map(|(_, name)| *name);
        let records = record_figures(survey);
        let plain = records.iter().filter(|figures| !figures.has_ids || is_of_all(rest, figures));
        let names: Vec<&str> = ids.chain(measures).chain(plain.map(|figures| figures.name)).collect();
        let longest = |fits: &dyn Fn(&str) -> bool| {
            names.iter().filter(|name| behind(name).is_some_and(fits)).map(|name| name.len()).max()
        };
        let length = longest(&|rest| rest.starts_with('.'))
            .or_else(|| records.iter().find_map(|figures| with_id(rest, figures)))
            .or_else(|| longest(&|rest| rest.is_empty() || rest.starts_with(MARKS)))?;
        rest.get(..length)
    }

    fn figure(&mut self, subject: &Subject<'_>) -> Result<(Option<String>, GateOf), Fault> {
        let parts = || GateOf::ALL.map(GateOf::name).join(", ");
        let start = self.skip_blank();
        if !self.takes('.') {
            let message = format!("what of `{}` is looked at is missing", subject.id());
            let help = format!("write `{}.low`, or one of {}", subject.id(), parts());
            return Err(self.fault(1, "missing_part", message, help));
        }
        let from = self.skip_blank();
        let statistic = self.statistic(subject);
        if let Some(statistic) = &statistic {
            self.at += statistic.len();
            self.takes('.');
        }
        let at = from..self.at.max(from + 1).min(self.text.len());
        let statistic = subject.check_statistic(statistic.as_deref()).map_err(|(message, help)| {
            let at = if statistic.is_some() { at.clone() } else { start..start + 1 };
            Fault::new(at, "unknown_statistic", message, help)
        })?;
        self.skip_blank();
        let word = self.until(&MARKS).split_whitespace().next().unwrap_or("");
        let Some(of) = GateOf::ALL.into_iter().find(|of| of.name() == word) else {
            let help = if subject.statistics().contains(&word) {
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
    fn statistic(&self, subject: &Subject<'_>) -> Option<String> {
        let rest = self.rest();
        let dotted = |name: &String| {
            rest.strip_prefix(name.as_str()).is_some_and(|behind| behind.trim_start().starts_with('.'))
        };
        if let Some(known) = subject.written_statistics().into_iter().find(dotted) {
            return Some(known);
        }
        let head = rest.split(&MARKS[1..]).next().unwrap_or("");
        let (statistic, _) = head.rsplit_once('.')?;
        let plain = statistic.starts_with("share:") || !statistic.contains(char::is_whitespace);
        plain.then(|| statistic.to_owned())
    }

    fn segments(&mut self, survey: &Survey) -> Result<Vec<(String, String)>, Fault> {
        let opened = self.at;
        self.takes('[');
        let mut found: Vec<(String, String)> = Vec::new();
        loop {
            let start = self.skip_blank();
            let id = if let Some(id) = self.quoted()? {
                id
            } else {
                let rest = self.rest();
                let ids = survey.segments.iter().map(|segment| segment.id.as_str());
                let known = ids.filter(|id| {
                    rest.strip_prefix(id).is_some_and(|behind| behind.trim_start().starts_with('='))
                });
                let id = known.max_by_key(|id| id.len()).unwrap_or_else(|| self.until(&['=', ',', ']']));
                self.at += id.len();
                id.to_owned()
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
            let given = if let Some(value) = self.quoted()? {
                value
            } else {
                let value = self.until(&[',', ']']);
                self.at += value.len();
                value.to_owned()
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
}

/// Whether a figure of all follows the name: a statistic and a part, or a part alone.
fn is_of_all(rest: &str, figures: &RecordFigures) -> bool {
    match pieces(rest, figures).as_slice() {
        [_part] => figures.headline.is_some(),
        [statistic, _part] => figures.headline.is_some() && figures.names().contains(statistic),
        _ => false,
    }
}

/// How long the id is of what records are about, of which `rest` says a part, and a statistic before it.
fn with_id(rest: &str, figures: &RecordFigures) -> Option<usize> {
    let pieces = pieces(rest, figures);
    // The last is a part, the one before it a statistic where there is an id before both.
    let of_id = pieces.len().saturating_sub(2).max(1);
    let length: usize = pieces.iter().take(of_id).map(|piece| piece.len() + 1).sum();
    (figures.has_ids && pieces.len() > 1).then_some(figures.name.len() + length)
}

/// What stands between dots behind the name, up to any other mark.
fn pieces<'t>(rest: &'t str, figures: &RecordFigures) -> Vec<&'t str> {
    let head = rest.split(&MARKS[1..]).next().unwrap_or("");
    let behind = head.strip_prefix(figures.name).and_then(|behind| behind.strip_prefix('.'));
    behind.map_or_else(Vec::new, |behind| behind.split('.').collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEFINITION: &str = "\
[question.overall]
measure = \"csat\"
[question.q1]
[question.\"q1.low\"]
[question.\"Q 7 [new]\"]
headline = \"mean\"
[question.recommend]
measure = \"nps\"
[question.ease]
measure = \"ces\"
[question.effort]
measure = \"ces\"
[question.reason]
measure = \"choice\"
labels = { \"1.5\" = \"Cash\", L = \"A loan, or two\" }
[question.other]
measure = \"multi\"
[question.comment]
measure = \"text\"
[question.wait]
measure = \"number\"
[segment.region]
labels = { 1 = \"North\", 2 = \"South\" }
[segment.size]
[segment.age]
bands = { \"30 to 49\" = \"30..49\", older = \"50..\" }
";

    fn survey() -> Survey {
        crate::survey::parse(DEFINITION.as_bytes(), "survey.toml").unwrap().survey
    }

    /// A condition in one line: question, statistic, part, segments, wave, comparison, limit.
    fn read_as(text: &str) -> String {
        let found = parse(text, &survey()).unwrap_or_else(|fault| panic!("{text}\n{}", fault.render()));
        let segment: Vec<String> = found.segment.iter().map(|(id, value)| format!("{id}={value}")).collect();
        format!(
            "{}|{}|{}|{}|{}|{}|{}",
            found.question,
            found.statistic.unwrap_or_default(),
            found.of.name(),
            segment.join(";"),
            found.wave.unwrap_or_default(),
            found.comparison.symbol(),
            found.limit
        )
    }

    #[test]
    fn conditions_say_which_figure_and_which_limit() {
        let cases = [
            ("recommend.low < 20", "recommend||low|||<|20"),
            ("nps.low<20", "recommend||low|||<|20"),
            (" csat . top_box . high  >=  85.5 ", "overall|top_box|high|||>=|85.5"),
            ("recommend.promoters.value <= 40", "recommend|promoters|value|||<=|40"),
            ("overall.change[region=North] < -5", "overall||change|region=North||<|-5"),
            (
                "overall.value[region=2, age=\"30 to 49\"]@2026-Q3 > 3",
                "overall||value|region=South;age=30 to 49|2026-Q3|>|3",
            ),
            ("overall.value@\"wave 2\"[size='a, \"b\"]'] ≤ 3", "overall||value|size=a, \"b\"]|wave 2|<=|3"),
            ("overall.base[region=north] < 100", "overall||base|region=North||<|100"),
            ("q1.low < 5", "q1||low|||<|5"),
            ("q1.low.low < 5", "q1.low||low|||<|5"),
            ("Q 7 [new].value < 4", "Q 7 [new]||value|||<|4"),
            ("`Q 7 [new]`.mean.value < 4", "Q 7 [new]|mean|value|||<|4"),
            ("reason.share:1.5.value > 30", "reason|share:1.5|value|||>|30"),
            ("reason.share:A loan, or two.value > 30", "reason|share:L|value|||>|30"),
            ("other.share:any.thing.high > 30", "other|share:any.thing|high|||>|30"),
            ("wait.median.value > 1000", "wait|median|value|||>|1000"),
        ];
        for (text, expected) in cases {
            assert_eq!(read_as(text), expected, "{text}");
        }
        assert_eq!(parse("  nps.low < 20 ", &survey()).unwrap().text, "nps.low < 20");
    }

    #[test]
    fn figures_of_records_are_named_by_kind_and_id() {
        let text = "[complaints]\n[promises]\nevents = \"e.csv\"\n[disputes]\n[indicators]\n";
        let survey = crate::survey::parse(text.as_bytes(), "survey.toml").unwrap().survey;
        for (text, question, statistic) in [
            ("complaints.closed_in_time.low < 90", "complaints", Some("closed_in_time")),
            ("complaints.low < 90", "complaints", Some("closed_in_time")),
            ("promises.kept.low < 90", "promises", Some("kept")),
            ("promises.low < 90", "promises", Some("kept")),
            ("promises.wait.low < 90", "promises.wait", Some("kept")),
            ("promises.wait.events.value < 90", "promises.wait", Some("events")),
            ("promises.wait.v2.kept.value < 90", "promises.wait.v2", Some("kept")),
            ("disputes.overturned.high > 9", "disputes", Some("overturned")),
            ("indicators.returns.value > 9", "indicators.returns", None),
            ("indicators.returns.rate_per_1000.value > 9", "indicators.returns", Some("rate_per_1000")),
            ("indicators.returns.value.change > 9", "indicators.returns", Some("value")),
        ] {
            let found = parse(text, &survey).unwrap_or_else(|fault| panic!("{text}\n{}", fault.render()));
            assert_eq!(
                (found.question.as_str(), found.statistic.as_deref()),
                (question, statistic),
                "{text}"
            );
        }
        for text in ["promises.wait.keept.low < 9", "indicators.low < 9", "indicators.returns.rate.low < 9"] {
            assert!(parse(text, &survey).is_err(), "{text}");
        }
    }

    #[test]
    fn faults_are_placed_and_helped() {
        let cases = [
            ("", "empty_condition", 1, "recommend.low < 20"),
            ("recomend.low < 20", "unknown_question", 1, "did you mean `recommend`?"),
            ("gap.low < 20", "unknown_question", 1, "by its id"),
            ("ces.low < 20", "ambiguous_question", 1, "ease, effort"),
            ("recommend < 20", "missing_part", 11, "recommend.low"),
            ("recommend.lo < 20", "unknown_part", 11, "did you mean `low`?"),
            ("recommend.mean < 20", "unknown_part", 11, "`mean.value`"),
            ("recommend.top_box.low < 20", "unknown_statistic", 11, "promoters"),
            ("overall.topbox.low < 20", "unknown_statistic", 9, "did you mean `top_box`?"),
            ("comment.value < 20", "unknown_statistic", 8, "scored"),
            ("reason.value < 20", "unknown_statistic", 7, "share:1.5"),
            ("reason.share:Cahs.value < 20", "unknown_statistic", 8, "share:Cash"),
            ("overall.low[regoin=North] < 20", "unknown_segment", 13, "did you mean `region`?"),
            ("overall.low[region=Nort] < 20", "unknown_segment_value", 20, "did you mean `North`?"),
            ("overall.low[age=30] < 20", "unknown_segment_value", 17, "30 to 49, older"),
            ("overall.low[region=] < 20", "missing_value", 20, "[region=VALUE]"),
            ("overall.low[region] < 20", "missing_value", 19, "[region=VALUE]"),
            ("overall.low[size=a", "unclosed_bracket", 12, "[region=North]"),
            ("overall.low[size=a, size=b] < 1", "duplicate_value", 21, "one value"),
            ("overall.low[size=\"a] < 1", "unclosed_text", 18, "close it"),
            ("overall.low@ < 20", "missing_value", 14, "@2026-Q3"),
            ("overall.low = 20", "unknown_operator", 13, "<, <=, > or >="),
            ("overall.low =< 20", "unknown_operator", 13, "`<=`"),
            ("overall.low 20.5", "unknown_operator", 13, "<, <=, > or >="),
            ("overall.low <", "not_a_number", 14, "one number"),
            ("overall.low < 20,5", "not_a_number", 15, "write 20.5"),
            ("overall.low < 20 %", "not_a_number", 15, "write 20"),
            ("overall.low < inf", "not_a_number", 15, "one number"),
            ("overall.low < 120", "out_of_range", 15, "always"),
            ("overall.base < -1", "out_of_range", 16, "always"),
            ("`Q 7 [new]`.value > 6", "out_of_range", 21, "always"),
        ];
        for (text, code, column, help) in cases {
            let fault = parse(text, &survey()).expect_err(text);
            let place = fault.place.clone().unwrap();
            assert_eq!((fault.code, place.column), (code, column), "{text}\n{}", fault.render());
            assert!(
                fault.help.as_ref().is_some_and(|found| found.contains(help)),
                "{text}\n{}",
                fault.render()
            );
            assert_eq!(place.file, "--fail-if");
        }
    }

    #[test]
    fn no_text_makes_it_panic() {
        let survey = survey();
        let whole = "`Q 7 [new]`.mean.value[region=\"Nörth\", size=ü]@“2026” ≤ −4,5 %";
        for (start, _) in whole.char_indices() {
            for (end, _) in whole.char_indices().filter(|(end, _)| *end >= start) {
                if let Err(fault) = parse(&whole[start..end], &survey) {
                    assert!(!fault.render().is_empty());
                }
            }
        }
        assert_eq!(parse("é", &survey).unwrap_err().code, "unknown_question");
    }
}
