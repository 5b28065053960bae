//! Any bytes as JSON records: rows or a complaint, never a panic; what has no fault is as wide as its header.
#![no_main]

use std::io::{Cursor, Read};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(mut decoded) = csat::source::format::json::read(Cursor::new(bytes.to_vec())) {
        assert!(!decoded.columns.is_empty());
        let mut text = String::new();
        let _ = decoded.reader.read_to_string(&mut text);
    }
});
