//! What one column is, by its header and its values, looked at alone.

use std::collections::BTreeMap;

use crate::survey::phrasebook::ScaleTopic;
use crate::survey::{
    Best, ColumnFacts, ColumnProfile, Measure, PersonalKind, Role, YearFirst, personal_kind,
};

use super::among_numbers::AmongNumbers;
use super::answers::{self, Answers};
use super::codes;
use super::ends::{self, Named};
use super::kano;
use super::labelled;
use super::lists;
use super::narrow;
use super::overrides::Taken;
use super::points;
use super::promoters;
use super::rankings;
use super::shares;
use super::technical::technical_texts;
use super::told;
use super::values::{Values, folded};
use super::vocabulary::Topic;
use super::wording;
use super::words::{self, Words};

/// The most values of a segment that is not named like one.
const MOST_UNNAMED: usize = 50;
/// The most values of a segment.
const MOST_NAMED: usize = 1_000;
/// The most values of an age that are age groups rather than ages.
const MOST_AGES: usize = 12;
/// The longest value of a segment that is not named like one, in characters.
const LONGEST_UNNAMED: usize = 60;

/// The most words of a scale that somebody may put in order.
pub(super) const MOST_POINTS: usize = 11;

/// A column as inference sees it.
pub(super) struct Column<'a> {
    pub(super) name: &'a str,
    pub(super) tokens: Vec<String>,
    pub(super) topic: Topic,
    pub(super) values: Values,
    /// The scale that its texts are.
    pub(super) words: Option<Words>,
    /// The scale that its words and bare numbers are together.
    pub(super) among_numbers: Option<AmongNumbers>,
    /// The scale that its header names.
    pub(super) named: Option<Named>,
    /// What the file says of it.
    pub(super) facts: &'a ColumnFacts,
    /// The wording of the question, where the file has one.
    pub(super) text: Option<String>,
    /// Whether its cells are codes with commas between them.
    pub(super) are_code_lists: bool,
    /// What personal data it holds.
    pub(super) personal: Option<PersonalKind>,
    /// The format of dates that have a year of two digits first.
    pub(super) year_first: Option<String>,
}

impl<'a> Column<'a> {
    pub(super) fn of(profile: &'a ColumnProfile) -> Self {
        let asked = told::wording(profile);
        let tokens = wording::tokens(&asked);
        let topic = topic_of(&profile.name, &tokens);
        let values = Values::of(profile);
        let words = words::chosen_family(&values.texts, topic).filter(|words| !is_group(topic, words));
        let named = ends::named(&asked);
        Self {
            name: &profile.name,
            tokens,
            topic,
            among_numbers: AmongNumbers::of(&values, words.as_ref(), named, topic),
            values,
            words,
            named,
            facts: &profile.facts,
            text: told::question_text(profile),
            are_code_lists: !profile.overflow
                && lists::are_code_lists(
                    profile.values.iter().map(|(text, _)| text.trim()).filter(|text| !text.is_empty()),
                ),
            personal: personal_kind(profile).map(|(kind, _)| kind),
            year_first: YearFirst::format(profile.values.iter().map(|(text, rows)| (text.as_str(), *rows))),
        }
    }

    /// The words of a column that may be a scale in an order that only its author knows; none where it can be no
    /// scale, or is one that is known.
    pub(super) fn words_to_order(&self) -> Vec<String> {
        let values = &self.values;
        // What people wrote or are called is no scale, and stands in no draft.
        let is_private = self.personal.is_some() || !matches!(self.facts.role, Role::Unknown);
        let few = !is_private && (2..=MOST_POINTS).contains(&values.texts.len()) && !values.overflow;
        let words_only = values.whole.is_empty() && values.decimal_cells == 0 && values.date_cells == 0;
        let named_otherwise = matches!(
            self.topic,
            Topic::Group | Topic::Private | Topic::Comment | Topic::Id | Topic::Technical | Topic::Date
        );
        if !few || !words_only || named_otherwise || values.longest > LONGEST_UNNAMED {
            return Vec::new();
        }
        let mut folds: Vec<String> = values.texts.iter().map(|(text, _)| folded(text)).collect();
        folds.sort();
        folds.dedup();
        let known = self.words.is_some() || kano::is_kano(&values.texts);
        // Spellings of one word are no two points.
        if known || folds.len() < values.texts.len() {
            return Vec::new();
        }
        values.texts.iter().map(|(text, _)| text.clone()).collect()
    }

