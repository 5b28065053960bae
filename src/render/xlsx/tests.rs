//! Workbooks read back with another library.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};

use super::{render, tables};
use crate::render::chart::Chart;
use crate::render::page::{Block, Cell, Column, Page, Part, Table, Tone, sample};

type Book = Xlsx<Cursor<Vec<u8>>>;

fn page() -> Page {
    Page::of(&sample::full())
}

fn open(page: &Page) -> Book {
    open_workbook_from_rs(Cursor::new(render(page, &sample::full()).unwrap())).unwrap()
}

/// The rows of a sheet from its first cell on.
fn rows(book: &mut Book, name: &str) -> Vec<Vec<Data>> {
    let range = book.worksheet_range(name).unwrap();
    let end = range.end().unwrap_or_default();
    range.range((0, 0), end).rows().map(<[Data]>::to_vec).collect()
}

fn tables_of<'a>(page: &'a Page, part: &'a Part) -> Vec<&'a Table> {
    let tables = part.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Figure(figure) => Some(&figure.table),
        Block::Cards(_) => Some(&page.scores),
        _ => None,
    });
    tables.collect()
}

fn is_heads(row: &[Data], table: &Table) -> bool {
    let heads = table.columns.iter().map(|column| Data::String(column.header.clone()));
    row.iter().take(table.columns.len()).cloned().eq(heads)
}

/// Whether a cell came back as the page has it: numbers to the last digit.
fn is_same(data: &Data, cell: &Cell) -> bool {
    match cell {
        Cell::Number { value, .. } => matches!(data, Data::Float(read) if read.total_cmp(value).is_eq()),
        Cell::Text(text)
        | Cell::Shortened { full: text, .. }
        | Cell::Verdict(text, _)
        | Cell::Nothing(Some(text)) => {
            matches!(data, Data::String(read) if read == text)
        }
        Cell::Nothing(None) => matches!(data, Data::Empty) || *data == Data::String(String::new()),
    }
}

#[test]
fn every_table_comes_back_with_the_same_numbers() {
    let page = page();
    let mut book = open(&page);
    let sheets: Vec<Vec<Vec<Data>>> = book.sheet_names().iter().map(|name| rows(&mut book, name)).collect();
    let mut numbers = 0;
    for table in page.parts.iter().flat_map(|part| tables_of(&page, part)) {
        let is_there =
            |sheet: &Vec<Vec<Data>>| {
                (0..sheet.len()).any(|first| {
                    is_heads(&sheet[first], table)
                        && table.rows.iter().zip(&sheet[first + 1..]).all(|(cells, read)| {
                            cells.iter().zip(read).all(|(cell, data)| is_same(data, cell))
                        })
                        && sheet.len() > first + table.rows.len()
                })
            };
        assert!(sheets.iter().any(is_there), "{}", table.caption);
        numbers += table.rows.iter().flatten().filter(|cell| matches!(cell, Cell::Number { .. })).count();
    }
    assert!(numbers > 100, "{numbers}");
}

#[test]
fn a_sheet_a_part_and_one_of_contents() {
    let page = page();
    let book = open(&page);
    let names = book.sheet_names();
    assert_eq!(names.first().map(String::as_str), Some(page.words.contents));
    for part in &page.parts {
        match tables(part) {
            Some(tables) => assert!(tables.len() <= names.len()),
            None => assert!(names.contains(&part.title), "{}: {names:?}", part.title),
        }
    }
    let mut distinct: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), names.len());
}

#[test]
fn the_same_page_gives_the_same_bytes_with_the_day_of_the_report() {
    let page = page();
    let bytes = render(&page, &sample::full()).unwrap();
    assert!(bytes == render(&page, &sample::full()).unwrap());
    let later = Page { as_of: "2031-01-02".to_owned(), ..page.clone() };
    assert!(bytes != render(&later, &sample::full()).unwrap());
    let edited = Page { as_of: "yesterday".to_owned(), ..page };
    assert!(render(&edited, &sample::full()).unwrap() == render(&edited, &sample::full()).unwrap());
}

