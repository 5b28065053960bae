//! Cases of weights: raking, post-stratification, calibration, trimming, and standard errors that know of them.

use std::collections::BTreeMap;

use csat::weighting::{
    Answers, Bounds, Cell, Margin, Method, Redistribution, Scale, Scheme, Target, Trimming, Unit,
    VarianceForm, Weighted, weigh,
};
use serde_json::{Map, Value, json};

use super::data::Data;

pub(super) fn compute(parts: &[&str], inputs: &Value, data: &Data) -> Option<Value> {
    let ["weighting", rest @ ..] = parts else { return None };
    let case = Case::of(rest, inputs)?;
    let sample = Sample::of(&case, data);
    let scheme = Scheme {
        margins: sample.margins.clone(),
        method: case.method,
        scale: Scale::Targets,
        trimming: case.trimming,
        ..Scheme::default()
    };
    let weighted = weigh(&sample.cells, &scheme).unwrap();
    let mut figures = sample.figures(&weighted, data);
    if rest.last() == Some(&"svymean") {
        figures["mean"] = figures["mean_overall"].clone();
    }
    Some(figures)
}

struct Case<'a> {
    method: Method,
    /// The variables of each margin with its targets.
    margins: Vec<(Vec<&'a str>, &'a Map<String, Value>)>,
    start: bool,
    trimming: Option<Trimming>,
}

impl<'a> Case<'a> {
    fn of(id: &[&str], inputs: &'a Value) -> Option<Self> {
        let method = match (id, inputs["method"].as_str()) {
            (_, Some("rake"))
            | (["rake" | "rake_from_1" | "rake_from_weight" | "trim" | "trim_strict", ..], _) => {
                Method::Raking
            }
            (_, Some("poststratify")) | (["poststratify"], _) => Method::PostStratification,
            (_, Some("linear")) | (["calibrate", "linear"], _) => Method::Linear,
            (_, Some("raking")) | (["calibrate", "raking"], _) => Method::RakingRatio,
            (_, Some("logit")) => {
                let bound = |at: usize| inputs["bounds"][at].as_f64().unwrap();
                Method::Logit { lower: bound(0), upper: bound(1) }
            }
            (["calibrate", "logit"], _) => Method::Logit { lower: 0.3, upper: 3.0 },
            _ => return None,
        };
        let margins = if let Some(listed) = inputs["margins"].as_array() {
            let of = |margin: &'a Value| {
                let variables = margin["variables"].as_array().unwrap();
                let variables = variables.iter().map(|name| name.as_str().unwrap()).collect();
                (variables, margin["targets"].as_object().unwrap())
            };
            listed.iter().map(of).collect()
        } else {
            let tables = inputs["rake"].as_object().or(inputs["poststrat"].as_object()).unwrap();
            tables.iter().map(|(name, t)| (vec![name.as_str()], t.as_object().unwrap())).collect()
        };
        let bounds = if id[0].starts_with("trim") { inputs } else { &inputs["trim"] };
        let trimming = bounds["lower"].as_f64().map(|lower| Trimming {
            bounds: Bounds::OfMean { lower, upper: bounds["upper"].as_f64().unwrap() },
            redistribution: match (id[0], bounds["redistribute"].as_str()) {
                ("trim", _) | (_, Some("once")) => Redistribution::EqualOnce,
                ("trim_strict", _) | (_, Some("repeated")) => Redistribution::EqualRepeated,
                _ => Redistribution::Reraked,
            },
        });
        let start = id[0] != "rake_from_1" && inputs["start"] != "one";
        Some(Self { method, margins, start, trimming })
    }
}

/// The rows of the data as cells.
struct Sample {
    cells: Vec<Cell>,
    margins: Vec<Margin>,
    /// The cell of every row, and its design weight.
    rows: Vec<(usize, f64)>,
    /// The first two raking variables of every row.
    labels: Vec<String>,
}

