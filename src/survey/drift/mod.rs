//! What changed in the asking between two definitions: waves asked otherwise are not joined.
//!
//! Questions are told apart by their ids. A wording counts as changed when it reads otherwise once runs of white space
//! are one blank; another case is another wording. A label or a wording that only one side has is no change: a
//! definition may leave out what the questionnaire said.

mod changed;

use indexmap::IndexMap;

pub use self::changed::Changed;
use super::definition::Survey;
use super::measure::{Best, Headline};
use super::question::Question;
use crate::diagnostic::{Diagnostic, Place};

/// How a question was asked, as far as it is known; from a definition or from a saved report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuestionForm {
    /// The id.
    pub id: String,
    /// What it measures, by name.
    pub measure: String,
    /// Its wording; `None` where it is not known.
    pub text: Option<String>,
    /// The smallest and the largest point, for a scale.
    pub scale: Option<(i32, i32)>,
    /// Which end of the scale is the best, where it is known.
    pub best: Option<Best>,
    /// How many points make the top box, where it is known.
    pub top: Option<u32>,
    /// The labels of the points or options, by code; empty where they are not known.
    pub labels: IndexMap<String, String>,
    /// The headline, by name.
    pub headline: Option<String>,
    /// Whether its waves are joined all the same.
    pub bridge: bool,
}

/// What changed in one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// The question's id.
    pub question: String,
    /// Everything that changed; at least one.
    pub changed: Vec<Changed>,
    /// Whether the newer definition joins its waves all the same (`bridge`).
    pub bridged: bool,
}

/// What changed from the older to the newer questions: in the order of the newer, then what was removed.
pub fn drift(older: &[QuestionForm], newer: &[QuestionForm]) -> Vec<Drift> {
    let find = |forms: &[QuestionForm], id: &str| forms.iter().find(|form| form.id == id).cloned();
    let mut found: Vec<Drift> = newer
        .iter()
        .map(|after| Drift {
            question: after.id.clone(),
            changed: find(older, &after.id)
                .map_or_else(|| vec![Changed::Added], |before| changes(&before, after)),
            bridged: after.bridge,
        })
        .filter(|drift| !drift.changed.is_empty())
        .collect();
    let removed = older.iter().filter(|before| find(newer, &before.id).is_none());
    found.extend(removed.map(|before| Drift {
        question: before.id.clone(),
        changed: vec![Changed::Removed],
        bridged: false,
    }));
    found
}

/// Every change as a complaint with its place in the newer definition: a caution where it breaks a trend, else a note.
pub fn complaints(found: &[Drift], newer: &Survey) -> Vec<Diagnostic> {
    let changes = found.iter().flat_map(|drift| drift.changed.iter().map(move |changed| (drift, changed)));
    let complaint = |(drift, changed): (&Drift, &Changed)| {
        let message = format!("question `{}`: {}", drift.question, changed.sentence());
        let complaint = if drift.bridged && changed.breaks() {
            Diagnostic::note("definition_drift", message)
                .why("its waves are joined all the same: `bridge = true`")
        } else if changed.breaks() {
            Diagnostic::caution("definition_drift", message)
                .why("answers to another question are no later answers to this one, so their waves are not joined")
                .help("write `bridge = true` under the question to join them all the same, or give it a new id")
        } else {
            Diagnostic::note("definition_drift", message)
        };
        match place(drift, changed, newer) {
            Some(at) => complaint.at(at),
            None => complaint,
        }
    };
    changes.map(complaint).collect()
}

/// Where the newer definition says what changed: the key, else the question.
pub fn place(drift: &Drift, changed: &Changed, newer: &Survey) -> Option<Place> {
    let place = newer.places.finder();
    [changed.key(), "id"].into_iter().find_map(|key| place(&format!("question.{}.{key}", drift.question)))
}

