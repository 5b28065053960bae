//! The drivers by group, and whether their importance differs between the groups.
//!
//! Groups are different respondents, so that their shares vary by themselves: Wald's test that a share is the same in all
//! of them, with the variances of resampling, Holm over the drivers of a segment.

use indexmap::IndexMap;

use crate::measures::{Drivers, Resampling, rounded};
use crate::report::{DriverDifference, DriversGroup, Flag};
use crate::stats::{MeanEstimate, holm, wald_homogeneity};
use crate::tally::Stratum;

use super::super::ratings::Ratings;
use super::super::sections::{Subject, is_hidden};
use super::error::DriversError;
use super::population;
use super::table::{Making, Table};

/// The test takes variances as known.
const LARGE_SAMPLE: f64 = 1e6;

/// By driver, the share in each group with its variance.
type Shares = Vec<Vec<(f64, f64)>>;

/// The groups of every crossing that is asked for.
pub(super) fn groups(
    subject: &Subject<'_>,
    making: &Making<'_>,
    ratings: &Ratings<'_>,
) -> (Vec<DriversGroup>, Vec<DriverDifference>) {
    let (mut groups, mut differences) = (Vec::new(), Vec::new());
    for crossing in &subject.scope.by {
        let is_of = |stratum: &&&Stratum| {
            stratum.segment.len() == crossing.len()
                && stratum.segment.iter().all(|(id, _)| crossing.contains(id))
        };
        let mut shares: Shares = vec![Vec::new(); making.model.predictors.len()];
        let mut own = Vec::new();
        for stratum in subject.strata.iter().filter(is_of) {
            own.push(group(subject, making, ratings, stratum, &mut shares));
        }
        hide_small(&mut own, subject.scope.suppress_below.unwrap_or(subject.survey.suppress_below));
        if own.iter().any(|group| group.flag.is_some_and(is_hidden)) {
            // A test over all groups would tell of those that are hidden.
            shares.iter_mut().for_each(Vec::clear);
        }
        groups.extend(own);
        differences.extend(tested(making, &crossing.join("*"), &shares));
    }
    (groups, differences)
}

/// Hides groups of which fewer respondents than the limit gave some answers, and where that is one alone the next smallest
/// too, for it could be worked out from the others.
fn hide_small(groups: &mut [DriversGroup], limit: u64) {
    let fewest = |group: &DriversGroup| {
        let rows = group.rows.iter().filter_map(|row| row.base);
        rows.chain(group.base).min().filter(|_| !group.flag.is_some_and(is_hidden))
    };
    let hide = |group: &mut DriversGroup, flag| {
        let segment = std::mem::take(&mut group.segment);
        *group = DriversGroup { segment, flag: Some(flag), ..DriversGroup::default() };
    };
    for group in groups.iter_mut().filter(|group| fewest(group).is_some_and(|base| base < limit)) {
        hide(group, Flag::Suppressed);
    }
    if groups.iter().filter(|group| group.flag.is_some_and(is_hidden)).count() == 1
        && let Some(next) =
            groups.iter_mut().filter(|group| fewest(group).is_some()).min_by_key(|group| fewest(group))
    {
        hide(next, Flag::Complementary);
    }
}

fn group(
    subject: &Subject<'_>,
    making: &Making<'_>,
    ratings: &Ratings<'_>,
    stratum: &Stratum,
    shares: &mut Shares,
) -> DriversGroup {
    let segment: IndexMap<String, String> = stratum.segment.iter().cloned().collect();
    let empty = DriversGroup { segment, ..DriversGroup::default() };
    if let Some(flag) = super::hidden(subject, making.model, stratum) {
        return DriversGroup { flag: Some(flag), ..empty };
    }
    let codes: Vec<(&str, usize)> = stratum
        .segment
        .iter()
        .filter_map(|(id, value)| {
            let code = ratings.groups(id).iter().position(|known| known == value)?;
            Some((id.as_str(), code))
        })
        .collect();
    let is_in = |row: usize| {
        codes.len() == stratum.segment.len()
            && codes.iter().all(|(id, code)| ratings.group(id, row) == Some(*code))
    };
    let patterns = making.columns.patterns(is_in, making.how.threads);
    let population = subject.context_of(stratum, &[]).population;
    let sums = Drivers::new(&patterns, making.ask.missing.answers(), making.how.threads);
    let own = population::left(population, sums.coverage(), making.ask.missing);
    // Where everybody answered, everybody of a group did.
    let left = if making.how.left <= 0.0 { 0.0 } else { own };
    let replicates = if left <= 0.0 { 0 } else { making.how.replicates };
    let how = Resampling { replicates, left, ..making.how };
    let table = match Table::of(&Making { how, ..*making }, &patterns, &sums) {
        Ok(table) => table,
        // A group without a model is no reason to have none of the others.
        Err(fault) => {
            let flag = match fault {
                DriversError::TooFewRows { rows: 0, .. } => Flag::NoAnswers,
                DriversError::TooFewRows { .. } => Flag::SmallBase,
                _ => Flag::NoVariation,
            };
            return DriversGroup { base: Some(patterns.rows()), flag: Some(flag), ..empty };
        }
    };
    let small = table.base < subject.survey.flag_below;
    if let (Some(own), Some(spread), false) = (table.found.shares(), &table.spread, small) {
        for ((into, share), variance) in shares.iter_mut().zip(own).zip(&spread.share_variances) {
            into.push((share, *variance));
        }
    }
    DriversGroup {
        base: Some(table.base),
        r2: rounded(table.found.r2),
        rows: table.rows,
        flag: small.then_some(Flag::SmallBase),
        ..empty
    }
}

fn tested(making: &Making<'_>, segment: &str, shares: &Shares) -> Vec<DriverDifference> {
    let tests: Vec<_> = shares
        .iter()
        .zip(&making.model.predictors)
        .filter_map(|(shares, predictor)| {
            let estimates: Vec<MeanEstimate> = shares
                .iter()
                .map(|(share, variance)| MeanEstimate { mean: *share, variance: *variance, df: LARGE_SAMPLE })
                .collect();
            wald_homogeneity(&estimates).map(|test| (predictor.id.clone(), test))
        })
        .collect();
    let ps: Vec<f64> = tests.iter().map(|(_, test)| test.p).collect();
    let adjusted = holm(&ps).unwrap_or_default();
    let row = |((question, test), adjusted): (&(String, crate::stats::Homogeneity), &f64)| {
        Some(DriverDifference {
            segment: segment.to_owned(),
            question: question.clone(),
            chi_square: rounded(test.statistic)?,
            df: test.df,
            p: rounded(test.p)?,
            p_adjusted: rounded(*adjusted)?,
        })
    };
    tests.iter().zip(&adjusted).filter_map(row).collect()
}
