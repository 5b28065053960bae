//! Any bytes as a file of answers without a definition: layouts, inference, its draft, the pass and the figures. The
//! draft is a definition, and a file that opens is either counted or refused.
#![no_main]

use std::io::Cursor;

use csat::analysis::{self, Scope};
use csat::render::{self, Format, Look};
use csat::report::Provenance;
use csat::source::head::{self, Depth, HeadOptions};
use csat::source::input::{InputName, OpenedInput};
use csat::survey::{self, draft, inference};
use csat::tally;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let stream = Box::new(Cursor::new(bytes.to_vec()));
    let Ok(input) = OpenedInput::from_reader(InputName::from_argument("answers.csv"), stream) else { return };
    let options = HeadOptions { depth: Depth::Full, ..HeadOptions::default() };
    let Ok(opened) = head::read(input, &options) else { return };
    let inferred = inference::infer(&opened.profile, &[]);
    let text = draft::draft(&inferred);
    assert!(survey::parse(text.as_bytes(), "draft.toml").is_ok(), "{text}");
    let date = chrono::NaiveDate::from_ymd_opt(2026, 10, 5).expect("a date");
    let scope = Scope { inferred: true, files: vec![opened.profile.file.clone()], ..Scope::new(date) };
    let Ok((plan, map)) = analysis::plan(&inferred.survey, &scope) else { return };
    let Ok(counted) = tally::count(&plan, vec![opened.source], &tally::Options::default()) else { return };
    if let Ok(report) = analysis::run(&inferred.survey, &map, &counted, &scope, Provenance::default()) {
        assert!(render::render(&report, Format::Json, &Look::default()).is_ok());
    }
});
