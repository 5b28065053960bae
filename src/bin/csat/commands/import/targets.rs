//! Where the parts of an import go: the table, its definition, its log.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::Import;
use crate::pipeline;
use crate::settings;
use crate::status::Failure;

/// Where the parts of one import go.
pub(super) struct Targets {
    pub(super) table: PathBuf,
    pub(super) definition: Option<PathBuf>,
    pub(super) log: Option<PathBuf>,
}

impl Targets {
    pub(super) fn of(file: &Path, args: &Import) -> Result<Self, Failure> {
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
                folder.join(own_name(file, args.redact))
            }
            Some(output) => {
                refuse_ending(output)?;
                output.clone()
            }
            None if file.as_os_str() == "-" => PathBuf::from("-"),
            None => file.with_file_name(own_name(file, args.redact)),
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

    pub(super) fn is_stdout(&self) -> bool {
        self.table.as_os_str() == "-"
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &PathBuf> {
        [Some(&self.table), self.definition.as_ref(), self.log.as_ref()].into_iter().flatten()
    }

    /// Nothing that is read or exists is written over.
    pub(super) fn check(&self, args: &Import) -> Result<(), Failure> {
        if self.is_stdout() {
            return Ok(());
        }
        for target in self.all() {
            pipeline::protect(Some(target), &args.files, args.key.as_deref())?;
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
        Some(ending) => {
            let plain = output.with_extension("");
            let is_csv = plain.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
            let name = if is_csv { plain } else { output.with_extension("csv") };
            Err(Failure::usage(format!(
                "`{}`: `csat import` writes CSV, which is no .{ending} file",
                output.display()
            ))
            .help(format!("name it `{}`", name.display())))
        }
        None => Ok(()),
    }
}

/// The name of the table of a file: its own without the endings of archives and tables. A copy without personal data
/// stands beside the whole table.
fn own_name(file: &Path, is_redacted: bool) -> String {
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
    format!("{name}.{}.csv", if is_redacted { "redacted" } else { "clean" })
}
