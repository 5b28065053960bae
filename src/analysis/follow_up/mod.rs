//! Answers to follow up, one row each: which, whose, of when, the scores, the comments, the groups.
//!
//! Names, addresses and numbers by which a person can be reached stand in it only where they are asked for. Weights
//! play no part: an unhappy customer is one whatever the weight.

mod columns;
mod list;

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::prepare::Filter;
use crate::survey::expression::Expression;
use crate::survey::{PersonalKind, Profile, Survey, normalize, personal_columns};
use crate::tally::{Plan, Wanted};

use self::columns::{Columns, ListColumn};
pub use self::list::follow_up;
use super::exclusions;
use super::plan::{PlanError, plan};
use super::scope::Scope;

/// What is to be read for a list.
#[derive(Clone, Debug)]
pub struct FollowUpPlan {
    /// What the pass counts: nothing but rows.
    pub plan: Plan,
    /// What it keeps of each row.
    pub wanted: Wanted,
    /// What is odd about the conditions, though they can be used.
    pub cautions: Vec<Diagnostic>,
    condition: Filter,
    columns: Vec<(String, ListColumn)>,
    left_out: Vec<String>,
}

/// What is to be read for the answers for which `condition` holds; `with_personal` adds the personal columns.
///
/// # Errors
/// What was typed and does not fit the survey.
pub fn follow_up_plan(
    survey: &Survey,
    scope: &Scope,
    condition: &Expression,
    profiles: &[Profile],
    with_personal: bool,
) -> Result<FollowUpPlan, PlanError> {
    let (mut plan, map) = plan(survey, scope)?;
    let mut cautions = map.cautions;
    let (condition, odd) = exclusions::filter(condition, survey, scope, &mut plan.variables)?;
    cautions.extend(odd);
    plan.tallies.clear();
    plan.groupings = vec![Vec::new()];
    plan.weight = None;
    let personal = Personal::new(profiles, survey);
    let found = Columns::new(survey, &plan, &personal, with_personal);
    let wanted = Wanted {
        variables: (0..plan.variables.len()).collect(),
        dates: survey.data.date.iter().cloned().collect(),
        texts: found.texts,
        ..Wanted::default()
    };
    Ok(FollowUpPlan { plan, wanted, cautions, condition, columns: found.list, left_out: found.left_out })
}

/// The personal columns of all inputs.
#[derive(Debug)]
struct Personal {
    /// In the order of the files.
    columns: Vec<String>,
    /// Those by which a person can be reached or known.
    contact: BTreeSet<String>,
}

impl Personal {
    fn new(profiles: &[Profile], survey: &Survey) -> Self {
        let mut personal = Self { columns: Vec::new(), contact: BTreeSet::new() };
        for found in profiles.iter().flat_map(|profile| personal_columns(profile, &survey.data)) {
            if !matches!(
                found.kind,
                PersonalKind::FreeId | PersonalKind::BirthDate | PersonalKind::Postcode | PersonalKind::Other
            ) {
                personal.contact.insert(normalize(&found.column));
            }
            if !personal.columns.contains(&found.column) {
                personal.columns.push(found.column);
            }
        }
        personal
    }

    fn is_contact(&self, columns: &[String]) -> bool {
        columns.iter().any(|column| self.contact.contains(&normalize(column)))
    }
}
