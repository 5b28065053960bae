//! The import table of docs/design.md, enforced: every module of `src/` sees only what it may.

use std::fs;
use std::path::{Path, PathBuf};

/// Each module with the modules it may use. `diagnostic` uses none and `bin` uses the library from outside.
const MAY_USE: &[(&str, &[&str])] = &[
    ("diagnostic", &[]),
    ("stats", &[]),
    ("survey", &["diagnostic"]),
    ("source", &["survey", "diagnostic"]),
    ("prepare", &["survey", "source", "diagnostic"]),
    ("tally", &["survey", "source", "prepare", "diagnostic"]),
    ("weighting", &["survey", "tally", "stats", "diagnostic"]),
    ("measures", &["survey", "tally", "stats", "report", "diagnostic"]),
    (
        "analysis",
        &["survey", "source", "prepare", "tally", "weighting", "stats", "measures", "report", "diagnostic"],
    ),
    ("report", &[]),
    ("render", &["report"]),
];

/// What the library never touches: only the program knows the world.
const WORLD: &[&str] = &[
    "std::env",
    "std::process",
    "SystemTime",
    "Local::now",
    "Utc::now",
    "println!",
    "eprintln!",
    "print!(",
    "eprint!(",
];

/// Modules that do not touch files either.
const WITHOUT_FILES: &[&str] = &["stats", "survey", "tally", "weighting", "measures", "report", "render"];

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The modules that a line of code names from the crate's root, `depth` folders below it.
fn modules_named(line: &str, depth: usize) -> Vec<String> {
    let mut named = Vec::new();
    let to_root = "super::".repeat(depth);
    for prefix in ["crate::", to_root.as_str()] {
        if prefix.is_empty() {
            continue;
        }
        for (start, _) in line.match_indices(prefix) {
            let before = line[..start].chars().next_back();
            if before
                .is_some_and(|character| character.is_alphanumeric() || character == ':' || character == '_')
            {
                continue;
            }
            let rest = &line[start + prefix.len()..];
            if let Some(group) = rest.strip_prefix('{') {
                let mut level = 0_i32;
                let mut word = String::new();
                let mut fresh = true;
                for character in group.chars() {
                    match character {
                        '{' => level += 1,
                        '}' if level == 0 => break,
                        '}' => level -= 1,
                        ',' if level == 0 => {
                            named.push(std::mem::take(&mut word));
                            fresh = true;
                            continue;
                        }
                        _ => {}
                    }
                    if level == 0 && fresh && (character.is_alphanumeric() || character == '_') {
                        word.push(character);
                    } else if level == 0 && !word.is_empty() {
                        fresh = false;
                    }
                }
                named.push(word);
            } else {
                named.push(
                    rest.chars()
                        .take_while(|character| character.is_alphanumeric() || *character == '_')
                        .collect(),
                );
            }
        }
    }
    named.retain(|name| !name.is_empty());
    named
}

/// The code of a file with its comments blanked and `use` groups that span lines joined onto their first line.
fn code_lines(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (number, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or("");
        if open {
            let (_, last) = lines.last_mut().unwrap();
            last.push_str(code.trim());
        } else {
            lines.push((number + 1, code.to_owned()));
        }
        let (_, current) = lines.last().unwrap();
        open = current.trim_start().starts_with("use ")
            || current.trim_start().starts_with("pub use ")
            || current.trim_start().starts_with("pub(crate) use ");
        open = open && !current.contains(';');
    }
    lines
}

fn complaints(source: &Path) -> Vec<String> {
    let mut files = Vec::new();
    rust_files(source, &mut files);
    assert!(files.len() > 30, "the walk found only {} files", files.len());
    let mut complaints = Vec::new();
    for file in files {
        let inside = file.strip_prefix(source).unwrap();
        let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
        let module = first.strip_suffix(".rs").unwrap_or(first).to_owned();
        if module == "lib" || module == "bin" {
            continue;
        }
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == module) else {
            complaints.push(format!("src/{}: `{module}` is not in the import table", inside.display()));
            continue;
        };
        let folders = inside.components().count() - 1;
        let is_mod = inside.file_name().is_some_and(|name| name == "mod.rs");
        let depth = if is_mod { folders } else { folders + 1 };
        let text = fs::read_to_string(&file).unwrap();
        for (number, line) in code_lines(&text) {
            for named in modules_named(&line, depth) {
                let known = MAY_USE.iter().any(|(name, _)| *name == named);
                if known && named != module && !allowed.contains(&named.as_str()) {
                    complaints.push(format!(
                        "src/{}:{number}: `{module}` must not use `{named}`; it may use: {}",
                        inside.display(),
                        allowed.join(", ")
                    ));
                }
            }
            let world = WORLD.iter().find(|word| line.contains(**word));
            if let Some(word) = world {
                complaints.push(format!("src/{}:{number}: `{word}` belongs to bin/csat", inside.display()));
            }
            if WITHOUT_FILES.contains(&module.as_str())
                && (line.contains("std::fs") || line.contains("File::"))
            {
                complaints
                    .push(format!("src/{}:{number}: `{module}` does not touch files", inside.display()));
            }
        }
    }
    complaints
}

#[test]
fn every_import_keeps_the_table() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let found = complaints(&source);
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn an_import_that_breaks_the_table_is_found() {
    assert_eq!(modules_named("use crate::report::Report;", 2), ["report"]);
    assert_eq!(
        modules_named("use crate::{survey::{Scale, report}, tally, source::Ledger};", 2),
        ["survey", "tally", "source"]
    );
    assert_eq!(modules_named("use super::super::render::render;", 2), ["render"]);
    assert_eq!(modules_named("use super::render::x;", 2), Vec::<String>::new());
    let joined = code_lines("use crate::{\n    survey,\n    render,\n};\nlet a = 1;");
    assert_eq!(joined.len(), 2);
    assert_eq!(modules_named(&joined[0].1, 1), ["survey", "render"]);
}

#[test]
fn the_program_is_used_by_nothing() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let library = fs::read_to_string(source.join("lib.rs")).unwrap();
    assert!(!library.contains("mod bin"));
}
