//! The sample put beside the targets: which cells take part, and which category of each margin they are in.

use std::collections::BTreeMap;

use super::scheme::{Margin, Missing, Scheme};
use super::targets::Targets;
use super::{Cell, Failure, Place};

/// Cells and margins that fit each other.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Problem {
    /// The cells with weight that take part, by their place in the caller's list.
    pub(super) used: Vec<usize>,
    /// Rows of those.
    pub(super) rows: u64,
    /// The sum of their design weights.
    pub(super) sum: f64,
    /// The cells whose rows are left out for a missing answer.
    pub(super) unanswered: Vec<usize>,
    /// Rows of those.
    pub(super) excluded: u64,
    /// Rows left out because their category has the target 0.
    pub(super) unwanted: u64,
    /// The margins.
    pub(super) margins: Vec<Fitted>,
}

/// A margin with the sample's figures.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fitted {
    pub(super) variables: Vec<usize>,
    pub(super) categories: Vec<Category>,
    /// The category of every used cell; `None` where it is missing and imputed, or outside its part.
    pub(super) groups: Vec<Option<usize>>,
}

impl Fitted {
    /// Whether it weighs every used cell.
    pub(super) fn is_complete(&self) -> bool {
        !self.groups.contains(&None)
    }

    /// The design weights of the cells that it weighs.
    pub(super) fn weight(&self) -> f64 {
        total(self.categories.iter().map(|category| category.weight))
    }
}

/// A category with a target above 0.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Category {
    pub(super) codes: Vec<Option<u32>>,
    /// Its place among the targets, and after them for one of missing answers.
    pub(super) place: usize,
    /// The share of the weights it is to have among the rows that this margin weighs.
    pub(super) share: f64,
    pub(super) rows: u64,
    pub(super) weight: f64,
}

/// What a cell is to a margin.
enum Position {
    Target(usize),
    Missing,
    Unknown,
    Outside,
}

impl Problem {
    pub(super) fn of(cells: &[Cell], scheme: &Scheme, targets: &Targets) -> Result<Self, Vec<Failure>> {
        let mut failures = Vec::new();
        let indexes: Vec<Index<'_>> = scheme.margins.iter().map(Index::of).collect();
        let mut problem = Self {
            used: Vec::new(),
            rows: 0,
            sum: 0.0,
            unanswered: Vec::new(),
            excluded: 0,
            unwanted: 0,
            margins: Vec::new(),
        };
        let mut unknown: BTreeMap<(usize, Vec<Option<u32>>), u64> = BTreeMap::new();
        for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| cell.n > 0) {
            let (mut leaves, mut unwanted) = (false, false);
            for (margin, index) in indexes.iter().enumerate() {
                match index.position(cell) {
                    Position::Target(target) => unwanted |= targets.shares[margin][target] <= 0.0,
                    Position::Missing => leaves |= scheme.missing == Missing::Exclude,
                    Position::Unknown => {
                        *unknown.entry((margin, index.codes(cell))).or_default() += cell.n;
                    }
                    Position::Outside => {}
                }
            }
            if leaves {
                problem.unanswered.push(at);
                problem.excluded += cell.n;
            } else if unwanted {
                problem.unwanted += cell.n;
            } else if cell.has_weight() {
                problem.used.push(at);
                problem.rows += cell.n;
            }
        }
        for ((margin, categories), rows) in unknown {
            let variables = scheme.margins[margin].variables.clone();
            failures.push(Failure::UnknownCategory { margin, variables, categories, rows });
        }
        if problem.used.is_empty() && failures.is_empty() {
            let rows = cells.iter().map(|cell| cell.n).sum();
            failures.push(Failure::NoWeight { rows, excluded: problem.excluded });
            return Err(failures);
        }
        problem.sum = total(problem.used.iter().map(|at| cells[*at].sum));
        for (margin, index) in indexes.iter().enumerate() {
            let fitted = problem.fit(cells, margin, index, &targets.shares[margin], scheme, &mut failures);
            problem.margins.push(fitted);
        }
        if failures.is_empty() { Ok(problem) } else { Err(failures) }
    }

    fn fit(
        &self,
        cells: &[Cell],
        number: usize,
        index: &Index<'_>,
        shares: &[f64],
        scheme: &Scheme,
        failures: &mut Vec<Failure>,
    ) -> Fitted {
        let margin = index.margin;
        let mut seen = vec![0_u64; shares.len()];
        let mut rows = vec![0_u64; shares.len()];
        let mut weights = vec![Vec::new(); shares.len()];
        let mut missing: BTreeMap<Vec<Option<u32>>, (u64, Vec<f64>)> = BTreeMap::new();
        for cell in cells {
            if let Position::Target(target) = index.position(cell) {
                seen[target] += cell.n;
            }
        }
        let mut within = Vec::new();
        for at in &self.used {
            let cell = &cells[*at];
            let position = index.position(cell);
            if !matches!(position, Position::Outside) {
                within.push(cell.sum);
            }
            match position {
                Position::Target(target) => {
                    rows[target] += cell.n;
                    weights[target].push(cell.sum);
                }
                Position::Missing if scheme.missing == Missing::OwnCategory => {
                    let own = missing.entry(index.codes(cell)).or_default();
                    own.0 += cell.n;
                    own.1.push(cell.sum);
                }
                Position::Missing | Position::Unknown | Position::Outside => {}
            }
        }
        let weights: Vec<f64> = weights.into_iter().map(total).collect();
        let within = total(within);
        let held: f64 = missing.values().map(|(_, own)| total(own.iter().copied()) / within).sum();
        let mut categories = Vec::new();
        for (place, share) in shares.iter().enumerate().filter(|(_, share)| **share > 0.0) {
            let codes = margin.targets[place].categories.clone();
            if weights[place] <= 0.0 {
                failures.push(Failure::EmptyCategory {
                    variables: margin.variables.clone(),
                    place: Place { margin: number, category: place },
                    categories: codes,
                    target: *share,
                    rows: seen[place],
                    neighbour: neighbour(margin, place, &weights, &rows),
                });
                continue;
            }
            let share = share * (1.0 - held);
            categories.push(Category { codes, place, share, rows: rows[place], weight: weights[place] });
        }
        for (extra, (codes, (rows, own))) in missing.into_iter().enumerate() {
            let weight = total(own);
            let place = shares.len() + extra;
            categories.push(Category { codes, place, share: weight / within, rows, weight });
        }
        let of: BTreeMap<&[Option<u32>], usize> =
            categories.iter().enumerate().map(|(at, category)| (category.codes.as_slice(), at)).collect();
        let group = |at: &usize| {
            let cell = &cells[*at];
            if index.is_within(cell) { of.get(index.codes(cell).as_slice()).copied() } else { None }
        };
        let groups = self.used.iter().map(group).collect();
        Fitted { variables: margin.variables.clone(), categories, groups }
    }
}

