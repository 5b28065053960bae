//! The report page as a workbook: a sheet a part, numbers as numbers, charts that Excel draws itself.
//!
//! The same page gives the same bytes: the workbook carries the day of the report, not the clock. No cell holds a
//! formula, whatever the texts of the survey begin with.

mod axes;
mod banner;
mod charts;
mod colours;
mod filled;
mod names;
mod rows;
mod sheet;
mod styles;
#[cfg(test)]
mod tests;
mod tidy;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use self::charts::ChartSheet;
use self::names::{SheetNames, cut};
use self::sheet::{Place, Sheet, told};
use self::styles::Styles;
use self::tidy::TidySheet;
use super::RenderError;
use super::page::{Block, Claim, Page, Part, Table};
use crate::report::Report;

/// The longest title of a document in UTF-16 units.
const LONGEST_PROPERTY: usize = 255;

/// The rows above a table that may stay in sight with its heads.
const FROZEN_ROWS: u32 = 6;

/// Long sheets, each with its number among all from 1.
type Numbered<'a> = Vec<(usize, TidySheet<'a>)>;

/// The page as an XLSX file.
pub(super) fn render(page: &Page, report: &Report) -> Result<Vec<u8>, RenderError> {
    let mut names = SheetNames::default();
    let (workbook, long) =
        workbook(page, report, &mut names).map_err(|error| RenderError::Workbook(error.to_string()))?;
    filled::filled(workbook, &long).map_err(|error| RenderError::Workbook(error.to_string()))
}

/// The workbook without the rows of its long sheets, and those with their numbers.
fn workbook<'a>(
    page: &Page,
    report: &'a Report,
    names: &mut SheetNames,
) -> Result<(Vec<u8>, Numbered<'a>), XlsxError> {
    let styles = Styles::new(page.accent.as_deref());
    let mut charts = ChartSheet::new(names.unique("charts"), styles.accent)?;
    let contents = names.unique(page.words.contents);
    let mut sheets = Vec::new();
    for part in &page.parts {
        if part.blocks.iter().any(|block| matches!(block, Block::Banner(_))) {
            sheets.extend(banner::sheets(page, part, &contents, &styles, names)?);
        } else if let Some(tables) = tables(part) {
            for (table, notes) in tables {
                let name = names.unique(&table.caption);
                sheets.push((name.clone(), table_sheet(&name, &styles, table, &notes)?));
            }
        } else {
            let name = names.unique(&part.title);
            sheets.push((name.clone(), part_sheet(page, part, &name, &styles, &mut charts)?));
        }
    }
    let mut long = Vec::new();
    for sheet in tidy::sheets(page, report, names) {
        sheets.push((sheet.name.clone(), sheet.frame(&styles)?));
        // The sheet of contents stands before all others.
        long.push((sheets.len() + 1, sheet));
    }
    let listed: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(page)?);
    workbook.push_worksheet(cover(page, &contents, &styles, &listed)?);
    for (_, sheet) in sheets {
        workbook.push_worksheet(sheet);
    }
    if let Some(sheet) = charts.done() {
        workbook.push_worksheet(sheet);
    }
    Ok((workbook.save_to_buffer()?, long))
}

/// The tables of a part of nothing but tables under headings, each with the texts after it.
fn tables(part: &Part) -> Option<Vec<(&Table, Vec<&str>)>> {
    let mut tables: Vec<(&Table, Vec<&str>)> = Vec::new();
    let mut is_headed = false;
    for block in &part.blocks {
        match block {
            Block::Heading(_) => is_headed = true,
            Block::Table(table) if is_headed => {
                tables.push((table, Vec::new()));
                is_headed = false;
            }
            Block::Text(texts) => tables.last_mut()?.1.extend(texts.iter().map(String::as_str)),
            _ => return None,
        }
    }
    (!tables.is_empty()).then_some(tables)
}

/// One table from the first row on, as others read it in.
fn table_sheet(name: &str, styles: &Styles, table: &Table, notes: &[&str]) -> Result<Worksheet, XlsxError> {
    let mut sheet = Sheet::new(name, styles, [table])?;
    let place = sheet.table(table)?;
    sheet.freeze(place.head + 1, 1)?;
    sheet.repeat(place.head)?;
    sheet.filter(place)?;
    for note in notes {
        sheet.gap();
        sheet.paragraph(note, &styles.small)?;
    }
    Ok(sheet.done())
}

