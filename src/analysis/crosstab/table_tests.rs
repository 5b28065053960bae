//! Whether rows and columns of a table hang together: the test is chosen by rule, named with its reason, and may be
//! asked for instead.
//!
//! Categories: Pearson's chi-square; of two by two with an expected cell below five Fisher's exact test; with weights
//! Rao and Scott's second order by the design. On an ordered scale Kruskal and Wallis's test besides, with weights the
//! design-based rank test. Means: Welch's analysis of variance, with weights Wald's F. Balances: as the groups of a
//! report are tested. What overlaps (several answers) has no test of the whole table: of a question with several answers
//! each option is tested by itself, and columns that share respondents are compared by pairs only.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::related::Relations;
use crate::measures::{
    CellAnswers, DesignCovariances, DesignVariance, DomainAnswers, GroupTest, Side, effect_size, homogeneity,
    related_homogeneity, rounded, wald,
};
use crate::report::{CrosstabRowKind, TableTest};
use crate::stats::{
    Association, CellShares, ClusteredStratum, Confidence, Contingency, Linearised, Moments, OrderedGroups,
    RaoScott, StratumCells, WeightedCell, WeightedPoint, anova, design_homogeneity, fisher_exact, moments,
    rank_means,
};
use crate::tally::{Count, Counted, Counts, Stratum, StratumCell};

use super::ask::TestChoice;

/// Weighted groups of fewer answers, effectively, are left out of the rank test: their own variances, by which it
/// weighs them, find more than there is.
pub(super) const RANKED_FROM: f64 = 10.0;

/// Tables of more cells are not tested under targets with strata or clusters: their covariances would be too many.
const MOST_CELLS_UNDER_TARGETS: usize = 256;

/// A table to be tested.
pub(super) struct Tabulated<'a> {
    pub(super) counted: &'a Counted,
    /// Who knows the variances of the design.
    pub(super) design: Option<&'a dyn DesignVariance>,
    /// All respondents of the table, in the columns or not.
    pub(super) whole: &'a Stratum,
    /// The columns shown that have answers.
    pub(super) columns: Vec<&'a Stratum>,
    pub(super) tally: usize,
    /// The places of the categories, in the order of the rows.
    pub(super) categories: Vec<usize>,
    pub(super) ordered: bool,
    /// Whether a respondent may be in several rows.
    pub(super) several_answers: bool,
    pub(super) overlapping: bool,
    pub(super) design_rows: u64,
    pub(super) confidence: Confidence,
}

/// By stratum and cluster of the design its rows, and those in every cell of the table.
type ByUnit = BTreeMap<(Option<u32>, Option<u32>), (u64, Vec<WeightedCell>)>;

/// A row that is tested by itself, with its columns.
pub(super) struct Tested<'a> {
    pub(super) key: &'a str,
    pub(super) kind: CrosstabRowKind,
    /// The columns with a figure, by place.
    pub(super) sides: Vec<(usize, &'a Side)>,
    /// Under a design, how they move together.
    pub(super) relations: Option<Relations>,
    /// By column, the answers by what they count; for means.
    pub(super) answers: Vec<Vec<(f64, Count)>>,
}

/// What was asked for and does not fit the table.
pub(super) struct Unfit {
    pub(super) name: &'static str,
    pub(super) wanted: &'static str,
}

