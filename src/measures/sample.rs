//! Hand-made questions and counts for the tests of this room and of `analysis`.

use indexmap::IndexMap;

use super::balance::Balance;
use super::{Context, Intervals};
use crate::stats::{Bootstrap, Confidence};
use crate::survey::{Columns, Headline, Measure, Question, REASONS, Scale};
use crate::tally::{Count, Counts, Distribution, Joint, Selections, Values};

static DEFAULT: std::sync::LazyLock<Intervals> = std::sync::LazyLock::new(Intervals::default);

pub(crate) fn confidence(level: f64) -> Confidence {
    Confidence::new(level).unwrap()
}

pub(crate) fn context() -> Context<'static> {
    Context {
        confidence: confidence(0.95),
        intervals: &DEFAULT,
        weighted: false,
        design_rows: 120,
        population: None,
        flag_below: 30,
        bootstrap: Bootstrap { replicates: 999, seed: 1 },
        design: None,
    }
}

/// A count without weights.
pub(crate) fn rows(n: u64) -> Count {
    Count { n, w: n as f64, w2: n as f64 }
}

pub(crate) fn question(id: &str, measure: Measure) -> Question {
    let (scale, headline) = match measure {
        Measure::Csat | Measure::Rating => (Some(Scale::new("satisfaction", 1, 5)), Some(Headline::TopBox)),
        Measure::Nps => (Some(Scale::new("recommend", 0, 10)), Some(Headline::Nps)),
        Measure::Ces => (Some(Scale::new("agreement7", 1, 7)), Some(Headline::TopBox)),
        Measure::Gap => (Some(Scale::new("agreement7", 1, 7)), Some(Headline::Gap)),
        Measure::Importance => (Some(Scale::new("importance5", 1, 5)), Some(Headline::Mean)),
        Measure::Number => (None, Some(Headline::Mean)),
        Measure::Checklist => (crate::survey::built_in_scale("fulfilment"), Some(Headline::Fulfilled)),
        _ => (None, None),
    };
    let columns = match measure {
        Measure::Gap | Measure::Kano => {
            Columns::Pair { first: vec![format!("{id}_expected")], second: vec![format!("{id}_perceived")] }
        }
        _ => Columns::One(vec![id.to_owned()]),
    };
    Question {
        id: id.to_owned(),
        measure,
        columns,
        translations: IndexMap::new(),
        option_translations: IndexMap::new(),
        own_words: None,
        text: None,
        label: None,
        scale,
        options: IndexMap::new(),
        separator: None,
        overall: false,
        headline,
        target: None,
        block: None,
        dimension: None,
        better: None,
        driver: None,
        version: None,
        base: None,
        missing: Vec::new(),
        bridge: false,
        evaluation: crate::survey::KanoTable::Usual,
        importance_of: None,
        retest_of: None,
        qualities: crate::survey::Qualities::default(),
        item: crate::survey::ChecklistItem::default(),
        disconfirmation: false,
    }
}

/// The counts of a question with one answer, by its points; nothing is missing.
pub(crate) fn single(points: &[u64]) -> Counts {
    let points = points.iter().map(|n| rows(*n)).collect();
    Counts::Single(Distribution { points, missing: [Count::default(); REASONS] })
}

/// A question with several answers of 40 people, of whose options only the first is declared.
pub(crate) fn services() -> (Question, Counts, [String; 3]) {
    let mut question = question("services", Measure::Multi);
    question.options.insert("1".into(), "Counter".into());
    let counts = Counts::Multiple(Selections {
        options: vec![rows(30), rows(10), rows(0)],
        answered: rows(40),
        missing: [Count::default(); REASONS],
    });
    (question, counts, ["Counter", "App", "Fax"].map(String::from))
}

/// Joint counts from (expectation, perception, rows), points counted from 1.
pub(crate) fn joint(points: usize, pairs: &[(usize, usize, u64)]) -> Counts {
    let mut cells = vec![Count::default(); points * points];
    for (first, second, n) in pairs {
        cells[(first - 1) * points + second - 1] = rows(*n);
    }
    Counts::Pair(Joint {
        first_points: points,
        second_points: points,
        cells,
        missing: [Count::default(); REASONS],
    })
}

/// The golden gap of METHODS 3.1, gap1.
pub(crate) fn golden_gap() -> Counts {
    let pairs = [
        (3, 1, 1),
        (3, 2, 7),
        (3, 3, 10),
        (3, 4, 14),
        (3, 5, 16),
        (4, 2, 3),
        (4, 3, 14),
        (4, 4, 12),
        (4, 5, 21),
        (5, 2, 1),
        (5, 3, 2),
        (5, 4, 11),
        (5, 5, 8),
    ];
    joint(5, &pairs)
}

/// Unweighted free numbers from (value, rows) in rising order.
pub(crate) fn values(values: &[(f64, u64)]) -> Counts {
    let n: u64 = values.iter().map(|(_, n)| n).sum();
    let total = |power: i32| values.iter().map(|(x, n)| x.powi(power) * *n as f64).sum::<f64>();
    let mean = total(1) / (n.max(1) as f64);
    let centred = values.iter().map(|(x, n)| (x - mean).powi(2) * *n as f64).sum();
    Counts::Number(Values {
        values: values.iter().map(|(x, n)| (*x, rows(*n))).collect(),
        overflow: false,
        answered: rows(n),
        sum_wx: total(1),
        sum_wx2: total(2),
        sum_w2x: total(1),
        sum_w2x2: total(2),
        centred_sum_squares: centred,
        centred_w_sum_squares: centred,
        centred_w2_sum_squares: centred,
        missing: [Count::default(); REASONS],
    })
}

/// The golden data of 120 rows: answers 4 and 5, and the others.
pub(crate) fn golden_weighted_top_two() -> [Count; 2] {
    [Count { n: 90, w: 94.4, w2: 118.6 }, Count { n: 30, w: 26.8, w2: 27.96 }]
}

/// The golden data of 120 rows: promoters, passives, detractors.
pub(super) fn golden_weighted_nps() -> Balance {
    Balance {
        above: Count { n: 53, w: 55.3, w2: 69.77 }.into(),
        between: Count { n: 30, w: 31.2, w2: 38.08 }.into(),
        below: Count { n: 37, w: 34.7, w2: 38.71 }.into(),
    }
}
