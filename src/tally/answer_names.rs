//! What the codes of a plan's variables stand for, as conditions ask.

use super::plan::{Coding, Variable};
use crate::prepare::AnswerNames;
use crate::survey::{Code, Scale, answer, fold};

/// The categories, and sets of them, that were found so far.
pub(super) trait Found {
    /// The categories of a variable, in the order of the codes.
    fn names(&self, variable: usize) -> &[String];

    /// The options of a set, by its place among the sets of a variable.
    fn set(&self, variable: usize, place: usize) -> &[Code];
}

/// The names of codes.
pub(super) struct Names<'a, F> {
    pub(super) variables: &'a [Variable],
    pub(super) found: &'a F,
}

impl<F: Found> Names<'_, F> {
    /// The name of a category, and the texts in the file that are labelled so.
    fn texts(&self, variable: usize, code: Code) -> Vec<&str> {
        let Some(name) = answer(code).and_then(|index| self.found.names(variable).get(index)) else {
            return Vec::new();
        };
        let labels = match &self.variables[variable].coding {
            Coding::Category { labels, .. } | Coding::Multiple { labels, .. } => Some(labels),
            _ => None,
        };
        let written = labels.into_iter().flatten().filter(|(_, label)| *label == name);
        std::iter::once(name.as_str()).chain(written.map(|(text, _)| text.as_str())).collect()
    }
}

impl<F: Found> AnswerNames for Names<'_, F> {
    fn number(&self, variable: usize, code: Code) -> Option<f64> {
        match &self.variables[variable].coding {
            Coding::Scale(scale) => answer(code).map(|index| scale.value(index)),
            Coding::Category { .. } => {
                let texts = self.texts(variable, code);
                texts
                    .iter()
                    .find_map(|text| text.trim().parse().ok().filter(|number: &f64| number.is_finite()))
            }
            _ => None,
        }
    }

    fn is_text(&self, variable: usize, code: Code, text: &str) -> bool {
        let same = |other: &str| fold(other) == fold(text);
        match &self.variables[variable].coding {
            Coding::Scale(scale) => answer(code).is_some_and(|index| {
                scale_labels(scale, index).any(same) || text.trim().parse() == Ok(scale.value(index))
            }),
            Coding::Category { .. } => self.texts(variable, code).into_iter().any(same),
            Coding::Bands(bands) | Coding::AgeBands { bands, .. } => {
                answer(code).and_then(|index| bands.get(index)).is_some_and(|band| same(&band.label))
            }
            Coding::Multiple { .. } => {
                let set = answer(code).map_or(&[][..], |place| self.found.set(variable, place));
                set.iter().any(|&option| self.texts(variable, option).into_iter().any(same))
            }
            Coding::Number => false,
        }
    }
}

fn scale_labels(scale: &Scale, index: usize) -> impl Iterator<Item = &str> {
    let lists = std::iter::once(&scale.labels).chain(scale.translations.values());
    lists.filter_map(move |labels| labels.get(index).map(String::as_str))
}
