//! Any bytes as a workbook: rows or a complaint, never a panic.
#![no_main]

use std::io::{Cursor, Read};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(decoded) = csat::source::format::workbook::read(Cursor::new(bytes.to_vec()), None) {
        let _ = std::io::copy(&mut decoded.reader.take(1 << 24), &mut std::io::sink());
    }
});
