//! One list of what to improve: attributes in the order of the points that they keep the weighted index from 100.

use crate::measures::{places as in_order, rank_limits, rounded, shortfalls};
use crate::report::{PriorityRow, Unranked};
use crate::stats::quantile_type7;

use super::lines::Point;
use super::resamples::Drawn;

/// The head of the list that people act on.
const LEADING: u64 = 3;

/// Of fewer attributes three are half of them: then the head is the first alone.
const FEWEST_FOR_THREE: usize = 6;

/// At least this share of the replicates has to have every attribute.
const USABLE: f64 = 0.95;

/// What the sureness of a list rests on.
#[derive(Clone, Copy)]
pub(super) struct Ground {
    /// The share in a tail.
    pub(super) tail: f64,
    /// Whether everybody answered.
    pub(super) census: bool,
    /// Whether points missing have limits: not where importance is made from what chance explains.
    pub(super) limited: bool,
    /// Whether resamples can settle a rank: they are of whole respondents, and know how these were drawn.
    pub(super) settles: bool,
}

/// What is said of the whole list.
pub(super) struct Ranking {
    /// The performances weighted by importance.
    pub(super) index: f64,
    /// How many places are the head.
    pub(super) leading: u64,
}

/// Ranks the rows whose points are known, each beside its point; whoever has a reason against it already stays without.
///
/// `None` where fewer than two could be ranked; every row that is not says why.
pub(super) fn rank(
    rows: &mut [PriorityRow],
    points: &[Option<Point>],
    drawn: &Drawn,
    ground: Ground,
) -> Option<Ranking> {
    for (row, _) in rows.iter_mut().zip(points).filter(|(_, point)| point.is_none()) {
        row.unranked = Some(Unranked::NoFigure);
    }
    let ranked: Vec<(usize, Point)> = rows
        .iter()
        .zip(points)
        .enumerate()
        .filter_map(|(place, (row, point))| Some((place, (*point).filter(|_| row.unranked.is_none())?)))
        .collect();
    let of = |point: &Point| Some((point.performance, point.importance));
    let own: Vec<Option<(f64, f64)>> = ranked.iter().map(|(_, point)| of(point)).collect();
    let Some(found) = shortfalls(&own).filter(|_| ranked.len() > 1) else {
        for (place, _) in &ranked {
            if let Some(row) = rows.get_mut(*place) {
                row.unranked = Some(Unranked::NothingBeside);
            }
        }
        return None;
    };
    let leading = if ranked.len() < FEWEST_FOR_THREE { 1 } else { LEADING };
    let again = again(&ranked, drawn);
    let places: Vec<Vec<(u64, u64)>> = again.iter().map(|missing| in_order(missing)).collect();
    let missing: Vec<f64> = found.iter().flatten().map(|one| one.missing).collect();
    let ranks = rank_limits(&missing, &again, ground.tail).unwrap_or_default();
    let spread = Spread { again: &again, places: &places, ranks: &ranks, leading, ground };
    let mut index = 0.0;
    for (at, ((place, point), found)) in ranked.iter().zip(&found).enumerate() {
        let (Some(row), Some(found)) = (rows.get_mut(*place), found) else { continue };
        index += found.weight * point.performance;
        row.weight = rounded(found.weight);
        row.missing = rounded(found.missing);
        spread.tell(row, at, found.missing);
    }
    let mut order: Vec<usize> = ranked.iter().map(|(place, _)| *place).collect();
    let key = |place: usize| rows.get(place).map(|row| (row.missing, row.performance, &row.question));
    order.sort_by(|a, b| {
        let (Some((more, low, id)), Some((other_more, other_low, other_id))) = (key(*a), key(*b)) else {
            return a.cmp(b);
        };
        let by = |one: Option<f64>, other: Option<f64>| one.unwrap_or(0.0).total_cmp(&other.unwrap_or(0.0));
        by(other_more, more).then(by(low, other_low)).then(id.cmp(other_id))
    });
    for (rank, place) in (1..).zip(order) {
        let Some(row) = rows.get_mut(place) else { continue };
        row.rank = Some(rank);
    }
    if ground.census {
        // Who takes the same number of points shares the ranks, whatever the order of the list.
        for ((place, _), (best, worst)) in ranked.iter().zip(in_order(&missing)) {
            let Some(row) = rows.get_mut(*place) else { continue };
            (row.rank_low, row.rank_high) = (Some(best), Some(worst));
            row.settled = Some(worst <= leading || best > leading);
        }
    }
    Some(Ranking { index, leading })
}

