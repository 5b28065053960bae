//! The groups for which figures are found: all records, those of each period, those of each segment value.

use indexmap::IndexMap;

use crate::source::cases::{CaseValues, Cases, Categories};

use super::RecordsError;
use super::calendar::Calendar;

/// No group.
pub(in crate::analysis) const NONE: u32 = u32::MAX;
/// The most groups of a segment or crossing.
const MOST_GROUPS: usize = 1_000;

/// One way to divide records.
#[derive(Clone, Debug, Default)]
pub(in crate::analysis) struct Grouping {
    /// The ids of its segments; empty for all and for periods.
    pub(in crate::analysis) ids: Vec<String>,
    /// The groups.
    pub(in crate::analysis) groups: Vec<Group>,
    /// By record its group, or [`NONE`]; empty: all are in the first.
    pub(in crate::analysis) of: Vec<u32>,
}

/// One group.
#[derive(Clone, Debug, Default)]
pub(in crate::analysis) struct Group {
    /// By segment id its value.
    pub(in crate::analysis) segment: IndexMap<String, String>,
    /// The place of its period.
    pub(in crate::analysis) period: Option<usize>,
}

/// A segment and the field that holds its values.
pub type SegmentField = (String, String);

impl Grouping {
    /// All records.
    pub(in crate::analysis) fn all() -> Self {
        Self { groups: vec![Group::default()], ..Self::default() }
    }

    /// Records by the period of a moment, in seconds since 1970.
    pub(in crate::analysis) fn periods(moments: &[u32], calendar: &Calendar) -> Self {
        let groups = 0..calendar.labels.len();
        Self {
            ids: Vec::new(),
            groups: groups.map(|place| Group { segment: IndexMap::new(), period: Some(place) }).collect(),
            of: moments.iter().map(|at| place(calendar.place(i64::from(*at)))).collect(),
        }
    }

    /// Records by the values of segments, of several together where they are crossed; only what is there is a group.
    /// `records` are the places of those that count among the cases.
    pub(in crate::analysis) fn by(
        cases: &Cases,
        records: &[u32],
        segments: &[SegmentField],
    ) -> Result<Self, RecordsError> {
        let ids: Vec<String> = segments.iter().map(|(id, _)| id.clone()).collect();
        let mut of = vec![0_u32; records.len()];
        let mut names: Vec<Vec<&str>> = Vec::new();
        let mut size = 1_u32;
        for (id, field) in segments {
            let (values, code_of) = values(cases, field).ok_or_else(|| RecordsError::NoGroups(id.clone()))?;
            let count = u32::try_from(values.len()).unwrap_or(u32::MAX);
            let too_many = || RecordsError::TooManyGroups { segment: ids.join("*"), most: MOST_GROUPS };
            let next = size.checked_mul(count.max(1)).ok_or_else(too_many)?;
            for (group, case) in of.iter_mut().zip(records) {
                *group = match code_of(*case as usize) {
                    Some(code) if *group != NONE => *group * count + code,
                    _ => NONE,
                };
            }
            (names, size) = (names.into_iter().chain([values]).collect(), next);
        }
        let mut there: Vec<u32> = of.iter().copied().filter(|group| *group != NONE).collect();
        there.sort_unstable();
        there.dedup();
        if there.len() > MOST_GROUPS {
            return Err(RecordsError::TooManyGroups { segment: ids.join("*"), most: MOST_GROUPS });
        }
        for group in &mut of {
            *group = there.binary_search(group).map_or(NONE, place);
        }
        let group = |code: &u32| {
            let (mut rest, mut chosen) = (*code as usize, Vec::new());
            for values in names.iter().rev() {
                chosen.push(values.get(rest % values.len().max(1)).copied().unwrap_or_default().to_owned());
                rest /= values.len().max(1);
            }
            Group { segment: ids.iter().cloned().zip(chosen.into_iter().rev()).collect(), period: None }
        };
        Ok(Self { groups: there.iter().map(group).collect(), ids, of })
    }

    /// These groups, each period by period; `None` where they would be more than anybody reads.
    pub(in crate::analysis) fn by_period(&self, periods: &Self) -> Option<Self> {
        let count = self.groups.len();
        if count * periods.groups.len() > MOST_GROUPS {
            return None;
        }
        let of_period = |period: &Group| {
            let period = period.period;
            self.groups.iter().map(move |group| Group { segment: group.segment.clone(), period })
        };
        let groups: Vec<Group> = periods.groups.iter().flat_map(of_period).collect();
        let of = self.of.iter().zip(&periods.of).map(|(group, period)| match (*group, *period) {
            (NONE, _) | (_, NONE) => NONE,
            (group, period) => period * place(count) + group,
        });
        Some(Self { ids: self.ids.clone(), groups, of: of.collect() })
    }

    /// Whether its groups are of single periods.
    pub(in crate::analysis) fn is_crossed(&self) -> bool {
        !self.ids.is_empty() && self.groups.iter().any(|group| group.period.is_some())
    }

    /// The group of a record.
    #[inline]
    pub(in crate::analysis) fn group(&self, record: usize) -> Option<usize> {
        if self.of.is_empty() {
            return Some(0);
        }
        self.of.get(record).filter(|group| **group != NONE).map(|group| *group as usize)
    }
}

fn place(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(NONE)
}

/// The values of a field and which of them a case has.
type Values<'a> = (Vec<&'a str>, Box<dyn Fn(usize) -> Option<u32> + 'a>);

fn values<'a>(cases: &'a Cases, field: &str) -> Option<Values<'a>> {
    match cases.field(field)? {
        CaseValues::Categories(found) => {
            let of = |case| Some(code(found, case)).filter(|code| *code != Categories::NONE).map(u32::from);
            Some((found.names().iter().map(String::as_str).collect(), Box::new(of)))
        }
        CaseValues::YesNos(found) => {
            Some((vec!["no", "yes"], Box::new(|case| found.get(case).map(u32::from))))
        }
        _ => None,
    }
}

/// The place of a case's category among its names.
pub(in crate::analysis) fn code(found: &Categories, case: usize) -> u16 {
    found.codes().get(case).copied().unwrap_or(Categories::NONE)
}
