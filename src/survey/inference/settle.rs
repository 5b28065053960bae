//! What several columns settle together: what was typed, ties decided by neighbours, one date, gap pairs.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::survey::{Best, Measure, Metadata, Role};

use super::answers::{self, Answers};
use super::column::{Column, Guess, MOST_POINTS};
use super::kano;
use super::overrides::Taken;
use super::pairs::{self, Pair};
use super::points::{self, Points};
use super::values::folded;
use super::vocabulary::Topic;
use super::wording::stem;

/// A column that is left out for sure.
pub(super) fn skip(why: &str) -> Guess {
    Guess::skip(why)
}

/// What was typed, for sure; a scored measure needs answers with an order.
pub(super) fn typed(column: &Column<'_>, taken: Taken, faults: &mut Vec<Diagnostic>) -> Guess {
    let guess = Guess { taken, ..skip("as typed") };
    let Taken::Measure(measure) = taken else { return guess };
    if matches!(
        measure,
        Measure::Choice | Measure::Multi | Measure::Text | Measure::Number | Measure::Checklist
    ) {
        return guess;
    }
    let Some(answers) = answers::answers(column, measure) else {
        // The whole survey would lack a scale: the question is left out, and the fault says why.
        faults.push(
            Diagnostic::error(
                "not_a_scale",
                format!(
                    "`--as {}={}`: the answers of `{}` are no scale that is known",
                    column.name,
                    measure.name(),
                    column.name
                ),
            )
            .help(if column.words_to_order().is_empty() {
                "write a definition with a [scale] that has the `labels` in order, the worst first"
            } else {
                "`csat init` without this flag lists the words in a comment: put them in order there, the worst first"
            }),
        );
        return skip("no scale that is known");
    };
    if measure == Measure::Nps && !matches!(answers, Answers::Points(..)) {
        faults.push(
            Diagnostic::error(
                "not_a_scale",
                format!("`--as {}=nps`: promoters and detractors need 0 to 10", column.name),
            )
            .help(format!("`--as {}=rating` shows the share of the best answers", column.name)),
        );
        return skip("no 0-10 scale");
    }
    let why = match &answers {
        Answers::Points(points, _) => {
            format!("as typed, {}, {} taken as best", points.shown(), points.best_point())
        }
        Answers::Words(words) => format!("as typed, {} answers in words", words.labels.len()),
    };
    Guess { answers: Some(answers), why, ..guess }
}

