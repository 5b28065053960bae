//! `csat import`: any file that is read as a plain table, with the definition that fits it and a log of edits.

mod explain;
mod fitting;
mod opened;
mod targets;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use csat::prepare::import::{CleanError, EditLog, ImportAccount, LoggedTexts, clean};
use csat::prepare::redact::{KEY_BYTES, PseudonymKey, Redaction, redacted_columns};

use crate::cli::Import;
use crate::imported;
use crate::inputs;
use crate::output::Output;
use crate::pipeline;
use crate::staging::Stream;
use crate::status::{ExitStatus, Failure};
use explain::explain;
use fitting::fitting;
use opened::Opened;
use targets::Targets;

pub(crate) fn run(args: &Import, output: &Output) -> anyhow::Result<ExitStatus> {
    let key = args.redact.then(|| key(args.key.as_deref())).transpose()?;
    if args.files.iter().filter(|file| file.as_os_str() == "-").count() > 1 {
        return Err(Failure::usage("`-` stands for standard input and can be given once").into());
    }
    if args.explain {
        return explain(args, output);
    }
    let targets = args.files.iter().map(|file| Targets::of(file, args)).collect::<Result<Vec<_>, _>>()?;
    for (index, target) in targets.iter().enumerate() {
        let is_same = |other: &Targets| other.table == target.table && !other.is_stdout();
        if let Some(twin) = targets[..index].iter().position(is_same) {
            return Err(Failure::usage(format!(
                "`{}` and `{}` would both be written to `{}`",
                args.files[twin].display(),
                args.files[index].display(),
                target.table.display()
            ))
            .help("import them one at a time, each with its own -o")
            .into());
        }
        target.check(args)?;
    }
    for (file, target) in args.files.iter().zip(&targets) {
        import(file, target, args, key.as_ref(), output)?;
    }
    Ok(ExitStatus::Done)
}

/// The key for pseudonyms; neither it nor anything made of it is said.
fn key(file: Option<&Path>) -> Result<PseudonymKey, Failure> {
    let make = "make one once and keep it apart from the copies: head -c 32 /dev/urandom > csat.key";
    let Some(file) = file else {
        return Err(
            Failure::usage("`--redact` needs the key that pseudonyms are made with: --key FILE").help(make)
        );
    };
    let bytes = fs::read(file).map_err(|error| {
        Failure::data(format!("the key `{}` cannot be read: {error}", file.display())).help(make)
    })?;
    PseudonymKey::new(&bytes).map_err(|error| {
        Failure::data(format!("`{}`: {error}", file.display()))
            .help(format!("a key of fewer than {KEY_BYTES} bytes can be guessed; {make}"))
    })
}

fn import(
    file: &Path,
    target: &Targets,
    args: &Import,
    key: Option<&PseudonymKey>,
    output: &Output,
) -> Result<(), Failure> {
    let begun = |path: &Option<PathBuf>| path.as_deref().map(Stream::begin).transpose();
    let log_stream = begun(&target.log)?;
    let table_stream = if target.is_stdout() { None } else { Some(Stream::begin(&target.table)?) };
    let texts = match (key, args.safe) {
        (Some(_), _) => LoggedTexts::None,
        (None, true) => LoggedTexts::Masked,
        (None, false) => LoggedTexts::Exact,
    };
    let log_out = match &log_stream {
        Some(stream) => Some(Box::new(stream.writer()?) as Box<dyn Write + Send>),
        None => None,
    };
    let log = EditLog::new(log_out, texts);
    let mut opened = Opened::of(file, args, &log, output)?;
    for target in target.all().filter(|_| !target.is_stdout()) {
        pipeline::protect(Some(target), &opened.lists.paths, None)?;
    }
    let mut redacted = Vec::new();
    if let Some(key) = key {
        redacted = redacted_columns(opened.profile(), &opened.survey(), &opened.personal, args.drop_comments);
        opened.cleaning.redaction = Some(Redaction::new(&redacted, key.clone()));
    }
    inputs::say_how_read(std::slice::from_ref(opened.profile()), output);
    inputs::say_ragged(std::slice::from_ref(opened.profile()), output);
    let (text, notes) = fitting(&opened, &redacted)?;
    let Opened { source, mut cleaning, personal, lists, .. } = opened;
    let filled: Vec<String> = source
        .profile
        .columns
        .iter()
        .filter(|column| column.filled > 0)
        .map(|column| column.name.clone())
        .collect();
    let (name, losses) = (source.source.name.clone(), source.source.losses.clone());
    let account = match &table_stream {
        Some(stream) => clean(source.source, &mut cleaning, &log, stream.writer()?),
        None => clean(source.source, &mut cleaning, &log, io::stdout().lock()),
    }
    .or_else(|error| match error {
        // Who reads the table may have had enough.
        CleanError::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => {
            Ok(ImportAccount::default())
        }
        other => Err(Failure::data(other.to_string())),
    })?;
    let mut streams: Vec<Stream> = Vec::new();
    if let Some(path) = &target.definition {
        let stream = Stream::begin(path)?;
        let written = stream.writer()?.write_all(text.as_bytes());
        written
            .map_err(|error| Failure::data(format!("`{}` could not be written: {error}", path.display())))?;
        streams.push(stream);
    }
    streams.extend(log_stream);
    streams.extend(table_stream);
    Stream::put_all(streams)?;
    inputs::say_losses(&[(name, losses)], output);
    imported::say_account(&account, output);
    lists.told().for_each(|told| output.say(&told));
    if let Some(redaction) = &cleaning.redaction {
        imported::say_redaction(&redacted, redaction, args.drop_comments, output);
    } else {
        imported::say_personal(&personal, &filled, output);
    }
    for note in notes.iter().filter(|_| target.definition.is_some()) {
        output.say(note);
    }
    if !target.is_stdout() {
        let written: Vec<String> = target.all().map(|path| path.display().to_string()).collect();
        output.say(&format!("written: {}", written.join(", ")));
    }
    Ok(())
}
