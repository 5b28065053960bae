//! What the survey calls its questions, points and groups.

use indexmap::IndexMap;

use super::checklist::checklist_figure;
use super::complaints::complaint_figure;
use super::disputes::dispute_figure;
use super::indicators::indicator_figure;
use super::promises::promise_figure;
use super::shortened::shortened_label;
use super::speech::{Speech, fill};
use crate::report::{QuestionSummary, SegmentSummary, SurveySummary};

/// Questions and segments by id.
#[derive(Clone, Debug)]
pub(crate) struct Names<'a> {
    questions: IndexMap<&'a str, &'a QuestionSummary>,
    segments: IndexMap<&'a str, &'a SegmentSummary>,
}

impl<'a> Names<'a> {
    /// The names of a survey.
    pub(crate) fn new(survey: &'a SurveySummary) -> Self {
        Self {
            questions: survey.questions.iter().map(|question| (question.id.as_str(), question)).collect(),
            segments: survey.segments.iter().map(|segment| (segment.id.as_str(), segment)).collect(),
        }
    }

    /// A question in short.
    pub(crate) fn summary(&self, question: &str) -> Option<&'a QuestionSummary> {
        self.questions.get(question).copied()
    }

    /// The place of a question among the questions.
    pub(crate) fn rank(&self, question: &str) -> usize {
        self.questions.get_index_of(question).unwrap_or(usize::MAX)
    }

    /// A question's label, or its wording, or its id.
    pub(crate) fn question<'b>(&self, question: &'b str) -> &'b str
    where
        'a: 'b,
    {
        self.summary(question).map_or(question, QuestionSummary::name)
    }

    /// What a question is called in a table and in the sentences about it: its label, cut between words where it is
    /// long; whole, or by its id, where another question would be called the same.
    pub(crate) fn called(&self, question: &str) -> String {
        let whole = self.question(question);
        let short = shortened_label(whole);
        let others =
            || self.questions.values().filter(|other| other.id != question).map(|other| other.name());
        if others().any(|other| other == whole) {
            return question.to_owned();
        }
        if short != whole && others().any(|other| shortened_label(other) == short) {
            return whole.to_owned();
        }
        short
    }

    /// A segment's label, or its id.
    pub(crate) fn segment<'b>(&self, segment: &'b str) -> &'b str
    where
        'a: 'b,
    {
        self.segments
            .get(segment)
            .map(|summary| summary.label.as_str())
            .filter(|label| !label.is_empty())
            .unwrap_or(segment)
    }

    /// The place of a segment among the segments.
    pub(crate) fn segment_rank(&self, segment: &str) -> usize {
        self.segments.get_index_of(segment).unwrap_or(usize::MAX)
    }

    /// The place of a value among the values of its segment.
    pub(crate) fn value_rank(&self, segment: &str, value: &str) -> usize {
        self.segments
            .get(segment)
            .and_then(|summary| summary.values.iter().position(|known| known == value))
            .unwrap_or(usize::MAX)
    }

    /// The label of a point or an option, or its code.
    pub(crate) fn option<'b>(&self, question: &str, code: &'b str) -> &'b str
    where
        'a: 'b,
    {
        self.summary(question)
            .and_then(|summary| summary.labels.get(code))
            .map(String::as_str)
            .filter(|label| !label.is_empty())
            .unwrap_or(code)
    }
}

/// A statistic's name; a share is called by its option.
pub(crate) fn statistic(speech: &Speech, names: &Names, question: &str, statistic: &str) -> String {
    let texts = &speech.phrases().statistics;
    if question.starts_with("indicators.") {
        return indicator_figure(speech, statistic);
    }
    if question == "complaints" {
        return complaint_figure(speech, statistic);
    }
    if let Some(name) = checklist_figure(speech, statistic) {
        return name.to_owned();
    }
    if question == "promises" || question.starts_with("promises.") {
        return promise_figure(speech, question, statistic);
    }
    if question == "disputes" {
        return dispute_figure(speech, statistic);
    }
    let name = match statistic {
        "top_box" => texts.top_box,
        "bottom_box" => texts.bottom_box,
        "net" => texts.net,
        "mean" => texts.mean,
        "index" => texts.index,
        "nps" => texts.nps,
        "promoters" => texts.promoters,
        "passives" => texts.passives,
        "detractors" => texts.detractors,
        "gap" => texts.gap,
        "expectation" => texts.expectation,
        "perception" => texts.perception,
        "median" => texts.median,
        other => {
            return other
                .strip_prefix("share:")
                .map_or_else(|| other.to_owned(), |code| names.option(question, code).to_owned());
        }
    };
    name.to_owned()
}

/// What the headline of a question is, such as `4 or 5 of 1 to 5`, in the language of the report; in the words of the
/// analysis where the points are not known.
pub(crate) fn definition(speech: &Speech, question: &QuestionSummary) -> String {
    let texts = &speech.phrases().definitions;
    match question.measure.as_str() {
        "number" => return texts.numbers.to_owned(),
        "choice" => return texts.shares.to_owned(),
        "checklist" => return speech.phrases().checklist.rule.to_owned(),
        "multi" => return texts.shares_of_answerers.to_owned(),
        _ => {}
    }
    let (Some([least, most]), Some(headline), Some(points)) =
        (question.scale, question.headline.as_deref(), question.points.as_ref())
    else {
        return question.definition.clone();
    };
    let mut range = fill(texts.range, &[("least", &least), ("most", &most)]);
    if !points.holes.is_empty() {
        let holes: Vec<String> = points.holes.iter().map(i64::to_string).collect();
        range = fill(texts.range_without, &[("range", &range), ("holes", &holes.join(", "))]);
    }
    let (worst, best) = if points.best_is_low { (most, least) } else { (least, most) };
    let counted = |[first, last]: [i64; 2]| match points.steps(first, last) {
        ..=0 => first.to_string(),
        1 => fill(texts.either, &[("first", &first), ("second", &last)]),
        _ => fill(texts.range, &[("least", &first), ("most", &last)]),
    };
    let dashed = |[first, last]: [i64; 2]| match last - first {
        ..=0 => last.to_string(),
        _ => fill(texts.span, &[("first", &first), ("last", &last)]),
    };
    let text = match (headline, points.good, points.bad) {
        ("top_box", Some(good), _) => {
            let text = if points.agree { texts.top_box_agree } else { texts.top_box };
            fill(text, &[("points", &counted(good)), ("range", &range)])
        }
        ("net", Some(good), Some(bad)) => {
            fill(texts.net, &[("good", &counted(good)), ("bad", &counted(bad)), ("range", &range)])
        }
        ("nps", Some(good), Some(bad)) => {
            return fill(texts.nps, &[("good", &dashed(good)), ("bad", &dashed(bad))]);
        }
        ("index", ..) => return fill(texts.index, &[("range", &range), ("worst", &worst), ("best", &best)]),
        ("mean", ..) => fill(texts.mean, &[("range", &range)]),
        ("gap", ..) => {
            let text = if question.measure == "gap" { texts.gap } else { texts.difference };
            fill(text, &[("range", &range)])
        }
        _ => return question.definition.clone(),
    };
    if points.best_is_low { fill(texts.best_is, &[("definition", &text), ("best", &best)]) } else { text }
}