/// A page whose every text is that one.
fn of_one_text(text: &str) -> Page {
    let mut page = page();
    let spoil_table = |table: &mut Table| {
        table.caption = text.to_owned();
        for column in &mut table.columns {
            column.header = text.to_owned();
        }
        for cell in table.rows.iter_mut().flatten() {
            match cell {
                Cell::Text(said)
                | Cell::Shortened { full: said, .. }
                | Cell::Verdict(said, _)
                | Cell::Number { text: said, .. } => {
                    *said = text.to_owned();
                }
                Cell::Nothing(reason) => *reason = Some(text.to_owned()),
            }
        }
    };
    let spoil = |said: &mut String| *said = text.to_owned();
    spoil(&mut page.title);
    page.subtitle.iter_mut().chain(&mut page.footer).for_each(spoil);
    page.facts = vec![(text.to_owned(), text.to_owned())];
    spoil_table(&mut page.scores);
    for part in &mut page.parts {
        spoil(&mut part.title);
        for block in &mut part.blocks {
            match block {
                Block::Heading(said) => spoil(said),
                Block::Text(texts) => texts.iter_mut().for_each(spoil),
                Block::Findings(claims) => claims.iter_mut().for_each(|claim| {
                    spoil(&mut claim.verdict);
                    spoil(&mut claim.detail);
                }),
                Block::Figure(figure) => {
                    for said in [&mut figure.title, &mut figure.description, &mut figure.note] {
                        spoil(said);
                    }
                    spoil_table(&mut figure.table);
                    match &mut figure.chart {
                        Chart::Intervals(chart) => {
                            chart.rows.iter_mut().for_each(|row| spoil(&mut row.label));
                        }
                        Chart::Bars(chart) => {
                            chart.rows.iter_mut().for_each(|row| spoil(&mut row.label));
                            chart.parts.iter_mut().for_each(|part| spoil(&mut part.label));
                        }
                        Chart::Trend(chart) => {
                            chart.points.iter_mut().for_each(|point| spoil(&mut point.wave));
                        }
                        Chart::Gaps(chart) => spoil(&mut chart.expectation),
                        Chart::Lines(chart) => {
                            chart.lines.iter_mut().for_each(|line| spoil(&mut line.name));
                            chart.marks.iter_mut().for_each(|mark| spoil(&mut mark.label));
                        }
                        Chart::Quadrants(chart) => {
                            chart.marks.iter_mut().for_each(|mark| spoil(&mut mark.label));
                        }
                    }
                }
                Block::Table(table) => spoil_table(table),
                Block::Facts(facts) => facts.iter_mut().for_each(|(label, said)| {
                    spoil(label);
                    spoil(said);
                }),
                Block::Notes(notes) => notes.iter_mut().for_each(|(_, said)| spoil(said)),
                // Texts of strangers in banner tables have a test of their own.
                Block::Cards(_) | Block::Banner(_) | Block::Contents(_) => {}
            }
        }
    }
    page
}

#[test]
fn no_text_becomes_a_formula() {
    for text in
        ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(\"http://evil\",\"x\")", "\u{1b}=1"]
    {
        let mut book = open(&of_one_text(text));
        let mut told = 0;
        for name in book.sheet_names() {
            assert!(book.worksheet_formula(&name).unwrap().is_empty(), "{text}: {name}");
            for data in rows(&mut book, &name).into_iter().flatten() {
                if let Data::String(read) = data {
                    assert!(!read.contains(char::is_control), "{read:?}");
                    told += usize::from(read == super::told(text));
                }
            }
        }
        assert!(told > 100, "{text}: {told}");
    }
}

#[test]
fn texts_of_any_length_and_script_can_be_written() {
    for text in [
        "",
        " ",
        "x".repeat(40_000).as_str(),
        "😀".repeat(20_000).as_str(),
        "סניף\u{202e}",
        "_x0041_",
        "]]>&<",
    ] {
        let mut page = of_one_text(text);
        page.parts.truncate(2);
        assert!(render(&page, &sample::full()).is_ok(), "{}", text.chars().take(9).collect::<String>());
    }
    let mut book = open(&of_one_text("_x0041_"));
    let name = book.sheet_names()[0].clone();
    assert_eq!(rows(&mut book, &name)[0][0], Data::String("_x0041_".to_owned()));
}

