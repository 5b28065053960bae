//! From what was typed to stubs and banners, and to what is to be counted for them.

use std::ops::Range;

use crate::analysis::plan::PlanError;
use crate::analysis::scope::{Scope, WaveChoice};
use crate::report::CrosstabAgainst;
use crate::survey::{Measure, Question, Survey, did_you_mean};
use crate::tally::Tally;

use super::ask::{CrosstabAsk, MeanPairs, NetAsked, TestChoice};
use super::error::CrosstabError;

/// The tables of a command.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::analysis) struct CrosstabMap {
    pub(super) stubs: Vec<Stub>,
    pub(super) banners: Vec<Banner>,
}

impl CrosstabMap {
    /// Whether waves are among the columns of a table.
    pub(in crate::analysis) fn has_waves(&self) -> bool {
        self.banners.iter().any(Banner::has_waves)
    }
}

/// The rows of a table.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stub {
    /// The question or segment.
    pub(super) id: String,
    pub(super) of: Subject,
    /// The place of its tally.
    pub(super) tally: usize,
    pub(super) nets: Vec<NetAsked>,
}

/// The columns of a table.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Banner {
    /// The dimensions joined by `*`, as typed.
    pub(super) id: String,
    pub(super) dimensions: Vec<Dimension>,
}

/// One variable of a banner.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Dimension {
    /// As typed: the id, and `:box` or `:points` behind it.
    pub(super) id: String,
    /// The id of its variable in the plan; empty for waves.
    pub(super) variable: String,
    pub(super) of: Of,
}

/// What a dimension's columns are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    Wave,
    /// The values of the segment at this index.
    Segment(usize),
    /// The points or options of the question at this index.
    Points(usize),
    /// The boxes of the question at this index.
    Boxes(usize),
    /// The options of the question at this index, of which a row may have several.
    Several(usize),
}

/// The question or segment of the rows, by its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Question(usize),
    Segment(usize),
}

/// Where the variables of the plan stand.
pub(in crate::analysis) struct Variables<'a> {
    /// By question.
    pub(in crate::analysis) of_question: &'a [Range<usize>],
    /// The first segment's.
    pub(in crate::analysis) first_segment: usize,
    /// Whether there are waves.
    pub(in crate::analysis) waves: bool,
    pub(in crate::analysis) weighted: bool,
}

/// What is counted for tables: which questions have which tally, and the groupings beside the total.
pub(in crate::analysis) struct Counting {
    pub(in crate::analysis) tallies: Vec<Tally>,
    pub(in crate::analysis) by_question: Vec<Option<usize>>,
    pub(in crate::analysis) groupings: Vec<Vec<usize>>,
    pub(in crate::analysis) map: CrosstabMap,
}

/// Plans the tables; `tallies` are those of all questions, `by_question` their places.
pub(in crate::analysis) fn plan(
    survey: &Survey,
    scope: &Scope,
    ask: &CrosstabAsk,
    variables: &Variables,
    (tallies, by_question): (&[Tally], &[Option<usize>]),
) -> Result<Counting, PlanError> {
    check(ask, variables.weighted)?;
    let typed = Typed { survey, scope };
    let banners = banners(&typed, variables)?;
    let names_one = scope.wave.as_ref().is_some_and(|wave| *wave != WaveChoice::All);
    if names_one && banners.iter().all(Banner::has_waves) {
        return Err(CrosstabError::OneWaveOfAll.into());
    }
    let mut counting = Counting {
        tallies: Vec::new(),
        by_question: vec![None; by_question.len()],
        groupings: vec![Vec::new()],
        map: CrosstabMap { stubs: Vec::new(), banners },
    };
    for (id, of) in stubs(&typed, ask, &counting.map.banners)? {
        let tally = match of {
            Subject::Question(index) => {
                let Some(tally) = by_question[index].and_then(|tally| tallies.get(tally)) else { continue };
                counting.by_question[index] = Some(counting.tallies.len());
                *tally
            }
            Subject::Segment(index) => Tally::Single(variables.first_segment + index),
        };
        counting.tallies.push(tally);
        let nets = ask.nets.iter().filter(|net| net.question == id).cloned().collect();
        counting.map.stubs.push(Stub { id, of, tally: counting.tallies.len() - 1, nets });
    }
    check_nets(&counting.map, survey, ask)?;
    let hides = scope.suppress_below.unwrap_or(survey.suppress_below) > 0;
    if let Some(both) = counting.map.stubs.iter().find(|stub| {
        // By itself it is in no table with itself, so that nothing is shown twice.
        hides
            && counting.map.stubs.len() > 1
            && counting.map.banners.iter().any(|banner| banner.holds(&stub.id))
    }) {
        return Err(CrosstabError::BothWays { id: both.id.clone() }.into());
    }
    for banner in &counting.map.banners {
        let key: Vec<usize> = banner.dimensions.iter().filter_map(|of| of.of.variable(variables)).collect();
        // What is hidden in a crossing is decided by its margins too.
        let parts = if hides { subsets(&key) } else { vec![key] };
        for grouping in parts {
            if !counting.groupings.contains(&grouping) {
                counting.groupings.push(grouping);
            }
        }
    }
    // Whoever gave any answer of a net counts once: sets of answers are counted, in every column.
    for stub in &counting.map.stubs {
        let Subject::Question(index) = stub.of else { continue };
        if stub.nets.is_empty() || survey.questions[index].measure != Measure::Multi {
            continue;
        }
        let own = variables.of_question[index].start;
        let banners = counting.map.banners.iter().filter(|banner| !banner.holds(&stub.id));
        let keys = banners
            .map(|banner| banner.dimensions.iter().filter_map(|of| of.of.variable(variables)).collect());
        for key in keys.chain([Vec::new()]) {
            let grouping: Vec<usize> = key.into_iter().chain([own]).collect();
            if !counting.groupings.contains(&grouping) {
                counting.groupings.push(grouping);
            }
        }
    }
    Ok(counting)
}

