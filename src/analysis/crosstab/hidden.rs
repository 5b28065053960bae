//! Which columns are hidden: those with few respondents, and others that would give them away.
//!
//! All banners of a command are protected together with the margins of their crossings, over all waves. An option of a
//! question with several answers is a group by itself beside those who did not choose it, since options overlap. The
//! points of a question stand within its boxes. Of a segment in the rows every cell is a group.

use std::collections::BTreeMap;

use crate::analysis::suppression::{Families, Place};
use crate::report::Flag;
use crate::survey::Survey;
use crate::tally::{Counted, Counts, Stratum};

use super::banner::{Valued, of_banner};
use super::plan::{Banner, Dimension, Of};

/// The groups of a command with the strata they are made of.
pub(super) struct Groups {
    places: BTreeMap<(Option<usize>, Place), usize>,
    /// By group, the strata as places among all.
    strata: Vec<Vec<usize>>,
    /// The questions whose boxes are columns.
    boxed: Vec<usize>,
}

/// Why each group is hidden for one stub.
pub(super) struct Hidden<'g> {
    groups: &'g Groups,
    flags: Vec<Option<Flag>>,
    /// By group and category of a segment in the rows.
    cells: BTreeMap<(usize, usize), Flag>,
}

impl Groups {
    pub(super) fn new(survey: &Survey, counted: &Counted, banners: &[Banner]) -> Self {
        let whole = Banner { id: String::new(), dimensions: Vec::new() };
        let boxed: Vec<usize> = banners
            .iter()
            .flat_map(|banner| &banner.dimensions)
            .filter_map(|dimension| match dimension.of {
                Of::Boxes(index) => Some(index),
                _ => None,
            })
            .collect();
        let mut groups = Self { places: BTreeMap::new(), strata: Vec::new(), boxed };
        for banner in std::iter::once(&whole).chain(&parts(banners)) {
            let valued: Vec<Valued> = banner
                .dimensions
                .iter()
                .map(|dimension| Valued::new(survey, counted, dimension, &|_| false))
                .collect();
            for (index, stratum) in of_banner(counted, banner) {
                for place in places(survey, banner, &valued, stratum, &groups.boxed) {
                    groups.add((stratum.wave, place), index);
                }
            }
        }
        groups
    }

    fn add(&mut self, key: (Option<usize>, Place), stratum: usize) {
        let next = self.strata.len();
        let group = *self.places.entry(key).or_insert(next);
        if group == next {
            self.strata.push(Vec::new());
        }
        if self.strata[group].last() != Some(&stratum) {
            self.strata[group].push(stratum);
        }
    }

    /// What is hidden for the stub of this tally; `segment` names the stub where it is one.
    pub(super) fn hidden(
        &self,
        counted: &Counted,
        tally: usize,
        segment: Option<&str>,
        limit: u64,
    ) -> Hidden<'_> {
        let mut keys: Vec<(Option<usize>, Place)> = vec![(None, Place::new()); self.strata.len()];
        for (key, group) in &self.places {
            keys[*group] = key.clone();
        }
        let counts = |group: usize| {
            self.strata[group]
                .iter()
                .filter_map(move |stratum| counted.strata.get(*stratum)?.counts.get(tally))
        };
        let mut bases: Vec<u64> =
            (0..keys.len()).map(|group| counts(group).map(Counts::answered).sum()).collect();
        let mut cells: Vec<(usize, usize)> = Vec::new();
        if let Some(id) = segment {
            let categories = counted.categories.get(tally).map_or(0, Vec::len);
            for group in 0..self.strata.len() {
                for category in 0..categories {
                    let count = |counts: &Counts| match counts {
                        Counts::Single(counts) => counts.points.get(category).map_or(0, |count| count.n),
                        _ => 0,
                    };
                    bases.push(counts(group).map(count).sum());
                    let (wave, mut place) = keys[group].clone();
                    place.insert(format!("row {id}"), category.to_string());
                    keys.push((wave, place));
                    cells.push((group, category));
                }
            }
        }
        let flags = Families::new(&keys).hidden(&bases, limit);
        let of_cells = flags.iter().skip(self.strata.len()).zip(&cells);
        let cells = of_cells.filter_map(|(flag, cell)| Some((*cell, (*flag)?))).collect();
        Hidden { groups: self, flags, cells }
    }
}

impl Hidden<'_> {
    /// What one value of a dimension says of a group.
    pub(super) fn pairs(&self, survey: &Survey, dimension: &Dimension, key: &str) -> Vec<(String, String)> {
        pairs(survey, dimension, key, &self.groups.boxed)
    }

    /// Why a column is hidden, if it is.
    pub(super) fn column(&self, wave: Option<usize>, place: &Place) -> Option<Flag> {
        let group = self.groups.places.get(&(wave, place.clone()))?;
        self.flags.get(*group).copied().flatten()
    }

    /// Why a cell of a segment in the rows is hidden, if it is.
    pub(super) fn cell(&self, wave: Option<usize>, place: &Place, category: usize) -> Option<Flag> {
        let group = self.groups.places.get(&(wave, place.clone()))?;
        self.cells.get(&(*group, category)).copied()
    }
}

/// Every banner without its waves, and the margins of crossings, each once.
fn parts(banners: &[Banner]) -> Vec<Banner> {
    let mut parts: Vec<Banner> = Vec::new();
    for banner in banners {
        let dimensions: Vec<&Dimension> =
            banner.dimensions.iter().filter(|dimension| dimension.of != Of::Wave).collect();
        for mask in 1..1_usize << dimensions.len() {
            let within = dimensions.iter().enumerate().filter(|(place, _)| mask >> place & 1 == 1);
            let part: Vec<Dimension> = within.map(|(_, dimension)| (*dimension).clone()).collect();
            if !parts.iter().any(|other| other.dimensions == part) {
                parts.push(Banner { id: String::new(), dimensions: part });
            }
        }
    }
    parts
}

/// The groups that a stratum of a banner is in.
fn places(
    survey: &Survey,
    banner: &Banner,
    valued: &[Valued],
    stratum: &Stratum,
    boxed: &[usize],
) -> Vec<Place> {
    let mut places = vec![Place::new()];
    for ((dimension, valued), (_, name)) in banner.dimensions.iter().zip(valued).zip(&stratum.segment) {
        places = places
            .iter()
            .flat_map(|place| {
                valued.keys_of(name).map(move |key| {
                    let mut place = place.clone();
                    place.extend(pairs(survey, dimension, key, boxed));
                    place
                })
            })
            .collect();
    }
    places
}

/// What one value of a dimension says of a group.
fn pairs(survey: &Survey, dimension: &Dimension, key: &str, boxed: &[usize]) -> Vec<(String, String)> {
    let variable = &dimension.variable;
    match dimension.of {
        Of::Wave => Vec::new(),
        Of::Segment(_) => vec![(variable.clone(), key.to_owned())],
        Of::Boxes(_) => vec![(format!("{variable}:box"), key.to_owned())],
        Of::Several(_) => vec![(format!("{variable} {key}"), "chosen".to_owned())],
        Of::Points(index) => {
            let mut pairs = vec![(variable.clone(), key.to_owned())];
            if boxed.contains(&index) {
                let part = super::banner::box_of(&survey.questions[index], key);
                pairs.extend(part.map(|part| (format!("{variable}:box"), part.to_owned())));
            }
            pairs
        }
    }
}
