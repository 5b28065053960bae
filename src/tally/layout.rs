//! A plan made ready for the hot path: which counter of a stratum each answer adds to, and which strata are kept.
//!
//! A stratum has one run of counters of fixed length (rows first, then every tally whose points are known before
//! reading), rows of counters that grow with the categories found, and number tallies. Only groupings that are
//! no part of another are counted; the others, the total first of all, are their sums.

use super::account::Verdict;
use super::base::Base;
use super::error::CountError;
use super::exclusion::{ExcludedRows, Exclusion};
use super::plan::{Coding, Plan, Tally};
use crate::prepare::BoundFilter;
use crate::survey::{DateColumn, REASONS, WaveRule};

/// The deepest crossing that a stratum's key holds beside the wave.
const DEEPEST_CROSSING: usize = 7;

/// The deepest crossing that it holds beside the cell of the design, whose own variables cost nothing.
const DEEPEST_CROSSING_OF_CELLS: usize = 6;

/// Where a tally's counts stand in a stratum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Reasons and points in the fixed run.
    Single { offset: usize, variable: usize, points: usize },
    /// Reasons and the joint table in the fixed run.
    Pair { offset: usize, first: usize, second: usize, first_points: usize, second_points: usize },
    /// Reasons and categories in a growing row.
    Growing { row: usize, variable: usize },
    /// Reasons and options in a growing row, rows with an answer in the fixed run.
    Multiple { row: usize, variable: usize, answered: usize },
    /// A number tally.
    Number { slot: usize, variable: usize },
}

/// A grouping of the plan as a sum over one that is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Derived {
    /// Which counted grouping.
    pub(super) counted: usize,
    /// Where the codes of its segments stand, in the order of the plan's grouping.
    pub(super) places: Vec<KeyPlace>,
}

/// Where the code of a segment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyPlace {
    /// At this place of the counted grouping's key.
    Segment(usize),
    /// At this place among the variables of the design: it follows from the cell.
    Design(usize),
}

/// The plan as the workers see it.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// Counters of the fixed run; the first counts rows.
    pub(super) fixed: usize,
    /// Growing rows a stratum.
    pub(super) growing: usize,
    /// Number tallies a stratum.
    pub(super) numbers: usize,
    /// One a tally of the plan.
    pub(super) places: Vec<Place>,
    /// The groupings that are counted, as variables; those of the design are in none.
    pub(super) counted: Vec<Vec<usize>>,
    /// One a grouping of the plan.
    pub(super) derived: Vec<Derived>,
    /// Variables that conditions look at.
    pub(super) filtered: Vec<usize>,
    /// Variables whose odd cells are taken note of elsewhere: those of a condition that has looked at the rows before.
    pub(super) noted: Vec<usize>,
    /// The condition of each exclusion of the plan, with nothing worked out yet.
    pub(super) filters: Vec<Option<BoundFilter>>,
    /// The condition of each base of the plan, likewise.
    pub(super) bases: Vec<Option<BoundFilter>>,
    /// The exclusion of rows with an id that others have.
    pub(super) repeated: Option<usize>,
    /// The other variables that are coded.
    pub(super) unfiltered: Vec<usize>,
    /// By variable, the one whose codes it takes: itself, or an earlier scale that reads the same cells alike.
    pub(super) coded_as: Vec<usize>,
    /// The variables of the design: raking, stratum, cluster.
    pub(super) design: Vec<usize>,
    /// The variables without which a row is left out, each with the reason.
    pub(super) required: Vec<(usize, Verdict)>,
    /// The variables that group by their sets of options.
    pub(super) sets: Vec<usize>,
    /// By variable, the column of a batch that has its codes in keys.
    pub(super) key_columns: Vec<usize>,
    /// Whether a variable is in a grouping of the plan.
    pub(super) is_segment: Vec<bool>,
    /// Whether a variable is looked at by conditions alone, so that its categories need not be kept.
    pub(super) filter_only: Vec<bool>,
    /// The date columns, each once.
    pub(super) dates: Vec<DateColumn>,
    /// The date column that gives the wave.
    pub(super) wave_date: Option<usize>,
    /// By variable, the date column at which its age is taken.
    pub(super) age_dates: Vec<Option<usize>>,
}

