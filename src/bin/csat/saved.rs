//! Saved reports: told from files of answers by their ending, loaded, and checked against the seal that was written.

use std::fs;
use std::path::{Path, PathBuf};

use csat::analysis::{self, WaveFigures};
use csat::render::{Format, json};
use csat::report::{Input, Report, Section};
use sha2::{Digest, Sha256};

use crate::settings;
use crate::status::Failure;

/// A report file larger than this is none.
const MOST_BYTES: u64 = 256 << 20;

/// A saved report with the file it came from.
#[derive(Debug)]
pub(crate) struct Saved {
    pub(crate) path: PathBuf,
    pub(crate) report: Report,
    /// The hash of the file, for provenance.
    pub(crate) hash: String,
    pub(crate) bytes: u64,
}

impl Saved {
    /// The name of the report, and of its wave where it has none: the file's without ending.
    pub(crate) fn name(&self) -> String {
        self.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
    }
}

/// The waves of saved reports.
pub(crate) fn waves(earlier: &[Saved]) -> impl Iterator<Item = WaveFigures> {
    earlier.iter().flat_map(|saved| analysis::waves_of_report(&saved.report, &saved.name()))
}

/// The files that were named: answers, and saved reports (by the ending `.json`), each in the order given.
pub(crate) fn split(files: &[PathBuf]) -> Result<(Vec<PathBuf>, Vec<Saved>), Failure> {
    let (saved, answers): (Vec<&PathBuf>, Vec<&PathBuf>) = files.iter().partition(|file| is_saved(file));
    let saved = saved.into_iter().map(|file| load(file)).collect::<Result<_, _>>()?;
    Ok((answers.into_iter().cloned().collect(), saved))
}

fn is_saved(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}

/// Names the saved reports among the inputs of the report that they were joined to.
pub(crate) fn note_inputs(report: &mut Report, earlier: &[Saved]) {
    report.provenance.inputs.extend(earlier.iter().map(|saved| Input {
        name: settings::file_name(&saved.path),
        bytes: saved.bytes,
        rows: saved.report.ledger.rows_used,
        hash: saved.hash.clone(),
    }));
}

/// Loads a report and checks its seal.
pub(crate) fn load(path: &Path) -> Result<Saved, Failure> {
    let saved = load_as_it_is(path)?;
    if seal_fits(&saved.report) == Some(false) {
        let name = path.display();
        return Err(Failure::data(format!(
            "`{name}` was changed after csat wrote it: its figures do not fit its seal"
        ))
        .help("write it anew from the answers; `csat verify` says where figures differ"));
    }
    Ok(saved)
}

/// Loads a report, edited or not.
pub(crate) fn load_as_it_is(path: &Path) -> Result<Saved, Failure> {
    let name = path.display();
    let cannot =
        |error: &std::io::Error| Failure::data(format!("the report `{name}` cannot be read: {error}"));
    let bytes = fs::metadata(path).map_err(|error| cannot(&error))?.len();
    if bytes > MOST_BYTES {
        return Err(Failure::data(format!("`{name}` has {bytes} bytes; a report has at most {MOST_BYTES}")));
    }
    let content = fs::read(path).map_err(|error| cannot(&error))?;
    let hash = settings::hex("sha256:", &Sha256::digest(&content));
    let text = String::from_utf8(content)
        .map_err(|_| Failure::data(format!("`{name}` is not a report: it is not UTF-8")))?;
    let report = json::load(&text).map_err(|error| {
        Failure::data(format!("`{name}`: {error}")).help(
            "a report is written by `csat analyze FILE --format json` or `csat report FILE -o NAME.json`",
        )
    })?;
    Ok(Saved { path: path.to_owned(), report, hash, bytes })
}

/// Whether the figures are those that were sealed; none where nobody sealed them.
pub(crate) fn seal_fits(report: &Report) -> Option<bool> {
    report.provenance.seal.as_ref().map(|written| *written == seal(report))
}

/// Seals a report that is to be saved: a hash of what was counted, which tells that it was edited by hand (it detects
/// change, not forgery). Only JSON carries the seal, and hashing all figures is not free.
pub(crate) fn sealed_as(format: Format, mut report: Report) -> Report {
    if format == Format::Json {
        report.provenance.seal = Some(seal(&report));
    }
    report
}

fn seal(report: &Report) -> String {
    let mut digest = Sha256::new();
    let mut add = |part: Result<Vec<u8>, serde_json::Error>| digest.update(part.unwrap_or_default());
    add(serde_json::to_vec(&report.ledger));
    add(serde_json::to_vec(&report.estimates));
    for section in report.sections.iter().filter(|section| !matches!(section, Section::Document(_))) {
        add(serde_json::to_vec(section));
    }
    settings::hex("sha256:", &digest.finalize())
}
