//! A plan bound to the header of each input: which field of a record holds which variable.

use std::sync::Arc;

use super::error::{CountError, MissingColumn};
use super::exclusion::Exclusion;
use super::layout::Layout;
use super::plan::Plan;
use crate::source::{Binding, DuplicateColumn, RepeatedHeader, Source};
use crate::survey::{NumberStyle, WaveRule};

/// Where the plan's columns stand in one input, as positions from 0; `None` where the input lacks them.
#[derive(Clone, Debug)]
pub(super) struct BoundInput {
    pub(super) delimiter: u8,
    pub(super) header_len: usize,
    /// How many columns of a list stand before those of the file.
    pub(super) brought: usize,
    pub(super) fields_needed: usize,
    pub(super) variables: Vec<Option<usize>>,
    /// By exclusion of the plan, the column that it looks at in this input.
    pub(super) excluding: Vec<Option<usize>>,
    pub(super) weight: Option<usize>,
    /// The header.
    pub(super) names: Vec<String>,
    /// The header records as they stood.
    pub(super) repeated: Arc<RepeatedHeader>,
    /// How the numbers of each variable are written.
    pub(super) styles: Vec<NumberStyle>,
    /// How weights are written.
    pub(super) weight_style: NumberStyle,
    /// By date column of the layout.
    pub(super) dates: Vec<Option<usize>>,
    /// The column of a wave that is no calendar period.
    pub(super) wave: Option<usize>,
    pub(super) unused: Vec<String>,
    pub(super) absent: Vec<String>,
}

impl BoundInput {
    /// Binds every input.
    ///
    /// # Errors
    /// A wanted column stands twice in a header, or in no header at all.
    pub(super) fn bind_all(
        plan: &Plan,
        layout: &Layout,
        sources: &[Source],
    ) -> Result<Vec<Self>, CountError> {
        let inputs: Vec<Self> = (0..)
            .zip(sources)
            .map(|(input, source)| Self::bind(plan, layout, input, source))
            .collect::<Result<_, _>>()?;
        let mut missing = Vec::new();
        let mut require = |id: &str, columns: &[String], found: &dyn Fn(&Self) -> bool| {
            if !inputs.iter().any(found) {
                missing.push(MissingColumn { id: id.to_owned(), columns: columns.to_vec() });
            }
        };
        for (index, variable) in plan.variables.iter().enumerate() {
            require(&variable.id, &variable.columns, &|input| input.variables[index].is_some());
        }
        let repeated =
            layout.repeated.and_then(|rule| Some((rule, plan.exclusions.get(rule)?.rows.column()?)));
        if let Some((rule, column)) = repeated {
            require("id", std::slice::from_ref(column), &|input| input.excluding[rule].is_some());
        }
        if let Some(weight) = &plan.weight {
            require("weight", std::slice::from_ref(weight), &|input| input.weight.is_some());
        }
        for (index, date) in layout.dates.iter().enumerate() {
            require("date", std::slice::from_ref(&date.column), &|input| input.dates[index].is_some());
        }
        if let Some(column) = wave_column(plan) {
            require("wave", std::slice::from_ref(column), &|input| input.wave.is_some());
        }
        if missing.is_empty() || sources.is_empty() {
            Ok(inputs)
        } else {
            Err(CountError::MissingColumns(missing))
        }
    }

    fn bind(plan: &Plan, layout: &Layout, input: usize, source: &Source) -> Result<Self, CountError> {
        let mut binding = Binding::new(&source.header);
        let duplicate = |duplicate: DuplicateColumn| CountError::DuplicateColumn {
            input: source.name.clone(),
            column: duplicate.column,
            positions: duplicate.positions.iter().map(|at| at.saturating_sub(source.brought)).collect(),
        };
        let mut find = |names: &[String]| binding.find(names).map_err(duplicate);
        let variables: Vec<Option<usize>> =
            plan.variables.iter().map(|variable| find(&variable.columns)).collect::<Result<_, _>>()?;
        let weight = plan.weight.as_ref().map_or(Ok(None), |column| find(std::slice::from_ref(column)))?;
        let dates: Vec<Option<usize>> = layout
            .dates
            .iter()
            .map(|date| find(std::slice::from_ref(&date.column)))
            .collect::<Result<_, _>>()?;
        let wave = wave_column(plan).map_or(Ok(None), |column| find(std::slice::from_ref(column)))?;
        let style = |position: Option<usize>| {
            let style = position.and_then(|position| source.number_styles.get(position)).copied();
            style.unwrap_or_default().declared(plan.decimal)
        };
        // A row that is too short for what a rule looks at has an empty cell there, and can be counted.
        let fields_needed = binding.fields_needed();
        let mut of_rule = |exclusion: &Exclusion| {
            let concerns = exclusion.input.is_none_or(|of| of == input);
            match exclusion.rows.column().filter(|_| concerns) {
                Some(column) => binding.find(std::slice::from_ref(column)).map_err(duplicate),
                None => Ok(None),
            }
        };
        let excluding = plan.exclusions.iter().map(&mut of_rule).collect::<Result<_, _>>()?;
        Ok(Self {
            names: source.header.clone(),
            repeated: Arc::clone(&source.repeated),
            styles: variables.iter().map(|&position| style(position)).collect(),
            weight_style: style(weight),
            delimiter: source.delimiter,
            header_len: source.header.len(),
            fields_needed,
            brought: source.brought,
            variables,
            excluding,
            weight,
            dates,
            wave,
            unused: unused(&binding, source),
            absent: binding.absent().to_vec(),
        })
    }
}

/// The columns of the file that nobody mentioned; nobody has to mention those of a list.
fn unused(binding: &Binding<'_>, source: &Source) -> Vec<String> {
    let mut unused = binding.unused();
    unused.retain(|column| !source.header[..source.brought].contains(column));
    unused
}

/// The column that holds the wave, when the wave is no calendar period.
fn wave_column(plan: &Plan) -> Option<&String> {
    match &plan.wave.as_ref()?.rule {
        WaveRule::Column { column, .. } => Some(column),
        WaveRule::Every(_) => None,
    }
}
