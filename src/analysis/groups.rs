//! One headline by the values of one segment: who differs from everybody else, and how sure the order is.
//!
//! Each group is set against the rest: the answers of the wave shown that are not its own, those without a value of
//! the segment included. The differences from the rest are one family over all panels (Holm), and the tests that all
//! groups are alike another: what a report looks at in many panels, chance has as many occasions to fake. A family a
//! panel was rejected: among twelve questions by four segments of pure noise most reports called a group apart. First and last come from resampling among groups that are neither hidden nor small.
//!
//! Hidden groups have a row without numbers. What the other rows say can be worked out from the figures of all and of
//! the group itself, which are shown anyway: the rest is all less the group. Since figures are hidden at least two
//! at a time and with enough respondents, nothing more can be had from it.

use std::collections::BTreeMap;

use crate::measures::{
    self, Context, Difference, DifferenceRules, Intervals, Related, Side, StratumDesign, difference_by,
    headline_better, homogeneity, related_homogeneity, rounded, scored_answers, verdict,
};
use crate::report::{Better, Estimate, Family, Flag, GroupRow, GroupsSection, HomogeneityTest};
use crate::stats::{Bootstrap, holm};
use crate::survey::{Headline, Measure, Question, Segment};
use crate::tally::{Counts, Stratum};

use super::related::{Part, Relations, by_cell};
use super::resampling::{draws, replicates};
use super::sections::{Figures, Group, Subject, is_hidden};

/// Free numbers with more distinct values are not ranked: drawing them takes too long.
const MOST_SCORES: usize = 100;

/// So many groups are ranked at most: beyond, the order is noise and its account grows with the square.
const MOST_RANKED: usize = 1000;

/// One section for each headline and segment.
pub(super) fn sections<'a>(
    subject: &Subject<'a>,
    total: &'a Stratum,
    figures: &Figures<'a>,
) -> Vec<GroupsSection> {
    let strata: BTreeMap<Group<'a>, &'a Stratum> = subject
        .strata
        .iter()
        .filter_map(|stratum| match stratum.segment.as_slice() {
            [(id, value)] => Some(((id.as_str(), value.as_str()), *stratum)),
            _ => None,
        })
        .collect();
    let mut sections = Vec::new();
    let mut differences: Vec<Vec<Option<Difference>>> = Vec::new();
    for (index, question) in subject.survey.questions.iter().enumerate() {
        let (Some(headline), Some(counts)) = (question.headline, subject.counts(total, index)) else {
            continue;
        };
        // Groups of items have a table of their own, and nobody is a sample of a group.
        if question.measure == Measure::Checklist || figures.hidden(&question.id).is_some() {
            continue;
        }
        for segment in &subject.survey.segments {
            let panel = Panel { subject, figures, question, headline, index, segment, counts, total };
            if let Some((section, of_rows)) = panel.section(&strata) {
                sections.push(section);
                differences.push(of_rows);
            }
        }
    }
    adjust_rows(&mut sections, &differences, subject.alpha());
    adjust_tests(&mut sections);
    sections
}

/// Holm over the rows of all panels, and what the adjusted p-values say.
fn adjust_rows(sections: &mut [GroupsSection], differences: &[Vec<Option<Difference>>], alpha: f64) {
    let tested: Vec<f64> =
        sections.iter().flat_map(|section| &section.rows).filter_map(|row| row.p).collect();
    let Some(adjusted) = holm(&tested) else { return };
    let size = u64::try_from(tested.len()).unwrap_or(u64::MAX);
    let mut next = adjusted.iter();
    for (section, differences) in sections.iter_mut().zip(differences) {
        for (row, difference) in section.rows.iter_mut().zip(differences) {
            row.p_adjusted = row.p.and_then(|_| rounded(*next.next()?));
            row.verdict =
                difference.as_ref().and_then(|difference| verdict(row.p_adjusted, difference, alpha, None));
        }
        let is_tested = section.rows.iter().any(|row| row.p.is_some());
        section.family =
            is_tested.then(|| Family { name: "rest".to_owned(), size, adjustment: "holm".to_owned() });
    }
}

/// Holm over the tests of all panels.
fn adjust_tests(sections: &mut [GroupsSection]) {
    let tests: Vec<f64> = sections.iter().filter_map(|section| Some(section.test.as_ref()?.p)).collect();
    let Some(adjusted) = holm(&tests) else { return };
    for (test, adjusted) in sections.iter_mut().filter_map(|section| section.test.as_mut()).zip(adjusted) {
        test.p_adjusted = rounded(adjusted).unwrap_or(1.0);
    }
}

/// One headline and one segment.
struct Panel<'s, 'a> {
    subject: &'s Subject<'a>,
    figures: &'s Figures<'a>,
    question: &'a Question,
    headline: Headline,
    index: usize,
    segment: &'a Segment,
    /// The counts of all.
    counts: &'a Counts,
    total: &'a Stratum,
}

