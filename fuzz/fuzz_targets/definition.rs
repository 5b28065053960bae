//! Any bytes as a definition: complaints, never a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    match csat::survey::parse(bytes, "fuzz.toml") {
        Ok(parsed) => {
            for note in &parsed.notes {
                let _ = note.render();
            }
        }
        Err(complaints) => {
            assert!(!complaints.is_empty());
            for complaint in &complaints {
                let _ = complaint.render();
            }
        }
    }
});
