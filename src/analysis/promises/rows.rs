//! The promises and their versions as rows of the section.

use chrono::NaiveDate;

use crate::report::{PromiseFigures, PromiseRow, PromiseState, PromiseVersion};
use crate::survey::Promise;

use super::register::Register;

/// A promise, in the words of the version that holds on `as_of`, else of the latest.
pub(super) fn promise(
    register: &Register,
    place: usize,
    as_of: Option<NaiveDate>,
    figures: PromiseFigures,
) -> PromiseRow {
    let in_force = as_of.and_then(|day| register.version_on(place, day));
    let version = |at: usize| register.versions.get(at);
    let shown =
        in_force.and_then(version).or_else(|| register.versions_of(place).last().map(|(_, last)| last));
    let shown = shown.cloned().unwrap_or_default();
    PromiseRow {
        promise: register.promises.get(place).map(|listed| listed.id.clone()).unwrap_or_default(),
        text: shown.text,
        topic: shown.topic,
        indicator: shown.indicator,
        no_indicator: register.declared
            && register.versions_of(place).any(|(_, version)| version.indicator.is_none()),
        remedy: shown.remedy,
        owner: shown.owner,
        in_force: in_force.is_some(),
        state: match (figures.events, figures.judged) {
            (Some(0) | None, _) => PromiseState::NeverTested,
            (_, Some(0)) => PromiseState::NotJudged,
            _ => PromiseState::Tested,
        },
        versions: register.versions_of(place).count() as u64,
        figures,
    }
}

/// The target for the share kept of a promise: that of the version in force, else of the latest that has one.
pub(super) fn target_kept(register: &Register, place: usize, as_of: Option<NaiveDate>) -> Option<f64> {
    let in_force = as_of.and_then(|day| register.version_on(place, day));
    let own = in_force.and_then(|at| register.versions.get(at)?.target_kept);
    own.or_else(|| register.versions_of(place).filter_map(|(_, version)| version.target_kept).last())
}

/// A version of a promise.
pub(super) fn version(id: &str, version: &Promise, figures: PromiseFigures) -> PromiseVersion {
    let day = |day: Option<NaiveDate>| day.map(|day| day.format("%Y-%m-%d").to_string());
    PromiseVersion {
        promise: id.to_owned(),
        version: version.version.clone(),
        text: version.text.clone(),
        operator: version.rule().map(|(operator, _)| operator.name().to_owned()),
        target: version.rule().map(|(_, target)| target),
        unit: version.unit.clone(),
        indicator: version.indicator.clone(),
        from: day(version.from),
        to: day(version.to),
        figures,
    }
}
