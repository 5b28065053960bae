//! One report a value of a segment, each against the rest.

use csat::analysis::{Depth, Scope, WaveFigures};
use csat::report::{ChosenValue, Estimate, Finding, Flag, Report, Section};
use csat::survey::expression::{Expression, Literal, Operator};
use indexmap::IndexMap;

use crate::cli::Asking;
use crate::pipeline::Way;
use crate::status::Failure;

/// One value of one segment.
#[derive(Clone, Debug)]
pub(crate) struct Each {
    pub(crate) segment: String,
    pub(crate) value: String,
}

impl Each {
    /// The values of a segment that can be shown, and how many cannot: a group that the whole hides has no report of its
    /// own.
    pub(crate) fn values(whole: &Report, segment: &str) -> Result<(Vec<Self>, usize), Failure> {
        let known = &whole.survey.segments;
        let Some(found) = known.iter().find(|known| known.id == segment) else {
            let ids: Vec<&str> = known.iter().map(|known| known.id.as_str()).collect();
            return Err(Failure::usage(format!("`--each {segment}`: the survey has no such segment"))
                .help(format!("there are {}", ids.join(", "))));
        };
        let shown = found.values.iter().filter(|value| !is_hidden(whole, segment, value));
        let shown: Vec<Self> =
            shown.map(|value| Self { segment: segment.to_owned(), value: value.clone() }).collect();
        let hidden = found.values.len() - shown.len();
        Ok((shown, hidden))
    }

    /// `segment=value`, as provenance keeps it.
    pub(crate) fn option(&self) -> String {
        format!("{}={}", self.segment, self.value)
    }

    /// The way back from provenance.
    pub(crate) fn from_option(option: &str) -> Option<Self> {
        let (segment, value) = option.split_once('=')?;
        Some(Self { segment: segment.to_owned(), value: value.to_owned() })
    }

    /// The report of the value: its rows alone, and how it stands against the rest as the whole says.
    ///
    /// Remarks about definition and files were made when the whole was counted, and are not made once a value again.
    pub(crate) fn report(
        &self,
        way: &Way<'_>,
        asking: &Asking,
        whole: &Report,
        shape: impl FnOnce(&mut Scope),
    ) -> Result<Report, Failure> {
        let condition = Expression::Compare {
            name: self.segment.clone(),
            operator: Operator::Equal,
            literal: Literal::Text(self.value.clone()),
        };
        let quiet = way.output.silent();
        let way = Way { output: &quiet, ..*way };
        let mut report = way
            .answer(asking, |_, scope| {
                scope.depth = Depth::Report;
                scope.trend = true;
                shape(scope);
                scope.filter = Some(match scope.filter.take() {
                    Some(typed) => Expression::And(Box::new(typed), Box::new(condition)),
                    None => condition,
                });
                Ok(())
            })?
            .report;
        report.sections.retain(|section| !self.is_panel_of_it(section));
        if has_small_wave(&report) {
            // The whole hides the group in that wave, and the other waves could give it away.
            report.sections.retain(|section| !matches!(section, Section::Trend(_)));
            for section in &mut report.sections {
                if let Section::Findings(found) = section {
                    found.rows.retain(|finding| !speaks_of_waves(finding));
                }
            }
        }
        report.sections.extend(whole.sections.iter().filter_map(|section| self.against_the_rest(section)));
        Ok(report)
    }

    /// The waves of the value alone, out of those of all respondents.
    pub(crate) fn waves(&self, all: &[WaveFigures]) -> Vec<WaveFigures> {
        let of_it = |estimate: &&Estimate| {
            estimate.segment.len() == 1 && estimate.segment.get(&self.segment) == Some(&self.value)
        };
        let waves = all.iter().map(|wave| WaveFigures {
            invited: None,
            response_rate: None,
            estimates: wave
                .estimates
                .iter()
                .filter(of_it)
                .map(|estimate| Estimate { segment: IndexMap::new(), ..estimate.clone() })
                .collect(),
            ..wave.clone()
        });
        waves.collect()
    }

    /// Marks how the report is presented.
    pub(crate) fn chosen(&self) -> ChosenValue {
        ChosenValue { segment: [(self.segment.clone(), self.value.clone())].into_iter().collect() }
    }

    fn is_panel_of_it(&self, section: &Section) -> bool {
        matches!(section, Section::Groups(panel) if panel.segment == self.segment)
    }

    fn against_the_rest(&self, section: &Section) -> Option<Section> {
        let Section::Groups(panel) = section else { return None };
        if panel.segment != self.segment {
            return None;
        }
        let mut panel = panel.clone();
        panel.rows.retain(|row| row.group == self.value);
        Some(Section::Groups(panel))
    }
}

/// Whether the trend shows a wave with fewer respondents than a group may have.
fn has_small_wave(report: &Report) -> bool {
    let least = report.survey.suppress_below;
    report.sections.iter().any(|section| match section {
        Section::Trend(trend) => {
            trend.points.iter().any(|point| point.base.is_some_and(|base| base > 0 && base < least))
        }
        _ => false,
    })
}

fn speaks_of_waves(finding: &Finding) -> bool {
    matches!(
        finding,
        Finding::Change { .. }
            | Finding::NothingChanged { .. }
            | Finding::Tendency { .. }
            | Finding::Signal { .. }
    )
}

fn is_hidden(whole: &Report, segment: &str, value: &str) -> bool {
    whole.estimates.iter().any(|estimate| {
        estimate.segment.len() == 1
            && estimate.segment.get(segment).is_some_and(|found| found == value)
            && matches!(estimate.flag, Some(Flag::Suppressed | Flag::Complementary))
    })
}
