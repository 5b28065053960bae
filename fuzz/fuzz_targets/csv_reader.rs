//! Any bytes as a table: the fast reader finds what the csv crate finds, whatever the block size.
#![no_main]

libfuzzer_sys::fuzz_target!(|input: (u8, u8, u64, &[u8])| {
    let (delimiter, block_size, columns, data) = input;
    let delimiter = [b',', b';', b'\t', b'|'][usize::from(delimiter % 4)];
    if let Err(disagreement) =
        csat::source::differential::compare_with_csv(data, delimiter, usize::from(block_size) + 1, columns)
    {
        panic!("{disagreement}");
    }
});