    /// Whether its wording asks for a score.
    pub(super) fn asks_for_a_score(&self) -> bool {
        measure_of(self.topic).is_some() || self.named.is_some()
    }

    /// Whether it is called `overall` and little else.
    fn is_overall(&self) -> bool {
        self.tokens.len() <= 3
            && self.tokens.iter().any(|token| token == "overall" || token.starts_with("gesamt"))
    }
}

/// What a column is taken for, and why.
#[derive(Clone, Debug)]
pub(super) struct Guess {
    pub(super) taken: Taken,
    /// The scale of a scored measure.
    pub(super) answers: Option<Answers>,
    pub(super) why: String,
    pub(super) sure: bool,
    /// What to offer after `--as column=`, when that is not what it is taken for.
    pub(super) offer: Option<Taken>,
    /// The words of all columns of a grid whose order its author knows; empty of no such grid.
    pub(super) grid: Vec<String>,
}

impl Guess {
    pub(super) fn new(taken: Taken, sure: bool, why: impl Into<String>) -> Self {
        Self { taken, answers: None, why: why.into(), sure, offer: None, grid: Vec::new() }
    }

    pub(super) fn skip(why: impl Into<String>) -> Self {
        Self::new(Taken::Skip, true, why)
    }

    pub(super) fn skip_or(offer: Taken, why: impl Into<String>) -> Self {
        Self { offer: Some(offer), ..Self::new(Taken::Skip, false, why) }
    }
}

/// What a column is about by its wording, or by its name where the wording does not say: `gender`, "How do you identify?"
fn topic_of(name: &str, tokens: &[String]) -> Topic {
    let named = wording::tokens(name);
    // One word: `day_2` may be the code of a question.
    let is_group =
        || named.len() == 1 && wording::topic(&named) == Topic::Group && !wording::is_weak_group(&named);
    match wording::topic(tokens) {
        Topic::Other if is_group() => Topic::Group,
        topic => topic,
    }
}

/// What the column is.
pub(super) fn guess(column: &Column<'_>) -> Guess {
    let Column { topic, values, .. } = column;
    if let Some(ranking) = rankings::in_cells(column) {
        return ranking;
    }
    if let Some(told) = told::told(column) {
        return told;
    }
    if values.answers == 0 {
        return Guess::skip("no answers");
    }
    // The number of a customer may be the id of the response.
    if let Some(kind) = column.personal
        && (kind != PersonalKind::FreeId || *topic != Topic::Id)
    {
        return Guess::skip(format!("personal: {}", kind.name()));
    }
    if values.is_dates() {
        let why = if column.year_first.is_some() { "dates, the year first" } else { "dates" };
        return Guess::new(Taken::Date, true, why);
    }
    if let Some(what) = technical_texts(values) {
        return Guess::skip(what);
    }
    if values.distinct == 1 && !values.overflow {
        let scored = measure_of(*topic);
        return match scored {
            Some(measure) => Guess::skip_or(Taken::Measure(measure), "the same answer everywhere"),
            None => Guess::skip("the same value everywhere"),
        };
    }
    match topic {
        Topic::Weight if values.is_numeric() && values.positive => {
            return Guess {
                offer: Some(Taken::Weight),
                ..Guess::skip(format!(
                    "a possible weight, not used: `--weight {}` weights by it",
                    column.name
                ))
            };
        }
        Topic::Id if wording::is_customer(&column.tokens) && values.has_repeats() => {
            return Guess::new(Taken::Customer, true, "the customer, of whom some answered again");
        }
        Topic::Id if values.is_unique() => return Guess::new(Taken::Id, true, "an id"),
        Topic::Id if wording::is_response(&column.tokens) && values.is_mostly_distinct() => {
            return Guess::new(Taken::Id, true, "an id, of which some rows repeat one");
        }
        Topic::Id => return Guess::skip("an id"),
        Topic::Technical => return Guess::skip("technical, no answer"),
        Topic::Private
            if !values.is_numeric()
                || wording::is_postal_code(&column.tokens)
                || points::rating(&values.whole).is_none() =>
        {
            return Guess::skip("personal or postal, no answer");
        }
        Topic::Comment if shares::is_yes_or_no(column) => {}
        Topic::Comment
            if !values.is_numeric()
                && !column.are_code_lists
                && column.words.is_none()
                && lists::list(values).is_none() =>
        {
            return Guess::skip("free text");
        }
        _ => {}
    }
    if column.are_code_lists {
        let why = "several codes in a cell, divided by commas";
        return Guess { offer: Some(Taken::Skip), ..Guess::new(Taken::Measure(Measure::Multi), false, why) };
    }
    if promoters::are_groups(column) {
        return Guess::skip("the groups of a net promoter score, which is counted from its marks");
    }
    if let Some(mixed) = &column.among_numbers {
        return mixed.guess(column);
    }
    if values.is_numeric() && !answers::worded_numbers(column) { numeric(column) } else { textual(column) }
}