impl Layout {
    /// Lays a plan out.
    ///
    /// # Errors
    /// A tally or grouping of a variable whose coding does not fit, or too deep a crossing.
    pub(super) fn new(plan: &Plan) -> Result<Self, CountError> {
        let filters = bound_filters(plan)?;
        let bases = bound_bases(plan)?;
        let is_repeated = |exclusion: &Exclusion| matches!(exclusion.rows, ExcludedRows::Repeated { .. });
        let mut layout = Self {
            fixed: 1,
            growing: 0,
            numbers: 0,
            places: Vec::with_capacity(plan.tallies.len()),
            counted: Vec::new(),
            derived: Vec::new(),
            filtered: looked_at(filters.iter().chain(&bases)),
            noted: Vec::new(),
            filters,
            bases,
            repeated: plan.exclusions.iter().position(is_repeated),
            unfiltered: Vec::new(),
            coded_as: Vec::new(),
            design: design_variables(plan)?,
            required: required(plan),
            sets: Vec::new(),
            key_columns: Vec::new(),
            is_segment: Vec::new(),
            filter_only: Vec::new(),
            dates: Vec::new(),
            wave_date: None,
            age_dates: Vec::new(),
        };
        for tally in &plan.tallies {
            let place = layout.place(plan, *tally)?;
            layout.places.push(place);
        }
        layout.group(plan)?;
        // Codes that conditions look at or bases change are a variable's own.
        let based = plan.bases.iter().flat_map(|base| base.variables.iter().copied());
        let own: Vec<usize> = layout.filtered.iter().copied().chain(based).collect();
        layout.coded_as = (0..plan.variables.len()).map(|variable| coded_as(plan, &own, variable)).collect();
        layout.unfiltered = (0..plan.variables.len())
            .filter(|variable| !layout.filtered.contains(variable) && layout.coded_as[*variable] == *variable)
            .collect();
        layout.filter_only = (0..plan.variables.len())
            .map(|variable| layout.filtered.contains(&variable) && !is_counted(plan, variable))
            .collect();
        layout.find_key_columns(plan);
        layout.find_dates(plan);
        Ok(layout)
    }

    /// How rows are counted that only a condition leaves out: into the cells of the design and nothing else. `None` without
    /// a design or a condition.
    pub(super) fn of_unkept(&self, plan: &Plan) -> Option<Self> {
        let first = plan.exclusions.iter().position(Exclusion::is_domain)?;
        if self.design.is_empty() {
            return None;
        }
        let looked_at_again = |(place, rule): &(usize, &Exclusion)| is_for_unkept(first, *place, rule);
        let rules = plan.exclusions.iter().enumerate().filter(looked_at_again);
        let filtered = looked_at(rules.filter_map(|(place, _)| self.filters.get(place)));
        let mut unfiltered: Vec<usize> =
            self.design.iter().map(|&variable| self.coded_as[variable]).collect();
        unfiltered.sort_unstable();
        unfiltered.dedup();
        unfiltered.retain(|variable| !filtered.contains(variable));
        Some(Self {
            fixed: 1,
            growing: 0,
            numbers: 0,
            places: Vec::new(),
            counted: vec![Vec::new()],
            derived: Vec::new(),
            filtered,
            noted: self.filtered.clone(),
            bases: Vec::new(),
            unfiltered,
            filter_only: vec![false; plan.variables.len()],
            ..self.clone()
        })
    }

    /// How many segments can be crossed, those of the design not counted.
    pub(super) fn deepest_crossing(&self) -> usize {
        if self.design.is_empty() { DEEPEST_CROSSING } else { DEEPEST_CROSSING_OF_CELLS }
    }

    /// The raking variables that are ages where rows without them are left out: the order of day and month may decide.
    pub(super) fn open_answers(&self) -> Vec<usize> {
        let required = self.required.iter().map(|(variable, _)| *variable);
        required.filter(|variable| self.age_dates[*variable].is_some()).collect()
    }

    /// Counters of a stratum when a growing row's variable has `categories(variable)` categories.
    pub(super) fn cells(&self, mut categories: impl FnMut(usize) -> usize) -> u64 {
        let growing: usize = self
            .places
            .iter()
            .map(|place| match place {
                Place::Growing { variable, .. } | Place::Multiple { variable, .. } => {
                    REASONS + categories(*variable)
                }
                Place::Single { .. } | Place::Pair { .. } | Place::Number { .. } => 0,
            })
            .sum();
        u64::try_from(self.fixed + growing + self.numbers).unwrap_or(u64::MAX)
    }