/// The points missing of the ranked in every replicate that has all of them; none where too many have not, and where
/// nothing varies: a rank that never moves because nothing could is not sure.
fn again(ranked: &[(usize, Point)], drawn: &Drawn) -> Vec<Vec<f64>> {
    let of = |points: &Vec<Option<Point>>| {
        let own: Option<Vec<Option<(f64, f64)>>> = ranked
            .iter()
            .map(|(place, _)| {
                let point = points.get(*place).copied().flatten()?;
                Some(Some((point.performance, point.importance)))
            })
            .collect();
        let found = shortfalls(&own?)?;
        Some(found.iter().flatten().map(|one| one.missing).collect::<Vec<f64>>())
    };
    let again: Vec<Vec<f64>> = drawn.iter().filter_map(of).collect();
    let usable = again.len() as f64 >= USABLE * drawn.len() as f64;
    let is_same =
        |one: &Vec<f64>, other: &Vec<f64>| one.iter().zip(other).all(|(a, b)| a.total_cmp(b).is_eq());
    let varies = again.first().is_some_and(|first| again.iter().any(|other| !is_same(first, other)));
    if usable && varies { again } else { Vec::new() }
}

/// What the replicates say of each attribute.
struct Spread<'a> {
    again: &'a [Vec<f64>],
    /// The best and the worst place of each in every replicate.
    places: &'a [Vec<(u64, u64)>],
    /// The best and the worst rank of each.
    ranks: &'a [(u64, u64)],
    leading: u64,
    ground: Ground,
}

