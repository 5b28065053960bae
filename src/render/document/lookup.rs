//! Questions and segments by id, and cells that several tables share.

use super::{Bar, Cell, Interval, Name, Tone};
use crate::report::{Estimate, Flag, QuestionSummary, Report, SegmentSummary, TargetVerdict, Unit, words};
use indexmap::IndexMap;

/// A report with its questions and segments by id.
pub(super) struct Lookup<'a> {
    /// The report.
    pub(super) report: &'a Report,
    questions: IndexMap<&'a str, &'a QuestionSummary>,
    segments: IndexMap<&'a str, &'a SegmentSummary>,
}

impl<'a> Lookup<'a> {
    pub(super) fn new(report: &'a Report) -> Self {
        let survey = &report.survey;
        Self {
            report,
            questions: survey.questions.iter().map(|question| (question.id.as_str(), question)).collect(),
            segments: survey.segments.iter().map(|segment| (segment.id.as_str(), segment)).collect(),
        }
    }

    pub(super) fn question(&self, id: &str) -> Option<&'a QuestionSummary> {
        self.questions.get(id).copied()
    }

    /// The place of a question among the questions.
    pub(super) fn question_rank(&self, id: &str) -> usize {
        self.questions.get_index_of(id).unwrap_or(usize::MAX)
    }

    /// The question's label, or its wording, or its id.
    pub(super) fn called<'b>(&self, id: &'b str) -> &'b str
    where
        'a: 'b,
    {
        self.question(id).map_or(id, QuestionSummary::name)
    }

    /// The question's wording in full, or its id.
    pub(super) fn wording<'b>(&self, id: &'b str) -> &'b str
    where
        'a: 'b,
    {
        self.question(id).map(|question| question.text.as_str()).filter(|text| !text.is_empty()).unwrap_or(id)
    }

    /// The segment's label, or its id.
    pub(super) fn segment_label<'b>(&self, id: &'b str) -> &'b str
    where
        'a: 'b,
    {
        self.segments
            .get(id)
            .map(|segment| segment.label.as_str())
            .filter(|label| !label.is_empty())
            .unwrap_or(id)
    }

    /// The place of a segment among the segments.
    pub(super) fn segment_rank(&self, id: &str) -> usize {
        self.segments.get_index_of(id).unwrap_or(usize::MAX)
    }

    /// The place of a value among the values of its segment.
    pub(super) fn value_rank(&self, segment: &str, value: &str) -> usize {
        self.segments
            .get(segment)
            .and_then(|segment| segment.values.iter().position(|known| known == value))
            .unwrap_or(usize::MAX)
    }

    /// The place of a wave; all waves together come last.
    pub(super) fn wave_rank(&self, wave: Option<&str>) -> usize {
        wave.and_then(|wave| self.report.waves.found.iter().position(|known| known == wave))
            .unwrap_or(usize::MAX)
    }

    /// What a figure is called in a list of scores. The usual statistic of a question goes without saying.
    pub(super) fn score_name(&self, estimate: &Estimate) -> Name {
        self.name(&estimate.question, &estimate.measure, &estimate.statistic)
    }

    /// What a statistic of a question is called in a list of scores.
    pub(super) fn name(&self, question: &str, measure: &str, statistic: &str) -> Name {
        let statistic = match statistic {
            "top_box" | "nps" => None,
            "mean" if measure == "importance" => None,
            statistic => Some(words::statistic(statistic)),
        };
        let kind =
            words::kind(measure).filter(|kind| !question.to_lowercase().contains(&kind.to_lowercase()));
        let text = self.called(question);
        // An id that is a whole heading of a file says less than its label.
        let id = if text.chars().count() < question.chars().count() { text } else { question };
        Name { id: id.to_owned(), text: text.to_owned(), kind, statistic }
    }

    /// What a share is called among the shares of its question.
    pub(super) fn option_name(&self, estimate: &Estimate) -> Name {
        let code = estimate.statistic.strip_prefix("share:").unwrap_or(&estimate.statistic);
        Name { id: code.to_owned(), text: self.option_label(estimate), kind: None, statistic: None }
    }

    /// The label of the option of a share, or its code.
    pub(super) fn option_label(&self, estimate: &Estimate) -> String {
        let code = estimate.statistic.strip_prefix("share:").unwrap_or(&estimate.statistic);
        self.question(&estimate.question)
            .and_then(|question| question.labels.get(code))
            .filter(|label| !label.is_empty())
            .map_or_else(|| code.to_owned(), Clone::clone)
    }

    /// The interval, drawn on that range if there is one, or in short why there is none.
    pub(super) fn interval(estimate: &Estimate, range: Option<(f64, f64)>) -> Cell {
        let text = words::figure(estimate);
        if let (Some(low), Some(high)) = (text.low, text.high) {
            let bar = range.and_then(|range| bar(estimate, range));
            return Cell::Interval(Interval { low, high, bar });
        }
        estimate.flag.map_or_else(|| Cell::from(""), |flag| Cell::from(words::flag_short(flag)))
    }

    /// A flag in words.
    pub(super) fn flag(&self, flag: Flag) -> String {
        words::flag(flag, self.report.survey.flag_below, self.report.survey.suppress_below)
    }

    /// The fixed range of the figure's unit.
    pub(super) fn range(&self, estimate: &Estimate) -> Option<(f64, f64)> {
        match estimate.unit {
            Unit::Percent | Unit::Index => Some((0.0, 100.0)),
            Unit::Points => Some((-100.0, 100.0)),
            Unit::Scale if estimate.measure == "number" => None,
            Unit::Scale => {
                let [least, most] = self.question(&estimate.question)?.scale?.map(f64::from);
                (most > least).then_some((least, most))
            }
            Unit::Days | Unit::Rate | Unit::Count => None,
        }
    }

    /// One round range about zero that holds every interval of these gaps, and is no longer than their scales.
    pub(super) fn gap_range(&self, gaps: &[&Estimate]) -> Option<(f64, f64)> {
        let farthest = gaps
            .iter()
            .flat_map(|gap| [gap.low, gap.high])
            .flatten()
            .map(f64::abs)
            .filter(|limit| limit.is_finite())
            .reduce(f64::max)?;
        let longest = gaps.iter().filter_map(|gap| self.range(gap)).map(|(least, most)| most - least);
        let round = [0.1, 0.2, 0.5].into_iter().find(|step| farthest <= *step).unwrap_or(farthest.ceil());
        let limit = longest.reduce(f64::max).map_or(round, |longest| round.min(longest.max(farthest)));
        Some((-limit, limit))
    }
}