impl Sample {
    fn of(case: &Case<'_>, data: &Data) -> Self {
        let mut variables: Vec<&str> = Vec::new();
        for name in case.margins.iter().flat_map(|(names, _)| names) {
            if !variables.contains(name) {
                variables.push(name);
            }
        }
        let columns: Vec<Vec<String>> = variables.iter().map(|name| data.groups(name)).collect();
        let codes: Vec<Vec<&str>> = columns
            .iter()
            .map(|column| {
                let mut names: Vec<&str> = column.iter().map(String::as_str).collect();
                names.sort_unstable();
                names.dedup();
                names
            })
            .collect();
        let code = |variable: usize, name: &str| {
            Some(u32::try_from(codes[variable].iter().position(|known| *known == name).unwrap()).unwrap())
        };
        let margins = case.margins.iter().map(|(names, targets)| {
            let places: Vec<usize> =
                names.iter().map(|name| variables.iter().position(|known| known == name).unwrap()).collect();
            let targets = targets.iter().map(|(key, value)| Target {
                categories: key.split('|').zip(&places).map(|(name, place)| code(*place, name)).collect(),
                value: value.as_f64().unwrap(),
            });
            Margin { targets: targets.collect(), variables: places, unit: Unit::Count, within: None }
        });
        let design = if case.start { data.weights() } else { vec![1.0; data.rows()] };
        // Trimming looks at single rows: cells are split by design weight for it, and for it alone.
        let mut found: BTreeMap<(Vec<Option<u32>>, u64), Vec<usize>> = BTreeMap::new();
        for (row, d) in design.iter().enumerate() {
            let categories = columns.iter().enumerate().map(|(at, column)| code(at, &column[row])).collect();
            let split = if case.trimming.is_some() { d.to_bits() } else { 0 };
            found.entry((categories, split)).or_default().push(row);
        }
        let mut sample = Self {
            cells: Vec::new(),
            margins: margins.collect(),
            rows: vec![(0, 0.0); data.rows()],
            labels: (0..data.rows())
                .map(|row| columns.iter().map(|column| column[row].as_str()).collect::<Vec<_>>().join("|"))
                .collect(),
        };
        for ((categories, _), rows) in found {
            let weights: Vec<f64> = rows.iter().map(|row| design[*row]).collect();
            for row in rows {
                sample.rows[row] = (sample.cells.len(), design[row]);
            }
            sample.cells.push(Cell::of_rows(categories, &weights));
        }
        sample
    }

    fn figures(&self, weighted: &Weighted, data: &Data) -> Value {
        let diagnostics = &weighted.diagnostics;
        let w: Vec<f64> = self.rows.iter().map(|(cell, d)| d * weighted.factors[*cell]).collect();
        let mut by_label: BTreeMap<&str, f64> = BTreeMap::new();
        for (label, w) in self.labels.iter().zip(&w) {
            *by_label.entry(label).or_default() += w;
        }
        let mut figures = json!({
            "sum": diagnostics.total,
            "min": diagnostics.min,
            "max": diagnostics.max,
            "mean": diagnostics.mean,
            "n_eff": diagnostics.kish_base,
            "deff_kish": diagnostics.kish_design_effect,
            "first10": w[..10],
            "cells": by_label,
        });
        if weighted.form() == VarianceForm::Fixed {
            return figures;
        }
        let figures_map = figures.as_object_mut().unwrap();
        let lines = weighted.linearisation(&self.cells);
        for item in ["csat_overall", "np", "t2b"].into_iter().filter(|item| *item != "np" || data.has("nps"))
        {
            for (name, age) in [("mean", None), ("domain", Some("18-34"))] {
                if age.is_some() && !data.has("age") {
                    continue;
                }
                let ages = age.map(|_| data.groups("age"));
                let answers = self.answers(data, item, &|row| {
                    ages.as_ref().is_none_or(|ages| Some(ages[row].as_str()) == age)
                });
                let mean = lines.mean(&answers).unwrap();
                figures_map.insert(format!("{name}.{item}"), json!([mean.mean, mean.se]));
                if name == "mean" && item == "csat_overall" {
                    figures_map.insert("mean_overall".to_owned(), mean.mean.into());
                    figures_map.insert("se_overall".to_owned(), mean.se.into());
                    figures_map.insert("se".to_owned(), mean.se.into());
                }
                if name == "mean" && item == "t2b" {
                    let total: f64 =
                        answers.iter().map(|part| part.x * part.sum * weighted.factors[part.cell]).sum();
                    figures_map.insert("total_top2".to_owned(), total.into());
                    let se = lines.variance(&answers).unwrap().sqrt();
                    figures_map.insert("se_total".to_owned(), se.into());
                }
            }
        }
        figures
    }

    fn answers(&self, data: &Data, item: &str, within: &dyn Fn(usize) -> bool) -> Vec<Answers> {
        let column = match item {
            "np" => "nps",
            "t2b" => "csat_overall",
            own => own,
        };
        let mut found: BTreeMap<(usize, i64), Answers> = BTreeMap::new();
        for (row, cell) in
            data.groups(column).iter().enumerate().filter(|(row, cell)| !cell.is_empty() && within(*row))
        {
            let value: i64 = cell.parse().unwrap();
            let x = match item {
                "np" => i64::from(value >= 9) - i64::from(value <= 6),
                "t2b" => i64::from(value >= 4),
                _ => value,
            };
            let (cell, d) = self.rows[row];
            let empty = Answers { cell, x: x as f64, n: 0, sum: 0.0, sum_of_squares: 0.0 };
            let part = found.entry((cell, x)).or_insert(empty);
            part.n += 1;
            part.sum += d;
            part.sum_of_squares += d * d;
        }
        found.into_values().collect()
    }
}
