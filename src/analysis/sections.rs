//! The sections of a report beyond its figures: which there are, in which order, and what they are made from.

use std::collections::BTreeMap;

use crate::measures::{Context, DesignVariance, StratumDesign};
use crate::report::{Estimate, Flag, Note, Section};
use crate::survey::Survey;
use crate::tally::{Counted, Counts, Stratum};

use super::error::AnalysisError;
use super::plan::PlanMap;
use super::ratings::{KeptRatings, Ratings};
use super::scope::{Depth, Scope};
use super::scorer::cells;
use super::{
    checklist, constructs, distribution, drivers, findings, gaps, groups, kano, left_out, priorities,
};

/// What the sections are made from.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) survey: &'a Survey,
    pub(super) map: &'a PlanMap,
    pub(super) counted: &'a Counted,
    pub(super) scope: &'a Scope,
    /// The strata of the wave shown, or of all waves together.
    pub(super) strata: &'a [&'a Stratum],
    /// The wave shown; `None` without waves and for all together.
    pub(super) wave: Option<&'a str>,
    pub(super) estimates: &'a [Estimate],
    /// What the figures of a stratum have in common.
    pub(super) context: &'a dyn Fn(&Stratum) -> Context<'a>,
    /// Who knows the variances of the design; `None` where there is none.
    pub(super) design: Option<&'a dyn DesignVariance>,
    /// Why the answers to the question at a place are hidden in a stratum, if they are.
    pub(super) hidden: &'a dyn Fn(usize, &Stratum) -> Option<Flag>,
    /// The rows of the wave shown, where they were kept, and what else analyses of rows need.
    pub(super) ratings: Option<(&'a Ratings<'a>, KeptRatings<'a>)>,
}

/// The sections of the wave shown, after those that are `made` already (weighting, trend).
///
/// Distributions, gaps and priorities cost next to nothing and are always there; groups are tested and findings told
/// where a report is asked for. `remarks` gets what is to be said of what there is not.
///
/// # Errors
/// Rows of which nothing can be made that was asked for.
pub(super) fn of(
    subject: &Subject,
    made: Vec<Section>,
    remarks: &mut Vec<Note>,
) -> Result<Vec<Section>, AnalysisError> {
    let mut sections = made;
    let Some(total) = subject.total() else { return Ok(sections) };
    let figures = Figures::new(subject.estimates, subject.wave);
    let kano = kano::section(subject, total, &figures).map(Section::Kano);
    let checklist = checklist::section(subject, total).map(|found| Section::Checklist(Box::new(found)));
    // Without a figure there is nothing that the others could rest on.
    if subject.estimates.is_empty() {
        sections.extend(kano.into_iter().chain(checklist));
        return Ok(sections);
    }
    if subject.scope.depth == Depth::Report {
        sections.extend(groups::sections(subject, total, &figures).into_iter().map(Section::Groups));
    }
    let distributions = distribution::sections(subject, total, &figures);
    sections.extend(distributions.into_iter().map(Section::Distribution));
    sections.extend(gaps::section(subject, total, &figures).map(|gaps| Section::Gaps(Box::new(gaps))));
    sections.extend(kano);
    sections.extend(constructs::sections(subject, total));
    let driven = drivers::section(subject, total, remarks)?;
    let before = priorities::Before { sections: &sections, driven: driven.as_ref() };
    let priorities = priorities::section(subject, total, &figures, before);
    sections.extend(driven.map(|driven| Section::Drivers(Box::new(driven.section))));
    sections.extend(priorities.map(Section::Priorities));
    sections.extend(checklist);
    sections.extend(left_out::section(subject, total, &figures).map(Section::Exclusions));
    if subject.scope.depth == Depth::Report {
        let found = findings::section(subject.survey, &sections, &figures, subject.wave, subject.alpha());
        sections.push(Section::Findings(found));
    }
    Ok(sections)
}

