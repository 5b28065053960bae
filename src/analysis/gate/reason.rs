//! Why a gate could not be judged, or what weakens its outcome: notes, which each output says in its language.

use crate::report::words::said;
use crate::report::{Estimate, Flag, Note, NoteSeverity};

fn note<const N: usize>(code: &str, values: [(&'static str, &str); N]) -> Note {
    let values = values.map(|(name, value)| (name, value.to_owned()));
    said(NoteSeverity::Info, code, None, values)
}

pub(super) fn no_direction() -> Note {
    note("gate_no_direction", [])
}

pub(super) fn no_wave() -> Note {
    note("gate_no_wave", [])
}

pub(super) fn no_such_wave(label: &str) -> Note {
    note("gate_unknown_wave", [("wave", label)])
}

pub(super) fn nothing_of(question: &str, segment: &[(String, String)], wave: &str) -> Note {
    let group: Vec<String> = segment.iter().map(|(id, value)| format!("{id} = {value}")).collect();
    if group.is_empty() {
        note("gate_nothing", [("question", question), ("wave", wave)])
    } else {
        note("gate_no_group", [("group", &group.join(", ")), ("wave", wave)])
    }
}

pub(super) fn absent(flag: Option<Flag>, wave: &str) -> Note {
    let code = match flag {
        Some(Flag::NoAnswers) => "gate_no_answer",
        Some(Flag::Suppressed | Flag::Complementary) => "gate_hidden",
        Some(Flag::TooManyValues) => "gate_no_median",
        _ => "gate_no_figure",
    };
    note(code, [("wave", wave)])
}

pub(super) fn no_interval(flag: Option<Flag>) -> Note {
    let code = match flag {
        Some(Flag::SingleAnswer) => "gate_one_answer",
        Some(Flag::NoVariation) => "gate_all_alike",
        _ => "gate_no_interval",
    };
    note(code, [])
}

pub(super) fn small_base(estimate: &Estimate, flag_below: u64) -> Note {
    let below = flag_below.to_string();
    let Some(base) = estimate.base.map(|base| base.to_string()) else {
        return note("gate_small_base", [("case", "unknown"), ("below", &below)]);
    };
    let weighted = estimate.base_kish.is_some();
    match estimate.base_effective.filter(|_| weighted) {
        None => note("gate_small_base", [("case", "usual"), ("base", &base), ("below", &below)]),
        Some(effective) => {
            let effective = format!("{effective:.0}");
            let values = [("case", "weighted"), ("base", base.as_str()), ("effective", &effective)];
            let [case, base, effective] = values;
            note("gate_small_base", [case, base, effective, ("below", &below)])
        }
    }
}

pub(super) fn not_over(wave: &str) -> Note {
    note("gate_not_over", [("wave", wave)])
}

pub(super) fn no_wave_before(wave: &str) -> Note {
    note("gate_none_before", [("wave", wave)])
}

pub(super) fn no_last_year(wave: &str) -> Note {
    note("gate_no_last_year", [("wave", wave)])
}

pub(super) fn asked_otherwise(before: &str, wave: &str) -> Note {
    note("gate_asked_otherwise", [("before", before), ("wave", wave)])
}

pub(super) fn not_comparable(before: &str, wave: &str) -> Note {
    note("gate_not_comparable", [("before", before), ("wave", wave)])
}

pub(super) fn change_without_interval() -> Note {
    note("gate_change_without_interval", [])
}

pub(super) fn falls() -> Note {
    note("gate_falls", [])
}

pub(super) fn percent(limit: f64) -> Note {
    let meant = crate::measures::rounded(100.0 * limit).unwrap_or(100.0 * limit);
    note("gate_percent", [("meant", &meant.to_string())])
}

pub(super) fn crossed() -> Note {
    note("gate_crossed", [])
}