    fn place(&mut self, plan: &Plan, tally: Tally) -> Result<Place, CountError> {
        match tally {
            Tally::Single(variable) => match &plan.variables[variable].coding {
                Coding::Category { .. } | Coding::AgeBands { .. } => {
                    Ok(Place::Growing { row: next(&mut self.growing, 1), variable })
                }
                Coding::Scale(_) | Coding::Bands(_) => {
                    let points = fixed_points(plan, variable, "counted by its answers")?;
                    Ok(Place::Single { offset: next(&mut self.fixed, REASONS + points), variable, points })
                }
                Coding::Multiple { .. } | Coding::Number => {
                    Err(unfit(plan, variable, "counted by its answers"))
                }
            },
            Tally::Pair(first, second) => {
                let first_points = fixed_points(plan, first, "half of a pair")?;
                let second_points = fixed_points(plan, second, "half of a pair")?;
                let offset = next(&mut self.fixed, REASONS + first_points * second_points);
                Ok(Place::Pair { offset, first, second, first_points, second_points })
            }
            Tally::Multiple(variable) => match &plan.variables[variable].coding {
                Coding::Multiple { .. } => Ok(Place::Multiple {
                    row: next(&mut self.growing, 1),
                    variable,
                    answered: next(&mut self.fixed, 1),
                }),
                _ => Err(unfit(plan, variable, "counted as several answers")),
            },
            Tally::Number(variable) => match &plan.variables[variable].coding {
                Coding::Number => Ok(Place::Number { slot: next(&mut self.numbers, 1), variable }),
                _ => Err(unfit(plan, variable, "counted as a number")),
            },
        }
    }

    fn group(&mut self, plan: &Plan) -> Result<(), CountError> {
        for &variable in plan.groupings.iter().flatten() {
            if matches!(plan.variables[variable].coding, Coding::Number) {
                return Err(unfit(plan, variable, "a segment; give it bands"));
            }
        }
        let keyed = |grouping: &Vec<usize>| -> Vec<usize> {
            grouping.iter().copied().filter(|variable| !self.design.contains(variable)).collect()
        };
        let keyed: Vec<Vec<usize>> = plan.groupings.iter().map(keyed).collect();
        for (index, grouping) in keyed.iter().enumerate() {
            let limit = self.deepest_crossing();
            if grouping.len() > limit {
                let segments = grouping.iter().map(|&variable| plan.variables[variable].id.clone()).collect();
                return Err(CountError::CrossingTooDeep {
                    segments,
                    limit,
                    beside_design: !self.design.is_empty(),
                });
            }
            let covered = keyed.iter().enumerate().any(|(other_index, other)| {
                let within = grouping.iter().all(|variable| other.contains(variable));
                let equal = within && other.iter().all(|variable| grouping.contains(variable));
                within && (!equal || other_index < index)
            });
            if !covered {
                self.counted.push(grouping.clone());
            }
        }
        if self.counted.is_empty() {
            self.counted.push(Vec::new());
        }
        for grouping in &plan.groupings {
            let found = self.counted.iter().enumerate().find_map(|(counted, key)| {
                let place = |variable: &usize| {
                    let of_design = self.design.iter().position(|other| other == variable);
                    let of_key = || key.iter().position(|other| other == variable);
                    of_design.map(KeyPlace::Design).or_else(|| of_key().map(KeyPlace::Segment))
                };
                let places = grouping.iter().map(place).collect::<Option<Vec<KeyPlace>>>()?;
                Some(Derived { counted, places })
            });
            self.derived.extend(found);
        }
        Ok(())
    }

    fn find_key_columns(&mut self, plan: &Plan) {
        self.key_columns.clone_from(&self.coded_as);
        for (variable, definition) in plan.variables.iter().enumerate() {
            let is_segment = plan.groupings.iter().any(|grouping| grouping.contains(&variable));
            self.is_segment.push(is_segment);
            if is_segment && matches!(definition.coding, Coding::Multiple { .. }) {
                self.key_columns[variable] = plan.variables.len() + self.sets.len();
                self.sets.push(variable);
            }
        }
    }

    fn find_dates(&mut self, plan: &Plan) {
        let wave = plan.wave.as_ref().filter(|wave| matches!(wave.rule, WaveRule::Every(_)));
        if let Some(date) = wave.and_then(|wave| wave.date.clone()) {
            self.dates.push(date);
            self.wave_date = Some(0);
        }
        for variable in &plan.variables {
            let age_date = match &variable.coding {
                Coding::AgeBands { date, .. } => {
                    let known = self.dates.iter().position(|other| other == date);
                    Some(known.unwrap_or_else(|| {
                        self.dates.push(date.clone());
                        self.dates.len() - 1
                    }))
                }
                _ => None,
            };
            self.age_dates.push(age_date);
        }
    }
}

