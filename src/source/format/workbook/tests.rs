//! Workbooks as programs write them, read whole.

use std::io::{Cursor, Read};

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, XlsxError};

use super::*;

type Written = Result<Vec<u8>, XlsxError>;

pub(super) fn read_text(bytes: &[u8], asked: Option<&str>) -> Result<(String, Vec<String>, u32), String> {
    let sheet = open(Cursor::new(bytes.to_vec()), asked).map_err(|error| error.to_string())?;
    let (mut text, mut decoded) = (String::new(), sheet.decoded);
    decoded.reader.read_to_string(&mut text).map_err(|error| error.to_string())?;
    Ok((text, decoded.reasons, sheet.title_rows))
}

fn written(fill: impl FnOnce(&mut Workbook) -> Result<(), XlsxError>) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let written: Written = fill(&mut workbook).and_then(|()| workbook.save_to_buffer());
    written.unwrap()
}

#[test]
fn every_kind_of_cell_has_its_text() {
    let bytes = written(|workbook| {
        let sheet = workbook.add_worksheet();
        let bold = Format::new().set_bold();
        sheet.write_row(0, 0, ["id", "when", "day", "time", "took", "ok", "sum", "rich", "note"])?;
        sheet.write(1, 0, 12)?;
        let moment = ExcelDateTime::from_ymd(2026, 3, 4)?.and_hms(5, 6, 7)?;
        sheet.write_with_format(1, 1, &moment, &Format::new().set_num_format("dd/mm/yyyy hh:mm"))?;
        let day = ExcelDateTime::from_ymd(2026, 3, 4)?;
        sheet.write_with_format(1, 2, &day, &Format::new().set_num_format("d mmmm yyyy"))?;
        sheet.write_with_format(1, 3, 0.5, &Format::new().set_num_format("hh:mm"))?;
        sheet.write_with_format(1, 4, 1.25, &Format::new().set_num_format("[h]:mm:ss"))?;
        sheet.write(1, 5, true)?;
        sheet.write(1, 6, Formula::new("=A2/4").set_result("3.25"))?;
        sheet.write_rich_string(1, 7, &[(&Format::default(), "very "), (&bold, "good")])?;
        sheet.write(1, 8, "two\nlines, \"quoted\" & <b>")?;
        sheet.write(2, 0, 0.1)?;
        sheet.write(2, 6, Formula::new("=NA()").set_result("#N/A"))?;
        sheet.write(2, 8, " kept ")?;
        Ok(())
    });
    let (text, reasons, titles) = read_text(&bytes, None).unwrap();
    assert_eq!(
        text,
        "id,when,day,time,took,ok,sum,rich,note\n\
         12,2026-03-04 05:06:07,2026-03-04,12:00:00,30:00:00,TRUE,3.25,very good,\"two\nlines, \"\"quoted\"\" & <b>\"\n\
         0.1,,,,,,#N/A,, kept \n"
    );
    assert_eq!((reasons.as_slice(), titles), (["sheet `Sheet1`, the only one".to_owned()].as_slice(), 0));
}

#[test]
fn line_numbers_are_row_numbers_and_columns_those_in_use() {
    let bytes = written(|workbook| {
        let sheet = workbook.add_worksheet();
        sheet.set_name("Data")?;
        sheet.write(0, 1, "Customer survey 2026")?;
        sheet.write(2, 1, "confidential")?;
        sheet.merge_range(6, 2, 6, 3, "quality", &Format::new())?;
        sheet.write(6, 1, "id")?;
        sheet.write(7, 1, 1)?;
        sheet.write(7, 3, 5)?;
        sheet.write(9, 1, 2)?;
        // Formatted and empty: beyond the used range.
        sheet.write_blank(9, 40, &Format::new().set_bold())?;
        sheet.write_blank(90, 1, &Format::new().set_bold())?;
        Ok(())
    });
    let (text, reasons, titles) = read_text(&bytes, None).unwrap();
    assert_eq!(text, "Customer survey 2026,,\n\nconfidential,,\n\n\n\nid,quality,\n1,,5\n\n2,,\n");
    assert_eq!(titles, 2);
    assert_eq!(reasons[1], "the cells begin at B1");
    assert_eq!(reasons[2], "2 rows with one filled cell each stand above the table");
    assert!(reasons[3].contains("merged (C7:D7)"), "{}", reasons[3]);
}

