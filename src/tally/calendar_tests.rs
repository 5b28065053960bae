//! The engine on dates: waves, ages, and what happens while the order of day and month is open.

use super::tests::{by_date, category, one, plan, points, run, scale, source, stratum, variable};
use super::*;
use crate::prepare::Filter;
use crate::source::Position;
use crate::survey::expression::{Expression, Literal, Operator};
use crate::survey::{Band, DateColumn, Period, WaveRule};

#[test]
fn waves_are_pooled_and_the_order_of_dates_is_settled_by_the_whole_file() {
    let mut plan = plan(
        vec![variable("q", scale()), variable("g", category())],
        vec![Tally::Single(0)],
        vec![vec![], vec![1]],
    );
    plan.wave = Some(by_date(Period::Month, None));
    let text = "date,q,g\n03/04/2026,1,a\n05/04/2026,2,b\n13/04/2026,3,a\n01/05/2026,9,a\nnever,4,a\n";
    let counted = run(&plan, text);
    let labels: Vec<&str> = counted.waves.iter().map(|wave| wave.label.as_str()).collect();
    assert_eq!(labels, ["2026-04", "2026-05"]);
    assert_eq!(counted.waves[0].last_day.map(|day| day.to_string()).as_deref(), Some("2026-04-30"));
    assert_eq!(points(stratum(&counted, Some("2026-04"), &[]), 0), [1, 1, 1, 0, 0]);
    assert_eq!(points(stratum(&counted, Some("2026-04"), &[("g", "a")]), 0), [1, 0, 1, 0, 0]);
    assert_eq!(points(stratum(&counted, None, &[]), 0), [1, 1, 1, 0, 0]);
    assert_eq!(counted.ledger.excluded["no_date"], one(Position { input: 0, row: 5, line: 6, column: 1 }));
    assert!(counted.ledger.invalid.contains_key(&("q".to_owned(), "2026-05".to_owned())));
}

#[test]
fn dates_that_stay_ambiguous_are_an_error_only_where_it_matters() {
    let mut plan = plan(vec![variable("q", scale())], vec![Tally::Single(0)], vec![vec![]]);
    let text = "date,q\n03/04/2026,1\n05/06/2026,2\n";
    plan.wave = Some(by_date(Period::Year, None));
    assert_eq!(run(&plan, text).waves.len(), 1, "a year is the same either way");
    plan.wave = Some(by_date(Period::Month, None));
    let error = count(&plan, vec![source("a.csv", text)], &Options::default()).unwrap_err();
    assert!(
        matches!(error, CountError::AmbiguousDates { ref column, ref example, .. } if column == "date" && example == "03/04/2026"),
        "{error}"
    );
    plan.wave = Some(by_date(Period::Month, Some("%m/%d/%Y")));
    assert_eq!(
        run(&plan, text).waves.iter().map(|wave| wave.label.as_str()).collect::<Vec<_>>(),
        ["2026-03", "2026-05"]
    );
    plan.wave = Some(by_date(Period::Month, Some("%Y")));
    let error = count(&plan, vec![source("a.csv", text)], &Options::default()).unwrap_err();
    assert!(
        matches!(error, CountError::InvalidDateFormat { .. } | CountError::NoReadableDate { .. }),
        "{error}"
    );
    plan.wave = Some(by_date(Period::Month, None));
    let error = count(&plan, vec![source("a.csv", "date,q\nx,1\n")], &Options::default()).unwrap_err();
    assert!(matches!(error, CountError::NoReadableDate { ref example, .. } if example == "x"), "{error}");
}

#[test]
fn rows_that_the_settled_order_leaves_without_a_date_are_left_out() {
    let mut plan = plan(vec![variable("q", scale())], vec![Tally::Single(0)], vec![vec![]]);
    plan.wave = Some(by_date(Period::Month, None));
    let mut text = "date,q\n".to_owned();
    text.push_str(&"13/04/2026,3\n".repeat(200));
    text.push_str("04/13/2026,9\n");
    let counted = run(&plan, &text);
    assert_eq!(counted.ledger.rows_used, 200);
    assert_eq!(counted.ledger.excluded["no_date"].places[0].row, 201);
    assert!(counted.ledger.invalid.is_empty(), "only used rows count");
    assert_eq!(counted.waves.len(), 1);
}

