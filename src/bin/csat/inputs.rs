//! The files that were named: opened, looked at, bound to the survey, and hashed for audits when asked.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use csat::report::{DefinitionUsed, Report, words};
use csat::source::Source;
use csat::source::format::Losses;
use csat::source::head::{self, Depth, HeadOptions};
use csat::source::input::InputName;
use csat::source::lookup::{self, Brought};
use csat::survey::inference::{self, As, Inferred};
use csat::survey::{self, Profile, SameColumn, Survey};
use sha2::{Digest, Sha256};

use crate::cli::Reading;
use crate::findings;
use crate::lists;
use crate::output::{Output, visible};
use crate::settings;
use crate::status::{ExitStatus, Failure};

/// The inputs, ready to be counted.
pub(crate) struct Inputs {
    pub(crate) sources: Vec<Source>,
    pub(crate) profiles: Vec<Profile>,
    /// What readers could not pass on, by the name of the input.
    pub(crate) losses: Vec<(String, Losses)>,
    /// All bytes together; unknown for standard input.
    pub(crate) bytes: Option<u64>,
}

impl Inputs {
    /// Gives columns the names that the definition has for them, and says which had another.
    pub(crate) fn rename(&mut self, survey: &Survey, output: &Output) {
        for (source, profile) in self.sources.iter_mut().zip(&mut self.profiles) {
            let renamed = survey::renamed(survey, profile);
            for column in &renamed {
                source.header[column.position].clone_from(&column.to);
                profile.columns[column.position].name.clone_from(&column.to);
                let file = &mut profile.file;
                let rules =
                    file.test_rows.iter_mut().chain(&mut file.partial_rows).chain(&mut file.known_cells);
                for rule in rules.filter(|rule| rule.column == column.from) {
                    rule.column.clone_from(&column.to);
                }
            }
            let doubtful = renamed.iter().filter(|column| column.why != SameColumn::OtherName);
            let names: Vec<String> = doubtful
                .map(|column| format!("`{}` as `{}`", words::shortened(&column.from), column.to))
                .collect();
            if !names.is_empty() {
                output.say(&visible(&format!(
                    "{}: columns read: {}",
                    profile.input,
                    settings::short_list(&names.iter().map(String::as_str).collect::<Vec<_>>())
                )));
            }
        }
    }

    /// Takes a plain column that tells unfinished rows for one where the definition leaves them out and the file does
    /// not say by itself.
    pub(crate) fn find_unfinished(&mut self, survey: &Survey) {
        if !survey.exclusions.partial {
            return;
        }
        for profile in &mut self.profiles {
            if profile.file.partial_rows.is_none()
                && let Some(rule) = survey::unfinished_rows(profile)
            {
                let reason = format!("unfinished rows are told by the column `{}`", rule.column);
                profile.file.reasons.push(reason);
                profile.file.partial_rows = Some(rule);
            }
        }
    }

    /// Every column of every input, once.
    pub(crate) fn columns(&self) -> Vec<String> {
        let mut columns: Vec<String> = Vec::new();
        for column in self.profiles.iter().flat_map(|profile| &profile.columns) {
            if !columns.contains(&column.name) {
                columns.push(column.name.clone());
            }
        }
        columns
    }
}

