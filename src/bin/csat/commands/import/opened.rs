//! A file that was opened for an import.

use std::borrow::Cow;
use std::fs::File;
use std::io;
use std::path::Path;

use csat::prepare::import::{Cleaning, EditLog, NamedColumn, clean_names};
use csat::source::format::encoding::{self, Encoding, Guess};
use csat::source::format::{head_of_file, kind_of_head};
use csat::source::head::{Depth, HeadOptions, OpenedSource};
use csat::source::input::{InputName, InputOptions};
use csat::source::lookup;
use csat::survey::inference::Inferred;
use csat::survey::{PersonalColumn, Profile, Survey, named_columns, personal_columns};

use crate::cli::Import;
use crate::definition::{self, Definition};
use crate::inputs;
use crate::lists::{self, Lists};
use crate::output::Output;
use crate::settings;
use crate::status::Failure;

/// What tells what the columns of a file are.
pub(super) enum Known {
    /// The definition that fits it.
    Defined(Definition),
    /// Its names and values.
    Inferred(Inferred),
}

impl Known {
    pub(super) fn survey(&self) -> &Survey {
        match self {
            Self::Defined(definition) => &definition.survey,
            Self::Inferred(inferred) => &inferred.survey,
        }
    }

    pub(super) fn inferred(&self) -> Option<&Inferred> {
        match self {
            Self::Defined(_) => None,
            Self::Inferred(inferred) => Some(inferred),
        }
    }
}

/// A file that was opened for an import, and what is known of it.
pub(super) struct Opened {
    pub(super) source: OpenedSource,
    pub(super) format: &'static str,
    pub(super) encoding: Option<Guess>,
    pub(super) cleaning: Cleaning,
    pub(super) known: Known,
    /// What was typed after `--as`.
    pub(super) typed: Vec<String>,
    /// The lists whose columns stand before those of the file.
    pub(super) lists: Lists,
    pub(super) personal: Vec<PersonalColumn>,
}

impl Opened {
    pub(super) fn of(file: &Path, args: &Import, log: &EditLog, output: &Output) -> Result<Self, Failure> {
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
        let named = definition.as_ref().map(|known| named_columns(&known.survey)).unwrap_or_default();
        let is_named = |name: &str| named.contains(&name);
        let header = source.header.names();
        let names = clean_names(header, source.source.brought, source.as_stood.as_ref(), is_named);
        for (column, named) in source.profile.columns.iter_mut().zip(&names) {
            column.name.clone_from(&named.name);
        }
        let mut cleaning = Cleaning::new(&source.profile, names, source.as_stood.as_ref());
        cleaning.is_safe = args.safe;
        cleaning.keeps_tests = args.keep_tests;
        let known = if let Some(definition) = definition {
            Known::Defined(definition)
        } else {
            Known::Inferred(guessed(&source.profile, &cleaning.names, &args.reading.as_)?)
        };
        let personal = personal_columns(&source.profile, &known.survey().data);
        let typed = args.reading.as_.clone();
        Ok(Self { source, format, encoding, cleaning, known, typed, lists, personal })
    }

    pub(super) fn profile(&self) -> &Profile {
        &self.source.profile
    }
}

/// What the columns of a table hold. One that has no name in the file is judged as an analysis of the file judges it,
/// unless it is typed by the name that the table gives it.
pub(super) fn guessed(
    profile: &Profile,
    names: &[NamedColumn],
    typed: &[String],
) -> Result<Inferred, Failure> {
    let is_typed =
        |name: &str| typed.iter().any(|text| text.rsplit_once('=').is_some_and(|(of, _)| of == name));
    let nameless: Vec<&str> = names
        .iter()
        .filter(|named| named.is_nameless() && !is_typed(&named.name))
        .map(|named| named.name.as_str())
        .collect();
    let mut looked_at = Cow::Borrowed(profile);
    if !nameless.is_empty() {
        let columns = looked_at.to_mut().columns.iter_mut();
        columns
            .filter(|column| nameless.contains(&column.name.as_str()))
            .for_each(|column| column.name.clear());
    }
    let mut inferred = inputs::inferred(std::slice::from_ref(&*looked_at), typed)?;
    for (finding, column) in inferred.findings.iter_mut().zip(&profile.columns) {
        if finding.column.is_empty() {
            finding.column.clone_from(&column.name);
        }
    }
    Ok(inferred)
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
