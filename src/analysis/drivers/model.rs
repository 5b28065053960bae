//! Which outcome is explained, and by which predictors.

use indexmap::IndexMap;

use crate::survey::{Best, Columns, Measure, Question, Scale, Survey, did_you_mean};
use crate::tally::{Coding, Variable};

use super::MOST_DRIVERS;
use super::ask::{ContrastPoints, DriversAsk, OutcomeOf};
use super::error::DriversError;

/// The extra columns in which an outcome is kept that is no rating; no id of a survey has a space.
pub(super) const YES_NO: &str = "outcome yes or no";
pub(super) const NUMBER: &str = "outcome number";

/// An outcome and its predictors.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Model<'a> {
    pub(super) outcome: Outcome<'a>,
    pub(super) of: OutcomeOf,
    pub(super) predictors: Vec<Predictor<'a>>,
    /// Whether the outcome was neither typed nor marked, but is the only one that can be meant.
    pub(super) guessed: bool,
}

/// What is explained.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Outcome<'a> {
    /// A question with a scale, or a free number.
    Question(&'a Question),
    /// A column of numbers, or of yes and no: its name, its other names, and whether it tells groups, whose numbers would
    /// be codes.
    Column { id: String, columns: Vec<String>, groups: bool },
}

impl Outcome<'_> {
    /// Whether it is told by promoters and by score: a column of its own or a free number, which have no points.
    pub(super) fn has_levels(&self) -> bool {
        match self {
            Self::Question(question) => question.scale.is_none(),
            Self::Column { .. } => true,
        }
    }
}

/// What explains it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Predictor<'a> {
    /// The question, or a part of a pair: `staff.perception`.
    pub(super) id: String,
    pub(super) question: &'a Question,
    pub(super) answers: Answers,
}

/// Where the answers of a predictor stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answers {
    /// Those of one variable.
    Of(String),
    /// Perception less expectation.
    Gap { expectation: String, perception: String },
}

impl Outcome<'_> {
    /// The question or column.
    pub(super) fn id(&self) -> &str {
        match self {
            Self::Question(question) => &question.id,
            Self::Column { id, .. } => id,
        }
    }

    /// The column that it reads, by its names.
    fn columns(&self) -> &[String] {
        match self {
            Self::Question(question) => match &question.columns {
                Columns::One(names) => names,
                Columns::Pair { .. } => &[],
            },
            Self::Column { columns, .. } => columns,
        }
    }

    /// The question with a scale.
    pub(super) fn scale(&self) -> Option<&Scale> {
        match self {
            Self::Question(question) => question.scale.as_ref(),
            Self::Column { .. } => None,
        }
    }
}

impl Predictor<'_> {
    /// The column that it reads, by its names; `None` where it is made from two.
    fn columns(&self) -> Option<&[String]> {
        match (&self.answers, &self.question.columns) {
            (Answers::Of(_), Columns::One(names)) => Some(names),
            (Answers::Of(id), Columns::Pair { first, second }) => {
                Some(if id.ends_with(".expectation") { first } else { second })
            }
            (Answers::Gap { .. }, _) => None,
        }
    }

    /// Whether its answers are points of a scale.
    pub(super) fn is_scale(&self) -> bool {
        matches!(self.answers, Answers::Of(_)) && self.question.scale.is_some()
    }
}

