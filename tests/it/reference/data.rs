//! The data of a reference topic, counted in the ways the cases need.

use std::fs;
use std::path::Path;

use csat::stats::WeightedPoint;
use serde_json::Value;

/// A CSV file by columns; an empty cell is a missing answer.
#[derive(Default)]
pub(super) struct Data {
    names: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Data {
    pub(super) fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let own = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
        Self {
            names: own(reader.headers().unwrap()),
            rows: reader.records().map(|record| own(&record.unwrap())).collect(),
        }
    }

    pub(super) fn rows(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    fn column(&self, name: &str) -> Vec<&str> {
        let index = self.names.iter().position(|known| known == name);
        let index = index.unwrap_or_else(|| panic!("no column {name}"));
        self.rows.iter().map(|row| row[index].as_str()).collect()
    }

    /// The group of every row, empty where missing; `quarter` is that of the date.
    pub(super) fn groups(&self, by: &str) -> Vec<String> {
        if by != "quarter" {
            return self.column(by).into_iter().map(str::to_owned).collect();
        }
        let quarter = |date: &str| {
            let month: u32 = date[5..7].parse().unwrap();
            format!("{}Q{}", &date[..4], month.div_ceil(3))
        };
        self.column("date").into_iter().map(quarter).collect()
    }

    /// Counts by value of a variable, or of the values listed in the case itself.
    pub(super) fn counts(&self, inputs: &Value) -> Vec<(f64, u64)> {
        match &inputs["x"] {
            Value::Array(values) => tally(values.iter().map(|x| x.as_f64().unwrap())),
            _ => tally(self.values(inputs).into_iter().flatten()),
        }
    }

    /// Counts by value of a variable among the rows `within`.
    pub(super) fn counts_within(&self, inputs: &Value, within: &dyn Fn(usize) -> bool) -> Vec<(f64, u64)> {
        let rows = self.values(inputs).into_iter().enumerate();
        tally(rows.filter(|(row, _)| within(*row)).filter_map(|(_, value)| value))
    }

    /// How many answers lie in the top box, then how many do not.
    pub(super) fn indicator(&self, inputs: &Value) -> [(f64, u64); 2] {
        let counts = tally(self.values(inputs).into_iter().flatten());
        let top = top_box(inputs).expect("a top box");
        let inside = |wanted: bool| {
            let hits = counts.iter().filter(|(x, _)| is_in(&top, *x) == wanted);
            hits.map(|(_, count)| count).sum()
        };
        [(1.0, inside(true)), (0.0, inside(false))]
    }

    /// Weighted counts by value (by top box where the case names one) of the rows `within`.
    pub(super) fn weighted(&self, inputs: &Value, within: &dyn Fn(usize) -> bool) -> Vec<WeightedPoint> {
        let top = top_box(inputs);
        let weights = self.weights();
        let mut points: Vec<WeightedPoint> = Vec::new();
        for (row, value) in self.values(inputs).into_iter().enumerate() {
            let Some(value) = value.filter(|_| within(row)) else {
                continue;
            };
            let x = match &top {
                Some(top) => f64::from(u8::from(is_in(top, value))),
                None => value,
            };
            let w = weights[row];
            match points.iter_mut().find(|point| point.x == x) {
                Some(point) => {
                    point.n += 1;
                    point.w += w;
                    point.w2 += w * w;
                }
                None => points.push(WeightedPoint { x, n: 1, w, w2: w * w }),
            }
        }
        points
    }

    pub(super) fn weights(&self) -> Vec<f64> {
        let cells = self.column("weight").into_iter();
        cells.map(|cell| cell.parse().unwrap()).collect()
    }

    /// Promoters, passives, detractors.
    pub(super) fn promoters(&self) -> [u64; 3] {
        let groups = self.numbers("nps");
        [1.0, 0.0, -1.0].map(|group| {
            let hits = groups.iter().flatten().filter(|x| promoter(**x) == group);
            hits.count() as u64
        })
    }

    /// Counts by difference, performance less expectation or `x` less `y`.
    pub(super) fn differences(&self, inputs: &Value) -> Vec<(f64, u64)> {
        if let (Value::Array(x), Value::Array(y)) = (&inputs["x"], &inputs["y"]) {
            let pairs = x.iter().zip(y);
            return tally(pairs.map(|(x, y)| x.as_f64().unwrap() - y.as_f64().unwrap()));
        }
        let of = |key: &str| self.numbers(inputs[key].as_str().unwrap());
        let pairs = of("perceive").into_iter().zip(of("expect"));
        tally(pairs.filter_map(|(p, e)| Some(p? - e?)))
    }

    /// The variable of a case: a column, or one of the two recodes the references use.
    pub(super) fn values(&self, inputs: &Value) -> Vec<Option<f64>> {
        let recode = |column: &str, code: fn(f64) -> f64| {
            let values = self.numbers(column).into_iter();
            values.map(|value| value.map(code)).collect()
        };
        match inputs["var"].as_str().expect("a variable") {
            "np" => recode("nps", promoter),
            "t2b" => recode("csat_overall", |x| f64::from(u8::from(x >= 4.0))),
            column => self.numbers(column),
        }
    }

    /// A column of numbers.
    pub(super) fn numbers(&self, name: &str) -> Vec<Option<f64>> {
        let cells = self.column(name).into_iter();
        cells.map(|cell| (!cell.is_empty()).then(|| cell.parse().unwrap())).collect()
    }
}

fn promoter(x: f64) -> f64 {
    if x >= 9.0 {
        1.0
    } else if x >= 7.0 {
        0.0
    } else {
        -1.0
    }
}

fn top_box(inputs: &Value) -> Option<Vec<f64>> {
    let listed = inputs["top"].as_array().or(inputs["top_box"].as_array())?;
    Some(listed.iter().map(|x| x.as_f64().unwrap()).collect())
}

fn is_in(top: &[f64], x: f64) -> bool {
    top.contains(&x)
}

fn tally(values: impl Iterator<Item = f64>) -> Vec<(f64, u64)> {
    let mut counts: Vec<(f64, u64)> = Vec::new();
    for value in values {
        match counts.iter_mut().find(|(known, _)| *known == value) {
            Some((_, count)) => *count += 1,
            None => counts.push((value, 1)),
        }
    }
    counts
}
