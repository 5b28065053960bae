//! Puts the rows of long sheets into a workbook that has their frames.

use std::io::{Cursor, Error, Read, Write};
use std::thread;

use zip::result::{ZipError, ZipResult};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

use super::rows::Rows;
use super::tidy::TidySheet;

/// The level of compression that Excel uses: half the time of the usual one, a twentieth more bytes.
const LEVEL: i64 = 3;

/// What stands around the rows.
const DATA: (&str, &str) = ("<sheetData>", "</sheetData>");

/// The workbook with the rows of these sheets, each with its number among the sheets from 1.
pub(super) fn filled(workbook: Vec<u8>, sheets: &[(usize, TidySheet<'_>)]) -> ZipResult<Vec<u8>> {
    if sheets.is_empty() {
        return Ok(workbook);
    }
    let mut archive = ZipArchive::new(Cursor::new(workbook))?;
    let mut frames = Vec::new();
    for (number, sheet) in sheets {
        let path = format!("xl/worksheets/sheet{number}.xml");
        let mut frame = String::new();
        archive.by_name(&path)?.read_to_string(&mut frame)?;
        frames.push((path, frame, sheet));
    }
    let packed: Vec<ZipResult<Vec<u8>>> = thread::scope(|scope| {
        let pack = |(path, frame, sheet)| scope.spawn(move || packed(path, frame, sheet));
        let running: Vec<_> = frames.iter().map(|(path, frame, sheet)| pack((path, frame, sheet))).collect();
        let ended = |packing: thread::ScopedJoinHandle<'_, ZipResult<Vec<u8>>>| {
            packing.join().unwrap_or_else(|_| Err(ZipError::Io(Error::other("a sheet could not be written"))))
        };
        running.into_iter().map(ended).collect()
    });
    let packed: Vec<Vec<u8>> = packed.into_iter().collect::<ZipResult<_>>()?;
    let mut workbook = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let file = archive.by_index_raw(at)?;
        let name = file.name()?.into_owned();
        match frames.iter().zip(&packed).find(|((path, ..), _)| *path == name) {
            Some((_, sheet)) => {
                workbook.raw_copy_file(ZipArchive::new(Cursor::new(sheet))?.by_index_raw(0)?)?;
            }
            None => workbook.raw_copy_file(file)?,
        }
    }
    Ok(workbook.finish()?.into_inner())
}

/// An archive of one sheet: its frame with the rows in it.
fn packed(path: &str, frame: &str, sheet: &TidySheet<'_>) -> ZipResult<Vec<u8>> {
    let frameless = || ZipError::Io(Error::other("a sheet without rows"));
    let (before, rest) = frame.split_once(DATA.0).ok_or_else(frameless)?;
    let (framed, after) = rest.split_once(DATA.1).ok_or_else(frameless)?;
    let (heads, last) = framed.split_once("</row>").ok_or_else(frameless)?;
    let guarded = last.split_once(" s=\"").and_then(|(_, rest)| rest.split('"').next()).unwrap_or("0");
    let options = SimpleFileOptions::default()
        .compression_level(Some(LEVEL))
        .unix_permissions(0o600)
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file(path, options)?;
    write!(archive, "{before}{}{heads}</row>", DATA.0)?;
    sheet.write(&mut Rows::new(&mut archive, sheet.columns(), guarded.to_owned()))?;
    write!(archive, "{}{after}", DATA.1)?;
    Ok(archive.finish()?.into_inner())
}