/// The measure that the words of a header ask for.
pub(super) fn measure_of(topic: Topic) -> Option<Measure> {
    match topic {
        Topic::Recommend => Some(Measure::Nps),
        Topic::Satisfaction => Some(Measure::Csat),
        Topic::Effort => Some(Measure::Ces),
        Topic::Importance => Some(Measure::Importance),
        _ => None,
    }
}

fn numeric(column: &Column<'_>) -> Guess {
    if let Some(affix) = column.values.affix.filter(|_| column.topic != Topic::Group) {
        // Nobody marks a point of a scale in percent or in money.
        return Guess::new(Taken::Measure(Measure::Number), true, format!("numbers with {affix}"));
    }
    numbers(column).unwrap_or_else(|| Guess::skip("a free number"))
}

/// What a column of numbers is; `None` when it is a free number.
fn numbers(column: &Column<'_>) -> Option<Guess> {
    let Column { topic, values, .. } = column;
    let values_of = |low: i64, high: i64| values.whole.keys().all(|value| (low..=high).contains(value));
    // A few fractions among whole marks are slips of the keyboard.
    let cells = values.whole_cells + values.decimal_cells;
    if values.whole.is_empty() || !points::is_nearly_all(values.whole_cells, cells) {
        return None;
    }
    if values_of(1900, 2100) {
        return Some(if wording::is_wave(&column.tokens) {
            Guess::skip_or(Taken::Wave, "a year that may be the wave")
        } else {
            Guess::skip("a year")
        });
    }
    let large = values.whole.keys().next_back().is_some_and(|largest| *largest > 1000);
    if values.is_unique() && large {
        return Some(Guess::skip(if values.overflow && !values.is_own() {
            "more than 1,000 different numbers, such as an id"
        } else {
            "a number that nearly every row has to itself, such as an id"
        }));
    }
    let most = if wording::is_age(&column.tokens) { MOST_AGES } else { MOST_UNNAMED };
    match topic {
        // `store` may be a number of a store or a mark for it: a scale decides for the mark.
        Topic::Group
            if wording::is_weak_group(&column.tokens)
                && values.distinct >= 4
                && points::rating(&values.whole).is_some() =>
        {
            let guess = scored(column, &values.whole, BTreeMap::new())?;
            return Some(Guess { sure: false, offer: Some(Taken::Segment), ..guess });
        }
        Topic::Group if values.distinct <= most && !values.overflow => {
            let wave = wording::is_wave(&column.tokens).then_some(Taken::Wave);
            let why = format!("named like a group, {} numbers", values.distinct);
            return Some(Guess { offer: wave, ..Guess::new(Taken::Segment, false, why) });
        }
        Topic::Group | Topic::Date => return None,
        _ => {}
    }
    // 0 and 1 are yes and no, whatever was asked; two neighbouring points may be all that was marked.
    if values_of(0, 1) || (measure_of(*topic).is_none() && column.named.is_none() && values_of(0, 2)) {
        let offer = measure_of(*topic).map_or(Taken::Segment, Taken::Measure);
        return Some(Guess::skip_or(offer, "two numbers only, such as yes and no"));
    }
    let labels = told::labels(column.facts);
    if labels.is_empty() && narrow::is_confirmation(column) {
        let offer = Taken::Measure(measure_of(*topic).unwrap_or(Measure::Rating));
        return Some(Guess::skip_or(offer, "nearly all are 1, such as a consent"));
    }
    let guess = scored(column, &values.whole, labels)?;
    Some(if measure_of(*topic).is_none() { narrow::of_two_points(column, guess) } else { guess })
}