impl Tabulated<'_> {
    /// The test of the table and those of its rows.
    pub(super) fn tests(
        &self,
        rows: &[Tested],
        choice: Option<TestChoice>,
    ) -> Result<(Option<TableTest>, Vec<TableTest>), Unfit> {
        let mut further = Vec::new();
        if choice == Some(TestChoice::None) || self.overlapping || self.columns.len() < 2 {
            return Ok((None, further));
        }
        let mean = rows.iter().find(|row| row.kind == CrosstabRowKind::Mean && row.key != "index");
        if self.several_answers {
            let options = rows.iter().filter(|row| row.kind == CrosstabRowKind::Category);
            further.extend(options.filter_map(|row| by_sides(row, "each_option")));
            return Ok((None, further));
        }
        let test = match choice {
            None => {
                further.extend(self.ranks("ordered_scale"));
                further.extend(mean.and_then(|row| self.means(row, "mean_of_groups")));
                let by_categories = if self.counted.weighted {
                    self.rao_scott("weights")
                } else {
                    self.fisher("small_expected").or_else(|| self.chi_square("categories"))
                };
                // A number or a gap has no categories: its means are the table.
                if self.categories.is_empty() { further.pop() } else { by_categories }
            }
            Some(TestChoice::ChiSquare) => self.chi_square("asked"),
            Some(TestChoice::RaoScott) => self.rao_scott("asked"),
            Some(TestChoice::Fisher) => match self.two_by_two() {
                Some(_) => self.exact("asked"),
                None => return Err(Unfit { name: "Fisher's exact test", wanted: "a table of two by two" }),
            },
            Some(TestChoice::KruskalWallis) => {
                if !self.ordered {
                    let wanted = "answers on an ordered scale";
                    return Err(Unfit { name: "Kruskal and Wallis's test", wanted });
                }
                self.ranks("asked")
            }
            Some(TestChoice::Welch) => match mean {
                Some(row) => self.means(row, "asked"),
                None => return Err(Unfit { name: "Welch's test", wanted: "answers that have a mean" }),
            },
            Some(TestChoice::None) => None,
        };
        let balances = rows.iter().filter(|row| row.kind == CrosstabRowKind::Balance);
        further.extend(balances.filter_map(|row| by_sides(row, "balance_of_groups")));
        Ok((test, further))
    }

    /// The counts, row by row.
    fn counts(&self) -> Vec<Vec<u64>> {
        let of_row = |place: &usize| {
            self.columns.iter().map(|column| point(&column.counts, self.tally, *place).n).collect()
        };
        self.categories.iter().map(of_row).collect()
    }

    fn chi_square(&self, reason: &str) -> Option<TableTest> {
        let table = Contingency::new(&self.counts())?;
        let found = table.pearson()?;
        let association = Association::of(&table)?;
        let smaller = association.size.rows.min(association.size.columns);
        let thin =
            table.expected().iter().flatten().filter(|expected| **expected > 0.0 && **expected < 5.0).count();
        Some(TableTest {
            statistic: rounded(found.statistic),
            df: rounded(found.df),
            thin_cells: u64::try_from(thin).ok(),
            ..with_effect(
                plain("chi-square", found.p, reason)?,
                ("cramers-v", Some(association.cramers_v())),
                smaller,
            )
        })
    }

    /// The four counts where two rows and two columns have answers.
    fn two_by_two(&self) -> Option<[[u64; 2]; 2]> {
        let counts = self.counts();
        let filled: Vec<Vec<u64>> = {
            let used: Vec<usize> =
                (0..self.columns.len()).filter(|column| counts.iter().any(|row| row[*column] > 0)).collect();
            let rows = counts.iter().filter(|row| row.iter().any(|count| *count > 0));
            rows.map(|row| used.iter().map(|column| row[*column]).collect()).collect()
        };
        match filled.as_slice() {
            [first, second] => match (first.as_slice(), second.as_slice()) {
                ([a, b], [c, d]) => Some([[*a, *b], [*c, *d]]),
                _ => None,
            },
            _ => None,
        }
    }

    fn fisher(&self, reason: &str) -> Option<TableTest> {
        let table = self.two_by_two()?;
        let smallest = Contingency::new(&table.map(|row| row.to_vec()))?.smallest_expected();
        if smallest < 5.0 { self.exact(reason) } else { None }
    }

    fn exact(&self, reason: &str) -> Option<TableTest> {
        let table = self.two_by_two()?;
        let found = fisher_exact(table, self.confidence)?;
        let association = Association::of(&Contingency::new(&table.map(|row| row.to_vec()))?)?;
        let test = plain("fisher-exact", found.p, reason)?;
        Some(with_effect(test, ("cramers-v", Some(association.cramers_v())), 2))
    }

    fn rao_scott(&self, reason: &str) -> Option<TableTest> {
        let table = RaoScott::new(&self.cell_shares()?, self.columns.len())?;
        let found = table.second_order()?;
        let association = table.association();
        let smaller = table.size.rows.min(table.size.columns);
        Some(TableTest {
            statistic: rounded(found.statistic),
            df: rounded(found.df),
            df2: found.denominator_df.and_then(rounded),
            ..with_effect(
                plain("rao-scott", found.p, reason)?,
                ("cramers-v", association.map(|association| association.cramers_v())),
                smaller,
            )
        })
    }

    /// The weighted shares of all cells by the design.
    fn cell_shares(&self) -> Option<CellShares> {
        let design = &self.counted.cells;
        let weighted = |count: Count| WeightedCell { n: count.n, w: count.w, w2: count.w2 };
        if design.iter().all(|cell| cell.stratum.is_none() && cell.cluster.is_none()) {
            let each = self.categories.iter().flat_map(|place| {
                self.columns.iter().map(move |column| weighted(point(&column.counts, self.tally, *place)))
            });
            let cells = each.collect();
            return CellShares::stratified(&[StratumCells { design_n: self.design_rows, cells }]);
        }
        // Under targets the cells have the weights that the data came with, not the final ones.
        if design.iter().any(|cell| !cell.raking.is_empty()) {
            return self.shares_under_targets();
        }
        let clustered = design.iter().any(|cell| cell.cluster.is_some());
        // By stratum and cluster the rows of every cell of the table; a stratum without clusters has one of all.
        let size = self.categories.len() * self.columns.len();
        let nothing = WeightedCell { n: 0, w: 0.0, w2: 0.0 };
        let mut found = ByUnit::new();
        for cell in &self.whole.cells {
            let of = design.get(cell.cell)?;
            found.entry((of.stratum, of.cluster)).or_insert_with(|| (0, vec![nothing; size])).0 +=
                cell.rows.n;
        }
        for (place, column) in self.columns.iter().enumerate() {
            for cell in &column.cells {
                let of = design.get(cell.cell)?;
                let (_, cells) = found.get_mut(&(of.stratum, of.cluster))?;
                for (row, category) in self.categories.iter().enumerate() {
                    let count = point(&cell.counts, self.tally, *category);
                    let into = &mut cells[row * self.columns.len() + place];
                    into.n += count.n;
                    into.w += count.w;
                    into.w2 += count.w2;
                }
            }
        }
        if !clustered {
            let strata = found.into_values().map(|(design_n, cells)| StratumCells { design_n, cells });
            return CellShares::stratified(&strata.collect::<Vec<_>>());
        }
        let mut strata: BTreeMap<Option<u32>, ClusteredStratum> = BTreeMap::new();
        for ((stratum, _), (_, cells)) in found {
            let empty = || ClusteredStratum { design_clusters: 0, clusters: Vec::new() };
            let into = strata.entry(stratum).or_insert_with(empty);
            into.design_clusters += 1;
            if cells.iter().any(|cell| cell.n > 0) {
                into.clusters.push(cells);
            }
        }
        CellShares::clustered(&strata.into_values().collect::<Vec<_>>())
    }

    /// The same where targets and strata or clusters are declared, by the covariance of the design.
    fn shares_under_targets(&self) -> Option<CellShares> {
        let size = self.categories.len() * self.columns.len();
        if size > MOST_CELLS_UNDER_TARGETS {
            return None;
        }
        let mut groups = Vec::with_capacity(size);
        for place in &self.categories {
            for column in &self.columns {
                let of_cell = |cell: &StratumCell| {
                    let count = point(&cell.counts, self.tally, *place);
                    let (n, sum, sum_of_squares) = (count.n, count.w, count.w2);
                    CellAnswers { cell: cell.cell, x: 1.0, n, sum, sum_of_squares }
                };
                let answers = column.cells.iter().map(of_cell).filter(|own| own.n > 0).collect();
                groups.push(DomainAnswers { domains: vec![groups.len()], answers });
            }
        }
        let rows = groups.iter().flat_map(|group| &group.answers).map(|own| own.n).sum();
        let known = self.design?.covariances_of_weights(&groups, size)?;
        CellShares::with_covariance(rows, known.means, &known.covariances, known.of_all)
    }

    /// Whether rows were drawn by strata or clusters.
    fn is_drawn(&self) -> bool {
        self.counted.cells.iter().any(|cell| cell.stratum.is_some() || cell.cluster.is_some())
    }

    /// Degrees of freedom of the design: rows less one, rows less strata, clusters less strata.
    fn design_df(&self) -> u64 {
        let count = |distinct: usize| u64::try_from(distinct).unwrap_or(u64::MAX);
        let strata: BTreeSet<Option<u32>> = self.counted.cells.iter().map(|cell| cell.stratum).collect();
        let clusters: BTreeSet<(Option<u32>, u32)> =
            self.counted.cells.iter().filter_map(|cell| Some((cell.stratum, cell.cluster?))).collect();
        let units = if clusters.is_empty() { self.design_rows } else { count(clusters.len()) };
        units.saturating_sub(count(strata.len().max(1))).max(1)
    }

    /// The rank test of an ordered scale.
    fn ranks(&self, reason: &str) -> Option<TableTest> {
        if !self.ordered {
            return None;
        }
        if self.counted.weighted {
            // Ranks know no strata or clusters, and would find far too much.
            if self.is_drawn() {
                return None;
            }
            let groups: Vec<Vec<WeightedPoint>> = self
                .columns
                .iter()
                .map(|column| {
                    let points = self.categories.iter().map(|place| {
                        let Count { n, w, w2 } = point(&column.counts, self.tally, *place);
                        WeightedPoint { x: 0.0, n, w, w2 }
                    });
                    points.collect()
                })
                .collect();
            let groups = rank_means(&groups, self.design_rows)?.into_iter().flatten();
            let groups: Vec<Linearised> = groups.filter(|group| group.kish_n >= RANKED_FROM).collect();
            let found = design_homogeneity(&groups, self.design_rows.saturating_sub(1))?;
            return Some(TableTest {
                statistic: rounded(found.statistic),
                df: rounded(found.df),
                df2: found.denominator_df.and_then(rounded),
                ..plain("design-based-rank-test", found.p, reason)?
            });
        }
        let counts = self.counts();
        let groups: Vec<Vec<u64>> =
            (0..self.columns.len()).map(|column| counts.iter().map(|row| row[column]).collect()).collect();
        let ordered = OrderedGroups::new(&groups)?;
        let found = ordered.kruskal_wallis()?;
        Some(TableTest {
            statistic: rounded(found.statistic),
            df: rounded(found.df),
            ..with_effect(
                plain("kruskal-wallis", found.p, reason)?,
                ("epsilon-squared", ordered.epsilon_squared()),
                2,
            )
        })
    }

    /// The test of means: Welch's, or Wald's with weights, whose standard errors are those of the design.
    fn means(&self, row: &Tested, reason: &str) -> Option<TableTest> {
        if !self.counted.weighted {
            let groups: Option<Vec<Moments>> = row.answers.iter().map(|answers| of_rows(answers)).collect();
            let effect = groups.and_then(|groups| anova(&groups)).map(|anova| anova.omega_squared);
            return Some(with_effect(by_sides(row, reason)?, ("omega-squared", effect), 2));
        }
        match row.related() {
            Some((groups, known)) => of_groups(row, &related_homogeneity(&groups, known)?, reason),
            None => of_groups(row, &wald(row.each(), self.design_df())?, reason),
        }
    }
}