/// Opens every file and looks at its head: shortly when a definition says what the columns are.
pub(crate) fn open(
    files: &[PathBuf],
    reading: &Reading,
    definition: Option<&Survey>,
    lists: &[Arc<Brought>],
    audit: &Audit,
) -> Result<Inputs, Failure> {
    if definition.is_some() && !reading.as_.is_empty() {
        return Err(Failure::usage(
            "`--as` corrects guesses, and there is a definition that says what the columns are",
        )
        .help("change the definition, or look away from it with `--survey none`"));
    }
    if files.iter().filter(|file| file.as_os_str() == "-").count() > 1 {
        return Err(Failure::usage("`-` stands for standard input and can be given once"));
    }
    for (index, file) in files.iter().enumerate() {
        if file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")) {
            return Err(Failure::usage(format!(
                "`{}` is a definition, not a file of answers",
                file.display()
            ))
            .help(format!("name the answers, and `--survey {}` beside them", file.display())));
        }
        if files[..index].contains(file) {
            return Err(Failure::usage(format!("`{}` is named twice", file.display()))
                .help("each answer counts once; name each file once"));
        }
    }
    let depth = if definition.is_some() { Depth::Light } else { Depth::Full };
    let options = HeadOptions { depth, input: settings::input_options(&reading.shape)? };
    let mut inputs = Inputs { sources: Vec::new(), profiles: Vec::new(), losses: Vec::new(), bytes: Some(0) };
    for file in files {
        let name = InputName::from_argument(file.clone());
        let mut opened = lookup::open(&name, &options, lists).map_err(|error| lists::failure(file, error))?;
        audit.watch(&mut opened.source);
        let was_made = opened.source.original.is_some();
        inputs.losses.push((opened.source.name.clone(), opened.source.losses.clone()));
        inputs.sources.push(opened.source);
        inputs.profiles.push(opened.profile);
        // What is counted of an archive or a workbook is longer than the file: there is no share to show.
        let metadata = file.metadata().ok().filter(|metadata| metadata.is_file() && !was_made);
        let bytes = metadata.map(|metadata| metadata.len());
        inputs.bytes = inputs.bytes.zip(bytes).map(|(all, one)| all + one);
    }
    Ok(inputs)
}

/// The failure of a file that cannot be opened, with the name that was probably meant.
pub(crate) fn missing_file(file: &Path, error: &head::HeadError) -> Failure {
    let failure = Failure::data(error.to_string());
    if file.exists() || file.as_os_str() == "-" {
        return failure;
    }
    let folder =
        file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let names: Vec<String> = folder
        .read_dir()
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    let wanted = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    match survey::did_you_mean(&wanted, names.iter().map(String::as_str)) {
        Some(nearest) => failure.help(format!("did you mean `{}`?", file.with_file_name(nearest).display())),
        None => failure,
    }
}

/// Infers a survey from the head of the first file, and says what was taken for what.
pub(crate) fn infer(
    profiles: &[Profile],
    file: &Path,
    typed: &[String],
    output: &Output,
) -> Result<(Survey, DefinitionUsed), Failure> {
    let inferred = inferred(profiles, typed)?;
    let keep = format!(
        "keep this as a definition to correct: csat init --from {}",
        settings::quoted(&file.to_string_lossy())
    );
    output.say(&findings::block(&inferred, &keep));
    Ok((inferred.survey, DefinitionUsed { name: "inferred".to_owned(), hash: None }))
}

/// What a file without a definition holds, with what was typed after `--as`.
pub(crate) fn inferred(profiles: &[Profile], typed: &[String]) -> Result<Inferred, Failure> {
    let usage = |complaints| Failure::Complaints { status: ExitStatus::Usage, complaints };
    let mut overrides = Vec::new();
    let mut faults = Vec::new();
    for text in typed {
        match As::parse(text) {
            Ok(parsed) => overrides.push(parsed),
            Err(fault) => faults.push(fault),
        }
    }
    if !faults.is_empty() {
        return Err(usage(faults));
    }
    let inferred = inference::infer(profiles.first().unwrap_or(&Profile::default()), &overrides);
    if inferred.faults.is_empty() { Ok(inferred) } else { Err(usage(inferred.faults)) }
}

/// Checks that the survey's columns are there.
pub(crate) fn bind(survey: &Survey, profiles: &[Profile], output: &Output) -> Result<(), Failure> {
    say_how_read(profiles, output);
    say_other_encoding(profiles, output);
    let (errors, remarks): (Vec<_>, Vec<_>) = survey::bind(survey, profiles)
        .into_iter()
        .partition(|complaint| complaint.severity == csat::diagnostic::Severity::Error);
    for remark in &remarks {
        output.say_complaint(remark);
    }
    if errors.is_empty() {
        return Ok(());
    }
    Err(Failure::Complaints { status: ExitStatus::Data, complaints: errors })
}

/// Says how a file was read that is not counted as it stands.
pub(crate) fn say_how_read(profiles: &[Profile], output: &Output) {
    for profile in profiles {
        for reason in &profile.file.reasons {
            output.say(&format!("{}: {}", visible(&profile.input), visible(reason)));
        }
    }
}

