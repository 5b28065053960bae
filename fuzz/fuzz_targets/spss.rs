//! Any bytes as an SPSS file: a table or an error, never a panic, and no more rows than the bytes can hold.
#![no_main]

use std::io::{Cursor, Read};

/// Zlib makes at most about a thousand bytes of one, a command byte eight, and a number at most some 25 characters.
const LIMIT: u64 = 64 << 20;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Ok(decoded) = csat::source::format::spss::read(Box::new(Cursor::new(data.to_vec()))) {
        let mut text = Vec::new();
        let _ = decoded.reader.take(LIMIT).read_to_end(&mut text);
        assert!(std::str::from_utf8(&text).is_ok() || text.len() as u64 == LIMIT);
    }
});
