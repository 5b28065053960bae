//! From what a definition declares to a scheme for the categories that were counted, with the names for its failures.

use std::collections::BTreeMap;

use super::scheme::{
    Bounds, Margin, Method, Missing, Redistribution, Scale, Scheme, Target, Trimming, Unit, Within,
};
use super::{Failure, Names};
use crate::survey::{
    BoundsOf, MarginDefinition, NO_ANSWER, Redistribute, TargetUnit, WeightBounds, WeightingDefinition,
    WeightingMethod, WeightingMissing, WeightingScale,
};

/// A scheme with the names that a definition and the answers give its variables and categories.
#[derive(Clone, Debug, PartialEq)]
pub struct Declared {
    /// The scheme; its variables are those of [`WeightingDefinition::raking_variables`], in that order.
    pub scheme: Scheme,
    variables: Vec<String>,
    /// By variable, the categories by code: those counted, then those that only targets have.
    categories: Vec<Vec<String>>,
    /// By margin, its name.
    margins: Vec<String>,
}

impl Declared {
    /// The scheme of a definition for a sample.
    ///
    /// `found` has the names of categories by code for each of
    /// [`raking_variables`](WeightingDefinition::raking_variables), as in
    /// [`Counted::design_names`](crate::tally::Counted::design_names); lists beyond are not looked at. Categories that
    /// the sample lacks get the codes after those. `population` is what the survey declares, for
    /// [`WeightingScale::Population`]; without it that is the total of the targets.
    pub fn new(definition: &WeightingDefinition, found: &[Vec<String>], population: Option<u64>) -> Self {
        let variables: Vec<String> = definition.raking_variables().into_iter().map(str::to_owned).collect();
        let mut codes: Vec<Codes> = (0..variables.len())
            .map(|variable| Codes::new(found.get(variable).map_or(&[], Vec::as_slice)))
            .collect();
        let place = |name: &str| variables.iter().position(|variable| variable == name).unwrap_or_default();
        let margins =
            definition.margins.iter().map(|margin| self::margin(margin, &place, &mut codes)).collect();
        let scheme = Scheme {
            margins,
            method: match definition.method {
                WeightingMethod::Raking => Method::Raking,
                WeightingMethod::PostStratification => Method::PostStratification,
                WeightingMethod::Linear => Method::Linear,
                WeightingMethod::Logit { lower, upper } => Method::Logit { lower, upper },
            },
            missing: match definition.missing {
                WeightingMissing::OwnCategory => Missing::OwnCategory,
                WeightingMissing::Impute => Missing::Impute,
                WeightingMissing::Exclude => Missing::Exclude,
            },
            scale: match (definition.scale, population) {
                (WeightingScale::Base, _) => Scale::Base,
                (WeightingScale::DesignWeights, _) => Scale::DesignWeights,
                (WeightingScale::Total(sum), _) => Scale::Total(sum),
                (WeightingScale::Population, Some(population)) => Scale::Total(population as f64),
                (WeightingScale::Population, None) => Scale::Targets,
            },
            trimming: definition.bounds.map(|bounds| Trimming {
                bounds: self::bounds(bounds),
                redistribution: match definition.redistribute {
                    Redistribute::Rerake => Redistribution::Reraked,
                    Redistribute::Once => Redistribution::EqualOnce,
                    Redistribute::Repeat => Redistribution::EqualRepeated,
                },
            }),
        };
        Self {
            scheme,
            variables,
            categories: codes.into_iter().map(|codes| codes.names).collect(),
            margins: definition.margins.iter().map(MarginDefinition::name).collect(),
        }
    }

    /// A failure in the words of the definition.
    pub fn sentence(&self, failure: &Failure) -> String {
        failure.sentence(self).to_string()
    }
}

impl Names for Declared {
    fn variable(&self, variable: usize) -> String {
        self.variables.get(variable).cloned().unwrap_or_default()
    }

    fn category(&self, variable: usize, code: Option<u32>) -> String {
        let Some(code) = code else { return NO_ANSWER.to_owned() };
        let name = self.categories.get(variable).and_then(|names| names.get(code as usize));
        name.cloned().unwrap_or_default()
    }

    fn margin(&self, margin: usize, variables: &[usize]) -> String {
        self.margins.get(margin).cloned().unwrap_or_else(|| {
            let names: Vec<String> = variables.iter().map(|variable| self.variable(*variable)).collect();
            names.join(" × ")
        })
    }
}

/// The codes of one variable's categories.
struct Codes {
    names: Vec<String>,
    by_name: BTreeMap<String, u32>,
}

impl Codes {
    fn new(names: &[String]) -> Self {
        let by_name = names.iter().cloned().zip(0..).collect();
        Self { names: names.to_vec(), by_name }
    }

    /// The code of a category, a new one where the sample lacks it; `None` stands for no answer, unless an answer of
    /// that name was found.
    fn code(&mut self, name: &str) -> Option<u32> {
        if let Some(code) = self.by_name.get(name) {
            return Some(*code);
        }
        if name == NO_ANSWER {
            return None;
        }
        let code = u32::try_from(self.names.len()).ok()?;
        self.names.push(name.to_owned());
        self.by_name.insert(name.to_owned(), code);
        Some(code)
    }
}