/// One group with what its row is made from.
struct Member<'a> {
    estimate: &'a Estimate,
    counts: &'a Counts,
    /// Its place among the groups found.
    place: usize,
    side: Option<Side>,
    difference: Option<Difference>,
}

impl<'a> Panel<'_, 'a> {
    /// The section, not yet judged, and the difference behind each of its rows.
    fn section(
        &self,
        strata: &BTreeMap<Group<'a>, &'a Stratum>,
    ) -> Option<(GroupsSection, Vec<Option<Difference>>)> {
        let values = self.subject.counted.segment_values.get(&self.segment.id)?;
        let found: Vec<(Group, &Stratum)> = values
            .iter()
            .map(|value| (self.segment.id.as_str(), value.as_str()))
            .filter_map(|group| Some((group, *strata.get(&group)?)))
            .collect();
        let relations = self.relations(&found);
        let mut names = Vec::new();
        let mut members = Vec::new();
        for (place, (group, stratum)) in found.iter().enumerate() {
            let related = relations.as_ref().and_then(|relations| relations.of_rest(place));
            if let Some(member) = self.member(*group, stratum, place, &related.unwrap_or_default()) {
                names.push(group.1);
                members.push(member);
            }
        }
        let unit = members.first()?.estimate.unit;
        let mut rows: Vec<GroupRow> =
            names.iter().zip(&members).map(|(name, member)| row(name, member)).collect();
        self.rank(&members, &mut rows);
        let section = GroupsSection {
            question: self.question.id.clone(),
            statistic: self.headline.name().to_owned(),
            unit,
            better: headline_better(self.question),
            segment: self.segment.id.clone(),
            wave: self.subject.wave(),
            test: test(&members, relations.as_ref()),
            rows,
            family: None,
        };
        Some((section, members.into_iter().map(|member| member.difference).collect()))
    }

    /// How the groups move together, and each with everybody else, under a design.
    fn relations(&self, found: &[(Group<'a>, &'a Stratum)]) -> Option<Relations> {
        let design = self.subject.design.filter(|design| design.is_drawn())?;
        let scored = |stratum: &'a Stratum| {
            let cells = self.subject.cells(stratum, self.index);
            by_cell(cells, |counts| scored_answers(self.question, self.headline, counts))
        };
        let of_group =
            |(place, (_, stratum)): (usize, &(Group, &'a Stratum))| Some((vec![place], scored(stratum)?));
        let parts: Vec<Part> = found.iter().enumerate().map(of_group).collect::<Option<_>>()?;
        Relations::new(design, parts, found.len(), Some(scored(self.total)?))
    }

    fn member(
        &self,
        group: Group<'a>,
        stratum: &'a Stratum,
        place: usize,
        related: &Related,
    ) -> Option<Member<'a>> {
        let estimates = self.figures.of(&self.question.id, Some(group));
        let estimate = estimates.iter().copied().find(|estimate| estimate.headline)?;
        let counts = self.subject.counts(stratum, self.index)?;
        // A hidden figure makes no side, and so neither a difference nor a part of the test.
        let side = self.side(estimates).filter(|_| !estimate.flag.is_some_and(is_hidden));
        let rest = side.as_ref().and_then(|_| self.rest(stratum, counts));
        let rules =
            DifferenceRules { related: *related, ..DifferenceRules::new(self.subject.map.confidence) };
        let sides = side.as_ref().zip(rest.as_ref());
        let difference = sides.and_then(|(side, rest)| difference_by(rest, side, &rules));
        Some(Member { estimate, counts, place, side, difference })
    }

    /// Everybody else: all less the group.
    fn rest(&self, stratum: &'a Stratum, group: &Counts) -> Option<Side> {
        let rest = self.counts.less(group)?;
        let (of_all, of_group) = ((self.subject.context)(self.total), (self.subject.context)(stratum));
        let population = of_all
            .population
            .zip(of_group.population)
            .map(|(all, group)| all.saturating_sub(group))
            .filter(|population| *population >= rest.answered());
        // A difference takes figure, standard error and base: no limits that would have to be resampled.
        let intervals = Intervals::default();
        let cells = self.rest_by_cell(stratum);
        let cells: Vec<(usize, &Counts)> = cells.iter().map(|(cell, counts)| (*cell, counts)).collect();
        let design = self.subject.design.map(|variance| StratumDesign { variance, cells: &cells });
        let context = Context { intervals: &intervals, population, design, ..of_all };
        let categories = self.subject.categories(self.index);
        let estimates = measures::figures(self.question, &rest, categories, &context).ok()?;
        self.side(&estimates.iter().collect::<Vec<_>>())
    }

    /// The counts of everybody else by cell of the design.
    fn rest_by_cell(&self, stratum: &'a Stratum) -> Vec<(usize, Counts)> {
        let of_group: BTreeMap<usize, &Counts> =
            self.subject.cells(stratum, self.index).into_iter().collect();
        let rest = |(cell, all): (usize, &Counts)| {
            let rest = of_group.get(&cell).map_or_else(|| Some(all.clone()), |group| all.less(group));
            rest.map(|rest| (cell, rest))
        };
        self.subject.cells(self.total, self.index).into_iter().filter_map(rest).collect()
    }

    fn side(&self, estimates: &[&Estimate]) -> Option<Side> {
        let statistic = self.headline.name();
        let scale = self.question.scale.as_ref().map(|scale| [scale.min, scale.max]);
        Some(Side::of(estimates, statistic)?.on_scale(scale, statistic))
    }

    /// How often each group comes first and last.
    fn rank(&self, members: &[Member], rows: &mut [GroupRow]) {
        let small = |estimate: &Estimate| is_small(estimate.base_effective, self.subject.survey.flag_below);
        let ranked: Vec<usize> = (0..members.len())
            .filter(|index| {
                let member = &members[*index];
                member.side.is_some() && !small(member.estimate) && member.estimate.flag != Some(Flag::Census)
            })
            .collect();
        let Some(scores) = self.scores().filter(|_| (2..=MOST_RANKED).contains(&ranked.len())) else {
            return;
        };
        let counts: Option<Vec<Vec<u64>>> =
            ranked.iter().map(|index| self.drawn(&members[*index], &scores)).collect();
        let Some(counts) = counts else { return };
        let sign = if headline_better(self.question) == Some(Better::Lower) { -1.0 } else { 1.0 };
        let signed: Vec<f64> = scores.iter().map(|score| sign * score).collect();
        let replicates = replicates(counts.iter().map(Vec::as_slice));
        let bootstrap = Bootstrap { replicates, seed: self.subject.scope.seed };
        let ranking = bootstrap.ranking(&counts, &signed, self.subject.map.confidence);
        for (index, rank) in ranked.into_iter().zip(ranking.into_iter().flatten()) {
            // Answers all alike never move when resampled, however few they are: that is no sureness.
            if !rank.fixed {
                let row = &mut rows[index];
                (row.first_share, row.last_share) = (rounded(rank.first), rounded(rank.last));
                (row.rank_low, row.rank_high) =
                    (Some(u64::from(rank.rank_low)), Some(u64::from(rank.rank_high)));
            }
        }
    }

    /// The scores that anybody has, lowest first.
    fn scores(&self) -> Option<Vec<f64>> {
        let answers = scored_answers(self.question, self.headline, self.counts)?;
        (answers.len() <= MOST_SCORES).then(|| answers.into_iter().map(|(score, _)| score).collect())
    }

    /// What is drawn of a group: a count for each score.
    fn drawn(&self, member: &Member, scores: &[f64]) -> Option<Vec<u64>> {
        let answers = scored_answers(self.question, self.headline, member.counts)?;
        let mut own = answers.into_iter().peekable();
        let aligned: Vec<_> = scores
            .iter()
            .map(|score| {
                let of_score = own.next_if(|(other, _)| other.total_cmp(score).is_eq());
                (*score, of_score.map(|(_, count)| count).unwrap_or_default())
            })
            .collect();
        let effective = member.estimate.base_effective.filter(|_| self.subject.counted.weighted);
        own.peek().is_none().then(|| draws(&aligned, effective))
    }
}