/// The test of one row that its columns are alike, as the groups of a report are tested.
fn by_sides(row: &Tested, reason: &str) -> Option<TableTest> {
    let found = match row.related() {
        Some((groups, known)) => related_homogeneity(&groups, known),
        None => homogeneity(row.each()),
    };
    of_groups(row, &found?, reason)
}

impl<'a> Tested<'a> {
    fn each(&self) -> impl Iterator<Item = &'a Side> + '_ {
        self.sides.iter().map(|(_, side)| *side)
    }

    /// The columns as domains of one design; `None` where they are taken as independent.
    fn related(&self) -> Option<(Vec<(&'a Side, usize)>, &DesignCovariances)> {
        let relations = self.relations.as_ref()?;
        let domain = |column: usize| relations.groups.get(column).copied().flatten();
        let groups: Option<Vec<(&Side, usize)>> =
            self.sides.iter().map(|(column, side)| Some((*side, domain(*column)?))).collect();
        Some((groups?, &relations.known))
    }
}

fn of_groups(row: &Tested, found: &GroupTest, reason: &str) -> Option<TableTest> {
    Some(TableTest {
        row: Some(row.key.to_owned()),
        statistic: Some(found.statistic),
        df: Some(found.df),
        df2: found.df2,
        ..plain(found.name, found.p, reason)?
    })
}

fn plain(name: &str, p: f64, reason: &str) -> Option<TableTest> {
    Some(TableTest {
        row: None,
        name: name.to_owned(),
        statistic: None,
        df: None,
        df2: None,
        p: Some(rounded(p)?),
        p_adjusted: None,
        effect: None,
        effect_name: None,
        effect_size: None,
        reason: reason.to_owned(),
        thin_cells: None,
    })
}

fn with_effect(test: TableTest, (name, value): (&str, Option<f64>), smaller: usize) -> TableTest {
    let Some(value) = value.and_then(rounded) else { return test };
    TableTest {
        effect: Some(value),
        effect_name: Some(name.to_owned()),
        effect_size: Some(effect_size(name, value, smaller)),
        ..test
    }
}

fn of_rows(answers: &[(f64, Count)]) -> Option<Moments> {
    moments(&answers.iter().map(|(x, count)| (*x, count.n)).collect::<Vec<_>>())
}

/// The count of one category.
fn point(counts: &[Counts], tally: usize, place: usize) -> Count {
    match counts.get(tally) {
        Some(Counts::Single(counts)) => counts.points.get(place).copied().unwrap_or_default(),
        _ => Count::default(),
    }
}
