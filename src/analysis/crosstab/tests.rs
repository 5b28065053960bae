//! Tables from hand-made counts: columns that share respondents, which are sums over sets of options.

use approx::assert_relative_eq;

use crate::analysis::sample::{counted, day, survey};
use crate::analysis::{CrosstabAsk, NetAsked, Scope, plan, run};
use crate::measures::sample::{question, rows, single};
use crate::report::{CrosstabSection, Provenance, Report, Section};
use crate::survey::{Measure, REASONS, Survey};
use crate::tally::{Count, Counted, Counts, Selections, Stratum};

/// Who uses what, with the points they gave; the sets of tests/reference/tables `overlap.n.two_columns`, where the
/// first option is the region North of bank_a, the second the segment Retail.
const SETS: [(&str, [u64; 5]); 3] =
    [("North", NORTH_ONLY), ("North\u{1f}Retail", BOTH), ("Retail", RETAIL_ONLY)];

const NORTH_ONLY: [u64; 5] = [6, 9, 58, 85, 33];
const BOTH: [u64; 5] = [0, 10, 43, 63, 39];
const RETAIL_ONLY: [u64; 5] = [3, 14, 55, 97, 43];

fn with_options() -> Survey {
    let mut survey = survey();
    survey.questions.push(question("uses", Measure::Multi));
    survey
}

fn stratum(segment: &[(&str, &str)], counts: Vec<Counts>) -> Stratum {
    let answered = counts.first().map_or(0, Counts::answered);
    Stratum {
        wave: None,
        segment: segment.iter().map(|(id, value)| ((*id).to_owned(), (*value).to_owned())).collect(),
        rows: rows(answered),
        counts,
        cells: Vec::new(),
    }
}

fn counts_of(strata: Vec<Stratum>, categories: &[&[&str]]) -> Counted {
    let mut made = counted(&[]);
    let answered = strata[0].rows.n;
    (made.ledger.rows_used, made.ledger.rows_read) = (answered, answered);
    made.categories =
        categories.iter().map(|names| names.iter().map(|name| (*name).to_owned()).collect()).collect();
    let sets = SETS.iter().map(|(set, _)| (*set).to_owned()).collect();
    made.segment_values.insert("uses".to_owned(), sets);
    made.strata = strata;
    made
}

fn tables(survey: &Survey, counted: &Counted, scope: &Scope) -> Vec<CrosstabSection> {
    let (_, map) = plan(survey, scope).unwrap();
    let Report { sections, .. } = run(survey, &map, counted, scope, Provenance::default()).unwrap();
    let tables = sections.into_iter().filter_map(|section| match section {
        Section::Crosstab(table) => Some(*table),
        _ => None,
    });
    tables.collect()
}

fn by_options() -> (Survey, Counted, Scope) {
    let whole: Vec<u64> = (0..5).map(|point| SETS.iter().map(|(_, counts)| counts[point]).sum()).collect();
    let mut strata = vec![stratum(&[], vec![single(&whole)])];
    strata.extend(SETS.iter().map(|(set, counts)| stratum(&[("uses", set)], vec![single(counts)])));
    let scope = Scope {
        by: vec![vec!["uses".to_owned()]],
        crosstab: Some(CrosstabAsk { rows: vec!["overall".to_owned()], ..CrosstabAsk::default() }),
        ..Scope::new(day(2026, 7, 1))
    };
    (with_options(), counts_of(strata, &[&["1", "2", "3", "4", "5"]]), scope)
}

#[test]
fn options_are_columns_that_overlap_and_their_difference_is_surer() {
    let (survey, counted, scope) = by_options();
    let tables = tables(&survey, &counted, &scope);
    let [table] = tables.as_slice() else { panic!("{}", tables.len()) };
    assert!(table.overlapping && table.test.is_none());
    let sum = |one: [u64; 5], other: [u64; 5]| one.iter().chain(&other).sum::<u64>();
    let bases: Vec<Option<u64>> = table.columns.iter().map(|column| column.base).collect();
    let all = sum(NORTH_ONLY, BOTH) + RETAIL_ONLY.iter().sum::<u64>();
    assert_eq!(bases, [Some(all), Some(sum(NORTH_ONLY, BOTH)), Some(sum(BOTH, RETAIL_ONLY))]);
    let pair = |row: &str| table.contrasts.iter().find(|contrast| contrast.row == row).unwrap();
    // R survey 4.1-1 with a record for every column: -0.04675465814, se 0.05128668501, p 0.36196.
    let mean = pair("mean");
    assert_relative_eq!(mean.difference.unwrap(), -0.046_754_658_140_5, epsilon = 1e-10);
    let half = (mean.high.unwrap() - mean.low.unwrap()) / 2.0;
    assert!((1.959..1.966).contains(&(half / 0.051_286_685_007_3)), "{half}");
    assert_relative_eq!(mean.p.unwrap(), 0.361_961_7, max_relative = 2e-3);
    assert_eq!(mean.method.as_deref(), Some("t-overlap"));
    // Of the share -0.02356239467, se 0.02707836214 with each variance its own; pooled it is nearly the same.
    let share = pair("top_box");
    assert_relative_eq!(share.difference.unwrap(), -2.356_239_467, epsilon = 1e-8);
    assert_relative_eq!(share.p.unwrap(), 0.384_215_25, max_relative = 0.02);
    let half = (share.high.unwrap() - share.low.unwrap()) / 2.0;
    assert_relative_eq!(half, 100.0 * 1.96 * 0.027_078_362, max_relative = 0.02);
    assert_eq!(share.method.as_deref(), Some("newcombe-overlap"));
}

