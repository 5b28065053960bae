//! A small survey and hand-made counts for the tests of this room.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use indexmap::IndexMap;

use super::{Scope, plan, run};
use crate::measures::sample::{question, rows};
use crate::report::{Provenance, Section};
use crate::source::format::Losses;
use crate::source::{Ledger, Source};
use crate::survey::{DateColumn, Measure, Missing, Period, REASONS, Segment, Survey, WaveRule};
use crate::tally::{Count, Counted, Counts, Distribution, InputRead, Stratum, Wave};

/// One row: its region (if any), its quarter, its answer to `overall`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row(pub(super) Option<&'static str>, pub(super) usize, pub(super) Result<u8, Missing>);

/// The same row several times.
pub(super) fn times(n: usize, row: Row) -> Vec<Row> {
    vec![row; n]
}

pub(super) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// A file with its header as it stands in the first line.
pub(super) fn source(name: &str, text: &str) -> Source {
    let header = text.lines().next().unwrap_or_default().split(',').map(str::to_owned).collect();
    Source {
        name: name.to_owned(),
        delimiter: b',',
        header,
        repeated: std::sync::Arc::default(),
        number_styles: Vec::new(),
        reader: Box::new(std::io::Cursor::new(text.as_bytes().to_vec())),
        brought: 0,
        original: None,
        again: None,
        losses: Losses::default(),
    }
}

/// One csat question by region.
pub(super) fn survey() -> Survey {
    let region = Segment {
        id: "region".to_owned(),
        columns: vec!["region".to_owned()],
        label: Some("Region".to_owned()),
        label_translations: IndexMap::new(),
        labels: IndexMap::new(),
        bands: Vec::new(),
        age: false,
        population: IndexMap::new(),
    };
    Survey {
        title: Some("Branches".to_owned()),
        questions: vec![question("overall", Measure::Csat), question("comment", Measure::Text)],
        segments: vec![region],
        ..Survey::default()
    }
}

/// The same with quarters.
pub(super) fn quarterly() -> Survey {
    let mut survey = survey();
    survey.data.date = Some(DateColumn { column: "date".to_owned(), format: None });
    survey.data.wave = Some(WaveRule::Every(Period::Quarter));
    survey
}

/// The counts of the rows, without waves.
pub(super) fn counted(answers: &[Row]) -> Counted {
    let mut counted = empty(answers);
    counted.strata = strata(answers, None);
    counted
}

/// A section of the report on so many rows, whose questions have these counts.
pub(super) fn section_of<T>(
    survey: &Survey,
    counts: Vec<Counts>,
    answered: u64,
    wanted: impl Fn(Section) -> Option<T>,
) -> Option<T> {
    let mut counted = counted(&[]);
    (counted.ledger.rows_used, counted.ledger.rows_read) = (answered, answered);
    counted.strata[0].rows = rows(answered);
    counted.categories = vec![Vec::new(); counts.len()];
    counted.strata[0].counts = counts;
    let scope = Scope::new(day(2026, 7, 1));
    let (_, map) = plan(survey, &scope).unwrap();
    let report = run(survey, &map, &counted, &scope, Provenance::default()).unwrap();
    report.sections.into_iter().find_map(wanted)
}

/// The counts of the rows by quarter of 2026, and together.
pub(super) fn counted_by_quarter(answers: &[Row], quarters: usize) -> Counted {
    let mut counted = empty(answers);
    let last_days = [day(2026, 3, 31), day(2026, 6, 30), day(2026, 9, 30), day(2026, 12, 31)];
    counted.waves = (0..quarters)
        .map(|wave| Wave { label: format!("2026-Q{}", wave + 1), last_day: Some(last_days[wave]) })
        .collect();
    counted.strata = strata(answers, None);
    for wave in 0..quarters {
        let of_wave: Vec<Row> = answers.iter().copied().filter(|row| row.1 == wave).collect();
        counted.strata.extend(strata(&of_wave, Some(wave)));
    }
    counted
}

fn empty(answers: &[Row]) -> Counted {
    let n = answers.len() as u64;
    Counted {
        waves: Vec::new(),
        strata: Vec::new(),
        cells: Vec::new(),
        design_names: Vec::new(),
        categories: vec![(1..=5).map(|point| point.to_string()).collect()],
        segment_values: [("region".to_owned(), regions(answers))].into_iter().collect(),
        ledger: Ledger { rows_read: n, rows_used: n, ..Ledger::default() },
        inputs: vec![InputRead {
            name: "data/answers.csv".to_owned(),
            bytes: 10,
            rows: n,
            hash: "xxh3-128:0".to_owned(),
            delimiter: b',',
            unused_columns: vec!["comment".to_owned(), "duration".to_owned()],
            absent_columns: Vec::new(),
        }],
        numbers: Vec::new(),
        weighted: false,
        weights: BTreeMap::new(),
        design_rows: BTreeMap::new(),
        left_out: Vec::new(),
        unexcluded: None,
    }
}

fn regions(answers: &[Row]) -> Vec<String> {
    let mut regions: Vec<String> = answers.iter().filter_map(|row| row.0).map(str::to_owned).collect();
    regions.sort();
    regions.dedup();
    regions
}

fn strata(answers: &[Row], wave: Option<usize>) -> Vec<Stratum> {
    let mut strata = vec![stratum(answers, wave, Vec::new())];
    for region in regions(answers) {
        let of_region: Vec<Row> =
            answers.iter().copied().filter(|row| row.0 == Some(region.as_str())).collect();
        strata.push(stratum(&of_region, wave, vec![("region".to_owned(), region)]));
    }
    strata
}

fn stratum(answers: &[Row], wave: Option<usize>, segment: Vec<(String, String)>) -> Stratum {
    let mut distribution =
        Distribution { points: vec![Count::default(); 5], missing: [Count::default(); REASONS] };
    for row in answers {
        let cell = match row.2 {
            Ok(point) => &mut distribution.points[usize::from(point) - 1],
            Err(reason) => &mut distribution.missing[usize::from(reason.code())],
        };
        *cell = rows(cell.n + 1);
    }
    Stratum {
        wave,
        segment,
        rows: rows(answers.len() as u64),
        counts: vec![Counts::Single(distribution)],
        cells: Vec::new(),
    }
}
