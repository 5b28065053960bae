//! What a file that may be a workbook is, by its bytes.

use std::io::{Read, Seek, SeekFrom};

use super::compound::Compound;
use super::error::WorkbookError;
use super::package::Package;
use super::xlsx_parts::workbook_part;

pub(super) const ZIP: &[u8] = b"PK\x03\x04";
pub(super) const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// The largest workbook of an older Excel, which is held as a whole.
const MAX_STREAM: usize = 80 << 20;

/// A kind of workbook with what was learnt on the way.
#[derive(Debug)]
pub(super) enum Kind {
    /// Parts of XML; the part that lists the sheets.
    Xlsx(Package, String),
    /// Binary parts.
    Xlsb(Package),
    /// OpenDocument.
    Ods(Package),
    /// The stream of records of an older Excel.
    Xls(Vec<u8>),
}

/// What a file is.
///
/// # Errors
/// It is no workbook; the error says what else.
pub(super) fn recognise<S: Read + Seek>(source: &mut S) -> Result<Kind, WorkbookError> {
    let mut head = Vec::new();
    source.seek(SeekFrom::Start(0))?;
    source.by_ref().take(4096).read_to_end(&mut head)?;
    source.seek(SeekFrom::Start(0))?;
    if head.starts_with(ZIP) {
        return in_package(source);
    }
    if head.starts_with(COMPOUND) {
        return in_compound(source);
    }
    Err(other(&head))
}

fn in_package<S: Read + Seek>(source: &mut S) -> Result<Kind, WorkbookError> {
    let package = Package::open(source)?;
    if let Some(part) = workbook_part(&package, source)? {
        return if part.rsplit('.').next().is_some_and(|end| end.eq_ignore_ascii_case("bin")) {
            Ok(Kind::Xlsb(package))
        } else if part.starts_with("word/") || part.starts_with("ppt/") {
            Err(not_a_workbook("a document of Word or PowerPoint"))
        } else {
            Ok(Kind::Xlsx(package, part))
        };
    }
    if package.has("content.xml") {
        let kind = package.bytes(&mut *source, "mimetype", 1024)?.unwrap_or_default();
        let is_other = kind.starts_with(b"application/vnd.oasis.opendocument.")
            && memchr::memmem::find(&kind, b"spreadsheet").is_none();
        return if is_other {
            Err(not_a_workbook("an OpenDocument of another kind"))
        } else {
            Ok(Kind::Ods(package))
        };
    }
    if package.has("index/document.iwa") {
        return Err(not_a_workbook("a document of Apple Numbers or Pages; export it as Excel"));
    }
    Err(not_a_workbook("a zip archive without a list of sheets"))
}

/// What a file is that is neither a zip archive nor a compound file.
fn other(head: &[u8]) -> WorkbookError {
    let text = String::from_utf8_lossy(head);
    let start = text.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']).to_lowercase();
    let is_page = ["<html", "<!doctype html", "<table", "<head", "<body", "<meta", "<style"]
        .iter()
        .any(|tag| start.starts_with(tag));
    if start.contains("urn:schemas-microsoft-com:office:spreadsheet") && !is_page {
        return WorkbookError::XmlSpreadsheet { format: "an XML spreadsheet of Excel 2003" };
    }
    if start.contains("urn:oasis:names:tc:opendocument") {
        return WorkbookError::XmlSpreadsheet { format: "a flat OpenDocument (.fods)" };
    }
    if is_page || (start.starts_with('<') && start.contains("<table")) {
        return WorkbookError::HtmlTable;
    }
    if head.is_empty() {
        return not_a_workbook("it is empty");
    }
    if !head.contains(&0) || head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        return WorkbookError::PlainText;
    }
    not_a_workbook("its first bytes are those of no format that is known")
}

fn not_a_workbook(found: &str) -> WorkbookError {
    WorkbookError::NotAWorkbook { found: found.to_owned() }
}

fn in_compound<S: Read + Seek>(source: &mut S) -> Result<Kind, WorkbookError> {
    let mut file = Compound::open(source)?;
    if file.has("EncryptedPackage") {
        return Err(WorkbookError::Protected);
    }
    for name in ["Workbook", "Book"] {
        if let Some(stream) = file.stream(name, MAX_STREAM)? {
            return Ok(Kind::Xls(stream));
        }
    }
    Err(not_a_workbook(if file.has("WordDocument") {
        "a document of Word"
    } else {
        "a compound file of another program"
    }))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn what_is_only_named_as_a_workbook_is_said() {
        let told = |bytes: &[u8]| recognise(&mut Cursor::new(bytes.to_vec())).unwrap_err().to_string();
        assert!(told(b"\n<HTML><body><table><tr><td>1</td>").contains("HTML table"));
        assert!(told(b"<table border=1><tr>").contains("HTML table"));
        assert!(told(b"\xEF\xBB\xBF<meta charset=utf-8><table>").contains("HTML table"));
        let excel = b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet><Table>";
        assert!(told(excel).contains("Excel 2003"));
        assert!(told(b"<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\">").contains("fods"));
        assert!(told(b"id,score\n1,5\n").contains("is text"));
        assert!(told(b"").contains("empty"));
        assert!(told(b"\x00\x01\x02").contains("no format"));
        assert!(told(b"PK\x03\x04").contains("damaged"));
    }
}
