//! The lists that a definition brings to the answers, read from beside it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use csat::analysis;
use csat::report::{InputKind, Report};
use csat::source::head::HeadError;
use csat::source::input::InputName;
use csat::source::lookup::{Brought, List, LookupError};
use csat::survey::{Lookup, Segment, Survey};
use sha2::{Digest, Sha256};

use crate::definition::Definition;
use crate::settings;
use crate::status::{ExitStatus, Failure};

/// The lists of a definition, with where each was read.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    pub(crate) brought: Vec<Arc<Brought>>,
    pub(crate) paths: Vec<PathBuf>,
}

impl Lists {
    /// Reads the lists that a definition names.
    pub(crate) fn read(definition: Option<&Definition>) -> Result<Self, Failure> {
        let mut lists = Self::default();
        let Some(definition) = definition else { return Ok(lists) };
        for lookup in &definition.survey.lookups {
            let path = beside(definition.path.as_deref(), lookup);
            let list = List::read(lookup, &InputName::Path(path.clone()), &definition.survey.data.missing)
                .map_err(|error| failure(Path::new(&lookup.file), error))?;
            lists.brought.push(Arc::new(Brought::new(list)));
            lists.paths.push(path);
        }
        Ok(lists)
    }

    /// How many of the rows read were found in each list, where no report tells it.
    pub(crate) fn told(&self) -> impl Iterator<Item = String> {
        self.brought.iter().map(|brought| {
            let (lookup, matches) = (brought.list.lookup(), brought.matches());
            let total = matches.matched + matches.unmatched + matches.blank;
            let name = settings::file_name(Path::new(&lookup.file));
            format!("{name}: {} of {total} rows read are in the list by `{}`", matches.matched, lookup.key)
        })
    }

    /// The brought columns that are asked for after `--by` and that the definition does not declare as segments.
    pub(crate) fn segments(&self, survey: &Survey, by: &[Vec<String>]) -> Vec<Segment> {
        let mut segments: Vec<Segment> = Vec::new();
        for name in by.iter().flatten() {
            let is_brought = self.brought.iter().any(|brought| brought.list.names().contains(name));
            let is_known = survey.segments.iter().chain(&segments).any(|segment| segment.id == *name);
            if is_brought && !is_known {
                segments.push(Segment::of_column(name));
            }
        }
        segments
    }

    /// Writes into the report what became of the keys; `strong` asks for SHA-256.
    pub(crate) fn note(&self, report: &mut Report, strong: bool) -> Result<(), Failure> {
        analysis::note_lists(report, &self.brought);
        if !strong {
            return Ok(());
        }
        let lists = report.provenance.inputs.iter_mut().filter(|input| input.kind == InputKind::List);
        for (input, path) in lists.zip(&self.paths) {
            let bytes = std::fs::read(path)
                .map_err(|error| Failure::data(format!("`{}` cannot be read: {error}", path.display())))?;
            input.hash = settings::hex("sha256:", &Sha256::digest(&bytes));
        }
        Ok(())
    }
}

/// The file of a list: its name counts from the folder of the definition.
fn beside(definition: Option<&Path>, lookup: &Lookup) -> PathBuf {
    let folder = definition.and_then(Path::parent).unwrap_or_else(|| Path::new(""));
    folder.join(&lookup.file)
}

/// The failure of an input that cannot be opened, or of a list.
pub(crate) fn failure(file: &Path, error: LookupError) -> Failure {
    match error {
        LookupError::Answers(error) => missing(file, &error),
        LookupError::List(complaint) => {
            Failure::Complaints { status: ExitStatus::Data, complaints: vec![*complaint] }
        }
        other => Failure::data(other.to_string()),
    }
}

fn missing(file: &Path, error: &HeadError) -> Failure {
    crate::inputs::missing_file(file, error)
}