fn check(ask: &CrosstabAsk, weighted: bool) -> Result<(), CrosstabError> {
    let levels = ask.level.iter().chain(&ask.second_level);
    if let Some(level) = levels.copied().find(|level| !(0.5..=0.9999).contains(level)) {
        return Err(CrosstabError::Level { level });
    }
    if let (Some(first), Some(second)) = (ask.level, ask.second_level)
        && second >= first
    {
        return Err(CrosstabError::Level { level: second });
    }
    if weighted {
        let refused = match ask.test {
            Some(TestChoice::ChiSquare) => Some(("Pearson's chi-square", "rao-scott")),
            Some(TestChoice::Fisher) => Some(("Fisher's exact test", "rao-scott")),
            _ => None,
        };
        let pairs = (ask.pairs == MeanPairs::GamesHowell).then_some(("Games and Howell's test", "welch"));
        if let Some((name, instead)) = refused.or(pairs) {
            return Err(CrosstabError::Weighted { name, instead });
        }
    } else if ask.test == Some(TestChoice::RaoScott) {
        return Err(CrosstabError::Unweighted { name: "Rao and Scott's test" });
    }
    let against = ask.against.is_some_and(|against| against != CrosstabAgainst::EachOther);
    if ask.pairs == MeanPairs::GamesHowell && against {
        return Err(CrosstabError::PairsAgainst);
    }
    Ok(())
}

/// What was typed beside what it may name.
struct Typed<'a> {
    survey: &'a Survey,
    scope: &'a Scope,
}

impl Typed<'_> {
    fn question(&self, id: &str) -> Option<usize> {
        self.survey.questions.iter().position(|question| question.id == id)
    }

    fn segment(&self, id: &str) -> Option<usize> {
        self.survey.segments.iter().position(|segment| segment.id == id)
    }

    fn unknown(&self, found: &str, with_wave: bool) -> CrosstabError {
        let tabulated = self.survey.questions.iter().filter(|question| no_rows(question).is_none());
        let known: Vec<String> = tabulated
            .map(|question| question.id.clone())
            .chain(self.survey.segments.iter().map(|segment| segment.id.clone()))
            .chain(with_wave.then(|| WAVE.to_owned()))
            .collect();
        let suggestion = did_you_mean(found, known.iter().map(String::as_str)).map(str::to_owned);
        let is_column = self.scope.columns.iter().any(|column| column == found);
        CrosstabError::Unknown { found: found.to_owned(), suggestion, known, is_column }
    }
}

/// What waves are called as a banner.
pub(super) const WAVE: &str = "wave";

fn stubs(
    typed: &Typed,
    ask: &CrosstabAsk,
    banners: &[Banner],
) -> Result<Vec<(String, Subject)>, CrosstabError> {
    let mut stubs: Vec<(String, Subject)> = Vec::new();
    for id in &ask.rows {
        if stubs.iter().any(|(other, _)| other == id) {
            continue;
        }
        let of = match (typed.question(id), typed.segment(id)) {
            (Some(index), _) => {
                if let Some(reason) = no_rows(&typed.survey.questions[index]) {
                    return Err(CrosstabError::NoRows { id: id.clone(), reason });
                }
                Subject::Question(index)
            }
            (None, Some(index)) => Subject::Segment(index),
            (None, None) => return Err(typed.unknown(id, false)),
        };
        stubs.push((id.clone(), of));
    }
    if ask.rows.is_empty() {
        let scored = typed
            .survey
            .questions
            .iter()
            .enumerate()
            .filter(|(_, question)| question.headline.is_some() && no_rows(question).is_none());
        stubs = scored.map(|(index, question)| (question.id.clone(), Subject::Question(index))).collect();
    }
    if stubs.is_empty() {
        return Err(CrosstabError::NoStubs);
    }
    let is_apart = |id: &str| banners.iter().any(|banner| !banner.holds(id));
    match stubs.iter().find(|(id, _)| is_apart(id)) {
        Some(_) => Ok(stubs),
        None => Err(CrosstabError::OnlyItself { id: stubs[0].0.clone() }),
    }
}

fn no_rows(question: &Question) -> Option<&'static str> {
    match question.measure {
        Measure::Text => Some("it is free text, which has no categories"),
        Measure::Kano => Some("a Kano question is a pair of answers without a scale, which no table holds"),
        _ => None,
    }
}

