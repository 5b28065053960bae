//! The files of one import while they are written: all of them are put in place, or none.

use std::io::{self, Write};
use std::path::Path;

use csat::prepare::import::{CleanError, Cleaning, EditLog, ImportAccount, LoggedTexts, clean};
use csat::source::Source;

use super::targets::Targets;
use crate::staging::Stream;
use crate::status::Failure;

/// What an import writes into; a part that is not asked for is none.
pub(super) struct Streams {
    /// None where the table is printed.
    table: Option<Stream>,
    log: Option<Stream>,
}

impl Streams {
    pub(super) fn begin(target: &Targets) -> Result<Self, Failure> {
        let log = target.log.as_deref().map(Stream::begin).transpose()?;
        let table = if target.is_stdout() { None } else { Some(Stream::begin(&target.table)?) };
        Ok(Self { table, log })
    }

    /// The log of edits, which is only counted where none is written.
    pub(super) fn log(&self, texts: LoggedTexts) -> Result<EditLog, Failure> {
        let out = match &self.log {
            Some(stream) => Some(Box::new(stream.writer()?) as Box<dyn Write + Send>),
            None => None,
        };
        Ok(EditLog::new(out, texts))
    }

    /// Writes the table.
    pub(super) fn clean(
        &self,
        source: Source,
        cleaning: &mut Cleaning,
        log: &EditLog,
    ) -> Result<ImportAccount, Failure> {
        let cleaned = match &self.table {
            Some(stream) => clean(source, cleaning, log, stream.writer()?),
            None => clean(source, cleaning, log, io::stdout().lock()),
        };
        cleaned.or_else(|error| match error {
            // Who reads the table may have had enough.
            CleanError::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                Ok(ImportAccount::default())
            }
            other => Err(Failure::data(other.to_string())),
        })
    }

    /// Puts everything in its place, the definition with it.
    pub(super) fn put(self, definition: Option<(&Path, &str)>) -> Result<(), Failure> {
        let mut streams: Vec<Stream> = Vec::new();
        if let Some((path, text)) = definition {
            let stream = Stream::begin(path)?;
            stream.writer()?.write_all(text.as_bytes()).map_err(|error| {
                Failure::data(format!("`{}` could not be written: {error}", path.display()))
            })?;
            streams.push(stream);
        }
        streams.extend(self.log);
        streams.extend(self.table);
        Stream::put_all(streams)
    }
}
