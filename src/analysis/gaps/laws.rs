//! Laws that hold for whatever respondents say.

use proptest::prelude::*;

use crate::analysis::sample::{day, source};
use crate::analysis::{GapsAsk, KeptRatings, Scope, ask_ratings, plan, run_with_rows};
use crate::report::{GapsSection, Provenance, Section};
use crate::survey::parse;
use crate::tally::{Collected, Options, collect};

/// A respondent: pairs of three questions on 1 to 7 (0 is no answer), and the points of two dimensions.
type Respondent = ([(u8, u8); 3], [u8; 2]);

const DEFINITION: &str = "[question.a]\nmeasure = \"gap\"\nexpectation = \"a_e\"\nperception = \"a_p\"\ndimension = \"x\"\n\
    planned = 6\ndelivered = 4.5\n[question.b]\nmeasure = \"gap\"\nexpectation = \"b_e\"\nperception = \"b_p\"\n\
    dimension = \"x\"\nplanned = 5.25\ndelivered = 7\n[question.c]\nmeasure = \"gap\"\nexpectation = \"c_e\"\n\
    perception = \"c_p\"\ndimension = \"y\"\nplanned = 1\ndelivered = 1\n";

const POINTS: &str = "[dimension.x]\npoints = \"wx\"\n[dimension.y]\npoints = \"wy\"\n";

fn gaps(respondents: &[Respondent], dimensions: &str) -> Option<GapsSection> {
    let mut text = String::from("a_e,a_p,b_e,b_p,c_e,c_p,wx,wy\n");
    for (pairs, points) in respondents {
        let cell = |answer: u8| if answer == 0 { String::new() } else { answer.to_string() };
        let pairs = pairs.iter().flat_map(|(expected, perceived)| [cell(*expected), cell(*perceived)]);
        let cells: Vec<String> = pairs.chain(points.iter().map(u8::to_string)).collect();
        text.push_str(&(cells.join(",") + "\n"));
    }
    let survey = parse(format!("{DEFINITION}{dimensions}").as_bytes(), "a.toml").unwrap().survey;
    let scope = Scope { gaps: Some(GapsAsk::default()), ..Scope::new(day(2026, 7, 1)) };
    let (plan, map) = plan(&survey, &scope).unwrap();
    let ask = ask_ratings(&survey, &scope, &plan).unwrap();
    let Collected { counted, rows } =
        collect(&plan, &ask.wanted, vec![source("a.csv", &text)], &Options::default()).unwrap();
    let rows = rows.unwrap();
    let kept = KeptRatings { ask: &ask, rows: &rows, threads: 1, progress: None };
    let report =
        run_with_rows(&survey, &map, &counted, (None, Some(kept)), &scope, Provenance::default()).unwrap();
    report.sections.into_iter().find_map(|section| match section {
        Section::Gaps(gaps) => Some(*gaps),
        _ => None,
    })
}

fn respondents() -> impl Strategy<Value = Vec<Respondent>> {
    let pair = (0..8_u8, 0..8_u8);
    let one = ([pair.clone(), pair.clone(), pair], [0..60_u8, 0..60_u8]);
    proptest::collection::vec(one, 1..25)
}

/// Twelve digits are printed.
const DIGITS: f64 = 1e-9;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_three_components_are_the_gap(respondents in respondents()) {
        let Some(found) = gaps(&respondents, "") else { return Ok(()) };
        for row in &found.qualities {
            let parts = [row.planning, row.delivery, row.communication].into_iter().sum::<Option<f64>>();
            match (parts, row.gap) {
                (Some(parts), Some(gap)) => prop_assert!((parts - gap).abs() < DIGITS, "{row:?}"),
                (parts, gap) => prop_assert!(parts.is_none() && gap.is_none(), "{row:?}"),
            }
        }
    }

    #[test]
    fn no_weighted_gap_is_wider_than_the_widest_it_is_made_of(respondents in respondents()) {
        let of_dimensions = |(pairs, _): &Respondent| -> Option<[f64; 2]> {
            let gap = |(expected, perceived): &(u8, u8)| {
                (*expected > 0 && *perceived > 0).then(|| f64::from(*perceived) - f64::from(*expected))
            };
            let x: Vec<f64> = pairs[..2].iter().filter_map(gap).collect();
            let y = gap(&pairs[2])?;
            (!x.is_empty()).then(|| [x.iter().sum::<f64>() / x.len() as f64, y])
        };
        let complete: Vec<[f64; 2]> = respondents.iter().filter_map(of_dimensions).collect();
        // With points a respondent's own gaps bound his weighted one, and so their mean.
        let widest = complete.iter().flatten().fold(0.0_f64, |widest, gap| widest.max(gap.abs()));
        if let Some(weighted) = gaps(&respondents, POINTS).and_then(|found| found.total.weighted) {
            prop_assert!(weighted.abs() <= widest + DIGITS, "{weighted} {widest}");
        }
        // With weights that all share, the means of the dimensions do.
        let n = complete.len() as f64;
        let mean = |at: usize| complete.iter().map(|gaps| gaps[at]).sum::<f64>() / n;
        let declared = "[dimension.x]\nweight = 11\n[dimension.y]\nweight = 3\n";
        if let Some(weighted) = gaps(&respondents, declared).and_then(|found| found.total.weighted) {
            prop_assert!(weighted.abs() <= mean(0).abs().max(mean(1).abs()) + DIGITS);
            prop_assert!((weighted - (11.0 * mean(0) + 3.0 * mean(1)) / 14.0).abs() < DIGITS);
        }
    }

    #[test]
    fn all_points_on_one_dimension_are_its_gap(respondents in respondents()) {
        let one_sided: Vec<Respondent> = respondents.iter().map(|(pairs, _)| (*pairs, [100, 0])).collect();
        let Some(found) = gaps(&one_sided, POINTS) else { return Ok(()) };
        let complete: Vec<Respondent> = one_sided.iter().copied().filter(|(pairs, _)| {
            let there = |pair: &(u8, u8)| pair.0 > 0 && pair.1 > 0;
            there(&pairs[2]) && pairs[..2].iter().any(there)
        }).collect();
        let own = gaps(&complete, "").and_then(|found| found.dimensions.into_iter().find(|row| row.dimension == "x"));
        prop_assert_eq!(found.total.weighted, own.and_then(|row| row.gap));
    }

    #[test]
    fn the_order_of_respondents_changes_nothing(respondents in respondents(), turn in 0..25_usize) {
        let mut turned = respondents.clone();
        turned.rotate_left(turn % respondents.len());
        prop_assert_eq!(gaps(&respondents, POINTS), gaps(&turned, POINTS));
    }
}