impl<'a> Model<'a> {
    /// What is asked of a survey; `columns` are those of the files.
    pub(super) fn new(
        survey: &'a Survey,
        columns: &[String],
        ask: &DriversAsk,
    ) -> Result<Self, DriversError> {
        let (outcome, guessed) = match &ask.outcome {
            Some(name) => (named_outcome(survey, columns, name)?, false),
            None => own_outcome(survey)?,
        };
        check_of(&outcome, ask.of)?;
        let predictors = if ask.drivers.is_empty() {
            own_predictors(survey, outcome.id())
        } else {
            named_predictors(survey, &ask.drivers)?
        };
        if let Some(same) = predictors.iter().find(|predictor| predictor.question.id == outcome.id()) {
            return Err(DriversError::OutcomeAsDriver(same.question.id.clone()));
        }
        let own = outcome.columns();
        if let Some(same) =
            predictors.iter().find(|predictor| predictor.columns().is_some_and(|read| read == own))
        {
            return Err(DriversError::OutcomeAsDriver(same.id.clone()));
        }
        if predictors.is_empty() {
            return Err(DriversError::NoDrivers(outcome.id().to_owned()));
        }
        if predictors.len() > MOST_DRIVERS {
            return Err(DriversError::TooManyDrivers { found: predictors.len(), most: MOST_DRIVERS });
        }
        refuse_gap_and_parts(&predictors)?;
        check_contrast(&predictors, ask.contrast)?;
        Ok(Self { outcome, of: ask.of, predictors, guessed })
    }

    /// The question of a column of the model: the outcome first, then its predictors.
    pub(super) fn name_of(&self, column: usize) -> String {
        match column.checked_sub(1) {
            None => self.outcome.id().to_owned(),
            Some(place) => {
                self.predictors.get(place).map_or_else(String::new, |predictor| predictor.id.clone())
            }
        }
    }
}

fn own_outcome(survey: &Survey) -> Result<(Outcome<'_>, bool), DriversError> {
    if let Some(marked) = survey.questions.iter().find(|question| question.overall) {
        return rated(marked).map(|question| (Outcome::Question(question), false));
    }
    let of = |measure| -> Vec<&Question> {
        let questions = survey.questions.iter().filter(|question| question.measure == measure);
        questions.filter(|question| question.driver != Some(true)).collect()
    };
    let (csat, nps) = (of(Measure::Csat), of(Measure::Nps));
    match (csat.as_slice(), nps.as_slice()) {
        ([only], _) | ([] | [_, _, ..], [only]) => Ok((Outcome::Question(only), true)),
        _ => Err(DriversError::NoOutcome(
            csat.iter().chain(&nps).map(|question| question.id.clone()).collect(),
        )),
    }
}

fn named_outcome<'a>(
    survey: &'a Survey,
    columns: &[String],
    name: &str,
) -> Result<Outcome<'a>, DriversError> {
    if let Some(question) = survey.questions.iter().find(|question| question.id == name) {
        let is_column = matches!(question.measure, Measure::Choice | Measure::Text);
        return match &question.columns {
            Columns::One(names) if is_column => {
                refuse_codes(&question.id, &question.options)?;
                let groups = question.measure == Measure::Choice;
                Ok(Outcome::Column { id: question.id.clone(), columns: names.clone(), groups })
            }
            _ => rated(question).map(Outcome::Question),
        };
    }
    if let Some(segment) = survey.segments.iter().find(|segment| segment.id == name) {
        refuse_codes(&segment.id, &segment.labels)?;
        let (id, columns) = (segment.id.clone(), segment.columns.clone());
        // Bands are of numbers, which they leave as they are in the file.
        return Ok(Outcome::Column { id, columns, groups: segment.bands.is_empty() });
    }
    if columns.iter().any(|column| column == name) {
        return Ok(Outcome::Column { id: name.to_owned(), columns: vec![name.to_owned()], groups: false });
    }
    let known = survey.questions.iter().map(|question| question.id.as_str());
    let known = known.chain(columns.iter().map(String::as_str));
    let suggestion = did_you_mean(name, known).map(str::to_owned);
    Err(DriversError::UnknownOutcome { found: name.to_owned(), suggestion, known: nameable(survey) })
}

