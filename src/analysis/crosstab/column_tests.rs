//! Columns set against each other, row by row: differences, p-values adjusted over the pairs, letters.

use crate::analysis::related::Relations;
use crate::measures::{
    self, Difference, DifferenceRules, Effect, Related, ShareLimits, Shared, Side, contrast_by, overlapping,
    rounded,
};
use crate::report::{ChangeVerdict, CrosstabAgainst, CrosstabContrast, Unit};
use crate::stats::{Confidence, Moments, games_howell, moments};
use crate::tally::Count;

use super::ask::{Adjustment, MeanPairs};

/// One column in one row, as far as tests need it.
pub(super) struct Tested<'a> {
    pub(super) side: Option<&'a Side>,
    /// Everybody else.
    pub(super) rest: Option<&'a Side>,
    /// The share of the whole weight that the column holds.
    pub(super) part: f64,
    /// The answers by what they count, for means.
    pub(super) answers: Option<Vec<(f64, Count)>>,
}

/// How columns are set against each other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules {
    pub(super) against: CrosstabAgainst,
    pub(super) adjustment: Adjustment,
    pub(super) alpha: f64,
    pub(super) second_alpha: Option<f64>,
    pub(super) minimum_difference: f64,
    pub(super) minimum_mean_difference: f64,
    pub(super) pairs: MeanPairs,
    pub(super) share_limits: ShareLimits,
    pub(super) confidence: Confidence,
}

impl Rules {
    /// The rules for a row of figures in a unit: means differ on their scale, all else by points.
    pub(super) fn in_unit(&self, unit: Unit) -> Self {
        let by_points = matches!(unit, Unit::Percent | Unit::Points | Unit::Index);
        let minimum_difference =
            if by_points { self.minimum_difference } else { self.minimum_mean_difference };
        Self { minimum_difference, ..*self }
    }

    /// How two figures are set against each other that move together like this; `None` for independent ones.
    pub(super) fn of_related(&self, related: Option<Related>) -> DifferenceRules {
        DifferenceRules {
            confidence: self.confidence,
            share_limits: self.share_limits,
            related: related.unwrap_or_default(),
        }
    }
}

/// One comparison of a row; columns by place, `None` being the total or the rest.
pub(super) struct Pair {
    pub(super) column: usize,
    pub(super) against: Option<usize>,
    pub(super) difference: Difference,
    pub(super) p_adjusted: Option<f64>,
    effect: Option<Effect>,
}

/// What the answers that two columns share count, by the places of the columns.
pub(super) type Sharing<'s> = &'s dyn Fn(usize, usize) -> Option<Vec<(f64, Count)>>;