impl QuestionForm {
    /// How a question of a definition is asked.
    pub fn of(question: &Question) -> Self {
        let scale = question.scale.as_ref();
        let points = scale.map(|scale| {
            let codes = scale.numbers().map(|point| point.to_string());
            codes.zip(scale.labels.iter().cloned()).collect()
        });
        Self {
            id: question.id.clone(),
            measure: question.measure.name().to_owned(),
            text: question.text.clone(),
            scale: scale.map(|scale| (scale.min, scale.max)),
            best: scale.map(|scale| scale.best),
            top: scale.filter(|_| question.headline == Some(Headline::TopBox)).map(|scale| scale.top),
            labels: points
                .filter(|_| question.options.is_empty())
                .unwrap_or_else(|| question.options.clone()),
            headline: question.headline.map(|headline| headline.name().to_owned()),
            bridge: question.bridge,
        }
    }

    /// How every question of a survey is asked.
    pub fn all(survey: &Survey) -> Vec<Self> {
        survey.questions.iter().map(Self::of).collect()
    }

    /// The scale in words.
    fn scale_words(&self) -> String {
        let Some((min, max)) = self.scale else { return "none".to_owned() };
        let best = match self.best {
            Some(Best::Low) => ", low is the best",
            _ => "",
        };
        let labels = if self.labels.is_empty() { String::new() } else { format!(": {}", self.label_words()) };
        format!("{min} to {max}{best}{labels}")
    }

    fn label_words(&self) -> String {
        let words: Vec<String> = self.labels.iter().map(|(code, label)| format!("{code} {label}")).collect();
        words.join(", ")
    }
}

impl Drift {
    /// Whether its waves cannot be joined: something was asked otherwise, and no bridge was declared.
    pub fn breaks(&self) -> bool {
        !self.bridged && self.changed.iter().any(Changed::breaks)
    }
}

fn changes(before: &QuestionForm, after: &QuestionForm) -> Vec<Changed> {
    let mut found = Vec::new();
    if before.measure != after.measure {
        let (before, after) = (before.measure.clone(), after.measure.clone());
        found.push(Changed::Measure { before, after });
    }
    if let (Some(was), Some(is)) = (&before.text, &after.text)
        && plain(was) != plain(is)
    {
        found.push(Changed::Wording { before: plain(was), after: plain(is) });
    }
    let same_labels = before.labels.is_empty() || after.labels.is_empty() || labels(before) == labels(after);
    if before.scale.is_some() || after.scale.is_some() {
        let turned = before.best.zip(after.best).is_some_and(|(was, is)| was != is);
        if before.scale != after.scale || turned || !same_labels {
            found.push(Changed::Scale { before: before.scale_words(), after: after.scale_words() });
        } else if let (Some(was), Some(is)) = (before.top, after.top)
            && was != is
        {
            found.push(Changed::TopBox { before: was, after: is });
        }
    } else if !same_labels {
        found.push(Changed::Options { before: before.label_words(), after: after.label_words() });
    }
    if before.headline != after.headline {
        let (before, after) = (before.headline.clone(), after.headline.clone());
        found.push(Changed::Headline { before, after });
    }
    found
}

/// The labels by code, whatever their order and white space.
fn labels(form: &QuestionForm) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> =
        form.labels.iter().map(|(code, label)| (plain(code), plain(label))).collect();
    all.sort();
    all
}