/// Codes that stand for something else than no and yes are no numbers.
fn refuse_codes(id: &str, labels: &IndexMap<String, String>) -> Result<(), DriversError> {
    let is = |text: &str, wanted: &dyn Fn(&(&str, &str)) -> bool, code: &str| {
        text == code || WORDS.iter().any(|pair| wanted(pair) && !text.is_empty())
    };
    let fits = |(code, label): (&String, &String)| {
        let (code, label) = (code.trim().to_lowercase(), label.trim().to_lowercase());
        let no = |text: &str| is(text, &|(no, _)| *no == text, "0");
        let yes = |text: &str| is(text, &|(_, yes)| *yes == text, "1");
        no(&code) && no(&label) || yes(&code) && yes(&label)
    };
    if labels.iter().all(fits) {
        return Ok(());
    }
    let codes = labels.iter().map(
        |(code, label)| {
            if code == label { label.clone() } else { format!("{code} = {label}") }
        },
    );
    Err(DriversError::Codes { id: id.to_owned(), codes: codes.collect() })
}

/// Between the lowest points that are a penalty and the highest that are a reward at least one has to be left.
fn check_contrast(predictors: &[Predictor<'_>], contrast: ContrastPoints) -> Result<(), DriversError> {
    if contrast == ContrastPoints::default() {
        return Ok(());
    }
    let scales = predictors.iter().filter(|predictor| predictor.is_scale());
    for (predictor, scale) in scales.filter_map(|own| Some((own, own.question.scale.as_ref()?))) {
        let points = scale.points();
        let (penalty, reward) = contrast.counts(points);
        if penalty + reward >= points {
            let question = predictor.id.clone();
            return Err(DriversError::NoPointBetween { penalty, reward, question, points });
        }
    }
    Ok(())
}

/// The questions whose answers are numbers.
fn nameable(survey: &Survey) -> Vec<String> {
    let numbers = survey.questions.iter().filter(|question| rated(question).is_ok());
    numbers.map(|question| question.id.clone()).collect()
}

/// A question whose answers are numbers of one column.
fn rated(question: &Question) -> Result<&Question, DriversError> {
    let no = |reason: &str| DriversError::NotANumber {
        question: question.id.clone(),
        role: "an outcome",
        reason: reason.to_owned(),
    };
    match (&question.columns, question.measure) {
        (Columns::Pair { .. }, _) => Err(no("it is a pair of answers")),
        (_, Measure::Number) => Ok(question),
        _ if question.scale.is_some() => Ok(question),
        (_, Measure::Multi) => Err(no("it has several answers a row")),
        _ => Err(no("its answers are no numbers")),
    }
}

fn check_of(outcome: &Outcome<'_>, of: OutcomeOf) -> Result<(), DriversError> {
    let no = |reason: &str| {
        Err(DriversError::NotOf {
            of: of.name(),
            question: outcome.id().to_owned(),
            reason: reason.to_owned(),
        })
    };
    let is_nps = matches!(outcome, Outcome::Question(question) if question.measure == Measure::Nps);
    match of {
        OutcomeOf::TopBox if outcome.scale().is_none() => no("it has no scale, so no top box"),
        OutcomeOf::Nps if !is_nps => no("only an `nps` question has promoters and detractors"),
        _ => Ok(()),
    }
}

fn own_predictors<'a>(survey: &'a Survey, outcome: &str) -> Vec<Predictor<'a>> {
    let drivers = survey.questions.iter().filter(|question| question.is_driver() && question.id != outcome);
    // What has been marked and is no number is not taken for one.
    drivers.filter_map(|question| predictor(question).ok()).collect()
}

fn named_predictors<'a>(survey: &'a Survey, names: &[String]) -> Result<Vec<Predictor<'a>>, DriversError> {
    let mut found: Vec<Predictor<'a>> = Vec::new();
    for name in names {
        let named = named_predictor(survey, name)?;
        if found.iter().all(|known| known.id != named.id) {
            found.push(named);
        }
    }
    Ok(found)
}

