//! The columns of a banner: which values there are, which strata make up a column.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::measures::NpsPoints;
use crate::report::Box3;
use crate::survey::{Best, Measure, Question, Scale, Survey};
use crate::tally::{Counted, Stratum};

use super::plan::{Banner, Dimension, Of};

/// What joins the options of a set.
pub(super) const SET_SEPARATOR: char = '\u{1f}';

/// One column before anything is computed.
pub(super) struct Column<'a> {
    /// One for each dimension.
    pub(super) values: Vec<Value>,
    /// The strata it is made of, as places among those of the banner.
    pub(super) parts: Vec<usize>,
    pub(super) stratum: Cow<'a, Stratum>,
}

/// One value of a dimension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) key: String,
    pub(super) label: String,
}

/// The strata of one grouping.
pub(super) struct Strata<'a> {
    pub(super) all: Vec<&'a Stratum>,
}

/// A dimension with its values and what each name in the counts stands for.
pub(super) struct Valued {
    pub(super) values: Vec<Value>,
    /// By value in the counts (of waves: their place as text), the places of the values that hold it.
    held: BTreeMap<String, Vec<usize>>,
}

/// The columns in their order; those without a row are left out.
///
/// `shown` tells the strata of the waves wanted.
pub(super) fn columns<'a>(
    survey: &Survey,
    counted: &'a Counted,
    banner: &Banner,
    is_shown: impl Fn(&Stratum) -> bool,
    is_future: impl Fn(usize) -> bool,
) -> (Vec<Column<'a>>, Strata<'a>) {
    let valued: Vec<Valued> = banner
        .dimensions
        .iter()
        .map(|dimension| Valued::new(survey, counted, dimension, &is_future))
        .collect();
    let strata: Vec<&Stratum> =
        of_banner(counted, banner).map(|(_, stratum)| stratum).filter(|stratum| is_shown(stratum)).collect();
    let mut parts: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
    for (place, stratum) in strata.iter().enumerate() {
        for key in keys(banner, &valued, stratum) {
            parts.entry(key).or_default().push(place);
        }
    }
    let mut columns = Vec::new();
    for (key, parts) in parts {
        let members: Vec<&Stratum> = parts.iter().map(|place| strata[*place]).collect();
        let values: Vec<Value> =
            key.iter().zip(&valued).map(|(place, valued)| valued.values[*place].clone()).collect();
        let stratum = match members.as_slice() {
            [one] => Cow::Borrowed(*one),
            members => {
                let Some(sum) = Stratum::together(members) else { continue };
                Cow::Owned(sum)
            }
        };
        if stratum.rows.n > 0 {
            columns.push(Column { values, parts, stratum });
        }
    }
    (columns, Strata { all: strata })
}

/// The strata of the banner's grouping, of every wave and of all together, with their places among all strata.
pub(super) fn of_banner<'a>(
    counted: &'a Counted,
    banner: &Banner,
) -> impl Iterator<Item = (usize, &'a Stratum)> {
    let ids: Vec<String> = banner
        .dimensions
        .iter()
        .filter(|dimension| dimension.of != Of::Wave)
        .map(|dimension| dimension.variable.clone())
        .collect();
    counted.strata.iter().enumerate().filter(move |(_, stratum)| {
        stratum.segment.len() == ids.len()
            && stratum.segment.iter().zip(&ids).all(|((id, _), wanted)| id == wanted)
    })
}

/// The columns that hold a stratum, as places of values by dimension.
fn keys(banner: &Banner, valued: &[Valued], stratum: &Stratum) -> Vec<Vec<usize>> {
    let mut keys = vec![Vec::new()];
    let mut values = stratum.segment.iter().map(|(_, value)| value.clone());
    for (dimension, valued) in banner.dimensions.iter().zip(valued) {
        let name = match dimension.of {
            Of::Wave => stratum.wave.map(|wave| wave.to_string()),
            _ => values.next(),
        };
        let held = name.and_then(|name| valued.held.get(&name)).map_or(&[][..], Vec::as_slice);
        keys = keys
            .iter()
            .flat_map(|key| held.iter().map(move |place| key.iter().copied().chain([*place]).collect()))
            .collect();
    }
    keys
}