fn textual(column: &Column<'_>) -> Guess {
    let Column { topic, values, .. } = column;
    if let Some(guess) = shares::ticked(column) {
        return guess;
    }
    if kano::is_kano(&values.texts) {
        return Guess::skip("answers to a Kano pair, which a definition has to name");
    }
    if let Some(words) = &column.words {
        return worded(column, words);
    }
    if let Some(guess) = numbered(column) {
        return guess;
    }
    if let Some(answers) = codes::points(column).filter(|_| *topic != Topic::Group) {
        let (first, last) = (&column.facts.codes[0], &column.facts.codes[column.facts.codes.len() - 1]);
        let why = format!(
            "codes {first} to {last}, the last taken as best: the file does not say what they stand for"
        );
        let taken = Taken::Measure(
            measure_of(*topic).filter(|taken| *taken != Measure::Nps).unwrap_or(Measure::Rating),
        );
        return Guess {
            answers: Some(answers),
            offer: Some(Taken::Segment),
            ..Guess::new(taken, false, why)
        };
    }
    if let Some(list) = lists::list(values) {
        let sure =
            matches!(list.separator.as_str(), ";" | "|" | "\n") && list.others == 0 && list.joined.is_empty();
        let offer = (!sure).then_some(Taken::Segment);
        return Guess { offer, ..Guess::new(Taken::Measure(Measure::Multi), sure, list.why()) };
    }
    if values.texts_percent(|text| text.contains(';') || text.contains('|')) >= 20 {
        return Guess::skip_or(Taken::Measure(Measure::Multi), "several answers in a cell");
    }
    let repeated = !values.overflow && (values.distinct as u64).saturating_mul(2) <= values.answers;
    let named = *topic == Topic::Group;
    if named && values.is_scattered() && values.distinct <= MOST_NAMED {
        return Guess::skip_or(
            Taken::Segment,
            format!("{} values, too many groups for these answers", values.distinct),
        );
    }
    if repeated
        && ((named && values.distinct <= MOST_NAMED)
            || (values.distinct <= MOST_UNNAMED && values.longest <= LONGEST_UNNAMED))
    {
        // With many values it may be something else than a group, whatever its name.
        let is_group = named && values.distinct <= MOST_UNNAMED;
        let clear = is_group
            || (values.distinct <= 20 && (values.distinct as u64).saturating_mul(5) <= values.answers);
        let why = if wording::is_language(&column.tokens) {
            "the language; words may not mean the same in each".to_owned()
        } else {
            format!("text with {} values", values.distinct)
        };
        return Guess::new(Taken::Segment, clear, why);
    }
    if values.is_unique() && values.is_own() && values.texts_percent(|text| text.contains(' ')) < 10 {
        return Guess::skip("a text that nearly every row has to itself, such as an id");
    }
    Guess::skip(if values.distinct > MOST_NAMED || values.overflow {
        "more than 1,000 different texts"
    } else {
        "free text"
    })
}

/// A question whose answers are numbers with labels (`5 - Very satisfied`), or groups that are numbered.
fn numbered(column: &Column<'_>) -> Option<Guess> {
    let numbered = answers::numbered(column)?;
    let is_plain = numbered.labels.is_empty() || numbered.praises() || column.asks_for_a_score();
    if !is_plain && (column.topic == Topic::Group || numbered.whole.len() < 4) {
        // `1 - North`, `2 - South`.
        return None;
    }
    let guess = scored(column, &numbered.whole, numbered.labels)?;
    if is_plain {
        return Some(guess);
    }
    let why = format!("{}; the words beside the numbers are those of no scale that is known", guess.why);
    Some(Guess { sure: false, offer: Some(Taken::Segment), why, ..guess })
}

