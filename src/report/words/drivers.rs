//! What drives an outcome, in sentences.

use super::{Names, NumberStyle, Speech, fill};
use crate::report::{
    DriverCaution, DriverFactor, DriversCaution, DriversGroup, DriversSection, KeyDriversTable, OutcomeLevel,
};

/// Differences below this adjusted p-value are told.
const CLEAR: f64 = 0.05;

/// What is explained, as it is called in sentences.
pub(crate) fn drivers_outcome(speech: &Speech, names: &Names, section: &DriversSection) -> String {
    let texts = &speech.phrases().drivers;
    let outcome = speech.quoted(&names.called(&section.outcome));
    match section.outcome_of.as_str() {
        "top_box" => fill(texts.top_box, &[("outcome", &outcome)]),
        "nps" => fill(texts.nps, &[("outcome", &outcome)]),
        _ => outcome,
    }
}

/// What all drivers together explain, of which rows, and what it is not; in full also of penalty and reward.
pub(crate) fn drivers_sentences(
    speech: &Speech,
    names: &Names,
    section: &DriversSection,
    in_full: bool,
) -> Vec<String> {
    let texts = &speech.phrases().drivers;
    let mut said = Vec::new();
    let outcome = drivers_outcome(speech, names, section);
    if section.outcome_guessed {
        said.push(fill(texts.guessed, &[("outcome", &outcome)]));
    }
    if let Some((r2, base)) = section.r2.zip(section.base) {
        let (share, count) = (speech.share(r2), speech.count(base));
        // With marks for missing answers R² is of what these leave.
        let (plain, ranged) = match section.missing.as_str() {
            "dummy" => (texts.explained_left, texts.explained_left_range),
            _ => (texts.explained, texts.explained_range),
        };
        said.push(match section.r2_low.zip(section.r2_high) {
            Some((low, high)) => {
                let range = speech.range((100.0 * low, 100.0 * high), NumberStyle::plain(1));
                let with = [
                    ("r2", &share as &dyn std::fmt::Display),
                    ("range", &range),
                    ("outcome", &outcome),
                    ("count", &count),
                ];
                fill(ranged, &with)
            }
            None => fill(plain, &[("r2", &share), ("outcome", &outcome), ("count", &count)]),
        });
    }
    said.extend(section.cautions.iter().map(|caution| doubt(speech, names, section, *caution)));
    said.push(texts.association.to_owned());
    said.push(texts.slope_meaning.to_owned());
    if section.outcome_unit == "points" {
        said.push(texts.slope_points.to_owned());
    }
    if let Some((rows, complete)) = section.rows_shown.zip(section.rows_complete) {
        let (all, whole) = (speech.count(rows), speech.count(complete));
        let lost = rows.saturating_sub(complete);
        said.push(match section.missing.as_str() {
            "listwise" => {
                let share = speech.share(if rows > 0 { lost as f64 / rows as f64 } else { 0.0 });
                fill(texts.lost, &[("lost", &speech.count(lost)), ("rows", &all), ("share", &share)])
            }
            "dummy" => fill(texts.dummy, &[("complete", &whole), ("rows", &all)]),
            _ => fill(texts.complete, &[("complete", &whole), ("rows", &all)]),
        });
    }
    if let Some(moved) = section.correlation_moved {
        said.push(fill(texts.moved, &[("moved", &speech.number(moved, 3, false))]));
    }
    said.push(match section.resamples {
        Some(count) if section.method.contains("jackknife") => {
            fill(texts.jackknife, &[("count", &speech.count(count))])
        }
        Some(count) => fill(texts.bootstrap, &[("count", &speech.count(count))]),
        None if section.census => texts.census.to_owned(),
        None => texts.no_limits.to_owned(),
    });
    if section.resamples.is_some() && section.method.contains("finite population") {
        said.push(texts.finite_population.to_owned());
    }
    if let Some(count) = section.outcome_unread {
        let is_share = section.outcome_unit == "points";
        let text = if is_share { texts.neither_yes_nor_no } else { texts.no_number };
        let outcome = names.called(&section.outcome);
        said.push(fill(text, &[("count", &speech.count(count)), ("outcome", &speech.quoted(&outcome))]));
    }
    if section.ignores_design {
        said.push(texts.ignores_design.to_owned());
        said.push(speech.phrases().priorities.nothing_settled.to_owned());
    }
    if let Some(condition) = section.condition.filter(|_| in_full) {
        said.push(fill(texts.condition, &[("condition", &speech.number(condition, 1, false))]));
    }
    said.extend(drivers_cautions(speech, names, section, in_full));
    if in_full && section.rows.iter().any(|row| row.factor.is_some()) {
        said.push(texts.factors_meaning.to_owned());
    }
    said
}

