//! How fast bytes become blocks and blocks become fields, on rows like those of a real survey: twenty columns,
//! of which fourteen are asked for, and a quoted comment on three rows of ten.

use std::fmt::Write;
use std::hint::black_box;

use csat::source::blocks::BlockReader;
use csat::source::records::RecordScanner;
use divan::{Bencher, counter::BytesCount};

fn main() {
    divan::main();
}

const ROWS: usize = 100_000;
const COLUMNS: usize = 20;

#[divan::bench]
fn blocks_and_hash(bencher: Bencher) {
    let survey = survey();
    bencher.counter(BytesCount::of_slice(&survey)).bench(|| {
        let mut reader = BlockReader::new(survey.as_bytes(), b',');
        let pool = reader.pool();
        while let Ok(Some(block)) = reader.next_block() {
            pool.give_back(black_box(block.bytes));
        }
        reader.digest()
    });
}

#[divan::bench]
fn fourteen_of_twenty_columns(bencher: Bencher) {
    let survey = survey();
    bencher.counter(BytesCount::of_slice(&survey)).bench(|| {
        let mut bytes = 0;
        RecordScanner::new(b',').scan(survey.as_bytes(), |records| {
            for &record in records.all() {
                for position in [2, 3].into_iter().chain(6..18) {
                    bytes += black_box(records.field(record, position, &mut Vec::new())).len();
                }
            }
        });
        bytes
    });
}

#[divan::bench]
fn the_comment_only(bencher: Bencher) {
    let survey = survey();
    bencher.counter(BytesCount::of_slice(&survey)).bench(|| {
        let mut bytes = 0;
        RecordScanner::new(b',').scan(survey.as_bytes(), |records| {
            for &record in records.all() {
                bytes += black_box(records.field(record, COLUMNS - 1, &mut Vec::new())).len();
            }
        });
        bytes
    });
}

/// The same survey each time: a small multiplicative generator stands for chance.
fn survey() -> String {
    let mut state = 20_240_117_u64;
    let mut below = move |bound: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % bound
    };
    let mut text = String::from(
        "id,date,region,segment,channel,language,sat1,sat2,sat3,sat4,sat5,exp1,exp2,exp3,exp4,exp5,nps,ces,weight,comment\n",
    );
    for row in 1..=ROWS {
        let region = if below(2) == 0 { "North" } else { "Central" };
        write!(text, "{row},2024-0{}-1{},{region},Retail,web,en", 1 + below(9), below(10))
            .expect("a String takes all");
        for _ in 0..10 {
            match below(20) {
                0 => text.push(','),
                _ => write!(text, ",{}", 1 + below(5)).expect("a String takes all"),
            }
        }
        write!(text, ",{},{},0.{:04},", below(11), 1 + below(7), below(10_000)).expect("a String takes all");
        match below(10) {
            0 => text.push_str(
                "\"the staff was helpful, the delivery late and the price too high for what it was\"",
            ),
            1 => text.push_str("\"waited twenty minutes\non the phone, then nobody knew\""),
            2 => text.push_str("\"the \"\"premium\"\" plan is fine\""),
            _ => {}
        }
        text.push('\n');
    }
    text
}
