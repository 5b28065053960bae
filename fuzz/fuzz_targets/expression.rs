//! Any text as a filter: a tree or a complaint, never a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Err(complaint) = csat::survey::expression::parse(text) {
        let _ = complaint.render();
    }
});