#[test]
fn numbers_that_are_none_are_texts() {
    let number =
        |value: f64| Cell::Number { value, decimals: 1, percent: false, signed: false, text: "none".into() };
    let column = |header: &str| Column { header: header.to_owned(), numeric: true, joined: None };
    let table = Table {
        caption: "Odd".to_owned(),
        columns: vec![column("a"), column("b"), column("c"), column("d")],
        rows: vec![vec![
            number(f64::NAN),
            number(f64::INFINITY),
            number(1e300),
            Cell::Verdict("missed".into(), Tone::Bad),
        ]],
    };
    let part = Part {
        id: "tables",
        title: "T".to_owned(),
        clause: None,
        blocks: vec![Block::Heading("H".to_owned()), Block::Table(table)],
    };
    let page = Page { parts: vec![part], ..page() };
    let mut book = open(&page);
    let read = rows(&mut book, "Odd");
    let words = |text: &str| Data::String(text.to_owned());
    assert_eq!(read[1], [words("none"), words("none"), Data::Float(1e300), words("missed")]);
}

#[test]
fn a_page_without_parts_is_its_cover() {
    let page = Page { parts: Vec::new(), ..page() };
    let book = open(&page);
    assert_eq!(book.sheet_names(), [page.words.contents]);
}

#[test]
fn every_figure_has_a_chart_of_its_own() {
    let page = page();
    let figures = page
        .parts
        .iter()
        .flat_map(|part| &part.blocks)
        .filter(|block| matches!(block, Block::Figure(_)))
        .count();
    let bytes = render(&page, &sample::full()).unwrap();
    // The names of the files in a package stand in it uncompressed, once before each file.
    let text = String::from_utf8_lossy(&bytes);
    let charts =
        (1..=figures + 1).filter(|number| text.contains(&format!("xl/charts/chart{number}.xml"))).count();
    assert!(figures > 4);
    assert_eq!(charts, figures);
}

#[test]
fn a_book_of_banner_tables_has_every_figure() {
    let report = crate::render::sample::weighted_tables();
    let page = Page::of(&report);
    let mut book: Book = open_workbook_from_rs(Cursor::new(render(&page, &report).unwrap())).unwrap();
    let names = book.sheet_names();
    assert_eq!(names.last().map(String::as_str), Some("Tests"), "{names:?}");
    let mut found: Vec<f64> = Vec::new();
    for name in &names {
        for row in rows(&mut book, name) {
            found.extend(row.iter().filter_map(|cell| match cell {
                Data::Float(number) => Some(*number),
                Data::Int(number) => Some(*number as f64),
                _ => None,
            }));
        }
    }
    found.sort_by(f64::total_cmp);
    let json = serde_json::to_value(&report.sections).unwrap();
    let mut wanted = Vec::new();
    for section in json.as_array().unwrap() {
        for part in ["columns", "cells", "contrasts", "test", "further_tests"] {
            numbers(&section[part], &mut wanted);
        }
    }
    assert!(wanted.len() > 1000, "{}", wanted.len());
    for number in wanted {
        assert!(
            found.binary_search_by(|other| other.total_cmp(&number)).is_ok(),
            "{number} is not in the book"
        );
    }
    let sheet = rows(&mut book, "Overall, how satisfied are you");
    let row = sheet.iter().position(|row| row[0] == Data::String("Satisfied (4 or 5)".into())).unwrap();
    assert!(matches!(sheet[row][1], Data::Float(_)), "{:?}", sheet[row]);
    assert!(sheet[row + 1].contains(&Data::String("AD".into())), "{:?}", sheet[row + 1]);
}

fn numbers(value: &serde_json::Value, found: &mut Vec<f64>) {
    match value {
        serde_json::Value::Number(number) => found.extend(number.as_f64()),
        serde_json::Value::Array(values) => values.iter().for_each(|value| numbers(value, found)),
        serde_json::Value::Object(values) => values.values().for_each(|value| numbers(value, found)),
        _ => {}
    }
}

#[test]
fn hostile_banner_tables_are_texts_in_sheets_with_allowed_names() {
    let report = crate::render::sample::hostile_tables();
    let page = Page::of(&report);
    let mut book: Book = open_workbook_from_rs(Cursor::new(render(&page, &report).unwrap())).unwrap();
    for name in book.sheet_names() {
        rust_xlsxwriter::utility::check_sheet_name(&name).unwrap();
        assert!(book.worksheet_formula(&name).unwrap().is_empty(), "{name}");
        for cell in rows(&mut book, &name).iter().flatten() {
            assert!(!cell.to_string().contains(['\u{1b}', '\u{202e}']), "{cell}");
        }
    }
}