#[test]
fn an_option_that_few_chose_is_hidden_with_its_sets() {
    let (survey, mut counted, mut scope) = by_options();
    // Ten of all chose Retail; the total is what it was.
    counted.strata[2].counts = vec![single(&[0, 0, 0, 2, 2])];
    counted.strata[3].counts = vec![single(&[0, 0, 1, 3, 1])];
    scope.suppress_below = Some(10);
    let table = &tables(&survey, &counted, &scope)[0];
    assert_eq!(table.columns[2].base, None);
    assert!(table.contrasts.is_empty());
    assert!(table.cells.iter().filter(|cell| cell.column == "Retail").all(|cell| cell.percent.is_none()));
}

#[test]
fn a_net_of_several_answers_counts_everybody_once() {
    let survey = with_options();
    let options = |counts: [u64; 3], answered: u64| {
        Counts::Multiple(Selections {
            options: counts.iter().map(|n| rows(*n)).collect(),
            answered: rows(answered),
            missing: [Count::default(); REASONS],
        })
    };
    let of = |segment: &[(&str, &str)], n: u64| {
        let chosen = |option| if segment.iter().any(|(_, set)| set.contains(option)) { n } else { 0 };
        stratum(segment, vec![options([chosen("App"), chosen("Branch"), chosen("Web")], n)])
    };
    let mut strata = vec![
        stratum(&[], vec![options([50, 40, 70], 100)]),
        stratum(&[("region", "N")], vec![options([30, 20, 40], 50)]),
        stratum(&[("region", "S")], vec![options([20, 20, 30], 50)]),
    ];
    for (region, sets) in [
        ("N", [("App\u{1f}Web", 30), ("Branch", 10), ("Branch\u{1f}Web", 10)]),
        ("S", [("App\u{1f}Web", 20), ("Branch", 20), ("Web", 10)]),
    ] {
        strata.extend(sets.map(|(set, n)| of(&[("region", region), ("uses", set)], n)));
    }
    for (set, n) in [("App\u{1f}Web", 50), ("Branch", 30), ("Branch\u{1f}Web", 10), ("Web", 10)] {
        strata.push(of(&[("uses", set)], n));
    }
    let mut counted = counts_of(strata, &[&["App", "Branch", "Web"]]);
    counted.segment_values.insert("region".to_owned(), vec!["N".to_owned(), "S".to_owned()]);
    let net = |answer: &str| NetAsked {
        question: "uses".to_owned(),
        label: "Digital".to_owned(),
        answers: vec!["App".to_owned(), answer.to_owned()],
    };
    let scope = |net| Scope {
        by: vec![vec!["region".to_owned()]],
        crosstab: Some(CrosstabAsk {
            rows: vec!["uses".to_owned()],
            nets: vec![net],
            ..CrosstabAsk::default()
        }),
        ..Scope::new(day(2026, 7, 1))
    };
    let table = &tables(&survey, &counted, &scope(net("Web")))[0];
    let count = |column: &str| {
        let cell =
            table.cells.iter().find(|cell| cell.row == "net:Digital" && cell.column == column).unwrap();
        (cell.count.unwrap(), cell.percent.unwrap())
    };
    assert_eq!((count("total"), count("N"), count("S")), ((70, 70.0), (40, 80.0), (30, 60.0)));
    let wrong = scope(net("Fax"));
    let (_, map) = plan(&survey, &wrong).unwrap();
    let error = run(&survey, &map, &counted, &wrong, Provenance::default()).unwrap_err().to_string();
    assert!(error.contains("`Fax`, which is no answer to `uses`; there are App, Branch, Web"), "{error}");
}