impl<'a> Subject<'a> {
    /// All respondents of the wave shown.
    pub(super) fn total(&self) -> Option<&'a Stratum> {
        self.strata.iter().copied().find(|stratum| stratum.segment.is_empty())
    }

    /// The counts of the question at `index` in a stratum.
    pub(super) fn counts(&self, stratum: &'a Stratum, index: usize) -> Option<&'a Counts> {
        stratum.counts.get(self.map.tallies.get(index).copied().flatten()?)
    }

    /// The counts of the question at `index` in a stratum by cell of the design.
    pub(super) fn cells(&self, stratum: &'a Stratum, index: usize) -> Vec<(usize, &'a Counts)> {
        let tally = self.map.tallies.get(index).copied().flatten();
        tally.map_or_else(Vec::new, |tally| cells(stratum, tally))
    }

    /// What the figures of a question in a stratum have in common, which has these counts by cell of the design.
    pub(super) fn context_of<'c>(&self, stratum: &Stratum, cells: &'c [(usize, &'c Counts)]) -> Context<'c>
    where
        'a: 'c,
    {
        let design = self.design.map(|variance| StratumDesign { variance, cells });
        Context { design, ..(self.context)(stratum) }
    }

    /// The names of the categories of the question at `index`.
    pub(super) fn categories(&self, index: usize) -> &'a [String] {
        let tally = self.map.tallies.get(index).copied().flatten();
        tally.and_then(|tally| self.counted.categories.get(tally)).map_or(&[], Vec::as_slice)
    }

    /// Below this an adjusted p-value is clear.
    pub(super) fn alpha(&self) -> f64 {
        2.0 * self.map.confidence.tail()
    }

    /// The wave shown, as sections carry it.
    pub(super) fn wave(&self) -> Option<String> {
        self.wave.map(str::to_owned)
    }
}

/// The figures of the wave shown by question and group.
pub(super) struct Figures<'a> {
    by_stratum: BTreeMap<(&'a str, Option<Group<'a>>), Vec<&'a Estimate>>,
}

/// A segment and one of its values.
pub(super) type Group<'a> = (&'a str, &'a str);

impl<'a> Figures<'a> {
    pub(super) fn new(estimates: &'a [Estimate], wave: Option<&str>) -> Self {
        let mut by_stratum: BTreeMap<_, Vec<&Estimate>> = BTreeMap::new();
        for estimate in estimates.iter().filter(|estimate| estimate.wave.as_deref() == wave) {
            let mut segment = estimate.segment.iter().map(|(id, value)| (id.as_str(), value.as_str()));
            let group = segment.next();
            // Crossings belong to no panel.
            if segment.next().is_none() {
                by_stratum.entry((estimate.question.as_str(), group)).or_default().push(estimate);
            }
        }
        Self { by_stratum }
    }

    /// The figures of a question for all, or for one group.
    pub(super) fn of(&self, question: &'a str, group: Option<Group<'a>>) -> &[&'a Estimate] {
        self.by_stratum.get(&(question, group)).map_or(&[], Vec::as_slice)
    }

    /// The headline of a question for all, or for one group.
    pub(super) fn headline(&self, question: &'a str, group: Option<Group<'a>>) -> Option<&'a Estimate> {
        self.of(question, group).iter().copied().find(|estimate| estimate.headline)
    }

    /// One statistic of a question for all.
    pub(super) fn statistic(&self, question: &'a str, statistic: &str) -> Option<&'a Estimate> {
        self.of(question, None).iter().copied().find(|estimate| estimate.statistic == statistic)
    }

    /// Why the figures of a question for all are hidden, if they are: all rows may be one small group.
    pub(super) fn hidden(&self, question: &'a str) -> Option<Flag> {
        self.of(question, None).iter().find_map(|estimate| estimate.flag.filter(|flag| is_hidden(*flag)))
    }
}

/// Whether a flag says that a figure is not to be known.
pub(super) fn is_hidden(flag: Flag) -> bool {
    matches!(flag, Flag::Suppressed | Flag::Complementary)
}
