//! Which definition is used: the one named, the one beside the file, or none.

use std::fs;
use std::path::{Path, PathBuf};

use csat::report::DefinitionUsed;
use csat::source::input::InputName;
use csat::source::{self, TargetsError};
use csat::survey::{self, Survey};
use sha2::{Digest, Sha256};

use crate::output::Output;
use crate::settings;
use crate::status::{ExitStatus, Failure};

/// The name beside any file of a folder.
const SHARED_NAME: &str = "survey.toml";

/// A definition that was read.
#[derive(Clone, Debug)]
pub(crate) struct Definition {
    pub(crate) survey: Survey,
    /// Its name and hash, for the report.
    pub(crate) used: DefinitionUsed,
    /// Where it stands; none for an embedded one.
    pub(crate) path: Option<PathBuf>,
}

/// The definition for these files: `--survey`, else `<file>.toml`, else `survey.toml` beside them, else none.
pub(crate) fn choose(
    typed: Option<&str>,
    files: &[PathBuf],
    output: &Output,
) -> Result<Option<Definition>, Failure> {
    match typed {
        Some("none") => Ok(None),
        Some(name) => named(name, output).map(Some),
        None => beside(files)?.map(|path| read(&path, output)).transpose(),
    }
}

fn named(name: &str, output: &Output) -> Result<Definition, Failure> {
    let path = Path::new(name);
    if path.is_file() {
        return read(path, output);
    }
    let nearest = match survey::template(name) {
        Ok(template) => return parse(template.text.as_bytes(), template.name, None, output),
        Err(nearest) => nearest,
    };
    if path.is_dir() {
        return Err(Failure::data(format!("`{name}` is a directory, not a definition")));
    }
    let looks_like_a_path = name.contains(['/', '\\']) || path.extension().is_some();
    let failure = if looks_like_a_path {
        Failure::data(format!("the definition `{name}` does not exist"))
    } else {
        Failure::usage(format!("there is neither a file nor an embedded definition named `{name}`"))
    };
    Err(match nearest {
        Some(nearest) => {
            failure.help(format!("did you mean `{nearest}`? `csat init --list` lists the embedded ones"))
        }
        None => failure.help("`csat init --list` lists the embedded definitions"),
    })
}

/// The definition beside the files, when they agree on one.
fn beside(files: &[PathBuf]) -> Result<Option<PathBuf>, Failure> {
    match by_definition(files).as_slice() {
        [] => Ok(None),
        [(chosen, _)] => Ok(chosen.clone()),
        [(chosen, of_it), (another, of_another), ..] => {
            let name = |path: &Option<PathBuf>| {
                path.as_ref()
                    .map_or_else(|| "no definition".to_owned(), |path| format!("`{}`", path.display()))
            };
            Err(Failure::usage(format!(
                "`{}` comes with {} and `{}` with {}",
                of_it[0].display(),
                name(chosen),
                of_another[0].display(),
                name(another)
            ))
            .help("analyze them one at a time, or name one definition for all with --survey"))
        }
    }
}

/// The files by the definition that comes with each, in the order given; one group where a definition is named.
pub(crate) fn grouped(typed: Option<&str>, files: &[PathBuf]) -> Vec<Vec<PathBuf>> {
    if typed.is_some() {
        return vec![files.to_vec()];
    }
    by_definition(files).into_iter().map(|(_, files)| files).collect()
}

/// The definition that comes with each file, with the files of each: at least one.
fn by_definition(files: &[PathBuf]) -> Vec<(Option<PathBuf>, Vec<PathBuf>)> {
    let mut groups: Vec<(Option<PathBuf>, Vec<PathBuf>)> = Vec::new();
    for file in files {
        let own = beside_one(file);
        match groups.iter_mut().find(|(definition, _)| *definition == own) {
            Some((_, group)) => group.push(file.clone()),
            None => groups.push((own, vec![file.clone()])),
        }
    }
    groups
}

fn beside_one(file: &Path) -> Option<PathBuf> {
    if file.as_os_str() == "-" {
        return Some(PathBuf::from(SHARED_NAME)).filter(|path| is_there(path));
    }
    let own = file.with_extension("toml");
    if own != file && is_there(&own) {
        return Some(own);
    }
    Some(file.with_file_name(SHARED_NAME)).filter(|path| is_there(path))
}

/// Whether something has this name: a link to nowhere too, so that reading it fails instead of guessing going on.
fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

fn read(path: &Path, output: &Output) -> Result<Definition, Failure> {
    if path.is_dir() {
        return Err(Failure::data(format!("`{}` is a directory, not a definition", path.display()))
            .help("rename it, or name the definition with --survey"));
    }
    let bytes = fs::read(path).map_err(|error| {
        Failure::data(format!("the definition `{}` cannot be read: {error}", path.display()))
    })?;
    parse(&bytes, &path.display().to_string(), Some(path.to_owned()), output)
}

fn parse(bytes: &[u8], name: &str, path: Option<PathBuf>, output: &Output) -> Result<Definition, Failure> {
    let parsed = survey::parse(bytes, name)
        .map_err(|complaints| Failure::Complaints { status: ExitStatus::Definition, complaints })?;
    for note in &parsed.notes {
        output.say_complaint(note);
    }
    let mut survey = parsed.survey;
    read_targets(&mut survey, path.as_deref())?;
    read_delivered(&mut survey, path.as_deref())?;
    output.say(&format!("definition: {name}"));
    let hash = settings::hex("sha256:", &Sha256::digest(bytes));
    let short = settings::file_name(Path::new(name));
    Ok(Definition { survey, used: DefinitionUsed { name: short, hash: Some(hash) }, path })
}

/// Reads the file with what is delivered, if the definition names one; its name counts from its folder.
fn read_delivered(survey: &mut Survey, definition: Option<&Path>) -> Result<(), Failure> {
    let Some(named) = &survey.delivered_file else { return Ok(()) };
    let folder = definition.and_then(Path::parent).unwrap_or_else(|| Path::new(""));
    let name = InputName::Path(folder.join(&named.file));
    source::read_delivered(survey, &name).map_err(|fault| match fault {
        TargetsError::Faulty(complaints) => {
            Failure::Complaints { status: ExitStatus::Definition, complaints }
        }
        TargetsError::Unreadable(complaint) => {
            Failure::Complaints { status: ExitStatus::Data, complaints: vec![*complaint] }
        }
    })
}

/// Reads the files with targets that a definition names; their names count from its folder.
fn read_targets(survey: &mut Survey, definition: Option<&Path>) -> Result<(), Failure> {
    let Some(mut weighting) = survey.weighting.take() else { return Ok(()) };
    let folder = definition.and_then(Path::parent).unwrap_or_else(|| Path::new(""));
    let mut complaints = Vec::new();
    for margin in &mut weighting.margins {
        let Some(file) = &margin.file else { continue };
        let name = InputName::Path(folder.join(file));
        match source::read_targets(margin, &name, survey) {
            Ok(()) => {}
            Err(TargetsError::Faulty(found)) => complaints.extend(found),
            Err(TargetsError::Unreadable(complaint)) => {
                return Err(Failure::Complaints { status: ExitStatus::Data, complaints: vec![*complaint] });
            }
        }
    }
    if !complaints.is_empty() {
        return Err(Failure::Complaints { status: ExitStatus::Definition, complaints });
    }
    survey.weighting = Some(weighting);
    Ok(())
}
