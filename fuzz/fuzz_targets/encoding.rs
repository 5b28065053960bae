//! Any bytes in any encoding: text, the same in pieces as whole, never a panic.
#![no_main]

use std::io::{BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use csat::source::format::encoding::{Encoding, Utf8Reader, scan, sniff};

libfuzzer_sys::fuzz_target!(|input: (&str, u8, &[u8])| {
    let (label, size, bytes) = input;
    let typed = Encoding::from_label(label).ok();
    let guess = sniff(bytes, typed.as_ref());
    let _ = guess.sentence();
    let scanned = scan(bytes, None).expect("memory can be read");
    for encoding in [guess.encoding, scanned.encoding] {
        let whole = decoded(bytes, encoding);
        let pieces = BufReader::with_capacity(usize::from(size) + 1, bytes);
        assert_eq!(decoded(pieces, encoding), whole);
    }
});

fn decoded(bytes: impl Read, encoding: Encoding) -> (String, u64) {
    let wrong = Arc::new(AtomicU64::new(0));
    let mut text = String::new();
    Utf8Reader::new(bytes, encoding, Arc::clone(&wrong)).read_to_string(&mut text).expect("it is UTF-8");
    (text, wrong.load(Ordering::Relaxed))
}