/// What a row is compared by.
pub(super) struct Row<'a, 's> {
    /// The columns that are tested, with their places.
    pub(super) columns: Vec<(usize, Tested<'a>)>,
    pub(super) total: Option<&'a Side>,
    /// By column, the one before it.
    pub(super) previous: &'s [Option<usize>],
    /// Where columns share respondents: what they share, and the rows of the design.
    pub(super) sharing: Option<(Sharing<'s>, u64)>,
    /// Under a design, how columns move together; it knows of what they share.
    pub(super) relations: Option<&'s Relations>,
    pub(super) is_mean: bool,
}

impl Row<'_, '_> {
    /// Every comparison, adjusted over those of this row.
    pub(super) fn pairs(&self, rules: &Rules) -> Vec<Pair> {
        let mut pairs = match rules.against {
            CrosstabAgainst::Nothing => Vec::new(),
            CrosstabAgainst::EachOther => self.each_other(rules),
            CrosstabAgainst::Previous => self.previous(rules),
            CrosstabAgainst::Rest => self.with_all_others(rules, false),
            CrosstabAgainst::Total => self.with_all_others(rules, true),
        };
        let settled = pairs.iter().all(|pair| pair.p_adjusted.is_some()) && !pairs.is_empty();
        if !settled {
            let p_values: Vec<f64> = pairs.iter().filter_map(|pair| pair.difference.p).collect();
            let mut adjusted = rules.adjustment.adjust(&p_values).unwrap_or_default().into_iter();
            for pair in &mut pairs {
                pair.p_adjusted = pair.difference.p.and_then(|_| rounded(adjusted.next()?));
            }
        }
        pairs
    }

    fn each_other(&self, rules: &Rules) -> Vec<Pair> {
        if rules.pairs == MeanPairs::GamesHowell && self.is_mean {
            return self.games_howell(rules).unwrap_or_default();
        }
        let mut pairs = Vec::new();
        for (place, (column, tested)) in self.columns.iter().enumerate() {
            for (other, against) in &self.columns[place + 1..] {
                pairs.extend(self.pair((*column, tested), (*other, against), rules));
            }
        }
        pairs
    }

    fn previous(&self, rules: &Rules) -> Vec<Pair> {
        let tested = |place: usize| self.columns.iter().find(|(column, _)| *column == place);
        let before = |column: usize| tested((*self.previous.get(column)?)?);
        let one = |(column, tested): &(usize, Tested)| {
            let (other, against) = before(*column)?;
            self.pair((*column, tested), (*other, against), rules)
        };
        self.columns.iter().filter_map(one).collect()
    }

    fn pair(
        &self,
        (column, tested): (usize, &Tested),
        (other, against): (usize, &Tested),
        rules: &Rules,
    ) -> Option<Pair> {
        let (after, before) = (tested.side?, against.side?);
        let related = self.relations.and_then(|relations| relations.of_groups(other, column));
        let difference = match (self.sharing, related) {
            (None, related) => contrast_by(before, after, &rules.of_related(related))?,
            (Some(_), Some(related)) => contrast_by(before, after, &rules.of_related(Some(related)))?,
            (Some((sharing, design_rows)), None) => {
                let both = sharing(column, other);
                match (&against.answers, &tested.answers, both) {
                    (Some(of_before), Some(of_after), Some(both)) => {
                        let shared = Shared { before: of_before, after: of_after, both: &both, design_rows };
                        overlapping(before, after, &shared, rules.confidence)?
                    }
                    _ => return None,
                }
            }
        };
        let effect = measures::effect(before, after);
        Some(Pair { column, against: Some(other), difference, p_adjusted: None, effect })
    }

    /// Against everybody else, or against all, of whom the column is a part: the same test, and the difference from all
    /// is that from the others times the share of the others.
    fn with_all_others(&self, rules: &Rules, total: bool) -> Vec<Pair> {
        let one = |(column, tested): &(usize, Tested)| {
            let (after, rest) = (tested.side?, tested.rest?);
            let related = self.relations.and_then(|relations| relations.of_rest(*column));
            let mut difference = contrast_by(rest, after, &rules.of_related(related))?;
            let mut before = rest;
            if total {
                before = self.total?;
                let others = 1.0 - tested.part;
                difference.value = rounded(after.value() - before.value())?;
                difference.low = difference.low.and_then(|low| rounded(low * others));
                difference.high = difference.high.and_then(|high| rounded(high * others));
                difference.method = difference.method.map(|method| format!("{method}, part of the total"));
            }
            let effect = measures::effect(before, after);
            Some(Pair { column: *column, against: None, difference, p_adjusted: None, effect })
        };
        self.columns.iter().filter_map(one).collect()
    }

    fn games_howell(&self, rules: &Rules) -> Option<Vec<Pair>> {
        let mut groups: Vec<(usize, &Side, Moments)> = Vec::new();
        for (column, tested) in &self.columns {
            let (Some(side), Some(answers)) = (tested.side, &tested.answers) else { continue };
            let counted: Vec<(f64, u64)> = answers.iter().map(|(x, count)| (*x, count.n)).collect();
            groups.extend(moments(&counted).map(|moments| (*column, side, moments)));
        }
        let moments: Vec<Moments> = groups.iter().map(|(.., moments)| *moments).collect();
        let found = games_howell(&moments, rules.confidence)?;
        let pairs = found.into_iter().flatten().filter_map(|pair| {
            let ((column, after, _), (other, before, _)) = (&groups[pair.first], &groups[pair.second]);
            // The index is the mean on another scale.
            let factor = (after.value() - before.value()) / pair.difference;
            let factor = if factor.is_finite() { factor } else { 1.0 };
            let limit = |limit: f64| rounded(limit * factor);
            let limits = pair.interval.map(|limits| {
                if factor < 0.0 { (limits.high, limits.low) } else { (limits.low, limits.high) }
            });
            let p = rounded(pair.p);
            let difference = Difference {
                value: rounded(after.value() - before.value())?,
                low: limits.and_then(|(low, _)| limit(low)),
                high: limits.and_then(|(_, high)| limit(high)),
                p,
                untested: None,
                method: Some("games-howell".to_owned()),
                minimum_detectable: None,
                equivalence: None,
            };
            let effect = measures::effect(before, after);
            Some(Pair { column: *column, against: Some(*other), difference, p_adjusted: p, effect })
        });
        Some(pairs.collect())
    }
}

impl Pair {
    /// 1 where the column is clearly above, −1 where it is clearly below, at a level.
    pub(super) fn direction(&self, alpha: f64, minimum: f64) -> i8 {
        let clear = self.p_adjusted.is_some_and(|p| p < alpha) && self.difference.value.abs() >= minimum;
        match self.difference.value {
            _ if !clear => 0,
            value if value > 0.0 => 1,
            value if value < 0.0 => -1,
            _ => 0,
        }
    }

    /// What is said of a column against one thing.
    pub(super) fn verdict(&self, rules: &Rules) -> Option<ChangeVerdict> {
        self.p_adjusted?;
        Some(match self.direction(rules.alpha, rules.minimum_difference) {
            1 => ChangeVerdict::Up,
            -1 => ChangeVerdict::Down,
            _ => ChangeVerdict::NoClearChange,
        })
    }

    pub(super) fn contrast(&self, row: &str, column: &str, against: &str) -> CrosstabContrast {
        let Difference { value, low, high, p, method, .. } = &self.difference;
        CrosstabContrast {
            row: row.to_owned(),
            column: column.to_owned(),
            against: against.to_owned(),
            difference: Some(*value),
            low: *low,
            high: *high,
            p: *p,
            p_adjusted: self.p_adjusted,
            method: method.clone(),
            effect: self.effect.map(|effect| effect.value),
            effect_name: self.effect.map(|effect| effect.name.to_owned()),
            effect_size: self.effect.map(|effect| effect.size),
        }
    }
}

/// The letter of the column at a place: A to Z, AA to ZZ and on.
pub(super) fn letter(place: usize) -> String {
    let mut letters = Vec::new();
    let mut left = place + 1;
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or(0)));
        left /= 26;
    }
    letters.iter().rev().collect()
}