/// What makes all of it doubtful.
pub(super) fn doubt(
    speech: &Speech,
    names: &Names,
    section: &DriversSection,
    caution: DriversCaution,
) -> String {
    let texts = &speech.phrases().drivers;
    match caution {
        DriversCaution::FewAnswers => {
            let fewest = section.rows.iter().filter_map(|row| row.base).min().unwrap_or(0);
            let drivers = speech.count(section.rows.len() as u64);
            fill(texts.few_answers, &[("count", &speech.count(fewest)), ("drivers", &drivers)])
        }
        DriversCaution::HardlyExplains => texts.hardly_explains.to_owned(),
        DriversCaution::OutcomeSeemsTurned => {
            let outcome = speech.quoted(&names.called(&section.outcome));
            fill(texts.outcome_seems_turned, &[("outcome", &outcome)])
        }
    }
}

/// What is odd about some drivers, each sort once.
fn drivers_cautions(speech: &Speech, names: &Names, section: &DriversSection, in_full: bool) -> Vec<String> {
    let texts = &speech.phrases().drivers;
    // With complete rows only, nothing but these counts anywhere.
    let is_listwise = section.missing == "listwise";
    let few = if is_listwise { texts.few_at_an_end } else { speech.phrases().views.few_complete };
    let sorts = [
        (DriverCaution::SeemsTurned, texts.seems_turned),
        (DriverCaution::OppositeSigns, texts.opposite_signs),
        (DriverCaution::Collinear, texts.collinear),
        (DriverCaution::FewAtAnEnd, few),
    ];
    let sorts = sorts.into_iter().filter(|(caution, _)| in_full || *caution != DriverCaution::FewAtAnEnd);
    let told = sorts.filter_map(|(caution, text)| {
        let odd = section.rows.iter().filter(|row| row.cautions.contains(&caution));
        let odd: Vec<String> = odd.map(|row| names.called(&row.question)).collect();
        let list = speech.list(&speech.quoted_alike(&odd));
        (!odd.is_empty()).then(|| fill(text, &[("list", &list)]))
    });
    told.collect()
}

/// What kind of factor a driver is.
pub(crate) fn driver_factor(speech: &Speech, factor: DriverFactor) -> &'static str {
    let texts = &speech.phrases().drivers;
    match factor {
        DriverFactor::Basic => texts.basic,
        DriverFactor::Performance => texts.performance,
        DriverFactor::Excitement => texts.excitement,
    }
}

/// By segment, whether importance differs between its groups.
pub(crate) fn drivers_differences(speech: &Speech, names: &Names, section: &DriversSection) -> Vec<String> {
    let texts = &speech.phrases().drivers;
    let mut segments: Vec<&str> = Vec::new();
    for difference in &section.differences {
        if !segments.contains(&difference.segment.as_str()) {
            segments.push(&difference.segment);
        }
    }
    let told = segments.into_iter().map(|segment| {
        let own = section.differences.iter().filter(|difference| difference.segment == segment);
        let clear: Vec<String> = own
            .filter(|difference| difference.p_adjusted < CLEAR)
            .map(|difference| names.called(&difference.question))
            .collect();
        let clear = speech.quoted_alike(&clear);
        let called: Vec<&str> = segment.split('*').map(|id| names.segment(id)).collect();
        let called = called.join(" × ");
        if clear.is_empty() {
            fill(texts.differs_not, &[("segment", &called)])
        } else {
            fill(texts.differs, &[("segment", &called), ("list", &speech.list(&clear))])
        }
    });
    told.collect()
}

/// What a group is called: `Region: North`.
pub(crate) fn drivers_group(names: &Names, group: &DriversGroup) -> String {
    let parts = group.segment.iter().map(|(id, value)| format!("{}: {value}", names.segment(id)));
    parts.collect::<Vec<String>>().join(", ")
}

/// Why a group has no rows.
pub(crate) fn drivers_no_group(speech: &Speech, names: &Names, group: &DriversGroup) -> String {
    let texts = &speech.phrases().drivers;
    let called = drivers_group(names, group);
    match group.base {
        Some(base) => fill(texts.no_group, &[("group", &called), ("count", &speech.count(base))]),
        None => format!("{called}. {}", texts.hidden),
    }
}

/// What reach and noise are.
pub(crate) fn key_drivers_meaning(speech: &Speech, table: &KeyDriversTable) -> String {
    let (base, others) = (speech.count(table.base), speech.count(table.base_others));
    fill(speech.phrases().drivers.key_meaning, &[("base", &base), ("others", &others)])
}

/// What a level of an outcome is called.
pub(crate) fn outcome_level(speech: &Speech, level: &OutcomeLevel) -> String {
    let texts = &speech.phrases().drivers;
    match level.level.as_str() {
        "promoters" => texts.promoters.to_owned(),
        "passives" => texts.passives.to_owned(),
        "detractors" => texts.detractors.to_owned(),
        point => point.to_owned(),
    }
}