#[test]
fn waves_of_a_column_follow_the_declared_order() {
    let mut plan = plan(vec![variable("q", scale())], vec![Tally::Single(0)], vec![vec![]]);
    let rule = |order: &[&str]| {
        let order = order.iter().map(|&value| value.to_owned()).collect();
        let rule = WaveRule::Column { column: "round".to_owned(), order };
        Some(WavePlan { rule, date: None, fiscal_year_start: 1, fiscal_year_named_end: true })
    };
    let labels = |plan: &Plan| -> Vec<String> {
        run(plan, "round,q\n10,1\n9,2\n,3\n").waves.into_iter().map(|wave| wave.label).collect()
    };
    plan.wave = rule(&[]);
    assert_eq!(labels(&plan), ["9", "10"]);
    plan.wave = rule(&["10", "9", "8"]);
    assert_eq!(labels(&plan), ["10", "9"]);
}

#[test]
fn ages_are_taken_at_the_date_of_the_answer() {
    let band = |label: &str, low, high| Band { label: label.to_owned(), low, high };
    let coding = Coding::AgeBands {
        bands: vec![band("under 30", None, Some(29.0)), band("30 and over", Some(30.0), None)],
        date: DateColumn { column: "date".to_owned(), format: None },
    };
    let variables = vec![variable("q", scale()), variable("born", coding)];
    let plan = plan(variables, vec![Tally::Single(0), Tally::Single(1)], vec![vec![], vec![1]]);
    let counted = run(
        &plan,
        "date,born,q\n2026-02-01,1990,1\n2026-02-01,2000,2\n2026-02-01,1700,3\n2019-02-01,1990,4\n",
    );
    assert_eq!(counted.segment_values["born"], ["under 30", "30 and over"]);
    assert_eq!(points(stratum(&counted, None, &[("born", "under 30")]), 0), [0, 1, 0, 1, 0]);
    assert_eq!(points(stratum(&counted, None, &[("born", "30 and over")]), 0), [1, 0, 0, 0, 0]);
    assert_eq!(points(&counted.strata[0], 1), [2, 1]);
    assert_eq!(counted.ledger.invalid[&("born".to_owned(), String::new())].places[0].row, 3);
}

#[test]
fn a_filter_by_age_needs_the_order_of_dates_when_ages_differ() {
    let band = |label: &str, low, high| Band { label: label.to_owned(), low, high };
    let age = Coding::AgeBands {
        bands: vec![band("minor", None, Some(17.0)), band("adult", Some(18.0), None)],
        date: DateColumn { column: "date".to_owned(), format: None },
    };
    let mut plan = plan(
        vec![variable("q", scale()), variable("born", age)],
        vec![Tally::Single(0)],
        vec![vec![], vec![1]],
    );
    // Of age in April, a minor in March.
    let open = "date,born,q\n03/04/2026,2008-03-20,1\n";
    let error = count(&plan, vec![source("a.csv", open)], &Options::default()).unwrap_err();
    assert!(matches!(error, CountError::AmbiguousDates { .. }), "{error}");
    let settled = format!("{open}13/04/2026,2008-04-20,2\n");
    assert_eq!(points(stratum(&run(&plan, &settled), None, &[("born", "adult")]), 0), [1, 0, 0, 0, 0]);
    plan.exclusions.push(Exclusion::filtered(Filter {
        expression: Expression::Compare {
            name: "born".into(),
            operator: Operator::Equal,
            literal: Literal::Text("adult".into()),
        },
    }));
    let error = count(&plan, vec![source("a.csv", &settled)], &Options::default()).unwrap_err();
    assert!(
        matches!(error, CountError::FilterNeedsDateOrder { ref example, .. } if example == "03/04/2026"),
        "{error}"
    );
    let same = "date,born,q\n03/04/2026,1990,1\n13/04/2026,2020,2\n";
    assert_eq!(run(&plan, same).ledger.rows_used, 1);
}
