//! The final weight of every row, for those who go on elsewhere.

use std::collections::BTreeMap;

use crate::report::{RowWeight, RowWeights};
use crate::survey::Survey;
use crate::tally::{AnswerRows, Counted, Plan, Wanted};

use super::design::Designed;

/// What a pass keeps of each row, so that its weight can be told: the variables of the design, and the id.
pub fn wanted_for_weights(survey: &Survey, plan: &Plan) -> Wanted {
    let design = &plan.design;
    let variables = design.raking.iter().chain(&design.stratum).chain(&design.cluster).copied();
    Wanted {
        variables: variables.collect(),
        texts: survey.data.id.iter().map(|id| vec![id.clone()]).collect(),
        ..Wanted::default()
    }
}

/// The weight of every row that is counted, in file order.
pub fn row_weights(
    survey: &Survey,
    plan: &Plan,
    counted: &Counted,
    rows: &AnswerRows,
    designed: Option<&Designed>,
) -> RowWeights {
    let design = &plan.design;
    let raking = design.raking.len();
    let split = |weight: f64| if design.by_weight { weight.to_bits() } else { 0 };
    let by_codes: BTreeMap<Key, usize> = counted
        .cells
        .iter()
        .enumerate()
        .map(|(place, cell)| {
            let drawn =
                design.stratum.map(|_| cell.stratum).into_iter().chain(design.cluster.map(|_| cell.cluster));
            let codes = cell.raking.iter().copied().chain(drawn).collect();
            ((cell.wave, codes, split(cell.weights.min)), place)
        })
        .collect();
    let columns = raking + usize::from(design.stratum.is_some()) + usize::from(design.cluster.is_some());
    // The rows know the categories that they have; those of the design may have more.
    let codes: Vec<Vec<Option<u32>>> =
        (0..columns).map(|column| design_codes(counted, rows, column)).collect();
    let weight = |row: usize| {
        let Some(designed) = designed else { return rows.weight(row) };
        let code = |(column, codes): (usize, &Vec<Option<u32>>)| *codes.get(rows.answer(column, row)?)?;
        let codes = codes.iter().enumerate().map(code).collect();
        let cell = by_codes.get(&(rows.wave(row), codes, split(rows.weight(row))));
        cell.map_or(0.0, |cell| rows.weight(row) * designed.factor(*cell))
    };
    let of_row = |row: usize| {
        let position = rows.position(row)?;
        let wave = rows.wave(row).and_then(|wave| counted.waves.get(wave));
        Some(RowWeight {
            input: u64::try_from(position.input).unwrap_or(u64::MAX),
            row: position.row,
            id: survey.data.id.as_ref().map(|_| rows.text(0, row).to_owned()),
            wave: wave.map(|wave| wave.label.clone()),
            weight: weight(row),
        })
    };
    RowWeights {
        inputs: counted.inputs.iter().map(|input| input.name.clone()).collect(),
        id: survey.data.id.clone(),
        // What has no weight is not counted: a target of 0, or a wave that cannot be weighted.
        rows: (0..rows.rows()).filter_map(of_row).filter(|row| row.weight > 0.0).collect(),
    }
}

/// By code of a column of rows, the code that the design has for the same category.
fn design_codes(counted: &Counted, rows: &AnswerRows, column: usize) -> Vec<Option<u32>> {
    let known = counted.design_names.get(column).map_or(&[][..], Vec::as_slice);
    let places: BTreeMap<&str, u32> = known.iter().map(String::as_str).zip(0..).collect();
    rows.names(column).iter().map(|name| places.get(name.as_str()).copied()).collect()
}

/// A wave, the codes of the design's variables in it, and where cells are split by it, the weight.
type Key = (Option<usize>, Vec<Option<u32>>, u64);
