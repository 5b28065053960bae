//! The final weight of every row, for those who go on elsewhere.

use std::collections::BTreeMap;

use crate::report::{RowWeight, RowWeights};
use crate::survey::Survey;
use crate::tally::{AnswerRows, Counted, DesignCell, DesignPlan, Plan, Wanted};

use super::design::Designed;

/// What a pass keeps of each row, so that its weight can be told: the variables of the design, and the id.
pub fn wanted_for_weights(survey: &Survey, plan: &Plan) -> Wanted {
    Wanted {
        variables: design_variables(&plan.design).collect(),
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
    let kept: Vec<usize> = (0..design_variables(&plan.design).count()).collect();
    let weights = FinalWeights::new((&plan.design, &kept), counted, rows, designed);
    let of_row = |row: usize| {
        let position = rows.position(row)?;
        let wave = rows.wave(row).and_then(|wave| counted.waves.get(wave));
        Some(RowWeight {
            input: u64::try_from(position.input).unwrap_or(u64::MAX),
            row: position.row,
            id: survey.data.id.as_ref().map(|_| rows.text(0, row).to_owned()),
            wave: wave.map(|wave| wave.label.clone()),
            weight: weights.of(row),
        })
    };
    RowWeights {
        inputs: counted.inputs.iter().map(|input| input.name.clone()).collect(),
        id: survey.data.id.clone(),
        // What has no weight is not counted: a target of 0, or a wave that cannot be weighted.
        rows: (0..rows.rows()).filter_map(of_row).filter(|row| row.weight > 0.0).collect(),
    }
}

/// The variables of a design, as indexes into those of the plan, in the order raking, stratum, cluster.
pub(super) fn design_variables(design: &DesignPlan) -> impl Iterator<Item = usize> {
    design.raking.iter().chain(&design.stratum).chain(&design.cluster).copied()
}

/// Tells the final weight of rows that were kept: the design weight times what the targets make of it.
pub(super) struct FinalWeights<'a> {
    counted: &'a Counted,
    rows: &'a AnswerRows,
    designed: Option<&'a Designed>,
    /// Where the variables of the design stand among the columns of the rows.
    columns: &'a [usize],
    by_weight: bool,
    cells: BTreeMap<Key, usize>,
    /// By variable of the design and code of the rows, its code in the design.
    codes: Vec<Vec<Option<u32>>>,
}

impl<'a> FinalWeights<'a> {
    /// Of rows that keep the variables of the design in these columns, in the order of [`design_variables`].
    pub(super) fn new(
        (design, columns): (&DesignPlan, &'a [usize]),
        counted: &'a Counted,
        rows: &'a AnswerRows,
        designed: Option<&'a Designed>,
    ) -> Self {
        let key = |(place, cell): (usize, &DesignCell)| {
            let drawn =
                design.stratum.map(|_| cell.stratum).into_iter().chain(design.cluster.map(|_| cell.cluster));
            let codes = cell.raking.iter().copied().chain(drawn).collect();
            ((cell.wave, codes, split(design.by_weight, cell.weights.min)), place)
        };
        // The rows know the categories that they have; those of the design may have more.
        let codes = columns.iter().enumerate().map(|(place, column)| {
            let known = counted.design_names.get(place).map_or(&[][..], Vec::as_slice);
            let places: BTreeMap<&str, u32> = known.iter().map(String::as_str).zip(0..).collect();
            rows.names(*column).iter().map(|name| places.get(name.as_str()).copied()).collect()
        });
        Self {
            counted,
            rows,
            designed,
            columns,
            by_weight: design.by_weight,
            cells: counted.cells.iter().enumerate().map(key).collect(),
            codes: codes.collect(),
        }
    }

    /// The weight of a row; 0 where its wave cannot be weighted.
    pub(super) fn of(&self, row: usize) -> f64 {
        self.in_cell(row).0
    }

    /// The weight of a row, and the cell of the design in which it is, where there is one.
    pub(super) fn in_cell(&self, row: usize) -> (f64, Option<usize>) {
        let own = self.rows.weight(row);
        // Without cells of a design nothing was solved.
        let Some(designed) = self.designed.filter(|_| !self.counted.cells.is_empty()) else {
            return (own, None);
        };
        let code =
            |(column, codes): (&usize, &Vec<Option<u32>>)| *codes.get(self.rows.answer(*column, row)?)?;
        let codes = self.columns.iter().zip(&self.codes).map(code).collect();
        let cell = self.cells.get(&(self.rows.wave(row), codes, split(self.by_weight, own))).copied();
        (cell.map_or(0.0, |cell| own * designed.factor(cell)), cell)
    }
}

/// What of a weight tells cells apart.
fn split(by_weight: bool, weight: f64) -> u64 {
    if by_weight { weight.to_bits() } else { 0 }
}

/// A wave, the codes of the design's variables in it, and where cells are split by it, the weight.
type Key = (Option<usize>, Vec<Option<u32>>, u64);
