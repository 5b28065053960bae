//! One table as LibreOffice writes it in each format, and hostile copies of it.

use std::io::{Cursor, Read, Write};

use super::tests::{read_text, rewritten, with_part};
use super::*;

const ODS: &[u8] = include_bytes!("../../../../tests/fixtures/exports/workbook/answers.ods");
const XLS: &[u8] = include_bytes!("../../../../tests/fixtures/exports/workbook/answers.xls");
const XLSX: &[u8] = include_bytes!("../../../../tests/fixtures/exports/workbook/answers.xlsx");
const FODS: &[u8] = include_bytes!("../../../../tests/fixtures/exports/workbook/answers.fods");

/// The .xls with its first sheet hidden, which LibreOffice does not write.
fn xls() -> Vec<u8> {
    let mut bytes = XLS.to_vec();
    let name = memchr::memmem::find(XLS, b"\x05\0Lists").unwrap();
    bytes[name - 2] = 1;
    bytes
}

/// The .xlsx likewise.
fn xlsx() -> Vec<u8> {
    rewritten(XLSX, "xl/workbook.xml", "state=\"visible\"", "state=\"hidden\"")
}

/// Rows 6 and 7 are blank.
const EXPECTED: &str = "\
\"Customer satisfaction, March 2026\",,,,,,,
\n\
id,sent,day,took,quality,,again,comment
1,2026-03-04 05:06:00,2026-03-04,26:03:04,4.5,5,TRUE,Größe & Preis “ok”
2,,,,9,#N/A,FALSE,\"two
lines\"
\n\n\
3,,,,3,3,3x,満足
3,,,,3,3,3x,満足
";

#[test]
fn the_same_table_comes_of_every_format() {
    for (format, bytes) in [("ods", ODS), ("xls", &xls()), ("xlsx", &xlsx())] {
        let (text, reasons, titles) = read_text(bytes, None).unwrap();
        assert_eq!(text, EXPECTED, "{format}");
        assert_eq!(titles, 1, "{format}");
        assert_eq!(
            reasons[0], "sheet `Answers`, number 2 of 2: `Lists` is hidden; --sheet chooses",
            "{format}"
        );
        assert_eq!(reasons[1], "a row with one filled cell stands above the table", "{format}");
        assert!(reasons[2].contains("merged (E3:F3)"), "{format}: {}", reasons[2]);
        assert_eq!(read_text(bytes, Some("Lists")).unwrap().0, "Region,Code\nNorth,N\n", "{format}");
    }
    assert!(read_text(FODS, None).unwrap_err().contains("flat OpenDocument"));
}

#[test]
fn a_protected_workbook_is_said() {
    let name = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let at = memchr::memmem::find(XLS, &name("Workbook")).unwrap();
    let mut protected = XLS.to_vec();
    let encrypted = name("EncryptedPackage");
    protected[at..at + encrypted.len()].copy_from_slice(&encrypted);
    assert!(
        read_text(&protected, None).unwrap_err().contains("protected by a password; save a copy without")
    );
    protected[at..at + 2].copy_from_slice(b"X\0");
    assert!(read_text(&protected, None).unwrap_err().contains("another program"));

    let manifest = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>";
    let protected = with_part(ODS, "META-INF/manifest.xml", manifest);
    assert!(read_text(&protected, None).unwrap_err().contains("protected by a password"));
    assert!(is_workbook(&mut Cursor::new(protected)).unwrap());
}

#[test]
fn cut_and_damaged_workbooks_are_errors_and_never_panics() {
    for bytes in [xls().as_slice(), ODS] {
        for length in (0..bytes.len()).step_by(101) {
            // What is cut off an .xls at its end may be no part of the workbook.
            if let Ok((text, ..)) = read_text(&bytes[..length], None) {
                assert_eq!(text, EXPECTED, "{length}");
            }
        }
        for at in (0..bytes.len()).step_by(7) {
            let mut damaged = bytes.to_vec();
            damaged[at] = damaged[at].wrapping_add(1 + u8::try_from(at % 200).unwrap());
            let _ = read_text(&damaged, None);
        }
    }
    // A chain of sectors that bites its tail.
    let mut endless = XLS.to_vec();
    let table = 512 * (1 + usize::from(endless[76]));
    for sector in 0..128_u32 {
        let at = table + usize::try_from(sector).unwrap() * 4;
        endless[at..at + 4].copy_from_slice(&(sector ^ 1).to_le_bytes());
    }
    let _ = read_text(&endless, None);
}