impl Valued {
    pub(super) fn new(
        survey: &Survey,
        counted: &Counted,
        dimension: &Dimension,
        is_future: &impl Fn(usize) -> bool,
    ) -> Self {
        let names = counted.segment_values.get(&dimension.variable).map_or(&[][..], Vec::as_slice);
        let each = |names: Vec<(String, Value)>| {
            let held =
                names.iter().enumerate().map(|(place, (name, _))| (name.clone(), vec![place])).collect();
            Self { values: names.into_iter().map(|(_, value)| value).collect(), held }
        };
        let plain = |name: &String| (name.clone(), Value { key: name.clone(), label: name.clone() });
        match dimension.of {
            Of::Wave => {
                let waves = counted.waves.iter().enumerate().filter(|(index, _)| !is_future(*index));
                each(waves.map(|(index, wave)| (index.to_string(), plain(&wave.label).1)).collect())
            }
            Of::Segment(_) => each(names.iter().map(plain).collect()),
            Of::Points(index) => {
                let question = &survey.questions[index];
                let value = |name: &String| (name.clone(), point(question, name));
                let mut values: Vec<(String, Value)> = names.iter().map(value).collect();
                if question.scale.as_ref().is_some_and(|scale| scale.best == Best::Low) {
                    values.reverse();
                }
                each(values)
            }
            Of::Boxes(index) => boxes(&survey.questions[index], names),
            Of::Several(index) => several(&survey.questions[index], names),
        }
    }

    /// The keys of the values that hold a name.
    pub(super) fn keys_of(&self, name: &str) -> impl Iterator<Item = &str> {
        let held = self.held.get(name).map_or(&[][..], Vec::as_slice);
        held.iter().map(|place| self.values[*place].key.as_str())
    }
}

fn point(question: &Question, name: &str) -> Value {
    if let Some((code, label)) = question.options.iter().find(|(_, label)| *label == name) {
        return Value { key: code.clone(), label: label.clone() };
    }
    let label = question.scale.as_ref().and_then(|scale| {
        let index = (0..scale.points()).find(|index| scale.value(*index).to_string() == name)?;
        scale.labels.get(index).map(|label| format!("{name} {label}"))
    });
    Value { key: name.to_owned(), label: label.unwrap_or_else(|| name.to_owned()) }
}

/// The boxes from worst to best.
fn boxes(question: &Question, names: &[String]) -> Valued {
    let nps = question.measure == Measure::Nps;
    let keys = box_keys(nps);
    let labels =
        if nps { ["Detractors", "Passives", "Promoters"] } else { ["Bottom box", "Middle", "Top box"] };
    let values =
        keys.iter().zip(labels).map(|(key, label)| Value { key: (*key).to_owned(), label: label.to_owned() });
    let mut held = BTreeMap::new();
    if let Some(scale) = &question.scale {
        for index in 0..scale.points() {
            let name = scale.value(index).to_string();
            if names.contains(&name) {
                held.insert(name, vec![part(scale, nps, index)]);
            }
        }
    }
    Valued { values: values.collect(), held }
}

/// The box of a point.
pub(super) fn box_of(question: &Question, name: &str) -> Option<&'static str> {
    let scale = question.scale.as_ref()?;
    let nps = question.measure == Measure::Nps;
    let index = (0..scale.points()).find(|index| scale.value(*index).to_string() == name)?;
    Some(box_keys(nps)[part(scale, nps, index)])
}

/// The keys of the boxes from worst to best.
fn box_keys(nps: bool) -> [&'static str; 3] {
    if nps { ["detractors", "passives", "promoters"] } else { ["bottom_box", "middle", "top_box"] }
}

fn part(scale: &Scale, nps: bool, index: usize) -> usize {
    if nps {
        return match NpsPoints::of(scale).part(scale, index) {
            Box3::Bottom => 0,
            Box3::Middle => 1,
            Box3::Top => 2,
        };
    }
    match (scale.in_top(index), scale.in_bottom(index)) {
        (true, false) => 2,
        (false, true) => 0,
        _ => 1,
    }
}

/// The options of a question with several answers, written ones first; a set stands in the column of each.
fn several(question: &Question, sets: &[String]) -> Valued {
    let options = |set: &str| -> Vec<String> { set.split(SET_SEPARATOR).map(str::to_owned).collect() };
    let mut found: Vec<String> = sets.iter().flat_map(|set| options(set)).collect();
    found.sort_unstable();
    found.dedup();
    let written: Vec<String> =
        question.options.values().filter(|label| found.binary_search(label).is_ok()).cloned().collect();
    let others: Vec<String> = found.into_iter().filter(|option| !written.contains(option)).collect();
    let all: Vec<String> = written.into_iter().chain(others).collect();
    let places: BTreeMap<&str, usize> =
        all.iter().enumerate().map(|(place, option)| (option.as_str(), place)).collect();
    let held = sets.iter().map(|set| {
        let within = options(set).iter().filter_map(|option| places.get(option.as_str()).copied()).collect();
        (set.clone(), within)
    });
    let held = held.collect();
    Valued { values: all.iter().map(|option| point(question, option)).collect(), held }
}