fn bar(estimate: &Estimate, (least, most): (f64, f64)) -> Option<Bar> {
    let at = |limit: f64| ((limit - least) / (most - least)).clamp(0.0, 1.0);
    let bar = Bar { low: at(estimate.low?), value: at(estimate.value?), high: at(estimate.high?) };
    [bar.low, bar.value, bar.high].iter().all(|position| position.is_finite()).then_some(bar)
}

/// The target and its verdict.
pub(super) fn target(estimate: &Estimate) -> Cell {
    let Some(target) = words::figure(estimate).target else { return Cell::from("") };
    let verdict = estimate.target_verdict.map(|verdict| {
        let tone = match verdict {
            TargetVerdict::Met => Tone::Good,
            TargetVerdict::Missed => Tone::Bad,
            TargetVerdict::CannotTell => Tone::Plain,
        };
        (words::verdict(verdict), tone)
    });
    Cell::Verdict { target, verdict }
}

/// Whether any of these stands on a small base: digits then leave room for the mark.
pub(super) fn any_small<'a>(estimates: impl IntoIterator<Item = &'a Estimate>) -> bool {
    estimates.into_iter().any(|estimate| estimate.flag == Some(Flag::SmallBase))
}

/// The number of answers, marked where it is small.
pub(super) fn base(estimate: &Estimate, room_for_mark: bool) -> Cell {
    let digits = estimate.base.map_or_else(|| words::NO_FIGURE.to_owned(), words::count);
    let mark = match (estimate.flag == Some(Flag::SmallBase), room_for_mark) {
        (true, _) => words::SMALL_BASE_MARK,
        (false, true) => " ",
        (false, false) => "",
    };
    Cell::from(format!("{digits}{mark}"))
}

/// A number that may not exist, one decimal where it has any.
pub(super) fn optional(number: Option<f64>, decimals: usize) -> Cell {
    Cell::from(number.map_or_else(String::new, |number| words::plain(number, decimals, false)))
}
