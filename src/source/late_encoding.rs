//! A file whose head says nothing of its encoding: the whole of it is asked.
//!
//! A head of ASCII is read as UTF-8. Where what follows turns out not to be, the whole file says what it is, and it is
//! opened once more. Refuses what comes once, what is wrapped in an archive, and what the user has said the encoding
//! of: there the cells that cannot be read are counted and told.

use std::fs::File;
use std::io::BufReader;

use super::format::encoding::{self, Encoding, Guess};
use super::format::{head_of_file, kind_of_head};
use super::head::{HeadOptions, OpenedSource};
use super::input::{InputName, InputOptions};
use crate::survey::FileFacts;

/// The encoding of a text file whose head reads as UTF-8 and whose whole does not; it is read to its end.
pub fn of_whole_file(name: &InputName, options: &InputOptions) -> Option<Guess> {
    whole_file(name, options).filter(|whole| whole.encoding != Encoding::Utf8)
}

/// What all bytes of a text file say of its encoding, where its head says UTF-8 and the user says nothing.
pub fn whole_file(name: &InputName, options: &InputOptions) -> Option<Guess> {
    let InputName::Path(path) = name else { return None };
    if options.encoding.is_some() || !path.metadata().is_ok_and(|metadata| metadata.is_file()) {
        return None;
    }
    let head = head_of_file(File::open(path).ok()?);
    if kind_of_head(&head) != "text" || encoding::sniff(&head, None).encoding != Encoding::Utf8 {
        return None;
    }
    encoding::scan(BufReader::new(File::open(path).ok()?), None).ok()
}

/// What is said of such a file.
pub fn sentence(guess: &Guess) -> String {
    format!("{guess}; its beginning does not show it")
}

/// Opens an input, and once more where what was looked at of it is not in the encoding that its first bytes promise.
pub(super) fn open_by<E>(
    name: &InputName,
    options: &HeadOptions,
    open: impl Fn(&HeadOptions) -> Result<OpenedSource, E>,
) -> Result<OpenedSource, E> {
    let opened = open(options)?;
    let is_suspect = opened.profile.file.not_utf8.is_some() || opened.source.losses.undecodable() > 0;
    let Some(guess) = is_suspect.then(|| of_whole_file(name, &options.input)).flatten() else {
        return Ok(opened);
    };
    let mut better = options.clone();
    better.input.encoding = Some(guess.encoding);
    let mut opened = open(&better)?;
    tell(&mut opened.profile.file, &guess);
    Ok(opened)
}

/// Nobody has asked for the encoding that was found.
fn tell(file: &mut FileFacts, guess: &Guess) {
    let asked = format!("read as {}, as asked", guess.encoding);
    file.reasons.retain(|reason| !reason.starts_with(&asked));
    file.reasons.insert(0, sentence(guess));
}
