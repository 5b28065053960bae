//! What the fuzzer kept of each reader (`fuzz/seeds`), read as a file of answers: counted or refused, never a panic.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use csat::analysis::{self, Scope};
use csat::render::{self, Format, Look};
use csat::report::Provenance;
use csat::source::head::{self, Depth, HeadOptions};
use csat::source::input::{InputName, OpenedInput};
use csat::survey::{self, draft, inference};
use csat::tally;

/// The readers whose corpora are files; of the others the bytes are read in parts.
const READERS: [&str; 6] = ["answers", "archive", "encoding", "json", "spss", "workbook"];

/// What became of a file: why it was refused, or nothing.
fn read(bytes: Vec<u8>) -> Result<(), String> {
    let input =
        OpenedInput::from_reader(InputName::from_argument("answers.csv"), Box::new(Cursor::new(bytes)))
            .map_err(|error| error.to_string())?;
    let options = HeadOptions { depth: Depth::Full, ..HeadOptions::default() };
    let opened = head::read(input, &options).map_err(|error| error.to_string())?;
    let inferred = inference::infer(&opened.profile, &[]);
    let text = draft::draft(&inferred);
    assert!(survey::parse(text.as_bytes(), "draft.toml").is_ok(), "{text}");
    let date = chrono::NaiveDate::from_ymd_opt(2026, 10, 5).unwrap();
    let scope = Scope { inferred: true, files: vec![opened.profile.file.clone()], ..Scope::new(date) };
    let (plan, map) = analysis::plan(&inferred.survey, &scope).map_err(|error| error.to_string())?;
    let counted = tally::count(&plan, vec![opened.source], &tally::Options::default())
        .map_err(|error| error.to_string())?;
    let report = analysis::run(&inferred.survey, &map, &counted, &scope, Provenance::default())
        .map_err(|error| error.to_string())?;
    let ledger = &report.ledger;
    let excluded: u64 = ledger.excluded.iter().map(|excluded| excluded.rows).sum();
    assert_eq!(ledger.rows_read, ledger.rows_used + excluded, "the ledger adds up");
    assert!(render::render(&report, Format::Json, &Look::default()).is_ok());
    Ok(())
}

#[test]
fn what_the_fuzzer_kept_is_counted_or_refused() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    let (mut counted, mut refused) = (0, 0);
    for reader in READERS {
        let mut files: Vec<_> =
            fs::read_dir(root.join(reader)).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        assert!(!files.is_empty(), "{reader}");
        for file in files {
            match read(fs::read(&file).unwrap()) {
                Ok(()) => counted += 1,
                Err(why) => {
                    assert!(!why.is_empty(), "{}", file.display());
                    refused += 1;
                }
            }
        }
    }
    assert!(counted > 20 && refused > 20, "{counted} counted, {refused} refused: one of both is missing");
}