/// Whether a base is below the limit at which it is flagged, whatever else the flag says.
pub(super) fn is_small(base_effective: Option<f64>, flag_below: u64) -> bool {
    base_effective.is_none_or(|base| base < flag_below as f64)
}

fn test(members: &[Member], relations: Option<&Relations>) -> Option<HomogeneityTest> {
    let test = match relations {
        Some(relations) => {
            let domain = |member: &Member| relations.groups.get(member.place).copied().flatten();
            let sides = members.iter().filter_map(|member| Some((member.side.as_ref()?, domain(member)?)));
            related_homogeneity(&sides.collect::<Vec<_>>(), &relations.known)?
        }
        None => homogeneity(members.iter().filter_map(|member| member.side.as_ref()))?,
    };
    Some(HomogeneityTest {
        name: test.name.to_owned(),
        statistic: test.statistic,
        df: test.df,
        df2: test.df2,
        p: test.p,
        p_adjusted: test.p,
    })
}

/// The row of a group; figures that are hidden are null in the estimate already.
fn row(name: &str, member: &Member) -> GroupRow {
    let Member { estimate, difference, .. } = member;
    let of = |part: fn(&Difference) -> Option<f64>| difference.as_ref().and_then(part);
    GroupRow {
        group: name.to_owned(),
        value: estimate.value,
        low: estimate.low,
        high: estimate.high,
        base: estimate.base,
        base_effective: estimate.base_effective,
        flag: estimate.flag,
        difference: of(|difference| Some(difference.value)),
        difference_low: of(|difference| difference.low),
        difference_high: of(|difference| difference.high),
        p: of(|difference| difference.p),
        p_adjusted: None,
        verdict: None,
        first_share: None,
        last_share: None,
        rank_low: None,
        rank_high: None,
    }
}
