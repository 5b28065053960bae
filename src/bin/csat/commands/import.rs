//! `csat import`: any file that is read as a plain table, with the definition that fits it and a log of edits.

use std::fs;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use csat::prepare::import::{
    CleanError, Cleaning, EditLog, EncodingSeen, Explanation, ImportAccount, LoggedTexts, clean, clean_names,
};
use csat::prepare::redact::{
    KEY_BYTES, PseudonymKey, RedactedColumn, Redaction, Treatment, redacted_columns,
};
use csat::source::format::encoding::{self, Encoding, Guess};
use csat::source::format::{head_of_file, kind_of_head};
use csat::source::head::{Depth, HeadOptions, OpenedSource};
use csat::source::input::{InputName, InputOptions};
use csat::source::lookup;
use csat::survey::inference::{Inferred, Taken};
use csat::survey::{self, PersonalColumn, Profile, Survey, draft, inference, personal_columns};

use crate::cli::{Import, LintFormat};
use crate::definition::{self, Definition};
use crate::explained;
use crate::imported;
use crate::inputs;
use crate::lists::{self, Lists};
use crate::output::Output;
use crate::settings;
use crate::staging::Stream;
use crate::status::{ExitStatus, Failure};

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

/// Where the parts of one import go.
struct Targets {
    table: PathBuf,
    definition: Option<PathBuf>,
    log: Option<PathBuf>,
}

impl Targets {
    fn of(file: &Path, args: &Import) -> Result<Self, Failure> {
        let several = args.files.len() > 1;
        let table = match &args.output {
            Some(folder) if several || folder.is_dir() || is_folder_name(folder) => {
                if !folder.is_dir() {
                    let help = if several {
                        "several files are written into a folder that exists, or each beside its own without -o"
                    } else {
                        "make the folder first, or name the table: `-o table.csv`"
                    };
                    return Err(Failure::usage(format!("`{}` is no folder", folder.display())).help(help));
                }
                folder.join(own_name(file))
            }
            Some(output) => {
                refuse_ending(output)?;
                output.clone()
            }
            None if file.as_os_str() == "-" => PathBuf::from("-"),
            None => file.with_file_name(own_name(file)),
        };
        if table.as_os_str() == "-" {
            return Ok(Self { table, definition: None, log: None });
        }
        let beside = |ending: &str| {
            let stem = table.with_extension("");
            PathBuf::from(format!("{}.{ending}", stem.display()))
        };
        Ok(Self {
            definition: (!args.no_definition).then(|| beside("toml")),
            log: (!args.no_log).then(|| beside("edits.csv")),
            table,
        })
    }

    fn is_stdout(&self) -> bool {
        self.table.as_os_str() == "-"
    }

    fn all(&self) -> impl Iterator<Item = &PathBuf> {
        [Some(&self.table), self.definition.as_ref(), self.log.as_ref()].into_iter().flatten()
    }

    /// Nothing that is read or exists is written over.
    fn check(&self, args: &Import) -> Result<(), Failure> {
        if self.is_stdout() {
            return Ok(());
        }
        for target in self.all() {
            crate::pipeline::protect(Some(target), &args.files, args.key.as_deref())?;
            let is_file = fs::symlink_metadata(target)
                .is_ok_and(|metadata| metadata.is_file() || metadata.is_symlink());
            if is_file && !args.force {
                return Err(Failure::usage(format!("`{}` exists and is not overwritten", target.display()))
                    .help("choose another name with -o, or write over it with --force"));
            }
        }
        Ok(())
    }
}

/// Whether a name ends as folders do.
fn is_folder_name(path: &Path) -> bool {
    path.as_os_str().as_encoded_bytes().last().is_some_and(|last| std::path::is_separator(char::from(*last)))
}

/// Refuses a name under which other programs expect something else than text.
fn refuse_ending(output: &Path) -> Result<(), Failure> {
    const OTHERS: [&str; 20] = [
        "xlsx", "xlsm", "xlsb", "xls", "ods", "sav", "zsav", "por", "dta", "json", "ndjson", "jsonl", "gz",
        "zip", "zst", "parquet", "pdf", "html", "md", "toml",
    ];
    let ending = output.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    match ending.filter(|ending| OTHERS.contains(&ending.as_str())) {
        Some(ending) => Err(Failure::usage(format!(
            "`{}`: `csat import` writes CSV, which is no .{ending} file",
            output.display()
        ))
        .help(format!("name it `{}`", output.with_extension("csv").display()))),
        None => Ok(()),
    }
}