fn banners(typed: &Typed, variables: &Variables) -> Result<Vec<Banner>, PlanError> {
    let by = if typed.scope.by.is_empty() {
        typed.survey.segments.iter().map(|segment| vec![segment.id.clone()]).collect()
    } else {
        typed.scope.by.clone()
    };
    let mut banners: Vec<Banner> = Vec::new();
    for crossing in by {
        let mut dimensions: Vec<Dimension> = Vec::new();
        for name in &crossing {
            let dimension = dimension(typed, name, variables.waves)?;
            if dimensions.iter().any(|other| other.base() == dimension.base()) {
                return Err(PlanError::RepeatedSegment { crossing: crossing.clone(), segment: name.clone() });
            }
            dimensions.push(dimension);
        }
        banners.push(Banner { id: crossing.join("*"), dimensions });
    }
    if banners.is_empty() { Err(CrosstabError::NoBanners.into()) } else { Ok(banners) }
}

fn dimension(typed: &Typed, name: &str, waves: bool) -> Result<Dimension, PlanError> {
    let made = |variable: &str, of| Dimension { id: name.to_owned(), variable: variable.to_owned(), of };
    if let Some(index) = typed.segment(name) {
        return Ok(made(name, Of::Segment(index)));
    }
    let (id, form) = match name.rsplit_once(':') {
        Some((id, form)) if matches!(form, "box" | "points") => (id, Some(form)),
        _ => (name, None),
    };
    let Some(index) = typed.question(id) else {
        if name != WAVE {
            return Err(typed.unknown(id, waves).into());
        }
        return if waves { Ok(made("", Of::Wave)) } else { Err(PlanError::NoWaves) };
    };
    let question = &typed.survey.questions[index];
    let no = |reason: &str| CrosstabError::NoColumns { id: id.to_owned(), reason: reason.to_owned() };
    let of = match (question.measure, form) {
        (Measure::Text, _) => return Err(no("it is free text, which has no categories").into()),
        (Measure::Number, _) => {
            return Err(no("it is a free number; a segment with bands of it can be one").into());
        }
        (Measure::Gap | Measure::Kano, _) => return Err(no("it is a pair of answers").into()),
        (Measure::Multi, None) => Of::Several(index),
        (Measure::Choice | Measure::Multi, Some(_)) => {
            return Err(no("its answers have no order, so that `:box` and `:points` say nothing").into());
        }
        (Measure::Nps, None) | (_, Some("box")) => Of::Boxes(index),
        _ => Of::Points(index),
    };
    Ok(made(id, of))
}

fn check_nets(map: &CrosstabMap, survey: &Survey, ask: &CrosstabAsk) -> Result<(), CrosstabError> {
    for (place, net) in ask.nets.iter().enumerate() {
        let is_same = |other: &NetAsked| other.question == net.question && other.label == net.label;
        if ask.nets[..place].iter().any(is_same) {
            let (label, question) = (net.label.clone(), net.question.clone());
            return Err(CrosstabError::NetQuestion { label, question, reason: "and is given twice" });
        }
        let wrong = |reason| CrosstabError::NetQuestion {
            label: net.label.clone(),
            question: net.question.clone(),
            reason,
        };
        let Some(stub) = map.stubs.iter().find(|stub| stub.id == net.question) else {
            return Err(wrong("which is not in the rows; name it with --rows"));
        };
        if let Subject::Question(index) = stub.of {
            match survey.questions[index].measure {
                Measure::Gap | Measure::Number => return Err(wrong("which has no categories")),
                _ => {}
            }
        }
    }
    Ok(())
}

fn subsets(key: &[usize]) -> Vec<Vec<usize>> {
    (1..1_usize << key.len())
        .map(|mask| {
            let within = key.iter().enumerate().filter(|(place, _)| mask >> place & 1 == 1);
            within.map(|(_, variable)| *variable).collect()
        })
        .collect()
}

impl Banner {
    /// Whether a question or segment is one of its dimensions.
    pub(super) fn holds(&self, id: &str) -> bool {
        self.dimensions.iter().any(|dimension| dimension.base() == id)
    }

    /// Whether a row may stand in several columns.
    pub(super) fn overlaps(&self) -> bool {
        self.dimensions.iter().any(|dimension| matches!(dimension.of, Of::Several(_)))
    }

    /// Whether waves are among the columns.
    pub(super) fn has_waves(&self) -> bool {
        self.dimensions.iter().any(|dimension| dimension.of == Of::Wave)
    }
}

impl Dimension {
    /// The id of its question or segment.
    fn base(&self) -> &str {
        if self.of == Of::Wave { WAVE } else { &self.variable }
    }
}

impl Of {
    fn variable(self, variables: &Variables) -> Option<usize> {
        match self {
            Self::Wave => None,
            Self::Segment(index) => Some(variables.first_segment + index),
            Self::Points(index) | Self::Boxes(index) | Self::Several(index) => {
                variables.of_question.get(index).map(|range| range.start)
            }
        }
    }
}