fn named_predictor<'a>(survey: &'a Survey, name: &str) -> Result<Predictor<'a>, DriversError> {
    if let Some(question) = survey.questions.iter().find(|question| question.id == name) {
        return predictor(question);
    }
    let of_pair = name.rsplit_once('.').and_then(|(stem, part)| {
        let question = survey.questions.iter().find(|question| question.id == stem)?;
        let is_part = question.measure == Measure::Gap && matches!(part, "expectation" | "perception");
        is_part.then(|| Predictor { id: name.to_owned(), question, answers: Answers::Of(name.to_owned()) })
    });
    of_pair.ok_or_else(|| {
        let known = survey.questions.iter().map(|question| question.id.as_str());
        let suggestion = did_you_mean(name, known).map(str::to_owned);
        DriversError::UnknownDriver { found: name.to_owned(), suggestion, known: nameable(survey) }
    })
}

fn predictor(question: &Question) -> Result<Predictor<'_>, DriversError> {
    let no = |reason: &str| DriversError::NotANumber {
        question: question.id.clone(),
        role: "a driver",
        reason: reason.to_owned(),
    };
    let answers = match (&question.columns, question.measure) {
        (Columns::Pair { .. }, Measure::Gap) => Answers::Gap {
            expectation: format!("{}.expectation", question.id),
            perception: format!("{}.perception", question.id),
        },
        (Columns::Pair { .. }, _) => return Err(no("it is a pair of answers")),
        (_, Measure::Number) => Answers::Of(question.id.clone()),
        _ if question.scale.is_some() => Answers::Of(question.id.clone()),
        (_, Measure::Multi) => return Err(no("it has several answers a row")),
        _ => return Err(no("its answers are no numbers")),
    };
    Ok(Predictor { id: question.id.clone(), question, answers })
}

/// What is the same answers under two names, or a pair with its difference; columns are compared, for ids may differ.
fn refuse_gap_and_parts(predictors: &[Predictor<'_>]) -> Result<(), DriversError> {
    let reads = |names: &[String]| predictors.iter().any(|predictor| predictor.columns() == Some(names));
    for (place, predictor) in predictors.iter().enumerate() {
        if let (Answers::Gap { .. }, Columns::Pair { first, second }) =
            (&predictor.answers, &predictor.question.columns)
            && reads(first)
            && reads(second)
        {
            return Err(DriversError::GapAndParts(predictor.id.clone()));
        }
        let same =
            |other: &&Predictor| predictor.columns().is_some() && other.columns() == predictor.columns();
        if let Some(other) = predictors.iter().take(place).find(same) {
            return Err(DriversError::Collinear { driver: predictor.id.clone(), by: vec![other.id.clone()] });
        }
    }
    Ok(())
}

/// The column of an outcome that is no rating, as yes and no and as numbers: which of the two it is, its answers tell.
pub(super) fn outcome_variables(columns: &[String]) -> [Variable; 2] {
    let words = |of: &dyn Fn(&(&str, &str)) -> String| WORDS.iter().map(of).collect::<Vec<String>>();
    let no_and_yes = |(no, yes): &(&str, &str)| vec![(*no).to_owned(), (*yes).to_owned()];
    let mut scale = Scale::new("yes or no", 0, 1);
    scale.best = Best::High;
    scale.labels = WORDS.first().map(no_and_yes).unwrap_or_default();
    let names = words(&|(no, yes)| format!("{no} {yes}"));
    scale.translations =
        names.into_iter().zip(WORDS).map(|(name, pair)| (name, no_and_yes(pair))).collect::<IndexMap<_, _>>();
    let variable = |id: &str, coding| Variable { id: id.to_owned(), columns: columns.to_vec(), coding };
    [variable(YES_NO, Coding::Scale(scale)), variable(NUMBER, Coding::Number)]
}

/// How columns say no and yes.
const WORDS: &[(&str, &str)] = &[
    ("no", "yes"),
    ("n", "y"),
    ("false", "true"),
    ("nein", "ja"),
    ("non", "oui"),
    ("no", "sí"),
    ("no", "si"),
    ("nee", "ja"),
    ("não", "sim"),
    ("churned", "renewed"),
    ("lost", "retained"),
];