fn margin(definition: &MarginDefinition, place: &impl Fn(&str) -> usize, codes: &mut [Codes]) -> Margin {
    let variables: Vec<usize> = definition.variables.iter().map(|variable| place(variable)).collect();
    let mut code = |variable: usize, name: &str| codes.get_mut(variable).and_then(|codes| codes.code(name));
    let targets = definition.targets.iter().map(|target| Target {
        categories: variables.iter().zip(&target.categories).map(|(at, name)| code(*at, name)).collect(),
        value: target.value,
    });
    let targets = targets.collect();
    let within = definition.within.as_ref().map(|(segment, value)| {
        let variable = place(segment);
        Within { variable, category: code(variable, value) }
    });
    let unit = match definition.unit {
        TargetUnit::BySum => Unit::BySum,
        TargetUnit::Share => Unit::Share,
        TargetUnit::Percent => Unit::Percent,
        TargetUnit::Count => Unit::Count,
    };
    Margin { variables, targets, unit, within }
}

fn bounds(bounds: WeightBounds) -> Bounds {
    let WeightBounds { lower, upper, of } = bounds;
    match of {
        BoundsOf::Mean => Bounds::OfMean { lower, upper },
        BoundsOf::Weight => Bounds::Absolute { lower, upper },
        BoundsOf::Quantile => Bounds::Quantile { lower, upper },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::survey;
    use crate::weighting::{Cell, weigh};

    fn definition(text: &str) -> WeightingDefinition {
        survey::parse(text.as_bytes(), "s.toml").unwrap().survey.weighting.unwrap()
    }

    fn names(lists: &[&[&str]]) -> Vec<Vec<String>> {
        lists.iter().map(|list| list.iter().map(|name| (*name).to_owned()).collect()).collect()
    }

    const NESTED: &str = "[segment.country]\n[segment.age]\n[weighting.targets]\ncountry = { DE = 0.6, AT = 0.4 }\n\
                          [weighting.within.country.DE.targets]\nage = { old = 0.7, young = 0.3 }\n";

    #[test]
    fn variables_and_categories_get_their_codes_and_new_ones_follow() {
        let text = "[weighting.targets]\n\"region*sex\" = { North = { f = 0.2, \"(no answer)\" = 0.3 }, \"East*f\" = 0.5 }\n";
        let declared = Declared::new(
            &definition(text),
            &names(&[&["South", "North"], &["m", "f"], &["a stratum"]]),
            None,
        );
        let margin = &declared.scheme.margins[0];
        assert_eq!(margin.variables, [0, 1]);
        let codes: Vec<_> = margin.targets.iter().map(|target| target.categories.clone()).collect();
        assert_eq!(codes, [[Some(1), Some(1)], [Some(1), None], [Some(2), Some(1)]]);
        assert_eq!(declared.category(0, Some(2)), "East");
        assert_eq!(declared.category(1, None), "(no answer)");
    }

    #[test]
    fn an_answer_that_is_called_no_answer_is_one() {
        let text = "[weighting.targets]\nsex = { f = 0.7, \"(no answer)\" = 0.3 }\n";
        let declared = Declared::new(&definition(text), &names(&[&["(no answer)", "f"]]), None);
        assert_eq!(declared.scheme.margins[0].targets[1].categories, [Some(0)]);
    }

    #[test]
    fn nested_targets_hold_in_their_part_and_failures_name_it() {
        let found = names(&[&["AT", "DE"], &["young", "old"]]);
        let declared = Declared::new(&definition(NESTED), &found, None);
        assert_eq!(declared.scheme.margins[1].within, Some(Within { variable: 0, category: Some(1) }));
        let cell = |country, age, rows| Cell::unweighted(vec![Some(country), Some(age)], rows);
        let cells = [cell(0, 0, 10), cell(0, 1, 10), cell(1, 0, 40), cell(1, 1, 40)];
        let weighted = weigh(&cells, &declared.scheme).unwrap();
        // 0.6 × 0.7 of 100 rows are 42, of 40 who answered; and 0.4 of 100 are 40, of 20.
        assert!((weighted.factors[3] - 42.0 / 40.0).abs() < 1e-9, "{:?}", weighted.factors);
        assert!((weighted.factors[0] - 40.0 / 20.0).abs() < 1e-9, "{:?}", weighted.factors);
        let failures = weigh(&cells[..3], &declared.scheme).unwrap_err();
        let sentences: Vec<String> = failures.iter().map(|failure| declared.sentence(failure)).collect();
        assert_eq!(
            sentences,
            [
                "age (country: DE): 70 % of the weight should be old, but nobody in the sample is; merge old with \
              young, or drop age (country: DE) from the targets"
            ]
        );
    }

    #[test]
    fn the_population_is_the_surveys_or_that_of_the_targets() {
        let text = "[weighting]\nscale = \"population\"\nunit = \"count\"\n\
                    bounds = { lower = 0.01, upper = 0.99, of = \"quantile\" }\nredistribute = \"once\"\n\
                    [weighting.targets]\nsex = { f = 60, m = 40 }\n";
        let definition = definition(text);
        let scheme = |population| Declared::new(&definition, &[], population).scheme;
        assert_eq!(scheme(None).scale, Scale::Targets);
        assert_eq!(scheme(Some(500)).scale, Scale::Total(500.0));
        assert_eq!(scheme(None).margins[0].unit, Unit::Count);
        let trimming = scheme(None).trimming.unwrap();
        assert_eq!(trimming.bounds, Bounds::Quantile { lower: 0.01, upper: 0.99 });
        assert_eq!(trimming.redistribution, Redistribution::EqualOnce);
    }
}
