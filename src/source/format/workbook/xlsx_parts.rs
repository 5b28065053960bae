//! What the parts of an xlsx archive beside its sheets say: which sheets there are, their texts and number formats.

use std::collections::BTreeMap;
use std::io::{BufReader, Read, Seek};

use super::cell::Shown;
use super::choose::{SheetEntry, SheetKind};
use super::error::{WorkbookError, bytes_text};
use super::package::Package;
use super::xml::{Tag, Token, XmlReader, unescape_into};

/// The text of all shared strings together.
const MAX_SHARED_TEXT: usize = 192 << 20;
/// How many shared strings there may be.
const MAX_SHARED: usize = 16 << 20;
/// How many sheets are listed.
const MAX_SHEETS: usize = 10_000;

/// The list of sheets with the parts that belong to it.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub(super) sheets: Vec<SheetEntry>,
    /// The part of each sheet.
    pub(super) parts: Vec<String>,
    pub(super) strings: String,
    pub(super) styles: String,
    pub(super) is_1904: bool,
}

/// Texts that cells point to, one after the other.
#[derive(Debug, Default)]
pub(super) struct SharedStrings {
    text: String,
    ends: Vec<u32>,
}

impl SharedStrings {
    /// A text by its number.
    pub(super) fn get(&self, number: usize) -> Option<&str> {
        let at = |end: &u32| usize::try_from(*end).ok();
        let end = self.ends.get(number).and_then(at)?;
        let start = if number == 0 { 0 } else { self.ends.get(number - 1).and_then(at)? };
        self.text.get(start..end)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Adds a text.
    pub(super) fn push(&mut self, text: &str) -> Result<(), WorkbookError> {
        self.text.push_str(text);
        self.close()
    }

    fn close(&mut self) -> Result<(), WorkbookError> {
        let too_large = |what: &str, limit: String| WorkbookError::TooLarge { what: what.to_owned(), limit };
        if self.text.len() > MAX_SHARED_TEXT {
            return Err(too_large("its texts are longer", bytes_text(MAX_SHARED_TEXT as u64)));
        }
        if self.ends.len() >= MAX_SHARED {
            return Err(too_large("it has more different texts", MAX_SHARED.to_string()));
        }
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        Ok(())
    }
}

/// The part with the list of sheets, as the package names it; none in an archive that is no workbook.
pub(super) fn workbook_part<S: Read + Seek>(
    package: &Package,
    source: &mut S,
) -> Result<Option<String>, WorkbookError> {
    let mut found = None;
    each_tag(package, source, "_rels/.rels", |tag| {
        let is_document = tag.value(b"Type").is_some_and(|kind| kind.ends_with("/officeDocument"));
        if tag.name == b"Relationship" && is_document && found.is_none() {
            found = tag.value(b"Target").map(|target| resolved("", &target));
        }
        Ok(())
    })?;
    Ok(found)
}

/// The list of sheets.
pub(super) fn contents<S: Read + Seek>(
    package: &Package,
    source: &mut S,
    workbook: &str,
) -> Result<Contents, WorkbookError> {
    let (folder, file) = workbook.rsplit_once('/').unwrap_or(("", workbook));
    let relations = resolved(folder, &format!("_rels/{file}.rels"));
    let mut targets = BTreeMap::new();
    let mut contents = Contents {
        strings: resolved(folder, "sharedStrings.xml"),
        styles: resolved(folder, "styles.xml"),
        ..Contents::default()
    };
    each_tag(package, source, &relations, |tag| {
        if tag.name == b"Relationship" {
            let kind = tag.value(b"Type").unwrap_or_default();
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            let target = resolved(folder, &tag.value(b"Target").unwrap_or_default());
            match kind.as_str() {
                "sharedStrings" => contents.strings = target,
                "styles" => contents.styles = target,
                _ if targets.len() < MAX_SHEETS => {
                    targets.insert(tag.value(b"Id").unwrap_or_default(), (kind, target));
                }
                _ => {}
            }
        }
        Ok(())
    })?;
    each_tag(package, source, workbook, |tag| {
        match tag.name {
            b"workbookPr" => {
                if let Some(is_1904) = tag.raw(b"date1904") {
                    contents.is_1904 = matches!(is_1904, b"1" | b"true" | b"on");
                }
            }
            b"sheet" if contents.sheets.len() < MAX_SHEETS => {
                let name = tag.value(b"name").unwrap_or_default();
                // `r:id`; `id` may also stand alone, and `sheetId` is another.
                let id = tag.value(b"id").unwrap_or_default();
                let Some((kind, target)) = targets.get(&id) else {
                    let problem = format!("sheet `{name}` has no part of its own");
                    return Err(WorkbookError::damaged(workbook, problem));
                };
                let kind = match kind.as_str() {
                    "worksheet" => SheetKind::Table,
                    "chartsheet" => SheetKind::Chart,
                    _ => SheetKind::Other,
                };
                let is_hidden = tag.raw(b"state").is_some_and(|state| state != b"visible");
                contents.sheets.push(SheetEntry { name, kind, is_hidden });
                contents.parts.push(target.clone());
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(contents)
}

/// What the number format of each cell style shows.
pub(super) fn styles<S: Read + Seek>(
    package: &Package,
    source: &mut S,
    part: &str,
) -> Result<Vec<Shown>, WorkbookError> {
    let mut custom = BTreeMap::new();
    let mut styles = Vec::new();
    let mut is_in_cells = false;
    each_token(package, source, part, |token| {
        match token {
            Token::Open(tag) if tag.name == b"numFmt" => {
                if let (Some(id), Some(code)) = (number(&tag, b"numFmtId"), tag.value(b"formatCode")) {
                    custom.insert(id, Shown::by_code(&code));
                }
            }
            Token::Open(tag) if tag.name == b"cellXfs" => is_in_cells = !tag.is_closed,
            Token::Close(b"cellXfs") => is_in_cells = false,
            Token::Open(tag) if tag.name == b"xf" && is_in_cells => {
                let id = number(&tag, b"numFmtId").unwrap_or(0);
                styles.push(custom.get(&id).copied().unwrap_or_else(|| Shown::by_number(id)));
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(styles)
}

/// The shared strings; none where the workbook has no such part. Also how many bytes of them were no text.
pub(super) fn shared_strings<S: Read + Seek>(
    package: &Package,
    source: &mut S,
    part: &str,
) -> Result<(SharedStrings, u64), WorkbookError> {
    let mut strings = SharedStrings::default();
    let (mut piece, mut wrong) = (String::new(), 0);
    let (mut is_in_text, mut is_reading_aid, mut keeps_space) = (false, false, false);
    each_token(package, source, part, |token| {
        match token {
            Token::Open(tag) => match tag.name {
                b"si" if tag.is_closed => strings.close()?,
                b"rPh" => is_reading_aid = !tag.is_closed,
                b"t" if !is_reading_aid => {
                    is_in_text = !tag.is_closed;
                    keeps_space = tag.raw(b"space") == Some(b"preserve");
                }
                _ => {}
            },
            Token::Close(b"si") => strings.close()?,
            Token::Close(b"rPh") => is_reading_aid = false,
            Token::Close(b"t") if is_in_text => {
                is_in_text = false;
                push_string(&piece, keeps_space, &mut strings.text);
                piece.clear();
            }
            Token::Text(text) if is_in_text => wrong += unescape_into(text, &mut piece),
            Token::Data(text) if is_in_text => piece.push_str(&String::from_utf8_lossy(text)),
            _ => {}
        }
        Ok(())
    })?;
    Ok((strings, wrong))
}

/// A stored text as it is meant: blanks at its ends only where it says so, `_x000D_` for a character XML has not.
pub(super) fn push_string(stored: &str, keeps_space: bool, text: &mut String) {
    let mut rest = if keeps_space { stored } else { stored.trim_matches([' ', '\t', '\r', '\n']) };
    while let Some(at) = rest.find("_x") {
        let escaped = rest.get(at + 2..at + 6).filter(|_| rest.get(at + 6..at + 7) == Some("_"));
        let is_hex = |code: &&str| code.bytes().all(|byte| byte.is_ascii_hexdigit());
        let character = escaped
            .filter(is_hex)
            .and_then(|code| u32::from_str_radix(code, 16).ok())
            .and_then(char::from_u32);
        if let Some(character) = character {
            text.push_str(&rest[..at]);
            text.push(character);
            rest = &rest[at + 7..];
        } else {
            text.push_str(&rest[..at + 2]);
            rest = &rest[at + 2..];
        }
    }
    text.push_str(rest);
}

fn number(tag: &Tag<'_>, name: &[u8]) -> Option<u32> {
    std::str::from_utf8(tag.raw(name)?).ok()?.parse().ok()
}

/// A path in the archive, seen from a folder.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

fn each_tag<S: Read + Seek>(
    package: &Package,
    source: &mut S,
    part: &str,
    mut see: impl FnMut(&Tag<'_>) -> Result<(), WorkbookError>,
) -> Result<(), WorkbookError> {
    each_token(package, source, part, |token| match token {
        Token::Open(tag) => see(&tag),
        _ => Ok(()),
    })
}

/// Goes through a part if it is there.
fn each_token<S: Read + Seek>(
    package: &Package,
    source: &mut S,
    part: &str,
    mut see: impl FnMut(Token<'_>) -> Result<(), WorkbookError>,
) -> Result<(), WorkbookError> {
    let Some(bytes) = package.part(source, part)? else {
        return Ok(());
    };
    let mut tokens = XmlReader::new(BufReader::new(bytes));
    while let Some(token) = tokens.next().map_err(|error| WorkbookError::damaged(part, error.to_string()))? {
        see(token)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_texts_lose_their_escapes_and_unkept_blanks() {
        let plain = |stored: &str, keeps_space| {
            let mut text = String::new();
            push_string(stored, keeps_space, &mut text);
            text
        };
        assert_eq!(plain(" a_x000D_\nb_x005F_x0041_ ", false), "a\r\nb_x0041_");
        assert_eq!(plain(" a ", true), " a ");
        assert_eq!(plain("snake_xray_xZZZZ_ _x00", false), "snake_xray_xZZZZ_ _x00");
        assert_eq!(plain("_xD800_é", false), "_xD800_é");
    }

    #[test]
    fn paths_are_resolved_from_the_folder_of_the_workbook() {
        assert_eq!(resolved("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl", "/xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl", "../other/./a.xml"), "other/a.xml");
        assert_eq!(resolved("", "../../a"), "a");
    }
}
