//! Any bytes as an archive: its content or a complaint, never a panic, the same from a file and a pipe.
#![no_main]

use std::io::{Cursor, Read};

use csat::source::format::archive::{Stream, unpack};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let file = content(Stream::Seekable(Box::new(Cursor::new(bytes.to_vec()))));
    let pipe = content(Stream::Piped(Box::new(Cursor::new(bytes.to_vec()))));
    assert_eq!(file, pipe);
});

fn content(stream: Stream) -> Result<u64, String> {
    let unpacked = unpack(stream, "answers").map_err(|error| error.to_string())?;
    let mut reader = unpacked.stream.into_reader().take(256 * 1024 * 1024);
    std::io::copy(&mut reader, &mut std::io::sink()).map_err(|error| error.to_string())
}