/// A column whose scale is a tie takes that of its sure neighbours (those whose names begin alike), if it fits.
pub(super) fn neighbours(columns: &[Column<'_>], guesses: &mut [Guess], open: impl Fn(usize) -> bool) {
    let rating = |guess: &Guess| match (guess.taken, &guess.answers) {
        (Taken::Measure(measure), Some(Answers::Points(points, labels)))
            if measure != Measure::Nps && labels.is_empty() =>
        {
            Some(points.clone())
        }
        _ => None,
    };
    let mut sure: BTreeMap<String, Vec<(i32, i32, Best)>> = BTreeMap::new();
    for (column, guess) in columns.iter().zip(guesses.iter()) {
        if let Some(points) = rating(guess).filter(|points| points.doubt.is_none()) {
            let ends = sure.entry(stem(column.name)).or_default();
            let known = (points.min, points.max, points.best);
            if !ends.contains(&known) {
                ends.push(known);
            }
        }
    }
    for (index, (column, guess)) in columns.iter().zip(guesses.iter_mut()).enumerate() {
        let (Some(points), true) = (rating(guess).filter(|points| points.doubt.is_some()), open(index))
        else {
            continue;
        };
        // What its own header names is no tie.
        if column.named.is_some() {
            continue;
        }
        let Some([(min, max, best)]) = sure.get(&stem(column.name)).map(Vec::as_slice) else { continue };
        let inside = |value: &i64| (i64::from(*min)..=i64::from(*max)).contains(value);
        let beside = |value: &i64| {
            points.codes.contains(value) || [i64::from(*min) - 1, i64::from(*max) + 1].contains(value)
        };
        let cells = |test: &dyn Fn(&i64) -> bool| -> u64 {
            column.values.whole.iter().filter(|(value, _)| test(value)).map(|(_, count)| count).sum()
        };
        let rare = points::is_nearly_all(cells(&inside), column.values.whole_cells);
        if !rare && !column.values.whole.keys().all(|value| inside(value) || beside(value)) {
            continue;
        }
        let codes: Vec<i64> = column.values.whole.keys().copied().filter(|value| !inside(value)).collect();
        let beside = codes.contains(&(i64::from(*min) - 1)) || codes.contains(&(i64::from(*max) + 1));
        let last = if *best == Best::Low { min } else { max };
        guess.why = format!("{min}-{max} as its neighbours, {last} taken as best");
        guess.sure = (codes.is_empty() || rare) && !beside && guess.offer.is_none();
        if !codes.is_empty() {
            let codes: Vec<String> = codes.iter().map(i64::to_string).collect();
            guess.why = format!("{}; no answer: {}", guess.why, codes.join(", "));
        }
        let doubt = (!guess.sure).then(|| "numbers beside the scale".to_owned());
        guess.answers = Some(Answers::Points(
            Points { min: *min, max: *max, values: Vec::new(), best: *best, codes, doubt },
            BTreeMap::new(),
        ));
    }
}

/// How alike the texts of two columns must be, as the share of common ones in percent.
const ALIKE_PERCENT: usize = 60;

/// The fewest words of a scale in a grid: of two, such as yes and no, nobody asks for the order.
const FEWEST_POINTS: usize = 3;

/// Texts that three columns or more have in common are answers to a battery of questions, not groups of people.
pub(super) fn batteries(columns: &[Column<'_>], guesses: &mut [Guess], open: impl Fn(usize) -> bool) {
    let candidates: Vec<(usize, BTreeSet<String>)> = (0..guesses.len())
        .filter(|index| {
            open(*index) && guesses[*index].taken == Taken::Segment && columns[*index].topic != Topic::Group
        })
        .filter(|index| !columns[*index].values.texts.is_empty())
        .map(|index| (index, columns[index].values.texts.iter().map(|(text, _)| folded(text)).collect()))
        .collect();
    let alike = |left: &BTreeSet<String>, right: &BTreeSet<String>| {
        let common = left.intersection(right).count();
        common * 100 >= left.union(right).count() * ALIKE_PERCENT
    };
    for (index, texts) in &candidates {
        let others: Vec<usize> = candidates
            .iter()
            .filter(|(other, known)| other != index && alike(texts, known))
            .map(|(other, _)| *other)
            .collect();
        if others.len() < 2 {
            continue;
        }
        let why = format!(
            "answers in words that {} other columns have too; a definition can name their order",
            others.len()
        );
        guesses[*index] = match grid(columns, *index, &others) {
            Some(grid) => Guess { grid, ..Guess::skip_or(Taken::Measure(Measure::Choice), why) },
            None => Guess::skip(why),
        };
    }
}

/// The words of the columns of a grid, each once, in the order of the file; none where they can be no scale.
fn grid(columns: &[Column<'_>], index: usize, others: &[usize]) -> Option<Vec<String>> {
    let own = columns.get(index)?.words_to_order();
    if own.is_empty() {
        return None;
    }
    let mut members: Vec<usize> = others.iter().copied().chain([index]).collect();
    members.sort_unstable();
    let mut words: Vec<String> = Vec::new();
    for word in members.into_iter().filter_map(|member| columns.get(member)).flat_map(Column::words_to_order)
    {
        if !words.iter().any(|known| folded(known) == folded(&word)) {
            words.push(word);
        }
    }
    (FEWEST_POINTS..=MOST_POINTS).contains(&words.len()).then_some(words)
}

/// The two forms of Kano's questions: their columns become one question where both hold its answers in words. Numbers
/// alone do not say in which order they were coded.
pub(super) fn kano(columns: &[Column<'_>], guesses: &mut [Guess], open: impl Fn(usize) -> bool) -> Vec<Pair> {
    let plain = |index: usize| {
        open(index)
            && matches!(guesses[index].taken, Taken::Measure(Measure::Rating) | Taken::Segment | Taken::Skip)
    };
    let found = pairs::pairs(columns, plain, [pairs::FUNCTIONAL, pairs::DYSFUNCTIONAL]);
    let mut kept = Vec::new();
    for pair in found {
        let forms = [(pair.expectation, "with"), (pair.perception, "without")];
        if forms.iter().all(|(index, _)| kano::is_kano(&columns[*index].values.texts)) {
            for (index, form) in forms {
                let why = format!("Kano's answers: how one feels {form} it");
                guesses[index] = Guess::new(Taken::Measure(Measure::Kano), true, why);
            }
            kept.push(pair);
            continue;
        }
        for (index, _) in forms {
            guesses[index] = skip("one of a Kano pair by its name, which a definition has to declare");
        }
    }
    kept
}

/// Of several columns with dates, the one that is most likely the date of the answer.
pub(super) fn one_date(columns: &[Column<'_>], guesses: &mut [Guess], open: impl Fn(usize) -> bool) {
    let candidates: Vec<usize> =
        (0..guesses.len()).filter(|index| guesses[*index].taken == Taken::Date).collect();
    let is_told = |index: &usize| columns[*index].facts.role == Role::Metadata(Metadata::Ended);
    let told = candidates.iter().copied().find(is_told);
    // What was typed decides; the last one, if several were. What the survey tool wrote goes before every name: a
    // question may ask for a date too.
    let chosen = candidates.iter().copied().rfind(|index| !open(*index)).or(told).or_else(|| {
        let ranked = candidates.iter().copied().map(|index| (rank(&columns[index].tokens), index));
        ranked
            .filter(|(rank, _)| *rank > 0)
            .max_by_key(|(rank, index)| (*rank, usize::MAX - index))
            .map(|(_, index)| index)
    });
    for index in candidates.iter().copied() {
        if Some(index) != chosen {
            guesses[index] = skip(if rank(&columns[index].tokens) == 0 {
                "a date, not that of the answer"
            } else {
                "another date"
            });
        }
    }
    let several = candidates.iter().filter(|index| rank(&columns[**index].tokens) > 0).count() > 1;
    if let Some(index) = chosen.filter(|index| open(*index) && several && !is_told(index)) {
        guesses[index].sure = false;
        guesses[index].why.push_str(", of several such columns");
    }
}

/// How likely a column is the date of the answer; 0 for dates of something else.
fn rank(tokens: &[String]) -> u32 {
    let has = |words: &[&str]| tokens.iter().any(|token| words.contains(&token.as_str()));
    if has(&[
        "birth",
        "birthdate",
        "birthday",
        "dob",
        "geburtsdatum",
        "naissance",
        "nacimiento",
        "due",
        "closed",
        "close",
        "deptime",
        "arrtime",
    ]) {
        0
    } else if has(&[
        "submitted",
        "submitdate",
        "recorded",
        "recordeddate",
        "completed",
        "answered",
        "responded",
        "response",
    ]) {
        4
    } else if has(&["end", "enddate", "timestamp", "zeitstempel", "horodateur", "interview"]) {
        3
    } else if has(&["date", "datum", "fecha", "when"]) {
        2
    } else {
        1
    }
}

/// One column is the id of the response: the first.
pub(super) fn one_id(guesses: &mut [Guess]) {
    let mut found = false;
    for guess in guesses.iter_mut().filter(|guess| guess.taken == Taken::Id && guess.why != "as typed") {
        if found {
            *guess = skip("another id");
        }
        found = true;
    }
}

/// One column is the customer: the first.
pub(super) fn one_customer(guesses: &mut [Guess]) {
    let customers = guesses.iter_mut().filter(|guess| guess.taken == Taken::Customer);
    for guess in customers.skip(1).filter(|guess| guess.why != "as typed") {
        *guess = skip("another id");
    }
}

/// Fewer answers say nothing of a scale.
const FEWEST: u64 = 30;

/// Points that nobody gives must be this unlikely, were both columns answered alike.
const CHANCE: f64 = 1e-4;

/// Why the columns of a pair look as if they were asked on two scales; `None` where they do not.
///
/// Of n answers none is above the highest of them, where a share s of the other column's are: (1 - s)^n. A gap that wide
/// looks the same, so that it is said as a doubt.
fn two_scales(columns: &[Column<'_>], pair: [usize; 2]) -> Option<String> {
    let of = |index: usize| columns.get(index).map(|column| (column.name, &column.values.whole));
    let [one, other] = pair.map(of);
    let (one, other) = (one?, other?);
    let highest = |column: (&str, &BTreeMap<i64, u64>)| column.1.keys().next_back().copied();
    let (narrow, wide) = if highest(one)? < highest(other)? { (one, other) } else { (other, one) };
    let (low, high) = (highest(narrow)?, highest(wide)?);
    let answers: u64 = narrow.1.values().sum();
    let all: u64 = wide.1.values().sum();
    let above: u64 = wide.1.iter().filter(|(value, _)| **value > low).map(|(_, count)| count).sum();
    let share = above as f64 / all.max(1) as f64;
    // Answers that fill a scale of their own from end to end are of it; those that cover a part may be of any.
    let lowest = narrow.1.keys().next().copied()?;
    let own = points::rating(narrow.1).filter(|own| own.doubt.is_none());
    let fills = own.is_some_and(|own| (i64::from(own.min), i64::from(own.max)) == (lowest, low));
    let is_odd = fills && low < high && answers >= FEWEST && (1.0 - share).powf(answers as f64) < CHANCE;
    is_odd.then(|| format!("`{}` ends at {low}, `{}` at {high}: are both on one scale?", narrow.0, wide.0))
}

/// Pairs of expectation and perception: their columns become one question on one scale.
pub(super) fn gaps(columns: &[Column<'_>], guesses: &mut [Guess], open: impl Fn(usize) -> bool) -> Vec<Pair> {
    let scored = |index: usize| {
        open(index) && matches!(guesses[index].taken, Taken::Measure(_)) && guesses[index].answers.is_some()
    };
    let found = pairs::pairs(columns, scored, [pairs::EXPECTATION, pairs::PERCEPTION]);
    // All pairs of a questionnaire have one scale: what no column shows alone, they show together.
    let mut pooled: BTreeMap<i64, u64> = BTreeMap::new();
    for index in found.iter().flat_map(|pair| [pair.expectation, pair.perception]) {
        for (value, count) in &columns[index].values.whole {
            *pooled.entry(*value).or_insert(0) += count;
        }
    }
    let together = points::rating(&pooled);
    let mut kept = Vec::new();
    for pair in found {
        let both = [pair.expectation, pair.perception];
        let plain = both.iter().all(
            |index| matches!(&guesses[*index].answers, Some(Answers::Points(_, labels)) if labels.is_empty()),
        );
        let families = both.map(|index| match &guesses[index].answers {
            Some(Answers::Words(words)) => Some(words.name.as_str()),
            _ => None,
        });
        // Headers that name a scale decide, as long as both name the same.
        let own = both.map(|index| match (&columns[index].named, &guesses[index].answers) {
            (Some(_), Some(Answers::Points(points, _))) => Some(points.clone()),
            _ => None,
        });
        let together = match own {
            [None, None] => together.clone(),
            [Some(mut first), Some(second)]
                if (first.min, first.max, first.best) == (second.min, second.max, second.best) =>
            {
                first.codes.extend(
                    second.codes.iter().filter(|code| !first.codes.contains(code)).collect::<Vec<_>>(),
                );
                first.doubt = first.doubt.or(second.doubt);
                Some(first)
            }
            _ => continue,
        };
        let same_family = families[0].is_some() && families[0] == families[1];
        let (answers, doubt, shown) = match (&together, plain) {
            (Some(points), true) => {
                let codes: Vec<String> = points.codes.iter().map(i64::to_string).collect();
                let codes = if codes.is_empty() {
                    String::new()
                } else {
                    format!("; no answer: {}", codes.join(", "))
                };
                let shown = format!("{}{codes}", points.shown());
                let doubt = points.doubt.clone().or_else(|| two_scales(columns, both));
                (Some(Answers::Points(points.clone(), BTreeMap::new())), doubt, shown)
            }
            (None, true) => continue,
            _ if same_family => (None, None, "in words".to_owned()),
            _ => continue,
        };
        for (index, role, other) in [
            (pair.expectation, "expectation", pair.perception),
            (pair.perception, "perception", pair.expectation),
        ] {
            let guess = &mut guesses[index];
            guess.taken = Taken::Measure(Measure::Gap);
            guess.offer = None;
            guess.sure = doubt.is_none() && (plain || guess.sure);
            guess.why = format!("{role} of a pair with `{}`, {shown}", columns[other].name);
            if let Some(doubt) = &doubt {
                guess.why = format!("{}; {doubt}", guess.why);
            }
            if answers.is_some() {
                guess.answers.clone_from(&answers);
            }
        }
        kept.push(pair);
    }
    kept
}
