//! `csat init`: draft a definition from a file of answers or from a template.

use std::fs;
use std::path::{Path, PathBuf};

use csat::source::head::{self, Depth, HeadOptions};
use csat::source::input::InputName;
use csat::survey::{self, draft};

use crate::cli::Init;
use crate::findings;
use crate::inputs;
use crate::output::Output;
use crate::settings;
use crate::status::{ExitStatus, Failure};

pub(crate) fn run(args: &Init, output: &Output) -> anyhow::Result<ExitStatus> {
    if args.list {
        output.data(list().as_bytes(), None)?;
    } else if let Some(name) = &args.from_template {
        from_template(name, args.output.as_deref(), output)?;
    } else if let Some(file) = &args.from {
        from_answers(file, args, output)?;
    } else {
        return Err(Failure::usage("`csat init` needs to know from what")
            .help("give --from FILE, --from-template NAME, or --list")
            .into());
    }
    Ok(ExitStatus::Done)
}

fn list() -> String {
    let mut table = findings::plain_table();
    for template in survey::templates() {
        table.add_row([template.name, template.title]);
    }
    format!("{}\n", findings::indented(&table))
}

fn from_template(name: &str, target: Option<&Path>, output: &Output) -> Result<(), Failure> {
    let template = survey::template(name).map_err(|nearest| {
        let failure = Failure::usage(format!("there is no template named `{name}`"));
        match nearest {
            Some(nearest) => failure.help(format!("did you mean `{nearest}`?")),
            None => failure.help("`csat init --list` lists them"),
        }
    })?;
    let own = PathBuf::from(format!("{}.toml", template.name));
    write_new(template.text, target.unwrap_or(&own), output)
}

fn from_answers(file: &Path, args: &Init, output: &Output) -> Result<(), Failure> {
    let options = HeadOptions { depth: Depth::Full, input: settings::input_options(&args.shape)? };
    let name = InputName::from_argument(file.to_owned());
    let opened = head::open(&name, &options).map_err(|error| inputs::missing_file(file, &error))?;
    let own = if name == InputName::Stdin { PathBuf::from("-") } else { file.with_extension("toml") };
    let target = args.output.as_deref().unwrap_or(&own);
    if args.update {
        return update(target, &opened.profile, output);
    }
    let inferred = inputs::inferred(std::slice::from_ref(&opened.profile), &args.as_)?;
    write_new(&draft::draft(&inferred), target, output)?;
    // A definition of another name is not found by itself.
    let survey = if target == own { String::new() } else { format!(" --survey {}", target.display()) };
    let advice =
        format!("read {}, correct it, then: csat analyze {}{survey}", target.display(), file.display());
    output.say(&findings::block(&inferred, &advice));
    Ok(())
}

/// Adds what is new to an existing definition.
fn update(target: &Path, profile: &survey::Profile, output: &Output) -> Result<(), Failure> {
    if target.as_os_str() == "-" {
        return Err(
            Failure::usage("`--update` needs the definition that it adds to").help("name it with --output")
        );
    }
    let existing = fs::read_to_string(target).map_err(|error| {
        Failure::data(format!("the definition `{}` cannot be read: {error}", target.display()))
            .help("leave out --update to write a new one, or name it with --output")
    })?;
    let updated = draft::update(&existing, &target.display().to_string(), profile)
        .map_err(|complaints| Failure::Complaints { status: ExitStatus::Definition, complaints })?;
    if updated == existing {
        output.say(&format!("`{}` mentions every column already", target.display()));
        return Ok(());
    }
    output.data(updated.as_bytes(), Some(target))?;
    output.say(&format!("added to `{}`: see its end", target.display()));
    Ok(())
}

/// Writes a definition where nothing is yet.
fn write_new(text: &str, target: &Path, output: &Output) -> Result<(), Failure> {
    if target.as_os_str() == "-" {
        return output.data(text.as_bytes(), Some(target));
    }
    if target.exists() {
        return Err(Failure::usage(format!("`{}` exists and is not overwritten", target.display()))
            .help("choose another name with --output, or add new columns with --from FILE --update"));
    }
    output.data(text.as_bytes(), Some(target))?;
    output.say(&format!("written: {}", target.display()));
    Ok(())
}
