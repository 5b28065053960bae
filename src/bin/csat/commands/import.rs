//! `csat import`: any file that is read as a plain table, with the definition that fits it and a log of edits.

mod explain;
mod fitting;
mod opened;
mod streams;
mod targets;

use std::fs;
use std::path::Path;

use csat::prepare::import::LoggedTexts;
use csat::prepare::redact::{KEY_BYTES, PseudonymKey, Redaction, redacted_columns};

use crate::cli::Import;
use crate::imported;
use crate::inputs;
use crate::output::Output;
use crate::pipeline;
use crate::row_remarks;
use crate::status::{ExitStatus, Failure};
use explain::explain;
use fitting::fitting;
use opened::Opened;
use streams::Streams;
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
    let make = "make one once and keep it apart from the copies: `head -c 32 /dev/urandom > csat.key`, in PowerShell \
                `$k = [byte[]]::new(32); [Security.Cryptography.RandomNumberGenerator]::Create().GetBytes($k); \
                [IO.File]::WriteAllBytes(\"$PWD\\csat.key\", $k)`";
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
    let streams = Streams::begin(target)?;
    let log = streams.log(match (key, args.safe) {
        (Some(_), _) => LoggedTexts::None,
        (None, true) => LoggedTexts::Masked,
        (None, false) => LoggedTexts::Exact,
    })?;
    let mut opened = Opened::of(file, args, &log, output)?;
    for target in target.all().filter(|_| !target.is_stdout()) {
        pipeline::protect(Some(target), &opened.lists.paths, None)?;
    }
    let mut redacted = Vec::new();
    if let Some(key) = key {
        redacted =
            redacted_columns(opened.profile(), opened.known.survey(), &opened.personal, args.drop_comments);
        opened.cleaning.redaction = Some(Redaction::new(&redacted, key.clone()));
    }
    inputs::say_how_read(std::slice::from_ref(opened.profile()), output);
    inputs::say_ragged(std::slice::from_ref(opened.profile()), output);
    row_remarks::say_unknown_words(opened.profile(), output);
    let (text, notes) = fitting(&opened, &redacted)?;
    let Opened { source, mut cleaning, personal, lists, .. } = opened;
    let (name, losses) = (source.source.name.clone(), source.source.losses.clone());
    let account = streams.clean(source.source, &mut cleaning, &log)?;
    streams.put(target.definition.as_deref().map(|path| (path, text.as_str())))?;
    inputs::say_losses(&[(name, losses)], output);
    imported::say_account(&account, output);
    lists.told().for_each(|told| output.say(&told));
    match &cleaning.redaction {
        Some(redaction) => imported::say_redaction(&redacted, redaction, args.drop_comments, output),
        None => imported::say_personal(&personal, &source.profile, output),
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