/// A part to read, in its own order.
fn part_sheet(
    page: &Page,
    part: &Part,
    name: &str,
    styles: &Styles,
    charts: &mut ChartSheet,
) -> Result<Worksheet, XlsxError> {
    let tables = part.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Figure(figure) => Some(&figure.table),
        Block::Cards(_) => Some(&page.scores),
        _ => None,
    });
    let mut sheet = Sheet::new(name, styles, tables)?;
    sheet.as_page();
    sheet.title(&part.title)?;
    let below_title = sheet.row();
    if let Some(clause) = &part.clause {
        sheet.line(clause, &styles.small_line)?;
    }
    let mut places = Vec::new();
    let mut heading = part.title.as_str();
    for block in &part.blocks {
        sheet.gap();
        // A title is left out where the heading says the same.
        match block {
            Block::Heading(text) => heading = text,
            Block::Figure(figure) if figure.title != heading => sheet.line(&figure.title, &styles.heading)?,
            Block::Table(table) if table.caption != heading => {
                sheet.line(&table.caption, &styles.label_line)?;
            }
            _ => {}
        }
        places.extend(self::block(page, block, styles, &mut sheet, charts)?);
    }
    match places.as_slice() {
        [only] if only.head <= FROZEN_ROWS => {
            sheet.freeze(only.head + 1, 0)?;
            sheet.filter(*only)?;
        }
        [only] => {
            sheet.freeze(below_title, 0)?;
            sheet.filter(*only)?;
        }
        _ => sheet.freeze(below_title, 0)?,
    }
    Ok(sheet.done())
}

/// Writes a block; says where its table stands.
fn block(
    page: &Page,
    block: &Block,
    styles: &Styles,
    sheet: &mut Sheet,
    charts: &mut ChartSheet,
) -> Result<Option<Place>, XlsxError> {
    match block {
        Block::Heading(text) => sheet.line(text, &styles.heading)?,
        Block::Text(texts) => {
            for text in texts {
                sheet.paragraph(text, &styles.text)?;
            }
        }
        Block::Cards(_) => return sheet.table(&page.scores).map(Some),
        Block::Findings(claims) => {
            for claim in claims {
                self::claim(claim, styles, sheet)?;
            }
        }
        Block::Figure(figure) => {
            sheet.paragraph(&figure.description, &styles.text)?;
            if let Some((chart, height)) = charts.draw(figure)? {
                sheet.chart(&chart, height)?;
            }
            sheet.paragraph(&figure.note, &styles.small)?;
            return sheet.table(&figure.table).map(Some);
        }
        Block::Table(table) => return sheet.table(table).map(Some),
        // They have sheets of their own.
        Block::Banner(_) | Block::Contents(_) => {}
        Block::Facts(facts) => {
            for (label, text) in facts {
                sheet.fact(label, text, &styles.label)?;
            }
        }
        Block::Notes(notes) => {
            for (is_caution, text) in notes {
                let mark = if *is_caution { "⚠ " } else { "" };
                sheet.paragraph(&format!("{mark}{text}"), &styles.text)?;
            }
        }
    }
    Ok(None)
}

/// The verdict in the colour of its news, and what it rests on beside it.
fn claim(claim: &Claim, styles: &Styles, sheet: &mut Sheet) -> Result<(), XlsxError> {
    let verdict: Format = Styles::toned(&styles.label, claim.tone);
    sheet.fact(&claim.verdict, &claim.detail, &verdict)
}

/// The first sheet: what the workbook is and where things are.
fn cover(page: &Page, name: &str, styles: &Styles, sheets: &[&str]) -> Result<Worksheet, XlsxError> {
    let mut sheet = Sheet::new(name, styles, [])?;
    sheet.as_page();
    sheet.title(&page.title)?;
    for text in &page.subtitle {
        sheet.line(text, &styles.line)?;
    }
    sheet.gap();
    sheet.line(page.words.contents, &styles.heading)?;
    for name in sheets {
        sheet.link(name)?;
    }
    if !page.facts.is_empty() {
        sheet.gap();
    }
    for (label, text) in &page.facts {
        sheet.fact(label, text, &styles.label)?;
    }
    sheet.gap();
    for text in &page.footer {
        sheet.line(text, &styles.small_line)?;
    }
    Ok(sheet.done())
}

/// The properties of the document, with the day of the report in place of the clock.
fn properties(page: &Page) -> Result<DocProperties, XlsxError> {
    let mut numbers = page.as_of.splitn(3, '-');
    let mut next = || numbers.next().and_then(|digits| digits.parse::<u16>().ok());
    let day = match (next(), next().map(u8::try_from), next().map(u8::try_from)) {
        (Some(year), Some(Ok(month)), Some(Ok(day))) => ExcelDateTime::from_ymd(year, month, day).ok(),
        _ => None,
    };
    // A report that was edited by hand may have no day; it still has no clock.
    let day = day.map_or_else(|| ExcelDateTime::from_ymd(2000, 1, 1), Ok)?;
    Ok(DocProperties::new()
        .set_title(cut(&told(&page.title), LONGEST_PROPERTY))
        .set_subject(cut(&told(&page.subtitle.join(" · ")), LONGEST_PROPERTY))
        .set_creation_datetime(&day))
}