/// The variables of the design: raking, stratum, cluster.
fn design_variables(plan: &Plan) -> Result<Vec<usize>, CountError> {
    let design = &plan.design;
    for &variable in &design.raking {
        if matches!(plan.variables[variable].coding, Coding::Multiple { .. } | Coding::Number) {
            return Err(unfit(plan, variable, "raked to targets; give it bands or single answers"));
        }
    }
    for (variable, wanted) in
        [(design.stratum, "the stratum of a row"), (design.cluster, "the cluster of a row")]
    {
        let fits = |variable: &usize| {
            matches!(
                plan.variables[*variable].coding,
                Coding::Category { .. } | Coding::Scale(_) | Coding::Bands(_)
            )
        };
        if let Some(variable) = variable.filter(|variable| !fits(variable)) {
            return Err(unfit(plan, variable, wanted));
        }
    }
    Ok(design.raking.iter().copied().chain(design.stratum).chain(design.cluster).collect())
}

/// The variables without which a row is left out, with the reason.
fn required(plan: &Plan) -> Vec<(usize, Verdict)> {
    let design = &plan.design;
    let raking = design.raking.iter().filter(|_| design.leaves_out_unanswered);
    let raking = raking.map(|&variable| (variable, Verdict::NoRakingAnswer(variable)));
    let stratum = design.stratum.map(|variable| (variable, Verdict::NoStratum(variable)));
    let cluster = design.cluster.map(|variable| (variable, Verdict::NoCluster(variable)));
    raking.chain(stratum).chain(cluster).collect()
}

/// Takes `count` places and returns the first.
fn next(used: &mut usize, count: usize) -> usize {
    let first = *used;
    *used += count;
    first
}

fn fixed_points(plan: &Plan, variable: usize, wanted: &'static str) -> Result<usize, CountError> {
    match &plan.variables[variable].coding {
        Coding::Scale(scale) => Ok(scale.points()),
        Coding::Bands(bands) => Ok(bands.len()),
        _ => Err(unfit(plan, variable, wanted)),
    }
}

fn unfit(plan: &Plan, variable: usize, wanted: &'static str) -> CountError {
    CountError::UnfitVariable { id: plan.variables[variable].id.clone(), wanted }
}

fn bound_filters(plan: &Plan) -> Result<Vec<Option<BoundFilter>>, CountError> {
    let by_id = |name: &str| plan.variables.iter().position(|variable| variable.id == name);
    let bind = |exclusion: &Exclusion| {
        exclusion.rows.filter().map(|filter| BoundFilter::bind(filter, by_id)).transpose()
    };
    plan.exclusions.iter().map(bind).collect::<Result<_, _>>().map_err(CountError::Filter)
}

fn bound_bases(plan: &Plan) -> Result<Vec<Option<BoundFilter>>, CountError> {
    let by_id = |name: &str| plan.variables.iter().position(|variable| variable.id == name);
    let bind = |base: &Base| BoundFilter::bind(&base.condition, by_id).map(Some);
    plan.bases.iter().map(bind).collect::<Result<_, _>>().map_err(CountError::Filter)
}

/// The variables that conditions look at, each once.
fn looked_at<'a>(filters: impl Iterator<Item = &'a Option<BoundFilter>>) -> Vec<usize> {
    let mut variables: Vec<usize> = filters.flatten().flat_map(BoundFilter::variables).collect();
    variables.sort_unstable();
    variables.dedup();
    variables
}

/// Whether the exclusion at a place is looked at once more for rows that the condition at `first` does not keep: those
/// before have let them by.
pub(super) fn is_for_unkept(first: usize, place: usize, rule: &Exclusion) -> bool {
    place > first && !rule.is_domain()
}

/// The first variable that has the codes of this one: a column may be a question and half of a gap.
fn coded_as(plan: &Plan, own: &[usize], variable: usize) -> usize {
    let this = &plan.variables[variable];
    let is_same = |other: &usize| {
        let that = &plan.variables[*other];
        that.columns == this.columns && that.coding == this.coding && !own.contains(other)
    };
    if matches!(this.coding, Coding::Scale(_)) && !own.contains(&variable) {
        (0..variable).find(is_same).unwrap_or(variable)
    } else {
        variable
    }
}

fn is_counted(plan: &Plan, variable: usize) -> bool {
    let design = &plan.design;
    plan.groupings.iter().any(|grouping| grouping.contains(&variable))
        || design.raking.iter().chain(&design.stratum).chain(&design.cluster).any(|&of| of == variable)
        || plan.tallies.iter().any(|tally| match *tally {
            Tally::Single(one) | Tally::Multiple(one) | Tally::Number(one) => one == variable,
            Tally::Pair(first, second) => first == variable || second == variable,
        })
}
