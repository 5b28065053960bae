//! What a gate is about: a question, or figures of records such as complaints.

use std::borrow::Cow;

use crate::survey::complaints::COMPLAINT_STATISTICS;
use crate::survey::definition::Survey;
use crate::survey::disputes::DISPUTE_STATISTICS;
use crate::survey::measure::Headline;
use crate::survey::promises::PROMISE_STATISTICS;
use crate::survey::question::Question;

use super::GateOf;
use super::figure;

/// What a gate is about.
#[derive(Clone, Debug)]
pub(in crate::survey) enum Subject<'s> {
    /// A question.
    Question(&'s Question),
    /// Figures of records, by the id that their estimates have in place of a question's.
    Records(String, RecordFigures),
}

/// The figures that one kind of records yields.
#[derive(Clone, Debug)]
pub(in crate::survey) struct RecordFigures {
    /// The kind, with which ids begin: `complaints`.
    pub(super) name: &'static str,
    /// Whether an id says of what, as `promises.delivery` does; what ids there are is known from the files alone.
    pub(super) has_ids: bool,
    /// The figure meant where none is named; `None` where that is known from the files alone.
    pub(super) headline: Option<&'static str>,
    statistics: Vec<(Cow<'static, str>, (f64, f64))>,
}

impl<'s> Subject<'s> {
    /// The question or the figures of this id.
    pub(in crate::survey) fn find(survey: &'s Survey, id: &str) -> Option<Self> {
        if let Some(question) = survey.questions.iter().find(|question| question.id == id) {
            return Some(Self::Question(question));
        }
        let mut all = record_figures(survey).into_iter();
        let found = all.find(|figures| match id.strip_prefix(figures.name) {
            Some("") => !figures.has_ids || figures.headline.is_some(),
            Some(rest) => figures.has_ids && rest.len() > 1 && rest.starts_with('.'),
            None => false,
        })?;
        Some(Self::Records(id.to_owned(), found))
    }

    pub(in crate::survey) fn id(&self) -> &str {
        match self {
            Self::Question(question) => &question.id,
            Self::Records(id, _) => id,
        }
    }

    /// The statistics that a figure can be named by beside shares of options.
    pub(super) fn statistics(&self) -> Vec<&str> {
        match self {
            Self::Question(question) => question.measure.statistics().to_vec(),
            Self::Records(_, figures) => figures.names(),
        }
    }

    /// The names that a statistic can be written by, as far as they are known, the longest first.
    pub(super) fn written_statistics(&self) -> Vec<String> {
        let mut names: Vec<String> = match self {
            Self::Question(question) => figure::written_statistics(question),
            Self::Records(_, figures) => figures.names().into_iter().map(str::to_owned).collect(),
        };
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names
    }

    /// The statistic as the report names it; `None` stands for the headline of a question.
    ///
    /// # Errors
    /// What is wrong, and help.
    pub(in crate::survey) fn check_statistic(
        &self,
        given: Option<&str>,
    ) -> Result<Option<String>, (String, String)> {
        match self {
            Self::Question(question) => figure::check_statistic(question, given),
            Self::Records(id, figures) => figures.check(id, given),
        }
    }

    /// The least and the greatest that can be found; `None` where there is no bound.
    pub(super) fn reach(&self, statistic: Option<&str>, of: GateOf) -> Option<(f64, f64)> {
        match self {
            Self::Question(question) => {
                let scale = question.scale.as_ref().map(|scale| (f64::from(scale.min), f64::from(scale.max)));
                figure::reach(
                    statistic.or(question.headline.map(Headline::name))?,
                    scale,
                    question.measure,
                    of,
                )
            }
            Self::Records(_, figures) => {
                let wanted = statistic.or(figures.headline)?;
                let (low, high) = figures.statistics.iter().find(|(name, _)| *name == wanted)?.1;
                Some(figure::of_part((low, high), of))
            }
        }
    }
}

impl RecordFigures {
    pub(super) fn names(&self) -> Vec<&str> {
        self.statistics.iter().map(|(name, _)| name.as_ref()).collect()
    }

    fn check(&self, id: &str, given: Option<&str>) -> Result<Option<String>, (String, String)> {
        let Some(given) = given.or(self.headline) else { return Ok(None) };
        if self.names().contains(&given) {
            return Ok(Some(given.to_owned()));
        }
        Err(figure::unknown_statistic(&format!("`{id}`"), given, self.name, &self.names()))
    }
}

/// The kinds of records that the definition speaks of.
pub(super) fn record_figures(survey: &Survey) -> Vec<RecordFigures> {
    let mut all = Vec::new();
    if survey.complaints.is_some() {
        let known = COMPLAINT_STATISTICS.iter().map(|of| (of.id.into(), of.unit.range()));
        let (statistics, headline) = (known.collect(), Some("closed_in_time"));
        all.push(RecordFigures { name: "complaints", has_ids: false, headline, statistics });
    }
    if survey.promises.is_some() {
        let known = PROMISE_STATISTICS.iter().map(|of| (of.id.into(), of.unit.range()));
        let (statistics, headline) = (known.collect(), Some("kept"));
        all.push(RecordFigures { name: "promises", has_ids: true, headline, statistics });
    }
    if survey.disputes.is_some() {
        let known = DISPUTE_STATISTICS.iter().map(|of| (of.id.into(), of.unit.range()));
        let (statistics, headline) = (known.collect(), Some("overturned"));
        all.push(RecordFigures { name: "disputes", has_ids: false, headline, statistics });
    }
    if let Some(indicators) = &survey.indicators {
        let from_0 = (0.0, f64::INFINITY);
        let rate = (format!("rate_per_{}", indicators.per).into(), from_0);
        let value = ("value".into(), (f64::NEG_INFINITY, f64::INFINITY));
        let statistics = vec![rate, ("share".into(), (0.0, 100.0)), ("count".into(), from_0), value];
        all.push(RecordFigures { name: "indicators", has_ids: true, headline: None, statistics });
    }
    all
}
