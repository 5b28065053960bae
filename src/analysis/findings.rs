//! What is worth saying, in the order in which a manager asks: are targets met, what moved, who differs, where do
//! customers get less than they expect, what comes first, and what stands out over time.
//!
//! A finding claims nothing without an adjusted p-value below one minus the confidence. A base that is flagged as small
//! is never named as highest or lowest, nor a group or gap with such a base as being apart. That groups differ is
//! claimed by the test of all groups together, which is adjusted over all panels; highest and lowest are named only
//! where it is clear. Groups that are apart from the rest within their own panel are another family: they are named in
//! either case, as that.

use crate::measures::headline_better;
use crate::report::{
    Better, ChangeVerdict, Finding, FindingsSection, GapsSection, GroupFigure, GroupRow, GroupsSection,
    PrioritiesSection, Quadrant, Section, TargetVerdict, TrendPoint, TrendSection, Unit,
};
use crate::survey::{Measure, Question, Survey};

use super::groups::is_small;
use super::sections::Figures;

/// A quadrant that less than this share of the resamples agree with is unsettled.
const SETTLED: f64 = 0.8;

/// What the sections and figures of the wave shown say.
pub(super) fn section<'a>(
    survey: &'a Survey,
    sections: &'a [Section],
    figures: &Figures<'a>,
    wave: Option<&'a str>,
    alpha: f64,
) -> FindingsSection {
    let telling = Telling { survey, sections, figures, wave, alpha };
    let mut rows = telling.targets();
    rows.extend(telling.changes());
    rows.extend(telling.groups());
    rows.extend(telling.gaps());
    rows.extend(telling.first_priority());
    rows.extend(telling.priorities());
    rows.extend(telling.tendencies());
    rows.extend(telling.signals());
    FindingsSection { rows }
}

struct Telling<'s, 'a> {
    survey: &'a Survey,
    sections: &'a [Section],
    figures: &'s Figures<'a>,
    wave: Option<&'a str>,
    alpha: f64,
}

