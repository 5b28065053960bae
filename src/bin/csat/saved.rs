//! Saved reports: told from files of answers by their ending, loaded, and checked against the seal that was written.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use csat::analysis::{self, WaveFigures};
use csat::render::{Format, json};
use csat::report::{Input, InputKind, Ledger, Report};
use csat::source::format::json::may_be_json;
use sha2::{Digest, Sha256};

use crate::settings;
use crate::status::Failure;

/// A report file larger than this is none.
const MOST_BYTES: u64 = 256 << 20;

/// What stands at the beginning of every report.
const REPORT_MARK: &[u8] = b"\"csat-report/";

/// How much of a file tells whether it is a list.
const BYTES_LOOKED_AT: u64 = 512;

/// What to do about a report that is not as csat wrote it.
const ANEW: &str = "write it anew from the answers; `csat verify` says where it differs from them";

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
    fn name(&self) -> String {
        self.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// The account of the records that count in its figures: of the others, other reports tell.
    pub(crate) fn ledger(&self) -> Ledger {
        let ledger = self.report.ledger.clone();
        Ledger { rows_read: ledger.rows_used, excluded: Vec::new(), kept: Vec::new(), ..ledger }
    }

    /// As an input of the report that it is joined to.
    pub(crate) fn input(&self) -> Input {
        Input {
            name: settings::file_name(&self.path),
            kind: InputKind::Report,
            bytes: self.bytes,
            rows: self.report.ledger.rows_used,
            hash: self.hash.clone(),
            definition: None,
        }
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

/// Refuses saved reports where answers are needed; `why` says what they lack: `and has no rows`.
pub(crate) fn refuse<'a>(
    mut files: impl Iterator<Item = &'a PathBuf>,
    why: &str,
    help: &'static str,
) -> Result<(), Failure> {
    match files.find(|file| is_saved(file)) {
        Some(file) => Err(Failure::usage(format!("`{}` is a saved report {why}", file.display())).help(help)),
        None => Ok(()),
    }
}

/// Whether a file is taken for a saved report: by the ending, unless it is a list, as answers in JSON are.
pub(crate) fn is_saved(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) && !is_answers(file)
}

/// Whether JSON begins as a list, or as an object that does not say to be a report; a file that cannot be read is left to
/// who opens it.
fn is_answers(file: &Path) -> bool {
    let mut start = Vec::new();
    let read = fs::File::open(file).and_then(|file| file.take(BYTES_LOOKED_AT).read_to_end(&mut start));
    let text = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&start);
    let text = text.trim_ascii_start();
    let says_report = || text.windows(REPORT_MARK.len()).any(|window| window == REPORT_MARK);
    read.is_ok() && may_be_json(text) && (text.first() == Some(&b'[') || !says_report())
}

/// Loads a report and checks its seal.
fn load(path: &Path) -> Result<Saved, Failure> {
    let saved = load_as_it_is(path)?;
    let name = path.display();
    match seal_fits(&saved.report) {
        Some(true) => Ok(saved),
        Some(false) => {
            Err(Failure::data(format!("`{name}` was changed after csat wrote it: it does not fit its seal"))
                .help(ANEW))
        }
        None => Err(Failure::data(format!(
            "`{name}` has no seal, so nobody can tell whether it was changed after csat wrote it"
        ))
        .help(ANEW)),
    }
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

/// Whether the report is the one that was sealed; none where nobody sealed it.
pub(crate) fn seal_fits(report: &Report) -> Option<bool> {
    let written = report.provenance.seal.as_ref()?;
    Some(*written == seal(report.clone()))
}

/// Seals a report that is to be saved: a hash of all of it, which tells that it was edited by hand (it detects change,
/// not forgery). Only JSON carries the seal, and hashing all figures is not free.
pub(crate) fn sealed_as(format: Format, mut report: Report) -> Report {
    report.provenance.seal = None;
    if format == Format::Json {
        report.provenance.seal = Some(seal(report.clone()));
    }
    report
}

fn seal(mut report: Report) -> String {
    report.provenance.seal = None;
    let text = serde_json::to_vec(&report).expect("a report has text keys only and is written to memory");
    settings::hex("sha256:", &Sha256::digest(text))
}