/// The name of the table of a file: its own without the endings of archives and tables.
fn own_name(file: &Path) -> String {
    const ENDINGS: [&str; 16] = [
        "gz", "zip", "zst", "csv", "tsv", "txt", "tab", "xlsx", "xlsm", "xlsb", "xls", "ods", "sav", "zsav",
        "json", "ndjson",
    ];
    let mut name = settings::file_name(file);
    if file.as_os_str() == "-" {
        "answers".clone_into(&mut name);
    }
    while let Some((stem, ending)) = name.rsplit_once('.') {
        if stem.is_empty() || !ENDINGS.contains(&ending.to_ascii_lowercase().as_str()) {
            break;
        }
        name = stem.to_owned();
    }
    format!("{name}.clean.csv")
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

/// A file that was opened for an import, and what is known of it.
struct Opened {
    source: OpenedSource,
    format: &'static str,
    encoding: Option<Guess>,
    cleaning: Cleaning,
    definition: Option<Definition>,
    /// The lists whose columns stand before those of the file.
    lists: Lists,
    inferred: Option<Inferred>,
    personal: Vec<PersonalColumn>,
}

impl Opened {
    fn of(file: &Path, args: &Import, log: &EditLog, output: &Output) -> Result<Self, Failure> {
        let definition = definition::choose(args.reading.survey.as_deref(), &[file.to_owned()], output)?;
        let lists = Lists::read(definition.as_ref())?;
        if definition.is_some() && !args.reading.as_.is_empty() {
            return Err(Failure::usage(
                "`--as` corrects guesses, and there is a definition that says what the columns are",
            )
            .help("change the definition, or look away from it with `--survey none`"));
        }
        let mut input = settings::input_options(&args.reading.shape)?;
        let name = InputName::from_argument(file.to_owned());
        let (format, encoding) = look(file, &mut input, output);
        let options = HeadOptions { depth: Depth::Full, input };
        let mut source = lookup::open_noting(&name, &options, &lists.brought, Some(log.listener()))
            .map_err(|error| lists::failure(file, error))?;
        let names = clean_names(source.header.names(), source.source.brought, source.as_stood.as_ref());
        for (column, named) in source.profile.columns.iter_mut().zip(&names) {
            column.name.clone_from(&named.name);
        }
        let mut cleaning = Cleaning::new(&source.profile, names, source.as_stood.as_ref());
        cleaning.is_safe = args.safe;
        cleaning.keeps_tests = args.keep_tests;
        let inferred = match definition {
            Some(_) => None,
            None => Some(inputs::inferred(std::slice::from_ref(&source.profile), &args.reading.as_)?),
        };
        let mut opened =
            Self { source, format, encoding, cleaning, definition, lists, inferred, personal: Vec::new() };
        opened.personal = personal_columns(&opened.source.profile, &opened.survey().data);
        Ok(opened)
    }

    fn survey(&self) -> Survey {
        let defined = self.definition.as_ref().map(|definition| &definition.survey);
        defined.or(self.inferred.as_ref().map(|inferred| &inferred.survey)).cloned().unwrap_or_default()
    }

    fn profile(&self) -> &Profile {
        &self.source.profile
    }
}

/// What a file is, and its encoding by all of its bytes: what says nothing at its head may be told further down.
fn look(file: &Path, input: &mut InputOptions, output: &Output) -> (&'static str, Option<Guess>) {
    let is_file = file.metadata().is_ok_and(|metadata| metadata.is_file());
    let Some(head) = is_file.then(|| File::open(file).ok()).flatten().map(head_of_file) else {
        return ("a stream", None);
    };
    let format = kind_of_head(&head);
    if format != "text" {
        return (format, None);
    }
    let typed = input.encoding.as_ref();
    let scanned = File::open(file).and_then(|file| encoding::scan(io::BufReader::new(file), typed)).ok();
    let head = encoding::sniff(&head, typed);
    if let Some(whole) = &scanned
        && typed.is_none()
        && head.encoding == Encoding::Utf8
        && whole.encoding != Encoding::Utf8
    {
        input.encoding = Some(whole.encoding);
        output.say(&format!("caution: {}: {whole}; its beginning does not show it", file.display()));
    }
    (format, scanned)
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
        crate::pipeline::protect(Some(target), &opened.lists.paths, None)?;
    }
    let mut redacted = Vec::new();
    if let Some(key) = key {
        redacted = redacted_columns(opened.profile(), &opened.survey(), &opened.personal, args.drop_comments);
        opened.cleaning.redaction = Some(Redaction::new(&redacted, key.clone()));
    }
    inputs::say_how_read(std::slice::from_ref(opened.profile()), output);
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

/// The definition that fits the table, and what is to be said of it.
fn fitting(opened: &Opened, redacted: &[RedactedColumn]) -> Result<(String, Vec<String>), Failure> {
    let dropped: Vec<&str> = redacted
        .iter()
        .filter(|column| column.treatment == Treatment::Drop)
        .map(|column| column.column.as_str())
        .collect();
    if let Some(definition) = &opened.definition {
        let mut text = match &definition.path {
            Some(path) => fs::read_to_string(path).map_err(|error| {
                Failure::data(format!("the definition `{}` cannot be read: {error}", path.display()))
            })?,
            None => survey::template(&definition.used.name)
                .map_or(String::new(), |template| template.text.to_owned()),
        };
        let gone: Vec<&str> = survey::named_columns(&definition.survey)
            .into_iter()
            .filter(|column| dropped.contains(column))
            .collect();
        let mut notes = Vec::new();
        if !definition.survey.lookups.is_empty() {
            text = listless(opened, &definition.used.name, &text)?;
            notes.push(
                "the columns of the list stand in the table, so `[lookup]` is a comment in the definition"
                    .to_owned(),
            );
        }
        let caution = (!gone.is_empty()).then(|| {
            format!(
                "caution: the definition was copied and names columns that were dropped ({}): take them out of it",
                settings::short_list(&gone)
            )
        });
        notes.extend(caution);
        return Ok((text, notes));
    }
    let mut profile = opened.profile().clone();
    profile.columns.retain(|column| !dropped.contains(&column.name.as_str()));
    let inferred = match &opened.inferred {
        Some(inferred) if dropped.is_empty() => inferred.clone(),
        _ => inference::infer(&profile, &[]),
    };
    let doubts = inferred.findings.iter().filter(|finding| !finding.sure).count();
    let taken = inferred.findings.iter().filter(|finding| finding.taken != Taken::Skip).count();
    let note = format!(
        "the definition takes {taken} of {} columns as answers, groups, dates or ids{}; read it and correct it",
        inferred.findings.len(),
        match doubts {
            0 => String::new(),
            1 => ", 1 guess unsure".to_owned(),
            doubts => format!(", {doubts} guesses unsure"),
        }
    );
    Ok((draft::draft(&inferred), vec![note]))
}

/// The definition for a table that has the columns of its lists: the key may be a pseudonym there, and the list lies
/// elsewhere.
fn listless(opened: &Opened, name: &str, text: &str) -> Result<String, Failure> {
    let brought = opened.source.header.names().iter().take(opened.source.source.brought);
    let columns: Vec<String> = brought.map(|name| format!("`{name}`")).collect();
    let why = format!("The columns of the list stand in the table: {}.", columns.join(", "));
    survey::without_lookups(text, &why).ok_or_else(|| {
        Failure::data(format!("`[lookup]` could not be taken out of a copy of the definition `{name}`"))
            .help("write each `[lookup]` as a table of its own, or import with --no-definition")
    })
}

fn explain(args: &Import, output: &Output) -> anyhow::Result<ExitStatus> {
    let mut seen = Vec::new();
    for file in &args.files {
        let log = EditLog::new(None, LoggedTexts::None);
        let Opened { source, format, encoding, mut cleaning, definition, inferred, personal, .. } =
            Opened::of(file, args, &log, output)?;
        let survey = definition.map(|definition| definition.survey);
        let survey = survey.or(inferred.as_ref().map(|inferred| inferred.survey.clone())).unwrap_or_default();
        let profile = &source.profile;
        let columns = Explanation::columns(
            profile,
            &cleaning.names,
            &survey,
            inferred.as_ref(),
            &personal,
            args.with_personal,
        );
        let header = match &source.as_stood {
            Some(stood) => stood.header.clone(),
            None => vec![source.header.names().to_vec()],
        };
        let losses = source.source.losses.clone();
        let mut explanation = Explanation {
            input: profile.input.clone(),
            format,
            encoding: encoding.as_ref().map(EncodingSeen::new),
            delimiter: explained::delimiter(
                source.as_stood.as_ref().map_or(source.source.delimiter, |stood| stood.delimiter),
                format,
            ),
            layout: if profile.file.layout.is_empty() { "plain" } else { profile.file.layout },
            reasons: profile.file.reasons.clone(),
            zone: profile.file.zone.clone(),
            header,
            columns,
            dropped: Explanation::dropped(source.as_stood.as_ref()),
            losses: Vec::new(),
            rows: ImportAccount::default(),
        };
        let rows = clean(source.source, &mut cleaning, &log, io::sink())
            .map_err(|error| Failure::data(error.to_string()))?;
        explanation.rows = rows;
        explanation.losses = losses.sentences();
        seen.push(explanation);
    }
    let text = match args.format {
        LintFormat::Json => {
            format!("{}\n", serde_json::to_string_pretty(&serde_json::json!({ "files": seen }))?)
        }
        LintFormat::Text => {
            seen.iter().map(|seen| explained::text(seen, Output::width())).collect::<Vec<_>>().join("\n")
        }
    };
    output.data(text.as_bytes(), None)?;
    Ok(ExitStatus::Done)
}
