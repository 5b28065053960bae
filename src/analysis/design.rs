//! The design behind the answers: targets that weights are made from, strata, clusters.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::measures::{CellAnswers, DesignMean, DesignVariance};
use crate::survey::{Survey, WeightingMissing};
use crate::tally::{Coding, Counted, DesignPlan, Variable};
use crate::weighting::{self, Answers, Solved};

use super::scope::{Scope, WeightChoice};

/// Whether weights or variances are made from a design here.
pub(super) fn is_declared(survey: &Survey, scope: &Scope) -> bool {
    let margins = survey.weighting.as_ref().is_some_and(|weighting| !weighting.margins.is_empty());
    let drawn = survey.data.stratum.is_some() || survey.data.cluster.is_some();
    scope.weight != Some(WeightChoice::Unweighted) && (margins || drawn)
}

/// What of the design joins the key; columns that are no segment become variables of their own.
pub(super) fn plan(
    survey: &Survey,
    scope: &Scope,
    first_segment: usize,
    variables: &mut Vec<Variable>,
) -> DesignPlan {
    if !is_declared(survey, scope) {
        return DesignPlan::default();
    }
    let mut variable = |name: &str| {
        if let Some(segment) = survey.segments.iter().position(|segment| segment.id == name) {
            return first_segment + segment;
        }
        let known = variables.iter().skip(first_segment).position(|variable| variable.id == name);
        known.map_or_else(
            || {
                let coding = Coding::Category { labels: IndexMap::new(), closed: false };
                variables.push(Variable { id: name.to_owned(), columns: vec![name.to_owned()], coding });
                variables.len() - 1
            },
            |place| first_segment + place,
        )
    };
    let weighting = survey.weighting.as_ref();
    DesignPlan {
        raking: weighting.map_or_else(Vec::new, |weighting| {
            weighting.raking_variables().into_iter().map(&mut variable).collect()
        }),
        leaves_out_unanswered: weighting
            .is_some_and(|weighting| weighting.missing == WeightingMissing::Exclude),
        stratum: survey.data.stratum.as_deref().map(&mut variable),
        cluster: survey.data.cluster.as_deref().map(&mut variable),
    }
}