impl Spread<'_> {
    fn tell(&self, row: &mut PriorityRow, at: usize, own: f64) {
        let mut figures: Vec<(f64, u64)> =
            self.again.iter().filter_map(|missing| Some((*missing.get(at)?, 1))).collect();
        if figures.is_empty() {
            return;
        }
        let count = figures.len() as f64;
        figures.sort_by(|left, right| left.0.total_cmp(&right.0));
        let limit = |p| quantile_type7(&figures, p).map(|limit: f64| limit.clamp(0.0, 100.0));
        if self.ground.limited {
            row.missing_low = limit(self.ground.tail).and_then(|limit| rounded(limit.min(own)));
            row.missing_high = limit(1.0 - self.ground.tail).and_then(|limit| rounded(limit.max(own)));
        }
        if !self.ground.settles {
            return;
        }
        if let Some((low, high)) = self.ranks.get(at).copied() {
            (row.rank_low, row.rank_high) = (Some(low), Some(high));
            let is_on_one_side = high <= self.leading || low > self.leading;
            row.settled = (!row.small_base).then_some(is_on_one_side);
        }
        if row.small_base {
            return;
        }
        // Who shares a place with one behind the head is not surely in it.
        let places = self.places.iter().filter_map(|places| places.get(at));
        let among = places.filter(|(_, worst)| *worst <= self.leading).count() as f64;
        row.leading_share = rounded(among / count);
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    use super::{Drawn, Ground, Point, rank};
    use crate::report::{PriorityRow, Unranked};

    const SAMPLE: Ground = Ground { tail: 0.025, census: false, limited: true, settles: true };

    #[allow(clippy::unnecessary_wraps, reason = "an attribute may lack figures")]
    fn point(performance: f64, importance: f64) -> Option<Point> {
        Some(Point { performance, importance })
    }

    fn rows(ids: &[&str], points: &[Option<Point>]) -> Vec<PriorityRow> {
        let row = |(id, point): (&&str, &Option<Point>)| PriorityRow {
            question: (*id).to_owned(),
            performance: point.map(|point| point.performance),
            importance: point.map(|point| point.importance),
            ..PriorityRow::default()
        };
        ids.iter().zip(points).map(row).collect()
    }

    fn ranks(rows: &[PriorityRow]) -> Vec<Option<u64>> {
        rows.iter().map(|row| row.rank).collect()
    }

    #[test]
    fn the_list_is_by_points_missing_then_by_performance_then_by_id() {
        // Importances add up to 200: 50 / 200 * 40 = 10, 25 / 200 * 80 = 10, 100 / 200 * 20 = 10, 25 / 200 * 80 = 10.
        let points = [point(60.0, 50.0), point(20.0, 25.0), point(80.0, 100.0), point(20.0, 25.0), None];
        let mut found = rows(&["a", "z", "c", "b", "e"], &points);
        let ranking = rank(&mut found, &points, &Drawn::new(), SAMPLE).unwrap();
        assert_eq!(ranks(&found), [Some(3), Some(2), Some(4), Some(1), None]);
        assert_relative_eq!(ranking.index, 60.0, epsilon = 1e-9);
        assert_eq!(ranking.leading, 1, "three of four would be most of them");
        assert_eq!(found[4].unranked, Some(Unranked::NoFigure));
        assert_eq!((found[0].rank_low, found[0].missing_low, found[0].settled), (None, None, None));
    }

    #[test]
    fn everybody_of_a_population_leaves_no_rank_open() {
        let points = [point(60.0, 50.0), point(20.0, 30.0)];
        let mut found = rows(&["a", "b"], &points);
        rank(&mut found, &points, &Drawn::new(), Ground { census: true, ..SAMPLE }).unwrap();
        for row in &found {
            assert_eq!((row.rank_low, row.rank_high, row.settled), (row.rank, row.rank, Some(true)));
            assert_eq!((row.leading_share, row.missing_low), (None, None));
        }
        // Three lack the same, 20 of 100 or 40 of 50; the fourth lacks more.
        let points = [point(80.0, 100.0), point(60.0, 50.0), point(60.0, 50.0), point(50.0, 100.0)];
        let mut found = rows(&["d", "c", "b", "a"], &points);
        rank(&mut found, &points, &Drawn::new(), Ground { census: true, ..SAMPLE }).unwrap();
        let told: Vec<_> =
            found.iter().map(|row| (row.rank, row.rank_low, row.rank_high, row.settled)).collect();
        let tied = |rank| (Some(rank), Some(2), Some(4), Some(true));
        assert_eq!(told, [tied(4), tied(3), tied(2), (Some(1), Some(1), Some(1), Some(true))]);
        let same = [point(50.0, 50.0); 2];
        let mut found = rows(&["a", "b"], &same);
        rank(&mut found, &same, &Drawn::new(), Ground { census: true, ..SAMPLE }).unwrap();
        for row in &found {
            assert_eq!(
                (row.rank_low, row.rank_high, row.settled),
                (Some(1), Some(2), Some(false)),
                "a tie is open"
            );
        }
    }

    #[test]
    fn limits_are_where_the_replicates_lie_whatever_their_mean() {
        // Nine of ten replicates miss more than the sample: their mean is above it, and so are their limits.
        let points = [point(50.0, 50.0), point(50.0, 50.0)];
        let drawn: Drawn =
            (0..1000).map(|n| vec![point(52.0 - f64::from(n % 100) / 10.0, 50.0), points[1]]).collect();
        let mut found = rows(&["a", "b"], &points);
        rank(&mut found, &points, &drawn, SAMPLE).unwrap();
        // Half of 48 to 57.9 points.
        assert_relative_eq!(found[0].missing_low.unwrap(), 24.1, epsilon = 0.1);
        assert_relative_eq!(found[0].missing_high.unwrap(), 28.85, epsilon = 0.1);
    }

    #[test]
    fn a_design_or_a_handful_of_answers_settles_nothing() {
        let points = [point(10.0, 50.0), point(80.0, 50.0)];
        let drawn: Drawn = (0..200).map(|n| vec![point(10.0 + f64::from(n % 7), 50.0), points[1]]).collect();
        let mut found = rows(&["a", "b"], &points);
        found[1].small_base = true;
        rank(&mut found, &points, &drawn, SAMPLE).unwrap();
        assert_eq!((found[0].rank_high, found[0].settled), (Some(1), Some(true)));
        assert_eq!((found[1].settled, found[1].leading_share), (None, None));
        let mut found = rows(&["a", "b"], &points);
        rank(&mut found, &points, &drawn, Ground { settles: false, ..SAMPLE }).unwrap();
        let told = |row: &PriorityRow| (row.rank, row.rank_low, row.settled, row.leading_share);
        assert_eq!(told(&found[0]), (Some(1), None, None, None));
        assert!(found[0].missing_low < found[0].missing_high);
        let mut found = rows(&["a", "b"], &points);
        rank(&mut found, &points, &drawn, Ground { settles: false, limited: false, ..SAMPLE }).unwrap();
        assert_eq!((found[0].rank, found[0].missing_low), (Some(1), None), "what is parted is chance");
    }

    #[test]
    fn one_alone_is_no_list() {
        let points = [point(60.0, 50.0), None];
        let mut found = rows(&["a", "b"], &points);
        assert!(rank(&mut found, &points, &Drawn::new(), SAMPLE).is_none());
        assert_eq!(found[0].unranked, Some(Unranked::NothingBeside));
        assert_eq!(found[0].missing, None);
        let nothing = [point(60.0, 0.0), point(20.0, 0.0)];
        let mut found = rows(&["a", "b"], &nothing);
        assert!(rank(&mut found, &nothing, &Drawn::new(), SAMPLE).is_none());
    }

    #[test]
    fn a_reason_against_it_keeps_an_attribute_out() {
        let points = [point(10.0, 90.0), point(60.0, 30.0), point(80.0, 30.0)];
        let mut found = rows(&["a", "b", "c"], &points);
        found[0].unranked = Some(Unranked::OppositeSign);
        rank(&mut found, &points, &Drawn::new(), SAMPLE).unwrap();
        assert_eq!(ranks(&found), [None, Some(1), Some(2)]);
        assert_eq!(found[1].weight, Some(0.5), "its importance is no part of the others'");
    }

    #[test]
    fn ranks_are_as_sure_as_the_resamples() {
        let points = [point(50.0, 50.0), point(60.0, 50.0), point(90.0, 50.0)];
        let mut found = rows(&["a", "b", "c"], &points);
        // In three of four the first stays the first, in one the second passes it; the third hardly moves.
        let drawn: Drawn = (0..400)
            .map(|replicate| {
                let moved = if replicate % 4 == 0 { 30.0 } else { 0.0 };
                vec![
                    point(50.0 + moved, 50.0),
                    points[1],
                    point(90.0 + f64::from(replicate % 5) / 10.0, 50.0),
                ]
            })
            .collect();
        rank(&mut found, &points, &drawn, SAMPLE).unwrap();
        let sure = |row: &PriorityRow| (row.rank_low, row.rank_high, row.leading_share, row.settled);
        assert_eq!(sure(&found[0]), (Some(1), Some(2), Some(0.75), Some(false)));
        assert_eq!(sure(&found[1]), (Some(1), Some(2), Some(0.25), Some(false)));
        assert_eq!(sure(&found[2]), (Some(3), Some(3), Some(0.0), Some(true)));
        // 50 / 3 and 20 / 3.
        assert_relative_eq!(found[0].missing_high.unwrap(), 50.0 / 3.0, epsilon = 1e-9);
        assert_relative_eq!(found[0].missing_low.unwrap(), 20.0 / 3.0, epsilon = 1e-9);
        let mut small = rows(&["a", "b", "c"], &points);
        small[2].small_base = true;
        rank(&mut small, &points, &drawn, SAMPLE).unwrap();
        assert_eq!(small[2].settled, None, "few answers settle nothing");
        let still: Drawn = vec![points.to_vec(); 400];
        let mut found = rows(&["a", "b", "c"], &points);
        rank(&mut found, &points, &still, SAMPLE).unwrap();
        assert_eq!(found[0].rank_low, None, "nothing could move");
    }

    #[test]
    fn attributes_that_are_the_same_share_their_ranks() {
        let points = [point(50.0, 50.0), point(50.0, 50.0), point(90.0, 50.0)];
        let mut found = rows(&["a", "b", "c"], &points);
        let drawn: Drawn = (0..200)
            .map(|n| vec![point(40.0 + f64::from(n % 20), 50.0); 2].into_iter().chain([points[2]]).collect())
            .collect();
        rank(&mut found, &points, &drawn, SAMPLE).unwrap();
        assert_eq!((found[0].rank, found[1].rank), (Some(1), Some(2)), "by id");
        assert_eq!((found[0].rank_low, found[0].rank_high), (Some(1), Some(2)), "and not surely so");
        assert_eq!(found[0].leading_share, Some(0.0));
    }

    proptest! {
        #[test]
        fn the_order_of_the_file_does_not_matter(
            points in prop::collection::vec((0_u8..=100, 1_u8..=100), 2..10), turn in 0_usize..10,
        ) {
            let points: Vec<Option<Point>> =
                points.into_iter().map(|(p, i)| point(f64::from(p), f64::from(i))).collect();
            let ids = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
            let mut found = rows(&ids, &points);
            rank(&mut found, &points, &Drawn::new(), SAMPLE).unwrap();
            let n = points.len();
            let turned: Vec<Option<Point>> = (0..n).map(|place| points[(place + turn) % n]).collect();
            let turned_ids: Vec<&str> = (0..n).map(|place| ids[(place + turn) % n]).collect();
            let mut again = rows(&turned_ids, &turned);
            rank(&mut again, &turned, &Drawn::new(), SAMPLE).unwrap();
            for row in &found {
                let other = again.iter().find(|other| other.question == row.question).unwrap();
                prop_assert_eq!(row.rank, other.rank);
            }
        }
    }
}