/// A margin's targets by their categories.
struct Index<'a> {
    margin: &'a Margin,
    targets: BTreeMap<&'a [Option<u32>], usize>,
}

impl<'a> Index<'a> {
    fn of(margin: &'a Margin) -> Self {
        let targets = margin.targets.iter().enumerate();
        Self { margin, targets: targets.map(|(at, target)| (target.categories.as_slice(), at)).collect() }
    }

    fn codes(&self, cell: &Cell) -> Vec<Option<u32>> {
        self.margin.variables.iter().map(|variable| cell.categories[*variable]).collect()
    }

    fn is_within(&self, cell: &Cell) -> bool {
        self.margin.within.is_none_or(|within| cell.categories[within.variable] == within.category)
    }

    fn position(&self, cell: &Cell) -> Position {
        if !self.is_within(cell) {
            return Position::Outside;
        }
        let codes = self.codes(cell);
        match self.targets.get(codes.as_slice()) {
            Some(target) => Position::Target(*target),
            None if codes.contains(&None) => Position::Missing,
            None => Position::Unknown,
        }
    }
}

/// The nearest category with weight that differs in the last variable only, the smaller of two equally near.
fn neighbour(margin: &Margin, place: usize, weights: &[f64], rows: &[u64]) -> Option<Vec<Option<u32>>> {
    let codes = |at: usize| &margin.targets[at].categories;
    let fixed = codes(place).len() - 1;
    let near = |at: usize| weights[at] > 0.0 && codes(at)[..fixed] == codes(place)[..fixed];
    let candidates = (0..weights.len()).filter(|at| near(*at));
    candidates.min_by_key(|at| (at.abs_diff(place), rows[*at])).map(|at| codes(at).clone())
}

/// A sum without the digits that many small terms lose.
pub(super) fn total(terms: impl IntoIterator<Item = f64>) -> f64 {
    let (mut sum, mut lost) = (0.0_f64, 0.0_f64);
    for term in terms {
        let next = sum + term;
        lost += if sum.abs() >= term.abs() { (sum - next) + term } else { (term - next) + sum };
        sum = next;
    }
    sum + lost
}
