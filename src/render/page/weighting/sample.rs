//! A hand-made section: raking within bounds, from weights of the data.

use crate::report::{Unit, WeightingMargin, WeightingScore, WeightingSection};

/// Every field has a figure of its own.
pub(super) fn section() -> WeightingSection {
    let margin = |variable: &str, category: &str, rows, [sample, before, target, after]: [f64; 4]| {
        let (variable, category, rows) = (variable.into(), category.into(), Some(rows));
        let [sample, before, target, after] = [sample, before, target, after].map(Some);
        WeightingMargin { variable, category, rows, sample, before, target, after }
    };
    let score =
        |question: &str, statistic: &str, unit, [unweighted, weighted, difference, effect]: [f64; 4]| {
            WeightingScore {
                question: question.into(),
                statistic: statistic.into(),
                unit,
                unweighted: Some(unweighted),
                weighted: Some(weighted),
                difference: Some(difference),
                design_effect: Some(effect),
            }
        };
    WeightingSection {
        variable: Some("w".into()),
        wave: Some("2025-Q2".into()),
        method: Some("raking".into()),
        rows: 1234,
        sum: Some(1240.5),
        kish_base: Some(987.25),
        kish_design_effect: Some(1.249_936),
        efficiency: Some(80.004_1),
        kish_base_before: Some(1111.4),
        min: Some(0.315),
        max: Some(3.25),
        ratio: Some(10.317_46),
        heaviest: Some(0.262),
        margins: vec![
            margin("region", "North", 700, [56.726, 55.111, 40.25, 41.333]),
            margin("region", "South", 534, [43.274, 44.889, 59.75, 58.667]),
            margin("age × gender", "18–34 × f", 222, [17.99, 18.77, 21.5, 22.22]),
        ],
        iterations: Some(17),
        converged: Some(false),
        trimmed: Some(93),
        bounds: Some([0.3, 3.3]),
        moved: Some(2.444),
        left_out: 31,
        unwanted: 1,
        variance: Some("fixed".into()),
        scores: vec![
            score("overall", "top_box", Unit::Percent, [65.9, 63.456, -2.444, 1.377]),
            score("recommend", "nps", Unit::Points, [31.0, 31.449, 0.449, 1.288]),
        ],
    }
}

/// The figures of the tables, and the texts of those that stand in sentences.
pub(super) fn figures(section: &WeightingSection) -> (Vec<f64>, [&'static str; 17]) {
    let margins = section.margins.iter().flat_map(|margin| {
        let rows = margin.rows.map(|rows| f64::from(u32::try_from(rows).unwrap()));
        [rows, margin.sample, margin.before, margin.target, margin.after]
    });
    let scores = section
        .scores
        .iter()
        .flat_map(|score| [score.unweighted, score.weighted, score.difference, score.design_effect]);
    let said = [
        "1,234",
        "1,240.5",
        "987.3",
        "1.25",
        "80.0 %",
        "1,111.4",
        "0.315",
        "3.25",
        "10.3",
        "0.26 %",
        "17 rounds",
        "93 rows",
        "0.3 and 3.3",
        "2.4 %",
        "31 rows",
        "1 row is",
        "the bounds hold, the targets do not",
    ];
    (margins.chain(scores).flatten().collect(), said)
}