/// A question whose answers are these words.
fn worded(column: &Column<'_>, words: &Words) -> Guess {
    let measure = match column.topic {
        Topic::Satisfaction => Measure::Csat,
        Topic::Importance => Measure::Importance,
        Topic::Other if column.is_overall() => Measure::Csat,
        // Words of agreement say nothing of an effort by themselves: `effort` asks.
        Topic::Effort => Measure::Rating,
        _ => words.measure,
    };
    let mut why = format!(
        "{} answers in words, \"{}\" taken as best",
        words.labels.len(),
        words.labels.last().map_or("", String::as_str)
    );
    if let Some((last, others @ [_, ..])) = words.languages.split_last() {
        let others = others.join(", ");
        why = format!("{why}; in {others} and {last}: labels may not mean the same in each");
    }
    let values = &column.values;
    if !answers::worded_numbers(column)
        && !points::is_nearly_all(values.answers.saturating_sub(values.whole_cells), values.answers)
    {
        let why = "words of a scale among numbers that are none of its points";
        return Guess::skip_or(Taken::Measure(measure), why);
    }
    let sure = words.sure && (column.values.whole.is_empty() || answers::worded_numbers(column));
    if !sure {
        why.push_str("; not every point was seen, or other answers were");
    }
    let answers = Some(Answers::Words(words.clone()));
    let guess = Guess { answers, ..Guess::new(Taken::Measure(measure), sure, why) };
    match (column.topic, words.topic) {
        (Topic::Effort, Some(ScaleTopic::Ease)) => Guess { taken: Taken::Measure(Measure::Ces), ..guess },
        (Topic::Effort, _) => effort(guess),
        (Topic::Satisfaction | Topic::Importance, _) => guess,
        (_, Some(ScaleTopic::Frequency)) => Guess {
            sure: false,
            offer: Some(Taken::Measure(Measure::Choice)),
            why: format!("{}; how often: more may be no better", guess.why),
            ..guess
        },
        _ => guess,
    }
}

/// Whether words of a scale are the names of groups: `product` with `Good` and `Bad`.
fn is_group(topic: Topic, words: &Words) -> bool {
    topic == Topic::Group && words.seen < 3
}

/// A question whose answers are these numbers; `None` where they are no scale.
fn scored(column: &Column<'_>, whole: &BTreeMap<i64, u64>, labels: BTreeMap<i64, String>) -> Option<Guess> {
    // Recommending is asked on 0-10, the best at 10, whatever stands in the header besides.
    let other_scale =
        column.named.is_some_and(|named| named.plain && (named.max != 10 || named.best == Some(Best::Low)));
    let recommending = (column.topic == Topic::Recommend).then(|| points::recommendation(whole)).flatten();
    let (measure, points) = match recommending {
        // Five points of "how likely" are no net promoter score.
        Some(points) if !other_scale && (points.doubt.is_none() || points.codes.contains(&11)) => {
            (Measure::Nps, points)
        }
        Some(_) => (Measure::Rating, answers::rating(column, whole, &labels)?),
        None => {
            let measure = match column.topic {
                Topic::Satisfaction => Measure::Csat,
                Topic::Importance => Measure::Importance,
                Topic::Other if column.is_overall() => Measure::Csat,
                Topic::Other => labelled::measure(&labels).unwrap_or(Measure::Rating),
                _ => Measure::Rating,
            };
            (measure, answers::rating(column, whole, &labels)?)
        }
    };
    let mut why = points.described();
    let mut sure = points.doubt.is_none();
    let mut offer = None;
    match column.topic {
        Topic::Recommend if measure != Measure::Nps => {
            (sure, offer) = (false, Some(Taken::Measure(Measure::Nps)));
            why.push_str("; asks to recommend, but not on 0-10");
        }
        Topic::Private => {
            (sure, offer) = (false, Some(Taken::Skip));
        }
        _ => {}
    }
    let answers = Some(Answers::Points(points, labels));
    let guess = Guess { answers, offer, ..Guess::new(Taken::Measure(measure), sure, why) };
    Some(if column.topic == Topic::Effort { effort(guess) } else { guess })
}

/// Effort is asked in two directions, so what it is has to be said.
fn effort(guess: Guess) -> Guess {
    let why = format!("{}; an effort question? More may be better or worse", guess.why);
    Guess { sure: false, offer: Some(Taken::Measure(Measure::Ces)), why, ..guess }
}

#[cfg(test)]
mod tests;