#[test]
fn hidden_sheets_and_charts_are_passed_by_and_sheets_asked_for() {
    let bytes = written(|workbook| {
        let lists = workbook.add_worksheet();
        lists.set_name("Lists")?.set_hidden(true);
        lists.write_row(0, 0, ["a", "b"])?;
        lists.write_row(1, 0, ["c", "d"])?;
        let cover = workbook.add_worksheet();
        cover.set_name("About")?.write(0, 0, "How to read this file")?;
        let mut chart = rust_xlsxwriter::Chart::new(rust_xlsxwriter::ChartType::Column);
        chart.add_series().set_values("Answers!$A$2:$A$2");
        workbook.add_chartsheet().set_name("Plot")?.insert_chart(0, 0, &chart)?;
        let data = workbook.add_worksheet();
        data.set_name("Answers")?.set_active(true);
        data.write_row(0, 0, ["id", "score"])?;
        data.write_row(1, 0, [1, 9])?;
        Ok(())
    });
    let (text, reasons, _) = read_text(&bytes, None).unwrap();
    assert_eq!(text, "id,score\n1,9\n");
    assert!(
        reasons[0].starts_with(
            "sheet `Answers`, number 4 of 4: `Lists` is hidden, `About` holds no table, `Plot` is a chart"
        ),
        "{}",
        reasons[0]
    );
    assert_eq!(read_text(&bytes, Some("lists")).unwrap().0, "a,b\nc,d\n");
    assert!(read_text(&bytes, Some("#2")).unwrap().0.starts_with("How to read"));
    assert!(read_text(&bytes, Some("Plot")).unwrap_err().contains("is a chart"));
    assert!(read_text(&bytes, Some("Answer")).unwrap_err().contains("did you mean `Answers`?"));
}

#[test]
fn an_empty_workbook_is_said() {
    let bytes = written(|workbook| workbook.add_worksheet().set_name("Nothing").map(|_| ()));
    let error = read_text(&bytes, None).unwrap_err();
    assert!(error.contains("no visible sheet") && error.contains("`Nothing`"), "{error}");
    assert!(read_text(&bytes, Some("Nothing")).unwrap_err().contains("is empty"));
}

#[test]
fn dates_are_counted_from_1904_where_the_workbook_says_so() {
    let bytes = rewritten(&small(), "xl/workbook.xml", "<workbookPr", "<workbookPr date1904=\"1\"");
    assert_eq!(read_text(&bytes, None).unwrap().0, "id,day\n1,2030-03-05\n");
    assert_eq!(read_text(&small(), None).unwrap().0, "id,day\n1,2026-03-04\n");
}

#[test]
fn stdin_is_kept_in_a_file() {
    let file = spool(small().as_slice()).unwrap();
    let mut text = String::new();
    read(file, None).unwrap().reader.read_to_string(&mut text).unwrap();
    assert_eq!(text, "id,day\n1,2026-03-04\n");
}

#[test]
fn what_is_a_workbook_is_told_from_other_archives() {
    assert!(is_workbook(&mut Cursor::new(small())).unwrap());
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("answers.csv", zip::write::SimpleFileOptions::default()).unwrap();
    let zip = zip.finish().unwrap().into_inner();
    assert!(!is_workbook(&mut Cursor::new(zip.clone())).unwrap());
    assert!(may_be_workbook(&zip) && !may_be_workbook(b"id,score"));
    assert!(!is_workbook(&mut Cursor::new(b"id,score\n".to_vec())).unwrap());
}

#[test]
fn hostile_sheets_are_refused_or_cost_nothing() {
    let sheet = "xl/worksheets/sheet1.xml";
    // A claimed dimension is not believed.
    let wide = rewritten(&small(), sheet, "<dimension ref=\"A1:B2\"", "<dimension ref=\"A1:XFD1048576\"");
    assert_eq!(read_text(&wide, None).unwrap().0, "id,day\n1,2026-03-04\n");
    // Two cells a million rows apart are a million blank lines, a byte each.
    let far = rewritten(&small(), sheet, "<row r=\"2\"", "<row r=\"1048576\"");
    let far =
        rewritten(&rewritten(&far, sheet, "r=\"A2\"", "r=\"A1048576\""), sheet, "r=\"B2\"", "r=\"B1048576\"");
    let text = read_text(&far, None).unwrap().0;
    assert_eq!(text.bytes().filter(|byte| *byte == b'\n').count(), 1_048_576);
    for (from, to, expected) in [
        ("r=\"A2\"", "r=\"XFE2\"", "a cell named `XFE2`"),
        ("<row r=\"2\"", "<row r=\"4294967295\"", "a row number `4294967295`"),
        ("</row></sheetData>", "</row>", "cut"),
        (
            "</sheetData>",
            "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData>",
            "`Sheet1!A1`: it stands below a row",
        ),
        ("t=\"s\"><v>1<", "t=\"s\"><v>77<", "`Sheet1!B1`: it points to text 77 of 2"),
        ("<sheetData>", "<sheetData x='", "ends within a tag"),
    ] {
        let error = read_text(&rewritten(&small(), sheet, from, to), None).unwrap_err();
        assert!(error.contains(expected), "{from}: {error}");
    }
    // A count that no strings stand behind.
    let count =
        rewritten(&small(), "xl/sharedStrings.xml", "uniqueCount=\"2\"", "uniqueCount=\"99999999999999\"");
    assert_eq!(read_text(&count, None).unwrap().0, "id,day\n1,2026-03-04\n");
}