/// A text with one blank for any run of white space.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;

    fn survey(text: &str) -> Survey {
        crate::survey::parse(text.as_bytes(), "new.toml").unwrap().survey
    }

    /// The changes in short, a question a line; `!` where they break a trend.
    fn between(older: &str, newer: &str) -> Vec<String> {
        let found = drift(&QuestionForm::all(&survey(older)), &QuestionForm::all(&survey(newer)));
        let line = |drift: &Drift| {
            let names: Vec<&str> = drift.changed.iter().map(Changed::name).collect();
            format!("{}{} {}", drift.question, if drift.breaks() { "!" } else { "" }, names.join(" "))
        };
        found.iter().map(line).collect()
    }

    #[test]
    fn a_definition_has_no_drift_against_itself() {
        let text = "[question.a]\ntext = \"How was it?\"\n[question.b]\nmeasure = \"choice\"\nlabels = [\"x\", \"y\"]\n\
                    [question.c]\nmeasure = \"gap\"\nexpectation = \"e\"\nperception = \"p\"\n";
        assert_eq!(between(text, text), [""; 0]);
        assert_eq!(between("", ""), [""; 0]);
    }

    #[test]
    fn what_was_asked_otherwise_breaks_unless_bridged() {
        let a = |rest: &str| format!("[question.a]\nmeasure = \"csat\"\n{rest}");
        let cases = [
            ("text = \"How was it?\"\n", "text = \"How  was it?\\n\"\n", ""),
            ("text = \"How was it?\"\n", "text = \"How was It?\"\n", "a! wording"),
            ("text = \"How was it?\"\n", "text = \"And now?\"\nbridge = true\n", "a wording"),
            ("", "text = \"How was it?\"\n", ""),
            ("", "column = \"other\"\n", ""),
            ("", "headline = \"mean\"\n", "a headline"),
            ("", "scale = \"recommend\"\n", "a! scale"),
            ("", "scale = \"s\"\n[scale.s]\nmax = 5\n", ""),
            ("", "scale = \"s\"\n[scale.s]\nmax = 5\nbest = \"low\"\n", "a! scale"),
            ("", "scale = \"s\"\n[scale.s]\nmax = 5\ntop = 1\n", "a! top_box"),
            (
                "headline = \"mean\"\n",
                "headline = \"mean\"\nscale = \"s\"\n[scale.s]\nmax = 5\ntop = 1\n",
                "",
            ),
            ("", "scale = \"s\"\n[scale.s]\nlabels = [\"a\", \"b\", \"c\", \"d\", \"e\"]\n", "a! scale"),
        ];
        for (older, newer, expected) in cases {
            let found = between(&a(older), &a(newer)).join("; ");
            assert_eq!(found, expected, "{older} -> {newer}");
        }
    }

    #[test]
    fn measures_options_and_questions_come_and_go() {
        let choice = |labels: &str| format!("[question.a]\nmeasure = \"choice\"\n{labels}");
        let xy = choice("labels = { x = \"Ex\", y = \"Why\" }\n");
        assert_eq!(between(&xy, &choice("labels = { y = \"Why\", x = \"Ex\" }\n")), [""; 0]);
        assert_eq!(between(&xy, &choice("labels = { x = \"Ex\" }\n")), ["a! options"]);
        assert_eq!(between(&xy, &choice("")), [""; 0]);
        assert_eq!(between("[question.a]\nmeasure = \"csat\"\n", "[question.a]\n"), ["a! measure"]);
        assert_eq!(
            between("[question.a]\n[question.b]\n", "[question.c]\n[question.b]\n"),
            ["c added", "a removed"]
        );
    }

    #[test]
    fn a_break_points_at_the_line_that_says_it() {
        let older = survey("[question.a]\ntext = \"One\"\n[question.b]\n[question.c]\n");
        let newer = survey(
            "[question.a]\ntext = \"Two\"\n[question.b]\nmeasure = \"csat\"\nbridge = true\n[question.c]\nscale = \"recommend\"\n",
        );
        let found = drift(&QuestionForm::all(&older), &QuestionForm::all(&newer));
        let complaints = complaints(&found, &newer);
        let lines: Vec<(Severity, usize, usize)> = complaints
            .iter()
            .filter_map(|complaint| {
                complaint.place.as_ref().map(|at| (complaint.severity, at.line, at.column))
            })
            .collect();
        let (caution, note) = (Severity::Caution, Severity::Note);
        assert_eq!(lines, [(caution, 2, 8), (note, 4, 11), (caution, 7, 9)]);
        assert!(complaints[0].message.contains("\"One\" -> \"Two\""), "{}", complaints[0].message);
    }

    #[test]
    fn what_a_saved_report_does_not_tell_is_no_change() {
        let newer = survey("[question.a]\nmeasure = \"csat\"\ntext = \"How was it?\"\n");
        let saved = QuestionForm {
            id: "a".to_owned(),
            measure: "csat".to_owned(),
            scale: Some((1, 5)),
            headline: Some("top_box".to_owned()),
            ..QuestionForm::default()
        };
        assert_eq!(drift(&[saved], &QuestionForm::all(&newer)), []);
    }
}