#[test]
fn repeated_rows_and_cells_cost_what_is_filled() {
    let document = |rows: &str| {
        let text = format!(
            "<office:document-content><office:body><office:spreadsheet><table:table table:name='T'>{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
        );
        with_part(ODS, "content.xml", text.as_bytes())
    };
    let cell = "<table:table-cell office:value-type='float' office:value='1'/>";
    let blank = "<table:table-cell table:number-columns-repeated='16000'/>";
    let many = "<table:table-row table:number-rows-repeated='1048000'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>";
    // The empty rest of a sheet, as every program writes it, is nothing.
    let rows = format!(
        "<table:table-row>{cell}{cell}{blank}</table:table-row><table:table-row>{cell}{cell}</table:table-row>{many}"
    );
    assert_eq!(read_text(&document(&rows), None).unwrap().0, "1,1\n1,1\n");
    let filled = format!(
        "<table:table-row table:number-rows-repeated='1000000'>{}</table:table-row>",
        cell.repeat(20)
    );
    assert!(read_text(&document(&filled), None).unwrap_err().contains("repeats filled cells more often"));
    let far = format!(
        "<table:table-row table:number-rows-repeated='4000000000'/><table:table-row>{cell}</table:table-row>"
    );
    assert!(read_text(&document(&far), None).unwrap_err().contains("below row 1048576"));
    let wide = format!("<table:table-row>{blank}{blank}{cell}</table:table-row>");
    assert!(read_text(&document(&wide), None).unwrap_err().contains("beyond column 16384"));
    let cut = document("<table:table-row>");
    assert!(read_text(&cut, None).unwrap_err().contains("cut"));
}

#[test]
fn a_workbook_of_binary_parts_is_read() {
    let record = |kind: u16, data: &[u8]| {
        let mut bytes = if kind < 0x80 {
            vec![u8::try_from(kind).unwrap()]
        } else {
            vec![u8::try_from(kind & 0x7F | 0x80).unwrap(), u8::try_from(kind >> 7).unwrap()]
        };
        bytes.push(u8::try_from(data.len()).unwrap());
        bytes.extend_from_slice(data);
        bytes
    };
    let wide = |text: &str| {
        let units: Vec<u16> = text.encode_utf16().collect();
        let mut bytes = u32::try_from(units.len()).unwrap().to_le_bytes().to_vec();
        bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
        bytes
    };
    let cell = |column: u32, value: &[u8]| [&column.to_le_bytes(), &[0; 4], value].concat();
    let sheet_entry = [&[0; 4], &1_u32.to_le_bytes(), wide("rId1").as_slice(), &wide("Data")].concat();
    let workbook =
        [record(0x99, &[0; 8]), record(0x9C, &sheet_entry), record(0x90, &[]), record(0x84, &[])].concat();
    let mut sheet = [record(0x81, &[]), record(0x94, &[0; 16]), record(0x91, &[])].concat();
    for row in [0_u32, 2] {
        sheet.extend(record(0, &row.to_le_bytes()));
        sheet.extend(record(6, &cell(0, &wide("id"))));
        sheet.extend(record(5, &cell(1, &2.5_f64.to_le_bytes())));
        sheet.extend(record(4, &cell(2, &[1])));
    }
    sheet.extend(record(0x92, &[]));
    let relations = "<Relationships><Relationship Id=\"rId1\" Type=\"http://x/relationships/worksheet\" Target=\"worksheets/sheet1.bin\"/></Relationships>";
    let package = "<Relationships><Relationship Id=\"rId1\" Type=\"http://x/relationships/officeDocument\" Target=\"xl/workbook.bin\"/></Relationships>";
    let write = |sheet: &[u8]| {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in [
            ("_rels/.rels", package.as_bytes()),
            ("xl/workbook.bin", &workbook),
            ("xl/_rels/workbook.bin.rels", relations.as_bytes()),
            ("xl/worksheets/sheet1.bin", sheet),
        ] {
            writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    };
    let (text, reasons, _) = read_text(&write(&sheet), None).unwrap();
    assert_eq!(
        (text.as_str(), reasons[0].as_str()),
        ("id,2.5,TRUE\n\nid,2.5,TRUE\n", "sheet `Data`, the only one")
    );
    assert!(read_text(&write(&sheet[..sheet.len() - 9]), None).unwrap_err().contains("binary workbook"));
    let mut spooled = Vec::new();
    spool(write(&sheet).as_slice()).unwrap().read_to_end(&mut spooled).unwrap();
    assert!(is_workbook(&mut Cursor::new(spooled)).unwrap());
}