/// The letters of each column of a row: those of the columns it is clearly above, small ones at the second level.
///
/// Letters of more than one character are kept apart by a space.
pub(super) fn letters(pairs: &[Pair], names: &[String], rules: &Rules) -> Vec<String> {
    let mut above: Vec<Vec<(usize, bool)>> = vec![Vec::new(); names.len()];
    for pair in pairs {
        let Some(against) = pair.against else { continue };
        let first = pair.direction(rules.alpha, rules.minimum_difference);
        let second = rules.second_alpha.map_or(0, |alpha| pair.direction(alpha, rules.minimum_difference));
        match (first, second) {
            (1, _) => above[pair.column].push((against, true)),
            (-1, _) => above[against].push((pair.column, true)),
            (_, 1) => above[pair.column].push((against, false)),
            (_, -1) => above[against].push((pair.column, false)),
            _ => {}
        }
    }
    let separator = if names.iter().any(|name| name.len() > 1) { " " } else { "" };
    let spelled = |mut above: Vec<(usize, bool)>| {
        above.sort_unstable();
        let letters =
            above.iter().map(
                |(place, capital)| {
                    if *capital { names[*place].clone() } else { names[*place].to_lowercase() }
                },
            );
        letters.collect::<Vec<String>>().join(separator)
    };
    above.into_iter().map(spelled).collect()
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn letters_go_on_after_z() {
        let letters: Vec<String> = [0, 1, 25, 26, 27, 51, 52, 701, 702].into_iter().map(letter).collect();
        assert_eq!(letters, ["A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA"]);
    }
}