impl<'a> Telling<'_, 'a> {
    /// Targets: missed ones first, then those that are met, then those that cannot be judged.
    fn targets(&self) -> Vec<Finding> {
        let mut found: Vec<(u8, Finding)> = Vec::new();
        for question in &self.survey.questions {
            let Some(estimate) = self.figures.headline(&question.id, None) else { continue };
            let judged = estimate.target.zip(estimate.target_verdict).filter(|_| estimate.value.is_some());
            let Some((target, verdict)) = judged else { continue };
            let order = match verdict {
                TargetVerdict::Missed => 0,
                TargetVerdict::Met => 1,
                TargetVerdict::CannotTell => 2,
            };
            let finding = Finding::Target {
                question: question.id.clone(),
                statistic: estimate.statistic.clone(),
                unit: estimate.unit,
                value: estimate.value,
                low: estimate.low,
                high: estimate.high,
                target,
                verdict,
            };
            found.push((order, finding));
        }
        found.sort_by_key(|(order, _)| *order);
        found.into_iter().map(|(_, finding)| finding).collect()
    }

    /// Changes against the wave before: clear ones by size, then those shown to be about equal; or that none is clear.
    fn changes(&self) -> Vec<Finding> {
        let mut clear: Vec<(bool, f64, Finding)> = Vec::new();
        let mut compared = 0;
        let mut waves = None;
        for (trend, point) in self.trends().filter_map(|trend| Some((trend, self.shown(trend)?))) {
            let (Some(p_adjusted), Some(verdict)) = (point.p_adjusted, point.verdict) else { continue };
            let (Some(value), Some(change)) = (point.value, point.change) else { continue };
            let Some(against) = point.against.clone() else { continue };
            compared += 1;
            waves = waves.or_else(|| Some((point.wave.clone(), against.clone())));
            let equal = verdict == ChangeVerdict::AboutEqual;
            let moved = matches!(verdict, ChangeVerdict::Up | ChangeVerdict::Down) && p_adjusted < self.alpha;
            if !(equal || moved) {
                continue;
            }
            let finding = Finding::Change {
                question: trend.question.clone(),
                statistic: trend.statistic.clone(),
                unit: trend.unit,
                better: trend.better,
                wave: point.wave.clone(),
                against,
                value,
                change,
                low: point.change_low,
                high: point.change_high,
                p_adjusted,
                verdict,
                minimum_detectable: point.minimum_detectable,
                within_margin: point.within_margin,
                simpson: simpson(point),
            };
            clear.push((equal, change.abs() / self.span(trend), finding));
        }
        if clear.iter().any(|(equal, ..)| !equal) {
            clear.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
            return clear.into_iter().map(|(.., finding)| finding).collect();
        }
        let nothing = waves.map(|(wave, against)| Finding::NothingChanged { compared, wave, against });
        nothing.into_iter().chain(clear.into_iter().map(|(.., finding)| finding)).collect()
    }

    /// The main headlines by each segment. That groups do not differ is said of the first headline only.
    fn groups(&self) -> Vec<Finding> {
        let main = self.main_headlines();
        let tested = self
            .sections
            .iter()
            .filter(|section| matches!(section, Section::Groups(panel) if panel.test.is_some()));
        let panels = u64::try_from(tested.count()).unwrap_or(u64::MAX);
        let mut found = Vec::new();
        for (place, question) in main.iter().enumerate() {
            let own = self.sections.iter().filter_map(|section| match section {
                Section::Groups(panel) if panel.question == question.id => Some(panel),
                _ => None,
            });
            let (mut differing, mut alike): (Vec<(f64, Finding)>, Vec<Finding>) = (Vec::new(), Vec::new());
            for panel in own {
                let Some(p_adjusted) = panel.test.as_ref().map(|test| test.p_adjusted) else { continue };
                let differs = p_adjusted < self.alpha;
                let finding = self.panel(panel, (p_adjusted, panels), differs);
                if differs {
                    differing.push((p_adjusted, finding));
                } else if place == 0 {
                    alike.push(finding);
                }
            }
            differing.sort_by(|a, b| a.0.total_cmp(&b.0));
            found.extend(differing.into_iter().map(|(_, finding)| finding));
            found.extend(alike);
        }
        found
    }

    fn panel(&self, panel: &GroupsSection, (p_adjusted, panels): (f64, u64), differs: bool) -> Finding {
        let named: Vec<&GroupRow> = panel
            .rows
            .iter()
            .filter(|row| row.value.is_some() && !is_small(row.base_effective, self.survey.flag_below))
            .collect();
        let downwards = panel.better == Some(Better::Lower);
        let rank = |row: &GroupRow| row.value.map_or(0.0, |value| if downwards { -value } else { value });
        let figure = |row: &GroupRow, share: Option<f64>| {
            let (name, low, high) = (row.group.clone(), row.low, row.high);
            row.value.map(|value| GroupFigure { name, value, low, high, share, p_adjusted: None })
        };
        // With one group to name there is no highest among several.
        let ends = Some(&named).filter(|named| differs && named.len() > 1);
        let best = ends.and_then(|rows| rows.iter().rev().max_by(|a, b| rank(a).total_cmp(&rank(b))));
        let worst = ends.and_then(|rows| rows.iter().min_by(|a, b| rank(a).total_cmp(&rank(b))));
        let apart = named.iter().filter(|row| {
            let clear = row.p_adjusted.is_some_and(|p| p < self.alpha);
            clear && matches!(row.verdict, Some(ChangeVerdict::Up | ChangeVerdict::Down))
        });
        let apart = apart.filter_map(|row| {
            let (low, high) = (row.difference_low, row.difference_high);
            let (name, value, p_adjusted) = (row.group.clone(), row.difference?, row.p_adjusted);
            Some(GroupFigure { name, value, low, high, share: None, p_adjusted })
        });
        Finding::Groups {
            question: panel.question.clone(),
            statistic: panel.statistic.clone(),
            unit: panel.unit,
            segment: panel.segment.clone(),
            p_adjusted,
            panels,
            differs,
            highest: best.and_then(|row| figure(row, row.first_share)),
            lowest: worst.and_then(|row| figure(row, row.last_share)),
            apart: apart.collect(),
        }
    }

    /// The headlines of the story: overall satisfaction, recommending, effort; without any, the first rating.
    fn main_headlines(&self) -> Vec<&'a Question> {
        let questions = || {
            self.survey
                .questions
                .iter()
                .filter(|question| question.headline.is_some() && question.measure != Measure::Checklist)
        };
        let first = |measure| questions().find(|question| question.measure == measure);
        let overall = questions().find(|question| question.overall).or_else(|| first(Measure::Csat));
        let mut main: Vec<&Question> =
            [overall, first(Measure::Nps), first(Measure::Ces)].into_iter().flatten().collect();
        if main.is_empty() {
            main.extend(questions().next());
        }
        main
    }

    /// Perception against expectation, the widest gaps first.
    fn gaps(&self) -> Option<Finding> {
        let gaps: &GapsSection = self.sections.iter().find_map(|section| match section {
            Section::Gaps(gaps) => Some(gaps),
            _ => None,
        })?;
        let tested: Vec<_> = gaps.rows.iter().filter(|row| row.p_adjusted.is_some()).collect();
        // Where the smallest number is the best, a gap above zero falls short.
        let is_turned = |id: &str| {
            let question = self.survey.questions.iter().find(|question| question.id == id);
            question.is_some_and(|question| headline_better(question) == Some(Better::Lower))
        };
        let clear = |wanted: fn(f64) -> bool| {
            let mut figures: Vec<GroupFigure> = tested
                .iter()
                .filter(|row| row.p_adjusted.is_some_and(|p| p < self.alpha))
                .filter(|row| row.base >= self.survey.flag_below)
                .filter_map(|row| {
                    let turned = if is_turned(&row.question) { -1.0 } else { 1.0 };
                    let value = row.gap.filter(|gap| wanted(turned * gap))?;
                    let (low, high) = (row.low, row.high);
                    let (name, p_adjusted) = (row.question.clone(), row.p_adjusted);
                    Some(GroupFigure { name, value, low, high, share: None, p_adjusted })
                })
                .collect();
            figures.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
            figures
        };
        (!tested.is_empty()).then(|| Finding::Gaps {
            tested: u64::try_from(tested.len()).unwrap_or(u64::MAX),
            below: clear(|gap| gap < 0.0),
            above: clear(|gap| gap > 0.0),
        })
    }

    /// The first of what to improve, where it surely is the first.
    fn first_priority(&self) -> Option<Finding> {
        let priorities = self.sections.iter().find_map(|section| match section {
            Section::Priorities(found) if found.cautions.is_empty() => Some(found),
            _ => None,
        })?;
        let first = priorities.rows.iter().find(|row| row.rank == Some(1) && !row.small_base)?;
        let (rank_low, rank_high) = first.rank_low.zip(first.rank_high).filter(|(_, high)| *high == 1)?;
        first.settled.filter(|is_settled| *is_settled)?;
        let (low, high) = first.missing_low.zip(first.missing_high)?;
        Some(Finding::FirstPriority {
            question: first.question.clone(),
            missing: first.missing?,
            low,
            high,
            rank_low,
            rank_high,
            ranked: priorities.rows.iter().filter(|row| row.rank.is_some()).count() as u64,
            importance_from: priorities.importance_from.clone(),
        })
    }

    /// What is important and rated below the mean, the worst first.
    fn priorities(&self) -> Option<Finding> {
        let quadrant = Quadrant::ConcentrateHere;
        let priorities: &PrioritiesSection = self.sections.iter().find_map(|section| match section {
            Section::Priorities(priorities) => Some(priorities),
            _ => None,
        })?;
        let mut rows: Vec<_> = priorities.rows.iter().filter(|row| row.quadrant == Some(quadrant)).collect();
        let performance = |row: &crate::report::PriorityRow| row.performance.unwrap_or(f64::INFINITY);
        rows.sort_by(|a, b| performance(a).total_cmp(&performance(b)));
        let (settled, unsettled): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| {
            row.quadrant_probability.is_some_and(|share| share >= SETTLED) && !row.small_base
        });
        let names = |rows: Vec<&crate::report::PriorityRow>| -> Vec<String> {
            rows.into_iter().map(|row| row.question.clone()).collect()
        };
        let (settled, unsettled) = (names(settled), names(unsettled));
        let some = !(settled.is_empty() && unsettled.is_empty());
        some.then_some(Finding::Priorities { settled, unsettled, quadrant })
    }

    /// Tendencies over all waves that are clear.
    fn tendencies(&self) -> Vec<Finding> {
        let tendency = |trend: &TrendSection| {
            let tendency = trend.tendency.as_ref().filter(|tendency| tendency.p_adjusted < self.alpha)?;
            Some(Finding::Tendency {
                question: trend.question.clone(),
                statistic: trend.statistic.clone(),
                unit: trend.unit,
                waves: tendency.waves,
                slope: tendency.slope,
                slope_low: tendency.slope_low,
                slope_high: tendency.slope_high,
                p_adjusted: tendency.p_adjusted,
            })
        };
        self.trends().filter_map(tendency).collect()
    }

    /// What the control charts mark in the wave shown; what provisional limits mark is no finding.
    fn signals(&self) -> Vec<Finding> {
        let signal = |trend: &TrendSection| {
            trend.chart.as_ref().filter(|chart| !chart.provisional)?;
            let point = self.shown(trend)?;
            Some(Finding::Signal {
                question: trend.question.clone(),
                statistic: trend.statistic.clone(),
                unit: trend.unit,
                wave: point.wave.clone(),
                value: point.value?,
                rules: point.signal.clone()?,
            })
        };
        self.trends().filter_map(signal).collect()
    }

    fn trends(&self) -> impl Iterator<Item = &'a TrendSection> {
        self.sections.iter().filter_map(|section| match section {
            Section::Trend(trend) => Some(trend),
            _ => None,
        })
    }

    /// The point of the wave shown; of all waves together, the latest that is complete.
    fn shown(&self, trend: &'a TrendSection) -> Option<&'a TrendPoint> {
        match self.wave {
            Some(wave) => trend.points.iter().find(|point| point.wave == wave),
            None => trend.points.iter().rev().find(|point| point.complete),
        }
    }

    /// How far apart two figures of a headline can be: what makes changes of different scales comparable.
    fn span(&self, trend: &TrendSection) -> f64 {
        let scale = || {
            let question = self.survey.questions.iter().find(|question| question.id == trend.question)?;
            let scale = question.scale.as_ref()?;
            let width = f64::from(scale.max) - f64::from(scale.min);
            Some(if question.measure == Measure::Gap { 2.0 * width } else { width })
        };
        match trend.unit {
            Unit::Percent | Unit::Index => 100.0,
            Unit::Points => 200.0,
            // A free number has no scale; its own figures are all there is to compare with.
            Unit::Scale | Unit::Days | Unit::Rate | Unit::Count => {
                let largest = || {
                    trend.points.iter().filter_map(|point| point.value).fold(0.0, |a: f64, b| a.max(b.abs()))
                };
                scale().unwrap_or_else(largest).max(f64::MIN_POSITIVE)
            }
        }
    }
}

/// Whether the whole moved one way and the groups within it the other, both clearly (Simpson's paradox).
fn simpson(point: &TrendPoint) -> bool {
    let sign = |low: Option<f64>, high: Option<f64>| match (low, high) {
        (Some(low), _) if low > 0.0 => 1,
        (_, Some(high)) if high < 0.0 => -1,
        _ => 0,
    };
    sign(point.change_low, point.change_high) * sign(point.within_low, point.within_high) < 0
}
