//! What is to be thought of before figures of promises are used.

use crate::report::words::said;
use crate::report::{Note, NoteSeverity, PromiseState, PromisesSection};

/// The caveats of a section.
pub(super) fn notes(section: &PromisesSection) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut say = |severity, code: &str, values: Vec<(&'static str, String)>| {
        notes.push(said(severity, code, Some("promises"), values));
    };
    if section.counted.events == 0 {
        say(NoteSeverity::Caution, "promises_no_events", Vec::new());
    }
    let untested: Vec<&str> = section
        .promises
        .iter()
        .filter(|promise| promise.state == PromiseState::NeverTested)
        .map(|promise| promise.promise.as_str())
        .collect();
    if !untested.is_empty() {
        say(NoteSeverity::Caution, "promises_never_tested", vec![("list", untested.join(", "))]);
    }
    let unmeasured: Vec<&str> = section
        .promises
        .iter()
        .filter(|promise| promise.no_indicator)
        .map(|promise| promise.promise.as_str())
        .collect();
    if !unmeasured.is_empty() && section.counted.declared {
        say(NoteSeverity::Caution, "promises_no_indicator", vec![("list", unmeasured.join(", "))]);
    }
    for (reason, code) in
        [("unknown_promise", "promises_unknown"), ("outside_validity", "promises_outside_validity")]
    {
        let of = || section.counted.left_out.iter().filter(|line| line.reason == reason);
        let names: Vec<&str> = of().filter_map(|line| line.text.as_deref()).collect();
        if !names.is_empty() {
            let count: u64 = of().map(|line| line.records).sum();
            let values = vec![("count", count.to_string()), ("list", names.join(", "))];
            say(NoteSeverity::Caution, code, values);
        }
    }
    if !section.counted.declared {
        say(NoteSeverity::Info, "promises_not_declared", Vec::new());
    }
    let contradicted = section.faults.iter().find(|fault| fault.code == "met_contradicts_value");
    if let Some(fault) = contradicted {
        let values = vec![("count", fault.records.to_string())];
        say(NoteSeverity::Caution, "promises_contradicted", values);
    }
    if section.as_of_from == "last_event" && section.counted.events > 0 {
        say(NoteSeverity::Info, "promises_as_of", vec![("date", section.as_of.clone())]);
    }
    if section.complaints.is_some() {
        say(NoteSeverity::Info, "promises_few_complaints", Vec::new());
    }
    notes
}