#[test]
fn a_workbook_cut_anywhere_is_an_error_and_never_a_panic() {
    let bytes = small();
    for length in (0..bytes.len()).step_by(37) {
        let told = read_text(&bytes[..length], None);
        assert!(told.is_err(), "{length}: {told:?}");
    }
    for at in (0..bytes.len()).step_by(11) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x55;
        let _ = read_text(&damaged, None);
    }
}

#[test]
fn cells_without_names_prefixes_and_inline_strings_are_read() {
    let sheet = "<?xml version=\"1.0\"?><x:worksheet xmlns:x='a'><x:sheetData>\
        <x:row><x:c t='inlineStr'><x:is><x:r><x:t>i</x:t></x:r><x:r><x:t xml:space='preserve'>d </x:t></x:r><x:rPh><x:t>no</x:t></x:rPh></x:is></x:c>\
        <x:c t='str'><x:f>1</x:f><x:v>a&amp;b</x:v></x:c><x:c t='d'><x:v>2026-03-04T00:00:00</x:v></x:c></x:row>\
        <x:row/><x:row><x:c><x:v>1.50</x:v></x:c><x:c t='e'><x:v>#DIV/0!</x:v></x:c><x:c t='b'><x:v>0</x:v></x:c></x:row>\
        </x:sheetData></x:worksheet>";
    let bytes = with_part(&small(), "xl/worksheets/sheet1.xml", sheet.as_bytes());
    assert_eq!(read_text(&bytes, None).unwrap().0, "id ,a&b,2026-03-04 00:00:00\n\n1.5,#DIV/0!,FALSE\n");
}

/// What calamine reads of the same workbook agrees cell by cell.
#[test]
fn calamine_reads_the_same() {
    use calamine::Reader as _;
    let bytes = written(|workbook| {
        let sheet = workbook.add_worksheet();
        for row in 0..300_u32 {
            for column in 0..7_u16 {
                match (row * 7 + u32::from(column)) % 5 {
                    0 => sheet.write(row, column, f64::from(row) / 7.0)?,
                    1 => sheet.write(row, column, format!("text {row} _x0041_ <é> \u{1}"))?,
                    2 => sheet.write(row, column, row % 2 == 0)?,
                    3 => sheet.write(row, column, row)?,
                    _ => sheet,
                };
            }
        }
        Ok(())
    });
    let mut theirs: calamine::Xlsx<_> = calamine::Xlsx::new(Cursor::new(bytes.clone())).unwrap();
    let range = theirs.worksheet_range("Sheet1").unwrap();
    let text = read_text(&bytes, None).unwrap().0;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut rows = 0;
    for (ours, theirs) in reader.records().map(Result::unwrap).zip(range.rows()) {
        let theirs: Vec<String> = theirs
            .iter()
            .map(|cell| match cell {
                calamine::Data::Bool(is_true) => is_true.to_string().to_uppercase(),
                other => other.to_string(),
            })
            .collect();
        assert_eq!(ours.iter().collect::<Vec<_>>(), theirs);
        rows += 1;
    }
    assert_eq!(rows, 300);
}

/// Two columns and two rows, one of them a date.
fn small() -> Vec<u8> {
    written(|workbook| {
        let sheet = workbook.add_worksheet();
        sheet.write_row(0, 0, ["id", "day"])?;
        sheet.write(1, 0, 1)?;
        let day = ExcelDateTime::from_ymd(2026, 3, 4)?;
        sheet.write_with_format(1, 1, &day, &Format::new().set_num_format("yyyy-mm-dd"))?;
        Ok(())
    })
}

/// The archive with a text in one of its parts replaced.
pub(super) fn rewritten(bytes: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(part).unwrap().read_to_string(&mut text).unwrap();
    assert!(text.contains(from), "{from} in {text}");
    with_part(bytes, part, text.replacen(from, to, 1).as_bytes())
}

/// The archive with one of its parts replaced.
pub(super) fn with_part(bytes: &[u8], part: &str, content: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        writer.start_file(name.clone(), zip::write::SimpleFileOptions::default()).unwrap();
        if name == part {
            writer.write_all(content).unwrap();
        } else {
            io::copy(&mut file, &mut writer).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}
