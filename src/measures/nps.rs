//! Net promoter score: the share of promoters less the share of detractors, in points, with its parts.
//!
//! On 0 to 10 promoters answer 9 or 10, passives 7 or 8, detractors less (Reichheld 2003). Other scales of ten or
//! more points take the two best points and the next two; shorter ones the best point and the next.

use crate::report::{Better, Box3, Estimate};
use crate::survey::{Best, Scale};

use super::balance::Balance;
use super::csat::{mean_estimate, scale_mean, share};
use super::direction::by_best;
use super::part::{Part, sum};
use super::sheet::{Sheet, Statistic};

/// Which points of a scale are promoters and passives, counted from the best end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NpsPoints {
    /// How many points promoters have.
    pub promoters: usize,
    /// How many points passives have.
    pub passives: usize,
}

/// Scales with at least so many points have two points of promoters and two of passives.
const LONG_SCALE: usize = 10;

impl NpsPoints {
    /// The points of a scale.
    pub fn of(scale: &Scale) -> Self {
        match scale.points() {
            ..=2 => Self { promoters: 1, passives: 0 },
            3..LONG_SCALE => Self { promoters: 1, passives: 1 },
            _ => Self { promoters: 2, passives: 2 },
        }
    }

    /// The part of the scale that the point at `index` belongs to: promoters are the top, detractors the bottom.
    pub fn part(self, scale: &Scale, index: usize) -> Box3 {
        match self.group(scale, index) {
            Group::Promoter => Box3::Top,
            Group::Passive => Box3::Middle,
            Group::Detractor => Box3::Bottom,
        }
    }

    fn group(self, scale: &Scale, index: usize) -> Group {
        let from_best = match scale.best {
            Best::High => scale.points().saturating_sub(index + 1),
            Best::Low => index,
        };
        if from_best < self.promoters {
            Group::Promoter
        } else if from_best < self.promoters + self.passives {
            Group::Passive
        } else {
            Group::Detractor
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Promoter,
    Passive,
    Detractor,
}

pub(super) fn figures(sheet: &Sheet, scale: &Scale, points: &[Part]) -> Vec<Estimate> {
    let context = sheet.context;
    let groups = NpsPoints::of(scale);
    let total = |group| {
        let counted = points.iter().enumerate().filter(|(index, _)| groups.group(scale, *index) == group);
        sum(counted.map(|(_, part)| part))
    };
    let balance = Balance {
        above: total(Group::Promoter),
        between: total(Group::Passive),
        below: total(Group::Detractor),
    };
    let part = |name, group, better| {
        let figure = share(points, |index| groups.group(scale, index) == group, context);
        sheet.estimate(Statistic::percent(name, better), figure)
    };
    let nps = balance.figure(context).map(|figure| figure.scaled(100.0, 0.0));
    let mean = scale_mean(scale, points, context);
    vec![
        sheet.estimate(Statistic::points("nps", Some(Better::Higher)), nps),
        part("promoters", Group::Promoter, Some(Better::Higher)),
        part("passives", Group::Passive, None),
        part("detractors", Group::Detractor, Some(Better::Lower)),
        mean_estimate(sheet, scale, "mean", by_best(sheet.question), mean),
    ]
}