/// Says that most rows have another number of fields than the header: names or answers may stand in the wrong column.
pub(crate) fn say_ragged(profiles: &[Profile], output: &Output) {
    for profile in profiles {
        let Some(line) = profile.first_ragged else { continue };
        let header = profile.header_fields;
        let ragged = || profile.fields.iter().filter(|(fields, _)| **fields != header);
        let rows: u64 = ragged().map(|(_, rows)| rows).sum();
        let Some((fields, of_these)) = ragged().max_by_key(|(_, rows)| **rows) else { continue };
        if rows.saturating_mul(2) < profile.records {
            continue;
        }
        let of = if profile.complete { "of" } else { "of the first" };
        let s = if *of_these == 1 { "row has" } else { "rows have" };
        let why = if *fields < header { "a comma in a name of the header" } else { "a comma in an answer" };
        output.say(&visible(&format!(
            "caution: {}: {of_these} {of} {} {s} {fields} fields and the header {header}, first in line {line}: cells may \
             stand in wrong columns ({why} without quotes?)",
            profile.input, profile.records
        )));
    }
}

/// Says what the files hold that could not be read; to be asked when they were read to their ends.
pub(crate) fn say_losses(losses: &[(String, Losses)], output: &Output) {
    for (name, losses) in losses {
        for sentence in losses.sentences() {
            output.say(&format!("caution: {}: {sentence}", visible(name)));
        }
    }
}

/// Says that a file is probably not UTF-8: its names are missed, its words fit no scale and its groups are left out.
fn say_other_encoding(profiles: &[Profile], output: &Output) {
    for profile in profiles {
        if let Some(column) = &profile.file.not_utf8 {
            output.say(&format!(
                "caution: `{}` is not UTF-8 (column `{}`): answers and groups with umlauts or accents are not \
                 recognised; --encoding names its encoding, or save it as \"CSV UTF-8\"",
                visible(&profile.input),
                visible(column)
            ));
        }
    }
}

/// The SHA-256 of one input: of the bytes as they are read, or known before, where what is counted was made of them.
#[derive(Debug)]
enum Hashing {
    Running(Sha256),
    Done(String),
}

/// SHA-256 of the inputs, for audits; nothing without them, since xxh3 comes from the reader itself.
#[derive(Debug)]
pub(crate) struct Audit {
    hashes: Option<Arc<Mutex<Vec<Hashing>>>>,
}

impl Audit {
    pub(crate) fn new(wanted: bool) -> Self {
        Self { hashes: wanted.then(|| Arc::new(Mutex::new(Vec::new()))) }
    }

    fn watch(&self, source: &mut Source) {
        let Some(hashes) = &self.hashes else { return };
        let mut list = hashes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(original) = &source.original {
            list.push(Hashing::Done(original.sha256.clone()));
            return;
        }
        list.push(Hashing::Running(Sha256::new()));
        let reader = std::mem::replace(&mut source.reader, Box::new(io::empty()));
        source.reader = Box::new(Watched { reader, index: list.len() - 1, hashes: Arc::clone(hashes) });
    }

    /// Whether SHA-256 was asked for.
    pub(crate) fn is_wanted(&self) -> bool {
        self.hashes.is_some()
    }

    /// Writes the hashes into the report, where SHA-256 was asked for.
    pub(crate) fn stamp(&self, report: &mut Report) {
        let Some(hashes) = &self.hashes else { return };
        let list = hashes.lock().unwrap_or_else(PoisonError::into_inner);
        for (input, hash) in report.provenance.inputs.iter_mut().zip(list.iter()) {
            input.hash = match hash {
                Hashing::Running(hash) => settings::hex("sha256:", &hash.clone().finalize()),
                Hashing::Done(hash) => hash.clone(),
            };
        }
    }
}

/// A reader whose bytes are hashed as they pass.
struct Watched {
    reader: Box<dyn Read + Send>,
    index: usize,
    hashes: Arc<Mutex<Vec<Hashing>>>,
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        let mut list = self.hashes.lock().unwrap_or_else(PoisonError::into_inner);
        if let (Some(Hashing::Running(hash)), Some(bytes)) = (list.get_mut(self.index), buffer.get(..read)) {
            hash.update(bytes);
        }
        Ok(read)
    }
}
