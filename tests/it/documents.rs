//! Every block of the README, the docs and the examples is run.
//!
//! ` ```console ` blocks hold `$ command` lines, each followed by what it prints (standard output and standard
//! error as a terminal would show them, the commands' own order within each stream); ` ```toml ` blocks are whole
//! definitions; ` ```json ` blocks parse. Other kinds of block are refused, except ` ```text `.
//! With CSAT_UPDATE_DOCUMENTS=1 in the environment the printed text is written into the files instead.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn documents() -> Vec<PathBuf> {
    let mut found =
        vec![root().join("README.md"), root().join("CONTRIBUTING.md"), root().join("surveys/README.md")];
    for folder in [
        "docs",
        "examples",
        "examples/branch-banking",
        "examples/kiosk-servqual",
        "examples/promises",
        "examples/service-desk",
        "examples/sfo-airport",
    ] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "md") {
                found.push(path);
            }
        }
    }
    found.retain(|path| path.exists());
    found.sort();
    found
}

/// Copies what the documents' commands read into a folder of their own.
fn scratch() -> tempfile::TempDir {
    let scratch = tempfile::tempdir().unwrap();
    for folder in [
        "examples/branch-banking",
        "examples/kiosk-servqual",
        "examples/parcel-desk",
        "examples/promises",
        "examples/service-desk",
        "examples/sfo-airport",
        "surveys",
        "surveys/data",
    ] {
        let target = scratch.path().join(folder);
        fs::create_dir_all(&target).unwrap();
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                fs::copy(&path, target.join(path.file_name().unwrap())).unwrap();
            }
        }
    }
    let exports = fs::read_dir(root().join("tests/fixtures/exports")).unwrap();
    let exports = exports.map(|entry| entry.unwrap().path());
    // What docs/disputes.md reads.
    for folder in exports.chain([root().join("tests/it/data/disputes")]) {
        if !folder.is_dir() {
            continue;
        }
        let target = scratch.path().join(folder.file_name().unwrap());
        fs::create_dir_all(&target).unwrap();
        for file in fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            fs::copy(&path, target.join(path.file_name().unwrap())).unwrap();
        }
    }
    scratch
}

/// What a command prints: standard error first (it says what was used), then standard output.
fn printed(command: &str, folder: &Path) -> (String, bool) {
    let program = Path::new(env!("CARGO_BIN_EXE_csat"));
    let path = format!("{}:/usr/bin:/bin", program.parent().unwrap().display());
    let line = command
        .replace("cargo run --release --quiet -- ", "csat ")
        .replace("cargo run --release -- ", "csat ");
    let output = Command::new("/bin/sh")
        .args(["-c", &line])
        .current_dir(folder)
        .env_clear()
        .env("PATH", path)
        .env("SOURCE_DATE_EPOCH", "1791158400")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let mut text = String::from_utf8(output.stderr).unwrap();
    text.push_str(&String::from_utf8(output.stdout).unwrap());
    let trimmed: Vec<&str> = text.lines().map(str::trim_end).collect();
    (trimmed.join("\n").trim_end().to_owned(), output.status.success())
}

/// Runs the commands of a console block; the block as it should be, and the complaints.
fn run_console(block: &[&str], folder: &Path, complaints: &mut Vec<String>) -> Vec<String> {
    let mut fresh = Vec::new();
    let mut index = 0;
    while index < block.len() {
        let Some(mut command) = block[index].strip_prefix("$ ").map(str::to_owned) else {
            complaints.push(format!("a console block begins with `{}`, not with `$ `", block[index]));
            return block.iter().map(|line| (*line).to_owned()).collect();
        };
        fresh.push(block[index].to_owned());
        index += 1;
        while command.ends_with('\\') && index < block.len() {
            command.pop();
            command.push_str(block[index].trim());
            fresh.push(block[index].to_owned());
            index += 1;
        }
        let start = index;
        while index < block.len() && !block[index].starts_with("$ ") {
            index += 1;
        }
        let expected = block[start..index].join("\n");
        if ["cargo test", "cargo install", "git clone", "cd "].iter().any(|start| command.starts_with(start))
        {
            fresh.extend(block[start..index].iter().map(|line| (*line).to_owned()));
            continue;
        }
        let (text, succeeded) = printed(&command, folder);
        let expects_failure = command.contains("# exit ");
        if succeeded == expects_failure {
            complaints.push(format!("`{command}` ended unexpectedly:\n{text}"));
        }
        if expected.trim_end() != text {
            complaints.push(format!("`{command}` prints\n{text}\n--- the document says\n{expected}"));
        }
        if !text.is_empty() {
            fresh.extend(text.lines().map(str::to_owned));
        }
    }
    fresh
}

#[cfg(unix)]
#[test]
#[expect(clippy::disallowed_methods, reason = "a switch for people who edit the documents")]
fn every_block_of_every_document_is_true() {
    let update = std::env::var_os("CSAT_UPDATE_DOCUMENTS").is_some();
    let mut failures = Vec::new();
    let mut blocks = 0;
    for document in documents() {
        let name = document.strip_prefix(root()).unwrap().display().to_string();
        let text = fs::read_to_string(&document).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let folder = scratch();
        let mut fresh: Vec<String> = Vec::new();
        let mut index = 0;
        while index < lines.len() {
            fresh.push(lines[index].to_owned());
            let Some(kind) = lines[index].strip_prefix("```") else {
                index += 1;
                continue;
            };
            let start = index + 1;
            let end = (start..lines.len())
                .find(|line| lines[*line] == "```")
                .unwrap_or_else(|| panic!("{name}:{start}: a block is not closed"));
            let block = &lines[start..end];
            blocks += 1;
            let mut complaints = Vec::new();
            match kind {
                "console" => fresh.extend(run_console(block, folder.path(), &mut complaints)),
                "toml" => {
                    fresh.extend(block.iter().map(|line| (*line).to_owned()));
                    if let Err(found) = csat::survey::parse(block.join("\n").as_bytes(), &name) {
                        complaints.extend(found.iter().map(csat::diagnostic::Diagnostic::render));
                    }
                }
                "json" => {
                    fresh.extend(block.iter().map(|line| (*line).to_owned()));
                    if let Err(error) = serde_json::from_str::<serde_json::Value>(&block.join("\n")) {
                        complaints.push(error.to_string());
                    }
                }
                "text" => fresh.extend(block.iter().map(|line| (*line).to_owned())),
                _ => {
                    fresh.extend(block.iter().map(|line| (*line).to_owned()));
                    complaints.push(format!("a block of kind `{kind}` is not run by any test"));
                }
            }
            failures.extend(complaints.iter().map(|complaint| format!("{name}:{start}: {complaint}")));
            fresh.push("```".to_owned());
            index = end + 1;
        }
        if update {
            fs::write(&document, fresh.join("\n") + "\n").unwrap();
        }
    }
    assert!(blocks > 10, "only {blocks} blocks found");
    assert!(update || failures.is_empty(), "\n{}", failures.join("\n\n"));
}

#[test]
fn every_relative_link_leads_somewhere() {
    for document in documents() {
        let text = fs::read_to_string(&document).unwrap();
        for (start, _) in text.match_indices("](") {
            let target = text[start + 2..].split([')', '#', ' ']).next().unwrap();
            if target.is_empty() || target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            let path = document.parent().unwrap().join(target);
            assert!(path.exists(), "{}: link to {target}", document.display());
        }
    }
}
